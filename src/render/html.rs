//! One page for a browser: it fetches nothing, and what the data say is text.

use std::collections::BTreeSet;
use std::io::{self, Write};

use askama::Template;

use crate::lang::Lang;
use crate::render::{labels, parts, province};
use crate::report::{Failure, Levels, Report, Submission};
use crate::rule::{Level, Rule};
use crate::{rules, say};

pub(crate) mod csp;
pub(crate) mod groups;
mod numbers;
mod picture;
pub(crate) mod text;
pub(crate) mod view;

use groups::{GroupView, Room};
use numbers::{Hero, Row};
use text::marked;
use view::View;

pub(crate) const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

const LEVELS: [Level; 3] = [Level::Error, Level::Warning, Level::Note];

/// What is shown of one submission at most, and of all.
const ONE: Room = Room {
    groups: 500,
    places: 2_000,
};
const ALL: Room = Room {
    groups: 800,
    places: 3_000,
};
/// Submissions that are shown with everything.
const WHOLE: usize = 100;
/// Rows of the table of submissions.
const ROWS: usize = 1_000;
/// Lines of other lists.
const LINES: usize = 100;
/// Places that print with their groups closed; more make too many sheets.
const PRINTED: usize = 200;

#[derive(Template)]
#[template(path = "page.html", config = "src/render/html/askama.toml")]
struct Page<'a> {
    lang: Lang,
    report: &'a Report,
    policy: String,
    style: String,
    script: String,
    version: &'static str,
    title: String,
    incomplete: String,
    failures: &'a [Failure],
    more_failures: usize,
    total: Option<Total<'a>>,
    filter: &'a str,
    views: Vec<View<'a>>,
    settled: Vec<GroupView<'a>>,
    settled_text: String,
    since: Option<String>,
    rules: Vec<&'static Rule>,
    prints_all: bool,
}

/// All submissions together, and each in a row.
struct Total<'a> {
    hero: Option<Hero>,
    funnel: Vec<Row>,
    levels: String,
    levels_named: [&'static str; 3],
    said: Vec<String>,
    rows: Vec<(&'a Submission, Option<String>)>,
    more_rows: usize,
    whole: usize,
    left: usize,
}

/// The controls that the script brings to life.
#[derive(Template)]
#[template(path = "filter.html", config = "src/render/html/askama.toml")]
struct Filter {
    lang: Lang,
    levels: Vec<(&'static str, &'static str)>,
    states: Vec<(&'static str, &'static str)>,
}

/// Writes the report.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let filter = Filter::of(report).render().map_err(io::Error::other)?;
    Page::of(report, &filter).write_into(out)
}

impl<'a> Page<'a> {
    fn of(report: &'a Report, filter: &'a str) -> Self {
        let lang = report.lang;
        let all = &report.submissions;
        let alone = all.len() == 1;
        let mut room = ALL;
        let whole = &all[..all.len().min(WHOLE)];
        let mut views = Vec::new();
        for (at, one) in whole.iter().enumerate() {
            let share = room.share(whole.len() - at, ONE);
            let view = View::of(one, at + 1, share, alone.then_some(filter), lang);
            room.take(&view.groups);
            views.push(view);
        }
        let findings = report.settled.findings.iter().take(LINES);
        let settled: Vec<_> = (findings.enumerate())
            .map(|(at, finding)| GroupView::alone(finding, format!("c{at}"), lang))
            .collect();
        let mut codes: BTreeSet<&str> = views.iter().flat_map(View::codes).collect();
        codes.extend(settled.iter().map(|group| group.rule.code));
        let name = match &all[..] {
            [one] => one.region.unwrap_or(&one.source.file).to_owned(),
            all => {
                let files = all.len();
                say!(lang, id: "{files} pengajuan", en: "{files} submissions")
            }
        };
        let (style, script) = (csp::plain(STYLE), csp::plain(SCRIPT));
        Self {
            lang,
            report,
            policy: csp::policy(&style, &script),
            style,
            script,
            version: env!("CARGO_PKG_VERSION"),
            title: format!("koplint: {name}"),
            incomplete: parts::unusable(report),
            failures: &report.failures[..report.failures.len().min(LINES)],
            more_failures: report.failures.len().saturating_sub(LINES),
            total: (all.len() > 1).then(|| Total::of(report, views.len())),
            filter,
            prints_all: views.iter().map(|view| view.groups.places).sum::<usize>() <= PRINTED,
            views,
            settled_text: settled_text(report, settled.len()),
            settled,
            since: labels::since(report),
            rules: rules::all()
                .filter(|rule| codes.contains(rule.code))
                .collect(),
        }
    }
}

fn settled_text(report: &Report, shown: usize) -> String {
    let more = report.settled.findings.len() - shown;
    let text = labels::settled(&report.settled, report.lang);
    match more {
        0 => text,
        _ => say!(report.lang, id: "dan {more} lagi. {text}", en: "and {more} more. {text}"),
    }
}

impl<'a> Total<'a> {
    fn of(report: &'a Report, whole: usize) -> Self {
        let (lang, total) = (report.lang, &report.total);
        let all = &report.submissions;
        let claims = all.iter().any(|one| one.claimed.is_some());
        let claimed = claims.then_some((lang.pick("dilaporkan", "claimed"), total.claimed));
        let rows = all.iter().take(ROWS).enumerate().map(|(at, one)| {
            let link = (at < whole).then(|| format!("#s{}", at + 1));
            (one, link)
        });
        let sum = report.sum();
        Self {
            hero: sum.map(|sum| Hero::of(&sum.counts, sum.books, claimed, report.complete, lang)),
            funnel: sum.map_or_else(Vec::new, |sum| numbers::funnel(&sum.counts, lang)),
            levels_named: LEVELS.map(|level| labels::level(level).get(lang)),
            levels: labels::levels(total.levels, lang) + &labels::aside(&total.aside, lang),
            said: province::said(report),
            rows: rows.collect(),
            more_rows: all.len().saturating_sub(ROWS),
            whole,
            left: all.len() - whole,
        }
    }
}

impl Filter {
    fn of(report: &Report) -> Self {
        let lang = report.lang;
        let mut levels = Levels::default();
        let mut standing = [0; 3];
        for one in &report.submissions {
            for group in &one.groups {
                levels.add(group.level, 1);
            }
            standing[1] += one.aside.waived;
            standing[2] += one.aside.known;
        }
        let named = |level: Level| (level.name(), labels::level(level).get(lang));
        let levels = LEVELS.into_iter().filter(|level| levels.get(*level) > 0);
        let states = match standing[1] + standing[2] {
            0 => Vec::new(),
            _ => vec![
                ("open", lang.pick("terbuka", "open")),
                ("waived", lang.pick("dikecualikan", "waived")),
                ("known", lang.pick("sudah dikenal", "known")),
            ],
        };
        Self {
            lang,
            levels: levels.map(named).collect(),
            states,
        }
    }
}

#[cfg(test)]
mod tests;
