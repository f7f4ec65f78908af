//! How findings stand, and what is said of waivers and the baseline.

use std::collections::BTreeMap;

use serde::Serialize;

use super::view::{FindingView, LevelsView};
use crate::finding::Standing;
use crate::report::{Aside, Known, Settled};

/// The name of a standing.
pub(crate) fn state(standing: &Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::Waived(_) => "waived",
        Standing::Known => "known",
    }
}

/// Who answers for what is waived.
#[derive(Serialize)]
pub(crate) struct WaivedView<'a> {
    reason: &'a str,
    by: &'a str,
    until: String,
}

impl<'a> WaivedView<'a> {
    pub(crate) fn of(standing: &'a Standing) -> Option<Self> {
        let Standing::Waived(waiver) = standing else {
            return None;
        };
        Some(Self {
            reason: &waiver.reason,
            by: &waiver.by,
            until: waiver.until.to_string(),
        })
    }
}

#[derive(Serialize)]
pub(crate) struct AsideView<'a> {
    waived: u64,
    known: u64,
    off: &'a BTreeMap<&'static str, u64>,
}

impl<'a> AsideView<'a> {
    pub(crate) fn of(aside: &'a Aside) -> Self {
        Self {
            waived: aside.waived,
            known: aside.known,
            off: &aside.off,
        }
    }
}

/// What is said of waivers and the baseline themselves.
#[derive(Serialize)]
pub(crate) struct SettledView<'a> {
    findings: Vec<FindingView<'a>>,
    levels: LevelsView,
    off: &'a BTreeMap<&'static str, u64>,
    baseline: Option<BaselineView<'a>>,
}

/// What became of a baseline.
#[derive(Serialize)]
pub(crate) struct BaselineView<'a> {
    file: &'a str,
    solved: u64,
    updated: bool,
}

impl<'a> BaselineView<'a> {
    pub(crate) fn of(known: &'a Known) -> Self {
        Self {
            file: &known.file,
            solved: known.solved,
            updated: known.new.is_some(),
        }
    }
}

impl<'a> SettledView<'a> {
    pub(crate) fn of(settled: &'a Settled) -> Self {
        let findings = settled.findings.iter();
        Self {
            findings: findings
                .map(|finding| FindingView::of(finding, ""))
                .collect(),
            levels: LevelsView::of(settled.levels),
            off: &settled.off,
            baseline: settled.baseline.as_ref().map(BaselineView::of),
        }
    }
}
