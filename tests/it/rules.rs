//! Each rule is shown where it fires and where it must not.

use std::collections::BTreeSet;
use std::path::PathBuf;

use koplint::lang::Lang;
use koplint::render::OutputFormat;
use koplint::rules;

use crate::support::{all_codes, check, input, options_for, rendered, root};

fn fixture(slug: &str, stem: &str) -> PathBuf {
    let folder = root().join("fixtures/rules").join(slug);
    let found = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|file| file.unwrap().path())
        .find(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            // What has two dots lies beside: a header, waivers, a baseline.
            name.starts_with(stem) && name.matches('.').count() == 1
        });
    found.unwrap_or_else(|| panic!("{slug}: no {stem}"))
}

#[test]
fn codes_and_slugs_are_unique_and_said_in_both_languages() {
    let mut seen = BTreeSet::new();
    for rule in rules::all() {
        assert!(seen.insert(rule.code), "{}", rule.code);
        assert!(seen.insert(rule.slug), "{}", rule.slug);
        for text in [rule.title, rule.why, rule.fix] {
            assert!(!text.id.is_empty() && !text.en.is_empty(), "{}", rule.code);
            assert_ne!(text.id, text.en, "{}", rule.code);
        }
        assert!(!rule.clause.is_empty(), "{}", rule.code);
    }
}

#[test]
fn each_rule_fires_on_its_bad_and_not_on_its_good() {
    for rule in rules::all() {
        for (stem, fires) in [("bad.", true), ("good.", false)] {
            let report = check(&fixture(rule.slug, stem));
            let found = all_codes(&report);
            assert_eq!(
                found.contains(rule.code),
                fires,
                "{} {stem}: {found:?}",
                rule.slug
            );
        }
    }
}

#[test]
fn fixtures_have_the_codes_that_the_standard_gives_them() {
    let folder = root().join("fixtures/rules");
    let expected = std::fs::read_to_string(folder.join("EXPECTED.tsv")).unwrap();
    let mut wrong = Vec::new();
    let mut files = 0;
    for line in expected.lines() {
        let (file, list) = line.split_once('\t').unwrap_or((line, ""));
        let wanted: BTreeSet<&str> = list.split(',').filter(|code| !code.is_empty()).collect();
        let report = check(&folder.join(file));
        let mut found = all_codes(&report);
        // Every table carries the note on how it was read.
        if !wanted.contains("F017") && !file.starts_with("table-form") {
            found.remove("F017");
        }
        if found != wanted {
            wrong.push(format!("{file}: wanted {wanted:?}, found {found:?}"));
        }
        files += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(files, 2 * rules::all().count());
}

#[test]
fn messages_in_both_languages() {
    for rule in rules::all() {
        let path = fixture(rule.slug, "bad.");
        let file = input(&path);
        let mut text = String::new();
        for lang in [Lang::Id, Lang::En] {
            let report =
                koplint::check(std::slice::from_ref(&file), &options_for(&path, lang)).unwrap();
            text += &rendered(OutputFormat::Full, &report);
            text += "\n────────\n";
        }
        insta::with_settings!({snapshot_path => "../snapshots/rules", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(rule.slug, text);
        });
    }
}
