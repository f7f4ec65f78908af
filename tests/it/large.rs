//! Documents that are not held in memory say the same as those that are.

use koplint::lang::Lang;
use koplint::read::open::Input;
use koplint::report::Report;
use serde_json::{Value, json};

use crate::support::{options, root};

fn run(name: &str, bytes: &[u8]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let input = Input {
        name: name.to_owned(),
        path: Some(path),
    };
    koplint::check(&[input], &options(Lang::Id)).unwrap()
}

/// Banyumas many times over: 1.5 MiB and more.
fn large() -> Value {
    let text = std::fs::read_to_string(root().join("fixtures/banyumas.json")).unwrap();
    let mut all: Value = serde_json::from_str(&text).unwrap();
    let own = all["koperasi"].as_array().unwrap().clone();
    let mut entries = Vec::new();
    for round in 0..150 {
        entries.extend(own.iter().cloned().map(|mut entry| {
            if let Some(number) = entry["nomor_badan_hukum"].as_str() {
                entry["nomor_badan_hukum"] = json!(format!("{number}/{round}é😀"));
            }
            entry
        }));
    }
    all["koperasi"] = json!(entries);
    all["jumlah_dilaporkan"] = json!(1500);
    all
}

/// The same document with a member behind its entries, which cannot be read in pieces.
fn with_tail(text: &str) -> String {
    let cut = text.trim_end().strip_suffix('}').unwrap().trim_end();
    let header = text.find("\"tahun_data\"").unwrap();
    let end = header + text[header..].find(',').unwrap();
    let member = text[header..end].to_owned();
    cut.replacen(&member, "\"x\": 1", 1) + "," + &member + "}"
}

#[test]
fn a_large_document_says_what_ndjson_says() {
    let all = large();
    let mut header = all.clone();
    header.as_object_mut().unwrap().remove("koperasi");
    let mut lines = header.to_string() + "\n";
    for entry in all["koperasi"].as_array().unwrap() {
        lines += &(entry.to_string() + "\n");
    }
    assert!(lines.len() > 5 << 18);
    let lines = run("a.ndjson", lines.as_bytes());
    let compact = run("a.json", all.to_string().as_bytes());
    let pretty = run(
        "a.json",
        serde_json::to_string_pretty(&all).unwrap().as_bytes(),
    );
    assert!(lines.total.books.read > 1000, "{:?}", lines.total.books);
    assert!(lines.total.books.verified > 100, "{:?}", lines.total.books);
    for other in [&compact, &pretty] {
        assert_eq!(lines.total.books, other.total.books);
        assert_eq!(lines.total.counts, other.total.counts);
        assert_eq!(lines.total.levels, other.total.levels);
    }
}

#[test]
fn a_member_behind_the_entries_counts_as_one_before_them() {
    let text = serde_json::to_string_pretty(&large()).unwrap();
    let tail = with_tail(&text);
    assert!(serde_json::from_str::<Value>(&tail).is_ok());
    let (plain, tail) = (
        run("a.json", text.as_bytes()),
        run("a.json", tail.as_bytes()),
    );
    assert_eq!(plain.total.books, tail.total.books);
    assert_eq!(
        plain.submissions[0].header["tahun_data"],
        tail.submissions[0].header["tahun_data"]
    );
    let places = |report: &Report| {
        let findings = &report.submissions[0].findings;
        let own = findings.iter().filter(|finding| finding.entry.is_some());
        own.map(|f| (f.rule.code, f.place.line, f.place.column, f.place.utf16))
            .collect::<Vec<_>>()
    };
    assert_eq!(places(&plain), places(&tail));
}
