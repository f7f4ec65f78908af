//! Where something stands: computed only for what is found.

use std::sync::Arc;

use crate::tape::Span;

/// A place in a submission, in the terms of its format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Another file than the submission's own.
    pub file: Option<Arc<str>>,
    /// Line from 1; 0 where the place is the file as a whole.
    pub line: u32,
    /// Character in the line from 1.
    pub column: u32,
    /// Line of the last character.
    pub end_line: u32,
    /// One past the last character, in `end_line`.
    pub end_column: u32,
    /// JSON pointer from the document's root (of the line, in NDJSON). None in a table.
    pub pointer: Option<String>,
    /// Heading of the table's column.
    pub heading: Option<String>,
    /// The source lines, where a drawing was asked for.
    pub excerpt: Option<Arc<Excerpt>>,
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

/// Counts lines and columns of spans in one text, from a known line.
#[derive(Clone, Copy, Debug)]
pub struct Locator<'a> {
    /// The text that spans refer to.
    pub text: &'a str,
    /// A byte whose line is known, a line's beginning.
    pub from: usize,
    /// Its line.
    pub line: u32,
    /// Whether to cut excerpts.
    pub excerpts: bool,
}

/// Characters of a line that an excerpt shows before its place, and in all.
const BEFORE: usize = 60;
const WIDTH: usize = 200;
/// Lines of a place that an excerpt shows.
const LINES: usize = 6;

impl<'a> Locator<'a> {
    /// The place of a span, without pointer and heading.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        let start = self.floor(span.start as usize);
        let end = self.floor(span.end as usize).max(start);
        let (line, column) = self.line_column(start);
        let (end_line, end_column) = self.line_column(end);
        Place {
            line,
            column,
            end_line,
            end_column,
            excerpt: self.excerpts.then(|| Arc::new(self.excerpt(start, end, line))),
            ..Place::default()
        }
    }

    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Line and column of a byte offset.
    #[must_use]
    pub fn line_column(&self, at: usize) -> (u32, u32) {
        let bytes = self.text.as_bytes();
        let from = self.from.min(at);
        let count = memchr::memchr_iter(b'\n', &bytes[from..at]).count();
        let begin = self.begin_of_line(at);
        let column = self.text[begin..at].chars().count();
        (
            self.line.saturating_add(u32::try_from(count).unwrap_or(u32::MAX)),
            u32::try_from(column).unwrap_or(u32::MAX - 1) + 1,
        )
    }

    fn begin_of_line(&self, at: usize) -> usize {
        memchr::memrchr(b'\n', &self.text.as_bytes()[..at]).map_or(0, |nl| nl + 1)
    }

    fn end_of_line(&self, at: usize) -> usize {
        let bytes = &self.text.as_bytes()[at..];
        let end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
        let end = at + end;
        end - usize::from(end > at && self.text.as_bytes()[end - 1] == b'\r')
    }

    fn excerpt(&self, start: usize, end: usize, line: u32) -> Excerpt {
        let begin = self.begin_of_line(start);
        let left = self.text[begin..start]
            .char_indices()
            .rev()
            .nth(BEFORE - 1)
            .map_or(begin, |(at, _)| begin + at);
        let column = self.text[begin..left].chars().count();
        let mut out = Excerpt {
            first_line: line,
            text: String::new(),
            start: 0,
            end: 0,
            column: u32::try_from(column).unwrap_or(u32::MAX - 1) + 1,
        };
        let mut at = left;
        for number in 0..LINES {
            let stop = self.end_of_line(at);
            let mut shown = 0;
            for (offset, c) in self.text[at..stop].char_indices() {
                if at + offset == start {
                    out.start = out.text.len();
                }
                if at + offset == end {
                    out.end = out.text.len();
                }
                if shown == WIDTH {
                    out.text.push('…');
                    break;
                }
                out.text.push(crate::words::visible(c));
                shown += 1;
            }
            let whole = stop - at <= WIDTH || self.text[at..stop].chars().count() <= WIDTH;
            if start == stop {
                out.start = out.text.len();
            }
            if end <= stop && (end == stop || !whole) && out.end == 0 {
                out.end = out.text.len();
            }
            out.text.push('\n');
            let next = memchr::memchr(b'\n', &self.text.as_bytes()[stop..]);
            match next {
                Some(nl) if stop + nl + 1 < end && number + 1 < LINES => at = stop + nl + 1,
                _ => break,
            }
        }
        let limit = out.text.len() - 1;
        if out.end < out.start || end > start && out.end == 0 {
            out.end = limit;
        }
        out.end = out.end.min(limit).max(out.start.min(limit));
        out.start = out.start.min(out.end);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, start: usize, end: usize) -> Place {
        let locator = Locator {
            text,
            from: 0,
            line: 1,
            excerpts: true,
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
