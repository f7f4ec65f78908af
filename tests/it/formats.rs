//! One submission in three formats: the same verdicts, counts and codes.

use std::collections::BTreeSet;

use crate::support::{check, root};

/// Codes that speak of a table's form alone.
const TABLE_ONLY: [&str; 5] = ["F007", "F015", "F016", "F017", "F021"];

/// What must not depend on the format: verdicts, books, counts, breakdowns, and each finding by
/// entry, code and field.
fn outcome(name: &str) -> impl PartialEq + std::fmt::Debug + use<> {
    let report = check(&root().join("fixtures/formats").join(name));
    let submission = &report.submissions[0];
    assert!(submission.books.close(), "{name}");
    let verdicts = submission.entries.iter().map(|e| {
        let judged = (e.verdict, e.criteria, e.reasons.clone());
        (e.number, e.key.clone(), judged)
    });
    let found = submission
        .findings
        .iter()
        .filter(|f| !TABLE_ONLY.contains(&f.rule.code))
        .map(|f| (f.entry, f.rule.code, f.mistake.field.clone()));
    (
        verdicts.collect::<Vec<_>>(),
        submission.books,
        submission.counts,
        submission.breakdowns.clone(),
        submission.difference.clone(),
        found.collect::<BTreeSet<_>>(),
    )
}

#[test]
fn the_same_submission_in_every_format() {
    let books = check(&root().join("fixtures/formats/sama.json")).submissions[0].books;
    assert_eq!((books.read, books.verified, books.duplicate), (10, 3, 1));
    let json = outcome("sama.json");
    for other in ["ndjson", "csv", "xlsx", "ods", "xls"] {
        assert_eq!(json, outcome(&format!("sama.{other}")), "{other}");
    }
    let json = outcome("lembar.json");
    for other in ["xlsx", "ods", "xls"] {
        assert_eq!(json, outcome(&format!("lembar.{other}")), "{other}");
    }
}

#[test]
fn expected_codes_by_hand() {
    let folder = root().join("fixtures/formats");
    let expected = std::fs::read_to_string(folder.join("EXPECTED.tsv")).unwrap();
    for line in expected.lines() {
        let (file, list) = line.split_once('\t').unwrap();
        let wanted: BTreeSet<&str> = list.split(',').filter(|code| !code.is_empty()).collect();
        let report = check(&folder.join(file));
        assert_eq!(
            crate::support::codes(&report.submissions[0]),
            wanted,
            "{file}"
        );
    }
}

/// The same table as offices save it: the verdicts stay.
#[test]
fn a_table_in_every_encoding_and_form() {
    let folder = root().join("fixtures/formats");
    let header = std::fs::read_to_string(folder.join("sama.kepala.json")).unwrap();
    let plain = std::fs::read_to_string(folder.join("sama.csv")).unwrap();
    let with = |delim: u8| {
        let mut out = csv::WriterBuilder::new()
            .delimiter(delim)
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(plain.as_bytes());
        for row in rows.byte_records() {
            out.write_byte_record(&row.unwrap()).unwrap();
        }
        String::from_utf8(out.into_inner().unwrap()).unwrap()
    };
    let wide = |text: &str, big: bool| -> Vec<u8> {
        let unit = |u: u16| {
            if big {
                u.to_be_bytes()
            } else {
                u.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(unit).collect()
    };
    let semicolons = with(b';');
    let columns = semicolons.lines().next().unwrap().matches(';').count();
    let blank = ";".repeat(columns);
    let numbers: Vec<String> = (1..=columns + 1).map(|n| format!("({n})")).collect();
    let (head, rows) = semicolons.split_once("\r\n").unwrap();
    let framed = format!(
        "DAFTAR KOPERASI{blank}\r\n{blank}\r\n{head}\r\n{}\r\n{rows}JUMLAH{blank}\r\n{blank}\r\n\
         Purwokerto, 20 Januari 2026{blank}\r\nKepala Dinas{blank}\r\nDrs. Contoh{blank}\r\n",
        numbers.join(";"),
    );
    let latin = semicolons.replacen("Koperasi", "Kop\u{e9}rasi", 1);
    let latin: Vec<u8> = latin
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let wanted = check(&folder.join("sama.csv"));
    for (name, bytes) in [
        ("titik koma", semicolons.clone().into_bytes()),
        ("tab", with(b'\t').into_bytes()),
        ("BOM", format!("\u{feff}{semicolons}").into_bytes()),
        ("sep=", format!("sep=;\r\n{semicolons}").into_bytes()),
        ("UTF-16LE", wide(&format!("\u{feff}{semicolons}"), false)),
        ("UTF-16BE", wide(&format!("\u{feff}{semicolons}"), true)),
        ("UTF-16LE tanpa BOM", wide(&semicolons, false)),
        ("Windows-1252", latin),
        ("CR", semicolons.replace("\r\n", "\r").into_bytes()),
        ("judul dan tanda tangan", framed.into_bytes()),
    ] {
        let report = crate::support::check_text("a.csv", &bytes, Some(&header));
        let (own, wanted) = (&report.submissions[0], &wanted.submissions[0]);
        assert_eq!(own.books, wanted.books, "{name}");
        assert_eq!(own.counts, wanted.counts, "{name}");
        assert!(report.complete, "{name}");
    }
}
