//! XLSX and XLSM. Own readers on the stream of XML events: one way through a sheet gives its cells,
//! hidden rows and columns, formulas without values and merged areas. Charts, dialogs and macro
//! sheets are passed over.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::package::Package;
use super::xml::{Xml, attributes, yes};
use super::{Book, Kind, MAX_SHEETS, Refused};
use crate::grid::Builder;

mod cell;
mod sheet;
mod strings;
mod styles;

use strings::Strings;
use styles::Styles;

/// The most that a part with cells inflates to, in bytes.
const MAX_SHEET: u64 = 512 << 20;
/// The most that any other part inflates to, in bytes.
const MAX_OTHER: u64 = 256 << 20;

/// A relationship from one part to another: kind and path.
struct Relation {
    kind: String,
    target: String,
}

/// What a workbook says of a sheet.
struct Listed {
    name: String,
    hidden: bool,
    relation: String,
}

/// What all sheets share.
pub struct Shared {
    strings: Strings,
    styles: Styles,
    epoch_1904: bool,
}

/// The path of the workbook's main part, if this is an Office package.
///
/// # Errors
/// The list of parts cannot be read.
pub fn main_part(package: &mut Package) -> Result<Option<String>, Refused> {
    let relations = relations(package, "")?;
    let main = relations
        .into_values()
        .find(|relation| relation.kind == "officeDocument")
        .map(|relation| relation.target);
    let usual = || "xl/workbook.xml".to_owned();
    Ok(main
        .or_else(|| package.has(&usual()).then(usual))
        .filter(|path| package.has(path)))
}

/// Reads a workbook by its main part.
///
/// # Errors
/// It cannot be read to the last cell.
pub fn read(package: &mut Package, main: &str) -> Result<Book, Refused> {
    let (listed, epoch_1904) = workbook(package, main)?;
    let relations = relations(package, main)?;
    let path = |kind: &str| {
        let mut all = relations.values();
        all.find(|relation| relation.kind == kind)
            .map(|relation| relation.target.clone())
    };
    let shared = Shared {
        strings: strings::read(package, path("sharedStrings").as_deref())?,
        styles: styles::read(package, path("styles").as_deref())?,
        epoch_1904,
    };
    let mut out = Builder::new(epoch_1904);
    let mut merged = Vec::new();
    let mut count = 0;
    for sheet in &listed {
        let Some(relation) = relations.get(&sheet.relation) else {
            let detail = format!("sheet {:?} has no part", sheet.name);
            return Err(Refused::damaged(detail));
        };
        if relation.kind != "worksheet" {
            continue;
        }
        let Some(part) = package.part(&relation.target, MAX_SHEET)? else {
            return Err(Refused::damaged(format!("no part {}", relation.target)));
        };
        let areas = sheet::read(Xml::new(part), &sheet.name, sheet.hidden, &shared, &mut out)?;
        merged.extend(areas.into_iter().map(|area| (count, area)));
        count += 1;
    }
    if count == 0 {
        return Err(Refused::NoSheets);
    }
    Ok(Book {
        kind: Kind::Xlsx,
        grid: out.finish(),
        merged,
    })
}

/// The sheets in their order, and whether dates count from 1904.
fn workbook(package: &mut Package, main: &str) -> Result<(Vec<Listed>, bool), Refused> {
    let Some(part) = package.part(main, MAX_OTHER)? else {
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

/// The relationships of a part, by their ids; of the package itself for the path "".
fn relations(package: &mut Package, of: &str) -> Result<HashMap<String, Relation>, Refused> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let path = format!("{folder}/_rels/{name}.rels");
    let mut out = HashMap::new();
    let Some(part) = package.part(&path, MAX_OTHER)? else {
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
                out.entry(id).or_insert(Relation { kind, target });
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
