//! What holds in a run, and where each setting comes from: option, variable, file, default.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{Check, FailOn, HeaderFlags, output};
use crate::config::Config;
use crate::definition::Definition;
use crate::lang::Lang;
use crate::policy::baseline::Baseline;
use crate::policy::paths::Spot;
use crate::policy::waivers::Waivers;
use crate::policy::{Policy, filled};
use crate::render::OutputFormat;
use crate::{date, say, words};

/// Groups that a terminal shows by default.
const SHOWN: usize = 50;

/// Where a setting comes from; the first that says something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Option,
    Variable,
    File,
    Default,
}

/// A setting and where it comes from.
#[derive(Clone, Debug)]
pub(super) struct Set<T> {
    pub value: T,
    pub origin: Origin,
}

/// All settings of a run.
#[derive(Debug)]
pub(super) struct Settings {
    /// The file of settings, if there is one.
    pub file: Option<PathBuf>,
    pub lang: Set<Lang>,
    pub fail_on: Set<FailOn>,
    pub max_diagnostics: Set<usize>,
    pub threads: Set<Option<usize>>,
    pub definition: Set<Option<PathBuf>>,
    pub output_format: Set<Vec<String>>,
    pub waivers: Set<Option<PathBuf>>,
    pub baseline: Set<Option<PathBuf>>,
    pub today: Set<Date>,
    pub policy: Policy,
}

impl Settings {
    /// Works them out.
    ///
    /// # Errors
    /// What is wrong with a file or an option.
    pub(super) fn resolve(args: &Check, given: &ArgMatches) -> Result<Self, String> {
        let config = config(args.config.as_deref(), args.isolated, args.lang)?;
        let pick = Pick(given);
        let today = match &args.today {
            Some(text) => date::parse(text)
                .ok_or_else(|| format!("--today {}: YYYY-MM-DD", words::shown(text, 40)))?,
            None => now(),
        };
        let formats = Some(pick.outputs(args)).filter(|own| !own.is_empty());
        let of_file = Some(config.output_format).filter(|own| !own.is_empty());
        let mut settings = Self {
            file: config.file,
            lang: pick.of("lang", args.lang, config.lang, Lang::default()),
            fail_on: pick.of("fail_on", args.fail_on, config.fail_on, FailOn::Error),
            max_diagnostics: pick.of(
                "max_diagnostics",
                args.max_diagnostics,
                config.max_diagnostics,
                SHOWN,
            ),
            threads: pick.maybe("threads", args.threads, config.threads),
            definition: pick.maybe("definition", args.definition.clone(), config.definition),
            output_format: pick.of("output_format", formats, of_file, Vec::new()),
            waivers: pick.maybe("waivers", args.waivers.clone(), config.waivers),
            baseline: pick.maybe("baseline", args.baseline.clone(), config.baseline),
            today: pick.of("today", args.today.is_some().then_some(today), None, today),
            policy: config.policy,
        };
        settings.read(args)?;
        Ok(settings)
    }

    /// Reads waivers and baseline.
    fn read(&mut self, args: &Check) -> Result<(), String> {
        let lang = self.lang.value;
        if let Some(file) = &self.waivers.value {
            let mut waivers = Waivers::read(file, lang)?;
            let folder = Spot::at(waivers.folder());
            let mut paths = args.paths.iter();
            waivers.whole = paths.any(|path| path.is_dir() && folder.below(path).is_some());
            self.policy.waivers = Some(waivers);
        }
        self.policy.update = args.update_baseline;
        self.policy.baseline = match &self.baseline.value {
            Some(file) if file.exists() => Some(Baseline::read(file)?),
            Some(file) if args.update_baseline || args.show_settings || args.show_files => {
                Some(Baseline::empty(file))
            }
            Some(file) => {
                let file = file.display();
                return Err(say!(
                    lang,
                    id: "baseline {file} tidak ada; buat dengan --update-baseline",
                    en: "the baseline {file} does not exist; make it with --update-baseline",
                ));
            }
            None if args.update_baseline => {
                return Err(say!(
                    lang,
                    id: "--update-baseline memerlukan --baseline FILE (atau `baseline` di koplint.toml)",
                    en: "--update-baseline needs --baseline FILE (or `baseline` in koplint.toml)",
                ));
            }
            None => None,
        };
        Ok(())
    }

