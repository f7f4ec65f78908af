//! The mistakes and their places: all are counted, some are shown.

use askama::Template;

use super::text::marked;
use crate::finding::{Finding, Standing};
use crate::lang::Lang;
use crate::place::Place;
use crate::render::json::state;
use crate::render::{full, labels, parts};
use crate::report::{Group, Submission};
use crate::rule::Rule;
use crate::say;
use crate::words::shown;

/// Places of a group that are shown.
const PLACES: usize = 50;
/// Other places of a finding that are named.
const RELATED: usize = 3;
/// Characters of a text that are shown.
pub(super) const LONG: usize = 600;

/// How many groups and places may still be shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    pub(crate) groups: usize,
    pub(crate) places: usize,
}

impl Room {
    /// The share of one among several that are still to come.
    pub(crate) fn share(self, among: usize, most: Self) -> Self {
        let among = among.max(1);
        Self {
            groups: (self.groups / among).min(most.groups),
            places: (self.places / among).min(most.places),
        }
    }

    pub(crate) fn take(&mut self, shown: &Groups<'_>) {
        self.groups = self.groups.saturating_sub(shown.shown);
        self.places = self.places.saturating_sub(shown.places);
    }
}

/// The groups of a submission.
pub(crate) struct Groups<'a> {
    pub(super) causes: Vec<GroupView<'a>>,
    /// Groups that are shown, and all.
    pub(super) shown: usize,
    pub(super) all: usize,
    /// Places that are shown.
    pub(super) places: usize,
    /// Findings that are not shown, open or not.
    pub(super) left: u64,
}

/// One mistake with its first places and what follows from it.
#[derive(Template)]
#[template(path = "group.html", config = "src/render/html/askama.toml")]
pub(super) struct GroupView<'a> {
    lang: Lang,
    id: String,
    level: &'static str,
    level_name: &'static str,
    pub(super) rule: &'static Rule,
    state: &'static str,
    waiver: String,
    message: String,
    count: String,
    fix: String,
    clause: Option<&'static str>,
    field: &'a str,
    places: Vec<PlaceView<'a>>,
    /// Findings that are not shown.
    left: u64,
    pub(super) follow: Vec<Self>,
}

/// Where a mistake stands, and what is there.
struct PlaceView<'a> {
    spot: String,
    heading: Option<&'a str>,
    entry: Option<String>,
    pointer: Option<&'a str>,
    message: Option<String>,
    found: Option<&'a str>,
    expected: Option<&'a str>,
    times: u32,
    related: Vec<(String, String)>,
}

impl<'a> Groups<'a> {
    /// As many as there is room for; each has its first place before any has more.
    pub(super) fn of(submission: &'a Submission, number: usize, room: Room, lang: Lang) -> Self {
        let groups = &submission.groups;
        let findings = parts::findings_of(submission);
        let shown = groups.len().min(room.groups);
        let mut spare = room.places.saturating_sub(shown);
        let mut out = Self {
            causes: Vec::new(),
            shown,
            all: groups.len(),
            places: 0,
            left: groups.iter().map(|group| group.count).sum(),
        };
        for (at, (group, its)) in groups.iter().zip(&findings).take(shown).enumerate() {
            let most = its.len().min(PLACES);
            let more = most.saturating_sub(1).min(spare);
            spare -= more;
            let its = &its[..most.min(1 + more)];
            let here: u64 = its.iter().map(|finding| u64::from(finding.times)).sum();
            out.left = out.left.saturating_sub(here);
            out.places += its.len();
            let mut view = GroupView::of(submission, group, its, lang);
            view.id = format!("s{number}-g{at}");
            view.left = group.count.saturating_sub(here);
            // A cause stands right before what follows from it.
            match out.causes.last_mut().filter(|_| group.cause.is_some()) {
                Some(cause) => cause.follow.push(view),
                None => out.causes.push(view),
            }
        }
        out
    }
}

impl<'a> GroupView<'a> {
    fn of(submission: &'a Submission, group: &'a Group, its: &[&'a Finding], lang: Lang) -> Self {
        let own = &*submission.source.file;
        let said = parts::message(submission, group, lang);
        let places = its.iter().map(|finding| PlaceView {
            message: (finding.message != said).then(|| shown(&finding.message, LONG)),
            ..PlaceView::of(finding, own, lang)
        });
        Self {
            message: shown(said, LONG),
            count: parts::count(group, lang),
            fix: shown(parts::fix(submission, group, lang), LONG),
            waiver: labels::standing(&group.standing, lang),
            state: state(&group.standing),
            level: group.level.name(),
            level_name: labels::level(group.level).get(lang),
            places: places.collect(),
            ..Self::bare(group.rule, &group.mistake.field, lang)
        }
    }

    /// A finding that is alone.
    pub(super) fn alone(finding: &'a Finding, id: String, lang: Lang) -> Self {
        let fix = finding.help.as_deref();
        Self {
            id,
            message: shown(&finding.message, LONG),
            fix: shown(fix.unwrap_or(finding.rule.fix.get(lang)), LONG),
            state: state(&Standing::Open),
            level: finding.level.name(),
            level_name: labels::level(finding.level).get(lang),
            places: vec![PlaceView::of(finding, "", lang)],
            ..Self::bare(finding.rule, &finding.mistake.field, lang)
        }
    }

    fn bare(rule: &'static Rule, field: &'a str, lang: Lang) -> Self {
        let quoted = full::quotes(rule.why.get(lang), rule.clause);
        Self {
            lang,
            id: String::new(),
            level: rule.level.name(),
            level_name: "",
            rule,
            state: "",
            waiver: String::new(),
            message: String::new(),
            count: String::new(),
            fix: String::new(),
            clause: (!quoted).then_some(rule.clause),
            field,
            places: Vec::new(),
            left: 0,
            follow: Vec::new(),
        }
    }
}

impl<'a> PlaceView<'a> {
    fn of(finding: &'a Finding, own: &str, lang: Lang) -> Self {
        let place = &finding.place;
        let related = finding.related.iter().take(RELATED).map(|related| {
            let spot = spot(&related.place, own, lang);
            (spot, shown(&related.label, LONG))
        });
        Self {
            spot: spot(place, own, lang),
            heading: place.heading.as_deref(),
            entry: parts::entry(finding, lang),
            pointer: place.pointer.as_deref().filter(|_| place.heading.is_none()),
            message: None,
            found: finding.found.as_deref(),
            expected: finding.expected.as_deref(),
            times: finding.times,
            related: related.collect(),
        }
    }
}

/// `Koperasi!F12`, `baris 228:14`; with its file if that is another.
fn spot(place: &Place, own: &str, lang: Lang) -> String {
    let Place { line, column, .. } = place;
    match (
        place.file.as_deref().filter(|file| *file != own),
        place.cell(),
    ) {
        (Some(_), _) => labels::spot(place, own),
        (None, Some(cell)) => cell,
        (None, None) if *line == 0 => lang.pick("berkas ini", "this file").to_owned(),
        (None, None) => say!(lang, id: "baris {line}:{column}", en: "line {line}:{column}"),
    }
}
