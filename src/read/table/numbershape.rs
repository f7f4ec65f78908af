//! The shape of a number's text: its sign, currency, and what its separators part.

/// The most digits that a number may have.
pub(super) const MOST_DIGITS: usize = 30;

/// A number without its sign, currency and tail.
pub(super) struct Number<'a> {
    negative: bool,
    /// `,-` stood after it, as after whole rupiahs.
    pub(super) comma_tail: bool,
    /// Digits and separators.
    pub(super) text: &'a str,
    /// What the separators part.
    pub(super) body: Body<'a>,
}

/// What separators a number has.
pub(super) enum Body<'a> {
    Digits,
    Thousands(char),
    Decimal {
        whole: &'a str,
        decimals: &'a str,
        point: char,
    },
    Either {
        whole: &'a str,
        decimals: &'a str,
        point: char,
    },
}

impl<'a> Number<'a> {
    /// Takes a text apart; None if it is no number.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let mut rest = text.trim().trim_start_matches(['\'', '’']);
        let mut negative = false;
        let mut money = false;
        // A sign and a currency, in either order, each once at most.
        for _ in 0..2 {
            if let Some(inner) = rest
                .strip_prefix('(')
                .and_then(|rest| rest.strip_suffix(')'))
                .filter(|_| !negative)
            {
                (rest, negative) = (inner.trim(), true);
            } else if let Some(after) = rest.strip_prefix(['-', '−']).filter(|_| !negative) {
                (rest, negative) = (after.trim_start(), true);
            } else if let Some(after) = without_currency(rest).filter(|_| !money) {
                (rest, money) = (after, true);
            } else if let Some(after) = rest.strip_prefix('+') {
                rest = after.trim_start();
            }
        }
        let tailless = rest
            .trim_end_matches('-')
            .strip_suffix(',')
            .filter(|_| rest.ends_with('-'));
        let text = tailless.unwrap_or(rest).trim_end();
        let body = Body::of(text)?;
        let comma_tail = tailless.is_some();
        let double = comma_tail
            && matches!(
                body,
                Body::Decimal { .. } | Body::Thousands(',') | Body::Either { point: ',', .. }
            );
        (!double).then_some(Self {
            negative,
            comma_tail,
            text,
            body,
        })
    }

    /// The number as JSON writes it, of whole digits (separators are left out) and decimals.
    pub(super) fn json(&self, whole: &str, decimals: &str) -> String {
        let digits = |text: &str| {
            text.chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        let (whole, decimals) = (digits(whole), decimals.trim_end_matches('0'));
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            whole => whole,
        };
        let sign = if self.negative && (whole != "0" || !decimals.is_empty()) {
            "-"
        } else {
            ""
        };
        if decimals.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{decimals}")
        }
    }
}

impl<'a> Body<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let is_separator = |c: char| matches!(c, '.' | ',') || c.is_whitespace();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if !(1..=MOST_DIGITS).contains(&digits)
            || !text.chars().all(|c| c.is_ascii_digit() || is_separator(c))
        {
            return None;
        }
        let Some(at) = text.rfind(is_separator) else {
            return Some(Self::Digits);
        };
        let (whole, rest) = text.split_at_checked(at)?;
        let point = rest.chars().next()?;
        let decimals = rest.strip_prefix(point)?;
        match whole
            .find(is_separator)
            .and_then(|at| whole.get(at..)?.chars().next())
        {
            None if point.is_whitespace() => grouped(text, point).then_some(Self::Thousands(point)),
            None if whole.is_empty() || decimals.is_empty() => None,
            None if whole.len() <= 3 && decimals.len() == 3 && !whole.starts_with('0') => {
                Some(Self::Either {
                    whole,
                    decimals,
                    point,
                })
            }
            None => Some(Self::Decimal {
                whole,
                decimals,
                point,
            }),
            Some(group) if group == point => grouped(text, group).then_some(Self::Thousands(group)),
            Some(group) => (!point.is_whitespace()
                && !decimals.is_empty()
                && grouped(whole, group))
            .then_some(Self::Decimal {
                whole,
                decimals,
                point,
            }),
        }
    }
}

/// Whether a separator parts the digits into threes.
fn grouped(text: &str, separator: char) -> bool {
    let mut groups = text.split(separator);
    let all_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    groups.next().is_some_and(|first| {
        (1..=3).contains(&first.len()) && !first.starts_with('0') && all_digits(first)
    }) && groups.all(|group| group.len() == 3 && all_digits(group))
}

/// What follows `Rp`, `Rp.` or `IDR`.
pub(super) fn without_currency(text: &str) -> Option<&str> {
    let (currency, _) = text.split_at_checked(text.find(|c: char| !c.is_ascii_alphabetic())?)?;
    let rest = text.strip_prefix(currency)?;
    let known = ["rp", "idr"]
        .iter()
        .any(|known| currency.eq_ignore_ascii_case(known));
    known.then(|| rest.strip_prefix('.').unwrap_or(rest).trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_part_thousands_or_decimals() {
        let body = |text| match Body::of(text) {
            None => "none".to_owned(),
            Some(Body::Digits) => "digits".to_owned(),
            Some(Body::Thousands(separator)) => format!("thousands {separator}"),
            Some(Body::Decimal { point, .. }) => format!("decimal {point}"),
            Some(Body::Either { point, .. }) => format!("either {point}"),
        };
        for (text, expected) in [
            ("12", "digits"),
            ("1.234.567", "thousands ."),
            ("1 234", "thousands  "),
            ("1.234,567", "decimal ,"),
            ("0.123", "decimal ."),
            ("1234.567", "decimal ."),
            ("123,456", "either ,"),
            ("1.234 567", "none"),
            (".123", "none"),
        ] {
            assert_eq!(body(text), expected, "{text}");
        }
    }
}
