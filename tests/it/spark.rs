//! The example of `docs/spark.md` against one run.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::root;

/// Banyumas some times over as NDJSON with its header beside; some entries stand twice, far apart.
fn register(folder: &Path) {
    let text = std::fs::read_to_string(root().join("fixtures/banyumas.json")).unwrap();
    let mut header: Value = serde_json::from_str(&text).unwrap();
    let own = header["koperasi"].take();
    header.as_object_mut().unwrap().remove("koperasi");
    let mut lines = String::new();
    for round in 0..6 {
        for (at, entry) in own.as_array().unwrap().iter().enumerate() {
            let mut entry = entry.clone();
            if at > 1 {
                entry["nomor_badan_hukum"] = json!(format!("{at}/BH/{round}/2001"));
            }
            lines += &(entry.to_string() + "\n");
            if at == 3 {
                lines += "  \n{\"rusak\": \n";
            }
        }
    }
    std::fs::write(folder.join("a.ndjson"), lines).unwrap();
    std::fs::write(folder.join("a.kepala.json"), header.to_string()).unwrap();
}

/// D001 across ranges points at the entry, not at the number in it.
fn shown(mut finding: Value) -> String {
    if finding[0] == "D001" {
        finding[4] = Value::Null;
    }
    finding.to_string()
}

#[test]
fn ranges_on_a_cluster_give_what_one_run_gives() {
    let python = std::env::var("KOPLINT_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = |program: &str, args: &[&str]| {
        let asked = Command::new(program).args(args).output();
        asked.is_ok_and(|output| output.status.success())
    };
    if !has(&python, &["-c", "import pyspark"]) || !has("java", &["-version"]) {
        println!("skipped: no PySpark or no Java");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    register(folder.path());
    let koplint = env!("CARGO_BIN_EXE_koplint");
    let today = "2026-11-23";
    let one = Command::new(koplint)
        .args([
            "check",
            "--isolated",
            "--today",
            today,
            "--output-format",
            "json",
            "a.ndjson",
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let one: Value = serde_json::from_slice(&one.stdout).unwrap();
    let own = &one["submissions"][0];
    let findings = own["findings"].as_array().unwrap().iter();
    let of_entries = findings.filter(|finding| {
        !finding["entry"].is_null()
            && !["D002", "D003"].contains(&finding["code"].as_str().unwrap())
    });
    let of_entries = of_entries.map(|one| {
        let place = &one["place"];
        let (line, column) = (&place["line"], &place["column"]);
        json!([one["code"], one["level"], one["entry"], line, column])
    });
    let mut findings: Vec<String> = of_entries.map(shown).collect();
    findings.sort();
    assert!(findings.iter().any(|one| one.contains("D001")));
    for parts in ["1", "4"] {
        let output = Command::new(&python)
            .arg(root().join("docs/spark.py"))
            .args([
                "a.ndjson",
                "--parts",
                parts,
                "--koplint",
                koplint,
                "--today",
                today,
            ])
            .env("PYSPARK_PYTHON", &python)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        let outcome: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(outcome["books"], own["books"], "{parts}");
        let found = outcome["findings"].as_array().unwrap();
        let mut found: Vec<String> = found.iter().cloned().map(shown).collect();
        found.sort();
        assert_eq!(found, findings, "{parts}");
    }
}
