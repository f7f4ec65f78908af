//! The comments of a sheet: the user's own stay, ours are added, those of an earlier run go.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use quick_xml::events::Event;

use super::Error;
use super::cells::{name, parsed};
use super::survey::append_text;
use super::xml::{Splice, Tags, attribute, cell_text, local, malformed, opened, prefix};

/// Who writes our comments.
pub(super) const AUTHOR: &str = "koplint";
/// The line with which our words begin, also where they follow the user's own. Not every program
/// keeps the author.
const SIGN: &str = "── koplint ──";

/// A sheet's comments after our work.
pub(super) struct Notes {
    pub(super) xml: String,
    /// Cells that have a new comment.
    pub(super) fresh: Vec<(u32, u32)>,
    /// Cells that no longer have one.
    pub(super) gone: BTreeSet<(u32, u32)>,
}

const NOTHING: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    "\n",
    r#"<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors/><commentList/></comments>"#
);

/// A comment as it stands.
struct Own {
    place: (u32, u32),
    author: usize,
    all: Range<usize>,
    /// The content of its text.
    text: Range<usize>,
    /// Its text has nothing in it, `<text/>`.
    empty: bool,
    words: String,
    /// Where runs, each whole, begin and end, with their words.
    runs: Vec<(Range<usize>, String)>,
}

struct Parsed {
    prefix: String,
    authors: Vec<String>,
    authors_at: Range<usize>,
    authors_empty: bool,
    list_at: Range<usize>,
    list_empty: bool,
    all: Vec<Own>,
}

/// Puts comments into a sheet's own (None if it has none).
pub(super) fn notes(
    own: Option<&str>,
    part: &str,
    add: &BTreeMap<(u32, u32), String>,
    clean: bool,
) -> Result<Notes, Error> {
    let text = own.unwrap_or(NOTHING);
    let Parsed {
        prefix,
        authors,
        authors_at,
        authors_empty,
        list_at,
        list_empty,
        all,
    } = parse(text, part)?;
    let mut splice = Splice::new(text);
    let mut out = Notes {
        xml: String::new(),
        fresh: Vec::new(),
        gone: BTreeSet::new(),
    };
    let by = |own: &Own| authors.get(own.author).map_or("", String::as_str);
    let mut taken = BTreeSet::new();
    for own in &all {
        if clean && own.words.trim_start().starts_with(SIGN) {
            splice.replace(own.all.clone(), "");
            out.gone.insert(own.place);
            continue;
        }
        taken.insert(own.place);
        if clean && let Some(kept) = without_ours(text, own, &prefix) {
            let more = add
                .get(&own.place)
                .map(|more| run(&format!("\n{SIGN}\n{more}"), &prefix));
            splice.replace(own.text.clone(), kept + &more.unwrap_or_default());
            continue;
        }
        // The words of a thread stand elsewhere; what is here only says so.
        let thread = by(own).starts_with("tc=");
        let Some(more) = add.get(&own.place).filter(|_| !thread) else {
            continue;
        };
        let more = run(&format!("\n{SIGN}\n{more}"), &prefix);
        if own.empty {
            let tag = format!("<{prefix}text>{more}</{prefix}text>");
            splice.replace(own.text.clone(), tag);
        } else if own.runs.is_empty() {
            splice.replace(own.text.clone(), run(&own.words, &prefix) + &more);
        } else {
            let end = own.runs.last().map_or(own.text.end, |(range, _)| range.end);
            splice.insert(end, more);
        }
    }
    let author = authors.iter().position(|name| name == AUTHOR);
    let number = author.unwrap_or(authors.len());
    let mut comments = String::new();
    for ((row, column), words) in add.iter().filter(|(place, _)| !taken.contains(place)) {
        let cell = name(*row, *column);
        let run = run(&format!("{SIGN}\n{words}"), &prefix);
        comments += &format!(
            r#"<{prefix}comment ref="{cell}" authorId="{number}"><{prefix}text>{run}</{prefix}text></{prefix}comment>"#
        );
        out.fresh.push((*row, *column));
    }
    if author.is_none() && !out.fresh.is_empty() {
        let new = format!("<{prefix}author>{AUTHOR}</{prefix}author>");
        put(
            &mut splice,
            authors_at,
            authors_empty,
            "authors",
            &prefix,
            new,
        );
    }
    if !comments.is_empty() {
        put(
            &mut splice,
            list_at,
            list_empty,
            "commentList",
            &prefix,
            comments,
        );
    }
    out.xml = splice.done();
    Ok(out)
}

