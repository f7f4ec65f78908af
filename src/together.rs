//! Entries brought together in the order of the source: duplicates, sums, groups, the worklist.

use std::collections::hash_map::Entry as Slot;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::check::{Checked, Job, Seen};
use crate::criteria::Criterion;
use crate::finding::{Finding, Mistake, Related};
use crate::lang::Lang;
use crate::place::{Locator, Place};
use crate::read::Chunk;
use crate::report::{EntryLine, Group, Levels, Verdict, Work};
use crate::rule::{Level, Rule, Run};
use crate::rules;
use crate::submission::RunCx;
use crate::tally::{Facts, Tally};

/// Places of a group that are always kept.
const FIRST: usize = 5;
/// Distinct sets of obstacles that the worklist looks at.
const MOST_SETS: usize = 10_000;
/// Steps that the worklist names.
const MOST_STEPS: usize = 12;

/// Where an identity was listed first.
#[derive(Clone, Debug)]
struct First {
    number: u32,
    start: (u32, u32),
    key: Option<u128>,
}

/// One entry as other submissions need it.
#[derive(Debug)]
pub(crate) struct KeptEntry {
    pub key: Option<u128>,
    pub facts: Facts,
    pub duplicate: bool,
    pub number: u32,
    pub start: (u32, u32),
    pub pointer: Option<String>,
    pub text: Arc<str>,
    pub title: Arc<str>,
}

/// What a submission leaves for the total.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub region: String,
    pub entries: Vec<KeptEntry>,
    pub tally: Tally,
}

#[derive(Debug)]
struct Grouped {
    group: Group,
    cause: Option<Mistake>,
    last_entry: Option<u32>,
}

/// What has been brought together so far.
pub(crate) struct Gathered<'a> {
    cx: &'a RunCx<'a>,
    pub tally: Tally,
    pub findings: Vec<Finding>,
    pub entries_with_rat: u64,
    number: u32,
    levels: Levels,
    groups: Vec<Grouped>,
    by_mistake: HashMap<(Mistake, Option<Mistake>), usize>,
    keys: HashMap<u128, First>,
    niks: HashMap<u64, First>,
    names: HashMap<u128, First>,
    rats: BTreeMap<Date, u64>,
    obstacles: BTreeMap<Vec<Mistake>, u64>,
    entries: Vec<EntryLine>,
    kept: Vec<KeptEntry>,
}

/// What a submission's report takes from here.
pub(crate) struct Summary {
    pub tally: Tally,
    pub groups: Vec<Group>,
    pub findings: Vec<Finding>,
    pub levels: Levels,
    pub worklist: Vec<Work>,
    pub entries: Vec<EntryLine>,
}

