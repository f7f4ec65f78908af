//! What one value becomes: the certain reading of a text, written as the standard writes it.

use super::{Left, What, guess};
use crate::read::table::dates::{self, DateHow, DateRead};
use crate::read::table::numbers::{self, Kind, NumberRead};
use crate::read::table::row::code as spelt;
use crate::read::table::scan::trim;
use crate::read::table::value::{IdRead, identifier};
use crate::region;

/// What is to be done with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing.
    Keep,
    /// A person must look at it.
    Leave(Left),
    /// It is written so; of a number or a boolean the token, else the text.
    Now(String, What),
}

impl Outcome {
    /// A new text, if it is new.
    pub(super) fn text(was: &str, now: String, what: What) -> Self {
        if now == was {
            Self::Keep
        } else {
            Self::Now(now, what)
        }
    }
}

/// A free text without white space around it and without runs of it within. `breaks`: line breaks
/// and tabs become spaces too.
pub(super) fn spaces(text: &str, breaks: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = trim(text);
    while let Some(at) = rest.find(char::is_whitespace) {
        let (before, run) = rest.split_at(at);
        rest = run.trim_start();
        let run = &run[..run.len() - rest.len()];
        out.push_str(before);
        let plain = run.chars().all(|c| matches!(c, ' ' | '\u{a0}'));
        let single = run.chars().nth(1).is_none();
        if plain && !single || breaks && !plain {
            out.push(' ');
        } else {
            out.push_str(run);
        }
    }
    out.push_str(rest);
    out
}

/// An identifier: its digits and letters are never touched.
pub(super) fn id(was: &str, name: &str) -> Outcome {
    let text = trim(was);
    let (bare, mut what) = match identifier(text) {
        IdRead::Damaged => return Outcome::Leave(Left::Damaged),
        // What follows must not become a formula.
        IdRead::Read(bare) if bare.starts_with(char::is_alphanumeric) => (bare, What::Apostrophe),
        IdRead::Read(_) | IdRead::Plain(_) => (text, What::Spaces),
    };
    let mut now = bare.to_owned();
    if name == "kode_wilayah"
        && let Some(dotted) = region_code(bare)
    {
        (now, what) = (dotted, What::Region);
    }
    Outcome::text(was, now, what)
}

/// `33-02`, `33 02`, `33,02` as `33.02`, if there is such a region.
fn region_code(text: &str) -> Option<String> {
    let (province, rest) = text.split_at_checked(2)?;
    let own = rest.trim_start_matches(['-', ' ', ',', '/', '_']);
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let dotted = format!("{province}.{own}");
    let parted = rest.len() - own.len() == 1;
    (parted && digits(province) && digits(own) && region::find(&dotted).is_some()).then_some(dotted)
}

/// One of the codes, in its own spelling.
pub(super) fn code(was: &str, codes: &[String]) -> Outcome {
    let text = trim(was);
    if text.is_empty() {
        return Outcome::Keep;
    }
    match spelt(text, codes) {
        Some(code) if code == text => Outcome::text(was, code.to_owned(), What::Spaces),
        Some(code) => Outcome::Now(code.to_owned(), What::Code),
        None => match guess::nearest(text, codes) {
            Some(code) => Outcome::Now(code.to_owned(), What::NearestCode),
            None => Outcome::Leave(Left::NoCode),
        },
    }
}

/// A date that stands alone: no column says what stands first.
pub(super) fn date(was: &str) -> Outcome {
    let text = trim(was);
    if text.is_empty() {
        return Outcome::Keep;
    }
    match dates::read(text, None) {
        DateRead::Iso(date) => Outcome::text(was, date.to_string(), What::Spaces),
        DateRead::Read { date, how } => Outcome::Now(date.to_string(), date_what(text, how)),
        DateRead::Ambiguous { .. } => Outcome::Leave(Left::AmbiguousDate),
        DateRead::Sentinel => Outcome::Leave(Left::Sentinel),
        DateRead::Not => Outcome::Leave(Left::NoDate),
    }
}

/// How sure a reading is: a day number depends on the spreadsheet's calendar, and a time that is
/// not midnight may be of another day elsewhere.
pub(super) fn date_what(text: &str, how: DateHow) -> What {
    let tail = text.rsplit_once([' ', 'T']).map_or("", |(_, tail)| tail);
    let short = |part: &str| part.len() <= 2;
    let clock = text.contains(':') || tail.contains('.') && tail.split('.').all(short);
    let midnight = tail.chars().all(|c| matches!(c, '0' | ':' | '.'));
    match how {
        DateHow::Serial => What::Serial,
        _ if clock && !midnight => What::Time,
        _ => What::Date,
    }
}

/// A number that stands as a text where a number is wanted.
pub(super) fn number(was: &str, whole: bool) -> Outcome {
    let text = trim(was);
    if text.is_empty() {
        return Outcome::Keep;
    }
    // Of whole numbers none may be negative: `(5)` is then no sum but a remark.
    let fits = |json: &str| !whole || json.bytes().all(|byte| byte.is_ascii_digit());
    match numbers::read(text, Kind::Decimal, None) {
        NumberRead::Plain if fits(text) => Outcome::Now(text.to_owned(), What::Number),
        NumberRead::Read(json) if fits(&json) => Outcome::Now(json, What::Number),
        NumberRead::Ambiguous { as_thousands, .. } if whole && fits(&as_thousands) => {
            Outcome::Now(as_thousands, What::Thousands)
        }
        NumberRead::Ambiguous { .. } => Outcome::Leave(Left::AmbiguousNumber),
        NumberRead::Damaged => Outcome::Leave(Left::Damaged),
        NumberRead::Dash => Outcome::Keep,
        NumberRead::Plain | NumberRead::Read(_) | NumberRead::Not => Outcome::Leave(Left::NoNumber),
    }
}

