//! Every face of one report: each format keeps to its grammar, whatever the data say.

use std::collections::HashSet;

use koplint::lang::Lang;
use koplint::read::open::Input;
use koplint::render::OutputFormat;
use koplint::report::Report;
use serde_json::{Value, json};

use crate::support::{check, options, rendered, root};

#[path = "faces/grammar.rs"]
pub mod grammar;

use grammar::{annotations, cases, marks, rows, valid};

/// The formats that are text for programs, logs and terminals.
const TEXTS: [OutputFormat; 14] = [
    OutputFormat::Full,
    OutputFormat::Concise,
    OutputFormat::Json,
    OutputFormat::JsonLines,
    OutputFormat::Grouped,
    OutputFormat::Sarif,
    OutputFormat::Junit,
    OutputFormat::Github,
    OutputFormat::Gitlab,
    OutputFormat::Markdown,
    OutputFormat::Csv,
    OutputFormat::Html,
    OutputFormat::Sipd,
    OutputFormat::Satudata,
];

/// What a name may say to be more than a name.
const HOSTILE: [&str; 14] = [
    "Koperasi \u{1b}[31mMerah\u{9b}31m",
    "\u{202e}isarepoK \u{2066}x\u{2069}",
    "::error file=a::Palsu",
    "::stop-commands::berhenti",
    "##[add-mask]rahasia ##vso[task.complete]",
    "%0A::error::Palsu%250A",
    "]]><x/><!-- &amp; &#0;",
    "<script>alert(1)</script><img src=x onerror=y>",
    "=HYPERLINK(\"http://a.b\";\"x\")",
    "|a|b| `kode` [x](http://a.b) ![y](z) @tim #12 GH-3 www.a.b",
    "dua\n::warning::baris\r::notice::lagi",
    "\u{0}\u{7}\u{8}\u{c}\u{fffe}\u{ffff}",
    "{0} {{1}} [x](1) \\ \" ' ; , \t",
    "@SUM(1+1)*cmd|' /C calc'!A0",
];

/// A file of that name with a cooperative for each hostile name, which stands wherever a finding
/// may quote it.
fn hostile(lang: Lang) -> Report {
    let mut lines = Vec::new();
    let long = "x".repeat(5_000) + "::error::";
    for (name, at) in HOSTILE.iter().copied().chain([&*long]).zip(1..) {
        let mut entry = json!({
            "nama_koperasi": name,
            "nomor_badan_hukum": format!("{at}/BH/{name}"),
            "jenis_koperasi": name,
            "kecamatan": name,
            "kepemilikan": name,
            "rat": [{ "tahun_buku": 2024, "tanggal": name }],
            "dihitung": true,
        });
        entry[name] = name.into();
        lines.push(entry.to_string());
    }
    lines.push(format!("{{\"nama_koperasi\": \"{}", HOSTILE[0]));
    let name =
        "::error file=a,line=1::%0A]]><b>@tim|`x`#1 =1+1\u{1b}[31m\u{202e}\n##[error]x.ndjson";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ndjson");
    std::fs::write(&path, lines.join("\n")).unwrap();
    let header =
        json!({ "kode_wilayah": "33.02", "nama_wilayah": HOSTILE[2], "satuan": HOSTILE[9] });
    std::fs::write(path.with_extension("kepala.json"), header.to_string()).unwrap();
    let inputs =
        [(name, "a.ndjson"), ("=hilang::\n##[x].json", "hilang.json")].map(|(name, file)| Input {
            name: name.to_owned(),
            path: Some(folder.path().join(file)),
        });
    let report = koplint::check(&inputs, &options(lang)).unwrap();
    assert_eq!((report.submissions.len(), report.failures.len()), (1, 1));
    assert!(report.submissions[0].findings.len() > 100);
    report
}

