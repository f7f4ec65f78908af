//! Reports that were made apart give what one run over all inputs gives.

use std::path::Path;

use koplint::Options;
use koplint::lang::Lang;
use koplint::mask::Mask;
use koplint::merge::{Given, merge};
use koplint::read::open::Input;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{input, json, options, root};

#[path = "merge/hostile.rs"]
mod hostile;

fn banyumas() -> Value {
    let file = root().join("fixtures/banyumas.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// A submission of a region with some of the fixture's entries, each with a number of its own or
/// another's.
fn document(region: &str, name: &str, entries: &[(usize, usize, usize)]) -> Value {
    let mut all = banyumas();
    all["kode_wilayah"] = json!(region);
    all["nama_wilayah"] = json!(name);
    let own = all["koperasi"].as_array().unwrap().clone();
    let entries = entries.iter().map(|(which, number, claim)| {
        let mut entry = own[which % own.len()].clone();
        entry["nomor_badan_hukum"] = match number {
            0 => json!("-"),
            number => json!(format!("{number}/BH/XI.{which}/2001")),
        };
        // A number alone tells entities apart, however it is written.
        if number % 3 == 1 {
            entry["nomor_badan_hukum"] = json!(format!("{number} bh xi"));
        } else if *number > 0 {
            entry["nomor_badan_hukum"] = json!(format!("{number}/BH/XI"));
        }
        match claim {
            0 => entry["dihitung"] = Value::Null,
            1 => entry["dihitung"] = json!(false),
            2 => entry["kecamatan"] = json!("Entah Berantah"),
            3 => entry["jenis_koperasi"] = json!("jasa"),
            4 => entry = json!("bukan entri"),
            _ => {}
        }
        entry
    });
    all["koperasi"] = entries.collect();
    all
}

fn keyed(mask: Mask) -> Options {
    Options {
        keys: true,
        mask,
        ..options(Lang::Id)
    }
}

/// The report of a run over some files, as bytes.
fn report(files: &[(&str, &Value)], options: &Options) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let inputs = files.iter().map(|(name, value)| {
        let path = folder.path().join(name);
        std::fs::write(&path, serde_json::to_string_pretty(value).unwrap()).unwrap();
        Input {
            name: (*name).to_owned(),
            path: Some(path),
        }
    });
    let inputs: Vec<Input> = inputs.collect();
    let report = koplint::check(&inputs, options).unwrap();
    json(&report).to_string().into_bytes()
}

fn merged(reports: &[&[u8]]) -> Result<Vec<u8>, String> {
    let given = reports.iter().enumerate().map(|(at, bytes)| Given {
        name: format!("{at}.json"),
        bytes: bytes.to_vec(),
    });
    let mut out = Vec::new();
    merge(given.collect(), Lang::Id)?
        .write_json(&mut out)
        .unwrap();
    Ok(out)
}

fn value(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// All findings of D001, with the file that they stand in.
fn duplicates(report: &Value) -> Vec<String> {
    let submissions = report["submissions"].as_array().unwrap().iter();
    let findings = submissions.flat_map(|one| one["findings"].as_array().unwrap());
    let mut out: Vec<String> = findings
        .filter(|finding| finding["code"] == "D001")
        .map(Value::to_string)
        .collect();
    out.sort();
    out
}

fn valid(report: &Value) {
    let schema = serde_json::from_str(koplint::render::json::SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(report)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

fn entries() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    prop::collection::vec((0..12_usize, 0..9_usize, 0..30_usize), 0..8)
}

const FILES: [(&str, &str, &str); 3] = [
    ("a.json", "33.03", "Kabupaten Purbalingga"),
    ("b.json", "33.02", "Kabupaten Banyumas"),
    ("c.json", "33.03", "Kabupaten Purbalingga"),
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn as_one_run_over_all(
        parts in prop::collection::vec(entries(), 3),
        bases in prop::collection::vec(0..9_usize, 3),
    ) {
        let all: Vec<Value> = FILES
            .iter()
            .zip(parts.iter().zip(&bases))
            .map(|((file, region, name), (own, basis))| {
                let mut all = document(region, name, own);
                // What may not be added, and what cannot be placed.
                match basis {
                    5 => all["tanggal_acuan"] = json!("2025-11-30"),
                    6 => all["versi_standar"] = json!("1.1"),
                    7 => all["kode_wilayah"] = json!(" 99.99 "),
                    8 => all["tanggal_acuan"] = json!("besok"),
                    _ => {}
                }
                // No two are the same submission.
                all["produsen_data"] = json!(file);
                all
            })
            .collect();
        let files: Vec<(&str, &Value)> = FILES.iter().map(|file| file.0).zip(&all).collect();
        let options = keyed(Mask::Personal);
        let whole = report(&files, &options);
        let each: Vec<Vec<u8>> = files.iter().map(|one| report(&[*one], &options)).collect();
        let [a, b, c] = [&*each[0], &*each[1], &*each[2]];
        let all_three = merged(&[a, b, c]).unwrap();
        let (one, other) = (value(&whole), value(&all_three));
        valid(&other);
        prop_assert_eq!(&one["total"], &other["total"]);
        prop_assert_eq!(&one["complete"], &other["complete"]);
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(duplicates(&one), duplicates(&other));
        // In any order, and step by step.
        for order in [[a, c, b], [b, a, c], [c, b, a]] {
            prop_assert_eq!(&all_three, &merged(&order).unwrap());
        }
        let left = merged(&[&merged(&[a, b]).unwrap(), c]).unwrap();
        let right = merged(&[a, &merged(&[b, c]).unwrap()]).unwrap();
        prop_assert_eq!(&all_three, &left);
        prop_assert_eq!(&all_three, &right);
        // What one run over some compared already is compared anew; nothing counts twice.
        let some = report(&files[1..], &options);
        prop_assert_eq!(&other["total"], &value(&merged(&[a, &some]).unwrap())["total"]);
        let twice = merged(&[a, &some, c, &all_three]).unwrap();
        prop_assert_eq!(&all_three, &twice);
        prop_assert_eq!(&all_three, &merged(&[&whole]).unwrap());
    }
}

#[test]
fn every_format_gives_places_as_one_run_does() {
    let of = |name: &str| input(&root().join("fixtures/formats").join(name));
    let names = ["lembar.xlsx", "sama.csv", "sama.json", "sama.ndjson"];
    let options = keyed(Mask::Personal);
    let run = |inputs: &[Input]| {
        let report = koplint::check(inputs, &options).unwrap();
        json(&report).to_string().into_bytes()
    };
    let all: Vec<Input> = names.iter().map(|name| of(name)).collect();
    let whole = value(&run(&all));
    let each: Vec<Vec<u8>> = names.iter().map(|name| run(&[of(name)])).collect();
    let each: Vec<&[u8]> = each.iter().map(|one| &**one).collect();
    let together = value(&merged(&each).unwrap());
    assert_eq!(whole["total"], together["total"]);
    assert_eq!(duplicates(&whole), duplicates(&together));
    let across = duplicates(&together);
    assert!(across.len() > 20, "{}", across.len());
    assert!(
        across
            .iter()
            .any(|one| one.contains("\"sheet\":\"Koperasi\""))
    );
    // With --entries all of it is the same.
    assert_eq!(whole, together);
}

#[test]
fn a_strict_report_merges_and_tells_nobody() {
    let options = keyed(Mask::Strict);
    let (one, other) = (
        document("33.02", "Kabupaten Banyumas", &[(0, 1, 9), (1, 2, 9)]),
        document("33.03", "Kabupaten Purbalingga", &[(2, 1, 2)]),
    );
    let whole = value(&report(&[("a.json", &one), ("b.json", &other)], &options));
    let each = [
        report(&[("a.json", &one)], &options),
        report(&[("b.json", &other)], &options),
    ];
    let together = merged(&[&each[0], &each[1]]).unwrap();
    let text = String::from_utf8(together.clone()).unwrap();
    let low = text.to_lowercase();
    assert!(!low.contains("1bhxi") && !low.contains("1 bh xi"), "{text}");
    assert!(!low.contains("berantah"));
    let together = value(&together);
    assert_eq!(whole["total"], together["total"]);
    assert_eq!(duplicates(&together).len(), 1);
    assert_eq!(duplicates(&whole), duplicates(&together));
}

/// Without --entries and findings no report says which number it is; the digest stands for it.
#[test]
fn digests_are_the_same_everywhere() {
    assert_eq!(
        format!("{:032x}", koplint::nomor::digest("518BH2001")),
        DIGEST
    );
    let mut one = document("33.02", "Kabupaten Banyumas", &[(0, 1, 9)]);
    one["koperasi"][0]["nomor_badan_hukum"] = json!("518/BH/2001");
    let text = value(&report(&[("a.json", &one)], &keyed(Mask::Personal)));
    let line = text["submissions"][0]["keys"]["entries"][0]
        .as_str()
        .unwrap();
    assert!(line.ends_with(DIGEST), "{line}");
    assert!(line.starts_with("1 0 "), "{line}");
}

const DIGEST: &str = "27cf3b6f704d91c1d16f19e6a4eb3e15";

fn koplint(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_koplint"))
        .args(args)
        .env_remove("KOPLINT_OUTPUT_FORMAT")
        .env_remove("KOPLINT_LANG")
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn as_a_steward_does_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let own = document("33.02", "Kabupaten Banyumas", &[(0, 1, 9), (1, 2, 9)]);
    let other = document("33.03", "Kabupaten Purbalingga", &[(0, 1, 9), (1, 5, 9)]);
    for (name, value) in [("a", &own), ("b", &other)] {
        std::fs::write(at.join(format!("{name}.json")), value.to_string()).unwrap();
        let (file, out) = (format!("{name}.json"), format!("json:{name}.laporan.json"));
        let args = [
            "check",
            "--isolated",
            "--keys",
            "--output-format",
            &out,
            &file,
        ];
        assert_eq!(koplint(at, &args).0, Some(1));
    }
    let reports = ["a.laporan.json", "b.laporan.json"];
    let run = |more: &[&str]| {
        let args: Vec<&str> = ["merge"]
            .iter()
            .chain(&reports)
            .chain(more)
            .copied()
            .collect();
        koplint(at, &args)
    };
    let (code, shown, said) = run(&[]);
    assert_eq!((code, &*said), (Some(1), ""));
    insta::with_settings!({ snapshot_path => "../snapshots/merge", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("text", shown);
    });
    let (code, shown, _) = run(&[
        "--output-format",
        "json",
        "-o",
        "semua.json",
        "--fail-on",
        "never",
    ]);
    assert_eq!((code, &*shown), (Some(0), ""));
    let (code, again, _) = koplint(at, &["merge", "semua.json", "a.laporan.json"]);
    assert_eq!(code, Some(1));
    assert!(again.contains("a.json = a.json"), "{again}");
    assert!(
        again.contains("Badan hukum di lebih dari satu pengajuan"),
        "{again}"
    );
    let (code, ..) = run(&["-o", "a.laporan.json"]);
    assert_eq!(code, Some(2));
    let (code, _, said) = koplint(at, &["merge", "a.laporan.json", "a.json", "--lang", "en"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("a.json: no sound koplint report"), "{said}");
    let (code, ..) = koplint(at, &["merge", "hilang.json"]);
    assert_eq!(code, Some(2));
    // An entry that cannot be read leaves all of it incomplete.
    let cut = document("33.04", "Kabupaten Banjarnegara", &[(0, 7, 4)]);
    std::fs::write(at.join("c.json"), cut.to_string()).unwrap();
    let args = [
        "check",
        "--isolated",
        "--keys",
        "--output-format",
        "json:c.laporan.json",
        "c.json",
    ];
    assert_eq!(koplint(at, &args).0, Some(3));
    let (code, shown, _) = koplint(at, &["merge", "a.laporan.json", "c.laporan.json"]);
    assert_eq!(code, Some(3));
    assert!(shown.contains("TIDAK LENGKAP"), "{shown}");
}
