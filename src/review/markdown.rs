//! The review for a job or a pull request.

use std::io::{self, Write};

use super::Review;
use super::table::{self, Cell, Table};
use crate::render::markdown::text::{Sheet, escaped};

/// Rows of a table that are shown.
const ROWS: usize = 60;

pub(super) fn write(review: &Review<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut sheet = Sheet::default();
    for said in table::said(review) {
        sheet.line(&format!("> {}\n", escaped(&said, 1_200)));
    }
    for table in [
        table::regencies(review),
        table::causes(review),
        table::doubles(review, false),
    ] {
        if !table.rows.is_empty() {
            draw(&table, &mut sheet);
        }
    }
    out.write_all(sheet.end(review.lang()).as_bytes())
}

fn draw(table: &Table, sheet: &mut Sheet) {
    sheet.line(&format!("## {}\n", table.title));
    sheet.line(&format!("| {} |", table.heads.join(" | ")));
    sheet.line(&format!("|{}", "---|".repeat(table.heads.len())));
    for row in table.rows.iter().take(ROWS) {
        let cells = row.iter().map(|cell| match cell {
            Cell::Text(text) => escaped(text, 200),
            Cell::Number(number) => number.to_string(),
            Cell::Blank => "-".to_owned(),
        });
        let cells: Vec<_> = cells.collect();
        sheet.line(&format!("| {} |", cells.join(" | ")));
    }
    if let more @ 1.. = table.rows.len().saturating_sub(ROWS) {
        sheet.line(&format!("\n… +{more}"));
    }
    sheet.line("");
}
