//! The JSON grammar (RFC 8259), onto a tape, with a place for every fault.
//!
//! Accepts exactly what `serde_json` accepts: nesting to 128, numbers that fit a double.

use crate::tape::{Span, Tape};

mod marks;
mod strings;

pub(super) use marks::container_end;
pub(super) use strings::string_end;

/// Deepest nesting that is read, as in `serde_json`.
pub const MAX_DEPTH: usize = 128;

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Nothing but white space.
    Empty,
    /// The text ends inside a value; `related` is where that was opened.
    End,
    /// Something stands behind the value.
    Trailing,
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// A control character, NUL included, inside a string.
    Control,
    /// A string that is not closed on its line.
    OpenString,
    /// A backslash followed by something that JSON does not know.
    Escape,
    /// Half of a surrogate pair.
    Surrogate,
    /// A number that JSON does not allow, as `01`, `1.`, `+1`.
    Number,
    /// A number beyond a double, as `1e999`.
    Overflow,
    /// `NaN`, `Infinity`.
    NotFinite,
    /// A comma before a closing bracket.
    TrailingComma,
    /// Text in single quotes.
    SingleQuote,
    /// A member's name without quotes.
    BareName,
    /// No `:` behind a member's name.
    MissingColon,
    /// No `,` between two values.
    MissingComma,
    /// A closing bracket of the other kind; `related` is the opening one.
    Mismatch,
    /// A comment.
    Comment,
    /// A word that is none of `true`, `false`, `null`.
    Word,
    /// Any other character where a value should begin.
    Unexpected,
    /// A byte order mark inside the text.
    ByteOrderMark,
}

/// A fault with its place.
#[derive(Clone, Copy, Debug)]
pub struct SyntaxError {
    /// What is wrong.
    pub what: Syntax,
    /// Where.
    pub at: Span,
    /// Where it began, if elsewhere.
    pub related: Option<Span>,
}

/// Boxed: the way of nearly all texts carries none.
type Result<T> = std::result::Result<T, Box<SyntaxError>>;

/// Reads the one value that `text[from..to]` holds, and nothing behind it.
///
/// # Errors
/// The first fault.
pub fn value(
    text: &str,
    from: usize,
    to: usize,
    tape: &mut Tape,
) -> std::result::Result<(), SyntaxError> {
    let end = prefix(text, from, to, tape)?;
    let rest = skip_space(text.as_bytes(), end, to);
    if rest < to {
        return Err(*error(Syntax::Trailing, rest, char_end(text, rest)));
    }
    Ok(())
}

/// Reads the value at the beginning of `text[from..to]`; returns where it ends.
///
/// # Errors
/// The first fault.
pub fn prefix(
    text: &str,
    from: usize,
    to: usize,
    tape: &mut Tape,
) -> std::result::Result<usize, SyntaxError> {
    let mut reader = Reader {
        text,
        bytes: &text.as_bytes()[..to],
        pos: from,
        scratch: String::new(),
    };
    match reader.value(tape) {
        Ok(()) => Ok(reader.pos),
        Err(error) => Err(*error),
    }
}

/// The first position from `pos` that is not JSON white space.
#[must_use]
pub fn skip_space(bytes: &[u8], mut pos: usize, to: usize) -> usize {
    while pos < to && matches!(bytes[pos], b' ' | b'\n' | b'\r' | b'\t') {
        pos += 1;
    }
    pos
}

#[cold]
fn error(what: Syntax, start: usize, end: usize) -> Box<SyntaxError> {
    Box::new(SyntaxError {
        what,
        at: Span::new(start, end),
        related: None,
    })
}

fn char_end(text: &str, pos: usize) -> usize {
    text.get(pos..)
        .and_then(|rest| rest.chars().next())
        .map_or(text.len(), |c| pos + c.len_utf8())
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    pos: usize,
    scratch: String,
}

