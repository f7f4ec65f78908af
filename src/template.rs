//! The empty form of a submission: a workbook, a CSV file with its header beside it, or a JSON
//! document. Columns, words and codes are those of the schema; years are those of the cut-off.

use jiff::civil::Date;
use rust_xlsxwriter::XlsxError;
use serde_json::{Map, Value};

use crate::calendar::Calendar;
use crate::definition::Definition;
use crate::region::Region;
use crate::schema::{SUBMISSION, Shape};

mod allowed;
mod columns;
mod guide;
mod head;
mod ink;
mod lists;
mod sheet;
mod words;
mod workbook;

/// The version of the standard that the form is of.
const STANDARD: &str = "1.0";

/// How the lists of a cooperative lie in a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Layout {
    /// Lembar RAT, Kegiatan, Bantuan sendiri / A sheet each for the lists
    Lembar,
    /// Satu lembar lebar / One wide sheet
    Lebar,
}

/// What an empty form is made for.
#[derive(Debug)]
pub struct Form<'a> {
    /// The office's region; none for a general form.
    pub region: Option<&'static Region>,
    /// `tahun_data`
    pub year: i16,
    /// `tanggal_acuan`
    pub cutoff: Date,
    definition: &'a Definition,
    calendar: Calendar,
    shape: Shape,
}

impl<'a> Form<'a> {
    /// A form for a cut-off. None where its book years leave the calendar.
    #[must_use]
    pub fn new(
        region: Option<&'static Region>,
        year: i16,
        cutoff: Date,
        definition: &'a Definition,
    ) -> Option<Self> {
        Some(Self {
            region,
            year,
            cutoff,
            definition,
            calendar: Calendar::new(cutoff, definition.year_end, definition)?,
            shape: Shape::of(&serde_json::from_str(SUBMISSION).ok()?),
        })
    }

    /// The form as a workbook. The same form is the same bytes.
    ///
    /// # Errors
    /// A limit of workbooks that the form breaks.
    pub fn workbook(&self, layout: Layout) -> Result<Vec<u8>, XlsxError> {
        workbook::bytes(self, layout)
    }

    /// The headings of the wide layout as Excel in Indonesia opens them: UTF-8 with a mark, `;`.
    #[must_use]
    pub fn csv(&self) -> String {
        let columns = columns::wide(self);
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        format!("\u{feff}{}\r\n", names.join(";"))
    }

    /// The header as a file: what is known filled in, what the office must fill in null.
    #[must_use]
    pub fn header(&self) -> String {
        pretty(self.members())
    }

    /// A document with its header and no entries.
    #[must_use]
    pub fn document(&self) -> String {
        let mut members = self.members();
        members.insert("koperasi".to_owned(), Value::Array(Vec::new()));
        pretty(members)
    }

    fn members(&self) -> Map<String, Value> {
        let mut members = Map::new();
        for (path, field) in self.shape.in_order() {
            let Some(name) = path.strip_prefix("kepala.") else {
                continue;
            };
            let known = self.known(name);
            // A plain null is no valid value but here: what is left to fill in is found.
            if known.is_some() || field.required || name == columns::CLAIM {
                members.insert(name.to_owned(), known.unwrap_or_default());
            }
        }
        members
    }

    /// What is known of a field of the header before the office fills it in.
    fn known(&self, name: &str) -> Option<Value> {
        Some(match name {
            "versi_standar" => STANDARD.into(),
            "indikator" => self.definition.indikator.as_str().into(),
            "kode_wilayah" => self.region?.code.into(),
            "nama_wilayah" => self.region?.name.into(),
            "tahun_data" => self.year.into(),
            "tanggal_acuan" => self.cutoff.to_string().into(),
            "satuan" => self.definition.satuan.as_str().into(),
            _ => return None,
        })
    }

    /// The book years whose RAT may count, first and last.
    fn rat_years(&self) -> (i32, i32) {
        let last = self.calendar.ends().last();
        (self.calendar.oldest, last.unwrap_or(self.calendar.newest))
    }
}

fn pretty(members: Map<String, Value>) -> String {
    format!("{:#}\n", Value::Object(members))
}
