//! Levels, waivers and the baseline decide what fails, never what is counted.

use std::path::Path;

use koplint::finding::Standing;
use koplint::lang::Lang;
use koplint::policy::Policy;
use koplint::policy::levels::{Change, fixed};
use koplint::render::OutputFormat;
use koplint::report::{Report, Submission};
use koplint::rule::Level;
use koplint::rules;
use serde_json::{Value, json};

use crate::repo::Repo;
use crate::support::{codes, input, options, rendered, root};

/// Every rule that can be is off.
fn silent() -> Policy {
    let change = Change {
        select: Some(Vec::new()),
        ..Change::default()
    };
    Policy {
        change,
        ..Policy::default()
    }
}

pub fn run(files: &[&Path], policy: Policy) -> Report {
    let mut options = options(Lang::Id);
    options.policy = policy;
    let inputs: Vec<_> = files.iter().map(|file| input(file)).collect();
    koplint::check(&inputs, &options).unwrap()
}

/// What no setting may touch.
fn judged(submission: &Submission) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {} {:?} {:?}",
        submission.books,
        submission.counts,
        submission.breakdowns,
        submission.difference,
        submission.complete,
        submission.claimed,
        submission.entries,
    )
}

#[test]
fn with_all_rules_off_the_same_is_proven() {
    let folder = root().join("fixtures/rules");
    let expected = std::fs::read_to_string(folder.join("EXPECTED.tsv")).unwrap();
    let mut files: Vec<_> = expected
        .lines()
        .map(|line| folder.join(line.split('\t').next().unwrap()))
        .collect();
    files.push(root().join("fixtures/banyumas.json"));
    let mut off = 0;
    for file in &files {
        let (loud, quiet) = (run(&[file], Policy::default()), run(&[file], silent()));
        let (loud, quiet) = (&loud.submissions[0], &quiet.submissions[0]);
        assert_eq!(judged(loud), judged(quiet), "{}", file.display());
        // Nothing is dropped unsaid.
        let all = |s: &Submission| s.levels.error + s.levels.warning + s.levels.note;
        let said: u64 = quiet.aside.off.values().sum();
        assert_eq!(all(loud), all(quiet) + said, "{}", file.display());
        off += said;
    }
    assert!(off > 100, "{off}");
}

#[test]
fn what_was_not_read_stays_an_error_and_incomplete() {
    for file in [
        "unreadable-text/bad.ndjson",
        "syntax-error/bad.json",
        "trailing-data/bad.json",
        "over-limit/bad.ndjson",
        "no-header-row/bad.csv",
        "ragged-row/bad.csv",
        "no-entries/bad.json",
    ] {
        let path = root().join("fixtures/rules").join(file);
        let report = run(&[&path], silent());
        let submission = &report.submissions[0];
        let found = codes(submission);
        assert!(
            !found.is_empty() && found.iter().all(|code| fixed(code)),
            "{file}: {found:?}"
        );
        assert!(
            submission.findings.iter().all(|f| f.level == Level::Error),
            "{file}"
        );
        assert_eq!(report.worst(), Some(Level::Error), "{file}");
        assert!(!report.complete || file.starts_with("ragged"), "{file}");
    }
}

#[test]
fn a_record_that_is_no_entry_keeps_its_finding() {
    let repo = Repo::new();
    let header =
        "{\"versi_standar\":\"1.0\",\"kode_wilayah\":\"33.02\",\"tanggal_acuan\":\"2025-12-31\"}";
    repo.write("a.ndjson", &format!("{header}\n[1, 2]\n"));
    repo.write("koplint.toml", "select = []\n");
    let out = repo.run(&["a.ndjson", "--output-format", "concise"]);
    assert_eq!(out.code, 3, "{out:?}");
    assert!(out.text.contains("error[S002]"), "{out:?}");
}

