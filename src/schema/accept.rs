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
const OWN: [&str; 12] = [
    "minimum",
    "pattern",
    "format",
    "const",
    "uniqueItems",
    "minItems",
    "maxItems",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minProperties",
];
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
    items: Option<usize>,
    members: Members,
    /// A bit for each member.
    required: u64,
    /// What `$ref` leads to, and whether nothing else is asked.
    also: Option<usize>,
    refers: bool,
    rest: Option<Box<Validator<OnTape>>>,
}

impl Rule {
    /// Works out [`Rule::free`].
    fn settle(&mut self) {
        let bare = self.codes.is_none() && self.also.is_none() && self.rest.is_none();
        let text = self.length.is_none() && self.format.is_none();
        let number = !self.whole && self.least.is_none();
        let object = self.members.all.is_empty() && !self.closed && self.required == 0;
        for (kind, free) in [
            (Kind::Null, true),
            (Kind::Bool(true), true),
            (Kind::Number, number),
            (Kind::String, text),
            (Kind::Array, self.items.is_none()),
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

/// Names of members with the rule of each.
#[derive(Debug)]
struct Members {
    all: Vec<(Box<str>, usize)>,
    /// By [`Name`]: which of them it is.
    known: [u8; Name::ALL.len()],
    /// Those that are no [`Name`].
    others: Vec<u8>,
}

impl Default for Members {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            known: [u8::MAX; Name::ALL.len()],
            others: Vec::new(),
        }
    }
}

impl Members {
    fn new(all: Vec<(Box<str>, usize)>) -> Self {
        let mut members = Self::default();
        for (number, (name, _)) in (0..).zip(&all) {
            match Name::of(name) {
                Some(name) => members.known[name as usize] = number,
                None => members.others.push(number),
            }
        }
        Self { all, ..members }
    }

    fn find(&self, member: Member<'_>) -> Option<usize> {
        match member.known() {
            Some(name) => Some(self.known[name as usize].into()).filter(|at| *at < self.all.len()),
            None => self.named(member.name()),
        }
    }

    fn named(&self, name: &str) -> Option<usize> {
        let mut others = self.others.iter().map(|other| usize::from(*other));
        others.find(|other| *self.all[*other].0 == *name)
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
            .is_none_or(|also| self.meets(&self.rules[also], node))
            && (rule.rest.as_ref()).is_none_or(|rest| rest.is_valid(Seen::Node(node)))
    }

    fn array(&self, rule: &Rule, node: Node<'_>) -> bool {
        let Some(items) = rule.items else { return true };
        let items = &self.rules[items];
        node.elements().all(|item| self.meets(items, item))
    }

    fn object(&self, rule: &Rule, node: Node<'_>) -> bool {
        let mut seen = 0;
        let all = node
            .members()
            .all(|member| match rule.members.find(member) {
                Some(at) => {
                    seen |= 1 << at;
                    self.meets(&self.rules[rule.members.all[at].1], member.value())
                }
                None => !rule.closed,
            });
        all && seen & rule.required == rule.required
    }
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
    by_name: HashMap<String, usize>,
}

impl Made<'_> {
    /// The rule of a schema; the first of all is the whole one's.
    fn rule(&mut self, schema: &Value) -> Result<usize, String> {
        let at = self.rules.len();
        self.rules.push(Rule::default());
        let made = schema
            .as_object()
            .and_then(|schema| self.known(schema).transpose());
        self.rules[at] = match made {
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
            let step = |of: &usize| self.rules[*of].also;
            let way = std::iter::successors(Some(at), step);
            if way.take(self.rules.len() + 1).count() > self.rules.len() {
                self.rules[at] = Rule::default();
            }
        }
    }

    /// What leads to a mere reference leads to its end.
    fn shorten(&mut self) {
        let most = self.rules.len();
        let ends: Vec<usize> = (0..most)
            .map(|at| {
                let step = |at: &usize| self.rules[*at].also.filter(|_| self.rules[*at].refers);
                let way = std::iter::successors(Some(at), step);
                way.take(most).last().unwrap_or(at)
            })
            .collect();
        for rule in &mut self.rules {
            for at in rule.items.iter_mut().chain(&mut rule.also) {
                *at = ends[*at];
            }
            for (_, at) in &mut rule.members.all {
                *at = ends[*at];
            }
        }
    }

    fn named(&mut self, name: &str) -> Result<usize, String> {
        if let Some(at) = self.by_name.get(name) {
            return Ok(*at);
        }
        // A schema that refers to itself finds its own number.
        self.by_name.insert(name.to_owned(), self.rules.len());
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
        if own.len() > 64 {
            return Ok(false);
        }
        let mut all = Vec::new();
        for (name, schema) in own {
            all.push((name.as_str().into(), self.rule(schema)?));
        }
        let members = Members::new(all);
        for name in required.and_then(Value::as_array).into_iter().flatten() {
            let is = |(own, _): &(Box<str>, usize)| Some(&**own) == name.as_str();
            match members.all.iter().position(is) {
                Some(at) => rule.required |= 1 << at,
                None => return Ok(false),
            }
        }
        rule.members = members;
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
