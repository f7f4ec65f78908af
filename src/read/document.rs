//! One JSON document: a header whose member `koperasi` holds the entries.
//!
//! A first pass parts the entries by their brackets alone, so that one that is broken does not
//! hide the others and a header that stands behind them is known before they are judged.

use std::io;
use std::sync::Arc;

use super::json::{self, Syntax, SyntaxError};
use super::ndjson::{self, PIECE, fault};
use super::{Chunk, Chunks, Fault, FaultKind, Format, HeaderText, MAX_RECORD, Opened, Record};
use crate::place::Locator;
use crate::tape::{Doc, Span, Tape};

mod stream;

pub use stream::is_not_plain;
pub(super) use stream::open as open_plain;

/// The largest document that is held in memory, in bytes.
pub const MAX_DOCUMENT: usize = 1 << 30;

/// The format.
#[derive(Debug)]
struct Document {
    /// The entries are members of a header.
    nested: bool,
}

impl Format for Document {
    fn record(
        &self,
        chunk: &Chunk,
        pos: &mut usize,
        tape: &mut Tape,
        faults: &mut Vec<Fault>,
    ) -> (Record, Span) {
        let bytes = chunk.text.as_bytes();
        let from = separator(bytes, *pos, chunk.end);
        if from >= chunk.end {
            return (Record::End, Span::new(from, from));
        }
        // What is whole ends where its brackets end.
        if let Ok(end) = json::prefix(&chunk.text, from, chunk.end, tape)
            && end - from <= MAX_RECORD
            && chunk.broken_in(from, end).is_none()
        {
            *pos = end;
            ndjson::repeats(&chunk.text, tape, faults);
            return (Record::Entry, Span::new(from, end));
        }
        tape.clear();
        let end = skip(bytes, from, chunk.end).unwrap_or(chunk.end);
        *pos = end;
        let record = ndjson::entry(chunk, from, end, tape, faults);
        (record, Span::new(from, end))
    }

    fn pointer(&self, number: u32) -> Option<String> {
        let index = number.saturating_sub(1);
        Some(if self.nested {
            format!("/koperasi/{index}")
        } else {
            format!("/{index}")
        })
    }
}

/// Opens a document that lies in memory.
#[must_use]
pub fn open(bytes: Vec<u8>) -> Opened {
    let whole = ndjson::text_chunk(bytes, 1, true);
    let mut parts = Parts {
        text: Arc::clone(&whole.text),
        header: Tape::new(),
        faults: Vec::new(),
        ranges: Vec::new(),
        unreadable: 0,
        partial: false,
        nested: true,
    };
    let from = json::skip_space(whole.text.as_bytes(), whole.start, whole.end);
    let outcome = match whole.text.as_bytes().get(from) {
        Some(b'{') => parts.object(from),
        Some(b'[') => {
            parts.nested = false;
            parts.header.begin_object(Span::new(from, from));
            let end = parts.entries(from);
            parts.header.end(0);
            end
        }
        Some(_) => Err(at(Syntax::Unexpected, from, from + 1)),
        None => Err(at(Syntax::Empty, from, from)),
    };
    match outcome {
        Ok(end) => {
            let rest = json::skip_space(whole.text.as_bytes(), end, whole.end);
            if rest < whole.end {
                parts.partial = true;
                parts
                    .faults
                    .push(fault(at(Syntax::Trailing, rest, rest + 1)));
            }
        }
        Err(error) => {
            parts.partial = true;
            parts.unreadable += 1;
            parts.faults.push(fault(error));
            while parts.header.depth() > 0 {
                parts.header.end(0);
            }
        }
    }
    ndjson::repeats(&whole.text, &parts.header, &mut parts.faults);
    // Broken bytes inside an entry are that entry's; elsewhere they are the document's.
    let inside = |at: usize| parts.ranges.iter().any(|r| (r.start..r.end).contains(&at));
    if let Some(&at) = whole.broken.iter().find(|at| !inside(**at)) {
        parts.faults.push(Fault {
            kind: FaultKind::Encoding,
            span: Span::new(at, at + 3),
            related: None,
            field: String::new(),
        });
        parts.partial = true;
    }
    let chunks = Ranges {
        whole: whole.clone(),
        ranges: parts.ranges,
        next: 0,
    };
    let header = (parts.header.depth() == 0).then(|| HeaderText {
        tape: parts.header,
        text: Arc::clone(&whole.text),
        grid: None,
    });
    Opened {
        format: Arc::new(Document {
            nested: parts.nested,
        }),
        name: "json",
        header: header.filter(|h| Doc::new(&h.tape, &h.text).root().is_some()),
        faults: parts.faults,
        faults_in: Some(whole),
        unreadable: parts.unreadable,
        partial: parts.partial,
        remembered: None,
        chunks: Box::new(chunks),
    }
}

