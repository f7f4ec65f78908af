//! What a report hides: always what is personal, and on request what tells whose entry it is.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::definition::hex;
use crate::finding::{Finding, Mistake};
use crate::place::Place;
use crate::schema::{Shape, Type};
use crate::tape::{Doc, Kind};
use crate::{date, personal, words};

/// What a report hides.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mask {
    /// What the X rules find: NIK, telephone numbers, e-mail addresses
    #[default]
    Personal,
    /// Names, addresses and numbers of entries too; keys become digests
    Strict,
}

/// A mask at work: the shape says which names are the standard's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Veil<'a> {
    pub mask: Mask,
    pub shape: &'a Shape,
}

/// Fields that say whose entry it is, however short they are.
const IDENTITY: [&str; 5] = [
    "nomor_badan_hukum",
    "nik_koperasi",
    "nama_koperasi",
    "alamat",
    "desa_kelurahan",
];

/// The same text, but for case and punctuation, gives the same digest; another gives another.
pub(crate) fn digest(text: &str) -> String {
    let letters = words::letters(text);
    let own = if letters.is_empty() { text } else { &letters };
    format!("~{}", &hex(&Sha256::digest(own.as_bytes()))[..12])
}

impl Veil<'_> {
    pub(crate) fn strict(self) -> bool {
        self.mask == Mask::Strict
    }

    /// A value that tells whose entry it is.
    pub(crate) fn value(self, text: &str) -> Cow<'_, str> {
        match self.strict() {
            true => digest(text).into(),
            false => personal::masked(text).into_owned().into(),
        }
    }

    /// A key; `#n` and a digest tell nothing.
    pub(crate) fn key(self, key: &str) -> Arc<str> {
        match self.strict() && !key.starts_with(['#', '~']) && !key.is_empty() {
            true => digest(key).into(),
            false => key.into(),
        }
    }

    /// A name, which may be none.
    pub(crate) fn name(self, name: &str) -> Arc<str> {
        match name.is_empty() {
            true => name.into(),
            false => (&*self.value(name)).into(),
        }
    }

    /// What findings have in common. The policy has seen it as it was.
    pub(crate) fn mistake(self, mistake: &mut Mistake) {
        if self.strict() {
            mistake.field = self.path(&mistake.field, &['.', '[', ']']);
            if !mistake.subject.is_empty() && !self.shape.names(&mistake.subject) {
                mistake.subject = digest(&mistake.subject);
            }
        }
    }

    /// All texts of a finding. The policy has seen them as they were.
    pub(crate) fn finding(self, finding: &mut Finding) {
        finding.key = finding.key.as_deref().map(|key| self.key(key));
        finding.name = finding.name.as_deref().map(|name| self.name(name));
        let texts = [&mut finding.help, &mut finding.expected, &mut finding.found];
        let labels = finding.related.iter_mut().map(|related| &mut related.label);
        let texts = texts.into_iter().flatten().chain(labels);
        for text in texts.chain([&mut finding.message]) {
            if let Cow::Owned(hidden) = personal::masked(text) {
                *text = hidden;
            }
        }
        if let Some(found) = &mut finding.found
            && self.strict()
            && !self.is_plain(&finding.mistake.field, found)
        {
            *found = digest(found);
        }
        self.mistake(&mut finding.mistake);
        if let Some(cause) = &mut finding.cause {
            self.mistake(cause);
        }
        let related = finding.related.iter_mut();
        let places = related.map(|related| &mut related.place);
        places
            .chain([&mut finding.place])
            .for_each(|place| self.place(place));
    }

    fn place(self, place: &mut Place) {
        if let Some(pointer) = &mut place.pointer {
            *pointer = self.path(pointer, &['/']);
        }
        if self.strict() {
            place.heading = None;
        }
    }

    /// A path; names that are not the standard's are values as others are.
    pub(crate) fn path(self, path: &str, between: &[char]) -> String {
        let known = |name: &str| {
            let index = name.len() < 10 && name.bytes().all(|byte| byte.is_ascii_digit());
            index || matches!(name, "kepala" | "koperasi") || self.shape.names(name)
        };
        let parts = path.split_inclusive(between).map(|part| {
            let name = part.trim_end_matches(between);
            match known(name) {
                true => part.to_owned(),
                false => self.value(name).into_owned() + &part[name.len()..],
            }
        });
        parts.collect()
    }

    /// A date, a number that is no identifier, or a code.
    fn is_plain(self, field: &str, value: &str) -> bool {
        let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-');
        match self.shape.field(field).map(|field| &field.type_) {
            None | Some(Type::Text | Type::Nested) => false,
            Some(Type::Code(codes)) => codes.iter().any(|code| code == value),
            Some(_) => {
                let number = value.len() <= 12 && value.chars().all(digits);
                number || date::parse(value).is_some() || matches!(value, "true" | "false")
            }
        }
    }

    /// What must not be quoted of an entry; none unless it is asked for.
    pub(crate) fn secrets(self, doc: Doc<'_>, source: &str) -> Secrets {
        let mut out = Secrets(Vec::new());
        if !self.strict() {
            return out;
        }
        let root = doc.root().filter(|root| root.kind() == Kind::Object);
        let nodes = doc.root().map_or(0..0, |root| root.at()..root.next());
        for at in nodes {
            let node = doc.node(at);
            if !matches!(node.kind(), Kind::Array | Kind::Object) {
                self.secret(node.shown(), &mut out);
            }
        }
        for piece in source.split([',', ';', '\t', '\n', '"']) {
            self.secret(piece, &mut out);
        }
        for name in IDENTITY {
            let own = root.and_then(|root| root.get(name));
            out.0.extend(own.and_then(|own| start(own.shown())));
        }
        out
    }

    fn secret(self, text: &str, out: &mut Secrets) {
        let Some(start) = start(text).filter(|start| start.chars().count() > 3) else {
            return;
        };
        let number = start.len() < 9 && start.bytes().all(|byte| byte.is_ascii_digit());
        if !number && !self.shape.names(text) && date::parse(text).is_none() {
            out.0.push(start);
        }
    }

    /// The header without members that are not the standard's.
    pub(crate) fn header(self, header: &mut Value) {
        personal::hide(header);
        if let (true, Value::Object(members)) = (self.strict(), header) {
            members.retain(|name, _| self.shape.field(&format!("kepala.{name}")).is_some());
        }
    }
}

