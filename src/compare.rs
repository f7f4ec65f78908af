//! Two reports side by side: what became of the verified count, entity by entity.
//!
//! The law: the new count less the old one is the sum of the effects of all changes, and so is the
//! sum of the causes. It holds by the way they are made: every entity that counts on a side stands
//! in exactly one change or is counted on both sides.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::criteria::{Criterion, Status};
use crate::lang::Lang;
use crate::report::{Failure, Provenance, Report, Verdict};
use crate::tally::Books;

mod changes;
mod entities;
mod matching;
mod near;
mod pairs;
mod parameters;
pub mod render;
mod rows;

use entities::Entities;
pub use matching::By;
pub use parameters::Parameter;

/// Which question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Two submissions, or two folders of them.
    Compare,
    /// The same submissions under two definitions.
    Impact,
}

impl Kind {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Compare => "compare",
            Self::Impact => "impact",
        }
    }
}

/// What became of the count.
#[derive(Debug)]
pub struct Comparison {
    /// The language of its messages.
    pub lang: Lang,
    /// The run's date.
    pub today: Date,
    /// Which question is answered.
    pub kind: Kind,
    /// Before and after.
    pub sides: [Side; 2],
    /// Parameters in which the two definitions differ.
    pub parameters: Vec<Parameter>,
    /// Submissions, each with its counterpart.
    pub rows: Vec<Row>,
    /// The sum of their effects is the change of the count.
    pub causes: Vec<Sum>,
    /// Entities of which something changed. The sum of their effects is the change of the count.
    pub changes: Vec<Change>,
    /// One that left and one that entered and may be the same; they were not brought together.
    pub candidates: Vec<Candidate>,
    /// There were too many to seek all candidates.
    pub candidates_cut: bool,
    /// Entries without any identity, before and after; nothing was matched with them.
    pub unidentified: [u64; 2],
}

/// One side of a comparison.
#[derive(Debug)]
pub struct Side {
    /// What was given.
    pub name: String,
    /// The definition that was used.
    pub definition: Provenance,
    /// The accounts of all submissions together.
    pub books: Books,
    /// What could not be read at all.
    pub failures: Vec<Failure>,
    /// All of it was read.
    pub complete: bool,
}

/// A submission before and after.
#[derive(Debug)]
pub struct Row {
    /// Official name of the region, if the code is known.
    pub region: Option<&'static str>,
    /// The files.
    pub files: [Option<String>; 2],
    /// The accounts of the submission alone.
    pub books: [Books; 2],
    /// What of it stands in the total.
    pub counted: [u64; 2],
    /// Entities that count in it now and did not before.
    pub entered: u64,
    /// Entities that counted in it before and do not now.
    pub left: u64,
    /// Members of the header that differ.
    pub header: Vec<Parameter>,
    /// All of it was read.
    pub complete: [bool; 2],
}

/// Why an entity entered or left the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Its submission stands on this side only.
    Submission,
    /// It stands in the register on this side only.
    Register,
    /// This criterion decides, with the code of the side on which it does not count.
    Criterion(Criterion, &'static str, bool),
    /// Another of its listings stands for it.
    Listing,
}

/// All changes of one cause.
#[derive(Clone, Copy, Debug)]
pub struct Sum {
    /// The cause.
    pub cause: Cause,
    /// Entities.
    pub entities: u64,
    /// What it does to the count.
    pub effect: i64,
}

/// What became of one entity.
#[derive(Clone, Debug)]
pub struct Change {
    /// 1: it entered the count; -1: it left; 0: neither.
    pub effect: i64,
    /// Why; none without an effect.
    pub cause: Option<Cause>,
    /// How the two sides were matched; none if it stands on one side only.
    pub by: Option<By>,
    /// Before and after.
    pub who: [Option<Who>; 2],
    /// What changed of its identity.
    pub said: Vec<Said>,
    /// What changed of its criteria.
    pub turns: Vec<Turn>,
}

/// An entity on one side.
#[derive(Clone, Debug)]
pub struct Who {
    /// Index into the rows.
    pub row: usize,
    /// The entry that stands for it, from 1.
    pub entry: u32,
    /// Where it begins.
    pub spot: String,
    /// Its name; empty if none.
    pub name: String,
    /// Its number; empty if none.
    pub number: String,
    /// Its NIK; empty if none.
    pub nik: String,
    /// Its kecamatan; empty if none.
    pub kecamatan: String,
    /// The verdict.
    pub verdict: Verdict,
    /// It stands in the total.
    pub counts: bool,
    /// How often it is listed.
    pub listed: u32,
}

/// What changed of an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Another name.
    Renamed,
    /// The same number, written otherwise.
    Respelt,
    /// Another number, the same NIK.
    Renumbered,
    /// Another NIK, the same number.
    OtherNik,
    /// Another kecamatan.
    Kecamatan,
    /// It stands in another submission.
    Moved,
    /// It is listed more often, or less.
    Listed,
}

