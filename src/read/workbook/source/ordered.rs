//! Cells into the grid, in their order, each once; and what else a sheet says, as far as it goes.

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

/// The most merged areas of a sheet.
const MAX_AREAS: usize = 200_000;

/// Merged areas of a sheet.
#[derive(Default)]
pub struct Areas(pub Vec<[u32; 4]>);

impl Areas {
    /// Adds an area.
    ///
    /// # Errors
    /// There are too many.
    pub fn push(&mut self, area: [u32; 4]) -> Result<(), Refused> {
        self.0.push(area);
        match self.0.len() > MAX_AREAS {
            true => Err(Refused::TooLarge {
                what: "merged areas",
            }),
            false => Ok(()),
        }
    }
}

/// Adds columns (from 0) to those that are hidden. They are listed in their order, so what goes back
/// is passed over.
pub fn hide(out: &mut Vec<u32>, first: u32, last: u32) {
    let next = out.last().map_or(0, |last| last + 1);
    out.extend(first.max(next)..=last);
}
