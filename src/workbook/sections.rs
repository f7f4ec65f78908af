//! The lists of `styles.xml`, each extended at its end.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::Error;
use super::xml::{Splice, Tags, local, opened, prefix, with};

/// A list of the part, in the order that the format asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Numbers,
    Fonts,
    Fills,
    Formats,
}

/// All lists in their order.
const ORDER: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Numbers => "numFmts",
            Self::Fonts => "fonts",
            Self::Fills => "fills",
            Self::Formats => "cellXfs",
        }
    }

    /// What an empty list begins with.
    fn first(self, prefix: &str) -> Vec<String> {
        let all: &[&str] = match self {
            Self::Numbers => &[],
            Self::Fonts => &["<#font/>"],
            Self::Fills => &[
                r#"<#fill><#patternFill patternType="none"/></#fill>"#,
                r#"<#fill><#patternFill patternType="gray125"/></#fill>"#,
            ],
            Self::Formats => {
                &[r#"<#xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#]
            }
        };
        all.iter().map(|text| text.replace('#', prefix)).collect()
    }
}

/// What is added to a list.
pub(super) struct Section {
    kind: Kind,
    fresh: Vec<String>,
}

impl Section {
    pub(super) fn new(kind: Kind, fresh: Vec<String>) -> Self {
        Self { kind, fresh }
    }
}

struct Found {
    kind: Kind,
    tag: BytesStart<'static>,
    tag_at: Range<usize>,
    empty: bool,
    end: usize,
    items: Vec<Range<usize>>,
}

/// The part, taken apart.
pub(super) struct Sections {
    text: String,
    prefix: String,
    found: Vec<Found>,
    /// Where each direct child of the root begins, by its place in the order.
    children: Vec<(usize, usize)>,
    end: usize,
}

const NOTHING: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    "\n",
    r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></styleSheet>"#
);

impl Sections {
    pub(super) fn read(text: Option<String>, part: &str) -> Result<Self, Error> {
        let text = text.unwrap_or_else(|| NOTHING.to_owned());
        let mut out = Self {
            text: String::new(),
            prefix: String::new(),
            found: Vec::new(),
            children: Vec::new(),
            end: 0,
        };
        let mut tags = Tags::new(&text, part);
        let mut depth = 0;
        let mut open: Option<usize> = None;
        while let Some((event, range)) = tags.next()? {
            let empty = matches!(event, Event::Empty(_));
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    if depth == 0 {
                        out.prefix = prefix(tag.name());
                    } else if depth == 1 {
                        open = out.child(&tag, &range, empty);
                    } else if depth == 2
                        && let Some(at) = open
                    {
                        let end = match empty {
                            true => range.end,
                            false => {
                                tags.content(&tag)?;
                                tags.at()
                            }
                        };
                        out.found[at].items.push(range.start..end);
                        continue;
                    }
                    depth += usize::from(!empty);
                }
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    if depth == 1
                        && let Some(at) = open.take()
                    {
                        out.found[at].end = range.start;
                    }
                    if depth == 0 {
                        out.end = range.start;
                    }
                }
                _ => {}
            }
        }
        if out.end == 0 {
            return Err(super::xml::malformed(part, &"styleSheet"));
        }
        out.text = text;
        Ok(out)
    }

    fn child(&mut self, tag: &BytesStart<'_>, range: &Range<usize>, empty: bool) -> Option<usize> {
        let name = local(tag.name());
        let place = ORDER.iter().position(|one| *one == name);
        self.children
            .push((place.unwrap_or(ORDER.len()), range.start));
        let all = [Kind::Numbers, Kind::Fonts, Kind::Fills, Kind::Formats];
        let kind = all.into_iter().find(|kind| kind.name() == name)?;
        self.found.push(Found {
            kind,
            tag: tag.to_owned(),
            tag_at: range.clone(),
            empty,
            end: range.end,
            items: Vec::new(),
        });
        (!empty).then(|| self.found.len() - 1)
    }

    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The items of a list as text.
    pub(super) fn items(&self, kind: Kind) -> Vec<&str> {
        let found = self.found.iter().find(|found| found.kind == kind);
        let items = found
            .map(|found| found.items.as_slice())
            .unwrap_or_default();
        items
            .iter()
            .filter_map(|range| self.text.get(range.clone()))
            .collect()
    }

    /// The part with additions at the end of lists.
    pub(super) fn with<const N: usize>(&self, sections: [Section; N]) -> String {
        let mut splice = Splice::new(&self.text);
        for Section { kind, fresh } in sections {
            let found = self.found.iter().find(|found| found.kind == kind);
            let before = found.map_or(0, |found| found.items.len());
            let mut all = match before {
                0 => kind.first(&self.prefix),
                _ => Vec::new(),
            };
            all.extend(fresh);
            if all.is_empty() {
                continue;
            }
            let count = (before + all.len()).to_string();
            let items = all.concat();
            let Some(found) = found else {
                let name = format!("{}{}", self.prefix, kind.name());
                let place = ORDER.iter().position(|one| *one == kind.name());
                let next = self.children.iter().find(|(own, _)| Some(*own) > place);
                let text = format!(r#"<{name} count="{count}">{items}</{name}>"#);
                splice.insert(next.map_or(self.end, |(_, at)| *at), text);
                continue;
            };
            let tag = opened(&with(&found.tag, &[("count", Some(&count))]), false);
            if found.empty {
                let name = found.tag.name().0;
                splice.replace(found.tag_at.clone(), format!("{tag}{items}</{name}>"));
            } else {
                splice.replace(found.tag_at.clone(), tag);
                splice.insert(found.end, items);
            }
        }
        splice.done()
    }
}
