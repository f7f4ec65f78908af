//! The six criteria of the definition, each judged once, in one file each.
//!
//! Everything that is counted, explained or drawn reads these judgements.

use crate::calendar::Calendar;
use crate::definition::Definition;
use crate::entry::Entry;
use crate::finding::Where;
use crate::tape::Doc;

mod badan_hukum;
mod bantuan;
mod produksi;
mod rat;
mod tujuan;
mod usaha;

pub use bantuan::{AidFacts, AidVoid, Stage};
pub use rat::{RatFacts, RatVoid};

/// The criteria, in the order of the tree of concepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum Criterion {
    BadanHukum,
    Produksi,
    Rat,
    Usaha,
    Tujuan,
    Bantuan,
}

impl Criterion {
    /// All six.
    pub const ALL: [Self; 6] = [
        Self::BadanHukum,
        Self::Produksi,
        Self::Rat,
        Self::Usaha,
        Self::Tujuan,
        Self::Bantuan,
    ];

    /// The standard's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BadanHukum => "badan_hukum",
            Self::Produksi => "produksi",
            Self::Rat => "rat",
            Self::Usaha => "usaha",
            Self::Tujuan => "tujuan",
            Self::Bantuan => "bantuan",
        }
    }
}

/// Three values, never two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Status {
    /// Met.
    Terpenuhi,
    /// The evidence says no.
    TidakTerpenuhi,
    /// No evidence, or none that is sound.
    #[default]
    TidakTerbukti,
}

impl Status {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Terpenuhi, Self::TidakTerpenuhi, Self::TidakTerbukti];

    /// The standard's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Terpenuhi => "terpenuhi",
            Self::TidakTerpenuhi => "tidak_terpenuhi",
            Self::TidakTerbukti => "tidak_terbukti",
        }
    }
}

/// What was judged of one criterion.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Met or not, or not proven.
    pub status: Status,
    /// The definition finding that says why a claimed entry does not meet it; empty if met.
    pub code: &'static str,
    /// Where the evidence stands or should stand.
    pub at: Where,
    /// The place whose fault keeps it from being proven.
    pub because: Option<Where>,
}

impl Default for Judgement {
    fn default() -> Self {
        Self {
            status: Status::TidakTerbukti,
            code: "",
            at: Where::All,
            because: None,
        }
    }
}

impl Judgement {
    fn met(at: Where) -> Self {
        Self {
            status: Status::Terpenuhi,
            code: "",
            at,
            because: None,
        }
    }

    fn failed(code: &'static str, at: Where) -> Self {
        Self {
            status: Status::TidakTerpenuhi,
            code,
            at,
            because: None,
        }
    }

    fn unproven(code: &'static str, at: Where, because: Where) -> Self {
        Self {
            status: Status::TidakTerbukti,
            code,
            at,
            because: Some(because),
        }
    }
}

/// What the judges look at.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The entry's tree.
    pub doc: Doc<'a>,
    /// The entry.
    pub entry: &'a Entry,
    /// Cut-off and book years; none without a valid `tanggal_acuan`.
    pub calendar: Option<&'a Calendar>,
    /// The indicator's parameters.
    pub definition: &'a Definition,
}

impl Evidence<'_> {
    /// Where a field of the entry stands or should stand.
    fn place<T: Copy>(&self, field: crate::entry::Field<T>, name: &str) -> Where {
        field
            .at()
            .map_or_else(|| Where::Missing(0, name.to_owned()), Where::Node)
    }
}

/// The judgements of one entry, with what was found on the way. Reused.
#[derive(Debug, Default)]
pub struct Judged {
    /// By [`Criterion`].
    pub criteria: [Judgement; 6],
    /// `tanggal_badan_hukum` is impossible (K004).
    pub founding_void: bool,
    /// What the judge of `rat` found on the way.
    pub rat: RatFacts,
    /// What the judge of `bantuan` found on the way.
    pub aid: AidFacts,
}

impl Judged {
    /// The judgement of a criterion.
    #[must_use]
    pub fn of(&self, criterion: Criterion) -> &Judgement {
        &self.criteria[criterion as usize]
    }

    /// Judges an entry.
    pub fn judge(&mut self, evidence: &Evidence<'_>) {
        self.founding_void = badan_hukum::founding_void(evidence);
        self.criteria = [
            badan_hukum::judge(evidence, self.founding_void),
            produksi::judge(evidence),
            rat::judge(evidence, self.founding_void, &mut self.rat),
            usaha::judge(evidence),
            tujuan::judge(evidence),
            bantuan::judge(evidence, self.founding_void, &mut self.aid),
        ];
    }
}
