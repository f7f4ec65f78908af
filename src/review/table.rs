//! The tables of a review as text cells: what text, Markdown and the workbook show alike.

use super::{Review, Row, name};
use crate::lang::Lang;
use crate::render::{labels, parts, province};
use crate::say;
use crate::words::shown;

/// A cell.
pub(super) enum Cell {
    Text(String),
    Number(i64),
    Blank,
}

/// A table.
pub(super) struct Table {
    pub(super) title: &'static str,
    pub(super) heads: Vec<&'static str>,
    pub(super) rows: Vec<Vec<Cell>>,
}

fn number(value: u64) -> Cell {
    Cell::Number(super::signed(value))
}

fn maybe(value: Option<i64>) -> Cell {
    value.map_or(Cell::Blank, Cell::Number)
}

fn words(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

/// One row a regency, the sum last where there is one.
pub(super) fn regencies(review: &Review<'_>) -> Table {
    let lang = review.lang();
    let mut heads = vec![
        lang.pick("kode", "code"),
        lang.pick("kabupaten/kota", "regency"),
        lang.pick("terbukti", "verified"),
        lang.pick("paling banyak", "at most"),
        lang.pick("dilaporkan", "claimed"),
        lang.pick("selisih", "difference"),
        lang.pick("pembukuan", "books"),
        lang.pick("sebab utama", "main cause"),
    ];
    if review.against.is_some() {
        heads.insert(6, lang.pick("lama", "before"));
        heads.insert(7, lang.pick("perubahan", "change"));
    }
    let mut rows: Vec<_> = review.rows.iter().map(|row| regency(review, row)).collect();
    if let Some(sum) = review
        .report
        .sum()
        .filter(|_| !review.report.submissions.is_empty())
    {
        let books = sum.books;
        let mut all = vec![
            Cell::Blank,
            words(lang.pick("Seluruhnya", "All together")),
            number(books.verified),
            number(books.verified + books.unproven),
            number(sum.claimed),
            Cell::Number(super::signed(books.verified) - super::signed(sum.claimed)),
            Cell::Blank,
            Cell::Blank,
        ];
        if let Some(old) = review.against {
            let before = old.sum().map(|sum| super::signed(sum.books.verified));
            let change = before.map(|before| super::signed(books.verified) - before);
            all.insert(6, maybe(before));
            all.insert(7, maybe(change));
        }
        rows.push(all);
    }
    Table {
        title: lang.pick("Kabupaten dan kota", "Regencies"),
        heads,
        rows,
    }
}

fn regency(review: &Review<'_>, row: &Row<'_>) -> Vec<Cell> {
    let own = |value: Option<u64>| value.map_or(Cell::Blank, number);
    let top = row.top.as_ref();
    let mut cells = vec![
        words(row.region.code),
        words(row.region.name),
        own(row.verified()),
        own(row.upper()),
        own(row.claimed),
        maybe(row.difference()),
        words(state(row, review.lang())),
        words(top.map_or(String::new(), |(code, reason)| {
            format!("{code} {}", shown(reason, 120))
        })),
    ];
    if review.against.is_some() {
        cells.insert(6, own(row.before));
        cells.insert(7, maybe(row.change()));
    }
    cells
}

/// Whether its books are closed, in words.
pub(super) fn state(row: &Row<'_>, lang: Lang) -> String {
    let times = row.own.len();
    let state = match (times, row.closed) {
        (0, _) => return lang.pick("BELUM ADA", "MISSING").to_owned(),
        (_, false) => lang.pick("TIDAK LENGKAP", "INCOMPLETE").to_owned(),
        _ if row.books.is_none() => say!(lang,
            id: "TIDAK DIJUMLAHKAN, dikirim {times} kali",
            en: "NOT ADDED, sent {times} times",
        ),
        (1, true) => lang.pick("tutup", "closed").to_owned(),
        (_, true) => say!(lang,
            id: "tutup, dikirim {times} kali",
            en: "closed, sent {times} times",
        ),
    };
    match row.bases.is_empty() {
        true => state,
        false => format!("{state}; per {}", row.bases.join("; per ")),
    }
}

/// The causes by how many regencies they hinder.
pub(super) fn causes(review: &Review<'_>) -> Table {
    let lang = review.lang();
    let rows = review.causes.iter().map(|cause| {
        let places: Vec<_> = (cause.places.iter())
            .map(|(name, count)| format!("{} {count}", shown(name, 60)))
            .collect();
        vec![
            words(cause.rule.code),
            words(cause.rule.title.get(lang)),
            number(cause.places.len() as u64),
            number(cause.findings),
            words(shown(&places.join(", "), 2_000)),
        ]
    });
    Table {
        title: lang.pick("Sebab", "Causes"),
        heads: vec![
            lang.pick("aturan", "rule"),
            lang.pick("masalah", "problem"),
            lang.pick("wilayah", "regions"),
            lang.pick("temuan", "findings"),
            lang.pick("di", "at"),
        ],
        rows: rows.collect(),
    }
}

/// Entities in two submissions, with both places; of two regions, or all.
pub(super) fn doubles(review: &Review<'_>, all: bool) -> Table {
    let lang = review.lang();
    let shown_ones = review.doubles.iter();
    let shown_ones = shown_ones.filter(|double| all || !double.is_within());
    let rows = shown_ones.map(|double| {
        let finding = double.finding;
        let file = &double.here.source.file;
        let first = finding.related.first();
        vec![
            words(shown(finding.key.as_deref().unwrap_or_default(), 80)),
            words(shown(finding.name.as_deref().unwrap_or_default(), 120)),
            words(double.first.map_or("", name)),
            words(first.map_or(String::new(), |one| labels::spot(&one.place, file))),
            words(name(double.here)),
            words(labels::spot(&finding.place, file)),
        ]
    });
    Table {
        title: lang.pick("Ganda antarwilayah", "In two regions"),
        heads: vec![
            lang.pick("badan hukum", "legal entity"),
            lang.pick("nama", "name"),
            lang.pick("dihitung di", "counts in"),
            lang.pick("tempat", "place"),
            lang.pick("ganda di", "again in"),
            lang.pick("tempat", "place"),
        ],
        rows: rows.collect(),
    }
}

/// What is to be said beside the tables.
pub(super) fn said(review: &Review<'_>) -> Vec<String> {
    let (report, lang) = (review.report, review.lang());
    let mut out = Vec::new();
    if !report.complete {
        out.push(parts::unusable(report));
    }
    for failure in report.failures.iter().take(50) {
        let (file, message) = (shown(&failure.file, 160), shown(&failure.message, 200));
        out.push(say!(lang, id: "gagal: {file}: {message}", en: "failed: {file}: {message}"));
    }
    let all = province::said(report).into_iter();
    out.extend(all.filter(|text| !out.contains(text)).collect::<Vec<_>>());
    let within = review.doubles.iter().filter(|one| one.is_within()).count();
    if within > 0 {
        out.push(say!(lang,
            id: "{within} koperasi ditulis lagi dalam kiriman lain dari wilayah yang sama",
            en: "{within} cooperatives stand again in another submission of the same region",
        ));
    }
    if review.against.is_some_and(|old| !old.complete) {
        out.push(say!(lang,
            id: "Folder lama TIDAK LENGKAP: perubahannya belum dapat dipakai",
            en: "The old folder is INCOMPLETE: the changes cannot be used yet",
        ));
    }
    out
}

impl Table {
    /// The first rows as texts.
    pub(super) fn texts(&self, most: usize) -> Vec<Vec<String>> {
        let text = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Blank => "-".to_owned(),
        };
        let rows = self.rows.iter().take(most);
        rows.map(|row| row.iter().map(text).collect()).collect()
    }
}
