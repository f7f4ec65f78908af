//! Text of the data in Markdown, and a page that keeps to a size.

use crate::lang::Lang;
use crate::render::safe;
use crate::say;
use crate::words;

/// What the page may hold, in bytes; GitHub takes 65,536 characters.
const MOST: usize = 60_000;

/// Text of the data that stays text: no markup, no HTML, no link, no mention, no reference.
pub(crate) fn escaped(text: &str, most: usize) -> String {
    let text = safe(&words::shown(text, most));
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut last = ' ';
    for c in text.chars() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            // What follows is no name or number to refer to.
            '@' | '#' | '!' | '~' | '$' | '%' => {
                out.push('\\');
                out.push(c);
                out += "&#8203;";
            }
            // GH-12 is a reference too.
            '-' if matches!(last, 'h' | 'H') => out += "-&#8203;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '.' | ':' | '/' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
        last = c;
    }
    out
}

/// A page that takes lines until it is full, and counts those that it does not take.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    text: String,
    cut: usize,
}

impl Sheet {
    pub(crate) fn line(&mut self, line: &str) {
        // Once a line is left out, all after it are: no row stands under another heading.
        if self.cut > 0 || self.text.len() + line.len() > MOST {
            self.cut += 1;
        } else {
            self.text += line;
            self.text.push('\n');
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.cut > 0
    }

    /// The page, with the word that it was cut.
    pub(crate) fn end(mut self, lang: Lang) -> String {
        if self.cut > 0 {
            let text = say!(lang,
                id: "**Ringkasan ini dipotong di sini karena terlalu panjang;** laporan lengkap ada dalam bentuk lain.",
                en: "**This summary is cut here for its length;** the other formats have the whole report.",
            );
            self.text += &format!("\n{text}\n");
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_data_is_markup() {
        let text = escaped("<b>|`x`[a](http://b) @tim #12 GH-3 a@b www.c.d\n# e", 200);
        assert_eq!(
            text,
            "&lt;b&gt;\\|\\`x\\`\\[a\\](http\\:\\/\\/b) \\@&#8203;tim \\#&#8203;12 \
             GH-&#8203;3 a\\@&#8203;b www\\.c\\.d⏎\\#&#8203; e"
        );
    }

    #[test]
    fn a_page_keeps_to_its_size_and_says_so() {
        let mut sheet = Sheet::default();
        for _ in 0..2_000 {
            sheet.line(&"x".repeat(100));
        }
        assert!(sheet.is_full());
        let text = sheet.end(Lang::En);
        assert!(text.len() < 61_000 && text.contains("cut here"));
    }
}
