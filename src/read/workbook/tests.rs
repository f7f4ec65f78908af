//! Workbooks against the trees and the faults that they must give.

use serde_json::{Value, json};

use super::source::Kind;
use super::*;
use crate::grid::{Builder, Sort};
use crate::read::{Reading, Record};
use crate::schema::{SUBMISSION, to_value};
use crate::tape::{Doc, Tape};

/// A sheet as lines of cells parted by `|`: `#12` is a number, `@2024-03-01` a date, `~text` of a
/// line stands in a hidden row.
fn book(sheets: &[(&str, &str)]) -> Book {
    let mut builder = Builder::new(false);
    for (name, text) in sheets {
        let hidden = name.starts_with('~');
        builder.sheet(name.trim_start_matches('~'), hidden, Vec::new());
        for (number, line) in text.lines().enumerate() {
            builder.row(u32::try_from(number + 1).unwrap(), line.starts_with('~'));
            for (at, cell) in line.trim_start_matches('~').split('|').enumerate() {
                let cell = cell.trim();
                let (sort, text) = match cell.split_at_checked(1) {
                    Some(("#", rest)) => (Sort::Number, rest),
                    Some(("@", rest)) => (Sort::Date, rest),
                    Some(_) => (Sort::Text, cell),
                    None => (Sort::Blank, ""),
                };
                if sort != Sort::Blank {
                    builder.cell(at, sort, text).unwrap();
                }
            }
        }
    }
    Book {
        kind: Kind::Xlsx,
        grid: builder.finish(),
        merged: Vec::new(),
    }
}

struct Read {
    opened: Opened,
    entries: Vec<Value>,
    records: Vec<Record>,
    faults: Vec<(FaultKind, String)>,
}

fn read(book: Book, wanted: Option<&str>) -> Read {
    let shape = Shape::of(&serde_json::from_str(SUBMISSION).unwrap());
    let mut opened = open(book, wanted, &shape).unwrap();
    let (mut entries, mut records) = (Vec::new(), Vec::new());
    let grid = opened.faults_in.as_ref().unwrap().grid.clone().unwrap();
    let cell = |fault: &Fault| grid.place(fault.span, false).cell().unwrap();
    let mut faults: Vec<(FaultKind, String)> = Vec::new();
    faults.extend(opened.faults.iter().map(|f| (f.kind.clone(), cell(f))));
    while let Some(chunk) = opened.chunks.next().unwrap() {
        let mut pos = chunk.start;
        loop {
            let (mut tape, mut own) = (Tape::new(), Vec::new());
            let (record, _) = opened.format.record(&chunk, &mut pos, &mut tape, &mut own);
            if record == Record::End {
                break;
            }
            if record == Record::Entry {
                let doc = Doc::new(&tape, &chunk.text);
                entries.push(to_value(doc.root().unwrap()));
            }
            records.push(record);
            faults.extend(own.iter().map(|f| (f.kind.clone(), cell(f))));
        }
    }
    Read {
        opened,
        entries,
        records,
        faults,
    }
}

const KOPERASI: &str = "nama_koperasi|nomor_badan_hukum|kecamatan\nTani|1/BH/X|Kroya\nMina|2/BH/X|";
const RAT: &str = "nomor_badan_hukum|tahun_buku|tanggal|jumlah_hadir";

#[test]
fn sheets_are_joined_by_the_number() {
    let rat = format!("{RAT}\n1 / bh / x|#2023|@2024-03-01|#0\n1/BH/X|#2024|-|\n|||\n9/BH|#2024||");
    let read = read(book(&[("Koperasi", KOPERASI), ("RAT", &rat)]), None);
    let [tani, mina] = &read.entries[..] else {
        panic!()
    };
    let rats = json!([
        {"tahun_buku": 2023, "tanggal": "2024-03-01", "jumlah_hadir": 0},
        {"tahun_buku": 2024}
    ]);
    assert_eq!(tani["rat"], rats);
    assert_eq!((&mina["rat"], mina.get("kecamatan")), (&json!([]), None));
    assert_eq!(mina.get("bantuan_pemerintah"), None);
    let orphans = read
        .faults
        .iter()
        .filter(|f| matches!(f.0, FaultKind::Orphan { .. }));
    let cells: Vec<&str> = orphans.map(|(_, cell)| cell.as_str()).collect();
    assert_eq!(cells, ["RAT!A5"]);
    assert!(!read.opened.partial);
}

