//! Edits of a JSON document or of NDJSON: the header's and every entry's values against the schema.

use super::source::Source;
use super::value::{self, Outcome};
use super::{Edit, Plan, Refusal, What};
use crate::read::table::numbers::{self, Kind as NumberKind, NumberRead};
use crate::read::table::row::is_identifier;
use crate::region::{self, Named};
use crate::schema::{Shape, Type};
use crate::tape::{Doc, Kind, Node, Span};

/// Lists the edits of a file.
pub(super) fn edits(source: &Source, shape: &Shape, plan: &mut Plan) -> Result<(), Refusal> {
    if let Some(header) = &source.opened.header {
        let doc = Doc::new(&header.tape, &header.text);
        let mut walk = Walk {
            shape,
            plan,
            offset: 0,
            entry: 0,
            before: String::new(),
        };
        if let Some(root) = doc.root() {
            walk.object(root, "kepala.");
            walk.region_name(root);
        }
    }
    source.each(|seen| {
        let mut walk = Walk {
            shape,
            plan,
            offset: seen.offset,
            entry: seen.number,
            before: source
                .opened
                .format
                .pointer(seen.number)
                .unwrap_or_default(),
        };
        if let Some(root) = seen.doc.root() {
            walk.object(root, "");
        }
    })
}

struct Walk<'a> {
    shape: &'a Shape,
    plan: &'a mut Plan,
    /// Where the text of the spans begins in the file's.
    offset: usize,
    entry: u32,
    /// What stands before a pointer.
    before: String,
}

impl Walk<'_> {
    fn object(&mut self, node: Node<'_>, prefix: &str) {
        for member in node.members() {
            // Of a name given twice it is not known which value is meant.
            if !member.repeated() {
                self.value(member.value(), &format!("{prefix}{}", member.name()));
            }
        }
    }

    fn value(&mut self, node: Node<'_>, path: &str) {
        let Some(field) = self.shape.field(path) else {
            return;
        };
        let name = path.rsplit(['.', ']']).next().unwrap_or(path);
        let type_ = &field.type_;
        match node.kind() {
            Kind::Object => self.object(node, &format!("{path}.")),
            Kind::Array => {
                let path = format!("{path}[]");
                for item in node.elements() {
                    self.value(item, &path);
                }
            }
            Kind::String => {
                let was = node.as_str().unwrap_or_default();
                let outcome = match type_ {
                    Type::Text if is_identifier(name) => value::id(was, name),
                    Type::Text => {
                        let now = value::spaces(was, name == "nama_koperasi");
                        Outcome::text(was, now, What::Spaces)
                    }
                    Type::Date => value::date(was),
                    Type::Integer => value::number(was, true),
                    Type::Number => value::number(was, false),
                    Type::Bool => value::boolean(was),
                    Type::Code(codes) => value::code(was, codes),
                    Type::Nested => Outcome::Keep,
                };
                let quoted = matches!(type_, Type::Text | Type::Date | Type::Code(_));
                self.outcome(node, outcome, quoted);
            }
            Kind::Number => {
                let was = node.as_number().unwrap_or_default();
                let outcome = number(was, name, type_);
                self.outcome(node, outcome, *type_ == Type::Text);
            }
            Kind::Null | Kind::Bool(_) => {}
        }
    }

    fn outcome(&mut self, node: Node<'_>, outcome: Outcome, quoted: bool) {
        match outcome {
            Outcome::Keep => {}
            Outcome::Leave(left) => self.plan.leave(left),
            Outcome::Now(now, what) if !now.is_empty() && self.plan.may(what) => {
                self.edit(node, now, what, quoted);
            }
            Outcome::Now(..) => {}
        }
    }

    fn edit(&mut self, node: Node<'_>, now: String, what: What, quoted: bool) {
        let place = node.place().range();
        let raw = if quoted {
            serde_json::Value::from(now.as_str()).to_string()
        } else {
            now.clone()
        };
        self.plan.edits.push(Edit {
            span: Span::new(place.start + self.offset, place.end + self.offset),
            raw,
            was: node.shown().to_owned(),
            now,
            type_: Type::Text,
            field: format!("{}{}", self.before, node.doc().pointer(node.at())),
            entry: self.entry,
            what,
        });
    }

    /// The header's name of another region than its code's: likely the name is wrong.
    fn region_name(&mut self, root: Node<'_>) {
        let sound = |name: &str| {
            let mut members = root.members();
            let member = members.find(|member| member.name() == name && !member.repeated());
            member.map(|member| member.value())
        };
        let (Some(code), Some(name)) = (sound("kode_wilayah"), sound("nama_wilayah")) else {
            return;
        };
        let said = |node: Node<'_>| {
            let mut edits = self.plan.edits.iter();
            let edited = edits.find(|edit| edit.span == node.place());
            let edited = edited.map(|edit| edit.now.clone());
            edited.or_else(|| node.as_str().map(str::to_owned))
        };
        let region = said(code).and_then(|code| region::find(&code));
        let (Some(region), Some(own)) = (region, said(name)) else {
            return;
        };
        if region.named(&own) != Named::Same && self.plan.may(What::RegionName) {
            let span = name.place();
            // Another edit of the same value.
            self.plan.edits.retain(|edit| edit.span != span);
            self.edit(name, region.name.to_owned(), What::RegionName, true);
        }
    }
}

/// A number where the schema wants something else: the same digits in quotes, unless they are an
/// identifier's, of which a number may have lost some.
fn number(was: &str, name: &str, type_: &Type) -> Outcome {
    let plain = numbers::read(was, NumberKind::Decimal, None) == NumberRead::Plain;
    let quotes = || Outcome::Now(was.to_owned(), What::Quotes);
    match type_ {
        Type::Text if name == "kode_wilayah" && region::find(was).is_some() => quotes(),
        Type::Text if plain && !is_identifier(name) => quotes(),
        Type::Bool if was == "1" => Outcome::Now("true".to_owned(), What::OneZero),
        Type::Bool if was == "0" => Outcome::Now("false".to_owned(), What::OneZero),
        _ => Outcome::Keep,
    }
}