    /// The outputs, standard output first if nothing else goes there.
    ///
    /// # Errors
    /// An output that is none.
    pub(super) fn outputs(
        &self,
        quiet: bool,
    ) -> Result<Vec<(OutputFormat, Option<PathBuf>)>, String> {
        let given = self.output_format.value.iter();
        let mut outputs = given
            .map(|text| output(text))
            .collect::<Result<Vec<_>, _>>()?;
        if outputs.iter().all(|(_, file)| file.is_some()) && !quiet {
            outputs.insert(0, (OutputFormat::Full, None));
        }
        Ok(outputs)
    }

    /// The definition and where it came from.
    ///
    /// # Errors
    /// What is wrong with its file.
    pub(super) fn definition(&self) -> Result<(Definition, String), String> {
        read_definition(self.definition.value.as_deref())
    }

    /// The files that the settings name; none of them is a submission or an output.
    pub(super) fn own_files(&self) -> Vec<&Path> {
        let files = [
            &self.file,
            &self.definition.value,
            &self.waivers.value,
            &self.baseline.value,
        ];
        files
            .into_iter()
            .filter_map(|file| file.as_deref())
            .collect()
    }
}

/// The file of settings that holds: the one named, else the nearest one upwards.
pub(super) fn config(
    file: Option<&Path>,
    isolated: bool,
    lang: Option<Lang>,
) -> Result<Config, String> {
    match file {
        _ if isolated => Ok(Config::default()),
        Some(file) => Config::read(file, lang),
        None => {
            let here = std::env::current_dir().map_err(|error| error.to_string())?;
            Config::nearest(&here, lang)
        }
    }
}

/// A definition and where it came from; without a file the one of the standard.
pub(super) fn read_definition(file: Option<&Path>) -> Result<(Definition, String), String> {
    let Some(file) = file else {
        let own = Definition::built_in()?;
        return Ok((own, "built-in".to_owned()));
    };
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|error| format!("{name}: {error}"))?;
    let definition = Definition::read(&bytes).map_err(|error| format!("{name}: {error}"))?;
    Ok((definition, name))
}

/// The one look at the clock.
pub(super) fn now() -> Date {
    jiff::Zoned::now().date()
}

/// The order of precedence: clap knows options from variables.
struct Pick<'a>(&'a ArgMatches);

impl Pick<'_> {
    fn of<T>(&self, id: &str, own: Option<T>, file: Option<T>, default: T) -> Set<T> {
        let (value, origin) = match (own, file) {
            (Some(own), _) => match self.0.value_source(id) {
                Some(ValueSource::EnvVariable) => (own, Origin::Variable),
                _ => (own, Origin::Option),
            },
            (None, Some(file)) => (file, Origin::File),
            (None, None) => (default, Origin::Default),
        };
        Set { value, origin }
    }

    /// A variable holds several, parted by commas or spaces; an option's file name may hold both.
    fn outputs(&self, args: &Check) -> Vec<String> {
        let own = &args.output_format;
        if self.0.value_source("output_format") != Some(ValueSource::EnvVariable) {
            return own.clone();
        }
        let parts = own
            .iter()
            .flat_map(|text| text.split(|c: char| c == ',' || c.is_whitespace()));
        let parts = parts.filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }

    fn maybe<T>(&self, id: &str, own: Option<T>, file: Option<T>) -> Set<Option<T>> {
        self.of(id, own.map(Some), file.map(Some), None)
    }
}

/// The header that options give, as JSON; none if no option does. What is fixed by the standard is
/// filled in; what only the office knows is not.
pub(super) fn header(flags: &HeaderFlags) -> Option<String> {
    let text = |value: &Option<String>| value.clone().map(Value::String);
    let given = [
        ("kode_wilayah", text(&flags.wilayah)),
        ("nama_wilayah", text(&flags.nama_wilayah)),
        ("tahun_data", flags.tahun.map(Value::from)),
        ("tanggal_acuan", text(&flags.tanggal_acuan)),
        ("tanggal_pengiriman", text(&flags.tanggal_pengiriman)),
        ("produsen_data", text(&flags.produsen_data)),
        ("wali_data", text(&flags.wali_data)),
        (
            "jumlah_dilaporkan",
            flags.jumlah_dilaporkan.map(Value::from),
        ),
        ("tahun_buku_akhir", text(&flags.tahun_buku_akhir)),
    ];
    let members = given.into_iter();
    let members = members.filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let members: Map<String, Value> = members.collect();
    filled(members).map(|header| header.to_string())
}
