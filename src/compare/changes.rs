//! What became of each entity.

use super::entities::{Entities, Listing, who};
use super::matching::{By, Matched};
use super::pairs::Pairs;
use super::{Cause, Change, Comparison, Kind, Said, Side, Turn, Who, rows, sums};
use crate::criteria::{Criterion, Status};
use crate::report::{Report, Verdict};

/// The comparison, but for what only one kind has.
pub(super) fn gather(
    kind: Kind,
    names: [String; 2],
    reports: &[Report; 2],
    sides: &[Entities<'_>; 2],
    matched: &Matched,
    pairs: &Pairs,
) -> Comparison {
    let look = Look {
        sides,
        pairs,
        rows: [pairs.row_of(0), pairs.row_of(1)],
    };
    let both = matched.pairs.iter();
    let mut changes: Vec<Change> = both
        .filter_map(|(old, new, by)| look.pair(*old, *new, *by))
        .collect();
    for side in [0, 1] {
        // One without a number never counts; if it did, it would have to be said.
        let unidentified = matched.unidentified[side].iter();
        let counted = unidentified.filter(|at| sides[side].all[**at].counts());
        let alone = matched.alone[side].iter().chain(counted);
        changes.extend(alone.map(|at| look.alone(side, *at)));
    }
    changes.sort_by_key(|change| {
        let row = change.who.iter().flatten().map(|who| (who.row, who.entry));
        (-change.effect, row.min())
    });
    let mut names = names.into_iter();
    let sides_said = reports.each_ref().map(|report| Side {
        name: names.next().unwrap_or_default(),
        definition: report.definition.clone(),
        books: report.total.books,
        failures: report.failures.clone(),
        complete: report.complete,
    });
    Comparison {
        lang: reports[0].lang,
        today: reports[0].today,
        kind,
        sides: sides_said,
        parameters: Vec::new(),
        rows: rows::of(kind, reports, sides, matched, pairs),
        causes: sums(&changes),
        changes,
        candidates: Vec::new(),
        candidates_cut: false,
        unidentified: [0, 1].map(|side| matched.unidentified[side].len() as u64),
    }
}

struct Look<'a> {
    sides: &'a [Entities<'a>; 2],
    pairs: &'a Pairs,
    rows: [Vec<usize>; 2],
}

