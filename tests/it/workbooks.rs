//! Workbooks as offices keep them, one kind of mess each, made by other programs.

use std::collections::BTreeSet;
use std::fs;

use crate::fix;
use crate::support::{check, check_text, codes, root};
use koplint::fix::Refusal;
use koplint::grid::Sort;
use koplint::read::workbook::source;

#[test]
fn each_mess_has_its_findings_and_verdicts() {
    let folder = root().join("fixtures/workbooks");
    let expected = fs::read_to_string(folder.join("EXPECTED.tsv")).unwrap();
    let mut wrong = Vec::new();
    for line in expected.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        let [name, list, verdicts @ ..] = &parts[..] else {
            panic!("{line}");
        };
        let report = check(&folder.join(format!("{name}.xlsx")));
        let submission = &report.submissions[0];
        let wanted: BTreeSet<&str> = list.split(',').collect();
        let books = submission.books;
        assert!(books.close());
        let counts = [books.verified, books.not_met, books.unproven].map(|n| n.to_string());
        if codes(submission) != wanted || counts != verdicts {
            wrong.push(format!("{name}: {:?} {counts:?}", codes(submission)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let books = fs::read_dir(&folder).unwrap().filter(|file| {
        let path = file.as_ref().unwrap().path();
        path.extension().is_some_and(|ending| ending == "xlsx")
    });
    assert_eq!(books.count(), expected.lines().count());
}

/// The cell of the first finding of a code.
fn cell(name: &str, code: &str) -> String {
    let report = check(&root().join("fixtures/workbooks").join(name));
    let mut findings = report.submissions[0].findings.iter();
    let found = findings.find(|finding| finding.rule.code == code).unwrap();
    found.place.cell().unwrap()
}

#[test]
fn findings_name_their_cells() {
    for (name, code, wanted) in [
        ("digits-lost.xlsx", "F012", "Koperasi!D2"),
        ("formula-errors.xlsx", "F013", "Koperasi!U2"),
        ("formulas-without-values.xlsx", "F013", "Koperasi!Q2"),
        ("number-became-date.xlsx", "F012", "Koperasi!B2"),
        ("percent.xlsx", "S002", "Koperasi!R2"),
        ("stray-cells.xlsx", "F007", "Koperasi!AH3"),
        ("ticks.xlsx", "S001", "Koperasi!T2"),
        ("titles.xlsx", "F017", "Koperasi!A4"),
        ("totals-and-signatures.xlsx", "F015", "Koperasi!A5"),
    ] {
        assert_eq!(cell(name, code), wanted, "{name}");
    }
}

/// The failure's message on a file of that name.
fn refused(name: &str, bytes: &[u8]) -> String {
    let report = check_text(name, bytes, None);
    assert!(report.submissions.is_empty() && !report.complete, "{name}");
    report.failures[0].message.clone()
}

#[test]
fn what_is_no_workbook_or_a_broken_one_is_a_clear_failure() {
    let whole = fs::read(root().join("fixtures/formats/sama.xlsx")).unwrap();
    let csv = fs::read(root().join("fixtures/formats/sama.csv")).unwrap();
    for (name, bytes, says) in [
        ("a.xlsx", &csv[..], "teks (CSV)"),
        (
            "a.xls",
            b"<html><body><table><tr><td>nama</td></tr></table>",
            "HTML",
        ),
        ("a.ods", b"{\"koperasi\": []}", "JSON"),
        ("a.xlsx", &whole[..4000], "rusak"),
        ("a.xlsx", b"", "bukan buku kerja"),
        ("a.xlsb", &[7; 300], "bukan buku kerja"),
    ] {
        let message = refused(name, bytes);
        assert!(message.contains(says), "{name}: {message}");
    }
}

#[test]
fn the_bytes_say_what_it_is_and_not_the_name() {
    let whole = fs::read(root().join("fixtures/formats/sama.xlsx")).unwrap();
    for name in ["a.xls", "a.ods", "a.csv", "a"] {
        let report = check_text(name, &whole, None);
        assert_eq!(report.submissions[0].source.format, "xlsx", "{name}");
        assert_eq!(report.submissions[0].books.verified, 3);
    }
}

#[test]
fn repairs_set_cells_and_nothing_else() {
    let bytes = fs::read(root().join("fixtures/workbooks/untidy.xlsx")).unwrap();
    let once = fix::holds("a.xlsx", &bytes, false);
    let grid = source::read(once.bytes.clone()).unwrap().grid;
    let sheet = |name: &str| grid.sheets.iter().position(|s| &*s.name == name).unwrap();
    let cell = |name: &str, row: u32, column: usize| {
        let row = grid.row(grid.numbered(sheet(name), row).unwrap());
        (row.text(column).to_owned(), row.sort(column))
    };
    for (name, row, column, text, sort) in [
        (
            "Koperasi",
            2,
            0,
            "Koperasi Produsen Nira Lestari",
            Sort::Text,
        ),
        ("Koperasi", 2, 2, "2019-03-14", Sort::Date),
        ("Koperasi", 2, 3, "3302010020011", Sort::Text),
        ("Koperasi", 2, 5, "produsen", Sort::Text),
        ("Koperasi", 2, 16, "45", Sort::Number),
        ("Koperasi", 3, 28, "26000000", Sort::Number),
    ] {
        assert_eq!(cell(name, row, column), (text.to_owned(), sort));
    }
    let outcome = |bytes: &[u8]| {
        let submission = check_text("a.xlsx", bytes, None).submissions.remove(0);
        let codes = codes(&submission);
        (submission.books, codes)
    };
    let (before, after) = (outcome(&bytes), outcome(&once.bytes));
    assert_eq!(before.0, after.0);
    assert!(before.1.contains("F016") && !after.1.contains("F016"));
}

#[test]
fn a_book_that_cannot_be_patched_is_not_repaired() {
    let ods = fs::read(root().join("fixtures/formats/sama.ods")).unwrap();
    assert!(matches!(
        fix::fix("a.ods", &ods, false),
        Err(Refusal::Workbook)
    ));
}