/// Adds to the end of a list, which may be an empty tag.
fn put(
    splice: &mut Splice<'_>,
    at: Range<usize>,
    empty: bool,
    name: &str,
    prefix: &str,
    new: String,
) {
    if empty {
        splice.replace(at, format!("<{prefix}{name}>{new}</{prefix}{name}>"));
    } else {
        splice.insert(at.end, new);
    }
}

/// The content of a comment's text without what an earlier run added; None if there is nothing.
fn without_ours(text: &str, own: &Own, prefix: &str) -> Option<String> {
    let at = own.words.find(SIGN)?;
    let first = own
        .runs
        .iter()
        .position(|(_, words)| words.trim_start().starts_with(SIGN));
    match first {
        // Our run is still one of its own.
        Some(first) => {
            let start = own.runs[first].0.start;
            text.get(own.text.start..start).map(str::to_owned)
        }
        None => Some(run(own.words[..at].trim_end_matches('\n'), prefix)),
    }
}

fn run(words: &str, prefix: &str) -> String {
    let words = cell_text(words);
    format!(
        concat!(
            r#"<{p}r><{p}rPr><{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/>"#,
            r#"<{p}family val="2"/></{p}rPr><{p}t xml:space="preserve">{words}</{p}t></{p}r>"#
        ),
        p = prefix,
        words = words
    )
}

