//! `nomor_badan_hukum`: when two are one, and which shapes are known.
//!
//! The shapes of every era are in the standard, section 2. Only the AHU shape, that of the
//! ministry of law since 2018, is strict.

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
    shape(nomor) != Shape::BadAhu
}

/// The shape of a number.
#[must_use]
pub fn shape(nomor: &str) -> Shape {
    let trimmed = nomor.trim_start();
    let is_ahu = trimmed
        .get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("AHU"))
        // Spaces count for nothing, also within these letters.
        || (trimmed.starts_with(['A', 'a']) && squeezed(trimmed).starts_with("AHU"));
    if is_ahu {
        return if ahu(nomor) {
            Shape::Ahu
        } else {
            Shape::BadAhu
        };
    }
    let upper = nomor.trim().to_uppercase();
    let mut parts = upper.split('/').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let number = first.trim_end_matches(|c: char| c.is_ascii_uppercase() || ". ".contains(c));
    let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let rest: Vec<&str> = parts.collect();
    let pad = has_word(&upper, "PAD");
    let kwk = has_word(&upper, "KWK");
    if numbered && pad && !kwk {
        return Shape::Amendment;
    }
    let filled = rest.iter().all(|part| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || " .-,&".contains(c))
    });
    if numbered && rest.len() > 1 && rest[0] == "BH" && filled {
        return Shape::BadanHukum;
    }
    Shape::Unknown
}

/// Whether the date beside this number is that of an amendment (KWK, PAD), so that it says
/// nothing of the founding.
#[must_use]
pub fn date_is_an_amendments(nomor: &str) -> bool {
    let word = |part: &str| part.eq_ignore_ascii_case("KWK") || part.eq_ignore_ascii_case("PAD");
    if nomor.is_ascii() {
        return nomor.split(|c: char| !c.is_ascii_alphabetic()).any(word);
    }
    let upper = nomor.to_uppercase();
    has_word(&upper, "KWK") || has_word(&upper, "PAD")
}

/// The year that stands at the end of the number or of one of its parts, 1945 to 2099.
#[must_use]
pub fn year(nomor: &str) -> Option<i32> {
    let squeezed = squeezed(nomor);
    let tail = squeezed.rsplit_once("TAHUN").map(|(_, tail)| tail);
    let parts = tail.into_iter().chain(squeezed.rsplit('/'));
    parts
        .filter(|part| part.len() == 4)
        .filter_map(|part| part.parse().ok())
        .find(|year| (1945..2100).contains(year))
}

fn has_word(upper: &str, word: &str) -> bool {
    upper
        .split(|c: char| !c.is_ascii_alphabetic())
        .any(|part| part == word)
}

fn squeezed(nomor: &str) -> String {
    if nomor.is_ascii() {
        let kept = nomor
            .bytes()
            .filter(|byte| !char::from(*byte).is_whitespace());
        return kept
            .map(|byte| char::from(byte.to_ascii_uppercase()))
            .collect();
    }
    nomor
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect()
}

/// `AHU-9999999.AH.99.99.TAHUN9999`, spaces and case aside.
fn ahu(nomor: &str) -> bool {
    const SHAPE: &[u8] = b"AHU-9999999.AH.99.99.TAHUN9999";
    let mut given = nomor.chars().filter(|c| !c.is_whitespace());
    let same = |shape: &u8| match (shape, given.next()) {
        (b'9', Some(c)) => c.is_ascii_digit(),
        (letter, Some(c)) => c.to_uppercase().eq([char::from(*letter)]),
        (_, None) => false,
    };
    SHAPE.iter().all(same) && given.next().is_none()
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
    }
}
