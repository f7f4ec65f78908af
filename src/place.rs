//! Where something stands: computed only for what is found.

use std::ops::Range;
use std::sync::Arc;

use crate::grid::Grid;
use crate::tape::Span;
use crate::{personal, words};

/// A place in a submission, in the terms of its format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Another file than the submission's own.
    pub file: Option<Arc<str>>,
    /// In a workbook the sheet. Then `line` is the row and `column` the column, both from 1.
    pub sheet: Option<Arc<str>>,
    /// Line from 1; 0 where the place is the file as a whole.
    pub line: u32,
    /// Character in the line from 1.
    pub column: u32,
    /// Line of the last character.
    pub end_line: u32,
    /// One past the last character, in `end_line`.
    pub end_column: u32,
    /// `column` and `end_column` in UTF-16 units, where the whole line was at hand.
    pub utf16: Option<(u32, u32)>,
    /// JSON pointer from the document's root (of the line, in NDJSON). None in a table.
    pub pointer: Option<String>,
    /// `pointer` begins at the document, not at the entry of the finding.
    pub absolute: bool,
    /// Heading of the table's column.
    pub heading: Option<String>,
    /// The source lines, where a drawing was asked for.
    pub excerpt: Option<Arc<Excerpt>>,
    /// The piece of the sheet, where a drawing was asked for.
    pub piece: Option<Arc<Piece>>,
}

impl Place {
    /// In a workbook the cell as its formulas name it: `Koperasi!F12`, `'Data 2025'!A3`.
    #[must_use]
    pub fn cell(&self) -> Option<String> {
        let sheet = self.sheet.as_deref()?;
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let bare = sheet.starts_with(|c: char| c.is_ascii_alphabetic()) && sheet.chars().all(plain);
        let sheet = match bare {
            true => sheet.to_owned(),
            false => format!("'{}'", sheet.replace('\'', "''")),
        };
        Some(match self.line {
            0 => sheet,
            line => format!("{sheet}!{}{line}", letters(self.column)),
        })
    }
}

/// The letters of a workbook's column, from 1: `A`, `Z`, `AA`.
#[must_use]
pub fn letters(column: u32) -> String {
    let mut out = Vec::new();
    let mut left = column;
    while left > 0 {
        out.push(char::from(
            b'A' + u8::try_from((left - 1) % 26).unwrap_or(0),
        ));
        left = (left - 1) / 26;
    }
    out.iter().rev().collect()
}

/// A piece of a sheet around a cell, its texts made safe to show and shortened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// Number of the first column, from 1.
    pub first_column: u32,
    /// The rows: number from 1, and their cells from `first_column` on. The heading's row stands
    /// first, where it is known.
    pub rows: Vec<(u32, Vec<String>)>,
    /// The place within `rows`: row and cell.
    pub at: (usize, usize),
}

/// The source lines around a place, made safe to show and clipped to a bounded size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Line number of the first line.
    pub first_line: u32,
    /// The lines, each ended by `\n`.
    pub text: String,
    /// The place within `text`, in bytes; on character boundaries.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Character column of `start` in the source, for a line clipped on its left.
    pub column: u32,
}

/// Works places out from a position that is known, so that a text without line breaks costs no
/// more than its records.
#[derive(Clone, Copy, Debug)]
pub struct Locator<'a> {
    /// The text that spans refer to.
    pub text: &'a str,
    /// In a workbook: the cells that the text is of.
    pub grid: Option<&'a Grid>,
    /// A byte whose line and column are known; places before it are not worked out.
    pub from: usize,
    /// Its line.
    pub line: u32,
    /// Its character in the line, from 1.
    pub column: u32,
    /// Characters before it in its line that are two units in UTF-16, if known.
    pub pairs: Option<u32>,
    /// Whether to cut excerpts.
    pub excerpts: bool,
}

/// Characters that an excerpt shows before its place, and of a line in all.
const BEFORE: usize = 60;
const WIDTH: usize = 200;
/// Lines of a place that an excerpt shows.
const LINES: usize = 6;

