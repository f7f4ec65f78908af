//! Repairs of files, one by one.

use std::sync::LazyLock;

use koplint::fix::{Fixed, Given, Left, Refusal, What};
use koplint::report::Submission;
use koplint::schema::{SUBMISSION, Shape};

use crate::support::{check_text, root};

static SHAPE: LazyLock<Shape> =
    LazyLock::new(|| Shape::of(&serde_json::from_str(SUBMISSION).unwrap()));

pub fn fix(name: &str, bytes: &[u8], risky: bool) -> Result<Fixed, Refusal> {
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
pub fn holds(name: &str, bytes: &[u8], risky: bool) -> Fixed {
    let once = fix(name, bytes, risky).unwrap();
    if once.grid.is_some() {
        let twice = fix(name, &once.bytes, risky).unwrap();
        assert_eq!(twice.plan.edits, [], "{name}");
        return once;
    }
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

pub fn verdicts(submission: &Submission) -> Vec<String> {
    let entries = submission.entries.iter();
    entries
        .map(|entry| format!("{:?}", entry.verdict))
        .collect()
}

const HEADER: &str = include_str!("../../fixtures/formats/sama.kepala.json");

pub fn submission(name: &str, bytes: &[u8]) -> Submission {
    let own = [".json", ".xlsx"]
        .iter()
        .any(|ending| name.ends_with(ending));
    let header = (!own).then_some(HEADER);
    check_text(name, bytes, header).submissions.remove(0)
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
    // Alone, 28/3 is the 28th of March; beside it, 03/04 is the 3rd of April.
    assert_eq!(
        fixed("a.csv", &table(&["28/3/2010"]), false),
        table(&["2010-03-28"])
    );
    let both = table(&["28/3/2010", "03/04/2010"]);
    let kept = fix("a.csv", both.as_bytes(), false).unwrap();
    assert_eq!((kept.plan.edits.len(), kept.plan.held), (0, 1));
    assert_eq!(kept.plan.uncertain[&What::DayMonth], 1);
    assert_eq!(
        fixed("a.csv", &both, true),
        table(&["2010-03-28", "2010-04-03"])
    );
    // Nothing shows it, or both orders do: not even a guess.
    for dates in [
        &["03/04/2010"][..],
        &["3/28/2010", "28/3/2010", "03/04/2010"],
        &["3/28/2010", "03/04/2010"],
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
        b"n\0o\0b\0h\0;\0n\0a\0m\0a\0\n\x001\0;\0A\0\x00\xD8\n\0",
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
        if name.ends_with(".csv") || name.ends_with(".xlsx") {
            let (before, after) = (submission(name, &bytes), submission(name, &once.bytes));
            assert_eq!(before.books, after.books, "{}", path.display());
        }
    }
    assert!(looked > 150, "{looked}");
}
