//! What is made from the rules is fresh: rule pages, README, schemas. Run with `KEEP=1` to make it
//! anew.

use std::path::Path;

use koplint::rules::{self, explain};

use crate::support::{check, json, root};

fn kept(path: &Path, wanted: &str) {
    if std::env::var_os("KEEP").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, wanted).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    let name = path.display();
    assert!(
        found == wanted,
        "{name} is stale: run `KEEP=1 cargo test kept`"
    );
}

#[test]
fn rule_pages() {
    let folder = root().join("docs/rules");
    for rule in rules::all() {
        kept(
            &folder.join(format!("{}.md", rule.code)),
            &explain::page(rule),
        );
    }
    for page in std::fs::read_dir(&folder).unwrap() {
        let name = page.unwrap().file_name().to_string_lossy().into_owned();
        let code = name.trim_end_matches(".md");
        assert!(rules::find(code).is_some(), "{name} is the page of no rule");
    }
}

/// A part of the README, between two marks.
fn readme(name: &str, wanted: &str) {
    let begin = format!("<!-- {name}: made by `cargo test` -->\n");
    let end = format!("<!-- end of {name} -->");
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = readme.split_once(&begin).expect("the part's beginning");
    let (_, tail) = rest.split_once(&end).expect("the part's end");
    kept(&path, &format!("{head}{begin}{wanted}{end}{tail}"));
}

/// One test, so that no two write the README at a time.
#[test]
fn readme_table_and_picture() {
    readme("rules", &explain::table());
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_koplint"))
        .args(["check", "--isolated", "--today", "2026-11-23"])
        .args(["--max-diagnostics", "1", "--width", "96"])
        .arg("fixtures/banyumas.json")
        .current_dir(root())
        .output()
        .unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    readme("picture", &format!("```text\n{}\n```\n", shown.trim_end()));
}

/// What a command prints, as a picture in the office's guide.
fn drawn(name: &str, folder: &Path, command: &str) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_koplint"))
        .args(command.split(' ').skip(1))
        .args(["--color", "always"])
        .env("KOPLINT_TODAY", "2026-01-20")
        .current_dir(folder)
        .output()
        .unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(!shown.is_empty(), "{command}");
    let picture = anstyle_svg::Term::new().render_svg(&format!("$ {command}\n{shown}"));
    kept(&root().join("docs/gambar").join(name), &picture);
}

/// The way of the guide, step by step.
#[test]
fn pictures_of_the_guide() {
    let folder = tempfile::tempdir().unwrap();
    for (from, to) in [
        ("formats/lembar.xlsx", "register.xlsx"),
        ("workbooks/untidy.xlsx", "kurang-rapi.xlsx"),
    ] {
        let from = root().join("fixtures").join(from);
        std::fs::copy(from, folder.path().join(to)).unwrap();
    }
    let draw = |name, command| drawn(name, folder.path(), command);
    draw(
        "periksa.svg",
        "koplint check register.xlsx --max-diagnostics 2 --width 92",
    );
    draw("perbaiki.svg", "koplint fix --diff kurang-rapi.xlsx");
}

#[test]
fn every_rule_can_be_explained_with_an_example() {
    for rule in rules::all() {
        for lang in [koplint::lang::Lang::Id, koplint::lang::Lang::En] {
            let text = explain::rule(rule.code, lang).unwrap();
            assert!(text.contains(rule.slug));
        }
        let (bad, good) = explain::examples(rule).expect(rule.slug);
        assert_ne!(bad, good, "{}", rule.slug);
    }
}

#[test]
fn reports_are_as_their_schema_says() {
    let schema = serde_json::from_str(koplint::render::json::SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for file in [
        "fixtures/banyumas.json",
        "fixtures/formats/sama.csv",
        "fixtures/rules/syntax-error/bad.json",
    ] {
        let report = json(&check(&root().join(file)));
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{file}: {errors:#?}");
    }
}

#[test]
fn the_definition_is_as_its_schema_says_and_schemas_are_schemas() {
    use koplint::{definition, schema};
    for text in [
        schema::SUBMISSION,
        definition::SCHEMA,
        koplint::render::json::SCHEMA,
    ] {
        let schema = serde_json::from_str(text).unwrap();
        assert!(jsonschema::meta::is_valid(&schema));
    }
    let schema = serde_json::from_str(definition::SCHEMA).unwrap();
    let value = serde_json::from_str(definition::DEFAULT).unwrap();
    assert!(
        jsonschema::draft202012::new(&schema)
            .unwrap()
            .is_valid(&value)
    );
}
