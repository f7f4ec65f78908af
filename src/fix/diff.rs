//! The edits of a file as a unified diff, made safe to show.

use std::fmt::Write as _;
use std::ops::Range;

use super::Edit;
use crate::personal::masked;
use crate::words::visible;

/// Lines around a change.
const CONTEXT: usize = 3;
/// A line longer than this, in bytes, is shown in pieces around its edits.
const LONG: usize = 4000;
/// Bytes before and behind an edit in such a piece.
const AROUND: usize = 80;

/// The diff; empty without edits. What is hostile in the text is made visible and persons' numbers
/// are hidden, so it is for reading and not for `patch`.
#[must_use]
pub fn unified(name: &str, text: &str, edits: &[Edit], color: bool) -> String {
    let paint = Paint { color };
    let lines = lines(text);
    let blocks = blocks(&lines, edits);
    let mut out = String::new();
    if blocks.is_empty() {
        return out;
    }
    let name = crate::words::shown(name, 200);
    let _ = writeln!(out, "{}", paint.put("1", &format!("--- {name}")));
    let _ = writeln!(out, "{}", paint.put("1", &format!("+++ {name} (fix)")));
    let mut shift = 0;
    let mut rest = &blocks[..];
    while !rest.is_empty() {
        let near = |pair: &[Block<'_>]| pair[1].lines.start <= pair[0].lines.end + 2 * CONTEXT;
        let count = 1 + rest.windows(2).take_while(|pair| near(pair)).count();
        let (hunk, later) = rest.split_at(count);
        shift = write_hunk(&mut out, paint, text, &lines, hunk, shift);
        rest = later;
    }
    out
}

#[derive(Clone, Copy)]
pub(super) struct Paint {
    pub(super) color: bool,
}

impl Paint {
    pub(super) fn put(self, code: &str, text: &str) -> String {
        if self.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// Edits that share lines.
struct Block<'a> {
    lines: Range<usize>,
    edits: &'a [Edit],
}

/// Byte ranges of the lines, their ends left out.
fn lines(text: &str) -> Vec<Range<usize>> {
    let end = if text.contains('\n') { b'\n' } else { b'\r' };
    let mut out = Vec::new();
    let mut start = 0;
    for at in memchr::memchr_iter(end, text.as_bytes()) {
        out.push(start..at);
        start = at + 1;
    }
    if start < text.len() {
        out.push(start..text.len());
    }
    out
}

fn blocks<'a>(lines: &[Range<usize>], edits: &'a [Edit]) -> Vec<Block<'a>> {
    let line_of = |at: usize| lines.partition_point(|line| line.end < at);
    let mut out: Vec<Block<'a>> = Vec::new();
    let mut first = 0;
    for (index, edit) in edits.iter().enumerate() {
        let span = edit.span.range();
        let (from, to) = (line_of(span.start), line_of(span.end) + 1);
        match out.last_mut() {
            Some(block) if from < block.lines.end => {
                block.lines.end = block.lines.end.max(to);
                block.edits = &edits[first..=index];
            }
            _ => {
                first = index;
                out.push(Block {
                    lines: from..to,
                    edits: &edits[index..=index],
                });
            }
        }
    }
    out
}

/// Writes one hunk; gives how many lines the new text is ahead after it.
fn write_hunk(
    out: &mut String,
    paint: Paint,
    text: &str,
    lines: &[Range<usize>],
    blocks: &[Block<'_>],
    shift: isize,
) -> isize {
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
        return shift;
    };
    let from = first.lines.start.saturating_sub(CONTEXT);
    let to = (last.lines.end + CONTEXT).min(lines.len());
    let mut body = String::new();
    let mut grown = 0_isize;
    let mut at = from;
    for block in blocks {
        context(&mut body, text, &lines[at..block.lines.start]);
        grown += write_block(&mut body, paint, text, lines, block);
        at = block.lines.end;
    }
    context(&mut body, text, &lines[at..to]);
    let old = to - from;
    let head = format!(
        "@@ -{},{old} +{},{} @@",
        from + 1,
        (from + 1).saturating_add_signed(shift),
        old.saturating_add_signed(grown),
    );
    let _ = writeln!(out, "{}", paint.put("36", &head));
    out.push_str(&body);
    shift + grown
}

fn context(out: &mut String, text: &str, lines: &[Range<usize>]) {
    for line in lines {
        let line = &text[line.clone()];
        let _ = writeln!(out, " {}", shown(&clipped(line)));
    }
}

