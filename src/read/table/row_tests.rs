//! Rows of a table against the tree and the faults that they must give.

use std::io::Cursor;

use serde_json::{Value, json};

use super::*;
use crate::read::{Reading, RowSkipped};
use crate::tape::Doc;

struct Row {
    entry: Option<Value>,
    kind: Record,
    faults: Vec<(FaultKind, String, String)>,
    rat: crate::tape::Years,
    kegiatan: crate::tape::Years,
    blanks: Vec<(String, bool)>,
}

fn shape() -> Shape {
    Shape::of(
        &serde_json::from_str(include_str!("../../../schemas/submission.schema.json")).unwrap(),
    )
}

const PATHS: &[&str] = &[
    "tanggal_badan_hukum",
    "nik_koperasi",
    "kecamatan",
    "jumlah_anggota",
    "jumlah_anggota.total",
    "rat",
    "rat[].tanggal",
    "kegiatan_usaha",
    "bantuan_pemerintah",
    "layanan_anggota",
    "status_dilaporkan",
    "nomor_badan_hukum",
    "aset",
];

fn all(bytes: impl Into<Vec<u8>>) -> (Before, Vec<Row>) {
    let mut opened = open(Box::new(Cursor::new(bytes.into())), &shape()).unwrap();
    let mut out = Vec::new();
    while let Some(chunk) = opened.chunks.next().unwrap() {
        let mut pos = chunk.start;
        loop {
            let (mut tape, mut faults) = (Tape::new(), Vec::new());
            let (kind, _) = opened
                .format
                .record(&chunk, &mut pos, &mut tape, &mut faults);
            if kind == Record::End {
                break;
            }
            let doc = Doc::new(&tape, &chunk.text);
            let text = |span: Span| chunk.text[span.range()].to_owned();
            out.push(Row {
                entry: (kind == Record::Entry)
                    .then(|| crate::schema::to_value(doc.root().unwrap())),
                kind,
                faults: faults
                    .into_iter()
                    .map(|f| (f.kind, f.field, text(f.span)))
                    .collect(),
                blanks: PATHS
                    .iter()
                    .map(|p| ((*p).to_owned(), tape.blank_of(p, 0).is_some()))
                    .collect(),
                rat: tape.rat_years.clone(),
                kegiatan: tape.kegiatan_years.clone(),
            });
        }
    }
    let faults = std::mem::take(&mut opened.faults);
    (
        Before {
            faults,
            partial: opened.partial,
        },
        out,
    )
}

struct Before {
    faults: Vec<Fault>,
    partial: bool,
}

fn one(head: &str, row: &str) -> Row {
    let text = format!("nama_koperasi;nomor_badan_hukum;{head}\nKSU A;1/BH/I;{row}\n");
    all(text).1.remove(0)
}

fn field(head: &str, row: &str, name: &str) -> Option<Value> {
    one(head, row).entry.unwrap().get(name).cloned()
}

fn has(read: &Row, want: fn(&FaultKind) -> bool) -> bool {
    read.faults.iter().any(|(kind, ..)| want(kind))
}

fn blank(read: &Row, path: &str) -> bool {
    read.blanks.iter().any(|(name, yes)| name == path && *yes)
}

#[test]
fn dates_by_their_column() {
    let read = one("tglbh", "28/2/2021");
    assert_eq!(
        read.entry.as_ref().unwrap()["tanggal_badan_hukum"],
        "2021-02-28"
    );
    let (kind, heading, text) = &read.faults[0];
    assert!(matches!(
        kind,
        FaultKind::Reread {
            how: Reading::Date,
            ..
        }
    ));
    assert_eq!((heading.as_str(), text.as_str()), ("tglbh", "28/2/2021"));
    let read = one("tglbh", "03/04/2024");
    assert_eq!(
        read.entry.as_ref().unwrap()["tanggal_badan_hukum"],
        "2024-04-03"
    );
    assert!(has(&read, |k| matches!(k, FaultKind::AmbiguousDate { .. })));
    let read = one("tglbh", "00/01/1900");
    assert_eq!(
        read.entry.as_ref().unwrap()["tanggal_badan_hukum"],
        "1900-01-01"
    );
    assert!(has(&read, |k| matches!(k, FaultKind::Sentinel { .. })));
    assert_eq!(
        field("tglbh", "lama", "tanggal_badan_hukum"),
        Some(json!("lama"))
    );
    let read = one("tglbh;kec", ";X");
    assert!(blank(&read, "tanggal_badan_hukum") && read.faults.is_empty());
}

