//! A Code Quality report of GitLab: one array of problems.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::PrettyFormatter;

use crate::finding::Finding;
use crate::lang::Lang;
use crate::render::identity::Fingerprints;
use crate::render::json::Safe;
use crate::render::{parts, paths, safe};
use crate::report::{Report, Submission};
use crate::rule::Level;
use crate::say;

/// Problems that are listed; what is beyond is counted in one more.
const MOST: usize = 5_000;
const NOT_LISTED: &str = "not-listed";

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
    for (submission, finding) in findings {
        problems.push(problem(submission, finding, lang, &mut known));
    }
    if left > 0 {
        let text = say!(lang,
            id: "{left} temuan lagi tidak dimuat di sini",
            en: "{left} more findings are not listed here",
        );
        let file = report.submissions.first().map_or("", |s| &s.source.file);
        problems.push(whole(NOT_LISTED, &text, file, &mut known));
    }
    let pretty = Safe(PrettyFormatter::with_indent(b"  "));
    problems.serialize(&mut serde_json::Serializer::with_formatter(
        &mut *out, pretty,
    ))?;
    writeln!(out)
}

/// What concerns a file as a whole and is no finding.
fn whole(name: &str, description: &str, file: &str, known: &mut Fingerprints) -> Problem {
    Problem {
        description: safe(description),
        check_name: name.to_owned(),
        fingerprint: known.of(&[&paths::slashed(file), name]),
        severity: if name == NOT_LISTED {
            "info"
        } else {
            "blocker"
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

fn problem(
    submission: &Submission,
    finding: &Finding,
    lang: Lang,
    known: &mut Fingerprints,
) -> Problem {
    let own = &*submission.source.file;
    let place = &finding.place;
    let rule = finding.rule;
    // The widget shows the description alone.
    let mut description = format!("{}: {}", rule.code, finding.message);
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
        severity: match finding.level {
            Level::Error => "major",
            Level::Warning => "minor",
            Level::Note => "info",
        },
        // A row of a workbook is no line of its file.
        location: at(
            paths::of(place, own),
            if place.sheet.is_some() { 1 } else { place.line },
        ),
    }
}
