//! The commands as a user meets them.

use std::process::Command;

use koplint::certificate::read::Certificate;
use serde_json::Value;

use super::{Data, key, packed, value};
use crate::repo::Out;

/// Runs in a folder of data, in English.
pub(super) fn koplint(data: &Data, args: &[&str]) -> Out {
    let mut command = Command::new(env!("CARGO_BIN_EXE_koplint"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KOPLINT_")) {
        command.env_remove(name);
    }
    let output = command
        .args(args)
        .env("KOPLINT_LANG", "en")
        .current_dir(data.path("."))
        .output()
        .unwrap();
    Out {
        code: output.status.code().unwrap(),
        text: String::from_utf8(output.stdout).unwrap(),
        errors: String::from_utf8(output.stderr).unwrap(),
    }
}

fn in_data(files: &[(&str, &str)]) -> Data {
    let data = Data::new(&[]);
    let inner = Data::new(files);
    copy(&inner.path("."), &data.path("data"));
    data
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for found in from.read_dir().unwrap() {
        let found = found.unwrap().path();
        let to = to.join(found.file_name().unwrap());
        match found.is_dir() {
            true => copy(&found, &to),
            false => drop(std::fs::copy(&found, &to).unwrap()),
        }
    }
}

fn stated(data: &Data, name: &str) -> Value {
    let bytes = std::fs::read(data.path(name)).unwrap();
    value(&Certificate::read(&bytes).unwrap().statement)
}

#[test]
fn a_folder_and_the_certificate_in_it() {
    let data = in_data(&[
        ("banyumas.json", "33.02/a.json"),
        ("formats/sama.csv", "b.csv"),
        ("formats/sama.kepala.json", "b.kepala.json"),
    ]);
    let out = koplint(&data, &["certify", "data", "--out", "data/c.json"]);
    assert_eq!(out.code, 0, "{out:?}");
    assert!(out.text.contains("from 3 files"), "{out:?}");
    assert!(out.errors.contains("NOT SIGNED"), "{out:?}");
    // Again onto itself: the same.
    let before = std::fs::read(data.path("data/c.json")).unwrap();
    assert_eq!(
        koplint(&data, &["certify", "./data/", "--out", "data/c.json"]).code,
        0
    );
    assert_eq!(before, std::fs::read(data.path("data/c.json")).unwrap());
    let out = koplint(&data, &["verify", "data/c.json", "data"]);
    assert_eq!(out.code, 0, "{out:?}");
    assert!(out.text.contains("THE NUMBERS AGREE"), "{out:?}");
    // The same files by name, in any order, have other names: that is said.
    let out = koplint(
        &data,
        &["verify", "data/c.json", "data/b.csv", "data/33.02/a.json"],
    );
    assert_eq!(out.code, 1, "{out:?}");
    assert!(
        out.text
            .contains("33.02/a.json: the file is missing; the same bytes have the name a.json")
    );
    std::fs::write(data.path("data/b.csv"), "x").unwrap();
    let out = koplint(
        &data,
        &["verify", "data/c.json", "data", "--output-format", "json"],
    );
    assert_eq!(out.code, 1, "{out:?}");
    let json: Value = serde_json::from_str(&out.text).unwrap();
    assert_eq!(
        (&json["holds"], &json["differences"][0]["kind"]),
        (&false.into(), &"file".into())
    );
    assert_eq!(json["differences"][0]["place"], "b.csv");
    let text = koplint(&data, &["verify", "data/c.json", "data", "--lang", "id"]).text;
    assert!(
        text.contains("b.csv: berkas berubah") && text.contains("TIDAK BERLAKU"),
        "{text}"
    );
}

#[test]
fn the_order_of_submissions_and_headers_that_are_given() {
    let data = in_data(&[
        ("formats/sama.csv", "a.csv"),
        ("formats/sama.csv", "z.csv"),
        ("banyumas.json", "b.json"),
    ]);
    let header = [
        "--wilayah",
        "33.02",
        "--tahun",
        "2025",
        "--tanggal-acuan",
        "2025-12-31",
        "--lembar",
        "X",
    ];
    let paths = [
        "certify",
        "data/z.csv",
        "data/b.json",
        "data/a.csv",
        "--out",
        "c",
    ];
    let out = koplint(&data, &[&paths[..], &header].concat());
    assert_eq!(out.code, 0, "{out:?}");
    let own = stated(&data, "c");
    let submissions = own["predicate"]["submissions"].as_array().unwrap();
    let names: Vec<&Value> = submissions.iter().map(|one| &one["name"]).collect();
    // By region and name, however they are given.
    assert_eq!(names, ["a.csv", "b.json", "z.csv"]);
    assert_eq!(submissions[0]["header"]["given"]["kode_wilayah"], "33.02");
    assert_eq!(submissions[1]["header"]["given"], Value::Null);
    // No workbook, so the sheet decides nothing.
    assert_eq!(own["predicate"]["settings"]["sheet"], Value::Null);
    let out = koplint(&data, &["verify", "c", "data"]);
    assert_eq!(out.code, 0, "{out:?}");
    assert!(
        out.text
            .contains("z.csv: its header is the certificate's word"),
        "{out:?}"
    );
    // The number is that of `check`.
    let check = ["check", "-q", "data/z.csv", "data/b.json", "data/a.csv"];
    let checked = koplint(&data, &[&check[..], &header].concat()).text;
    assert_eq!(
        checked.trim(),
        own["predicate"]["total"]["books"]["verified"].to_string()
    );
}

#[test]
fn settings_give_headers_and_the_definition() {
    let data = in_data(&[
        ("formats/sama.csv", "[x] é.csv"),
        ("formats/sama.csv", "y.csv"),
    ]);
    let definition =
        koplint::definition::DEFAULT.replacen("\"versi\": \"1.0\"", "\"versi\": \"1.1\"", 1);
    data.write("own.json", definition.as_bytes());
    data.write(
        "koplint.toml",
        "definition = \"own.json\"\n[[header]]\npaths = [\"data/*\"]\nkode_wilayah = \"33.02\"\ntahun_data = 2025\ntanggal_acuan = 2025-12-31\n".as_bytes(),
    );
    let out = koplint(&data, &["certify", "data", "--out", "c"]);
    assert_eq!(out.code, 0, "{out:?}");
    let own = stated(&data, "c");
    assert_eq!(own["predicate"]["definition"]["version"], "1.1");
    assert_eq!(
        own["predicate"]["submissions"][0]["header"]["tanggal_acuan"],
        "2025-12-31"
    );
    assert_eq!(
        own["predicate"]["submissions"][1]["header"]["tanggal_acuan"],
        "2025-12-31"
    );
    assert_eq!(koplint(&data, &["verify", "c", "data"]).code, 0);
    let alone = koplint(
        &data,
        &[
            "verify",
            "c",
            "data",
            "--isolated",
            "--definition",
            "own.json",
        ],
    );
    assert_eq!(alone.code, 0, "{alone:?}");
    let without = koplint(&data, &["verify", "c", "data", "--isolated"]);
    assert_eq!(without.code, 1, "{without:?}");
    assert!(
        without
            .text
            .contains("definition.version: the certificate says \"1.1\", found \"1.0\"")
    );
    assert!(without.text.contains("give its file with --definition"));
}

#[test]
fn what_is_not_whole_is_not_certified() {
    let data = in_data(&[("banyumas.json", "a.json")]);
    data.write("data/b.json", b"{\"kepala\": {");
    let out = koplint(&data, &["certify", "data", "--out", "c"]);
    assert_eq!(out.code, 3, "{out:?}");
    assert!(out.errors.contains("no certificate was written"), "{out:?}");
    assert!(
        out.errors.contains("b.json: not all of it could be read"),
        "{out:?}"
    );
    for args in [
        &["certify", "data/none.json", "--out", "c"][..],
        &["certify", "data/a.json", "data/none.json", "--out", "c"],
    ] {
        let out = koplint(&data, args);
        assert!(
            out.code == 3 && out.errors.contains("no such file"),
            "{out:?}"
        );
    }
    assert!(!data.path("c").exists());
    // A file that is named and is not there leaves the rest unsaid.
    assert_eq!(
        koplint(&data, &["certify", "data/a.json", "--out", "c"]).code,
        0
    );
    let out = koplint(&data, &["verify", "c", "data/a.json", "data/none.json"]);
    assert!(
        out.code == 3 && out.errors.contains("INCOMPLETE"),
        "{out:?}"
    );
    assert!(!out.text.contains("AGREE"), "{out:?}");
    let out = koplint(&data, &["verify", "c", "data/none.json"]);
    assert!(
        out.code == 1 && out.text.contains("a.json: the file is missing"),
        "{out:?}"
    );
}

#[test]
fn wrong_use() {
    let data = in_data(&[("banyumas.json", "a/x.json"), ("banyumas.json", "b/x.json")]);
    data.write("k.pem", b"none");
    let refused = |args: &[&str], why: &str| {
        let out = koplint(&data, args);
        assert_eq!(out.code, 2, "{out:?}");
        assert!(out.errors.contains(why), "{out:?}");
    };
    refused(&["certify", "-", "--out", "c"], "standard input");
    refused(&["certify", "data"], "--out");
    refused(&["certify", "--out", "c"], "PATHS");
    let one = "data/a/x.json";
    refused(
        &["certify", one, "data/b/x.json", "--out", "c"],
        "two files have the name x.json",
    );
    refused(&["certify", one, "--out", one], "is an input");
    refused(
        &["certify", one, "--out", "data/a/x.kepala.json"],
        "is an input",
    );
    refused(
        &["certify", one, "--out", "k.pem", "--key", "k.pem"],
        "is an input",
    );
    refused(&["certify", one, "--out", "none/c"], "does not exist");
    refused(
        &["certify", one, "--out", "c", "--key", "k.pem"],
        "no ed25519 key",
    );
    refused(
        &["certify", one, "--out", "c", "--key", "none.pem"],
        "no such file",
    );
    refused(&["verify", "none", one], "no such file");
    refused(&["verify", one, one], "no koplint certificate");
    refused(&["verify", "k.pem"], "PATHS");
    assert!(!data.path("c").exists());
    assert_eq!(data.path("k.pem").metadata().unwrap().len(), 4);
}

/// What is read twice must be a file: a pipe that nobody writes to does not stop the run.
#[cfg(unix)]
#[test]
fn pipes_are_not_waited_for() {
    let data = in_data(&[("formats/sama.csv", "a.csv")]);
    let pipe = |name: &str| {
        let made = Command::new("mkfifo").arg(data.path(name)).status();
        assert!(made.unwrap().success());
    };
    let certify = ["certify", "data/a.csv", "--out", "c"];
    assert_eq!(koplint(&data, &certify).code, 0);
    pipe("data/a.kepala.json");
    assert_eq!(koplint(&data, &certify).code, 3);
    let out = koplint(&data, &["verify", "c", "data"]);
    assert!(
        out.code == 1 && out.errors.contains("a.kepala.json: cannot be read"),
        "{out:?}"
    );
    pipe("data/b.json");
    let out = koplint(&data, &["certify", "data/b.json", "--out", "d"]);
    assert!(
        out.code == 3 && out.errors.contains("b.json: cannot be read"),
        "{out:?}"
    );
}

/// What a certificate says cannot command the terminal.
#[test]
fn hostile_texts_are_shown_harmless() {
    let data = Data::new(&[("banyumas.json", "a.json")]);
    let mut statement = data.statement();
    let hostile = "\u{1b}[31m\u{202e}\n::error::";
    hostile.clone_into(&mut statement.predicate.tool.version);
    statement.subject[0].name = format!("a\u{1b}]0;x\u{7}{hostile}");
    data.write("c", &packed(&statement.bytes().unwrap(), Some(&key(1))));
    for format in ["text", "json"] {
        let out = koplint(&data, &["verify", "c", "a.json", "--output-format", format]);
        assert_eq!(out.code, 1, "{out:?}");
        let all = format!("{}{}", out.text, out.errors);
        assert!(!all.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{all:?}");
        assert!(!all.lines().any(|line| line.starts_with("::")), "{all}");
    }
}
