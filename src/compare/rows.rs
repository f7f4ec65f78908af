//! The submissions, each with its counterpart.

use super::entities::Entities;
use super::matching::Matched;
use super::pairs::Pairs;
use super::parameters::{self, Parameter};
use super::{Kind, Row};
use crate::report::{Report, Submission};
use crate::tally::Books;

/// Rows, with what entered and left each.
pub(super) fn of(
    kind: Kind,
    reports: &[Report; 2],
    sides: &[Entities<'_>; 2],
    matched: &Matched,
    pairs: &Pairs,
) -> Vec<Row> {
    let mut rows: Vec<Row> = pairs
        .0
        .iter()
        .map(|pair| row(kind, reports, pair))
        .collect();
    let row_of = [pairs.row_of(0), pairs.row_of(1)];
    let spot = |side: usize, at: usize| {
        let entity = &sides[side].all[at];
        entity
            .counts()
            .then(|| row_of[side][entity.first().submission])
    };
    let both = matched.pairs.iter();
    let both = both.map(|(old, new, _)| (spot(0, *old), spot(1, *new)));
    let old = matched.alone[0].iter().chain(&matched.unidentified[0]);
    let new = matched.alone[1].iter().chain(&matched.unidentified[1]);
    let old = old.map(|at| (spot(0, *at), None));
    let new = new.map(|at| (None, spot(1, *at)));
    for (old, new) in both.chain(old).chain(new) {
        if let Some(row) = old {
            rows[row].counted[0] += 1;
            rows[row].left += u64::from(new != old);
        }
        if let Some(row) = new {
            rows[row].counted[1] += 1;
            rows[row].entered += u64::from(new != old);
        }
    }
    rows
}

fn row(kind: Kind, reports: &[Report; 2], pair: &[Option<usize>; 2]) -> Row {
    let own = [0, 1].map(|side| Some(&reports[side].submissions[pair[side]?]));
    let header = match own {
        [Some(old), Some(new)] if kind == Kind::Compare => header(old, new),
        _ => Vec::new(),
    };
    Row {
        region: own.iter().flatten().find_map(|one| one.region),
        files: own.map(|one| one.map(|one| one.source.file.clone())),
        books: own.map(|one| one.map_or_else(Books::default, |one| one.books)),
        counted: [0, 0],
        entered: 0,
        left: 0,
        header,
        complete: own.map(|one| one.is_none_or(|one| one.complete)),
    }
}

/// Members of the headers that differ; entries stand elsewhere.
fn header(old: &Submission, new: &Submission) -> Vec<Parameter> {
    let members = |one: &Submission| one.header.as_object().cloned().unwrap_or_default();
    let [mut old, mut new] = [members(old), members(new)];
    for own in [&mut old, &mut new] {
        own.remove("koperasi");
    }
    parameters::differ(&old, &new)
}
