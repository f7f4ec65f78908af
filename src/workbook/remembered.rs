//! What an earlier check found in a marked copy, against what is found in it now.

use std::collections::BTreeMap;

use super::Earlier;
use super::memory::{self, MEMORY_SHEET};
use crate::finding::Finding;
use crate::grid::Grid;
use crate::personal;

/// Findings of an earlier check. Those of now are matched by rule, field and the entry's key.
#[derive(Clone, Debug, Default)]
pub struct Remembered {
    /// In the order in which they were found.
    all: Vec<Earlier>,
    /// How many of each are not found again yet.
    open: BTreeMap<Earlier, usize>,
    changes: Changes,
}

/// What became of the findings of an earlier check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// No longer found.
    pub solved: Vec<Earlier>,
    /// Found again.
    pub left: usize,
    /// Found for the first time.
    pub new: usize,
    /// The earlier check found more than the copy could remember: some may look new.
    pub cut: bool,
}

impl From<&Finding> for Earlier {
    fn from(finding: &Finding) -> Self {
        let key = finding.key.as_deref().unwrap_or_default();
        Self {
            code: finding.rule.code.to_owned(),
            field: crate::words::shown(&finding.mistake.field, 200),
            key: crate::words::shown(&personal::key(key), 200),
            level: finding.level.name().to_owned(),
        }
    }
}

impl Remembered {
    pub(super) fn new(all: &[Earlier], cut: bool) -> Self {
        let mut open = BTreeMap::new();
        for own in all {
            *open.entry(alike(own.clone())).or_default() += 1;
        }
        Self {
            all: all.to_vec(),
            open,
            changes: Changes {
                cut,
                ..Changes::default()
            },
        }
    }

    /// What stands in the cells of a workbook; none if it is no marked copy.
    #[must_use]
    pub fn of(grid: &Grid) -> Option<Self> {
        let sheet = grid
            .sheets
            .iter()
            .find(|sheet| &*sheet.name == MEMORY_SHEET)?;
        let rows = sheet.rows.clone().map(|index| {
            let row = grid.row(index);
            std::array::from_fn(|column| row.text(column).to_owned())
        });
        let memory = memory::parse(rows)?;
        Some(Self::new(&memory.findings, memory.more))
    }

    /// Takes note of a finding; true if it is new.
    pub fn meet(&mut self, finding: &Finding) -> bool {
        let open = self.open.get_mut(&alike(finding.into()));
        match open.filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                self.changes.left += 1;
                false
            }
            None => {
                self.changes.new += 1;
                true
            }
        }
    }

    /// What became of them, when all findings of now were met.
    #[must_use]
    pub fn changes(mut self) -> Changes {
        for own in self.all {
            let open = self.open.get_mut(&alike(own.clone()));
            if let Some(count) = open.filter(|count| **count > 0) {
                *count -= 1;
                self.changes.solved.push(own);
            }
        }
        self.changes
    }
}

/// The same mistake weighs less or more with its surroundings.
fn alike(own: Earlier) -> Earlier {
    Earlier {
        level: String::new(),
        ..own
    }
}
