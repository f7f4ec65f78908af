//! What was counted, as pictures that are tables: the number with its interval, the books, the
//! funnel, the way from claimed to verified, the kecamatan.

use askama::Template;

use super::picture::{Bar, Scale};
use crate::lang::Lang;
use crate::render::labels;
use crate::report::Submission;
use crate::say;
use crate::tally::{Books, Count, Counts};
use crate::words::shown;

/// Rows of the table of kecamatan that are shown.
const KECAMATAN: usize = 200;

/// A number with what it could still become.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) count: Count,
    pub(super) sure: Bar,
    pub(super) open: Bar,
}

/// Rows on one scale.
pub(super) fn rows(all: impl Iterator<Item = (String, Count)> + Clone) -> Vec<Row> {
    let most = all.clone().map(|(_, count)| i128::from(count.upper));
    let scale = Scale::of(most);
    all.map(|(label, count)| {
        let (sure, upper) = (i128::from(count.verified), i128::from(count.upper));
        Row {
            label,
            count,
            sure: scale.bar(0, sure),
            open: scale.bar(sure, upper),
        }
    })
    .collect()
}

/// The five concepts.
pub(super) fn funnel(counts: &Counts, lang: Lang) -> Vec<Row> {
    let labels = labels::CONCEPTS.iter();
    let named = labels.map(|label| label.get(lang).to_owned());
    rows(named.zip(counts.iter().copied()))
}

/// The kecamatan with their counts, and how many are not shown.
pub(super) fn kecamatan(submission: &Submission, lang: Lang) -> (Vec<Row>, usize) {
    let all = &submission.breakdowns.kecamatan;
    let named = all.iter().take(KECAMATAN).map(|(name, count)| {
        let label = match name.is_empty() {
            true => lang.pick("(tidak disebut)", "(not said)").to_owned(),
            false => shown(name, 80),
        };
        (label, *count)
    });
    (rows(named), all.len().saturating_sub(KECAMATAN))
}

/// The number in large.
#[derive(Template)]
#[template(path = "hero.html", config = "src/render/html/askama.toml")]
pub(super) struct Hero {
    lang: Lang,
    count: Count,
    claim: Option<(&'static str, u64)>,
    sure: Bar,
    open: Bar,
    at: Option<u32>,
    /// `not_met` and so on: name, words, number, bar.
    parts: [(&'static str, &'static str, u64, Bar); 5],
    sum: String,
    closes: bool,
    complete: bool,
}

impl Hero {
    pub(super) fn of(
        counts: &Counts,
        books: Books,
        claim: Option<(&'static str, u64)>,
        complete: bool,
        lang: Lang,
    ) -> Self {
        let [.., count] = *counts;
        let (sure, upper) = (i128::from(count.verified), i128::from(count.upper));
        let claimed = claim.map(|(_, claimed)| i128::from(claimed));
        let scale = Scale::of([upper].into_iter().chain(claimed));
        let all = Scale::of([i128::from(books.read)]);
        let mut from = 0;
        let mut part = |name, words, number: u64| {
            let to = from + i128::from(number);
            let bar = all.bar(from, to);
            from = to;
            (name, words, number, bar)
        };
        Self {
            lang,
            count,
            claim,
            sure: scale.bar(0, sure),
            open: scale.bar(sure, upper),
            at: claimed.map(|claimed| scale.at(claimed).clamp(2, 998)),
            parts: [
                part(
                    "verified",
                    lang.pick("terbukti", "verified"),
                    books.verified,
                ),
                part(
                    "unproven",
                    lang.pick("tidak terbukti", "unproven"),
                    books.unproven,
                ),
                part("not-met", lang.pick("gugur", "not met"), books.not_met),
                part(
                    "duplicate",
                    lang.pick("ganda", "duplicate"),
                    books.duplicate,
                ),
                part(
                    "unreadable",
                    lang.pick("tidak terbaca", "unreadable"),
                    books.unreadable,
                ),
            ],
            sum: labels::books(books, lang),
            closes: books.close(),
            complete,
        }
    }
}

/// One line of the way from claimed to verified.
pub(super) struct Step {
    pub(super) kind: &'static str,
    pub(super) code: &'static str,
    pub(super) label: String,
    pub(super) number: String,
    pub(super) bar: Bar,
    /// Where the number before and the number after it stand.
    pub(super) from: Option<u32>,
    pub(super) to: Option<u32>,
}

/// From claimed to verified; empty where nothing is claimed.
pub(super) fn steps(submission: &Submission, lang: Lang) -> Vec<Step> {
    if submission.plain {
        return Vec::new();
    }
    let [.., last] = submission.counts;
    let end = i128::from(last.verified);
    let claimed = submission.claimed.unwrap_or(submission.claimed_entries);
    let mut after = vec![i128::from(claimed)];
    for step in &submission.difference {
        let before = after.last().copied().unwrap_or(0);
        after.push(before + i128::from(step.effect));
    }
    let scale = Scale::of(after.iter().copied().chain([end]));
    let many = submission.difference.len();
    let mut out = vec![Step {
        kind: "claimed",
        code: "",
        label: claim(submission, lang).to_owned(),
        number: claimed.to_string(),
        bar: scale.bar(0, i128::from(claimed)),
        from: None,
        to: Some(scale.at(i128::from(claimed))),
    }];
    for (step, pair) in submission.difference.iter().zip(after.windows(2)) {
        let kind = match step.effect {
            0 => "none",
            effect if effect > 0 => "more",
            _ => "less",
        };
        let sign = match step.effect {
            0 => "",
            effect if effect > 0 => "+",
            _ => "−",
        };
        out.push(Step {
            kind,
            code: step.code,
            label: shown(&step.reason, 200),
            number: format!("{sign}{}", step.effect.unsigned_abs()),
            bar: scale.bar(pair[0], pair[1]),
            from: Some(scale.at(pair[0])),
            to: Some(scale.at(pair[1])),
        });
    }
    out.push(Step {
        kind: "verified",
        code: "",
        label: lang.pick("terbukti", "verified").to_owned(),
        number: last.verified.to_string(),
        bar: scale.bar(0, end),
        from: after.get(many).map(|before| scale.at(*before)),
        to: None,
    });
    out
}

/// What the number is that the submission names.
pub(super) fn claim(submission: &Submission, lang: Lang) -> &'static str {
    match submission.claimed {
        Some(_) => lang.pick("dilaporkan", "claimed"),
        None => lang.pick("ditandai dihitung", "marked as counted"),
    }
}

/// Why nothing can be compared.
pub(super) fn claims_nothing(submission: &Submission, lang: Lang) -> String {
    match submission.claimed {
        None => say!(lang,
            id: "Register tanpa kolom \"dihitung\": tidak ada klaim per koperasi.",
            en: "A register without \"dihitung\": there is no claim for any cooperative.",
        ),
        Some(claimed) => say!(lang,
            id: "Dilaporkan {claimed} di kepala, tetapi tidak ada klaim per koperasi.",
            en: "The header claims {claimed}, but there is no claim for any cooperative.",
        ),
    }
}
