//! `koplint.toml`: the nearest one upwards from the folder in which koplint runs.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::cli::FailOn;
use crate::lang::Lang;

/// Settings of a file; options on the command line come first.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Config {
    lang: Option<String>,
    fail_on: Option<String>,
    /// Groups that a terminal shows; 0 for all.
    pub max_diagnostics: Option<usize>,
    /// Another definition, beside the settings.
    pub definition: Option<PathBuf>,
    #[serde(skip)]
    pub parsed_lang: Option<Lang>,
    #[serde(skip)]
    pub parsed_fail_on: Option<FailOn>,
}

impl Config {
    /// The nearest settings upwards from `folder`.
    ///
    /// # Errors
    /// What is wrong with the file, in its own words and place.
    pub(crate) fn nearest(folder: &Path) -> Result<Self, String> {
        for folder in folder.ancestors() {
            let file = folder.join("koplint.toml");
            if file.is_file() {
                return Self::read(&file).map_err(|error| format!("{}: {error}", file.display()));
            }
        }
        Ok(Self::default())
    }

    fn read(file: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
        let mut config: Self = toml::from_str(&text).map_err(|error| error.to_string())?;
        if let Some(lang) = &config.lang {
            let parsed = lang
                .parse()
                .map_err(|_| format!("lang = \"{lang}\": id, en"))?;
            config.parsed_lang = Some(parsed);
        }
        if let Some(level) = &config.fail_on {
            let parsed = <FailOn as clap::ValueEnum>::from_str(level, false);
            let parsed = parsed
                .map_err(|_| format!("fail-on = \"{level}\": error, warning, note, never"))?;
            config.parsed_fail_on = Some(parsed);
        }
        config.definition = config
            .definition
            .map(|own| file.parent().unwrap_or(Path::new("")).join(own));
        Ok(config)
    }
}