impl<'a> Look<'a> {
    fn first(&self, side: usize, at: usize) -> Listing<'a> {
        self.sides[side].all[at].first()
    }

    fn who(&self, side: usize, at: usize) -> Who {
        who(&self.sides[side], at, &self.rows[side])
    }

    /// None if nothing changed.
    fn pair(&self, old: usize, new: usize, by: By) -> Option<Change> {
        let said = self.said(old, new, by);
        let [a, b] = [self.first(0, old), self.first(1, new)];
        let turns: Vec<Turn> = Criterion::ALL
            .into_iter()
            .filter_map(|criterion| turn(criterion, a, b))
            .collect();
        let counts = [(0, old), (1, new)].map(|(side, at)| self.sides[side].all[at].counts());
        let same = said.is_empty() && turns.is_empty() && counts[0] == counts[1];
        // A listing beside the one that stands says nothing of the count.
        if same || !(a.stands() || b.stands()) {
            return None;
        }
        let (effect, cause) = match counts {
            [false, true] => (1, Some(self.cause(0, old, b))),
            [true, false] => (-1, Some(self.cause(1, new, a))),
            _ => (0, None),
        };
        Some(Change {
            effect,
            cause,
            by: Some(by),
            who: [Some(self.who(0, old)), Some(self.who(1, new))],
            said,
            turns,
        })
    }

    fn said(&self, old: usize, new: usize, by: By) -> Vec<Said> {
        let [a, b] = [self.first(0, old), self.first(1, new)];
        let [from, to] = [a.trace, b.trace];
        let listed = |side: usize, at: usize| self.sides[side].all[at].listings.len();
        let moved = self.rows[0][a.submission] != self.rows[1][b.submission];
        let all = [
            (Said::Renamed, from.name_words != to.name_words),
            (
                Said::Respelt,
                from.entity.is_some() && from.entity == to.entity && from.spelt != to.spelt,
            ),
            (Said::Renumbered, from.entity != to.entity),
            (
                Said::OtherNik,
                by == By::Number && from.nik_digits != to.nik_digits,
            ),
            (Said::Kecamatan, from.kecamatan_words != to.kecamatan_words),
            (Said::Moved, moved),
            (Said::Listed, listed(0, old) != listed(1, new)),
        ];
        let said = all.into_iter().filter(|(_, holds)| *holds);
        said.map(|(said, _)| said).collect()
    }

    /// On one side only.
    fn alone(&self, side: usize, at: usize) -> Change {
        let own = self.first(side, at);
        let counts = self.sides[side].all[at].counts();
        let effect = match (counts, side) {
            (false, _) => 0,
            (true, 0) => -1,
            (true, _) => 1,
        };
        let [old, new] = self.pairs.0[self.rows[side][own.submission]];
        let cause = match old.is_none() || new.is_none() {
            true => Cause::Submission,
            false => Cause::Register,
        };
        let mut who = [None, None];
        who[side] = Some(self.who(side, at));
        Change {
            effect,
            cause: counts.then_some(cause),
            by: None,
            who,
            said: Vec::new(),
            turns: Criterion::ALL
                .map(|own_one| one_sided(own_one, own, side))
                .into(),
        }
    }

    /// Why the entity does not count on this side; on the other this listing counts.
    fn cause(&self, side: usize, at: usize, counted: Listing<'_>) -> Cause {
        let entity = &self.sides[side].all[at];
        let own = entity.first();
        // What counts there stands here too, behind another.
        let behind = |listing: &Listing<'_>| {
            listing.line.criteria == [Status::Terpenuhi; 6]
                && listing.trace.evidence == counted.trace.evidence
        };
        if !own.stands() || entity.listings.iter().any(behind) {
            return Cause::Listing;
        }
        let worst = match own.line.verdict {
            Verdict::Gugur => Status::TidakTerpenuhi,
            _ => Status::TidakTerbukti,
        };
        let of = |criterion: &Criterion| own.line.criteria[*criterion as usize];
        let first = Criterion::ALL.into_iter().find(|one| of(one) == worst);
        let criterion = first.unwrap_or(Criterion::BadanHukum);
        let unproven = worst == Status::TidakTerbukti;
        Cause::Criterion(criterion, code(own, criterion), unproven)
    }
}

fn code(own: Listing<'_>, criterion: Criterion) -> &'static str {
    let reasons = own.line.reasons.iter();
    let mut own = reasons.filter(|(one, _)| *one == criterion);
    own.next().map_or("", |(_, code)| code)
}

fn status(own: Listing<'_>, criterion: Criterion) -> (Status, &'static str) {
    let status = own.line.criteria[criterion as usize];
    (status, code(own, criterion))
}

fn one_sided(criterion: Criterion, own: Listing<'_>, side: usize) -> Turn {
    let evidence = own.trace.evidence[criterion as usize].clone();
    let mut turn = Turn {
        criterion,
        status: [None, None],
        gone: Vec::new(),
        come: Vec::new(),
        kept: Vec::new(),
    };
    turn.status[side] = Some(status(own, criterion));
    match side {
        0 => turn.gone = evidence,
        _ => turn.come = evidence,
    }
    turn
}

/// None if neither its status nor its evidence changed.
fn turn(criterion: Criterion, old: Listing<'_>, new: Listing<'_>) -> Option<Turn> {
    let statuses = [old, new].map(|own| status(own, criterion));
    let [from, to] = [old, new].map(|own| &own.trace.evidence[criterion as usize]);
    if statuses[0] == statuses[1] && from == to {
        return None;
    }
    let mut come = to.clone();
    let (mut gone, mut kept) = (Vec::new(), Vec::new());
    for item in from {
        match come.iter().position(|other| other == item) {
            Some(at) => kept.push(come.remove(at)),
            None => gone.push(item.clone()),
        }
    }
    Some(Turn {
        criterion,
        status: statuses.map(Some),
        gone,
        come,
        kept,
    })
}
