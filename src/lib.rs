//! koplint checks a regency's register of cooperatives against the definition of *Jumlah Koperasi
//! Produksi Aktif yang Dibantu Pemerintah* and emits the count that is proven.
//!
//! One way through the house: bytes → [`read`] → [`entry`] → [`check`] → [`report`] → [`render`].
//! Arrows go right only: `read` knows no rules, rules know no formats, a renderer is a function of
//! the report.
//!
//! 1. [`read`] turns the records of any format into one flat tree with places, the [`tape`].
//! 2. `check` validates the tree by the JSON Schema ([`schema`]), judges the six [`criteria`] once,
//!    and runs the [`rules`].
//! 3. `together` brings entries together in the order of the source: duplicates, [`tally`], groups.
//!    Every finding comes by the desk of the [`policy`] once: its level, waivers, the baseline.
//! 4. [`render`] writes the [`report`].

use std::collections::HashMap;

use indicatif::ProgressBar;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

pub mod calendar;
pub mod certificate;
mod check;
pub mod cli;
pub mod codes;
pub mod compare;
pub mod config;
pub mod criteria;
pub mod date;
pub mod definition;
pub mod entry;
mod failure;
pub mod finding;
pub mod fix;
pub mod grid;
pub mod header;
mod inputs;
pub mod lang;
pub mod mask;
pub mod merge;
pub mod nomor;
pub mod personal;
pub mod place;
pub mod policy;
pub mod read;
pub mod region;
pub mod render;
pub mod report;
pub mod rule;
pub mod rules;
pub mod schema;
mod submission;
pub mod tally;
pub mod tape;
pub mod template;
mod together;
pub mod trace;
pub mod words;
pub mod workbook;

use crate::check::Keys;
use crate::definition::{Definition, hex};
use crate::finding::Finding;
use crate::lang::Lang;
use crate::mask::{Mask, Veil};
use crate::place::Place;
use crate::policy::{Desk, Policy};
use crate::read::open::Input;
use crate::report::{Failure, Provenance, Report, Since, Submission, Total};
use crate::schema::{SUBMISSION, Schemas};
use crate::submission::RunCx;
use crate::tally::Tally;
use crate::together::{Kept, alike};

pub use crate::check::EntryCx;
pub use crate::submission::EndCx;

/// How to check.
#[derive(Clone, Debug)]
pub struct Options {
    /// The language of messages.
    pub lang: Lang,
    /// The run's date.
    pub today: Date,
    /// The indicator's definition, and where it came from.
    pub definition: Definition,
    /// `built-in`, or the definition's file.
    pub definition_source: String,
    /// A header for submissions that bring none, as JSON.
    pub header: Option<String>,
    /// How findings weigh: levels, waivers, the baseline.
    pub policy: Policy,
    /// The sheet in which a workbook's register stands; found out if none is named.
    pub sheet: Option<String>,
    /// Keep every finding, not only each group's first.
    pub keep_all: bool,
    /// Cut excerpts of the source.
    pub excerpts: bool,
    /// Keep a line for every entry.
    pub entries: bool,
    /// Keep what merging reports needs.
    pub keys: bool,
    /// With that line keep who the entry is and what it shows as evidence.
    pub evidence: bool,
    /// What the report hides.
    pub mask: Mask,
    /// Shows what is being read.
    pub progress: ProgressBar,
}

/// Checks submissions. What cannot be read at all comes back as a failure in the report.
///
/// # Errors
/// The schema that is built in does not compile.
pub fn check(inputs: &[Input], options: &Options) -> Result<Report, String> {
    let schemas = Schemas::compile()?;
    let keys = Keys::default();
    let desk = Desk::new(&options.policy, options.today);
    let veil = Veil {
        mask: options.mask,
        shape: &schemas.shape,
    };
    let cx = RunCx {
        lang: options.lang,
        today: options.today,
        definition: &options.definition,
        schemas: &schemas,
        flags: options.header.as_deref(),
        policy: &options.policy,
        desk: &desk,
        sheet: options.sheet.as_deref(),
        keep_all: options.keep_all,
        excerpts: options.excerpts && !veil.strict(),
        veil,
        entries: options.entries,
        evidence: options.evidence,
        many: inputs.len() > 1,
        keys: &keys,
        digests: options.keys,
        progress: &options.progress,
    };
    let mut submissions = Vec::new();
    let mut kept = Vec::new();
    let mut failures = Vec::new();
    for input in inputs {
        match submission::run(&cx, input) {
            Ok((submission, its)) => {
                submissions.push(submission);
                kept.push(its);
            }
            Err(error) => failures.push(failure::of(options.lang, input, &error)),
        }
    }
    let total = total(options.lang, &desk, veil, &mut submissions, &kept);
    let complete = failures.is_empty()
        && !submissions.is_empty()
        && submissions.iter().all(|submission| submission.complete);
    let settled = desk.close(
        options.lang,
        &options.definition,
        options.excerpts,
        complete,
    );
    Ok(Report {
        lang: options.lang,
        today: options.today,
        definition: Provenance {
            source: options.definition_source.clone(),
            version: options.definition.version.clone(),
            sha256: options.definition.sha256.clone(),
        },
        schema: Provenance {
            source: "built-in".to_owned(),
            version: "1.0".to_owned(),
            sha256: hex(&Sha256::digest(SUBMISSION.as_bytes())),
        },
        submissions,
        total,
        failures,
        settled,
        since: None,
        complete,
    })
}

