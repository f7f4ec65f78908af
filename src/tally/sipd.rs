//! The province's SIPD tree: by type, by assistance, by activity.

use crate::codes::Jenis;
use crate::criteria::{Criterion, Status};

use super::Facts;

/// Activity in the SIPD tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum Activity {
    Aktif,
    TidakAktif,
    Antara,
    TidakTerbukti,
}

impl Activity {
    /// All, in the order of the tree.
    pub const ALL: [Self; 4] = [
        Self::Aktif,
        Self::TidakAktif,
        Self::Antara,
        Self::TidakTerbukti,
    ];

    /// The standard's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Aktif => "aktif",
            Self::TidakAktif => "tidak_aktif",
            Self::Antara => "antara",
            Self::TidakTerbukti => "tidak_terbukti",
        }
    }
}

/// The last level of the SIPD tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub struct SipdActive {
    pub aktif: u64,
    pub tidak_aktif: u64,
    /// One or two of the three RATs: neither (Permenkop 25/2015 Ps 1(3)-(4)).
    pub antara: u64,
    pub tidak_terbukti: u64,
}

impl SipdActive {
    /// All four together.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.aktif + self.tidak_aktif + self.antara + self.tidak_terbukti
    }

    fn cells(&mut self) -> [&mut u64; 4] {
        [
            &mut self.aktif,
            &mut self.tidak_aktif,
            &mut self.antara,
            &mut self.tidak_terbukti,
        ]
    }
}

/// One type of the SIPD tree: by the criterion `bantuan`, each by activity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub struct Sipd {
    pub dibantu: SipdActive,
    pub mandiri: SipdActive,
    pub tidak_terbukti: SipdActive,
}

impl Sipd {
    /// The whole type.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.dibantu.sum() + self.mandiri.sum() + self.tidak_terbukti.sum()
    }

    /// Counts one entry.
    pub(super) fn add(&mut self, facts: &Facts) {
        let part = match facts.criteria[Criterion::Bantuan as usize] {
            Status::Terpenuhi => &mut self.dibantu,
            Status::TidakTerpenuhi => &mut self.mandiri,
            Status::TidakTerbukti => &mut self.tidak_terbukti,
        };
        match facts.activity {
            Activity::Aktif => part.aktif += 1,
            Activity::TidakAktif => part.tidak_aktif += 1,
            Activity::Antara => part.antara += 1,
            Activity::TidakTerbukti => part.tidak_terbukti += 1,
        }
    }

    /// Adds another.
    pub fn merge(&mut self, mut other: Self) {
        for (own, its) in self.cells().into_iter().zip(other.cells()) {
            *own += *its;
        }
    }

    /// What is left without another, cell by cell; none where it has less.
    #[must_use]
    pub fn without(mut self, mut other: Self) -> Option<Self> {
        for (own, its) in self.cells().into_iter().zip(other.cells()) {
            *own = own.checked_sub(*its)?;
        }
        Some(self)
    }

    fn cells(&mut self) -> impl IntoIterator<Item = &mut u64> {
        let parts = [
            &mut self.dibantu,
            &mut self.mandiri,
            &mut self.tidak_terbukti,
        ];
        parts.into_iter().flat_map(SipdActive::cells)
    }
}

/// The name of a type in the tree; empty if none is said.
pub(super) fn name(jenis: Option<Jenis>) -> &'static str {
    match jenis {
        // One type under two names.
        Some(Jenis::Produksi) => Jenis::Produsen.code(),
        Some(jenis) => jenis.code(),
        None => "",
    }
}

/// The types of one place, by name. A place has few; one that only one entry names has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SipdPlace(Vec<(&'static str, Sipd)>);

impl SipdPlace {
    /// The types in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Sipd)> + Clone {
        self.0.iter().map(|(jenis, sipd)| (*jenis, sipd))
    }

    /// One type.
    #[must_use]
    pub fn get(&self, jenis: &str) -> Sipd {
        let own = self.iter().find(|(name, _)| *name == jenis);
        own.map_or_else(Sipd::default, |(_, sipd)| *sipd)
    }

    pub(super) fn of(&mut self, jenis: &'static str) -> &mut Sipd {
        let found = self.0.binary_search_by_key(&jenis, |(name, _)| name);
        let at = found.unwrap_or_else(|at| {
            self.0.reserve_exact(1);
            self.0.insert(at, (jenis, Sipd::default()));
            at
        });
        &mut self.0[at].1
    }

    /// Adds another.
    pub fn merge(&mut self, other: &Self) {
        for (jenis, sipd) in &other.0 {
            self.of(jenis).merge(*sipd);
        }
    }
}
