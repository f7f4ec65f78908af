//! The tables as files, and what settings make of them.

use std::path::Path;

use serde_json::{Value, json};

use super::{banyumas, purbalingga};

/// A level, a rule that is off, a baseline: none makes a number sound. A waiver is somebody's word.
#[test]
fn settings_make_no_number_sound() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut other = purbalingga();
    other["nama_wilayah"] = json!("Kabupaten Cilacap");
    std::fs::write(at.join("b.json"), other.to_string()).unwrap();
    let waiver = "[[waiver]]\ncode = \"H003\"\npaths = [\"b.json\"]\nreason = \"Surat kepala dinas\"\nby = \"Dinas\"\nuntil = 2026-12-31\n";
    std::fs::write(at.join("w.toml"), waiver).unwrap();
    for (settings, more, number) in [
        ("", &[][..], false),
        ("[levels]\nH003 = \"note\"\n", &[], false),
        ("[levels]\nH003 = \"off\"\n", &[], false),
        (
            "",
            &["--baseline", "known.json", "--update-baseline"],
            false,
        ),
        ("", &["--waivers", "w.toml", "--today", "2026-06-01"], true),
    ] {
        std::fs::write(at.join("koplint.toml"), settings).unwrap();
        let args = [
            "--config",
            "koplint.toml",
            "--output-format",
            "satudata",
            "b.json",
        ];
        let args: Vec<&str> = args.iter().chain(more).copied().collect();
        let (_, shown, said) = koplint(at, &args);
        let cell = if number { ",7,Unit" } else { ",,Unit" };
        assert!(shown.contains(cell), "{settings} {more:?}: {shown} {said}");
    }
}

fn koplint(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_koplint"))
        .arg("check")
        .args((!args.contains(&"--config")).then_some("--isolated"))
        .args(args)
        .env_remove("KOPLINT_OUTPUT_FORMAT")
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
fn files_and_what_goes_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("a.json"), banyumas().to_string()).unwrap();
    let mut other = purbalingga();
    other["kode_wilayah"] = json!("x");
    std::fs::write(at.join("b.json"), other.to_string()).unwrap();
    let list = |names: &[&'static str]| -> Vec<&str> {
        let args = names.iter().flat_map(|name| ["--output-format", name]);
        ["a.json", "b.json"].into_iter().chain(args).collect()
    };
    let (code, _, said) = koplint(at, &list(&["satudata:t.csv", "sipd:s.csv", "sipd:s.xlsx"]));
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("b.json: tanpa angka: kode wilayah tidak dikenal"),
        "{said}"
    );
    let read = |name: &str| std::fs::read(at.join(name)).unwrap();
    assert!(read("t.csv").starts_with(b"kode_provinsi,nama_provinsi,kode_kabupaten_kota,"));
    let beside: Value = serde_json::from_slice(&read("t.metadata.json")).unwrap();
    assert_eq!(beside["tabel"], "t.csv");
    assert!(read("s.xlsx").starts_with(b"PK"));
    for refused in [
        &["sipd:s.ods"][..],
        &["satudata:t.xlsx"],
        &["satudata:t.csv", "json:t.metadata.json"],
        &["satudata:a.json"],
    ] {
        let (code, ..) = koplint(at, &list(refused));
        assert_eq!(code, Some(2), "{refused:?}");
    }
    assert_eq!(read("a.json"), banyumas().to_string().as_bytes());
}
