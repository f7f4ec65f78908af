//! One look over a sheet before it is written again: how far it reaches, how wide its columns are.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use quick_xml::events::Event;

use super::Error;
use super::cells::{Counter, area};
use super::parts::Parts;
use super::xml::{attribute, local, plain_text, prefixed};

/// Rows with a height of their own that are remembered.
const MOST_HEIGHTS: usize = 100_000;
/// Merged areas that are remembered.
const MOST_MERGED: usize = 100_000;
/// Texts that are looked for.
const MOST_TEXTS: usize = 100_000;

/// What a sheet is like.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The last column with a value.
    pub(super) last_column: u32,
    /// Merged areas: corners.
    pub(super) merged: Vec<((u32, u32), (u32, u32))>,
    /// Widths of columns in characters: first, last, width (0 if out of sight).
    pub(super) widths: Vec<(u32, u32, f64)>,
    /// Heights of rows in points (0 if out of sight).
    pub(super) heights: BTreeMap<u32, f64>,
    pub(super) default_height: f64,
    /// The relationship of its drawing of comments.
    pub(super) legacy: Option<String>,
    /// It is among the sheets that are shown as chosen.
    pub(super) selected: bool,
}

impl Survey {
    /// The cell that stands for a place: of a merged area its first.
    pub(super) fn shown(&self, row: u32, column: u32) -> (u32, u32) {
        let around = |((top, left), (bottom, right)): &&((u32, u32), (u32, u32))| {
            (*top..=*bottom).contains(&row) && (*left..=*right).contains(&column)
        };
        self.merged
            .iter()
            .find(around)
            .map_or((row, column), |(first, _)| *first)
    }
}

/// Looks a sheet over.
pub(super) fn survey(parts: &mut Parts, path: &str) -> Result<Survey, Error> {
    let mut out = Survey {
        default_height: 15.0,
        ..Survey::default()
    };
    let mut events = parts.events(path)?;
    let mut counter = Counter::default();
    while let Some(event) = events.next()? {
        let (Event::Start(tag) | Event::Empty(tag)) = &event else {
            continue;
        };
        let get = |name| attribute(tag, name);
        let number = |name| get(name).and_then(|text| text.parse::<f64>().ok());
        let hidden = || get("hidden").is_some_and(|text| matches!(text.as_ref(), "1" | "true"));
        match local(tag.name()) {
            "row" => {
                if !counter.row(tag) {
                    return Err(Error::Disorder(path.to_owned()));
                }
                let height = if hidden() { Some(0.0) } else { number("ht") };
                if let (Some(height), true) = (height, out.heights.len() < MOST_HEIGHTS) {
                    out.heights.insert(counter.row, height);
                }
            }
            "c" if !counter.cell(tag) => return Err(Error::Disorder(path.to_owned())),
            "v" | "is" | "f" => out.last_column = out.last_column.max(counter.column),
            "mergeCell" => {
                let merged = get("ref").and_then(|text| area(&text));
                if let (Some(merged), true) = (merged, out.merged.len() < MOST_MERGED) {
                    out.last_column = out.last_column.max(merged.1.1);
                    out.merged.push(merged);
                }
            }
            "col" => {
                let place = |name| get(name).and_then(|text| text.parse().ok());
                if let (Some(first), Some(last)) = (place("min"), place("max")) {
                    let width = if hidden() { Some(0.0) } else { number("width") };
                    out.widths.push((first, last, width.unwrap_or(9.0)));
                }
            }
            "sheetFormatPr" => {
                out.default_height = number("defaultRowHeight").unwrap_or(out.default_height);
            }
            "sheetView" => {
                let selected = get("tabSelected");
                out.selected |= selected.is_some_and(|own| matches!(own.as_ref(), "1" | "true"));
            }
            "legacyDrawing" => {
                out.legacy = prefixed(tag, "id").map(Cow::into_owned);
            }
            _ => {}
        }
    }
    Ok(out)
}

