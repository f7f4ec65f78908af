//! From the schema's words to the rules of the walk.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::super::{FORMATS, Holds, over_tape};
use super::{Codes, Members, NONE, Rule, bit};
use crate::tape::Kind;

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

/// The rules of a schema, the whole one's first.
///
/// # Errors
/// What the schema crate says of keywords that it cannot compile.
pub(super) fn rules(schema: &Value, source: &Value) -> Result<Vec<Rule>, String> {
    let mut made = Made {
        source,
        rules: Vec::new(),
        by_name: HashMap::new(),
    };
    made.rule(schema)?;
    made.end_circles();
    made.shorten();
    made.rules.iter_mut().for_each(Rule::settle);
    Ok(made.rules)
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