#[test]
fn a_hostile_submission_in_every_format() {
    for lang in [Lang::Id, Lang::En] {
        let report = hostile(lang);
        for format in &TEXTS {
            let text = rendered(*format, &report);
            let shown = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let bad = |c: char| {
                matches!(c, '\0'..='\u{9}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}'
                    | '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
            };
            assert!(
                !shown.contains(bad),
                "{format:?}: {:?}",
                shown.chars().find(|c| bad(*c))
            );
            // The CSV ends its rows by CRLF; a CR of the data is nowhere.
            let bare = shown.replace("\r\n", "\n");
            assert!(!bare.contains('\r'), "{format:?}");
            for line in bare.lines() {
                let begins = line.trim_start().starts_with("::");
                assert_eq!(
                    begins,
                    *format == OutputFormat::Github,
                    "{format:?}: {line}"
                );
                assert!(
                    !line.contains("##[") && !line.contains("##vso["),
                    "{format:?}: {line}"
                );
            }
        }
        valid("sarif-2.1.0", &rendered(OutputFormat::Sarif, &report));
        valid("codequality", &rendered(OutputFormat::Gitlab, &report));
        cases(&rendered(OutputFormat::Junit, &report));
        annotations(&rendered(OutputFormat::Github, &report));
        rows(&rendered(OutputFormat::Csv, &report));
        for line in rendered(OutputFormat::JsonLines, &report).lines() {
            let _: Value = serde_json::from_str(line).unwrap();
        }
        marks(&rendered(OutputFormat::Markdown, &report));
    }
}

#[test]
fn the_same_bytes_for_the_same_findings() {
    for format in &TEXTS {
        let text = || rendered(*format, &check(&root().join("fixtures/banyumas.json")));
        assert_eq!(text(), text(), "{format:?}");
    }
}

#[test]
fn every_level_and_rule_is_in_the_sarif_log() {
    let log = valid(
        "sarif-2.1.0",
        &rendered(
            OutputFormat::Sarif,
            &check(&root().join("fixtures/banyumas.json")),
        ),
    );
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let codes: Vec<&str> = rules
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    let wanted: Vec<&str> = koplint::rules::all().map(|rule| rule.code).collect();
    assert_eq!(codes, wanted);
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 8);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"], codes[index]);
    }
    assert_eq!(run["properties"]["verified"], json!([7, 8]));
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let place = &results[0]["locations"][0];
    let location = &place["physicalLocation"]["artifactLocation"];
    assert_eq!(
        *location,
        json!({ "uri": "fixtures/banyumas.json", "uriBaseId": "SRCROOT" })
    );
    let name = &place["logicalLocations"][0]["fullyQualifiedName"];
    assert_eq!(name, "/koperasi/6/kecamatan");
}

/// Regions count in UTF-16: cutting them out of the file gives the values.
#[test]
fn a_region_is_the_value() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ndjson");
    let entry = |name: &str| {
        format!(
            "{{\"nama_koperasi\": \"{name}\", \"jenis_koperasi\": \"téh 🍵\", \"kepemilikan\": \"🐄🐄\", \
             \"tingkat_keanggotaan\": \"zzz\"}}"
        )
    };
    let lines = [
        entry("Koperasi Tani"),
        entry("Köperasi 😀😀 Tani 👩‍🌾"),
        entry("é"),
    ];
    std::fs::write(path.with_extension("kepala.json"), "{}").unwrap();
    for (name, text) in [
        ("a.ndjson", lines.join("\n")),
        ("a.json", format!("[{}]", lines.join(","))),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, &text).unwrap();
        let log = valid("sarif-2.1.0", &rendered(OutputFormat::Sarif, &check(&path)));
        let mut seen = 0;
        for result in log["runs"][0]["results"].as_array().unwrap() {
            let region = &result["locations"][0]["physicalLocation"]["region"];
            let number = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap();
            let Some(found) = result["properties"]["found"].as_str() else {
                continue;
            };
            let line = text.lines().nth(number("startLine") - 1).unwrap();
            let units: Vec<u16> = line.encode_utf16().collect();
            let piece = &units[number("startColumn") - 1..number("endColumn") - 1];
            let piece = String::from_utf16(piece).unwrap();
            assert_eq!(piece.trim_matches('"'), found, "{name}");
            seen += 1;
        }
        assert!(seen >= 6, "{name}: {seen}");
    }
}

