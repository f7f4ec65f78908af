//! Colours, links, signs and wrapped lines.

use std::io::{self, Write};

use crate::render::{Style, page};
use crate::rule::Level;

/// Paints as the style allows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ink<'a> {
    style: &'a Style,
}

impl<'a> Ink<'a> {
    pub(crate) fn new(style: &'a Style) -> Self {
        Self { style }
    }

    fn paint(self, codes: &str, text: &str) -> String {
        if self.style.color && !self.style.narrated {
            format!("\u{1b}[{codes}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    pub(crate) fn good(self, text: &str) -> String {
        self.paint("32", text)
    }

    pub(crate) fn alarm(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    pub(crate) fn level(self, level: Level, text: &str) -> String {
        let codes = match level {
            Level::Error => "1;31",
            Level::Warning => "1;33",
            Level::Note => "1;36",
        };
        self.paint(codes, text)
    }

    /// A code, leading to its page.
    pub(crate) fn code(self, code: &str) -> String {
        if self.style.links && !self.style.narrated {
            format!("\u{1b}]8;;{}\u{1b}\\{code}\u{1b}]8;;\u{1b}\\", page(code))
        } else {
            code.to_owned()
        }
    }

    /// A sign, or what stands for it in ASCII.
    pub(crate) fn sign(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.style.unicode { unicode } else { ascii }
    }

    /// `[verified–upper]`
    pub(crate) fn interval(self, from: u64, to: u64) -> String {
        format!("[{from}{}{to}]", self.sign("–", "-"))
    }

    /// Writes words in lines of the style's width; the first begins with `label` (painted), all
    /// are set in by `indent`.
    pub(crate) fn wrapped(
        self,
        out: &mut dyn Write,
        indent: usize,
        label: &str,
        text: &str,
    ) -> io::Result<()> {
        write!(out, "{:indent$}{}", "", self.bold(label))?;
        let lines = self.lines(indent + label.chars().count(), indent + 2, text);
        for (at, line) in lines.iter().enumerate() {
            match (at, label.is_empty()) {
                (0, true) => write!(out, "{line}")?,
                (0, false) => write!(out, " {line}")?,
                _ => write!(out, "\n{:1$}{line}", "", indent + 2)?,
            }
        }
        writeln!(out)
    }

    /// A label that is coloured already and `long` characters wide, and a text in bold behind it.
    pub(crate) fn headline(
        self,
        out: &mut dyn Write,
        label: &str,
        long: usize,
        text: &str,
    ) -> io::Result<()> {
        write!(out, "{label}")?;
        for (at, line) in self.lines(long, 2, text).iter().enumerate() {
            let gap = if at == 0 { " " } else { "\n  " };
            write!(out, "{gap}{}", self.bold(line))?;
        }
        writeln!(out)
    }

    /// A text in lines no wider than the page: the first begins behind `used` columns, the others
    /// behind `indent`.
    fn lines(self, used: usize, indent: usize, text: &str) -> Vec<String> {
        let width = self.style.width.max(40);
        let mut lines = vec![String::new()];
        let mut column = used;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let long = word.chars().count();
            let fresh = column == indent && lines.len() > 1;
            if !fresh && column + 1 + long > width && column > 0 {
                lines.push(String::new());
                column = indent;
            }
            if let Some(line) = lines.last_mut() {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            column += 1 + long;
        }
        lines
    }
}
