//! Finds out a table's form from its first text: delimiter, header, and how it writes dates and numbers.

use super::dates::DateOrder;
use super::header::{self, Candidate, Header};
use super::heading::Column;
use super::numbers::{NumberStyle, Style};
use super::scan::{self, Cell, MAX_RECORD, content};

/// How much text is looked at, in bytes.
pub(crate) const HEAD: usize = 256 * 1024;

/// The most columns in which a header is looked for.
const MOST_COLUMNS: usize = 16_384;

/// Delimiters, the one of Indonesian spreadsheets first.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// A column's heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Its text; of a two-row header, both joined.
    pub(crate) text: String,
    /// What it means; None if it is unknown or blank.
    pub(crate) column: Option<Column>,
    /// Where its cell (of two, the lower one that has text) begins in the text.
    pub(crate) start: u32,
    /// Where its cell ends.
    pub(crate) end: u32,
}

/// A cell that shows how the file writes numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Example {
    /// Its content.
    pub(crate) text: String,
    /// Where it begins in the text.
    pub(crate) place: usize,
}

/// The form of a delimited table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// What parts the cells.
    pub(crate) delim: u8,
    /// The first line is `sep=;`, for spreadsheets.
    pub(crate) sep_line: bool,
    /// How many records stand above the header (the `sep=` line is not one).
    pub(crate) title_rows: u32,
    /// How many records the header takes: 1 or 2.
    pub(crate) header_rows: u32,
    /// A record of column numbers follows the header.
    pub(crate) number_row: bool,
    /// The headings, by column.
    pub(crate) headings: Vec<Heading>,
    /// Where the first record below the header begins in the text.
    pub(crate) body: usize,
    /// What the first records tell about day and month, by column.
    pub(crate) dates: Vec<DateOrder>,
    /// What the first records tell about the thousands.
    pub(crate) numbers: NumberStyle,
    /// The first cell that shows thousands parted by dots.
    pub(crate) dot_thousands: Option<Example>,
    /// The first cell that shows thousands parted by commas.
    pub(crate) comma_thousands: Option<Example>,
}

/// No header row was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoHeader {
    /// The delimiter under which most is recognised.
    pub(crate) delim: u8,
    /// The record that comes nearest to a header, and where it begins in the text.
    pub(crate) best: Option<(Candidate, usize)>,
}

/// Tells the form from the first text of a file, of which [`HEAD`] bytes are looked at. `complete`:
/// the text is the whole file, so its last record is too.
pub(crate) fn form(text: &str, complete: bool) -> Result<Form, NoHeader> {
    let head = text.get(..floor_boundary(text, HEAD)).unwrap_or(text);
    let complete = complete && head.len() == text.len();
    let (sep, start) = sep_line(head);
    let delimiters = sep.as_ref().map_or(&DELIMITERS[..], std::slice::from_ref);
    let mut best: Option<(Table, Header)> = None;
    let mut none: Option<NoHeader> = None;
    for delim in delimiters {
        let table = Table::read(whole_records(head, complete, *delim), start, *delim);
        match header::find(&table.rows) {
            Ok(header) => {
                if best
                    .as_ref()
                    .is_none_or(|(_, best)| header.recognised > best.recognised)
                {
                    best = Some((table, header));
                }
            }
            Err(nearest) => {
                let recognised = |best: Option<Candidate>| best.map_or(0, |best| best.recognised);
                let before = none
                    .as_ref()
                    .map(|none| recognised(none.best.map(|(best, _)| best)));
                if before.is_none_or(|before| recognised(nearest) > before) {
                    let place = |best: Candidate| {
                        (best, table.starts.get(best.row).copied().unwrap_or(start))
                    };
                    none = Some(NoHeader {
                        delim: *delim,
                        best: nearest.map(place),
                    });
                }
            }
        }
    }
    match (best, none) {
        (Some((table, header)), _) => Ok(table.form(&header, sep.is_some())),
        (None, Some(none)) => Err(none),
        (None, None) => Err(NoHeader {
            delim: DELIMITERS[0],
            best: None,
        }),
    }
}

/// The first records of a text under one delimiter.
struct Table<'a> {
    text: &'a str,
    delim: u8,
    rows: Vec<Vec<String>>,
    cells: Vec<Vec<Cell>>,
    /// Where each record begins, and the one after the last.
    starts: Vec<usize>,
}

