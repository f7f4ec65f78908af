//! Where every finding comes by once on its way into the report.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::Policy;
use super::baseline::{Baseline, Item, Items, Left, STANDARD};
use super::levels::{Setting, Weights, fixed};
use super::paths::Spot;
use super::waivers::{Waiver, Waivers};
use crate::definition::Definition;
use crate::finding::{Finding, Standing};
use crate::lang::Lang;
use crate::read::open::Input;
use crate::report::{Known, Settled};
use crate::rules::waiver as words;

/// A policy at work in one run.
pub(crate) struct Desk<'a> {
    policy: &'a Policy,
    today: Date,
    state: RefCell<State>,
}

#[derive(Clone, Default)]
pub(crate) struct State {
    left: Left,
    /// By waiver: it holds for a submission of this run; it waived something.
    offered: Vec<bool>,
    used: Vec<bool>,
    /// Files that were checked, as the baseline names them.
    checked: BTreeSet<String>,
    /// What a new baseline is made of.
    seen: Items,
}

/// What the desk needs to know of one submission.
#[derive(Debug, Default)]
pub(crate) struct Docket {
    /// The file as the baseline names it.
    file: String,
    weights: Weights,
    /// Waivers that hold for it.
    waivers: Vec<usize>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(policy: &'a Policy, today: Date) -> Self {
        let waivers = policy.waivers.as_ref().map_or(0, |own| own.all.len());
        let whole = policy.waivers.as_ref().is_some_and(|own| own.whole);
        let state = State {
            left: policy.baseline.as_ref().map(Left::of).unwrap_or_default(),
            offered: vec![whole; waivers],
            used: vec![false; waivers],
            ..State::default()
        };
        Self {
            policy,
            today,
            state: RefCell::new(state),
        }
    }

    /// What it knows so far, to come back to.
    pub(crate) fn state(&self) -> State {
        self.state.borrow().clone()
    }

    pub(crate) fn restore(&self, state: State) {
        *self.state.borrow_mut() = state;
    }

    /// A submission comes up; `code` is its header's `kode_wilayah`.
    pub(crate) fn open(&self, input: &Input, code: &str) -> Docket {
        let spot = Spot::of(input);
        let mut state = self.state.borrow_mut();
        let mut waivers = Vec::new();
        for (at, waiver) in self.waivers().enumerate() {
            if waiver.offered(&spot, code) {
                state.offered[at] = true;
                if self.today <= waiver.until {
                    waivers.push(at);
                }
            }
        }
        let folder = self.policy.baseline.as_ref().map(Baseline::folder);
        let file = folder.and_then(|folder| spot.seen_from(folder));
        let file = file.unwrap_or_else(|| input.name.clone());
        state.checked.insert(file.clone());
        Docket {
            file,
            weights: self.policy.weights(Some(&spot)),
            waivers,
        }
    }

    /// Gives a finding its level and standing; false if its rule is off. What says that something
    /// was not read (`unread`) stays as it is.
    pub(crate) fn judge(&self, docket: &Docket, finding: &mut Finding, unread: bool) -> bool {
        if unread || fixed(finding.rule.code) {
            return true;
        }
        let mut state = self.state.borrow_mut();
        let times = u64::from(finding.times);
        let on = weigh(&docket.weights, finding);
        let waiver = self.waiver(docket, finding).filter(|_| on);
        let baseline = self.policy.baseline.as_ref();
        let item = baseline.map(|_| Item::of(finding));
        // What is waived or off may stand in the baseline too; then it is not gone. It takes
        // nothing that is another file's.
        let open = on && waiver.is_none();
        let may = |item: &&Item| open || baseline.is_some_and(|all| all.names(&docket.file, item));
        let take = |item| state.left.take(&docket.file, item, times);
        finding.known = item.as_ref().filter(may).is_some_and(take);
        if let Some((at, waiver)) = waiver {
            state.used[at] = true;
            finding.standing = Standing::Waived(Arc::clone(waiver));
            return true;
        }
        finding.known |= self.policy.update && on;
        if !finding.known {
            return on;
        }
        finding.standing = Standing::Known;
        if let Some(item) = item.filter(|_| self.policy.update) {
            *state.seen.entry((docket.file.clone(), item)).or_default() += times;
        }
        on
    }

