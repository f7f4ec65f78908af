//! What is personal reaches no output; with `--mask strict` nothing that says whose entry it is.

use clap::ValueEnum;
use koplint::lang::Lang;
use koplint::mask::Mask;
use koplint::read::open::Input;
use koplint::render::{OutputFormat, Style};
use koplint::report::Report;
use koplint::{Options, render};
use serde_json::{Value, json};

use crate::support::{input, options, rendered, root};

/// Personal data, and the parts of them that must not be seen.
const PERSONAL: [&str; 5] = [
    "3302015502987654",
    "3302 0155 0298 7654",
    "0813-9753-1864",
    "+62 813 9753 1864",
    "pribadi.rahasia@contoh.go.id",
];
const SEEN: [&str; 4] = ["8765", "9753", "1864", "rahasia"];

/// Names, numbers and addresses, and the parts of them that must not be seen in a strict report.
const OWN: [&str; 7] = [
    "Koperasi Produsen Zebrawati Qunkor",
    "9137/BH/QQZ.5/VII/2001",
    "3302017654321",
    "Jalan Xylofon 77, RT 3",
    "Wobbelrejo",
    "PT Krampusindo Abadi",
    "Jl. Flügelhorn",
];
const WHOSE: [&str; 8] = [
    "zebrawati",
    "qunkor",
    "qqz",
    "7654321",
    "xylofon",
    "wobbel",
    "krampus",
    "gelhorn",
];

