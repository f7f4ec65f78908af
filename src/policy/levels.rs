//! Which rules are reported, and at which level.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::rule::{Level, Rule};
use crate::rules;

/// Rules that say that something was not read. They stand at their own level whatever the settings
/// say, and nothing waives them: what was not read is in no count.
const FIXED: [&str; 8] = [
    "F001", "F002", "F004", "F005", "F006", "F009", "F018", "F022",
];

/// Whether no setting moves a rule.
#[must_use]
pub fn fixed(code: &str) -> bool {
    FIXED.contains(&code)
}

/// What the settings make of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Setting {
    /// Its findings are errors.
    Error,
    /// Its findings are warnings.
    Warning,
    /// Its findings are notes.
    Note,
    /// Its findings are counted, not reported.
    Off,
}

impl Setting {
    /// The level; none if off.
    #[must_use]
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Off => None,
        }
    }

    /// The name in settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.level().map_or("off", Level::name)
    }
}

/// One rule, or a family by the letter with which its codes begin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Selector {
    /// `R`
    Family(char),
    /// `R001`, `missing-rat-year`
    Rule(&'static Rule),
}

impl Selector {
    /// The selector that a text names.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let mut letters = text.chars();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            let letter = letter.to_ascii_uppercase();
            let known = rules::all().any(|rule| rule.code.starts_with(letter));
            return known.then_some(Self::Family(letter));
        }
        rules::find(text).map(Self::Rule)
    }

    /// All that can be named.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        rules::all()
            .flat_map(|rule| [rule.code, rule.slug])
            .collect()
    }

    fn holds(self, rule: &Rule) -> bool {
        match self {
            Self::Family(letter) => rule.code.starts_with(letter),
            Self::Rule(own) => own == rule,
        }
    }

    /// How it is written.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Family(letter) => letter.to_string(),
            Self::Rule(rule) => rule.code.to_owned(),
        }
    }
}

/// Rules that do not stand at their own level.
pub type Weights = BTreeMap<&'static str, Setting>;

/// What one table of the settings changes.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// These rules and no others.
    pub select: Option<Vec<Selector>>,
    /// Not these.
    pub ignore: Vec<Selector>,
    /// These at a level.
    pub levels: Vec<(Selector, Setting)>,
}

impl Change {
    /// Changes what stands so far: `select`, then `ignore`, then `levels`, a family before a rule.
    pub fn apply(&self, weights: &mut Weights) {
        for rule in rules::all().filter(|rule| !fixed(rule.code)) {
            let named = |list: &[Selector]| list.iter().any(|one| one.holds(rule));
            if let Some(select) = &self.select {
                if !named(select) {
                    weights.insert(rule.code, Setting::Off);
                } else if weights.get(rule.code) == Some(&Setting::Off) {
                    weights.remove(rule.code);
                }
            }
            if named(&self.ignore) {
                weights.insert(rule.code, Setting::Off);
            }
            let level = |exact: bool| {
                let mut of = self.levels.iter().rev();
                of.find(|(one, _)| one.holds(rule) && matches!(one, Selector::Rule(_)) == exact)
            };
            if let Some((_, setting)) = level(true).or_else(|| level(false)) {
                weights.insert(rule.code, *setting);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Vec<Selector> {
        let of = |name: &&str| Selector::of(name).unwrap();
        names.iter().map(of).collect()
    }

    #[test]
    fn selectors_by_code_slug_and_family() {
        assert_eq!(Selector::of("r001"), Selector::of("missing-rat-year"));
        assert_eq!(Selector::of("R"), Some(Selector::Family('R')));
        assert_eq!(Selector::of("Q"), None);
        assert_eq!(Selector::of("R999"), None);
        assert_eq!(Selector::of(""), None);
        assert!(FIXED.iter().all(|code| rules::find(code).is_some()));
    }

    #[test]
    fn select_then_ignore_then_levels() {
        let mut weights = Weights::new();
        let change = Change {
            select: Some(of(&["R", "K", "F"])),
            ignore: of(&["K"]),
            levels: vec![
                (Selector::of("K001").unwrap(), Setting::Warning),
                (Selector::of("R005").unwrap(), Setting::Error),
                (Selector::of("R").unwrap(), Setting::Note),
            ],
        };
        change.apply(&mut weights);
        let at = |code: &str| weights.get(code).copied();
        assert_eq!(at("K001"), Some(Setting::Warning));
        assert_eq!(at("K002"), Some(Setting::Off));
        assert_eq!(at("R005"), Some(Setting::Error));
        assert_eq!(at("R001"), Some(Setting::Note));
        assert_eq!(at("B001"), Some(Setting::Off));
        assert_eq!(at("F007"), None);
        // A later table brings back what it selects.
        let back = Change {
            select: Some(of(&["B001"])),
            ..Change::default()
        };
        back.apply(&mut weights);
        assert_eq!(weights.get("B001"), None);
        assert_eq!(weights.get("R001"), Some(&Setting::Off));
    }

    #[test]
    fn what_was_not_read_cannot_be_switched_off() {
        let mut weights = Weights::new();
        let change = Change {
            select: Some(Vec::new()),
            ignore: of(&["F", "F002"]),
            levels: vec![(Selector::of("F").unwrap(), Setting::Note)],
        };
        change.apply(&mut weights);
        assert!(FIXED.iter().all(|code| !weights.contains_key(code)));
        assert_eq!(weights.len(), rules::all().count() - FIXED.len());
    }
}