#[test]
fn numbers_and_lost_values() {
    let read = one("jumlah_anggota_total;aset", " 3.350 ;(11.845.222)");
    let entry = read.entry.as_ref().unwrap();
    assert_eq!(
        (&entry["jumlah_anggota"]["total"], &entry["aset"]),
        (&json!(3350), &json!(-11_845_222))
    );
    let read = one("aset;kec", "3.350;X");
    assert!(has(&read, |k| matches!(
        k,
        FaultKind::AmbiguousNumber { .. }
    )));
    assert_eq!(read.entry.as_ref().unwrap()["aset"], json!(3350));
    let read = one("aset;kec", "-;X");
    assert!(read.entry.as_ref().unwrap().get("aset").is_none() && blank(&read, "aset"));
    let read = one("nik;kec", "3.37411E+12;#REF!");
    assert!(has(&read, |k| matches!(k, FaultKind::Damaged { .. })));
    assert!(has(&read, |k| matches!(k, FaultKind::Formula { .. })));
    assert!(blank(&read, "nik_koperasi") && blank(&read, "kecamatan"));
    assert_eq!(
        field("nik;kec", "'3374010010001;X", "nik_koperasi"),
        Some(json!("3374010010001"))
    );
}

#[test]
fn codes_lists_and_objects() {
    assert_eq!(
        field("jenis", "Simpan Pinjam", "jenis_koperasi"),
        Some(json!("simpan_pinjam"))
    );
    assert_eq!(field("grade_nik", "c1", "grade_nik"), Some(json!("C1")));
    let lists = "layanan_anggota;unit_produksi_ada;unit_produksi_tahap";
    let read = one(lists, "\"Bibit Pupuk; usaha_bersama\";Ya;awal,akhir");
    let entry = read.entry.unwrap();
    assert_eq!(
        entry["layanan_anggota"],
        json!(["bibit_pupuk", "usaha_bersama"])
    );
    assert_eq!(
        entry["unit_produksi"],
        json!({"ada": true, "tahap": ["awal", "akhir"]})
    );
    assert_eq!(
        field("layanan_anggota;kec", "-;X", "layanan_anggota"),
        Some(json!([]))
    );
    let read = one("layanan_anggota;jumlah_anggota_total;kec", ";;X");
    let entry = read.entry.as_ref().unwrap();
    assert!(entry.get("layanan_anggota").is_none() && entry.get("jumlah_anggota").is_none());
    assert!(blank(&read, "layanan_anggota") && blank(&read, "jumlah_anggota"));
}

#[test]
fn rat_by_years() {
    let read = one("rat_2024;rat_2022;rat_2023;rat_2021", "v;2023-03-01;-;");
    assert_eq!(
        read.entry.as_ref().unwrap()["rat"],
        json!([{"tahun_buku": 2022, "tanggal": "2023-03-01"}, {"tahun_buku": 2024}])
    );
    assert_eq!((read.rat.open, read.rat.none), (true, vec![2023]));
    assert_eq!(field("rat_2023;kec", "belum;X", "rat"), Some(json!([])));
    let read = one("rat_2023;kec", ";X");
    assert!(read.entry.as_ref().unwrap().get("rat").is_none() && blank(&read, "rat"));
    assert_eq!(
        field("rat_2023;kec", "minggu;X", "rat"),
        Some(json!([{"tahun_buku": 2023, "tanggal": "minggu"}]))
    );
}

#[test]
fn rat_formula_error_is_unknown_not_held() {
    let read = one("rat_2022;rat_2023", "2023-03-01;#REF!");
    assert!(has(&read, |k| matches!(k, FaultKind::Formula { .. })));
    assert_eq!(
        read.entry.unwrap()["rat"],
        json!([{"tahun_buku": 2022, "tanggal": "2023-03-01"}])
    );
}

#[test]
fn kegiatan_formula_error_is_unknown() {
    let read = one("kegiatan_2022;kegiatan_2023", "tani;#REF!");
    assert_eq!(
        read.entry.unwrap()["kegiatan_usaha"],
        json!([{"tahun_buku": 2022, "uraian": "tani"}])
    );
}

