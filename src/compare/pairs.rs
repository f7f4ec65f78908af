//! Which submission of one side is which of the other: by region, then by file name.

use std::collections::HashMap;
use std::path::Path;

use crate::region;
use crate::report::{Report, Submission};

/// Submissions before and after: indices into those of the reports.
#[derive(Debug)]
pub(super) struct Pairs(pub Vec<[Option<usize>; 2]>);

impl Pairs {
    /// For each submission of a side the row in which it stands.
    pub(super) fn row_of(&self, side: usize) -> Vec<usize> {
        let own = self.0.iter().enumerate();
        let mut rows: Vec<(usize, usize)> = own
            .filter_map(|(row, pair)| Some((pair[side]?, row)))
            .collect();
        rows.sort_unstable();
        rows.into_iter().map(|(_, row)| row).collect()
    }
}

/// The same submissions on both sides.
pub(super) fn by_position(count: usize) -> Pairs {
    Pairs((0..count).map(|at| [Some(at), Some(at)]).collect())
}

/// One against one are a pair; of several those whose region or file name is one on each side.
pub(super) fn of(reports: &[Report; 2]) -> Pairs {
    let [old, new] = [0, 1].map(|side| &reports[side].submissions[..]);
    if let ([_], [_]) = (old, new) {
        return by_position(1);
    }
    let mut other: Vec<Option<usize>> = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    for key in [code, name] {
        let free = other.iter().map(Option::is_none).collect::<Vec<_>>();
        let left = only(old, &free, key);
        let open: Vec<bool> = taken.iter().map(|taken| !taken).collect();
        let right = only(new, &open, key);
        for (key, at) in left {
            if let (Some(at), Some(Some(to))) = (at, right.get(&key)) {
                other[at] = Some(*to);
                taken[*to] = true;
            }
        }
    }
    let paired = other.into_iter().enumerate();
    let mut rows: Vec<_> = paired.map(|(at, to)| [Some(at), to]).collect();
    let rest = (0..new.len()).filter(|at| !taken[*at]);
    rows.extend(rest.map(|at| [None, Some(at)]));
    Pairs(rows)
}

/// Those of one side that have a key, none where several have it.
fn only(
    all: &[Submission],
    free: &[bool],
    key: fn(&Submission) -> Option<String>,
) -> HashMap<String, Option<usize>> {
    let mut out = HashMap::new();
    for (at, one) in all.iter().enumerate().filter(|(at, _)| free[*at]) {
        if let Some(key) = key(one) {
            let own = out.entry(key).or_insert(Some(at));
            *own = own.filter(|other| *other == at);
        }
    }
    out
}

/// The region's code, as the list has it if it is there.
pub(super) fn code(submission: &Submission) -> Option<String> {
    let code = submission.header.get("kode_wilayah")?.as_str()?.trim();
    match region::find(code) {
        Some(region) => Some(region.code.to_owned()),
        None => (!code.is_empty()).then(|| code.to_owned()),
    }
}

fn name(submission: &Submission) -> Option<String> {
    let name = Path::new(&submission.source.file).file_name()?;
    Some(name.to_string_lossy().into_owned())
}