fn banyumas() -> Value {
    let text = std::fs::read_to_string(root().join("fixtures/banyumas.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A submission with a text in all fields of its entries, a few in each; and twice.
fn with(text: &str) -> Value {
    let mut all = banyumas();
    all["catatan"] = json!({ text: [text] });
    all["produsen_data"] = json!(format!("Dinas, {}", PERSONAL[0]));
    let entry = all["koperasi"][0].clone();
    let names: Vec<String> = entry.as_object().unwrap().keys().cloned().collect();
    let mut entries = vec![entry.clone()];
    for name in names
        .iter()
        .map(String::as_str)
        .chain(["alamat", "nik_koperasi", "lain"])
    {
        let mut other = entry.clone();
        other[name] = json!(text);
        other["aset"] = json!(-1);
        entries.push(other.clone());
        if !entry[name].is_array() && !entry[name].is_object() {
            continue;
        }
        other[name] = json!([{ text: text, "tahun_buku": text, "tanggal": text, "pemberi": text }]);
        other["nomor_badan_hukum"] = json!(text);
        other[text] = json!(1);
        entries.push(other);
    }
    all["koperasi"] = json!(entries);
    all
}

fn table(text: &str) -> String {
    let cell = format!("\"{text}\"");
    let head = "nama_koperasi;nomor_badan_hukum;tanggal_badan_hukum;kecamatan;jenis_koperasi;rat_2024;alamat;aset";
    let mut out = format!("{cell}\n{head};{cell};Catatan Budi\n");
    for at in 0..8 {
        let mut cells = ["x"; 10];
        cells[at] = &cell;
        cells[7] = if at == 7 { &cell } else { "1.00,0" };
        out += &(cells.join(";") + "\n");
        out += &(vec![&*cell; 10 + at % 2].join(";") + "\n");
    }
    out + &format!("JUMLAH;{cell};;;;;;;;\n{cell};;;;;;;;;\n")
}

fn run(mask: Mask, files: &[(&str, String)]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let inputs = files.iter().map(|(name, text)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        Input {
            name: (*name).to_owned(),
            path: Some(path),
        }
    });
    let inputs: Vec<Input> = inputs.collect();
    let options = Options {
        mask,
        ..options(Lang::Id)
    };
    koplint::check(&inputs, &options).unwrap()
}

fn files(text: &str) -> Vec<(&'static str, String)> {
    let document = with(text);
    vec![
        ("a.json", document.to_string()),
        ("b.json", serde_json::to_string_pretty(&document).unwrap()),
        ("c.csv", table(text)),
    ]
}

/// The report in every format that is text.
fn outputs(report: &Report) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for format in OutputFormat::value_variants() {
        for narrated in [false, true] {
            if *format == OutputFormat::Workbook || narrated && *format != OutputFormat::Full {
                continue;
            }
            let style = Style {
                entries: true,
                narrated,
                width: 400,
                ..Style::default()
            };
            let mut bytes = Vec::new();
            if let Err(error) = render::write(*format, report, &style, &mut bytes) {
                assert!(!report.complete, "{format:?}: {error}");
                continue;
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            out.push((format!("{format:?}"), text));
        }
    }
    out
}

/// The digits of a hash may be any.
fn without_hashes(text: &str) -> String {
    let other = |c: char| !c.is_ascii_hexdigit();
    let parts = text.split_inclusive(other);
    parts
        .filter(|part| part.trim_end_matches(other).len() < 32)
        .collect()
}

fn assert_hidden(report: &Report, parts: &[&str], of: &str) {
    assert!(report.submissions.iter().any(|one| one.findings.len() > 20));
    for (format, text) in outputs(report) {
        let low = without_hashes(&text.to_lowercase());
        for part in parts {
            if let Some(at) = low.find(part) {
                let near: String = low[low.floor_char_boundary(at.saturating_sub(200))..]
                    .chars()
                    .take(300)
                    .collect();
                panic!("{format} shows {part} of {of}: {near}");
            }
        }
    }
}

#[test]
fn what_is_personal_reaches_no_output() {
    for text in PERSONAL {
        let report = run(Mask::Personal, &files(text));
        assert_hidden(&report, &SEEN, text);
    }
    let said = format!("Hubungi {}.", PERSONAL.join(" atau "));
    for mask in [Mask::Personal, Mask::Strict] {
        let report = run(mask, &files(&said));
        assert_hidden(&report, &SEEN, &said);
    }
}

#[test]
fn what_stands_at_the_edge_of_an_excerpt_is_hidden_too() {
    let mut all = banyumas();
    let mut entries = Vec::new();
    for gap in (0..260).step_by(3) {
        let mut entry = all["koperasi"][0].clone();
        let text = PERSONAL[gap % 5];
        entry["alamat"] = json!(format!("{text}{}", " ".repeat(gap)));
        entry["bentuk_koperasi"] = json!("x");
        entry["desa_kelurahan"] = json!(format!("{}{text}", "y ".repeat(gap)));
        entries.push(entry);
    }
    entries[0]["alamat"] = json!("DI SINI");
    all["koperasi"] = json!(entries);
    let disguised = "hp \\u0030813 9753\\u002d1864 ";
    let text = all.to_string().replacen("DI SINI", disguised, 1);
    assert!(text.contains(disguised));
    let report = run(Mask::Personal, &[("a.json", text)]);
    assert!(report.submissions[0].findings.len() > 200);
    let full = rendered(OutputFormat::Full, &report);
    assert!(full.contains("u0030") || full.contains("hp ***"), "{full}");
    for part in SEEN {
        assert!(!full.contains(part), "{part}: {full}");
    }
}

#[test]
fn a_strict_report_does_not_say_whose_entry_it_is() {
    for text in OWN {
        let report = run(Mask::Strict, &files(text));
        assert_hidden(&report, &WHOSE, text);
    }
}

#[test]
fn a_mask_changes_no_number() {
    for text in [OWN[0], OWN[1], PERSONAL[0]] {
        let own = run(Mask::Personal, &files(text));
        let strict = run(Mask::Strict, &files(text));
        assert_eq!(own.total.books, strict.total.books);
        assert_eq!(own.total.counts, strict.total.counts);
        assert_eq!(own.total.levels, strict.total.levels);
        for (a, b) in own.submissions.iter().zip(&strict.submissions) {
            assert_eq!(a.findings.len(), b.findings.len());
            assert_eq!(a.difference, b.difference);
            assert_eq!(a.worklist.len(), b.worklist.len());
        }
    }
}

#[test]
fn a_strict_report_can_be_followed_by_its_digests() {
    let options = Options {
        mask: Mask::Strict,
        ..options(Lang::En)
    };
    let files = [input(&root().join("fixtures/banyumas.json"))];
    let report = koplint::check(&files, &options).unwrap();
    let again = koplint::check(&files, &options).unwrap();
    let keys = |report: &Report| -> Vec<String> {
        let entries = report.submissions[0].entries.iter();
        entries.map(|entry| entry.key.clone()).collect()
    };
    assert_eq!(keys(&report), keys(&again));
    assert!(keys(&report).iter().all(|key| key.starts_with('~')));
    let twice = report.submissions[0].findings.iter();
    let twice = twice.filter(|finding| finding.rule.code == "D001");
    for finding in twice {
        let key = finding.key.as_deref().unwrap();
        assert!(finding.message.contains(key), "{}", finding.message);
    }
    // A message that quotes nothing stays as exact as it was.
    let missing = report.submissions[0].findings.iter();
    let mut missing = missing.filter(|finding| finding.rule.code == "R001");
    assert!(missing.any(|finding| finding.message.contains("2023")));
}

/// A code that is none of a region's: also where regions and reports are told apart by it.
#[test]
fn a_number_in_the_place_of_a_region() {
    let mut all = banyumas();
    all["kode_wilayah"] = json!(PERSONAL[0]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json");
    std::fs::write(&path, all.to_string()).unwrap();
    let inputs = [input(&path), input(&path)];
    let options = Options {
        keys: true,
        ..options(Lang::Id)
    };
    let report = koplint::check(&inputs, &options).unwrap();
    for (format, text) in outputs(&report) {
        assert!(!text.contains(PERSONAL[0]), "{format}");
    }
}
