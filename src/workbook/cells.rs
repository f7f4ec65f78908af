//! Cells as a sheet's XML has them: where they stand and what is written into them.

use quick_xml::events::BytesStart;

use super::xml::{attribute, cell_text};
use crate::place::letters;

/// The last row and column of a sheet.
pub(super) const LAST_ROW: u32 = 1_048_576;
pub(super) const LAST_COLUMN: u32 = 16_384;

/// A value for a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text; never a formula.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(jiff::civil::Date),
    /// True or false.
    Bool(bool),
}

impl Value {
    /// The cell's type and what stands in it, with the prefix of the sheet's elements.
    pub(super) fn xml(&self, prefix: &str, from_1904: bool) -> (Option<&'static str>, String) {
        let text = |text: &str| {
            let text = cell_text(text);
            let inner = format!(
                r#"<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>"#
            );
            (Some("inlineStr"), inner)
        };
        let plain = |kind, value: String| (kind, format!("<{prefix}v>{value}</{prefix}v>"));
        match self {
            Self::Text(own) => text(own),
            Self::Number(own) if own.is_finite() => plain(None, own.to_string()),
            Self::Number(own) => text(&own.to_string()),
            Self::Bool(own) => plain(Some("b"), u8::from(*own).to_string()),
            Self::Date(day) => match serial(*day, from_1904) {
                Some(serial) => plain(None, serial.to_string()),
                None => text(&day.to_string()),
            },
        }
    }
}

/// A day as workbooks count it; None before they begin to.
fn serial(day: jiff::civil::Date, from_1904: bool) -> Option<i64> {
    let zero = match from_1904 {
        true => jiff::civil::date(1904, 1, 1),
        false => jiff::civil::date(1899, 12, 30),
    };
    let days = i64::from((day - zero).get_days());
    // In the other system 1900 has a 29 February: what lies before it is one off.
    let first = if from_1904 { 0 } else { 61 };
    (days >= first).then_some(days)
}

/// `B12`.
pub(super) fn name(row: u32, column: u32) -> String {
    format!("{}{row}", letters(column))
}

/// Row and column of `B12` or `$B$12`.
pub(super) fn parsed(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (column, row) = name.split_at(digits);
    let mut number: u32 = 0;
    for byte in column.bytes() {
        if !byte.is_ascii_alphabetic() {
            return None;
        }
        let digit = u32::from(byte.to_ascii_uppercase() - b'A') + 1;
        number = number.checked_mul(26)?.checked_add(digit)?;
    }
    let row: u32 = row.parse().ok()?;
    let sound = (1..=LAST_ROW).contains(&row) && (1..=LAST_COLUMN).contains(&number);
    sound.then_some((row, number))
}

/// The corners of `A1:B2`, or of `A1` alone.
pub(super) fn area(text: &str) -> Option<((u32, u32), (u32, u32))> {
    let (from, to) = text.split_once(':').unwrap_or((text, text));
    Some((parsed(from)?, parsed(to)?))
}

/// Counts along rows and cells, which need not say where they stand.
#[derive(Debug, Default)]
pub(super) struct Counter {
    pub(super) row: u32,
    pub(super) column: u32,
}

impl Counter {
    /// At a row's tag. False if it does not stand below the one before.
    pub(super) fn row(&mut self, tag: &BytesStart<'_>) -> bool {
        let own = attribute(tag, "r").and_then(|row| row.parse().ok());
        let row = own.unwrap_or(self.row.saturating_add(1));
        let sound = row > self.row && row <= LAST_ROW;
        self.row = row;
        self.column = 0;
        sound
    }

    /// At a cell's tag. False if it does not stand to the right of the one before.
    pub(super) fn cell(&mut self, tag: &BytesStart<'_>) -> bool {
        let own = attribute(tag, "r").and_then(|name| parsed(&name));
        let (row, column) = own.unwrap_or((self.row, self.column.saturating_add(1)));
        let sound = row == self.row && column > self.column && column <= LAST_COLUMN;
        self.column = column;
        sound
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn names_and_places() {
        assert_eq!(parsed("$AB$12"), Some((12, 28)));
        assert_eq!(parsed("XFD1048576"), Some((LAST_ROW, LAST_COLUMN)));
        for wrong in ["", "A", "12", "A0", "XFE1", "A1048577", "AAAAAAAAAA1", "É1"] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
        assert_eq!(name(12, 28), "AB12");
        assert_eq!(area("A1:B2"), Some(((1, 1), (2, 2))));
    }

    #[test]
    fn days_count_as_in_workbooks() {
        assert_eq!(serial(date(2024, 3, 1), false), Some(45_352));
        assert_eq!(serial(date(1900, 3, 1), false), Some(61));
        assert_eq!(serial(date(1900, 2, 28), false), None);
        assert_eq!(serial(date(2024, 3, 1), true), Some(45_352 - 1462));
    }

    #[test]
    fn a_formula_as_text_is_text() {
        let (kind, inner) = Value::Text("=1+1".to_owned()).xml("x:", false);
        assert_eq!(kind, Some("inlineStr"));
        assert_eq!(
            inner,
            r#"<x:is><x:t xml:space="preserve">=1+1</x:t></x:is>"#
        );
    }
}
