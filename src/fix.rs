//! Repairs of values whose meaning is certain, each in its place; everything else keeps its bytes.
//!
//! 1. [`source`] reads a file as a check does and keeps what its bytes need to be written again.
//! 2. [`tree`] and [`table`] list edits, from what the reader reread and what the schema wants;
//!    [`value`] says what one value becomes.
//! 3. [`apply`] writes the edits into the text and reads the outcome once more: where an entry then
//!    says anything else than before, nothing is changed at all.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::failure;
use crate::grid::Grid;
use crate::lang::{Lang, Text};
use crate::read::Fault;
use crate::read::open::OpenError;
use crate::schema::{Shape, Type};
use crate::tape::Span;
use crate::text;
use crate::workbook as package;

mod diff;
mod guess;
mod source;
mod table;
mod tree;
mod value;
mod workbook;

pub use diff::unified;
use source::Source;
pub use workbook::listed;

/// The largest file that is repaired, in bytes.
pub const MAX_FILE: usize = 1 << 30;

/// What is done to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the words say it")]
pub enum What {
    Spaces,
    Code,
    Date,
    Number,
    Bool,
    Quotes,
    Apostrophe,
    Region,
    NearestCode,
    DayMonth,
    Serial,
    Time,
    Thousands,
    OneZero,
    RegionName,
}

impl What {
    /// Whether the meaning is certain; the others want `--unsafe`.
    #[must_use]
    pub fn is_certain(self) -> bool {
        self < Self::NearestCode
    }

    /// In words.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Spaces => text! { id: "spasi dirapikan", en: "spaces tidied" },
            Self::Code => text! { id: "kode ditulis baku", en: "code in its standard spelling" },
            Self::Date => text! { id: "tanggal menjadi TTTT-BB-HH", en: "date as YYYY-MM-DD" },
            Self::Number => text! { id: "menjadi angka biasa", en: "to a plain number" },
            Self::Bool => text! { id: "teks menjadi true/false", en: "text to true/false" },
            Self::Quotes => text! { id: "angka menjadi teks", en: "number to text" },
            Self::Apostrophe => {
                text! { id: "tanda petik di depan dihapus", en: "leading apostrophe removed" }
            }
            Self::Region => text! { id: "bentuk kode wilayah", en: "form of the region code" },
            Self::NearestCode => {
                text! { id: "DUGAAN: kode yang ejaannya terdekat", en: "GUESS: the code nearest in spelling" }
            }
            Self::DayMonth => {
                text! { id: "DUGAAN: hari dan bulan menurut isi kolom", en: "GUESS: day and month by the column's order" }
            }
            Self::Serial => {
                text! { id: "DUGAAN: nomor seri tanggal Excel", en: "GUESS: a spreadsheet's day number" }
            }
            Self::Time => {
                text! { id: "DUGAAN: jam dihapus dari tanggal", en: "GUESS: time of day dropped" }
            }
            Self::Thousands => {
                text! { id: "DUGAAN: titik atau koma sebagai pemisah ribuan", en: "GUESS: the separator parts thousands" }
            }
            Self::OneZero => {
                text! { id: "DUGAAN: 1/0 menjadi true/false", en: "GUESS: 1/0 to true/false" }
            }
            Self::RegionName => {
                text! { id: "DUGAAN: nama wilayah menurut kodenya", en: "GUESS: the region's name by its code" }
            }
        }
    }

    /// Whether an entry may say something else afterwards.
    fn alters(self) -> bool {
        matches!(self, Self::Region | Self::NearestCode)
    }
}

/// What is wrong and is never repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Left {
    AmbiguousDate,
    AmbiguousNumber,
    Sentinel,
    Damaged,
    Formula,
    NoDate,
    NoNumber,
    NoCode,
    NoBool,
    Format,
}

