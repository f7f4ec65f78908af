//! The bytes of a table as pieces of whole rows in UTF-8, whatever the encoding.

use std::io::{self, Read};

use super::encoding::{Decoder, Detected, detect};
use super::{scan, sniff};
use crate::read::{Chunk, Chunks, MAX_RECORD};

/// Bytes that are read at once.
const PIECE: usize = 256 << 10;
/// A row without a line break beyond this is cut; it is unreadable for its size already.
const MAX_LINE: usize = MAX_RECORD + PIECE;

pub(super) struct Pieces {
    input: Box<dyn Read + Send>,
    decoder: Decoder,
    detected: Detected,
    /// Decoded text that is not given out yet.
    text: String,
    /// Bytes of text that were given out.
    gone: u64,
    ended: bool,
    stopped: bool,
    /// The rest of a row beyond the limit is dropped up to its line break.
    dropping: bool,
    /// Lines end with CR alone.
    cr: bool,
    delim: u8,
    line: u32,
}

impl Pieces {
    /// Reads the head, at least.
    pub(super) fn begin(mut input: Box<dyn Read + Send>) -> io::Result<Self> {
        let mut bytes = Vec::new();
        (&mut input)
            .take(sniff::HEAD as u64)
            .read_to_end(&mut bytes)?;
        let ended = bytes.len() < sniff::HEAD;
        let detected = detect(&bytes);
        let mut decoder = Decoder::new(&detected);
        let mut text = String::new();
        decoder.push(&bytes, ended, &mut text);
        let cr = text.contains('\r') && !text.contains('\n');
        if cr {
            text = text.replace('\r', "\n");
        }
        Ok(Self {
            input,
            decoder,
            detected,
            text,
            gone: 0,
            ended,
            stopped: false,
            dropping: false,
            cr,
            delim: b',',
            line: 1,
        })
    }

    pub(super) fn detected(&self) -> Detected {
        detected_again(&self.detected)
    }

    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// The head as a chunk, for the places of what is found in it.
    pub(super) fn head(&self) -> Chunk {
        Chunk {
            text: self.text.clone().into(),
            start: 0,
            end: self.text.len(),
            line: 1,
            column: 1,
            pairs: 0,
            broken: self.broken(self.text.len()).into(),
            grid: None,
        }
    }

    /// Gives nothing more.
    pub(super) fn stop(&mut self) {
        self.stopped = true;
    }

    /// Says what parts the cells, and where the rows begin.
    pub(super) fn delimited(&mut self, delim: u8, body: usize) {
        self.delim = delim;
        self.drop_head(body);
    }

    fn drop_head(&mut self, bytes: usize) {
        self.take_head(bytes);
    }

    fn take_head(&mut self, bytes: usize) -> String {
        let newlines = memchr::memchr_iter(b'\n', &self.text.as_bytes()[..bytes]).count();
        self.line = self
            .line
            .saturating_add(u32::try_from(newlines).unwrap_or(u32::MAX));
        self.gone += bytes as u64;
        let rest = self.text.split_off(bytes);
        std::mem::replace(&mut self.text, rest)
    }

    /// Places in the first `end` bytes of the waiting text that stand for broken bytes.
    fn broken(&self, end: usize) -> Vec<usize> {
        let malformed = self.decoder.malformed();
        if malformed.count == 0 {
            return Vec::new();
        }
        // The decoder keeps the first places only; a replacement character is what it wrote.
        let text = &self.text[..end];
        text.match_indices('\u{fffd}').map(|(at, _)| at).collect()
    }

    fn read(&mut self) -> io::Result<()> {
        let mut bytes = vec![0; PIECE];
        let mut filled = 0;
        while filled < PIECE {
            let read = self.input.read(&mut bytes[filled..])?;
            if read == 0 {
                self.ended = true;
                break;
            }
            filled += read;
        }
        if self.cr {
            let mut more = String::new();
            self.decoder.push(&bytes[..filled], self.ended, &mut more);
            self.text.push_str(&more.replace('\r', "\n"));
        } else {
            self.decoder
                .push(&bytes[..filled], self.ended, &mut self.text);
        }
        Ok(())
    }
}

fn detected_again(detected: &Detected) -> Detected {
    Detected {
        encoding: detected.encoding,
        bom_len: detected.bom_len,
        evidence: detected.evidence,
    }
}

impl Chunks for Pieces {
    fn next(&mut self) -> io::Result<Option<Chunk>> {
        if self.stopped {
            return Ok(None);
        }
        while self.dropping {
            match memchr::memchr(b'\n', self.text.as_bytes()) {
                Some(newline) => {
                    self.drop_head(newline + 1);
                    self.dropping = false;
                }
                None if self.ended => return Ok(None),
                None => {
                    self.drop_head(self.text.len());
                    self.read()?;
                }
            }
        }
        let cut = loop {
            if self.text.len() >= PIECE || self.ended {
                let bytes = self.text.as_bytes();
                if self.ended && self.text.len() < 2 * PIECE {
                    break self.text.len();
                }
                match scan::boundary(bytes, false, self.delim, scan::MAX_RECORD) {
                    Some(cut) if cut > 0 => break cut,
                    _ if self.ended => break self.text.len(),
                    _ if self.text.len() > MAX_LINE => {
                        self.dropping = true;
                        break self.text.len();
                    }
                    _ => {}
                }
            }
            self.read()?;
        };
        if cut == 0 {
            return Ok(None);
        }
        let (line, broken) = (self.line, self.broken(cut).into());
        Ok(Some(Chunk {
            text: self.take_head(cut).into(),
            start: 0,
            end: cut,
            line,
            column: 1,
            pairs: 0,
            broken,
            grid: None,
        }))
    }
}
