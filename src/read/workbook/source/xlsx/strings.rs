//! Shared strings, and how a string is written.

use quick_xml::events::Event;

use super::MAX_OTHER;
use crate::read::workbook::source::Refused;
use crate::read::workbook::source::package::Package;
use crate::read::workbook::source::strings::Strings;
use crate::read::workbook::source::xml::{Xml, attributes};

/// Reads the shared strings; a workbook without the part has none.
///
/// # Errors
/// The part is not sound.
pub fn read(package: &mut Package, path: Option<&str>) -> Result<Strings, Refused> {
    let mut out = Strings::default();
    let path = path.unwrap_or("xl/sharedStrings.xml");
    let Some(part) = package.part(path, MAX_OTHER)? else {
        return Ok(out);
    };
    let mut xml = Xml::new(part);
    let mut piece = String::new();
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "si" => {
                rich(&mut xml, &mut piece, out.room())?;
                let fits = out.end();
                fits.ok_or(Refused::TooLarge { what: "strings" })?;
            }
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// Adds the text of the element that is open: its runs joined, without those that say how it is
/// pronounced. `piece` is room to work in.
///
/// # Errors
/// The part is not sound.
pub fn rich(xml: &mut Xml<'_>, piece: &mut String, out: &mut String) -> Result<(), Refused> {
    let depth = xml.depth();
    while xml.depth() >= depth {
        let Event::Start(element) = xml.next()? else {
            continue;
        };
        match element.local_name().as_ref() {
            "t" => {
                let mut kept = false;
                attributes(&element, |key, value| {
                    kept |= key == "space" && value == "preserve";
                })?;
                piece.clear();
                xml.text(piece)?;
                // Office drops these too where they are not asked to be kept.
                let text = match kept {
                    true => piece.as_str(),
                    false => piece.trim_matches([' ', '\t', '\r', '\n']),
                };
                unescape(text, out);
            }
            "rPh" => xml.skip()?,
            _ => {}
        }
    }
    Ok(())
}

/// Adds a text in which `_x000D_` stands for a character.
pub fn unescape(mut text: &str, out: &mut String) {
    while let Some(at) = text.find("_x") {
        let (before, rest) = text.split_at(at);
        out.push_str(before);
        let Some(unit) = unit(rest) else {
            out.push_str("_x");
            text = &rest[2..];
            continue;
        };
        text = &rest[7..];
        let mut units = vec![unit];
        if let Some(low) = self::unit(text).filter(|_| (0xD800..0xDC00).contains(&unit)) {
            units.push(low);
            text = &text[7..];
        }
        out.push_str(&String::from_utf16_lossy(&units));
    }
    out.push_str(text);
}

/// The code unit of an escape at the beginning of a text.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_characters() {
        for (from, to) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_!", "😀!"),
            ("_xD83D_", "\u{FFFD}"),
            ("_x00G0_ _x _x12", "_x00G0_ _x _x12"),
            ("_x+00D_é", "_x+00D_é"),
            ("_x00é_", "_x00é_"),
        ] {
            let mut out = String::new();
            unescape(from, &mut out);
            assert_eq!(out, to, "{from}");
        }
    }
}
