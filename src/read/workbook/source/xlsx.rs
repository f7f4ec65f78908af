//! XLSX and XLSM. Own readers on the stream of XML events: one way through a sheet gives its cells,
//! hidden rows and columns, formulas without values and merged areas. Charts, dialogs and macro
//! sheets are passed over.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::package::Package;
use super::strings::Strings;
use super::xml::{Xml, attributes, yes};
use super::{Book, Kind, MAX_SHEETS, Refused, xlsb};
use crate::grid::Builder;

mod cell;
mod sheet;
mod strings;
mod styles;

use styles::Styles;

/// The most that a part with cells inflates to, in bytes.
pub const MAX_SHEET: u64 = 512 << 20;
/// The most that any other part inflates to, in bytes.
pub const MAX_OTHER: u64 = 256 << 20;
/// The most that a list of parts or sheets inflates to, in bytes.
pub const MAX_LIST: u64 = 16 << 20;
/// The last row and column that a sheet can have.
pub const LAST: (u32, u32) = (1 << 20, 1 << 14);

/// The parts that a part refers to, by their ids: kind and path.
#[derive(Default)]
pub struct Parts(HashMap<String, (String, String)>);

impl Parts {
    /// The path of a part of a kind.
    pub fn of_kind(&self, wanted: &str) -> Option<&str> {
        let mut all = self.0.values().filter(|(kind, _)| kind == wanted);
        all.next().map(|(_, path)| path.as_str())
    }
}

/// What a workbook says of a sheet.
pub struct Listed {
    /// Its name.
    pub name: String,
    /// It is not shown.
    pub hidden: bool,
    /// The id of its part.
    pub relation: String,
}

/// What all sheets share.
pub struct Shared {
    strings: Strings,
    styles: Styles,
    epoch_1904: bool,
}

/// How the parts are written.
enum Parted {
    Xml(Shared),
    Binary(xlsb::Shared),
}

/// The path of the workbook's main part, if this is an Office package.
///
/// # Errors
/// The list of parts cannot be read.
pub fn main_part(package: &mut Package) -> Result<Option<String>, Refused> {
    let parts = parts(package, "")?;
    let mut usual = ["xl/workbook.xml", "xl/workbook.bin"].into_iter();
    let main = parts.of_kind("officeDocument");
    let main = main.or_else(|| usual.find(|path| package.has(path)));
    Ok(main.filter(|path| package.has(path)).map(str::to_owned))
}

/// Reads a workbook by its main part.
///
/// # Errors
/// It cannot be read to the last cell.
pub fn read(package: &mut Package, main: &str) -> Result<Book, Refused> {
    let parts = parts(package, main)?;
    let is_binary = main.to_ascii_lowercase().ends_with(".bin");
    let (kind, listed, shared, epoch_1904) = match is_binary {
        true => {
            let (listed, shared) = xlsb::workbook(package, main, &parts)?;
            let epoch_1904 = shared.epoch_1904();
            (Kind::Xlsb, listed, Parted::Binary(shared), epoch_1904)
        }
        false => {
            let (listed, epoch_1904) = workbook(package, main)?;
            let shared = Shared {
                strings: strings::read(package, parts.of_kind("sharedStrings"))?,
                styles: styles::read(package, parts.of_kind("styles"))?,
                epoch_1904,
            };
            (Kind::Xlsx, listed, Parted::Xml(shared), epoch_1904)
        }
    };
    let mut out = Builder::new(epoch_1904);
    let mut merged = Vec::new();
    let mut count = 0;
    for sheet in &listed {
        let Some((kind, path)) = parts.0.get(&sheet.relation) else {
            let detail = format!("sheet {:?} has no part", sheet.name);
            return Err(Refused::damaged(detail));
        };
        if kind != "worksheet" {
            continue;
        }
        let areas = match &shared {
            Parted::Binary(shared) => xlsb::sheet(package, path, sheet, shared, &mut out)?,
            Parted::Xml(shared) => sheet::read(package, path, sheet, shared, &mut out)?,
        };
        merged.extend(areas.into_iter().map(|area| (count, area)));
        count += 1;
    }
    if count == 0 {
        return Err(Refused::NoSheets);
    }
    Ok(Book {
        kind,
        grid: out.finish(),
        merged,
    })
}

/// The sheets in their order, and whether dates count from 1904.
fn workbook(package: &mut Package, main: &str) -> Result<(Vec<Listed>, bool), Refused> {
    let Some(part) = package.part(main, MAX_LIST)? else {
        return Err(Refused::NotAWorkbook);
    };
    let mut xml = Xml::new(part);
    let (mut sheets, mut epoch_1904) = (Vec::new(), false);
    let mut is_workbook = false;
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "workbook" => is_workbook = true,
                "workbookPr" => attributes(&element, |key, value| {
                    if key == "date1904" {
                        epoch_1904 = yes(value);
                    }
                })?,
                "sheet" => sheets.push(listed(&element)?),
                _ if !is_workbook => return Err(Refused::NotAWorkbook),
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    match sheets.len() > MAX_SHEETS {
        true => Err(Refused::TooLarge { what: "sheets" }),
        false => Ok((sheets, epoch_1904)),
    }
}

fn listed(element: &quick_xml::events::BytesStart<'_>) -> Result<Listed, Refused> {
    let mut sheet = Listed {
        name: String::new(),
        hidden: false,
        relation: String::new(),
    };
    attributes(element, |key, value| match key {
        "name" => value.clone_into(&mut sheet.name),
        "state" => sheet.hidden = matches!(value, "hidden" | "veryHidden"),
        "id" => value.clone_into(&mut sheet.relation),
        _ => {}
    })?;
    Ok(sheet)
}

/// The parts that a part refers to; the package itself has the path "".
fn parts(package: &mut Package, of: &str) -> Result<Parts, Refused> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let path = format!("{folder}/_rels/{name}.rels");
    let mut out = Parts::default();
    let Some(part) = package.part(&path, MAX_LIST)? else {
        return Ok(out);
    };
    let mut xml = Xml::new(part);
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let (mut id, mut kind, mut target) = Default::default();
                attributes(&element, |key, value| match key {
                    "Id" => id = value.to_owned(),
                    "Type" => kind = value.rsplit('/').next().unwrap_or_default().to_owned(),
                    "Target" => target = resolve(folder, value),
                    _ => {}
                })?;
                out.0.entry(id).or_insert((kind, target));
            }
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// The path of a part that another one names from its folder.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').collect(),
    };
    for step in target.split('/') {
        match step {
            ".." => {
                path.pop();
            }
            "." | "" => {}
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}
