//! Laws of repairs: done once they are done, they invent nothing, and they touch nothing else.

use std::collections::BTreeSet;

use koplint::fix::What;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fix::{holds, submission, verdicts};
use crate::support::root;

const HEADINGS: [&str; 23] = [
    "nama koperasi",
    "nobh",
    "tglbh",
    "nik",
    "bentuk",
    "jenis",
    "kec",
    "aset",
    "shu",
    "jumlah_anggota_total",
    "rat_2022",
    "rat_2023",
    "rat_2024",
    "kegiatan_2024",
    "kegiatan_melayani_anggota",
    "layanan_anggota",
    "bantuan_tahun",
    "bantuan_pemberi",
    "bantuan_tingkat",
    "bantuan_bentuk",
    "bantuan_status",
    "bantuan_nilai_rupiah",
    "lain",
];

/// Cells by column: the first ones are sound.
const CELLS: [&[&str]; 23] = [
    &[
        "Koperasi Produsen Maju",
        "  KUD  Tani  ",
        "\"KSU \"\"A\"\"  B\"",
        "\"Dua\nbaris\"",
        "=A1",
        " -ab",
    ],
    &[
        "AHU-0090011.AH.01.26.TAHUN 2019",
        "'12/BH/I",
        " 13/BH/I/1999 ",
        "1.2E+12",
        "'=x",
    ],
    &[
        "2010-03-12",
        "12 Maret 2010",
        "28/2/2011",
        "03/04/2010",
        "3/28/2010",
        "00/01/1900",
        "40000",
        "x",
    ],
    &[
        "3302010020011",
        "'3302010020012",
        "3,3E+12",
        " 3302 ",
        "3302011502999999",
    ],
    &["primer", "PRIMER ", "sekundr", ""],
    &["produsen", "Produksi", "Simpan Pinjam", "prodsen", "KSU"],
    &["Cilongok", " cilongok", "Cilo  ngok"],
    &[
        "3350",
        "3.350",
        "1.234.567",
        "\"1,234,567\"",
        "12.50",
        "(11.845)",
        "1E+9",
        "-",
        "#REF!",
    ],
    &["1", "\"12,5\"", "\"1,250\"", "Rp 1.000", "Rp 2.000.000"],
    &["40", " 1.200 ", "4 orang", "-", "\"3,350\""],
    &[
        "2023-02-01",
        "1/2/2023",
        "25/2/2023",
        "v",
        "-",
        "",
        "2/25/2023",
    ],
    &[
        "2024-02-01",
        "1/2/2024",
        "25/2/2024",
        "2024-02-01 00:00:00",
        "24//3/2024",
    ],
    &[
        "2025-02-01",
        "1/2/2025",
        "5 Mei 2025",
        "45700",
        "2025-03-11T17:00:00",
    ],
    &["Gula  kelapa", "Gula kelapa", "-", ""],
    &["Ya", "1", "v", "TIDAK", ""],
    &[
        "pemasaran_hasil",
        "\"Pemasaran Hasil ; bibit/pupuk\"",
        "\"pemasaran hasil,\nkonsultasi\"",
        "apa saja",
        "-",
    ],
    &["2023", " 2.023", ""],
    &["Dinas Koperasi", " Dinas  Koperasi", "PT Maju"],
    &["kabupaten_kota", "Kabupaten/Kota", "propinsi"],
    &["hibah_barang", "Hibah Barang", "PELATIHAN "],
    &["diterima", "DITERIMA", "ditrima", "blm diterima"],
    &["25000000", "Rp 25.000.000,-", "25.000"],
    &["", " x  y ", "1.000.000", "\"a;b\""],
];

fn table() -> impl Strategy<Value = String> {
    let row = prop::collection::vec((0..2_u8, any::<prop::sample::Index>()), HEADINGS.len());
    let rows = prop::collection::vec(row, 1..7);
    (
        rows,
        prop::sample::select(vec!["\n", "\r\n"]),
        any::<bool>(),
    )
        .prop_map(|(rows, end, mark)| {
            let mut text = if mark { "\u{feff}" } else { "" }.to_owned();
            text.push_str(&HEADINGS.join(";"));
            for row in rows {
                text.push_str(end);
                let cells = row.iter().zip(CELLS).map(|((sound, at), cells)| {
                    // Every second cell is sound, so that entries can be proven.
                    if *sound == 0 {
                        cells[0]
                    } else {
                        *at.get(cells)
                    }
                });
                text.push_str(&cells.collect::<Vec<_>>().join(";"));
            }
            text
        })
}

