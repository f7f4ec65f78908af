//! What a report carries so that it can be merged: digests of numbers instead of numbers, and what
//! the tally needs of each entry, every distinct set of facts once.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::finding::Finding;
use crate::report::{Aside, Group, Levels};
use crate::tally::Facts;

/// What merging needs of one submission.
#[derive(Clone, Debug, Default)]
pub struct KeyTable {
    /// The code of its region, else as given.
    pub region: String,
    /// A sound `tanggal_acuan`.
    pub cutoff: Option<Date>,
    /// A sound `versi_standar`.
    pub version: Option<String>,
    /// JSON pointers of entries without the index, in a document.
    pub pointer: Option<String>,
    /// How it stood before other submissions were looked at.
    pub before: Before,
    /// The sheets that lines name.
    pub sheets: Vec<Arc<str>>,
    /// Distinct facts.
    pub kinds: Vec<Kind>,
    /// Entries that a number tells apart; those that repeat one are not among them.
    pub lines: Vec<Line>,
    known: HashMap<Facts, u32>,
}

/// Entries with the same facts.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Their facts.
    pub facts: Facts,
    /// How many of them no number tells apart.
    pub unkeyed: u64,
    /// How many of them repeat a legal entity of the same submission.
    pub duplicates: u64,
}

/// One entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub number: u32,
    /// Its facts: index into `kinds`.
    pub kind: u32,
    /// Line and column at which it begins.
    pub start: (u32, u32),
    /// In a workbook: index into `sheets`.
    pub sheet: Option<u32>,
    /// See [`crate::nomor::digest`].
    pub digest: u128,
}

/// What a submission had found without the others.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// Number of its own findings: those behind them compare submissions.
    pub findings: usize,
    /// Number of their groups.
    pub groups: usize,
    /// They by level.
    pub levels: Levels,
    /// Those that do not weigh.
    pub aside: Aside,
}

impl Before {
    /// As a submission stands now.
    #[must_use]
    pub fn of(findings: &[Finding], groups: &[Group], levels: Levels, aside: &Aside) -> Self {
        Self {
            findings: findings.len(),
            groups: groups.len(),
            levels,
            aside: aside.clone(),
        }
    }
}

impl KeyTable {
    /// Learns from the pointer of the first entry how all of them begin.
    pub(crate) fn pointers(&mut self, first: Option<String>) {
        if self.pointer.is_none() {
            let base = first.as_deref().and_then(|first| first.strip_suffix('0'));
            self.pointer = base.map(str::to_owned);
        }
    }

    /// Adds an entry: its number, sheet and beginning.
    pub(crate) fn add(
        &mut self,
        facts: &Facts,
        digest: Option<u128>,
        duplicate: bool,
        (number, sheet, start): (u32, Option<Arc<str>>, (u32, u32)),
    ) {
        let kind = match self.known.get(facts) {
            Some(kind) => *kind,
            None => {
                let kind = index(self.kinds.len());
                self.known.insert(facts.clone(), kind);
                self.kinds.push(Kind {
                    facts: facts.clone(),
                    unkeyed: 0,
                    duplicates: 0,
                });
                kind
            }
        };
        let own = &mut self.kinds[kind as usize];
        match digest {
            _ if duplicate => own.duplicates += 1,
            None => own.unkeyed += 1,
            Some(digest) => {
                let sheet = sheet.map(|sheet| {
                    let at = self.sheets.iter().position(|own| *own == sheet);
                    index(at.unwrap_or_else(|| {
                        self.sheets.push(sheet);
                        self.sheets.len() - 1
                    }))
                });
                self.lines.push(Line {
                    number,
                    kind,
                    start,
                    sheet,
                    digest,
                });
            }
        }
    }
}

/// Entries are counted in 32 bits, and there are no more of these than of them.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
