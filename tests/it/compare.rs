//! Two submissions side by side.

use koplint::compare::render::Format;
use koplint::compare::{By, Cause, Change, Comparison, Said};
use koplint::criteria::Criterion;
use koplint::lang::Lang;
use serde_json::{Value, json};

use crate::compare_laws::{compared, document, rendered, with_evidence};

pub fn one(edit: impl FnOnce(&mut Value), lang: Lang) -> Comparison {
    let old = document();
    let mut new = old.clone();
    edit(&mut new);
    compared(&[&old], &[&new], &with_evidence(lang))
}

pub fn only(own: &Comparison) -> &Change {
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
