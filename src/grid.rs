//! The cells of a workbook, all sheets in one text, so that a span of that text is a cell.
//!
//! Readers, the tape and the rules speak of spans; a grid tells which sheet, row and column a span
//! is. Every cell of a row has its own offset, a blank one too.

use std::sync::Arc;

use crate::place::{Piece, Place};
use crate::tape::Span;
use crate::words;

/// The most cells of a workbook, blank ones between others included.
pub const MAX_CELLS: usize = 24_000_000;
/// The most text of a workbook, in bytes.
pub const MAX_TEXT: usize = 512 << 20;
/// Columns up to which a row is filled with blanks, so that each has a place of its own.
const PADDED: usize = 256;
/// What stands behind every cell.
const END: char = '\t';
/// Columns that a piece shows on either side, and characters of each cell.
const BESIDE: usize = 2;
const SHOWN: usize = 28;

/// What a cell holds, as the workbook says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Nothing.
    #[default]
    Blank,
    /// Text, as it was typed.
    Text,
    /// A number; the text has all its digits, and the zeros in front that its format shows.
    Number,
    /// The same, but the workbook shows it in scientific notation. All digits are there.
    Scientific,
    /// A whole number of more digits than a workbook keeps: the last ones are lost.
    Lost,
    /// A date, as `YYYY-MM-DD`.
    Date,
    /// `TRUE` or `FALSE`.
    Bool,
    /// A formula's error, `#REF!`.
    Error,
    /// A formula without a value; the text is the formula.
    Unvalued,
}

/// A sheet of a grid.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its name.
    pub name: Arc<str>,
    /// It is not shown.
    pub hidden: bool,
    /// Indices of its rows in the grid.
    pub rows: std::ops::Range<usize>,
    /// Columns (from 0) that are not shown.
    pub hidden_columns: Vec<u32>,
    /// Row (index in the grid) of the headings, where known.
    pub headings: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    /// Index of its first cell.
    first: u32,
    /// From 1.
    number: u32,
    sheet: u16,
    hidden: bool,
}

/// A row as it is read.
#[derive(Clone, Copy, Debug)]
pub struct RowView<'a> {
    grid: &'a Grid,
    index: usize,
}

/// The cells of a workbook.
#[derive(Clone, Debug)]
pub struct Grid {
    /// All cells' texts.
    pub text: Arc<String>,
    /// The sheets, in their order.
    pub sheets: Vec<Sheet>,
    /// Dates count from 1904.
    pub epoch_1904: bool,
    rows: Vec<Row>,
    starts: Vec<u32>,
    sorts: Vec<Sort>,
}

/// A cell of a sheet; row and column from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellAt {
    /// Index of the sheet.
    pub sheet: usize,
    /// Row.
    pub row: u32,
    /// Column.
    pub column: u32,
}

/// The workbook has more than is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMuch;

impl Grid {
    /// The cell in which an offset stands.
    #[must_use]
    pub fn cell_at(&self, offset: usize) -> Option<CellAt> {
        let (cell, row) = self.find(offset)?;
        Some(CellAt {
            sheet: usize::from(row.sheet),
            row: row.number,
            column: u32::try_from(cell - row.first as usize + 1).unwrap_or(u32::MAX),
        })
    }

    /// The row (index) in which an offset stands.
    #[must_use]
    pub fn row_at(&self, offset: usize) -> Option<usize> {
        let cell = self
            .starts
            .partition_point(|start| *start as usize <= offset);
        let cell = u32::try_from(cell.checked_sub(1)?).ok()?;
        self.rows
            .partition_point(|row| row.first <= cell)
            .checked_sub(1)
    }

    fn find(&self, offset: usize) -> Option<(usize, Row)> {
        let row = self.rows[self.row_at(offset)?];
        let cell = self
            .starts
            .partition_point(|start| *start as usize <= offset)
            - 1;
        Some((cell, row))
    }

    /// The row (index) of a sheet that has a number.
    #[must_use]
    pub fn numbered(&self, sheet: usize, number: u32) -> Option<usize> {
        let rows = self.sheets[sheet].rows.clone();
        let own = &self.rows[rows.clone()];
        let at = own.binary_search_by_key(&number, |row| row.number).ok()?;
        Some(rows.start + at)
    }

