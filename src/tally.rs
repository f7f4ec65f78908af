//! Counts that add up: a + b gives the same for threads, files and machines.

use std::collections::BTreeMap;

use crate::codes::{Jenis, Tingkat, Tipe};
use crate::criteria::{Criterion, Status};
use crate::report::Verdict;

mod sipd;

pub use sipd::{Activity, Sipd, SipdActive, SipdPlace};

/// The accounts: `read` is the sum of the other five.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Books {
    /// Everything that should be an entry.
    pub read: u64,
    /// All criteria met.
    pub verified: u64,
    /// One or more criteria not met.
    pub not_met: u64,
    /// None not met, one or more not proven.
    pub unproven: u64,
    /// The same legal entity again.
    pub duplicate: u64,
    /// Cannot be read as an entry.
    pub unreadable: u64,
}

impl Books {
    /// Whether the accounts close.
    #[must_use]
    pub fn close(&self) -> bool {
        let parts = [
            self.verified,
            self.not_met,
            self.unproven,
            self.duplicate,
            self.unreadable,
        ];
        self.read == parts.iter().sum::<u64>()
    }

    /// Adds the accounts of others.
    pub fn add(&mut self, its: &Self) {
        self.read += its.read;
        self.verified += its.verified;
        self.not_met += its.not_met;
        self.unproven += its.unproven;
        self.duplicate += its.duplicate;
        self.unreadable += its.unreadable;
    }
}

/// A concept of the page and the criteria that it asks for.
#[derive(Clone, Copy, Debug)]
pub struct Concept {
    /// The standard's name.
    pub name: &'static str,
    /// Its criteria.
    pub criteria: &'static [Criterion],
}

/// The five nested concepts, the indicator last.
pub const CONCEPTS: [Concept; 5] = {
    use Criterion::{BadanHukum, Bantuan, Produksi, Rat, Tujuan, Usaha};
    [
        Concept {
            name: "koperasi",
            criteria: &[BadanHukum],
        },
        Concept {
            name: "koperasi_produksi",
            criteria: &[BadanHukum, Produksi],
        },
        Concept {
            name: "koperasi_produksi_aktif",
            criteria: &[BadanHukum, Produksi, Rat, Usaha],
        },
        Concept {
            name: "koperasi_produksi_dibantu",
            criteria: &[BadanHukum, Produksi, Tujuan, Bantuan],
        },
        Concept {
            name: "koperasi_produksi_aktif_dibantu",
            criteria: &Criterion::ALL,
        },
    ]
};

/// How many are proven, and how many at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All criteria met.
    pub verified: u64,
    /// And those of which none is not met.
    pub upper: u64,
}

impl Count {
    fn add(&mut self, status: Status) {
        self.verified += u64::from(status == Status::Terpenuhi);
        self.upper += u64::from(status != Status::TidakTerpenuhi);
    }

    fn merge(&mut self, other: Self) {
        self.verified += other.verified;
        self.upper += other.upper;
    }
}

/// By [`CONCEPTS`].
pub type Counts = [Count; 5];

/// Not met and not proven, by the first criterion that failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failed {
    /// Evidence says no.
    pub not_met: u64,
    /// No sound evidence.
    pub unproven: u64,
}

/// The counts by what the steward asks for. Keys are the standard's codes, or the value as given;
/// the empty key is "not said".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breakdowns {
    /// Verified and upper, by kecamatan.
    pub kecamatan: BTreeMap<String, Count>,
    /// Verified and upper, by `tipe_produsen`.
    pub tipe_produsen: BTreeMap<&'static str, Count>,
    /// Verified, by level of government that assists; one with several levels stands in each.
    pub tingkat: BTreeMap<&'static str, u64>,
    /// What is not verified, by first failed criterion.
    pub first_failed: BTreeMap<&'static str, Failed>,
    /// The SIPD tree, by `jenis_koperasi`.
    pub sipd: BTreeMap<&'static str, Sipd>,
    /// The SIPD tree of each kecamatan: together they are `sipd`.
    pub sipd_kecamatan: BTreeMap<String, SipdPlace>,
}

