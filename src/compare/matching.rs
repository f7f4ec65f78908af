//! Which entity of one side is which of the other.

use std::collections::HashMap;

use super::entities::Entities;

/// How an entity was known again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By its normalised number.
    Number,
    /// By its NIK.
    Nik,
    /// By file and entry number: the file is the same.
    Position,
}

impl By {
    /// Its name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "nomor_badan_hukum",
            Self::Nik => "nik_koperasi",
            Self::Position => "position",
        }
    }
}

/// Indices into the entities of both sides.
#[derive(Debug, Default)]
pub(super) struct Matched {
    pub pairs: Vec<(usize, usize, By)>,
    /// On one side only, each with a number or a NIK of its own.
    pub alone: [Vec<usize>; 2],
    /// Without any identity: matched with nothing.
    pub unidentified: [Vec<usize>; 2],
}

/// By number, then by a NIK that only one entity of each side has.
pub(super) fn by_identity(sides: &[Entities<'_>; 2]) -> Matched {
    let [old, new] = sides;
    let mut out = Matched::default();
    let niks = [niks(old), niks(new)];
    let mut taken = [vec![false; old.all.len()], vec![false; new.all.len()]];
    for (at, entity) in old.all.iter().enumerate() {
        let number = entity.first().trace.entity;
        if let Some(other) = number.and_then(|number| new.by_number.get(&number)) {
            out.pairs.push((at, *other, By::Number));
            (taken[0][at], taken[1][*other]) = (true, true);
        }
    }
    for at in 0..old.all.len() {
        if let Some(nik) = own_nik(old, &niks[0], at)
            && let Some(Some(other)) = niks[1].get(&nik)
            && !taken[0][at]
            && !taken[1][*other]
        {
            out.pairs.push((at, *other, By::Nik));
            (taken[0][at], taken[1][*other]) = (true, true);
        }
    }
    out.pairs.sort_unstable_by_key(|(old, ..)| *old);
    for (side, entities) in sides.iter().enumerate() {
        for at in (0..entities.all.len()).filter(|at| !taken[side][*at]) {
            let numbered = entities.all[at].first().trace.entity.is_some();
            match numbered || own_nik(entities, &niks[side], at).is_some() {
                true => out.alone[side].push(at),
                false => out.unidentified[side].push(at),
            }
        }
    }
    out
}

/// The entity of each NIK; none if several have it.
fn niks(side: &Entities<'_>) -> HashMap<u64, Option<usize>> {
    let mut out = HashMap::new();
    for (at, entity) in side.all.iter().enumerate() {
        for nik in entity
            .listings
            .iter()
            .filter_map(|own| own.trace.nik_digits)
        {
            let own = out.entry(nik).or_insert(Some(at));
            *own = own.filter(|other| *other == at);
        }
    }
    out
}

/// The NIK of an entity, if no other of its side has it.
fn own_nik(side: &Entities<'_>, niks: &HashMap<u64, Option<usize>>, at: usize) -> Option<u64> {
    let nik = side.all[at].first().trace.nik_digits?;
    (niks.get(&nik) == Some(&Some(at))).then_some(nik)
}

/// By submission and entry number.
pub(super) fn by_position(sides: &[Entities<'_>; 2]) -> Matched {
    let place = |side: &Entities<'_>, at: usize| {
        let own = side.all[at].first();
        (own.submission, own.line.number)
    };
    let [old, new] = sides;
    let of: HashMap<_, _> = (0..new.all.len()).map(|at| (place(new, at), at)).collect();
    let mut out = Matched::default();
    let mut taken = vec![false; new.all.len()];
    for at in 0..old.all.len() {
        match of.get(&place(old, at)) {
            Some(other) => {
                taken[*other] = true;
                out.pairs.push((at, *other, By::Position));
            }
            None => out.alone[0].push(at),
        }
    }
    out.alone[1].extend((0..new.all.len()).filter(|at| !taken[*at]));
    out
}
