//! Realistic submissions of any size, with what is true of them. The same plan gives the same
//! bytes; nothing here asks koplint, so a truth that koplint meets is a finding of its own.

use std::collections::BTreeMap;
use std::io::{self, Seek, Write};

mod dice;
mod entry;
pub mod fault;
mod json;
mod table;

use dice::Dice;
use entry::Entry;
use fault::{Fault, Refused, Verdict};
use json::Json;

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Ndjson,
    /// One document on one line.
    Json,
    /// One document laid out.
    Pretty,
    Csv,
    Xlsx,
}

impl Form {
    /// The format of a name.
    pub fn find(name: &str) -> Option<Self> {
        match name {
            "ndjson" => Some(Self::Ndjson),
            "json" => Some(Self::Json),
            "pretty" => Some(Self::Pretty),
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// A table of rows.
    pub fn is_table(self) -> bool {
        matches!(self, Self::Csv | Self::Xlsx)
    }

    /// The header stands in a file beside it.
    pub fn header_beside(self) -> bool {
        matches!(self, Self::Ndjson | Self::Csv)
    }
}

/// What to make.
#[derive(Clone, Debug)]
pub struct Plan {
    pub form: Form,
    pub entries: u64,
    pub seed: u64,
    /// The share of entries that has a fault of a kind, 0 to 1.
    pub shares: Vec<(&'static Fault, f64)>,
}

impl Plan {
    /// The fault of the entry of an index. The first is sound: others repeat it.
    fn fault(&self, index: u64) -> Option<&'static Fault> {
        if index == 0 {
            return None;
        }
        let mut left = Dice::new(self.seed, index * 2).share();
        for (fault, share) in &self.shares {
            if left < *share {
                return Some(fault);
            }
            left -= share;
        }
        None
    }

    /// Adds every kind that the format can carry, together this share. Broken syntax is left
    /// out: most programs stop there, so it is asked for by name.
    pub fn all_kinds(&mut self, share: f64) {
        let table = self.form.is_table();
        let kinds = fault::FAULTS.iter();
        let kinds: Vec<_> = kinds
            .filter(|fault| fault.verdict != Verdict::Unreadable && (fault.in_tables || !table))
            .collect();
        let each = share / f64::from(u32::try_from(kinds.len()).unwrap_or(1));
        self.shares
            .extend(kinds.into_iter().map(|kind| (kind, each)));
    }

    /// What is true of the submission.
    pub fn truth(&self) -> Truth {
        let mut truth = Truth {
            entries: self.entries,
            ..Truth::default()
        };
        for index in 0..self.entries {
            let fault = self.fault(index);
            let verdict = fault.map_or(Verdict::Verified, |fault| fault.verdict);
            *match verdict {
                Verdict::Verified => &mut truth.verified,
                Verdict::NotMet => &mut truth.not_met,
                Verdict::Unproven => &mut truth.unproven,
                Verdict::Duplicate => &mut truth.duplicate,
                Verdict::Unreadable => &mut truth.unreadable,
            } += 1;
            let Some(fault) = fault else { continue };
            let refused = fault.refused;
            truth.refused += u64::from(refused == Refused::Yes);
            truth.refused_dates += u64::from(refused == Refused::Date);
            truth.refused_own += u64::from(refused == Refused::OwnFormat);
            for code in fault.codes {
                *truth.codes.entry(code).or_default() += 1;
            }
        }
        if truth.verified != truth.claimed() {
            truth.codes.insert("J002", 1);
        }
        truth
    }
}

/// What is true of a submission.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    pub entries: u64,
    pub verified: u64,
    pub not_met: u64,
    pub unproven: u64,
    pub duplicate: u64,
    pub unreadable: u64,
    /// Refused by keywords of the schema that every validator knows.
    pub refused: u64,
    /// Refused by `format: date` alone.
    pub refused_dates: u64,
    /// Refused by koplint's own format alone.
    pub refused_own: u64,
    /// Findings by code.
    pub codes: BTreeMap<&'static str, u64>,
}

impl Truth {
    /// Every entry that can be read is claimed.
    pub fn claimed(&self) -> u64 {
        self.entries - self.unreadable
    }
}

/// The header's members; a number stands as its digits.
fn header(truth: &Truth) -> Vec<(&'static str, String)> {
    let text = str::to_owned;
    vec![
        ("versi_standar", text("1.0")),
        (
            "indikator",
            text("Jumlah Koperasi Produksi Aktif yang Dibantu Pemerintah"),
        ),
        ("kode_wilayah", text("33.02")),
        ("nama_wilayah", text("Kabupaten Banyumas")),
        ("tahun_data", text("2025")),
        ("tanggal_acuan", text("2025-12-31")),
        ("tanggal_pengiriman", text("2026-01-20")),
        (
            "produsen_data",
            text("Dinas Koperasi dan UMKM Kabupaten Banyumas"),
        ),
        (
            "wali_data",
            text("Dinas Koperasi Dan Usaha Mikro Kecil Menengah"),
        ),
        ("satuan", text("Unit")),
        ("jumlah_dilaporkan", truth.claimed().to_string()),
    ]
}

fn header_members(json: &mut Json<'_>, truth: &Truth) {
    for (name, value) in header(truth) {
        if matches!(name, "tahun_data" | "jumlah_dilaporkan") {
            json.plain(name, value);
        } else {
            json.text(name, &value);
        }
    }
}

/// The header as a file of its own.
pub fn header_file(truth: &Truth) -> Vec<u8> {
    let mut out = Vec::new();
    let mut json = Json::new(&mut out, true, 0);
    json.open(b'{');
    header_members(&mut json, truth);
    json.close(b'}');
    out.push(b'\n');
    out
}

/// Writes a submission.
pub fn write<W: Write + Seek + Send>(plan: &Plan, truth: &Truth, mut out: W) -> io::Result<()> {
    if plan.form == Form::Xlsx {
        let mut book = table::Book::new(&header(truth)).map_err(io::Error::other)?;
        entries(plan, |_, entry| book.add(entry).map_err(io::Error::other))?;
        return book.save(out).map_err(io::Error::other);
    }
    let pretty = plan.form == Form::Pretty;
    let document = matches!(plan.form, Form::Json | Form::Pretty);
    let mut buffer = Vec::new();
    if document {
        let mut json = Json::new(&mut buffer, pretty, 0);
        json.open(b'{');
        header_members(&mut json, truth);
        json.key("koperasi");
        json.open(b'[');
    } else if plan.form == Form::Csv {
        table::head(&mut buffer);
    }
    entries(plan, |index, entry| {
        if plan.form == Form::Csv {
            table::line(entry, &mut buffer);
        } else {
            if document && index > 0 {
                buffer.push(b',');
            }
            if pretty {
                buffer.extend_from_slice(b"\n    ");
            }
            Json::new(&mut buffer, pretty, 2).entry(entry);
            if !document {
                buffer.push(b'\n');
            }
        }
        if buffer.len() > 1 << 20 {
            out.write_all(&buffer)?;
            buffer.clear();
        }
        Ok(())
    })?;
    if document {
        buffer.extend_from_slice(if pretty { b"\n  ]\n}\n" } else { b"]}\n" });
    }
    out.write_all(&buffer)?;
    out.flush()
}

/// Makes the entries, one after the other.
fn entries(plan: &Plan, mut each: impl FnMut(u64, &Entry) -> io::Result<()>) -> io::Result<()> {
    let kecamatan = entry::kecamatan();
    let mut sound = None;
    for index in 0..plan.entries {
        let mut dice = Dice::new(plan.seed, index * 2 + 1);
        let mut entry = Entry::sound(&mut dice, index, &kecamatan);
        match plan.fault(index) {
            None => sound = Some((entry.nomor.clone(), entry.berdiri)),
            Some(fault) => {
                entry.spoil(fault.name, index);
                if let (Verdict::Duplicate, Some(first)) = (fault.verdict, &sound) {
                    (entry.nomor, entry.berdiri) = first.clone();
                }
            }
        }
        each(index, &entry)?;
    }
    Ok(())
}
