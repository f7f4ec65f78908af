//! A row of a grid as the cells that a table's row is filled from.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::grid::{Grid, Sort};
use crate::read::table::scan::{Cell, trim};

/// Areas of cells that are merged over several rows, by sheet and column.
#[derive(Debug, Default)]
pub(super) struct Merged {
    by_column: HashMap<(usize, u32), Vec<(u32, u32)>>,
}

impl Merged {
    /// From areas of a sheet (index): first row and column, last row and column, from 1.
    pub(super) fn new(areas: &[(usize, [u32; 4])]) -> Self {
        let mut merged = Self::default();
        for (sheet, [top, left, bottom, _]) in areas {
            if bottom > top {
                let rows = merged.by_column.entry((*sheet, *left)).or_default();
                rows.push((*top, *bottom));
            }
        }
        for rows in merged.by_column.values_mut() {
            rows.sort_unstable();
        }
        merged
    }

    /// The row in which the area begins that covers a cell.
    fn top(&self, sheet: usize, row: u32, column: u32) -> Option<u32> {
        let rows = self.by_column.get(&(sheet, column))?;
        let before = rows.partition_point(|(top, _)| *top <= row);
        let (top, bottom) = *rows.get(before.checked_sub(1)?)?;
        (top < row && row <= bottom).then_some(top)
    }

    /// The row (index) whose cell speaks for the blank cell of another, merged with it.
    pub(super) fn above(
        &self,
        grid: &Grid,
        sheet: usize,
        index: usize,
        column: usize,
    ) -> Option<usize> {
        if self.by_column.is_empty() {
            return None;
        }
        let column = u32::try_from(column + 1).ok()?;
        let top = self.top(sheet, grid.row(index).number(), column)?;
        grid.numbered(sheet, top)
    }
}

/// The cells of one row, with their contents and what they hold.
#[derive(Default)]
pub(super) struct Cells<'a> {
    pub(super) cells: Vec<Cell>,
    pub(super) contents: Vec<Cow<'a, str>>,
    pub(super) sorts: Vec<Sort>,
}

impl<'a> Cells<'a> {
    /// The cells of the row at an index of the grid.
    pub(super) fn of(grid: &'a Grid, index: usize) -> Self {
        let row = grid.row(index);
        let mut out = Self::default();
        for at in 0..row.len() {
            let span = row.cell(at);
            out.cells.push(Cell {
                start: span.start,
                end: span.end,
                quoted: false,
                escaped: false,
                fault: None,
            });
            out.contents.push(Cow::Borrowed(trim(row.text(at))));
            out.sorts.push(row.sort(at));
        }
        out
    }
}

/// A cell that has nothing.
pub(super) fn nothing(at: crate::tape::Span) -> Cell {
    Cell {
        start: at.start,
        end: at.end,
        quoted: false,
        escaped: false,
        fault: None,
    }
}