impl<'a> Table<'a> {
    fn read(text: &'a str, start: usize, delim: u8) -> Self {
        let mut table = Self {
            text,
            delim,
            rows: Vec::new(),
            cells: Vec::new(),
            starts: vec![start],
        };
        let mut pos = start;
        // The header, its second row and the row of numbers may follow the last one looked at.
        while pos < text.len() && table.rows.len() < header::LOOKED_AT + 2 {
            let mut cells = Vec::new();
            pos = scan::record(text, pos, delim, MAX_RECORD, &mut cells);
            cells.truncate(MOST_COLUMNS);
            table.rows.push(
                cells
                    .iter()
                    .map(|cell| content(text, cell).into_owned())
                    .collect(),
            );
            table.cells.push(cells);
            table.starts.push(pos);
        }
        table
    }

    fn form(&self, header: &Header, sep_line: bool) -> Form {
        let heading = |(at, text): (usize, &String)| {
            let cell = |row: usize| self.cells.get(row)?.get(at).copied();
            let has_text = |cell: &Cell| !content(self.text, cell).is_empty();
            let lower = (header.rows == 2)
                .then(|| cell(header.row + 1).filter(has_text))
                .flatten();
            let (start, end) = lower
                .or_else(|| cell(header.row))
                .map_or((0, 0), |cell| (cell.start, cell.end));
            Heading {
                text: text.clone(),
                column: header.columns.get(at).copied().flatten(),
                start,
                end,
            }
        };
        let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
        let mut form = Form {
            delim: self.delim,
            sep_line,
            title_rows: count(header.row),
            header_rows: count(header.rows),
            number_row: header.number_row,
            headings: header.texts.iter().enumerate().map(heading).collect(),
            body: self
                .starts
                .get(header.body())
                .copied()
                .unwrap_or(self.text.len()),
            dates: vec![DateOrder::default(); header.texts.len()],
            numbers: NumberStyle::default(),
            dot_thousands: None,
            comma_thousands: None,
        };
        form.look_at_values(self.text);
        form
    }
}

impl Form {
    fn look_at_values(&mut self, text: &str) {
        let mut cells = Vec::new();
        let mut pos = self.body;
        while pos < text.len() {
            pos = scan::record(text, pos, self.delim, MAX_RECORD, &mut cells);
            for ((cell, heading), order) in cells.iter().zip(&self.headings).zip(&mut self.dates) {
                let Some(column) = heading.column else {
                    continue;
                };
                if column.is_date() {
                    order.see(&content(text, cell));
                } else if column.number_kind().is_some() {
                    let content = content(text, cell);
                    let example = match self.numbers.see(&content) {
                        Some(Style::DotThousands) => &mut self.dot_thousands,
                        Some(Style::CommaThousands) => &mut self.comma_thousands,
                        None => continue,
                    };
                    let place = cell.start as usize;
                    example.get_or_insert_with(|| Example {
                        text: content.into_owned(),
                        place,
                    });
                }
            }
        }
    }
}

/// The delimiter that a first line `sep=;` names, and where the text begins after it.
fn sep_line(text: &str) -> (Option<u8>, usize) {
    let mut cells = Vec::new();
    let (line, _) = text.split_once(['\n', '\r']).unwrap_or((text, ""));
    let bare = scan::trim(line).trim_matches('"');
    let delim = match bare.as_bytes() {
        [s, e, p, b'=', delim] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => *delim,
        // The tab itself is white space, and may have been trimmed.
        [s, e, p, b'='] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") && line.contains('\t') => {
            b'\t'
        }
        _ => return (None, 0),
    };
    if !delim.is_ascii_punctuation() && delim != b'\t' || matches!(delim, b'"' | b'\'') {
        return (None, 0);
    }
    // No record has this delimiter: only the line end is looked for.
    (Some(delim), scan::record(text, 0, 0, 0, &mut cells))
}

/// Without the last record, which may be cut.
fn whole_records(head: &str, complete: bool, delim: u8) -> &str {
    if complete {
        return head;
    }
    let end = scan::boundary(head.as_bytes(), false, delim, MAX_RECORD);
    end.and_then(|end| head.get(..end)).unwrap_or(head)
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

#[cfg(test)]
#[path = "sniff_tests.rs"]
mod tests;
