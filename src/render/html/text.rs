//! Text as the page shows it: no markup, and nothing that is not seen.

use std::fmt::{self, Write};

use askama::filters::{Escaper, Html};

use crate::words::visible;

/// Escapes for HTML and makes control and direction characters visible; to what reads the log of
/// a CI job nothing is a command. All templates use it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown;

impl Escaper for Shown {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        let mut last = ' ';
        for c in text.chars().map(visible) {
            match c {
                ':' | '#' if c == last => write!(dest, "&#{};", u32::from(c))?,
                _ => Html.write_escaped_char(&mut dest, c)?,
            }
            last = c;
        }
        Ok(())
    }
}

/// Words in which what stands between two backticks is code.
pub(crate) fn marked(text: &str) -> Marked<'_> {
    Marked(text)
}

/// See [`marked`]; escaped as all else is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marked<'a>(&'a str);

impl fmt::Display for Marked<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some((before, (code, after))) = rest
            .split_once('`')
            .and_then(|(before, after)| Some((before, after.split_once('`')?)))
        {
            Shown.write_escaped_str(&mut *out, before)?;
            out.write_str("<code>")?;
            Shown.write_escaped_str(&mut *out, code)?;
            out.write_str("</code>")?;
            rest = after;
        }
        Shown.write_escaped_str(out, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup_or_unseen() {
        let mut out = String::new();
        let text = "<b a='1' c=\"2\">&\u{202e}x\u{1b}\n</script>";
        Shown.write_escaped_str(&mut out, text).unwrap();
        assert!(!out.contains(['<', '>', '\'', '"', '\u{202e}', '\u{1b}', '\n']));
        assert!(out.contains("\u{fffd}x␛⏎"), "{out}");
        let mut out = String::new();
        Shown.write_escaped_str(&mut out, "::x:##[y]").unwrap();
        assert_eq!(out, ":&#58;x:#&#35;[y]");
    }

    #[test]
    fn code_is_marked_and_escaped() {
        for (text, wanted) in [
            ("isi `a` atau `b`", "isi <code>a</code> atau <code>b</code>"),
            ("satu ` saja", "satu ` saja"),
            ("``", "<code></code>"),
        ] {
            assert_eq!(marked(text).to_string(), wanted);
        }
        let out = marked("<i>`<b>`\u{202e}").to_string();
        assert!(out.contains("<code>&#60;b&#62;</code>\u{fffd}"), "{out}");
        assert!(out.starts_with("&#60;i&#62;"), "{out}");
    }
}
