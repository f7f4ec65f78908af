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
use crate::tape::{Name, Span, Tape};
use crate::words;

/// Rows of the sheet that are looked at.
const MOST: usize = 500;
/// Names side by side that make a row of them.
const ABREAST: usize = 3;
/// Columns in which a label is looked for, from the first that is filled.
const BEHIND: usize = 3;

/// A label and where its value stands: rows as indices of the grid, columns from 0.
struct Pair<'a> {
    label: (usize, usize),
    /// The field that the label names.
    name: Option<&'a str>,
    value: (usize, usize),
}

/// The labels of the sheet. A label stands left of its value, behind a number perhaps; where the
/// names stand side by side in one row, the values are in the row below.
fn pairs<'a>(grid: &Grid, sheet: usize, names: &[&'a str]) -> Vec<Pair<'a>> {
    let known = |text: &str| {
        let label = normalise(trim(text).trim_end_matches([' ', ':']));
        names.iter().copied().find(|name| normalise(name) == label)
    };
    let rows: Vec<usize> = grid.sheets[sheet].rows.clone().take(MOST).collect();
    for index in &rows {
        let row = grid.row(*index);
        let named = (0..row.len()).filter_map(|at| Some((at, known(row.text(at))?)));
        let named: Vec<(usize, &str)> = named.collect();
        if named.len() >= ABREAST {
            let below = index + 1;
            let there = rows.contains(&below);
            let pair = |(at, name)| Pair {
                label: (*index, at),
                name: Some(name),
                value: (
                    if there { below } else { *index },
                    if there { at } else { row.len() },
                ),
            };
            return named.into_iter().map(pair).collect();
        }
    }
    let mut out = Vec::new();
    for index in rows {
        let row = grid.row(index);
        // A row's number is no label.
        let number = |text: &str| {
            text.bytes()
                .all(|b| b.is_ascii_digit() || b".()".contains(&b))
        };
        let filled = |at: &usize| !number(trim(row.text(*at)));
        let Some(first) = (0..row.len()).find(filled) else {
            continue;
        };
        let label =
            (first..row.len().min(first + BEHIND)).find(|at| known(row.text(*at)).is_some());
        let at = label.unwrap_or(first);
        // `Wilayah | : | Banyumas`
        let colon = trim(row.text(at + 1)) == ":";
        out.push(Pair {
            label: (index, at),
            name: known(row.text(at)),
            value: (index, at + 1 + usize::from(colon)),
        });
    }
    out
}

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
    let mut texts: Vec<&str> = Vec::new();
    for pair in pairs(grid, sheet, &names) {
        let Pair { label, name, value } = pair;
        let (row, at) = (grid.row(label.0), label.1);
        let text = trim(grid.row(value.0).text(value.1));
        let label = trim(row.text(at)).trim_end_matches([' ', ':']);
        let Some(name) = name else {
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
        let mut of = Cells::of(grid, value.0);
        let first = places.iter().position(|(other, _)| *other == name);
        if let Some(first) = first {
            let kind = FaultKind::DoubleColumn {
                name: label.to_owned(),
            };
            faults.push(Fault {
                related: Some(places[first].1),
                ..super::Fault::new(kind, row.cell(at), label)
            });
            // Two that disagree: which one is meant is not known.
            if texts[first] != text {
                plan.plain[first].twin = Some(labels.len());
            }
        } else {
            places.push((name, row.cell(at)));
            texts.push(text);
            let path = format!("kepala.{name}");
            let type_ = shape.field(&path).map(|field| field.type_.clone());
            plan.plain.push(Col {
                at: labels.len(),
                twin: None,
                known: Name::of(name),
                path: name.to_owned(),
                type_: type_?,
                order: None,
            });
        }
        labels.push(label.to_owned());
        let one = |at: usize| (of.cells.get(at).copied(), of.sorts.get(at).copied());
        let (Some(cell), Some(sort)) = one(value.1) else {
            let place = grid.row(value.0).cell(value.1);
            line.cells.push(super::cells::nothing(place));
            line.contents.push(Cow::Borrowed(""));
            line.sorts.push(Sort::Blank);
            continue;
        };
        let content = std::mem::take(&mut of.contents[value.1]);
        line.cells.push(cell);
        line.contents.push(restored(
            name,
            content,
            sort,
            grid.row(value.0).cell(value.1),
            faults,
        ));
        line.sorts.push(sort);
    }
    if plan.plain.is_empty() {
        let rows = grid.sheets[sheet].rows.clone();
        if let Some(row) = rows
            .map(|index| grid.row(index))
            .find(|row| !row.is_empty())
        {
            faults.push(Fault::new(FaultKind::UnreadHead, row.span(), ""));
        }
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
