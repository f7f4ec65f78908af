//! Text as the page shows it: no markup, and nothing that is not seen.

use std::fmt::{self, Write};

use askama::filters::{Escaper, Html};

use crate::words::visible;

/// Escapes for HTML and makes control and direction characters visible. All templates use it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown;

impl Escaper for Shown {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        if text.chars().all(|c| visible(c) == c) {
            return Html.write_escaped_str(dest, text);
        }
        for c in text.chars() {
            Html.write_escaped_char(&mut dest, visible(c))?;
        }
        Ok(())
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
    }
}
