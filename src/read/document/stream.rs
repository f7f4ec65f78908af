//! A plain document from end to end without holding it: a header, its entries, nothing behind
//! them. Whatever else it turns out to be is [`NotPlain`], and is read again from memory, where
//! every fault is found and told.

use std::io::{self, Read};
use std::sync::Arc;

use super::super::json;
use super::super::ndjson::{self, PIECE};
use super::super::{Chunk, Chunks, HeaderText, MAX_RECORD, Opened};
use super::{Document, skip};
use crate::place::Locator;
use crate::tape::{Doc, Span, Tape};

/// The document cannot be read in one go; it says nothing of whether it is sound.
#[derive(Debug, thiserror::Error)]
#[error("not a plain document")]
pub struct NotPlain;

/// Whether reading ended because the document is no plain one.
#[must_use]
pub fn is_not_plain(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<NotPlain>())
}

fn not_plain<T>() -> io::Result<T> {
    Err(io::Error::other(NotPlain))
}

/// Opens a document whose header and the beginning of its entries lie in `head`; `rest` has the
/// bytes behind it. None if the head shows already that it is no plain one.
pub fn open(head: &[u8], rest: Box<dyn Read + Send>) -> Option<Opened> {
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        // A character may be cut at the end.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let text = Arc::new(valid.to_owned());
    let (tape, entries) = header(&text)?;
    let mut known = Locator::new(&text);
    known.advance(entries);
    let stream = Stream {
        input: rest,
        bytes: head[entries..].to_vec(),
        line: known.line,
        column: known.column,
        pairs: known.pairs.unwrap_or(0),
        begun: false,
        ended: false,
    };
    let mut faults = Vec::new();
    ndjson::repeats(&text, &tape, &mut faults);
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    Some(Opened {
        format: Arc::new(Document { nested: true }),
        name: "json",
        faults_in: Some(Chunk {
            start,
            end: text.len(),
            text: Arc::clone(&text),
            line: 1,
            column: 1,
            pairs: 0,
            broken: [].into(),
            grid: None,
        }),
        header: Some(HeaderText {
            tape,
            text,
            grid: None,
        }),
        faults,
        unreadable: 0,
        partial: false,
        remembered: None,
        chunks: Box::new(stream),
    })
}

/// Reads the members before the entries; gives them and where the first entry may begin.
fn header(text: &str) -> Option<(Tape, usize)> {
    let (bytes, to) = (text.as_bytes(), text.len());
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let from = json::skip_space(bytes, start, to);
    let mut tape = Tape::new();
    let mut name = Tape::new();
    if bytes.get(from) != Some(&b'{') {
        return None;
    }
    tape.begin_object(Span::new(from, from + 1));
    let mut pos = from + 1;
    loop {
        pos = json::skip_space(bytes, pos, to);
        name.clear();
        if bytes.get(pos) != Some(&b'"') {
            return None;
        }
        let end = json::prefix(text, pos, to, &mut name).ok()?;
        let key = Doc::new(&name, text).root()?.as_str()?;
        tape.key(text, key, Span::new(pos, end));
        pos = json::skip_space(bytes, end, to);
        if bytes.get(pos) != Some(&b':') {
            return None;
        }
        pos = json::skip_space(bytes, pos + 1, to);
        if key == "koperasi" {
            if bytes.get(pos) != Some(&b'[') {
                return None;
            }
            tape.begin_array(Span::new(pos, pos + 1));
            tape.end(0);
            tape.end(0);
            return Some((tape, pos + 1));
        }
        pos = json::prefix(text, pos, to, &mut tape).ok()?;
        pos = json::skip_space(bytes, pos, to);
        if bytes.get(pos) != Some(&b',') {
            return None;
        }
        pos += 1;
    }
}

/// Pieces of whole entries.
struct Stream {
    input: Box<dyn Read + Send>,
    /// What is read and not yet given out.
    bytes: Vec<u8>,
    line: u32,
    column: u32,
    pairs: u32,
    /// An entry was given out, so that a comma or the end comes next.
    begun: bool,
    ended: bool,
}

/// What stands at the beginning of some bytes.
enum Seen {
    /// Whole entries up to here, at least one.
    Entries(usize),
    /// The end of the list; the first byte behind it.
    End(usize),
    /// Too little to tell.
    More,
    /// Neither.
    Other,
}

impl Stream {
    /// Whole entries of about a piece.
    fn seen(&self) -> Seen {
        let (bytes, to) = (&self.bytes[..], self.bytes.len());
        let (mut pos, mut cut, mut begun) = (0, 0, self.begun);
        let some = |cut: usize, other: Seen| if cut > 0 { Seen::Entries(cut) } else { other };
        loop {
            pos = json::skip_space(bytes, pos, to);
            match bytes.get(pos) {
                None => return some(cut, Seen::More),
                Some(b']') => return some(cut, Seen::End(pos + 1)),
                Some(b',') if begun => pos = json::skip_space(bytes, pos + 1, to),
                Some(_) if begun => return some(cut, Seen::Other),
                Some(_) => {}
            }
            match bytes.get(pos) {
                None => return some(cut, Seen::More),
                Some(b'{') => {}
                Some(_) => return some(cut, Seen::Other),
            }
            match skip(bytes, pos, to) {
                Some(end) => (pos, cut, begun) = (end, end, true),
                None if to - pos > MAX_RECORD => return some(cut, Seen::Other),
                None => return some(cut, Seen::More),
            }
            if cut >= PIECE {
                return Seen::Entries(cut);
            }
        }
    }

