//! `rat`: RATs held for consecutive book years that end at L or L+1.

use super::{Evidence, Judgement};
use crate::date;
use crate::entry::Rat;
use crate::finding::Where;
use crate::nomor;
use crate::tape::At;
use crate::words;

/// Why an item of `rat` proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatVoid {
    /// The schema refuses it.
    Refused,
    /// R004: not after the book year's end, after the cut-off, or a sentinel.
    ImpossibleDate,
    /// R007: before the legal entity was founded.
    BeforeFounding,
    /// R008: no quorum, or an impossible attendance.
    NoQuorum,
    /// R003: the same meeting as the item at this node, which is for a newer book year.
    SameMeeting(At),
}

/// What the judge leaves for rules and counts.
#[derive(Debug, Default)]
pub struct RatFacts {
    /// Of each item: why it proves nothing.
    pub void: Vec<Option<RatVoid>>,
    /// Book years of L-2 … L for which no sound RAT stands.
    pub missing: Vec<i32>,
    /// One of the missing years may have had a RAT: an item is void, or a column is blank.
    pub maybe: bool,
}

pub(super) fn judge(
    evidence: &Evidence<'_>,
    founding_void: bool,
    facts: &mut RatFacts,
) -> Judgement {
    let entry = evidence.entry;
    facts.void.clear();
    facts.missing.clear();
    facts.maybe = true;
    facts.void.extend(entry.rats.iter().map(|_| None));
    void_items(evidence, founding_void, &mut facts.void);
    let list = evidence.place(entry.rat, "rat");
    let Some(calendar) = evidence.calendar else {
        return Judgement::unproven("R001", list, Where::All);
    };
    let items = || entry.rats.iter().zip(&facts.void);
    let sound = |year: i32| {
        items().any(|(rat, void)| void.is_none() && rat.tahun_buku.value() == Some(year))
    };
    let years = calendar.oldest..=calendar.newest;
    facts
        .missing
        .extend(years.clone().filter(|year| !sound(*year)));
    if entry.rat.value().is_none() {
        return Judgement::unproven(
            code(evidence, founding_void, &facts.missing),
            list.clone(),
            list,
        );
    }
    let span = calendar.newest - calendar.oldest;
    let run = |end: i32| end - span..=end;
    if calendar.ends().any(|end| run(end).all(sound)) {
        facts.maybe = false;
        return Judgement::met(list);
    }
    // A void item would count for its book year; one whose year is malformed or has not ended by
    // the cut-off could be of any year.
    let mut wild = 0;
    let mut first = None;
    for (rat, _) in items().filter(|(_, void)| void.is_some()) {
        let known = rat
            .tahun_buku
            .value()
            .filter(|year| calendar.has_ended(*year));
        wild += usize::from(known.is_none());
        let bears =
            known.is_none_or(|year| (calendar.oldest..=calendar.newest + 1).contains(&year));
        if bears && first.is_none() {
            first = Some(rat.at);
        }
    }
    let told = &evidence.doc.tape().rat_years;
    let possible = |year: i32| {
        let void = |(rat, void): (&Rat, &Option<RatVoid>)| {
            void.is_some() && rat.tahun_buku.value() == Some(year)
        };
        let unknown = told.open
            && !told.none.contains(&year)
            && !items().any(|(rat, _)| rat.tahun_buku.value() == Some(year));
        calendar.has_ended(year) && (items().any(void) || unknown)
    };
    facts.maybe = wild > 0 || facts.missing.iter().any(|year| possible(*year));
    let might = calendar.ends().any(|end| {
        let open = run(end).filter(|year| !sound(*year) && !possible(*year));
        open.count() <= wild
    });
    let code = code(evidence, founding_void, &facts.missing);
    // In a table the cell of the first missing year, where it has one.
    let cell = facts.missing.first().and_then(|year| {
        let tape = evidence.doc.tape();
        tape.rat_years
            .open
            .then(|| tape.blank_of(&format!("rat_{year}"), 0))?
    });
    let at = cell.map_or_else(|| list.clone(), |span| Where::Piece(span, "rat".to_owned()));
    if might {
        let because = first.map_or_else(|| list.clone(), Where::Node);
        Judgement::unproven(code, at, because)
    } else {
        Judgement::failed(code, at)
    }
}

