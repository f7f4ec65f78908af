//! The indicator as a table for a data portal, one row a regency; and its metadata. Where a number
//! would not be sound its cell is empty, and the metadata says why.

use std::io::{self, Write};

use ::csv::{Terminator, WriterBuilder};

use crate::region::{PROVINCE, PROVINCE_CODE, Region};
use crate::render::csv::{failed, text};
use crate::render::publish;
use crate::report::Report;

mod metadata;

pub use metadata::write as write_metadata;

/// The columns, as data portals have them.
const COLUMNS: [&str; 7] = [
    "kode_provinsi",
    "nama_provinsi",
    "kode_kabupaten_kota",
    "nama_kabupaten_kota",
    "jumlah_koperasi_produksi_aktif_dibantu",
    "satuan",
    "tahun",
];

/// The unit of measure.
const UNIT: &str = "Unit";

/// Writes the table.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut table = WriterBuilder::new()
        .terminator(Terminator::Any(b'\n'))
        .from_writer(out);
    table.write_record(COLUMNS).map_err(failed)?;
    for row in publish::rows(report) {
        let count = row.sound().map(|one| one.books.verified.to_string());
        let cells = [
            PROVINCE_CODE.to_owned(),
            PROVINCE.to_owned(),
            row.region.map(Region::digits).unwrap_or_default(),
            row.region
                .map(|region| region.name.to_owned())
                .unwrap_or_default(),
            count.unwrap_or_default(),
            UNIT.to_owned(),
            row.year.map(|year| year.to_string()).unwrap_or_default(),
        ];
        let cells = cells.iter().map(|cell| text(cell));
        table.write_record(cells).map_err(failed)?;
    }
    table.flush()
}

/// A line for each row that has no number.
#[must_use]
pub fn without_number(report: &Report) -> Vec<String> {
    let rows = publish::rows(report).into_iter();
    let rows = rows.filter(|row| row.sound().is_none());
    let lines = rows.map(|row| {
        let file = row.submissions.first().map(|one| &*one.source.file);
        let file = file.unwrap_or_default();
        let whose = row.region.map_or(file, |region| region.name);
        let why = row.why.join("; ");
        let lang = report.lang;
        crate::say!(lang, id: "{whose}: tanpa angka: {why}", en: "{whose}: no number: {why}")
    });
    lines.collect()
}
