//! Findings: what is wrong with the data, where, and what to do.

use std::sync::Arc;

use crate::lang::Lang;
use crate::personal;
use crate::place::Place;
use crate::policy::waivers::Waiver;
use crate::rule::{Level, Rule};
use crate::tape::{At, Doc, Kind, Span, Step};

/// One mistake as it repeats: findings that agree in all of this are one group.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mistake {
    /// The rule's code.
    pub code: &'static str,
    /// The field without item numbers: `rat[].tanggal`, `kepala.satuan`; empty for a file.
    pub field: String,
    /// What else tells it apart: the missing member, the wrong value.
    pub subject: String,
}

impl Mistake {
    /// What is personal in it is hidden: also where it is told apart.
    pub(crate) fn new(code: &'static str, field: &str, subject: &str) -> Self {
        Self {
            code,
            field: personal::masked(field).into_owned(),
            subject: personal::masked(subject).into_owned(),
        }
    }
}

/// A finding, placed.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Its weight here.
    pub level: Level,
    /// What is wrong.
    pub message: String,
    /// What to do, where that is more exact than the rule's own words.
    pub help: Option<String>,
    /// The value found, where it is a single one; a person's data left out.
    pub found: Option<String>,
    /// What should stand there instead, where that can be said in short.
    pub expected: Option<String>,
    /// Number of the entry in its submission, from 1.
    pub entry: Option<u32>,
    /// Key of the entry: its normalised number, else `#n`.
    pub key: Option<Arc<str>>,
    /// `nama_koperasi`, shortened.
    pub name: Option<Arc<str>>,
    /// What it has in common with others.
    pub mistake: Mistake,
    /// Where.
    pub place: Place,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// The finding of the same entry that this one follows from.
    pub cause: Option<Mistake>,
    /// How often, where like ones were counted together (1 otherwise).
    pub times: u32,
    /// How it stands after waivers and the baseline.
    pub standing: Standing,
    /// It is in the baseline, waived or not.
    pub known: bool,
}

/// How a finding stands in the run. Only open ones make it fail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Standing {
    /// To be settled.
    #[default]
    Open,
    /// Someone answers for it until a day.
    Waived(Arc<Waiver>),
    /// It stands in the baseline.
    Known,
}

/// A place that belongs to a finding, with the reason.
#[derive(Clone, Debug)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// Why it is shown.
    pub label: String,
}

/// What a draft points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// The entry or file as a whole.
    All,
    /// A value.
    Node(At),
    /// A name of an object: the key's node.
    Key(At),
    /// A member that the object at the node does not have.
    Missing(At, String),
    /// A piece of the source, with the field that it belongs to.
    Piece(Span, String),
}

/// A finding before its place is worked out.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The rule.
    pub rule: &'static Rule,
    /// Its weight here.
    pub level: Level,
    /// Where.
    pub at: Where,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// See [`Finding::expected`].
    pub expected: Option<String>,
    /// See [`Mistake::subject`].
    pub subject: String,
    /// Other places.
    pub related: Vec<(Where, String)>,
    /// What it follows from.
    pub because: Option<Where>,
    /// How often.
    pub times: u32,
}

impl Draft {
    /// Says what tells this mistake from others of the rule on the same field.
    pub fn subject(&mut self, subject: impl Into<String>) -> &mut Self {
        self.subject = subject.into();
        self
    }

    /// Says what to do, more exactly than the rule does.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Says what should stand there.
    pub fn expected(&mut self, expected: impl Into<String>) -> &mut Self {
        self.expected = Some(expected.into());
        self
    }

    /// Names another place.
    pub fn related(&mut self, at: Where, label: impl Into<String>) -> &mut Self {
        self.related.push((at, label.into()));
        self
    }

    /// Lowers or raises the weight.
    pub fn level(&mut self, level: Level) -> &mut Self {
        self.level = level;
        self
    }

    /// Says that it follows from what is wrong at another place.
    pub fn because(&mut self, at: Option<Where>) -> &mut Self {
        self.because = at;
        self
    }
}

/// Takes what one rule finds.
#[derive(Debug)]
pub struct Found<'a> {
    /// The rule that is running.
    pub rule: &'static Rule,
    /// The language of messages.
    pub lang: Lang,
    drafts: &'a mut Vec<Draft>,
}

impl<'a> Found<'a> {
    /// A collector for one rule.
    pub fn new(rule: &'static Rule, lang: Lang, drafts: &'a mut Vec<Draft>) -> Self {
        Self { rule, lang, drafts }
    }

    /// Something is wrong at a place.
    pub fn at(&mut self, at: Where, message: String) -> &mut Draft {
        let index = self.drafts.len();
        self.drafts.push(Draft {
            rule: self.rule,
            level: self.rule.level,
            at,
            message,
            help: None,
            expected: None,
            subject: String::new(),
            related: Vec::new(),
            because: None,
            times: 1,
        });
        &mut self.drafts[index]
    }

    /// What was found so far for this entry or header, by this and earlier rules.
    #[must_use]
    pub fn drafts(&self) -> &[Draft] {
        self.drafts
    }
}

/// The value at a place, if it is a single one, shortened.
#[must_use]
pub fn value_of(doc: Doc<'_>, at: &Where) -> Option<String> {
    let Where::Node(node) = at else { return None };
    let node = doc.node(*node);
    if matches!(node.kind(), Kind::Array | Kind::Object) {
        return None;
    }
    Some(crate::words::shown(node.shown(), 200))
}

/// The field's path without item numbers: `rat[].tanggal`.
#[must_use]
pub fn field_of(doc: Doc<'_>, at: &Where) -> String {
    let path = |node: At| {
        let mut out = String::new();
        for step in doc.steps(node) {
            match step {
                Step::Index(_) => out.push_str("[]"),
                Step::Member(name) => {
                    if !out.is_empty() {
                        out.push('.');
                    }
                    out.push_str(&crate::words::shown(name, 60));
                }
            }
        }
        out
    };
    match at {
        Where::All => String::new(),
        Where::Node(node) | Where::Key(node) => path(*node),
        Where::Missing(node, name) => {
            let object = path(*node);
            if object.is_empty() {
                name.clone()
            } else {
                format!("{object}.{name}")
            }
        }
        Where::Piece(_, field) => field.clone(),
    }
}
