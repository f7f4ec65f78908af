//! What a report carries so that it can be merged.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::codes::{Jenis, Tingkat, Tipe};
use crate::criteria::Status;
use crate::merge::table::{KeyTable, Kind, Line};

use super::standing::AsideView;
use super::view::{LevelsView, each};

pub(super) struct KeysView<'a>(pub(super) &'a KeyTable);

impl Serialize for KeysView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keys = self.0;
        let mut map = serializer.serialize_map(Some(8))?;
        map.serialize_entry("region", &keys.region)?;
        map.serialize_entry("tanggal_acuan", &keys.cutoff.map(|day| day.to_string()))?;
        map.serialize_entry("versi_standar", &keys.version)?;
        map.serialize_entry("pointer", &keys.pointer)?;
        map.serialize_entry(
            "before",
            &BeforeView {
                findings: keys.before.findings,
                groups: keys.before.groups,
                levels: LevelsView::of(keys.before.levels),
                aside: AsideView::of(&keys.before.aside),
            },
        )?;
        map.serialize_entry("sheets", &each(keys.sheets.iter().map(|sheet| &**sheet)))?;
        map.serialize_entry("kinds", &each(keys.kinds.iter().map(KindView::of)))?;
        map.serialize_entry("entries", &each(keys.lines.iter().map(line)))?;
        map.end()
    }
}

#[derive(Serialize)]
struct BeforeView<'a> {
    findings: usize,
    groups: usize,
    levels: LevelsView,
    aside: AsideView<'a>,
}

#[derive(Serialize)]
struct KindView<'a> {
    criteria: [&'static str; 6],
    reasons: [&'static str; 6],
    claimed: Option<bool>,
    kecamatan: &'a str,
    tipe_produsen: Option<&'static str>,
    jenis_koperasi: Option<&'static str>,
    tingkat: Vec<&'static str>,
    activity: &'static str,
    unkeyed: u64,
    duplicates: u64,
}

impl<'a> KindView<'a> {
    fn of(kind: &'a Kind) -> Self {
        let facts = &kind.facts;
        let levels = Tingkat::ALL.iter();
        let levels = levels.filter(|level| facts.tingkat & 1 << **level as u8 != 0);
        Self {
            criteria: facts.criteria.map(Status::name),
            reasons: facts.codes,
            claimed: facts.claimed,
            kecamatan: facts.kecamatan.name(),
            tipe_produsen: facts.tipe.map(Tipe::code),
            jenis_koperasi: facts.jenis.map(Jenis::code),
            tingkat: levels.map(|level| level.code()).collect(),
            activity: facts.activity.name(),
            unkeyed: kind.unkeyed,
            duplicates: kind.duplicates,
        }
    }
}

/// In one string, because there are many: number, kind, line, column, sheet, digest.
fn line(line: &Line) -> String {
    let Line {
        number,
        kind,
        start,
        sheet,
        digest,
    } = line;
    let sheet = sheet.map_or_else(|| "-".to_owned(), |sheet| sheet.to_string());
    let (row, column) = start;
    format!("{number} {kind} {row} {column} {sheet} {digest:032x}")
}
