//! `nomor_badan_hukum`: when two are one, and which shapes are known.
//!
//! The shapes of every era are in the standard, section 2. Only the AHU shape, that of the
//! ministry of law since 2018, is strict.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

/// What a number's shape says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `AHU-0000021.AH.01.26.TAHUN 2019`
    Ahu,
    /// Begins with AHU and has another shape.
    BadAhu,
    /// `1002/BH/VI`, `95/BH/PAD/KWK 22/III/1996`, `008412/BH/M.KUKM.2/V/2018`, …
    BadanHukum,
    /// `348/PAD/M.KUKM.2/V/2017`: the number of an amendment of the articles.
    Amendment,
    /// None of these.
    Unknown,
}

/// The number as it is compared: upper case, letters and digits only.
#[must_use]
pub fn normalised(nomor: &str) -> String {
    crate::words::letters(nomor)
}

/// A normalised number as reports of several runs compare it: the same on every machine. The first
/// 128 bits of SHA-256, apart from any other use of the hash.
#[must_use]
pub fn digest(normalised: &str) -> u128 {
    let mut hash = Sha256::new();
    hash.update(b"koplint nomor_badan_hukum 1\0");
    hash.update(normalised.as_bytes());
    let bytes = hash.finalize();
    bytes
        .iter()
        .take(16)
        .fold(0, |all, byte| all << 8 | u128::from(*byte))
}

/// Whether the number identifies anything: one without a digit does not.
#[must_use]
pub fn identifies(nomor: &str) -> bool {
    nomor.chars().any(|c| c.is_ascii_digit())
}

/// The schema's format `nomor-badan-hukum`: what begins with AHU must have the AHU shape.
#[must_use]
pub fn ahu_shape_holds(nomor: &str) -> bool {
    ahu(nomor) != Some(false)
}

/// The shape of a number.
#[must_use]
pub fn shape(nomor: &str) -> Shape {
    match ahu(nomor) {
        Some(true) => return Shape::Ahu,
        Some(false) => return Shape::BadAhu,
        None => {}
    }
    let upper;
    let text = if nomor.is_ascii() {
        nomor.trim()
    } else {
        upper = nomor.trim().to_uppercase();
        &upper
    };
    let mut parts = text.split('/').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let behind = |c: char| c.is_ascii_alphabetic() || matches!(c, '.' | ' ');
    let number = first.trim_end_matches(behind);
    let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    if !numbered {
        return Shape::Unknown;
    }
    if has_word(text, "PAD") && !has_word(text, "KWK") {
        return Shape::Amendment;
    }
    let is_kind = |part: &str| part.eq_ignore_ascii_case("BH");
    let filled = |part: &str| {
        let known =
            |b: u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'.' | b'-' | b',' | b'&');
        !part.is_empty() && part.bytes().all(known)
    };
    if parts.next().is_some_and(is_kind) && parts.clone().next().is_some() && parts.all(filled) {
        return Shape::BadanHukum;
    }
    Shape::Unknown
}

/// Whether the date beside this number is that of an amendment (KWK, PAD), so that it says
/// nothing of the founding.
#[must_use]
pub fn date_is_an_amendments(nomor: &str) -> bool {
    let either = |text: &str| has_word(text, "KWK") || has_word(text, "PAD");
    if nomor.is_ascii() {
        either(nomor)
    } else {
        either(&nomor.to_uppercase())
    }
}

/// The year that stands at the end of the number or of one of its parts, 1945 to 2099.
#[must_use]
pub fn year(nomor: &str) -> Option<i32> {
    let bytes = nomor.as_bytes();
    if let Some(year) = after_tahun(bytes) {
        return Some(year);
    }
    let plain = |byte: &u8| byte.is_ascii_graphic() && !matches!(byte, b'T' | b't');
    if bytes.iter().all(plain) {
        return last_year(bytes.rsplit(|byte| *byte == b'/'));
    }
    let squeezed = squeezed(nomor);
    let tail = squeezed.rsplit_once("TAHUN").map(|(_, tail)| tail);
    let parts = tail.into_iter().chain(squeezed.rsplit('/'));
    last_year(parts.map(str::as_bytes))
}

/// The year behind `TAHUN` at the end, as most numbers with that word have it.
fn after_tahun(nomor: &[u8]) -> Option<i32> {
    let mut back = nomor.iter().rev().filter(|byte| !is_space(**byte));
    let mut year = [0; 4];
    for digit in year.iter_mut().rev() {
        *digit = *back.next()?;
    }
    let word = back.take(5).map(u8::to_ascii_uppercase);
    last_year([&year[..]].into_iter()).filter(|_| word.eq(*b"NUHAT"))
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// The first of some parts that is a year.
fn last_year<'a>(parts: impl Iterator<Item = &'a [u8]>) -> Option<i32> {
    let number = |part: &[u8]| {
        part.iter().try_fold(0, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + i32::from(byte - b'0'))
        })
    };
    parts
        .filter(|part| part.len() == 4)
        .filter_map(number)
        .find(|year| (1945..2100).contains(year))
}

