//! OpenDocument spreadsheets. A cell has its value in attributes and its text as it is shown; both
//! are read, so that zeros in front and errors are seen. Rows and columns may say that they stand
//! many times.

use std::collections::HashSet;

use quick_xml::events::{BytesStart, Event};

use super::format::MAX_STYLES;
use super::ordered::Areas;
use super::package::Package;
use super::xlsx::LAST;
use super::xml::{Xml, attributes};
use super::{Book, Kind, MAX_SHEETS, Merged, Refused};
use crate::grid::{Builder, Sort};

mod cell;

use cell::Cell;

/// The most that the content inflates to, in bytes.
const MAX_CONTENT: u64 = 512 << 20;
/// The most that the list of parts inflates to, in bytes.
const MAX_LIST: u64 = 16 << 20;
/// The part that holds the cells.
pub const CONTENT: &str = "content.xml";

/// Reads a spreadsheet.
///
/// # Errors
/// It cannot be read to the last cell.
pub fn read(package: &mut Package) -> Result<Book, Refused> {
    if is_encrypted(package)? {
        return Err(Refused::Encrypted);
    }
    let Some(part) = package.part(CONTENT, MAX_CONTENT)? else {
        return Err(Refused::NotAWorkbook);
    };
    let mut reader = Reader {
        xml: Xml::new(part),
        out: Builder::new(false),
        sheets: 0,
        merged: Vec::new(),
        areas: Areas::default(),
        row: 0,
        cells: Vec::new(),
        unused: Vec::new(),
    };
    if !reader.document()? {
        return Err(Refused::NotAWorkbook);
    }
    if reader.sheets == 0 {
        return Err(Refused::NoSheets);
    }
    Ok(Book {
        kind: Kind::Ods,
        grid: reader.out.finish(),
        merged: reader.merged,
    })
}

fn is_encrypted(package: &mut Package) -> Result<bool, Refused> {
    let Some(part) = package.part("META-INF/manifest.xml", MAX_LIST)? else {
        return Ok(false);
    };
    let mut xml = Xml::new(part);
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "encryption-data" => {
                return Ok(true);
            }
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// A cell that stands in some columns of the row.
struct Placed {
    column: u32,
    times: u32,
    sort: Sort,
    text: String,
}

struct Reader<'a> {
    xml: Xml<'a>,
    out: Builder,
    sheets: usize,
    merged: Vec<Merged>,
    /// Those of the sheet that is read.
    areas: Areas,
    /// Rows of the sheet so far.
    row: u32,
    /// The row's cells.
    cells: Vec<Placed>,
    /// Texts to be used again.
    unused: Vec<String>,
}

