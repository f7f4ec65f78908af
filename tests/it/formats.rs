//! One submission in three formats: the same verdicts, counts and codes.

use std::collections::BTreeSet;

use crate::support::{check, root};

/// Codes that speak of a table's form alone.
const TABLE_ONLY: [&str; 4] = ["F007", "F015", "F016", "F017"];

#[test]
fn the_same_submission_in_every_format() {
    let of = |name: &str| {
        let report = check(&root().join("fixtures/formats").join(name));
        let submission = &report.submissions[0];
        assert!(submission.books.close());
        let verdicts: Vec<_> = submission
            .entries
            .iter()
            .map(|e| {
                (
                    e.number,
                    e.key.clone(),
                    e.verdict,
                    e.criteria,
                    e.reasons.clone(),
                )
            })
            .collect();
        let found: BTreeSet<_> = submission
            .findings
            .iter()
            .filter(|f| !TABLE_ONLY.contains(&f.rule.code))
            .map(|f| (f.entry, f.rule.code, f.mistake.field.clone()))
            .collect();
        (
            verdicts,
            submission.books,
            submission.counts,
            submission.breakdowns.clone(),
            submission.difference.clone(),
            found,
        )
    };
    let json = of("sama.json");
    assert_eq!(json.1.read, 10);
    assert_eq!((json.1.verified, json.1.duplicate), (3, 1));
    for other in ["sama.ndjson", "sama.csv"] {
        let other = of(other);
        assert_eq!(json.0, other.0);
        assert_eq!((json.1, json.2), (other.1, other.2));
        assert_eq!(json.3, other.3);
        assert_eq!(json.4, other.4);
        assert_eq!(json.5, other.5);
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
