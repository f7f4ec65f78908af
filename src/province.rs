//! Several submissions together: what may be added, what stands twice, what is missing.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::finding::Finding;
use crate::lang::Lang;
use crate::mask::Veil;
use crate::place::Place;
use crate::policy::Desk;
use crate::region::{self, Region};
use crate::report::{Submission, Total};
use crate::tally::{Books, Breakdowns, Counts, Facts, Tally};
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

/// One submission as adding needs it, whether it was checked now or is in a report.
pub(crate) trait Side {
    /// The file as given.
    fn file(&self) -> &str;
    /// SHA-256 of its bytes, in hex.
    fn sha256(&self) -> &str;
    /// Its region code, else as given.
    fn region(&self) -> &str;
    /// `tanggal_acuan`.
    fn cutoff(&self) -> Option<Date>;
    /// `versi_standar`.
    fn version(&self) -> Option<&str>;
    /// What it claims.
    fn claimed(&self) -> u64;
    /// What no other submission changes: duplicates, unreadable entries, those without a number.
    fn rest(&self) -> Tally;
    /// Its other entries: index, legal entity, facts.
    fn entries(&self) -> impl Iterator<Item = (usize, u128, &Facts)>;
}

/// A legal entity that an earlier submission lists: that entry and the first, each by submission
/// and entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Again {
    pub own: (usize, usize),
    pub first: (usize, usize),
}

/// By region code, then by name; without a code last.
pub(crate) fn order(a: &impl Side, b: &impl Side) -> Ordering {
    let codes = (a.region().is_empty(), a.region()).cmp(&(b.region().is_empty(), b.region()));
    let names = || a.file().cmp(b.file());
    let bytes = || a.sha256().cmp(b.sha256());
    codes.then_with(names).then_with(bytes)
}

/// All submissions, in their order, together. Of one legal entity in several, the first entry
/// stands. Nothing is said of what is missing where something was left out on request.
pub(crate) fn add<S: Side>(sides: &[S], partial: bool) -> (Total, Option<Province>, Vec<Again>) {
    let mut out = Total::default();
    let mut again = Vec::new();
    for own in sides {
        *out.regions.entry(shown(own.region())).or_default() += 1;
    }
    let alone;
    let mut province = None;
    let sum = match sides {
        [] => return (out, None, again),
        [_] => {
            alone = part(sides, &[0], &mut again, &mut [Books::default()]);
            Some(&alone)
        }
        many => {
            let all = province.insert(together(many, partial, &mut again));
            all.adds_up().then(|| &all.parts[0])
        }
    };
    if let Some(only) = sum {
        out.claimed = only.claimed;
        out.books = only.books;
        out.counts = only.counts;
        out.breakdowns = only.breakdowns.clone();
    }
    (out, province, again)
}

/// A code as a report shows it.
fn shown(code: &str) -> String {
    words::shown(&personal::masked(code), 40)
}

/// What submissions must agree in: cut-off (a readable one first) and version.
type Basis<'a> = (bool, Option<Date>, Option<&'a str>);

fn together<S: Side>(sides: &[S], partial: bool, again: &mut Vec<Again>) -> Province {
    let mut out = Province {
        standing: vec![Books::default(); sides.len()],
        ..Province::default()
    };
    let mut by: BTreeMap<Basis<'_>, Vec<usize>> = BTreeMap::new();
    let mut codes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (at, own) in sides.iter().enumerate() {
        let basis = (own.cutoff().is_none(), own.cutoff(), own.version());
        by.entry(basis).or_default().push(at);
        let file = own.file().to_owned();
        if region::find(own.region()).is_none() {
            out.unknown.push((file.clone(), shown(own.region())));
        }
        if !own.region().is_empty() {
            codes.entry(own.region()).or_default().push(file);
        }
    }
    for ((_, cutoff, version), members) in by {
        let mut part = part(sides, &members, again, &mut out.standing);
        part.cutoff = cutoff;
        part.version = version.map(shown);
        out.parts.push(part);
    }
    let given = |region: &&Region| codes.contains_key(region.code);
    if !partial && region::all().iter().filter(given).count() > 1 {
        out.missing = region::all().iter().filter(|own| !given(own)).collect();
    }
    let twice = codes.into_iter().filter(|(_, files)| files.len() > 1);
    out.twice = twice.map(|(code, files)| (shown(code), files)).collect();
    out
}

