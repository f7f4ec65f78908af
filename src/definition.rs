//! The indicator's parameters, as versioned data with a hash.

use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::codes::{Bentuk, BentukBantuan, Jenis, StatusBantuan, Tingkat};
use crate::date::{self, YearEnd};

/// The definition that is built in.
pub const DEFAULT: &str = include_str!("../schemas/definition.json");

/// The definition's schema, as published.
pub const SCHEMA: &str = include_str!("../schemas/definition.schema.json");

/// The indicator's definition. Fields are as in `schemas/definition.schema.json`.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its version.
    pub version: String,
    /// The indicator's title.
    pub indikator: String,
    /// The unit of measure.
    pub satuan: String,
    /// RATs in consecutive book years.
    pub years: i32,
    /// The end of the book year where the header says none.
    pub year_end: YearEnd,
    /// Months from the book year's end to the RAT's deadline.
    pub deadline_months: u32,
    /// Types that are producers.
    pub jenis: Vec<Jenis>,
    /// Levels of government that count.
    pub tingkat: Vec<Tingkat>,
    /// Status of assistance that counts.
    pub status: Vec<StatusBantuan>,
    /// Forms of assistance that count.
    pub bentuk: Vec<BentukBantuan>,
    /// Activities in the window that suffice.
    pub activities: usize,
    /// Book years that the window reaches back, L itself included.
    pub window: i32,
    /// The least number of members, by form and founding date.
    pub members: Vec<Members>,
    /// The earliest founding date.
    pub earliest: Date,
    /// SHA-256 of the file's bytes, in hex.
    pub sha256: String,
}

/// The least number of members of a cooperative of a form, founded on a date or later.
#[derive(Clone, Copy, Debug)]
pub struct Members {
    /// The form.
    pub bentuk: Bentuk,
    /// Founded on this day or later.
    pub since: Date,
    /// This many.
    pub least: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "$schema", default)]
    _schema: Option<String>,
    versi: String,
    indikator: String,
    satuan: String,
    rat: FileRat,
    jenis_diterima: Vec<Jenis>,
    bantuan: FileBantuan,
    usaha: FileUsaha,
    jendela_tahun: i32,
    anggota_minimal: Vec<FileMembers>,
    tanggal_badan_hukum_terawal: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRat {
    tahun_berturut_turut: i32,
    tahun_buku_akhir: String,
    bulan_tenggat: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileBantuan {
    tingkat_diterima: Vec<Tingkat>,
    status_diterima: Vec<StatusBantuan>,
    bentuk_diterima: Vec<BentukBantuan>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileUsaha {
    minimal_kegiatan: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileMembers {
    bentuk: Bentuk,
    sejak: String,
    jumlah: u64,
}

impl Definition {
    /// Reads a definition file: first against its schema, then its dates.
    ///
    /// # Errors
    /// What is wrong with the file, in one line.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let value: serde_json::Value = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
        let schema = serde_json::from_str(SCHEMA).map_err(|e| e.to_string())?;
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .offline()
            .build(&schema)
            .map_err(|e| e.to_string())?;
        if let Err(error) = validator.validate(&value) {
            return Err(format!("{}: {error}", error.instance_path()));
        }
        Self::sound(bytes, value)
    }

    /// The definition that is built in; that it keeps to its schema is tested.
    ///
    /// # Errors
    /// As [`Definition::read`].
    pub fn built_in() -> Result<Self, String> {
        let value = serde_json::from_str(DEFAULT).map_err(|e| e.to_string())?;
        Self::sound(DEFAULT.as_bytes(), value)
    }

    fn sound(bytes: &[u8], value: serde_json::Value) -> Result<Self, String> {
        let file: File = serde_json::from_value(value).map_err(|e| e.to_string())?;
        let day = |text: &str| date::parse(text).ok_or_else(|| format!("{text}: YYYY-MM-DD?"));
        let members = file.anggota_minimal.iter().map(|one| {
            Ok(Members {
                bentuk: one.bentuk,
                since: day(&one.sejak)?,
                least: one.jumlah,
            })
        });
        Ok(Self {
            version: file.versi,
            indikator: file.indikator,
            satuan: file.satuan,
            years: file.rat.tahun_berturut_turut,
            year_end: YearEnd::parse(&file.rat.tahun_buku_akhir)
                .ok_or_else(|| format!("tahun_buku_akhir {}: MM-DD?", file.rat.tahun_buku_akhir))?,
            deadline_months: file.rat.bulan_tenggat,
            jenis: file.jenis_diterima,
            tingkat: file.bantuan.tingkat_diterima,
            status: file.bantuan.status_diterima,
            bentuk: file.bantuan.bentuk_diterima,
            activities: file.usaha.minimal_kegiatan,
            window: file.jendela_tahun,
            members: members.collect::<Result<_, String>>()?,
            earliest: day(&file.tanggal_badan_hukum_terawal)?,
            sha256: hex(&Sha256::digest(bytes)),
        })
    }
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_definition_is_the_standards() {
        let definition = Definition::read(DEFAULT.as_bytes()).unwrap();
        let built_in = Definition::built_in().unwrap();
        assert_eq!(format!("{built_in:?}"), format!("{definition:?}"));
        assert_eq!((definition.years, definition.window), (3, 3));
        assert!(
            !definition
                .bentuk
                .contains(&BentukBantuan::PinjamanDanaBergulir)
        );
        assert_eq!(definition.bentuk.len(), BentukBantuan::ALL.len() - 1);
    }

    #[test]
    fn a_wrong_definition_is_refused() {
        let swap = |from: &str, to: &str| {
            assert!(DEFAULT.contains(from), "{from}");
            Definition::read(DEFAULT.replace(from, to).as_bytes())
        };
        assert!(swap("\"12-31\"", "\"13-31\"").is_err());
        assert!(swap("\"produsen\"", "\"produsn\"").is_err());
        assert!(swap("\"satuan\"", "\"satuann\"").is_err());
        assert!(Definition::read(b"{").is_err());
    }
}
