//! Draws an excerpt with miette.
//!
//! miette sees only the excerpt, clipped to the terminal: it walks a source from its first byte,
//! panics on columns over 65 535, and passes on what it is given.

use std::fmt;
use std::io::{self, Write};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use crate::place::Excerpt;
use crate::render::{Style, safe};

/// Draws the excerpt under its place's name, with the label at the place.
pub(super) fn draw(
    excerpt: &Excerpt,
    name: &str,
    label: &str,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let theme = GraphicalTheme {
        characters: match style.unicode {
            true => ThemeCharacters::unicode(),
            false => ThemeCharacters::ascii(),
        },
        styles: match style.color {
            true => ThemeStyles::ansi(),
            false => ThemeStyles::none(),
        },
    };
    let drawing = Drawing {
        snippet: Snippet::cut(excerpt, name, style.width.max(40) - 12, style.unicode),
        label: safe(label),
    };
    let mut text = String::new();
    let drawn = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(style.width.max(40))
        .without_primary_span_start()
        .without_syntax_highlighting()
        .render_report(&mut text, &drawing);
    // The first line is the message, which we write in our own words.
    let lines = text.split_once('\n').map_or("", |(_, lines)| lines);
    if drawn.is_err() || lines.is_empty() {
        return writeln!(out, "  {name}");
    }
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// What miette is given: a message that is dropped, and one label.
#[derive(Debug)]
struct Drawing {
    snippet: Snippet,
    label: String,
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("-")
    }
}

impl std::error::Error for Drawing {}

impl Diagnostic for Drawing {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippet)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let Snippet { start, end, .. } = self.snippet;
        let label = LabeledSpan::new(Some(self.label.clone()), start, end - start);
        Some(Box::new(std::iter::once(label)))
    }
}

/// A few lines with the number of the first.
#[derive(Debug)]
struct Snippet {
    name: String,
    text: String,
    first_line: usize,
    start: usize,
    end: usize,
}

impl Snippet {
    /// The excerpt, its lines no wider than `width`.
    fn cut(excerpt: &Excerpt, name: &str, width: usize, unicode: bool) -> Self {
        let more = if unicode { "…" } else { "..." };
        let mut out = Self {
            name: name.to_owned(),
            text: String::new(),
            first_line: excerpt.first_line.saturating_sub(1) as usize,
            start: 0,
            end: 0,
        };
        let mut from = 0;
        for (number, line) in excerpt.text.split_terminator('\n').enumerate() {
            let until = from + line.len();
            let here = excerpt.start >= from && excerpt.start <= until;
            let before = match here {
                true => excerpt
                    .text
                    .get(from..excerpt.start)
                    .map_or(0, |text| text.chars().count()),
                false => 0,
            };
            // A third of the line before the place is enough to know it by.
            let skip = match line.chars().count() > width {
                true => before.saturating_sub(width / 3),
                false => 0,
            };
            if skip > 0 || number == 0 && excerpt.column > 1 {
                out.text.push_str(more);
            }
            let mut left = width;
            for (offset, c) in line.char_indices().skip(skip) {
                out.mark(excerpt, from + offset);
                if left == 0 {
                    out.text.push_str(more);
                    break;
                }
                out.text.push(crate::words::visible(c));
                left -= 1;
            }
            if excerpt.start == until {
                out.start = out.text.len();
            }
            // A place that goes on beyond what is shown ends with it.
            if excerpt.end > from && excerpt.end <= until && out.end == 0 || excerpt.end == until {
                out.end = out.text.len();
            }
            out.text.push('\n');
            from = until + 1;
        }
        if out.end < out.start || out.end == 0 && excerpt.end > excerpt.start {
            out.end = out.text.trim_end_matches('\n').len().max(out.start);
        }
        out.start = out.start.min(out.end);
        out
    }

    fn mark(&mut self, excerpt: &Excerpt, at: usize) {
        if at == excerpt.start {
            self.start = self.text.len();
        }
        if at == excerpt.end {
            self.end = self.text.len();
        }
    }
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            (0, self.text.len()).into(),
            self.first_line,
            0,
            self.text.lines().count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stays_on_its_text() {
        for left in [0, 3, 30, 90, 150] {
            for word in ["", "x", "kata kunci"] {
                let text = format!("{}{word}{}\nb\n", "é".repeat(left), "a".repeat(90));
                let start = 2 * left;
                let excerpt = Excerpt {
                    first_line: 7,
                    text,
                    start,
                    end: start + word.len(),
                    column: 1,
                };
                let snippet = Snippet::cut(&excerpt, "f", 60, true);
                assert_eq!(
                    &snippet.text[snippet.start..snippet.end],
                    word,
                    "{snippet:?}"
                );
                let mut out = Vec::new();
                let style = Style {
                    width: 72,
                    ..Style::default()
                };
                draw(&excerpt, "f:7:1", "salah", &style, &mut out).unwrap();
                let text = String::from_utf8(out).unwrap();
                assert!(text.contains("[f:7:1]") && text.contains(" 7 │"), "{text}");
                assert!(
                    text.lines().all(|line| line.chars().count() <= 72),
                    "{text}"
                );
            }
        }
    }
}
