//! The JSON Schema over the tape: the adapter that lets the `jsonschema` crate walk it, and the
//! compiled schemas of a submission.

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use jsonschema::json::{Array, Json, JsonNumber, Node as JsonNode, NodeIdentity, Object};
use jsonschema::types::JsonType;
use jsonschema::{PatternOptions, Validator};
use serde_json::{Number, Value, json};

use crate::tape::{Doc, Elements, Kind, Members, Node, Span, Tape};
use crate::{date, nomor};

mod accept;
mod shape;

pub use accept::Accept;
pub use shape::{Field, Shape, Type};

/// The submission's schema, as published.
pub const SUBMISSION: &str = include_str!("../schemas/submission.schema.json");

/// The schemas of one submission, compiled over the tape. What is asked for seldom is compiled when
/// it is first asked for.
#[derive(Debug)]
pub struct Schemas {
    source: Value,
    header: OnceLock<Option<Validator<OnTape>>>,
    document: OnceLock<Option<Validator<OnTape>>>,
    entry: OnceLock<Option<Validator<OnTape>>>,
    /// Refuses everything; stands in for what does not compile.
    nothing: Validator<OnTape>,
    /// The quick yes to one entry.
    pub accept: Accept,
    /// What the schema says of each field, for the readers of tables and for messages.
    pub shape: Shape,
}

impl Schemas {
    /// Compiles the published schema.
    ///
    /// # Errors
    /// What the schema crate says of a schema that it cannot compile.
    pub fn compile() -> Result<Self, String> {
        let source: Value = serde_json::from_str(SUBMISSION).map_err(|e| e.to_string())?;
        Ok(Self {
            header: OnceLock::new(),
            document: OnceLock::new(),
            entry: OnceLock::new(),
            nothing: jsonschema::options_for::<OnTape>()
                .build(&json!(false))
                .map_err(|e| e.to_string())?,
            accept: Accept::new(&source["$defs"]["entri"], &source)?,
            shape: Shape::of(&source),
            source,
        })
    }

    /// A header without its entries.
    pub fn header(&self) -> &Validator<OnTape> {
        self.made(
            &self.header,
            || json!({"$ref": "#/$defs/kepala", "unevaluatedProperties": false}),
        )
    }

    /// The header of a document; its entries are checked one by one.
    pub fn document(&self) -> &Validator<OnTape> {
        self.made(&self.document, || {
            let mut whole = self.source.clone();
            if let Some(members) = whole.as_object_mut() {
                members.remove("$id");
            }
            if let Some(entries) = whole["properties"]["koperasi"].as_object_mut() {
                entries.remove("items");
            }
            whole
        })
    }

    /// One entry.
    pub fn entry(&self) -> &Validator<OnTape> {
        self.made(&self.entry, || self.source["$defs"]["entri"].clone())
    }

    fn made<'a>(
        &'a self,
        slot: &'a OnceLock<Option<Validator<OnTape>>>,
        schema: impl FnOnce() -> Value,
    ) -> &'a Validator<OnTape> {
        let made = slot.get_or_init(|| over_tape(schema(), &self.source).ok());
        made.as_ref().unwrap_or(&self.nothing)
    }
}

/// Whether a text is of a format.
type Holds = fn(&str) -> bool;

/// The formats that are our own.
const FORMATS: [(&str, Holds); 2] = [
    ("nomor-badan-hukum", nomor::ahu_shape_holds),
    ("date", date::is_date),
];

/// Compiles a schema over the tape, with the dialect and definitions of `source`.
fn over_tape(mut schema: Value, source: &Value) -> Result<Validator<OnTape>, String> {
    for shared in ["$schema", "$defs"] {
        if let (Some(value), Some(own)) = (source.get(shared), schema.as_object_mut()) {
            own.insert(shared.to_owned(), value.clone());
        }
    }
    let mut options = jsonschema::options_for::<OnTape>();
    for (name, holds) in FORMATS {
        options = options.with_format(name, holds);
    }
    options
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .with_pattern_options(PatternOptions::regex())
        .offline()
        .build(&schema)
        .map_err(|e| e.to_string())
}

/// The tape as a representation of JSON.
#[derive(Debug)]
pub struct OnTape;

static NO_TAPE: LazyLock<Tape> = LazyLock::new(|| {
    let mut tape = Tape::new();
    tape.string_in(Span::default(), Span::default());
    tape
});

