//! Strings of JSON and their escapes.

use super::{Reader, Result, Syntax, char_end, error};
use crate::tape::Span;

impl Reader<'_> {
    /// Reads a string. False says that it had escapes and lies unescaped in `scratch`.
    #[inline]
    pub(super) fn string(&mut self) -> Result<bool> {
        let open = self.pos;
        self.pos = plain_end(self.bytes, open + 1);
        if self.peek() == Some(b'"') {
            self.pos += 1;
            return Ok(true);
        }
        self.with_escapes(open)?;
        Ok(false)
    }

    #[cold]
    fn with_escapes(&mut self, open: usize) -> Result<()> {
        self.scratch.clear();
        let mut copied = open + 1;
        loop {
            let Some(byte) = self.peek() else {
                let mut error = error(Syntax::End, self.pos, self.pos);
                error.related = Some(Span::new(open, open + 1));
                return Err(error);
            };
            match byte {
                b'"' => {
                    self.scratch.push_str(&self.text[copied..self.pos]);
                    self.pos += 1;
                    return Ok(());
                }
                b'\\' => {
                    self.scratch.push_str(&self.text[copied..self.pos]);
                    self.escape(open)?;
                    copied = self.pos;
                }
                b'\n' | b'\r' => {
                    let mut error = error(Syntax::OpenString, open, self.pos);
                    error.related = Some(Span::new(self.pos, self.pos));
                    return Err(error);
                }
                _ => return self.fail(Syntax::Control),
            }
            self.pos = plain_end(self.bytes, self.pos);
        }
    }

    fn escape(&mut self, open: usize) -> Result<()> {
        let start = self.pos;
        let Some(&byte) = self.bytes.get(start + 1) else {
            let mut error = error(Syntax::End, self.bytes.len(), self.bytes.len());
            error.related = Some(Span::new(open, open + 1));
            return Err(error);
        };
        self.pos += 2;
        let plain = match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let high = self.hex(start)?;
                let code = if (0xD800..0xDC00).contains(&high) {
                    if self.bytes.get(self.pos..self.pos + 2) != Some(b"\\u") {
                        return Err(error(Syntax::Surrogate, start, self.pos));
                    }
                    self.pos += 2;
                    let low = self.hex(start)?;
                    if !(0xDC00..0xE000).contains(&low) {
                        return Err(error(Syntax::Surrogate, start, self.pos));
                    }
                    0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00)
                } else {
                    high
                };
                match char::from_u32(code) {
                    Some(c) => c,
                    None => return Err(error(Syntax::Surrogate, start, self.pos)),
                }
            }
            _ => return Err(error(Syntax::Escape, start, char_end(self.text, start + 1))),
        };
        self.scratch.push(plain);
        Ok(())
    }

    fn hex(&mut self, start: usize) -> Result<u32> {
        let digits = self.bytes.get(self.pos..self.pos + 4).unwrap_or_default();
        let all = digits.len() == 4 && digits.iter().all(u8::is_ascii_hexdigit);
        let code = std::str::from_utf8(digits)
            .ok()
            .filter(|_| all)
            .and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let Some(code) = code else {
            return Err(error(Syntax::Escape, start, start + 2));
        };
        self.pos += 4;
        Ok(code)
    }
}

/// The first byte from `pos` that is a quote, a backslash or a control character; eight at once.
pub(in crate::read) fn plain_end(bytes: &[u8], mut pos: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    while let Some(chunk) = bytes.get(pos..pos + 8) {
        let mut eight = [0; 8];
        eight.copy_from_slice(chunk);
        let word = u64::from_le_bytes(eight);
        let control = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
        let quote = has_zero(word ^ (ONES * u64::from(b'"')));
        let slash = has_zero(word ^ (ONES * u64::from(b'\\')));
        let hit = control | quote | slash;
        if hit != 0 {
            // A borrow reaches upwards only, so the lowest mark is a true one.
            return pos + hit.trailing_zeros() as usize / 8;
        }
        pos += 8;
    }
    while pos < bytes.len() && !matches!(bytes[pos], 0..=0x1F | b'"' | b'\\') {
        pos += 1;
    }
    pos
}