    fn read(&mut self) -> io::Result<bool> {
        ndjson::read_piece(&mut self.input, &mut self.bytes)
    }

    /// Nothing but the header's own end may follow.
    fn close(&mut self, mut pos: usize) -> io::Result<()> {
        let mut closed = false;
        loop {
            pos = json::skip_space(&self.bytes, pos, self.bytes.len());
            match self.bytes.get(pos) {
                Some(b'}') if !closed => closed = true,
                Some(_) => return not_plain(),
                None => {
                    self.bytes.clear();
                    if !self.read()? {
                        return if closed { Ok(()) } else { not_plain() };
                    }
                    pos = 0;
                    continue;
                }
            }
            pos += 1;
        }
    }
}

impl Chunks for Stream {
    fn next(&mut self) -> io::Result<Option<Chunk>> {
        if self.ended {
            return Ok(None);
        }
        let cut = loop {
            match self.seen() {
                Seen::Entries(cut) => break cut,
                Seen::End(at) => {
                    self.close(at)?;
                    self.ended = true;
                    return Ok(None);
                }
                Seen::More if self.read()? => {}
                Seen::More | Seen::Other => return not_plain(),
            }
        };
        self.begun = true;
        let rest = self.bytes.split_off(cut);
        let bytes = std::mem::replace(&mut self.bytes, rest);
        let chunk = Chunk {
            column: self.column,
            pairs: self.pairs,
            ..ndjson::text_chunk(bytes, self.line, false)
        };
        let mut known = chunk.locator(false);
        known.advance(chunk.end);
        (self.line, self.column) = (known.line, known.column);
        self.pairs = known.pairs.unwrap_or(0);
        Ok(Some(chunk))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::read::Record;

    /// Everything that a reader makes of a document.
    fn all(mut opened: Opened) -> io::Result<Vec<String>> {
        let header = opened.header.map(|header| header.value().to_string());
        let mut out = vec![format!(
            "{header:?} {:?} {:?}",
            opened.faults, opened.partial
        )];
        let mut tape = Tape::new();
        while let Some(chunk) = opened.chunks.next()? {
            let mut pos = chunk.start;
            let mut locator = chunk.locator(false);
            loop {
                let mut faults = Vec::new();
                tape.clear();
                let (record, span) = opened
                    .format
                    .record(&chunk, &mut pos, &mut tape, &mut faults);
                if record == Record::End {
                    break;
                }
                locator.advance(span.start as usize);
                let place = locator.place(span);
                let at = (place.line, place.column, place.end_line, place.end_column);
                let kinds: Vec<_> = faults.iter().map(|fault| &fault.kind).collect();
                let text = &chunk.text[span.range()];
                out.push(format!(
                    "{record:?} {at:?} {:?} {kinds:?} {text}",
                    place.utf16
                ));
            }
        }
        Ok(out)
    }

    /// Reads a few bytes at a time.
    struct Slow(Cursor<Vec<u8>>);

    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let few = buffer.len().min(7);
            self.0.read(&mut buffer[..few])
        }
    }

    fn compare(text: &[u8]) -> bool {
        let whole = all(super::super::open(text.to_vec())).unwrap();
        let head = text.len().min(60);
        let rest = Slow(Cursor::new(text[head..].to_vec()));
        let Some(plain) = open(&text[..head], Box::new(rest)) else {
            return false;
        };
        match all(plain) {
            Ok(plain) => {
                assert_eq!(plain, whole, "{}", String::from_utf8_lossy(text));
                true
            }
            Err(error) => {
                assert!(is_not_plain(&error));
                false
            }
        }
    }

    #[test]
    fn a_plain_document_is_read_as_from_memory() {
        let entry = r#"{"nama_koperasi": "Kopé😀rasi \" ] }", "rat": [{}, [1]], "n": -1.5}"#;
        let broken = r#"{"nama_koperasi": oops, "rat": [01]}"#;
        let many = |between: &str, behind: &str| {
            let entries = [entry, broken, "{}", entry].repeat(20).join(between);
            format!("{{\"a\": \"é\", \"koperasi\":[{entries}]{behind}")
        };
        for (between, behind) in [(",", "}"), (",\n  ", "\n}\n\n"), (" ,\t", " } ")] {
            assert!(compare(many(between, behind).as_bytes()));
        }
        assert!(compare(b"\xEF\xBB\xBF{ \"x\": 1,\n \"koperasi\" : [ ] } "));
        let mut bytes = many(",", "}").into_bytes();
        let at = bytes.len() / 2;
        bytes[at] = 0xFF;
        assert!(compare(&bytes));
    }

    #[test]
    fn whatever_is_not_plain_is_left_to_memory() {
        for text in [
            r#"{"koperasi": [{}], "tahun": 1}"#,
            r#"{"koperasi": [{},]}"#,
            r#"{"koperasi": [{} {}]}"#,
            r#"{"koperasi": [{}, 1]}"#,
            r#"{"koperasi": [{}]} x"#,
            r#"{"koperasi": [{}]"#,
            r#"{"koperasi": [{}, {"a": "#,
            r#"{"koperasi": [{}, "#,
            r#"{"koperasi": [,{}]}"#,
            r#"{"koperasi": {}}"#,
            r#"{"a": 1}"#,
            r#"[{}]"#,
            "",
        ] {
            assert!(!compare(text.as_bytes()), "{text}");
        }
    }
}