impl<'a> Locator<'a> {
    /// For a text from its beginning on, without excerpts.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            grid: None,
            from: 0,
            line: 1,
            column: 1,
            pairs: Some(0),
            excerpts: false,
        }
    }

    /// The place of a span, without pointer and heading.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        if let Some(grid) = self.grid {
            return grid.place(span, self.excerpts);
        }
        let start = self.floor(span.start as usize);
        let end = self.floor(span.end as usize).max(start);
        let mut known = *self;
        known.advance(start);
        let Self {
            line,
            column,
            pairs,
            ..
        } = known;
        known.advance(end);
        let (end_line, end_column) = (known.line, known.column);
        let units = |column: u32, pairs: Option<u32>| Some(column.saturating_add(pairs?));
        Place {
            line,
            column,
            end_line,
            end_column,
            utf16: units(column, pairs).zip(units(end_column, known.pairs)),
            excerpt: self
                .excerpts
                .then(|| Arc::new(self.excerpt(start, end, line, column))),
            ..Place::default()
        }
    }

    /// Moves the known position forward.
    pub fn advance(&mut self, at: usize) {
        let at = self.floor(at);
        if let Some(grid) = self.grid {
            let cell = grid.cell_at(at);
            (self.line, self.column) = cell.map_or((0, 0), |cell| (cell.row, cell.column));
        } else {
            self.over(self.text.get(self.from..at).unwrap_or_default());
        }
        self.from = at.max(self.from);
    }

    /// Moves over a text.
    fn over(&mut self, between: &str) {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let bytes = between.as_bytes();
        let mut tail = between;
        if let Some(last) = memchr::memrchr(b'\n', bytes) {
            let lines = 1 + memchr::memchr_iter(b'\n', &bytes[..last]).count();
            self.line = self.line.saturating_add(small(lines));
            (self.column, self.pairs) = (1, Some(0));
            tail = &between[last + 1..];
        }
        let (characters, pairs) = match tail.is_ascii() {
            true => (tail.len(), 0),
            false => (tail.chars().count(), pairs(tail)),
        };
        self.column = self.column.saturating_add(small(characters));
        self.pairs = self.pairs.map(|known| known.saturating_add(small(pairs)));
    }

    /// Stands at a byte whose line and column are known, and [`Locator::pairs`] before it.
    #[must_use]
    pub fn standing(self, from: usize, line: u32, column: u32, pairs: Option<u32>) -> Self {
        Self {
            from: self.floor(from),
            line,
            column,
            pairs,
            ..self
        }
    }

    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Line and column of a byte offset that is not before `from`; in a workbook row and column.
    #[must_use]
    pub fn line_column(&self, at: usize) -> (u32, u32) {
        let mut known = *self;
        known.advance(at);
        (known.line, known.column)
    }

    /// The lines of an excerpt, and enough on both sides to tell what is personal at its edges.
    fn near(&self, at: usize, end: usize) -> Range<usize> {
        const BESIDE: usize = 320;
        let bytes = self.text.as_bytes();
        let low = at.saturating_sub(BESIDE);
        let low = memchr::memrchr(b'\n', &bytes[low..at]).map_or(low, |newline| low + newline + 1);
        let mut high = at;
        for _ in 0..LINES {
            let most = (high + WIDTH * 4 + BESIDE).min(bytes.len());
            let newline = memchr::memchr(b'\n', &bytes[high..most]);
            high = newline.map_or(most, |newline| high + newline + 1);
            if newline.is_none() || high >= end {
                break;
            }
        }
        self.floor(low)..self.floor(high)
    }

    fn excerpt(&self, start: usize, end: usize, line: u32, column: u32) -> Excerpt {
        let before = self.text[..start].char_indices().rev();
        let lead: Vec<(usize, char)> = before
            .take_while(|(_, c)| *c != '\n')
            .take(BEFORE)
            .collect();
        let mut at = lead.last().map_or(start, |(at, _)| *at);
        let mut out = Excerpt {
            first_line: line,
            text: String::new(),
            start: 0,
            end: 0,
            column: column
                .saturating_sub(u32::try_from(lead.len()).unwrap_or(0))
                .max(1),
        };
        let mut ended = false;
        let near = self.near(at, end);
        let hidden = personal::masked(&self.text[near.clone()]);
        for number in 1..=LINES {
            let mut newline = None;
            for (shown, (offset, c)) in hidden[at - near.start..].char_indices().enumerate() {
                if at + offset == start {
                    out.start = out.text.len();
                }
                if at + offset == end {
                    out.end = out.text.len();
                    ended = true;
                }
                if c == '\n' {
                    newline = Some(at + offset + 1);
                    break;
                }
                if shown >= WIDTH {
                    out.text.push('…');
                    break;
                }
                match c {
                    '\r' => {}
                    // In the log of a CI job `##[` would begin a command.
                    '#' if out.text.ends_with('#') => out.text.push('＃'),
                    c => out.text.push(words::visible(c)),
                }
            }
            if start == self.text.len() {
                out.start = out.text.len();
            }
            match newline {
                Some(next) if next < end && number < LINES => at = next,
                _ => break,
            }
            out.text.push('\n');
        }
        if !ended {
            out.end = out.text.len();
        }
        out.end = out.end.max(out.start);
        out.text.push('\n');
        out
    }
}

