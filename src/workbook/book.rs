//! `workbook.xml`: the list of sheets, and a sheet added to it.

use std::ops::Range;

use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use super::Error;
use super::parts::Parts;
use super::rels::Rels;
use super::xml::{Splice, Tags, attribute, local, malformed, opened, prefix, prefixed, with};

/// A sheet as the workbook lists it.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// Path of its part.
    pub(super) path: String,
    /// It has cells; a chart sheet has none.
    pub(super) cells: bool,
}

/// The workbook's own part.
pub(super) struct Book {
    pub(super) path: String,
    text: String,
    pub(super) rels: Rels,
    pub(super) sheets: Vec<Sheet>,
    /// Dates count from 1904.
    pub(super) from_1904: bool,
    /// Where the first sheet is listed, how, and the largest sheet id.
    first: Range<usize>,
    sheet_prefix: String,
    last_id: u32,
    /// Where the list ends.
    end: usize,
    views: Vec<(Range<usize>, BytesStart<'static>, bool)>,
    names: Vec<(Range<usize>, BytesStart<'static>, u32, bool)>,
    /// Sheets that are added: at the front, and at the end out of sight.
    front: Option<(String, String)>,
    hidden: Option<(String, String)>,
    active: Option<usize>,
}

impl Book {
    pub(super) fn read(parts: &mut Parts) -> Result<Self, Error> {
        let root = Rels::read(parts, "")?;
        let path = root.of_kind("officeDocument").ok_or(Error::NoWorkbook)?;
        let path = path.target.clone();
        if path.to_lowercase().ends_with(".bin") {
            return Err(Error::NoWorkbook);
        }
        let rels = Rels::read(parts, &path)?;
        let text = parts.text(&path)?;
        let text = text.ok_or_else(|| Error::Missing(path.clone()))?;
        let mut book = Self {
            path,
            text: String::new(),
            rels,
            sheets: Vec::new(),
            from_1904: false,
            first: 0..0,
            sheet_prefix: String::new(),
            last_id: 0,
            end: 0,
            views: Vec::new(),
            names: Vec::new(),
            front: None,
            hidden: None,
            active: None,
        };
        book.parse(&text)?;
        book.text = text;
        if book.sheets.is_empty() {
            return Err(Error::NoWorkbook);
        }
        Ok(book)
    }

    fn parse(&mut self, text: &str) -> Result<(), Error> {
        let part = self.path.clone();
        let mut tags = Tags::new(text, &part);
        let mut root = true;
        while let Some((event, range)) = tags.next()? {
            let empty = matches!(event, Event::Empty(_));
            let tag = match event {
                Event::Start(tag) | Event::Empty(tag) => tag,
                Event::End(tag) => {
                    if local(tag.name()) == "sheets" {
                        self.end = range.start;
                    }
                    continue;
                }
                _ => continue,
            };
            if std::mem::take(&mut root) && local(tag.name()) != "workbook" {
                return Err(Error::NoWorkbook);
            }
            match local(tag.name()) {
                "workbookPr" => {
                    let date = attribute(&tag, "date1904").unwrap_or_default();
                    self.from_1904 = matches!(date.as_ref(), "1" | "true");
                }
                "workbookView" => self.views.push((range, tag.into_owned(), empty)),
                "definedName" => {
                    let id = attribute(&tag, "localSheetId").and_then(|id| id.parse().ok());
                    if let Some(id) = id {
                        self.names.push((range, tag.into_owned(), id, empty));
                    }
                }
                "sheet" => self.sheet(&tag, range)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn sheet(&mut self, tag: &BytesStart<'_>, range: Range<usize>) -> Result<(), Error> {
        let name = attribute(tag, "name").unwrap_or_default().into_owned();
        let id = attribute(tag, "sheetId").and_then(|id| id.parse().ok());
        self.last_id = self.last_id.max(id.unwrap_or(0));
        let id = prefixed(tag, "id").ok_or_else(|| malformed(&self.path, &"r:id"))?;
        if self.sheets.is_empty() {
            self.first = range;
            self.sheet_prefix = prefix(tag.name());
        }
        let rel = self.rels.by_id(&id);
        let rel = rel.ok_or_else(|| Error::Missing(id.into_owned()))?;
        self.sheets.push(Sheet {
            name,
            path: rel.target.clone(),
            cells: rel.kind == "worksheet",
        });
        Ok(())
    }

    /// Index of a sheet; spreadsheets do not tell upper case from lower.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let exact = self.sheets.iter().position(|sheet| sheet.name == name);
        let low = name.to_lowercase();
        exact.or_else(|| {
            self.sheets
                .iter()
                .position(|s| s.name.to_lowercase() == low)
        })
    }

    /// Lists a new sheet before all others and shows it when the workbook is opened.
    pub(super) fn put_first(&mut self, name: &str, path: &str) {
        let id = self.rels.add("worksheet", path);
        self.front = Some((name.to_owned(), id));
        self.active = Some(0);
    }

    /// Shows a sheet when the workbook is opened.
    pub(super) fn show(&mut self, index: usize) {
        self.active = Some(index);
    }

    /// Lists a new sheet behind all others that no menu shows.
    pub(super) fn put_hidden(&mut self, name: &str, path: &str) {
        let id = self.rels.add("worksheet", path);
        self.hidden = Some((name.to_owned(), id));
    }

    /// The part with all changes, if there are any.
    pub(super) fn changed(&self) -> Option<String> {
        self.active?;
        let mut splice = Splice::new(&self.text);
        let mut id = self.last_id;
        let mut sheet = |(name, rel): &(String, String), state: &str| {
            id += 1;
            let (prefix, base) = (&self.sheet_prefix, self.rels.base());
            let name = escape(name.as_str());
            // The prefix of the others may be declared in themselves alone.
            format!(
                r#"<{prefix}sheet name="{name}" sheetId="{id}"{state} xmlns:rK="{base}" rK:id="{rel}"/>"#
            )
        };
        if let Some(front) = &self.front {
            splice.insert(self.first.start, sheet(front, ""));
            for (range, tag, local_id, empty) in &self.names {
                let shifted = (local_id + 1).to_string();
                let tag = with(tag, &[("localSheetId", Some(&shifted))]);
                splice.replace(range.clone(), opened(&tag, *empty));
            }
        }
        if let Some(hidden) = &self.hidden {
            splice.insert(self.end, sheet(hidden, r#" state="veryHidden""#));
        }
        let active = self.active.unwrap_or(0).to_string();
        for (range, tag, empty) in &self.views {
            let tag = with(tag, &[("firstSheet", None), ("activeTab", Some(&active))]);
            splice.replace(range.clone(), opened(&tag, *empty));
        }
        Some(splice.done())
    }
}
