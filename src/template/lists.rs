//! The lists behind the drop-downs, in a sheet that nobody sees.

use rust_xlsxwriter::{Formula, Worksheet, XlsxError, column_number_to_name};

/// The sheet's name. A reader leaves it out.
pub(super) const NAME: &str = "_daftar";

/// The lists, each once.
#[derive(Debug, Default)]
pub(super) struct Lists(Vec<Vec<String>>);

impl Lists {
    /// Where a list stands.
    pub(super) fn range(&mut self, items: Vec<String>) -> Formula {
        let last = items.len().max(1);
        let at = self.0.iter().position(|own| *own == items);
        let at = at.unwrap_or_else(|| {
            self.0.push(items);
            self.0.len() - 1
        });
        // Fewer lists than a sheet has columns.
        let column = column_number_to_name(u16::try_from(at).unwrap_or(u16::MAX));
        Formula::new(format!("={NAME}!${column}$1:${column}${last}"))
    }

    /// The sheet.
    pub(super) fn sheet(&self) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(NAME)?.set_very_hidden(true);
        for (column, items) in (0..).zip(&self.0) {
            for (row, item) in (0..).zip(items) {
                match item.parse::<i32>() {
                    // A year: what is chosen must be a number.
                    Ok(year) => sheet.write(row, column, year)?,
                    Err(_) => sheet.write_string(row, column, item)?,
                };
            }
        }
        Ok(sheet)
    }
}
