//! The number format of every style.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::MAX_OTHER;
use crate::read::workbook::source::Refused;
use crate::read::workbook::source::format::{Format, MAX_STYLES};
use crate::read::workbook::source::package::Package;
use crate::read::workbook::source::xml::{Xml, attributes};

/// The formats, by the number of the style.
#[derive(Default)]
pub struct Styles(Vec<Format>);

impl Styles {
    /// The format of a style.
    pub fn format(&self, style: usize) -> Format {
        self.0.get(style).copied().unwrap_or_default()
    }
}

/// Reads the styles; a workbook without the part has none.
///
/// # Errors
/// The part is not sound.
pub fn read(package: &mut Package, path: Option<&str>) -> Result<Styles, Refused> {
    let mut out = Styles::default();
    let path = path.unwrap_or("xl/styles.xml");
    let Some(part) = package.part(path, MAX_OTHER)? else {
        return Ok(out);
    };
    let mut xml = Xml::new(part);
    let mut codes: HashMap<u32, Format> = HashMap::new();
    let mut in_cells = false;
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "cellXfs" => in_cells = true,
                // Differential styles have formats of their own, with the same numbers.
                "dxfs" => xml.skip()?,
                "numFmt" => {
                    let (mut id, mut format) = (None, Format::default());
                    attributes(&element, |key, value| match key {
                        "numFmtId" => id = value.parse().ok(),
                        "formatCode" => format = Format::of(value),
                        _ => {}
                    })?;
                    codes.extend(id.map(|id| (id, format)));
                    too_many(codes.len())?;
                }
                "xf" if in_cells => {
                    let mut id = 0;
                    attributes(&element, |key, value| {
                        if key == "numFmtId" {
                            id = value.parse().unwrap_or(0);
                        }
                    })?;
                    let own = codes.get(&id).copied();
                    out.0.push(own.unwrap_or_else(|| Format::built_in(id)));
                    too_many(out.0.len())?;
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => in_cells = false,
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

fn too_many(count: usize) -> Result<(), Refused> {
    match count > MAX_STYLES {
        true => Err(Refused::TooLarge { what: "styles" }),
        false => Ok(()),
    }
}
