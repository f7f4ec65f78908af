//! What differs between two definitions, or two headers.

use serde_json::{Map, Value, json};

use crate::definition::Definition;
use crate::words::shown;

/// Parameters that are kept at most.
const MOST: usize = 60;
/// Letters of a value.
const LETTERS: usize = 400;

/// A parameter with its value before and after; none where it is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, as in the schema.
    pub name: String,
    /// Its values.
    pub values: [Option<String>; 2],
}

/// The parameters in which two definitions differ.
pub(super) fn between([old, new]: [&Definition; 2]) -> Vec<Parameter> {
    differ(&members(old), &members(new))
}

/// Members that differ, in the order of their names.
pub(super) fn differ(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<Parameter> {
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let differing = names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name));
    differing
        .take(MOST)
        .map(|name| Parameter {
            name: shown(name, 80),
            values: [old, new].map(|side| side.get(name).map(text)),
        })
        .collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => shown(text, LETTERS),
        other => shown(&other.to_string(), LETTERS),
    }
}

/// What a definition says, by the names of its schema.
fn members(definition: &Definition) -> Map<String, Value> {
    let Definition {
        version,
        indikator,
        satuan,
        years,
        year_end,
        deadline_months,
        jenis,
        tingkat,
        status,
        bentuk,
        activities,
        window,
        members,
        earliest,
        sha256: _,
    } = definition;
    let members: Vec<String> = members
        .iter()
        .map(|one| format!("{} {}: {}", one.bentuk.code(), one.since, one.least))
        .collect();
    let all = [
        ("versi", json!(version)),
        ("indikator", json!(indikator)),
        ("satuan", json!(satuan)),
        ("rat.tahun_berturut_turut", json!(years)),
        ("rat.tahun_buku_akhir", json!(year_end.to_string())),
        ("rat.bulan_tenggat", json!(deadline_months)),
        ("jenis_diterima", codes(jenis.iter().map(|one| one.code()))),
        (
            "bantuan.tingkat_diterima",
            codes(tingkat.iter().map(|one| one.code())),
        ),
        (
            "bantuan.status_diterima",
            codes(status.iter().map(|one| one.code())),
        ),
        (
            "bantuan.bentuk_diterima",
            codes(bentuk.iter().map(|one| one.code())),
        ),
        ("usaha.minimal_kegiatan", json!(activities)),
        ("jendela_tahun", json!(window)),
        ("anggota_minimal", json!(members.join("; "))),
        ("tanggal_badan_hukum_terawal", json!(earliest.to_string())),
    ];
    all.into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// A set of codes, however it is ordered.
fn codes<'a>(all: impl Iterator<Item = &'a str>) -> Value {
    let mut all: Vec<&str> = all.collect();
    all.sort_unstable();
    all.dedup();
    all.join(", ").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::DEFAULT;

    #[test]
    fn what_differs_is_named_and_nothing_else() {
        let own = Definition::read(DEFAULT.as_bytes()).unwrap();
        assert_eq!(between([&own, &own]), []);
        let text = DEFAULT
            .replace("\"tahun_berturut_turut\": 3", "\"tahun_berturut_turut\": 2")
            .replace("\"hibah_uang\",\n", "");
        let new = Definition::read(text.as_bytes()).unwrap();
        let found = between([&own, &new]);
        let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(
            names,
            ["bantuan.bentuk_diterima", "rat.tahun_berturut_turut"]
        );
        let years = [Some("3".to_owned()), Some("2".to_owned())];
        assert_eq!(found[1].values, years);
    }
}
