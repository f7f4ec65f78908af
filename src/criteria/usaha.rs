//! `usaha`: business activity that serves members, in the window.

use super::{Evidence, Judgement};
use crate::entry::Kegiatan;
use crate::finding::Where;

pub(super) fn judge(evidence: &Evidence<'_>) -> Judgement {
    let entry = evidence.entry;
    let list = evidence.place(entry.kegiatan_usaha, "kegiatan_usaha");
    if entry.kegiatan_usaha.value().is_none() {
        return Judgement::unproven("U001", list.clone(), list);
    }
    let Some(calendar) = evidence.calendar else {
        return Judgement::unproven("U001", list, Where::All);
    };
    let (first, last) = calendar.activity;
    let inside = |year: i32| (first..=last).contains(&year);
    let sound = |item: &&Kegiatan| !item.refused && item.tahun_buku.value().is_some_and(inside);
    let serving = |item: &&Kegiatan| item.melayani_anggota.value() == Some(true);
    let needed = evidence.definition.activities;
    let met = entry
        .activities
        .iter()
        .filter(sound)
        .filter(serving)
        .count();
    if met >= needed {
        return Judgement::met(list);
    }
    let idle = entry.activities.iter().find(sound);
    let (code, at) = match idle {
        Some(item) => {
            let serves = item.melayani_anggota.at().unwrap_or(item.at);
            ("U002", Where::Node(serves))
        }
        None => ("U001", list.clone()),
    };
    // What would serve if its fault were taken away: a sound part stays as it is.
    let might = |item: &&Kegiatan| {
        item.refused && item.tahun_buku.may_be(inside) && item.melayani_anggota.may_be(|yes| yes)
    };
    let maybe: Vec<&Kegiatan> = entry.activities.iter().filter(might).collect();
    let years = &evidence.doc.tape().kegiatan_years;
    let unknown = |year: &i32| {
        let told = |item: &Kegiatan| item.tahun_buku.value() == Some(*year);
        years.open && !years.none.contains(year) && !entry.activities.iter().any(told)
    };
    let blank = (first..=last).filter(unknown).count();
    if met + maybe.len() + blank < needed {
        return Judgement::failed(code, at);
    }
    let because = maybe.first().map_or(list, |item| Where::Node(item.at));
    Judgement::unproven(code, at, because)
}
