//! Candidates: one that left the register and one that entered it, in one kecamatan of one region,
//! with one name or nearly so. They are named, never brought together.

use std::collections::HashMap;

use super::entities::Entities;
use super::matching::Matched;
use super::pairs::{self, Pairs};

/// Names that are compared at most; a hostile register must not take hours.
const MOST: usize = 1_000_000;
/// Candidates that are named at most.
const FOUND: usize = 10_000;
/// Letters of a name that are compared.
const LETTERS: usize = 100;
/// Words that say nothing of which cooperative it is.
const COMMON: [&str; 7] = [
    "koperasi", "kop", "produsen", "produksi", "kud", "ksu", "unit",
];

/// Indices into both sides, and whether the names are the same; and whether the search was cut.
pub(super) fn candidates(
    sides: &[Entities<'_>; 2],
    matched: &Matched,
    pairs: &Pairs,
) -> (Vec<(usize, usize, bool)>, bool) {
    let (old, new) = (
        open(sides, matched, pairs, 0),
        open(sides, matched, pairs, 1),
    );
    let mut named: HashMap<(&str, &str, &str), Vec<&One>> = HashMap::new();
    let mut near: HashMap<(&str, &str), Vec<&One>> = HashMap::new();
    for one in &new {
        let (region, kecamatan) = (&*one.region, one.kecamatan);
        named
            .entry((region, kecamatan, one.name))
            .or_default()
            .push(one);
        near.entry((region, kecamatan)).or_default().push(one);
    }
    let mut out = Vec::new();
    let mut left = MOST;
    for same in [true, false] {
        for one in &old {
            let (region, kecamatan) = (&*one.region, one.kecamatan);
            let all = match same {
                true => named.get(&(region, kecamatan, one.name)),
                false => near.get(&(region, kecamatan)),
            };
            for other in all.into_iter().flatten() {
                if left == 0 || out.len() == FOUND {
                    return (out, true);
                }
                left -= 1;
                let fits = same || (one.name != other.name && alike(&one.core, &other.core));
                if fits && (one.identified || other.identified) {
                    out.push((one.at, other.at, same));
                }
            }
        }
    }
    (out, false)
}

/// An entity without a counterpart.
struct One<'a> {
    at: usize,
    region: String,
    kecamatan: &'a str,
    name: &'a str,
    core: String,
    identified: bool,
}

fn open<'a>(
    sides: &[Entities<'a>; 2],
    matched: &Matched,
    pairs: &Pairs,
    side: usize,
) -> Vec<One<'a>> {
    let rows = pairs.row_of(side);
    let alone = matched.alone[side].iter().map(|at| (*at, true));
    let unidentified = matched.unidentified[side].iter().map(|at| (*at, false));
    let mut all: Vec<One<'a>> = alone
        .chain(unidentified)
        .filter_map(|(at, identified)| {
            let listing = sides[side].all[at].first();
            let submission = &sides[side].report.submissions[listing.submission];
            let trace = listing.trace;
            let named = !trace.name_words.is_empty() && !trace.kecamatan_words.is_empty();
            named.then(|| One {
                at,
                region: pairs::code(submission)
                    .unwrap_or_else(|| format!("#{}", rows[listing.submission])),
                kecamatan: &trace.kecamatan_words,
                name: &trace.name_words,
                core: core(&trace.name_words),
                identified,
            })
        })
        .collect();
    all.sort_unstable_by_key(|one| one.at);
    all
}

/// A name without the words that many have.
fn core(name: &str) -> String {
    let words = name.split(' ').filter(|word| !COMMON.contains(word));
    let core: String = words.collect::<Vec<_>>().join(" ");
    core.chars().take(LETTERS).collect()
}

/// One letter in five may differ, and no digit: `Tani Maju 1` is not `Tani Maju 2`.
fn alike(one: &str, other: &str) -> bool {
    let (a, b) = (one.chars().count(), other.chars().count());
    let most = a.min(b) / 5;
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    a.abs_diff(b) <= most
        && a.min(b) > 0
        && digits(one) == digits(other)
        && strsim::damerau_levenshtein(one, other) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_near_without_the_words_that_all_have() {
        let near = |one: &str, other: &str| alike(&core(one), &core(other));
        assert!(near(
            "koperasi produsen nira lestari",
            "koperasi nira lestary"
        ));
        assert!(near("kud sumber makmur", "ksu sumber makmur"));
        for (one, other) in [
            (
                "koperasi produsen nira lestari",
                "koperasi produsen batik asri",
            ),
            ("koperasi tani", "koperasi tahu"),
            ("koperasi", "koperasi produsen"),
            ("koperasi sido mukti", "koperasi sido makmur"),
            ("koperasi tani maju 1", "koperasi tani maju 2"),
        ] {
            assert!(!near(one, other), "{one}, {other}");
        }
    }
}
