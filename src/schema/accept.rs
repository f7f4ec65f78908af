//! A quick yes: an entry that is surely valid is seen to be so in one walk of its tape.
//!
//! The walk is compiled from the schema. It knows the keywords by which the schema describes
//! objects, lists, codes and numbers; other keywords of a value go to a validator of the schema
//! crate for these keywords alone, and where one bears on others, the whole schema of that value
//! does. So it never says yes where the crate says no, whatever the schema's words. "No" means "ask
//! the crate", which alone refuses and tells why.

use jsonschema::Validator;
use serde_json::Value;

use super::{Holds, OnTape, Seen};
use crate::tape::{Kind, Member, Name, Node};

mod made;

/// Items of a list that are compared one with each other.
const MANY: usize = 32;
/// Digits of a number that surely fits 64 bits.
const FITS: usize = 18;

/// The walk; see the module.
#[derive(Debug)]
pub struct Accept {
    rules: Vec<Rule>,
}

/// What one schema asks of a value.
#[derive(Debug, Default)]
struct Rule {
    /// A bit for each kind; all without `type`.
    kinds: u8,
    /// Those of them of which nothing more is asked.
    free: u8,
    /// Numbers must be whole.
    whole: bool,
    closed: bool,
    codes: Option<Codes>,
    length: Option<(u64, u64)>,
    format: Option<Holds>,
    least: Option<i64>,
    items: Option<u16>,
    /// Items must differ.
    unique: bool,
    /// Apart, so that the rules of plain values lie close together.
    members: Option<Box<Members>>,
    /// A bit for each member.
    required: u64,
    /// What `$ref` leads to, and whether nothing else is asked.
    also: Option<u16>,
    refers: bool,
    rest: Option<Box<Validator<OnTape>>>,
}

impl Rule {
    /// Works out [`Rule::free`].
    fn settle(&mut self) {
        let bare = self.codes.is_none() && self.also.is_none() && self.rest.is_none();
        let text = self.length.is_none() && self.format.is_none();
        let number = !self.whole && self.least.is_none();
        let object = self.members.is_none() && !self.closed && self.required == 0;
        for (kind, free) in [
            (Kind::Null, true),
            (Kind::Bool(true), true),
            (Kind::Number, number),
            (Kind::String, text),
            (Kind::Array, self.items.is_none() && !self.unique),
            (Kind::Object, object),
        ] {
            self.free |= if bare && free {
                self.kinds & bit(kind)
            } else {
                0
            };
        }
    }
}

/// An `enum` of texts.
#[derive(Debug, Default)]
struct Codes {
    texts: Vec<Box<str>>,
    null: bool,
}

/// The members that a schema names, each with its rule and its bit in a set.
#[derive(Debug)]
struct Members {
    /// By [`Name`]: the rule's number, or none. The bit is the name's.
    known: [u16; Name::ALL.len()],
    /// Those that are no [`Name`]; their bits are the others.
    others: Vec<(Box<str>, u16)>,
}

/// No rule.
const NONE: u16 = u16::MAX;

impl Default for Members {
    fn default() -> Self {
        Self {
            known: [NONE; Name::ALL.len()],
            others: Vec::new(),
        }
    }
}

impl Members {
    /// None: there is no bit for so many.
    fn add(&mut self, name: &str, rule: u16) -> Option<()> {
        if let Some(name) = Name::of(name) {
            self.known[name as usize] = rule;
        } else if Name::ALL.len() + self.others.len() < 64 {
            self.others.push((name.into(), rule));
        } else {
            return None;
        }
        Some(())
    }

    fn rules(&mut self) -> impl Iterator<Item = &mut u16> {
        let others = self.others.iter_mut().map(|(_, rule)| rule);
        self.known
            .iter_mut()
            .filter(|rule| **rule != NONE)
            .chain(others)
    }

    /// The bit and the rule of a member.
    #[inline]
    fn find(&self, member: Member<'_>) -> Option<(u64, u16)> {
        match member.known() {
            Some(name) => {
                let rule = self.known[name as usize];
                (rule != NONE).then_some((name.bit(), rule))
            }
            None => self.other(member.name()),
        }
    }

    fn named(&self, name: &str) -> Option<(u64, u16)> {
        let Some(known) = Name::of(name) else {
            return self.other(name);
        };
        let rule = self.known[known as usize];
        (rule != NONE).then_some((known.bit(), rule))
    }