impl Reader<'_> {
    /// Whether it holds a spreadsheet at all.
    fn document(&mut self) -> Result<bool, Refused> {
        let mut hidden = HashSet::new();
        let mut style = String::new();
        let mut is_spreadsheet = false;
        loop {
            match self.xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "style" => attributes(&element, |key, value| {
                        if key == "name" {
                            value.clone_into(&mut style);
                        }
                    })?,
                    "table-properties" => attributes(&element, |key, value| {
                        if key == "display" && value == "false" && hidden.len() < MAX_STYLES {
                            hidden.insert(style.clone());
                        }
                    })?,
                    "spreadsheet" => is_spreadsheet = true,
                    "table" if is_spreadsheet => {
                        let (mut name, mut its_style) = (String::new(), String::new());
                        attributes(&element, |key, value| match key {
                            "name" => value.clone_into(&mut name),
                            "style-name" => value.clone_into(&mut its_style),
                            _ => {}
                        })?;
                        self.table(&name, hidden.contains(&its_style))?;
                    }
                    _ => {}
                },
                Event::Eof => return Ok(is_spreadsheet),
                _ => {}
            }
        }
    }

    fn table(&mut self, name: &str, hidden: bool) -> Result<(), Refused> {
        let mut columns = Columns::default();
        let mut begun = false;
        // Depths of the groups of rows that are folded.
        let mut folded: Vec<usize> = Vec::new();
        self.row = 0;
        let depth = self.xml.depth();
        while self.xml.depth() >= depth {
            folded.retain(|at| *at <= self.xml.depth());
            let Event::Start(element) = self.xml.next()? else {
                continue;
            };
            match element.local_name().as_ref() {
                // What another file had in its cells.
                "table-source" => {
                    while self.xml.depth() >= depth {
                        self.xml.next()?;
                    }
                    return Ok(());
                }
                "table-column" => columns.add(&element)?,
                "table-row-group" => {
                    let shown = value_of(&element, "display")?;
                    if shown.as_deref() == Some("false") {
                        folded.push(self.xml.depth());
                    }
                }
                "table-row" => {
                    let element = element.to_owned();
                    if !begun {
                        begun = true;
                        self.begin(name, hidden, &mut columns)?;
                    }
                    self.table_row(&element, !folded.is_empty())?;
                }
                "table-header-rows"
                | "table-rows"
                | "table-header-columns"
                | "table-columns"
                | "table-column-group" => {}
                _ => self.xml.skip()?,
            }
        }
        if !begun {
            self.begin(name, hidden, &mut columns)?;
        }
        let areas = std::mem::take(&mut self.areas.0).into_iter();
        self.merged
            .extend(areas.map(|area| (self.sheets - 1, area)));
        Ok(())
    }

    fn begin(&mut self, name: &str, hidden: bool, columns: &mut Columns) -> Result<(), Refused> {
        self.out
            .sheet(name, hidden, std::mem::take(&mut columns.hidden));
        self.sheets += 1;
        match self.sheets > MAX_SHEETS {
            true => Err(Refused::TooLarge { what: "sheets" }),
            false => Ok(()),
        }
    }

    fn table_row(&mut self, element: &BytesStart<'_>, folded: bool) -> Result<(), Refused> {
        let (mut times, mut hidden) = (1, folded);
        attributes(element, |key, value| match key {
            "number-rows-repeated" => times = count(value),
            "visibility" => hidden |= matches!(value, "collapse" | "filter"),
            _ => {}
        })?;
        self.unused
            .extend(self.cells.drain(..).map(|cell| cell.text));
        let mut column = 0_u32;
        let depth = self.xml.depth();
        while self.xml.depth() >= depth {
            let Event::Start(element) = self.xml.next()? else {
                continue;
            };
            if !matches!(
                element.local_name().as_ref(),
                "table-cell" | "covered-table-cell"
            ) {
                self.xml.skip()?;
                continue;
            }
            let mut text = self.unused.pop().unwrap_or_default();
            text.clear();
            let mut cell = Cell::of(&element)?;
            if let Some([rows, columns]) = cell.spanned {
                let first = [self.row.saturating_add(1), column.saturating_add(1)];
                let last = [
                    self.row.saturating_add(rows),
                    column.saturating_add(columns),
                ];
                self.merged
                    .push((self.sheets - 1, [first[0], first[1], last[0], last[1]]));
            }
            let sort = cell.read(&mut self.xml, &mut text)?;
            if sort == Sort::Blank {
                self.unused.push(text);
            } else {
                self.cells.push(Placed {
                    column,
                    times: cell.times,
                    sort,
                    text,
                });
            }
            column = column.saturating_add(cell.times);
        }
        self.put(times, hidden)
    }

    fn put(&mut self, times: u32, hidden: bool) -> Result<(), Refused> {
        let first = self.row.saturating_add(1);
        self.row = self.row.saturating_add(times);
        let Some(last) = self.cells.last() else {
            return Ok(());
        };
        if self.row > LAST.0 || last.column.saturating_add(last.times) > LAST.1 {
            return Err(Refused::TooLarge { what: "sheet" });
        }
        for number in first..=self.row {
            self.out.row(number, hidden);
            for cell in &self.cells {
                for column in cell.column..cell.column + cell.times {
                    self.out.cell(column as usize, cell.sort, &cell.text)?;
                }
            }
        }
        Ok(())
    }
}

/// The columns of a sheet, as far as they are hidden.
#[derive(Default)]
struct Columns {
    count: u32,
    hidden: Vec<u32>,
}

impl Columns {
    fn add(&mut self, element: &BytesStart<'_>) -> Result<(), Refused> {
        let (mut times, mut hidden) = (1, false);
        attributes(element, |key, value| match key {
            "number-columns-repeated" => times = count(value),
            "visibility" => hidden = matches!(value, "collapse" | "filter"),
            _ => {}
        })?;
        let first = self.count;
        self.count = self.count.saturating_add(times);
        if hidden {
            self.hidden.extend(first..self.count.min(LAST.1));
        }
        Ok(())
    }
}

fn value_of(element: &BytesStart<'_>, wanted: &str) -> Result<Option<String>, Refused> {
    let mut out = None;
    attributes(element, |key, value| {
        if key == wanted {
            out = Some(value.to_owned());
        }
    })?;
    Ok(out)
}

/// How often something stands; what is no number counts once.
fn count(text: &str) -> u32 {
    text.parse().unwrap_or(1).max(1)
}
