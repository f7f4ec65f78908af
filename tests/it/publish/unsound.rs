//! What is not sound has no number.

use koplint::mask::Mask;
use koplint::render::satudata;
use serde_json::{Value, json};

use super::{adds_up, banyumas, metadata, purbalingga, run, sipd, table};

/// Nothing of a submission whose number would not be sound.
fn no_number(files: &[(&str, Value)], said: &str) {
    let report = run(Mask::Personal, files);
    let rows = table(&report);
    let empty = rows
        .iter()
        .filter(|row| row["jumlah_koperasi_produksi_aktif_dibantu"].is_empty());
    assert_eq!(empty.count(), 1, "{said}");
    let beside = metadata(&report);
    let row = beside["baris"].as_array().unwrap().iter();
    let mut row = row.filter(|row| row["terbukti"].is_null());
    let note = row.next().unwrap()["catatan"].as_str().unwrap();
    assert!(note.contains(said), "{note}");
    assert!(row.next().is_none());
    assert!(beside["gabungan"]["terbukti"].is_null());
    let lines = satudata::without_number(&report);
    assert!(lines.len() == 1 && lines[0].contains(said), "{lines:?}");
    let tree = sipd(&report);
    adds_up(&tree);
    let mut blank = tree
        .iter()
        .filter(|row| row["jumlah"].is_empty() && row["tingkat"] == "kabupaten_kota");
    assert!(blank.next().unwrap()["catatan"].contains(said));
    let sound = tree.iter().filter(|row| row["tingkat"] == "kecamatan");
    assert_eq!(sound.count() > 0, rows.len() > 1);
    assert!(
        tree.iter()
            .all(|row| row["tingkat"] != "provinsi" || row["jumlah"].is_empty())
    );
}

#[test]
fn what_is_not_sound_has_no_number() {
    let with = |name: &str, value: Value| {
        let mut all = purbalingga();
        all[name] = value;
        all
    };
    for (changed, said) in [
        (with("kode_wilayah", json!("51.08")), "kode wilayah"),
        (with("nama_wilayah", json!("Kabupaten Cilacap")), "H003"),
        (with("tahun_data", json!("2025")), "tahun data"),
        (with("tanggal_acuan", json!("2025-02-30")), "tanggal acuan"),
        (with("tanggal_acuan", json!("2023-12-31")), "H004"),
        (with("satuan", json!("Orang")), "H005"),
        (with("indikator", json!("Jumlah Pasar")), "H001"),
    ] {
        no_number(&[("a.json", banyumas()), ("b.json", changed.clone())], said);
        no_number(&[("b.json", changed)], said);
    }
    let mut cut = purbalingga();
    cut["koperasi"].as_array_mut().unwrap().push(json!("x"));
    no_number(&[("a.json", banyumas()), ("b.json", cut)], "lengkap");
    no_number(
        &[("a.json", banyumas()), ("b.json", banyumas())],
        "lebih dari satu kiriman",
    );
    // Of another year it is another row.
    let mut earlier = banyumas();
    earlier["tahun_data"] = json!(2024);
    earlier["tanggal_acuan"] = json!("2024-12-31");
    let report = run(
        Mask::Personal,
        &[("a.json", banyumas()), ("b.json", earlier)],
    );
    let years: Vec<String> = table(&report)
        .iter()
        .map(|row| row["tahun"].clone())
        .collect();
    assert_eq!(years, ["2024", "2025"]);
    assert!(satudata::without_number(&report).is_empty());
    assert!(metadata(&report)["gabungan"]["terbukti"].is_null());
    assert!(sipd(&report)[0]["catatan"].contains("tidak sama"));
}
