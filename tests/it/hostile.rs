//! Bad input: each a clear finding or a clear failure, with place; nothing lost, no panic.

use koplint::read::open::Input;
use koplint::render::OutputFormat;
use koplint::report::Report;

use crate::support::{check, check_text, codes, options, rendered, root};

fn example() -> String {
    std::fs::read_to_string(root().join("fixtures/banyumas.json")).unwrap()
}

fn has(report: &Report, code: &str) -> bool {
    codes(&report.submissions[0]).contains(code)
}

#[test]
fn an_empty_file() {
    for name in ["a.json", "a.ndjson", "a.csv"] {
        let report = check_text(name, b"", None);
        assert!(!report.complete, "{name}");
        assert!(!report.submissions[0].findings.is_empty(), "{name}");
    }
}

#[test]
fn a_truncated_document_points_at_both_ends() {
    let text = example();
    let cut = text.find("\"rat\"").unwrap() + 20;
    let report = check_text("a.json", &text.as_bytes()[..cut], None);
    assert!(!report.complete);
    let submission = &report.submissions[0];
    assert_eq!(submission.books.unreadable, 1);
    let finding = submission
        .findings
        .iter()
        .find(|f| f.rule.code == "F002")
        .unwrap();
    assert!(finding.place.line > 1);
    assert_eq!(finding.related.len(), 1);
    assert!(finding.related[0].place.line < finding.place.line);
    // The entries before the break are read.
    let all = check_text("a.json", text.as_bytes(), None);
    let later = text.rfind("\"rat\"").unwrap();
    let report = check_text("a.json", &text.as_bytes()[..later], None);
    assert_eq!(
        report.submissions[0].books.read,
        all.submissions[0].books.read
    );
}

#[test]
fn one_broken_entry_hides_no_other() {
    let text = example().replacen("\"primer\"", "\"prim\u{1}er\"", 1);
    let report = check_text("a.json", text.as_bytes(), None);
    let books = report.submissions[0].books;
    assert_eq!((books.read, books.unreadable), (12, 1));
    assert!(has(&report, "F002") && !report.complete);
}

#[test]
fn nesting_of_ten_thousand_levels() {
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    let text = example().replacen("\"primer\"", &deep, 1);
    assert!(has(&check_text("a.json", text.as_bytes(), None), "F005"));
    assert!(has(
        &check_text("a.ndjson", deep.as_bytes(), Some("{}")),
        "F005"
    ));
    assert!(!check_text("a.json", deep.as_bytes(), None).complete);
}

#[test]
fn a_string_beyond_the_limit() {
    let long = format!("{{\"nama_koperasi\":\"{}\"}}\n", "a".repeat(40 << 20));
    let report = check_text("a.ndjson", format!("{long}{{}}\n").as_bytes(), Some("{}"));
    assert!(has(&report, "F005"));
    let books = report.submissions[0].books;
    assert_eq!((books.read, books.unreadable), (2, 1));
}

#[test]
fn bytes_that_are_no_utf8() {
    let mut bytes =
        b"{\"nama_koperasi\":\"Koperasi \xff\"}\n{\"nama_koperasi\":\"Dua\"}\n".to_vec();
    let report = check_text("a.ndjson", &bytes, Some("{}"));
    assert!(has(&report, "F001"));
    assert_eq!(report.submissions[0].books.unreadable, 1);
    bytes.truncate(30);
    bytes.extend([0; 40]);
    let report = check_text("a.json", &bytes, None);
    assert!(!report.complete && report.failures.len() == 1);
}

