//! One sheet as a table: where its headings stand and what its columns hold.

use crate::grid::{Grid, RowView, Sort};
use crate::read::table::header::{self, Candidate, Header};
use crate::read::table::heading::Column;
use crate::read::table::numbers::{NumberStyle, Style};
use crate::read::table::scan::trim;
use crate::read::table::sniff::{Example, Form, Heading};
use crate::tape::Name;

/// The most columns in which headings are looked for.
const MOST_COLUMNS: usize = 1024;

/// A sheet in which a header was found.
pub(super) struct Table {
    /// How it is laid out.
    pub(super) form: Form,
    /// Row (index in the grid) of the headings; of two rows the lower.
    pub(super) headings: usize,
    /// The rows (indices) below the header.
    pub(super) body: std::ops::Range<usize>,
}

/// The first rows of a sheet as texts.
fn head(grid: &Grid, sheet: usize) -> Vec<Vec<String>> {
    let rows = grid.sheets[sheet].rows.clone();
    let texts = |index: usize| {
        let row = grid.row(index);
        let cells = 0..row.len().min(MOST_COLUMNS);
        cells.map(|at| trim(row.text(at)).to_owned()).collect()
    };
    rows.take(header::LOOKED_AT + 2).map(texts).collect()
}

/// Finds the table in a sheet.
///
/// # Errors
/// No header; the row that comes nearest to one.
pub(super) fn table(grid: &Grid, sheet: usize) -> Result<Table, Option<Candidate>> {
    let header = header::find(&head(grid, sheet))?;
    let rows = &grid.sheets[sheet].rows;
    let body = (rows.start + header.body()).min(rows.end)..rows.end;
    let form = form(grid, rows.start, &header, body.clone());
    Ok(Table {
        form,
        headings: rows.start + header.row + header.rows - 1,
        body,
    })
}

fn form(grid: &Grid, first: usize, header: &Header, body: std::ops::Range<usize>) -> Form {
    let heading = |(at, text): (usize, &String)| {
        let upper = grid.row(first + header.row);
        let lower = (header.rows == 2).then(|| grid.row(first + header.row + 1));
        let lower = lower.filter(|row| !trim(row.text(at)).is_empty());
        let span = lower.unwrap_or(upper).cell(at);
        Heading {
            text: text.clone(),
            column: header.columns.get(at).copied().flatten(),
            start: span.start,
            end: span.end,
        }
    };
    let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
    let mut form = Form {
        delim: b'\t',
        sep_line: false,
        title_rows: count(header.row),
        header_rows: count(header.rows),
        number_row: header.number_row,
        headings: header.texts.iter().enumerate().map(heading).collect(),
        body: grid.text.len(),
        dates: vec![Default::default(); header.texts.len()],
        numbers: NumberStyle::default(),
        dot_thousands: None,
        comma_thousands: None,
    };
    for row in body {
        look(grid.row(row), &mut form);
    }
    form
}

/// What the texts of a row tell of dates and numbers; a cell of a date or number needs no reading.
fn look(row: RowView<'_>, form: &mut Form) {
    let columns = form.headings.iter().map(|heading| heading.column);
    for (at, column) in columns.enumerate() {
        let Some(column) = column.filter(|_| row.sort(at) == Sort::Text) else {
            continue;
        };
        let text = trim(row.text(at));
        if column.is_date() {
            form.dates[at].see(text);
        } else if column.number_kind().is_some() {
            let example = match form.numbers.see(text) {
                Some(Style::DotThousands) => &mut form.dot_thousands,
                Some(Style::CommaThousands) => &mut form.comma_thousands,
                None => continue,
            };
            let place = row.cell(at).start as usize;
            let text = text.to_owned();
            example.get_or_insert(Example { text, place });
        }
    }
}

impl Table {
    /// The column of a field of the entry.
    pub(super) fn column(&self, field: Name) -> Option<usize> {
        let headings = self.form.headings.iter();
        headings
            .map(|heading| heading.column)
            .position(|column| column == Some(Column::Field(field)))
    }

    /// The headings' texts.
    pub(super) fn texts(&self) -> Vec<String> {
        let headings = self.form.headings.iter();
        headings.map(|heading| heading.text.clone()).collect()
    }

    /// What the columns hold.
    pub(super) fn columns(&self) -> Vec<Option<Column>> {
        let headings = self.form.headings.iter();
        headings.map(|heading| heading.column).collect()
    }
}
