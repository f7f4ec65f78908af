//! One cell of a sheet: what stands in it, and what that means.

use super::strings::unescape;
use super::{LAST, Shared};
use crate::grid::Sort;
use crate::read::workbook::source::Refused;
use crate::read::workbook::source::number;

/// How a cell's value is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Written {
    #[default]
    Number,
    Shared,
    Text,
    Inline,
    Bool,
    Error,
    Date,
}

impl Written {
    /// By the attribute `t`.
    ///
    /// # Errors
    /// It is none that is known.
    pub fn of(code: &str) -> Result<Self, Refused> {
        Ok(match code {
            "n" => Self::Number,
            "s" => Self::Shared,
            "str" => Self::Text,
            "inlineStr" => Self::Inline,
            "b" => Self::Bool,
            "e" => Self::Error,
            "d" => Self::Date,
            _ => return Err(Refused::damaged(format!("unknown kind of cell {code:?}"))),
        })
    }
}

/// A cell as it was read.
#[derive(Default)]
pub struct Cell {
    pub written: Written,
    pub style: usize,
    /// The value's text, or the whole inline string.
    pub value: String,
    /// There is a value, an empty one maybe.
    pub valued: bool,
    /// The formula, if there is one.
    pub formula: Option<String>,
}

impl Cell {
    /// Writes the text of the cell and says what it is.
    ///
    /// # Errors
    /// It refers to something that is not there.
    pub fn write(&self, shared: &Shared, out: &mut String) -> Result<Sort, Refused> {
        let value = self.value.as_str();
        let sort = match self.written {
            Written::Inline => text(value, out),
            Written::Text if self.valued => {
                unescape(value, out);
                Sort::Text
            }
            _ if value.trim().is_empty() => return Ok(self.without_value(out)),
            Written::Shared => {
                let string = value.trim().parse().ok();
                let string = string.and_then(|index| shared.strings.get(index));
                let wrong = || Refused::damaged(format!("no shared string {value:?}"));
                text(string.ok_or_else(wrong)?, out)
            }
            Written::Bool => match value.trim() {
                "1" | "true" | "TRUE" => bool("TRUE", out),
                "0" | "false" | "FALSE" => bool("FALSE", out),
                _ => return Err(Refused::damaged(format!("no truth value {value:?}"))),
            },
            Written::Error => {
                out.push_str(value);
                Sort::Error
            }
            Written::Date => number::iso(value.trim(), out),
            Written::Number | Written::Text => self.number(shared, out),
        };
        match out.is_empty() {
            true => Ok(Sort::Blank),
            false => Ok(sort),
        }
    }

    /// Whether something stands in the cell but a formula.
    pub fn has_value(&self) -> bool {
        !self.value.trim().is_empty()
    }

    fn without_value(&self, out: &mut String) -> Sort {
        let Some(formula) = &self.formula else {
            return Sort::Blank;
        };
        out.push('=');
        out.push_str(formula);
        Sort::Unvalued
    }

    fn number(&self, shared: &Shared, out: &mut String) -> Sort {
        let digits = self.value.trim();
        let number = digits.parse::<f64>().ok();
        let Some(number) = number.filter(|number| number.is_finite()) else {
            return text(digits, out);
        };
        let shape = shared.styles.format(self.style).shape(number);
        number::write(number, Some(digits), shape, shared.epoch_1904, out)
    }
}

fn text(text: &str, out: &mut String) -> Sort {
    out.push_str(text);
    Sort::Text
}

fn bool(text: &str, out: &mut String) -> Sort {
    out.push_str(text);
    Sort::Bool
}

/// Row and column, from 1, of a reference such as `B12`.
pub fn position(reference: &str) -> Option<(u32, u32)> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let letters = letters.count();
    let (name, number) = reference.split_at(letters);
    let column = name.bytes().take(4).fold(0, |sum, byte| {
        sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1
    });
    let row = row(number)?;
    ((1..=LAST.1).contains(&column) && letters < 4).then_some((row, column))
}

/// A row's number.
pub fn row(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let row: u32 = digits.then(|| text.parse().ok())??;
    (1..=LAST.0).contains(&row).then_some(row)
}

/// First and last row and column of an area such as `A1:C3`.
pub fn area(reference: &str) -> Option<[u32; 4]> {
    let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
    let (first, last) = (position(first)?, position(last)?);
    (first.0 <= last.0 && first.1 <= last.1).then_some([first.0, first.1, last.0, last.1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_positions() {
        assert_eq!(position("A1"), Some((1, 1)));
        assert_eq!(position("xfd1048576"), Some((1 << 20, 1 << 14)));
        for wrong in [
            "", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A1B", "A+1", "$A$1", "é1",
        ] {
            assert_eq!(position(wrong), None, "{wrong}");
        }
        assert_eq!(area("A1:C3"), Some([1, 1, 3, 3]));
        assert_eq!(area("C3:A1"), None);
    }
}
