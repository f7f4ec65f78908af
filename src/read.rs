//! Bytes to entries: one room a format, all filling the same tape. Knows no rules.

use std::borrow::Cow;
use std::sync::Arc;

use crate::grid::Grid;
use crate::place::Locator;
use crate::tape::{Span, Tape};
use crate::workbook::Remembered;

pub mod document;
pub mod json;
pub mod ndjson;
pub mod open;
pub mod table;
pub mod workbook;

/// The largest entry that is read, in bytes.
pub const MAX_RECORD: usize = 16 << 20;

/// A piece of a submission that holds whole records.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// The text that spans refer to.
    pub text: Arc<String>,
    /// Where the records begin in it; a line's beginning but in a document.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// Line of `start`, from 1.
    pub line: u32,
    /// Character of `start` in its line, from 1.
    pub column: u32,
    /// Characters before `start` in its line that are two units in UTF-16.
    pub pairs: u32,
    /// Offsets in the text at which bytes stood that are no UTF-8, ascending.
    pub broken: Arc<[usize]>,
    /// In a workbook: the cells that the text is of.
    pub grid: Option<Arc<Grid>>,
}

impl Chunk {
    /// What works out its places, from its beginning on.
    #[must_use]
    pub fn locator(&self, excerpts: bool) -> Locator<'_> {
        let locator = Locator {
            grid: self.grid.as_deref(),
            excerpts,
            ..Locator::new(&self.text)
        };
        locator.standing(self.start, self.line, self.column, Some(self.pairs))
    }

    /// The first broken place in a range.
    #[must_use]
    pub fn broken_in(&self, start: usize, end: usize) -> Option<usize> {
        let from = self.broken.partition_point(|at| *at < start);
        self.broken.get(from).copied().filter(|at| *at < end)
    }
}

/// What a reader made of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// An entry lies on the tape.
    Entry,
    /// There was something that cannot be read as an entry; a fault says why.
    Unreadable,
    /// Nothing that should be an entry: a blank line, a total row.
    Skipped,
    /// The chunk is at its end.
    End,
}

/// How records of one format are read off a chunk. Used by many threads at once.
pub trait Format: Send + Sync {
    /// Reads the record at `pos`, moves `pos` behind it and says where it stood.
    fn record(
        &self,
        chunk: &Chunk,
        pos: &mut usize,
        tape: &mut Tape,
        faults: &mut Vec<Fault>,
    ) -> (Record, Span);

    /// In a table: the heading of the column in which a piece of the record stands.
    fn heading(&self, _chunk: &Chunk, _record: Span, _piece: Span) -> Option<Cow<'_, str>> {
        None
    }

    /// In a workbook: the sheet of the entries.
    fn sheet(&self) -> Option<Arc<str>> {
        None
    }

    /// In a table: the cells of a record that carry a field and whose quotes are sound.
    fn cells<'a>(&'a self, _chunk: &'a Chunk, _record: Span) -> Vec<FieldCell<'a>> {
        Vec::new()
    }

    /// Whether places are cells of a table, not nodes of a tree.
    fn is_table(&self) -> bool {
        false
    }

    /// What stands before an entry's own pointer, for the entry of a number from 1.
    fn pointer(&self, _number: u32) -> Option<String> {
        None
    }
}

/// A cell of a table that carries a field.
#[derive(Clone, Debug)]
pub struct FieldCell<'a> {
    /// The whole cell: padding and quotes too.
    pub span: Span,
    /// Its column, from 0.
    pub column: usize,
    /// The column's heading as the user wrote it.
    pub heading: &'a str,
    /// The field's path as the schema names it.
    pub path: &'a str,
    /// It stands in quotes.
    pub quoted: bool,
    /// What parts the cells.
    pub delimiter: char,
    /// What it holds, without padding and quotes.
    pub content: Cow<'a, str>,
}

/// Something that a reader met and that the user must know.
#[derive(Clone, Debug)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// Where, in the chunk's text.
    pub span: Span,
    /// Where it began or stood first.
    pub related: Option<Span>,
    /// The field or heading that it concerns; empty for none.
    pub field: String,
}

/// Rows that are no entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum RowSkipped {
    Blank,
    Total,
    Signature,
    NumberRow,
    RepeatedHeader,
    Section,
}

impl Fault {
    /// A fault at a place that nothing else belongs to.
    #[must_use]
    pub fn new(kind: FaultKind, span: Span, field: &str) -> Self {
        Self {
            kind,
            span,
            related: None,
            field: field.to_owned(),
        }
    }
}

