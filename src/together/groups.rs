//! Findings as groups in the order in which they are shown, and what to mend first.

use std::collections::{BTreeMap, HashMap};

use crate::finding::{Finding, Mistake, Standing};
use crate::lang::Lang;
use crate::report::{Group, Work};
use crate::rule::Run;
use crate::rules;

/// Steps that the worklist names.
const MOST_STEPS: usize = 12;

#[derive(Debug)]
pub(super) struct Grouped {
    pub(super) group: Group,
    pub(super) cause: Option<Mistake>,
    pub(super) last_entry: Option<u32>,
}

/// Open ones first, then what is waived, then what is known.
fn behind(standing: &Standing) -> u8 {
    match standing {
        Standing::Open => 0,
        Standing::Waived(_) => 1,
        Standing::Known => 2,
    }
}

/// Heaviest first, file and header before entries, what compares the totals last; what follows
/// from a group right behind it.
pub(super) fn ordered(groups: Vec<Grouped>) -> Vec<Group> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|at| {
        let group = &groups[*at].group;
        let last = matches!(group.rule.run, Run::End(_));
        let low = group.entries > 0;
        (
            behind(&group.standing),
            std::cmp::Reverse(group.level),
            last,
            low,
            std::cmp::Reverse(group.count),
            *at,
        )
    });
    // What is open never hides behind what is waived or known.
    let roots: HashMap<(&Mistake, u8), usize> = (groups.iter().enumerate())
        .filter(|(_, grouped)| grouped.cause.is_none())
        .map(|(at, Grouped { group, .. })| ((&group.mistake, behind(&group.standing)), at))
        .collect();
    let causes: Vec<Option<usize>> = groups
        .iter()
        .map(|Grouped { group, cause, .. }| {
            let root = (cause.as_ref()?, behind(&group.standing));
            roots.get(&root).copied()
        })
        .collect();
    let mut followers = vec![Vec::new(); groups.len()];
    for at in &order {
        if let Some(cause) = causes[*at] {
            followers[cause].push(*at);
        }
    }
    let mut sorted = Vec::with_capacity(groups.len());
    for at in order.iter().filter(|at| causes[**at].is_none()) {
        sorted.push(*at);
        sorted.append(&mut followers[*at]);
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
pub(super) fn worklist(
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
