//! Workbooks written by a writer, read back.

use rust_xlsxwriter::{Chart, ChartType, Color, Format, Formula, Workbook, Worksheet, XlsxError};

use super::{Book, Kind, read};
use crate::grid::Sort;

fn book(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Book {
    let mut book = Workbook::new();
    fill(book.add_worksheet()).unwrap();
    read(book.save_to_buffer().unwrap()).unwrap()
}

/// The cells of the first sheet, row by row, blank ones left out.
fn cells(book: &Book) -> Vec<(u32, usize, String, Sort)> {
    let mut out = Vec::new();
    for index in book.grid.sheets[0].rows.clone() {
        let row = book.grid.row(index);
        for column in 0..row.len() {
            if row.sort(column) != Sort::Blank {
                let text = row.text(column).to_owned();
                out.push((row.number(), column, text, row.sort(column)));
            }
        }
    }
    out
}

fn column(book: &Book) -> Vec<(String, Sort)> {
    let all = cells(book).into_iter();
    all.map(|(_, _, text, sort)| (text, sort)).collect()
}

#[test]
fn every_sort_of_cell() {
    let format = Format::new;
    let book = book(|sheet| {
        sheet.write(0, 0, "Koperasi  Tani ")?;
        sheet.write(1, 0, 3350)?;
        sheet.write_with_format(2, 0, 12, &format().set_num_format("0000"))?;
        sheet.write_with_format(3, 0, 0.25, &format().set_num_format("0%"))?;
        sheet.write_with_format(4, 0, 45_352, &format().set_num_format("dd mmmm yyyy"))?;
        sheet.write_with_format(5, 0, 0, &format().set_num_format("dd/mm/yyyy"))?;
        sheet.write_with_format(6, 0, 0.3125, &format().set_num_format("hh:mm"))?;
        sheet.write(7, 0, 337_411_000_001.0)?;
        sheet.write_with_format(8, 0, 1_234_567, &format().set_num_format("0.00E+00"))?;
        sheet.write(9, 0, 3_302_011_203_800_001.0)?;
        sheet.write(10, 0, true)?;
        sheet.write_formula(11, 0, Formula::new("=A2*2").set_result("6700"))?;
        sheet.write_formula(12, 0, Formula::new("=A1/0").set_result("#DIV/0!"))?;
        sheet.write_formula(13, 0, Formula::new("=A1&\"x\"").set_result("teks"))?;
        sheet.write_blank(15, 0, &format().set_background_color(Color::Red))?;
        sheet.write(16, 0, "baris 1\nbaris 2")?;
        sheet.write_with_format(17, 0, 1500, &format().set_num_format("\"Rp\"#,##0"))?;
        sheet.write_rich_string(18, 0, &[(&format().set_bold(), "te"), (&format(), "bal ")])?;
        sheet.write(19, 0, "_x000D_")?;
        Ok(())
    });
    assert_eq!(book.kind, Kind::Xlsx);
    let wanted = [
        ("Koperasi  Tani ", Sort::Text),
        ("3350", Sort::Number),
        ("0012", Sort::Number),
        ("25%", Sort::Text),
        ("2024-03-01", Sort::Date),
        ("00/01/1900", Sort::Text),
        ("07:30:00", Sort::Text),
        ("337411000001", Sort::Scientific),
        ("1234567", Sort::Scientific),
        ("3302011203800001", Sort::Lost),
        ("TRUE", Sort::Bool),
        ("6700", Sort::Number),
        ("#DIV/0!", Sort::Error),
        ("teks", Sort::Text),
        ("baris 1\nbaris 2", Sort::Text),
        ("1500", Sort::Number),
        ("tebal ", Sort::Text),
        ("_x000D_", Sort::Text),
    ];
    let wanted = wanted.map(|(text, sort)| (text.to_owned(), sort));
    assert_eq!(column(&book), wanted);
}

#[test]
fn what_is_hidden_is_said() {
    let mut made = Workbook::new();
    let sheet = made.add_worksheet().set_name("Data").unwrap();
    sheet.write(0, 0, "a").unwrap();
    sheet.write(3, 4, "b").unwrap();
    sheet.write(4, 0, "c").unwrap();
    sheet.set_row_hidden(3).unwrap();
    sheet.set_row_height(4, 0).unwrap();
    sheet.set_column_hidden(2).unwrap();
    sheet.set_column_hidden(3).unwrap();
    sheet
        .merge_range(6, 0, 6, 2, "judul", &Format::new())
        .unwrap();
    let rest = made.add_worksheet().set_name("Acuan").unwrap();
    rest.set_hidden(true).write(0, 0, 1).unwrap();
    made.add_worksheet().set_very_hidden(true);
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("=Data!$A$1:$A$5");
    made.add_chartsheet().insert_chart(0, 0, &chart).unwrap();
    let book = read(made.save_to_buffer().unwrap()).unwrap();
    let sheets = &book.grid.sheets;
    let names: Vec<(&str, bool)> = sheets.iter().map(|its| (&*its.name, its.hidden)).collect();
    assert_eq!(names, [("Data", false), ("Acuan", true), ("Sheet3", true)]);
    assert_eq!(sheets[0].hidden_columns, [2, 3]);
    let rows = sheets[0].rows.clone().map(|row| book.grid.row(row));
    let rows: Vec<_> = rows.map(|row| (row.number(), row.hidden())).collect();
    assert_eq!(rows, [(1, false), (4, true), (5, true), (7, false)]);
    assert_eq!(book.merged, [(0, [7, 1, 7, 3])]);
}
