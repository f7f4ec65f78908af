//! Where two statements differ, leaf by leaf.

use serde::Serialize;
use serde_json::Value;

use super::clipped;
use crate::lang::Lang;
use crate::say;

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A signature.
    Signature,
    /// A file: changed, missing, one too many.
    File,
    /// The definition, a parameter of it.
    Definition,
    /// The schema of submissions.
    Schema,
    /// The tool or its settings.
    Settings,
    /// A number, or what dates and places a submission.
    Count,
}

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// What it is about.
    pub kind: Kind,
    /// A file's name, a key's, or the place in the statement.
    pub place: String,
    /// What the certificate says.
    pub expected: Option<Value>,
    /// What was found.
    pub found: Option<Value>,
    /// The same in words.
    pub message: String,
}

/// The differences of what is stated from what was found.
pub(super) fn differences(lang: Lang, stated: &Value, found: &Value) -> Vec<Difference> {
    let mut out = Vec::new();
    let mut walk = Walk {
        lang,
        out: &mut out,
    };
    walk.both("", Some(stated), Some(found));
    out
}

struct Walk<'a> {
    lang: Lang,
    out: &'a mut Vec<Difference>,
}

impl Walk<'_> {
    fn both(&mut self, at: &str, stated: Option<&Value>, found: Option<&Value>) {
        match (stated, found) {
            (Some(Value::Object(a)), Some(Value::Object(b))) => {
                let more = b.keys().filter(|name| !a.contains_key(*name));
                for name in a.keys().chain(more) {
                    let below = match at {
                        "" => name.clone(),
                        at => format!("{at}.{name}"),
                    };
                    self.both(&below, a.get(name), b.get(name));
                }
            }
            (Some(Value::Array(a)), Some(Value::Array(b))) => {
                let mut rest: Vec<Option<&Value>> = b.iter().map(Some).collect();
                for (index, one) in a.iter().enumerate() {
                    let other = match name(one) {
                        None => rest.get_mut(index).and_then(Option::take),
                        own => {
                            let mut same = rest.iter_mut().filter(|other| other.is_some());
                            let same = same.find(|other| other.and_then(name) == own);
                            same.and_then(Option::take)
                        }
                    };
                    self.both(&element(at, one, index), Some(one), other);
                }
                for (index, other) in rest.into_iter().enumerate() {
                    if let Some(other) = other {
                        self.both(&element(at, other, index), None, Some(other));
                    }
                }
            }
            (stated, found) if stated == found => {}
            (stated, found) => self.differ(at, stated, found),
        }
    }

    fn differ(&mut self, at: &str, stated: Option<&Value>, found: Option<&Value>) {
        let place = at.strip_prefix("predicate.").unwrap_or(at);
        let kind = match place.split(['.', '[']).next() {
            Some("definition") => Kind::Definition,
            Some("schema") => Kind::Schema,
            Some("tool" | "settings") => Kind::Settings,
            _ => Kind::Count,
        };
        let none = self.lang.pick("tidak ada", "nothing");
        let text = |value: Option<&Value>| value.map_or_else(|| none.to_owned(), shown);
        let (expected, now) = (text(stated), text(found));
        let place = clipped(place, 300);
        let message = say!(self.lang,
            id: "{place}: menurut sertifikat {expected}, ternyata {now}",
            en: "{place}: the certificate says {expected}, found {now}",
        );
        self.out.push(Difference {
            kind,
            place,
            expected: stated.cloned(),
            found: found.cloned(),
            message,
        });
    }
}

/// Elements that have a name are compared by it.
fn name(value: &Value) -> Option<&str> {
    value.get("name")?.as_str()
}

fn element(at: &str, value: &Value, index: usize) -> String {
    match name(value) {
        Some(name) => format!("{at}[{name}]"),
        None => format!("{at}[{index}]"),
    }
}

fn shown(value: &Value) -> String {
    clipped(&value.to_string(), 120)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_leaf_is_named_where_it_stands() {
        let stated =
            json!({"a": 1, "b": [{"name": "x", "n": 1}, {"name": "y", "n": 2}], "c": [1, 2]});
        let found =
            json!({"a": 1, "b": [{"name": "y", "n": 3}, {"name": "z"}], "c": [1], "d": null});
        let found = differences(Lang::En, &stated, &found);
        let places: Vec<&str> = found.iter().map(|one| &*one.place).collect();
        assert_eq!(places, ["b[x]", "b[y].n", "b[z]", "c[1]", "d"]);
        let said = "b[y].n: the certificate says 2, found 3";
        assert_eq!(found[1].message, said);
        assert_eq!(differences(Lang::Id, &stated, &stated), []);
    }
}
