//! Running the library on files and texts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use koplint::Options;
use koplint::definition::{DEFAULT, Definition};
use koplint::lang::Lang;
use koplint::policy::Policy;
use koplint::policy::baseline::Baseline;
use koplint::policy::waivers::Waivers;
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
        policy: Policy::default(),
        keys: false,
        mask: koplint::mask::Mask::Personal,
        sheet: None,
        keep_all: true,
        excerpts: true,
        entries: true,
        evidence: false,
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
    koplint::check(&[input(path)], &options_for(path, Lang::Id)).unwrap()
}

/// With the waivers and the baseline that lie beside a file.
pub fn options_for(path: &Path, lang: Lang) -> Options {
    let mut options = options(lang);
    let waivers = path.with_extension("waivers.toml");
    if waivers.exists() {
        let waivers = waivers.strip_prefix(root()).unwrap();
        options.policy.waivers = Some(Waivers::read(waivers, lang).unwrap());
    }
    let baseline = path.with_extension("baseline.json");
    if baseline.exists() {
        let baseline = baseline.strip_prefix(root()).unwrap();
        options.policy.baseline = Some(Baseline::read(baseline).unwrap());
    }
    options
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

/// The codes of a submission and of the run's waivers and baseline.
pub fn all_codes(report: &Report) -> BTreeSet<&'static str> {
    let settled = report.settled.findings.iter().map(|f| f.rule.code);
    let mut all = codes(&report.submissions[0]);
    all.extend(settled);
    all
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