/// Why a row is no entry.
fn skipped(kind: table::rows::RowKind) -> Option<RowSkipped> {
    use table::rows::RowKind;
    match kind {
        RowKind::Data => None,
        RowKind::Blank => Some(RowSkipped::Blank),
        RowKind::Total => Some(RowSkipped::Total),
        RowKind::NumberRow => Some(RowSkipped::NumberRow),
        RowKind::Signature => Some(RowSkipped::Signature),
        RowKind::RepeatedHeader => Some(RowSkipped::RepeatedHeader),
        RowKind::Section => Some(RowSkipped::Section),
    }
}

/// What of a workbook is not shown, though something stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum HiddenPart {
    Row,
    Column,
    /// A sheet that is read.
    Sheet,
    /// A sheet that is not read.
    Unread,
}

/// How a cell was read otherwise than it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Reading {
    Date,
    Number,
    Code,
    Identifier,
    LineBreak,
    Status,
    Merged,
}

/// The kinds of faults. Texts are as they stand in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum FaultKind {
    /// Bytes that are not in the text's encoding.
    Encoding,
    Syntax(json::Syntax),
    /// A member stands twice in one object.
    Repeated {
        name: String,
    },
    /// Something behind the end of the document.
    Trailing,
    TooDeep,
    TooLarge {
        limit: usize,
    },
    NoHeaderRow {
        /// Headings that are known in the row that comes nearest.
        known: usize,
    },
    UnknownColumn {
        name: String,
        nearest: Option<String>,
    },
    DoubleColumn {
        name: String,
    },
    /// More cells than headings (`found > expected`) or fewer.
    Ragged {
        expected: usize,
        found: usize,
    },
    Quote,
    AmbiguousDate {
        text: String,
        read: String,
        other: String,
    },
    Sentinel {
        text: String,
    },
    Damaged {
        text: String,
    },
    Formula {
        text: String,
    },
    Skipped(RowSkipped),
    Reread {
        how: Reading,
        text: String,
        read: String,
    },
    /// How a table was understood, in words of both languages.
    Form {
        id: String,
        en: String,
    },
    NoEntries,
    AmbiguousNumber {
        text: String,
        thousands: String,
        decimal: String,
    },
    /// Something stands in a column without a heading.
    Headless {
        text: String,
    },
    Hidden(HiddenPart),
    /// An item of a sheet that belongs to no entry.
    Orphan {
        sheet: String,
        number: String,
    },
    /// Two entries have the number by which items are joined.
    DoubleKey {
        number: String,
    },
    /// The sheet `Kepala` has no label that is known.
    UnreadHead,
    /// Another sheet looks like a register too.
    OtherRegister {
        sheet: String,
        rows: usize,
    },
}

impl FaultKind {
    /// Faults that are counted together, with the first as the example.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        matches!(
            self,
            Self::Skipped(_) | Self::Reread { .. } | Self::Hidden(_) | Self::Headless { .. }
        )
    }
}

/// A submission that has begun to be read.
pub struct Opened {
    /// How its records are read.
    pub format: Arc<dyn Format>,
    /// `json`, `ndjson` or `csv`.
    pub name: &'static str,
    /// The header that stands in it.
    pub header: Option<HeaderText>,
    /// What was met before the first record, with places in `faults_in`.
    pub faults: Vec<Fault>,
    /// The text of `faults`.
    pub faults_in: Option<Chunk>,
    /// What should be entries and cannot even be parted into records.
    pub unreadable: u64,
    /// Something of the input is not read; a fault says what.
    pub partial: bool,
    /// What an earlier check left in a marked copy.
    pub remembered: Option<Remembered>,
    /// The records, piece by piece.
    pub chunks: Box<dyn Chunks>,
}

/// A header as it was read.
#[derive(Debug)]
pub struct HeaderText {
    /// Its tree.
    pub tape: Tape,
    /// The text that the tree refers to.
    pub text: Arc<String>,
    /// In a workbook: the cells that the text is of.
    pub grid: Option<Arc<Grid>>,
}

impl HeaderText {
    /// The header as JSON.
    #[must_use]
    pub fn value(&self) -> serde_json::Value {
        let root = crate::tape::Doc::new(&self.tape, &self.text).root();
        root.map_or(serde_json::Value::Null, crate::schema::to_value)
    }
}

/// The pieces of a submission, in order.
pub trait Chunks: Send {
    /// The next piece; none at the end, however often it is asked for.
    ///
    /// # Errors
    /// What the system says.
    fn next(&mut self) -> std::io::Result<Option<Chunk>>;
}
