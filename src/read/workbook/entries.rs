//! The rows of the register as entries, with their items from other sheets.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::cells::{Cells, Merged};
use super::children::{Child, LISTS};
use crate::grid::{Grid, Sort};
use crate::nomor;
use crate::read::table::heading::Column;
use crate::read::table::plan::Plan;
use crate::read::table::row::{self, Line};
use crate::read::table::rows::{RowKind, Rows};
use crate::read::table::scan::trim;
use crate::read::{
    Chunk, Chunks, Fault, FaultKind, FieldCell, Format, HiddenPart, Reading, Record, skipped,
};
use crate::tape::{Span, Tape};

/// Rows that are checked at once.
const PIECE: usize = 500;
/// Rows above a row that are searched for the beginning of a signature block.
const BLOCK: usize = 10;

/// The register of a workbook.
pub(super) struct Entries {
    pub(super) grid: Arc<Grid>,
    pub(super) sheet: usize,
    pub(super) rows: Rows,
    pub(super) plan: Plan,
    pub(super) headings: Vec<String>,
    pub(super) columns: Vec<Option<Column>>,
    pub(super) nomor: Option<usize>,
    pub(super) merged: Merged,
    pub(super) children: Vec<Child>,
}

impl Entries {
    /// What a row of the sheet is.
    pub(super) fn kind(&self, index: usize, contents: &[Cow<'_, str>]) -> RowKind {
        let kind = self.rows.kind(contents);
        let filled = contents.iter().filter(|text| !text.is_empty()).count();
        if kind == RowKind::Data && filled <= 3 && self.below_signature(index) {
            return self.rows.kind_after_signature(contents);
        }
        kind
    }

    /// Whether a signature row stands a few rows above.
    fn below_signature(&self, index: usize) -> bool {
        let first = self.grid.sheets[self.sheet].rows.start;
        let mut above = (first..index).rev().take(BLOCK);
        above.any(|at| self.rows.kind(&Cells::of(&self.grid, at).contents) == RowKind::Signature)
    }

    /// Cells that are merged with one above say what that one says, but for the name and number.
    fn merge<'a>(&'a self, index: usize, line: &mut Cells<'a>, faults: &mut Vec<Fault>) {
        for at in 0..line.contents.len() {
            let column = self.columns.get(at).copied().flatten();
            if !line.contents[at].is_empty() || column.is_none_or(Column::identifies) {
                continue;
            }
            let above = self.merged.above(&self.grid, self.sheet, index, at);
            let Some(above) = above else { continue };
            let text = self.grid.row(above).text(at).trim();
            if text.is_empty() {
                continue;
            }
            line.contents[at] = Cow::Borrowed(text);
            line.sorts[at] = self.grid.row(above).sort(at);
            let kind = FaultKind::Reread {
                how: Reading::Merged,
                text: String::new(),
                read: text.to_owned(),
            };
            let heading = self.headings.get(at).map_or("", String::as_str);
            faults.push(Fault::new(kind, self.grid.row(index).cell(at), heading));
        }
    }

    /// Says what stands where no heading is.
    fn outside(&self, index: usize, line: &Cells<'_>, faults: &mut Vec<Fault>) {
        for (at, content) in line.contents.iter().enumerate() {
            let headed = self.headings.get(at).is_some_and(|text| !text.is_empty());
            if !headed && !content.is_empty() {
                let text = content.clone().into_owned();
                let place = self.grid.row(index).cell(at);
                faults.push(Fault::new(FaultKind::Headless { text }, place, ""));
            }
        }
    }

    /// The cells of a row that hold text, of these columns.
    fn typed<'a>(
        &'a self,
        sheet: usize,
        index: usize,
        headings: &'a [String],
        paths: impl Iterator<Item = (usize, &'a str)>,
    ) -> impl Iterator<Item = FieldCell<'a>> {
        let row = self.grid.row(index);
        paths.filter_map(move |(at, path)| {
            (row.sort(at) == Sort::Text).then_some(FieldCell {
                span: row.cell(at),
                // Columns of different sheets are different columns.
                column: at + (sheet << 16),
                heading: headings.get(at)?,
                path,
                quoted: false,
                delimiter: '\t',
                content: Cow::Borrowed(trim(row.text(at))),
            })
        })
    }

    /// The lists that stand in sheets of their own: what is not there is none.
    fn lists(&self, index: usize, tape: &mut Tape, faults: &mut Vec<Fault>) {
        let Some(at) = self.nomor else { return };
        let own = self.grid.row(index);
        for child in &self.children {
            let (member, _) = LISTS[child.list];
            match member {
                "rat" => tape.rat_years.open = false,
                "kegiatan_usaha" => tape.kegiatan_years.open = false,
                _ => {}
            }
            if !nomor::identifies(own.text(at)) {
                continue;
            }
            let mut items = child.items(index).peekable();
            let place = match items.peek() {
                Some(first) => self.grid.row(*first).span(),
                None => own.cell(at),
            };
            tape.key(&self.grid.text, member, place);
            tape.begin_array(place);
            for item in items {
                let cells = Cells::of(&self.grid, item);
                let line = Line {
                    plan: &child.plan,
                    headings: &child.headings,
                    text: &self.grid.text,
                    cells: &cells.cells,
                    contents: &cells.contents,
                    sorts: &cells.sorts,
                    epoch_1904: self.grid.epoch_1904,
                    span: self.grid.row(item).span(),
                };
                row::item(line, tape, faults);
            }
            tape.end(0);
        }
    }
}

