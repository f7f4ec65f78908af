//! The settings as they are written; `schemas/config.schema.json` says the same.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Map;
use toml::{Spanned, Value};

use super::Reading;
use crate::cli::FailOn;
use crate::lang::Lang;
use crate::policy::levels::Setting;
use crate::{date, say};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Written {
    pub(super) lang: Option<Lang>,
    pub(super) fail_on: Option<FailOn>,
    pub(super) max_diagnostics: Option<usize>,
    pub(super) threads: Option<usize>,
    pub(super) definition: Option<PathBuf>,
    #[serde(default)]
    pub(super) output_format: Vec<Spanned<String>>,
    pub(super) waivers: Option<PathBuf>,
    pub(super) baseline: Option<PathBuf>,
    // Written out in both places: flattened, a wrong key would lose its line.
    select: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    #[serde(default)]
    levels: BTreeMap<Spanned<String>, Setting>,
    #[serde(default)]
    pub(super) per_path: Vec<PerPath>,
    #[serde(default)]
    pub(super) header: Vec<Header>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PerPath {
    pub(super) paths: Spanned<Vec<String>>,
    select: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    #[serde(default)]
    levels: BTreeMap<Spanned<String>, Setting>,
}

/// What a table says of rules.
pub(super) struct Rules {
    pub(super) select: Option<Vec<Spanned<String>>>,
    pub(super) ignore: Vec<Spanned<String>>,
    pub(super) levels: BTreeMap<Spanned<String>, Setting>,
}

impl Written {
    pub(super) fn rules(&mut self) -> Rules {
        Rules {
            select: self.select.take(),
            ignore: std::mem::take(&mut self.ignore),
            levels: std::mem::take(&mut self.levels),
        }
    }
}

impl PerPath {
    pub(super) fn rules(&mut self) -> Rules {
        Rules {
            select: self.select.take(),
            ignore: std::mem::take(&mut self.ignore),
            levels: std::mem::take(&mut self.levels),
        }
    }
}

/// A header for the submissions of some paths; names are the standard's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub(super) paths: Spanned<Vec<String>>,
    kode_wilayah: Option<String>,
    nama_wilayah: Option<String>,
    tahun_data: Option<i64>,
    tanggal_acuan: Option<Spanned<Value>>,
    tanggal_pengiriman: Option<Spanned<Value>>,
    produsen_data: Option<String>,
    wali_data: Option<String>,
    jumlah_dilaporkan: Option<u64>,
    tahun_buku_akhir: Option<String>,
}

impl Header {
    pub(super) fn members(
        self,
        of: &Reading<'_>,
    ) -> Result<Map<String, serde_json::Value>, String> {
        let day = |given: Option<Spanned<Value>>| given.map(|given| day(of, &given)).transpose();
        let members = [
            ("kode_wilayah", self.kode_wilayah.map(Into::into)),
            ("nama_wilayah", self.nama_wilayah.map(Into::into)),
            ("tahun_data", self.tahun_data.map(Into::into)),
            ("tanggal_acuan", day(self.tanggal_acuan)?),
            ("tanggal_pengiriman", day(self.tanggal_pengiriman)?),
            ("produsen_data", self.produsen_data.map(Into::into)),
            ("wali_data", self.wali_data.map(Into::into)),
            ("jumlah_dilaporkan", self.jumlah_dilaporkan.map(Into::into)),
            ("tahun_buku_akhir", self.tahun_buku_akhir.map(Into::into)),
        ];
        let given = members.into_iter();
        let given = given.filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Ok(given.collect())
    }
}

/// A date, as TOML writes it or as a string.
fn day(of: &Reading<'_>, given: &Spanned<Value>) -> Result<serde_json::Value, String> {
    let text = match given.get_ref() {
        Value::Datetime(day) => day.to_string(),
        Value::String(day) => day.clone(),
        _ => String::new(),
    };
    if date::parse(&text).is_some() {
        return Ok(text.into());
    }
    let message = say!(of.lang, id: "tanggal: YYYY-MM-DD", en: "a date: YYYY-MM-DD");
    Err(of.source.fault(&given.span(), &message))
}
