//! Repairs of a workbook: cells are set in the package, everything else in it stays.

use std::fmt::Write as _;
use std::io::Cursor;

use super::diff::Paint;
use super::{Edit, Refusal};
use crate::grid::Grid;
use crate::personal::masked;
use crate::schema::Type;
use crate::words::shown;
use crate::workbook::{Package, Value};

/// The workbook with its edits.
pub(super) fn applied(bytes: &[u8], grid: &Grid, edits: &[Edit]) -> Result<Vec<u8>, Refusal> {
    let mut package = Package::open(bytes.to_vec())?;
    for edit in edits {
        let place = grid.place(edit.span, false);
        if let Some(sheet) = &place.sheet {
            package.set(sheet, place.line, place.column, value(edit))?;
        }
    }
    let mut out = Cursor::new(Vec::new());
    package.write(&mut out)?;
    Ok(out.into_inner())
}

/// What a clerk would have typed into a cell of that kind.
fn value(edit: &Edit) -> Value {
    let text = || Value::Text(edit.now.clone());
    match edit.type_ {
        Type::Date => crate::date::parse(&edit.now).map_or_else(text, Value::Date),
        Type::Integer | Type::Number => edit.now.parse().map_or_else(|_| text(), Value::Number),
        _ => text(),
    }
}

/// The edits, cell by cell, made safe to show.
#[must_use]
pub fn listed(name: &str, grid: &Grid, edits: &[Edit], color: bool) -> String {
    let paint = Paint { color };
    let mut out = String::new();
    if edits.is_empty() {
        return out;
    }
    let name = shown(name, 200);
    let _ = writeln!(out, "{}", paint.put("1", &format!("--- {name}")));
    let _ = writeln!(out, "{}", paint.put("1", &format!("+++ {name} (fix)")));
    for edit in edits {
        let cell = grid.place(edit.span, false).cell().unwrap_or_default();
        let (was, now) = (masked(&edit.was), masked(&edit.now));
        for (color, line) in [
            ("36", format!("@@ {} @@", shown(&cell, 60))),
            ("31", format!("-{}", shown(&was, 400))),
            ("32", format!("+{}", shown(&now, 400))),
        ] {
            let _ = writeln!(out, "{}", paint.put(color, &line));
        }
    }
    out
}
