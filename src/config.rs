//! `koplint.toml`: the nearest one upwards from the folder in which koplint runs.

use std::path::{Path, PathBuf};

use toml::Spanned;

use crate::cli::FailOn;
use crate::lang::Lang;
use crate::policy::Policy;
use crate::policy::file::{self, Source};
use crate::policy::levels::{Change, Selector, Setting, fixed};
use crate::policy::paths::Paths;

mod written;

use written::{Rules, Written};

/// The settings' schema, as published.
pub const SCHEMA: &str = include_str!("../schemas/config.schema.json");

/// The name of the file that is looked for.
const NAME: &str = "koplint.toml";

/// Settings of a file; options and variables come first. Paths are as they are from here.
#[derive(Debug, Default)]
pub struct Config {
    /// The file, if there is one.
    pub file: Option<PathBuf>,
    pub(crate) lang: Option<Lang>,
    pub(crate) fail_on: Option<FailOn>,
    pub(crate) max_diagnostics: Option<usize>,
    pub(crate) threads: Option<usize>,
    pub(crate) definition: Option<PathBuf>,
    pub(crate) output_format: Vec<String>,
    pub(crate) waivers: Option<PathBuf>,
    pub(crate) baseline: Option<PathBuf>,
    /// Levels and headers; waivers and baseline are read when all is known.
    pub policy: Policy,
}

impl Config {
    /// The nearest settings upwards from `folder`.
    ///
    /// # Errors
    /// What is wrong with the file, and where.
    pub(crate) fn nearest(folder: &Path, lang: Option<Lang>) -> Result<Self, String> {
        let files = folder.ancestors().map(|folder| folder.join(NAME));
        let mut files = files.filter(|file| file.symlink_metadata().is_ok());
        match files.next() {
            // As it is from here, where that is short.
            Some(file) if file == folder.join(NAME) => Self::read(Path::new(NAME), lang),
            Some(file) => Self::read(&file, lang),
            None => Ok(Self::default()),
        }
    }

    /// The settings of a file; without a language messages speak the file's own.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn read(path: &Path, lang: Option<Lang>) -> Result<Self, String> {
        let source = Source::read(path)?;
        let of = Reading {
            lang: lang.or_else(|| own_lang(&source)).unwrap_or_default(),
            source: &source,
        };
        let mut written: Written = source.parse(of.lang)?;
        let beside = |path: PathBuf| of.beside(&path);
        let mut policy = Policy {
            change: of.change(written.rules())?,
            ..Policy::default()
        };
        for mut one in written.per_path {
            let change = of.change(one.rules())?;
            policy.per_path.push((of.paths(one.paths)?, change));
        }
        for one in written.header {
            let paths = of.paths(one.paths.clone())?;
            policy.headers.push((paths, one.members(&of)?));
        }
        let formats = written.output_format.into_iter();
        Ok(Self {
            file: Some(path.to_owned()),
            lang: written.lang,
            fail_on: written.fail_on,
            max_diagnostics: written.max_diagnostics,
            threads: written.threads,
            definition: written.definition.map(beside),
            output_format: formats
                .map(|one| of.output(one))
                .collect::<Result<_, _>>()?,
            waivers: written.waivers.map(beside),
            baseline: written.baseline.map(beside),
            policy,
        })
    }
}

/// The file's language, even where something else in it is wrong.
fn own_lang(source: &Source) -> Option<Lang> {
    let table: toml::Table = toml::from_str(&source.text).ok()?;
    table.get("lang")?.as_str()?.parse().ok()
}

/// The file that is being read.
struct Reading<'a> {
    lang: Lang,
    source: &'a Source,
}

impl Reading<'_> {
    fn beside(&self, path: &Path) -> PathBuf {
        match self.source.folder() {
            folder if folder == Path::new(".") => path.to_owned(),
            folder => folder.join(path),
        }
    }

    /// `FORMAT[:FILE]`, the file beside the settings.
    fn output(&self, given: Spanned<String>) -> Result<String, String> {
        let wrong = |error: String| self.source.fault(&given.span(), &error);
        let (_, file) = crate::cli::output(given.get_ref()).map_err(wrong)?;
        Ok(match (file, given.get_ref().split_once(':')) {
            (Some(file), Some((name, _))) => format!("{name}:{}", self.beside(&file).display()),
            _ => given.into_inner(),
        })
    }

    fn paths(&self, given: Spanned<Vec<String>>) -> Result<Paths, String> {
        let span = given.span();
        let wrong = |error: String| self.source.fault(&span, &error);
        if given.get_ref().is_empty() {
            let message = crate::say!(self.lang, id: "`paths` kosong", en: "`paths` is empty");
            return Err(wrong(message));
        }
        Paths::new(self.source.folder(), given.into_inner()).map_err(wrong)
    }

    fn change(&self, rules: Rules) -> Result<Change, String> {
        let list = |given: Vec<Spanned<String>>| -> Result<Vec<Selector>, String> {
            given.iter().map(|one| self.selector(one)).collect()
        };
        let levels = rules.levels.into_iter();
        let levels = levels.map(|(name, setting)| {
            let selector = self.selector(&name)?;
            self.movable(&name, selector, setting)?;
            Ok((selector, setting))
        });
        let levels = levels.collect::<Result<_, String>>()?;
        for name in &rules.ignore {
            self.movable(name, self.selector(name)?, Setting::Off)?;
        }
        Ok(Change {
            select: rules.select.map(list).transpose()?,
            ignore: list(rules.ignore)?,
            levels,
        })
    }

    fn selector(&self, given: &Spanned<String>) -> Result<Selector, String> {
        let selector = Selector::of(given.get_ref());
        selector.ok_or_else(|| {
            let message = file::unknown_rule(self.lang, given.get_ref());
            self.source.fault(&given.span(), &message)
        })
    }

    /// A rule that stands fast is not moved by its own name; in a family it just stays.
    fn movable(
        &self,
        given: &Spanned<String>,
        selector: Selector,
        setting: Setting,
    ) -> Result<(), String> {
        match selector {
            Selector::Rule(rule) if fixed(rule.code) && setting != Setting::Error => {
                let message = file::not_movable(self.lang, rule.code);
                Err(self.source.fault(&given.span(), &message))
            }
            _ => Ok(()),
        }
    }
}
