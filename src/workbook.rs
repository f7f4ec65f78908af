//! An XLSX or XLSM workbook, changed without being rebuilt: all parts are copied as they stand, and
//! only what must change is written again, with everything unknown in it passed through.
//!
//! ```text
//! Package::open(bytes) → mark, set, append_columns, first_sheet, remember → write
//! ```
//!
//! A copy that was marked before is marked anew: the old sheets, columns, comments and fills give
//! way.

use std::collections::{BTreeMap, HashMap};
use std::io::{Seek, Write};

use zip::ZipWriter;

mod book;
mod cells;
mod columns;
mod error;
mod fills;
mod memory;
mod notes;
mod page;
mod parts;
mod rels;
mod remembered;
mod sections;
mod sheet;
mod styles;
mod survey;
mod types;
mod vml;
mod write;
mod xml;

pub use cells::Value;
pub use error::Error;
pub use memory::{Earlier, MEMORY_SHEET};
pub use page::{Page, Text};
pub use remembered::{Changes, Remembered};
pub use styles::Look;

use book::Book;
use cells::{LAST_COLUMN, LAST_ROW};
use memory::Memory;
use parts::Parts;
use sheet::Edits;
use types::Types;

use crate::rule::Level;

/// The sheet that says what was found.
pub const RESULT_SHEET: &str = "Hasil koplint";
/// Headings of added columns begin with this.
const HEADING: &str = "koplint: ";

/// What a mark says by its colour; the heavier stands over the lighter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Nothing to mend now: someone answers for it, or it is known.
    Aside,
    /// To be settled.
    Open(Level),
}

impl Tone {
    /// All of them, the heaviest first.
    pub const ALL: [Self; 4] = [
        Self::Open(Level::Error),
        Self::Open(Level::Warning),
        Self::Open(Level::Note),
        Self::Aside,
    ];
}

/// A cell that was to get a value but holds a formula, and was left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The sheet.
    pub sheet: String,
    /// From 1.
    pub row: u32,
    /// From 1.
    pub column: u32,
}

/// New columns at the right of a sheet.
#[derive(Clone, Debug, Default)]
pub struct NewColumns {
    /// The row of the headings, from 1.
    pub header_row: u32,
    /// Headings, each with the column's width in characters.
    pub headings: Vec<(String, f64)>,
    /// By row: a text for each column.
    pub rows: BTreeMap<u32, Vec<String>>,
}

/// What is to be done to one sheet.
#[derive(Debug, Default)]
struct Plan {
    edits: Edits,
    comments: BTreeMap<(u32, u32), String>,
    columns: Option<NewColumns>,
}

/// A workbook that is being changed.
pub struct Package {
    parts: Parts,
    book: Book,
    types: Types,
    memory: Option<Memory>,
    plans: HashMap<usize, Plan>,
    first: Option<(String, Page)>,
    findings: Vec<Earlier>,
}

/// The findings that an earlier run left in a marked copy; None if it is none.
#[must_use]
pub fn earlier(bytes: Vec<u8>) -> Option<Vec<Earlier>> {
    Package::open(bytes).ok()?.earlier().map(<[_]>::to_vec)
}