    /// A row.
    #[must_use]
    pub fn row(&self, index: usize) -> RowView<'_> {
        RowView { grid: self, index }
    }

    /// The place of a span: the sheet, the cell in which it begins and the one in which it ends.
    #[must_use]
    pub fn place(&self, span: Span, piece: bool) -> Place {
        let (start, end) = (span.start as usize, span.end as usize);
        let Some(first) = self.cell_at(start) else {
            return Place::default();
        };
        let last = match end > start {
            true => self.cell_at(end - 1).unwrap_or(first),
            false => first,
        };
        Place {
            sheet: Some(Arc::clone(&self.sheets[first.sheet].name)),
            line: first.row,
            column: first.column,
            end_line: last.row,
            end_column: last.column + 1,
            piece: piece.then(|| Arc::new(self.piece(start, first))),
            ..Place::default()
        }
    }

    /// The headings and the row of a cell, with the columns beside it.
    fn piece(&self, offset: usize, cell: CellAt) -> Piece {
        let row = self.row_at(offset).unwrap_or_default();
        let headings = self.sheets[cell.sheet].headings;
        let column = cell.column as usize - 1;
        let first = column.saturating_sub(BESIDE);
        let widest = self.row(row).len().max(column + 1);
        let columns = first..(column + BESIDE + 1).min(widest);
        let rows = headings.filter(|heading| *heading < row).into_iter();
        let rows = rows.chain([row]).map(|index| {
            let row = self.row(index);
            let texts = columns
                .clone()
                .map(|at| words::shown(row.text(at), SHOWN).replace("##", "#＃"));
            (row.number(), texts.collect())
        });
        let rows: Vec<(u32, Vec<String>)> = rows.collect();
        Piece {
            first_column: u32::try_from(first + 1).unwrap_or(u32::MAX),
            at: (rows.len() - 1, column - first),
            rows,
        }
    }

    fn start(&self, cell: usize) -> usize {
        self.starts
            .get(cell)
            .map_or(self.text.len(), |start| *start as usize)
    }
}

impl<'a> RowView<'a> {
    fn own(self) -> Row {
        self.grid.rows[self.index]
    }

    fn cells(self) -> std::ops::Range<usize> {
        let next = self.grid.rows.get(self.index + 1);
        let end = next.map_or(self.grid.starts.len(), |row| row.first as usize);
        self.own().first as usize..end
    }

    /// Its number in the sheet, from 1.
    #[must_use]
    pub fn number(self) -> u32 {
        self.own().number
    }

    /// It is not shown.
    #[must_use]
    pub fn hidden(self) -> bool {
        self.own().hidden
    }

    /// Number of its cells.
    #[must_use]
    pub fn len(self) -> usize {
        self.cells().len()
    }

    /// It has no cell.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.cells().is_empty()
    }

    /// All of it.
    #[must_use]
    pub fn span(self) -> Span {
        let cells = self.cells();
        let (start, end) = (self.grid.start(cells.start), self.grid.start(cells.end));
        Span::new(start, end.saturating_sub(1).max(start))
    }

    /// The place of a cell (from 0); behind the last one, the row's end.
    #[must_use]
    pub fn cell(self, column: usize) -> Span {
        let cells = self.cells();
        let at = cells.start + column;
        if at >= cells.end {
            let end = self.span().end as usize;
            return Span::new(end, end);
        }
        let start = self.grid.start(at);
        Span::new(start, self.grid.start(at + 1) - END.len_utf8())
    }

    /// A cell's text.
    #[must_use]
    pub fn text(self, column: usize) -> &'a str {
        let span = self.cell(column);
        self.grid.text.get(span.range()).unwrap_or_default()
    }

    /// What a cell holds.
    #[must_use]
    pub fn sort(self, column: usize) -> Sort {
        let cells = self.cells();
        let at = cells.start + column;
        match at < cells.end {
            true => self.grid.sorts[at],
            false => Sort::Blank,
        }
    }
}

/// Fills a grid, sheet by sheet, row by row, cell by cell, each in ascending order.
#[derive(Debug)]
pub struct Builder {
    text: String,
    grid: Grid,
    /// Cells of the widest row of the sheet so far.
    width: usize,
}

impl Builder {
    /// Begins a workbook.
    #[must_use]
    pub fn new(epoch_1904: bool) -> Self {
        Self {
            text: String::new(),
            grid: Grid {
                text: Arc::default(),
                sheets: Vec::new(),
                epoch_1904,
                rows: Vec::new(),
                starts: Vec::new(),
                sorts: Vec::new(),
            },
            width: 0,
        }
    }

