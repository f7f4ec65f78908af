//! `[Content_Types].xml`: what new parts are.

use quick_xml::escape::escape;
use quick_xml::events::Event;

use super::Error;
use super::parts::Parts;
use super::rels::append;
use super::xml::{Tags, attribute, local};

pub(super) const PATH: &str = "[Content_Types].xml";
pub(super) const SHEET: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
pub(super) const STYLES: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
pub(super) const NOTES: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const VML: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// The list of types and what is added to it.
pub(super) struct Types {
    text: String,
    fresh: Vec<(String, &'static str)>,
    vml: bool,
}

impl Types {
    pub(super) fn read(parts: &mut Parts) -> Result<Self, Error> {
        let text = parts.text(PATH)?.ok_or(Error::NoWorkbook)?;
        Ok(Self {
            text,
            fresh: Vec::new(),
            vml: false,
        })
    }

    /// A new part.
    pub(super) fn add(&mut self, path: &str, kind: &'static str) {
        self.fresh.push((path.to_owned(), kind));
    }

    /// There are drawings of comments.
    pub(super) fn add_vml(&mut self) {
        self.vml = true;
    }

    /// The list with all additions.
    pub(super) fn xml(&self) -> Result<String, Error> {
        let mut has_vml = false;
        let mut tags = Tags::new(&self.text, PATH);
        while let Some((event, _)) = tags.next()? {
            if let Event::Start(tag) | Event::Empty(tag) = event {
                let ending = attribute(&tag, "Extension").unwrap_or_default();
                has_vml |= local(tag.name()) == "Default" && ending.eq_ignore_ascii_case("vml");
            }
        }
        append(&self.text, PATH, "Types", |prefix| {
            let mut out = String::new();
            if self.vml && !has_vml {
                out += &format!(r#"<{prefix}Default Extension="vml" ContentType="{VML}"/>"#);
            }
            for (path, kind) in &self.fresh {
                let path = escape(path.as_str());
                out += &format!(r#"<{prefix}Override PartName="/{path}" ContentType="{kind}"/>"#);
            }
            out
        })
    }
}
