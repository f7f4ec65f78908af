//! Several submissions together: what may be added, what stands twice, what is missing.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::finding::Finding;
use crate::lang::Lang;
use crate::mask::Veil;
use crate::place::Place;
use crate::policy::Desk;
use crate::region::{self, Region};
use crate::report::{Submission, Total};
use crate::tally::{Books, Breakdowns, Counts, Tally};
use crate::together::{Kept, KeptEntry, alike};
use crate::{personal, say, words};

/// What is to be said of a run of several submissions.
#[derive(Clone, Debug, Default)]
pub struct Province {
    /// The numbers that may be added, by cut-off and version of the standard; never empty.
    pub parts: Vec<Part>,
    /// Regencies of which nothing was read; of a run with two or more of them only.
    pub missing: Vec<&'static Region>,
    /// Region codes that several submissions bear, with these.
    pub twice: Vec<(String, Vec<String>)>,
    /// Submissions whose region is none of the 35, with the code they bear.
    pub unknown: Vec<(String, String)>,
    /// What of each submission, in their order, stands in its part: their sums are the parts'.
    pub standing: Vec<Books>,
}

/// Submissions of one cut-off and one version of the standard.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// `tanggal_acuan`; none that can be read.
    pub cutoff: Option<Date>,
    /// `versi_standar`, shortened; none that can be read.
    pub version: Option<String>,
    /// Its submissions.
    pub files: Vec<String>,
    /// The accounts.
    pub books: Books,
    /// The five concepts.
    pub counts: Counts,
    /// The sum of what the submissions claim.
    pub claimed: u64,
    /// By kecamatan and so on.
    pub breakdowns: Breakdowns,
    /// Legal entities that are known by a number, each once.
    pub entities: u64,
    /// Those of them that stand in more than one submission.
    pub shared: u64,
}

impl Province {
    /// Whether all submissions may be added: one cut-off that can be read, one version.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        matches!(&self.parts[..], [only] if only.cutoff.is_some())
    }
}

/// What the run knows that adds.
#[derive(Clone, Copy)]
pub(crate) struct Cx<'a> {
    pub lang: Lang,
    pub desk: &'a Desk<'a>,
    pub veil: Veil<'a>,
    /// Something was left out on request, so nothing is said of what is missing.
    pub partial: bool,
}

/// By region code, then by name; without a code last.
pub(crate) fn sort(read: &mut [(Submission, Kept)]) {
    read.sort_by(|(a, its), (b, others)| {
        let key = |kept: &Kept| (kept.region.is_empty(), kept.region.clone());
        let names = || a.source.file.cmp(&b.source.file);
        let bytes = || a.source.sha256.cmp(&b.source.sha256);
        let codes = key(its).cmp(&key(others));
        codes.then_with(names).then_with(bytes)
    });
}

/// All submissions, sorted, together. Of one legal entity in several, the first entry stands; the
/// others are found (D001) where they stand.
pub(crate) fn total(
    cx: Cx<'_>,
    submissions: &mut [Submission],
    kept: &[Kept],
) -> (Total, Option<Province>) {
    let mut out = Total::default();
    for its in kept {
        *out.regions.entry(shown(&its.region)).or_default() += 1;
    }
    let province = match kept {
        [] => None,
        [only] => {
            out.claimed = submissions[0].claimed.unwrap_or(0);
            out.books = only.tally.books;
            out.counts = only.tally.counts;
            out.breakdowns = only.tally.breakdowns.clone();
            None
        }
        many => Some(province(cx, submissions, many)),
    };
    if let Some(province) = province.as_ref().filter(|all| all.adds_up()) {
        let only = &province.parts[0];
        out.claimed = only.claimed;
        out.books = only.books;
        out.counts = only.counts;
        out.breakdowns = only.breakdowns.clone();
    }
    for submission in submissions.iter() {
        out.levels.merge(submission.levels);
        out.aside.merge(&submission.aside);
    }
    (out, province)
}

/// A code as a report shows it.
fn shown(code: &str) -> String {
    words::shown(&personal::masked(code), 40)
}

/// What submissions must share to be added; those without a cut-off come last.
type Basis<'a> = (bool, Option<Date>, Option<&'a str>);

