//! A whole table with its cells as they stand, for a copy of it.

use std::borrow::Cow;

use super::heading::Column;
use super::scan::{self, Cell};
use super::{encoding, sniff};

/// A table's text and where its records begin.
pub(crate) struct Whole {
    text: String,
    delim: u8,
    records: Vec<usize>,
    lines: Vec<usize>,
    /// By column: it holds numbers.
    numbers: Vec<bool>,
}

impl Whole {
    /// Decodes and parts a table in the way that it is read.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let head = bytes.get(..sniff::HEAD).unwrap_or(bytes);
        let mut text = String::new();
        encoding::Decoder::new(&encoding::detect(head)).push(bytes, true, &mut text);
        if text.contains('\r') && !text.contains('\n') {
            text = text.replace('\r', "\n");
        }
        let number = |heading: &sniff::Heading| heading.column.and_then(Column::number_kind);
        let (delim, numbers) = match sniff::form(&text, true) {
            Ok(form) => {
                let numbers = form.headings.iter().map(|own| number(own).is_some());
                (form.delim, numbers.collect())
            }
            Err(no_header) => (no_header.delim, Vec::new()),
        };
        let (mut records, mut cells) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < text.len() {
            records.push(at);
            at = scan::record(&text, at, delim, scan::MAX_RECORD, &mut cells);
        }
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        let lines = std::iter::once(0).chain(breaks.map(|at| at + 1)).collect();
        Self {
            text,
            delim,
            records,
            lines,
            numbers,
        }
    }

    /// The number that a cell of a column of numbers is, written as numbers are: no identifier
    /// loses its digits.
    pub(crate) fn number(&self, column: usize, cell: &str) -> Option<u32> {
        let number: u32 = cell.parse().ok()?;
        let plain = self.numbers.get(column) == Some(&true) && number.to_string() == cell;
        plain.then_some(number)
    }

    /// Number of records.
    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    /// The cells of a record, without the quotes around them but otherwise as they stand.
    pub(crate) fn record(&self, index: usize) -> Vec<Cow<'_, str>> {
        let cells = self.cells(index);
        cells.iter().map(|cell| self.content(cell)).collect()
    }

    fn cells(&self, index: usize) -> Vec<Cell> {
        let mut cells = Vec::new();
        if let Some(start) = self.records.get(index) {
            scan::record(&self.text, *start, self.delim, scan::MAX_RECORD, &mut cells);
        }
        cells
    }

    fn content(&self, cell: &Cell) -> Cow<'_, str> {
        let raw = self.text.get(cell.start as usize..cell.end as usize);
        let raw = raw.unwrap_or_default();
        if !cell.quoted {
            return Cow::Borrowed(raw);
        }
        let bare = raw.trim_matches([' ', '\t']);
        let bare = bare
            .strip_prefix('"')
            .and_then(|bare| bare.strip_suffix('"'));
        let bare = bare.unwrap_or(raw);
        match cell.escaped {
            true => Cow::Owned(bare.replace("\"\"", "\"")),
            false => Cow::Borrowed(bare),
        }
    }

    /// Record and cell (both from 0) at a line and a character of it (both from 1).
    pub(crate) fn at(&self, line: u32, column: u32) -> Option<(usize, usize)> {
        let start = *self.lines.get((line as usize).checked_sub(1)?)?;
        let rest = self.text.get(start..)?;
        let mut letters = rest.char_indices().take_while(|(_, c)| *c != '\n');
        let offset = letters.nth((column as usize).saturating_sub(1));
        let end = rest.find('\n').unwrap_or(rest.len());
        let at = start + offset.map_or(end, |(at, _)| at);
        let record = self.records.partition_point(|begin| *begin <= at);
        let record = record.checked_sub(1)?;
        let cells = self.cells(record);
        let within = |cell: &Cell| (cell.start as usize..=cell.end as usize).contains(&at);
        let last = cells.len().saturating_sub(1);
        Some((record, cells.iter().position(within).unwrap_or(last)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_as_they_are_and_places_lead_to_them() {
        let text =
            "nomor_badan_hukum;nama_koperasi;jenis\n1/BH; \"a \"\"b\"\"\nc\" ;=1+1\n\n2/BH;é;x\n";
        let whole = Whole::read(text.as_bytes());
        assert_eq!(whole.len(), 4);
        assert_eq!(whole.record(1), ["1/BH", "a \"b\"\nc", "=1+1"]);
        assert_eq!(whole.at(2, 1), Some((1, 0)));
        assert_eq!(whole.at(2, 7), Some((1, 1)));
        assert_eq!(whole.at(3, 1), Some((1, 1)));
        assert_eq!(whole.at(3, 5), Some((1, 2)));
        assert_eq!(whole.at(5, 6), Some((3, 1)));
        assert_eq!(whole.at(5, 99), Some((3, 2)));
        assert_eq!(whole.at(0, 1), None);
        assert_eq!(whole.at(99, 1), None);
    }
}
