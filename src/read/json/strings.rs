//! Strings of JSON and their escapes.

use super::marks::marks;
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

/// The first byte from `pos` that is a quote, a backslash or a control character. Where a string
/// ends cannot be foretold, so no branch asks each byte.
fn plain_end(bytes: &[u8], mut pos: usize) -> usize {
    const MANY: usize = 32;
    let ends = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    while let Some(many) = bytes.get(pos..).and_then(|rest| rest.first_chunk::<MANY>()) {
        let ends = marks(many, ends);
        if ends != 0 {
            return pos + ends.trailing_zeros() as usize;
        }
        pos += MANY;
    }
    let rest = bytes.iter().skip(pos);
    pos + rest.take_while(|byte| !ends(**byte)).count()
}

/// One past the quote that closes a string whose text begins at `at`.
pub(in crate::read) fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at = plain_end(bytes, at);
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}