/// A yes or no that stands as a text where `true` or `false` is wanted.
pub(super) fn boolean(was: &str) -> Outcome {
    let text = trim(was).to_lowercase();
    let now = |token: &str, what| Outcome::Now(token.to_owned(), what);
    match text.as_str() {
        "" => Outcome::Keep,
        "true" | "ya" => now("true", What::Bool),
        "false" | "tidak" => now("false", What::Bool),
        "1" => now("true", What::OneZero),
        "0" => now("false", What::OneZero),
        _ => Outcome::Leave(Left::NoBool),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(outcome: Outcome) -> Option<(String, What)> {
        match outcome {
            Outcome::Now(text, what) => Some((text, what)),
            _ => None,
        }
    }

    fn is(outcome: Outcome, text: &str, what: What) {
        assert_eq!(now(outcome), Some((text.to_owned(), what)));
    }

    #[test]
    fn spaces_are_tidied_and_nothing_else() {
        assert_eq!(spaces(" KSU \u{a0} Maju  Jaya ", false), "KSU Maju Jaya");
        assert_eq!(spaces("Dua\nbaris", false), "Dua\nbaris");
        assert_eq!(spaces("Dua\r\n baris\tlagi", true), "Dua baris lagi");
        assert_eq!(spaces("satu\u{a0}kata", true), "satu\u{a0}kata");
    }

    #[test]
    fn ids_keep_their_digits() {
        is(
            id("'3374010010001", "nik_koperasi"),
            "3374010010001",
            What::Apostrophe,
        );
        is(id(" 1/BH/I ", "nomor_badan_hukum"), "1/BH/I", What::Spaces);
        assert_eq!(id("'=1+1", "nomor_dokumen"), Outcome::Keep);
        assert_eq!(id("518  BH", "nomor_badan_hukum"), Outcome::Keep);
        assert_eq!(
            id("3.37E+12", "nik_koperasi"),
            Outcome::Leave(Left::Damaged)
        );
        is(id("'33-02", "kode_wilayah"), "33.02", What::Region);
        for text in ["3302", "33.02", "33-99", "33--02", "33-2", "é-02"] {
            assert_eq!(id(text, "kode_wilayah"), Outcome::Keep, "{text}");
        }
    }

    #[test]
    fn dates_with_one_reading() {
        for text in [
            "12 Maret 2024",
            "2024/3/12",
            " 2024-03-12T00:00:00",
            "12/3/2024 0:00",
        ] {
            let expected = (text != "12/3/2024 0:00").then(|| "2024-03-12".to_owned());
            assert_eq!(now(date(text)).map(|(text, _)| text), expected, "{text}");
        }
        is(date("28/2/2021"), "2021-02-28", What::Date);
        is(date("45363"), "2024-03-12", What::Serial);
        is(date("2024-03-11T17:00:00"), "2024-03-11", What::Time);
        is(date("28/2/2021 17.00.00"), "2021-02-28", What::Time);
        is(date("28/2/2021 00.00.00"), "2021-02-28", What::Date);
        assert_eq!(date("03/04/2024"), Outcome::Leave(Left::AmbiguousDate));
        assert_eq!(date("00/01/1900"), Outcome::Leave(Left::Sentinel));
        assert_eq!(date("1900-01-01"), Outcome::Leave(Left::Sentinel));
        assert_eq!(date("12/3/24"), Outcome::Leave(Left::NoDate));
    }

    #[test]
    fn numbers_with_one_reading() {
        is(number("120", true), "120", What::Number);
        is(number(" Rp 1.250.000,- ", false), "1250000", What::Number);
        is(number("12,5", false), "12.5", What::Number);
        is(number("1.250", true), "1250", What::Thousands);
        assert_eq!(
            number("1.250", false),
            Outcome::Leave(Left::AmbiguousNumber)
        );
        for text in ["(5)", "12,5", "-3", "5 orang"] {
            assert_eq!(number(text, true), Outcome::Leave(Left::NoNumber), "{text}");
        }
        assert_eq!(number("1E+12", false), Outcome::Leave(Left::Damaged));
    }

    #[test]
    fn codes_and_yes_and_no() {
        let codes = ["produsen", "simpan_pinjam", "APBD_PROVINSI"].map(str::to_owned);
        is(code("Simpan  Pinjam", &codes), "simpan_pinjam", What::Code);
        is(code(" produsen", &codes), "produsen", What::Spaces);
        is(code("prodsen", &codes), "produsen", What::NearestCode);
        assert_eq!(code("KSU", &codes), Outcome::Leave(Left::NoCode));
        is(boolean("TRUE "), "true", What::Bool);
        is(boolean("Tidak"), "false", What::Bool);
        is(boolean("1"), "true", What::OneZero);
        assert_eq!(boolean("-"), Outcome::Leave(Left::NoBool));
    }
}
