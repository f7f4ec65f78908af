//! The law of comparisons, on submissions that were edited at random; and what their tests share.

use std::sync::LazyLock;

use koplint::Options;
use koplint::compare::Comparison;
use koplint::compare::render::{self, Format};
use koplint::lang::Lang;
use koplint::read::open::Input;
use koplint::report::Report;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{options, root};

pub fn document() -> Value {
    let file = root().join("fixtures/banyumas.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// How a comparison checks.
pub fn with_evidence(lang: Lang) -> Options {
    Options {
        keep_all: false,
        excerpts: false,
        evidence: true,
        ..options(lang)
    }
}

pub fn check(documents: &[&Value], options: &Options) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let inputs = documents.iter().enumerate().map(|(at, document)| {
        let name = format!("uji-{at}.json");
        let path = folder.path().join(&name);
        std::fs::write(&path, document.to_string()).unwrap();
        Input {
            name,
            path: Some(path),
        }
    });
    koplint::check(&inputs.collect::<Vec<_>>(), options).unwrap()
}

pub fn compared(old: &[&Value], new: &[&Value], options: &Options) -> Comparison {
    let reports = [check(old, options), check(new, options)];
    let counts = [0, 1].map(|side| i64::try_from(reports[side].total.books.verified).unwrap());
    let own = koplint::compare::compare(["lama".into(), "baru".into()], reports);
    law(&own, counts);
    own
}

/// The change of the count is the sum of the changes, of the causes, and of the rows.
pub fn law(own: &Comparison, [old, new]: [i64; 2]) {
    let changes: i64 = own.changes.iter().map(|one| one.effect).sum();
    let causes: i64 = own.causes.iter().map(|one| one.effect).sum();
    let signed = |n: u64| i64::try_from(n).unwrap();
    let rows: i64 = own
        .rows
        .iter()
        .map(|row| signed(row.entered) - signed(row.left))
        .sum();
    assert_eq!((changes, causes, rows), (new - old, new - old, new - old));
    for side in [0, 1] {
        let counted: u64 = own.rows.iter().map(|row| row.counted[side]).sum();
        assert_eq!(signed(counted), [old, new][side]);
    }
    for one in &own.changes {
        assert_eq!(one.effect != 0, one.cause.is_some());
    }
    assert!(own.closes());
    let json = serde_json::from_str(&rendered(Format::Json, own)).unwrap();
    if let Some(error) = VALIDATOR.iter_errors(&json).next() {
        panic!("{}: {error}", error.instance_path());
    }
}

pub fn rendered(format: Format, own: &Comparison) -> String {
    let mut out = Vec::new();
    render::write(format, own, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = serde_json::from_str(render::SCHEMA).unwrap();
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
});

/// What may happen to a submission.
#[derive(Clone, Debug)]
enum Step {
    Drop,
    Add(u16),
    Rename,
    Renumber(u16),
    Respell,
    NoNumber,
    NoNik,
    NoRat,
    RatDay,
    Aid,
    Twice,
    Swap,
    CutOff,
}

fn apply(document: &mut Value, step: &Step, at: usize) {
    if matches!(step, Step::CutOff) {
        document["tanggal_acuan"] = "2026-07-31".into();
        return;
    }
    let all = document["koperasi"].as_array_mut().unwrap();
    if all.is_empty() {
        return;
    }
    let at = at % all.len();
    let one = &mut all[at];
    match step {
        Step::Drop => drop(all.remove(at)),
        Step::Add(number) => {
            let mut other = one.clone();
            other["nomor_badan_hukum"] = format!("{number}/BH/2003").into();
            all.push(other);
        }
        Step::Rename => one["nama_koperasi"] = "Koperasi Produsen Lain".into(),
        Step::Renumber(number) => one["nomor_badan_hukum"] = format!("{number}/BH/2003").into(),
        Step::Respell => {
            let number = one["nomor_badan_hukum"].as_str().unwrap_or_default();
            one["nomor_badan_hukum"] = number.to_lowercase().into();
        }
        Step::NoNumber => one["nomor_badan_hukum"] = Value::Null,
        Step::NoNik => one["nik_koperasi"] = Value::Null,
        Step::NoRat => one["rat"] = json!([]),
        Step::RatDay => one["rat"] = json!([{"tahun_buku": 2022, "tanggal": "2023-05-05"}]),
        Step::Aid => one["bantuan_pemerintah"] = json!([]),
        Step::Twice => {
            let other = one.clone();
            all.insert(0, other);
        }
        Step::Swap => all.reverse(),
        Step::CutOff => {}
    }
}

fn steps() -> impl Strategy<Value = Vec<(Step, usize)>> {
    let step = prop_oneof![
        Just(Step::Drop),
        (0..4_u16).prop_map(Step::Add),
        Just(Step::Rename),
        (0..4_u16).prop_map(Step::Renumber),
        Just(Step::Respell),
        Just(Step::NoNumber),
        Just(Step::NoNik),
        Just(Step::NoRat),
        Just(Step::RatDay),
        Just(Step::Aid),
        Just(Step::Twice),
        Just(Step::Swap),
        Just(Step::CutOff),
    ];
    prop::collection::vec((step, 0..20_usize), 0..8)
}

pub fn mutated() -> impl Strategy<Value = Value> {
    steps().prop_map(|steps| {
        let mut document = document();
        for (step, at) in &steps {
            apply(&mut document, step, *at);
        }
        document
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_change_is_the_sum_of_what_is_shown(old in mutated(), new in mutated()) {
        let options = with_evidence(Lang::Id);
        compared(&[&old], &[&new], &options);
        // Only what has one cut-off adds up.
        let mut old = old;
        old["tanggal_acuan"] = new["tanggal_acuan"].clone();
        compared(&[&old, &new], &[&new], &options);
        let own = compared(&[&new, &old], &[&new, &old], &options);
        prop_assert!(own.changes.is_empty() && own.causes.is_empty(), "{:#?}", own.changes);
        prop_assert!(own.candidates.is_empty(), "{:#?}", own.candidates);
    }
}
