//! The workbook that is marked: the submission itself, or one made of its cells.

use std::io;

use rust_xlsxwriter::{Format, IgnoreError, Workbook, Worksheet, XlsxError};
use serde_json::{Map, Value};

use crate::lang::Lang;
use crate::place::Place;
use crate::read::table::whole::Whole;
use crate::read::workbook::source;
use crate::render::labels;
use crate::report::Submission;
use crate::say;

use super::sheets::{self, Names};

/// The sheet of a table's cells.
const TABLE: &str = "Data";
/// The sheet of its header.
const HEAD: &str = "Kepala";
/// The sheet of a document's entries.
const ENTRIES: &str = "Entri";
/// What a sheet can hold.
pub(super) const MOST_ROWS: usize = 1_048_576;
pub(super) const MOST_COLUMNS: u16 = 16_384;
const MOST_LETTERS: usize = 32_000;
/// Widths of columns.
pub(super) const WIDEST: usize = 45;

/// The workbook before it is marked.
pub(super) struct Base {
    pub(super) bytes: Vec<u8>,
    pub(super) places: Places,
}

/// Where the places of findings are in it.
pub(super) enum Places {
    /// They are cells of it already.
    Cells,
    /// They are cells of sheets of these names.
    Copied(Names),
    /// They are characters of a table's text.
    Table(Box<Whole>),
    /// They are not in it.
    Nowhere,
}

impl Places {
    /// Sheet, row and column of a place, if it is a cell.
    pub(super) fn cell(&self, place: &Place) -> Option<(String, u32, u32)> {
        if place.file.is_some() || place.line == 0 {
            return None;
        }
        match self {
            Self::Cells => {
                let sheet = place.sheet.as_deref()?;
                Some((sheet.to_owned(), place.line, place.column.max(1)))
            }
            Self::Copied(names) => {
                let sheet = names.get(place.sheet.as_deref()?)?;
                Some((sheet.clone(), place.line, place.column.max(1)))
            }
            Self::Table(whole) => {
                let (row, column) = whole.at(place.line, place.column)?;
                let from_one = |at: usize| u32::try_from(at + 1).ok();
                Some((TABLE.to_owned(), from_one(row)?, from_one(column)?))
            }
            Self::Nowhere => None,
        }
    }
}

impl Base {
    pub(super) fn of(submission: &Submission, bytes: Vec<u8>, lang: Lang) -> io::Result<Self> {
        match submission.source.format {
            "csv" => {
                let whole = Whole::read(&bytes);
                drop(bytes);
                Ok(Self {
                    bytes: table(&whole, &submission.header, lang)?,
                    places: Places::Table(Box::new(whole)),
                })
            }
            "json" | "ndjson" => Ok(Self {
                bytes: entries(submission, lang).map_err(io::Error::other)?,
                places: Places::Nowhere,
            }),
            "xlsx" => Ok(Self {
                bytes,
                places: Places::Cells,
            }),
            _ => {
                let book = source::read(bytes).map_err(|_| unread(lang))?;
                let copied = sheets::copied(&book.grid).map_err(io::Error::other)?;
                let (bytes, names) = copied.ok_or_else(|| too_large(lang))?;
                Ok(Self {
                    bytes,
                    places: Places::Copied(names),
                })
            }
        }
    }
}

fn too_large(lang: Lang) -> io::Error {
    io::Error::other(say!(lang,
        id: "tabel ini lebih besar dari satu lembar Excel",
        en: "this table is larger than a sheet of Excel",
    ))
}

fn unread(lang: Lang) -> io::Error {
    io::Error::other(say!(lang,
        id: "buku kerja ini tidak terbaca",
        en: "this workbook cannot be read",
    ))
}

