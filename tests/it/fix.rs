//! Laws of repairs: done once they are done, they invent nothing, and they touch nothing else.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use koplint::fix::{Fixed, Given, Left, Refusal, What};
use koplint::report::Submission;
use koplint::schema::{SUBMISSION, Shape};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{check_text, root};

static SHAPE: LazyLock<Shape> =
    LazyLock::new(|| Shape::of(&serde_json::from_str(SUBMISSION).unwrap()));

fn fix(name: &str, bytes: &[u8], risky: bool) -> Result<Fixed, Refusal> {
    let given = Given {
        name,
        header_apart: false,
        risky,
        shape: &SHAPE,
    };
    koplint::fix::fix(&given, bytes)
}

fn fixed(name: &str, text: &str, risky: bool) -> String {
    String::from_utf8(fix(name, text.as_bytes(), risky).unwrap().bytes).unwrap()
}

/// Between the edits every byte is as it was, and a second run finds nothing.
fn holds(name: &str, bytes: &[u8], risky: bool) -> Fixed {
    let once = fix(name, bytes, risky).unwrap();
    let mark = bytes.len() - once.text.len();
    let mut rest = &once.bytes[mark..];
    let mut from = 0;
    for edit in &once.plan.edits {
        let span = edit.span.range();
        let kept = &once.text.as_bytes()[from..span.start];
        rest = rest.strip_prefix(kept).expect("what is kept is kept");
        rest = rest.strip_prefix(edit.raw.as_bytes()).expect("the edit");
        from = span.end;
        assert!(risky || edit.what.is_certain(), "{edit:?}");
    }
    assert_eq!(rest, &once.text.as_bytes()[from..]);
    let twice = fix(name, &once.bytes, risky).unwrap();
    assert_eq!(twice.plan.edits, [], "{}", once.text);
    assert_eq!(twice.bytes, once.bytes);
    once
}

fn verdicts(submission: &Submission) -> Vec<String> {
    let entries = submission.entries.iter();
    entries
        .map(|entry| format!("{:?}", entry.verdict))
        .collect()
}

const HEADER: &str = include_str!("../../fixtures/formats/sama.kepala.json");

fn submission(name: &str, bytes: &[u8]) -> Submission {
    let header = (!name.ends_with(".json")).then_some(HEADER);
    check_text(name, bytes, header).submissions.remove(0)
}

const HEADINGS: [&str; 20] = [
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
    "bantuan_status",
    "bantuan_nilai_rupiah",
    "lain",
];

