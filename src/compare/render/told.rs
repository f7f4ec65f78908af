//! A comparison as headings with changes under them; texts that a format only has to escape.

use super::words;
use crate::compare::{Change, Comparison, Said, Turn, Who};
use crate::lang::Lang;
use crate::say;

/// What happened to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Gone,
    Come,
    Kept,
}

impl Mark {
    pub(super) fn sign(self) -> char {
        match self {
            Self::Gone => '-',
            Self::Come => '+',
            Self::Kept => '=',
        }
    }
}

/// A line under a change: what, and the items before and after.
pub(super) struct Line {
    pub head: String,
    pub items: Vec<(Mark, String)>,
}

/// One change as it is told.
pub(super) struct Told {
    pub name: String,
    pub why: String,
    pub places: String,
    pub lines: Vec<Line>,
}

/// Changes under one heading.
pub(super) struct Section<'a> {
    pub id: &'static str,
    pub title: &'static str,
    pub changes: Vec<&'a Change>,
}

/// The sections that have something.
pub(super) fn sections(comparison: &Comparison) -> Vec<Section<'_>> {
    let lang = comparison.lang;
    let both = |one: &Change| one.who.iter().all(Option::is_some);
    let pick = |id, title, holds: &dyn Fn(&Change) -> bool| Section {
        id,
        title,
        changes: comparison.changes.iter().filter(|one| holds(one)).collect(),
    };
    let all = [
        pick(
            "entered",
            lang.pick("Masuk hitungan", "Entered the count"),
            &|one| one.effect > 0,
        ),
        pick(
            "left",
            lang.pick("Keluar dari hitungan", "Left the count"),
            &|one| one.effect < 0,
        ),
        pick(
            "changed",
            lang.pick(
                "Berubah tanpa mengubah hitungan",
                "Changed without changing the count",
            ),
            &|one| one.effect == 0 && both(one),
        ),
        pick(
            "new",
            lang.pick(
                "Baru dalam register, tidak terhitung",
                "New in the register, not counted",
            ),
            &|one| one.effect == 0 && one.who[0].is_none(),
        ),
        pick(
            "gone",
            lang.pick(
                "Hilang dari register, dahulu pun tidak terhitung",
                "Gone from the register, not counted before either",
            ),
            &|one| one.effect == 0 && one.who[1].is_none(),
        ),
    ];
    all.into_iter()
        .filter(|section| !section.changes.is_empty())
        .collect()
}

/// Tells a change.
pub(super) fn tell(change: &Change, lang: Lang) -> Told {
    let who = change.who.iter().flatten();
    let newest = change.who[1].as_ref().or(change.who[0].as_ref());
    let mut places: Vec<String> = who.map(|who| words::place(who, lang)).collect();
    places.dedup();
    let why = match change.cause {
        Some(cause) => words::cause(cause, change.effect > 0, lang),
        None => words::by(change.by, lang).to_owned(),
    };
    let mut lines: Vec<Line> = change
        .said
        .iter()
        .map(|said| identity(*said, change, lang))
        .collect();
    let both = change.by.is_some();
    if both || change.effect > 0 {
        let turns = change.turns.iter();
        lines.extend(turns.filter_map(|one| turn(one, both, change.effect != 0, lang)));
    }
    let mut places = places.join(" → ");
    if let (Some(_), false, Some(who)) = (change.cause, both, newest) {
        places += &format!("; {}", verdict(who, lang));
    }
    Told {
        name: newest.map(|who| words::name(who, lang)).unwrap_or_default(),
        why,
        places,
        lines,
    }
}

fn verdict(who: &Who, lang: Lang) -> &'static str {
    crate::render::labels::verdict(who.verdict).get(lang)
}

fn identity(said: Said, change: &Change, lang: Lang) -> Line {
    let value = |who: &Who| match said {
        Said::Renamed => who.name.clone(),
        Said::Respelt | Said::Renumbered => who.number.clone(),
        Said::OtherNik => who.nik.clone(),
        Said::Kecamatan => who.kecamatan.clone(),
        Said::Moved => who.spot.clone(),
        Said::Listed => who.listed.to_string(),
    };
    let [old, new] = change.who.each_ref().map(|who| who.as_ref().map(value));
    let items = [(Mark::Gone, old), (Mark::Come, new)].into_iter();
    Line {
        head: words::said(said, lang).to_owned(),
        items: items
            .filter_map(|(mark, text)| Some((mark, text.filter(|text| !text.is_empty())?)))
            .collect(),
    }
}

/// Of an entity on one side nothing is said of a criterion without evidence.
fn turn(turn: &Turn, both: bool, weighs: bool, lang: Lang) -> Option<Line> {
    let said = turn.status.map(|status| {
        let (status, code) = status?;
        let words = words::status(status, lang);
        Some(match code.is_empty() {
            true => words.to_owned(),
            false => format!("{words} ({code})"),
        })
    });
    let name = words::criterion(turn.criterion);
    let head = match &said {
        [Some(old), Some(new)] if old == new => format!("{name}: {new}"),
        [Some(old), Some(new)] => format!("{name}: {old} → {new}"),
        [Some(one), None] | [None, Some(one)] => format!("{name}: {one}"),
        [None, None] => name.to_owned(),
    };
    let marked = |mark, items: &[String]| -> Vec<(Mark, String)> {
        items.iter().map(|item| (mark, item.clone())).collect()
    };
    let mut items = marked(Mark::Gone, &turn.gone);
    items.extend(marked(Mark::Come, &turn.come));
    if weighs || said[0] != said[1] {
        items.extend(marked(Mark::Kept, &turn.kept));
    }
    (both || !items.is_empty()).then_some(Line { head, items })
}

/// A candidate in one sentence and the two places.
pub(super) fn candidate(old: &Who, new: &Who, same: bool, lang: Lang) -> [String; 3] {
    let near = match same {
        true => lang.pick("nama dan kecamatan sama", "same name and kecamatan"),
        false => lang.pick("nama mirip, kecamatan sama", "similar name, same kecamatan"),
    };
    let one = |who: &Who| format!("{} ({})", words::name(who, lang), words::place(who, lang));
    [near.to_owned(), one(old), one(new)]
}

/// What a section leaves out.
pub(super) fn more(all: usize, shown: usize, lang: Lang) -> Option<String> {
    let more = all.saturating_sub(shown);
    (more > 0).then(|| {
        say!(lang,
            id: "dan {more} lagi; semuanya ada dengan --output-format json",
            en: "and {more} more; --output-format json has them all",
        )
    })
}
