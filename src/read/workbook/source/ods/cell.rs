//! One cell of an OpenDocument sheet.

use quick_xml::events::{BytesStart, Event};

use super::count;
use crate::grid::Sort;
use crate::read::workbook::source::Refused;
use crate::read::workbook::source::format::Shape;
use crate::read::workbook::source::number;
use crate::read::workbook::source::xml::{Xml, attributes, piece};

/// The most blanks that one element stands for.
const MAX_BLANKS: u32 = 1024;

/// What the attributes of a cell say.
pub struct Cell {
    /// In how many columns it stands.
    pub times: u32,
    /// Rows and columns of the area that it covers.
    pub spanned: Option<[u32; 2]>,
    kind: String,
    value: Option<String>,
    formula: Option<String>,
    is_error: bool,
}

impl Cell {
    /// Reads the attributes.
    ///
    /// # Errors
    /// They are broken.
    pub fn of(element: &BytesStart<'_>) -> Result<Self, Refused> {
        let mut cell = Self {
            times: 1,
            spanned: None,
            kind: String::new(),
            value: None,
            formula: None,
            is_error: false,
        };
        let mut spanned = [1, 1];
        attributes(element, |key, value| match key {
            "number-columns-repeated" => cell.times = count(value),
            "number-rows-spanned" => spanned[0] = count(value),
            "number-columns-spanned" => spanned[1] = count(value),
            // Once as every application writes it, once as LibreOffice does, which knows errors.
            "value-type" if value == "error" => cell.is_error = true,
            "value-type" => value.clone_into(&mut cell.kind),
            "value" | "string-value" | "date-value" | "time-value" | "boolean-value" => {
                cell.value = Some(value.to_owned());
            }
            "formula" => cell.formula = Some(value.to_owned()),
            _ => {}
        })?;
        cell.spanned = (spanned != [1, 1]).then_some(spanned);
        Ok(cell)
    }

    /// Reads what is shown, writes the cell's text and says what it is.
    ///
    /// # Errors
    /// The part is not sound.
    pub fn read(&mut self, xml: &mut Xml<'_>, out: &mut String) -> Result<Sort, Refused> {
        let paragraphs = shown(xml, out)?;
        // LibreOffice says nothing of a formula whose value is an empty text, and shows it.
        if self.kind.is_empty() && self.formula.is_some() && paragraphs > 0 && out.is_empty() {
            return Ok(Sort::Blank);
        }
        let sort = self.sort(out)?;
        match out.is_empty() {
            true => Ok(Sort::Blank),
            false => Ok(sort),
        }
    }

    /// `out` holds what is shown, and is replaced by the value where that says more.
    fn sort(&self, out: &mut String) -> Result<Sort, Refused> {
        let value = self.value.as_deref();
        let is_number = matches!(self.kind.as_str(), "float" | "currency" | "percentage");
        // LibreOffice once wrote a formula's error as the number 0 that is shown otherwise.
        let failed = out.starts_with('#') || out.starts_with("Err:");
        if self.is_error || (self.formula.is_some() && is_number && failed) {
            return Ok(Sort::Error);
        }
        Ok(match self.kind.as_str() {
            "" => match &self.formula {
                Some(formula) if out.is_empty() => {
                    let from = formula.find('=').unwrap_or(0);
                    out.push_str(&formula[from..]);
                    Sort::Unvalued
                }
                _ => Sort::Text,
            },
            "percentage" if !out.is_empty() => Sort::Text,
            "percentage" => numeric(value, Shape::Percent(0, 2), out)?,
            "float" if is_truth(out, value) => Sort::Bool,
            "float" | "currency" => {
                let shape = shape(out, value);
                out.clear();
                numeric(value, shape, out)?
            }
            "boolean" => {
                let truth = value.map(str::trim) == Some("true");
                replace(out, if truth { "TRUE" } else { "FALSE" });
                Sort::Bool
            }
            "date" => {
                out.clear();
                number::iso(value.unwrap_or_default(), out)
            }
            "time" => {
                if let Some(clock) = value.and_then(clock) {
                    replace(out, &clock);
                }
                Sort::Text
            }
            _ => {
                if let Some(value) = value.filter(|value| !value.is_empty()) {
                    replace(out, value);
                }
                Sort::Text
            }
        })
    }
}

/// Whether a number is shown as a truth value.
fn is_truth(shown: &str, value: Option<&str>) -> bool {
    matches!((shown, value), ("TRUE", Some("1")) | ("FALSE", Some("0")))
}

