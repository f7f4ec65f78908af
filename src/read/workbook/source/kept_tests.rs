//! The workbooks in `fixtures/workbooks/source`, of openpyxl and LibreOffice.

use super::{Book, Kind, read};
use crate::grid::Sort;

fn book(name: &str) -> Book {
    let path = format!(
        "{}/fixtures/workbooks/source/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    read(std::fs::read(path).unwrap()).unwrap()
}

/// What stands in the second column, by what stands in the first.
fn value(book: &Book, name: &str) -> (String, Sort) {
    let mut rows = book.grid.sheets[0]
        .rows
        .clone()
        .map(|row| book.grid.row(row));
    let row = rows.find(|row| row.text(0) == name).unwrap();
    (row.text(1).to_owned(), row.sort(1))
}

#[test]
fn every_kind_of_workbook_says_the_same() {
    for (file, kind) in [
        ("openpyxl.xlsx", Kind::Xlsx),
        ("libreoffice.xlsx", Kind::Xlsx),
        ("libreoffice.ods", Kind::Ods),
        ("libreoffice.xls", Kind::Xls),
    ] {
        let book = book(file);
        assert_eq!(book.kind, kind);
        for (name, text, sort) in [
            ("teks", "Koperasi  Tani Makmur ", Sort::Text),
            ("baris", "Jl. Merdeka 1\nBanyumas", Sort::Text),
            ("bilangan", "3350", Sort::Number),
            ("pecahan", "0.5", Sort::Number),
            ("negatif", "-11845222", Sort::Number),
            ("rupiah", "1500000", Sort::Number),
            ("nol di depan", "0012", Sort::Number),
            ("persen", "25%", Sort::Text),
            ("persen dua", "12.34%", Sort::Text),
            ("ilmiah", "1234567", Sort::Scientific),
            ("tanggal", "2024-03-01", Sort::Date),
            ("tanggal dan jam", "2024-03-01 07:30:00", Sort::Date),
            ("jam", "07:30:00", Sort::Text),
            ("lama", "36:00:00", Sort::Text),
            ("benar", "TRUE", Sort::Bool),
            ("teks angka", "0012", Sort::Text),
            ("serupa rumus", "=1+1", Sort::Text),
        ] {
            assert_eq!(
                value(&book, name),
                (text.to_owned(), sort),
                "{file}: {name}"
            );
        }
        assert_eq!(value(&book, "hilang").1, Sort::Lost, "{file}");
        // OpenDocument shows all digits of these.
        let long = value(&book, "panjang");
        assert_eq!(long.0, "337411000001", "{file}");
        assert_eq!(long.1 == Sort::Number, kind == Kind::Ods, "{file}");
    }
}

#[test]
fn formulas_have_their_values_or_none() {
    let wanted = [
        ("salah rumus", "=1/0", ("#DIV/0!", Sort::Error)),
        ("rumus", "=B3*2", ("6700", Sort::Number)),
        (
            "rumus teks",
            "=B1&\"!\"",
            ("Koperasi  Tani Makmur !", Sort::Text),
        ),
        ("rumus kosong", "=\"\"", ("", Sort::Blank)),
    ];
    let raw = book("openpyxl.xlsx");
    for (name, formula, _) in wanted {
        assert_eq!(
            value(&raw, name),
            (formula.to_owned(), Sort::Unvalued),
            "{name}"
        );
    }
    for file in ["libreoffice.xlsx", "libreoffice.ods", "libreoffice.xls"] {
        let book = book(file);
        for (name, _, (text, sort)) in wanted {
            assert_eq!(
                value(&book, name),
                (text.to_owned(), sort),
                "{file}: {name}"
            );
        }
    }
}

#[test]
fn what_is_hidden_is_known_in_every_kind() {
    for file in [
        "openpyxl.xlsx",
        "libreoffice.xlsx",
        "libreoffice.ods",
        "libreoffice.xls",
    ] {
        let book = book(file);
        let sheets = &book.grid.sheets;
        let names: Vec<_> = sheets.iter().map(|its| (&*its.name, its.hidden)).collect();
        let wanted = [("Jenis", false), ("Tersembunyi", false), ("Acuan", true)];
        assert_eq!(names, wanted, "{file}");
        assert_eq!(sheets[1].hidden_columns, [2], "{file}");
        let rows = sheets[1].rows.clone().map(|row| book.grid.row(row));
        let hidden: Vec<u32> = rows
            .filter(|row| row.hidden())
            .map(|row| row.number())
            .collect();
        assert_eq!(hidden, [3, 4], "{file}");
        assert_eq!(book.merged, [(1, [6, 1, 7, 2])], "{file}");
        let last = book.grid.row(sheets[1].rows.end - 1);
        assert_eq!((last.number(), last.text(7)), (12, "jauh"), "{file}");
    }
}

#[test]
fn days_may_count_from_1904() {
    let book = book("1904.xlsx");
    assert!(book.grid.epoch_1904);
    let row = book.grid.row(0);
    assert_eq!((row.text(0), row.sort(0)), ("2024-03-01", Sort::Date));
}
