//! `koplint fix` as a user meets it.

use std::io::{Seek, Write};
use std::path::Path;
use std::process::Command;

const BEFORE: &str = "nama koperasi;nobh;tglbh\nKUD  Tani;'1/BH/I;12 Maret 2010\n";
const AFTER: &str = "nama koperasi;nobh;tglbh\nKUD Tani;1/BH/I;2010-03-12\n";

fn run(folder: &Path, args: &[&str], code: i32) -> (String, String) {
    let mut input = tempfile::tempfile().unwrap();
    input.write_all(BEFORE.as_bytes()).unwrap();
    input.rewind().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_koplint"))
        .args(args)
        .current_dir(folder)
        .env_remove("KOPLINT_LANG")
        .stdin(input)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, aside) = (text(output.stdout), text(output.stderr));
    assert_eq!(output.status.code(), Some(code), "{out}{aside}");
    (out, aside)
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn a_diff_writes_nothing() {
    let folder = folder(&[("a.csv", BEFORE), ("b.csv", AFTER)]);
    let (out, aside) = run(folder.path(), &["fix", "--diff", "."], 1);
    let expected = "\
--- ./a.csv
+++ ./a.csv (fix)
@@ -1,2 +1,2 @@
 nama koperasi;nobh;tglbh
-KUD  Tani;'1/BH/I;12 Maret 2010
+KUD Tani;1/BH/I;2010-03-12
";
    assert_eq!(out, expected);
    assert!(
        aside.contains("./a.csv: 3 isian akan diperbaiki"),
        "{aside}"
    );
    assert_eq!(read(&folder, "a.csv"), BEFORE);
    run(folder.path(), &["fix", "--diff", "b.csv"], 0);
    let (out, _) = run(
        folder.path(),
        &["fix", "--diff", "--color", "always", "a.csv"],
        1,
    );
    assert!(out.contains("\u{1b}[1;4;32m2010-03-12\u{1b}[0m"), "{out}");
}

#[test]
fn a_file_is_repaired_in_its_place_with_its_header() {
    let header = r#"{"tahun_data": "2025", "satuan": "Unit "}"#;
    let folder = folder(&[("a.csv", BEFORE), ("a.kepala.json", header)]);
    let (out, _) = run(folder.path(), &["fix", "a.csv", "--lang", "en"], 0);
    assert!(
        out.contains("line 2, tglbh: \"12 Maret 2010\" → \"2010-03-12\""),
        "{out}"
    );
    assert!(
        out.contains("/tahun_data: \"2025\" → \"2025\" (to a plain number)"),
        "{out}"
    );
    assert_eq!(read(&folder, "a.csv"), AFTER);
    assert_eq!(
        read(&folder, "a.kepala.json"),
        r#"{"tahun_data": 2025, "satuan": "Unit"}"#
    );
    let (out, _) = run(folder.path(), &["fix", "a.csv"], 0);
    assert!(out.starts_with("a.csv: tidak ada yang diperbaiki"), "{out}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_forbid() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.csv", BEFORE)]);
    let file = folder.path().join("a.csv");
    let mode = || file.metadata().unwrap().permissions().mode() & 0o777;
    let set = |mode| std::fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
    set(0o444);
    let (_, aside) = run(folder.path(), &["fix", "a.csv"], 2);
    assert!(aside.contains("hanya boleh dibaca"), "{aside}");
    assert_eq!(read(&folder, "a.csv"), BEFORE);
    set(0o606);
    run(folder.path(), &["fix", "a.csv"], 0);
    assert_eq!((read(&folder, "a.csv").as_str(), mode()), (AFTER, 0o606));
}

#[test]
fn a_copy_goes_elsewhere_and_standard_input_to_standard_output() {
    let folder = folder(&[("a.csv", BEFORE), ("b.csv", BEFORE)]);
    run(folder.path(), &["fix", "a.csv", "--output", "c.csv"], 0);
    assert_eq!(
        (
            read(&folder, "a.csv").as_str(),
            read(&folder, "c.csv").as_str()
        ),
        (BEFORE, AFTER)
    );
    run(folder.path(), &["fix", "a.csv", "--output", "a.csv"], 2);
    run(
        folder.path(),
        &["fix", "a.csv", "b.csv", "--output", "d.csv"],
        2,
    );
    run(
        folder.path(),
        &["fix", "a.csv", "--output", "d.csv", "--diff"],
        2,
    );
    let (out, aside) = run(folder.path(), &["fix", "-", "--stdin-filename", "x.csv"], 0);
    assert_eq!(out, AFTER);
    assert!(aside.contains("x.csv: 3 isian diperbaiki"), "{aside}");
}

#[test]
fn what_is_refused_is_said_and_stays() {
    let broken = "{\"koperasi\": [1,]}";
    let folder = folder(&[
        ("a.json", broken),
        ("b.csv", BEFORE),
        ("c.xlsx", "PK\u{3}\u{4}"),
    ]);
    let (_, aside) = run(
        folder.path(),
        &["fix", "a.json", "b.csv", "c.xlsx", "tiada.csv"],
        3,
    );
    assert!(
        aside.contains("a.json: ada yang tidak terbaca (baris 1)"),
        "{aside}"
    );
    assert!(aside.contains("c.xlsx: buku kerja ini rusak"), "{aside}");
    assert!(
        aside.contains("tiada.csv: berkas tidak ditemukan"),
        "{aside}"
    );
    assert_eq!(
        (
            read(&folder, "a.json").as_str(),
            read(&folder, "b.csv").as_str()
        ),
        (broken, AFTER)
    );
}

#[cfg(unix)]
#[test]
fn nothing_hostile_reaches_the_terminal() {
    let name = "a\u{1b}[2J\u{202e}.csv";
    let text = "nama koperasi;nobh;tglbh;ket\u{1b}]0;x\u{7}\nA\u{1b}[31m  B;1/BH/I;12 Maret 2010;3302011502999999\n";
    let folder = folder(&[(name, text)]);
    let hostile = |text: &str| text.contains(['\u{1b}', '\u{7}', '\u{202e}']);
    for (args, code) in [(&["fix", "--diff", "."][..], 1), (&["fix", "."], 0)] {
        let (out, aside) = run(folder.path(), args, code);
        assert!(!hostile(&out) && !hostile(&aside), "{out:?} {aside:?}");
        assert!(
            !out.contains("3302011502999999") && out.contains("A␛[31m B"),
            "{out:?}"
        );
    }
}
