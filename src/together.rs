//! Entries brought together in the order of the source: duplicates, sums, groups, the worklist.

use std::collections::hash_map::Entry as Slot;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::check::{Checked, Job, Seen};
use crate::criteria::Criterion;
use crate::finding::{Finding, Mistake, Standing};
use crate::lang::Lang;
use crate::merge::table::KeyTable;
use crate::place::Place;
use crate::policy::Docket;
use crate::read::Chunk;
use crate::report::{Aside, EntryLine, Group, Levels, Verdict, Work};
use crate::submission::RunCx;
use crate::tally::{Facts, Tally};
use crate::tape::Span;
use crate::workbook::{Changes, Remembered};

mod alike;
mod groups;
mod identities;

pub(crate) use alike::alike;
use alike::for_the_first_only;
use groups::{Grouped, ordered, worklist};
use identities::{Identities, Identity};

/// Places of a group that are always kept.
const FIRST: usize = 5;
/// Distinct sets of obstacles that the worklist looks at.
const MOST_SETS: usize = 10_000;

/// One entry as other submissions need it.
#[derive(Debug)]
pub(crate) struct KeptEntry {
    pub key: Option<u128>,
    pub facts: Facts,
    pub duplicate: bool,
    pub number: u32,
    pub sheet: Option<Arc<str>>,
    pub start: (u32, u32),
    pub pointer: Option<String>,
    pub text: Arc<str>,
    pub title: Arc<str>,
}

/// What a submission leaves for the total.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub region: String,
    pub cutoff: Option<Date>,
    pub version: Option<String>,
    pub docket: Docket,
    pub entries: Vec<KeptEntry>,
    pub tally: Tally,
}

/// What has been brought together so far.
pub(crate) struct Gathered<'a> {
    cx: &'a RunCx<'a>,
    pub tally: Tally,
    pub findings: Vec<Finding>,
    pub entries_with_rat: u64,
    number: u32,
    docket: Docket,
    levels: Levels,
    aside: Aside,
    groups: Vec<Grouped>,
    by_mistake: HashMap<(Mistake, Option<Mistake>, Standing), usize>,
    identities: Identities,
    rats: HashMap<Date, u64>,
    obstacles: BTreeMap<Vec<Mistake>, u64>,
    entries: Vec<EntryLine>,
    kept: Vec<KeptEntry>,
    remembered: Option<Remembered>,
    /// Numbers and titles of the chunk at hand.
    texts: String,
    keys: Option<KeyTable>,
}

/// What a submission's report takes from here.
pub(crate) struct Summary {
    pub tally: Tally,
    pub groups: Vec<Group>,
    pub findings: Vec<Finding>,
    pub levels: Levels,
    pub aside: Aside,
    pub worklist: Vec<Work>,
    pub entries: Vec<EntryLine>,
    pub changes: Option<Changes>,
    pub keys: Option<KeyTable>,
}

impl<'a> Gathered<'a> {
    pub(crate) fn new(cx: &'a RunCx<'a>, docket: Docket, remembered: Option<Remembered>) -> Self {
        Self {
            cx,
            tally: Tally::default(),
            findings: Vec::new(),
            entries_with_rat: 0,
            number: 0,
            docket,
            levels: Levels::default(),
            aside: Aside::default(),
            groups: Vec::new(),
            by_mistake: HashMap::new(),
            identities: Identities::default(),
            rats: HashMap::new(),
            obstacles: BTreeMap::new(),
            entries: Vec::new(),
            kept: Vec::new(),
            remembered,
            texts: String::new(),
            keys: cx.digests.then(KeyTable::default),
        }
    }

    /// Dates of sound RATs with the number of entries that have one then.
    pub(crate) fn rat_dates(&self) -> Vec<(Date, u64)> {
        let days = self.rats.iter().map(|(day, count)| (*day, *count));
        let mut days: Vec<_> = days.collect();
        days.sort_unstable();
        days
    }

