//! Numbers as offices write them in a cell, and whether dots or commas part the thousands.

use super::numbershape::{Body, MOST_DIGITS, Number, without_currency};
use super::value::is_scientific;

/// What a number's field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Whole numbers: `3.350` is 3350.
    Whole,
    /// Numbers that may have decimals: `3.350` may be 3350 or 3.35.
    Decimal,
}

/// What parts the thousands; the other one parts the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `1.234,5`
    DotThousands,
    /// `1,234.5`
    CommaThousands,
}

/// What a cell of a number column says. Numbers are given as JSON writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NumberRead {
    /// The text is a JSON number as it stands.
    Plain,
    /// A number in another form.
    Read(String),
    /// Its one separator can part thousands or decimals, and nothing in the file says which.
    Ambiguous {
        /// The number if it parts thousands.
        as_thousands: String,
        /// The number if it parts decimals.
        as_decimal: String,
    },
    /// A dash: no number is given (spreadsheets also write zero so).
    Dash,
    /// Scientific notation: a spreadsheet has dropped digits.
    Damaged,
    /// Not a number.
    Not,
}

/// What the cells of a file tell about the thousands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NumberStyle {
    /// How many can only be of [`Style::DotThousands`].
    pub(crate) dot_thousands: u32,
    /// How many can only be of [`Style::CommaThousands`].
    pub(crate) comma_thousands: u32,
}

impl NumberStyle {
    /// Takes a cell into account; gives what it tells by itself.
    pub(crate) fn see(&mut self, text: &str) -> Option<Style> {
        let number = Number::of(text)?;
        let style = match number.body {
            _ if number.comma_tail => Style::DotThousands,
            Body::Thousands('.') | Body::Decimal { point: ',', .. } => Style::DotThousands,
            Body::Thousands(',') | Body::Decimal { point: '.', .. } => Style::CommaThousands,
            _ => return None,
        };
        match style {
            Style::DotThousands => self.dot_thousands += 1,
            Style::CommaThousands => self.comma_thousands += 1,
        }
        Some(style)
    }

    /// The style, if all that tells anything tells the same.
    #[must_use]
    pub(crate) fn settled(self) -> Option<Style> {
        match (self.dot_thousands, self.comma_thousands) {
            (1.., 0) => Some(Style::DotThousands),
            (0, 1..) => Some(Style::CommaThousands),
            _ => None,
        }
    }
}

/// Reads a trimmed cell of a number column, in a file whose style may be known.
#[must_use]
pub(crate) fn read(text: &str, kind: Kind, style: Option<Style>) -> NumberRead {
    if is_plain_whole(text) {
        return NumberRead::Plain;
    }
    if is_scientific(text) {
        return NumberRead::Damaged;
    }
    if is_dash(text) {
        return NumberRead::Dash;
    }
    let Some(number) = Number::of(text) else {
        return NumberRead::Not;
    };
    let (whole, decimals) = match number.body {
        Body::Digits | Body::Thousands(_) => (number.text, ""),
        Body::Decimal {
            whole, decimals, ..
        } => (whole, decimals),
        Body::Either {
            whole,
            decimals,
            point,
        } => {
            let thousands = if point == '.' {
                Style::DotThousands
            } else {
                Style::CommaThousands
            };
            match if number.comma_tail {
                Some(Style::DotThousands)
            } else {
                style
            } {
                _ if kind == Kind::Whole => (number.text, ""),
                Some(style) if style == thousands => (number.text, ""),
                Some(_) => (whole, decimals),
                None => {
                    return NumberRead::Ambiguous {
                        as_thousands: number.json(number.text, ""),
                        as_decimal: number.json(whole, decimals),
                    };
                }
            }
        }
    };
    // With the decimals kept as they are, so that `12.50` is found to be plain.
    let as_it_stands = !decimals.is_empty()
        && text
            .strip_prefix('-')
            .unwrap_or(text)
            .strip_prefix(whole)
            .and_then(|rest| rest.strip_prefix('.'))
            == Some(decimals)
        && is_plain_whole(whole);
    if as_it_stands {
        NumberRead::Plain
    } else {
        NumberRead::Read(number.json(whole, decimals))
    }
}

/// `-?(0|[1-9][0-9]*)`, not too long.
fn is_plain_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    (1..=MOST_DIGITS).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits.len() == 1 || !digits.starts_with('0'))
}

fn is_dash(text: &str) -> bool {
    let text = without_currency(text).unwrap_or(text).trim();
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '–' | '—'))
}

#[cfg(test)]
#[path = "numbers_tests.rs"]
mod tests;