impl Reader<'_> {
    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.pos).copied()
    }

    /// The next byte that is not white space.
    #[inline]
    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        if byte > b' ' {
            return Some(byte);
        }
        self.pos = skip_space(self.bytes, self.pos, self.bytes.len());
        self.peek()
    }

    #[cold]
    fn fail<T>(&self, what: Syntax) -> Result<T> {
        Err(error(what, self.pos, char_end(self.text, self.pos)))
    }

    /// The text ends where `tape` has something open.
    #[cold]
    fn ends<T>(&self, tape: &Tape) -> Result<T> {
        let mut error = error(Syntax::End, self.pos, self.pos);
        error.related = tape.innermost().map(|(_, place)| place);
        Err(error)
    }

    fn value(&mut self, tape: &mut Tape) -> Result<()> {
        if self.next().is_none() {
            return self.fail(Syntax::Empty);
        }
        // Of what is open here.
        let (mut depth, mut object) = (0, false);
        loop {
            // A value begins here.
            let opens = matches!(self.peek(), Some(b'{' | b'['));
            if opens {
                if depth == MAX_DEPTH - 1 {
                    return self.fail(Syntax::TooDeep);
                }
                depth += 1;
                object = self.open(tape);
            } else {
                self.scalar(tape)?;
                if depth == 0 {
                    return Ok(());
                }
            }
            // Behind it come a comma or brackets, up to the next value.
            let mut first = opens;
            loop {
                match self.next() {
                    Some(b',') if !first => {
                        self.pos += 1;
                        match self.next() {
                            Some(byte @ (b'}' | b']')) if (byte == b'}') == object => {
                                return self.fail(Syntax::TrailingComma);
                            }
                            Some(b'}' | b']') => return self.mismatch(tape),
                            None => return self.ends(tape),
                            Some(_) => break,
                        }
                    }
                    Some(byte @ (b'}' | b']')) => {
                        if (byte == b'}') != object {
                            return self.mismatch(tape);
                        }
                        self.pos += 1;
                        tape.end(Span::new(0, self.pos).end);
                        depth -= 1;
                        if depth == 0 {
                            return Ok(());
                        }
                        object = tape.in_object();
                        first = false;
                    }
                    None => return self.ends(tape),
                    Some(_) if first => break,
                    Some(byte) => {
                        return self.fail(match byte {
                            b'/' => Syntax::Comment,
                            b'"' | b'{' | b'[' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                                Syntax::MissingComma
                            }
                            _ => Syntax::Unexpected,
                        });
                    }
                }
            }
            if object {
                self.key(tape)?;
            }
        }
    }

    /// A closing bracket of the other kind.
    #[cold]
    fn mismatch<T>(&self, tape: &Tape) -> Result<T> {
        let mut error = error(Syntax::Mismatch, self.pos, self.pos + 1);
        error.related = tape.innermost().map(|(_, place)| place);
        Err(error)
    }

    fn key(&mut self, tape: &mut Tape) -> Result<()> {
        if !self.likely_key(tape) {
            let start = self.pos;
            match self.peek() {
                Some(b'"') => {}
                Some(b'\'') => return self.fail(Syntax::SingleQuote),
                Some(b'/') => return self.fail(Syntax::Comment),
                Some(b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$') => {
                    return self.fail(Syntax::BareName);
                }
                _ => return self.fail(Syntax::Unexpected),
            }
            let plain = self.string()?;
            let place = Span::new(start, self.pos);
            if plain {
                tape.key_in(self.text, inner(place), place);
            } else {
                tape.key(self.text, &self.scratch, place);
            }
            match self.next() {
                Some(b':') => self.pos += 1,
                Some(_) => return self.fail(Syntax::MissingColon),
                None => return self.ends(tape),
            }
        }
        match self.next() {
            Some(_) => Ok(()),
            None => self.ends(tape),
        }
    }

    /// Reads the name that likely comes here with its colon, if they do.
    #[inline]
    fn likely_key(&mut self, tape: &mut Tape) -> bool {
        let Some(name) = tape.likely() else {
            return false;
        };
        // What lies behind the value's text is no part of a name.
        let rest = &self.text.as_bytes()[self.pos..];
        let Some(length) = name.written_at(rest) else {
            return false;
        };
        let colon = self.pos + length;
        if colon >= self.bytes.len() {
            return false;
        }
        tape.known(name, Span::new(self.pos, colon));
        self.pos = colon + 1;
        true
    }

    /// Reads an opening bracket; says whether it is an object's.
    fn open(&mut self, tape: &mut Tape) -> bool {
        let object = self.peek() == Some(b'{');
        let place = Span::new(self.pos, self.pos + 1);
        self.pos += 1;
        if object {
            tape.begin_object(place);
        } else {
            tape.begin_array(place);
        }
        object
    }

    /// Reads a value that is no container.
    fn scalar(&mut self, tape: &mut Tape) -> Result<()> {
        let start = self.pos;
        let Some(byte) = self.peek() else {
            return self.ends(tape);
        };
        match byte {
            b'"' => {
                let plain = self.string()?;
                let place = Span::new(start, self.pos);
                if plain {
                    tape.string_in(inner(place), place);
                } else {
                    tape.string(&self.scratch, place);
                }
                Ok(())
            }
            b'-' | b'0'..=b'9' => {
                self.number()?;
                tape.number_in(Span::new(start, self.pos));
                Ok(())
            }
            b't' => self.word("true", |place| tape.bool(true, place)),
            b'f' => self.word("false", |place| tape.bool(false, place)),
            b'n' => self.word("null", |place| tape.null(place)),
            other => self.no_value(other),
        }
    }

    /// Why no value begins with this byte.
    #[cold]
    fn no_value<T>(&self, byte: u8) -> Result<T> {
        match byte {
            b'\'' => self.fail(Syntax::SingleQuote),
            b'/' | b'#' => self.fail(Syntax::Comment),
            b'N' | b'I' => self.not_a_word(Syntax::NotFinite),
            b'+' | b'.' => self.fail(Syntax::Number),
            0xEF if self.bytes[self.pos..].starts_with(&[0xEF, 0xBB, 0xBF]) => {
                self.fail(Syntax::ByteOrderMark)
            }
            b'a'..=b'z' | b'A'..=b'Z' => self.not_a_word(Syntax::Word),
            _ => self.fail(Syntax::Unexpected),
        }
    }

    #[cold]
    fn not_a_word<T>(&self, what: Syntax) -> Result<T> {
        let rest = &self.bytes[self.pos..];
        let length = rest
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        Err(error(what, self.pos, self.pos + length.max(1)))
    }

    fn word(&mut self, word: &str, put: impl FnOnce(Span)) -> Result<()> {
        let rest = &self.bytes[self.pos..];
        let next = rest.get(word.len()).copied().unwrap_or(b' ');
        if !rest.starts_with(word.as_bytes()) || next.is_ascii_alphanumeric() {
            return self.not_a_word(Syntax::Word);
        }
        let start = self.pos;
        self.pos += word.len();
        put(Span::new(start, self.pos));
        Ok(())
    }

    /// Moves over digits; says how many there were. Looks at eight bytes without a branch.
    #[inline]
    fn digits(&mut self) -> usize {
        const EACH: u64 = 0x0101_0101_0101_0101;
        let from = self.pos;
        let rest = self.bytes.get(from..).unwrap_or_default();
        if let Some(eight) = rest.first_chunk() {
            // 0 to 9 are digits; the uppermost bit of others gets set, or that of a byte behind.
            let values = u64::from_le_bytes(*eight) ^ (EACH * u64::from(b'0'));
            let others = (values.wrapping_add(EACH * 0x76) | values) & (EACH * 0x80);
            self.pos += others.trailing_zeros() as usize / 8;
            if others != 0 {
                return self.pos - from;
            }
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.pos += 1;
        }
        self.pos - from
    }

    #[inline]
    fn number(&mut self) -> Result<()> {
        let start = self.pos;
        let zero = self.peek() == Some(b'0');
        let whole = self.digits();
        // The way of nearly all numbers.
        if let (1..=300, Some(b',' | b'}' | b']')) = (whole, self.peek())
            && (!zero || whole == 1)
        {
            return Ok(());
        }
        self.pos = start;
        self.any_number()
    }

    fn any_number(&mut self) -> Result<()> {
        let start = self.pos;
        let bad = |this: &Self| {
            let end = char_end(this.text, this.pos).min(this.bytes.len());
            Err(error(Syntax::Number, start, end))
        };
        if self.peek() == Some(b'-') {
            self.pos += 1;
        }
        let zero = self.peek() == Some(b'0');
        let whole = self.digits();
        if whole == 0 || (zero && whole > 1) {
            return bad(self);
        }
        let mut real = whole > 300;
        if self.peek() == Some(b'.') {
            self.pos += 1;
            if self.digits() == 0 {
                return bad(self);
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            real = true;
            self.pos += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.pos += 1;
            }
            if self.digits() == 0 {
                return bad(self);
            }
        }
        if matches!(self.peek(), Some(b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'.')) {
            return bad(self);
        }
        let finite = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
        if real && !finite(&self.text[start..self.pos]) {
            return Err(error(Syntax::Overflow, start, self.pos));
        }
        Ok(())
    }
}

/// Without its quotes.
fn inner(string: Span) -> Span {
    Span {
        start: string.start + 1,
        end: string.end - 1,
    }
}