#[test]
fn rat_without_a_year() {
    assert_eq!(
        field("rat;tglrat", "1;2024-03-01", "rat"),
        Some(json!([{"tanggal": "2024-03-01"}]))
    );
    assert_eq!(field("rat;kec", "1;X", "rat"), Some(json!([{}])));
    assert_eq!(field("rat;tglrat", "-;00/01/1900", "rat"), Some(json!([])));
    assert_eq!(
        field("rat;tglrat", "1;00/01/1900", "rat"),
        Some(json!([{"tanggal": "1900-01-01"}]))
    );
}

#[test]
fn rat_sentinel_with_blank_tick_is_an_item() {
    assert_eq!(
        field("rat;tglrat", ";00/01/1900", "rat"),
        Some(json!([{"tanggal": "1900-01-01"}]))
    );
    assert_eq!(
        field("tglrat;kec", "00/01/1900;X", "rat"),
        Some(json!([{"tanggal": "1900-01-01"}]))
    );
}

#[test]
fn rat_tick_text_that_is_no_tick() {
    assert_eq!(field("rat;kec", "2 kali;X", "rat"), Some(json!([{}])));
}

#[test]
fn activities() {
    let read = one(
        "kegiatan_2023;kegiatan_2022;kegiatan_2021;kegiatan_melayani_anggota",
        "tani;-;;Ya",
    );
    assert_eq!(
        read.entry.unwrap()["kegiatan_usaha"],
        json!([{"tahun_buku": 2023, "uraian": "tani", "melayani_anggota": true}])
    );
    assert_eq!((read.kegiatan.open, read.kegiatan.none), (true, vec![2022]));
}

#[test]
fn assistance_groups() {
    let head =
        "bantuan_tahun;bantuan_pemberi;bantuan_sumber_dana;bantuan_tahun_2;bantuan_pemberi_2";
    assert_eq!(
        field(head, "2023;Dinas;-;;", "bantuan_pemerintah"),
        Some(json!([{"tahun": 2023, "pemberi": "Dinas"}]))
    );
    assert_eq!(field(head, "-;-;;;", "bantuan_pemerintah"), Some(json!([])));
    let read = one(head, ";;;;");
    assert!(
        read.entry
            .as_ref()
            .unwrap()
            .get("bantuan_pemerintah")
            .is_none()
    );
    assert!(blank(&read, "bantuan_pemerintah"));
    assert_eq!(
        field(head, "-;;;2024;Desa", "bantuan_pemerintah"),
        Some(json!([{"tahun": 2024, "pemberi": "Desa"}]))
    );
}

#[test]
fn unknown_never_becomes_active() {
    assert_eq!(
        field("aktif;tdkaktif", "1;-", "status_dilaporkan"),
        Some(json!("aktif"))
    );
    assert_eq!(
        field("aktif;tdkaktif", "-;1", "status_dilaporkan"),
        Some(json!("tidak_aktif"))
    );
    // Both: no code at all, which the schema refuses.
    assert_eq!(
        field("aktif;tdkaktif", "1;1", "status_dilaporkan"),
        Some(json!("aktif; tidak_aktif"))
    );
    for row in ["-;-", ";"] {
        let read = one("aktif;tdkaktif;kec", &format!("{row};X"));
        assert!(
            read.entry
                .as_ref()
                .unwrap()
                .get("status_dilaporkan")
                .is_none()
        );
        assert!(blank(&read, "status_dilaporkan"));
    }
}

#[test]
fn ragged_rows_and_quotes() {
    let read = one("kec;desa", "X");
    assert_eq!(read.kind, Record::Entry);
    assert!(has(&read, |k| matches!(
        k,
        FaultKind::Ragged {
            expected: 4,
            found: 3
        }
    )));
    assert_eq!(one("kec", "X;lebih").kind, Record::Unreadable);
    assert_eq!(one("kec", "X;;").kind, Record::Entry);
    let bare = one("kec;desa", "a\"b;c");
    assert_eq!(bare.kind, Record::Entry);
    assert!(has(&bare, |k| *k == FaultKind::Quote));
    assert_eq!(one("kec;desa", "\"a\"b;c").kind, Record::Unreadable);
    assert_eq!(one("kec;desa", "\"a;c").kind, Record::Unreadable);
    let read = one("kec;alamat", "X;\"Jl. A\nNo 1\"");
    assert_eq!(read.entry.as_ref().unwrap()["alamat"], "Jl. A No 1");
    assert!(has(&read, |k| matches!(
        k,
        FaultKind::Reread {
            how: Reading::LineBreak,
            ..
        }
    )));
}

