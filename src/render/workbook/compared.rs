//! A mended copy against what the run before found in it.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::workbook::{Earlier, Package};

/// What was solved, what is left and what is new; findings are matched by the entry's key.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// No longer found.
    pub(super) solved: Vec<Earlier>,
    /// Found again.
    pub(super) left: usize,
    /// Found for the first time.
    pub(super) new: usize,
    /// By finding: whether it is new.
    pub(super) is_new: Vec<bool>,
    /// The run before found more than the copy could remember.
    pub(super) cut: bool,
}

impl From<&Finding> for Earlier {
    fn from(finding: &Finding) -> Self {
        Self {
            code: finding.rule.code.to_owned(),
            field: crate::words::shown(&finding.mistake.field, 200),
            key: crate::words::shown(finding.key.as_deref().unwrap_or_default(), 200),
            level: finding.level.name().to_owned(),
        }
    }
}

impl Compared {
    /// None if the workbook is no marked copy.
    pub(super) fn of(package: &Package, findings: &[Finding]) -> Option<Self> {
        let mut before: BTreeMap<Earlier, usize> = BTreeMap::new();
        for own in package.earlier()? {
            *before.entry(alike(own.clone())).or_default() += 1;
        }
        let mut out = Self {
            cut: package.earlier_is_cut(),
            ..Self::default()
        };
        for finding in findings {
            let known = before
                .get_mut(&alike(finding.into()))
                .filter(|count| **count > 0);
            out.is_new.push(known.is_none());
            match known {
                Some(count) => {
                    *count -= 1;
                    out.left += 1;
                }
                None => out.new += 1,
            }
        }
        for own in package.earlier()? {
            let count = before
                .get_mut(&alike(own.clone()))
                .filter(|count| **count > 0);
            if let Some(count) = count {
                *count -= 1;
                out.solved.push(own.clone());
            }
        }
        Some(out)
    }
}

/// The same mistake weighs less or more with its surroundings.
fn alike(own: Earlier) -> Earlier {
    Earlier {
        level: String::new(),
        ..own
    }
}