/// From claimed to verified: one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In the report's language.
    pub reason: String,
    /// The code that tells more.
    pub code: &'static str,
    /// Number of entries (for J001: the gap in the header's number).
    pub entries: u64,
    /// What it does to the number: the sum of all is verified - claimed.
    pub effect: i64,
}

/// What the tally needs of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Facts {
    /// By [`Criterion`].
    pub criteria: [Status; 6],
    /// By [`Criterion`]: the code that says why it is not met.
    pub codes: [&'static str; 6],
    /// `dihitung`.
    pub claimed: Option<bool>,
    /// Kecamatan: its name in the list, else as given.
    pub kecamatan: Kecamatan,
    /// A sound `tipe_produsen`.
    pub tipe: Option<Tipe>,
    /// A sound `jenis_koperasi`.
    pub jenis: Option<Jenis>,
    /// Levels whose assistance counts, a bit each by `Tingkat`.
    pub tingkat: u8,
    /// Activity for the SIPD tree.
    pub activity: Activity,
}

/// A kecamatan's name, without an allocation where the list has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kecamatan {
    /// From the list.
    Known(&'static str),
    /// As given.
    Given(Box<str>),
    /// None given.
    None,
}

impl Kecamatan {
    /// The name; empty if none is given.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Known(name) => name,
            Self::Given(name) => name,
            Self::None => "",
        }
    }
}

impl Facts {
    /// The worst status of some criteria.
    #[must_use]
    pub fn status(&self, criteria: &[Criterion]) -> Status {
        let of = |criterion: &Criterion| self.criteria[*criterion as usize];
        if criteria.iter().any(|c| of(c) == Status::TidakTerpenuhi) {
            Status::TidakTerpenuhi
        } else if criteria.iter().any(|c| of(c) == Status::TidakTerbukti) {
            Status::TidakTerbukti
        } else {
            Status::Terpenuhi
        }
    }

    /// The verdict, duplicates apart.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.status(&Criterion::ALL) {
            Status::Terpenuhi => Verdict::Terverifikasi,
            Status::TidakTerpenuhi => Verdict::Gugur,
            Status::TidakTerbukti => Verdict::TidakTerbukti,
        }
    }

    /// The first criterion that decides the verdict against the entry.
    #[must_use]
    pub fn first_failed(&self) -> Option<Criterion> {
        let worst = self.status(&Criterion::ALL);
        Criterion::ALL
            .into_iter()
            .find(|c| worst != Status::Terpenuhi && self.criteria[*c as usize] == worst)
    }
}

/// The sums over entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The accounts.
    pub books: Books,
    /// The concepts.
    pub counts: Counts,
    /// The breakdowns.
    pub breakdowns: Breakdowns,
    /// Entries with `dihitung: true`, duplicates too.
    pub claimed: u64,
    /// Entries with `dihitung` true or false.
    pub said: u64,
    /// Verified entries that are not claimed.
    pub unclaimed_verified: u64,
    /// Claimed entries that are not verified, by code and whether that is for want of proof; D001
    /// for duplicates.
    pub claimed_not_verified: BTreeMap<(&'static str, bool), u64>,
}

