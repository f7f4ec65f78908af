//! What a number means and what it rests on, beside the table.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::PrettyFormatter;
use serde_json::{Value, json};

use crate::region::{self, Region};
use crate::render::json::{Safe, Tool, provenance};
use crate::render::publish::{self, Row, whole};
use crate::report::{Report, Submission};

/// The indicator's page.
const INDICATOR: &str = include_str!("../../../schemas/indikator.json");

/// What each column says.
const COLUMNS: [(&str, &str); 7] = [
    ("kode_provinsi", "Kode wilayah tanpa titik"),
    ("nama_provinsi", "Nama provinsi"),
    (
        "kode_kabupaten_kota",
        "Kode wilayah (BPS, Kemendagri tanpa titik)",
    ),
    ("nama_kabupaten_kota", "Nama resmi"),
    (
        "jumlah_koperasi_produksi_aktif_dibantu",
        "Jumlah yang terbukti; kosong bila belum ada angka yang dapat dipakai",
    ),
    ("satuan", "Satuan"),
    ("tahun", "Tahun data"),
];

/// Writes the metadata of a table.
pub fn write(report: &Report, table: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut all: Value = serde_json::from_str(INDICATOR)?;
    let rows = publish::rows(report);
    let columns = COLUMNS.map(|(name, meaning)| json!({ "nama": name, "keterangan": meaning }));
    let failures = report.failures.iter();
    let failures: Vec<Value> = failures
        .map(|own| json!({ "berkas": own.file, "sebab": own.message }))
        .collect();
    let parts = [
        ("klasifikasi_penyajian", json!("Kabupaten/Kota")),
        ("tabel", json!(table)),
        ("kolom", json!(columns)),
        ("baris", rows.iter().map(row).collect()),
        ("gabungan", together(report, &rows)),
        ("gagal", Value::Array(failures)),
        ("dibuat_dengan", json!(Tool::this())),
        ("tanggal_pemeriksaan", json!(report.today.to_string())),
        ("definisi_indikator", json!(provenance(&report.definition))),
        ("skema_kiriman", json!(provenance(&report.schema))),
        ("lengkap", json!(report.complete)),
    ];
    if let Value::Object(members) = &mut all {
        members.extend(parts.map(|(name, value)| (name.to_owned(), value)));
    }
    let pretty = Safe(PrettyFormatter::with_indent(b"  "));
    let mut json = serde_json::Serializer::with_formatter(&mut *out, pretty);
    all.serialize(&mut json)?;
    writeln!(out)
}

fn row(row: &Row<'_>) -> Value {
    let count = row.sound().map(|one| one.counts[4]);
    let sources = row.submissions.iter().map(|one| source(one));
    json!({
        "kode_kabupaten_kota": row.region.map(Region::digits),
        "nama_kabupaten_kota": row.region.map(|region| region.name),
        "tahun": row.year,
        "terbukti": count.map(|count| count.verified),
        "batas_atas": count.map(|count| count.upper),
        "catatan": (!row.why.is_empty()).then(|| row.why.join("; ")),
        "sumber": sources.collect::<Vec<_>>(),
    })
}

fn source(own: &Submission) -> Value {
    json!({
        "berkas": own.source.file,
        "berkas_kepala": own.source.header_file,
        "sha256": own.source.sha256,
        "byte": own.source.bytes,
        "tanggal_acuan": own.cutoff.map(|day| day.to_string()),
        "produsen_data": own.header["produsen_data"].as_str(),
        "wali_data": own.header["wali_data"].as_str(),
        "lengkap": own.complete,
    })
}

/// All rows together: not their sum where a legal entity stands in several, and not the province
/// where some are missing.
fn together(report: &Report, rows: &[Row<'_>]) -> Value {
    let why = whole(report, rows);
    let known = why.is_none() && !rows.is_empty();
    let sum: u64 = rows
        .iter()
        .filter_map(Row::sound)
        .map(|one| one.books.verified)
        .sum();
    let count = known.then_some(report.total.counts[4]);
    json!({
        "kabupaten_kota": rows.iter().filter(|row| row.sound().is_some()).count(),
        "dari": region::all().len(),
        "terbukti": count.map(|count| count.verified),
        "batas_atas": count.map(|count| count.upper),
        "tercantum_di_lebih_dari_satu_wilayah":
            count.map(|count| sum.saturating_sub(count.verified)),
        "catatan": why.or_else(|| publish::some(rows, report.lang)),
    })
}
