//! One record of a CSV text after the other: where its cells are, and what is wrong with their quotes.
//!
//! A quote opens a quoted cell only at the cell's beginning (padding apart). One that does not
//! close, or closes some lines later in the middle of a cell, is a stray one: it swallows nothing
//! beyond its own line.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2, memchr3, memrchr2};

/// The longest quoted cell, in bytes, that is looked for.
pub(crate) const MAX_RECORD: usize = 1 << 20;

/// What is wrong with a cell's quotes, with the quote's place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QuoteFault {
    /// A quote inside a cell that does not begin with one.
    BareQuote(u32),
    /// Text after the closing quote (whose place it is).
    AfterQuote(u32),
    /// The opening quote has no closing one.
    Unclosed(u32),
}

/// One cell: its place in the text, quotes and padding included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Where it begins.
    pub(crate) start: u32,
    /// Where it ends, at the delimiter or the line end.
    pub(crate) end: u32,
    /// It stands in quotes. False where the quotes are at fault: then they are part of the text.
    pub(crate) quoted: bool,
    /// It has doubled quotes within.
    pub(crate) escaped: bool,
    /// What is wrong with its quotes.
    pub(crate) fault: Option<QuoteFault>,
}

/// Finds the cells of the record at `pos`; gives the place after its line end. `text` is a piece of
/// less than 4 GiB that ends at a [`boundary`] or the end of the file. A line end is CRLF, LF or CR.
pub(crate) fn record(
    text: &str,
    pos: usize,
    delim: u8,
    max_record: usize,
    cells: &mut Vec<Cell>,
) -> usize {
    cells.clear();
    let bytes = within_reach(text.as_bytes());
    if pos >= bytes.len() {
        return text.len();
    }
    let end = line_end(bytes, pos);
    if memchr(b'"', &bytes[pos..end]).is_none() {
        let mut start = pos;
        for at in memchr_iter(delim, &bytes[pos..end]) {
            cells.push(plain(start, pos + at));
            start = pos + at + 1;
        }
        cells.push(plain(start, end));
        return after_line(bytes, end);
    }
    let mut start = pos;
    loop {
        let cell = cell(bytes, start, delim, max_record);
        let end = cell.end as usize;
        cells.push(cell);
        if bytes.get(end) != Some(&delim) {
            return after_line(bytes, end);
        }
        start = end + 1;
    }
}

/// A cell's content: without padding, and without its quotes if they are sound. Nothing is
/// allocated but for doubled quotes.
#[must_use]
pub(crate) fn content<'a>(text: &'a str, cell: &Cell) -> Cow<'a, str> {
    let raw = trim(
        text.get(cell.start as usize..cell.end as usize)
            .unwrap_or_default(),
    );
    if !cell.quoted {
        return Cow::Borrowed(raw);
    }
    let inner = raw
        .strip_prefix('"')
        .and_then(|raw| raw.strip_suffix('"'))
        .unwrap_or(raw);
    if cell.escaped {
        Cow::Owned(trim(&inner.replace("\"\"", "\"")).to_owned())
    } else {
        Cow::Borrowed(trim(inner))
    }
}

/// Without white space (no-break spaces too), byte order marks and zero-width spaces at both ends.
#[must_use]
pub(crate) fn trim(text: &str) -> &str {
    if let [b'!'..=b'~', .., b'!'..=b'~'] = text.as_bytes() {
        return text;
    }
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}'))
}

/// The last place in a piece of a file at which a record begins, so that the piece can be cut
/// there: after a line end outside quotes. None if no record surely ends in the piece; then more
/// is to be read (a quote is given up after `max_record` bytes, a line without quotes never is).
/// `in_quotes`: the piece begins within a quoted cell.
#[must_use]
pub(crate) fn boundary(
    bytes: &[u8],
    in_quotes: bool,
    delim: u8,
    max_record: usize,
) -> Option<usize> {
    let bytes = within_reach(bytes);
    let mut pos = 0;
    let mut last = None;
    if in_quotes {
        let (close, _) = closing(bytes, 0, max_record)?;
        pos = record_end(
            bytes,
            rest_of_cell(bytes, close + 1, delim),
            delim,
            max_record,
        )?;
        last = Some(pos);
    }
    loop {
        let quote = memchr(b'"', &bytes[pos..]).map_or(bytes.len(), |at| pos + at);
        // A CR at the very end may be half of a CRLF.
        let line = match memrchr2(b'\n', b'\r', &bytes[pos..quote]) {
            Some(at) if pos + at + 1 == bytes.len() && bytes[pos + at] == b'\r' => {
                memrchr2(b'\n', b'\r', &bytes[pos..pos + at])
            }
            found => found,
        };
        if let Some(at) = line {
            pos += at + 1;
            last = Some(pos);
        }
        if quote == bytes.len() {
            return last;
        }
        match record_end(bytes, pos, delim, max_record) {
            Some(end) => pos = end,
            None => return last,
        }
        last = Some(pos);
    }
}