/// A workbook with the cells of a table, plain numbers as such and all else as text, and the header that came from elsewhere.
fn table(whole: &Whole, header: &Value, lang: Lang) -> io::Result<Vec<u8>> {
    if whole.len() > MOST_ROWS {
        return Err(too_large(lang));
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let mut widths: Vec<usize> = Vec::new();
    let text = Format::new().set_num_format("@");
    for row in 0..whole.len() {
        let cells = whole.record(row);
        if cells.len() > usize::from(MOST_COLUMNS) {
            return Err(too_large(lang));
        }
        widths.resize(widths.len().max(cells.len()), 8);
        for (column, cell) in cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
        {
            let letters = cell.chars().count();
            widths[column] = widths[column].max(letters + 1).min(WIDEST);
            match whole.number(column, cell) {
                Some(number) => write_number(sheet, row, column, number),
                None => write(sheet, row, column, &shortened(cell, letters), &text),
            }
            .map_err(io::Error::other)?;
        }
    }
    if let Some(members) = header.as_object().filter(|members| !members.is_empty()) {
        kepala(&mut book, members).map_err(io::Error::other)?;
    }
    finish(book, TABLE, &widths, whole.len()).map_err(io::Error::other)
}

/// The sheet of the header: a field and its value in each row.
fn kepala(book: &mut Workbook, members: &Map<String, Value>) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(HEAD)?;
    sheet.set_column_width(0, 26)?.set_column_width(1, 60)?;
    let (bold, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    let known = members.iter().filter(|(_, value)| !value.is_null());
    for (row, (name, value)) in known.enumerate() {
        write(sheet, row, 0, name, &bold)?;
        match (value.as_u64().map(u32::try_from), value) {
            (Some(Ok(number)), _) => write_number(sheet, row, 1, number)?,
            (_, Value::String(own)) => {
                write(sheet, row, 1, &shortened(own, own.chars().count()), &text)?;
            }
            (_, other) => write(sheet, row, 1, &other.to_string(), &text)?,
        }
    }
    Ok(())
}

/// A workbook that lists the entries of a document.
fn entries(submission: &Submission, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    let text = Format::new().set_num_format("@");
    let headings = match lang {
        Lang::Id => [
            "Entri",
            "Nomor badan hukum",
            "Nama koperasi",
            "Putusan",
            "Alasan",
        ],
        Lang::En => ["Entry", "Registration number", "Name", "Verdict", "Reasons"],
    };
    for (column, heading) in headings.iter().enumerate() {
        write(sheet, 0, column, heading, &bold)?;
    }
    for (row, entry) in (1..MOST_ROWS).zip(&submission.entries) {
        let verdict = labels::verdict(entry.verdict).get(lang);
        let (number, reasons) = (entry.number.to_string(), super::reasons(entry, lang));
        let cells = [&number, &entry.key, &entry.name, verdict, &reasons];
        for (column, cell) in cells.into_iter().enumerate() {
            write(
                sheet,
                row,
                column,
                &shortened(cell, cell.chars().count()),
                &text,
            )?;
        }
    }
    finish(
        book,
        ENTRIES,
        &[8, 30, 40, 18, 80],
        submission.entries.len() + 1,
    )
}

pub(super) fn shortened(cell: &str, letters: usize) -> String {
    match letters > MOST_LETTERS {
        true => cell.chars().take(MOST_LETTERS).chain(['…']).collect(),
        false => cell.to_owned(),
    }
}

fn write(
    sheet: &mut Worksheet,
    row: usize,
    column: usize,
    cell: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    // Both are within a sheet, which is looked at before.
    let row = u32::try_from(row).unwrap_or(u32::MAX);
    let column = u16::try_from(column).unwrap_or(u16::MAX);
    sheet.write_string_with_format(row, column, cell, format)?;
    Ok(())
}

fn write_number(
    sheet: &mut Worksheet,
    row: usize,
    column: usize,
    number: u32,
) -> Result<(), XlsxError> {
    let row = u32::try_from(row).unwrap_or(u32::MAX);
    let column = u16::try_from(column).unwrap_or(u16::MAX);
    sheet.write_number(row, column, number)?;
    Ok(())
}

fn finish(
    mut book: Workbook,
    name: &str,
    widths: &[usize],
    rows: usize,
) -> Result<Vec<u8>, XlsxError> {
    let sheet = book.worksheet_from_index(0)?;
    sheet.set_name(name)?;
    for (column, width) in (0..).zip(widths) {
        // A width is a small number.
        let width = u16::try_from(*width).unwrap_or(u16::MAX);
        sheet.set_column_width(column, f64::from(width))?;
    }
    let last_row = u32::try_from(rows.saturating_sub(1)).unwrap_or(0);
    let last_column = u16::try_from(widths.len().saturating_sub(1)).unwrap_or(0);
    // Numbers of registration are text here on purpose.
    sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    book.save_to_buffer()
}