/// A document with some values put in that people write.
fn document() -> impl Strategy<Value = Value> {
    let value = prop_oneof![
        Just(json!(" Koperasi  Produsen ")),
        Just(json!("12 Maret 2024")),
        Just(json!("28/2/2023")),
        Just(json!("03/04/2023")),
        Just(json!("1.250")),
        Just(json!("2024")),
        Just(json!("Rp 1.250.000")),
        Just(json!("TRUE")),
        Just(json!("Tidak")),
        Just(json!("Kabupaten Kota")),
        Just(json!("DITERIMA")),
        Just(json!("diterma")),
        Just(json!("'3302010020011")),
        Just(json!("33-02")),
        Just(json!("45363")),
        Just(json!("1900-01-01")),
        Just(json!(1)),
        Just(json!("\u{1b}[2J\u{202e}\n \"x\\")),
        ".{0,8}".prop_map(Value::from),
    ];
    let step = (any::<prop::sample::Index>(), value);
    prop::collection::vec(step, 0..12).prop_map(|steps| {
        let file = root().join("fixtures/banyumas.json");
        let mut document: Value =
            serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let mut leaves = Vec::new();
        pointers(&document, "", &mut leaves);
        for (at, value) in steps {
            *document.pointer_mut(at.get(&leaves).as_str()).unwrap() = value;
        }
        document
    })
}

fn pointers(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{n}"), out);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                pointers(member, &format!("{at}/{name}"), out);
            }
        }
        _ => out.push(at.to_owned()),
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn a_table_is_judged_as_before(text in table()) {
        let before = submission("uji.csv", text.as_bytes());
        for risky in [false, true] {
            let once = holds("uji.csv", text.as_bytes(), risky);
            for edit in &once.plan.edits {
                if ["nobh", "nik"].contains(&edit.field.as_str()) {
                    prop_assert_eq!(digits(&edit.was), digits(&edit.now));
                }
                prop_assert!(edit.field != "lain");
            }
            let after = submission("uji.csv", &once.bytes);
            prop_assert_eq!(before.books.read, after.books.read);
            if !once.plan.edits.iter().any(|edit| edit.what == What::NearestCode) {
                prop_assert_eq!(before.books, after.books);
                prop_assert_eq!(verdicts(&before), verdicts(&after));
            }
        }
    }

    #[test]
    fn a_document_changes_where_it_says(document in document()) {
        let text = serde_json::to_string_pretty(&document).unwrap();
        let once = holds("uji.json", text.as_bytes(), false);
        holds("uji.json", text.as_bytes(), true);
        let mut expected = document;
        let mut after: Value = serde_json::from_slice(&once.bytes).unwrap();
        let mut entries = BTreeSet::new();
        for edit in &once.plan.edits {
            entries.insert(edit.entry);
            for side in [&mut expected, &mut after] {
                *side.pointer_mut(&edit.field).unwrap() = Value::Null;
            }
            if edit.field.contains("nomor_") || edit.field.ends_with("nik_koperasi") {
                prop_assert_eq!(digits(&edit.was), digits(&edit.now));
            }
        }
        prop_assert_eq!(expected, after);
        let was = verdicts(&submission("uji.json", text.as_bytes()));
        let is = verdicts(&submission("uji.json", &once.bytes));
        // The header's dates and duplicates reach further than one entry.
        let alone = !entries.contains(&0)
            && !once.plan.edits.iter().any(|edit| edit.field.ends_with("nomor_badan_hukum"));
        for (at, (was, is)) in was.iter().zip(&is).enumerate() {
            let number = u32::try_from(at + 1).unwrap();
            prop_assert!(was == is || !alone || entries.contains(&number), "{number}: {was} {is}");
        }
    }
}

/// A sound row, and one of which every cell is written otherwise.
#[test]
fn a_table_is_proven_before_and_after() {
    let row = |at: usize| CELLS.map(|cells| cells[at.min(cells.len() - 1)]).join(";");
    let other = row(1)
        .replace("'12/BH/I", "'12/BH/II")
        .replace("12 Maret", "13 Maret");
    let other = other.replace(
        ";1/2/2023;1/2/2024;1/2/2025;",
        ";1 Mei 2023;2 Mei 2024;3 Mei 2025;",
    );
    let text = format!("{}\n{}\n{other}\n", HEADINGS.join(";"), row(0));
    let once = holds("uji.csv", text.as_bytes(), false);
    assert!(once.plan.edits.len() > 15, "{:?}", once.plan);
    for bytes in [text.as_bytes(), &once.bytes] {
        let books = submission("uji.csv", bytes).books;
        assert_eq!((books.read, books.verified), (2, 2));
    }
}

/// Of a document an entry may be proven by the repair: by values that were there.
#[test]
fn a_document_is_proven_by_what_was_there() {
    let file = root().join("fixtures/rules/too-young/good.json");
    let sound = std::fs::read_to_string(file).unwrap();
    let misspelt = sound
        .replace("\"melayani_anggota\": true", "\"melayani_anggota\": \"Ya\"")
        .replace("\"tahun_buku\": 2024", "\"tahun_buku\": \"2024\"")
        .replace("\"diterima\"", "\"DITERIMA\"")
        .replace("\"produsen\"", "\" Produsen\"");
    let once = holds("uji.json", misspelt.as_bytes(), false);
    assert_eq!(String::from_utf8_lossy(&once.bytes), sound);
    let verified = |text: &[u8]| submission("uji.json", text).books.verified;
    assert_eq!(
        (verified(misspelt.as_bytes()), verified(&once.bytes)),
        (0, 1)
    );
}
