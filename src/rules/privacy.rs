//! X: what is personal and has no place in a register.

use std::ops::Range;

use crate::check::EntryCx;
use crate::finding::{Found, Where};
use crate::rule::{Level, Rule, Run};
use crate::tape::Kind;
use crate::{say, text, words};

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "X001",
        slug: "person-nik",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "NIK penduduk", en: "A person's NIK" },
        why: text! {
            id: "NIK 16 angka adalah data pribadi yang dilindungi (UU 27/2022); register koperasi tidak memerlukannya.",
            en: "A NIK of 16 digits is protected personal data (UU 27/2022); a register of cooperatives needs none.",
        },
        fix: text! {
            id: "Hapus NIK penduduk. Pada `nik_koperasi` tulis Nomor Induk Koperasi, 13 angka.",
            en: "Remove the person's NIK. In `nik_koperasi` give the cooperative's own number, 13 digits.",
        },
        clause: "UU 27/2022 tentang Pelindungan Data Pribadi Ps 4",
        run: Run::Entry(person_nik),
    },
    Rule {
        code: "X002",
        slug: "personal-contact",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Nomor telepon atau surel", en: "Telephone number or e-mail" },
        why: text! {
            id: "Nomor telepon dan surel seseorang adalah data pribadi (UU 27/2022) dan tidak diperlukan untuk indikator ini.",
            en: "A person's telephone number and e-mail are personal data (UU 27/2022), and the indicator needs none.",
        },
        fix: text! {
            id: "Hapus nomor telepon dan surel dari teks bebas.",
            en: "Remove telephone numbers and e-mail addresses from free text.",
        },
        clause: "UU 27/2022 tentang Pelindungan Data Pribadi Ps 4",
        run: Run::Entry(personal_contact),
    },
];

/// Digits of a NIK that a message may show: those of the region.
const OPEN: usize = 6;

fn person_nik(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    if let Some(at) = cx.entry.nik_koperasi.at() {
        let node = cx.doc.node(at);
        if matches!(node.kind(), Kind::String | Kind::Number) && is_persons(node.shown()) {
            let given = masked(node.shown().trim(), OPEN);
            let message = say!(
                cx.lang,
                id: "`nik_koperasi` berisi {given}: 16 angka seperti NIK penduduk, bukan 13 angka NIK koperasi",
                en: "`nik_koperasi` is {given}: 16 digits like a person's NIK, not the 13 of a cooperative's"
            );
            found.at(Where::Node(at), message);
        }
    }
    for &at in &cx.entry.free_texts {
        let Some(text) = cx.doc.node(at).as_str() else {
            continue;
        };
        if let Some(run) = long_runs(text).find(|run| looks_like_nik(&text[run.clone()])) {
            let given = masked(&text[run], OPEN);
            let message = say!(
                cx.lang,
                id: "Teks ini memuat NIK penduduk {given}",
                en: "This text holds a person's NIK, {given}"
            );
            found.at(Where::Node(at), message);
        }
    }
}

fn personal_contact(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    for &at in &cx.entry.free_texts {
        let Some(text) = cx.doc.node(at).as_str() else {
            continue;
        };
        if let Some(range) = phone(text) {
            let given = masked(&text[range], 4);
            let message = say!(
                cx.lang,
                id: "Teks ini memuat nomor telepon {given}",
                en: "This text holds a telephone number, {given}"
            );
            found.at(Where::Node(at), message).subject("telepon");
        }
        if let Some(range) = email(text) {
            let address = &text[range];
            let (local, domain) = address.split_once('@').unwrap_or((address, ""));
            let first = local.get(..1).unwrap_or_default();
            let domain = words::shown(domain, 40);
            let message = say!(
                cx.lang,
                id: "Teks ini memuat surel {first}***@{domain}",
                en: "This text holds an e-mail address, {first}***@{domain}"
            );
            found.at(Where::Node(at), message).subject("surel");
        }
    }
}

/// Whether a value of `nik_koperasi` has the 16 digits of a person's, however they are spaced.
pub(super) fn is_persons(text: &str) -> bool {
    let spaced = |c: &char| !(c.is_whitespace() || matches!(c, '.' | '-'));
    let mut count = 0;
    text.chars().filter(spaced).all(|c| {
        count += 1;
        c.is_ascii_digit() && count <= 16
    }) && count == 16
}

