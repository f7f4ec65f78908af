//! What the text of one cell says: ticks, "none", yes and no, identifiers, spreadsheet errors.
//!
//! Dates are in [`super::dates`], numbers in [`super::numbers`]. Every text is given trimmed.

use std::borrow::Cow;

use crate::words;

/// What a cell of an identifier says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdRead<'a> {
    /// The text as it stands.
    Plain(&'a str),
    /// Without the apostrophe that kept a spreadsheet from reading a number.
    Read(&'a str),
    /// Scientific notation: a spreadsheet took it for a number and dropped its digits.
    Damaged,
}

/// Whether a cell says "none": `-`, `belum`, `tidak`, `0`, `n/a` …
#[must_use]
pub(crate) fn is_none_token(text: &str) -> bool {
    const NONE: &[&str] = &[
        "-",
        "--",
        "–",
        "—",
        "0",
        "belum",
        "blm",
        "tidak",
        "tdk",
        "n/a",
        "na",
        "nihil",
        "tidak ada",
        "tdk ada",
        "belum ada",
        "blm ada",
    ];
    text.len() <= "tidak ada".len() && is_one_of(text, NONE)
}

/// Whether a cell holds what a database export writes for an empty one: it says nothing, not "none".
#[must_use]
pub(crate) fn is_null_token(text: &str) -> bool {
    matches!(text.as_bytes(), [b'n' | b'N' | b'(', ..])
        && is_one_of(text, &["null", "(null)", "(blank)", "(kosong)"])
}

/// Whether a cell is ticked: `v`, `√`, `1`, `ya` …
#[must_use]
pub(crate) fn is_tick(text: &str) -> bool {
    const TICKS: &[&str] = &["v", "√", "✓", "✔", "☑", "1", "ya", "ada", "sudah", "true"];
    text.len() <= "sudah".len() && is_one_of(text, TICKS)
}

/// Yes or no, in any of the forms of the standard.
#[must_use]
pub(crate) fn boolean(text: &str) -> Option<bool> {
    if is_one_of(text, &["ya", "1", "v", "√", "✓", "✔", "true"]) {
        Some(true)
    } else if is_one_of(text, &["tidak", "tdk", "0", "-", "false"]) {
        Some(false)
    } else {
        None
    }
}

/// Reads an identifier.
#[must_use]
pub(crate) fn identifier(text: &str) -> IdRead<'_> {
    let bare = text
        .strip_prefix(['\'', '’', '‘', '`'])
        .map(str::trim_start)
        .filter(|bare| !bare.is_empty());
    match bare {
        _ if is_scientific(bare.unwrap_or(text)) => IdRead::Damaged,
        Some(bare) => IdRead::Read(bare),
        None => IdRead::Plain(text),
    }
}

/// `3.37411E+12`, `3,37411E+12`, `3E+12`; not `3E12`, which may be a code.
#[must_use]
pub(crate) fn is_scientific(text: &str) -> bool {
    let Some(at) = memchr::memchr2(b'e', b'E', text.as_bytes()) else {
        return false;
    };
    let (mantissa, exponent) = (&text[..at], &text[at + 1..]);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    let unsigned = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let sure = unsigned.len() < exponent.len() || whole.len() < mantissa.len();
    sure && digits(whole) && digits(decimals) && digits(unsigned)
}

/// Whether a cell holds a spreadsheet's error value, a formula's text, or the `####` of a column
/// too narrow: its value is lost.
#[must_use]
pub(crate) fn is_formula_error(text: &str) -> bool {
    const ERRORS: &[&str] = &[
        "#REF!",
        "#N/A",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#REF",
        "#GETTING_DATA",
    ];
    match text.as_bytes() {
        [b'#', ..] => {
            is_one_of(text, ERRORS) || (text.len() >= 3 && text.bytes().all(|byte| byte == b'#'))
        }
        [b'=', next, ..] => *next != b'=',
        [b'E' | b'e', ..] => text.get(4..).is_some_and(|code| {
            is_error_word(text) && code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit())
        }),
        _ => false,
    }
}

