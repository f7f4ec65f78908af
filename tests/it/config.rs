//! Settings: what they may say, which comes first, and that the schema and the parser agree.

use std::collections::BTreeSet;
use std::path::Path;

use koplint::config::{Config, SCHEMA};
use koplint::lang::Lang;
use serde_json::{Value, json};

use crate::repo::Repo;
use crate::support::root;

fn read(text: &str) -> Result<Config, String> {
    let repo = Repo::new();
    repo.write("koplint.toml", text);
    Config::read(&repo.path("koplint.toml"), Some(Lang::En))
}

/// The names that the parser takes, from its words on a name that it does not.
fn taken(text: &str) -> BTreeSet<String> {
    let error = read(text).unwrap_err();
    let (_, list) = error.split_once("(there are: ").expect(&error);
    let list = list.trim_end_matches(')').split(", ");
    list.map(str::to_owned).collect()
}

fn names(properties: &Value) -> BTreeSet<String> {
    properties.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn the_schema_names_what_the_parser_takes() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let own = &schema["properties"];
    assert_eq!(taken("zzz = 1\n"), names(own));
    for table in ["per-path", "header"] {
        let items = &own[table]["items"];
        let text = format!("[[{table}]]\npaths = [\"a\"]\nzzz = 1\n");
        assert_eq!(taken(&text), names(&items["properties"]), "{table}");
        assert_eq!(items["required"], json!(["paths"]));
        assert!(
            read(&format!("[[{table}]]\n"))
                .unwrap_err()
                .contains("`paths` is required")
        );
    }
    let list = |value: &Value| -> BTreeSet<String> {
        let all = value.as_array().unwrap().iter();
        all.map(|one| one.as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(taken("lang = \"zzz\"\n"), list(&own["lang"]["enum"]));
    assert_eq!(taken("fail-on = \"zzz\"\n"), list(&own["fail-on"]["enum"]));
    let levels = &schema["$defs"]["levels"]["additionalProperties"]["enum"];
    assert_eq!(taken("levels = { R = \"zzz\" }\n"), list(levels));
}

/// TOML as JSON: a date is its text.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::Table(table) => {
            let members = table
                .into_iter()
                .map(|(name, value)| (name, as_json(value)));
            Value::Object(members.collect())
        }
        toml::Value::Array(list) => list.into_iter().map(as_json).collect(),
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(yes) => yes.into(),
    }
}