/// The place after the record at `start` (the start of a cell, or a delimiter), if it surely ends.
fn record_end(bytes: &[u8], mut start: usize, delim: u8, max_record: usize) -> Option<usize> {
    loop {
        let opening = after_padding(bytes, start, delim);
        if bytes.get(opening) == Some(&b'"')
            && closing(bytes, opening + 1, max_record).is_none()
            && bytes.len() - opening <= max_record
        {
            return None;
        }
        let end = cell(bytes, start, delim, max_record).end as usize;
        match bytes.get(end)? {
            b'\r' if end + 1 == bytes.len() => return None,
            byte if *byte == delim => start = end + 1,
            _ => return Some(after_line(bytes, end)),
        }
    }
}

/// The cell that begins at `start`.
fn cell(bytes: &[u8], start: usize, delim: u8, max_record: usize) -> Cell {
    let open = after_padding(bytes, start, delim);
    if bytes.get(open) != Some(&b'"') {
        let end = rest_of_cell(bytes, start, delim);
        let bare = memchr(b'"', &bytes[start..end]);
        let fault = bare.map(|at| QuoteFault::BareQuote(short(start + at)));
        return Cell {
            fault,
            ..plain(start, end)
        };
    }
    let unclosed = || Cell {
        fault: Some(QuoteFault::Unclosed(short(open))),
        ..plain(start, rest_of_cell(bytes, open, delim))
    };
    let Some((close, escaped)) = closing(bytes, open + 1, max_record) else {
        return unclosed();
    };
    let after = after_padding(bytes, close + 1, delim);
    if bytes
        .get(after)
        .is_none_or(|byte| *byte == delim || matches!(byte, b'\n' | b'\r'))
    {
        return Cell {
            quoted: true,
            escaped,
            ..plain(start, after)
        };
    }
    // Text after a quote that was opened lines ago: that quote opens a cell of its own line.
    if memchr2(b'\n', b'\r', &bytes[open..close]).is_some() {
        return unclosed();
    }
    Cell {
        fault: Some(QuoteFault::AfterQuote(short(close))),
        ..plain(start, rest_of_cell(bytes, after, delim))
    }
}

/// The quote that closes a cell whose content begins at `from`, and whether there are doubled ones.
fn closing(bytes: &[u8], from: usize, max_record: usize) -> Option<(usize, bool)> {
    let limit = bytes.len().min(from.saturating_add(max_record));
    let mut escaped = false;
    let mut pos = from;
    while let Some(at) = memchr(b'"', bytes.get(pos..limit)?) {
        let quote = pos + at;
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some((quote, escaped));
        }
        escaped = true;
        pos = quote + 2;
    }
    None
}

/// Places are 32 bits wide.
fn within_reach(bytes: &[u8]) -> &[u8] {
    bytes.get(..u32::MAX as usize).unwrap_or(bytes)
}

fn after_padding(bytes: &[u8], start: usize, delim: u8) -> usize {
    let padding = |byte: &&u8| **byte != delim && matches!(**byte, b' ' | b'\t');
    start
        + bytes
            .get(start..)
            .unwrap_or_default()
            .iter()
            .take_while(padding)
            .count()
}

fn rest_of_cell(bytes: &[u8], start: usize, delim: u8) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    memchr3(delim, b'\n', b'\r', rest).map_or(bytes.len(), |at| start + at)
}

fn line_end(bytes: &[u8], start: usize) -> usize {
    memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |at| start + at)
}

fn after_line(bytes: &[u8], end: usize) -> usize {
    match bytes.get(end..) {
        Some([b'\r', b'\n', ..]) => end + 2,
        Some([_, ..]) => end + 1,
        _ => bytes.len(),
    }
}

fn plain(start: usize, end: usize) -> Cell {
    Cell {
        start: short(start),
        end: short(end),
        quoted: false,
        escaped: false,
        fault: None,
    }
}

fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
