//! `koplint review`: many submissions as the steward sees them.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, ValueEnum};

use super::run::{self, INCOMPLETE, Outcome, say_aside};
use super::settings::Settings;
use super::{Cli, Command, files};
use crate::lang::Lang;
use crate::mask::Mask;
use crate::read::open::Input;
use crate::render::{OutputFormat, parts};
use crate::report::{Failure, Report};
use crate::review::Form;
use crate::{Options, inputs, say};

/// The options.
#[derive(Debug, Args)]
pub(super) struct Review {
    /// Folder atau berkas kiriman / Folders or files of submissions
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Folder kiriman yang lama, untuk perubahannya / The earlier folder, for what changed
    #[arg(long, value_name = "FOLDER")]
    against: Option<PathBuf>,
    /// Bentuk keluaran, boleh berulang: text, json, markdown, `html:FILE`, `workbook:FILE` / Output
    #[arg(long, value_name = "FORMAT[:FILE]", value_parser = output)]
    output_format: Vec<(Form, Option<PathBuf>)>,
    /// Yang disembunyikan / What is hidden
    #[arg(long, env = "KOPLINT_MASK", value_enum, default_value = "personal")]
    mask: Mask,
    /// Definisi indikator yang lain / Another definition of the indicator
    #[arg(long, value_name = "FILE", env = "KOPLINT_DEFINITION")]
    definition: Option<PathBuf>,
    /// Setelan; bawaan: koplint.toml terdekat ke atas / Settings; default: the nearest koplint.toml
    #[arg(long, value_name = "FILE", env = "KOPLINT_CONFIG")]
    config: Option<PathBuf>,
    /// Abaikan koplint.toml, juga --config / Ignore koplint.toml, --config too
    #[arg(long)]
    isolated: bool,
    /// Bahasa / Language
    #[arg(long, env = "KOPLINT_LANG", value_enum)]
    lang: Option<Lang>,
    /// Tanggal pemeriksaan, YYYY-MM-DD / The run's date
    #[arg(long, value_name = "DATE", env = "KOPLINT_TODAY")]
    today: Option<String>,
}

/// Splits `FORMAT:FILE`.
fn output(text: &str) -> Result<(Form, Option<PathBuf>), String> {
    let (name, file) = match text.split_once(':') {
        Some((_, "")) => return Err("FORMAT:FILE".to_owned()),
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (text, None),
    };
    let form = Form::from_str(name, false)
        .map_err(|_| "text, html:FILE, json, markdown, workbook:FILE".to_owned())?;
    if file.is_none() && form == Form::Workbook {
        return Err("workbook:FILE".to_owned());
    }
    Ok((form, file))
}

/// Checks both folders and writes the review.
pub(super) fn run(args: &Review, out: &mut dyn Write) -> Result<u8, Outcome> {
    let given = Cli::command().try_get_matches_from(check_line(args));
    let given = given.map_err(|error| error.to_string())?;
    let cli = Cli::from_arg_matches(&given).map_err(|error| error.to_string())?;
    let (Some(Command::Check(check)), Some(own)) = (cli.command, given.subcommand_matches("check"))
    else {
        return Err("check?".to_owned().into());
    };
    let settings = Settings::resolve(&check, own)?;
    // As a summary: the first places of every mistake, no excerpts.
    let options = run::options(&check, &settings, &[(OutputFormat::Markdown, None)])?;
    let own_files = settings.own_files();
    let mut outputs = args.output_format.clone();
    if outputs.iter().all(|(_, file)| file.is_some()) {
        outputs.insert(0, (Form::Text, None));
    }
    let found = |paths: &[PathBuf]| {
        let (found, failures) = inputs::expand(options.lang, paths, None);
        let found = files::without(found, paths, &own_files);
        (found, failures)
    };
    let now = found(&args.paths);
    let before = args
        .against
        .as_ref()
        .map(|own| found(std::slice::from_ref(own)));
    let read = before.iter().chain([&now]).flat_map(|(inputs, _)| inputs);
    let named = outputs.iter();
    let named = named.map(|(_, file)| (OutputFormat::Html, file.clone()));
    files::refuse(
        &named.collect::<Vec<_>>(),
        &read.cloned().collect::<Vec<_>>(),
        &own_files,
    )?;
    let report = checked(now, &options)?;
    let old = before.map(|before| checked(before, &options)).transpose()?;
    let review = crate::review::Review::of(&report, old.as_ref());
    for (form, file) in &outputs {
        match file {
            Some(file) => files::write(file, |out| review.write(*form, out))?,
            None => review.write(*form, out)?,
        }
    }
    if !report.complete {
        say_aside(&parts::unusable(&report));
    }
    if old.as_ref().is_some_and(|old| !old.complete) {
        say_aside(&say!(options.lang,
            id: "folder lama tidak lengkap: perubahannya belum dapat dipakai",
            en: "the old folder is incomplete: the changes cannot be used yet",
        ));
    }
    let whole = report.complete && old.is_none_or(|old| old.complete);
    Ok(if whole { 0 } else { INCOMPLETE })
}

fn checked(
    (inputs, failures): (Vec<Input>, Vec<Failure>),
    options: &Options,
) -> Result<Report, String> {
    let mut report = crate::check(&inputs, options)?;
    crate::add_failures(&mut report, failures);
    Ok(report)
}

/// The same as `koplint check` would be told: its settings hold here too.
fn check_line(args: &Review) -> Vec<OsString> {
    let mut line: Vec<OsString> = vec!["koplint".into(), "check".into()];
    let mut add = |name: &str, value: Option<OsString>| {
        if let Some(value) = value {
            let mut option = OsString::from(format!("--{name}="));
            option.push(value);
            line.push(option);
        }
    };
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.clone().into_os_string());
    add("definition", path(&args.definition));
    add("config", path(&args.config));
    add("today", args.today.clone().map(OsString::from));
    add("lang", args.lang.map(|lang| lang.tag().into()));
    let mask = args.mask.to_possible_value();
    add("mask", mask.map(|value| value.get_name().into()));
    if args.isolated {
        line.push("--isolated".into());
    }
    line.push("--".into());
    line.extend(args.paths.iter().map(|path| path.clone().into_os_string()));
    line
}
