//! The review as a plain new workbook: texts are texts, whatever they begin with.

use std::io::{self, Write};

use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::Review;
use super::table::{self, Cell, Table};
use crate::words::shown;

/// Characters of a cell.
const LONG: usize = 2_000;

pub(super) fn write(review: &Review<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&book(review).map_err(io::Error::other)?)
}

fn book(review: &Review<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    for table in [
        table::regencies(review),
        table::causes(review),
        table::doubles(review, true),
    ] {
        book.push_worksheet(sheet(&table)?);
    }
    let title = review.lang().pick("Catatan", "Notes");
    let mut notes = vec![format!("koplint {}", env!("CARGO_PKG_VERSION"))];
    notes.push(review.report.today.to_string());
    notes.extend(table::said(review));
    let rows = notes.into_iter().map(|text| vec![Cell::Text(text)]);
    book.push_worksheet(sheet(&Table {
        title,
        heads: vec![title],
        rows: rows.collect(),
    })?);
    book.save_to_buffer()
}

fn sheet(table: &Table) -> Result<Worksheet, XlsxError> {
    let mut page = Worksheet::new();
    page.set_name(table.title)?;
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(0x0B_5A_52));
    let plain = Format::new()
        .set_text_wrap()
        .set_num_format("@")
        .set_align(FormatAlign::Top);
    let figure = Format::new()
        .set_num_format("#,##0")
        .set_align(FormatAlign::Top);
    for (at, text) in (0..).zip(&table.heads) {
        page.write_string_with_format(0, at, *text, &head)?;
        let longest = table.rows.iter().filter_map(|row| row.get(usize::from(at)));
        let longest = longest.map(|cell| match cell {
            Cell::Text(text) => text.chars().count(),
            Cell::Number(_) | Cell::Blank => 8,
        });
        let wide = longest.max().unwrap_or(0).max(text.chars().count() + 2);
        page.set_column_width(at, u32::try_from(wide.clamp(8, 60)).unwrap_or(60))?;
    }
    for (line, row) in (1..).zip(&table.rows) {
        for (at, cell) in (0..).zip(row) {
            match cell {
                Cell::Text(text) => {
                    page.write_string_with_format(line, at, shown(text, LONG), &plain)?;
                }
                // A spreadsheet keeps 15 digits; more are text.
                Cell::Number(number) if number.unsigned_abs() >= 1_000_000_000_000_000 => {
                    page.write_string_with_format(line, at, number.to_string(), &plain)?;
                }
                Cell::Number(number) => {
                    #[allow(clippy::cast_precision_loss, reason = "below 15 digits")]
                    page.write_number_with_format(line, at, *number as f64, &figure)?;
                }
                Cell::Blank => {}
            }
        }
    }
    page.set_freeze_panes(1, 0)?;
    page.set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    page.set_repeat_rows(0, 0)?;
    Ok(page)
}
