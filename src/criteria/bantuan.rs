//! `bantuan`: at least one assistance received from a government body, in the window.

use super::{Evidence, Judgement};
use crate::codes::Tingkat;
use crate::entry::{Bantuan, Field};
use crate::finding::Where;
use crate::words;

/// Why an item of `bantuan_pemerintah` proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AidVoid {
    /// The schema refuses it.
    Refused,
    /// B009: before the founding year, or after the cut-off's year.
    ImpossibleYear,
    /// B002: a private giver's name against a level of government.
    PrivateGiver,
}

/// The stages that an item passes, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The giver is a government.
    Giver,
    /// It was received.
    Status,
    /// Its form counts.
    Form,
    /// Its year lies in the window.
    Window,
}

impl Stage {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Giver => "B002",
            Self::Status => "B004",
            Self::Form => "B006",
            Self::Window => "B003",
        }
    }
}

/// What the judge leaves for rules and counts.
#[derive(Debug, Default)]
pub struct AidFacts {
    /// Of each item: why it proves nothing.
    pub void: Vec<Option<AidVoid>>,
    /// Of each item: the stage at which it fell; none if it counts or is void otherwise.
    pub fell: Vec<Option<Stage>>,
    /// Levels of government whose assistance counts: a bit each by [`Tingkat`].
    pub levels: u8,
}

pub(super) fn judge(
    evidence: &Evidence<'_>,
    founding_void: bool,
    facts: &mut AidFacts,
) -> Judgement {
    let entry = evidence.entry;
    facts.void.clear();
    facts.fell.clear();
    facts.levels = 0;
    for aid in &entry.aids {
        facts.void.push(void(evidence, founding_void, aid));
    }
    let list = evidence.place(entry.bantuan_pemerintah, "bantuan_pemerintah");
    for (aid, void) in entry.aids.iter().zip(&facts.void) {
        let fell = match void {
            None => fell(evidence, aid),
            Some(AidVoid::PrivateGiver) => Some(Stage::Giver),
            Some(_) => None,
        };
        facts.fell.push(fell);
        if let (None, None, Some(tingkat)) = (void, fell, aid.tingkat.value()) {
            facts.levels |= 1 << tingkat as u8;
        }
    }
    if entry.bantuan_pemerintah.value().is_none() {
        return Judgement::unproven("B001", list.clone(), list);
    }
    if evidence.calendar.is_none() {
        facts.levels = 0;
        return Judgement::unproven("B001", list, Where::All);
    }
    if facts.levels != 0 {
        return Judgement::met(list);
    }
    // The item that came furthest names the reason.
    let furthest = (entry.aids.iter().zip(&facts.fell))
        .filter_map(|(aid, fell)| Some((aid, (*fell)?)))
        .reduce(|best, next| if next.1 > best.1 { next } else { best });
    let (code, at) = match furthest {
        Some((aid, stage)) => (stage.code(), Where::Node(part(aid, stage))),
        None => ("B001", list),
    };
    let might = |(aid, void): &(&Bantuan, &Option<AidVoid>)| {
        void.is_some_and(|void| might_count(evidence, aid, void))
    };
    match entry.aids.iter().zip(&facts.void).find(might) {
        Some((aid, _)) => Judgement::unproven(code, at, Where::Node(aid.at)),
        None => Judgement::failed(code, at),
    }
}

/// The field that a stage looks at.
fn part(aid: &Bantuan, stage: Stage) -> crate::tape::At {
    let government = aid.tingkat.value() != Some(Tingkat::BukanPemerintah);
    match stage {
        Stage::Giver if government => aid.pemberi.at(),
        Stage::Giver => aid.tingkat.at(),
        Stage::Status => aid.status.at(),
        Stage::Form => aid.bentuk.at(),
        Stage::Window => aid.tahun.at(),
    }
    .unwrap_or(aid.at)
}

fn void(evidence: &Evidence<'_>, founding_void: bool, aid: &Bantuan) -> Option<AidVoid> {
    if aid.refused {
        return Some(AidVoid::Refused);
    }
    let founded = evidence.entry.tanggal_badan_hukum.value();
    let founded = founded.filter(|_| !founding_void);
    let year = aid.tahun.value()?;
    let early = founded.is_some_and(|day| year < i32::from(day.year()));
    let late = evidence
        .calendar
        .is_some_and(|calendar| year > calendar.aid.1);
    if early || late {
        return Some(AidVoid::ImpossibleYear);
    }
    let level = aid.tingkat.value()?;
    let giver = aid
        .pemberi
        .at()
        .and_then(|at| evidence.doc.node(at).as_str());
    let private = level != Tingkat::BukanPemerintah && giver.is_some_and(is_private);
    private.then_some(AidVoid::PrivateGiver)
}

/// Whether a giver's name is that of a company, a bank, a foundation.
fn is_private(name: &str) -> bool {
    const PRIVATE: [&str; 11] = [
        "pt",
        "cv",
        "bank",
        "yayasan",
        "csr",
        "bumn",
        "bumd",
        "persero",
        "tbk",
        "ud",
        "perseroan",
    ];
    // All of them are ASCII.
    words::words(name).any(|word| PRIVATE.iter().any(|own| word.eq_ignore_ascii_case(own)))
}

fn in_window(evidence: &Evidence<'_>, year: i32) -> bool {
    let window = evidence.calendar.map(|calendar| calendar.aid);
    window.is_some_and(|(first, last)| (first..=last).contains(&year))
}

fn fell(evidence: &Evidence<'_>, aid: &Bantuan) -> Option<Stage> {
    let definition = evidence.definition;
    let fails = |accepted: Option<bool>| accepted != Some(true);
    if fails(
        aid.tingkat
            .value()
            .map(|one| definition.tingkat.contains(&one)),
    ) {
        Some(Stage::Giver)
    } else if fails(
        aid.status
            .value()
            .map(|one| definition.status.contains(&one)),
    ) {
        Some(Stage::Status)
    } else if fails(
        aid.bentuk
            .value()
            .map(|one| definition.bentuk.contains(&one)),
    ) {
        Some(Stage::Form)
    } else if fails(aid.tahun.value().map(|year| in_window(evidence, year))) {
        Some(Stage::Window)
    } else {
        None
    }
}

/// Whether a void item would count if its fault were taken away; its sound parts stay.
fn might_count(evidence: &Evidence<'_>, aid: &Bantuan, void: AidVoid) -> bool {
    let definition = evidence.definition;
    // An impossible year could be any; the others stand as they are.
    let year = match (void, aid.tahun) {
        (AidVoid::ImpossibleYear, _) => true,
        (_, Field::Value(year, _)) => {
            in_window(evidence, year) || evidence.calendar.is_some_and(|c| year > c.aid.1)
        }
        _ => true,
    };
    year && aid.tingkat.may_be(|one| definition.tingkat.contains(&one))
        && aid.status.may_be(|one| definition.status.contains(&one))
        && aid.bentuk.may_be(|one| definition.bentuk.contains(&one))
}
