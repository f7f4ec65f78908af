//! The figures that the map can show, each in a few steps.

use super::{Review, Row};
use crate::lang::Text;
use crate::text;

/// Steps above zero.
const STEPS: i64 = 4;

/// A figure of a regency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Figure {
    Verified,
    Unproven,
    Claimed,
    Difference,
    Findings,
    Change,
}

impl Figure {
    /// Those that a review has.
    pub(super) fn all(review: &Review<'_>) -> Vec<Self> {
        let mut all = vec![
            Self::Verified,
            Self::Unproven,
            Self::Claimed,
            Self::Difference,
            Self::Findings,
        ];
        if review.against.is_some() {
            all.push(Self::Change);
        }
        all
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Unproven => "unproven",
            Self::Claimed => "claimed",
            Self::Difference => "difference",
            Self::Findings => "findings",
            Self::Change => "change",
        }
    }

    pub(super) fn label(self) -> Text {
        match self {
            Self::Verified => text! { id: "Terbukti", en: "Verified" },
            Self::Unproven => text! { id: "Tidak terbukti", en: "Unproven" },
            Self::Claimed => text! { id: "Dilaporkan", en: "Claimed" },
            Self::Difference => text! { id: "Selisih", en: "Difference" },
            Self::Findings => text! { id: "Galat", en: "Errors" },
            Self::Change => text! { id: "Perubahan", en: "Change" },
        }
    }

    /// What it means.
    pub(super) fn meaning(self) -> Text {
        match self {
            Self::Verified => {
                text! { id: "koperasi yang memenuhi semua syarat, tiap badan hukum sekali", en: "cooperatives that meet all criteria, each legal entity once" }
            }
            Self::Unproven => {
                text! { id: "tidak gugur, tetapi buktinya kurang", en: "not fallen, but without sound evidence" }
            }
            Self::Claimed => {
                text! { id: "angka dalam kepala kiriman", en: "the number in the header" }
            }
            Self::Difference => {
                text! { id: "terbukti dikurangi dilaporkan", en: "verified less claimed" }
            }
            Self::Findings => text! { id: "galat yang terbuka", en: "open errors" },
            Self::Change => {
                text! { id: "terbukti dikurangi terbukti dalam folder lama", en: "verified less verified in the old folder" }
            }
        }
    }

    /// Its value; none: missing, or not said.
    pub(super) fn of(self, row: &Row<'_>) -> Option<i64> {
        if row.own.is_empty() {
            return None;
        }
        match self {
            Self::Verified => row.verified().map(super::signed),
            Self::Unproven => row.books.map(|books| super::signed(books.unproven)),
            Self::Claimed => row.claimed.map(super::signed),
            Self::Difference => row.difference(),
            Self::Findings => {
                let errors = row.own.iter().map(|(_, one)| one.levels.error);
                Some(super::signed(errors.sum()))
            }
            Self::Change => row.change(),
        }
    }

    pub(super) fn has_sign(self) -> bool {
        matches!(self, Self::Difference | Self::Change)
    }

    /// A value in digits, with its sign where that tells something.
    pub(super) fn shown(self, value: i64) -> String {
        match self.has_sign() && value != 0 {
            true => format!("{value:+}").replace('-', "−"),
            false => value.to_string(),
        }
    }
}

/// A figure's steps over all regencies.
pub(super) struct Scale {
    most: i64,
}

impl Scale {
    pub(super) fn of(figure: Figure, rows: &[Row<'_>]) -> Self {
        let values = rows.iter().filter_map(|row| figure.of(row));
        Self {
            most: values.map(i64::saturating_abs).max().unwrap_or(0),
        }
    }

    /// `p4` … `p1`, `z` for zero, `n1` … `n4` below.
    pub(super) fn step(&self, value: i64) -> String {
        let (size, most) = (
            i128::from(value.saturating_abs()),
            i128::from(self.most.max(1)),
        );
        let step = (size * i128::from(STEPS) + most - 1) / most;
        match value.signum() {
            1 => format!("p{step}"),
            -1 => format!("n{step}"),
            _ => "z".to_owned(),
        }
    }

    /// Each step that holds a whole number: its name, from, to.
    pub(super) fn steps(&self, sign: i64) -> Vec<(String, i64, i64)> {
        let bound = |step: i64| {
            let bound = i128::from(self.most) * i128::from(step) / i128::from(STEPS);
            i64::try_from(bound).unwrap_or(i64::MAX)
        };
        (1..=STEPS)
            .map(|step| (bound(step - 1) + 1, bound(step)))
            .filter(|(from, to)| from <= to)
            .map(|(from, to)| (self.step(sign * to), sign * from, sign * to))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_stands_in_the_step_that_the_legend_names() {
        for most in [1, 2, 3, 4, 7, 100, i64::MAX] {
            let scale = Scale { most };
            for sign in [1, -1] {
                for (name, from, to) in scale.steps(sign) {
                    assert_eq!(scale.step(from), name, "{most} {from}");
                    assert_eq!(scale.step(to), name, "{most} {to}");
                }
            }
            let ends = scale.steps(1);
            assert_eq!((ends[0].1, ends[ends.len() - 1].2), (1, most));
            assert!(ends.windows(2).all(|two| two[0].2 + 1 == two[1].1));
        }
        assert_eq!(Scale { most: 0 }.step(0), "z");
        assert!(Scale { most: 0 }.steps(1).is_empty());
    }
}
