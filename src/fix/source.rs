//! A file as a check reads it, with what its bytes need to be written again.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Cursor;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{Edit, Given, MAX_FILE, Refusal};
use crate::grid::Grid;
use crate::read::open::{FormatName, OpenError, format_of};
use crate::read::table::encoding::{self, Decoder};
use crate::read::table::sniff;
use crate::read::workbook::{self, source};
use crate::read::{Chunk, Fault, FaultKind, Opened, Record, document, ndjson, table};
use crate::tape::{Doc, Span, Tape};

/// A file that was read whole.
pub(super) struct Source {
    pub(super) opened: Opened,
    /// The text that all spans of `chunks` refer to once their offset is added.
    pub(super) text: String,
    chunks: Vec<(usize, Chunk)>,
    encoding: &'static Encoding,
    /// The byte order mark that the text does not hold.
    mark: Vec<u8>,
}

/// One record as a visitor sees it.
pub(super) struct Seen<'a> {
    pub(super) chunk: &'a Chunk,
    /// Where the chunk's text begins in the file's.
    pub(super) offset: usize,
    pub(super) doc: Doc<'a>,
    pub(super) span: Span,
    pub(super) faults: &'a [Fault],
    /// Its number among the entries, from 1.
    pub(super) number: u32,
}

impl Source {
    /// Reads a file; refuses one that cannot be read to its end.
    pub(super) fn read(given: &Given<'_>, bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > MAX_FILE {
            return Err(OpenError::TooLarge(MAX_FILE).into());
        }
        let format = format_of(given.name, bytes.get(..64 << 10).unwrap_or(bytes))?;
        if format == FormatName::Workbook {
            return Self::workbook(given, bytes);
        }
        let detected = match format {
            FormatName::Csv => encoding::detect(bytes.get(..sniff::HEAD).unwrap_or(bytes)),
            _ => encoding::Detected {
                encoding: UTF_8,
                bom_len: 0,
                evidence: encoding::Evidence::ValidUtf8,
            },
        };
        let mut text = String::new();
        let malformed = Decoder::new(&detected).push(bytes, true, &mut text);
        let mut opened = match format {
            FormatName::Json => document::open(bytes.to_vec()),
            FormatName::Ndjson => {
                ndjson::open(Box::new(Cursor::new(bytes.to_vec())), given.header_apart)
                    .map_err(OpenError::from)?
            }
            _ => table::open(Box::new(Cursor::new(bytes.to_vec())), given.shape)
                .map_err(OpenError::from)?,
        };
        let mut chunks = Vec::new();
        while let Some(chunk) = opened.chunks.next().map_err(OpenError::from)? {
            chunks.push((0, chunk));
        }
        let mut source = Self {
            opened,
            text,
            chunks,
            encoding: detected.encoding,
            mark: bytes.get(..detected.bom_len).unwrap_or_default().to_vec(),
        };
        source.refuse_partial()?;
        source.each(|_| {})?;
        source.place_chunks(format)?;
        if malformed || source.encode(&source.text).as_deref() != Some(bytes) {
            return Err(source.refusal());
        }
        Ok(source)
    }

    fn workbook(given: &Given<'_>, bytes: &[u8]) -> Result<Self, Refusal> {
        let book = source::read(bytes).map_err(OpenError::Workbook)?;
        if book.kind != source::Kind::Xlsx {
            return Err(Refusal::Workbook);
        }
        let opened = workbook::open(book, None, given.shape).map_err(OpenError::NoSheet)?;
        let mut source = Self {
            text: String::new(),
            opened,
            chunks: Vec::new(),
            encoding: UTF_8,
            mark: Vec::new(),
        };
        if let Some(chunk) = &source.opened.faults_in {
            source.text = chunk.text.to_string();
        }
        while let Some(chunk) = source.opened.chunks.next().map_err(OpenError::from)? {
            source.chunks.push((0, chunk));
        }
        source.refuse_partial()?;
        source.each(|_| {})?;
        Ok(source)
    }

    /// In a workbook: the cells that the text is of.
    pub(super) fn grid(&self) -> Option<Arc<Grid>> {
        self.opened.faults_in.as_ref()?.grid.clone()
    }

    fn refuse_partial(&self) -> Result<(), Refusal> {
        if !self.opened.partial && self.opened.unreadable == 0 {
            return Ok(());
        }
        let fault = self.opened.faults.iter().find(|fault| {
            !matches!(
                fault.kind,
                FaultKind::Form { .. }
                    | FaultKind::UnknownColumn { .. }
                    | FaultKind::DoubleColumn { .. }
                    | FaultKind::Repeated { .. }
            )
        });
        Err(unreadable(self.opened.faults_in.as_ref(), fault))
    }

    /// Works out where each chunk stands in the whole text.
    fn place_chunks(&mut self, format: FormatName) -> Result<(), Refusal> {
        let whole = self.text.len();
        let all: usize = self.chunks.iter().map(|(_, chunk)| chunk.text.len()).sum();
        let mut offset = match format {
            // The rows reach from below the header to the end.
            FormatName::Csv => whole.checked_sub(all).ok_or(Refusal::Unsure)?,
            _ => 0,
        };
        // A table whose lines end with CR alone is read with LF in its stead.
        let cr = !self.text.contains('\n');
        for (at, chunk) in &mut self.chunks {
            *at = offset;
            let own = self.text.get(offset..offset + chunk.text.len());
            let own = own.ok_or(Refusal::Unsure)?;
            let same = *own == **chunk.text || cr && own.replace('\r', "\n") == *chunk.text;
            if !same {
                return Err(Refusal::Unsure);
            }
            if format != FormatName::Json {
                offset += chunk.text.len();
            }
        }
        Ok(())
    }

    /// Shows every entry in order; refuses a record that cannot be read.
    pub(super) fn each(&self, mut see: impl FnMut(&Seen<'_>)) -> Result<(), Refusal> {
        let mut tape = Tape::new();
        let mut faults = Vec::new();
        let mut number = 0;
        for (offset, chunk) in &self.chunks {
            let mut pos = chunk.start;
            loop {
                tape.clear();
                faults.clear();
                let format = &self.opened.format;
                let (record, span) = format.record(chunk, &mut pos, &mut tape, &mut faults);
                match record {
                    Record::End => break,
                    Record::Skipped => {}
                    Record::Unreadable => {
                        return Err(unreadable(Some(chunk), faults.last()));
                    }
                    Record::Entry => {
                        number += 1;
                        see(&Seen {
                            chunk,
                            offset: *offset,
                            doc: Doc::new(&tape, &chunk.text),
                            span,
                            faults: &faults,
                            number,
                        });
                    }
                }
            }
        }
        Ok(())
    }

    /// The file's bytes of a text; none if its encoding cannot carry it.
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let mut out = self.mark.clone();
        if self.encoding == UTF_8 {
            out.extend_from_slice(text.as_bytes());
        } else if self.encoding == UTF_16LE {
            out.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        } else if self.encoding == UTF_16BE {
            out.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        } else {
            let (bytes, _, unmappable) = self.encoding.encode(text);
            if unmappable {
                return None;
            }
            out.extend_from_slice(&bytes);
        }
        Some(out)
    }

    pub(super) fn refusal(&self) -> Refusal {
        Refusal::Encoding(self.encoding.name())
    }

    /// Whether the repaired file has the same entries; those of a table must say the same too, but
    /// for spaces and what was meant to alter them.
    pub(super) fn says_the_same(&self, after: &Self, edits: &[Edit]) -> Result<bool, Refusal> {
        let altered: HashSet<u32> = edits
            .iter()
            .filter(|edit| edit.what.alters())
            .map(|edit| edit.entry)
            .collect();
        let before = self.sayings(&altered)?;
        Ok(before == after.sayings(&altered)?)
    }

    fn sayings(&self, altered: &HashSet<u32>) -> Result<Vec<u64>, Refusal> {
        let table = self.opened.format.is_table();
        let mut out = Vec::new();
        self.each(|seen| {
            let mut hash = DefaultHasher::new();
            if table && !altered.contains(&seen.number) {
                if let Some(root) = seen.doc.root() {
                    let value = crate::schema::to_value(root).to_string();
                    value
                        .split_whitespace()
                        .for_each(|word| word.hash(&mut hash));
                }
                let doubt = |fault: &&Fault| {
                    matches!(
                        fault.kind,
                        FaultKind::AmbiguousDate { .. } | FaultKind::AmbiguousNumber { .. }
                    )
                };
                seen.faults.iter().filter(doubt).count().hash(&mut hash);
            }
            out.push(hash.finish());
        })?;
        Ok(out)
    }
}

fn unreadable(chunk: Option<&Chunk>, fault: Option<&Fault>) -> Refusal {
    let line = chunk.zip(fault).map_or(0, |(chunk, fault)| {
        chunk.locator(false).place(fault.span).line
    });
    Refusal::Unreadable {
        line,
        fault: fault.cloned().map(Box::new),
    }
}