/// Whether a sheet is among those that are shown as chosen.
pub(super) fn selected(parts: &mut Parts, path: &str) -> Result<bool, Error> {
    let mut events = parts.events(path)?;
    while let Some(event) = events.next()? {
        let (Event::Start(tag) | Event::Empty(tag)) = &event else {
            continue;
        };
        match local(tag.name()) {
            "sheetView" => {
                let selected = attribute(tag, "tabSelected");
                if selected.is_some_and(|own| matches!(own.as_ref(), "1" | "true")) {
                    return Ok(true);
                }
            }
            "sheetData" => break,
            _ => {}
        }
    }
    Ok(false)
}

/// The texts of a sheet's cells: row, column, text.
pub(super) fn texts(
    parts: &mut Parts,
    path: &str,
    strings: Option<&str>,
    last_row: u32,
) -> Result<Vec<(u32, u32, String)>, Error> {
    let mut out = Vec::new();
    let mut shared: Vec<(usize, usize)> = Vec::new();
    let mut events = parts.events(path)?;
    let mut counter = Counter::default();
    let (mut kind, mut text, mut inside) = (String::new(), String::new(), false);
    while let Some(event) = events.next()? {
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match local(tag.name()) {
                "row" => {
                    counter.row(tag);
                    if counter.row > last_row {
                        break;
                    }
                }
                "c" => {
                    counter.cell(tag);
                    kind = attribute(tag, "t").unwrap_or_default().into_owned();
                    text.clear();
                }
                "v" | "t" => inside = matches!(event, Event::Start(_)),
                _ => {}
            },
            Event::End(tag) => match local(tag.name()) {
                "v" | "t" => inside = false,
                "c" if !text.is_empty() && out.len() < MOST_TEXTS => {
                    if kind == "s" {
                        shared.extend(text.trim().parse().ok().map(|index| (out.len(), index)));
                    }
                    let text = plain_text(&std::mem::take(&mut text));
                    out.push((counter.row, counter.column, text));
                }
                _ => {}
            },
            event if inside => append_text(event, &mut text),
            _ => {}
        }
    }
    drop(events);
    if let (Some(strings), false) = (strings, shared.is_empty()) {
        let wanted = shared.iter().map(|(_, index)| *index).collect();
        let known = shared_strings(parts, strings, &wanted)?;
        for (at, index) in shared {
            out[at].2 = known.get(&index).cloned().unwrap_or_default();
        }
    }
    Ok(out)
}

/// Adds the text of an event.
pub(super) fn append_text(event: &Event<'_>, out: &mut String) {
    match event {
        Event::Text(text) => out.push_str(text),
        Event::CData(text) => out.push_str(text),
        Event::GeneralRef(name) => {
            let text = format!("&{};", &**name);
            out.push_str(&quick_xml::escape::unescape(&text).unwrap_or_default());
        }
        _ => {}
    }
}

/// Some of the shared strings, by index.
fn shared_strings(
    parts: &mut Parts,
    path: &str,
    wanted: &HashSet<usize>,
) -> Result<HashMap<usize, String>, Error> {
    let mut out: HashMap<usize, String> = HashMap::new();
    let mut events = parts.events(path)?;
    let (mut index, mut inside, mut spoken) = (0, false, false);
    while let Some(event) = events.next()? {
        match &event {
            Event::Start(tag) => match local(tag.name()) {
                "t" => inside = wanted.contains(&index) && !spoken,
                "rPh" => spoken = true,
                _ => {}
            },
            Event::End(tag) => match local(tag.name()) {
                "si" => index += 1,
                "t" => inside = false,
                "rPh" => spoken = false,
                _ => {}
            },
            Event::Empty(tag) if local(tag.name()) == "si" => index += 1,
            event if inside => append_text(event, out.entry(index).or_default()),
            _ => {}
        }
    }
    for text in out.values_mut() {
        *text = plain_text(text);
    }
    Ok(out)
}