impl Package {
    /// Opens a workbook.
    ///
    /// # Errors
    /// It is none, or not one of this form, or broken, or larger than any real one.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Error> {
        let mut parts = Parts::open(bytes)?;
        let types = Types::read(&mut parts)?;
        let book = Book::read(&mut parts)?;
        let memory = memory::read(&mut parts, &book)?;
        Ok(Self {
            parts,
            book,
            types,
            memory,
            plans: HashMap::new(),
            first: None,
            findings: Vec::new(),
        })
    }

    /// The names of the user's sheets.
    #[must_use]
    pub fn sheets(&self) -> Vec<&str> {
        let ours = |name: &str| {
            let memory = self.memory.as_ref();
            memory.is_some_and(|memory| name == memory.first || name == MEMORY_SHEET)
        };
        let names = self.book.sheets.iter().map(|sheet| sheet.name.as_str());
        names.filter(|name| !ours(name)).collect()
    }

    /// The findings of an earlier run, if this is a copy that it marked.
    #[must_use]
    pub fn earlier(&self) -> Option<&[Earlier]> {
        self.memory
            .as_ref()
            .map(|memory| memory.findings.as_slice())
    }

    /// The same, to be held against what is found now.
    #[must_use]
    pub fn remembered(&self) -> Option<Remembered> {
        let memory = self.memory.as_ref()?;
        Some(Remembered::new(&memory.findings, memory.more))
    }

    fn plan(&mut self, sheet: &str) -> Result<&mut Plan, Error> {
        let at = self
            .book
            .find(sheet)
            .filter(|at| self.book.sheets[*at].cells);
        let at = at.ok_or_else(|| Error::NoSheet(sheet.to_owned()))?;
        Ok(self.plans.entry(at).or_default())
    }

    /// Fills a cell with a tone's colour and gives it a comment. Of several marks on one cell the
    /// heaviest tone stands, and the comments one below the other. A cell that no sheet can have
    /// is passed over.
    ///
    /// # Errors
    /// There is no such sheet.
    pub fn mark(
        &mut self,
        sheet: &str,
        row: u32,
        column: u32,
        tone: Tone,
        comment: &str,
    ) -> Result<(), Error> {
        let plan = self.plan(sheet)?;
        if !(1..=LAST_ROW).contains(&row) || !(1..=LAST_COLUMN).contains(&column) {
            return Ok(());
        }
        let touch = plan.edits.cells.entry((row, column)).or_default();
        touch.tone = touch.tone.max(Some(tone));
        let words = plan.comments.entry((row, column)).or_default();
        if !words.is_empty() {
            words.push_str("\n\n");
        }
        words.push_str(comment);
        Ok(())
    }

    /// Gives a cell a value; its style stays (a date gets one that shows dates). A formula is
    /// never overwritten: [`Package::write`] tells which cells stayed.
    ///
    /// # Errors
    /// There is no such sheet.
    pub fn set(&mut self, sheet: &str, row: u32, column: u32, value: Value) -> Result<(), Error> {
        let plan = self.plan(sheet)?;
        if (1..=LAST_ROW).contains(&row) && (1..=LAST_COLUMN).contains(&column) {
            plan.edits.cells.entry((row, column)).or_default().value = Some(value);
        }
        Ok(())
    }

    /// Adds columns right of the last one that is used. Their headings must begin with
    /// [`HEADING`]; columns of an earlier run with such headings give way.
    ///
    /// # Errors
    /// There is no such sheet.
    pub fn append_columns(&mut self, sheet: &str, columns: NewColumns) -> Result<(), Error> {
        self.plan(sheet)?.columns = Some(columns);
        Ok(())
    }

    /// Puts a sheet before all others; gives its name, which is another if this one is taken.
    pub fn first_sheet(&mut self, name: &str, page: Page) -> String {
        let old = self.memory.as_ref().map(|memory| memory.first.as_str());
        let old = old.and_then(|old| self.book.find(old));
        let taken = |name: &str| self.book.find(name).is_some_and(|at| Some(at) != old);
        let free = match old {
            Some(old) => self.book.sheets[old].name.clone(),
            None => std::iter::once(name.to_owned())
                .chain((2..).map(|number: u32| format!("{name} ({number})")))
                .find(|name| !taken(name))
                .unwrap_or_default(),
        };
        self.first = Some((free.clone(), page));
        free
    }

    /// Leaves findings for the next run, so that it can say what was solved.
    pub fn remember(&mut self, findings: Vec<Earlier>) {
        self.findings = findings;
    }

    /// Writes the workbook; tells which cells could not get their value.
    ///
    /// # Errors
    /// A part is broken or too large, or the system says no.
    pub fn write(self, out: impl Write + Seek) -> Result<Vec<Skipped>, Error> {
        write::package(self, ZipWriter::new(out))
    }
}