/// The text with every digit behind the first `open` ones masked.
pub(super) fn masked(text: &str, open: usize) -> String {
    let mut digits = 0;
    let hidden = text.chars().map(|c| {
        digits += usize::from(c.is_ascii_digit());
        if c.is_ascii_digit() && digits > open {
            '*'
        } else {
            c
        }
    });
    words::shown(&hidden.collect::<String>(), 40)
}

/// A value as a message shows it, runs of 16 digits masked.
pub(super) fn shown(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut from = 0;
    for run in long_runs(text) {
        out.push_str(&text[from..run.start + OPEN]);
        out.push_str("**********");
        from = run.end;
    }
    if from == 0 {
        return words::shown(text, most);
    }
    out.push_str(&text[from..]);
    words::shown(&out, most)
}

/// Runs of exactly 16 digits.
fn long_runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    let mut pos = if digits < 16 { bytes.len() } else { 0 };
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
fn looks_like_nik(digits: &str) -> bool {
    let two = |from: usize| {
        digits
            .get(from..from + 2)
            .and_then(|two| two.parse::<u8>().ok())
    };
    two(0).is_some_and(|province| (11..=96).contains(&province))
        && two(6).is_some_and(|day| (1..=31).contains(&day) || (41..=71).contains(&day))
        && two(8).is_some_and(|month| (1..=12).contains(&month))
}

/// The first mobile number: `0812…`, `62812…`, `+62 812…`, 10 to 13 digits when written with 0.
fn phone(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    // Most texts have not as many digits as the shortest number.
    if bytes.iter().filter(|byte| byte.is_ascii_digit()).count() < 9 {
        return None;
    }
    let mut pos = 0;
    while pos < bytes.len() {
        let start = pos;
        let prefix = match &bytes[pos..] {
            [b'+', b'6', b'2', ..] => 3,
            [b'6', b'2', ..] => 2,
            [b'0', ..] => 1,
            _ => {
                pos += 1;
                continue;
            }
        };
        if begins_word(text, start)
            && let Some(end) = subscriber(bytes, start + prefix)
            && !text[end..].starts_with(char::is_alphanumeric)
        {
            return Some(start..end);
        }
        // Inside this run of digits no number can begin.
        pos += prefix;
        while pos < bytes.len() && bytes[pos].is_ascii_digit() {
            pos += 1;
        }
    }
    None
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

/// The first e-mail address.
fn email(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    memchr::memchr(b'@', bytes)?;
    let word = |b: &u8| b.is_ascii_alphanumeric() || b"._%+-".contains(b);
    let host = |b: &u8| b.is_ascii_alphanumeric() || b".-".contains(b);
    for (at, _) in text.match_indices('@') {
        let local = bytes[..at]
            .iter()
            .rev()
            .take(64)
            .take_while(|b| word(b))
            .count();
        let length = bytes[at + 1..]
            .iter()
            .take(254)
            .take_while(|b| host(b))
            .count();
        let domain = text[at + 1..at + 1 + length].trim_end_matches(['.', '-']);
        let last = domain.rsplit_once('.').filter(|(name, _)| !name.is_empty());
        let is_top = |top: &str| top.len() > 1 && top.bytes().all(|b| b.is_ascii_alphabetic());
        if local > 0 && last.is_some_and(|(_, top)| is_top(top)) {
            return Some(at - local..at + 1 + domain.len());
        }
    }
    None
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
        assert_eq!(masked("3302011502999999", 6), "330201**********");
        assert_eq!(shown("a 3302011502999999 b", 60), "a 330201********** b");
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
            assert!(phone(text).is_some(), "{text}");
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
            "é",
            "",
        ] {
            assert!(phone(text).is_none(), "{text}");
        }
    }

    #[test]
    fn addresses() {
        let found = |text: &'static str| email(text).map(|range| &text[range]);
        assert_eq!(
            found("surel: ani.b@contoh.co.id."),
            Some("ani.b@contoh.co.id")
        );
        assert_eq!(found("é@é a@b x@contoh.id"), Some("x@contoh.id"));
        assert_eq!(found("@contoh.id, a@b.1"), None);
    }
}