#[test]
fn fingerprints_survive_shifted_lines() {
    let text = std::fs::read_to_string(root().join("fixtures/banyumas.json")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json");
    let prints = |text: &str| -> (Vec<String>, Vec<String>) {
        std::fs::write(&path, text).unwrap();
        let mut report = check(&path);
        report.submissions[0].source.file = "a.json".to_owned();
        let log = valid("sarif-2.1.0", &rendered(OutputFormat::Sarif, &report));
        let results = log["runs"][0]["results"].as_array().unwrap();
        let sarif = results.iter().map(|r| {
            r["partialFingerprints"]["koplint/v1"]
                .as_str()
                .unwrap()
                .to_owned()
        });
        let problems = valid("codequality", &rendered(OutputFormat::Gitlab, &report));
        let problems = problems.as_array().unwrap().iter();
        let gitlab = problems.map(|p| p["fingerprint"].as_str().unwrap().to_owned());
        (sarif.collect(), gitlab.collect())
    };
    let plain = prints(&text);
    assert_eq!(
        plain,
        prints(&text.replace("\n  \"koperasi\"", "\n\n\n  \"koperasi\""))
    );
    for list in [&plain.0, &plain.1] {
        assert_eq!(list.iter().collect::<HashSet<_>>().len(), list.len());
    }
}

#[test]
fn what_is_beyond_a_limit_is_counted() {
    let mut text = String::new();
    for n in 0..1_600 {
        text += &format!("{{\"jenis_koperasi\": \"k{n}\", \"dihitung\": true}}\n");
    }
    let report = crate::support::check_text("a.ndjson", text.as_bytes(), Some("{}"));
    let levels = report.submissions[0].levels;
    let all = levels.error + levels.warning + levels.note;
    assert!(all > 5_500, "{all}");
    let log = valid("sarif-2.1.0", &rendered(OutputFormat::Sarif, &report));
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 5_000);
    assert_eq!(run["properties"]["findingsNotListed"], all - 5_000);
    let said = run["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(
        said.contains(&format!("{} temuan lagi", all - 5_000)),
        "{said}"
    );
    let problems = valid("codequality", &rendered(OutputFormat::Gitlab, &report));
    let problems = problems.as_array().unwrap();
    assert_eq!(problems.len(), 5_001);
    assert!(
        problems[5_000]["description"]
            .as_str()
            .unwrap()
            .starts_with(&(all - 5_000).to_string())
    );
    let prints: HashSet<&str> = problems
        .iter()
        .map(|p| p["fingerprint"].as_str().unwrap())
        .collect();
    assert_eq!(prints.len(), problems.len());
    assert!(rendered(OutputFormat::Markdown, &report).len() < 61_000);
    let commands = rendered(OutputFormat::Github, &report);
    annotations(&commands);
    assert!(
        commands
            .lines()
            .last()
            .unwrap()
            .contains("tidak ditampilkan sebagai anotasi")
    );
    let rows = rows(&rendered(OutputFormat::Csv, &report));
    assert_eq!(rows.len() as u64, all);
    cases(&rendered(OutputFormat::Junit, &report));
}

#[test]
fn several_outputs_in_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str], env: Option<String>| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_koplint"));
        command
            .args(["check", "--isolated", "fixtures/banyumas.json"])
            .args(args);
        command
            .env_remove("KOPLINT_OUTPUT_FORMAT")
            .current_dir(root());
        if let Some(env) = env {
            command.env("KOPLINT_OUTPUT_FORMAT", env);
        }
        let output = command.output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let file = |name: &str| folder.path().join(name).display().to_string();
    let written = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let sarif = format!("sarif:{}", file("a.sarif"));
    let args = [
        "--output-format",
        &*sarif,
        "--output-format",
        "github",
        "--output-format",
        "grouped",
    ];
    let (code, shown) = run(&args, None);
    assert_eq!(code, Some(1));
    valid("sarif-2.1.0", &written("a.sarif"));
    let (commands, grouped) = shown.split_at(shown.find("fixtures/banyumas.json\n").unwrap());
    annotations(commands);
    assert!(grouped.contains("galat[R001]"), "{grouped}");
    // The environment's list, in both forms; options go before it.
    for (between, name) in [(",", "b"), (" ", "c"), (", ", "d")] {
        let list = format!("junit:{}{between}github", file(name));
        let (code, shown) = run(&[], Some(list));
        assert_eq!(code, Some(1));
        cases(&written(name));
        annotations(&shown);
    }
    let (_, shown) = run(&["--output-format", "csv"], Some("github".to_owned()));
    rows(&shown);
    // Files alone leave the terminal to the report for people.
    let (_, shown) = run(&["--output-format", &sarif], None);
    assert!(shown.contains("Jumlah terbukti"), "{shown}");
    let (code, _) = run(&[], Some("github,jnit".to_owned()));
    assert_eq!(code, Some(2));
    let (code, _) = run(
        &[
            "--output-format",
            &sarif,
            "--output-format",
            &sarif.replace("sarif:", "csv:"),
        ],
        None,
    );
    assert_eq!(code, Some(2));
}