/// R002 where every missing book year began before the founding, else R001.
fn code(evidence: &Evidence<'_>, founding_void: bool, missing: &[i32]) -> &'static str {
    let founded = evidence.entry.tanggal_badan_hukum.value();
    let young = |founded| {
        let began = |year: &i32| evidence.calendar?.year_end.begin(*year);
        !missing.is_empty()
            && missing
                .iter()
                .all(|year| began(year).is_some_and(|day| day < founded))
    };
    match founded {
        Some(founded) if !founding_void && young(founded) => "R002",
        _ => "R001",
    }
}

/// Voids in the order of the standard: R004, R007, R008, R003.
fn void_items(evidence: &Evidence<'_>, founding_void: bool, void: &mut [Option<RatVoid>]) {
    let entry = evidence.entry;
    let number = entry
        .nomor_badan_hukum
        .at()
        .and_then(|at| evidence.doc.node(at).as_str());
    let founded = entry.tanggal_badan_hukum.value().filter(|_| !founding_void);
    let before = |day| {
        founded.is_some_and(|founded| day < founded)
            && !number.is_some_and(nomor::date_is_an_amendments)
    };
    let members = entry.anggota_total.value();
    for (rat, void) in entry.rats.iter().zip(void.iter_mut()) {
        *void = if rat.refused {
            Some(RatVoid::Refused)
        } else if impossible(evidence, rat) {
            Some(RatVoid::ImpossibleDate)
        } else if rat.tanggal.value().is_some_and(before) {
            Some(RatVoid::BeforeFounding)
        } else if rat.kuorum.value() == Some(false)
            || rat.jumlah_hadir.value().is_some_and(|present| {
                present == 0 || members.is_some_and(|members| present > members)
            })
        {
            Some(RatVoid::NoQuorum)
        } else {
            None
        };
    }
    // Against what was sound before this step: of a chain of meetings only the newest stands.
    let sound: Vec<&Rat> = entry
        .rats
        .iter()
        .zip(void.iter())
        .filter_map(|(rat, void)| void.is_none().then_some(rat))
        .collect();
    if sound.len() < 2 {
        return;
    }
    for (rat, void) in entry.rats.iter().zip(void.iter_mut()) {
        if void.is_none() {
            *void = sound
                .iter()
                .filter(|other| other.tahun_buku.value() > rat.tahun_buku.value())
                .filter(|other| same_meeting(evidence, rat, other))
                .max_by_key(|other| other.tahun_buku.value())
                .map(|other| RatVoid::SameMeeting(other.at));
        }
    }
}

fn impossible(evidence: &Evidence<'_>, rat: &Rat) -> bool {
    let (Some(day), Some(year)) = (rat.tanggal.value(), rat.tahun_buku.value()) else {
        return false;
    };
    if date::is_sentinel(day) {
        return true;
    }
    evidence.calendar.is_some_and(|calendar| {
        day > calendar.cutoff
            // A book year beyond the calendar ends after any meeting, or before it.
            || calendar.year_end.end(year).map_or(year > 0, |end| day <= end)
    })
}

fn same_meeting(evidence: &Evidence<'_>, a: &Rat, b: &Rat) -> bool {
    let minutes = |rat: &Rat| {
        let at = rat
            .nomor_berita_acara
            .value()
            .and(rat.nomor_berita_acara.at())?;
        evidence.doc.node(at).as_str()
    };
    let same = |(one, other): (&str, &str)| words::same_letters(one, other);
    a.tanggal.value() == b.tanggal.value() || minutes(a).zip(minutes(b)).is_some_and(same)
}
