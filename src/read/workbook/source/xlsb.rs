//! XLSB: the parts of an XLSX, each in binary records. A formula keeps its value; its text is not
//! read.

use std::collections::HashMap;
use std::io::{self, BufReader, Read};

use super::binary::{error, f64_at, packed, u16_at, u32_at, wide};
use super::format::{Format, MAX_STYLES};
use super::number;
use super::ordered::{Areas, Ordered, hide};
use super::package::{Package, Part};
use super::strings::Strings;
use super::xlsx::{LAST, Listed, MAX_LIST, MAX_OTHER, MAX_SHEET, Parts};
use super::{MAX_SHEETS, Refused};
use crate::grid::{Builder, Sort};

/// The largest record, in bytes.
const MAX_RECORD: usize = 4 << 20;

/// What all sheets share.
pub struct Shared {
    strings: Strings,
    formats: Vec<Format>,
    epoch_1904: bool,
}

/// The sheets in their order, and what they share.
///
/// # Errors
/// A part is not sound.
pub fn workbook(
    package: &mut Package,
    main: &str,
    parts: &Parts,
) -> Result<(Vec<Listed>, Shared), Refused> {
    let mut shared = Shared {
        strings: Strings::default(),
        formats: Vec::new(),
        epoch_1904: false,
    };
    let mut sheets = Vec::new();
    each(package, Some(main), MAX_LIST, |kind, data| {
        match kind {
            0x99 => shared.epoch_1904 = data.first().is_some_and(|flags| flags & 1 != 0),
            0x9C => sheets.push(listed(data)?),
            _ => {}
        }
        Some(())
    })?;
    if sheets.len() > MAX_SHEETS {
        return Err(Refused::TooLarge { what: "sheets" });
    }
    each(
        package,
        parts.of_kind("sharedStrings"),
        MAX_OTHER,
        |kind, data| {
            if kind == 0x13 {
                shared.strings.push(&string(data, 1)?.0)?;
            }
            Some(())
        },
    )?;
    let mut codes: HashMap<u16, Format> = HashMap::new();
    let mut in_cells = false;
    each(package, parts.of_kind("styles"), MAX_LIST, |kind, data| {
        match kind {
            0x2C => {
                let code = string(data, 2)?.0;
                codes.insert(u16_at(data, 0)?, Format::of(&code));
            }
            0x0269 => in_cells = true,
            0x026A => in_cells = false,
            0x2F if in_cells => {
                let id = u16_at(data, 2)?;
                let own = codes.get(&id).copied();
                let format = own.unwrap_or_else(|| Format::built_in(id.into()));
                shared.formats.push(format);
                return (shared.formats.len() <= MAX_STYLES).then_some(());
            }
            _ => {}
        }
        Some(())
    })?;
    Ok((sheets, shared))
}

impl Shared {
    /// Whether dates count from 1904.
    pub fn epoch_1904(&self) -> bool {
        self.epoch_1904
    }
}

/// Calls `each` with every record of a part; it says none of one that is broken.
fn each(
    package: &mut Package,
    path: Option<&str>,
    most: u64,
    mut each: impl FnMut(u32, &[u8]) -> Option<()>,
) -> Result<(), Refused> {
    let Some(part) = path.map(|path| package.part(path, most)).transpose()? else {
        return Ok(());
    };
    let Some(part) = part else {
        return Ok(());
    };
    let mut records = Records::new(part);
    while let Some(kind) = records.next()? {
        each(kind, records.data()).ok_or_else(|| records.wrong())?;
    }
    Ok(())
}

/// Records of a part.
struct Records<'a> {
    input: BufReader<Part<'a>>,
    data: Vec<u8>,
}

impl<'a> Records<'a> {
    fn new(part: Part<'a>) -> Self {
        Self {
            input: BufReader::with_capacity(1 << 16, part),
            data: Vec::new(),
        }
    }

    /// The kind of the next record; none at the end.
    fn next(&mut self) -> Result<Option<u32>, Refused> {
        self.input.get_mut().piece = 0;
        let Some(kind) = self.varying(2)? else {
            return Ok(None);
        };
        let size = self.varying(4)?.ok_or_else(|| self.wrong())? as usize;
        if size > MAX_RECORD {
            return Err(Refused::TooLarge { what: "content" });
        }
        self.data.resize(size, 0);
        let read = self.input.read_exact(&mut self.data);
        read.map_err(|error| self.failed(&error))?;
        Ok(Some(kind))
    }

    fn data(&self) -> &[u8] {
        &self.data
    }

    /// A number of one byte or more, seven bits each; none at the end of the part.
    fn varying(&mut self, most: u32) -> Result<Option<u32>, Refused> {
        let mut out = 0;
        for index in 0..most {
            let mut byte = [0];
            match self.input.read(&mut byte) {
                Ok(0) if index == 0 => return Ok(None),
                Ok(0) => return Err(self.wrong()),
                Ok(_) => {}
                Err(error) => return Err(self.failed(&error)),
            }
            let bits = u32::from(byte[0]);
            out |= (bits & 0x7F) << (7 * index);
            if bits & 0x80 == 0 {
                break;
            }
        }
        Ok(Some(out))
    }

