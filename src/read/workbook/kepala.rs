//! The sheet `Kepala`: a field and its value in each row.

use std::borrow::Cow;
use std::sync::Arc;

use super::cells::Cells;
use crate::grid::{Grid, Sort};
use crate::read::table::heading::normalise;
use crate::read::table::plan::{Col, Plan};
use crate::read::table::row::{self, Line};
use crate::read::table::scan::trim;
use crate::read::{Fault, FaultKind, HeaderText, Reading};
use crate::schema::Shape;
use crate::tape::{Span, Tape};
use crate::words;

/// Rows of the sheet that are looked at.
const MOST: usize = 500;

/// Reads the header; none if the sheet names no field.
pub(super) fn read(
    grid: &Arc<Grid>,
    sheet: usize,
    shape: &Shape,
    faults: &mut Vec<Fault>,
) -> Option<HeaderText> {
    let names: Vec<&str> = shape.members("kepala.").collect();
    let mut plan = Plan::default();
    let mut line = Cells::default();
    let mut labels = Vec::new();
    let mut places: Vec<(&str, Span)> = Vec::new();
    for index in grid.sheets[sheet].rows.clone().take(MOST) {
        let row = grid.row(index);
        let Some(at) = (0..row.len()).find(|at| !trim(row.text(*at)).is_empty()) else {
            continue;
        };
        let label = trim(row.text(at)).trim_end_matches([' ', ':']);
        // `Wilayah | : | Banyumas`
        let colon = trim(row.text(at + 1)) == ":";
        let value = at + 1 + usize::from(colon);
        let text = trim(row.text(value));
        let known = names
            .iter()
            .find(|name| normalise(name) == normalise(label));
        let Some(name) = known.copied() else {
            let nearest = words::nearest(label, names.iter().copied());
            // Above the first field stand titles and headings.
            if !text.is_empty() && (nearest.is_some() || !places.is_empty()) {
                let kind = FaultKind::UnknownColumn {
                    name: label.to_owned(),
                    nearest: nearest.map(str::to_owned),
                };
                faults.push(Fault::new(kind, row.cell(at), label));
            }
            continue;
        };
        if let Some((_, first)) = places.iter().find(|(other, _)| *other == name) {
            let kind = FaultKind::DoubleColumn {
                name: label.to_owned(),
            };
            faults.push(Fault {
                related: Some(*first),
                ..super::Fault::new(kind, row.cell(at), label)
            });
            continue;
        }
        places.push((name, row.cell(at)));
        let path = format!("kepala.{name}");
        let type_ = shape.field(&path).map(|field| field.type_.clone());
        plan.plain.push(Col {
            at: labels.len(),
            twin: None,
            name: name.into(),
            path: name.to_owned(),
            type_: type_?,
            order: None,
        });
        labels.push(label.to_owned());
        let mut own = Cells::of(grid, index);
        let one = |at: usize| (own.cells.get(at).copied(), own.sorts.get(at).copied());
        let (Some(cell), Some(sort)) = one(value) else {
            line.cells.push(super::cells::nothing(row.cell(value)));
            line.contents.push(Cow::Borrowed(""));
            line.sorts.push(Sort::Blank);
            continue;
        };
        let content = std::mem::take(&mut own.contents[value]);
        line.cells.push(cell);
        line.contents
            .push(restored(name, content, sort, row.cell(value), faults));
        line.sorts.push(sort);
    }
    if plan.plain.is_empty() {
        return None;
    }
    let rows = &grid.sheets[sheet].rows;
    let (first, last) = (grid.row(rows.start).span(), grid.row(rows.end - 1).span());
    let mut tape = Tape::new();
    let line = Line {
        plan: &plan,
        headings: &labels,
        text: &grid.text,
        cells: &line.cells,
        contents: &line.contents,
        sorts: &line.sorts,
        epoch_1904: grid.epoch_1904,
        span: Span {
            start: first.start,
            end: last.end,
        },
    };
    row::fill(line, &mut tape, faults, |_, _| {});
    Some(HeaderText {
        tape,
        text: Arc::clone(&grid.text),
        grid: Some(Arc::clone(grid)),
    })
}

/// What a spreadsheet makes of `1.0` and `12-31` when they are typed, taken back.
fn restored<'a>(
    name: &str,
    content: Cow<'a, str>,
    sort: Sort,
    place: Span,
    faults: &mut Vec<Fault>,
) -> Cow<'a, str> {
    let read = match (name, sort) {
        ("versi_standar", Sort::Number) if !content.contains('.') => format!("{content}.0"),
        ("tahun_buku_akhir", Sort::Date) => {
            let day = content.get(5..10).unwrap_or_default();
            day.to_owned()
        }
        _ => return content,
    };
    let kind = FaultKind::Reread {
        how: Reading::Identifier,
        text: content.into_owned(),
        read: read.clone(),
    };
    faults.push(Fault::new(kind, place, name));
    Cow::Owned(read)
}
