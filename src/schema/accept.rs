//! A quick yes: an entry that is surely valid is seen to be so in one walk of its tape.
//!
//! The walk is compiled from the schema. It knows the keywords by which the schema describes
//! objects, lists, codes and numbers; other keywords of a value go to a validator of the schema
//! crate for these keywords alone, and where one bears on others, the whole schema of that value
//! does. So it never says yes where the crate says no, whatever the schema's words. "No" means "ask
//! the crate", which alone refuses and tells why.

use std::collections::HashMap;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::{FORMATS, Holds, OnTape, Seen, over_tape};
use crate::tape::{Kind, Member, Name, Node};

/// Keywords that say nothing of a value.
const SILENT: [&str; 6] = [
    "title",
    "description",
    "examples",
    "default",
    "$comment",
    "deprecated",
];
/// Keywords that bear on nothing but the value itself.
const OWN: [&str; 11] = [
    "minimum",
    "pattern",
    "format",
    "const",
    "minItems",
    "maxItems",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minProperties",
];
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
        let mut made = Made {
            source,
            rules: Vec::new(),
            by_name: HashMap::new(),
        };
        made.rule(schema)?;
        made.end_circles();
        made.shorten();
        made.rules.iter_mut().for_each(Rule::settle);
        Ok(Self { rules: made.rules })
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

struct Made<'a> {
    source: &'a Value,
    rules: Vec<Rule>,
    by_name: HashMap<String, u16>,
}

