//! Relationships of a part: which other parts it names.

use quick_xml::events::Event;

use super::Error;
use super::parts::Parts;
use super::xml::{Splice, Tags, attribute, local, prefix};
use quick_xml::escape::escape;

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// One relationship.
#[derive(Clone, Debug)]
pub(super) struct Rel {
    pub(super) id: String,
    /// The last word of its type: `worksheet`, `comments`.
    pub(super) kind: String,
    /// The part's path from the package's root.
    pub(super) target: String,
}

/// The relationships of one part.
pub(super) struct Rels {
    /// Path of the file that holds them.
    pub(super) path: String,
    base: &'static str,
    of: String,
    text: String,
    pub(super) all: Vec<Rel>,
    fresh: Vec<Rel>,
}

impl Rels {
    /// Reads those of a part (of the package, if its path is empty).
    pub(super) fn read(parts: &mut Parts, of: &str) -> Result<Self, Error> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let path = format!("{folder}/_rels/{name}.rels");
        let path = path.trim_start_matches('/').to_owned();
        let text = parts.text(&path)?;
        let text = text.unwrap_or_else(|| format!(r#"<Relationships xmlns="{PACKAGE}"/>"#));
        let mut all = Vec::new();
        let mut tags = Tags::new(&text, &path);
        while let Some((event, _)) = tags.next()? {
            let (Event::Start(tag) | Event::Empty(tag)) = event else {
                continue;
            };
            let outside = attribute(&tag, "TargetMode").is_some_and(|mode| mode == "External");
            if local(tag.name()) != "Relationship" || outside {
                continue;
            }
            let get = |name| attribute(&tag, name).unwrap_or_default().into_owned();
            all.push(Rel {
                id: get("Id"),
                kind: get("Type")
                    .rsplit('/')
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
                target: resolved(folder, &get("Target")),
            });
        }
        Ok(Self {
            path,
            base: if text.contains(STRICT) {
                STRICT
            } else {
                TRANSITIONAL
            },
            of: of.to_owned(),
            text,
            all,
            fresh: Vec::new(),
        })
    }

    pub(super) fn of_kind(&self, kind: &str) -> Option<&Rel> {
        self.all.iter().find(|rel| rel.kind == kind)
    }

    pub(super) fn by_id(&self, id: &str) -> Option<&Rel> {
        self.all.iter().find(|rel| rel.id == id)
    }

    /// Adds one; gives its id.
    pub(super) fn add(&mut self, kind: &str, target: &str) -> String {
        let taken = |id: &str| self.text.contains(&format!("\"{id}\"")) || self.by_id(id).is_some();
        let id = (1..)
            .map(|number: u32| format!("rIdK{number}"))
            .find(|id| !taken(id))
            .unwrap_or_default();
        let rel = Rel {
            id: id.clone(),
            kind: kind.to_owned(),
            target: target.to_owned(),
        };
        self.all.push(rel.clone());
        self.fresh.push(rel);
        id
    }

    /// The namespace in which sheets speak of relationships.
    pub(super) fn base(&self) -> &'static str {
        self.base
    }

    /// The package keeps to the strict form of the format.
    pub(super) fn strict(&self) -> bool {
        self.base == STRICT
    }

    /// The file with what was added, if anything was.
    pub(super) fn changed(&self) -> Result<Option<String>, Error> {
        if self.fresh.is_empty() {
            return Ok(None);
        }
        append(&self.text, &self.path, "Relationships", |prefix| {
            let one = |rel: &Rel| {
                format!(
                    r#"<{prefix}Relationship Id="{}" Type="{}/{}" Target="{}"/>"#,
                    rel.id,
                    self.base,
                    rel.kind,
                    escape(relative(&self.of, &rel.target)),
                )
            };
            self.fresh.iter().map(one).collect()
        })
        .map(Some)
    }
}

/// The text with something added at the end of its root.
pub(super) fn append(
    text: &str,
    part: &str,
    root: &str,
    inner: impl Fn(&str) -> String,
) -> Result<String, Error> {
    let mut tags = Tags::new(text, part);
    let mut splice = Splice::new(text);
    while let Some((event, range)) = tags.next()? {
        match event {
            Event::Empty(tag) if local(tag.name()) == root => {
                let open = super::xml::opened(&tag, false);
                let inner = inner(&prefix(tag.name()));
                splice.replace(range, format!("{open}{inner}</{}>", tag.name().0));
                return Ok(splice.done());
            }
            Event::End(tag) if local(tag.name()) == root => {
                splice.insert(range.start, inner(&prefix(tag.name())));
                return Ok(splice.done());
            }
            _ => {}
        }
    }
    Err(super::xml::malformed(part, &root))
}

/// A target's path from the root of the package.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let from: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').collect(),
    };
    let mut out = from;
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                out.pop();
            }
            step => out.push(step),
        }
    }
    out.retain(|step| !step.is_empty());
    out.join("/")
}

/// A path as another part's relationships name it.
fn relative(of: &str, target: &str) -> String {
    let folder = of.rsplit_once('/').map_or("", |(folder, _)| folder);
    let from: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    let to: Vec<&str> = target.split('/').collect();
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut out = vec![".."; from.len() - same];
    out.extend(&to[same..]);
    out.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_lead_there_and_back() {
        assert_eq!(
            resolved("xl/worksheets", "../comments1.xml"),
            "xl/comments1.xml"
        );
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("", "xl\\workbook.xml"), "xl/workbook.xml");
        assert_eq!(resolved("xl", "../../../x"), "x");
        assert_eq!(
            relative("xl/worksheets/sheet1.xml", "xl/comments1.xml"),
            "../comments1.xml"
        );
        assert_eq!(
            relative("xl/workbook.xml", "xl/worksheets/a.xml"),
            "worksheets/a.xml"
        );
    }

    #[test]
    fn something_is_added_at_the_end_of_any_root() {
        let add = |prefix: &str| format!("<{prefix}b/>");
        assert_eq!(
            append("<x:a/>", "p", "a", add).unwrap(),
            "<x:a><x:b/></x:a>"
        );
        assert_eq!(
            append("<a><c/></a>", "p", "a", add).unwrap(),
            "<a><c/><b/></a>"
        );
        assert!(append("<c/>", "p", "a", add).is_err());
    }
}
