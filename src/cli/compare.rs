//! `koplint compare` and `koplint impact`: what became of the count, and why.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;

use super::run::{INCOMPLETE, Outcome, say_aside};
use super::{HeaderFlags, files, settings};
use crate::compare::render::{self, Format};
use crate::compare::{self, Comparison};
use crate::config::Config;
use crate::definition::Definition;
use crate::lang::Lang;
use crate::mask::Mask;
use crate::read::open::Input;
use crate::render::{OutputFormat, parts};
use crate::report::Report;
use crate::{Options, date, inputs, say, words};

#[derive(Debug, Args)]
pub(super) struct Compare {
    /// Yang lama: berkas atau folder / The old one: a file or a folder
    old: PathBuf,
    /// Yang baru: berkas atau folder / The new one: a file or a folder
    new: PathBuf,
    /// Definisi indikator yang lain, untuk kedua sisi / Another definition, for both sides
    #[arg(long, value_name = "FILE", env = "KOPLINT_DEFINITION")]
    definition: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
pub(super) struct Impact {
    /// Berkas atau folder / Files or folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Definisi yang baru / The new definition
    #[arg(long, value_name = "FILE")]
    definition: PathBuf,
    /// Definisi kini; bawaan: dari koplint.toml, atau yang baku / The current definition
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

/// What both take, as `check` does.
#[derive(Debug, Args)]
struct Common {
    /// Bentuk keluaran, boleh berulang: `html:beda.html` / Output, repeatable
    /// (text, json, markdown, html)
    #[arg(long, value_name = "FORMAT[:FILE]")]
    output_format: Vec<String>,
    /// Lembar register dalam buku kerja / The sheet of a workbook's register
    #[arg(long, value_name = "NAMA")]
    lembar: Option<String>,
    /// Yang disembunyikan / What is hidden
    #[arg(long, env = "KOPLINT_MASK", value_enum, default_value = "personal")]
    mask: Mask,
    /// Bahasa / Language
    #[arg(long, env = "KOPLINT_LANG", value_enum)]
    lang: Option<Lang>,
    /// Tanggal pemeriksaan, YYYY-MM-DD / The run's date
    #[arg(long, value_name = "DATE", env = "KOPLINT_TODAY")]
    today: Option<String>,
    /// Setelan; bawaan: koplint.toml terdekat ke atas / Settings; default: the nearest koplint.toml
    #[arg(long, value_name = "FILE", env = "KOPLINT_CONFIG")]
    config: Option<PathBuf>,
    /// Abaikan koplint.toml, juga --config / Ignore koplint.toml, --config too
    #[arg(long)]
    isolated: bool,
    #[command(flatten)]
    header: HeaderFlags,
}

/// Runs `compare`.
pub(super) fn compare(args: &Compare, out: &mut dyn Write) -> Result<u8, Outcome> {
    let ground = Ground::of(&args.common)?;
    let definition = args.definition.clone().or(ground.config.definition.clone());
    let own = definition.as_deref();
    let sides = [&args.old, &args.new].map(std::slice::from_ref);
    let sides = [ground.inputs(sides[0], own)?, ground.inputs(sides[1], own)?];
    let all = sides.iter().flat_map(|side| side.inputs.iter().cloned());
    let outputs = ground.outputs(&all.collect::<Vec<_>>(), &[own])?;
    let definition = settings::read_definition(own)?;
    let reports = [
        ground.check(&sides[0], &definition)?,
        ground.check(&sides[1], &definition)?,
    ];
    if !add_up(&reports) {
        return Ok(INCOMPLETE);
    }
    let names = [&args.old, &args.new].map(|path| path.to_string_lossy().into_owned());
    ground.finish(&compare::compare(names, reports), &outputs, out)
}

/// Runs `impact`.
pub(super) fn impact(args: &Impact, out: &mut dyn Write) -> Result<u8, Outcome> {
    let ground = Ground::of(&args.common)?;
    let old = args.against.clone().or(ground.config.definition.clone());
    let (old, new) = (old.as_deref(), Some(&*args.definition));
    let mut side = ground.inputs(&args.paths, old)?;
    side.inputs = files::without(side.inputs, &args.paths, &[&args.definition]);
    let outputs = ground.outputs(&side.inputs, &[old, new])?;
    let definitions = [
        settings::read_definition(old)?,
        settings::read_definition(new)?,
    ];
    let reports = [
        ground.check(&side, &definitions[0])?,
        ground.check(&side, &definitions[1])?,
    ];
    if !add_up(&reports) {
        return Ok(INCOMPLETE);
    }
    let [old, new] = &definitions;
    ground.finish(&compare::impact([&old.0, &new.0], reports)?, &outputs, out)
}

/// Sides that have no number of their own cannot be compared.
fn add_up(reports: &[Report; 2]) -> bool {
    let without = reports.iter().find(|report| report.sum().is_none());
    without
        .inspect(|report| say_aside(&parts::unusable(report)))
        .is_none()
}

type Outputs = Vec<(Format, Option<PathBuf>)>;

/// What was given on one side.
struct Given {
    inputs: Vec<Input>,
    failures: Vec<crate::report::Failure>,
}

/// The settings of a run.
struct Ground<'a> {
    args: &'a Common,
    config: Config,
    lang: Lang,
    today: jiff::civil::Date,
}

impl<'a> Ground<'a> {
    fn of(args: &'a Common) -> Result<Self, String> {
        let config = settings::config(args.config.as_deref(), args.isolated, args.lang)?;
        let lang = args.lang.or(config.lang).unwrap_or_default();
        let today = match &args.today {
            Some(text) => date::parse(text)
                .ok_or_else(|| format!("--today {}: YYYY-MM-DD", words::shown(text, 40)))?,
            None => settings::now(),
        };
        Ok(Self {
            args,
            config,
            lang,
            today,
        })
    }