/// Characters outside the basic plane.
fn pairs(text: &str) -> usize {
    words::count(text.as_bytes(), |byte| byte >= 0xf0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, start: usize, end: usize) -> Place {
        let locator = Locator {
            excerpts: true,
            ..Locator::new(text)
        };
        locator.place(Span::new(start, end))
    }

    #[test]
    fn columns_count_characters() {
        let place = at("a\né😀x\n", 8, 9);
        assert_eq!((place.line, place.column, place.end_column), (2, 3, 4));
        let excerpt = place.excerpt.unwrap();
        assert_eq!(&excerpt.text[excerpt.start..excerpt.end], "x");
    }

    #[test]
    fn columns_in_utf16_count_units() {
        let text = "{\"é😀\": \"😀😀x\",\n\"😀\": 1}";
        let x = text.find('x').unwrap();
        assert_eq!(at(text, x, x + 1).utf16, Some((14, 15)));
        let one = text.find('1').unwrap();
        let place = at(text, x, one);
        assert_eq!((place.end_line, place.end_column), (2, 6));
        assert_eq!(place.utf16, Some((14, 7)));
        // From the middle of a line.
        let column = at(text, x, x).column;
        let locator = Locator::new(text).standing(x, 1, column, Some(3));
        assert_eq!(locator.place(Span::new(x, x + 1)).utf16, Some((14, 15)));
        let place = locator.place(Span::new(one, one + 1));
        assert_eq!(place.utf16, Some((7, 8)));
    }

    #[test]
    fn a_cell_is_named_as_formulas_name_it() {
        let place = |sheet: &str, line, column| Place {
            sheet: Some(sheet.into()),
            line,
            column,
            ..Place::default()
        };
        assert_eq!(place("RAT", 12, 28).cell().unwrap(), "RAT!AB12");
        assert_eq!(place("Data '25", 1, 702).cell().unwrap(), "'Data ''25'!ZZ1");
        assert_eq!(place("2025", 0, 0).cell().unwrap(), "'2025'");
        assert_eq!(Place::default().cell(), None);
    }

    #[test]
    fn a_long_line_is_clipped_around_its_place() {
        let text = format!("{}NEEDLE{}", "é".repeat(70_000), "b".repeat(70_000));
        let place = at(&text, 140_000, 140_006);
        assert_eq!(place.column, 70_001);
        let excerpt = place.excerpt.unwrap();
        assert!(excerpt.text.len() < 1000);
        assert_eq!(&excerpt.text[excerpt.start..excerpt.end], "NEEDLE");
        assert_eq!(excerpt.column, 70_001 - 60);
    }

    #[test]
    fn a_place_over_many_lines_shows_its_first() {
        let text = "{\n\"a\": 1,\n".repeat(20);
        let place = at(&text, 0, text.len());
        let excerpt = place.excerpt.unwrap();
        assert_eq!(excerpt.text.lines().count(), LINES);
        assert!(excerpt.end > excerpt.start);
    }
}
