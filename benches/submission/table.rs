//! Entries as rows of a table.

use std::io;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::entry::{Day, Entry};

/// The columns, in their order.
pub const COLUMNS: &[&str] = &[
    "nama_koperasi",
    "nomor_badan_hukum",
    "tanggal_badan_hukum",
    "nik_koperasi",
    "bentuk_koperasi",
    "jenis_koperasi",
    "kecamatan",
    "tipe_produsen",
    "unit_produksi_ada",
    "unit_produksi_tahap",
    "layanan_anggota",
    "kegiatan_2022",
    "kegiatan_2023",
    "kegiatan_2024",
    "kegiatan_2025",
    "kegiatan_melayani_anggota",
    "jumlah_anggota_total",
    "jumlah_anggota_pria",
    "jumlah_anggota_wanita",
    "rat_2022",
    "rat_2023",
    "rat_2024",
    "bantuan_tahun",
    "bantuan_pemberi",
    "bantuan_tingkat",
    "bantuan_bentuk",
    "bantuan_status",
    "bantuan_sumber_dana",
    "bantuan_nilai_rupiah",
    "bantuan_jenis_dokumen",
    "bantuan_nomor_dokumen",
    "dihitung",
];

/// A cell.
pub enum Cell {
    Text(String),
    Number(u32),
    Date(Day),
}

impl Cell {
    fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The cells of an entry.
pub fn cells(entry: &Entry) -> Vec<Cell> {
    use Cell::{Date, Number, Text};
    let yes = |yes: bool| Cell::text(if yes { "Ya" } else { "Tidak" });
    let mut row = Vec::with_capacity(COLUMNS.len());
    row.push(Cell::text(&entry.nama));
    row.push(Cell::text(&entry.nomor));
    row.push(Date(entry.berdiri));
    row.push(Cell::text(&entry.nik));
    row.push(Cell::text("primer"));
    row.push(Cell::text(entry.jenis));
    row.push(Cell::text(&entry.kecamatan));
    row.push(Cell::text(entry.tipe.unwrap_or("")));
    row.push(match entry.tipe {
        Some(_) => yes(!entry.tahap.is_empty()),
        None => Cell::text(""),
    });
    row.push(Text(entry.tahap.join(";")));
    row.push(Text(entry.layanan.join(";")));
    for year in 2022..=2025 {
        let one = entry.kegiatan.iter().find(|one| one.tahun == year);
        row.push(Cell::text(one.map_or("-", |one| one.uraian)));
    }
    row.push(match entry.kegiatan.first() {
        Some(one) => yes(one.melayani),
        None => Cell::text(""),
    });
    row.push(if entry.in_words {
        Cell::text("empat puluh")
    } else {
        Number(entry.total)
    });
    row.push(Number(entry.pria));
    row.push(Number(entry.wanita));
    for year in 2022..=2024 {
        let one = entry.rat.iter().find(|rat| rat.tahun == year);
        row.push(one.map_or_else(|| Cell::text("-"), |rat| Date(rat.tanggal)));
    }
    match entry.bantuan.as_deref() {
        Some([aid, ..]) => {
            row.push(Number(aid.tahun));
            row.push(Cell::text(aid.pemberi));
            row.push(Cell::text(aid.tingkat));
            row.push(Cell::text(aid.bentuk));
            row.push(Cell::text(aid.status));
            row.push(Cell::text(aid.sumber.unwrap_or("")));
            row.push(Number(aid.nilai));
            row.push(Cell::text(aid.dokumen));
            row.push(Cell::text(&aid.nomor));
        }
        none => {
            let word = if none.is_some() { "-" } else { "" };
            row.push(Cell::text(word));
            row.extend((1..9).map(|_| Cell::text("")));
        }
    }
    row.push(Cell::text("Ya"));
    row
}

/// The headings as a line of CSV.
pub fn head(out: &mut Vec<u8>) {
    out.extend_from_slice(COLUMNS.join(",").as_bytes());
    out.push(b'\n');
}

/// A row as a line of CSV.
pub fn line(entry: &Entry, out: &mut Vec<u8>) {
    for (at, cell) in cells(entry).iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        match cell {
            Cell::Text(text) if text.contains([',', '"']) => {
                let inner = text.replace('"', "\"\"");
                out.extend_from_slice(format!("\"{inner}\"").as_bytes());
            }
            Cell::Text(text) => out.extend_from_slice(text.as_bytes()),
            Cell::Number(number) => out.extend_from_slice(number.to_string().as_bytes()),
            Cell::Date(day) => out.extend_from_slice(day.to_string().as_bytes()),
        }
    }
    out.push(b'\n');
}

/// A workbook that is being filled: the sheets `Kepala` and `Koperasi`.
pub struct Book {
    book: Workbook,
    date: Format,
    row: u32,
}

impl Book {
    /// Begins with the header's fields and values.
    pub fn new(header: &[(&str, String)]) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Kepala")?;
        for (row, (field, value)) in (0..).zip(header) {
            sheet.write(row, 0, *field)?;
            match value.parse::<u32>() {
                Ok(number) => sheet.write(row, 1, number)?,
                Err(_) => sheet.write(row, 1, value.as_str())?,
            };
        }
        let sheet = book.add_worksheet().set_name("Koperasi")?;
        for (column, name) in (0..).zip(COLUMNS) {
            sheet.write(0, column, *name)?;
        }
        Ok(Self {
            book,
            date: Format::new().set_num_format("yyyy-mm-dd"),
            row: 0,
        })
    }

    /// Adds a row.
    pub fn add(&mut self, entry: &Entry) -> Result<(), XlsxError> {
        self.row += 1;
        let sheet = self.book.worksheet_from_index(1)?;
        for (column, cell) in (0..).zip(cells(entry)) {
            put(sheet, self.row, column, &cell, &self.date)?;
        }
        Ok(())
    }

    /// Writes the file.
    pub fn save<W: io::Write + io::Seek + Send>(mut self, out: W) -> Result<(), XlsxError> {
        self.book.save_to_writer(out)
    }
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    date: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) => {
            sheet.write(row, column, text.as_str())?;
        }
        Cell::Number(number) => {
            sheet.write(row, column, *number)?;
        }
        Cell::Date(day) => {
            let small = |n: u32| u8::try_from(n).unwrap_or(0);
            let year = u16::try_from(day.0).unwrap_or(0);
            match ExcelDateTime::from_ymd(year, small(day.1), small(day.2)) {
                Ok(at) => sheet.write_with_format(row, column, &at, date)?,
                // No such day: a clerk's text.
                Err(_) => sheet.write(row, column, day.to_string())?,
            };
        }
    }
    Ok(())
}
