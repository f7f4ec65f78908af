//! Checks the entries of one chunk: schema, judgements, rules. No thread knows of another.

use crate::codes::Jenis;
use crate::criteria::Judged;
use crate::definition::Definition;
use crate::entry::{Entry, Text};
use crate::header::Header;
use crate::lang::Lang;
use crate::tape::{At, Doc};
use crate::words;

/// What an entry rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct EntryCx<'a> {
    /// The language of messages.
    pub lang: Lang,
    /// The entry's tree.
    pub doc: Doc<'a>,
    /// The entry.
    pub entry: &'a Entry,
    /// Its judgements.
    pub judged: &'a Judged,
    /// The header.
    pub header: &'a Header,
    /// The indicator's parameters.
    pub definition: &'a Definition,
    /// `dihitung` is true.
    pub claimed: bool,
    /// All criteria are met.
    pub verified: bool,
}

impl<'a> EntryCx<'a> {
    /// The text of a sound field.
    #[must_use]
    pub fn text(&self, field: Text) -> Option<&'a str> {
        let at = field.value().and(field.at())?;
        self.doc.node(at).as_str()
    }

    /// A value as a message shows it.
    #[must_use]
    pub fn shown(&self, at: At) -> String {
        words::shown(self.doc.node(at).shown(), 60)
    }

    /// Whether a sound `jenis_koperasi` is a producer's.
    #[must_use]
    pub fn is_producer(&self) -> Option<bool> {
        let jenis: Jenis = self.entry.jenis_koperasi.value()?;
        Some(self.definition.jenis.contains(&jenis))
    }
}