/// A node of the tape, or a plain string that is asked about as if it were one.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    /// A node.
    Node(Node<'a>),
    /// A member's name.
    Name(&'a str),
}

impl Json for OnTape {
    type Node<'a> = Seen<'a>;
    type PreparedKey = Box<str>;
    type StringBuffer = ();

    const KEYS_PER_LOOKUP: usize = 2;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>((): &mut (), string: &str, f: impl FnOnce(Seen<'_>) -> T) -> T {
        f(Seen::Name(string))
    }
}

impl<'a> Seen<'a> {
    fn kind(self) -> Kind {
        match self {
            Self::Node(node) => node.kind(),
            Self::Name(_) => Kind::String,
        }
    }

    fn node(self) -> Node<'a> {
        match self {
            Self::Node(node) => node,
            Self::Name(name) => Doc::new(&NO_TAPE, name).node(0),
        }
    }
}

impl<'a> JsonNode<'a, OnTape> for Seen<'a> {
    type Object = Node<'a>;
    type Array = Node<'a>;
    type Number = Digits<'a>;

    fn as_object(&self) -> Option<Node<'a>> {
        (self.kind() == Kind::Object).then(|| self.node())
    }

    fn as_array(&self) -> Option<Node<'a>> {
        (self.kind() == Kind::Array).then(|| self.node())
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match *self {
            Self::Node(node) => node.as_str().map(Cow::Borrowed),
            Self::Name(name) => Some(Cow::Borrowed(name)),
        }
    }

    fn as_number(&self) -> Option<Digits<'a>> {
        self.node().as_number().map(Digits)
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.kind() {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }

    fn is_number(&self) -> bool {
        self.kind() == Kind::Number
    }

    fn json_type(&self) -> JsonType {
        match self.kind() {
            Kind::Null => JsonType::Null,
            Kind::Bool(_) => JsonType::Boolean,
            Kind::Number => JsonType::Number,
            Kind::String => JsonType::String,
            Kind::Array => JsonType::Array,
            Kind::Object => JsonType::Object,
        }
    }

    fn string_length_within(&self, min: u64, max: u64) -> Option<bool> {
        let text = JsonNode::as_string(self)?;
        // A character takes one to four bytes.
        let bytes = text.len() as u64;
        if bytes < min || bytes.div_ceil(4) > max {
            return Some(false);
        }
        if min <= bytes.div_ceil(4) && bytes <= max {
            return Some(true);
        }
        Some((min..=max).contains(&(text.chars().count() as u64)))
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self.kind(), expected) {
            (Kind::String, Value::String(text)) => {
                JsonNode::as_string(self).is_some_and(|own| own == text.as_str())
            }
            (Kind::Null, Value::Null) => true,
            (Kind::Bool(own), Value::Bool(value)) => own == *value,
            (Kind::Number, Value::Number(_))
            | (Kind::Array, Value::Array(_))
            | (Kind::Object, Value::Object(_)) => {
                jsonschema::json::cmp::equal(&self.to_value(), expected)
            }
            _ => false,
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match *self {
            Self::Node(node) => to_value(node),
            Self::Name(name) => Value::String(name.to_owned()),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Self::Node(node) => Some(NodeIdentity::tagged(
                std::ptr::from_ref(node.doc().tape()) as usize,
                node.at(),
            )),
            Self::Name(name) => Some(NodeIdentity::new(name.as_ptr() as usize)),
        }
    }
}

/// The `serde_json` value of a node.
#[must_use]
pub fn to_value(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool(value) => Value::Bool(value),
        Kind::Number => Value::Number(Digits(node.as_number().unwrap_or_default()).number()),
        Kind::String => Value::String(node.as_str().unwrap_or_default().to_owned()),
        Kind::Array => Value::Array(node.elements().map(to_value).collect()),
        Kind::Object => Value::Object(
            node.members()
                .map(|member| (member.name().to_owned(), to_value(member.value())))
                .collect(),
        ),
    }
}

/// A number as written.
#[derive(Clone, Copy, Debug)]
pub struct Digits<'a>(&'a str);

impl Digits<'_> {
    fn number(self) -> Number {
        serde_json::from_str(self.0).unwrap_or_else(|_| Number::from(0))
    }

    fn whole(self) -> bool {
        self.0.bytes().all(|b| b.is_ascii_digit() || b == b'-') && self.0 != "-0"
    }
}

impl JsonNumber for Digits<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.whole().then(|| self.0.parse().ok()).flatten()
    }

    fn as_i64(&self) -> Option<i64> {
        self.whole().then(|| self.0.parse().ok()).flatten()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, Number> {
        Cow::Owned(self.number())
    }

    fn is_integer(&self) -> bool {
        self.whole() || jsonschema_value::types::number_is_integer(&self.number())
    }
}

impl<'a> Object<'a, OnTape> for Node<'a> {
    type Node = Seen<'a>;
    type MemberName = &'a str;
    type MembersIter = Pairs<'a>;

    fn len(&self) -> usize {
        Node::len(*self)
    }

    fn get(&self, key: &Box<str>) -> Option<Seen<'a>> {
        Node::get(*self, key).map(Seen::Node)
    }

    fn members(&self) -> Pairs<'a> {
        Pairs(Node::members(*self))
    }
}

/// The members of an object as the schema crate wants them.
#[derive(Debug)]
pub struct Pairs<'a>(Members<'a>);

impl<'a> Iterator for Pairs<'a> {
    type Item = (&'a str, Seen<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let member = self.0.next()?;
        Some((member.name(), Seen::Node(member.value())))
    }
}

impl<'a> Array<'a, OnTape> for Node<'a> {
    type Node = Seen<'a>;
    type ElementsIter = std::iter::Map<Elements<'a>, fn(Node<'a>) -> Seen<'a>>;

    fn len(&self) -> usize {
        Node::len(*self)
    }

    fn elements(&self) -> Self::ElementsIter {
        Node::elements(*self).map(Seen::Node)
    }
}