    fn failed(&self, error: &io::Error) -> Refused {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
        let own: Option<&Refused> = inner;
        own.cloned().unwrap_or_else(|| self.wrong())
    }

    fn wrong(&self) -> Refused {
        Refused::damaged(format!("{}: a record is broken", self.input.get_ref().name))
    }
}

/// A string at an offset, and where it ends.
fn string(data: &[u8], at: usize) -> Option<(String, usize)> {
    let length = u32_at(data, at)?;
    let length = if length == u32::MAX { 0 } else { length };
    let end = (at + 4).checked_add(length as usize * 2)?;
    Some((wide(data.get(at + 4..end)?), end))
}

fn listed(data: &[u8]) -> Option<Listed> {
    let (relation, end) = string(data, 8)?;
    Some(Listed {
        name: string(data, end)?.0,
        hidden: u32_at(data, 0)? != 0,
        relation,
    })
}

/// Reads a sheet and gives its merged areas.
///
/// # Errors
/// The part is not sound, or the workbook has too much.
pub fn sheet(
    package: &mut Package,
    path: &str,
    listed: &Listed,
    shared: &Shared,
    out: &mut Builder,
) -> Result<Vec<[u32; 4]>, Refused> {
    let Some(part) = package.part(path, MAX_SHEET)? else {
        return Err(Refused::damaged(format!("no part {path}")));
    };
    let mut records = Records::new(part);
    let (mut columns, mut merged) = (Vec::new(), Areas::default());
    let mut text = String::new();
    let (mut row, mut row_hidden, mut inside) = (0, false, false);
    let mut begun: Option<Ordered<'_>> = None;
    let mut out = Some(out);
    while let Some(kind) = records.next()? {
        let data = records.data();
        let broken = || records.wrong();
        match kind {
            0x3C => hidden_columns(data, &mut columns).ok_or_else(broken)?,
            0x91 => {
                inside = true;
                if let Some(out) = out.take() {
                    out.sheet(&listed.name, listed.hidden, std::mem::take(&mut columns));
                    begun = Some(Ordered::new(out));
                }
            }
            0x92 => inside = false,
            0xB0 => merged.push(area(data).ok_or_else(broken)?)?,
            0x00 if inside => {
                row = u32_at(data, 0)
                    .filter(|row| *row < LAST.0)
                    .ok_or_else(broken)?
                    + 1;
                row_hidden = data.get(11).ok_or_else(broken)? & 0x10 != 0;
            }
            0x01..=0x0B | 0x3E if inside => {
                let column = u32_at(data, 0).filter(|column| *column < LAST.1);
                let at = (row, column.ok_or_else(broken)? + 1);
                text.clear();
                let sort = cell(kind, data, shared, &mut text).ok_or_else(broken)?;
                if let Some(ordered) = &mut begun {
                    ordered.put(at, row_hidden, sort, &text)?;
                }
            }
            _ => {}
        }
    }
    if let Some(out) = out {
        out.sheet(&listed.name, listed.hidden, columns);
    }
    Ok(merged.0)
}

/// Writes a cell's text and says what it is; none if the record is broken.
fn cell(kind: u32, data: &[u8], shared: &Shared, out: &mut String) -> Option<Sort> {
    let value = match kind {
        0x02 => packed(u32_at(data, 8)?),
        0x05 | 0x09 => f64_at(data, 8)?,
        0x03 | 0x0B => return word(error(*data.get(8)?), Sort::Error, out),
        0x04 | 0x0A => {
            let truth = if *data.get(8)? == 0 { "FALSE" } else { "TRUE" };
            return word(truth, Sort::Bool, out);
        }
        0x06 | 0x08 => return word(&string(data, 8)?.0, Sort::Text, out),
        0x3E => return word(&string(data, 9)?.0, Sort::Text, out),
        0x07 => {
            let text = shared.strings.get(u32_at(data, 8)? as usize)?;
            return word(text, Sort::Text, out);
        }
        _ => return Some(Sort::Blank),
    };
    if !value.is_finite() {
        return None;
    }
    let style = u32_at(data, 4)? & 0x00FF_FFFF;
    let format = shared.formats.get(style as usize).copied();
    let shape = format.unwrap_or_default().shape(value);
    Some(number::write(value, None, shape, shared.epoch_1904, out))
}

fn word(text: &str, sort: Sort, out: &mut String) -> Option<Sort> {
    out.push_str(text);
    Some(if text.is_empty() { Sort::Blank } else { sort })
}

fn hidden_columns(data: &[u8], out: &mut Vec<u32>) -> Option<()> {
    let hidden = u16_at(data, 16)? & 1 != 0 || u32_at(data, 8)? == 0;
    if hidden {
        hide(out, u32_at(data, 0)?, u32_at(data, 4)?.min(LAST.1 - 1));
    }
    Some(())
}

fn area(data: &[u8]) -> Option<[u32; 4]> {
    let part = |at| u32_at(data, at).and_then(|part| part.checked_add(1));
    Some([part(0)?, part(8)?, part(4)?, part(12)?])
}