#[test]
fn exit_codes() {
    let repo = Repo::banyumas();
    let code = |args: &[&str]| repo.run(args).code;
    assert_eq!(code(&["33.02/a.json", "--fail-on", "never"]), 0);
    assert_eq!(code(&["33.02/a.json"]), 1);
    assert_eq!(code(&["33.02/a.json", "--fail-om", "never"]), 2);
    repo.write("broken.json", "{\"koperasi\": [{]}");
    assert_eq!(
        code(&["33.02/a.json", "broken.json", "--fail-on", "never"]),
        3
    );
    repo.write("koplint.toml", "select = []\n");
    assert_eq!(code(&["33.02/a.json"]), 0);
    assert_eq!(code(&["33.02/a.json", "broken.json"]), 3);
    repo.write(
        "koplint.toml",
        "ignore = [\"R001\"]\nlevels = { P = \"warning\" }\n",
    );
    assert_eq!(code(&["33.02/a.json"]), 1);
    repo.write(
        "koplint.toml",
        "levels = { R001 = \"note\" }\nselect = [\"R001\", \"W\"]",
    );
    assert_eq!(code(&["33.02/a.json"]), 0);
    assert_eq!(code(&["33.02/a.json", "--fail-on", "warning"]), 1);
}

#[test]
fn a_level_for_some_paths_and_for_findings_across_files() {
    let repo = Repo::banyumas();
    repo.copy("33.02/a.json", "33.03/a.json");
    repo.write(
        "koplint.toml",
        "[[per-path]]\npaths = [\"33.03/**\"]\nlevels = { D001 = \"note\", S = \"off\" }\n",
    );
    let report = repo.json(&["."]);
    let of = |at: usize, code: &str| -> Vec<Value> {
        let findings = report["submissions"][at]["findings"].as_array().unwrap();
        findings
            .iter()
            .filter(|f| f["code"] == code)
            .map(|f| f["level"].clone())
            .collect()
    };
    assert_eq!(of(0, "D001"), ["error"]);
    // One within the file, and one for each of the eleven entities that the other file has too.
    assert_eq!(of(1, "D001"), vec!["note"; 12]);
    assert_eq!((of(0, "S001").len(), of(1, "S001").len()), (1, 0));
    assert_eq!(report["submissions"][1]["aside"]["off"], json!({"S001": 1}));
    repo.write("koplint.toml", "ignore = [\"D\"]\n");
    let quiet = repo.json(&["."]);
    assert_eq!(quiet["total"]["aside"]["off"]["D001"], 13);
    assert_eq!(quiet["total"]["books"], report["total"]["books"]);
}

pub fn waiver(code: &str, key: &str, more: &str) -> String {
    format!(
        "[[waiver]]\ncode = \"{code}\"\nkey = \"{key}\"\n{more}\nreason = \"Berita acara menyusul\"\n\
         by = \"Dinas\\u001b[31m Banyumas\"\nuntil = 2026-11-23\n\n"
    )
}

pub const R001: (&str, &str) = ("missing-rat-year", "AHU-0090017.AH.01.26.TAHUN 2019");

#[test]
fn a_waived_finding_is_shown_and_does_not_fail() {
    let repo = Repo::banyumas();
    let before = repo.json(&["33.02/a.json"]);
    repo.write(
        "koplint.toml",
        "waivers = \"ci/w.toml\"\nselect = [\"R\", \"C\"]\n",
    );
    repo.write("ci/w.toml", &waiver(R001.0, R001.1, "region = \"3302\""));
    let report = repo.json(&["33.02/a.json", "--fail-on", "note"]);
    let finding = &report["submissions"][0]["findings"][0];
    assert_eq!(finding["state"], "waived");
    assert_eq!(finding["waived"]["reason"], "Berita acara menyusul");
    assert_eq!(finding["waived"]["until"], "2026-11-23");
    assert_eq!(report["submissions"][0]["groups"][0]["state"], "waived");
    assert_eq!(report["submissions"][0]["levels"]["error"], 0);
    assert_eq!(report["submissions"][0]["aside"]["waived"], 1);
    for part in ["books", "counts"] {
        assert_eq!(report["total"][part], before["total"][part]);
    }
    for (format, words) in [
        ("full", "dikecualikan sampai 2026-11-23"),
        (
            "concise",
            "[dikecualikan sampai 2026-11-23 oleh Dinas␛[31m Banyumas (Berita acara menyusul)]",
        ),
        (
            "json-lines",
            "\"state\":\"waived\",\"waived\":{\"reason\":\"Berita acara menyusul\"",
        ),
    ] {
        let out = repo.run(&[
            "33.02/a.json",
            "--fail-on",
            "note",
            "--output-format",
            format,
        ]);
        assert_eq!(out.code, 0, "{out:?}");
        assert!(out.text.contains(words), "{out:?}");
        assert!(!out.text.contains('\u{1b}'), "{out:?}");
    }
    // The last day holds, the next does not.
    let out = repo.run(&[
        "33.02/a.json",
        "--today",
        "2026-11-24",
        "--output-format",
        "concise",
    ]);
    assert_eq!(out.code, 1, "{out:?}");
    assert!(out.text.contains("ci/w.toml:2:8: warning[C002]"), "{out:?}");
    assert!(!out.text.contains("C001"), "{out:?}");
}

