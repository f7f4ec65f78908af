//! One JSON object per line: findings as they stand, then their submission, at the end the total.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::ser::CompactFormatter;

use crate::render::Style;
use crate::render::json::{self, EntryView, FindingView, Safe, SettledView};
use crate::report::{Report, Submission};

/// Writes the report.
pub fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for failure in json::failures(report) {
        line(
            &Tagged {
                r#type: "failure",
                submission: None,
                rest: failure,
            },
            out,
        )?;
    }
    for submission in &report.submissions {
        let own = &*submission.source.file;
        for finding in &submission.findings {
            let rest = FindingView::of(finding, own);
            line(
                &Tagged {
                    r#type: "finding",
                    submission: Some(own),
                    rest,
                },
                out,
            )?;
        }
        let entries = if style.entries {
            &submission.entries[..]
        } else {
            &[]
        };
        for entry in entries {
            let rest = EntryView(entry);
            line(
                &Tagged {
                    r#type: "entry",
                    submission: Some(own),
                    rest,
                },
                out,
            )?;
        }
        let rest = Brief(submission, report);
        line(
            &Tagged {
                r#type: "submission",
                submission: Some(own),
                rest,
            },
            out,
        )?;
    }
    let rest = End(report);
    line(
        &Tagged {
            r#type: "total",
            submission: None,
            rest,
        },
        out,
    )
}

fn line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let compact = Safe(CompactFormatter);
    value.serialize(&mut serde_json::Serializer::with_formatter(
        &mut *out, compact,
    ))?;
    writeln!(out)
}

#[derive(Serialize)]
struct Tagged<'a, T> {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    submission: Option<&'a str>,
    #[serde(flatten)]
    rest: T,
}

struct Brief<'a>(&'a Submission, &'a Report);

impl Serialize for Brief<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        json::brief(self.0, self.1.lang, &mut map)?;
        map.end()
    }
}

struct End<'a>(&'a Report);

impl Serialize for End<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        json::head(self.0, &mut map)?;
        json::total(self.0, &mut map)?;
        map.serialize_entry("policy", &SettledView::of(&self.0.settled))?;
        if let Some(since) = &self.0.since {
            map.serialize_entry("since", &json::since(since))?;
        }
        map.serialize_entry("complete", &self.0.complete)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use crate::render::{Style, sample};

    #[test]
    fn every_line_is_an_object_with_a_type() {
        let mut out = Vec::new();
        let style = Style {
            entries: true,
            ..Style::default()
        };
        super::write(&sample::report(), &style, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let types: Vec<String> = text
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .map(|value| value["type"].as_str().unwrap().to_owned())
            .collect();
        let expected = [
            "failure",
            "finding",
            "finding",
            "entry",
            "submission",
            "total",
        ];
        assert_eq!(types, expected);
    }
}
