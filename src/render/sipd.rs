//! The SIPD tree as a table: a row for each place and type, a column for each node. Sums hold, or
//! nothing is written.

use std::io::{self, Write};

use ::csv::{Terminator, WriterBuilder};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::render::csv::{failed, text};
use crate::render::{Style, safe};
use crate::report::Report;

mod rows;

use rows::{Row, rows};

/// The name of the sheet.
const SHEET: &str = "SIPD";

/// What stands before the numbers, and behind them.
const BEFORE: [&str; 7] = [
    "kode_kabupaten_kota",
    "nama_kabupaten_kota",
    "tahun",
    "tanggal_acuan",
    "tingkat",
    "kecamatan",
    "jenis_koperasi",
];
const BEHIND: [&str; 2] = ["satuan", "catatan"];

/// By activity: the sum first.
const ACTIVITY: [&str; 5] = ["", "_aktif", "_tidak_aktif", "_antara", "_tidak_terbukti"];

/// Writes the table.
///
/// # Errors
/// The sums do not hold; or what the system says.
pub fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let rows = rows(report)?;
    if style.workbook {
        let bytes = workbook(&rows).map_err(io::Error::other)?;
        return out.write_all(&bytes);
    }
    // As Indonesian Excel opens it.
    out.write_all("\u{feff}".as_bytes())?;
    let mut table = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer(out);
    table.write_record(headings()).map_err(failed)?;
    for row in &rows {
        let before = row.before.iter().map(|cell| text(cell));
        let numbers = row.numbers().map(|number| match number {
            Some(number) => number.to_string(),
            None => String::new(),
        });
        let behind = row.behind.iter().map(|cell| text(cell));
        let cells = before.chain(numbers).chain(behind);
        table.write_record(cells).map_err(failed)?;
    }
    table.flush()
}

fn headings() -> Vec<String> {
    let parts = ["dibantu", "mandiri", "tidak_terbukti"];
    let numbers = parts
        .iter()
        .flat_map(|part| ACTIVITY.map(|activity| format!("{part}{activity}")));
    let numbers = ["jumlah".to_owned()].into_iter().chain(numbers);
    let before = BEFORE.iter().map(|name| (*name).to_owned());
    let behind = BEHIND.iter().map(|name| (*name).to_owned());
    before.chain(numbers).chain(behind).collect()
}

fn workbook(rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Not the clock: the same report is the same bytes.
    let never = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&never));
    let page = book.add_worksheet();
    page.set_name(SHEET)?;
    let headings = headings();
    let bold = Format::new().set_bold().set_text_wrap();
    for (at, name) in (0..).zip(&headings) {
        page.write_string_with_format(0, at, name, &bold)?;
        page.set_column_width(at, if at < 7 { 18 } else { 10 })?;
    }
    let last = u16::try_from(headings.len() - 1).unwrap_or(u16::MAX);
    page.set_column_width(1, 26)?.set_column_width(last, 60)?;
    for (line, row) in (1..).zip(rows) {
        let mut columns = 0..;
        for (cell, at) in row.before.iter().zip(columns.by_ref()) {
            page.write_string(line, at, safe(cell))?;
        }
        for (number, at) in row.numbers().zip(columns.by_ref()) {
            if let Some(number) = number {
                page.write_number(line, at, number as f64)?;
            }
        }
        for (cell, at) in row.behind.iter().zip(columns) {
            page.write_string(line, at, safe(cell))?;
        }
    }
    let end = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    page.autofilter(0, 0, end, last)?;
    page.set_freeze_panes(1, 2)?;
    book.save_to_buffer()
}