#[test]
fn a_waiver_is_for_its_rule_entry_field_and_paths_alone() {
    let repo = Repo::banyumas();
    repo.write("koplint.toml", "waivers = \"w.toml\"\n");
    let waived = |text: &str| -> (Value, Vec<Value>) {
        repo.write("w.toml", text);
        let report = repo.json(&["33.02/a.json"]);
        let said = report["policy"]["findings"].as_array().unwrap().iter();
        (
            report["total"]["aside"]["waived"].clone(),
            said.map(|f| f["code"].clone()).collect(),
        )
    };
    let one = |text: &str| assert_eq!(waived(text), (json!(1), vec![]), "{text}");
    let none = |text: &str| assert_eq!(waived(text), (json!(0), vec![json!("C001")]), "{text}");
    one(&waiver("R001", R001.1, "paths = [\"33.02/**\"]"));
    one(&waiver(
        "r001",
        "AHU0090017AH0126TAHUN2019",
        "paths = [\"*.json\"]\nfield = \"rat\"",
    ));
    none(&waiver(
        "R001",
        R001.1,
        "paths = [\"33.02\"]\nfield = \"rat[].tanggal\"",
    ));
    none(&waiver("R002", R001.1, "region = \"33.02\""));
    none(&waiver(
        "R001",
        "AHU-0090018.AH.01.26.TAHUN 2019",
        "region = \"33.02\"",
    ));
    none(&waiver("R001", "#8", "region = \"33.02\""));
    // Nothing in its paths was checked, so it cannot be called unused.
    let elsewhere = waiver("R001", R001.1, "paths = [\"33.03/**\"]");
    assert_eq!(waived(&elsewhere), (json!(0), vec![]));
    let whole = repo.json(&["."]);
    assert_eq!(whole["policy"]["findings"][0]["code"], "C001");
    // Without a key: the file as a whole, here a finding of its header.
    let text = waiver("J002", "", "region = \"33.02\"").replace("key = \"\"\n", "");
    one(&text);
    let header = text.replace("J002", "R001");
    none(&header);
}

#[test]
fn a_malformed_waiver_is_refused_with_its_line() {
    let repo = Repo::banyumas();
    repo.write("koplint.toml", "waivers = \"w.toml\"\nlang = \"en\"\n");
    let good = waiver("R001", R001.1, "region = \"33.02\"");
    for (from, to, said) in [
        (
            "R001",
            "R0O1",
            "w.toml:2:8: no rule `R0O1`; did you mean `R001`?",
        ),
        (
            "R001",
            "F002",
            "w.toml:2:8: F002 says that something was not read",
        ),
        ("R001", "C001", "w.toml:2:8: C001 is about waivers"),
        (
            "key = \"AHU-0090017.AH.01.26.TAHUN 2019\"",
            "key = \"#0\"",
            "w.toml:3:7: `#0` is no number",
        ),
        (
            "key =",
            "kee =",
            "w.toml:3:1: `kee` is unknown; did you mean `key`?",
        ),
        ("region = \"33.02\"", "", "w.toml:2:8: say where it holds"),
        (
            "33.02",
            "33.99",
            "w.toml:4:10: the region `33.99` is unknown",
        ),
        (
            "reason = \"Berita acara menyusul\"\n",
            "",
            "`reason` is required",
        ),
        (
            "Berita acara menyusul",
            " ",
            "w.toml:5:10: a reason and who answers",
        ),
        (
            "by = \"Dinas\\u001b[31m Banyumas\"\n",
            "",
            "`by` is required",
        ),
        ("until = 2026-11-23\n", "", "`until` is required"),
        ("2026-11-23", "\"besok\"", "w.toml:7:9: `until` is a date"),
        ("2026-11-23", "2026-11-31", "w.toml:7:"),
        (
            "[[waiver]]",
            "[[waver]]",
            "`waver` is unknown; did you mean `waiver`?",
        ),
    ] {
        assert!(good.contains(from), "{from}");
        repo.write("w.toml", &good.replace(from, to));
        let out = repo.run(&["33.02/a.json"]);
        assert_eq!(out.code, 2, "{to}: {out:?}");
        assert!(out.errors.contains(said), "{to}: {out:?}");
    }
}