#[test]
fn doubled_unknown_and_missing_headings() {
    let (opened, rows) = all("nama;nobh;kec;kec;Foo Barbaz\nA;1/BH/I;X;X;?\nB;2/BH/I;X;Y;?\n");
    assert_eq!(rows[0].entry.as_ref().unwrap()["kecamatan"], "X");
    assert!(
        rows[1].entry.as_ref().unwrap().get("kecamatan").is_none() && blank(&rows[1], "kecamatan")
    );
    let double = opened
        .faults
        .iter()
        .find(|f| matches!(f.kind, FaultKind::DoubleColumn { .. }))
        .unwrap();
    assert!(double.related.unwrap().start < double.span.start);
    assert!(
        opened.faults.iter().any(
            |f| matches!(&f.kind, FaultKind::UnknownColumn { name, .. } if name == "Foo Barbaz")
        )
    );
    assert!(
        opened
            .faults
            .iter()
            .any(|f| matches!(f.kind, FaultKind::Form { .. }))
    );
    let (opened, rows) = all("a;b\n1;2\n");
    assert!(rows.is_empty() && opened.partial);
    assert!(
        opened
            .faults
            .iter()
            .any(|f| matches!(f.kind, FaultKind::NoHeaderRow { .. }))
    );
}

#[test]
fn broken_bytes_are_refused_and_skipped_rows_said() {
    let mut bytes = b"\xEF\xBB\xBFnama;nobh;kec\nA;1/BH/I;X\n;;\n".to_vec();
    bytes.extend_from_slice(b"B;2/BH/I;\xFF\nJUMLAH;;2\n");
    let (_, rows) = all(bytes);
    assert_eq!(
        rows.iter().map(|r| r.kind).collect::<Vec<_>>(),
        [
            Record::Entry,
            Record::Skipped,
            Record::Unreadable,
            Record::Skipped
        ]
    );
    assert_eq!(rows[2].faults[0].0, FaultKind::Encoding);
    assert_eq!(rows[3].faults[0].0, FaultKind::Skipped(RowSkipped::Total));
}

#[test]
fn lines_and_entries_hold_over_many_pieces() {
    let mut text = "nama;nobh;kec\r\n".to_owned();
    for n in 0..40_000 {
        text.push_str(&format!("Koperasi {n};{n}/BH/I/2001;\"Kec\r\n{n}\"\r\n"));
    }
    let mut opened = open(Box::new(Cursor::new(text.into_bytes())), &shape()).unwrap();
    let (mut line, mut entries, mut largest, mut chunks) = (2, 0, 0, 0);
    while let Some(chunk) = opened.chunks.next().unwrap() {
        assert_eq!(chunk.line, line);
        largest = largest.max(chunk.text.len());
        chunks += 1;
        line += u32::try_from(chunk.text.matches('\n').count()).unwrap();
        let (mut pos, mut tape, mut faults) = (chunk.start, Tape::new(), Vec::new());
        loop {
            tape.clear();
            let (kind, _) = opened
                .format
                .record(&chunk, &mut pos, &mut tape, &mut faults);
            if kind == Record::End {
                break;
            }
            assert_eq!(kind, Record::Entry);
            entries += 1;
        }
    }
    assert_eq!(entries, 40_000);
    assert!(largest < 1 << 20 && chunks > 3);
}

#[test]
fn one_line_beyond_the_limit_makes_no_entries_out_of_its_tail() {
    let mut text = "nama;nobh;kec\nA;1/BH/I;".to_owned();
    text.push_str(&"x".repeat(34 << 20));
    text.push_str("\nB;2/BH/I;Y\n");
    let (_, rows) = all(text);
    assert!(rows.iter().filter(|r| r.kind == Record::Entry).count() <= 2);
}
