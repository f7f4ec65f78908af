//! What a marked copy says to the next run, on a sheet that no menu shows.

use std::collections::HashMap;

use super::Error;
use super::book::Book;
use super::cells::LAST_ROW;
use super::page::{Page, Text};
use super::parts::Parts;
use super::styles::Look;
use super::survey::texts;

/// The sheet's name.
pub const MEMORY_SHEET: &str = "_koplint";
/// What its first cell says, and the version beside it.
const SIGN: &str = "koplint";
const VERSION: &str = "1";
/// Findings that are remembered.
pub(super) const MOST: usize = 20_000;

/// A finding of an earlier run.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Earlier {
    /// The rule.
    pub code: String,
    /// The field.
    pub field: String,
    /// The entry's key; empty for the file.
    pub key: String,
    /// The level's name.
    pub level: String,
}

/// What an earlier run left.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The name of its first sheet.
    pub(super) first: String,
    /// Fills that lie under its own, by colour.
    pub(super) fills: HashMap<String, String>,
    pub(super) findings: Vec<Earlier>,
    /// Not all findings were remembered.
    pub(super) more: bool,
}

/// Reads what an earlier run left; None if there was none.
pub(super) fn read(parts: &mut Parts, book: &Book) -> Result<Option<Memory>, Error> {
    let Some(at) = book.find(MEMORY_SHEET).filter(|at| book.sheets[*at].cells) else {
        return Ok(None);
    };
    let strings = book
        .rels
        .of_kind("sharedStrings")
        .map(|rel| rel.target.clone());
    let cells = texts(parts, &book.sheets[at].path, strings.as_deref(), LAST_ROW)?;
    let mut rows: Vec<(u32, [String; 5])> = Vec::new();
    for (row, column, text) in cells {
        if rows.last().is_none_or(|(last, _)| *last != row) {
            rows.push((row, <[String; 5]>::default()));
        }
        let own = rows.last_mut().map(|(_, cells)| cells);
        if let Some(cell) = own.and_then(|own| own.get_mut(column as usize - 1)) {
            *cell = text;
        }
    }
    Ok(parse(rows.into_iter().map(|(_, cells)| cells)))
}

/// Reads its rows.
pub(super) fn parse(mut rows: impl Iterator<Item = [String; 5]>) -> Option<Memory> {
    let [sign, version, first, more, _] = rows.next()?;
    if sign != SIGN || version != VERSION {
        return None;
    }
    let mut out = Memory {
        first,
        more: more == "+",
        ..Memory::default()
    };
    for [kind, a, b, c, d] in rows {
        match kind.as_str() {
            "temuan" => {
                let level = d;
                out.findings.push(Earlier {
                    code: a,
                    field: b,
                    key: c,
                    level,
                });
            }
            "isian" => {
                out.fills.insert(a, b);
            }
            _ => {}
        }
    }
    Some(out)
}

/// The sheet for the next run.
pub(super) fn page<'a>(
    first: &str,
    findings: &[Earlier],
    fills: impl Iterator<Item = (&'a str, &'a str)>,
) -> Page {
    let row = |cells: [&str; 5]| cells.map(|text| Text::new(text, Look::Plain)).to_vec();
    let more = if findings.len() > MOST { "+" } else { "" };
    let mut rows = vec![row([SIGN, VERSION, first, more, ""])];
    rows.extend(fills.map(|(colour, fill)| row(["isian", colour, fill, "", ""])));
    let all = findings.iter().take(MOST);
    rows.extend(all.map(|one| row(["temuan", &one.code, &one.field, &one.key, &one.level])));
    Page {
        rows,
        ..Page::default()
    }
}
