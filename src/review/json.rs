//! The review as one JSON document. A submission's own report is `koplint check`'s.

use std::io::{self, Write};

use serde_json::ser::PrettyFormatter;
use serde_json::{Value, json};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{Review, Row, name};
use crate::render::json as report;
use crate::render::labels;

/// Version of the document's shape.
const VERSION: u32 = 1;

pub(super) fn write(review: &Review<'_>, out: &mut dyn Write) -> io::Result<()> {
    let pretty = report::Safe(PrettyFormatter::with_indent(b"  "));
    let mut json = serde_json::Serializer::with_formatter(&mut *out, pretty);
    View(review).serialize(&mut json)?;
    writeln!(out)
}

struct View<'a>(&'a Review<'a>);

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let review = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("review", &VERSION)?;
        report::head(review.report, &mut map)?;
        map.serialize_entry("total", &report::TotalView(review.report))?;
        map.serialize_entry("regencies", &each(&review.rows, |row| regency(review, row)))?;
        map.serialize_entry(
            "others",
            &each(&review.others, |(_, one)| json!(one.source.file)),
        )?;
        map.serialize_entry(
            "causes",
            &each(&review.causes, |cause| {
                json!({
                    "code": cause.rule.code,
                    "title": cause.rule.title.get(review.lang()),
                    "regions": cause.places.len(),
                    "findings": cause.findings,
                    "at": cause.places,
                })
            }),
        )?;
        map.serialize_entry(
            "doubles",
            &each(&review.doubles, |double| {
                let finding = double.finding;
                let first = finding.related.first().map(|one| &one.place);
                json!({
                    "key": finding.key.as_deref(),
                    "name": finding.name.as_deref(),
                    "counts_in": double.first.map(name),
                    "counts_at": first.map(|place| labels::spot(place, "")),
                    "again_in": name(double.here),
                    "again_at": labels::spot(&finding.place, &double.here.source.file),
                })
            }),
        )?;
        map.serialize_entry(
            "failures",
            &report::failures(review.report).collect::<Vec<_>>(),
        )?;
        map.serialize_entry(
            "against",
            &review.against.map(|old| {
                json!({
                    "complete": old.complete,
                    "verified": old.sum().map(|sum| sum.books.verified),
                    "submissions": old.submissions.len(),
                })
            }),
        )?;
        map.serialize_entry("complete", &review.report.complete)?;
        map.end()
    }
}

fn each<T>(all: &[T], one: impl Fn(&T) -> Value) -> Vec<Value> {
    all.iter().map(one).collect()
}

fn regency(review: &Review<'_>, row: &Row<'_>) -> Value {
    let here = !row.own.is_empty();
    let files = row.own.iter().map(|(_, one)| &one.source.file);
    let mut out = json!({
        "code": row.region.code,
        "name": row.region.name,
        "missing": !here,
        "files": files.collect::<Vec<_>>(),
        "bases": row.bases,
        "verified": row.verified(),
        "upper": row.upper(),
        "claimed": row.claimed,
        "difference": row.difference(),
        "closed": here.then_some(row.closed),
        "top": row.top.as_ref().map(|(code, reason)| json!({ "code": code, "reason": reason })),
    });
    if review.against.is_some() {
        out["before"] = json!(row.before);
        out["change"] = json!(row.change());
    }
    out
}
