//! What is personal in a text, and hiding it. The X rules find it; below all renderers it is hidden.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use crate::words;

/// Digits of a NIK that may be shown: those of the region. Of a telephone number: the operator's.
const OPEN_NIK: usize = 6;
const OPEN_PHONE: usize = 4;
/// Digits of the shortest telephone number.
const FEWEST: usize = 9;
/// How a JSON document may write a character in disguise.
const ESCAPE: &str = "\\u00";

/// The text with what is personal hidden; as long as before, in bytes.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let sign = memchr::memchr2(b'\\', b'@', bytes);
    let escaped = sign.is_some_and(|at| text[at..].contains(ESCAPE));
    // Most texts hold neither sign nor digits enough of anything personal.
    if !escaped && sign.is_none_or(|at| !bytes[at..].contains(&b'@')) {
        let digits = digits(bytes);
        if digits < FEWEST || (digits < 16 && !begins_phone(bytes)) {
            return Cow::Borrowed(text);
        }
    }
    if !escaped {
        let hidden = hidden(text);
        if hidden.is_empty() {
            return Cow::Borrowed(text);
        }
        return Cow::Owned(starred(text, hidden.into_iter().map(|at| at..at + 1)));
    }
    let (plain, places) = decoded(text);
    let hidden = hidden(&plain).into_iter();
    Cow::Owned(starred(text, hidden.map(|at| places[at].clone())))
}

/// Whether anything personal can stand in a text: most have neither sign nor digits enough.
pub(crate) fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr(b'@', bytes).is_some() || digits(bytes) >= FEWEST
}

fn digits(bytes: &[u8]) -> usize {
    words::count(bytes, |byte| byte.is_ascii_digit())
}

/// Hides what is personal in all texts of a value.
pub(crate) fn hide(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(hidden) = masked(text) {
                *text = hidden;
            }
        }
        Value::Number(number) => {
            let text = number.to_string();
            if let Cow::Owned(hidden) = masked(&text) {
                *value = Value::String(hidden);
            }
        }
        Value::Array(all) => all.iter_mut().for_each(hide),
        Value::Object(all) => {
            let members = std::mem::take(all).into_iter();
            *all = members
                .map(|(name, mut value)| {
                    hide(&mut value);
                    (masked(&name).into_owned(), value)
                })
                .collect();
        }
        _ => {}
    }
}

/// The text with these places replaced by stars.
fn starred(text: &str, places: impl Iterator<Item = Range<usize>>) -> String {
    let mut hide = vec![false; text.len()];
    for place in places {
        hide[place].fill(true);
    }
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match hide[at] {
            true => out.extend(std::iter::repeat_n('*', c.len_utf8())),
            false => out.push(c),
        }
    }
    out
}

/// The text without disguise, and where each of its bytes stands.
fn decoded(text: &str) -> (String, Vec<Range<usize>>) {
    let (mut plain, mut places) = (String::new(), Vec::new());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let escape = text[at..]
            .strip_prefix(ESCAPE)
            .and_then(|rest| rest.get(..2));
        let ascii = escape.and_then(|two| u8::from_str_radix(two, 16).ok());
        let (c, length) = match ascii.filter(u8::is_ascii) {
            Some(byte) => (char::from(byte), ESCAPE.len() + 2),
            None => (c, c.len_utf8()),
        };
        plain.push(c);
        places.resize(plain.len(), at..at + length);
        at += length;
    }
    (plain, places)
}

/// The bytes to hide; each is a character.
fn hidden(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let behind = |range: Range<usize>, open: usize| {
        let digits = range.filter(|at| text.as_bytes()[*at].is_ascii_digit());
        digits.skip(open)
    };
    for range in niks(text) {
        out.extend(behind(range, OPEN_NIK));
    }
    for range in phones(text) {
        out.extend(behind(range, OPEN_PHONE));
    }
    for range in emails(text) {
        let local = text[range.clone()].find('@').unwrap_or_default();
        out.extend(range.start + usize::from(local > 1)..range.start + local);
    }
    out
}

/// Runs of digits, with where they begin.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let other = |c: char| !c.is_ascii_digit();
    let mut at = 0;
    text.split_inclusive(other).filter_map(move |part| {
        let start = at;
        at += part.len();
        let run = part.trim_end_matches(other);
        (!run.is_empty()).then_some((start, run))
    })
}

