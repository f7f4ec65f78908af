//! NDJSON: one JSON value a line, read in pieces, so that memory does not grow with the file.

use std::io::{self, Read};
use std::sync::Arc;

use super::json::{self, Syntax, SyntaxError};
use super::{Chunk, Chunks, Fault, FaultKind, Format, HeaderText, MAX_RECORD, Opened, Record};
use crate::tape::{Span, Tape};

/// Bytes that are read at once.
pub(super) const PIECE: usize = 256 << 10;

/// The format.
#[derive(Debug)]
pub struct Ndjson;

impl Format for Ndjson {
    fn record(
        &self,
        chunk: &Chunk,
        pos: &mut usize,
        tape: &mut Tape,
        faults: &mut Vec<Fault>,
    ) -> (Record, Span) {
        let start = *pos;
        if start >= chunk.end {
            return (Record::End, Span::new(start, start));
        }
        let bytes = chunk.text.as_bytes();
        let end = memchr::memchr(b'\n', &bytes[start..chunk.end]).map_or(chunk.end, |n| start + n);
        *pos = (end + 1).min(chunk.end);
        let from = json::skip_space(bytes, start, end);
        let span = Span::new(from, end);
        if from == end {
            return (Record::Skipped, span);
        }
        (entry(chunk, from, end, tape, faults), span)
    }
}

/// Reads one value onto the tape; a fault says why it is none.
pub(super) fn entry(
    chunk: &Chunk,
    from: usize,
    end: usize,
    tape: &mut Tape,
    faults: &mut Vec<Fault>,
) -> Record {
    if end - from > MAX_RECORD {
        let kind = FaultKind::TooLarge { limit: MAX_RECORD };
        faults.push(plain(kind, Span::new(from, from + 1)));
        return Record::Unreadable;
    }
    if let Some(at) = chunk.broken_in(from, end) {
        faults.push(plain(FaultKind::Encoding, Span::new(at, at + 3)));
        return Record::Unreadable;
    }
    match json::value(&chunk.text, from, end, tape) {
        Ok(()) => {
            repeats(&chunk.text, tape, faults);
            Record::Entry
        }
        Err(error) => {
            faults.push(fault(error));
            Record::Unreadable
        }
    }
}

/// A fault for every name that stands twice in one object.
pub(super) fn repeats(text: &str, tape: &Tape, faults: &mut Vec<Fault>) {
    let doc = crate::tape::Doc::new(tape, text);
    for repeat in tape.repeats() {
        let key = doc.node(repeat.again);
        let name = key.as_str().unwrap_or_default().to_owned();
        faults.push(Fault {
            kind: FaultKind::Repeated { name: name.clone() },
            span: key.place(),
            related: Some(repeat.first),
            field: name,
        });
    }
}

fn plain(kind: FaultKind, span: Span) -> Fault {
    Fault {
        kind,
        span,
        related: None,
        field: String::new(),
    }
}

/// A syntax error as a fault.
pub(super) fn fault(error: SyntaxError) -> Fault {
    let kind = match error.what {
        Syntax::TooDeep => FaultKind::TooDeep,
        Syntax::Trailing => FaultKind::Trailing,
        what => FaultKind::Syntax(what),
    };
    Fault {
        related: error.related,
        ..plain(kind, error.at)
    }
}

/// Opens NDJSON. The first line is the header if it looks like one; with `header_apart` (a header
/// stands elsewhere) anything else is an entry, otherwise it is a header that cannot be read.
///
/// # Errors
/// What the system says.
pub fn open(input: Box<dyn Read + Send>, header_apart: bool) -> io::Result<Opened> {
    let mut lines = Lines {
        input,
        rest: Vec::new(),
        line: 1,
        ended: false,
        waiting: None,
    };
    let mut opened = Opened {
        format: Arc::new(Ndjson),
        name: "ndjson",
        header: None,
        faults: Vec::new(),
        faults_in: None,
        unreadable: 0,
        partial: false,
        remembered: None,
        chunks: Box::new(NoChunks),
    };
    let mut first = lines.next()?;
    if let Some(chunk) = &mut first {
        header_line(chunk, header_apart, &mut opened);
    }
    lines.waiting = first;
    opened.chunks = Box::new(lines);
    Ok(opened)
}

