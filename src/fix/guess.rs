//! The code that is nearest in spelling, where one alone is near.

use crate::words;

/// The one code that a misspelt text is meant for. A text that holds a code whole is no misspelling
/// of it but says more, as `nonaktif` does of `aktif`.
pub(super) fn nearest<'a>(text: &str, codes: &'a [String]) -> Option<&'a str> {
    let text = words::plain(text);
    let length = text.chars().count();
    if !(4..=60).contains(&length) {
        return None;
    }
    let limit = if length < 8 { 1 } else { 2 };
    let mut near = None;
    for code in codes {
        let plain = words::plain(&code.replace('_', " "));
        if text.contains(&plain) {
            return None;
        }
        if strsim::damerau_levenshtein(&text, &plain) <= limit
            && near.replace(code.as_str()).is_some()
        {
            return None;
        }
    }
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_near_code_or_none() {
        let codes = |all: &[&str]| {
            all.iter()
                .map(|code| (*code).to_owned())
                .collect::<Vec<_>>()
        };
        let status = codes(&["aktif", "tidak_aktif", "diterima", "ditolak"]);
        assert_eq!(nearest("diterma", &status), Some("diterima"));
        assert_eq!(nearest("Tidk Aktif", &status), None);
        for text in [
            "nonaktif",
            "inaktif",
            "tdk diterima",
            "blm diterima",
            "naktif",
            "E",
        ] {
            assert_eq!(nearest(text, &status), None, "{text}");
        }
        let twins = codes(&["kota", "koto"]);
        assert_eq!(nearest("kotu", &twins), None);
    }
}
