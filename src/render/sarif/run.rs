//! What a run says of itself: failures, what is incomplete, and the counts.

use serde_json::{Value, json};

use super::{artifact, text};
use crate::render::json::{AsideView, BaselineView, BooksView, LevelsView, since};
use crate::render::{labels, parts};
use crate::report::{Report, Submission};
use crate::say;
use crate::tally::Count;

/// Whether the run read all that it was given, and what it could not.
pub(super) fn invocation(report: &Report, left: u64) -> Value {
    let lang = report.lang;
    let at = |file: &str| json!([{ "physicalLocation": { "artifactLocation": artifact(file) } }]);
    let mut said = Vec::new();
    for failure in &report.failures {
        let words = format!("{}: {}. {}", failure.file, failure.message, failure.help);
        said.push(json!({
            "level": "error",
            "message": { "text": text(words.trim_end()) },
            "locations": at(&failure.file),
        }));
    }
    for submission in report.submissions.iter().filter(|s| !s.complete) {
        said.push(json!({
            "level": "error",
            "message": { "text": text(&parts::incomplete(lang)) },
            "locations": at(&submission.source.file),
        }));
    }
    if left > 0 {
        let words = say!(lang,
            id: "{left} temuan lagi tidak dimuat di sini",
            en: "{left} more findings are not listed here",
        );
        said.push(json!({ "level": "warning", "message": { "text": words } }));
    }
    let off = labels::off(&report.total.aside.off, lang);
    for words in off.into_iter().chain(parts::said(report)) {
        said.push(json!({ "level": "note", "message": { "text": text(&words) } }));
    }
    json!({ "executionSuccessful": report.complete, "toolExecutionNotifications": said })
}

/// A submission's file with its hash.
pub(super) fn analysed(submission: &Submission) -> Value {
    let source = &submission.source;
    json!({
        "location": artifact(&source.file),
        "roles": ["analysisTarget"],
        "length": source.bytes,
        "hashes": { "sha-256": source.sha256 },
    })
}

/// The counts, so that the log alone tells the result.
pub(super) fn properties(report: &Report, left: u64) -> Value {
    let sum = report.sum();
    let each = report.submissions.iter().map(|submission| {
        let [.., count] = submission.counts;
        json!({
            "file": submission.source.file,
            "verified": interval(count),
            "claimed": submission.claimed,
            "books": BooksView::of(submission.books),
            "levels": LevelsView::of(submission.levels),
            "aside": AsideView::of(&submission.aside),
            "complete": submission.complete,
        })
    });
    let counted = sum.filter(|_| !parts::nothing(report));
    let verified = counted.map(|sum| interval(sum.counts[4]));
    let mut out = json!({
        "complete": report.complete,
        "today": report.today.to_string(),
        "definition": { "version": report.definition.version, "sha256": report.definition.sha256 },
        "verified": verified,
        "claimed": sum.map(|sum| sum.claimed),
        "books": sum.map(|sum| BooksView::of(sum.books)),
        "levels": LevelsView::of(report.total.levels),
        "aside": AsideView::of(&report.total.aside),
        "findingsNotListed": left,
        "submissions": each.collect::<Vec<_>>(),
    });
    if let Some(known) = &report.settled.baseline {
        out["baseline"] = json!(BaselineView::of(known));
    }
    if let Some(from) = &report.since {
        out["since"] = json!(since(from));
    }
    out
}

/// How many are proven, and how many at most.
fn interval(count: Count) -> Value {
    json!([count.verified, count.upper])
}