#[test]
fn known_findings_do_not_fail_and_new_ones_do() {
    let repo = Repo::banyumas();
    let before = repo.json(&["33.02"]);
    repo.write(
        "koplint.toml",
        "baseline = \"known.json\"\nfail-on = \"note\"\n",
    );
    let missing = repo.run(&["33.02"]);
    assert_eq!(missing.code, 2, "{missing:?}");
    assert!(missing.errors.contains("--update-baseline"), "{missing:?}");
    assert_eq!(repo.run(&["33.02", "--update-baseline"]).code, 0);
    let made = repo.read("known.json");
    assert_eq!(repo.run(&["33.02", "--update-baseline"]).code, 0);
    assert_eq!(repo.read("known.json"), made);
    let out = repo.run(&["33.02", "--output-format", "concise"]);
    assert_eq!(out.code, 0, "{out:?}");
    assert!(
        out.text.contains("0 dikecualikan, 8 sudah dikenal"),
        "{out:?}"
    );
    let report = repo.json(&["33.02"]);
    for part in ["books", "counts", "claimed", "breakdowns"] {
        assert_eq!(report["total"][part], before["total"][part]);
    }
    // Lines move, entries are mended, one gets worse.
    let text = repo.read("33.02/a.json");
    repo.write(
        "33.02/a.json",
        &text.replace("  \"koperasi\": [", "\n\n  \"koperasi\":\n   ["),
    );
    assert_eq!(repo.run(&["33.02"]).code, 0);
    repo.write(
        "33.02/a.json",
        &text.replace("\"Ajibarng\"", "\"Ajibarang\""),
    );
    let report = repo.json(&["33.02"]);
    assert_eq!(report["policy"]["baseline"]["solved"], 1);
    assert_eq!(repo.run(&["33.02", "--update-baseline"]).code, 0);
    assert_eq!(
        repo.read("known.json").lines().count(),
        made.lines().count() - 1
    );
    repo.write("33.02/a.json", &text);
    let report = repo.json(&["33.02"]);
    assert_eq!(
        report["total"]["levels"],
        json!({"error": 0, "warning": 1, "note": 0})
    );
    assert_eq!(repo.run(&["33.02"]).code, 1);
}

#[test]
fn of_equal_findings_as_many_are_known_as_were() {
    let repo = Repo::banyumas();
    let text = repo.read("33.02/a.json");
    let once = text.replacen("\"tanggal\": \"2023-02-21\"", "\"tanggal\": \"2023\"", 1);
    assert_ne!(once, text);
    repo.write("33.02/a.json", &once);
    let args = ["33.02", "--baseline", "known.json"];
    assert_eq!(
        repo.run(&[&args[..], &["--update-baseline"]].concat()).code,
        0
    );
    assert_eq!(repo.json(&args)["total"]["levels"]["error"], 0);
    // The same mistake of the same entry a second time.
    let item = "{\"tahun_buku\": 2022, \"tanggal\": \"2023\"";
    let twice = once.replacen(item, &format!("{item}}}, {item}"), 1);
    assert_ne!(once, twice);
    repo.write("33.02/a.json", &twice);
    let report = repo.json(&args);
    let findings = report["submissions"][0]["findings"]
        .as_array()
        .unwrap()
        .iter();
    let states: Vec<_> = findings
        .filter(|f| f["code"] == "S007")
        .map(|f| f["state"].clone())
        .collect();
    assert_eq!(states, ["known", "open"]);
}

