//! The same submissions under two definitions.

use koplint::Options;
use koplint::compare::render::Format;
use koplint::compare::{Cause, Comparison};
use koplint::criteria::Criterion;
use koplint::definition::{DEFAULT, Definition};
use koplint::lang::Lang;
use proptest::prelude::*;
use serde_json::Value;

use crate::compare_faces::koplint;
use crate::compare_laws::{check, document, law, mutated, rendered, with_evidence};

/// The built-in definition with something else in it.
fn definition(swaps: &[(&str, &str)]) -> String {
    let mut text = DEFAULT.to_owned();
    for (from, to) in swaps {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

const STRICTER: [(&str, &str); 2] = [
    ("\"hibah_barang\",", ""),
    ("\"versi\": \"1.0\"", "\"versi\": \"2.0\""),
];
const LOOSER: [(&str, &str); 2] = [
    ("\"tahun_berturut_turut\": 3", "\"tahun_berturut_turut\": 1"),
    (
        "\"hibah_uang\",",
        "\"hibah_uang\", \"pinjaman_dana_bergulir\",",
    ),
];

fn impact(documents: &[&Value], definition: &str, lang: Lang) -> Comparison {
    let old = with_evidence(lang);
    let new = Options {
        definition: Definition::read(definition.as_bytes()).unwrap(),
        definition_source: "baru.json".to_owned(),
        ..old.clone()
    };
    let reports = [check(documents, &old), check(documents, &new)];
    let counts = [0, 1].map(|side| i64::try_from(reports[side].total.books.verified).unwrap());
    let definitions = [&old.definition, &new.definition];
    let own = koplint::compare::impact(definitions, reports).unwrap();
    law(&own, counts);
    own
}

#[test]
fn a_stricter_definition_shows_who_leaves() {
    let document = document();
    let own = impact(&[&document], &definition(&STRICTER), Lang::Id);
    let names: Vec<&str> = own.parameters.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["bantuan.bentuk_diterima", "versi"]);
    assert!(own.effect() < 0);
    let [sum] = &own.causes[..] else {
        panic!("{:?}", own.causes);
    };
    assert_eq!(
        sum.cause,
        Cause::Criterion(Criterion::Bantuan, "B006", false)
    );
    let text = rendered(Format::Text, &own);
    assert!(
        text.contains("versi: 1.0 → 2.0") && text.contains("Keluar dari hitungan"),
        "{text}"
    );
    let own = impact(&[&document], &definition(&STRICTER), Lang::En);
    let text = rendered(Format::Text, &own);
    assert!(text.contains("Impact of a new definition") && text.contains("Left the count"));
}

#[test]
fn a_looser_definition_shows_who_enters() {
    let mut document = document();
    document["koperasi"][0]["rat"]
        .as_array_mut()
        .unwrap()
        .remove(0);
    let own = impact(&[&document], &definition(&LOOSER), Lang::En);
    let first = &own.changes[0];
    assert_eq!(first.effect, 1);
    assert_eq!(first.who[1].as_ref().unwrap().entry, 1);
    assert_eq!(
        first.cause,
        Some(Cause::Criterion(Criterion::Rat, "R001", false))
    );
}

#[test]
fn the_same_definition_changes_nothing() {
    let document = document();
    let own = impact(&[&document, &document], DEFAULT, Lang::Id);
    assert!(own.is_same() && own.parameters.is_empty());
}

#[test]
fn another_file_in_the_second_run_is_refused() {
    let options = with_evidence(Lang::En);
    let old = document();
    let mut new = old.clone();
    new["jumlah_dilaporkan"] = 99.into();
    let reports = [check(&[&old], &options), check(&[&new], &options)];
    let same = &options.definition;
    let error = koplint::compare::impact([same, same], reports).unwrap_err();
    assert!(error.contains("changed while it was read"), "{error}");
}

#[test]
fn the_command() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mut own = document();
    own["koperasi"][0]["nama_koperasi"] = "<script>x</script>".into();
    std::fs::write(path.join("a.json"), own.to_string()).unwrap();
    std::fs::create_dir(path.join("d")).unwrap();
    std::fs::write(path.join("d/baru.json"), definition(&STRICTER)).unwrap();
    let args = ["impact", "--isolated", "--definition", "d/baru.json"];
    let run = |more: &[&str]| koplint(&[&args[..], more].concat(), path);
    let output = run(&[
        "a.json",
        "--output-format",
        "json",
        "--output-format",
        "html:x.html",
    ]);
    assert_eq!(output.status.code(), Some(0));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&json["kind"], &json["schema_version"]),
        (&"impact".into(), &1.into())
    );
    assert_eq!(json["definition"][0]["name"], "bantuan.bentuk_diterima");
    let html = std::fs::read_to_string(path.join("x.html")).unwrap();
    assert!(!html.contains("<script") && html.contains("bantuan.bentuk_diterima"));
    // Against itself nothing changes, and a folder's definition is no submission.
    let output = run(&["--against", "d/baru.json", "a.json", "d", "--lang", "en"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("Nothing changed."));
    assert_eq!(
        run(&["a.json", "--against", "hilang.json"]).status.code(),
        Some(2)
    );
    assert_eq!(run(&["a.json", "hilang.json"]).status.code(), Some(3));
    assert_eq!(run(&["-"]).status.code(), Some(2));
    assert_eq!(
        run(&["a.json", "--output-format", "text:d/baru.json"])
            .status
            .code(),
        Some(2)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_change_is_the_sum_of_what_is_shown(one in mutated(), other in mutated()) {
        // Only what has one cut-off adds up.
        let mut one = one;
        one["tanggal_acuan"] = other["tanggal_acuan"].clone();
        for swaps in [STRICTER, LOOSER] {
            let own = impact(&[&one, &other], &definition(&swaps), Lang::Id);
            prop_assert!(own.candidates.is_empty());
        }
    }
}
