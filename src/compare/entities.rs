//! One side: its entries brought together by legal entity.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use super::Who;
use crate::render::labels;
use crate::report::{EntryLine, Report, Verdict};
use crate::trace::Trace;

/// An entry and its submission.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listing<'a> {
    pub submission: usize,
    pub line: &'a EntryLine,
    pub trace: &'a Trace,
}

impl Listing<'_> {
    /// It is the one that stands for its entity in the total.
    pub(super) fn stands(&self) -> bool {
        self.line.verdict != Verdict::Ganda && !self.trace.elsewhere
    }

    pub(super) fn counts(&self) -> bool {
        self.stands() && self.line.verdict == Verdict::Terverifikasi
    }
}

/// A legal entity with all entries that name it; the one that stands is first.
#[derive(Debug)]
pub(super) struct Entity<'a> {
    pub listings: Vec<Listing<'a>>,
}

impl<'a> Entity<'a> {
    pub(super) fn first(&self) -> Listing<'a> {
        self.listings[0]
    }

    pub(super) fn counts(&self) -> bool {
        self.first().counts()
    }
}

/// All entities of a side.
#[derive(Debug)]
pub(super) struct Entities<'a> {
    pub report: &'a Report,
    pub all: Vec<Entity<'a>>,
    /// By the number's hash.
    pub by_number: HashMap<[u8; 32], usize>,
}

impl<'a> Entities<'a> {
    /// Entries with the same number are one entity.
    pub(super) fn by_identity(report: &'a Report) -> Self {
        let mut out = Self {
            report,
            all: Vec::new(),
            by_number: HashMap::new(),
        };
        for listing in listings(report) {
            let own = match listing.trace.entity {
                None => None,
                Some(entity) => match out.by_number.entry(entity) {
                    Slot::Occupied(slot) => Some(*slot.get()),
                    Slot::Vacant(slot) => {
                        slot.insert(out.all.len());
                        None
                    }
                },
            };
            match own {
                None => out.all.push(Entity {
                    listings: vec![listing],
                }),
                Some(at) => {
                    let all = &mut out.all[at].listings;
                    all.push(listing);
                    if listing.stands() {
                        let last = all.len() - 1;
                        all.swap(0, last);
                    }
                }
            }
        }
        out
    }

    /// Every entry by itself.
    pub(super) fn by_position(report: &'a Report) -> Self {
        let all = listings(report).map(|listing| Entity {
            listings: vec![listing],
        });
        Self {
            report,
            all: all.collect(),
            by_number: HashMap::new(),
        }
    }
}

fn listings(report: &Report) -> impl Iterator<Item = Listing<'_>> {
    let submissions = report.submissions.iter().enumerate();
    submissions.flat_map(|(submission, own)| {
        own.entries.iter().filter_map(move |line| {
            Some(Listing {
                submission,
                line,
                trace: line.trace.as_deref()?,
            })
        })
    })
}

/// An entity as a reader sees it. `rows` says in which row each submission stands.
pub(super) fn who(side: &Entities<'_>, at: usize, rows: &[usize]) -> Who {
    let entity = &side.all[at];
    let Listing {
        submission,
        line,
        trace,
    } = entity.first();
    let file = &side.report.submissions[submission].source.file;
    Who {
        row: rows[submission],
        entry: line.number,
        spot: labels::spot(&line.place, file),
        name: line.name.clone(),
        number: trace.number.clone(),
        nik: trace.nik.clone(),
        kecamatan: trace.kecamatan.clone(),
        verdict: line.verdict,
        counts: entity.counts(),
        listed: u32::try_from(entity.listings.len()).unwrap_or(u32::MAX),
    }
}