fn parse(text: &str, part: &str) -> Result<Parsed, Error> {
    let mut out = Parsed {
        prefix: String::new(),
        authors: Vec::new(),
        authors_at: 0..0,
        authors_empty: false,
        list_at: 0..0,
        list_empty: false,
        all: Vec::new(),
    };
    let mut tags = Tags::new(text, part);
    let mut root = true;
    let (mut reading, mut run_at) = (false, 0);
    while let Some((event, range)) = tags.next()? {
        let empty = matches!(event, Event::Empty(_));
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                if std::mem::take(&mut root) {
                    out.prefix = prefix(tag.name());
                }
                match local(tag.name()) {
                    "authors" => {
                        out.authors_at = range;
                        out.authors_empty = empty;
                    }
                    "author" => out.authors.push(String::new()),
                    "commentList" => {
                        out.list_at = range;
                        out.list_empty = empty;
                    }
                    "comment" => {
                        let place = attribute(tag, "ref").and_then(|cell| parsed(&cell));
                        let place = place.ok_or_else(|| malformed(part, &opened(tag, false)))?;
                        let author = attribute(tag, "authorId").and_then(|id| id.parse().ok());
                        out.all.push(Own {
                            place,
                            author: author.unwrap_or(usize::MAX),
                            all: range,
                            text: 0..0,
                            empty: false,
                            words: String::new(),
                            runs: Vec::new(),
                        });
                    }
                    "text" => {
                        if let Some(own) = out.all.last_mut() {
                            own.empty = empty;
                            own.text = if empty { range } else { range.end..range.end };
                        }
                    }
                    "r" => {
                        run_at = range.start;
                        if let Some(own) = out.all.last_mut() {
                            own.runs.push((range, String::new()));
                        }
                    }
                    "t" => reading = !empty,
                    _ => {}
                }
            }
            Event::End(tag) => match local(tag.name()) {
                "authors" => out.authors_at.end = range.start,
                "commentList" => out.list_at.end = range.start,
                "t" => reading = false,
                name => {
                    let Some(own) = out.all.last_mut() else {
                        continue;
                    };
                    match name {
                        "comment" => own.all.end = range.end,
                        "text" => own.text.end = range.start,
                        "r" => {
                            if let Some(last) = own.runs.last_mut() {
                                last.0 = run_at..range.end;
                            }
                        }
                        _ => {}
                    }
                }
            },
            event if reading => {
                if let Some(own) = out.all.last_mut() {
                    append_text(event, &mut own.words);
                    if let Some((range, words)) = own.runs.last_mut()
                        && range.start == run_at
                    {
                        append_text(event, words);
                    }
                }
            }
            event if out.all.is_empty() => {
                if let Some(author) = out.authors.last_mut() {
                    append_text(event, author);
                }
            }
            _ => {}
        }
    }
    if out.list_at.end == 0 {
        return Err(malformed(part, &"commentList"));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(place: (u32, u32), words: &str) -> BTreeMap<(u32, u32), String> {
        [(place, words.to_owned())].into()
    }

    #[test]
    fn comments_come_and_go_and_the_users_stay() {
        let own = concat!(
            r#"<x:comments xmlns:x="n"><x:authors><x:author>Ani &amp; Budi</x:author></x:authors>"#,
            r#"<x:commentList><x:comment ref="B2" authorId="0"><x:text><x:t>milik &lt;Ani&gt;</x:t></x:text></x:comment>"#,
            r#"</x:commentList></x:comments>"#
        );
        let mut add = one((2, 2), "satu");
        add.insert((3, 3), "dua".to_owned());
        let first = notes(Some(own), "p", &add, false).unwrap();
        assert_eq!(first.fresh, [(3, 3)]);
        assert!(first.xml.contains("milik &lt;Ani&gt;"));
        assert!(first.xml.contains(r#"<x:comment ref="C3" authorId="1">"#));
        let again = notes(Some(&first.xml), "p", &add, true).unwrap();
        assert_eq!(again.gone, [(3, 3)].into());
        assert_eq!(again.xml, first.xml);
        let cleaned = notes(Some(&first.xml), "p", &BTreeMap::new(), true).unwrap();
        let parsed = parse(&cleaned.xml, "p").unwrap();
        assert_eq!(parsed.all.len(), 1);
        assert_eq!(parsed.all[0].words, "milik <Ani>");
    }

    #[test]
    fn a_thread_is_left_alone_and_runs_are_kept() {
        let own = concat!(
            r#"<comments><authors><author>tc={1}</author><author>Ani</author></authors><commentList>"#,
            r#"<comment ref="A1" authorId="0"><text><t>[Threaded comment]</t></text></comment>"#,
            r#"<comment ref="A2" authorId="1"><text><r><rPr><b/></rPr><t>tebal</t></r></text></comment>"#,
            r#"<comment ref="A3" authorId="1"><text/></comment>"#,
            r#"</commentList></comments>"#
        );
        let add = [(1, "x"), (2, "y"), (3, "z")].map(|(row, text)| ((row, 1), text.to_owned()));
        let out = notes(Some(own), "p", &add.into(), false).unwrap();
        assert!(out.fresh.is_empty());
        assert!(out.xml.contains("<text><t>[Threaded comment]</t></text>"));
        assert!(
            out.xml
                .contains("<r><rPr><b/></rPr><t>tebal</t></r><r><rPr>")
        );
        assert!(out.xml.contains("── koplint ──\nz"));
    }

    #[test]
    fn a_sheet_without_comments_gets_its_first() {
        let out = notes(None, "p", &one((1, 1), "a"), false).unwrap();
        assert!(
            out.xml
                .contains("<authors><author>koplint</author></authors>")
        );
        assert!(notes(Some("<comments/>"), "p", &one((1, 1), "a"), false).is_err());
    }
}
