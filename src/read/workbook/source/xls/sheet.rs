//! The cells of one sheet.

use super::Shared;
use super::record::{self, records, wrong};
use crate::grid::{Builder, MAX_CELLS, MAX_TEXT, Sort};
use crate::read::workbook::source::Refused;
use crate::read::workbook::source::binary::{error, f64_at, packed, u16_at, u32_at};
use crate::read::workbook::source::number;
use crate::read::workbook::source::ordered::{Areas, Ordered, hide};

/// A sheet of cells.
const CELLS: u16 = 0x0010;
/// Columns that a sheet can have.
const COLUMNS: u32 = 256;

/// Row and column (from 0), what it is, and where its text stands.
type Cell = ((u16, u16), Sort, u32, u32);

/// A sheet as it was read. Its cells need not stand in order.
#[derive(Default)]
pub struct Sheet {
    /// Merged areas.
    pub merged: Areas,
    text: String,
    cells: Vec<Cell>,
    hidden_rows: Vec<u16>,
    hidden_columns: Vec<u32>,
}

/// Reads a sheet; none, if it is one of macros or charts.
///
/// # Errors
/// It is not all there.
pub fn read(stream: &[u8], shared: &Shared) -> Result<Option<Sheet>, Refused> {
    let mut sheet = Sheet::default();
    let mut all = records(stream);
    let mut depth = 0_usize;
    // The formula whose text comes in the next record.
    let mut waiting = None;
    while let Some(record) = all.next()? {
        let data = record.data;
        match record.kind {
            record::BOF if depth == 0 && u16_at(data, 2) != Some(CELLS) => return Ok(None),
            record::BOF => depth += 1,
            record::EOF if depth <= 1 => break,
            record::EOF => depth -= 1,
            // Charts within a sheet have cells of their own.
            _ if depth != 1 => {}
            0x06 => waiting = sheet.formula(data, shared)?,
            0x0207 => {
                let text = shared.version.long(&mut all.pieces(data))?;
                if let Some(at) = waiting.take() {
                    sheet.add(at, Sort::Text, &text)?;
                }
            }
            0x0204 | 0xD6 => {
                let rest = data.get(6..).ok_or_else(wrong)?;
                let text = shared.version.long(&mut all.pieces(rest))?;
                sheet.add(position(data)?, Sort::Text, &text)?;
            }
            kind => sheet.record(kind, data, shared)?,
        }
    }
    match depth {
        0 => Err(Refused::damaged("a sheet is missing")),
        _ => Ok(Some(sheet)),
    }
}