    /// The waiver that is for a finding, with its number.
    fn waiver(&self, docket: &Docket, finding: &Finding) -> Option<(usize, &Arc<Waiver>)> {
        let all = &self.policy.waivers.as_ref()?.all;
        let mut held = docket.waivers.iter().map(|at| (*at, &all[*at]));
        held.find(|(_, waiver)| waiver.waives(finding))
    }

    fn waivers(&self) -> impl Iterator<Item = &Arc<Waiver>> {
        self.policy.waivers.iter().flat_map(|own| &own.all)
    }

    /// What is to be said of the policy itself once everything is checked.
    pub(crate) fn close(
        self,
        lang: Lang,
        definition: &Definition,
        excerpts: bool,
        complete: bool,
    ) -> Settled {
        let mut settled = Settled::default();
        let mut state = self.state.into_inner();
        let mut drafts = Vec::new();
        if let Some(waivers) = &self.policy.waivers {
            let all = complete && !self.policy.partial;
            let said = said(waivers, &state, self.today, lang, all);
            drafts.extend(said.map(|(mut finding, at)| {
                finding.place = waivers.place(&waivers.all[at], excerpts);
                finding
            }));
        }
        if let Some(baseline) = &self.policy.baseline {
            let now = (definition.version.clone(), definition.sha256.clone());
            let other = baseline.standard != STANDARD || baseline.definition.1 != now.1;
            if other && !self.policy.update && !baseline.items.is_empty() {
                drafts.push(words::other_baseline(baseline, definition, lang));
            }
            settled.baseline = Some(settle(baseline, &mut state, self.policy, now));
        }
        let weights = self.policy.weights(None);
        for mut finding in drafts {
            if weigh(&weights, &mut finding) {
                settled.levels.add(finding.level, 1);
                settled.findings.push(finding);
            } else {
                *settled.off.entry(finding.rule.code).or_default() += 1;
            }
        }
        settled
    }
}

/// Sets the level that a rule has here; false if it is off.
fn weigh(weights: &Weights, finding: &mut Finding) -> bool {
    match weights
        .get(finding.rule.code)
        .map(|setting: &Setting| setting.level())
    {
        Some(None) => false,
        Some(Some(level)) => {
            finding.level = level;
            true
        }
        None => true,
    }
}

/// C001 and C002 on waivers that hold for something that was checked. What a run left out, or did
/// not read to its end, may hold what a waiver is for.
fn said<'a>(
    waivers: &'a Waivers,
    state: &'a State,
    today: Date,
    lang: Lang,
    all: bool,
) -> impl Iterator<Item = (Finding, usize)> + 'a {
    let offered = waivers.all.iter().enumerate();
    let offered = offered.filter(|(at, _)| state.offered[*at]);
    offered.filter_map(move |(at, waiver)| {
        if waiver.until < today {
            Some((words::expired(waiver, lang), at))
        } else if all && !state.used[at] {
            Some((words::unused(waiver, lang), at))
        } else {
            None
        }
    })
}

/// What became of the baseline, and the new one if it is asked for. Files that were not checked and
/// are still there keep what is known of them; where there are such files, what compares files
/// (D001) is kept too.
fn settle(baseline: &Baseline, state: &mut State, policy: &Policy, now: (String, String)) -> Known {
    let folder = baseline.folder();
    let mut known = Known {
        file: baseline.file.to_string_lossy().into_owned(),
        solved: 0,
        new: None,
    };
    let mut items = std::mem::take(&mut state.seen);
    let mut apart: BTreeSet<&String> = baseline.items.keys().map(|(file, _)| file).collect();
    apart.retain(|file| !state.checked.contains(*file) && folder.join(Path::new(file)).exists());
    let partial = policy.partial || !apart.is_empty();
    // Their share comes first: an entry may stand in several files.
    let (kept, rest): (Vec<_>, Vec<_>) =
        (baseline.items.iter()).partition(|((file, _), _)| apart.contains(file));
    for ((file, item), count) in kept {
        state.left.over(file, item, *count);
        items.insert((file.clone(), item.clone()), *count);
    }
    for ((file, item), count) in rest {
        let here = state.checked.contains(file);
        let over = state.left.over(file, item, *count);
        if here && over > 0 && partial && item.compares() {
            *items.entry((file.clone(), item.clone())).or_default() += over;
        } else {
            known.solved += over;
        }
    }
    if policy.update {
        known.new = Some(Baseline {
            definition: now,
            items,
            ..Baseline::empty(&baseline.file)
        });
    }
    known
}
