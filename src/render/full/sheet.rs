//! Draws a piece of a sheet: column letters, row numbers, the cell marked.

use std::io::{self, Write};

use crate::place::{Piece, letters};
use crate::render::{Style, safe};
use crate::words;

/// Draws the piece under its place's name, with the label at the cell.
pub(super) fn draw(
    piece: &Piece,
    name: &str,
    label: &str,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sign = |unicode: &'static str, ascii: &'static str| match style.unicode {
        true => unicode,
        false => ascii,
    };
    let (at_row, at_cell) = piece.at;
    let columns = piece.rows.iter().map(|(_, cells)| cells.len()).max();
    let columns = columns.unwrap_or(1).max(1);
    let numbers = piece.rows.iter().map(|(number, _)| *number).max();
    let margin = numbers.unwrap_or(0).to_string().len();
    let most = (style.width.max(40).saturating_sub(margin + 8) / columns).saturating_sub(2);
    let text = |row: &[String], cell: usize| {
        let text = row.get(cell).map_or("", String::as_str);
        safe(&words::shown(text, most.clamp(4, 28)))
    };
    let heads: Vec<String> = (0..columns)
        .map(|cell| letters(piece.first_column + u32::try_from(cell).unwrap_or(0)))
        .collect();
    let widths: Vec<usize> = (0..columns)
        .map(|cell| {
            let cells = piece.rows.iter().map(|(_, row)| text(row, cell));
            let texts = cells.chain([heads[cell].clone()]);
            texts.map(|text| text.chars().count()).max().unwrap_or(1)
        })
        .collect();
    writeln!(out, "   {:margin$}{}{name}]", "", sign("╭─[", ",-["))?;
    let line = |number: &str, cells: &mut dyn Iterator<Item = String>| {
        let mut line = format!("   {number:>margin$}{}", sign(" │", " |"));
        for (text, width) in cells.zip(&widths) {
            line.push_str("  ");
            line.push_str(&text);
            line.extend(std::iter::repeat_n(' ', width - text.chars().count()));
        }
        line.trim_end().to_owned()
    };
    writeln!(out, "{}", line("", &mut heads.iter().cloned()))?;
    for (index, (number, row)) in piece.rows.iter().enumerate() {
        let mut cells = (0..columns).map(|cell| text(row, cell));
        writeln!(out, "{}", line(&number.to_string(), &mut cells))?;
        if index == at_row {
            let before: usize = widths[..at_cell].iter().map(|width| width + 2).sum();
            let long = text(row, at_cell)
                .chars()
                .count()
                .max(widths[at_cell].min(4));
            let under = sign("─", "^").repeat(long);
            let gap = format!("   {:margin$}{}  {:before$}", "", sign(" ·", " :"), "");
            writeln!(out, "{gap}{under}")?;
            writeln!(out, "{gap}{} {}", sign("╰──", "`--"), safe(label))?;
        }
    }
    writeln!(out, "   {:margin$}{}", "", sign("╰────", "`----"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(unicode: bool) -> String {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let piece = Piece {
            first_column: 26,
            rows: vec![
                (5, row(["rat_2023", "rat_2024", "kec"])),
                (112, row(["2024-03-01", "31/02/2025", "\u{1b}[31m"])),
            ],
            at: (1, 1),
        };
        let style = Style {
            unicode,
            ..Style::default()
        };
        let mut out = Vec::new();
        draw(
            &piece,
            "a.xlsx Koperasi!AA112",
            "bukan tanggal",
            &style,
            &mut out,
        )
        .unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_cell_stands_under_its_letter_and_beside_its_number() {
        let text = drawn(true);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "       │  Z           AA          AB");
        assert!(lines[2].starts_with("     5 │  rat_2023"), "{text}");
        assert!(
            lines[3].starts_with("   112 │  2024-03-01  31/02/2025"),
            "{text}"
        );
        assert_eq!(lines[4], "       ·              ──────────");
        assert_eq!(lines[5], "       ·              ╰── bukan tanggal");
        assert!(!text.contains('\u{1b}'));
        assert!(drawn(false).is_ascii() || drawn(false).contains('␛'));
    }
}
