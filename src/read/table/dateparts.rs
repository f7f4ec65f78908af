//! The parts of a date's text: numbers and words, separators apart, the time of day left out.

/// The three parts of a date.
pub(super) struct Parts<'a> {
    pub(super) parts: [&'a str; 3],
    /// Only spaces stand between two of them.
    pub(super) spaced: bool,
    /// Separators are doubled or differ.
    pub(super) mixed: bool,
}

impl<'a> Parts<'a> {
    /// The parts of a text that has three of them (a weekday before them is left out).
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let mut parts = [""; 3];
        let (mut count, mut spaced, mut mixed, mut first) = (0, false, false, None);
        let mut rest = text;
        while !rest.is_empty() {
            let gap_end = rest
                .find(|c: char| !is_separator(c))
                .filter(|end| *end > 0 || count == 0)?;
            let (gap, after) = rest.split_at_checked(gap_end)?;
            let digits = after.starts_with(|c: char| c.is_ascii_digit());
            let same = |c: char| {
                if digits {
                    c.is_ascii_digit()
                } else {
                    c.is_alphabetic()
                }
            };
            let end = after.find(|c: char| !same(c)).unwrap_or(after.len());
            let (part, remaining) = after
                .split_at_checked(end)
                .filter(|(part, _)| !part.is_empty())?;
            rest = remaining;
            if count == 0 {
                if !gap.is_empty() {
                    return None;
                }
                if !digits && is_weekday(part) {
                    rest = rest.trim_start_matches([',', ' ']);
                    continue;
                }
            } else {
                let mut signs = gap.chars().filter(|c| !c.is_whitespace());
                let sign = signs.next();
                spaced |= sign.is_none();
                mixed |= signs.next().is_some() || first.is_some_and(|first| first != sign);
                first = Some(sign);
            }
            *parts.get_mut(count)? = part;
            count += 1;
        }
        (count == 3).then_some(Self {
            parts,
            spaced,
            mixed,
        })
    }
}

/// A year of four digits.
pub(super) fn year(text: &str) -> Option<i16> {
    (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// A day or a month.
pub(super) fn short(text: &str) -> Option<i8> {
    (text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '/' | '-' | '.' | ',' | '–' | '‑' | '−')
}

/// Without a time of day: `2024-03-12T00:00:00`, `12/03/2024 0:00`, `3/12/2024 12:00:00 AM`.
pub(super) fn without_time(text: &str) -> &str {
    let upper = |end: &str| {
        text.len()
            .checked_sub(2)
            .and_then(|at| text.get(at..))
            .is_some_and(|t| t.eq_ignore_ascii_case(end))
    };
    let clock = if upper("AM") || upper("PM") {
        text.get(..text.len() - 2).unwrap_or(text).trim_end()
    } else {
        text
    };
    let Some(at) = clock.rfind(|c: char| c.is_whitespace() || c == 'T') else {
        return text;
    };
    let time = clock
        .get(at..)
        .unwrap_or_default()
        .trim_start_matches(|c: char| c.is_whitespace() || c == 'T');
    let (hour, rest) = time.split_once([':', '.']).unwrap_or_default();
    let (minute, second) = rest.split_once([':', '.']).unwrap_or((rest, "00"));
    let whole = second.split_once('.').map_or(second, |(whole, _)| whole);
    let below = |part: &str, limit: i8| short(part).is_some_and(|value| value < limit);
    if below(hour, 24)
        && minute.len() == 2
        && below(minute, 60)
        && whole.len() == 2
        && below(whole, 60)
    {
        clock.get(..at).unwrap_or(text).trim_end()
    } else {
        text
    }
}

fn is_weekday(word: &str) -> bool {
    const DAYS: &[&str] = &[
        "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "ahad",
    ];
    DAYS.iter().any(|day| word.eq_ignore_ascii_case(day))
}

/// Months in Indonesian and English, in full and as abbreviated.
const MONTHS: [&str; 12] = [
    "januari january jan",
    "februari february pebruari feb peb",
    "maret march mar mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agust agu agt ags aug",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
];

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<i8> {
    let at = MONTHS
        .iter()
        .position(|names| names.split(' ').any(|name| name.eq_ignore_ascii_case(word)))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_three_parts_or_none() {
        let parts = |text| Parts::of(text).map(|parts| (parts.parts, parts.spaced, parts.mixed));
        assert_eq!(
            parts("24//3/2024"),
            Some((["24", "3", "2024"], false, true))
        );
        assert_eq!(
            parts("Senin, 1 Mei 2024"),
            Some((["1", "Mei", "2024"], true, false))
        );
        assert_eq!(parts("1/2"), None);
        assert_eq!(parts("1/2/3/4"), None);
        assert_eq!(parts("-1/2/3"), None);
        assert_eq!(parts("1/2/*"), None);
    }

    #[test]
    fn only_a_time_is_left_out() {
        assert_eq!(without_time("2024-01-31T23:59:59.5"), "2024-01-31");
        assert_eq!(without_time("1/31/2024 1:05 pm"), "1/31/2024");
        assert_eq!(without_time("31/01/2024 00.00.00"), "31/01/2024");
        for text in [
            "31 Agt 2024",
            "31/1/2024 24:00",
            "31/1/2024 1:5",
            "OKT",
            "éPM",
            "",
        ] {
            assert_eq!(without_time(text), text);
        }
    }
}
