//! Cells of a workbook that are no text: what their own type says of the value.

use super::super::numbers::{self, Kind, NumberRead};
use super::super::plan::Col;
use super::{Held, Row};
use crate::grid::Sort;
use crate::read::Reading;
use crate::schema::Type;
use crate::tape::Name;

/// Days from the first day of the 1900 system to that of the 1904 system.
const EPOCHS: i64 = 1462;

impl Row<'_> {
    /// What the cell's type decides; none where its text is to be read as any text.
    pub(super) fn typed(&mut self, text: &str, sort: Sort, col: &Col) -> Option<Option<Held>> {
        let number = matches!(sort, Sort::Number | Sort::Scientific | Sort::Lost);
        match &col.type_ {
            Type::Text | Type::Nested if col.is_identifier() => {
                self.not_typed_as_text(text, sort, col)
            }
            Type::Integer | Type::Number if number => Some(Some(Held::Number(without_zeros(text)))),
            // A number that was typed as text.
            Type::Integer | Type::Number if sort == Sort::Text => {
                let plain = numbers::read(text, Kind::Decimal, None) == NumberRead::Plain;
                plain.then(|| {
                    self.reread(Reading::Number, text, col);
                    Some(Held::Number(text.to_owned()))
                })
            }
            Type::Date if number && self.line.epoch_1904 => {
                let days: i64 = text.parse().ok()?;
                Some(self.date(&(days + EPOCHS).to_string(), col))
            }
            _ => None,
        }
    }

    /// An identifier in a cell that is a number, a date or a truth: digits may be lost.
    fn not_typed_as_text(&mut self, text: &str, sort: Sort, col: &Col) -> Option<Option<Held>> {
        // `33.10` that became the number 33.1.
        let zero = col.known == Some(Name::kode_wilayah)
            && text
                .split_once('.')
                .is_some_and(|(_, part)| part.len() == 1);
        match sort {
            Sort::Number | Sort::Scientific if !zero => {
                self.reread(Reading::Identifier, text, col);
                Some(Some(Held::Text(text.to_owned())))
            }
            Sort::Number | Sort::Scientific | Sort::Lost | Sort::Date | Sort::Bool => {
                let lost = self.damaged(text, col);
                // Sixteen digits are a person's, whatever the last ones were.
                let persons = col.known == Some(Name::nik_koperasi)
                    && text.len() == 16
                    && text.bytes().all(|byte| byte.is_ascii_digit());
                Some(lost.or_else(|| persons.then(|| Held::Text(text.to_owned()))))
            }
            _ => None,
        }
    }
}

/// JSON knows no zeros in front of a number.
fn without_zeros(text: &str) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let bare = digits.trim_start_matches('0');
    let zero = if bare.starts_with(|c: char| c.is_ascii_digit()) {
        ""
    } else {
        "0"
    };
    format!("{sign}{zero}{bare}")
}

#[cfg(test)]
mod tests {
    use super::without_zeros;

    #[test]
    fn zeros_in_front_are_no_json() {
        for (text, json) in [
            ("0012", "12"),
            ("0", "0"),
            ("000", "0"),
            ("-00.50", "-0.50"),
        ] {
            assert_eq!(without_zeros(text), json);
        }
    }
}
