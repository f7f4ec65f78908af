//! One set of findings through every format, in both languages, as it was agreed upon.

use std::sync::Arc;

use clap::ValueEnum;
use serde::Serialize;
use serde_json::ser::PrettyFormatter;

use crate::finding::{Related, Standing};
use crate::lang::Lang;
use crate::place::Place;
use crate::policy::waivers::Waiver;
use crate::render::json::Safe;
use crate::render::{OutputFormat, Style, sample, write};
use crate::report::{Known, Report};
use crate::rule::Level;
use crate::rules;

const FORMATS: [OutputFormat; 13] = [
    OutputFormat::Full,
    OutputFormat::Concise,
    OutputFormat::Json,
    OutputFormat::JsonLines,
    OutputFormat::Grouped,
    OutputFormat::Sarif,
    OutputFormat::Junit,
    OutputFormat::Github,
    OutputFormat::Gitlab,
    OutputFormat::Markdown,
    OutputFormat::Csv,
    OutputFormat::Sipd,
    OutputFormat::Satudata,
];

/// The sample, with a place in a workbook and one in a tree, an unread row, a waived finding and a
/// known one, a rule that is off, a waiver that is not used, and a baseline with something solved.
fn report(lang: Lang) -> Report {
    let mut report = sample::report();
    report.lang = lang;
    let submission = &mut report.submissions[0];
    let mut cell = submission.findings[1].clone();
    cell.place = Place {
        sheet: Some(Arc::from("Data '25")),
        line: 12,
        column: 28,
        end_line: 12,
        end_column: 29,
        heading: Some("RAT".to_owned()),
        ..Place::default()
    };
    cell.level = Level::Warning;
    "sel".clone_into(&mut cell.mistake.subject);
    cell.found = Some("=1+1".to_owned());
    cell.expected = Some("2024-03-12".to_owned());
    let mut node = submission.findings[0].clone();
    node.place = Place {
        line: 3,
        column: 7,
        end_line: 3,
        end_column: 9,
        utf16: Some((8, 10)),
        pointer: Some("/koperasi/0/rat".to_owned()),
        absolute: true,
        ..Place::default()
    };
    node.level = Level::Note;
    node.times = 4;
    node.related = vec![Related {
        place: cell.place.clone(),
        label: "lihat [ini](x)".to_owned(),
    }];
    "pohon".clone_into(&mut node.mistake.subject);
    let waiver = waiver();
    let mut waived = submission.findings[1].clone();
    "tertunda".clone_into(&mut waived.mistake.subject);
    waived.standing = Standing::Waived(Arc::new(waiver.clone()));
    let mut known = submission.findings[1].clone();
    "lama".clone_into(&mut known.mistake.subject);
    known.standing = Standing::Known;
    known.known = true;
    for finding in [cell, node, waived, known] {
        submission.add(finding);
    }
    submission.aside.off.insert("K007", 2);
    submission.complete = false;
    report.total.levels = submission.levels;
    report.total.aside = submission.aside.clone();
    let mut unused = rules::waiver::unused(&waiver, lang);
    unused.place = Place {
        file: Some(Arc::from("ci/waivers.toml")),
        line: 2,
        column: 8,
        end_line: 2,
        end_column: 14,
        ..Place::default()
    };
    report.settled.levels.add(unused.level, 1);
    report.settled.findings.push(unused);
    report.settled.baseline = Some(Known {
        file: "ci/baseline.json".to_owned(),
        solved: 3,
        new: None,
    });
    report
}

fn waiver() -> Waiver {
    Waiver {
        rule: rules::find("R001").unwrap(),
        key: None,
        field: None,
        paths: None,
        region: None,
        reason: "Banjir <b>; ::error::\u{1b}[31m | [x](y)".to_owned(),
        by: "Dinas {0}".to_owned(),
        until: jiff::civil::date(2026, 6, 30),
        span: 0..1,
    }
}

#[test]
fn every_format_in_both_languages() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../tests/snapshots/faces");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for lang in [Lang::Id, Lang::En] {
            for format in FORMATS {
                let name = format
                    .to_possible_value()
                    .map(|value| value.get_name().to_owned());
                let mut out = Vec::new();
                write(format, &report(lang), &Style::default(), &mut out).unwrap();
                let mut text = String::from_utf8(out).unwrap();
                if format == OutputFormat::Sarif {
                    text = without_rules(&text);
                }
                let name = format!("{}.{}", name.unwrap(), lang.tag());
                insta::assert_snapshot!(name, text);
            }
        }
    });
}

/// The rules are in the log whole; they are not what is looked at here.
fn without_rules(text: &str) -> String {
    let mut log: serde_json::Value = serde_json::from_str(text).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"]
        .as_array_mut()
        .unwrap();
    rules.truncate(1);
    let mut out = Vec::new();
    let pretty = Safe(PrettyFormatter::with_indent(b"  "));
    let mut json = serde_json::Serializer::with_formatter(&mut out, pretty);
    log.serialize(&mut json).unwrap();
    String::from_utf8(out).unwrap()
}
