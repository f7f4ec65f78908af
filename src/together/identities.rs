//! Which entry had an identity first. Per entry 48 bytes and its share of three tables of indices.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

/// Where an identity was listed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct First {
    /// The entry's number, from 1.
    pub number: u32,
    /// Line and column at which it begins.
    pub start: (u32, u32),
    /// Its legal entity.
    pub key: Option<u128>,
}

/// The identities of all entries, in their order.
#[derive(Debug, Default)]
pub(super) struct Identities {
    starts: Vec<(u32, u32)>,
    // 0 is none: a hash of a secret key is 0 once in 2^128.
    keys: Vec<u128>,
    names: Vec<u128>,
    niks: Vec<u64>,
    by_key: HashTable<u32>,
    by_name: HashTable<u32>,
    by_nik: HashTable<u32>,
    /// NIKs come from the submission: their hash has a key of its own.
    secret: RandomState,
}

/// What tells an entry apart.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Identity {
    pub start: (u32, u32),
    pub key: Option<u128>,
    pub name: Option<u128>,
    pub nik: Option<u64>,
}

/// Who had the same before.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Met {
    pub key: Option<First>,
    pub name: Option<First>,
    pub nik: Option<First>,
}

impl Identities {
    /// Takes note of the next entry.
    pub(super) fn next(&mut self, own: Identity) -> Met {
        let index = u32::try_from(self.starts.len()).unwrap_or(u32::MAX);
        self.starts.push(own.start);
        self.keys.push(own.key.unwrap_or(0));
        self.names.push(own.name.unwrap_or(0));
        self.niks.push(own.nik.unwrap_or(u64::MAX));
        let of_key = own.key.and_then(|key| {
            let keys = &self.keys;
            met(
                &mut self.by_key,
                index,
                short(key),
                |at| short(keys[at]),
                |at| keys[at] == key,
            )
        });
        let of_name = own.name.and_then(|name| {
            let names = &self.names;
            met(
                &mut self.by_name,
                index,
                short(name),
                |at| short(names[at]),
                |at| names[at] == name,
            )
        });
        let of_nik = own.nik.and_then(|nik| {
            let (niks, secret) = (&self.niks, &self.secret);
            let hash = |nik: u64| secret.hash_one(nik);
            met(
                &mut self.by_nik,
                index,
                hash(nik),
                |at| hash(niks[at]),
                |at| niks[at] == nik,
            )
        });
        Met {
            key: of_key.map(|at| self.first(at)),
            name: of_name.map(|at| self.first(at)),
            nik: of_nik.map(|at| self.first(at)),
        }
    }

    fn first(&self, index: u32) -> First {
        let at = index as usize;
        First {
            number: index.saturating_add(1),
            start: self.starts[at],
            key: Some(self.keys[at]).filter(|key| *key != 0),
        }
    }
}

/// The part of a 128-bit hash that finds its place in a table.
fn short(hash: u128) -> u64 {
    // The low half.
    hash as u64
}

/// The index that stands in the table already; else `index` is put there.
fn met(
    table: &mut HashTable<u32>,
    index: u32,
    hash: u64,
    hash_of: impl Fn(usize) -> u64,
    same: impl Fn(usize) -> bool,
) -> Option<u32> {
    match table.entry(hash, |at| same(*at as usize), |at| hash_of(*at as usize)) {
        Entry::Occupied(slot) => Some(*slot.get()),
        Entry::Vacant(slot) => {
            slot.insert(index);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_is_met() {
        let mut all = Identities::default();
        let own = |key: u128, name: u128, nik: u64| Identity {
            start: (nik as u32, 1),
            key: (key > 0).then_some(key),
            name: (name > 0).then_some(name),
            nik: (nik > 0).then_some(nik),
        };
        for number in 1..=5_000_u64 {
            let met = all.next(own(number.into(), u128::from(number) << 64 | 7, number));
            assert!(met.key.is_none() && met.name.is_none() && met.nik.is_none());
        }
        let met = all.next(own(77, 78 << 64 | 7, 79));
        let number = |met: Option<First>| met.map(|first| first.number);
        assert_eq!(
            (number(met.key), number(met.name), number(met.nik)),
            (Some(77), Some(78), Some(79))
        );
        assert_eq!(
            met.nik.map(|first| (first.start, first.key)),
            Some(((79, 1), Some(79)))
        );
        let none = all.next(Identity::default());
        assert!(none.key.is_none() && none.name.is_none() && none.nik.is_none());
        assert_eq!(number(all.next(own(0, 0, 5_000)).nik), Some(5_000));
    }
}
