//! One page for a browser: it fetches nothing and runs nothing, and what the data say is text.

use std::io::{self, Write};

use askama::Template;

use super::told::{self, Mark, Told};
use super::words;
use crate::compare::{Comparison, Kind, Parameter, Row};
use crate::lang::Lang;
use crate::render::html::{STYLE, csp};

const OWN: &str = include_str!("compare.css");

/// Changes that are shown of a section.
const MOST: usize = 1_000;
/// Files that are named as not read.
const FILES: usize = 100;

#[derive(Template)]
#[template(path = "page.html", config = "src/compare/askama.toml")]
struct Page<'a> {
    lang: Lang,
    own: &'a Comparison,
    policy: String,
    style: String,
    version: &'static str,
    title: &'static str,
    sides: [&'static str; 2],
    counts: [u64; 2],
    effect: String,
    books: [(&'static str, u64, u64); 6],
    causes: Vec<(String, String)>,
    rows: Vec<(&'a Row, &'a str, Option<&'static str>)>,
    more_rows: Option<String>,
    sections: Vec<Group>,
    candidates: Vec<[String; 3]>,
    more_candidates: Option<String>,
    remarks: Vec<String>,
    unread: Vec<String>,
    more_unread: Option<String>,
}

/// A section of changes.
struct Group {
    id: &'static str,
    title: &'static str,
    count: usize,
    all: Vec<Told>,
    more: Option<String>,
}

/// Writes it.
pub(super) fn write(own: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let lang = own.lang;
    let style = csp::plain(STYLE) + &csp::plain(OWN);
    let signed = |effect: i64| match effect {
        0 => "±0".to_owned(),
        other => format!("{other:+}").replace('-', "−"),
    };
    let causes = own.causes.iter();
    let unread = match own.complete() {
        true => Vec::new(),
        false => words::unread(own),
    };
    let sections = told::sections(own).into_iter().map(|section| Group {
        id: section.id,
        title: section.title,
        count: section.changes.len(),
        all: section
            .changes
            .iter()
            .take(MOST)
            .map(|one| told::tell(one, lang))
            .collect(),
        more: told::more(section.changes.len(), MOST, lang),
    });
    let rows = own.rows.iter().take(MOST);
    let candidates = own.candidates.iter().take(MOST);
    let page = Page {
        lang,
        own,
        policy: csp::still(&style),
        style,
        version: env!("CARGO_PKG_VERSION"),
        title: words::title(own),
        sides: words::sides(own.kind, lang),
        counts: own.counts(),
        effect: signed(own.effect()),
        books: words::books([own.sides[0].books, own.sides[1].books], lang),
        causes: causes
            .map(|sum| {
                (
                    words::cause(sum.cause, sum.effect > 0, lang),
                    signed(sum.effect),
                )
            })
            .collect(),
        rows: rows
            .map(|row| (row, words::region(row), words::remark(row, lang)))
            .collect(),
        more_rows: told::more(own.rows.len(), MOST, lang),
        sections: sections.collect(),
        candidates: candidates
            .map(|one| told::candidate(&one.old, &one.new, one.same_name, lang))
            .collect(),
        more_candidates: told::more(own.candidates.len(), MOST, lang),
        remarks: words::remarks(own),
        more_unread: told::more(unread.len(), FILES, lang),
        unread: unread.into_iter().take(FILES).collect(),
    };
    page.write_into(out)
}

/// A value, or that there is none.
fn value(one: &Parameter, side: usize) -> &str {
    one.values[side].as_deref().unwrap_or("–")
}