#[test]
fn rows_of_a_double_number_go_to_the_same_text_else_to_the_first() {
    let koperasi = format!("{KOPERASI}\nTani Dua|1.BH.X|");
    let rat = format!("{RAT}\n1.BH.X|#2022||\n1-BH-X|#2023||");
    let read = read(book(&[("Koperasi", &koperasi), ("RAT", &rat)]), None);
    assert_eq!(read.entries[0]["rat"], json!([{"tahun_buku": 2023}]));
    assert_eq!(read.entries[2]["rat"], json!([{"tahun_buku": 2022}]));
    let double = read
        .faults
        .iter()
        .find(|f| matches!(f.0, FaultKind::DoubleKey { .. }));
    assert_eq!(double.unwrap().1, "Koperasi!B4");
}

#[test]
fn an_entry_without_a_number_has_no_items() {
    let koperasi = "nama_koperasi|nomor_badan_hukum|kecamatan|aset\nTani|-|Kroya|#1";
    let rat = format!("{RAT}\n-|#2022||");
    let read = read(book(&[("Koperasi", koperasi), ("RAT", &rat)]), None);
    assert_eq!(read.entries[0].get("rat"), None);
}

#[test]
fn the_header_is_a_sheet() {
    let kepala = "KEPALA|\nKode wilayah|33.02|kode BPS\nTahun data|#2025\nTanggal acuan|@2025-12-31\n\
        versi_standar|#1\nTahun Buku Akhir|@2026-12-31\nKode Pos|53111\nkode_wilayah|33.03\nSatuan|";
    let read = read(book(&[("KEPALA ", kepala), ("Data", KOPERASI)]), None);
    let header = read.opened.header.as_ref().unwrap().value();
    let wanted = json!({
        "tahun_data": 2025, "tanggal_acuan": "2025-12-31",
        "versi_standar": "1.0", "tahun_buku_akhir": "12-31"
    });
    // Two codes that disagree are none.
    assert_eq!(header, wanted);
    let at = |want: fn(&FaultKind) -> bool| {
        let found = read.faults.iter().find(|(kind, _)| want(kind));
        found.map(|(_, cell)| cell.clone())
    };
    let unknown = at(|kind| matches!(kind, FaultKind::UnknownColumn { .. }));
    assert_eq!(unknown.unwrap(), "'KEPALA '!A7");
    let double = at(|kind| matches!(kind, FaultKind::DoubleColumn { .. }));
    assert_eq!(double.unwrap(), "'KEPALA '!A8");
    assert_eq!(read.entries.len(), 2);
}

#[test]
fn the_sheet_with_most_headings_is_the_register_and_another_is_not_passed_over() {
    let little = "Nama Koperasi|Kecamatan\nA|B";
    let sheets = [
        ("Rekap", "Kecamatan|Jumlah\nKroya|#3"),
        ("2024", little),
        ("2025", KOPERASI),
    ];
    let all = read(book(&sheets), None);
    assert_eq!(all.entries.len(), 2);
    let other = all
        .faults
        .iter()
        .find(|f| matches!(f.0, FaultKind::OtherRegister { .. }));
    assert_eq!(other.unwrap().1, "'2024'!A1");
    assert!(all.opened.partial);
    let asked = read(book(&sheets), Some("2024"));
    assert_eq!((asked.entries.len(), asked.opened.partial), (1, false));
    let shape = Shape::default();
    assert!(open(book(&sheets), Some("2026"), &shape).is_err());
}

#[test]
fn hidden_rows_are_read_and_said_and_hidden_sheets_said() {
    let koperasi = format!("{KOPERASI}\n~Gelap|3/BH/X|");
    let read = read(book(&[("~Lama", KOPERASI), ("Koperasi", &koperasi)]), None);
    assert_eq!(read.entries.len(), 3);
    let hidden = read
        .faults
        .iter()
        .filter(|f| matches!(f.0, FaultKind::Hidden(_)));
    let cells: Vec<&str> = hidden.map(|(_, cell)| cell.as_str()).collect();
    assert_eq!(cells, ["Lama!A1", "Koperasi!A4"]);
    assert!(!read.opened.partial);
}