    /// Adds a finding as the policy sees it, to its group and, if wanted, to the list.
    pub(crate) fn add(&mut self, finding: Finding) {
        self.settle(finding, false);
    }

    /// `unread` findings tell why something was not read.
    fn settle(&mut self, mut finding: Finding, unread: bool) {
        if !self.cx.desk.judge(&self.docket, &mut finding, unread) {
            *self.aside.off.entry(finding.rule.code).or_default() += u64::from(finding.times);
            return;
        }
        if let Some(remembered) = &mut self.remembered {
            remembered.meet(&finding);
        }
        self.cx.veil.finding(&mut finding);
        self.levels.weigh(&finding, &mut self.aside);
        let key = (
            finding.mistake.clone(),
            finding.cause.clone(),
            finding.standing.clone(),
        );
        let at = match self.by_mistake.entry(key) {
            Slot::Occupied(slot) => *slot.get(),
            Slot::Vacant(slot) => {
                self.groups.push(Grouped {
                    group: Group {
                        rule: finding.rule,
                        level: finding.level,
                        mistake: finding.mistake.clone(),
                        count: 0,
                        entries: 0,
                        first: Vec::new(),
                        cause: None,
                        standing: finding.standing.clone(),
                    },
                    cause: finding.cause.clone(),
                    last_entry: None,
                });
                *slot.insert(self.groups.len() - 1)
            }
        };
        let grouped = &mut self.groups[at];
        let group = &mut grouped.group;
        group.count += u64::from(finding.times);
        group.level = group.level.max(finding.level);
        if finding.entry.is_some() && finding.entry != grouped.last_entry {
            group.entries += 1;
            grouped.last_entry = finding.entry;
        }
        let first = group.first.len() < FIRST;
        if first {
            group.first.push(self.findings.len());
        }
        if first || self.cx.keep_all {
            self.findings.push(finding);
        }
    }

    /// Adds what one chunk gave.
    pub(crate) fn chunk(&mut self, job: &Job<'_>, chunk: &Chunk, checked: Checked) {
        let Checked {
            seen,
            texts,
            findings,
            rats,
            counted,
        } = checked;
        self.texts = texts;
        let mut findings = findings.into_iter();
        for mut one in seen {
            self.number += 1;
            let own = findings.by_ref().take(one.findings.len());
            let mut own: Vec<Finding> = own.collect();
            let met = self.identities.next(Identity {
                start: one.start,
                key: one.key,
                // An entry without a number has no other's name.
                name: one.name.filter(|_| one.key.is_some()),
                nik: one.nik,
            });
            let Some(facts) = one.facts.take() else {
                self.tally.unreadable(1);
                self.place(job, &one, own, true);
                continue;
            };
            let duplicate = met.key.is_some();
            if let Some(first) = &met.key {
                own.retain(|finding| !for_the_first_only(finding));
                own.push(self.alike(job, chunk, &one, "D001", 0, first));
            }
            self.other_identities(job, chunk, &one, &met, &mut own);
            self.tally.add(&facts, duplicate);
            if !duplicate {
                self.dates(&rats[one.rats.clone()]);
                self.obstacle(&one);
            }
            if self.cx.entries {
                self.line(job, &mut one, &facts, duplicate);
            }
            self.place(job, &one, own, false);
            if let Some(keys) = &mut self.keys {
                keys.pointers(job.format.pointer(1));
                let at = (self.number, job.format.sheet(), one.start);
                keys.add(&facts, one.digest, duplicate, at);
            }
            if self.cx.many {
                self.kept.push(KeptEntry {
                    key: one.key,
                    facts,
                    duplicate,
                    number: self.number,
                    sheet: job.format.sheet(),
                    start: one.start,
                    pointer: job.format.pointer(self.number),
                    text: self.text(one.number).into(),
                    title: self.text(one.title).into(),
                });
            }
        }
        for finding in counted {
            self.add(finding);
        }
    }

