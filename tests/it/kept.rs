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

#[test]
fn readme_table() {
    const BEGIN: &str = "<!-- rules: made by `cargo test` -->\n";
    const END: &str = "<!-- end of rules -->";
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = readme.split_once(BEGIN).expect("the table's beginning");
    let (_, tail) = rest.split_once(END).expect("the table's end");
    kept(
        &path,
        &format!("{head}{BEGIN}{}{END}{tail}", explain::table()),
    );
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
