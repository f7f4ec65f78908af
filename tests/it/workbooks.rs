//! Workbooks as offices keep them, one kind of mess each, made by other programs.

use std::collections::BTreeSet;
use std::fs;

use crate::support::{check, codes, root};

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