fn at(what: Syntax, start: usize, end: usize) -> SyntaxError {
    SyntaxError {
        what,
        at: Span::new(start, end),
        related: None,
    }
}

/// A run of whole entries.
#[derive(Clone, Copy)]
struct Range {
    start: usize,
    end: usize,
    /// Line, column and pairs of the start.
    at: (u32, u32, u32),
}

struct Parts {
    text: Arc<String>,
    header: Tape,
    faults: Vec<Fault>,
    ranges: Vec<Range>,
    unreadable: u64,
    partial: bool,
    nested: bool,
}

impl Parts {
    /// Reads the header's members; returns where the object ends.
    fn object(&mut self, from: usize) -> Result<usize, SyntaxError> {
        let text = Arc::clone(&self.text);
        let (bytes, to) = (text.as_bytes(), text.len());
        let opened = Span::new(from, from + 1);
        let ends = |pos| SyntaxError {
            related: Some(opened),
            ..at(Syntax::End, pos, pos)
        };
        self.header.begin_object(opened);
        let mut name = Tape::new();
        let mut pos = json::skip_space(bytes, from + 1, to);
        if bytes.get(pos) == Some(&b'}') {
            self.header.end(Span::new(0, pos + 1).end);
            return Ok(pos + 1);
        }
        loop {
            match bytes.get(pos) {
                Some(b'"') => {}
                Some(b'}') => return Err(at(Syntax::TrailingComma, pos, pos + 1)),
                Some(b'\'') => return Err(at(Syntax::SingleQuote, pos, pos + 1)),
                Some(b'/') => return Err(at(Syntax::Comment, pos, pos + 1)),
                Some(b) if b.is_ascii_alphabetic() => {
                    return Err(at(Syntax::BareName, pos, pos + 1));
                }
                Some(_) => return Err(at(Syntax::Unexpected, pos, pos + 1)),
                None => return Err(ends(pos)),
            }
            name.clear();
            let end = json::prefix(&text, pos, to, &mut name)?;
            let key = Doc::new(&name, &text).root().and_then(|key| key.as_str());
            let key = key.unwrap_or_default();
            let again = key == "koperasi" && {
                let header = Doc::new(&self.header, &text);
                header
                    .root()
                    .is_some_and(|root| root.get("koperasi").is_some())
            };
            self.header.key(&text, key, Span::new(pos, end));
            pos = json::skip_space(bytes, end, to);
            if bytes.get(pos) != Some(&b':') {
                return Err(if pos == to {
                    ends(pos)
                } else {
                    at(Syntax::MissingColon, pos, pos + 1)
                });
            }
            pos = json::skip_space(bytes, pos + 1, to);
            pos = if key == "koperasi" && bytes.get(pos) == Some(&b'[') && !again {
                self.entries(pos)?
            } else {
                // Which of two lists is meant cannot be known.
                self.unreadable += u64::from(again);
                self.partial |= again;
                json::prefix(&text, pos, to, &mut self.header)?
            };
            pos = json::skip_space(bytes, pos, to);
            match bytes.get(pos) {
                Some(b',') => pos = json::skip_space(bytes, pos + 1, to),
                Some(b'}') => {
                    self.header.end(Span::new(0, pos + 1).end);
                    return Ok(pos + 1);
                }
                Some(b'"') => return Err(at(Syntax::MissingComma, pos, pos + 1)),
                Some(b'/') => return Err(at(Syntax::Comment, pos, pos + 1)),
                Some(b']') => {
                    return Err(SyntaxError {
                        related: Some(opened),
                        ..at(Syntax::Mismatch, pos, pos + 1)
                    });
                }
                Some(_) => return Err(at(Syntax::Unexpected, pos, pos + 1)),
                None => return Err(ends(pos)),
            }
        }
    }

