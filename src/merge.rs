//! Reports that were made apart, brought together: the same totals as one run over all inputs.
//!
//! Reports are read as hostile input: their shape is their schema's, and the books of every
//! submission are counted again from its digests.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::PrettyFormatter;
use serde_json::{Value, json};

use crate::lang::Lang;
use crate::province::{self, Again, Province};
use crate::render::json::Safe;
use crate::render::{Style, json as report_json};
use crate::report::{Levels, Provenance, Report, Settled, Total};
use crate::rule::Level;
use crate::say;
use crate::words::shown;

mod across;
mod read;
mod side;
pub mod table;
mod text;

pub use read::{Given, MOST_BYTES};
pub use text::write as write_text;

use read::{Head, Read};
use side::Side;

/// Reports brought together.
#[derive(Debug)]
pub struct Merged {
    /// The report but for its submissions, failures and what is said of waivers.
    pub report: Report,
    /// Open findings on waivers and baselines by level.
    pub settled: Levels,
    /// Number of reports.
    pub reports: usize,
    /// Submissions that stand in several reports: file, and the one that was counted.
    pub twice: Vec<(String, String)>,
    sides: Vec<Side>,
    again: Vec<Again>,
    /// The report's members beside its submissions.
    rest: Value,
}

impl Merged {
    /// The heaviest level among the findings that are open.
    #[must_use]
    pub fn worst(&self) -> Option<Level> {
        let levels = [Level::Error, Level::Warning, Level::Note];
        let all = [self.report.total.levels, self.settled];
        levels
            .into_iter()
            .find(|level| all.iter().any(|own| own.get(*level) > 0))
    }

    /// Writes it as a report, which can be merged again.
    pub fn write_json(self, out: &mut dyn Write) -> io::Result<()> {
        let mut report = self.rest;
        let values = self.sides.into_iter().map(|side| side.value);
        report["submissions"] = values.collect();
        let pretty = Safe(PrettyFormatter::with_indent(b"  "));
        let mut json = serde_json::Serializer::with_formatter(&mut *out, pretty);
        report.serialize(&mut json)?;
        writeln!(out)
    }
}

/// Brings reports together. Whatever their order, the outcome is the same.
///
/// # Errors
/// A report that cannot be merged, by name, and why.
pub fn merge(reports: Vec<Given>, lang: Lang) -> Result<Merged, String> {
    let schema = read::schema()?;
    let mut all: Vec<Read> = Vec::new();
    for given in reports {
        let own = read::read(given, &schema, lang)?;
        if let Some(unlike) = all
            .first()
            .and_then(|first| read::differs(first, &own, lang))
        {
            return Err(unlike);
        }
        all.push(own);
    }
    let reports = all.len();
    let mut heads = Vec::new();
    let mut sides = Vec::new();
    for own in all {
        heads.push(own.head);
        sides.extend(own.sides);
    }
    let (mut sides, twice) = once(sides, lang)?;
    let head = heads.first();
    let own: Lang = head
        .and_then(|head| head.lang.parse().ok())
        .unwrap_or_default();
    let (mut total, province, again) = province::add(&sides, false);
    across::add(&mut sides, &again, own);
    for side in &sides {
        total.levels.merge(side.levels);
        total.aside.merge(&side.aside);
    }
    let failures = distinct(heads.iter().flat_map(|head| &head.failures));
    let complete = failures.is_empty()
        && !sides.is_empty()
        && province.as_ref().is_none_or(Province::adds_up)
        && sides.iter().all(|side| side.complete);
    let (policy, settled) = policy(&heads);
    let report = Report {
        total,
        province,
        complete,
        ..frame(&heads, own)?
    };
    let mut bytes = Vec::new();
    report_json::write(&report, &Style::default(), &mut bytes).map_err(|e| e.to_string())?;
    let mut rest: Value = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    rest["failures"] = failures.into();
    rest["policy"] = policy;
    Ok(Merged {
        report,
        settled,
        reports,
        twice,
        sides,
        again,
        rest,
    })
}

/// The submissions in the order in which they are counted, each once, and those that came again.
type Once = (Vec<Side>, Vec<(String, String)>);

/// The same bytes with the same header are one submission, whichever reports it is in.
fn once(sides: Vec<Side>, lang: Lang) -> Result<Once, String> {
    let mut by: BTreeMap<_, Vec<Side>> = BTreeMap::new();
    for side in sides {
        let key = (side.sha256.clone(), side.value["header"].to_string());
        by.entry(key).or_default().push(side);
    }
    let mut out = Vec::new();
    let mut twice = Vec::new();
    for mut same in by.into_values() {
        // Of copies the same one stands in every order of the reports.
        same.sort_by_cached_key(|side| (side.file.clone(), side.value.to_string()));
        let mut same = same.into_iter();
        let Some(first) = same.next() else { continue };
        for other in same {
            if !first.counts_as(&other) {
                let (one, other) = (shown(&first.file, 120), shown(&other.file, 120));
                return Err(say!(lang,
                    id: "pengajuan yang sama dinilai berbeda dalam dua laporan: {one}, {other}; periksa sekali lagi",
                    en: "two reports judge the same submission differently: {one}, {other}; check it again",
                ));
            }
            twice.push((other.file, first.file.clone()));
        }
        out.push(first);
    }
    out.sort_by(province::order);
    twice.sort();
    Ok((out, twice))
}

/// Each once, in an order of their own.
fn distinct<'a>(all: impl Iterator<Item = &'a Value>) -> Vec<Value> {
    let by: BTreeMap<String, &Value> = all.map(|one| (one.to_string(), one)).collect();
    by.into_values().cloned().collect()
}

/// What was said of waivers and baselines. What became of a baseline is one run's affair.
fn policy(heads: &[Head]) -> (Value, Levels) {
    let findings = distinct(heads.iter().flat_map(|head| &head.policy.findings));
    let mut levels = Levels::default();
    for finding in &findings {
        for level in [Level::Error, Level::Warning, Level::Note] {
            levels.add(level, u64::from(finding["level"] == level.name()));
        }
    }
    let mut off: BTreeMap<&String, u64> = BTreeMap::new();
    for (code, count) in heads.iter().flat_map(|head| &head.policy.off) {
        let own = off.entry(code).or_default();
        *own = own.saturating_add(count.as_u64().unwrap_or(0));
    }
    let value = json!({
        "findings": findings,
        "levels": { "error": levels.error, "warning": levels.warning, "note": levels.note },
        "off": off,
        "baseline": null,
    });
    (value, levels)
}

/// A report without submissions.
fn frame(heads: &[Head], lang: Lang) -> Result<Report, String> {
    let provenance = |of: fn(&Head) -> &read::Source| {
        let least = heads.iter().map(of).min().cloned();
        least.map_or_else(
            || Err(say!(lang, id: "tidak ada laporan", en: "no report")),
            |own| {
                Ok(Provenance {
                    source: own.source,
                    version: own.version,
                    sha256: own.sha256,
                })
            },
        )
    };
    let days = heads
        .iter()
        .filter_map(|head| crate::date::parse(&head.today));
    Ok(Report {
        lang,
        today: days.max().unwrap_or_default(),
        definition: provenance(|head| &head.definition)?,
        schema: provenance(|head| &head.schema)?,
        submissions: Vec::new(),
        total: Total::default(),
        province: None,
        failures: Vec::new(),
        settled: Settled::default(),
        since: None,
        complete: false,
    })
}