#[test]
fn the_schema_and_the_parser_agree() {
    let schema = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let both = |text: &str| {
        let table: toml::Table = toml::from_str(text).unwrap();
        let by_schema = validator.is_valid(&as_json(toml::Value::Table(table)));
        let by_parser = read(text);
        assert_eq!(by_schema, by_parser.is_ok(), "{text}: {by_parser:?}");
        by_schema
    };
    let docs = std::fs::read_to_string(root().join("docs/configuration.md")).unwrap();
    let mut examples = 0;
    for part in docs.split("```toml\n# koplint.toml\n").skip(1) {
        assert!(both(part.split("```").next().unwrap()));
        examples += 1;
    }
    assert!(examples > 0);
    for good in [
        "",
        "lang = \"en\"\nfail-on = \"never\"\nmax-diagnostics = 0\nthreads = 2",
        "output-format = [\"concise\", \"json:out/a.json\"]",
        "select = [\"R001\", \"late-rat\", \"k\"]\nignore = []\nlevels = { r001 = \"off\" }",
        "[[header]]\npaths = [\"a\"]\ntanggal_acuan = 2025-12-31\ntanggal_pengiriman = \"2026-01-20\"",
    ] {
        assert!(both(good), "{good}");
    }
    for bad in [
        "lang = \"jv\"",
        "fail-on = 1",
        "max-diagnostics = -1",
        "threads = \"all\"",
        "output-format = \"json\"",
        "output-format = [\"json:\"]",
        "definition = [\"a\"]",
        "waivers = 1",
        "baseline = true",
        "select = \"R\"",
        "select = [\"R 001\"]",
        "ignore = [1]",
        "levels = { R001 = \"fatal\" }",
        "levels = { \"R 001\" = \"off\" }",
        "levels = [\"R001\"]",
        "[per-path]\npaths = [\"a\"]",
        "[[per-path]]\npaths = []",
        "[[per-path]]\npaths = \"a\"",
        "[[header]]\npaths = [\"a\"]\ntahun_data = \"2025\"",
        "[[header]]\npaths = [\"a\"]\njumlah_dilaporkan = -1",
        "[[header]]\npaths = [\"a\"]\ntanggal_acuan = \"31-12-2025\"",
        "[[header]]\npaths = [\"a\"]\ntanggal_acuan = 2025",
    ] {
        assert!(!both(bad), "{bad}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_the_nearest_name() {
    let repo = Repo::banyumas();
    for (text, said) in [
        (
            "lang = \"en\"\nfail-onn = \"error\"\n",
            "koplint.toml:2:1: `fail-onn` is unknown; did you mean `fail-on`?",
        ),
        (
            "fail-onn = 1\n",
            "koplint.toml:1:1: `fail-onn` tidak dikenal; maksud Anda `fail-on`?",
        ),
        (
            "ignore = [\n  \"R001\",\n  \"late-rta\"]\n",
            "koplint.toml:3:3: aturan `late-rta` tidak ada; maksud Anda `late-rat`?",
        ),
        (
            "[levels]\nF002 = \"off\"\n",
            "koplint.toml:2:1: F002 menyatakan ada yang tidak terbaca",
        ),
        (
            "ignore = [\"over-limit\"]\n",
            "koplint.toml:1:11: F005 menyatakan",
        ),
        (
            "[[per-path]]\npaths = [\"33.{02\"]\n",
            "koplint.toml:2:9: `33.{02`",
        ),
        (
            "output-format = [\"jsn\"]\n",
            "koplint.toml:1:18: `jsn`? `json`?",
        ),
        ("lang = \n", "koplint.toml:1:"),
    ] {
        repo.write("koplint.toml", text);
        let out = repo.run(&["33.02"]);
        assert_eq!(out.code, 2, "{text}: {out:?}");
        assert!(out.errors.contains(said), "{text}: {out:?}");
        assert_eq!(repo.run(&["33.02", "--isolated"]).code, 1);
    }
    // An error is where these rules stand anyway.
    assert!(read("levels = { F002 = \"error\", F = \"off\" }\n").is_ok());
}

#[test]
fn options_then_variables_then_the_file_then_defaults() {
    let repo = Repo::banyumas();
    let shown = |args: &[&str], variables: &[(&str, &str)], line: &str| {
        let out = repo.run_with(&[args, &["--show-settings"]].concat(), variables);
        assert_eq!(out.code, 0, "{out:?}");
        assert!(out.text.lines().any(|own| own == line), "{line}: {out:?}");
    };
    let variable = [("KOPLINT_FAIL_ON", "note")];
    shown(&[], &[], "fail-on = \"error\"  # bawaan");
    repo.write(
        "koplint.toml",
        "fail-on = \"never\"\noutput-format = [\"concise\"]\n",
    );
    shown(&[], &[], "fail-on = \"never\"  # koplint.toml");
    shown(&[], &variable, "fail-on = \"note\"  # variabel lingkungan");
    shown(
        &["--fail-on", "warning"],
        &variable,
        "fail-on = \"warning\"  # opsi",
    );
    shown(&["--isolated"], &[], "fail-on = \"error\"  # bawaan");
    shown(&["--lang", "en"], &[], "lang = \"en\"  # option");
    shown(
        &[],
        &[("KOPLINT_OUTPUT_FORMAT", "json")],
        "output-format = [\"json\"]  # variabel lingkungan",
    );
    repo.write(
        "ci/other.toml",
        "fail-on = \"note\"\nbaseline = \"k.json\"\n",
    );
    shown(
        &["--config", "ci/other.toml"],
        &[],
        "fail-on = \"note\"  # koplint.toml",
    );
    shown(
        &["--config", "ci/other.toml"],
        &[],
        "baseline = \"ci/k.json\"  # koplint.toml",
    );
    shown(
        &[],
        &[("KOPLINT_CONFIG", "ci/other.toml")],
        "fail-on = \"note\"  # koplint.toml",
    );
    let out = repo.run(&["33.02", "--config", "nowhere.toml"]);
    assert_eq!(out.code, 2, "{out:?}");
    // And they hold, not only in words.
    assert_eq!(repo.run(&["33.02"]).code, 0);
    assert_eq!(repo.run_with(&["33.02"], &variable).code, 1);
}

#[test]
fn settings_shown_are_settings_that_say_the_same() {
    let repo = Repo::banyumas();
    repo.write(
        "koplint.toml",
        "lang = \"en\"\nselect = [\"R\", \"K\"]\nignore = [\"R005\"]\nlevels = { K = \"note\" }\n\
         waivers = \"w.toml\"\nbaseline = \"k.json\"\nmax-diagnostics = 3\n\
         [[per-path]]\npaths = [\"33.02\", \"!*.csv\"]\nselect = [\"P\"]\nignore = [\"P007\"]\nlevels = { P001 = \"off\" }\n\
         [[header]]\npaths = [\"*.csv\"]\nkode_wilayah = \"33.02\"\ntahun_data = 2025\ntanggal_acuan = 2025-12-31\n",
    );
    repo.write("w.toml", "");
    let first = repo.run(&["--show-settings"]);
    assert_eq!(first.code, 0, "{first:?}");
    repo.write("koplint.toml", &first.text);
    let again = repo.run(&["--show-settings"]);
    let plain = |text: &str| -> Vec<String> {
        let lines = text
            .lines()
            .map(|line| line.split("  #").next().unwrap().to_owned());
        lines.collect()
    };
    assert_eq!(plain(&first.text), plain(&again.text));
    assert!(first.text.contains("\nR005 = \"off\""), "{}", first.text);
}

#[test]
fn files_shown_with_what_holds_for_them() {
    let repo = Repo::banyumas();
    repo.write("33.03/a.csv", "nama_koperasi\n");
    repo.write("known.json", "{}");
    repo.write(
        "koplint.toml",
        "baseline = \"known.json\"\nlevels = { W = \"off\" }\n[[header]]\npaths = [\"33.03\"]\nkode_wilayah = \"33.03\"\n\
         [[per-path]]\npaths = [\"33.03\"]\nlevels = { R005 = \"error\", W001 = \"warning\" }\n",
    );
    // A baseline that is to be read must be one.
    assert_eq!(repo.run(&[".", "--show-files"]).code, 2);
    std::fs::remove_file(repo.path("known.json")).unwrap();
    let out = repo.run(&[".", "hilang.csv", "--show-files"]);
    assert_eq!(out.code, 0, "{out:?}");
    let lines: Vec<&str> = out.text.lines().collect();
    assert_eq!(lines[0], "./33.02/a.json");
    assert_eq!(lines[1], "./33.03/a.csv");
    assert!(
        lines[2].contains("(koplint.toml): {\"kode_wilayah\":\"33.03\""),
        "{out:?}"
    );
    assert!(lines[2].contains("Kabupaten Purbalingga"), "{out:?}");
    assert_eq!(lines[3], "  aturan: R005 error, W001 warning");
    assert_eq!(lines.last(), Some(&"# 3 berkas"));
}

#[test]
fn a_header_of_the_settings_is_for_those_who_bring_none() {
    let repo = Repo::new();
    let folder = root().join("fixtures/formats");
    let table = std::fs::read_to_string(folder.join("sama.csv")).unwrap();
    let header = std::fs::read_to_string(folder.join("sama.kepala.json")).unwrap();
    repo.write("33.02/a.csv", &table);
    repo.write("33.02/b.csv", &table);
    repo.write("33.02/b.kepala.json", &header);
    repo.write(
        "koplint.toml",
        "[[header]]\npaths = [\"*.csv\"]\nkode_wilayah = \"33.03\"\ntahun_data = 2024\ntanggal_acuan = 2025-12-31\n\
         [[header]]\npaths = [\"33.02/\"]\nkode_wilayah = \"33.02\"\n",
    );
    let args = ["33.02", "--tahun", "2025", "--output-format", "json"];
    let out = repo.run(&args);
    let report: Value = serde_json::from_str(&out.text).unwrap();
    let (a, b) = (&report["submissions"][0], &report["submissions"][1]);
    // The option, the later table, the earlier one.
    assert_eq!(a["header"]["tahun_data"], 2025);
    assert_eq!(a["header"]["kode_wilayah"], "33.02");
    assert_eq!(a["header"]["nama_wilayah"], "Kabupaten Banyumas");
    assert_eq!(a["header"]["tanggal_acuan"], "2025-12-31");
    assert_eq!(a["source"]["header_file"], "(opsi)");
    assert_eq!(b["source"]["header_file"], "33.02/b.kepala.json");
    assert_eq!(a["counts"], b["counts"]);
    assert!(
        out.errors.contains("33.02/b.csv membawa kepala sendiri"),
        "{}",
        out.errors
    );
    let own = repo.json(&["33.02/a.csv"]);
    assert_eq!(
        own["submissions"][0]["source"]["header_file"],
        "(koplint.toml)"
    );
    let missing = own["submissions"][0]["findings"].as_array().unwrap().iter();
    assert!(
        missing
            .clone()
            .any(|f| f["place"]["file"] == "(koplint.toml)")
    );
    assert!(
        missing
            .clone()
            .all(|f| f["place"]["file"] != "(koplint.toml)" || f["place"]["line"].is_null())
    );
}

#[test]
fn the_nearest_file_upwards_holds_and_its_paths_are_its_folders() {
    let repo = Repo::banyumas();
    repo.write(
        "koplint.toml",
        "[[per-path]]\npaths = [\"33.02/a.json\"]\nselect = []\n",
    );
    assert_eq!(repo.run(&["33.02"]).code, 0);
    let inside = |folder: &str, args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_koplint"));
        let command = command.args(args).current_dir(repo.path(folder));
        command.output().unwrap().status.code()
    };
    assert_eq!(inside("33.02", &["check", "a.json"]), Some(0));
    assert_eq!(inside("33.02", &["check", "../33.02/./a.json"]), Some(0));
    let whole = repo.path("33.02/a.json");
    assert_eq!(
        inside("33.02", &["check", whole.to_str().unwrap()]),
        Some(0)
    );
    repo.write("33.02/koplint.toml", "");
    assert_eq!(inside("33.02", &["check", "a.json"]), Some(1));
    assert_eq!(
        inside("33.02", &["check", "a.json", "--config", "../koplint.toml"]),
        Some(0)
    );
}

#[test]
fn outputs_beside_the_settings_and_never_onto_them() {
    let repo = Repo::banyumas();
    repo.write(
        "koplint.toml",
        "output-format = [\"concise\", \"json:laporan.json\"]\nbaseline = \"k.json\"\n",
    );
    repo.run(&["33.02", "--update-baseline"]);
    assert!(repo.path("laporan.json").exists());
    for file in ["k.json", "koplint.toml"] {
        let before = repo.read(file);
        let out = repo.run(&["33.02", "--output-format", &format!("json:{file}")]);
        assert_eq!(out.code, 2, "{out:?}");
        assert_eq!(repo.read(file), before);
    }
    assert!(Path::new(&repo.path("k.json")).exists());
    // The baseline in the folder is no submission.
    std::fs::remove_file(repo.path("laporan.json")).unwrap();
    assert_eq!(repo.run(&["."]).code, 0);
}