    /// Standard input can be read once only, and every side is read by itself.
    fn inputs(&self, paths: &[PathBuf], definition: Option<&Path>) -> Result<Given, String> {
        if paths.iter().any(|path| path.as_os_str() == "-") {
            return Err(say!(self.lang,
                id: "masukan baku (`-`) tidak dapat dibandingkan; simpan dahulu sebagai berkas",
                en: "standard input (`-`) cannot be compared; save it to a file first",
            ));
        }
        let (inputs, failures) = inputs::expand(self.lang, paths, None);
        let own = [self.config.file.as_deref(), definition];
        let own: Vec<&Path> = own.into_iter().flatten().collect();
        Ok(Given {
            inputs: files::without(inputs, paths, &own),
            failures,
        })
    }

    /// The outputs, standard output first if nothing else goes there.
    fn outputs(&self, inputs: &[Input], own: &[Option<&Path>]) -> Result<Outputs, String> {
        let given = self.args.output_format.iter();
        let mut outputs = given
            .map(|text| output(text))
            .collect::<Result<Outputs, _>>()?;
        if outputs.iter().all(|(_, file)| file.is_some()) {
            outputs.insert(0, (Format::Text, None));
        }
        let files = outputs
            .iter()
            .map(|(_, file)| (OutputFormat::Full, file.clone()));
        let own = own.iter().copied().chain([self.config.file.as_deref()]);
        let own: Vec<&Path> = own.flatten().collect();
        files::refuse(&files.collect::<Vec<_>>(), inputs, &own)?;
        Ok(outputs)
    }

    fn check(
        &self,
        given: &Given,
        (definition, source): &(Definition, String),
    ) -> Result<Report, String> {
        let options = Options {
            lang: self.lang,
            today: self.today,
            definition: definition.clone(),
            definition_source: source.clone(),
            header: settings::header(&self.args.header),
            policy: self.config.policy.clone(),
            sheet: self.args.lembar.clone(),
            keep_all: false,
            excerpts: false,
            entries: true,
            keys: false,
            evidence: true,
            mask: self.args.mask,
            progress: ProgressBar::hidden(),
        };
        let mut report = crate::check(&given.inputs, &options)?;
        crate::add_failures(&mut report, given.failures.clone());
        Ok(report)
    }

    /// Writes it. What changed is what was asked for, so it is no failure.
    fn finish(
        &self,
        comparison: &Comparison,
        outputs: &Outputs,
        out: &mut dyn Write,
    ) -> Result<u8, Outcome> {
        for (format, file) in outputs {
            match file {
                Some(file) => files::write(file, |out| render::write(*format, comparison, out))?,
                None => render::write(*format, comparison, out)?,
            }
        }
        if comparison.complete() {
            return Ok(0);
        }
        say_aside(&say!(self.lang,
            id: "perbandingan TIDAK LENGKAP: ada yang tidak terbaca, angkanya belum dapat dipakai",
            en: "INCOMPLETE: something was not read, these numbers cannot be used yet",
        ));
        Ok(INCOMPLETE)
    }
}

/// Splits `FORMAT:FILE`.
fn output(text: &str) -> Result<(Format, Option<PathBuf>), String> {
    let (name, file) = match text.split_once(':') {
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (text, None),
    };
    let format = Format::from_str(name, false)
        .map_err(|_| format!("`{}`? (text, json, markdown, html)", words::shown(name, 40)))?;
    match file
        .as_ref()
        .is_some_and(|file| file.as_os_str().is_empty())
    {
        true => Err(format!("`{}`: FORMAT:FILE", words::shown(text, 40))),
        false => Ok((format, file)),
    }
}
