//! The review on a terminal.

use std::io::{self, Write};

use super::Review;
use super::table::{self, Cell, Table};
use crate::render::safe;
use crate::words::shown;

/// Characters of the widest cell.
const WIDE: usize = 48;
/// Rows of a table that are shown; the regencies are fewer.
const ROWS: usize = 36;

pub(super) fn write(review: &Review<'_>, out: &mut dyn Write) -> io::Result<()> {
    draw(&table::regencies(review), out)?;
    for table in [table::causes(review), table::doubles(review, false)] {
        if !table.rows.is_empty() {
            writeln!(out)?;
            draw(&table, out)?;
        }
    }
    let said = table::said(review);
    if !said.is_empty() {
        writeln!(out)?;
    }
    said.iter()
        .try_for_each(|text| writeln!(out, "{}", safe(text)))
}

fn draw(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Vec<String>> = table.rows.iter().take(ROWS).map(|row| texts(row)).collect();
    let heads: Vec<String> = table.heads.iter().map(|&head| head.to_owned()).collect();
    let wide = |at: usize| {
        let cells = rows.iter().chain([&heads]).filter_map(|row| row.get(at));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(wide).collect();
    let right: Vec<bool> = (0..heads.len())
        .map(|at| {
            let mut cells = table.rows.iter().filter_map(|row| row.get(at));
            cells.any(|cell| matches!(cell, Cell::Number(_)))
        })
        .collect();
    writeln!(out, "{}", table.title)?;
    for row in [&heads].into_iter().chain(&rows) {
        let cells = row.iter().zip(&widths).zip(&right);
        let cells = cells.map(|((cell, wide), right)| match right {
            true => format!("{cell:>wide$}"),
            false => format!("{cell:<wide$}"),
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        writeln!(out, "{}", line.trim_end())?;
    }
    let more = table.rows.len().saturating_sub(ROWS);
    if more > 0 {
        writeln!(out, "… +{more}")?;
    }
    Ok(())
}

fn texts(row: &[Cell]) -> Vec<String> {
    let one = |cell: &Cell| match cell {
        Cell::Text(text) => safe(&shown(text, WIDE)),
        Cell::Number(number) => number.to_string(),
        Cell::Blank => "-".to_owned(),
    };
    row.iter().map(one).collect()
}