impl Said {
    /// Its name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Renamed => "renamed",
            Self::Respelt => "number_respelt",
            Self::Renumbered => "renumbered",
            Self::OtherNik => "nik_changed",
            Self::Kecamatan => "kecamatan_changed",
            Self::Moved => "moved",
            Self::Listed => "listings_changed",
        }
    }
}

/// One criterion before and after.
#[derive(Clone, Debug)]
pub struct Turn {
    /// The criterion.
    pub criterion: Criterion,
    /// Its status and the code that says why it is not met.
    pub status: [Option<(Status, &'static str)>; 2],
    /// Evidence that stands no more.
    pub gone: Vec<String>,
    /// Evidence that is new.
    pub come: Vec<String>,
    /// Evidence that stands on both sides.
    pub kept: Vec<String>,
}

/// Two entities that may be one. Neither number nor NIK says so.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The one that left the register.
    pub old: Who,
    /// The one that entered it.
    pub new: Who,
    /// The names are the same, but for case and punctuation.
    pub same_name: bool,
}

impl Comparison {
    /// The verified counts.
    #[must_use]
    pub fn counts(&self) -> [u64; 2] {
        [0, 1].map(|side| self.sides[side].books.verified)
    }

    /// The change of the verified count.
    #[must_use]
    pub fn effect(&self) -> i64 {
        let [old, new] = self.counts().map(|n| i64::try_from(n).unwrap_or(i64::MAX));
        new - old
    }

    /// Whether both sides were read whole.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.sides.iter().all(|side| side.complete)
    }

    /// Whether the sum of causes and that of changes are the change of the count.
    #[must_use]
    pub fn closes(&self) -> bool {
        let causes: i64 = self.causes.iter().map(|sum| sum.effect).sum();
        let changes: i64 = self.changes.iter().map(|one| one.effect).sum();
        let row = |row: &Row| {
            let [old, new] = row.counted;
            old + row.entered == new + row.left
        };
        causes == self.effect() && changes == causes && self.rows.iter().all(row)
    }

    /// Whether all was read and nothing changed.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let row = |row: &Row| row.header.is_empty() && row.files.iter().all(Option::is_some);
        self.complete()
            && self.changes.is_empty()
            && self.parameters.is_empty()
            && self.rows.iter().all(row)
            && self.sides[0].books == self.sides[1].books
            && self.unidentified[0] == self.unidentified[1]
    }
}

/// Two runs over two submissions or folders; both with `entries` and `evidence`.
#[must_use]
pub fn compare(names: [String; 2], reports: [Report; 2]) -> Comparison {
    let pairs = pairs::of(&reports);
    let [old, new] = &reports;
    let sides = [Entities::by_identity(old), Entities::by_identity(new)];
    let matched = matching::by_identity(&sides);
    let (candidates, candidates_cut) = near::candidates(&sides, &matched, &pairs);
    let mut out = changes::gather(Kind::Compare, names, &reports, &sides, &matched, &pairs);
    let who = |side: usize, at: usize| entities::who(&sides[side], at, &pairs.row_of(side));
    out.candidates = candidates
        .into_iter()
        .map(|(old, new, same_name)| Candidate {
            old: who(0, old),
            new: who(1, new),
            same_name,
        })
        .collect();
    out.candidates_cut = candidates_cut;
    out
}

/// Two runs over the same submissions, under two definitions; both with `entries` and `evidence`.
///
/// # Errors
/// A file was another in the second run.
pub fn impact(
    definitions: [&crate::definition::Definition; 2],
    reports: [Report; 2],
) -> Result<Comparison, String> {
    let [old, new] = &reports;
    let same = old.submissions.len() == new.submissions.len()
        && (old.submissions.iter().zip(&new.submissions))
            .all(|(old, new)| old.source.sha256 == new.source.sha256);
    if !same {
        return Err(crate::say!(
            old.lang,
            id: "sebuah berkas berubah selagi dibaca; jalankan sekali lagi",
            en: "a file changed while it was read; run it once more",
        ));
    }
    let pairs = pairs::by_position(old.submissions.len());
    let sides = [Entities::by_position(old), Entities::by_position(new)];
    let matched = matching::by_position(&sides);
    let names = [0, 1].map(|side| reports[side].definition.source.clone());
    let mut out = changes::gather(Kind::Impact, names, &reports, &sides, &matched, &pairs);
    out.parameters = parameters::between(definitions);
    Ok(out)
}

/// The causes of some changes, those that add first.
fn sums(changes: &[Change]) -> Vec<Sum> {
    let mut by: BTreeMap<(bool, Cause), Sum> = BTreeMap::new();
    for change in changes {
        let Some(cause) = change.cause else { continue };
        let sum = by.entry((change.effect < 0, cause)).or_insert(Sum {
            cause,
            entities: 0,
            effect: 0,
        });
        sum.entities += 1;
        sum.effect += change.effect;
    }
    by.into_values().collect()
}
