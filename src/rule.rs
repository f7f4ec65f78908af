//! A rule is a value: its code, its words and one function.

use crate::check::EntryCx;
use crate::criteria::{Criterion, Judgement};
use crate::finding::Found;
use crate::header::HeaderCx;
use crate::lang::Text;
use crate::submission::EndCx;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// To know.
    Note,
    /// To look at.
    Warning,
    /// To mend.
    Error,
}

impl Level {
    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a rule looks at, with the function that looks.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// The reader finds it while reading; the words are in `rules::file`.
    Reading,
    /// The JSON Schema finds it; the words are in `rules::schema`.
    Schema,
    /// Looks at the header.
    Header(fn(&HeaderCx<'_>, &mut Found<'_>)),
    /// Looks at one entry.
    Entry(fn(&EntryCx<'_>, &mut Found<'_>)),
    /// Says why a claimed entry does not meet a criterion (definition finding).
    Definition(Criterion, fn(&EntryCx<'_>, &Judgement, &mut Found<'_>)),
    /// Two entries that must not be alike; found while entries are brought together, with the
    /// words in `rules::duplicate`.
    Together,
    /// About the run's own waivers and baseline; the words are in `rules::waiver`.
    Settings,
    /// Looks at the submission when all entries are read.
    End(fn(&EndCx<'_>, &mut Found<'_>)),
}

/// One rule. See `docs/rules` for the pages that are made from these values.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// `R001`; stable.
    pub code: &'static str,
    /// `missing-rat-year`; stable, reads after "allow".
    pub slug: &'static str,
    /// Weight of a finding; a rule's function may lower it.
    pub level: Level,
    /// The version of koplint that brought the rule.
    pub since: &'static str,
    /// What is wrong, in a few words.
    pub title: Text,
    /// Why it matters.
    pub why: Text,
    /// What to do.
    pub fix: Text,
    /// The clause of the indicator's page, the law or the parameter that the rule rests on.
    pub clause: &'static str,
    /// What it looks at.
    pub run: Run,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}
