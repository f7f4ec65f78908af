//! Running the library on files and texts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use koplint::Options;
use koplint::definition::{DEFAULT, Definition};
use koplint::lang::Lang;
use koplint::read::open::Input;
use koplint::render::{self, OutputFormat, Style};
use koplint::report::{Report, Submission};

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn options(lang: Lang) -> Options {
    Options {
        lang,
        today: koplint::date::parse("2026-11-23").unwrap(),
        definition: Definition::read(DEFAULT.as_bytes()).unwrap(),
        definition_source: "built-in".to_owned(),
        header: None,
        sheet: None,
        keep_all: true,
        excerpts: true,
        entries: true,
        progress: ProgressBar::hidden(),
    }
}

pub fn input(path: &Path) -> Input {
    let name = path.strip_prefix(root()).unwrap_or(path);
    Input {
        name: name.to_string_lossy().into_owned(),
        path: Some(path.to_owned()),
    }
}

pub fn check(path: &Path) -> Report {
    koplint::check(&[input(path)], &options(Lang::Id)).unwrap()
}

/// Checks a text as if it were a file of that name, with a header file beside it if given.
pub fn check_text(name: &str, bytes: &[u8], header: Option<&str>) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    if let Some(header) = header {
        std::fs::write(path.with_extension("kepala.json"), header).unwrap();
    }
    let input = Input {
        name: name.to_owned(),
        path: Some(path),
    };
    koplint::check(&[input], &options(Lang::Id)).unwrap()
}

pub fn codes(submission: &Submission) -> BTreeSet<&'static str> {
    submission.findings.iter().map(|f| f.rule.code).collect()
}

pub fn rendered(format: OutputFormat, report: &Report) -> String {
    let mut out = Vec::new();
    let style = Style {
        entries: true,
        ..Style::default()
    };
    render::write(format, report, &style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

pub fn json(report: &Report) -> serde_json::Value {
    serde_json::from_str(&rendered(OutputFormat::Json, report)).unwrap()
}