/// LibreOffice's `Err:502`.
fn is_error_word(text: &str) -> bool {
    text.get(..4)
        .is_some_and(|word| word.eq_ignore_ascii_case("Err:"))
}

/// An enumerated value as the standard's codes are written: `Simpan Pinjam` is `simpan_pinjam`.
#[must_use]
pub(crate) fn code_form(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '-' | '/' | '_' | '–' | '‑') {
            if !code.is_empty() && !code.ends_with('_') {
                code.push('_');
            }
        } else {
            code.extend(c.to_lowercase());
        }
    }
    if code.ends_with('_') {
        code.pop();
    }
    code
}

/// The text with every run of white space that holds a line break or a tab made one space.
#[must_use]
pub(crate) fn tidy(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| {
        matches!(
            c,
            '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        )
    };
    if words::is_printable(text) || !text.contains(breaks) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(char::is_whitespace) {
        let (before, run) = rest.split_at(at);
        let after = run.trim_start();
        let (run, _) = run.split_at(run.len() - after.len());
        out.push_str(before);
        out.push_str(if run.contains(breaks) { " " } else { run });
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn is_one_of(text: &str, tokens: &[&str]) -> bool {
    tokens.iter().any(|token| token.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_in_any_case() {
        assert!(
            ["-", "Belum", "TIDAK", "0", "N/A", "nihil", "Tidak Ada"]
                .into_iter()
                .all(is_none_token)
        );
        assert!(["V", "√", "✓", "1", "Ya", "SUDAH"].into_iter().all(is_tick));
        assert!(
            !["", "x", "null", "2", "00/01/1900", "belum tahu"]
                .into_iter()
                .any(|t| is_none_token(t) || is_tick(t))
        );
        assert!(is_null_token("NULL"));
        assert_eq!(["Ya", "1", "v", "TRUE"].map(boolean), [Some(true); 4]);
        assert_eq!(["Tidak", "0", "-", "False"].map(boolean), [Some(false); 4]);
        assert_eq!(["", "x", "mungkin"].map(boolean), [None; 3]);
    }

    #[test]
    fn identifiers_lose_an_apostrophe_and_are_seen_to_be_damaged() {
        assert_eq!(identifier("3374010010001"), IdRead::Plain("3374010010001"));
        assert_eq!(identifier("'3374010010001"), IdRead::Read("3374010010001"));
        assert_eq!(identifier("'"), IdRead::Plain("'"));
        for text in ["3.37411E+12", "3,37411e+12", "'3.37E12", "3E+12"] {
            assert_eq!(identifier(text), IdRead::Damaged, "{text}");
        }
        for text in ["518E5", "1/BH/E+1", "E+1", "1.E+1", "", "é"] {
            assert_eq!(identifier(text), IdRead::Plain(text), "{text}");
        }
    }

    #[test]
    fn lost_values_are_seen() {
        for text in [
            "#REF!",
            "#n/a",
            "#DIV/0!",
            "=A1+B2",
            "=SUM(A1:A9)",
            "#######",
            "Err:502",
        ] {
            assert!(is_formula_error(text), "{text}");
        }
        for text in [
            "", "#", "# 1", "=", "====", "Erré", "Err:", "Err:50é", "REF",
        ] {
            assert!(!is_formula_error(text), "{text}");
        }
    }

    #[test]
    fn codes_and_texts() {
        assert_eq!(code_form("Simpan  Pinjam"), "simpan_pinjam");
        assert_eq!(code_form("Kabupaten / Kota"), "kabupaten_kota");
        assert_eq!(code_form(" -SYARIAH- "), "syariah");
        assert!(matches!(tidy("KSU  Maju"), Cow::Borrowed("KSU  Maju")));
        assert_eq!(
            tidy("KSU  Maju \r\n Jaya\tAbadi\n"),
            "KSU  Maju Jaya Abadi "
        );
    }
}