    /// Gives an entry's findings its number and key.
    fn place(&mut self, job: &Job<'_>, one: &Seen, findings: Vec<Finding>, unread: bool) {
        if findings.is_empty() {
            return;
        }
        let key: Arc<str> = self.key_of(one);
        let title = self.text(one.title);
        let title: Option<Arc<str>> = (!title.is_empty()).then(|| title.into());
        let base = job.format.pointer(self.number).unwrap_or_default();
        for mut finding in findings {
            finding.entry = Some(self.number);
            finding.key = Some(key.clone());
            finding.name.clone_from(&title);
            let related = finding
                .related
                .iter_mut()
                .filter(|r| r.place.file.is_none());
            let inner = related.map(|r| &mut r.place).filter(|p| !p.absolute);
            for place in inner.chain([&mut finding.place]) {
                if let Some(pointer) = &mut place.pointer {
                    pointer.insert_str(0, &base);
                }
            }
            self.settle(finding, unread);
        }
    }

    fn key_of(&self, one: &Seen) -> Arc<str> {
        match self.text(one.number) {
            "" => format!("#{}", self.number).into(),
            number => number.into(),
        }
    }

    fn text(&self, at: Span) -> &str {
        self.texts.get(at.range()).unwrap_or_default()
    }

    fn dates(&mut self, days: &[Date]) {
        self.entries_with_rat += u64::from(!days.is_empty());
        let mut last = None;
        for day in days {
            if last != Some(day) {
                *self.rats.entry(*day).or_default() += 1;
            }
            last = Some(day);
        }
    }

    fn obstacle(&mut self, one: &Seen) {
        if one.obstacles.is_empty() {
            return;
        }
        let mut set: Vec<Mistake> = one.obstacles.iter().map(|(m, _)| m.clone()).collect();
        set.iter_mut().for_each(|own| self.cx.veil.mistake(own));
        if self.obstacles.len() < MOST_SETS || self.obstacles.contains_key(&set) {
            *self.obstacles.entry(set).or_default() += 1;
        }
    }

    fn line(&mut self, job: &Job<'_>, one: &mut Seen, facts: &Facts, duplicate: bool) {
        let reasons = Criterion::ALL.into_iter().filter_map(|criterion| {
            let code = facts.codes[criterion as usize];
            (!code.is_empty()).then_some((criterion, code))
        });
        self.entries.push(EntryLine {
            number: self.number,
            key: self.cx.veil.key(&self.key_of(one)).to_string(),
            name: self.cx.veil.name(self.text(one.title)).to_string(),
            verdict: if duplicate {
                Verdict::Ganda
            } else {
                facts.verdict()
            },
            criteria: facts.criteria,
            reasons: reasons.collect(),
            place: Place {
                sheet: job.format.sheet(),
                line: one.start.0,
                column: one.start.1,
                end_line: one.start.0,
                end_column: one.start.1,
                ..Place::default()
            },
            trace: one.trace.take(),
        });
    }

    /// What the total needs; leaves the sums here.
    pub(crate) fn take_kept(&mut self, region: &str) -> Kept {
        Kept {
            region: region.trim().to_owned(),
            cutoff: None,
            version: None,
            docket: std::mem::take(&mut self.docket),
            entries: std::mem::take(&mut self.kept),
            tally: self.tally.clone(),
        }
    }

    /// Orders groups and works out what to mend first.
    pub(crate) fn finish(self, lang: Lang) -> Summary {
        let groups = ordered(self.groups);
        let mut changes = self.remembered.map(Remembered::changes);
        for own in changes.iter_mut().flat_map(|own| &mut own.solved) {
            own.key = self.cx.veil.key(&own.key).to_string();
            own.field = self.cx.veil.path(&own.field, &['.', '[', ']']);
        }
        let worklist = worklist(lang, &self.obstacles, &groups, &self.findings);
        Summary {
            tally: self.tally,
            groups,
            findings: self.findings,
            levels: self.levels,
            aside: self.aside,
            worklist,
            entries: self.entries,
            changes,
            keys: self.keys,
        }
    }
}