/// Numbers of 16 digits, in one run or in groups with spaces, dots and hyphens between them.
fn niks(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut groups: Vec<(usize, &str)> = Vec::new();
    let end = |(at, run): &(usize, &str)| at + run.len();
    let apart = |c: char| matches!(c, '.' | '-') || (c.is_whitespace() && !c.is_control());
    let mut settle = |groups: &mut Vec<(usize, &str)>| {
        let digits: String = groups.iter().map(|(_, run)| *run).collect();
        let year = |run: &str| run.len() == 4 && (run.starts_with("19") || run.starts_with("20"));
        let years = groups.iter().any(|(_, run)| year(run));
        if let (16, [first, .., last]) = (digits.len(), &groups[..])
            && (!years || looks_like_nik(&digits))
        {
            out.push(first.0..end(last));
        } else {
            let alone = groups.iter().filter(|(_, run)| run.len() == 16);
            out.extend(alone.map(|one| one.0..end(one)));
        }
        groups.clear();
    };
    for group in runs(text) {
        if let Some(last) = groups.last()
            && !text[end(last)..group.0].chars().all(apart)
        {
            settle(&mut groups);
        }
        groups.push(group);
    }
    settle(&mut groups);
    out
}

/// Whether a value of `nik_koperasi` has the 16 digits of a person's, however they are spaced.
pub(crate) fn is_persons(text: &str) -> bool {
    if text.len() < 16 {
        return false;
    }
    let spaced = |c: &char| !(c.is_whitespace() || matches!(c, '.' | '-'));
    let mut count = 0;
    text.chars().filter(spaced).all(|c| {
        count += 1;
        c.is_ascii_digit() && count <= 16
    }) && count == 16
}

/// Runs of exactly 16 digits.
pub(crate) fn long_runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut pos = if digits(bytes) < 16 { bytes.len() } else { 0 };
    std::iter::from_fn(move || {
        while pos < bytes.len() {
            let start = pos;
            while pos < bytes.len() && bytes[pos].is_ascii_digit() {
                pos += 1;
            }
            if pos - start == 16 {
                return Some(start..pos);
            }
            if pos == start {
                pos += 1;
            }
        }
        None
    })
}

/// Province, birthday (a woman's day is 40 more) and month are possible.
pub(crate) fn looks_like_nik(digits: &str) -> bool {
    let two = |from: usize| {
        digits
            .get(from..from + 2)
            .and_then(|two| two.parse::<u8>().ok())
    };
    two(0).is_some_and(|province| (11..=96).contains(&province))
        && two(6).is_some_and(|day| (1..=31).contains(&day) || (41..=71).contains(&day))
        && two(8).is_some_and(|month| (1..=12).contains(&month))
}

/// Mobile numbers: `0812…`, `62812…`, `+62 812…`, 10 to 13 digits when written with 0.
pub(crate) fn phones(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    // Most texts have not as many digits as the shortest number.
    let few = digits(bytes) < FEWEST;
    let mut pos = if few { bytes.len() } else { 0 };
    let mut last = None;
    std::iter::from_fn(move || {
        while pos < bytes.len() {
            let start = pos;
            // `0812…/0813…`: the second follows the first.
            let follows = last.is_some_and(|end| start == end + 1 && bytes[end] == b'/');
            let prefix = match &bytes[pos..] {
                [b'+', b'6', b'2', ..] => 3,
                [b'6', b'2', ..] => 2,
                [b'0', ..] => 1,
                _ => {
                    pos += 1;
                    continue;
                }
            };
            // Inside this run of digits no number can begin.
            pos += prefix;
            while pos < bytes.len() && bytes[pos].is_ascii_digit() {
                pos += 1;
            }
            if (follows || begins_word(text, start))
                && !is_day(&bytes[start..])
                && let Some(end) = subscriber(bytes, start + prefix)
                && !text[end..].starts_with(char::is_alphanumeric)
            {
                (pos, last) = (end, Some(end));
                return Some(start..end);
            }
        }
        None
    })
}

/// Whether a mobile number could begin anywhere: an 8 behind 0 or 62, with little between.
fn begins_phone(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'8', bytes).any(|at| {
        let before = &bytes[..at];
        let gap = before
            .iter()
            .rev()
            .take(3)
            .take_while(|b| b" .-".contains(b));
        let before = &before[..at - gap.count()];
        before.ends_with(b"0") || before.ends_with(b"62")
    })
}

/// `08-12-2024`, as an office writes a day.
fn is_day(text: &[u8]) -> bool {
    let apart = |byte: Option<&u8>| matches!(byte, Some(b'-' | b'.' | b' '));
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        rest.iter()
            .take(5)
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let day = digits(0);
    let month = digits(day + 1);
    let year = day + month + 2;
    (1..=2).contains(&day)
        && (1..=2).contains(&month)
        && apart(text.get(day))
        && apart(text.get(day + 1 + month))
        && digits(year) == 4
        && matches!(text.get(year..year + 2), Some(b"19" | b"20"))
}

fn begins_word(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match before.next() {
        None => true,
        Some('.' | '-') => !before.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => !c.is_alphanumeric() && !matches!(c, '+' | '/'),
    }
}

