//! `styles.xml`: every style stays; marked cells get a copy of theirs with another fill.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::fills::{Fill, Fills};
use super::sections::{Kind, Section, Sections};
use super::xml::{Tags, attribute, local, opened, with};
use super::{Error, Tone};

/// Excel's limit of cell formats, with some room.
const MOST: usize = 64_000;

/// How a cell of a sheet of our own looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Look {
    /// As it is.
    Plain,
    /// Lines are broken.
    Wrapped,
    /// The sheet's title.
    Title,
    /// A heading.
    Bold,
    /// In the colour of a mark.
    Tone(Tone),
    /// Leads to a cell.
    Link,
    /// Something to be careful about.
    Alarm,
}

/// A cell format: its tag, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Format {
    tag: BytesStart<'static>,
    inner: Option<String>,
}

/// What is done to a format.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Change {
    Mark(Tone),
    Unmark,
    Date,
}

/// The styles of a workbook.
pub(super) struct Styles {
    sections: Sections,
    formats: Vec<Format>,
    before: usize,
    known: HashMap<Format, u32>,
    fills: Fills,
    /// For each font whether its letters are light.
    light: Vec<bool>,
    fonts: Vec<String>,
    codes: HashMap<u32, String>,
    derived: HashMap<(u32, Change), u32>,
    looks: HashMap<Look, u32>,
}

impl Styles {
    /// Reads the part. `colours` are fills that an earlier run put over others.
    pub(super) fn read(
        text: Option<String>,
        part: &str,
        colours: HashMap<String, String>,
    ) -> Result<Self, Error> {
        let sections = Sections::read(text, part)?;
        let fills = Fills::new(sections.items(Kind::Fills), part, colours)?;
        let mut formats = Vec::new();
        for text in sections.items(Kind::Formats) {
            formats.push(format(text, part)?);
        }
        if formats.is_empty() {
            formats.push(format(DEFAULT, part)?);
        }
        let mut light = Vec::new();
        for text in sections.items(Kind::Fonts) {
            light.push(is_light(text, part)?);
        }
        let mut codes = HashMap::new();
        for text in sections.items(Kind::Numbers) {
            if let Some((Event::Start(tag) | Event::Empty(tag), _)) =
                Tags::new(text, part).next()?
            {
                let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
                let code = attribute(&tag, "formatCode").unwrap_or_default();
                codes.extend(id.map(|id: u32| (id, code.into_owned())));
            }
        }
        let mut known = HashMap::new();
        for (at, format) in (0..).zip(&formats) {
            known.entry(format.clone()).or_insert(at);
        }
        Ok(Self {
            known,
            before: sections.items(Kind::Formats).len().max(1),
            sections,
            formats,
            fills,
            light,
            fonts: Vec::new(),
            codes,
            derived: HashMap::new(),
            looks: HashMap::new(),
        })
    }

    /// The format with the fill of a tone.
    pub(super) fn marked(&mut self, format: u32, tone: Tone) -> u32 {
        self.change(format, Change::Mark(tone))
    }

    /// The format without a fill that an earlier run put on it.
    pub(super) fn unmarked(&mut self, format: u32) -> u32 {
        self.change(format, Change::Unmark)
    }

    /// The format, or if it shows no date one that does.
    pub(super) fn dated(&mut self, format: u32) -> u32 {
        self.change(format, Change::Date)
    }

    fn change(&mut self, format: u32, change: Change) -> u32 {
        if let Some(known) = self.derived.get(&(format, change)) {
            return *known;
        }
        let base = format as usize;
        let base = if base < self.formats.len() { base } else { 0 };
        let tag = self.formats[base].tag.clone();
        let number = |name| {
            attribute(&tag, name)
                .and_then(|id| id.parse().ok())
                .unwrap_or(0)
        };
        let fill: u32 = number("fillId");
        let tag = match change {
            Change::Mark(tone) => {
                let font = number("fontId") as usize;
                let light = self.light.get(font).copied().unwrap_or(false);
                let fill = self.fills.over(fill, tone, light).to_string();
                Some(with(
                    &tag,
                    &[("fillId", Some(&fill)), ("applyFill", Some("1"))],
                ))
            }
            Change::Unmark => self.fills.under(fill).map(|fill| {
                let fill = fill.to_string();
                with(&tag, &[("fillId", Some(&fill)), ("applyFill", Some("1"))])
            }),
            Change::Date if self.shows_date(number("numFmtId")) => None,
            Change::Date => {
                let short = [("numFmtId", Some("14")), ("applyNumberFormat", Some("1"))];
                Some(with(&tag, &short))
            }
        };
        let new = match tag {
            Some(tag) if self.formats.len() < MOST => {
                let inner = self.formats[base].inner.clone();
                self.add(Format { tag, inner })
            }
            _ => format,
        };
        self.derived.insert((format, change), new);
        new
    }

    /// The place of a format, which may be there already.
    fn add(&mut self, format: Format) -> u32 {
        let next = u32::try_from(self.formats.len()).unwrap_or(0);
        let at = *self.known.entry(format.clone()).or_insert(next);
        if at == next {
            self.formats.push(format);
        }
        at
    }