impl Left {
    /// In words.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::AmbiguousDate => {
                text! { id: "tanggal yang dapat dibaca dua cara", en: "dates with two readings" }
            }
            Self::AmbiguousNumber => {
                text! { id: "angka yang dapat dibaca dua cara", en: "numbers with two readings" }
            }
            Self::Sentinel => {
                text! { id: "tanggal pengganti kosong (1900)", en: "dates that stand for nothing (1900)" }
            }
            Self::Damaged => {
                text! { id: "nomor yang dirusak Excel", en: "identifiers damaged by a spreadsheet" }
            }
            Self::Formula => text! { id: "galat rumus", en: "formula errors" },
            Self::NoDate => text! { id: "isian yang bukan tanggal", en: "values that are no date" },
            Self::NoNumber => {
                text! { id: "isian yang bukan angka", en: "values that are no number" }
            }
            Self::NoCode => text! { id: "kode yang tidak dikenal", en: "unknown codes" },
            Self::Format => {
                text! { id: "angka bertipe teks di sel berformat persen atau tanggal", en: "numbers typed as text in cells that show a percentage or a date" }
            }
            Self::NoBool => {
                text! { id: "isian yang bukan ya/tidak", en: "values that are not yes or no" }
            }
        }
    }
}

/// One value that is written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where, in the file's text. Of a table the whole cell.
    pub span: Span,
    /// What is written there, quotes and escapes included.
    pub raw: String,
    /// The value before.
    pub was: String,
    /// The value now.
    pub now: String,
    /// What the field holds.
    pub type_: Type,
    /// The heading of its column, or its pointer.
    pub field: String,
    /// Number of the entry, from 1; 0 in the header.
    pub entry: u32,
    /// What is done.
    pub what: What,
}

/// Why a file is not touched.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It cannot be read at all.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A workbook whose cells cannot be set.
    #[error("workbook")]
    Workbook,
    /// A workbook that could not be written again.
    #[error(transparent)]
    Package(#[from] package::Error),
    /// Something in it cannot be read.
    #[error("unreadable")]
    Unreadable {
        /// Its line; 0 if none is known.
        line: u32,
        /// What the reader met.
        fault: Option<Box<Fault>>,
    },
    /// Its bytes would not come out of its text as they were.
    #[error("{0}")]
    Encoding(&'static str),
    /// An entry would be read in another way afterwards.
    #[error("unsure")]
    Unsure,
}

impl Refusal {
    /// What stands in the way, and what to do.
    #[must_use]
    pub fn words(&self, lang: Lang) -> (String, String) {
        let (message, help) = match self {
            Self::Workbook => (
                crate::say!(
                    lang,
                    id: "hanya buku kerja .xlsx dan .xlsm yang dapat diperbaiki; berkas tidak diubah",
                    en: "only .xlsx and .xlsm workbooks can be repaired; the file is unchanged",
                ),
                text! { id: "di Excel pilih Simpan Sebagai → Excel Workbook (.xlsx), lalu perbaiki berkas itu", en: "in Excel choose Save As → Excel Workbook (.xlsx) and repair that file" },
            ),
            Self::Package(error) => (
                crate::say!(
                    lang,
                    id: "buku kerja tidak dapat ditulis ulang dengan utuh ({error}); berkas tidak diubah",
                    en: "the workbook cannot be written again as it was ({error}); the file is unchanged",
                ),
                text! { id: "simpan ulang dengan Excel sebagai .xlsx, lalu ulangi", en: "save it again as .xlsx in Excel, then try again" },
            ),
            Self::Open(error) => return failure::words(lang, error),
            Self::Unreadable { line, fault } => {
                let said = fault
                    .as_ref()
                    .map(|fault| crate::rules::file::draft(fault, lang).message);
                let said = said.unwrap_or_default();
                (
                    crate::say!(
                        lang,
                        id: "ada yang tidak terbaca (baris {line}): {said}; berkas tidak diubah",
                        en: "something cannot be read (line {line}): {said}; the file is unchanged",
                    ),
                    text! { id: "perbaiki dulu bagian itu, lalu ulangi", en: "mend that first, then try again" },
                )
            }
            Self::Encoding(name) => (
                crate::say!(
                    lang,
                    id: "pengodean {name} tidak dapat ditulis kembali dengan utuh; berkas tidak diubah",
                    en: "text in {name} cannot be written back as it was; the file is unchanged",
                ),
                text! { id: "simpan ulang dengan pengodean UTF-8", en: "save it again in UTF-8" },
            ),
            Self::Unsure => (
                crate::say!(
                    lang,
                    id: "sesudah perbaikan ada koperasi yang akan terbaca lain; berkas tidak diubah",
                    en: "after the repair an entry would be read otherwise; the file is unchanged",
                ),
                text! { id: "perbaiki dengan tangan menurut `koplint check`", en: "mend it by hand as `koplint check` says" },
            ),
        };
        (message, help.get(lang).to_owned())
    }
}

/// What would be done to a file.
#[derive(Debug, Default)]
pub struct Plan {
    /// The edits, in the order of the text; none overlaps another.
    pub edits: Vec<Edit>,
    /// What is left to people.
    pub left: BTreeMap<Left, u64>,
    /// What `--unsafe` would do besides.
    pub uncertain: BTreeMap<What, u64>,
    /// Certain edits that are not made: they show how doubtful ones nearby are to be read.
    pub held: u64,
    risky: bool,
}

impl Plan {
    fn new(risky: bool) -> Self {
        Self {
            risky,
            ..Self::default()
        }
    }

    fn leave(&mut self, left: Left) {
        *self.left.entry(left).or_default() += 1;
    }

    /// Whether an edit of this kind is made; counts those that are not.
    fn may(&mut self, what: What) -> bool {
        let may = what.is_certain() || self.risky;
        if !may {
            *self.uncertain.entry(what).or_default() += 1;
        }
        may
    }

    /// Whether it leaves anything that a person should look at.
    #[must_use]
    pub fn leaves(&self) -> bool {
        !self.left.is_empty() || !self.uncertain.is_empty() || self.held > 0
    }
}

/// A file with its repairs.
#[derive(Debug)]
pub struct Fixed {
    /// What is done, and what is left.
    pub plan: Plan,
    /// The file's text, decoded.
    pub text: String,
    /// In a workbook: the cells that the text is of.
    pub grid: Option<Arc<Grid>>,
    /// The repaired file.
    pub bytes: Vec<u8>,
}

/// What is known of a file besides its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// Its name, whose ending says the format.
    pub name: &'a str,
    /// A header file stands beside it.
    pub header_apart: bool,
    /// Repair what is only likely too.
    pub risky: bool,
    /// The fields of a submission.
    pub shape: &'a Shape,
}

