//! A submission on the page.

use askama::Template;

use super::groups::{GroupView, Groups, LONG, Room};
use super::numbers::{self, Hero, Row, Step};
use super::text::marked;
use crate::criteria::Criterion;
use crate::lang::Lang;
use crate::render::{labels, parts};
use crate::report::{Submission, Work};
use crate::words::shown;

/// Fields of the header that the page shows.
const HEADER: [(&str, &str, &str); 9] = [
    ("indikator", "indikator", "indicator"),
    ("nama_wilayah", "wilayah", "region"),
    ("kode_wilayah", "kode wilayah", "region code"),
    ("tahun_data", "tahun data", "year of the data"),
    ("tanggal_acuan", "tanggal acuan", "reference date"),
    ("tanggal_pengiriman", "tanggal pengiriman", "sent on"),
    ("produsen_data", "produsen data", "producer of the data"),
    ("wali_data", "wali data", "data steward"),
    ("jumlah_dilaporkan", "jumlah dilaporkan", "claimed"),
];

/// A submission with everything that is shown of it.
#[derive(Template)]
#[template(path = "submission.html", config = "src/render/html/askama.toml")]
pub(crate) struct View<'a> {
    lang: Lang,
    pub(super) one: &'a Submission,
    pub(super) id: String,
    /// Level of its heading.
    level: u8,
    hero: Hero,
    incomplete: String,
    pub(super) header: Vec<(&'static str, String)>,
    work: Vec<(&'a Work, String, Option<String>)>,
    steps: Vec<Step>,
    claims_nothing: String,
    failed: Vec<(&'static str, u64, u64)>,
    funnel: Vec<Row>,
    kecamatan: Vec<Row>,
    more_kecamatan: usize,
    levels: String,
    pub(crate) groups: Groups<'a>,
    /// What stands between its numbers and its groups.
    filter: &'a str,
}

impl<'a> View<'a> {
    /// `number` from 1; alone it is the whole page.
    pub(crate) fn of(
        one: &'a Submission,
        number: usize,
        room: Room,
        filter: Option<&'a str>,
        lang: Lang,
    ) -> Self {
        let groups = Groups::of(one, number, room, lang);
        let work = one.worklist.iter().map(|work| {
            let group = work.group.filter(|at| *at < groups.shown);
            let link = group.map(|at| format!("#s{number}-g{at}"));
            (work, shown(&work.message, LONG), link)
        });
        let failed = Criterion::ALL.into_iter().filter_map(|criterion| {
            let failed = one.breakdowns.first_failed.get(criterion.name())?;
            let label = labels::criterion(criterion).get(lang);
            Some((label, failed.not_met, failed.unproven))
        });
        let (kecamatan, more_kecamatan) = numbers::kecamatan(one, lang);
        let claim = match one.plain {
            true => one.claimed,
            false => Some(one.claimed.unwrap_or(one.claimed_entries)),
        };
        let claim = claim.map(|claimed| (numbers::claim(one, lang), claimed));
        let aside = labels::aside(&one.aside, lang);
        let changes = one.changes.as_ref();
        let changes = changes.map(|made| format!(". {}", labels::changes(made, lang)));
        Self {
            lang,
            one,
            id: format!("s{number}"),
            level: if filter.is_some() { 1 } else { 2 },
            hero: Hero::of(&one.counts, one.books, claim, one.complete, lang),
            incomplete: parts::incomplete(lang),
            header: header(one, lang),
            work: work.collect(),
            steps: numbers::steps(one, lang),
            claims_nothing: numbers::claims_nothing(one, lang),
            failed: failed.collect(),
            funnel: numbers::funnel(&one.counts, lang),
            kecamatan,
            more_kecamatan,
            levels: labels::levels(one.levels, lang) + &aside + &changes.unwrap_or_default(),
            groups,
            filter: filter.unwrap_or_default(),
        }
    }

    /// The codes that it speaks of.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &'static str> {
        let own = self.groups.causes.iter();
        let all = own.flat_map(|cause| cause.follow.iter().chain([cause]));
        let all = all.map(|group: &GroupView<'_>| group.rule.code);
        let steps = self.steps.iter().map(|step| step.code);
        all.chain(steps)
            .chain(self.work.iter().map(|(work, ..)| work.code))
    }

    fn name(&self) -> &str {
        self.one.region.unwrap_or(&self.one.source.file)
    }
}

fn header(one: &Submission, lang: Lang) -> Vec<(&'static str, String)> {
    let said = HEADER.iter().filter_map(|(key, id, en)| {
        let text = match one.header.get(*key)? {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some((lang.pick(id, en), shown(&text, 160)))
    });
    said.collect()
}
