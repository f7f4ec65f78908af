//! The sheets of a workbook that cannot be marked itself (XLS, XLSB, ODS), as a new one: values,
//! sheets and what is hidden, without looks and formulas.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::base::{MOST_COLUMNS, MOST_ROWS, WIDEST, shortened};
use crate::grid::{Grid, RowView, Sheet, Sort};

/// Letters of a sheet's name.
const NAME: usize = 31;

/// Names of the new sheets by those of the old ones.
pub(super) type Names = BTreeMap<String, String>;

/// The new workbook and the names of its sheets, by those of the old one; none if the sheets are
/// larger than those of Excel.
pub(super) fn copied(grid: &Grid) -> Result<Option<(Vec<u8>, Names)>, XlsxError> {
    let mut book = Workbook::new();
    let mut names: Names = BTreeMap::new();
    for sheet in &grid.sheets {
        let name = free(&sheet.name, &names);
        let own = book.add_worksheet();
        own.set_name(&name)?;
        if !fill(own, grid, sheet)? {
            return Ok(None);
        }
        names.insert(sheet.name.to_string(), name);
    }
    if let Some(shown) = grid.sheets.iter().position(|sheet| !sheet.hidden) {
        book.worksheet_from_index(shown)?.set_active(true);
        for (at, sheet) in grid.sheets.iter().enumerate() {
            book.worksheet_from_index(at)?.set_hidden(sheet.hidden);
        }
    }
    Ok(Some((book.save_to_buffer()?, names)))
}

fn fill(own: &mut Worksheet, grid: &Grid, sheet: &Sheet) -> Result<bool, XlsxError> {
    let mut widths: BTreeMap<u16, u16> = BTreeMap::new();
    for row in sheet.rows.clone().map(|index| grid.row(index)) {
        let number = row.number().saturating_sub(1);
        if number as usize >= MOST_ROWS {
            return Ok(false);
        }
        for column in (0..row.len()).filter(|column| row.sort(*column) != Sort::Blank) {
            let Some(to) = u16::try_from(column).ok().filter(|to| *to < MOST_COLUMNS) else {
                return Ok(false);
            };
            let letters = cell(own, row, number, to)?;
            let width = widths.entry(to).or_insert(8);
            // At most WIDEST.
            *width = (*width).max(u16::try_from((letters + 1).min(WIDEST)).unwrap_or(8));
        }
        if row.hidden() {
            own.set_row_hidden(number)?;
        }
    }
    for (column, width) in widths {
        own.set_column_width(column, f64::from(width))?;
    }
    for column in &sheet.hidden_columns {
        if let Some(column) = u16::try_from(*column).ok().filter(|to| *to < MOST_COLUMNS) {
            own.set_column_hidden(column)?;
        }
    }
    Ok(true)
}

/// Writes a cell; a number whose text is not how a number is written alone (`0012`) stays text.
fn cell(own: &mut Worksheet, row: RowView<'_>, to: u32, column: u16) -> Result<usize, XlsxError> {
    let text = row.text(usize::from(column));
    let letters = text.chars().count();
    let plain = || {
        let number: f64 = text.parse().ok()?;
        (number.to_string() == text).then_some(number)
    };
    match (row.sort(usize::from(column)), plain()) {
        (Sort::Number, Some(number)) => own.write_number(to, column, number)?,
        (Sort::Bool, _) => own.write_boolean(to, column, text == "TRUE")?,
        _ => {
            let format = Format::new().set_num_format("@");
            own.write_string_with_format(to, column, shortened(text, letters), &format)?
        }
    };
    Ok(letters)
}

/// A name that Excel allows and no other sheet has.
fn free(name: &str, taken: &Names) -> String {
    let allowed = |c: char| match c {
        '[' | ']' | ':' | '*' | '?' | '/' | '\\' => '_',
        c if c.is_control() => '_',
        c => c,
    };
    let base: String = name.trim_matches('\'').chars().map(allowed).collect();
    let base = if base.trim().is_empty() { "_" } else { &base };
    let is_free = |name: &String| {
        let lower = name.to_lowercase();
        taken.values().all(|other| other.to_lowercase() != lower)
    };
    let numbered = (0_u32..).map(|at| {
        let tail = if at == 0 {
            String::new()
        } else {
            format!("~{at}")
        };
        let mut out = String::new();
        for c in base.chars() {
            if out.encode_utf16().count() + c.len_utf16() + tail.len() > NAME {
                break;
            }
            out.push(c);
        }
        out + &tail
    });
    numbered.into_iter().find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_excel_allows() {
        let mut taken = BTreeMap::new();
        for (name, free_one) in [
            ("Data [2025]/a", "Data _2025__a"),
            ("data _2025__A", "data _2025__A~1"),
            (
                "Sebuah nama lembar yang panjang sekali",
                "Sebuah nama lembar yang panjang",
            ),
            (
                "Sebuah nama lembar yang panjang lain",
                "Sebuah nama lembar yang panja~1",
            ),
            ("''", "_"),
        ] {
            let own = free(name, &taken);
            assert_eq!(own, free_one);
            taken.insert(name.to_owned(), own);
        }
    }
}