/// The end of `8xx…` from `pos`: 8 to 12 digits in groups with little between them.
fn subscriber(bytes: &[u8], mut pos: usize) -> Option<usize> {
    let gap = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        let length = rest
            .iter()
            .take(4)
            .take_while(|b| b" .-".contains(b))
            .count();
        if length > 3 { 0 } else { length }
    };
    pos += gap(pos);
    if bytes.get(pos) != Some(&b'8') {
        return None;
    }
    let mut count = 0;
    let mut end = pos;
    loop {
        let rest = bytes.get(pos..).unwrap_or_default();
        let group = rest
            .iter()
            .take(17)
            .take_while(|b| b.is_ascii_digit())
            .count();
        // A group that would make it too long is no part of it.
        if group == 0 || count + group > 12 {
            break;
        }
        count += group;
        end = pos + group;
        pos = end + gap(end);
        if pos == end {
            break;
        }
    }
    ((8..=12).contains(&count) && !bytes.get(end).is_some_and(u8::is_ascii_digit)).then_some(end)
}

/// E-mail addresses.
pub(crate) fn emails(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'@', bytes).filter_map(move |at| {
        let word = |b: &u8| b.is_ascii_alphanumeric() || b"._%+-".contains(b);
        let host = |b: &u8| b.is_ascii_alphanumeric() || b".-".contains(b);
        let before = bytes[..at].iter().rev().take(64);
        let local = before.take_while(|b| word(b)).count();
        let behind = bytes[at + 1..].iter().take(254);
        let length = behind.take_while(|b| host(b)).count();
        let domain = text[at + 1..at + 1 + length].trim_end_matches(['.', '-']);
        let last = domain.rsplit_once('.').filter(|(name, _)| !name.is_empty());
        let is_top = |top: &str| top.len() > 1 && top.bytes().all(|b| b.is_ascii_alphabetic());
        let is_one = local > 0 && last.is_some_and(|(_, top)| is_top(top));
        is_one.then_some(at - local..at + 1 + domain.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nik_is_sixteen_digits_with_a_birthday() {
        let any = |text: &str| long_runs(text).any(|run| looks_like_nik(&text[run]));
        assert!(any("Ketua: NIK 3302011502999999é"));
        assert!(any("3302015502999999"));
        for text in [
            "33020115029999991",
            "330201150299999",
            "3302013502999999",
            "3302011513999999",
            "",
        ] {
            assert!(!any(text), "{text}");
        }
        assert!(is_persons("9999000000000001") && is_persons(" 3302 0115 0299 9999"));
        assert!(!is_persons("3302010020011") && !is_persons("33020115029999ab"));
    }

    #[test]
    fn telephone_numbers_as_people_write_them() {
        for text in [
            "Hubungi ketua di 0812-0000-0000",
            "+62 812 3456 7890",
            "62.812.3456.789,",
            "hp:081234567890 2024",
            "(0812-0000-0000)",
            "0812-0000-0000 2024",
        ] {
            assert!(phones(text).next().is_some(), "{text}");
        }
        for text in [
            "Rp 250.000.000",
            "08/BH/2001",
            "3302011502999999",
            "x0812345678",
            "0812",
            "1.0812.345.678",
            "0281-123456",
            "081234567890123456",
            "08-12-2024 10:00",
            "08-12-2024 15-01-2025",
            "é",
            "",
        ] {
            assert!(phones(text).next().is_none(), "{text}");
        }
    }

    #[test]
    fn addresses() {
        let found = |text: &'static str| emails(text).next().map(|range| &text[range]);
        assert_eq!(
            found("surel: ani.b@contoh.co.id."),
            Some("ani.b@contoh.co.id")
        );
        assert_eq!(found("é@é a@b x@contoh.id"), Some("x@contoh.id"));
        assert_eq!(found("@contoh.id, a@b.1"), None);
    }

    #[test]
    fn what_is_personal_is_hidden_and_nothing_else() {
        for (text, hidden) in [
            (
                "a 3302011502999999, 12345678901234567 3302010020011",
                "a 330201**********, 12345678901234567 3302010020011",
            ),
            ("9999 0000 0000 0001", "9999 00** **** ****"),
            ("3302 0115 0299 2001 ", "3302 01** **** **** "),
            ("2022 2023 2024 2025", "2022 2023 2024 2025"),
            (
                "hp 0812-3456-7890/+62 813 4567 8901",
                "hp 0812-****-****/+62 81* **** ****",
            ),
            (
                "Budi <budi@contoh.id>, a@b.co",
                "Budi <b***@contoh.id>, *@b.co",
            ),
            ("budi\\u0040contoh.id", "b***\\u0040contoh.id"),
            ("33020115\\u00302999999", "330201***************"),
            ("Rp 250.000.000 é 08/BH/2001", "Rp 250.000.000 é 08/BH/2001"),
        ] {
            assert_eq!(masked(text), hidden);
            assert_eq!(masked(hidden), hidden);
        }
    }
}