/// Numbers of a workbook that are tried one by one.
const TRIED: usize = 32;

/// Works a file's repairs out.
///
/// # Errors
/// Why the file is not touched.
pub fn fix(given: &Given<'_>, given_bytes: &[u8]) -> Result<Fixed, Refusal> {
    let source = Source::read(given, given_bytes)?;
    let grid = source.grid();
    let mut plan = Plan::new(given.risky);
    if source.opened.format.is_table() {
        table::edits(&source, given.shape, &mut plan)?;
    } else {
        tree::edits(&source, given.shape, &mut plan)?;
    }
    plan.edits.sort_by_key(|edit| edit.span);
    if plan.edits.is_empty() {
        return Ok(Fixed {
            plan,
            text: source.text,
            grid,
            bytes: given_bytes.to_vec(),
        });
    }
    let bytes = match &grid {
        Some(grid) => workbook::applied(given_bytes, grid, &plan.edits)?,
        None => {
            let text = applied(&source.text, &plan.edits);
            source.encode(&text).ok_or_else(|| source.refusal())?
        }
    };
    let same = |bytes: &[u8], edits: &[Edit]| {
        let after = Source::read(given, bytes)?;
        source.says_the_same(&after, edits)
    };
    let mut bytes = bytes;
    if !same(&bytes, &plan.edits)? {
        // In a cell that shows a percentage or a date a number is another one: such cells stay.
        let Some(grid) = &grid else {
            return Err(Refusal::Unsure);
        };
        let number = |edit: &Edit| matches!(edit.type_, Type::Integer | Type::Number);
        let (numbers, mut kept): (Vec<Edit>, Vec<Edit>) = plan.edits.drain(..).partition(number);
        let alone = numbers.len() <= TRIED;
        for edit in numbers {
            let one = std::slice::from_ref(&edit);
            if alone && same(&workbook::applied(given_bytes, grid, one)?, one)? {
                kept.push(edit);
            } else {
                plan.leave(Left::Format);
            }
        }
        kept.sort_by_key(|edit| edit.span);
        plan.edits = kept;
        bytes = workbook::applied(given_bytes, grid, &plan.edits)?;
        if !same(&bytes, &plan.edits)? {
            return Err(Refusal::Unsure);
        }
    }
    Ok(Fixed {
        plan,
        text: source.text,
        grid,
        bytes,
    })
}

/// A text with edits that are in order and do not overlap.
fn applied(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        let span = edit.span.range();
        if let Some(kept) = text.get(from..span.start) {
            out.push_str(kept);
            out.push_str(&edit.raw);
            from = span.end;
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}