impl<'a> Gathered<'a> {
    pub(crate) fn new(cx: &'a RunCx<'a>) -> Self {
        Self {
            cx,
            tally: Tally::default(),
            findings: Vec::new(),
            entries_with_rat: 0,
            number: 0,
            levels: Levels::default(),
            groups: Vec::new(),
            by_mistake: HashMap::new(),
            keys: HashMap::new(),
            niks: HashMap::new(),
            names: HashMap::new(),
            rats: BTreeMap::new(),
            obstacles: BTreeMap::new(),
            entries: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// Dates of sound RATs with the number of entries that have one then.
    pub(crate) fn rat_dates(&self) -> Vec<(Date, u64)> {
        self.rats
            .iter()
            .map(|(day, count)| (*day, *count))
            .collect()
    }

    /// Adds a finding, to its group and, if wanted, to the list.
    pub(crate) fn add(&mut self, finding: Finding) {
        self.levels.add(finding.level, u64::from(finding.times));
        let key = (finding.mistake.clone(), finding.cause.clone());
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
            findings,
            rats,
            counted,
        } = checked;
        let mut findings = findings.into_iter();
        for mut one in seen {
            self.number += 1;
            let own = findings.by_ref().take(one.findings.len());
            let mut own: Vec<Finding> = own.collect();
            let Some(facts) = one.facts.take() else {
                self.tally.unreadable(1);
                self.place(job, &one, own);
                continue;
            };
            let first = self.first_of(&one);
            let duplicate = first.is_some();
            if let Some(first) = first {
                own.retain(|finding| !for_the_first_only(finding));
                own.push(self.alike(job, chunk, &one, "D001", 0, &first));
            }
            self.other_identities(job, chunk, &one, &mut own);
            self.tally.add(&facts, duplicate);
            if !duplicate {
                self.dates(&rats[one.rats.clone()]);
                self.obstacle(&one);
            }
            if self.cx.entries {
                self.line(&one, &facts, duplicate);
            }
            self.place(job, &one, own);
            if self.cx.many {
                self.kept.push(KeptEntry {
                    key: one.key,
                    facts,
                    duplicate,
                    number: self.number,
                    start: one.start,
                    pointer: job.format.pointer(self.number),
                    text: one.number.clone(),
                    title: one.title.clone(),
                });
            }
        }
        for finding in counted {
            self.add(finding);
        }
    }

    /// Gives an entry's findings its number and key.
    fn place(&mut self, job: &Job<'_>, one: &Seen, findings: Vec<Finding>) {
        let key: Arc<str> = self.key_of(one);
        let base = job.format.pointer(self.number).unwrap_or_default();
        for mut finding in findings {
            finding.entry = Some(self.number);
            finding.key = Some(key.clone());
            finding.name = (!one.title.is_empty()).then(|| one.title.clone());
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
            self.add(finding);
        }
    }

    fn key_of(&self, one: &Seen) -> Arc<str> {
        if one.number.is_empty() {
            format!("#{}", self.number).into()
        } else {
            one.number.clone()
        }
    }

    /// The first entry of the same legal entity, if this is not it.
    fn first_of(&mut self, one: &Seen) -> Option<First> {
        let first = First {
            number: self.number,
            start: one.start,
            key: one.key,
        };
        match self.keys.entry(one.key?) {
            Slot::Occupied(slot) => Some(slot.get().clone()),
            Slot::Vacant(slot) => {
                slot.insert(first);
                None
            }
        }
    }

    /// D002 and D003: the NIK, or name and kecamatan, of another legal entity.
    fn other_identities(
        &mut self,
        job: &Job<'_>,
        chunk: &Chunk,
        one: &Seen,
        own: &mut Vec<Finding>,
    ) {
        let this = First {
            number: self.number,
            start: one.start,
            key: one.key,
        };
        if let Some(nik) = one.nik {
            let first = self.niks.entry(nik).or_insert_with(|| this.clone()).clone();
            let same = first.key.is_some() && first.key == one.key;
            if first.number != self.number && !same {
                own.push(self.alike(job, chunk, one, "D002", 1, &first));
            }
        }
        // "Other number" wants two numbers.
        if let (Some(name), Some(_)) = (one.name, one.key) {
            let first = self.names.entry(name).or_insert_with(|| this).clone();
            if first.number != self.number && first.key != one.key {
                own.push(self.alike(job, chunk, one, "D003", 2, &first));
            }
        }
    }

    fn alike(
        &self,
        job: &Job<'_>,
        chunk: &Chunk,
        one: &Seen,
        code: &'static str,
        part: usize,
        first: &First,
    ) -> Finding {
        let mut locator = Locator {
            text: &chunk.text,
            from: one.span.start as usize,
            line: one.start.0,
            column: one.start.1,
            excerpts: self.cx.excerpts,
        };
        locator.advance(one.span.start as usize);
        let span = one.spans[part];
        let mut place = locator.place(span);
        let value = chunk.text.get(span.range()).unwrap_or_default();
        let value = crate::words::shown(value.trim_matches(['"', ' ']), 60);
        let field = ["nomor_badan_hukum", "nik_koperasi", "nama_koperasi"][part];
        match job.format.heading(chunk, one.span, span) {
            Some(heading) => place.heading = Some(crate::words::shown(&heading, 60)),
            None if !job.format.is_table() => place.pointer = Some(format!("/{field}")),
            None => {}
        }
        let related = Place {
            line: first.start.0,
            column: first.start.1,
            end_line: first.start.0,
            end_column: first.start.1,
            pointer: job.format.pointer(first.number),
            absolute: true,
            ..Place::default()
        };
        let entry = first.number;
        let first = crate::say!(self.cx.lang, id: "entri ke-{entry}", en: "entry {entry}");
        alike(self.cx.lang, code, field, &value, &first, place, related)
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
        let set: Vec<Mistake> = one.obstacles.iter().map(|(m, _)| m.clone()).collect();
        if self.obstacles.len() < MOST_SETS || self.obstacles.contains_key(&set) {
            *self.obstacles.entry(set).or_default() += 1;
        }
    }

    fn line(&mut self, one: &Seen, facts: &Facts, duplicate: bool) {
        let reasons = Criterion::ALL.into_iter().filter_map(|criterion| {
            let code = facts.codes[criterion as usize];
            (!code.is_empty()).then_some((criterion, code))
        });
        self.entries.push(EntryLine {
            number: self.number,
            key: self.key_of(one).to_string(),
            name: one.title.to_string(),
            verdict: if duplicate {
                Verdict::Ganda
            } else {
                facts.verdict()
            },
            criteria: facts.criteria,
            reasons: reasons.collect(),
        });
    }

    /// What the total needs; leaves the sums here.
    pub(crate) fn take_kept(&mut self, region: &str) -> Kept {
        Kept {
            region: region.to_owned(),
            entries: std::mem::take(&mut self.kept),
            tally: self.tally.clone(),
        }
    }

    /// Orders groups and works out what to mend first.
    pub(crate) fn finish(self, lang: Lang) -> Summary {
        let groups = ordered(self.groups);
        let worklist = worklist(lang, &self.obstacles, &groups, &self.findings);
        Summary {
            tally: self.tally,
            groups,
            findings: self.findings,
            levels: self.levels,
            worklist,
            entries: self.entries,
        }
    }
}

/// A finding on an entity that was listed before.
pub(crate) fn alike(
    lang: Lang,
    code: &'static str,
    field: &str,
    value: &str,
    first: &str,
    place: Place,
    related: Place,
) -> Finding {
    let rule: &'static Rule = rules::find(code).unwrap_or(&rules::duplicate::RULES[0]);
    let (message, label) = rules::duplicate::message(code, lang, value, first);
    Finding {
        rule,
        level: rule.level,
        message,
        help: None,
        entry: None,
        key: None,
        name: None,
        mistake: Mistake {
            code,
            field: field.to_owned(),
            subject: value.to_owned(),
        },
        place,
        related: vec![Related {
            place: related,
            label,
        }],
        cause: None,
        times: 1,
    }
}

/// Definition findings and J003 stand at the first entry of a legal entity alone.
fn for_the_first_only(finding: &Finding) -> bool {
    matches!(finding.rule.run, Run::Definition(..))
        || finding.rule.code == "J003"
        || (finding.rule.code == "B002" && finding.level == Level::Error)
}

/// Heaviest first, file and header before entries, what compares the totals last; what follows
/// from a group right behind it.
fn ordered(groups: Vec<Grouped>) -> Vec<Group> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|at| {
        let group = &groups[*at].group;
        let last = matches!(group.rule.run, Run::End(_));
        let low = group.entries > 0;
        (
            std::cmp::Reverse(group.level),
            last,
            low,
            std::cmp::Reverse(group.count),
            *at,
        )
    });
    let cause = |at: usize| {
        let cause = groups[at].cause.as_ref()?;
        (0..groups.len()).find(|other| {
            *other != at && groups[*other].cause.is_none() && groups[*other].group.mistake == *cause
        })
    };
    let causes: Vec<Option<usize>> = (0..groups.len()).map(cause).collect();
    let mut sorted = Vec::with_capacity(groups.len());
    for at in order.iter().filter(|at| causes[**at].is_none()) {
        sorted.push(*at);
        sorted.extend(order.iter().filter(|other| causes[**other] == Some(*at)));
    }
    let mut position = vec![0; groups.len()];
    for (new, old) in sorted.iter().enumerate() {
        position[*old] = new;
    }
    let mut slots: Vec<Option<Grouped>> = groups.into_iter().map(Some).collect();
    let take = |old: &usize| {
        let mut group = slots[*old].take()?.group;
        group.cause = causes[*old].map(|cause| position[cause]);
        Some(group)
    };
    sorted.iter().filter_map(take).collect()
}

