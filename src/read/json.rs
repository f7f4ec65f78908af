//! The JSON grammar (RFC 8259), onto a tape, with a place for every fault.
//!
//! Accepts exactly what `serde_json` accepts: nesting to 128, numbers that fit a double.

use crate::tape::{Kind, Span, Tape};

mod strings;

pub(super) use strings::plain_end;

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

type Result<T> = std::result::Result<T, SyntaxError>;

/// Reads the one value that `text[from..to]` holds, and nothing behind it.
///
/// # Errors
/// The first fault.
pub fn value(text: &str, from: usize, to: usize, tape: &mut Tape) -> Result<()> {
    let end = prefix(text, from, to, tape)?;
    let rest = skip_space(text.as_bytes(), end, to);
    if rest < to {
        return Err(error(Syntax::Trailing, rest, char_end(text, rest)));
    }
    Ok(())
}

/// Reads the value at the beginning of `text[from..to]`; returns where it ends.
///
/// # Errors
/// The first fault.
pub fn prefix(text: &str, from: usize, to: usize, tape: &mut Tape) -> Result<usize> {
    let mut reader = Reader {
        text,
        bytes: &text.as_bytes()[..to],
        pos: from,
        scratch: String::new(),
    };
    reader.value(tape)?;
    Ok(reader.pos)
}

/// The first position from `pos` that is not JSON white space.
#[must_use]
pub fn skip_space(bytes: &[u8], mut pos: usize, to: usize) -> usize {
    while pos < to && matches!(bytes[pos], b' ' | b'\n' | b'\r' | b'\t') {
        pos += 1;
    }
    pos
}

fn error(what: Syntax, start: usize, end: usize) -> SyntaxError {
    SyntaxError {
        what,
        at: Span::new(start, end),
        related: None,
    }
}

fn char_end(text: &str, pos: usize) -> usize {
    text.get(pos..)
        .and_then(|rest| rest.chars().next())
        .map_or(text.len(), |c| pos + c.len_utf8())
}

/// What may come next inside the innermost container.
#[derive(Clone, Copy, PartialEq)]
enum Expect {
    /// A first item or member, or the end.
    FirstOrEnd,
    /// An item or member behind a comma.
    Item,
    /// A comma or the end.
    CommaOrEnd,
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

    #[inline]
    fn space(&mut self) {
        self.pos = skip_space(self.bytes, self.pos, self.bytes.len());
    }

    fn fail<T>(&self, what: Syntax) -> Result<T> {
        Err(error(what, self.pos, char_end(self.text, self.pos)))
    }