fn province(cx: Cx<'_>, submissions: &mut [Submission], kept: &[Kept]) -> Province {
    let mut out = Province {
        standing: vec![Books::default(); kept.len()],
        ..Province::default()
    };
    let mut by: BTreeMap<Basis<'_>, Vec<usize>> = BTreeMap::new();
    let mut codes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (at, its) in kept.iter().enumerate() {
        let version = its.version.as_deref();
        let basis = (its.cutoff.is_none(), its.cutoff, version);
        by.entry(basis).or_default().push(at);
        let file = submissions[at].source.file.clone();
        if region::find(&its.region).is_none() {
            out.unknown.push((file.clone(), shown(&its.region)));
        }
        if !its.region.is_empty() {
            codes.entry(&its.region).or_default().push(file);
        }
    }
    for ((_, cutoff, version), members) in by {
        let mut part = part(cx, submissions, kept, &members, &mut out.standing);
        part.cutoff = cutoff;
        part.version = version.map(shown);
        out.parts.push(part);
    }
    let given = |region: &&Region| codes.contains_key(region.code);
    if !cx.partial && region::all().iter().filter(given).count() > 1 {
        out.missing = region::all().iter().filter(|own| !given(own)).collect();
    }
    let twice = codes.into_iter().filter(|(_, files)| files.len() > 1);
    out.twice = twice.map(|(code, files)| (shown(code), files)).collect();
    out
}

/// Submissions that may be added.
fn part(
    cx: Cx<'_>,
    submissions: &mut [Submission],
    kept: &[Kept],
    members: &[usize],
    standing: &mut [Books],
) -> Part {
    let mut out = Part::default();
    let mut all = Tally::default();
    // Where an entity stands first, and whether it stands in another submission too.
    let mut seen: HashMap<u128, (usize, usize, bool)> = HashMap::new();
    for &at in members {
        let its = &kept[at];
        out.files.push(submissions[at].source.file.clone());
        out.claimed += submissions[at].claimed.unwrap_or(0);
        let mut tally = Tally::default();
        tally.unreadable(its.tally.books.unreadable);
        for (index, entry) in its.entries.iter().enumerate() {
            let mut before = None;
            if let Some(key) = entry.key.filter(|_| !entry.duplicate) {
                seen.entry(key)
                    .and_modify(|first| {
                        first.2 = true;
                        before = Some(*first);
                    })
                    .or_insert((at, index, false));
            }
            tally.add(&entry.facts, entry.duplicate || before.is_some());
            if let Some((other, first, _)) = before {
                let file = submissions[other].source.file.clone();
                let finding = across(cx.lang, cx.veil, entry, &file, &kept[other].entries[first]);
                submissions[at].admit(cx.desk, cx.veil, &its.docket, finding, &file);
            }
        }
        standing[at] = tally.books;
        all.merge(&tally);
    }
    out.entities = seen.len() as u64;
    out.shared = seen.values().filter(|(.., shared)| *shared).count() as u64;
    out.books = all.books;
    out.counts = all.counts;
    out.breakdowns = all.breakdowns;
    out
}

/// D001 across files, at the entry that does not stand in the total.
fn across(lang: Lang, veil: Veil<'_>, entry: &KeptEntry, file: &str, first: &KeptEntry) -> Finding {
    let place = |of: &KeptEntry, file: Option<&str>| Place {
        file: file.map(Into::into),
        sheet: of.sheet.clone(),
        line: of.start.0,
        column: of.start.1,
        end_line: of.start.0,
        end_column: of.start.1,
        pointer: of.pointer.clone(),
        absolute: true,
        ..Place::default()
    };
    let number = first.number;
    let shown = words::shown(file, 80);
    let said = say!(lang, id: "{shown} (entri ke-{number})", en: "{shown} (entry {number})");
    let mut finding = alike(
        (lang, veil),
        "D001",
        "nomor_badan_hukum",
        &entry.text,
        &said,
        place(entry, None),
        place(first, Some(file)),
    );
    finding.entry = Some(entry.number);
    finding.key = Some(entry.text.clone());
    finding.name = (!entry.title.is_empty()).then(|| entry.title.clone());
    finding
}