/// Cells by column: the first ones are sound.
const CELLS: [&[&str]; 20] = [
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
    #![proptest_config(ProptestConfig::with_cases(96))]

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

#[test]
fn every_encoding_stays_as_it_is() {
    let text = "nama koperasi;nobh;tglbh\r\nKafé  Tani;1/BH/I;12 Maret 2010\r\n";
    let expected = "nama koperasi;nobh;tglbh\r\nKafé Tani;1/BH/I;2010-03-12\r\n";
    let utf16 = |text: &str, mark: bool, big: bool| -> Vec<u8> {
        let mark = if mark { "\u{feff}" } else { "" };
        let units = mark.encode_utf16().chain(text.encode_utf16());
        let pair = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        units.flat_map(pair).collect()
    };
    let windows = |text: &str| -> Vec<u8> {
        text.chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect()
    };
    let marked = |text: &str| format!("\u{feff}{text}").into_bytes();
    for (before, after) in [
        (text.as_bytes().to_vec(), expected.as_bytes().to_vec()),
        (marked(text), marked(expected)),
        (utf16(text, true, false), utf16(expected, true, false)),
        (utf16(text, false, true), utf16(expected, false, true)),
        (windows(text), windows(expected)),
        (
            text.replace("\r\n", "\r").into_bytes(),
            expected.replace("\r\n", "\r").into_bytes(),
        ),
    ] {
        assert_eq!(fix("a.csv", &before, false).unwrap().bytes, after);
    }
    let ndjson = "\u{feff}{\"tahun_data\": \"2025\"}\r\n\r\n{\"nama_koperasi\": \"A  B\"}";
    let expected = "\u{feff}{\"tahun_data\": 2025}\r\n\r\n{\"nama_koperasi\": \"A B\"}";
    assert_eq!(fixed("a.ndjson", ndjson, false), expected);
}

#[test]
fn a_clear_date_stays_where_it_shows_how_another_is_read() {
    let table = |dates: &[&str]| {
        let rows = dates.iter().enumerate();
        let rows = rows.map(|(n, date)| format!("Koperasi {n};{n}/BH/I;{date}\n"));
        format!("nama koperasi;nobh;tglbh\n{}", rows.collect::<String>())
    };
    // Alone, 3/28 is the 28th of March; beside it, 03/04 is the 4th of March.
    assert_eq!(
        fixed("a.csv", &table(&["3/28/2010"]), false),
        table(&["2010-03-28"])
    );
    let both = table(&["3/28/2010", "03/04/2010"]);
    let kept = fix("a.csv", both.as_bytes(), false).unwrap();
    assert_eq!((kept.plan.edits.len(), kept.plan.held), (0, 1));
    assert_eq!(kept.plan.uncertain[&What::DayMonth], 1);
    assert_eq!(
        fixed("a.csv", &both, true),
        table(&["2010-03-28", "2010-03-04"])
    );
    // Nothing shows it, or both orders do: not even a guess.
    for dates in [
        &["03/04/2010"][..],
        &["3/28/2010", "28/3/2010", "03/04/2010"],
    ] {
        let doubtful = fix("a.csv", table(dates).as_bytes(), true).unwrap();
        assert_eq!(doubtful.plan.edits, []);
        assert_eq!(doubtful.plan.left[&Left::AmbiguousDate], 1);
    }
}

#[test]
fn a_clear_number_stays_where_it_shows_how_another_is_read() {
    let table = |numbers: &str| {
        let rows = numbers.split(' ').enumerate();
        let rows = rows.map(|(n, aset)| format!("Koperasi {n};{n}/BH/I;{aset}\n"));
        format!("nama koperasi;nobh;aset\n{}", rows.collect::<String>())
    };
    let same = |before, after| assert_eq!(fixed("a.csv", &table(before), true), table(after));
    same("1.234.567 3.350", "1234567 3350");
    // 12,345 is 12.345 as long as 1.234.567 stands beside it.
    same("1.234.567 12,345", "1.234.567 12,345");
    same("3.350", "3.350");
    same("1.234.567 12.50 3.350", "1.234.567 12.50 3.350");
    same("1.234.567 12,5", "1234567 12,5");
}

#[test]
fn a_value_is_quoted_only_if_it_must_be() {
    let table = "sep=-\nnama koperasi-nobh-tglbh\nKoperasi A-1/BH/I-12 Maret 2010\n";
    let expected = "sep=-\nnama koperasi-nobh-tglbh\nKoperasi A-1/BH/I-\"2010-03-12\"\n";
    assert_eq!(fixed("a.csv", table, false), expected);
    let quoted = "nama koperasi,nobh,tglbh\n\"A B C\",\"1/BH/I\",\"12 Maret 2010\"\n";
    assert_eq!(
        fixed("a.csv", quoted, false),
        quoted.replace("12 Maret 2010", "2010-03-12")
    );
}

#[test]
fn two_columns_of_one_meaning_are_left() {
    let table = "nama koperasi;nobh;tglbh;tglbh\nKoperasi A;1/BH/I;12 Maret 2010;12 Maret 2010\n";
    assert_eq!(fixed("a.csv", table, true), table);
}

#[test]
fn guesses_are_made_on_request_only() {
    let before = r#"{"kode_wilayah": "33.02", "nama_wilayah": "Kabupaten Cilacap", "koperasi": [
        {"jenis_koperasi": "prodsen", "unit_produksi": {"ada": 1}, "jumlah_anggota": {"total": "1.250"},
         "tanggal_badan_hukum": "45363", "rat": [{"tanggal": "03/04/2024"}], "nama_koperasi": "A", "nama_koperasi": " B"}]}"#;
    let safe = fix("a.json", before.as_bytes(), false).unwrap();
    assert_eq!(safe.bytes, before.as_bytes());
    let uncertain: Vec<What> = safe.plan.uncertain.into_keys().collect();
    let all = [
        What::NearestCode,
        What::Serial,
        What::Thousands,
        What::OneZero,
        What::RegionName,
    ];
    assert_eq!(uncertain, all);
    let after = before
        .replace("Kabupaten Cilacap", "Kabupaten Banyumas")
        .replace("prodsen", "produsen")
        .replace("\"ada\": 1", "\"ada\": true")
        .replace("\"1.250\"", "1250")
        .replace("45363", "2024-03-12");
    assert_eq!(fixed("a.json", before, true), after);
}

#[test]
fn what_cannot_be_read_whole_is_refused() {
    for (name, bytes) in [
        ("a.json", &b"{\"koperasi\": [{\"a\": 1,}]}"[..]),
        ("a.json", b"{\"koperasi\": []} x"),
        ("a.ndjson", b"{}\n{\"nama_koperasi\": \" \xFF\"}\n"),
        (
            "a.csv",
            b"nama koperasi;nobh;tglbh\nA;1/BH/I;12 Maret 2010;x\n",
        ),
        ("a.csv", b"1;2;3\n"),
        ("a.csv", b""),
    ] {
        let refused = fix(name, bytes, true);
        assert!(matches!(refused, Err(Refusal::Unreadable { .. })), "{name}");
    }
    let odd = [
        &b"\xFF\xFE"[..],
        b"n\0o\0b\0h\0;\0n\0a\0m\0a\0\n\0001\0;\0A\0\x00\xD8\n\0",
    ]
    .concat();
    assert!(fix("a.csv", &odd, true).is_err());
    assert!(matches!(
        fix("a.xlsx", b"PK\x03\x04", true),
        Err(Refusal::Open(_))
    ));
}

/// What the fixtures hold is judged as the standard says; repairs of a table change none of it.
#[test]
fn fixtures_are_repaired_and_judged_as_before() {
    let mut looked = 0;
    for file in ignore::Walk::new(root().join("fixtures")).flatten() {
        let path = file.path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if !file.file_type().unwrap().is_file() || name.ends_with(".tsv") {
            continue;
        }
        let bytes = std::fs::read(path).unwrap();
        if fix(name, &bytes, false).is_err() {
            continue;
        }
        looked += 1;
        let once = holds(name, &bytes, false);
        holds(name, &bytes, true);
        if name.ends_with(".csv") {
            let (before, after) = (submission(name, &bytes), submission(name, &once.bytes));
            assert_eq!(before.books, after.books, "{}", path.display());
        }
    }
    assert!(looked > 150, "{looked}");
}