    /// Begins a sheet.
    pub fn sheet(&mut self, name: &str, hidden: bool, hidden_columns: Vec<u32>) {
        self.pad();
        self.width = 0;
        let at = self.grid.rows.len();
        self.grid.sheets.push(Sheet {
            name: name.into(),
            hidden,
            rows: at..at,
            hidden_columns,
            headings: None,
        });
    }

    /// Begins a row of the sheet; number from 1.
    pub fn row(&mut self, number: u32, hidden: bool) {
        self.pad();
        let sheet = self.grid.sheets.len().saturating_sub(1);
        self.grid.rows.push(Row {
            first: u32::try_from(self.grid.starts.len()).unwrap_or(u32::MAX),
            number,
            sheet: u16::try_from(sheet).unwrap_or(u16::MAX),
            hidden,
        });
        if let Some(sheet) = self.grid.sheets.last_mut() {
            sheet.rows.end = self.grid.rows.len();
        }
    }

    /// Adds a cell of the row; column from 0. Blank ones need not be added.
    ///
    /// # Errors
    /// The workbook has more cells or text than is read.
    pub fn cell(&mut self, column: usize, sort: Sort, text: &str) -> Result<(), TooMuch> {
        let first = self.grid.rows.last().map_or(0, |row| row.first as usize);
        if column < self.grid.starts.len() - first {
            return Ok(());
        }
        if first + column >= MAX_CELLS || self.text.len() + text.len() > MAX_TEXT {
            return Err(TooMuch);
        }
        self.blanks(first + column);
        self.put(sort, text);
        Ok(())
    }

    /// The row gets as many cells as the widest row above it has.
    fn pad(&mut self) {
        let own = self.grid.sheets.last().is_some_and(|s| !s.rows.is_empty());
        let Some(row) = self.grid.rows.last().filter(|_| own) else {
            return;
        };
        let first = row.first as usize;
        self.width = self.width.max(self.grid.starts.len() - first);
        // A row has one cell at least, so that it has a place.
        self.blanks(first + self.width.clamp(1, PADDED));
    }

    fn blanks(&mut self, until: usize) {
        while self.grid.starts.len() < until {
            self.put(Sort::Blank, "");
        }
    }

    fn put(&mut self, sort: Sort, text: &str) {
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.grid.starts.push(start);
        self.grid.sorts.push(sort);
        self.text.push_str(text);
        self.text.push(END);
    }

    /// Ends the workbook.
    #[must_use]
    pub fn finish(mut self) -> Grid {
        self.pad();
        self.grid.text = self.text.into();
        self.grid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Grid {
        let mut builder = Builder::new(false);
        builder.sheet("A", false, Vec::new());
        builder.row(2, false);
        builder.cell(1, Sort::Text, "nama").unwrap();
        builder.cell(3, Sort::Text, "tahun").unwrap();
        builder.row(5, true);
        builder.cell(0, Sort::Number, "12").unwrap();
        builder.sheet("B", true, vec![2]);
        builder.row(1, false);
        builder.cell(0, Sort::Bool, "TRUE").unwrap();
        builder.finish()
    }

    #[test]
    fn a_span_is_a_cell() {
        let grid = sample();
        let row = grid.row(1);
        assert_eq!((row.number(), row.hidden(), row.len()), (5, true, 4));
        assert_eq!((row.text(0), row.sort(0)), ("12", Sort::Number));
        for column in 0..4 {
            let at = row.cell(column).start as usize;
            let cell = grid.cell_at(at).unwrap();
            let wanted = u32::try_from(column + 1).unwrap();
            assert_eq!((cell.sheet, cell.row, cell.column), (0, 5, wanted));
        }
        let other = grid.row(grid.sheets[1].rows.start);
        assert_eq!(grid.cell_at(other.cell(0).start as usize).unwrap().sheet, 1);
        assert_eq!(other.text(0), "TRUE");
        assert_eq!(other.sort(0), Sort::Bool);
        assert_eq!((grid.numbered(0, 5), grid.numbered(0, 4)), (Some(1), None));
        assert_eq!(grid.row_at(other.span().start as usize), Some(2));
    }

    #[test]
    fn more_than_is_read_is_said() {
        let mut builder = Builder::new(false);
        builder.sheet("A", false, Vec::new());
        builder.row(1, false);
        builder.cell(16_383, Sort::Text, "far").unwrap();
        let mut last = Ok(());
        for number in 2..2000 {
            builder.row(number, false);
            last = builder.cell(16_383, Sort::Text, "x");
            if last.is_err() {
                break;
            }
        }
        assert_eq!(last, Err(TooMuch));
    }
}