#[test]
fn a_header_without_entries_and_entries_without_a_header() {
    let header = r#"{"versi_standar": "1.0"}"#;
    let report = check_text("a.ndjson", header.as_bytes(), None);
    assert!(has(&report, "F018") && !report.complete);
    let report = check_text("a.json", b"{\"koperasi\": []}", None);
    assert!(has(&report, "F018") && has(&report, "S001") && !report.complete);
    for (name, text) in [
        ("a.json", r#"[{"nama_koperasi": "Tanpa Kepala"}]"#),
        ("a.ndjson", r#"{"nama_koperasi": "Tanpa Kepala"}"#),
        (
            "a.csv",
            "nama koperasi,no badan hukum\nTanpa Kepala,12/BH/VI\n",
        ),
    ] {
        let report = check_text(name, text.as_bytes(), None);
        let submission = &report.submissions[0];
        assert_eq!(submission.books.read, 1, "{name}");
        assert_eq!(submission.books.unproven, 1, "{name}");
        let header = |f: &&koplint::finding::Finding| f.mistake.field == "kepala.tanggal_acuan";
        assert!(submission.findings.iter().any(|f| header(&f)), "{name}");
    }
}

#[test]
fn what_is_not_there_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let input = |name: &str| Input {
        name: name.to_owned(),
        path: Some(folder.path().join(name)),
    };
    std::fs::write(folder.path().join("a.xlsx"), b"PK\x03\x04").unwrap();
    std::fs::write(
        folder.path().join("a.csv"),
        [7_u8, 0, 1, 0, 0, 0, 255].repeat(100),
    )
    .unwrap();
    let inputs = [
        input("hilang.json"),
        input("a.xlsx"),
        input("a.csv"),
        input("."),
    ];
    let report = koplint::check(&inputs, &options(koplint::lang::Lang::Id)).unwrap();
    assert_eq!(report.failures.len(), 4);
    assert!(!report.complete);
    for failure in &report.failures {
        assert!(!failure.message.is_empty() && !failure.help.is_empty());
    }
}

#[test]
fn nothing_of_the_data_reaches_the_terminal_as_a_command() {
    let evil = "\\u001b[31mMerah\\u202e\\u0007\\u009b";
    let text = example().replacen("\"primer\"", &format!("\"{evil}\""), 1);
    let text = text.replacen(
        "\"nama_koperasi\": \"",
        &format!("\"nama_koperasi\": \"{evil}"),
        3,
    );
    let report = check_text("a.json", text.as_bytes(), None);
    for format in [OutputFormat::Full, OutputFormat::Concise] {
        let out = rendered(format, &report);
        let bad = |c: char| c != '\n' && koplint::words::visible(c) != c;
        assert!(
            !out.contains(bad),
            "{format:?}: {:?}",
            out.chars().find(|c| bad(*c))
        );
    }
}

#[test]
fn duplicates_across_files_count_once() {
    let folder = tempfile::tempdir().unwrap();
    let text = example();
    let other = text
        .replace("33.02", "33.01")
        .replace("Kabupaten Banyumas", "Kabupaten Cilacap");
    let mut inputs = Vec::new();
    for (name, text) in [("banyumas.json", &text), ("cilacap.json", &other)] {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        inputs.push(Input {
            name: name.to_owned(),
            path: Some(path),
        });
    }
    let both =
        |inputs: &[Input]| koplint::check(inputs, &options(koplint::lang::Lang::Id)).unwrap();
    let report = both(&inputs);
    let alone = check(&root().join("fixtures/banyumas.json"));
    assert_eq!(report.total.counts, alone.total.counts);
    assert!(report.total.books.close());
    assert_eq!(report.submissions[1].books, alone.submissions[0].books);
    let across = report.submissions[1].findings.iter().filter(|f| {
        f.rule.code == "D001" && f.related[0].place.file.as_deref() == Some("cilacap.json")
    });
    // All but the one that is a duplicate within the file.
    assert_eq!(across.count(), 11);
    inputs.reverse();
    assert_eq!(both(&inputs).total.books, report.total.books);
}

#[test]
fn very_many_mistakes_cost_no_square() {
    // One entry with many errors, and many entries with a mistake of their own.
    let many: Vec<String> = (0..50_000).map(|n| format!("\"x{n}\"")).collect();
    let mut text = format!("{{\"layanan_anggota\": [{}]}}\n", many.join(","));
    for n in 0..5_000 {
        text += &format!("{{\"jenis_koperasi\": \"k{n}\", \"dihitung\": true}}\n");
    }
    let report = check_text("a.ndjson", text.as_bytes(), Some("{}"));
    let submission = &report.submissions[0];
    let count = |code: &str| -> u64 {
        let groups = submission.groups.iter().filter(|g| g.rule.code == code);
        groups.map(|group| group.count).sum()
    };
    assert_eq!(count("S003"), 55_000);
    assert!(submission.books.close());
}
