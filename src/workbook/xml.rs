//! XML that is passed through as it stands but for what must change.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

use super::Error;

/// A text's events with the bytes that they stand on.
pub(super) struct Tags<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
}

impl<'a> Tags<'a> {
    pub(super) fn new(text: &'a str, part: &'a str) -> Self {
        Self {
            reader: Reader::from_str(text),
            part,
        }
    }

    /// The next event; None at the end.
    pub(super) fn next(&mut self) -> Result<Option<(Event<'a>, Range<usize>)>, Error> {
        let start = self.at();
        let event = self
            .reader
            .read_event()
            .map_err(|error| malformed(self.part, &error))?;
        let end = self.at();
        Ok((!matches!(event, Event::Eof)).then_some((event, start..end)))
    }

    /// Where it has come to.
    pub(super) fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Skips to the end of the element that has just begun; gives the range of its content.
    pub(super) fn content(&mut self, tag: &BytesStart<'_>) -> Result<Range<usize>, Error> {
        let span = self
            .reader
            .read_to_end(tag.name())
            .map_err(|error| malformed(self.part, &error))?;
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        Ok(place(span.start)..place(span.end))
    }
}

pub(super) fn malformed(part: &str, fault: &dyn std::fmt::Display) -> Error {
    Error::Malformed {
        part: part.to_owned(),
        fault: fault.to_string(),
    }
}

/// The name without its prefix.
pub(super) fn local(name: QName<'_>) -> &str {
    name.local_name().into_inner()
}

/// The prefix of a name with its colon, or nothing.
pub(super) fn prefix(name: QName<'_>) -> String {
    name.prefix()
        .map(|prefix| format!("{}:", prefix.into_inner()))
        .unwrap_or_default()
}

/// The value of an attribute without a prefix.
pub(super) fn attribute<'a>(tag: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut all = tag.attributes();
    let mut all = all.with_checks(false).flatten();
    value(all.find(|own| own.key.0 == name)?)
}

/// The value of an attribute that has a prefix: `r:id`.
pub(super) fn prefixed<'a>(tag: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut all = tag.attributes();
    let mut all = all.with_checks(false).flatten();
    let own = all.find(|own| own.key.prefix().is_some() && local(own.key) == name)?;
    value(own)
}

fn value(own: Attribute<'_>) -> Option<Cow<'_, str>> {
    match own.value {
        Cow::Borrowed(raw) => quick_xml::escape::unescape(raw).ok(),
        Cow::Owned(raw) => quick_xml::escape::unescape(&raw)
            .ok()
            .map(|text| Cow::Owned(text.into_owned())),
    }
}

/// The tag with some attributes set (or left out), the others as they stand.
pub(super) fn with(tag: &BytesStart<'_>, changes: &[(&str, Option<&str>)]) -> BytesStart<'static> {
    let mut out = BytesStart::new(tag.name().0.to_owned());
    let mut done = vec![false; changes.len()];
    for own in tag.attributes().with_checks(false).flatten() {
        match changes.iter().position(|(name, _)| own.key.0 == *name) {
            Some(at) => {
                if let (Some(value), false) = (changes[at].1, done[at]) {
                    out.push_attribute((changes[at].0, value));
                }
                done[at] = true;
            }
            None => out.push_attribute(Attribute {
                key: own.key,
                value: own.value.replace('"', "&quot;").into(),
            }),
        }
    }
    for ((name, value), done) in changes.iter().zip(done) {
        if let (Some(value), false) = (value, done) {
            out.push_attribute((*name, *value));
        }
    }
    out
}

/// A tag as text.
pub(super) fn opened(tag: &BytesStart<'_>, empty: bool) -> String {
    let text: &str = tag;
    format!("<{text}{}>", if empty { "/" } else { "" })
}

/// Text of a cell or comment: escaped, nothing in it that XML forbids, and no `_x0041_` that a
/// spreadsheet would take for a character.
pub(super) fn cell_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().take(32_000) {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' => {}
            _ => out.push(crate::words::visible(c)),
        }
    }
    let noncharacters = |c| matches!(c, '\u{fffe}' | '\u{ffff}');
    let out = out.replace(noncharacters, "\u{fffd}");
    let mut guarded = String::with_capacity(out.len());
    let mut rest = out.as_str();
    while let Some(at) = rest.find("_x") {
        let code = rest.as_bytes().get(at + 2..at + 7).unwrap_or_default();
        let (before, after) = rest.split_at(at);
        guarded.push_str(before);
        let coded =
            code.len() == 5 && code[4] == b'_' && code[..4].iter().all(u8::is_ascii_hexdigit);
        guarded.push_str(if coded { "_x005F_x" } else { "_x" });
        rest = &after[2..];
    }
    guarded.push_str(rest);
    escape(guarded).into_owned()
}

/// What a cell's or comment's text was before [`cell_text`]'s guard or a spreadsheet's.
pub(super) fn plain_text(text: &str) -> String {
    text.replace("_x005F_", "_").replace("_x000D_", "")
}

/// Changes to a text, made at once.
pub(super) struct Splice<'a> {
    text: &'a str,
    edits: Vec<(Range<usize>, String)>,
}

impl<'a> Splice<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            edits: Vec::new(),
        }
    }

    pub(super) fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.edits.push((range, with.into()));
    }

    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// The text with all changes; of overlapping ones the first stands.
    pub(super) fn done(mut self) -> String {
        self.edits
            .sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        for (range, with) in &self.edits {
            let Some(before) = self.text.get(at..range.start) else {
                continue;
            };
            out.push_str(before);
            out.push_str(with);
            at = range.end;
        }
        out.push_str(self.text.get(at..).unwrap_or_default());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_change_and_the_rest_stays() {
        let tag = BytesStart::from_content(r#"x:c r='A"1' s="3" t="s" x:y="&amp;""#, 3);
        let out = opened(
            &with(&tag, &[("s", Some("7")), ("t", None), ("n", Some("<"))]),
            true,
        );
        assert_eq!(out, r#"<x:c r="A&quot;1" s="7" x:y="&amp;" n="&lt;"/>"#);
        assert_eq!(prefix(tag.name()), "x:");
        assert_eq!(attribute(&tag, "r").unwrap(), "A\"1");
        assert_eq!(attribute(&tag, "y"), None);
    }

    #[test]
    fn text_of_data_is_text_and_nothing_else() {
        assert_eq!(
            cell_text("<a>\u{1}&\u{ffff}_x0041_ _x_ \u{202e}"),
            "&lt;a&gt;␁&amp;\u{fffd}_x005F_x0041_ _x_ \u{fffd}"
        );
        assert_eq!(plain_text("_x005F_x0041_\n_x000D_"), "_x0041_\n");
    }

    #[test]
    fn changes_are_made_at_once() {
        let mut splice = Splice::new("abcdef");
        splice.replace(4..5, "E");
        splice.insert(1, "1");
        splice.replace(1..3, "");
        assert_eq!(splice.done(), "a1dEf");
    }
}
