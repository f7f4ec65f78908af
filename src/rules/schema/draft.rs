//! From the schema crate's errors to findings.

use std::collections::{HashMap, HashSet};
use std::mem::{Discriminant, discriminant};

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Error};
use jsonschema::paths::LocationSegment;
use serde_json::Value;

use crate::finding::{Draft, Where, field_of};
use crate::lang::Lang;
use crate::schema::Shape;
use crate::tape::{At, Doc, Kind, Node};
use crate::words::shown;
use crate::{say, words};

mod says;

/// Unknown members of one object that are named one by one.
const NAMED: usize = 50;

/// Errors of one kind in one tree that get a place of their own; further ones are counted at the
/// last of these.
const PLACED: usize = 200;

/// What the schema finds in a tree, and the nodes that it refuses (ascending). `prefix` is `kepala.`
/// for a header, else empty. An unknown member refuses nothing: it changes no count.
pub fn all<'e>(
    errors: impl Iterator<Item = ValidationError<'e>>,
    doc: Doc<'_>,
    prefix: &str,
    shape: &Shape,
    lang: Lang,
) -> (Vec<Draft>, Vec<At>) {
    let errors: Vec<_> = errors.collect();
    let is_type = |error: &&ValidationError<'_>| matches!(error.kind(), Error::Type { .. });
    // A value of the wrong type is none of the codes either; that is said once.
    let typed = errors
        .iter()
        .filter(is_type)
        .map(|error| error.instance_path().as_str());
    let typed: HashSet<&str> = typed.collect();
    let mut out = Out {
        doc,
        prefix,
        shape,
        lang,
        last: None,
        drafts: Vec::new(),
        refused: Vec::new(),
        placed: HashMap::new(),
    };
    for error in &errors {
        let is_code = matches!(error.kind(), Error::Enum { .. } | Error::Constant { .. });
        if !(is_code && typed.contains(error.instance_path().as_str())) {
            out.error(error);
        }
    }
    out.refused.sort_unstable();
    (out.drafts, out.refused)
}

struct Out<'a> {
    doc: Doc<'a>,
    prefix: &'a str,
    shape: &'a Shape,
    lang: Lang,
    /// The array, index and node that were looked up last: errors come in order.
    last: Option<(At, usize, At)>,
    drafts: Vec<Draft>,
    refused: Vec<At>,
    /// Of each kind of error: how many there were, and the last draft.
    placed: HashMap<Discriminant<Error>, (usize, usize)>,
}

impl<'a> Out<'a> {
    fn error(&mut self, error: &ValidationError<'_>) {
        let Some(node) = self.node(error) else { return };
        let mut times = 1;
        match error.kind() {
            Error::AdditionalProperties { unexpected }
            | Error::UnevaluatedProperties { unexpected } => times = unexpected.len(),
            _ => self.refused.push(node.at()),
        }
        let (count, last) = self
            .placed
            .get(&discriminant(error.kind()))
            .copied()
            .unwrap_or_default();
        if count >= PLACED {
            self.drafts[last].times += u32::try_from(times).unwrap_or(u32::MAX);
            return;
        }
        let before = self.drafts.len();
        self.said(error, node);
        let after = self.drafts.len();
        if after > before {
            let placed = (count + after - before, after - 1);
            self.placed.insert(discriminant(error.kind()), placed);
        }
    }

    fn said(&mut self, error: &ValidationError<'_>, node: Node<'a>) {
        let lang = self.lang;
        match error.kind() {
            Error::Required { property } => self.missing(node, property),
            Error::Type { kind } => self.wrong_type(node, kind),
            Error::Enum { options } => self.not_allowed(node, options),
            Error::Constant { expected_value } => self.not_allowed(node, expected_value),
            Error::Pattern { .. } => self.pattern(node),
            Error::Format { format } if format == "date" => self.not_a_date(node),
            Error::Format { format } => self.format(node, format),
            Error::Minimum { limit } | Error::ExclusiveMinimum { limit } => {
                let said =
                    say!(lang, id: "paling kecil {limit}", en: "at least {limit} is allowed");
                self.bound(node, &said, &format!("minimum/{limit}"));
            }
            Error::Maximum { limit } | Error::ExclusiveMaximum { limit } => {
                let said = say!(lang, id: "paling besar {limit}", en: "at most {limit} is allowed");
                self.bound(node, &said, &format!("maximum/{limit}"));
            }
            Error::MinLength { limit }
            | Error::MinItems { limit }
            | Error::MinProperties { limit } => {
                let said =
                    say!(lang, id: "paling sedikit {limit}", en: "at least {limit} is asked for");
                self.size(node, &said, &format!("min/{limit}"));
            }
            Error::MaxLength { limit }
            | Error::MaxItems { limit }
            | Error::MaxProperties { limit } => {
                let said =
                    say!(lang, id: "paling banyak {limit}", en: "at most {limit} is allowed");
                self.size(node, &said, &format!("max/{limit}"));
            }
            Error::AdditionalItems { limit } => {
                let said =
                    say!(lang, id: "paling banyak {limit}", en: "at most {limit} is allowed");
                self.size(node, &said, &format!("max/{limit}"));
            }
            Error::AdditionalProperties { unexpected }
            | Error::UnevaluatedProperties { unexpected } => self.unknown(node, unexpected),
            Error::UniqueItems => {
                let called = self.called(node);
                let message = say!(
                    lang,
                    id: "{called} memuat isi yang sama lebih dari satu kali",
                    en: "{called} holds the same item more than once"
                );
                self.put("S009", Where::Node(node.at()), message)
                    .subject("uniqueItems");
            }
            kind @ (Error::AnyOf { .. }
            | Error::BacktrackLimitExceeded { .. }
            | Error::RegexEngineFailure { .. }
            | Error::Contains
            | Error::ContentEncoding { .. }
            | Error::ContentMediaType { .. }
            | Error::Custom { .. }
            | Error::FalseSchema
            | Error::FromUtf8 { .. }
            | Error::MultipleOf { .. }
            | Error::Not { .. }
            | Error::OneOfMultipleValid { .. }
            | Error::OneOfNotValid { .. }
            | Error::PropertyNames { .. }
            | Error::UnevaluatedItems { .. }
            | Error::Referencing(_)) => {
                let (called, keyword) = (self.called(node), words::shown(kind.keyword(), 40));
                let message = say!(
                    lang,
                    id: "{called} tidak sesuai skema ({keyword})",
                    en: "{called} does not fit the schema ({keyword})"
                );
                self.put("S009", Where::Node(node.at()), message)
                    .subject(keyword);
            }
        }
    }