    fn shows_date(&self, number: u32) -> bool {
        if matches!(number, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58) {
            return true;
        }
        let Some(code) = self.codes.get(&number) else {
            return false;
        };
        let mut quoted = false;
        let mut brackets = false;
        code.to_lowercase().chars().any(|c| {
            match c {
                '"' => quoted = !quoted,
                '[' => brackets = true,
                ']' => brackets = false,
                _ => {}
            }
            !quoted && !brackets && matches!(c, 'd' | 'y')
        })
    }

    /// The format of a cell of our own. It is text, so that nothing in it becomes a formula.
    pub(super) fn look(&mut self, look: Look) -> u32 {
        if let Some(known) = self.looks.get(&look) {
            return *known;
        }
        let font = match look {
            Look::Title => Some(r#"<#b/><#sz val="14"/>"#),
            Look::Bold => Some(r#"<#b/><#sz val="11"/>"#),
            Look::Link => Some(r#"<#u/><#sz val="11"/><#color rgb="FF0563C1"/>"#),
            Look::Alarm => Some(r#"<#b/><#sz val="12"/><#color rgb="FFC00000"/>"#),
            Look::Plain | Look::Wrapped | Look::Tone(_) => None,
        };
        let prefix = self.sections.prefix().to_owned();
        let font = font.map_or(0, |inner| self.font(&prefix, inner));
        let fill = match look {
            Look::Tone(tone) => self.fills.over(0, tone, false),
            _ => 0,
        };
        let wrap = match look {
            Look::Wrapped | Look::Tone(_) | Look::Link => r#" wrapText="1""#,
            _ => "",
        };
        let tag = format!(
            r#"{prefix}xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1""#
        );
        let format = Format {
            tag: BytesStart::from_content(tag, prefix.len() + 2),
            inner: Some(format!(r#"<{prefix}alignment vertical="top"{wrap}/>"#)),
        };
        let new = self.add(format);
        self.looks.insert(look, new);
        new
    }

    /// The place of a font, which may be there already.
    fn font(&mut self, prefix: &str, inner: &str) -> usize {
        let text = format!(r#"<#font>{inner}<#name val="Calibri"/><#family val="2"/></#font>"#);
        let text = text.replace("</#", &format!("</{prefix}"));
        let text = text.replace("<#", &format!("<{prefix}"));
        let own = self.sections.items(Kind::Fonts);
        if let Some(known) = own.iter().position(|font| *font == text) {
            return known;
        }
        let before = own.len().max(1);
        self.fonts.push(text);
        before + self.fonts.len() - 1
    }

    /// Fills that lie under ours, by the colour of ours, for the next run.
    pub(super) fn covered(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fills.covered()
    }

    /// The part with all additions.
    pub(super) fn xml(&self) -> String {
        let formats = self.formats[self.before..].iter().map(|format| {
            let Some(inner) = &format.inner else {
                return opened(&format.tag, true);
            };
            let open = opened(&format.tag, false);
            format!("{open}{inner}</{}>", format.tag.name().0)
        });
        let prefix = self.sections.prefix();
        let fills = self
            .fills
            .fresh()
            .iter()
            .map(|fill: &Fill| fill.xml(prefix));
        self.sections.with([
            Section::new(Kind::Fonts, self.fonts.clone()),
            Section::new(Kind::Fills, fills.collect()),
            Section::new(Kind::Formats, formats.collect()),
        ])
    }
}

const DEFAULT: &str = r#"<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#;

fn format(text: &str, part: &str) -> Result<Format, Error> {
    let mut tags = Tags::new(text, part);
    match tags.next()? {
        Some((Event::Start(tag), _)) => {
            let inner = tags.content(&tag)?;
            Ok(Format {
                inner: text.get(inner).map(str::to_owned),
                tag: tag.into_owned(),
            })
        }
        Some((Event::Empty(tag), _)) => Ok(Format {
            tag: tag.into_owned(),
            inner: None,
        }),
        _ => Err(super::xml::malformed(part, &"xf")),
    }
}

/// Light letters, which a pale fill would hide.
fn is_light(font: &str, part: &str) -> Result<bool, Error> {
    let mut tags = Tags::new(font, part);
    while let Some((event, _)) = tags.next()? {
        let (Event::Start(tag) | Event::Empty(tag)) = event else {
            continue;
        };
        if local(tag.name()) != "color" {
            continue;
        }
        if let Some(theme) = attribute(&tag, "theme") {
            return Ok(matches!(theme.as_ref(), "0" | "2"));
        }
        if let Some(index) = attribute(&tag, "indexed") {
            return Ok(matches!(index.as_ref(), "1" | "9" | "65"));
        }
        let rgb = attribute(&tag, "rgb").unwrap_or_default();
        let rgb = u32::from_str_radix(rgb.get(2..8).unwrap_or("0"), 16).unwrap_or(0);
        let sum: u32 = [16, 8, 0].map(|bits| rgb >> bits & 0xFF).iter().sum();
        return Ok(sum > 3 * 0xB0);
    }
    Ok(false)
}
