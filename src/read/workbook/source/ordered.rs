//! Cells into the grid, in their order, each once.

use super::Refused;
use crate::grid::{Builder, Sort};

/// Puts the cells of a sheet into a grid.
pub struct Ordered<'b> {
    /// The grid.
    pub out: &'b mut Builder,
    last: (u32, u32),
}

impl<'b> Ordered<'b> {
    /// Begins a sheet.
    pub fn new(out: &'b mut Builder) -> Self {
        Self { out, last: (0, 0) }
    }

    /// Puts a cell, row and column from 1. Blank ones may stand anywhere.
    ///
    /// # Errors
    /// One of the same place or behind it was put before, or the workbook has too much.
    pub fn put(
        &mut self,
        at: (u32, u32),
        hidden: bool,
        sort: Sort,
        text: &str,
    ) -> Result<(), Refused> {
        if sort == Sort::Blank {
            return Ok(());
        }
        let (row, column) = at;
        if at <= self.last {
            let detail = format!("row {row}, column {column} stands twice or too late");
            return Err(Refused::damaged(detail));
        }
        if row > self.last.0 {
            self.out.row(row, hidden);
        }
        self.last = at;
        self.out.cell(column as usize - 1, sort, text)?;
        Ok(())
    }
}