fn replace(out: &mut String, text: &str) {
    out.clear();
    out.push_str(text);
}

fn numeric(value: Option<&str>, shape: Shape, out: &mut String) -> Result<Sort, Refused> {
    let text = value.unwrap_or_default().trim();
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    let wrong = || Refused::damaged(format!("{text:?} is no number"));
    Ok(number::write(
        number.ok_or_else(wrong)?,
        Some(text),
        shape,
        false,
        out,
    ))
}

/// The number format, as far as it is seen in what is shown.
fn shape(shown: &str, value: Option<&str>) -> Shape {
    let digits = shown.strip_prefix('-').unwrap_or(shown);
    let all = digits.len() > 1 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if all && digits.starts_with('0') && shown.parse::<f64>().ok() == value.and_then(number_of) {
        return Shape::Padded(digits.len());
    }
    let exponent = digits.split_once("E+").or_else(|| digits.split_once("E-"));
    let scientific = exponent.is_some_and(|(before, after)| {
        before.ends_with(|char: char| char.is_ascii_digit())
            && !after.is_empty()
            && after.bytes().all(|byte| byte.is_ascii_digit())
    });
    match scientific {
        true => Shape::Scientific,
        false => Shape::Plain,
    }
}

fn number_of(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}

/// `HH:MM:SS` of a duration such as `PT07H30M00.5S`.
fn clock(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix("PT")?;
    let mut parts = [0.0_f64; 3];
    for (part, letter) in parts.iter_mut().zip(['H', 'M', 'S']) {
        if let Some((number, after)) = rest.split_once(letter) {
            *part = number.parse().ok()?;
            rest = after;
        }
    }
    let days = (parts[0] * 3600.0 + parts[1] * 60.0 + parts[2]) / 86_400.0;
    let mut out = String::new();
    let sort = number::write(days, None, Shape::Elapsed, false, &mut out);
    (rest.is_empty() && sort == Sort::Text).then_some(out)
}

/// Adds the paragraphs of the cell that is open, a line each, and counts them.
fn shown(xml: &mut Xml<'_>, out: &mut String) -> Result<usize, Refused> {
    let depth = xml.depth();
    let mut paragraphs = 0;
    while xml.depth() >= depth {
        let Event::Start(element) = xml.next()? else {
            continue;
        };
        // Notes, drawings and tables within a cell are not its text.
        if element.local_name().as_ref() != "p" {
            xml.skip()?;
            continue;
        }
        if paragraphs > 0 {
            out.push('\n');
        }
        paragraphs += 1;
        paragraph(xml, out)?;
    }
    Ok(paragraphs)
}

fn paragraph(xml: &mut Xml<'_>, out: &mut String) -> Result<(), Refused> {
    let depth = xml.depth();
    while xml.depth() >= depth {
        let event = xml.next()?;
        let Event::Start(element) = event else {
            if let Some(text) = piece(&event)? {
                out.push_str(&text);
            }
            continue;
        };
        match element.local_name().as_ref() {
            "s" => {
                let mut times = 1;
                attributes(&element, |key, value| {
                    if key == "c" {
                        times = count(value).min(MAX_BLANKS);
                    }
                })?;
                out.extend(std::iter::repeat_n(' ', times as usize));
            }
            "tab" => out.push('\t'),
            "line-break" => out.push('\n'),
            "annotation" | "frame" | "ruby-text" => xml.skip()?,
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_clocks() {
        assert_eq!(clock("PT07H30M00S").as_deref(), Some("07:30:00"));
        assert_eq!(clock("PT36H00M00.4S").as_deref(), Some("36:00:00"));
        for wrong in ["", "P1D", "PT", "PT1X", "PT-5H"] {
            assert_eq!(clock(wrong).filter(|_| wrong != "PT"), None, "{wrong}");
        }
    }

    #[test]
    fn the_format_is_seen_in_what_is_shown() {
        assert_eq!(shape("0012", Some("12")), Shape::Padded(4));
        assert_eq!(shape("0", Some("0")), Shape::Plain);
        assert_eq!(shape("0012", Some("13")), Shape::Plain);
        assert_eq!(shape("3.37E+011", Some("337000000000")), Shape::Scientific);
        assert_eq!(shape("Rp1.500", Some("1500")), Shape::Plain);
    }
}
