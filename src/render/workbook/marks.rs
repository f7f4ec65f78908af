//! Findings as marks on cells: a colour, and a comment that says what, why and what to do.

use std::collections::BTreeMap;

use crate::finding::{Finding, Standing};
use crate::lang::Lang;
use crate::render::{labels, safe};
use crate::report::Submission;
use crate::say;
use crate::words::shown;
use crate::workbook::{Error, Package, Tone};

use super::base::Places;

/// Cells that are marked.
const MOST_CELLS: usize = 20_000;
/// Findings that one comment tells of.
const MOST_IN_ONE: usize = 5;
/// Letters of each of its sentences.
const SENTENCE: usize = 280;

/// What was marked.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// Cells with a mark.
    pub(super) cells: usize,
    /// Those of them in which nothing is open.
    pub(super) aside: usize,
    /// Cells without one, for there are too many.
    pub(super) left: usize,
}

/// Marks every cell that a finding points at.
pub(super) fn mark(
    package: &mut Package,
    submission: &Submission,
    places: &Places,
    lang: Lang,
) -> Result<Marked, Error> {
    let mut cells: BTreeMap<(String, u32, u32), Vec<&Finding>> = BTreeMap::new();
    let mut left = std::collections::BTreeSet::new();
    // What is open takes the room first.
    let (open, settled): (Vec<_>, Vec<_>) =
        (submission.findings.iter()).partition(|finding| finding.standing == Standing::Open);
    for finding in open.into_iter().chain(settled) {
        let Some(cell) = places.cell(&finding.place) else {
            continue;
        };
        if cells.len() >= MOST_CELLS && !cells.contains_key(&cell) {
            left.insert(cell);
        } else {
            cells.entry(cell).or_default().push(finding);
        }
    }
    let mut aside = 0;
    for ((sheet, row, column), findings) in &mut cells {
        findings.sort_by_key(|finding| std::cmp::Reverse(tone(finding)));
        let Some(worst) = findings.first().map(|finding| tone(finding)) else {
            continue;
        };
        aside += usize::from(worst == Tone::Aside);
        let told = findings.iter().take(MOST_IN_ONE);
        let mut words: Vec<String> = told.map(|finding| comment(finding, lang)).collect();
        let more = findings.len().saturating_sub(MOST_IN_ONE);
        if more > 0 {
            words.push(say!(lang,
                id: "dan {more} temuan lagi di sel ini; lihat lembar pertama",
                en: "and {more} more findings in this cell; see the first sheet",
            ));
        }
        package.mark(sheet, *row, *column, worst, &words.join("\n\n"))?;
    }
    Ok(Marked {
        cells: cells.len(),
        aside,
        left: left.len(),
    })
}

/// How a finding is coloured: what is waived or known is no open mistake.
pub(super) fn tone(finding: &Finding) -> Tone {
    match finding.standing {
        Standing::Open => Tone::Open(finding.level),
        Standing::Waived(_) | Standing::Known => Tone::Aside,
    }
}

/// What is wrong, why it matters, what to do.
fn comment(finding: &Finding, lang: Lang) -> String {
    let rule = finding.rule;
    let level = labels::level(finding.level).get(lang).to_uppercase();
    let code = rule.code;
    let what = shown(&finding.message, SENTENCE);
    let why = shown(rule.why.get(lang), SENTENCE);
    let why_not = labels::standing(&finding.standing, lang);
    let mut out = match why_not.is_empty() {
        true => String::new(),
        false => format!("[{}]\n", shown(&why_not, SENTENCE)),
    };
    out += &format!("{level} {code}: {what}\n");
    out += &say!(lang, id: "Mengapa: {why}", en: "Why: {why}");
    let clause = shown(rule.clause, SENTENCE);
    if !clause.is_empty() && !why.contains(&clause) {
        out += &format!(" ({clause})");
    }
    let fix = shown(&fix(finding, lang), SENTENCE);
    out + &say!(lang, id: "\nPerbaikan: {fix}", en: "\nTo do: {fix}")
}

/// What to do.
pub(super) fn fix(finding: &Finding, lang: Lang) -> String {
    safe(
        finding
            .help
            .as_deref()
            .unwrap_or(finding.rule.fix.get(lang)),
    )
}
