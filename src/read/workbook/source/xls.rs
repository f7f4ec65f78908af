//! XLS, of Excel 97 to 2003 and of Excel 5.0 and 95. Own readers, because hidden rows and the way a
//! number is shown stand in records of their own. A formula keeps its value; its text is not read.

use std::collections::HashMap;

use super::binary::{u16_at, u32_at};
use super::compound::Compound;
use super::format::Format;
use super::strings::Strings;
use super::{Book, Kind, MAX_SHEETS, Refused};
use crate::grid::Builder;

mod record;
mod sheet;

use record::{Pieces, Records, Version, records, wrong};

/// What all sheets share.
pub struct Shared {
    version: Version,
    strings: Strings,
    /// Number formats by the number of the style.
    formats: Vec<Format>,
    epoch_1904: bool,
}

/// What a workbook says of a sheet.
struct Listed {
    start: usize,
    hidden: bool,
    is_cells: bool,
    name: String,
}

/// Reads a workbook.
///
/// # Errors
/// It has a password, or cannot be read to the last cell.
pub fn read(bytes: &[u8]) -> Result<Book, Refused> {
    let file = Compound::open(bytes)?;
    if file.has("EncryptedPackage") {
        return Err(Refused::Encrypted);
    }
    let stream = match file.stream("Workbook")? {
        Some(stream) => Some(stream),
        None => file.stream("Book")?,
    };
    let stream = stream.ok_or(Refused::NotAWorkbook)?;
    let (listed, shared) = globals(&stream)?;
    if listed.len() > MAX_SHEETS {
        return Err(Refused::TooLarge { what: "sheets" });
    }
    let mut out = Builder::new(shared.epoch_1904);
    let mut merged = Vec::new();
    let mut count = 0;
    for its in listed.iter().filter(|its| its.is_cells) {
        let part = stream.get(its.start..).unwrap_or_default();
        let Some(sheet) = sheet::read(part, &shared)? else {
            continue;
        };
        merged.extend(sheet.merged.0.iter().map(|area| (count, *area)));
        sheet.put(&its.name, its.hidden, &mut out)?;
        count += 1;
    }
    if count == 0 {
        return Err(Refused::NoSheets);
    }
    Ok(Book {
        kind: Kind::Xls,
        grid: out.finish(),
        merged,
    })
}

fn globals(stream: &[u8]) -> Result<(Vec<Listed>, Shared), Refused> {
    let mut shared = Shared {
        version: Version::Biff8,
        strings: Strings::default(),
        formats: Vec::new(),
        epoch_1904: false,
    };
    let mut listed = Vec::new();
    let mut codes: HashMap<u16, Format> = HashMap::new();
    let mut styles = Vec::new();
    let mut all: Records<'_> = records(stream);
    let mut begun = false;
    while let Some(record) = all.next()? {
        let data = record.data;
        match record.kind {
            record::BOF if !begun => {
                begun = true;
                shared.version = Version::of(data)?;
            }
            0x2F => return Err(Refused::Encrypted),
            0x42 => shared.version.set_page(u16_at(data, 0).ok_or_else(wrong)?),
            0x22 => shared.epoch_1904 = u16_at(data, 0) == Some(1),
            0x041E => {
                let id = u16_at(data, 0).ok_or_else(wrong)?;
                // A broken one is as good as none: the number itself is sound.
                if let Ok(code) = shared.version.format(data) {
                    codes.insert(id, Format::of(&code));
                }
            }
            0xE0 => styles.push(u16_at(data, 2).ok_or_else(wrong)?),
            0x85 => {
                let flags = data.get(4..6).ok_or_else(wrong)?;
                listed.push(Listed {
                    start: u32_at(data, 0).ok_or_else(wrong)? as usize,
                    hidden: flags[0] & 3 != 0,
                    is_cells: flags[1] == 0,
                    name: shared.version.short(&data[6..])?.replace('\0', ""),
                });
            }
            0xFC => strings(&mut all.pieces(data), &mut shared.strings)?,
            record::EOF => break,
            _ => {}
        }
    }
    if !begun {
        return Err(Refused::NotAWorkbook);
    }
    let format = |id: u16| codes.get(&id).copied();
    let formats = styles.into_iter();
    let formats = formats.map(|id| format(id).unwrap_or_else(|| Format::built_in(id.into())));
    shared.formats = formats.collect();
    Ok((listed, shared))
}

fn strings(pieces: &mut Pieces<'_>, out: &mut Strings) -> Result<(), Refused> {
    let count = pieces.u32().and_then(|_| pieces.u32()).ok_or_else(wrong)?;
    for _ in 0..count {
        if pieces.is_at_end() {
            break;
        }
        let text = pieces.rich().ok_or_else(wrong)?;
        let fits = out.push(&text);
        fits.ok_or(Refused::TooLarge { what: "strings" })?;
    }
    Ok(())
}