/// Greedy: the set of obstacles that proves most entries for each new thing to mend comes first.
fn worklist(
    lang: Lang,
    obstacles: &BTreeMap<Vec<Mistake>, u64>,
    groups: &[Group],
    findings: &[Finding],
) -> Vec<Work> {
    let mut steps: Vec<&Mistake> = Vec::new();
    let mut work = Vec::new();
    while steps.len() < MOST_STEPS {
        let missing = |set: &[Mistake]| set.iter().filter(|m| !steps.contains(m)).count();
        let best = obstacles
            .iter()
            .map(|(set, count)| (missing(set), *count, set))
            .filter(|(missing, ..)| *missing > 0 && steps.len() + missing <= MOST_STEPS)
            // Compared as fractions, without a division.
            .reduce(|a, b| {
                let (left, right) = (a.1 * b.0 as u64, b.1 * a.0 as u64);
                if right > left { b } else { a }
            });
        let Some((_, _, set)) = best else { break };
        for mistake in set {
            if !steps.contains(&mistake) {
                steps.push(mistake);
            }
        }
    }
    for (at, mistake) in steps.iter().enumerate() {
        let holds = |set: &[Mistake]| set.contains(mistake);
        let solved = |set: &[Mistake]| set.iter().all(|m| steps[..=at].contains(&m));
        let sum = |wanted: &dyn Fn(&[Mistake]) -> bool| {
            let sets = obstacles.iter().filter(|(set, _)| wanted(set));
            sets.map(|(_, count)| count).sum()
        };
        let group = groups.iter().position(|group| group.mistake == **mistake);
        let said = group.and_then(|g| findings.get(*groups[g].first.first()?));
        let title = || rules::find(mistake.code).map_or("", |rule| rule.title.get(lang));
        work.push(Work {
            code: mistake.code,
            message: said.map_or_else(|| title().to_owned(), |finding| finding.message.clone()),
            group,
            entries: sum(&holds),
            proven: sum(&solved),
        });
    }
    work
}
