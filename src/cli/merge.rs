//! `koplint merge`: from the reports to one.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::run::{FINDINGS, INCOMPLETE, Outcome};
use super::{FailOn, ListFormat, files};
use crate::lang::Lang;
use crate::merge::{Given, MOST_BYTES, merge, write_text};
use crate::read::open::Input;
use crate::render::OutputFormat;
use crate::say;

/// The options.
#[derive(Debug, Args)]
pub(super) struct Merge {
    /// Laporan dari `check --output-format json --keys` / Reports of such runs
    #[arg(required = true, value_name = "REPORT")]
    reports: Vec<PathBuf>,
    /// Bentuk keluaran; json dapat digabung lagi / Output; json can be merged again
    #[arg(long, value_enum, default_value = "text")]
    output_format: ListFormat,
    /// Tulis ke berkas / Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Bahasa penolakan; laporannya tetap berbahasanya / Language of refusals, not of reports
    #[arg(long, env = "KOPLINT_LANG", value_enum)]
    lang: Option<Lang>,
    /// Temuan mulai tingkat ini menggagalkan / Findings from this level on fail the run
    #[arg(long, env = "KOPLINT_FAIL_ON", value_enum, default_value = "error")]
    fail_on: FailOn,
}

/// Runs the command.
pub(super) fn run(args: &Merge, out: &mut dyn Write) -> Result<u8, Outcome> {
    let lang = args.lang.unwrap_or_default();
    refuse(args)?;
    let reports = args.reports.iter().map(|path| given(path, lang));
    let merged = merge(reports.collect::<Result<_, _>>()?, lang)?;
    let (complete, worst) = (merged.report.complete, merged.worst());
    let json = args.output_format == ListFormat::Json;
    let write = |out: &mut dyn Write| match json {
        true => merged.write_json(out),
        false => write_text(&merged, out),
    };
    match &args.output {
        Some(file) => files::write(file, write)?,
        None => write(out)?,
    }
    Ok(match complete {
        false => INCOMPLETE,
        true if args.fail_on.fails(worst) => FINDINGS,
        true => 0,
    })
}

/// A report is not written over.
fn refuse(args: &Merge) -> Result<(), String> {
    let inputs = args.reports.iter().map(|path| Input {
        name: path.to_string_lossy().into_owned(),
        path: Some(path.clone()),
    });
    let inputs: Vec<Input> = inputs.collect();
    files::refuse(&[(OutputFormat::Json, args.output.clone())], &inputs, &[])
}

fn given(path: &Path, lang: Lang) -> Result<Given, String> {
    let name = path.to_string_lossy().into_owned();
    let failed = |error: io::Error| format!("{}: {error}", crate::words::shown(&name, 200));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES {
        let name = crate::words::shown(&name, 200);
        return Err(say!(lang,
            id: "{name}: laporan lebih besar dari {MOST_BYTES} bita",
            en: "{name}: the report is larger than {MOST_BYTES} bytes",
        ));
    }
    Ok(Given { name, bytes })
}