    fn other(&self, name: &str) -> Option<(u64, u16)> {
        let at = self.others.iter().position(|(own, _)| **own == *name)?;
        Some((1 << (Name::ALL.len() + at), self.others[at].1))
    }
}

fn bit(kind: Kind) -> u8 {
    match kind {
        Kind::Null => 1,
        Kind::Bool(_) => 2,
        Kind::Number => 4,
        Kind::String => 8,
        Kind::Array => 16,
        Kind::Object => 32,
    }
}

impl Accept {
    /// Compiles `schema`, a part of `source` or the whole; `$ref`s lead to `$defs` of `source`.
    ///
    /// # Errors
    /// What the schema crate says of keywords that it cannot compile.
    pub fn new(schema: &Value, source: &Value) -> Result<Self, String> {
        let rules = made::rules(schema, source)?;
        Ok(Self { rules })
    }

    /// Whether the value is surely valid.
    #[must_use]
    pub fn accepts(&self, node: Node<'_>) -> bool {
        self.rules
            .first()
            .is_some_and(|rule| self.meets(rule, node))
    }

    #[inline]
    fn meets(&self, rule: &Rule, node: Node<'_>) -> bool {
        rule.free & bit(node.kind()) != 0 || self.meets_all(rule, node)
    }

    fn meets_all(&self, rule: &Rule, node: Node<'_>) -> bool {
        let kind = node.kind();
        let own = rule.kinds & bit(kind) != 0
            && match kind {
                Kind::Null => rule.codes.as_ref().is_none_or(|codes| codes.null),
                Kind::String => string(rule, node),
                _ if rule.codes.is_some() => false,
                Kind::Bool(_) => true,
                Kind::Number => number(rule, node),
                Kind::Array => self.array(rule, node),
                Kind::Object => self.object(rule, node),
            };
        own && rule
            .also
            .is_none_or(|also| self.meets(&self.rules[usize::from(also)], node))
            && (rule.rest.as_ref()).is_none_or(|rest| rest.is_valid(Seen::Node(node)))
    }

    fn array(&self, rule: &Rule, node: Node<'_>) -> bool {
        let meet = |items: u16| {
            let items = &self.rules[usize::from(items)];
            node.elements().all(|item| self.meets(items, item))
        };
        rule.items.is_none_or(meet) && (!rule.unique || differ(node))
    }

    fn object(&self, rule: &Rule, node: Node<'_>) -> bool {
        let mut seen = 0;
        let members = rule.members.as_deref();
        let all = node
            .members()
            .all(|member| match members.and_then(|own| own.find(member)) {
                Some((bit, rule)) => {
                    seen |= bit;
                    self.meets(&self.rules[usize::from(rule)], member.value())
                }
                None => !rule.closed,
            });
        all && seen & rule.required == rule.required
    }
}

/// Whether the items surely differ: texts, and not many.
fn differ(node: Node<'_>) -> bool {
    let mut rest = node.elements();
    let mut alone = || {
        let text = rest.next()?.as_str();
        let again = rest.clone().any(|other| other.as_str() == text);
        Some(text.is_some() && !again)
    };
    node.len() < 2 || (node.len() <= MANY && std::iter::from_fn(&mut alone).all(|alone| alone))
}

fn number(rule: &Rule, node: Node<'_>) -> bool {
    if !rule.whole && rule.least.is_none() {
        return true;
    }
    let text = node.as_number().unwrap_or_default();
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.len() > FITS || text == "-0" {
        return false;
    }
    let mut size = 0;
    for byte in digits.bytes() {
        if !byte.is_ascii_digit() {
            return false;
        }
        size = size * 10 + i64::from(byte - b'0');
    }
    let own = if digits.len() < text.len() {
        -size
    } else {
        size
    };
    rule.least.is_none_or(|least| own >= least)
}

fn string(rule: &Rule, node: Node<'_>) -> bool {
    let text = node.as_str().unwrap_or_default();
    let known = |codes: &Codes| codes.texts.iter().any(|code| **code == *text);
    let fits = |(least, most): (u64, u64)| {
        // A character has one to four bytes.
        let bytes = text.len() as u64;
        (least <= bytes.div_ceil(4) && bytes <= most)
            || (least..=most).contains(&(text.chars().count() as u64))
    };
    rule.codes.as_ref().is_none_or(known)
        && rule.length.is_none_or(fits)
        && rule.format.is_none_or(|holds| holds(text))
}
