//! The report as one JSON document; its shape is `schemas/report.schema.json`.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::ser::PrettyFormatter;

use crate::render::Style;
use crate::report::Report;

mod keys;
mod province;
mod safe;
mod standing;
mod submission;
mod view;

use province::ProvinceView;
pub(crate) use safe::Safe;
pub(crate) use standing::{AsideView, BaselineView, SettledView, state};
use submission::SubmissionView;
pub(crate) use submission::{EntryView, brief};
use view::each;
pub(crate) use view::{
    BooksView, BreakdownsView, CountsView, FindingView, LevelsView, Tool, provenance, since,
};

/// Version of the report's shape; grows when something is taken away or means something else.
pub const VERSION: u32 = 1;

/// The report's schema, as published.
pub const SCHEMA: &str = include_str!("../../schemas/report.schema.json");

/// Writes the report.
pub fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let pretty = Safe(PrettyFormatter::with_indent(b"  "));
    let mut json = serde_json::Serializer::with_formatter(&mut *out, pretty);
    ReportView { report, style }.serialize(&mut json)?;
    writeln!(out)
}

struct ReportView<'a> {
    report: &'a Report,
    style: &'a Style,
}

impl Serialize for ReportView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.report;
        let mut map = serializer.serialize_map(None)?;
        head(report, &mut map)?;
        map.serialize_entry(
            "submissions",
            &each(report.submissions.iter().map(|submission| SubmissionView {
                submission,
                lang: report.lang,
                entries: self.style.entries,
            })),
        )?;
        map.serialize_entry("total", &TotalView(report))?;
        map.serialize_entry("failures", &each(report.failures.iter().map(view::failure)))?;
        map.serialize_entry("policy", &SettledView::of(&report.settled))?;
        if let Some(since) = &report.since {
            map.serialize_entry("since", &view::since(since))?;
        }
        map.serialize_entry("complete", &report.complete)?;
        map.end()
    }
}

/// What the report rests on: the same in both JSON formats.
pub(crate) fn head<M: SerializeMap>(report: &Report, map: &mut M) -> Result<(), M::Error> {
    map.serialize_entry("version", &VERSION)?;
    map.serialize_entry("tool", &view::Tool::this())?;
    map.serialize_entry("lang", report.lang.tag())?;
    map.serialize_entry("today", &report.today.to_string())?;
    map.serialize_entry("definition", &view::provenance(&report.definition))?;
    map.serialize_entry("schema", &view::provenance(&report.schema))
}

/// All submissions together.
pub(crate) struct TotalView<'a>(pub(crate) &'a Report);

impl Serialize for TotalView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        total(self.0, &mut map)?;
        map.end()
    }
}

/// The total's members.
pub(crate) fn total<M: SerializeMap>(report: &Report, map: &mut M) -> Result<(), M::Error> {
    let total = &report.total;
    let sum = report.sum();
    map.serialize_entry("books", &sum.map(|sum| BooksView::of(sum.books)))?;
    map.serialize_entry("counts", &sum.map(|sum| CountsView(&sum.counts)))?;
    map.serialize_entry("claimed", &sum.map(|sum| sum.claimed))?;
    map.serialize_entry(
        "breakdowns",
        &sum.map(|sum| BreakdownsView {
            by: &sum.breakdowns,
            places: false,
        }),
    )?;
    map.serialize_entry("levels", &LevelsView::of(total.levels))?;
    map.serialize_entry("aside", &AsideView::of(&total.aside))?;
    map.serialize_entry("regions", &total.regions)?;
    map.serialize_entry("province", &report.province.as_ref().map(ProvinceView))
}

/// All failures, one by one.
pub(crate) fn failures(report: &Report) -> impl Iterator<Item = view::FailureView<'_>> {
    report.failures.iter().map(view::failure)
}

#[cfg(test)]
mod tests {
    use crate::render::{Style, sample};

    fn json(style: &Style) -> serde_json::Value {
        let mut out = Vec::new();
        super::write(&sample::report(), style, &mut out).unwrap();
        assert!(!out.contains(&0x1b));
        assert!(!String::from_utf8(out.clone()).unwrap().contains('\u{202e}'));
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn the_document_is_valid_and_keeps_the_data() {
        let value = json(&Style::default());
        let first = &value["submissions"][0];
        assert_eq!(first["findings"][0]["name"], sample::HOSTILE);
        assert_eq!(
            first["findings"][0]["place"]["file"],
            first["source"]["file"]
        );
        assert_eq!(
            first["findings"][1]["place"]["line"],
            serde_json::Value::Null
        );
        assert_eq!(
            first["counts"]["koperasi_produksi_aktif_dibantu"]["upper"],
            8
        );
        assert!(first.get("entries").is_none());
        let entries = json(&Style {
            entries: true,
            ..Style::default()
        });
        let line = &entries["submissions"][0]["entries"][0];
        assert_eq!(line["criteria"]["badan_hukum"], "terpenuhi");
    }

    #[test]
    fn the_document_keeps_to_its_schema() {
        let schema = super::SCHEMA;
        let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for entries in [false, true] {
            let value = json(&Style {
                entries,
                ..Style::default()
            });
            let errors: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert_eq!(errors, Vec::<String>::new());
        }
    }
}