impl Sheet {
    fn record(&mut self, kind: u16, data: &[u8], shared: &Shared) -> Result<(), Refused> {
        match kind {
            0x0203 => {
                let value = f64_at(data, 6).ok_or_else(wrong)?;
                self.number(position(data)?, style(data)?, value, shared)
            }
            0x027E => {
                let value = packed(u32_at(data, 6).ok_or_else(wrong)?);
                self.number(position(data)?, style(data)?, value, shared)
            }
            0xBD => {
                let (row, first) = position(data)?;
                let numbers = data
                    .get(4..data.len().saturating_sub(2))
                    .ok_or_else(wrong)?;
                for (column, one) in (first..).zip(numbers.chunks_exact(6)) {
                    let style = u16_at(one, 0).ok_or_else(wrong)?;
                    let value = packed(u32_at(one, 2).ok_or_else(wrong)?);
                    self.number((row, column), style, value, shared)?;
                }
                Ok(())
            }
            0xFD => {
                let index = u32_at(data, 6).ok_or_else(wrong)?;
                let text = shared.strings.get(index as usize);
                let text = text.ok_or_else(|| Refused::damaged(format!("no string {index}")))?;
                self.add(position(data)?, Sort::Text, text)
            }
            0x0205 => {
                let value = data.get(6..8).ok_or_else(wrong)?;
                self.truth_or_error(position(data)?, value[1] != 0, value[0])
            }
            0x0208 => {
                if u16_at(data, 12).ok_or_else(wrong)? & 0x20 != 0 {
                    self.hidden_rows.push(u16_at(data, 0).ok_or_else(wrong)?);
                }
                Ok(())
            }
            0x7D => {
                let part = |at| u16_at(data, at).ok_or_else(wrong);
                if part(8)? & 1 != 0 || part(4)? == 0 {
                    let last = u32::from(part(2)?).min(COLUMNS - 1);
                    hide(&mut self.hidden_columns, part(0)?.into(), last);
                }
                Ok(())
            }
            0xE5 => {
                for area in data.get(2..).ok_or_else(wrong)?.chunks_exact(8) {
                    let part = |at| u16_at(area, at).map(|part| u32::from(part) + 1);
                    if let (Some(r), Some(s), Some(c), Some(d)) =
                        (part(0), part(2), part(4), part(6))
                    {
                        self.merged.push([r, c, s, d])?;
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Adds a formula's value, or gives the place where its text belongs.
    fn formula(&mut self, data: &[u8], shared: &Shared) -> Result<Option<(u16, u16)>, Refused> {
        let at = position(data)?;
        let value = data.get(6..14).ok_or_else(wrong)?;
        if value[6..] != [0xFF, 0xFF] {
            let value = f64_at(value, 0).ok_or_else(wrong)?;
            self.number(at, style(data)?, value, shared)?;
            return Ok(None);
        }
        match value[0] {
            0 => return Ok(Some(at)),
            1 => self.truth_or_error(at, false, value[2])?,
            2 => self.truth_or_error(at, true, value[2])?,
            _ => {}
        }
        Ok(None)
    }

    fn truth_or_error(&mut self, at: (u16, u16), failed: bool, code: u8) -> Result<(), Refused> {
        match (failed, code) {
            (true, code) => self.add(at, Sort::Error, error(code)),
            (false, 0) => self.add(at, Sort::Bool, "FALSE"),
            (false, _) => self.add(at, Sort::Bool, "TRUE"),
        }
    }

    fn number(
        &mut self,
        at: (u16, u16),
        style: u16,
        value: f64,
        shared: &Shared,
    ) -> Result<(), Refused> {
        if !value.is_finite() {
            return self.add(at, Sort::Error, "#NUM!");
        }
        let format = shared.formats.get(usize::from(style)).copied();
        let shape = format.unwrap_or_default().shape(value);
        let from = self.text.len();
        let sort = number::write(value, None, shape, shared.epoch_1904, &mut self.text);
        self.push(at, sort, from)
    }

    fn add(&mut self, at: (u16, u16), sort: Sort, text: &str) -> Result<(), Refused> {
        let from = self.text.len();
        self.text.push_str(text);
        match text.is_empty() {
            true => Ok(()),
            false => self.push(at, sort, from),
        }
    }

    fn push(&mut self, at: (u16, u16), sort: Sort, from: usize) -> Result<(), Refused> {
        let full = || Refused::TooLarge { what: "cells" };
        if self.cells.len() >= MAX_CELLS || self.text.len() > MAX_TEXT {
            return Err(full());
        }
        let offset = |at: usize| u32::try_from(at).map_err(|_| full());
        self.cells
            .push((at, sort, offset(from)?, offset(self.text.len())?));
        Ok(())
    }

    /// Puts the cells into a grid, in their order.
    ///
    /// # Errors
    /// A cell has two values, or the workbook has too much.
    pub fn put(mut self, name: &str, hidden: bool, out: &mut Builder) -> Result<(), Refused> {
        self.hidden_rows.sort_unstable();
        self.cells.sort_by_key(|cell| cell.0);
        out.sheet(name, hidden, self.hidden_columns);
        let mut out = Ordered::new(out);
        for (at, sort, from, end) in self.cells {
            let place = (u32::from(at.0) + 1, u32::from(at.1) + 1);
            let hidden = self.hidden_rows.binary_search(&at.0).is_ok();
            out.put(place, hidden, sort, &self.text[from as usize..end as usize])?;
        }
        Ok(())
    }
}

fn position(data: &[u8]) -> Result<(u16, u16), Refused> {
    let (row, column) = (u16_at(data, 0), u16_at(data, 2));
    row.zip(column)
        .filter(|(_, column)| u32::from(*column) < COLUMNS)
        .ok_or_else(wrong)
}

fn style(data: &[u8]) -> Result<u16, Refused> {
    u16_at(data, 4).ok_or_else(wrong)
}
