//! Words as people write them: comparing, shortening, the nearest of some.

use std::borrow::Cow;

use crate::personal;

/// Lower case, words parted by one space, everything but letters and digits dropped.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        let mut apart = false;
        for byte in text.bytes() {
            if !byte.is_ascii_alphanumeric() {
                apart = true;
                continue;
            }
            if std::mem::take(&mut apart) && !out.is_empty() {
                out.push(' ');
            }
            out.push(byte.to_ascii_lowercase().into());
        }
        return out;
    }
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

/// The words of a text: its runs of letters and digits.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let ascii = text.is_ascii();
    let mut rest = text;
    std::iter::from_fn(move || {
        // The first character that is of a word, or that is not.
        let first = |text: &str, of_word: bool| match ascii {
            true => {
                let is = |byte: &u8| (LETTERS[usize::from(*byte)] != 0) == of_word;
                text.as_bytes().iter().position(is)
            }
            false => text.find(|c: char| c.is_alphanumeric() == of_word),
        };
        rest = &rest[first(rest, true)?..];
        let (word, behind) = rest.split_at(first(rest, false).unwrap_or(rest.len()));
        rest = behind;
        Some(word)
    })
}

/// Number of bytes of which something holds. Counted in bytes, many at once.
pub(crate) fn count(bytes: &[u8], holds: impl Fn(u8) -> bool) -> usize {
    let marked = |part: &[u8]| part.iter().map(|byte| u8::from(holds(*byte))).sum::<u8>();
    bytes
        .chunks(255)
        .map(|part| usize::from(marked(part)))
        .sum()
}

/// Whether the words of `phrase` (ASCII) stand in the text one behind the other.
#[must_use]
pub fn has_phrase(text: &str, phrase: &str) -> bool {
    let Some(first) = words(phrase).next() else {
        return true;
    };
    let begin = first.as_bytes()[0];
    let (lower, upper) = (begin.to_ascii_lowercase(), begin.to_ascii_uppercase());
    memchr::memchr2_iter(lower, upper, text.as_bytes()).any(|at| {
        let (before, from) = text.split_at(at);
        from.get(..first.len())
            .is_some_and(|given| given.eq_ignore_ascii_case(first))
            && !before.ends_with(char::is_alphanumeric)
            && begins_with(from, phrase)
    })
}

fn begins_with(text: &str, phrase: &str) -> bool {
    let mut given = words(text);
    words(phrase).all(|own| given.next().is_some_and(|w| w.eq_ignore_ascii_case(own)))
}

/// Whether a text is printable ASCII; all bytes are looked at, many at once.
pub(crate) fn is_printable(text: &str) -> bool {
    text.bytes()
        .fold(true, |all, byte| all & matches!(byte, b' '..=b'~'))
}

/// The letters and digits in upper case.
#[must_use]
pub fn letters(text: &str) -> String {
    let mut out = String::new();
    add_letters(text, &mut out);
    out
}

/// Adds the letters and digits in upper case.
pub(crate) fn add_letters(text: &str, out: &mut String) {
    if !text.is_ascii() {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        out.extend(letters.flat_map(char::to_uppercase));
        return;
    }
    for piece in text.as_bytes().chunks(64) {
        let (mut kept, mut count) = ([0; 64], 0);
        for byte in piece {
            let letter = LETTERS[usize::from(*byte)];
            kept[count] = letter;
            count += usize::from(letter != 0);
        }
        // ASCII stays ASCII.
        out.push_str(str::from_utf8(&kept[..count]).unwrap_or_default());
    }
}

/// By byte: the ASCII letter in upper case, the digit, or 0.
static LETTERS: [u8; 256] = {
    let mut all = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            all[byte as usize] = byte.to_ascii_uppercase();
        }
        byte += 1;
    }
    all
};

fn ascii_letters(text: &str) -> impl Iterator<Item = u8> + '_ {
    let kept = text.bytes().filter(u8::is_ascii_alphanumeric);
    kept.map(|byte| byte.to_ascii_uppercase())
}

/// Whether two texts have the same [`letters`], at least one.
#[must_use]
pub fn same_letters(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        let has_one = one.bytes().any(|byte| byte.is_ascii_alphanumeric());
        return has_one && ascii_letters(one).eq(ascii_letters(other));
    }
    let one = letters(one);
    !one.is_empty() && one == letters(other)
}

/// The nearest of `all` to `text`, if it is near enough to be meant: a third of its letters may
/// differ. Of two equally near ones the first.
#[must_use]
pub fn nearest<'a>(text: &str, all: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text = plain(text);
    let limit = (text.chars().count() / 3).max(1);
    if text.is_empty() || text.len() > 200 {
        return None;
    }
    all.into_iter()
        .map(|one| (strsim::damerau_levenshtein(&text, &plain(one)), one))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, one)| one)
}

/// A value as a message shows it: what is personal hidden, control and direction characters made
/// visible, at most `most` characters.
#[must_use]
pub fn shown(text: &str, most: usize) -> String {
    shown_in(text, most).into_owned()
}

/// The same; a text that is shown as it is costs no copy.
pub(crate) fn shown_in(text: &str, most: usize) -> Cow<'_, str> {
    // What begins before the cut may end behind it.
    const BEHIND: usize = 400;
    let near = text.floor_char_boundary(most * 4 + BEHIND);
    match personal::masked(&text[..near]) {
        Cow::Borrowed(near) => clipped_in(near, most),
        Cow::Owned(near) => clipped(&near, most).into(),
    }
}

/// The same, with everything that is personal.
pub(crate) fn clipped(text: &str, most: usize) -> String {
    clipped_in(text, most).into_owned()
}

pub(crate) fn clipped_in(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most && is_printable(text) {
        return text.into();
    }
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == most {
            out.push('…');
            break;
        }
        out.push(visible(c));
    }
    out.into()
}

/// A character that a terminal, a browser or a reader cannot be fooled with.
#[must_use]
pub fn visible(c: char) -> char {
    match c {
        '\n' | '\r' => '⏎',
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_is_near() {
        let all = ["produsen", "konsumen", "jasa"];
        assert_eq!(nearest("Produsn", all), Some("produsen"));
        assert_eq!(nearest("pertanian", all), None);
        assert_eq!(nearest("", all), None);
    }

    #[test]
    fn what_is_cut_is_hidden_as_well() {
        assert_eq!(shown("a 3302011502999999", 12), "a 330201****…");
        assert_eq!(shown("hp 081234567890", 10), "hp 0812***…");
    }

    #[test]
    fn nothing_of_a_value_reaches_the_terminal_as_a_command() {
        let text = shown("a\u{1b}[31m\u{202e}b\u{7}\nc", 40);
        assert_eq!(text, "a␛[31m\u{fffd}b␇⏎c");
        assert_eq!(shown("panjang sekali", 7), "panjang…");
    }
}
