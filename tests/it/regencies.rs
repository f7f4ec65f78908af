//! A province that is made up: submissions whose every figure is known before they are checked.

use std::path::{Path, PathBuf};

use koplint::region;
use serde_json::{Value, json};

/// What an entry is made to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Verified,
    /// A meeting is missing.
    Fallen,
    /// An activity that is none.
    Unproven,
}

/// An entry: whose it is and what it is.
#[derive(Clone, Debug)]
pub struct Entry {
    pub number: String,
    pub name: String,
    pub kind: Kind,
}

/// A submission.
#[derive(Clone, Debug)]
pub struct Regency {
    pub file: String,
    pub code: &'static str,
    pub cutoff: &'static str,
    pub version: &'static str,
    pub entries: Vec<Entry>,
}

/// How many of each kind the regency at this place has.
pub fn plan(at: usize) -> [(Kind, usize); 3] {
    [
        (Kind::Verified, 1 + at % 3),
        (Kind::Fallen, at % 2),
        (Kind::Unproven, usize::from(at.is_multiple_of(4))),
    ]
}

/// All 35, each with entities of its own, as [`plan`] says.
pub fn all() -> Vec<Regency> {
    let regency = |(at, region): (usize, &region::Region)| {
        let kinds = plan(at).into_iter();
        let kinds = kinds.flat_map(|(kind, count)| std::iter::repeat_n(kind, count));
        let entries = kinds.enumerate().map(|(number, kind)| Entry {
            number: format!("{}/BH/XIV.{}/2008", number + 1, at + 1),
            name: format!("Koperasi Produsen {} {}", region.short, number + 1),
            kind,
        });
        Regency {
            file: format!("{}.json", region.code),
            code: region.code,
            cutoff: "2025-12-31",
            version: "1.0",
            entries: entries.collect(),
        }
    };
    region::all().iter().enumerate().map(regency).collect()
}

impl Entry {
    fn json(&self, kecamatan: &str) -> Value {
        let years = (2021..2025).filter(|year| self.kind != Kind::Fallen || *year != 2023);
        let meetings = years.map(|year| {
            json!({"tahun_buku": year, "tanggal": format!("{}-02-1{}", year + 1, year % 10)})
        });
        let done = match self.kind {
            Kind::Unproven => "Tidak ada kegiatan",
            _ => "Penjualan gula kelapa anggota",
        };
        json!({
            "nama_koperasi": self.name, "nomor_badan_hukum": self.number,
            "tanggal_badan_hukum": "2008-03-01", "bentuk_koperasi": "primer",
            "jenis_koperasi": "produsen", "kecamatan": kecamatan,
            "layanan_anggota": ["pemasaran_hasil"],
            "kegiatan_usaha": [{"tahun_buku": 2023, "uraian": done, "melayani_anggota": true}],
            "jumlah_anggota": {"total": 30},
            "rat": meetings.collect::<Vec<_>>(),
            "bantuan_pemerintah": [{"tahun": 2023, "pemberi": "Dinas Koperasi", "tingkat": "provinsi",
                "bentuk": "pelatihan", "status": "diterima", "jenis_dokumen": "SK",
                "nomor_dokumen": "1"}],
            "dihitung": true,
        })
    }
}

impl Regency {
    pub fn json(&self) -> Value {
        let region = region::find(self.code);
        let kecamatan = region.map_or("Cilongok", |region| region.kecamatan[0]);
        let entries = self.entries.iter().map(|entry| entry.json(kecamatan));
        json!({
            "versi_standar": self.version, "satuan": "Unit", "kode_wilayah": self.code,
            "indikator": "Jumlah Koperasi Produksi Aktif yang Dibantu Pemerintah",
            "nama_wilayah": region.map_or("Lain", |region| region.name), "tahun_data": 2025,
            "tanggal_acuan": self.cutoff, "produsen_data": "Dinas",
            "wali_data": "Dinas Koperasi", "jumlah_dilaporkan": self.entries.len(),
            "koperasi": entries.collect::<Vec<_>>(),
        })
    }
}

/// Writes submissions into a folder.
pub fn write(folder: &Path, all: &[Regency]) -> Vec<PathBuf> {
    std::fs::create_dir_all(folder).unwrap();
    let each = all.iter().map(|regency| {
        let path = folder.join(&regency.file);
        std::fs::write(&path, regency.json().to_string()).unwrap();
        path
    });
    each.collect()
}
