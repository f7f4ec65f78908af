//! A small report for tests.

use std::sync::Arc;

use crate::criteria::{Criterion, Status};
use crate::finding::{Finding, Mistake, Related, Standing};
use crate::lang::Lang;
use crate::place::{Excerpt, Place};
use crate::report::{
    Aside, EntryLine, Failure, Group, Levels, Provenance, Report, Settled, Since, Source,
    Submission, Total, Verdict, Work,
};
use crate::rule::{Level, Rule, Run};
use crate::tally::{Books, Breakdowns, Count, Difference, Failed};
use crate::text;

/// A name that wants to be a command.
pub(crate) const HOSTILE: &str = "Koperasi \u{1b}[2J\u{202e}Maju\u{9b}31m";

static RULE: Rule = Rule {
    code: "R001",
    slug: "missing-rat-year",
    level: Level::Error,
    since: "0.1.0",
    title: text! { id: "RAT tidak lengkap", en: "RAT incomplete" },
    why: text! { id: "RAT diadakan tiga tahun berturut-turut.", en: "Three years in a row." },
    fix: text! { id: "Tambahkan RAT yang kurang.", en: "Add the missing RAT." },
    clause: "dalam waktu 3 (tiga) tahun terakhir",
    run: Run::Reading,
};

fn finding(message: &str, place: Place) -> Finding {
    Finding {
        rule: &RULE,
        level: Level::Error,
        message: message.to_owned(),
        help: None,
        found: None,
        expected: None,
        entry: Some(1),
        key: Some(Arc::from("518/BH/\u{1b}]0;x\u{7}")),
        name: Some(Arc::from(HOSTILE)),
        mistake: mistake("rat"),
        place,
        related: Vec::new(),
        cause: None,
        times: 1,
        standing: Standing::Open,
        known: false,
    }
}

fn mistake(field: &str) -> Mistake {
    Mistake {
        code: RULE.code,
        field: field.to_owned(),
        subject: "2023".to_owned(),
    }
}

fn group(index: usize, cause: Option<usize>) -> Group {
    Group {
        rule: &RULE,
        level: Level::Error,
        mistake: mistake("rat"),
        count: 3,
        entries: 2,
        first: vec![index],
        cause,
        standing: Standing::Open,
    }
}

fn submission() -> Submission {
    let text = format!("{}; 2021; 2022\n", "é".repeat(150));
    let start = text.find("2021").unwrap();
    let place = Place {
        line: 12,
        column: 153,
        end_line: 12,
        end_column: 157,
        heading: Some("RAT\u{1b}[0m 2021".to_owned()),
        excerpt: Some(Arc::new(Excerpt {
            first_line: 12,
            text,
            start,
            end: start + 4,
            column: 1,
        })),
        ..Place::default()
    };
    let mut first = finding("tahun buku 2023 tidak ada", place.clone());
    first.related.push(Related {
        place,
        label: "RAT terakhir".to_owned(),
    });
    let count = |verified, upper| Count { verified, upper };
    Submission {
        source: Source {
            file: "data\u{1b}[31m.csv".to_owned(),
            header_file: None,
            sha256: "0".repeat(64),
            bytes: 10,
            format: "csv",
        },
        header: serde_json::json!({ "kode_wilayah": "33.02" }),
        region: Some("Kabupaten Banyumas"),
        year: Some(2025),
        cutoff: Some(jiff::civil::date(2025, 12, 31)),
        books: Books {
            read: 12,
            verified: 7,
            not_met: 3,
            unproven: 1,
            duplicate: 1,
            unreadable: 0,
        },
        counts: [
            count(11, 11),
            count(10, 11),
            count(8, 9),
            count(8, 10),
            count(7, 8),
        ],
        claimed: Some(9),
        claimed_entries: 9,
        plain: false,
        difference: vec![Difference {
            reason: "RAT tidak lengkap".to_owned(),
            code: "R001",
            entries: 2,
            effect: -2,
        }],
        breakdowns: Breakdowns {
            first_failed: [(
                "rat",
                Failed {
                    not_met: 3,
                    unproven: 1,
                },
            )]
            .into(),
            kecamatan: [("Sokaraja".to_owned(), count(7, 8))].into(),
            ..Breakdowns::default()
        },
        groups: vec![group(0, None), group(1, Some(0))],
        findings: vec![first, finding("akibatnya \u{1b}[31m", Place::default())],
        aside: Aside::default(),
        levels: Levels {
            error: 6,
            warning: 0,
            note: 0,
        },
        worklist: vec![Work {
            code: RULE.code,
            message: "lengkapi \u{1b}[31mRAT".to_owned(),
            group: Some(0),
            entries: 1,
            proven: 1,
        }],
        changes: None,
        keys: None,
        entries: vec![EntryLine {
            number: 1,
            key: "#1".to_owned(),
            name: HOSTILE.to_owned(),
            verdict: Verdict::Gugur,
            criteria: [Status::Terpenuhi; 6],
            reasons: vec![(Criterion::Rat, "R001")],
            place: Place::default(),
            trace: None,
        }],
        complete: true,
    }
}

/// One submission with a hostile name and a failure.
pub(crate) fn report() -> Report {
    let provenance = Provenance {
        source: "built-in".to_owned(),
        version: "1.0".to_owned(),
        sha256: "0".repeat(64),
    };
    let submission = submission();
    Report {
        lang: Lang::Id,
        today: jiff::civil::date(2026, 1, 2),
        definition: provenance.clone(),
        schema: provenance,
        total: Total {
            books: submission.books,
            counts: submission.counts,
            claimed: 9,
            levels: submission.levels,
            aside: submission.aside.clone(),
            regions: [("33.02".to_owned(), 1)].into(),
            ..Total::default()
        },
        province: None,
        submissions: vec![submission],
        failures: vec![Failure {
            file: "tidak\u{1b}ada.json".to_owned(),
            message: "file tidak ditemukan".to_owned(),
            help: "Periksa namanya.".to_owned(),
        }],
        settled: Settled::default(),
        since: Some(Since {
            revision: "HEAD".to_owned(),
            commit: "0".repeat(40),
            unchanged: vec![format!("{HOSTILE}.json")],
        }),
        complete: false,
    }
}