    /// Parts the entries of the array that begins at `from`; returns where it ends. The header
    /// gets an empty list in their stead.
    fn entries(&mut self, from: usize) -> Result<usize, SyntaxError> {
        let text = Arc::clone(&self.text);
        let (bytes, to) = (text.as_bytes(), text.len());
        if self.nested {
            self.header.begin_array(Span::new(from, from + 1));
            self.header.end(0);
        }
        let mut known = Locator::new(&text);
        let mut pos = json::skip_space(bytes, from + 1, to);
        let mut begin = pos;
        let opened = Span::new(from, from + 1);
        let mut flush = |ranges: &mut Vec<Range>, begin: usize, end: usize| {
            if end > begin {
                known.advance(begin);
                ranges.push(Range {
                    start: begin,
                    end,
                    at: (known.line, known.column, known.pairs.unwrap_or(0)),
                });
            }
        };
        if bytes.get(pos) == Some(&b']') {
            return Ok(pos + 1);
        }
        loop {
            let start = pos;
            let end = match bytes.get(pos) {
                Some(b']') => {
                    flush(&mut self.ranges, begin, pos);
                    return Err(at(Syntax::TrailingComma, pos, pos + 1));
                }
                Some(_) => skip(bytes, pos, to),
                None => None,
            };
            let Some(end) = end else {
                // The text ends within this entry: those before it are whole.
                flush(&mut self.ranges, begin, start);
                let opened = if start < to {
                    Span::new(start, start + 1)
                } else {
                    opened
                };
                return Err(SyntaxError {
                    related: Some(opened),
                    ..at(Syntax::End, to, to)
                });
            };
            if end == start {
                flush(&mut self.ranges, begin, start);
                return Err(at(Syntax::Unexpected, start, start + 1));
            }
            pos = json::skip_space(bytes, end, to);
            if pos - begin >= PIECE {
                flush(&mut self.ranges, begin, end);
                begin = end;
            }
            match bytes.get(pos) {
                Some(b',') => pos = json::skip_space(bytes, pos + 1, to),
                Some(b']') => {
                    flush(&mut self.ranges, begin, end);
                    return Ok(pos + 1);
                }
                other => {
                    flush(&mut self.ranges, begin, end);
                    return Err(match other {
                        None => SyntaxError {
                            related: Some(opened),
                            ..at(Syntax::End, to, to)
                        },
                        Some(b'}') => SyntaxError {
                            related: Some(opened),
                            ..at(Syntax::Mismatch, pos, pos + 1)
                        },
                        Some(_) => at(Syntax::MissingComma, pos, pos + 1),
                    });
                }
            }
        }
    }
}

/// Over white space and the comma between two entries.
fn separator(bytes: &[u8], pos: usize, to: usize) -> usize {
    let pos = json::skip_space(bytes, pos, to);
    if pos < to && bytes[pos] == b',' {
        json::skip_space(bytes, pos + 1, to)
    } else {
        pos
    }
}

/// The end of the value at `pos` by its brackets and quotes alone; none if the text ends first.
fn skip(bytes: &[u8], pos: usize, to: usize) -> Option<usize> {
    let bytes = &bytes[..to];
    if matches!(bytes.get(pos), Some(b'{' | b'[')) {
        return json::container_end(bytes, pos);
    }
    let mut at = pos;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return json::string_end(bytes, at + 1),
            b'{' | b'[' => return json::container_end(bytes, at),
            b'}' | b']' | b',' | b' ' | b'\n' | b'\r' | b'\t' => return Some(at),
            _ => at += 1,
        }
    }
    Some(to)
}

struct Ranges {
    whole: Chunk,
    ranges: Vec<Range>,
    next: usize,
}

impl Chunks for Ranges {
    fn next(&mut self) -> io::Result<Option<Chunk>> {
        let Some(&Range { start, end, at }) = self.ranges.get(self.next) else {
            return Ok(None);
        };
        self.next += 1;
        let (line, column, pairs) = at;
        Ok(Some(Chunk {
            start,
            end,
            line,
            column,
            pairs,
            ..self.whole.clone()
        }))
    }
}