impl Tally {
    /// Adds an entry.
    pub fn add(&mut self, facts: &Facts, duplicate: bool) {
        self.books.read += 1;
        let claimed = facts.claimed == Some(true);
        self.claimed += u64::from(claimed);
        self.said += u64::from(facts.claimed.is_some());
        if duplicate {
            self.books.duplicate += 1;
            if claimed {
                *self
                    .claimed_not_verified
                    .entry(("D001", false))
                    .or_default() += 1;
            }
            return;
        }
        let verdict = facts.verdict();
        match verdict {
            Verdict::Terverifikasi => self.books.verified += 1,
            Verdict::Gugur => self.books.not_met += 1,
            Verdict::TidakTerbukti | Verdict::Ganda => self.books.unproven += 1,
        }
        for (count, concept) in self.counts.iter_mut().zip(&CONCEPTS) {
            // Where all six are met, so are some of them.
            count.add(match verdict {
                Verdict::Terverifikasi => Status::Terpenuhi,
                _ => facts.status(concept.criteria),
            });
        }
        if verdict == Verdict::Terverifikasi {
            self.unclaimed_verified += u64::from(!claimed);
        } else if let Some(criterion) = facts.first_failed() {
            let code = facts.codes[criterion as usize];
            if claimed {
                let unproven = verdict == Verdict::TidakTerbukti;
                *self
                    .claimed_not_verified
                    .entry((code, unproven))
                    .or_default() += 1;
            }
            let failed = self.breakdowns.first_failed.entry(criterion.name());
            let failed = failed.or_default();
            match verdict {
                Verdict::Gugur => failed.not_met += 1,
                _ => failed.unproven += 1,
            }
        }
        self.break_down(facts, facts.status(&Criterion::ALL));
    }

    fn break_down(&mut self, facts: &Facts, status: Status) {
        let out = &mut self.breakdowns;
        let name = facts.kecamatan.name();
        if status != Status::TidakTerpenuhi {
            to(&mut out.kecamatan, name, |count| count.add(status));
            let tipe = facts.tipe.map_or("", Tipe::code);
            out.tipe_produsen.entry(tipe).or_default().add(status);
        }
        if status == Status::Terpenuhi {
            for tingkat in Tingkat::ALL {
                if facts.tingkat & 1 << *tingkat as u8 != 0 {
                    *out.tingkat.entry(tingkat.code()).or_default() += 1;
                }
            }
        }
        let jenis = sipd::name(facts.jenis);
        out.sipd.entry(jenis).or_default().add(facts);
        to(&mut out.sipd_kecamatan, name, |place: &mut SipdPlace| {
            place.of(jenis).add(facts);
        });
    }

    /// Counts what cannot be read as an entry.
    pub fn unreadable(&mut self, count: u64) {
        self.books.read += count;
        self.books.unreadable += count;
    }

    /// Adds another tally. Associative and commutative.
    pub fn merge(&mut self, other: &Self) {
        self.books.add(&other.books);
        for (own, its) in self.counts.iter_mut().zip(&other.counts) {
            own.merge(*its);
        }
        self.claimed += other.claimed;
        self.said += other.said;
        self.unclaimed_verified += other.unclaimed_verified;
        for (code, count) in &other.claimed_not_verified {
            *self.claimed_not_verified.entry(*code).or_default() += count;
        }
        self.breakdowns.merge(&other.breakdowns);
    }
}

impl Breakdowns {
    fn merge(&mut self, other: &Self) {
        for (key, count) in &other.kecamatan {
            self.kecamatan.entry(key.clone()).or_default().merge(*count);
        }
        for (key, count) in &other.tipe_produsen {
            self.tipe_produsen.entry(key).or_default().merge(*count);
        }
        for (key, count) in &other.tingkat {
            *self.tingkat.entry(key).or_default() += count;
        }
        for (key, failed) in &other.first_failed {
            let own = self.first_failed.entry(key).or_default();
            own.not_met += failed.not_met;
            own.unproven += failed.unproven;
        }
        for (key, sipd) in &other.sipd {
            self.sipd.entry(key).or_default().merge(*sipd);
        }
        for (key, place) in &other.sipd_kecamatan {
            to(&mut self.sipd_kecamatan, key, |own: &mut SipdPlace| {
                own.merge(place)
            });
        }
    }
}

/// Adds to what stands under a name; one that is known costs no allocation.
fn to<T: Default>(map: &mut BTreeMap<String, T>, name: &str, add: impl FnOnce(&mut T)) {
    if let Some(own) = map.get_mut(name) {
        add(own);
    } else {
        add(map.entry(name.to_owned()).or_default());
    }
}
