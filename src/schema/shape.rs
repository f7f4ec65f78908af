//! What the schema says of each field, as readers of tables and messages need it. Derived from
//! the schema, so that there is one truth about shape.

use std::collections::BTreeMap;

use serde_json::Value;

/// The type of a field as far as a table's cell can carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Free text.
    Text,
    /// A date.
    Date,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no.
    Bool,
    /// One of these codes.
    Code(Vec<String>),
    /// A list or an object.
    Nested,
}

/// What the schema says of one field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its type.
    pub type_: Type,
    /// Its title in Indonesian.
    pub title: String,
    /// What it means, in Indonesian.
    pub description: String,
    /// Values that it may have.
    pub examples: Vec<Value>,
    /// The least number that it may be.
    pub minimum: Option<i64>,
    /// An entry without it is refused.
    pub required: bool,
}

/// The fields of a submission by their path: `kepala.kode_wilayah`, `nama_koperasi`,
/// `rat[].tanggal`.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    fields: BTreeMap<String, Field>,
    order: Vec<String>,
}

impl Shape {
    /// Derives the shape from the submission's schema.
    #[must_use]
    pub fn of(schema: &Value) -> Self {
        let mut shape = Self::default();
        shape.object(schema, &schema["$defs"]["kepala"], "kepala.");
        shape.object(schema, &schema["$defs"]["entri"], "");
        shape
    }

    /// The field at `path`.
    #[must_use]
    pub fn field(&self, path: &str) -> Option<&Field> {
        self.fields.get(path)
    }

    /// Whether a name is one of the standard's fields or codes.
    #[must_use]
    pub fn names(&self, name: &str) -> bool {
        self.fields.iter().any(|(path, field)| {
            let codes = match &field.type_ {
                Type::Code(codes) => &codes[..],
                _ => &[],
            };
            path.split(['.', '[', ']']).any(|part| part == name)
                || codes.iter().any(|code| code == name)
        })
    }

    /// All fields by their path, in the order of the schema; what holds others before them.
    pub fn in_order(&self) -> impl Iterator<Item = (&str, &Field)> {
        self.order
            .iter()
            .filter_map(|path| Some((path.as_str(), self.fields.get(path)?)))
    }

    /// The codes of the field at `path`, if it has any.
    #[must_use]
    pub fn codes(&self, path: &str) -> &[String] {
        match self.fields.get(path).map(|field| &field.type_) {
            Some(Type::Code(codes)) => codes,
            _ => &[],
        }
    }

    /// The names of the members whose path is `prefix` and one name more.
    pub fn members<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.fields.keys().filter_map(move |path| {
            let name = path.strip_prefix(prefix)?;
            (!name.contains(['.', '['])).then_some(name)
        })
    }

    fn object(&mut self, root: &Value, object: &Value, prefix: &str) {
        let object = resolve(root, object);
        let required: Vec<&str> = object["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for (name, field) in object["properties"].as_object().into_iter().flatten() {
            let required = required.contains(&name.as_str());
            self.field_of(root, field, format!("{prefix}{name}"), required);
        }
    }

    fn field_of(&mut self, root: &Value, field: &Value, path: String, required: bool) {
        self.order.push(path.clone());
        let field = resolve(root, field);
        let text = |name: &str| field[name].as_str().map(str::to_owned);
        let is = |name: &str| {
            field["type"] == name
                || field["type"]
                    .as_array()
                    .is_some_and(|all| all.iter().any(|one| one == name))
        };
        let type_ = if let Some(codes) = field["enum"].as_array() {
            let texts = codes.iter().filter_map(Value::as_str);
            Type::Code(texts.map(str::to_owned).collect())
        } else if is("array") {
            let items = resolve(root, &field["items"]);
            self.field_of(root, items, format!("{path}[]"), false);
            Type::Nested
        } else if is("object") {
            self.object(root, field, &format!("{path}."));
            Type::Nested
        } else if is("boolean") {
            Type::Bool
        } else if is("integer") {
            Type::Integer
        } else if is("number") {
            Type::Number
        } else if field["format"] == "date" {
            Type::Date
        } else {
            Type::Text
        };
        let title = text("title").unwrap_or_else(|| path.clone());
        let description = text("description").unwrap_or_default();
        self.fields.insert(
            path,
            Field {
                type_,
                title,
                description,
                examples: field["examples"].as_array().cloned().unwrap_or_default(),
                minimum: field["minimum"].as_i64(),
                required,
            },
        );
    }
}

/// The schema that a `$ref` within the document names, or the schema itself.
fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    schema["$ref"]
        .as_str()
        .and_then(|reference| reference.strip_prefix('#'))
        .and_then(|pointer| root.pointer(pointer))
        .unwrap_or(schema)
}