fn write_block(
    out: &mut String,
    paint: Paint,
    text: &str,
    lines: &[Range<usize>],
    block: &Block<'_>,
) -> isize {
    let (start, end) = (
        lines[block.lines.start].start,
        lines[block.lines.end - 1].end,
    );
    if end - start > LONG {
        let cut = |far: bool| if far { "…" } else { "" };
        for edit in block.edits {
            let span = edit.span.range();
            let from = span.start.saturating_sub(AROUND).max(start);
            let to = (span.end + AROUND).min(end);
            let (left, right) = (cut(from > start), cut(to < end));
            let (before, behind) = (piece(text, from..span.start), piece(text, span.end..to));
            for (sign, code, middle) in [("-", "31", &text[span]), ("+", "32", &edit.raw)] {
                let line = format!("{sign}{left}{before}{}{behind}{right}", clipped(middle));
                let _ = writeln!(out, "{}", paint.put(code, &shown(&line)));
            }
        }
        return 0;
    }
    let mut old = Marked::default();
    let mut new = Marked::default();
    let mut at = start;
    for edit in block.edits {
        let span = edit.span.range();
        for side in [&mut old, &mut new] {
            side.push(&text[at..span.start], false);
        }
        old.push(&text[span.clone()], true);
        new.push(&edit.raw, true);
        at = span.end;
    }
    for side in [&mut old, &mut new] {
        side.push(&text[at..end], false);
    }
    let before = old.write(out, paint, "-", "31");
    let after = new.write(out, paint, "+", "32");
    after - before
}

/// A text of some lines with the pieces that differ.
#[derive(Default)]
struct Marked {
    text: String,
    pieces: Vec<(usize, bool)>,
}

impl Marked {
    fn push(&mut self, text: &str, differs: bool) {
        self.text.push_str(text);
        self.pieces.push((self.text.len(), differs));
    }

    /// Writes its lines; gives how many there are.
    fn write(&self, out: &mut String, paint: Paint, sign: &str, code: &str) -> isize {
        let strong = format!("1;4;{code}");
        // As long as before, so that the pieces still fit.
        let text = masked(&self.text);
        let mut count = 1;
        let mut from = 0;
        out.push_str(&paint.put(code, sign));
        for (to, differs) in &self.pieces {
            let code = if *differs { &strong } else { code };
            for (index, line) in text[from..*to].split('\n').enumerate() {
                if index > 0 {
                    count += 1;
                    out.push('\n');
                    out.push_str(&paint.put(code, sign));
                }
                let line = shown(line);
                if !line.is_empty() {
                    out.push_str(&paint.put(code, &line));
                }
            }
            from = *to;
        }
        out.push('\n');
        count
    }
}

/// Characters that command nothing; a line's own CR is left out.
fn shown(line: &str) -> String {
    let line = line.strip_suffix('\r').unwrap_or(line);
    masked(line).chars().map(visible).collect()
}

fn clipped(line: &str) -> String {
    if line.len() <= LONG {
        return line.to_owned();
    }
    format!("{}…", piece(line, 0..LONG))
}

/// A piece of a text, on character boundaries.
fn piece(text: &str, range: Range<usize>) -> &str {
    let floor = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at));
    let (start, end) = (floor(range.start), floor(range.end.min(text.len())));
    text.get(start.unwrap_or(0)..end.unwrap_or(0))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix::What;
    use crate::tape::Span;

    fn edit(text: &str, was: &str, raw: &str) -> Edit {
        let start = text.find(was).unwrap();
        Edit {
            span: Span::new(start, start + was.len()),
            raw: raw.to_owned(),
            was: was.to_owned(),
            now: raw.to_owned(),
            type_: crate::schema::Type::Text,
            field: String::new(),
            entry: 1,
            what: What::Spaces,
        }
    }

    #[test]
    fn hunks_are_numbered_and_parted() {
        let text: String = (1..=30).map(|n| format!("baris {n:02}\r\n")).collect();
        let edits = [
            edit(&text, "02", "dua"),
            edit(&text, "05\r\nbaris 06", "5"),
            edit(&text, "25", "x"),
        ];
        let diff = unified("a\u{1b}[2J.csv", &text, &edits, false);
        let expected = "\
--- a␛[2J.csv
+++ a␛[2J.csv (fix)
@@ -1,9 +1,8 @@
 baris 01
-baris 02
+baris dua
 baris 03
 baris 04
-baris 05
-baris 06
+baris 5
 baris 07
 baris 08
 baris 09
@@ -22,7 +21,7 @@
 baris 22
 baris 23
 baris 24
-baris 25
+baris x
 baris 26
 baris 27
 baris 28
";
        assert_eq!(diff, expected);
    }

    #[test]
    fn nothing_of_the_text_reaches_the_terminal() {
        let text = "a \u{1b}]0;x\u{7} 3302011502999999 ganti\u{202e}\n";
        let edits = [edit(text, "ganti", "\"b\u{1b}\"")];
        let diff = unified("f", text, &edits, true);
        assert!(!diff.contains(['\u{7}', '\u{202e}']) && !diff.contains("\u{1b}]"));
        assert!(!diff.contains("2999999") && diff.contains("␛]0;x␇ 330201**********"));
        let long = format!("{}é ganti {}", "é".repeat(5000), "z".repeat(9000));
        let diff = unified("f", &long, &[edit(&long, "ganti", "baru")], false);
        assert!(diff.len() < 1000 && diff.contains("é baru zzz"), "{diff}");
    }
}
