//! What is wrong with single items of `bantuan_pemerintah`.

use crate::check::EntryCx;
use crate::codes::{Kepemilikan, SumberDana, Tingkat};
use crate::criteria::{AidVoid, Criterion, Stage, Status};
use crate::entry::{Bantuan, Field};
use crate::finding::{Found, Where};
use crate::rule::Level;
use crate::say;
use crate::tape::At;

/// Each assistance with the reason why it proves nothing, if there is one.
fn aids<'a>(cx: &EntryCx<'a>) -> impl Iterator<Item = (&'a Bantuan, Option<AidVoid>)> + use<'a> {
    cx.entry.aids.iter().zip(cx.judged.aid.void.iter().copied())
}

/// The items that are not void.
pub(super) fn sound<'a>(cx: &EntryCx<'a>) -> impl Iterator<Item = &'a Bantuan> + use<'a> {
    aids(cx).filter_map(|(aid, void)| void.is_none().then_some(aid))
}

/// The items that fell because of their giver, with what the void ones are void by.
fn fell_by_giver<'a>(
    cx: &EntryCx<'a>,
) -> impl Iterator<Item = (&'a Bantuan, Option<AidVoid>)> + use<'a> {
    aids(cx)
        .zip(&cx.judged.aid.fell)
        .filter_map(|(item, fell)| (*fell == Some(Stage::Giver)).then_some(item))
}

/// The field that says that the giver is no government.
fn giver_field(aid: &Bantuan, void: Option<AidVoid>) -> At {
    let by_name = void == Some(AidVoid::PrivateGiver);
    let at = if by_name {
        aid.pemberi.at()
    } else {
        aid.tingkat.at()
    };
    at.unwrap_or(aid.at)
}

/// The definition finding where nothing else proves assistance, else a warning on each item.
pub(super) fn giver(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let judgement = cx.judged.of(Criterion::Bantuan);
    if !cx.claimed || judgement.code != "B002" || judgement.status == Status::Terpenuhi {
        giver_warnings(cx, found);
        return;
    }
    let given = super::few(fell_by_giver(cx).map(|(aid, void)| cx.shown(giver_field(aid, void))));
    let message = if judgement.status == Status::TidakTerbukti {
        say!(
            cx.lang,
            id: "Bantuan dari pemerintah tidak dapat dibuktikan: pemberinya \"{given}\"",
            en: "Assistance by a government cannot be proven: the giver is \"{given}\""
        )
    } else {
        say!(
            cx.lang,
            id: "Dihitung, tetapi bantuannya bukan dari pemerintah yang diakui: \"{given}\"",
            en: "Counted, but its assistance is not from an accepted level of government: \"{given}\""
        )
    };
    let draft = found.at(judgement.at.clone(), message);
    draft.subject(given).because(judgement.because.clone());
    for (aid, void) in fell_by_giver(cx) {
        let at = Where::Node(giver_field(aid, void));
        if at != judgement.at {
            let label = say!(cx.lang, id: "juga bukan pemerintah", en: "no government either");
            draft.related(at, label);
        }
    }
}

/// A warning on each item whose giver is known to be no government.
pub fn giver_warnings(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    for (aid, void) in fell_by_giver(cx) {
        let at = giver_field(aid, void);
        let given = cx.shown(at);
        let message = if void == Some(AidVoid::PrivateGiver) {
            let level = aid.tingkat.value().map_or("", Tingkat::code);
            say!(
                cx.lang,
                id: "Pemberi \"{given}\" tampaknya bukan pemerintah, padahal tingkat berisi \"{level}\"",
                en: "The giver \"{given}\" does not look like a government, though the level is \"{level}\""
            )
        } else if aid.tingkat.value() == Some(Tingkat::BukanPemerintah) {
            say!(
                cx.lang,
                id: "Bantuan ini bukan dari pemerintah (tingkat \"{given}\") dan tidak membuktikan apa pun",
                en: "This assistance is not from a government (level \"{given}\") and proves nothing"
            )
        } else {
            continue;
        };
        found
            .at(Where::Node(at), message)
            .subject(given)
            .level(Level::Warning);
    }
}

fn received(cx: &EntryCx<'_>, aid: &Bantuan) -> bool {
    aid.status
        .value()
        .is_some_and(|one| cx.definition.status.contains(&one))
}

fn by_government(aid: &Bantuan) -> bool {
    aid.tingkat
        .value()
        .is_some_and(|one| one != Tingkat::BukanPemerintah)
}

pub(super) fn no_document(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    for aid in sound(cx).filter(|aid| received(cx, aid) && by_government(aid)) {
        let fields = [aid.nomor_dokumen, aid.jenis_dokumen];
        let given = |field: Field<()>| cx.text(field).is_some_and(|text| !text.trim().is_empty());
        if fields.into_iter().any(given) {
            continue;
        }
        let at = fields.into_iter().find_map(Field::at).unwrap_or(aid.at);
        let year = aid.tahun.value().unwrap_or_default();
        let message = say!(
            cx.lang,
            id: "Bantuan tahun {year} tanpa dokumen: `jenis_dokumen` dan `nomor_dokumen` tidak diisi",
            en: "The assistance of {year} has no document: neither `jenis_dokumen` nor `nomor_dokumen` is given"
        );
        found.at(Where::Node(at), message).subject(year.to_string());
    }
}

pub(super) fn level_fund(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    for aid in sound(cx) {
        let (Some(source), Some(level)) = (aid.sumber_dana.value(), aid.tingkat.value()) else {
            continue;
        };
        let expected = match source {
            SumberDana::Apbn => Tingkat::Pusat,
            SumberDana::ApbdProvinsi => Tingkat::Provinsi,
            SumberDana::ApbdKabkota => Tingkat::KabupatenKota,
            SumberDana::Apbdes => Tingkat::Desa,
            SumberDana::Dak | SumberDana::BluLpdb | SumberDana::Lainnya => continue,
        };
        if level == expected {
            continue;
        }
        let (source, level, expected) = (source.code(), level.code(), expected.code());
        let message = say!(
            cx.lang,
            id: "Sumber dana \"{source}\" tidak sejalan dengan tingkat \"{level}\" (semestinya \"{expected}\")",
            en: "The source of funds \"{source}\" disagrees with the level \"{level}\" (expected \"{expected}\")"
        );
        let draft = found.at(Where::Node(aid.sumber_dana.at().unwrap_or(aid.at)), message);
        draft.subject(format!("{source}/{level}"));
        if let Some(at) = aid.tingkat.at() {
            let label = say!(cx.lang, id: "tingkat pemberi", en: "the giver's level");
            draft.related(Where::Node(at), label);
        }
    }
}

pub(super) fn ownership(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let field = cx.entry.kepemilikan;
    let (Some(owned), Some(at)) = (field.value(), field.at()) else {
        return;
    };
    let list = cx.entry.bantuan_pemerintah;
    let (message, label, beside) = match owned {
        Kepemilikan::Mandiri => {
            let Some(aid) = sound(cx).find(|aid| received(cx, aid) && by_government(aid)) else {
                return;
            };
            let year = aid.tahun.value().unwrap_or_default();
            let message = say!(
                cx.lang,
                id: "`kepemilikan` berisi \"mandiri\", tetapi ada bantuan pemerintah yang diterima (tahun {year})",
                en: "`kepemilikan` is \"mandiri\", but government assistance was received (in {year})"
            );
            let label = say!(cx.lang, id: "bantuan yang diterima", en: "received");
            (message, label, aid.at)
        }
        Kepemilikan::Dibantu => {
            let Some(list) = list.value().and(list.at()) else {
                return;
            };
            let accepted = |one| cx.definition.status.contains(&one);
            if cx.entry.aids.iter().any(|aid| aid.status.may_be(accepted)) {
                return;
            }
            let message = say!(
                cx.lang,
                id: "`kepemilikan` berisi \"dibantu_pemerintah\", tetapi tidak ada bantuan yang diterima",
                en: "`kepemilikan` is \"dibantu_pemerintah\", but no assistance was received"
            );
            let label = say!(cx.lang, id: "daftar bantuan", en: "the assistance");
            (message, label, list)
        }
    };
    found
        .at(Where::Node(at), message)
        .subject(owned.code())
        .related(Where::Node(beside), label);
}

pub(super) fn impossible_year(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let founding = cx.entry.tanggal_badan_hukum;
    for (aid, void) in aids(cx) {
        let (Some(AidVoid::ImpossibleYear), Some(year)) = (void, aid.tahun.value()) else {
            continue;
        };
        let last = cx.header.calendar.as_ref().map(|calendar| calendar.aid.1);
        let founded = founding.value().map(|day| i32::from(day.year()));
        let late = last.filter(|last| year > *last);
        let message = if let Some(last) = late {
            say!(
                cx.lang,
                id: "Tahun bantuan {year} setelah tahun tanggal acuan {last}",
                en: "The year of assistance {year} is after the cut-off's year {last}"
            )
        } else {
            let founded = founded.unwrap_or_default();
            say!(
                cx.lang,
                id: "Tahun bantuan {year} sebelum tahun koperasi berdiri {founded}",
                en: "The year of assistance {year} is before the founding year {founded}"
            )
        };
        let draft = found.at(Where::Node(aid.tahun.at().unwrap_or(aid.at)), message);
        match late {
            Some(last) => draft.subject(format!("{year}/{last}")),
            None => draft.subject(format!("{year}/{}", founded.unwrap_or_default())),
        };
        if let (None, Some(at)) = (late, founding.at()) {
            let label = say!(cx.lang, id: "tanggal badan hukum", en: "the legal-entity date");
            draft.related(Where::Node(at), label);
        }
    }
}
