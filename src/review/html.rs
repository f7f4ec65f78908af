//! The review as one page for a browser: it fetches nothing, and what the data say is text.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use askama::Template;

use super::figures::{Figure, Scale};
use super::{Review, Row, table, tiles};
use crate::lang::Lang;
use crate::render::html::groups::Room;
use crate::render::html::text::marked;
use crate::render::html::view::View;
use crate::render::html::{STYLE, csp};
use crate::report::Report;
use crate::rule::Rule;
use crate::{rules, say};

const OWN_STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// What is shown of one submission, and of all.
const ONE: Room = Room {
    groups: 30,
    places: 60,
};
const ALL: Room = Room {
    groups: 1_000,
    places: 2_000,
};
/// Submissions that open to their short report.
const SUBMISSIONS: usize = 200;
/// Rows of the tables of causes and doubles.
const ROWS: usize = 300;

#[derive(Template)]
#[template(path = "page.html", config = "src/review/askama.toml")]
struct Page<'a> {
    lang: Lang,
    review: &'a Review<'a>,
    report: &'a Report,
    policy: String,
    style: String,
    script: String,
    version: &'static str,
    title: String,
    said: Vec<String>,
    total: Option<Total>,
    figures: Vec<Choice>,
    tiles: Vec<Tile<'a>>,
    rows: Vec<Line<'a>>,
    doubles: Vec<Vec<String>>,
    more_doubles: usize,
    left: usize,
    rules: Vec<&'static Rule>,
}

/// The province in figures.
struct Total {
    verified: u64,
    upper: u64,
    claimed: u64,
    before: Option<u64>,
}

/// A figure that the map can show.
struct Choice {
    name: &'static str,
    label: &'static str,
    meaning: &'static str,
    /// Each step's name and range.
    legend: Vec<(String, String)>,
}

/// A square of the map.
struct Tile<'a> {
    row: &'a Row<'a>,
    short: &'static str,
    name: String,
    place: (u8, u8),
    /// By figure: what is shown, and the step it stands in.
    values: Vec<(&'static str, String, String)>,
}

/// A regency in the table, with the reports that it opens to.
struct Line<'a> {
    row: &'a Row<'a>,
    id: String,
    state: String,
    difference: Option<String>,
    change: Option<String>,
    top: Option<(&'static str, String)>,
    views: Vec<View<'a>>,
}

pub(super) fn write(review: &Review<'_>, out: &mut dyn Write) -> io::Result<()> {
    Page::of(review).write_into(out)
}

impl<'a> Page<'a> {
    fn of(review: &'a Review<'a>) -> Self {
        let (report, lang) = (review.report, review.lang());
        let figures = Figure::all(review);
        let scales = figures
            .iter()
            .map(|own| (*own, Scale::of(*own, &review.rows)));
        let scales: Vec<_> = scales.collect();
        let mut room = ALL;
        let mut left = report.submissions.len();
        let mut rows = Vec::new();
        for row in &review.rows {
            let mut views = Vec::new();
            for (at, one) in &row.own {
                if report.submissions.len() - left < SUBMISSIONS {
                    let view = View::of(one, at + 1, room.share(left, ONE), None, lang);
                    room.take(&view.groups);
                    left -= 1;
                    views.push(view);
                }
            }
            rows.push(Line::of(row, views, lang));
        }
        let mut codes: BTreeSet<&str> = rows
            .iter()
            .flat_map(|line| line.views.iter().flat_map(View::codes))
            .collect();
        codes.extend(review.causes.iter().map(|cause| cause.rule.code));
        codes.extend(
            review
                .rows
                .iter()
                .filter_map(|row| Some(row.top.as_ref()?.0)),
        );
        let style = csp::plain(STYLE) + &csp::plain(OWN_STYLE) + &places();
        let script = csp::plain(SCRIPT);
        let doubles = table::doubles(review, false);
        let more_doubles = doubles.rows.len().saturating_sub(ROWS);
        let here = review.rows.len() - review.missing();
        Self {
            lang,
            review,
            report,
            policy: csp::policy(&style, &script),
            style,
            script,
            version: env!("CARGO_PKG_VERSION"),
            title: say!(lang, id: "koplint: {here} dari 35 kabupaten/kota", en: "koplint: {here} of 35 regencies"),
            said: table::said(review),
            total: Total::of(review),
            tiles: tiles::TILES
                .iter()
                .filter_map(|tile| Tile::of(*tile, review, &scales))
                .collect(),
            figures: scales
                .iter()
                .map(|(own, scale)| Choice::of(*own, scale, review))
                .collect(),
            doubles: doubles.texts(ROWS),
            more_doubles,
            left,
            rows,
            rules: rules::all()
                .filter(|rule| codes.contains(rule.code))
                .collect(),
        }
    }
}