#[test]
fn a_baseline_holds_nothing_personal_and_keeps_what_was_not_checked() {
    let repo = Repo::banyumas();
    for (slug, to) in [("person-nik", "b.json"), ("personal-contact", "c.json")] {
        let from = root().join("fixtures/rules").join(slug).join("bad.json");
        repo.write(
            &format!("33.03/{to}"),
            &std::fs::read_to_string(from).unwrap(),
        );
    }
    let args = |path: &'static str| [path, "--baseline", "k.json", "--update-baseline", "--quiet"];
    repo.run(&args("."));
    let all = repo.read("k.json");
    assert!(all.contains("X001") && all.contains("X002"), "{all}");
    let digits = all.split(|c: char| !c.is_ascii_digit());
    assert!(
        digits
            .filter(|run| run.len() != 64)
            .all(|run| run.len() < 16),
        "{all}"
    );
    assert!(!all.contains("0812") && !all.contains("330201"), "{all}");
    assert!(!all.contains('@'), "{all}");
    // Only one folder: the other is kept; once its file is gone, it goes.
    repo.run(&args("33.02"));
    let within: Vec<_> = all
        .lines()
        .filter(|line| line.contains("33.03"))
        .map(str::to_owned)
        .collect();
    let kept = repo.read("k.json");
    assert!(within.len() > 2);
    for line in within.iter().filter(|line| !line.contains("D001")) {
        assert!(kept.contains(line.trim_end_matches(',')), "{line}\n{kept}");
    }
    std::fs::remove_dir_all(repo.path("33.03")).unwrap();
    repo.run(&args("33.02"));
    assert!(!repo.read("k.json").contains("33.03"));
}

#[test]
fn an_incomplete_run_writes_no_baseline_and_a_broken_one_is_refused() {
    let repo = Repo::banyumas();
    repo.write("33.02/b.json", "{\"koperasi\": [{]}");
    let args = ["33.02", "--baseline", "k.json", "--update-baseline"];
    let out = repo.run(&args);
    assert_eq!(out.code, 3, "{out:?}");
    assert!(out.errors.contains("baseline tidak ditulis"), "{out:?}");
    assert!(!repo.path("k.json").exists());
    for text in [
        "[]",
        "{\"version\": 2, \"standard\": \"1.0\", \"definition\": {\"version\": \"\", \"sha256\": \"\"}, \"findings\": []}",
    ] {
        repo.write("k.json", text);
        let out = repo.run(&["33.02/a.json", "--baseline", "k.json"]);
        assert_eq!(out.code, 2, "{out:?}");
        assert!(out.errors.contains("k.json"), "{out:?}");
    }
    let out = repo.run(&["33.02/a.json", "--update-baseline"]);
    assert_eq!(out.code, 2, "{out:?}");
}

#[test]
fn what_is_open_never_hides_behind_what_is_known() {
    // B001 follows from S001; only S001 is known.
    let repo = Repo::banyumas();
    let args = ["33.02", "--baseline", "k.json"];
    repo.run(&[&args[..], &["--update-baseline"]].concat());
    let known = repo.read("k.json");
    let without: Vec<&str> = known
        .lines()
        .filter(|line| !line.contains("\"B001\""))
        .collect();
    repo.write("k.json", &without.join("\n"));
    let out = repo.run(&args);
    assert_eq!(out.code, 1, "{out:?}");
    assert!(out.text.contains("galat[B001]"), "{out:?}");
}

#[test]
fn reports_with_waivers_and_a_baseline_are_as_their_schema_says() {
    let repo = Repo::banyumas();
    repo.write(
        "koplint.toml",
        "waivers = \"w.toml\"\nbaseline = \"k.json\"\nignore = [\"W\"]\n",
    );
    let two =
        waiver(R001.0, R001.1, "region = \"3302\"") + &waiver("R005", R001.1, "region = \"3302\"");
    repo.write("w.toml", &two);
    repo.run(&["33.02", "--update-baseline"]);
    let report = repo.json(&["33.02"]);
    let states = report["submissions"][0]["findings"]
        .as_array()
        .unwrap()
        .iter();
    let states: std::collections::BTreeSet<_> =
        states.map(|f| f["state"].as_str().unwrap()).collect();
    assert_eq!(states.into_iter().collect::<Vec<_>>(), ["known", "waived"]);
    assert_eq!(report["policy"]["findings"][0]["place"]["line"], 10);
    let schema = serde_json::from_str(koplint::render::json::SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&report)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn a_finding_is_open_unless_something_says_otherwise() {
    let file = root().join("fixtures/banyumas.json");
    let report = run(&[&file], Policy::default());
    let submission = &report.submissions[0];
    assert!(
        submission
            .findings
            .iter()
            .all(|f| f.standing == Standing::Open)
    );
    assert_eq!(submission.aside, koplint::report::Aside::default());
    assert!(!rendered(OutputFormat::Full, &report).contains("sudah dikenal"));
    assert!(
        rules::all()
            .filter(|rule| fixed(rule.code))
            .all(|rule| rule.level == Level::Error)
    );
}