impl Made<'_> {
    /// The rule of a schema; the first of all is the whole one's.
    fn rule(&mut self, schema: &Value) -> Result<u16, String> {
        let at = self.next()?;
        self.rules.push(Rule::default());
        let made = schema
            .as_object()
            .and_then(|schema| self.known(schema).transpose());
        self.rules[usize::from(at)] = match made {
            Some(rule) => rule?,
            None => Rule {
                kinds: u8::MAX,
                rest: Some(Box::new(over_tape(schema.clone(), self.source)?)),
                ..Rule::default()
            },
        };
        Ok(at)
    }

    /// None: a keyword may bear on others.
    fn known(&mut self, schema: &Map<String, Value>) -> Result<Option<Rule>, String> {
        let mut rule = Rule {
            kinds: u8::MAX,
            ..Rule::default()
        };
        let (mut rest, mut length) = (Map::new(), (0, u64::MAX));
        for (keyword, value) in schema {
            let own = keyword.as_str();
            let understood = match own {
                "type" => types(value, &mut rule),
                "enum" => codes(value, &mut rule),
                "minLength" => value.as_u64().map(|least| length.0 = least).is_some(),
                "maxLength" => value.as_u64().map(|most| length.1 = most).is_some(),
                "minimum" => {
                    rule.least = value.as_i64();
                    rule.least.is_some()
                }
                "format" => {
                    let own = |(name, _): &&(&str, Holds)| value == name;
                    rule.format = FORMATS.iter().find(own).map(|(_, holds)| *holds);
                    rule.format.is_some()
                }
                "additionalProperties" => {
                    rule.closed = value == &json!(false);
                    rule.closed
                }
                "uniqueItems" => {
                    rule.unique = value == &json!(true);
                    value.is_boolean()
                }
                "items" => {
                    rule.items = Some(self.rule(value)?);
                    true
                }
                "$ref" => match value.as_str().and_then(|of| of.strip_prefix("#/$defs/")) {
                    Some(name) => {
                        rule.also = Some(self.named(name)?);
                        true
                    }
                    None => false,
                },
                "properties" => self.properties(value, schema, &mut rule)?,
                "required" => schema.contains_key("properties"),
                own => SILENT.contains(&own),
            };
            if !understood {
                if !OWN.contains(&own) {
                    return Ok(None);
                }
                rest.insert(keyword.clone(), value.clone());
            }
        }
        let silent = |keyword: &String| keyword == "$ref" || SILENT.contains(&keyword.as_str());
        rule.refers = schema.keys().all(silent);
        rule.length = (length != (0, u64::MAX)).then_some(length);
        if !rest.is_empty() {
            // None of these keywords looks at definitions.
            let dialect = self
                .source
                .get("$schema")
                .map(|own| json!({"$schema": own}));
            let alone = over_tape(Value::Object(rest), &dialect.unwrap_or_default())?;
            rule.rest = Some(Box::new(alone));
        }
        Ok(Some(rule))
    }

    /// A reference that leads back to itself says yes to nothing.
    fn end_circles(&mut self) {
        for at in 0..self.rules.len() {
            let step = |of: &u16| self.rules[usize::from(*of)].also;
            let way = std::iter::successors(self.rules[at].also, step);
            if way.take(self.rules.len() + 1).count() > self.rules.len() {
                self.rules[at] = Rule::default();
            }
        }
    }

    /// What leads to a mere reference leads to its end.
    fn shorten(&mut self) {
        let most = self.rules.len();
        let end = |at: u16| {
            let rule = |at: &u16| &self.rules[usize::from(*at)];
            let step = |at: &u16| rule(at).also.filter(|_| rule(at).refers);
            let way = std::iter::successors(Some(at), step);
            way.take(most).last().unwrap_or(at)
        };
        let ends: Vec<u16> = (0..).take(most).map(end).collect();
        for rule in &mut self.rules {
            let own = rule.items.iter_mut().chain(&mut rule.also);
            let members = rule.members.iter_mut().flat_map(|own| own.rules());
            for at in own.chain(members) {
                *at = ends[usize::from(*at)];
            }
        }
    }

    /// The number of the rule that is made next.
    fn next(&self) -> Result<u16, String> {
        let number = u16::try_from(self.rules.len()).ok();
        let number = number.filter(|number| *number < NONE);
        number.ok_or_else(|| "a schema of more than 65534 parts".to_owned())
    }

    fn named(&mut self, name: &str) -> Result<u16, String> {
        if let Some(at) = self.by_name.get(name) {
            return Ok(*at);
        }
        // A schema that refers to itself finds its own number.
        self.by_name.insert(name.to_owned(), self.next()?);
        let schema = &self.source["$defs"][name];
        self.rule(schema)
    }

    fn properties(
        &mut self,
        value: &Value,
        schema: &Map<String, Value>,
        rule: &mut Rule,
    ) -> Result<bool, String> {
        let (Some(own), required) = (value.as_object(), schema.get("required")) else {
            return Ok(false);
        };
        let mut members = Members::default();
        for (name, schema) in own {
            if members.add(name, self.rule(schema)?).is_none() {
                return Ok(false);
            }
        }
        for name in required.and_then(Value::as_array).into_iter().flatten() {
            match name.as_str().and_then(|name| members.named(name)) {
                Some((bit, _)) => rule.required |= bit,
                None => return Ok(false),
            }
        }
        rule.members = Some(members.into());
        Ok(true)
    }
}

fn types(value: &Value, rule: &mut Rule) -> bool {
    let one = std::slice::from_ref(value);
    let names = value.as_array().map_or(one, Vec::as_slice);
    rule.kinds = 0;
    let mut any_number = false;
    for name in names {
        rule.kinds |= match name.as_str() {
            Some("null") => bit(Kind::Null),
            Some("boolean") => bit(Kind::Bool(true)),
            Some("string") => bit(Kind::String),
            Some("array") => bit(Kind::Array),
            Some("object") => bit(Kind::Object),
            Some("number") => {
                any_number = true;
                bit(Kind::Number)
            }
            Some("integer") => {
                rule.whole = true;
                bit(Kind::Number)
            }
            _ => return false,
        };
    }
    rule.whole &= !any_number;
    true
}

/// Texts and `null`.
fn codes(value: &Value, rule: &mut Rule) -> bool {
    let mut codes = Codes::default();
    for one in value.as_array().into_iter().flatten() {
        match one {
            Value::String(text) => codes.texts.push(text.as_str().into()),
            Value::Null => codes.null = true,
            _ => return false,
        }
    }
    rule.codes = Some(codes);
    true
}