    /// The node that an error is about.
    fn node(&mut self, error: &ValidationError<'_>) -> Option<Node<'a>> {
        let mut node = self.doc.root()?;
        for segment in error.instance_path().segments() {
            node = match segment {
                LocationSegment::Property(name) => node.get(&name)?,
                LocationSegment::Index(index) => self.item(node, index)?,
            };
        }
        Some(node)
    }

    fn item(&mut self, array: Node<'a>, index: usize) -> Option<Node<'a>> {
        let (mut at, mut count) = (array.at() + 1, 0);
        if let Some((of, known, item)) = self.last
            && of == array.at()
            && known <= index
        {
            (at, count) = (item, known);
        }
        while count < index && at < array.next() {
            at = self.doc.node(at).next();
            count += 1;
        }
        self.last = Some((array.at(), index, at));
        (at < array.next()).then(|| self.doc.node(at))
    }

    fn put(&mut self, code: &'static str, at: Where, message: String) -> &mut Draft {
        let rules = super::RULES;
        let rule = rules
            .iter()
            .find(|rule| rule.code == code)
            .unwrap_or(&rules[0]);
        let index = self.drafts.len();
        self.drafts.push(Draft {
            rule,
            level: rule.level,
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

    /// The path of a place as the shape knows it.
    fn path(&self, at: &Where) -> String {
        format!("{}{}", self.prefix, field_of(self.doc, at))
    }

    fn called(&self, node: Node<'_>) -> String {
        self.name(&Where::Node(node.at()))
    }

    /// What a field is called: its title and name in Indonesian, its name in English.
    fn name(&self, at: &Where) -> String {
        let path = self.path(at);
        let name = path.strip_prefix(self.prefix).unwrap_or(&path);
        let title = self
            .shape
            .field(&path)
            .map_or("", |field| field.title.as_str());
        match (self.lang, name.is_empty()) {
            (Lang::Id, true) => "Isi ini".to_owned(),
            (Lang::En, true) => "This value".to_owned(),
            (Lang::Id, false) if !title.is_empty() => format!("\"{title}\" ({name})"),
            _ => format!("`{name}`"),
        }
    }

    /// A value as a message shows it. Names of cooperatives stay out, so that like mistakes group.
    fn value(&self, node: Node<'_>) -> String {
        if self.path(&Where::Node(node.at())) == "nama_koperasi" || node.kind() == Kind::Object {
            return "…".to_owned();
        }
        let given = shown(node.shown(), 40);
        if node.kind() == Kind::String {
            format!("\"{given}\"")
        } else {
            given
        }
    }

    fn missing(&mut self, node: Node<'_>, property: &Value) {
        let member = property.as_str().unwrap_or_default();
        let at = Where::Missing(node.at(), member.to_owned());
        let name = self.name(&at);
        let message = say!(self.lang, id: "{name} tidak diisi", en: "{name} is missing");
        self.put("S001", at, message).subject(member);
    }

    fn wrong_type(&mut self, node: Node<'_>, kind: &TypeKind) {
        let mut wanted: Vec<&str> = match kind {
            TypeKind::Single(one) => vec![one.as_str()],
            TypeKind::Multiple(all) => all.iter().map(jsonschema::JsonType::as_str).collect(),
        };
        wanted.sort_by_key(|name| *name == "null");
        let (lang, given) = (self.lang, json_type(node));
        let words = |all: &[&str]| {
            let all: Vec<&str> = all.iter().map(|one| type_name(one, lang)).collect();
            all.join(if lang == Lang::Id { " atau " } else { " or " })
        };
        let (name, want, got) = (self.called(node), words(&wanted), words(&[given]));
        let got = match given {
            "string" => format!("{got} {}", self.value(node)),
            "number" | "boolean" => self.value(node),
            _ => got,
        };
        let message = say!(
            lang,
            id: "{name} berisi {got}, seharusnya {want}",
            en: "{name} is {got}, not {want}"
        );
        let text = node.as_str().unwrap_or_default().trim();
        let has = |name: &str| wanted.contains(&name);
        let bare = shown(text, 40);
        let help = if given == "number" && has("string") {
            let digits = shown(node.shown(), 40);
            Some(say!(
                lang,
                id: "Tulis dalam tanda kutip: \"{digits}\"",
                en: "Put it in quotes: \"{digits}\""
            ))
        } else if ((has("integer") || has("number")) && text.parse::<i64>().is_ok())
            || (has("boolean") && matches!(text, "true" | "false"))
        {
            Some(
                say!(lang, id: "Tulis tanpa tanda kutip: {bare}", en: "Write it without quotes: {bare}"),
            )
        } else {
            None
        };
        let subject = format!("{given}/{}", wanted.join("|"));
        let draft = self.put("S002", Where::Node(node.at()), message);
        draft.subject(subject).expected(want).help = help;
    }

    fn not_allowed(&mut self, node: Node<'_>, options: &Value) {
        let options = options
            .as_array()
            .map_or(std::slice::from_ref(options), Vec::as_slice);
        let codes: Vec<&str> = options.iter().filter_map(Value::as_str).collect();
        let (name, value) = (self.called(node), self.value(node));
        let near = node
            .as_str()
            .and_then(|text| words::nearest(text, codes.iter().copied()));
        let message = say!(
            self.lang,
            id: "{name} berisi {value}, yang bukan salah satu pilihannya",
            en: "{name} is {value}, which is none of its codes"
        );
        let help = if let Some(near) = near {
            say!(self.lang, id: "Maksud Anda `{near}`?", en: "Did you mean `{near}`?")
        } else {
            let codes = codes.join(", ");
            say!(self.lang, id: "Pilihannya: {codes}", en: "Its codes: {codes}")
        };
        let subject = shown(node.shown(), 60);
        self.put("S003", Where::Node(node.at()), message)
            .subject(subject)
            .expected(codes.join(" | "))
            .help(help);
    }

    fn unknown(&mut self, node: Node<'_>, unexpected: &[String]) {
        let path = self.path(&Where::Node(node.at()));
        let inner = if path == self.prefix {
            path
        } else {
            format!("{path}.")
        };
        let names: HashSet<&str> = unexpected.iter().map(String::as_str).collect();
        let list = (self.prefix == "kepala." && inner == self.prefix).then_some("koperasi");
        let known: HashSet<&str> = self.shape.members(&inner).chain(list).collect();
        // Where something in a header is wrong, the schema crate takes its known members for
        // unknown ones too.
        let strange = node
            .members()
            .filter(|member| names.contains(member.name()) && !known.contains(member.name()));
        let strange: Vec<_> = strange.collect();
        for member in strange.iter().take(NAMED) {
            let given = shown(member.name(), 60);
            let message = say!(
                self.lang,
                id: "Isian `{given}` tidak dikenal",
                en: "The member `{given}` is unknown"
            );
            let mut sorted: Vec<&str> = known.iter().copied().collect();
            sorted.sort_unstable();
            let help = words::nearest(member.name(), sorted).map(
                |near| say!(self.lang, id: "Maksud Anda `{near}`?", en: "Did you mean `{near}`?"),
            );
            let draft = self.put("S006", Where::Key(member.key().at()), message);
            draft.subject(given).help = help;
        }
        let more = strange.len().saturating_sub(NAMED);
        if more > 0 {
            let message = say!(
                self.lang,
                id: "{more} isian lain di sini juga tidak dikenal",
                en: "{more} more members here are unknown"
            );
            self.put("S006", Where::Node(node.at()), message)
                .subject("…");
        }
    }
}

fn json_type(node: Node<'_>) -> &'static str {
    match node.kind() {
        Kind::Null => "null",
        Kind::Bool(_) => "boolean",
        Kind::Number => "number",
        Kind::String => "string",
        Kind::Array => "array",
        Kind::Object => "object",
    }
}

fn type_name(name: &str, lang: Lang) -> &'static str {
    let (id, en) = match name {
        "null" => ("kosong (null)", "null"),
        "boolean" => ("true/false", "true/false"),
        "integer" => ("bilangan bulat", "a whole number"),
        "number" => ("angka", "a number"),
        "string" => ("teks", "text"),
        "array" => ("daftar", "a list"),
        _ => ("objek", "an object"),
    };
    if lang == Lang::Id { id } else { en }
}
