//! What is waived, known, off or left out, through every format and from run to run.

use koplint::finding::Standing;
use koplint::policy::Policy;
use koplint::render::OutputFormat;
use koplint::workbook::RESULT_SHEET;
use serde_json::{Value, json};

use crate::faces::grammar::{annotations, cases, marks, rows, valid};
use crate::markup::cells;
use crate::policy::{R001, run, waiver};
use crate::repo::Repo;
use crate::since::{commit, git};
use crate::support::{rendered, root};

/// The example, with one finding waived, one new, the others known, and a waiver that is not used.
fn settled() -> Repo {
    let repo = Repo::banyumas();
    let two = waiver(R001.0, R001.1, "region = \"33.02\"")
        + &waiver("R005", R001.1, "region = \"33.02\"");
    repo.write("w.toml", &two);
    repo.write(
        "koplint.toml",
        "waivers = \"w.toml\"\nbaseline = \"ci/k.json\"\nignore = [\"W\"]\n",
    );
    repo.write("ci/.keep", "");
    assert_eq!(repo.run(&["33.02", "--update-baseline"]).code, 0);
    let known = repo.read("ci/k.json");
    let old: Vec<&str> = known
        .lines()
        .filter(|line| !line.contains("\"P001\""))
        .collect();
    assert_eq!(old.len() + 1, known.lines().count());
    repo.write("ci/k.json", &old.join("\n"));
    repo
}