/// Adds a failure that came up before anything was read.
pub fn add_failures(report: &mut Report, failures: Vec<Failure>) {
    report.complete &= failures.is_empty();
    report.failures.splice(0..0, failures);
}

/// Says what was left out on request. Where nothing else was given, nothing is missing.
pub fn add_since(report: &mut Report, since: Since) {
    report.complete |=
        report.failures.is_empty() && report.submissions.is_empty() && !since.unchanged.is_empty();
    report.since = Some(since);
}

/// All submissions together. Of one legal entity in several, the entry of the lower region code
/// stands, then the first listed; the others are found (D001) where they stand.
fn total(
    lang: Lang,
    desk: &Desk<'_>,
    veil: Veil<'_>,
    submissions: &mut [Submission],
    kept: &[Kept],
) -> Total {
    let mut out = Total::default();
    let mut tally = Tally::default();
    let mut order: Vec<usize> = (0..kept.len()).collect();
    order.sort_by_key(|at| (kept[*at].region.clone(), *at));
    let many = kept.len() > 1;
    let mut seen: HashMap<u128, (usize, usize)> = HashMap::new();
    for at in order {
        let its = &kept[at];
        *out.regions.entry(its.region.clone()).or_default() += 1;
        out.claimed += submissions[at].claimed.unwrap_or(0);
        if !many {
            tally.merge(&its.tally);
            continue;
        }
        tally.unreadable(its.tally.books.unreadable);
        for (index, entry) in its.entries.iter().enumerate() {
            let before = match entry.key {
                Some(key) if !entry.duplicate => match seen.get(&key) {
                    Some(first) => Some(*first),
                    None => {
                        seen.insert(key, (at, index));
                        None
                    }
                },
                _ => None,
            };
            tally.add(&entry.facts, entry.duplicate || before.is_some());
            let line = submissions[at].entries.get_mut(index);
            if let Some(trace) = line.and_then(|line| line.trace.as_mut()) {
                trace.elsewhere = before.is_some();
            }
            if let Some((other, first)) = before {
                let first = (
                    submissions[other].source.file.clone(),
                    &kept[other].entries[first],
                );
                let finding = across(lang, veil, entry, &first.0, first.1);
                submissions[at].admit(desk, veil, &its.docket, finding, &first.0);
            }
        }
    }
    for submission in submissions.iter() {
        out.levels.merge(submission.levels);
        out.aside.merge(&submission.aside);
    }
    out.books = tally.books;
    out.counts = tally.counts;
    out.breakdowns = tally.breakdowns;
    out
}

/// D001 across files, at the entry that does not stand in the total.
fn across(
    lang: Lang,
    veil: Veil<'_>,
    entry: &together::KeptEntry,
    file: &str,
    first: &together::KeptEntry,
) -> Finding {
    let place = |of: &together::KeptEntry, file: Option<&str>| Place {
        file: file.map(Into::into),
        sheet: of.sheet.clone(),
        line: of.start.0,
        column: of.start.1,
        end_line: of.start.0,
        end_column: of.start.1,
        pointer: of.pointer.clone(),
        absolute: true,
        ..Place::default()
    };
    let number = first.number;
    let shown = words::shown(file, 80);
    let said = say!(lang, id: "{shown} (entri ke-{number})", en: "{shown} (entry {number})");
    let mut finding = alike(
        (lang, veil),
        "D001",
        "nomor_badan_hukum",
        &entry.text,
        &said,
        place(entry, None),
        place(first, Some(file)),
    );
    finding.entry = Some(entry.number);
    finding.key = Some(entry.text.clone());
    finding.name = (!entry.title.is_empty()).then(|| entry.title.clone());
    finding
}