/// Takes the header off the first piece.
fn header_line(chunk: &mut Chunk, header_apart: bool, opened: &mut Opened) {
    let text = Arc::clone(&chunk.text);
    let bytes = text.as_bytes();
    let mut from = chunk.start;
    let mut skipped = 0;
    while from < chunk.end && bytes[from].is_ascii_whitespace() {
        skipped += u32::from(bytes[from] == b'\n');
        from += 1;
    }
    let end = memchr::memchr(b'\n', &bytes[from..chunk.end]).map_or(chunk.end, |n| from + n);
    let mut tape = Tape::new();
    let read = entry(chunk, from, end, &mut tape, &mut opened.faults);
    let doc = crate::tape::Doc::new(&tape, &text);
    let has = |name: &str| doc.root().is_some_and(|root| root.get(name).is_some());
    let is_header = match read {
        Record::Entry if header_apart => !has("nama_koperasi") && has("tanggal_acuan"),
        Record::Entry => !has("nama_koperasi"),
        _ => !header_apart,
    };
    if !is_header || from == end {
        opened.faults.clear();
        return;
    }
    opened.faults_in = Some(Chunk {
        start: from,
        line: chunk.line + skipped,
        ..chunk.clone()
    });
    // A first line that cannot be read was the header: nothing can be dated without it.
    opened.partial |= read != Record::Entry;
    if read == Record::Entry {
        opened.header = Some(HeaderText {
            tape,
            text,
            grid: None,
        });
    }
    chunk.start = (end + 1).min(chunk.end);
    chunk.line += skipped + u32::from(end < chunk.end);
}

struct NoChunks;

impl Chunks for NoChunks {
    fn next(&mut self) -> io::Result<Option<Chunk>> {
        Ok(None)
    }
}

/// Pieces of whole lines.
struct Lines {
    input: Box<dyn Read + Send>,
    rest: Vec<u8>,
    line: u32,
    ended: bool,
    waiting: Option<Chunk>,
}

impl Chunks for Lines {
    fn next(&mut self) -> io::Result<Option<Chunk>> {
        if let Some(chunk) = self.waiting.take() {
            return Ok(Some(chunk));
        }
        let mut bytes = std::mem::take(&mut self.rest);
        let cut = loop {
            if self.ended {
                break bytes.len();
            }
            let before = bytes.len();
            self.ended = !read_piece(&mut self.input, &mut bytes)?;
            if let Some(newline) = memchr::memrchr(b'\n', &bytes[before..]) {
                break before + newline + 1;
            }
            // Of a line beyond the limit no more is kept than shows that it is.
            bytes.truncate(MAX_RECORD + 2 * PIECE);
        };
        self.rest = bytes.split_off(cut);
        if bytes.is_empty() {
            return Ok(None);
        }
        let newlines = memchr::memchr_iter(b'\n', &bytes).count();
        let first = self.line == 1;
        let chunk = text_chunk(bytes, self.line, first);
        self.line = self
            .line
            .saturating_add(u32::try_from(newlines).unwrap_or(u32::MAX));
        Ok(Some(chunk))
    }
}

/// Reads up to a piece more, in as few calls as the system allows; false at the end.
pub(super) fn read_piece(input: &mut dyn Read, bytes: &mut Vec<u8>) -> io::Result<bool> {
    let before = bytes.len();
    let mut filled = before;
    bytes.resize(before + PIECE, 0);
    while filled < bytes.len() {
        match input.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                bytes.truncate(filled);
                return Err(error);
            }
        }
    }
    bytes.truncate(filled);
    Ok(filled > before)
}

/// Bytes as a chunk; what is no UTF-8 is replaced and its place kept. A byte order mark at the
/// beginning of a file is no content.
pub(super) fn text_chunk(bytes: Vec<u8>, line: u32, first: bool) -> Chunk {
    let mut broken = Vec::new();
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        let bytes = error.as_bytes();
        let mut text = String::with_capacity(bytes.len());
        for part in bytes.utf8_chunks() {
            text.push_str(part.valid());
            if !part.invalid().is_empty() {
                broken.push(text.len());
                text.push('\u{fffd}');
            }
        }
        text
    });
    let start = if first && text.starts_with('\u{feff}') {
        3
    } else {
        0
    };
    Chunk {
        end: text.len(),
        text: text.into(),
        start,
        line,
        column: 1,
        pairs: 0,
        broken: broken.into(),
        grid: None,
    }
}