/// Whether an ASCII word stands in a text, letters on neither side of it.
fn has_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some((first, letters)) = word.split_first() else {
        return false;
    };
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    memchr::memchr2_iter(*first, first.to_ascii_lowercase(), text).any(|at| {
        let end = at + word.len();
        let same = text.get(at + 1..end);
        same.is_some_and(|same| same.eq_ignore_ascii_case(letters))
            && !is_letter(text.get(end))
            && !is_letter(at.checked_sub(1).and_then(|before| text.get(before)))
    })
}

/// The number in upper case without white space, which counts for nothing.
fn squeezed(nomor: &str) -> String {
    let kept = nomor.chars().filter(|c| !c.is_whitespace());
    kept.flat_map(char::to_uppercase).collect()
}

/// Whether a number that begins with AHU has the shape `AHU-9999999.AH.99.99.TAHUN9999`.
fn ahu(nomor: &str) -> Option<bool> {
    const SHAPE: &[u8] = b"AHU-9999999.AH.99.99.TAHUN9999";
    let text = match nomor.is_ascii() {
        true => Cow::Borrowed(nomor),
        false => squeezed(nomor).into(),
    };
    let mut own = text.bytes().filter(|byte| !is_space(*byte));
    let same = |(shape, own): &(&u8, u8)| match shape {
        b'9' => own.is_ascii_digit(),
        letter => own.to_ascii_uppercase() == **letter,
    };
    let met = SHAPE.iter().zip(own.by_ref()).take_while(same).count();
    (met >= "AHU".len()).then(|| met == SHAPE.len() && own.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_the_standard_is_known() {
        for nomor in [
            "1002/BH/VI",
            "6467/BH/DK-10/3",
            "95/BH/PAD/KWK 22/III/1996",
            "01/BH/KDK.1022/I/2001",
            "518/BH/643/DISKOP DAN UMKM",
            "186/BH/XIV.1/2008",
            "703/BH/XIV.30/IX/2007",
            "518/BH/XIV.13/05/2016/DKUMKM",
            "008412/BH/M.KUKM.2/V/2018",
        ] {
            assert_eq!(shape(nomor), Shape::BadanHukum, "{nomor}");
        }
        assert_eq!(shape("AHU-0000021.AH.01.26.TAHUN 2019"), Shape::Ahu);
        assert_eq!(shape("ahu-0000986.ah.01.29. Tahun 2022"), Shape::Ahu);
        assert_eq!(shape("348/PAD/M.KUKM.2/V/2017"), Shape::Amendment);
    }

    #[test]
    fn other_shapes_are_not() {
        assert_eq!(shape("AHU-21.AH.01.26.TAHUN 2019"), Shape::BadAhu);
        assert_eq!(shape("AHU"), Shape::BadAhu);
        assert_eq!(shape("AHU-0000021.AH.01.26.TAHUN 20190"), Shape::BadAhu);
        assert_eq!(shape("\u{a0}ahu-0000021.AH.01.26.TAHUN 201"), Shape::BadAhu);
        assert_eq!(shape("AH"), Shape::Unknown);
        for nomor in [
            "",
            "-",
            "belum ada",
            "12345",
            "12/BH",
            "/BH/VI",
            "12/BH//2001",
            "é/BH/VI",
        ] {
            assert_eq!(shape(nomor), Shape::Unknown, "{nomor}");
        }
    }

    #[test]
    fn one_entity_however_it_is_typed() {
        assert_eq!(
            normalised("01/bh/kdk.1022 /I/2001"),
            normalised("01BHKDK1022I2001")
        );
        assert!(!identifies("belum ada"));
    }

    #[test]
    fn the_year_stands_last() {
        assert_eq!(year("518/BH/XIV.13/05/2016/DKUMKM"), Some(2016));
        assert_eq!(year("AHU-0000021.AH.01.26.TAHUN 2019"), Some(2019));
        assert_eq!(year("1002/BH/VI"), None);
        assert_eq!(year("12/BH/Tahun 2 015"), Some(2015));
        assert_eq!(year("12/BH/2011/TAHUN 9999"), Some(2011));
        assert_eq!(year("12/BH/2011/TAHUN\u{a0}2012"), Some(2012));
    }
}
