//! Tests of the kinds of rows.

use super::*;

fn kind(row: &str) -> RowKind {
    let headings = [
        "No",
        "Nama",
        "No BH",
        "Tgl BH",
        "Kec",
        "Anggota L",
        "Anggota P",
        "Aset",
    ]
    .map(str::to_owned);
    let columns: Vec<_> = headings
        .iter()
        .map(|text| super::super::heading::column(text))
        .collect();
    let cells: Vec<&str> = row.split(';').map(str::trim).collect();
    Rows::new(&columns, &headings).kind(&cells)
}

#[test]
fn what_is_surely_no_entry() {
    use RowKind::{Blank, NumberRow, RepeatedHeader, Signature, Total};
    for (row, expected) in [
        ("", Blank),
        (";;;;;;;", Blank),
        ("415;;;;;;;", Blank),
        ("(1);(2);(3);(4);(5);(6);(7);(8)", NumberRow),
        ("1;2;3;4;5;6;7;8", NumberRow),
        ("JUMLAH;;;;;10;20;1.000.000", Total),
        (";Total Kecamatan;-;;;10;20;Rp 1.000,-", Total),
        (";Jumlah : ;;;;;;", Total),
        (
            "NO;NAMA;NO BH;TGL BH;KEC;Anggota L;Anggota P;ASET",
            RepeatedHeader,
        ),
        (";;;;;L;P;", RepeatedHeader),
        (";;;;Purwokerto, 20 Januari 2026;;;", Signature),
        (";Mengetahui,;;;Banyumas,    Januari 2026;;;", Signature),
        (";Kepala Dinas Koperasi;;;;;;", Signature),
        (";;;;NIP. 19700101 199503 1 001;;;", Signature),
        ("Sumber: Dinas Koperasi;;;;;;;", Signature),
    ] {
        assert_eq!(kind(row), expected, "{row}");
    }
}

#[test]
fn what_is_in_doubt_is_data() {
    for row in [
        "1;A;1/BH/I;01/02/2003;B;1;2;3",
        "1;A;;;;;;",
        ";Total Sejahtera;1/BH/I;;;;;",
        ";Total Sejahtera;;;Baturraden;1;2;3",
        ";Total Sejahtera;;12/03/2004;;1;2;3",
        "12;Jumlah;;;;1;2;3",
        ";Jumlahan;;;;1;;",
        ";Pembinaan Tani;;;;;;",
        ";Tani Makmur;;;Mengetahui;;;",
        ";Mengetahui;;01/02/2003;A;1;2;3",
        ";Drs. Budi;;;;;;",
        "1;2;3;;B;;;",
    ] {
        assert_eq!(kind(row), RowKind::Data, "{row}");
    }
}

#[test]
fn names_below_a_signature_are_no_entries() {
    let columns = ["Nama", "No BH", "Kec", "Aset"].map(super::super::heading::column);
    let rows = Rows::new(&columns, &[]);
    assert_eq!(
        rows.kind_after_signature(&["Drs. Budi", "", "Siti, S.E.", ""]),
        RowKind::Signature
    );
    assert_eq!(
        rows.kind_after_signature(&["A", "1/BH/I", "", ""]),
        RowKind::Data
    );
    assert_eq!(
        rows.kind_after_signature(&["A", "", "", "5"]),
        RowKind::Data
    );
}