/// Where the squares stand: the policy lets no element have a style of its own.
fn places() -> String {
    let mut out = String::new();
    for (name, property, most) in [("x", "column", tiles::COLUMNS), ("y", "row", tiles::ROWS)] {
        for at in 1..=most {
            let _ = write!(out, ".{name}{at} {{ grid-{property}: {at}; }}");
        }
    }
    out
}

impl Total {
    fn of(review: &Review<'_>) -> Option<Self> {
        let report = review.report;
        let sum = report.sum().filter(|_| !report.submissions.is_empty())?;
        let old = review.against.and_then(Report::sum);
        Some(Self {
            verified: sum.books.verified,
            upper: sum.counts[4].upper,
            claimed: sum.claimed,
            before: old.map(|sum| sum.books.verified),
        })
    }
}

impl Choice {
    fn of(figure: Figure, scale: &Scale, review: &Review<'_>) -> Self {
        let lang = review.lang();
        let values: Vec<i64> = (review.rows.iter())
            .filter_map(|row| figure.of(row))
            .collect();
        let mut steps = Vec::new();
        if values.iter().any(|value| *value < 0) {
            steps.extend(scale.steps(-1).into_iter().rev());
        }
        if values.contains(&0) {
            steps.push(("z".to_owned(), 0, 0));
        }
        if values.iter().any(|value| *value > 0) {
            steps.extend(scale.steps(1));
        }
        let shown = |value: i64| figure.shown(value);
        let range = |(name, from, to): (String, i64, i64)| match from == to {
            true => (name, shown(from)),
            false => (
                name,
                format!("{} … {}", shown(from.min(to)), shown(from.max(to))),
            ),
        };
        Self {
            name: figure.name(),
            label: figure.label().get(lang),
            meaning: figure.meaning().get(lang),
            legend: steps.into_iter().map(range).collect(),
        }
    }
}

impl<'a> Tile<'a> {
    fn of(
        (code, short, x, y): tiles::Tile,
        review: &'a Review<'a>,
        scales: &[(Figure, Scale)],
    ) -> Option<Self> {
        let row = review.rows.iter().find(|row| row.region.code == code)?;
        let value = |(figure, scale): &(Figure, Scale)| match figure.of(row) {
            Some(value) => (figure.name(), figure.shown(value), scale.step(value)),
            None => (figure.name(), "–".to_owned(), "none".to_owned()),
        };
        let name = row.region.name.strip_prefix("Kabupaten ");
        Some(Self {
            row,
            short,
            name: name.unwrap_or(row.region.name).to_owned(),
            place: (x, y),
            values: scales.iter().map(value).collect(),
        })
    }
}

impl Tile<'_> {
    /// The value that is shown first is written smaller.
    fn is_long(&self) -> bool {
        let first = self.values.first();
        first.is_some_and(|(_, value, _)| value.chars().count() > 3)
    }
}

impl<'a> Line<'a> {
    fn of(row: &'a Row<'a>, views: Vec<View<'a>>, lang: Lang) -> Self {
        Self {
            row,
            id: format!("r{}", row.region.code.replace('.', "")),
            state: table::state(row, lang),
            difference: row
                .difference()
                .map(|value| Figure::Difference.shown(value)),
            change: row.change().map(|value| Figure::Change.shown(value)),
            top: row
                .top
                .as_ref()
                .map(|(code, reason)| (*code, crate::words::shown(reason, 120))),
            views,
        }
    }
}
