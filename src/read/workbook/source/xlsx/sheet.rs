//! One sheet, in one way through its part.

use std::collections::HashMap;

use calamine::expand_shared_formula;
use quick_xml::events::{BytesStart, Event};

use super::{LAST, Listed, MAX_SHEET, Shared};

use super::cell::{Cell, Written, area, position, row};
use super::strings::rich;
use crate::grid::Builder;
use crate::read::workbook::source::Refused;
use crate::read::workbook::source::ordered::{Areas, Ordered, hide};
use crate::read::workbook::source::package::Package;
use crate::read::workbook::source::xml::{Xml, attributes, yes};

/// The most shared formulas that are remembered.
const MAX_FORMULAS: usize = 10_000;

/// Reads a sheet and gives its merged areas.
///
/// # Errors
/// The part is not sound, or the workbook has too much.
pub fn read(
    package: &mut Package,
    path: &str,
    listed: &Listed,
    shared: &Shared,
    out: &mut Builder,
) -> Result<Vec<[u32; 4]>, Refused> {
    let Some(part) = package.part(path, MAX_SHEET)? else {
        return Err(Refused::damaged(format!("no part {path}")));
    };
    let Listed { name, hidden, .. } = listed;
    let mut reader = Reader {
        xml: Xml::new(part),
        shared,
        out: Ordered::new(out),
        at: (0, 0),
        row_hidden: false,
        cell: Cell::default(),
        room: String::new(),
        formulas: HashMap::new(),
        group: None,
    };
    let wrong = |detail: String| Refused::damaged(format!("sheet {name:?}: {detail}"));
    reader
        .sheet(name, *hidden)
        .map_err(|refused| match refused {
            Refused::Damaged { detail } => wrong(detail),
            other => other,
        })
}

struct Reader<'a, 'b> {
    xml: Xml<'a>,
    shared: &'b Shared,
    out: Ordered<'b>,
    /// Row and column of the cell that is read, from 1.
    at: (u32, u32),
    row_hidden: bool,
    cell: Cell,
    room: String,
    /// Shared formulas, by their numbers, and where they were written down.
    formulas: HashMap<u32, (String, (u32, u32))>,
    /// That of the cell's formula, if it is shared.
    group: Option<u32>,
}

impl Reader<'_, '_> {
    fn sheet(&mut self, name: &str, hidden: bool) -> Result<Vec<[u32; 4]>, Refused> {
        let mut columns = Vec::new();
        let mut merged = Areas::default();
        let mut begun = false;
        loop {
            match self.xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "col" if !begun => hidden_columns(&element, &mut columns)?,
                    "sheetData" if begun => {
                        return Err(Refused::damaged("two lists of rows"));
                    }
                    "sheetData" => {
                        begun = true;
                        self.out
                            .out
                            .sheet(name, hidden, std::mem::take(&mut columns));
                        self.rows()?;
                    }
                    "mergeCell" => {
                        let mut its = None;
                        attributes(&element, |key, value| {
                            if key == "ref" {
                                its = area(value);
                            }
                        })?;
                        its.map_or(Ok(()), |area| merged.push(area))?;
                    }
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        if !begun {
            self.out.out.sheet(name, hidden, columns);
        }
        Ok(merged.0)
    }

    fn rows(&mut self) -> Result<(), Refused> {
        let depth = self.xml.depth();
        while self.xml.depth() >= depth {
            let Event::Start(element) = self.xml.next()? else {
                continue;
            };
            match element.local_name().as_ref() {
                "row" => {
                    let (mut number, mut hidden) = (Some(self.at.0 + 1), false);
                    attributes(&element, |key, value| match key {
                        "r" => number = row(value),
                        "hidden" => hidden |= yes(value),
                        "ht" => hidden |= value.parse() == Ok(0.0),
                        _ => {}
                    })?;
                    let Some(number) = number else {
                        return Err(Refused::damaged("a row that a sheet cannot have"));
                    };
                    self.at = (number, 0);
                    self.row_hidden = hidden;
                    self.cells()?;
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn cells(&mut self) -> Result<(), Refused> {
        let depth = self.xml.depth();
        while self.xml.depth() >= depth {
            let Event::Start(element) = self.xml.next()? else {
                continue;
            };
            if element.local_name().as_ref() != "c" {
                self.xml.skip()?;
                continue;
            }
            let cell = &mut self.cell;
            (cell.written, cell.style, cell.valued) = (Written::Number, 0, false);
            cell.value.clear();
            cell.formula = None;
            self.group = None;
            let mut at = Some((self.at.0, self.at.1 + 1));
            let mut written = Ok(Written::Number);
            attributes(&element, |key, value| match key {
                "r" => at = position(value),
                "s" => cell.style = value.parse().unwrap_or(0),
                "t" => written = Written::of(value),
                _ => {}
            })?;
            cell.written = written?;
            match at {
                Some(at) if at.0 == self.at.0 && at.1 <= LAST.1 => self.at = at,
                _ => {
                    return Err(Refused::damaged(format!(
                        "a cell outside row {}",
                        self.at.0
                    )));
                }
            }
            self.content()?;
            self.put()?;
        }
        Ok(())
    }

    fn content(&mut self) -> Result<(), Refused> {
        let depth = self.xml.depth();
        while self.xml.depth() >= depth {
            let Event::Start(element) = self.xml.next()? else {
                continue;
            };
            match element.local_name().as_ref() {
                "v" if self.cell.written == Written::Inline => self.xml.skip()?,
                "v" => {
                    self.cell.valued = true;
                    self.xml.text(&mut self.cell.value)?;
                }
                "is" => {
                    self.room.clear();
                    rich(&mut self.xml, &mut self.room, &mut self.cell.value)?;
                }
                "f" => {
                    let mut group = None;
                    attributes(&element, |key, value| {
                        if key == "si" {
                            group = value.parse().ok();
                        }
                    })?;
                    let formula = self.cell.formula.insert(String::new());
                    self.xml.text(formula)?;
                    self.group = group;
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    /// A formula may be written down once for many cells.
    fn share_formula(&mut self) {
        let has_value = self.cell.has_value();
        let (Some(group), Some(formula)) = (self.group, &mut self.cell.formula) else {
            return;
        };
        if !formula.is_empty() {
            if self.formulas.len() < MAX_FORMULAS {
                self.formulas.insert(group, (formula.clone(), self.at));
            }
        } else if !has_value && let Some((known, from)) = self.formulas.get(&group) {
            *formula = expand_shared_formula(known, *from, self.at).unwrap_or_default();
        }
    }

    fn put(&mut self) -> Result<(), Refused> {
        self.share_formula();
        self.room.clear();
        let sort = self.cell.write(self.shared, &mut self.room)?;
        self.out.put(self.at, self.row_hidden, sort, &self.room)
    }
}

/// Adds the columns (from 0) that an element hides.
fn hidden_columns(element: &BytesStart<'_>, out: &mut Vec<u32>) -> Result<(), Refused> {
    let (mut first, mut last, mut hidden) = (0, 1, false);
    attributes(element, |key, value| match key {
        "min" => first = value.parse().unwrap_or(0),
        "max" => last = value.parse().unwrap_or(1).max(1),
        "hidden" => hidden |= yes(value),
        "width" => hidden |= value.parse() == Ok(0.0),
        _ => {}
    })?;
    if hidden && first > 0 {
        hide(out, first - 1, last.min(LAST.1) - 1);
    }
    Ok(())
}
