//! A Code Quality report of GitLab: one array of problems.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::PrettyFormatter;

use crate::finding::{Finding, Standing};
use crate::lang::Lang;
use crate::render::identity::Fingerprints;
use crate::render::json::Safe;
use crate::render::{labels, parts, paths, safe};
use crate::report::Report;
use crate::rule::Level;
use crate::say;

/// Problems that are listed; what is beyond is counted in one more.
const MOST: usize = 5_000;
const NOT_LISTED: &str = "not-listed";
/// What is switched off, gone or left out.
const ASIDE: &str = "aside";

#[derive(Serialize)]
struct Problem {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// Writes the report.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let lang = report.lang;
    let mut problems = Vec::new();
    let mut known = Fingerprints::default();
    for failure in &report.failures {
        let description = format!("{}. {}", failure.message, failure.help);
        let text = description.trim_end();
        problems.push(whole("failure", text, &failure.file, &mut known));
    }
    let unread = report.submissions.iter().filter(|s| !s.complete);
    for submission in unread {
        let description = parts::incomplete(lang);
        let file = &submission.source.file;
        problems.push(whole("incomplete", &description, file, &mut known));
    }
    let (findings, left) = parts::heaviest(report, MOST);
    for (own, finding) in findings {
        problems.push(problem(own, finding, lang, &mut known));
    }
    if left > 0 {
        let text = say!(lang,
            id: "{left} temuan lagi tidak dimuat di sini",
            en: "{left} more findings are not listed here",
        );
        problems.push(whole(NOT_LISTED, &text, some_file(report), &mut known));
    }
    let off = labels::off(&report.total.aside.off, lang);
    for text in off.into_iter().chain(parts::said(report)) {
        problems.push(whole(ASIDE, &text, some_file(report), &mut known));
    }
    let pretty = Safe(PrettyFormatter::with_indent(b"  "));
    problems.serialize(&mut serde_json::Serializer::with_formatter(
        &mut *out, pretty,
    ))?;
    writeln!(out)
}

/// Where to say what stands in no file.
fn some_file(report: &Report) -> &str {
    let checked = report.submissions.first().map(|s| &s.source.file);
    let left_out = || report.since.as_ref()?.unchanged.first();
    checked.or_else(left_out).map_or("", |file| file)
}

/// What concerns a file as a whole and is no finding.
fn whole(name: &str, description: &str, file: &str, known: &mut Fingerprints) -> Problem {
    Problem {
        description: safe(description),
        check_name: name.to_owned(),
        fingerprint: known.of(&[&paths::slashed(file), name]),
        severity: match name {
            NOT_LISTED | ASIDE => "info",
            _ => "blocker",
        },
        location: at(file, 1),
    }
}

fn at(file: &str, line: u32) -> Location {
    Location {
        path: paths::slashed(file).into_owned(),
        lines: Lines { begin: line.max(1) },
    }
}

fn problem(own: &str, finding: &Finding, lang: Lang, known: &mut Fingerprints) -> Problem {
    let place = &finding.place;
    let rule = finding.rule;
    // The widget shows the description alone.
    let mut description = format!("{}: {}", rule.code, finding.message);
    if finding.standing != Standing::Open {
        let why = labels::standing(&finding.standing, lang);
        description = format!("[{why}] {description}");
    }
    let mut where_else = Vec::new();
    where_else.extend(place.cell());
    where_else.extend(parts::entry(finding, lang));
    if !where_else.is_empty() {
        description += &format!(" ({})", where_else.join("; "));
    }
    Problem {
        description: safe(&description),
        check_name: format!("{} {}", rule.code, rule.slug),
        fingerprint: known.finding(own, finding),
        severity: match (&finding.standing, finding.level) {
            (Standing::Open, Level::Error) => "major",
            (Standing::Open, Level::Warning) => "minor",
            _ => "info",
        },
        // A row of a workbook is no line of its file.
        location: at(
            paths::of(place, own),
            if place.sheet.is_some() { 1 } else { place.line },
        ),
    }
}