    fn value(&mut self, tape: &mut Tape) -> Result<()> {
        self.space();
        if self.peek().is_none() {
            return self.fail(Syntax::Empty);
        }
        let base = tape.depth();
        self.scalar_or_open(tape, base)?;
        let mut depth = tape.depth();
        let mut expect = Expect::FirstOrEnd;
        let in_object = |tape: &Tape| tape.innermost().is_some_and(|(k, _)| k == Kind::Object);
        let mut object = in_object(tape);
        while depth > base {
            self.space();
            let Some(byte) = self.peek() else {
                return Err(SyntaxError {
                    related: tape.innermost().map(|(_, place)| place),
                    ..error(Syntax::End, self.pos, self.pos)
                });
            };
            match byte {
                b'}' | b']' => {
                    if (byte == b'}') != object {
                        return Err(SyntaxError {
                            related: tape.innermost().map(|(_, place)| place),
                            ..error(Syntax::Mismatch, self.pos, self.pos + 1)
                        });
                    }
                    if expect == Expect::Item {
                        return self.fail(Syntax::TrailingComma);
                    }
                    self.pos += 1;
                    tape.end(Span::new(0, self.pos).end);
                    depth -= 1;
                    object = in_object(tape);
                    expect = Expect::CommaOrEnd;
                }
                b',' if expect == Expect::CommaOrEnd => {
                    self.pos += 1;
                    expect = Expect::Item;
                }
                _ if expect == Expect::CommaOrEnd => {
                    return self.fail(match byte {
                        b'/' => Syntax::Comment,
                        b'"' | b'{' | b'[' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                            Syntax::MissingComma
                        }
                        _ => Syntax::Unexpected,
                    });
                }
                _ => {
                    if object {
                        self.key(tape)?;
                    }
                    let begun = self.peek();
                    self.scalar_or_open(tape, base)?;
                    expect = if let Some(b'{' | b'[') = begun {
                        depth += 1;
                        object = begun == Some(b'{');
                        Expect::FirstOrEnd
                    } else {
                        Expect::CommaOrEnd
                    };
                }
            }
        }
        Ok(())
    }

    fn key(&mut self, tape: &mut Tape) -> Result<()> {
        let start = self.pos;
        match self.peek() {
            Some(b'"') => {}
            Some(b'\'') => return self.fail(Syntax::SingleQuote),
            Some(b'/') => return self.fail(Syntax::Comment),
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$') => return self.fail(Syntax::BareName),
            _ => return self.fail(Syntax::Unexpected),
        }
        let plain = self.string()?;
        let place = Span::new(start, self.pos);
        match plain {
            Some(text) => tape.key_in(self.text, text, place),
            None => tape.key(self.text, &self.scratch, place),
        }
        self.space();
        if self.peek() != Some(b':') {
            if self.peek().is_none() {
                return Err(SyntaxError {
                    related: tape.innermost().map(|(_, place)| place),
                    ..error(Syntax::End, self.pos, self.pos)
                });
            }
            return self.fail(Syntax::MissingColon);
        }
        self.pos += 1;
        self.space();
        Ok(())
    }

    fn scalar_or_open(&mut self, tape: &mut Tape, base: usize) -> Result<()> {
        let start = self.pos;
        let Some(byte) = self.peek() else {
            return Err(SyntaxError {
                related: tape.innermost().map(|(_, place)| place),
                ..error(Syntax::End, start, start)
            });
        };
        match byte {
            b'"' => {
                let plain = self.string()?;
                let place = Span::new(start, self.pos);
                match plain {
                    Some(text) => tape.string_in(text, place),
                    None => tape.string(&self.scratch, place),
                }
            }
            b'{' | b'[' => {
                if tape.depth() - base >= MAX_DEPTH - 1 {
                    return self.fail(Syntax::TooDeep);
                }
                self.pos += 1;
                let place = Span::new(start, self.pos);
                if byte == b'{' {
                    tape.begin_object(place);
                } else {
                    tape.begin_array(place);
                }
            }
            b'-' | b'0'..=b'9' => {
                self.number()?;
                tape.number_in(Span::new(start, self.pos));
            }
            b't' => self.word("true", |place| tape.bool(true, place))?,
            b'f' => self.word("false", |place| tape.bool(false, place))?,
            b'n' => self.word("null", |place| tape.null(place))?,
            b'\'' => return self.fail(Syntax::SingleQuote),
            b'/' | b'#' => return self.fail(Syntax::Comment),
            b'N' | b'I' => return self.not_a_word(Syntax::NotFinite),
            b'+' | b'.' => return self.fail(Syntax::Number),
            b',' => return self.fail(Syntax::Unexpected),
            0xEF if self.bytes[start..].starts_with(&[0xEF, 0xBB, 0xBF]) => {
                return self.fail(Syntax::ByteOrderMark);
            }
            b'a'..=b'z' | b'A'..=b'Z' => return self.not_a_word(Syntax::Word),
            _ => return self.fail(Syntax::Unexpected),
        }
        Ok(())
    }

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

    fn number(&mut self) -> Result<()> {
        let start = self.pos;
        let digits = |this: &mut Self| {
            let from = this.pos;
            while matches!(this.peek(), Some(b'0'..=b'9')) {
                this.pos += 1;
            }
            this.pos - from
        };
        let bad = |this: &Self| {
            let end = char_end(this.text, this.pos).min(this.bytes.len());
            Err(error(Syntax::Number, start, end))
        };
        if self.peek() == Some(b'-') {
            self.pos += 1;
        }
        let zero = self.peek() == Some(b'0');
        let whole = digits(self);
        if whole == 0 || (zero && whole > 1) {
            return bad(self);
        }
        let mut real = whole > 300;
        if self.peek() == Some(b'.') {
            self.pos += 1;
            if digits(self) == 0 {
                return bad(self);
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            real = true;
            self.pos += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.pos += 1;
            }
            if digits(self) == 0 {
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