#[test]
fn titles_totals_signatures_and_stray_cells_are_known() {
    let text = "DAFTAR KOPERASI\n\nNo|Nama|No BH|Jumlah Anggota||RAT||\n|||L|P|2023|2024|\n\
        (1)|(2)|(3)|(4)|(5)|(6)|(7)|\n#1|Tani|1/BH/X|#3|#4|v|-|catatan\n|JUMLAH||#3|#4|||\n\
        ||||Cilacap, 3 Januari 2026|||\n||||Kepala Dinas|||";
    let read = read(book(&[("Sheet1", text)]), None);
    use Record::{Entry, Skipped};
    assert_eq!(read.records, [Entry, Skipped, Skipped, Skipped]);
    assert_eq!(
        read.entries[0]["jumlah_anggota"],
        json!({"pria": 3, "wanita": 4})
    );
    let stray = read
        .faults
        .iter()
        .find(|f| matches!(f.0, FaultKind::Headless { .. }));
    assert_eq!(stray.unwrap().1, "Sheet1!H6");
}

#[test]
fn a_merged_cell_speaks_for_the_rows_that_it_covers() {
    let text =
        "nama_koperasi|nomor_badan_hukum|kecamatan\nTani|1/BH/X|Kroya\nMina|2/BH/X|\nLain|3/BH/X|";
    let mut book = book(&[("Koperasi", text)]);
    book.merged = vec![(0, [2, 3, 3, 3]), (0, [2, 1, 4, 1])];
    let read = read(book, None);
    assert_eq!(read.entries[1]["kecamatan"], "Kroya");
    assert_eq!(read.entries[2].get("kecamatan"), None);
    let merged = |kind: &FaultKind| {
        matches!(
            kind,
            FaultKind::Reread {
                how: Reading::Merged,
                ..
            }
        )
    };
    let told = read.faults.iter().find(|(kind, _)| merged(kind));
    assert_eq!(told.unwrap().1, "Koperasi!C3");
}

#[test]
fn a_list_in_a_sheet_of_its_own_is_not_read_from_columns_too() {
    let koperasi = "nama_koperasi|nomor_badan_hukum|rat_2023\nTani|1/BH/X|@2024-01-02";
    let rat = format!("{RAT}\n1/BH/X|#2022|@2023-01-02|");
    let read = read(book(&[("Koperasi", koperasi), ("RAT", &rat)]), None);
    assert_eq!(read.entries[0]["rat"].as_array().unwrap().len(), 1);
    let double = read
        .faults
        .iter()
        .find(|f| matches!(f.0, FaultKind::DoubleColumn { .. }));
    assert_eq!(double.unwrap().1, "Koperasi!C1");
}

#[test]
fn cells_that_are_no_text_say_what_they_are() {
    let text = "nama_koperasi|nomor_badan_hukum|nik_koperasi|aset|tanggal_badan_hukum|kode_wilayah\n\
        #12|@2018-05-06|#3302010000001|#1.234|#45363|#33.1\n|#0012|#1|1.000|@2024-01-02 10:00:00|#33.02";
    let read = read(book(&[("Koperasi", text)]), None);
    let [first, second] = &read.entries[..] else {
        panic!()
    };
    let wanted = json!({
        "nama_koperasi": "12", "nik_koperasi": "3302010000001", "aset": 1.234,
        "tanggal_badan_hukum": "2024-03-12"
    });
    assert_eq!(first, &wanted);
    assert_eq!(second["nomor_badan_hukum"], "0012");
    assert_eq!(second["tanggal_badan_hukum"], "2024-01-02");
    let damaged = read
        .faults
        .iter()
        .filter(|f| matches!(f.0, FaultKind::Damaged { .. }));
    let cells: Vec<&str> = damaged.map(|(_, cell)| cell.as_str()).collect();
    assert_eq!(cells, ["Koperasi!B2", "Koperasi!F2"]);
}