/// Submissions that may be added.
fn part<S: Side>(
    sides: &[S],
    members: &[usize],
    again: &mut Vec<Again>,
    standing: &mut [Books],
) -> Part {
    let mut out = Part::default();
    let mut all = Tally::default();
    // Where an entity stands first, and whether it stands in another submission too.
    let mut seen: HashMap<u128, ((usize, usize), bool)> = HashMap::new();
    for &at in members {
        let side = &sides[at];
        out.files.push(side.file().to_owned());
        out.claimed = out.claimed.saturating_add(side.claimed());
        let mut tally = Tally::default();
        tally.merge(&side.rest());
        for (index, key, facts) in side.entries() {
            let own = (at, index);
            let mut first = None;
            seen.entry(key)
                .and_modify(|(stands, shared)| {
                    *shared = true;
                    first = Some(*stands);
                })
                .or_insert((own, false));
            tally.add(facts, first.is_some());
            again.extend(first.map(|first| Again { own, first }));
        }
        standing[at] = tally.books;
        all.merge(&tally);
    }
    out.entities = seen.len() as u64;
    out.shared = seen.values().filter(|(_, shared)| *shared).count() as u64;
    out.books = all.books;
    out.counts = all.counts;
    out.breakdowns = all.breakdowns;
    out
}

/// A submission of this run.
impl Side for (Submission, Kept) {
    fn file(&self) -> &str {
        &self.0.source.file
    }

    fn sha256(&self) -> &str {
        &self.0.source.sha256
    }

    fn region(&self) -> &str {
        &self.1.region
    }

    fn cutoff(&self) -> Option<Date> {
        self.1.cutoff
    }

    fn version(&self) -> Option<&str> {
        self.1.version.as_deref()
    }

    fn claimed(&self) -> u64 {
        self.0.claimed.unwrap_or(0)
    }

    fn rest(&self) -> Tally {
        // Of a single submission no entries are kept.
        if self.1.entries.is_empty() {
            return self.1.tally.clone();
        }
        let mut tally = Tally::default();
        tally.unreadable(self.1.tally.books.unreadable);
        for entry in &self.1.entries {
            if entry.duplicate || entry.key.is_none() {
                tally.add(&entry.facts, entry.duplicate);
            }
        }
        tally
    }

    fn entries(&self) -> impl Iterator<Item = (usize, u128, &Facts)> {
        let entries = self.1.entries.iter().enumerate();
        entries.filter_map(|(at, entry)| {
            let key = entry.key.filter(|_| !entry.duplicate)?;
            Some((at, key, &entry.facts))
        })
    }
}

/// What the run knows that adds.
#[derive(Clone, Copy)]
pub(crate) struct Cx<'a> {
    pub lang: Lang,
    pub desk: &'a Desk<'a>,
    pub veil: Veil<'a>,
    /// Something was left out on request.
    pub partial: bool,
}

/// All submissions of a run, sorted, together. What stands in several is found (D001) where it does
/// not count.
pub(crate) fn total(cx: Cx<'_>, read: &mut [(Submission, Kept)]) -> (Total, Option<Province>) {
    read.sort_by(order);
    let (mut out, province, again) = add(read, cx.partial);
    for Again { own, first } in again {
        let file = read[first.0].file().to_owned();
        let entry = &read[own.0].1.entries[own.1];
        let finding = across(
            cx.lang,
            cx.veil,
            entry,
            &file,
            &read[first.0].1.entries[first.1],
        );
        let (submission, kept) = &mut read[own.0];
        let line = submission.entries.get_mut(own.1);
        if let Some(trace) = line.and_then(|line| line.trace.as_mut()) {
            trace.elsewhere = true;
        }
        submission.admit(cx.desk, cx.veil, &kept.docket, finding, &file);
    }
    for (submission, _) in &*read {
        out.levels.merge(submission.levels);
        out.aside.merge(&submission.aside);
    }
    (out, province)
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