impl Format for Entries {
    fn record(
        &self,
        chunk: &Chunk,
        pos: &mut usize,
        tape: &mut Tape,
        faults: &mut Vec<Fault>,
    ) -> (Record, Span) {
        let index = match *pos < chunk.end {
            true => self.grid.row_at(*pos),
            false => None,
        };
        let Some(index) = index else {
            return (Record::End, Span::new(*pos, *pos));
        };
        let row = self.grid.row(index);
        let span = row.span();
        *pos = span.end as usize + 1;
        let mut line = Cells::of(&self.grid, index);
        if let Some(what) = skipped(self.kind(index, &line.contents)) {
            let first = line.contents.iter().position(|text| !text.is_empty());
            let place = first.map_or(span, |at| row.cell(at));
            self.outside(index, &line, faults);
            faults.push(Fault::new(FaultKind::Skipped(what), place, ""));
            return (Record::Skipped, span);
        }
        if row.hidden() {
            faults.push(Fault::new(FaultKind::Hidden(HiddenPart::Row), span, ""));
        }
        self.merge(index, &mut line, faults);
        self.outside(index, &line, faults);
        let cells = Line {
            plan: &self.plan,
            headings: &self.headings,
            text: &self.grid.text,
            cells: &line.cells,
            contents: &line.contents,
            sorts: &line.sorts,
            epoch_1904: self.grid.epoch_1904,
            span,
        };
        row::fill(cells, tape, faults, |tape, faults| {
            self.lists(index, tape, faults);
        });
        (Record::Entry, span)
    }

    fn heading(&self, _: &Chunk, record: Span, piece: Span) -> Option<Cow<'_, str>> {
        let whole = piece == record || piece.end <= piece.start + 1 && piece.start == record.start;
        let cell = self.grid.cell_at(piece.start as usize)?;
        let child = self.children.iter().find(|child| child.sheet == cell.sheet);
        let headings = child.map_or(&self.headings, |child| &child.headings);
        let heading = headings.get(cell.column as usize - 1).filter(|_| !whole)?;
        Some(Cow::Borrowed(heading.as_str()))
    }

    /// The cells that were typed as text: the others are what they are.
    fn cells<'a>(&'a self, _: &'a Chunk, record: Span) -> Vec<FieldCell<'a>> {
        let Some(index) = self.grid.row_at(record.start as usize) else {
            return Vec::new();
        };
        let paths = self.plan.paths.iter();
        let paths = paths.map(|(at, path)| (*at, path.as_str()));
        let mut out: Vec<_> = self
            .typed(self.sheet, index, &self.headings, paths)
            .collect();
        for child in &self.children {
            for item in child.items(index) {
                let cols = child.plan.plain.iter();
                let paths = cols.map(|col| (col.at, col.path.as_str()));
                out.extend(self.typed(child.sheet, item, &child.headings, paths));
            }
        }
        out
    }

    fn sheet(&self) -> Option<Arc<str>> {
        Some(Arc::clone(&self.grid.sheets[self.sheet].name))
    }

    fn is_table(&self) -> bool {
        true
    }
}

/// The rows of the register, some at a time.
pub(super) struct Pieces {
    pub(super) grid: Arc<Grid>,
    pub(super) rows: Range<usize>,
}

/// A piece of a grid's text.
pub(super) fn chunk(grid: &Arc<Grid>, start: usize, end: usize) -> Chunk {
    let cell = grid.cell_at(start);
    Chunk {
        text: Arc::clone(&grid.text),
        start,
        end,
        line: cell.map_or(0, |cell| cell.row),
        column: cell.map_or(0, |cell| cell.column),
        pairs: 0,
        broken: [].into(),
        grid: Some(Arc::clone(grid)),
    }
}

impl Chunks for Pieces {
    fn next(&mut self) -> std::io::Result<Option<Chunk>> {
        if self.rows.is_empty() {
            return Ok(None);
        }
        let end = (self.rows.start + PIECE).min(self.rows.end);
        let first = self.grid.row(self.rows.start).span().start as usize;
        let last = self.grid.row(end - 1).span().end as usize;
        self.rows.start = end;
        Ok(Some(chunk(&self.grid, first, last + 1)))
    }
}