/// How texts begin that must not be quoted, in letters and digits.
pub(crate) struct Secrets(Vec<String>);

/// The beginning of a text, by which it is known where it is quoted, whole or cut.
fn start(text: &str) -> Option<String> {
    const KNOWN_BY: usize = 10;
    let near = &text[..text.floor_char_boundary(400)];
    let letters = words::letters(&personal::masked(near));
    let start: String = letters.chars().take(KNOWN_BY).collect();
    (!start.is_empty()).then_some(start)
}

impl Secrets {
    /// Adds what is pointed at.
    pub(crate) fn add(&mut self, text: &str) {
        self.0.extend(start(text));
    }

    /// Whether a text quotes one of them.
    pub(crate) fn in_text(&self, text: &str) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let letters = words::letters(&personal::masked(text));
        self.0.iter().any(|start| letters.contains(start.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schemas;

    #[test]
    fn a_path_keeps_the_names_of_the_standard() {
        let schemas = Schemas::compile().unwrap();
        let veil = Veil {
            mask: Mask::Strict,
            shape: &schemas.shape,
        };
        assert_eq!(
            veil.path("rat[].tanggal", &['.', '[', ']']),
            "rat[].tanggal"
        );
        assert_eq!(
            veil.path("/koperasi/12/rat/0", &['/']),
            "/koperasi/12/rat/0"
        );
        let path = veil.path("kepala.Budi Santoso", &['.', '[', ']']);
        assert_eq!(path, format!("kepala.{}", digest("budi santoso")));
        assert_eq!(veil.path("", &['/']), "");
    }

    #[test]
    fn a_digest_is_the_same_for_the_same_number() {
        assert_eq!(digest("518/BH/2001"), digest("518 bh 2001"));
        assert_ne!(digest("518/BH/2001"), digest("519/BH/2001"));
        assert_eq!(digest("-").len(), 13);
    }
}