#[test]
fn every_format_tells_what_is_waived_known_and_new() {
    let repo = settled();
    let out = |format: &str| {
        let out = repo.run(&["33.02", "--output-format", format]);
        assert_eq!(out.code, 1, "{out:?}");
        out.text
    };
    let words = "dikecualikan sampai 2026-11-23 oleh Dinas";
    for format in [
        "full", "concise", "grouped", "sarif", "junit", "gitlab", "markdown", "csv",
    ] {
        let text = out(format);
        assert!(
            text.contains(words) && text.contains("C001"),
            "{format}: {text}"
        );
    }
    for format in ["full", "concise", "grouped", "github", "junit", "markdown"] {
        let text = out(format);
        let said = "1 galat, 0 peringatan, 0 catatan";
        assert!(
            text.contains(said) && text.contains("1 dikecualikan, 5 sudah dikenal"),
            "{format}: {text}"
        );
        assert!(
            text.contains("1 temuan dimatikan oleh setelan (W002 1)"),
            "{format}: {text}"
        );
    }

    let log = valid("sarif-2.1.0", &out("sarif"));
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 8);
    for result in results {
        let waived = result["ruleId"] == "R001";
        let new = ["R001", "P001", "C001"].contains(&result["ruleId"].as_str().unwrap());
        assert_eq!(
            result["baselineState"],
            if new { "new" } else { "unchanged" }
        );
        assert_eq!(
            result["suppressions"].as_array().unwrap().len(),
            usize::from(waived)
        );
        let weighs = result["level"] != "note";
        assert_eq!(weighs, new && !waived, "{result}");
    }
    let place = &results[7]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "w.toml");
    let run = &log["runs"][0]["properties"];
    assert_eq!(
        run["aside"],
        json!({ "waived": 1, "known": 5, "off": { "W002": 1 } })
    );
    assert_eq!(run["verified"], json!([7, 8]));

    let text = out("junit");
    cases(&text);
    assert_eq!(text.matches("<skipped ").count(), 5, "{text}");
    assert_eq!(text.matches("<failure ").count(), 2, "{text}");
    let text = out("github");
    annotations(&text);
    let heads: Vec<&str> = text.lines().map(|line| &line[..9]).collect();
    assert_eq!(heads, ["::error f", "::warning", "::notice "], "{text}");
    let problems = valid("codequality", &out("gitlab"));
    let severities = problems.as_array().unwrap().iter();
    let open = severities.filter(|problem| problem["severity"] != "info");
    assert_eq!(open.count(), 2);
    marks(&out("markdown"));
    let table = rows(&out("csv"));
    let states: Vec<&str> = table.iter().map(|row| &*row[17]).collect();
    let of = |wanted: &str| states.iter().filter(|state| **state == wanted).count();
    assert_eq!(
        (of("terbuka"), of("dikecualikan"), of("sudah dikenal")),
        (2, 1, 5)
    );

    let copy = repo.run(&["33.02/a.json", "--output-format", "workbook:a.xlsx"]);
    assert_eq!(copy.code, 1, "{copy:?}");
    let copy = cells(&std::fs::read(repo.path("a.xlsx")).unwrap());
    let page = format!("{:?}", copy[RESULT_SHEET]);
    for said in [
        words,
        "sudah dikenal (baseline)",
        "C001",
        "1 dikecualikan, 5 sudah dikenal",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[test]
fn what_is_open_is_listed_before_what_is_not() {
    let mut report = run(&[&root().join("fixtures/banyumas.json")], Policy::default());
    let submission = &mut report.submissions[0];
    let mut known = submission.findings[0].clone();
    known.standing = Standing::Known;
    submission.findings.splice(0..0, vec![known; 5_000]);
    submission.aside.known = 5_000;
    report.total.aside.known = 5_000;
    let log = valid("sarif-2.1.0", &rendered(OutputFormat::Sarif, &report));
    let run = &log["runs"][0];
    assert_eq!(run["properties"]["findingsNotListed"], 8);
    let results = run["results"].as_array().unwrap();
    let open = results.iter().filter(|result| {
        result["message"]["text"]
            .as_str()
            .is_some_and(|text| !text.contains("sudah dikenal"))
    });
    assert_eq!((results.len(), open.count()), (5_000, 8));
}

#[test]
fn what_was_left_out_loses_nothing() {
    let repo = Repo::banyumas();
    repo.copy("33.02/a.json", "33.03/b.json");
    let two = waiver("R001", R001.1, "paths = [\"33.02/**\"]");
    repo.write("w.toml", &two);
    repo.write(
        "koplint.toml",
        "waivers = \"w.toml\"\nbaseline = \"ci/k.json\"\n",
    );
    repo.write("ci/.keep", "");
    git(&repo.path(""), &["init", "-q"]);
    assert_eq!(repo.run(&[".", "--update-baseline"]).code, 0);
    commit(&repo.path(""));
    let known = repo.read("ci/k.json");
    assert!(known.contains("\"../33.02/a.json\""), "{known}");
    let since = [".", "--since", "HEAD", "--output-format", "json"];
    let update = [".", "--since", "HEAD", "--update-baseline"];
    // Nothing changed, and then the file that repeats the other one's entries did.
    assert_eq!(repo.run(&update).code, 0);
    assert_eq!(repo.read("ci/k.json"), known);
    let text = repo
        .read("33.03/b.json")
        .replace("\"Ajibarng\"", "\"Ajibarang\"");
    repo.write("33.03/b.json", &text);
    let report: Value = serde_json::from_str(&repo.run(&since).text).unwrap();
    assert_eq!(report["policy"]["baseline"]["solved"], 1);
    assert_eq!(report["policy"]["findings"], json!([]));
    assert_eq!(repo.run(&update).code, 0);
    let left: Vec<&str> = known
        .lines()
        .filter(|line| !repo.read("ci/k.json").contains(line.trim_end_matches(',')))
        .collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(
        left[0].contains("33.03/b.json") && left[0].contains("W002"),
        "{left:?}"
    );
    assert_eq!(repo.run(&["."]).code, 0);
    // One file alone, likewise.
    let now = repo.read("ci/k.json");
    assert_eq!(repo.run(&["33.03/b.json", "--update-baseline"]).code, 0);
    assert_eq!(repo.read("ci/k.json"), now);
}

#[test]
fn a_rule_that_is_off_takes_nothing_out_of_the_baseline() {
    let repo = Repo::banyumas();
    let args = ["33.02", "--baseline", "k.json"];
    repo.run(&[&args[..], &["--update-baseline"]].concat());
    let known = repo.read("k.json");
    repo.write("koplint.toml", "ignore = [\"R\"]\n");
    let report = repo.json(&args);
    assert_eq!(report["policy"]["baseline"]["solved"], 0);
    repo.run(&[&args[..], &["--update-baseline"]].concat());
    assert_eq!(repo.read("k.json"), known);
}
