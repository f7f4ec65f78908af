//! The sheet `Kepala`: a field in A, its value in B, what it means in C. No row above the first:
//! every row is a field.

use rust_xlsxwriter::{Worksheet, XlsxError};
use serde_json::Value;

use super::columns::{self, Holds, Need};
use super::lists::Lists;
use super::{Form, allowed, ink, sheet, words};

/// The sheet's name.
pub(super) const NAME: &str = "Kepala";

/// Draws the sheet.
pub(super) fn draw(form: &Form<'_>, lists: &mut Lists) -> Result<Worksheet, XlsxError> {
    let mut page = Worksheet::new();
    page.set_name(NAME)?;
    page.set_tab_color(ink::TABS.0);
    page.set_column_width(0, 24)?;
    page.set_column_width(1, 54)?;
    page.set_column_width(2, 96)?;
    for (row, column) in (0..).zip(columns::head(form)) {
        page.write_with_format(row, 0, label(&column.name), &ink::heading(column.need))?;
        let input = ink::input(&column);
        match (form.known(&column.name), &column.holds) {
            (Some(_), Holds::Date(..)) => {
                page.write_with_format(row, 1, &allowed::excel(form.cutoff)?, &input)?
            }
            (Some(Value::Number(number)), _) => {
                let number = number.as_f64().unwrap_or_default();
                page.write_with_format(row, 1, number, &input)?
            }
            (Some(Value::String(text)), _) => {
                page.write_string_with_format(row, 1, text, &input)?
            }
            _ => page.write_blank(row, 1, &input)?,
        };
        let mut meaning = column.description.clone();
        if column.need != Need::Always {
            let need = words::need(column.need);
            meaning = format!("({need}) {meaning}");
        }
        if form.known(&column.name).is_none() && !column.example.is_empty() {
            meaning.push_str(" Contoh: ");
            meaning.push_str(&column.example);
        }
        page.write_with_format(row, 2, &meaning, &ink::aside())?;
        page.set_row_height(
            row,
            if meaning.chars().count() > 100 {
                36
            } else {
                24
            },
        )?;
        let cell = format!("$B${}", row + 1);
        if let Some(rule) = allowed::rule(&column, &cell, "", lists)? {
            page.add_data_validation(row, 1, row, 1, &rule)?;
        }
    }
    page.set_screen_gridlines(false);
    sheet::print(&mut page);
    Ok(page)
}

/// A field's name as a title: `Kode wilayah` for `kode_wilayah`.
fn label(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    let rest = letters.map(|c| if c == '_' { ' ' } else { c });
    first.into_iter().chain(rest).collect()
}
