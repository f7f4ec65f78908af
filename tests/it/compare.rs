//! Two submissions side by side.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

use koplint::Options;
use koplint::compare::render::{self, Format};
use koplint::compare::{By, Cause, Change, Comparison, Said};
use koplint::criteria::Criterion;
use koplint::lang::Lang;
use koplint::mask::Mask;
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

fn compared(old: &[&Value], new: &[&Value], options: &Options) -> Comparison {
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

fn one(edit: impl FnOnce(&mut Value), lang: Lang) -> Comparison {
    let old = document();
    let mut new = old.clone();
    edit(&mut new);
    compared(&[&old], &[&new], &with_evidence(lang))
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

fn only(own: &Comparison) -> &Change {
    let [change] = &own.changes[..] else {
        panic!("{:#?}", own.changes);
    };
    change
}

/// In text, Markdown and HTML; what Markdown escapes aside.
fn says(own: &Comparison, words: &str) {
    for format in [Format::Text, Format::Markdown, Format::Html] {
        let text = rendered(format, own).replace('\\', "");
        assert!(text.contains(words), "{format:?} lacks {words}: {text}");
    }
}

#[test]
fn nothing_changed() {
    let own = one(|_| {}, Lang::Id);
    assert!(own.is_same() && own.complete());
    says(&own, "Tidak ada yang berubah.");
    says(&one(|_| {}, Lang::En), "Nothing changed.");
}

#[test]
fn renamed() {
    let edit = |new: &mut Value| new["koperasi"][0]["nama_koperasi"] = "Koperasi Lain".into();
    let own = one(edit, Lang::Id);
    let change = only(&own);
    assert_eq!((change.effect, change.by), (0, Some(By::Number)));
    assert_eq!(change.said, [Said::Renamed]);
    assert!(change.turns.is_empty());
    says(&own, "berganti nama");
    says(&one(edit, Lang::En), "renamed");
    // Case and punctuation make no other name.
    let own = one(
        |new| new["koperasi"][0]["nama_koperasi"] = "KOPERASI PRODUSEN NIRA-LESTARI".into(),
        Lang::Id,
    );
    assert!(own.changes.is_empty());
}

#[test]
fn a_number_spelt_otherwise() {
    let edit = |new: &mut Value| {
        new["koperasi"][1]["nomor_badan_hukum"] = "518 / bh / xiv.13/05/2016/DKUMKM".into();
    };
    let own = one(edit, Lang::Id);
    assert_eq!(only(&own).said, [Said::Respelt]);
    assert_eq!(only(&own).effect, 0);
    says(&own, "nomor ditulis lain");
    says(&one(edit, Lang::En), "number spelt otherwise");
}

#[test]
fn renumbered() {
    let edit = |new: &mut Value| {
        new["koperasi"][0]["nomor_badan_hukum"] = "AHU-0099999.AH.01.26.TAHUN 2019".into();
    };
    let own = one(edit, Lang::Id);
    let change = only(&own);
    assert_eq!((change.effect, change.by), (0, Some(By::Nik)));
    assert_eq!(change.said, [Said::Renumbered]);
    says(&own, "berganti nomor, NIK sama");
    says(&one(edit, Lang::En), "renumbered, same NIK");
}

#[test]
fn a_nik_that_two_have_says_nothing() {
    let own = one(
        |new| {
            new["koperasi"][0]["nomor_badan_hukum"] = "AHU-0099999.AH.01.26.TAHUN 2019".into();
            let nik = new["koperasi"][0]["nik_koperasi"].clone();
            new["koperasi"][1]["nik_koperasi"] = nik;
        },
        Lang::Id,
    );
    let effects: Vec<i64> = own.changes.iter().map(|one| one.effect).collect();
    assert_eq!(effects, [1, 0, -1]);
    assert_eq!(own.candidates.len(), 1);
}

#[test]
fn a_candidate_is_named_and_never_merged() {
    let edit = |new: &mut Value| {
        let own = &mut new["koperasi"][0];
        own["nomor_badan_hukum"] = "AHU-0099999.AH.01.26.TAHUN 2019".into();
        own["nik_koperasi"] = Value::Null;
        own["nama_koperasi"] = "Kop. Produsen Nira Lestary".into();
    };
    let own = one(edit, Lang::Id);
    let effects: Vec<i64> = own.changes.iter().map(|one| one.effect).collect();
    assert_eq!(effects, [1, -1]);
    let [candidate] = &own.candidates[..] else {
        panic!("{:?}", own.candidates);
    };
    assert_eq!((candidate.old.entry, candidate.new.entry), (1, 1));
    assert!(!candidate.same_name);
    says(&own, "nama mirip, kecamatan sama");
    says(&one(edit, Lang::En), "similar name, same kecamatan");
    // In another kecamatan it is none.
    let own = one(
        |new| {
            edit(new);
            new["koperasi"][0]["kecamatan"] = "Sumbang".into();
        },
        Lang::Id,
    );
    assert!(own.candidates.is_empty());
}

#[test]
fn entered_and_left() {
    let edit = |new: &mut Value| {
        let all = new["koperasi"].as_array_mut().unwrap();
        let mut other = all[1].clone();
        other["nomor_badan_hukum"] = "77/BH/2003".into();
        other["nik_koperasi"] = "3302010020077".into();
        other["nama_koperasi"] = "Koperasi Produsen Kelapa Parut".into();
        all.push(other);
        all.remove(0);
    };
    let own = one(edit, Lang::Id);
    let causes: Vec<_> = own
        .causes
        .iter()
        .map(|sum| (sum.cause, sum.effect))
        .collect();
    assert_eq!(causes, [(Cause::Register, 1), (Cause::Register, -1)]);
    assert_eq!(own.changes.len(), 2);
    says(&own, "baru dalam register");
    says(&own, "tidak ada lagi dalam register");
    let own = one(edit, Lang::En);
    says(&own, "new in the register");
    says(&own, "gone from the register");
}

#[test]
fn a_criterion_that_turned_shows_its_evidence() {
    let edit = |new: &mut Value| {
        new["koperasi"][0]["rat"].as_array_mut().unwrap().pop();
    };
    let own = one(edit, Lang::Id);
    let change = only(&own);
    assert_eq!(change.effect, -1);
    assert_eq!(
        change.cause,
        Some(Cause::Criterion(Criterion::Rat, "R001", false))
    );
    let [turn] = &change.turns[..] else {
        panic!("{:?}", change.turns);
    };
    assert_eq!(turn.gone, ["2024: 2025-04-05"]);
    assert_eq!(turn.kept, ["2022: 2023-02-15", "2023: 2024-03-20"]);
    says(&own, "RAT: terpenuhi → tidak terpenuhi (R001)");
    says(&own, "2024: 2025-04-05");
    says(&one(edit, Lang::En), "RAT: met → not met (R001)");
    // And back: it entered, by the same criterion.
    let old = document();
    let mut new = old.clone();
    edit(&mut new);
    let back = compared(&[&new], &[&old], &with_evidence(Lang::En));
    assert_eq!(only(&back).effect, 1);
    says(&back, "met now, not met before (R001");
}

#[test]
fn evidence_that_changed_without_changing_the_count() {
    let edit = |new: &mut Value| new["koperasi"][0]["rat"][0]["tanggal"] = "2023-03-03".into();
    let own = one(edit, Lang::Id);
    let change = only(&own);
    assert_eq!((change.effect, change.turns.len()), (0, 1));
    assert_eq!(change.turns[0].gone, ["2022: 2023-02-15"]);
    assert_eq!(change.turns[0].come, ["2022: 2023-03-03"]);
    assert!(own.causes.is_empty());
    says(&own, "Berubah tanpa mengubah hitungan");
    says(&one(edit, Lang::En), "Changed without changing the count");
}

#[test]
fn a_poorer_listing_in_front_is_the_cause() {
    let own = one(
        |new| {
            let all = new["koperasi"].as_array_mut().unwrap();
            let mut poor = all[0].clone();
            poor["rat"] = json!([]);
            all.insert(0, poor);
        },
        Lang::En,
    );
    let change = only(&own);
    assert_eq!((change.effect, change.cause), (-1, Some(Cause::Listing)));
    assert!(change.said.contains(&Said::Listed));
    says(&own, "a poorer listing stands for it now");
    // A listing that stood behind before, and does now, is no cause.
    let mut old = document();
    let all = old["koperasi"].as_array_mut().unwrap();
    let mut behind = all[0].clone();
    behind["rat"][0]["tanggal"] = "2023-03-03".into();
    all.push(behind);
    let mut new = old.clone();
    new["koperasi"][0]["rat"].as_array_mut().unwrap().pop();
    let own = compared(&[&old], &[&new], &with_evidence(Lang::En));
    let rat = Cause::Criterion(Criterion::Rat, "R001", false);
    assert_eq!(only(&own).cause, Some(rat));
}

#[test]
fn the_header_is_held_side_by_side() {
    let own = one(
        |new| {
            new["tanggal_acuan"] = "2026-01-31".into();
            new["jumlah_dilaporkan"] = 13.into();
        },
        Lang::Id,
    );
    let names: Vec<&str> = own.rows[0]
        .header
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["jumlah_dilaporkan", "tanggal_acuan"]);
    says(&own, "2026-01-31");
}

#[test]
fn entries_without_identity_are_said_and_never_matched() {
    let edit = |document: &mut Value| {
        let own = &mut document["koperasi"][0];
        own["nomor_badan_hukum"] = "belum ada".into();
        own["nik_koperasi"] = Value::Null;
    };
    let mut old = document();
    edit(&mut old);
    let own = compared(&[&old], &[&old], &with_evidence(Lang::Id));
    assert!(own.is_same() && own.candidates.is_empty());
    assert_eq!(own.unidentified, [1, 1]);
    says(&own, "tanpa nomor badan hukum");
    // Against one that has its number again, it is a candidate.
    let own = compared(&[&old], &[&document()], &with_evidence(Lang::Id));
    assert_eq!((own.effect(), own.candidates.len()), (1, 1));
    assert!(own.candidates[0].same_name);
}

#[test]
fn a_folder_is_matched_by_region() {
    let other = |document: &mut Value| {
        document["kode_wilayah"] = "33.03".into();
        document["nama_wilayah"] = "Kabupaten Purbalingga".into();
        for (at, own) in document["koperasi"]
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .enumerate()
        {
            own["nomor_badan_hukum"] = format!("{at}/BH/2001").into();
            own["nik_koperasi"] = Value::Null;
        }
    };
    let first = document();
    let mut second = first.clone();
    other(&mut second);
    // Given the other way round.
    let own = compared(
        &[&first, &second],
        &[&second, &first],
        &with_evidence(Lang::En),
    );
    assert!(own.is_same(), "{own:#?}");
    assert_eq!(own.rows.len(), 2);
    // One that is not there any more takes its entities with it.
    let own = compared(&[&first, &second], &[&second], &with_evidence(Lang::En));
    let causes: Vec<Cause> = own.causes.iter().map(|sum| sum.cause).collect();
    assert_eq!(causes, [Cause::Submission]);
    says(&own, "on the old side only");
    // An entity of both files counts once; it stays counted when one of them drops it.
    let mut twice = second.clone();
    let shared = first["koperasi"][0].clone();
    twice["koperasi"].as_array_mut().unwrap().push(shared);
    let mut less = first.clone();
    less["koperasi"].as_array_mut().unwrap().remove(0);
    let own = compared(
        &[&first, &twice],
        &[&less, &twice],
        &with_evidence(Lang::En),
    );
    assert_eq!(own.effect(), 0);
    assert!(only(&own).said.contains(&Said::Moved));
    let moved: Vec<_> = own.rows.iter().map(|row| (row.entered, row.left)).collect();
    assert_eq!(moved, [(0, 1), (1, 0)]);
}

const HOSTILE: &str = "<script>x</script> | `a` [b](http://c) \u{1b}[31m\u{202e}::error::@tim";

#[test]
fn nothing_of_the_data_is_markup() {
    let own = one(
        |new| {
            new["produsen_data"] = HOSTILE.into();
            let own = &mut new["koperasi"][0];
            own["nama_koperasi"] = HOSTILE.into();
            own["kecamatan"] = HOSTILE.into();
            own["kegiatan_usaha"][0]["uraian"] = HOSTILE.into();
            own["bantuan_pemerintah"][0]["pemberi"] = HOSTILE.into();
        },
        Lang::Id,
    );
    let html = rendered(Format::Html, &own);
    assert!(!html.contains("<script"));
    assert!(html.contains("default-src &#39;none&#39;; style-src &#39;sha256-"));
    let markdown = rendered(Format::Markdown, &own);
    assert!(
        !markdown.contains("<script") && !markdown.contains("[b]("),
        "{markdown}"
    );
    for format in [Format::Text, Format::Markdown, Format::Html, Format::Json] {
        let text = rendered(format, &own);
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{format:?}");
    }
    assert!(!rendered(Format::Text, &own).contains("::error"));
}

#[test]
fn what_is_personal_is_hidden() {
    let edit = |new: &mut Value| {
        let own = &mut new["koperasi"][0];
        own["nama_koperasi"] = "Koperasi Budi 3302011502999999".into();
        own["kegiatan_usaha"][0]["uraian"] = "hubungi 0812-3456-7890".into();
    };
    let own = one(edit, Lang::Id);
    let old = document();
    let mut new = old.clone();
    edit(&mut new);
    let strict = Options {
        mask: Mask::Strict,
        ..with_evidence(Lang::Id)
    };
    let strict = compared(&[&old], &[&new], &strict);
    assert_eq!(only(&strict).said, [Said::Renamed]);
    for format in [Format::Text, Format::Markdown, Format::Html, Format::Json] {
        let text = rendered(format, &own);
        assert!(
            !text.contains("3302011502999999") && !text.contains("3456-7890"),
            "{format:?}"
        );
        let text = rendered(format, &strict);
        for name in ["Nira", "Budi", "hubungi", "0090011", "3302010020011"] {
            assert!(!text.contains(name), "{format:?} {name}");
        }
    }
}

#[test]
fn json_has_a_version_and_the_law() {
    let own = one(|new| new["koperasi"][0]["rat"] = json!([]), Lang::En);
    let json: Value = serde_json::from_str(&rendered(Format::Json, &own)).unwrap();
    assert_eq!(
        (&json["schema_version"], &json["kind"]),
        (&json!(1), &json!("compare"))
    );
    assert_eq!(json["verified"]["effect"], -1);
    assert_eq!(json["causes"][0]["criterion"], "rat");
    assert_eq!(json["changes"][0]["cause"]["code"], "R001");
}

pub fn koplint(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_koplint"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mut new = document();
    std::fs::write(path.join("a.json"), new.to_string()).unwrap();
    new["koperasi"].as_array_mut().unwrap().remove(0);
    std::fs::write(path.join("b.json"), new.to_string()).unwrap();
    std::fs::write(path.join("c.json"), &new.to_string()[..3_000]).unwrap();
    let code = |args: &[&str]| koplint(args, path).status.code();
    assert_eq!(
        code(&["compare", "--isolated", "a.json", "b.json"]),
        Some(0)
    );
    assert_eq!(
        code(&["compare", "--isolated", "a.json", "a.json"]),
        Some(0)
    );
    assert_eq!(code(&["compare", "--isolated", "a.json"]), Some(2));
    assert_eq!(code(&["compare", "--isolated", "a.json", "-"]), Some(2));
    let onto = [
        "compare",
        "--isolated",
        "a.json",
        "b.json",
        "--output-format",
    ];
    assert_eq!(code(&[&onto[..], &["html:a.json"]].concat()), Some(2));
    assert_eq!(code(&[&onto[..], &["sarif"]].concat()), Some(2));
    assert_eq!(code(&[&onto[..], &["html:beda.html"]].concat()), Some(0));
    let html = std::fs::read_to_string(path.join("beda.html")).unwrap();
    assert!(html.starts_with("<!doctype html>") && html.ends_with("</html>"));
    for other in ["c.json", "hilang.json"] {
        let output = koplint(&["compare", "--isolated", "a.json", other], path);
        assert_eq!(output.status.code(), Some(3), "{other}");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains("TIDAK LENGKAP") && text.contains(&format!("baru: {other}: ")));
    }
}

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
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_change_is_the_sum_of_what_is_shown(old in mutated(), new in mutated()) {
        let options = with_evidence(Lang::Id);
        compared(&[&old], &[&new], &options);
        compared(&[&old, &new], &[&new], &options);
        let own = compared(&[&new, &old], &[&new, &old], &options);
        prop_assert!(own.changes.is_empty() && own.causes.is_empty(), "{:#?}", own.changes);
        prop_assert!(own.candidates.is_empty(), "{:#?}", own.candidates);
    }
}
