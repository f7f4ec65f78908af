//! A real register, where it is at hand.

use koplint::lang::Lang;

use crate::support::{input, options, root};

#[test]
fn the_register_of_another_province() {
    let file = root().join("../shared/data/register-buleleng/data_koperasi.csv");
    if !file.exists() {
        eprintln!("skipped: {} is not here", file.display());
        return;
    }
    let mut options = options(Lang::Id);
    let header = serde_json::json!({
        "versi_standar": "1.0", "satuan": "Unit", "kode_wilayah": "51.08",
        "indikator": options.definition.indikator, "nama_wilayah": "Kabupaten Buleleng",
        "tahun_data": 2025, "tanggal_acuan": "2025-12-31",
        "produsen_data": "Dinas Koperasi", "wali_data": "Dinas Koperasi",
    });
    options.header = Some(header.to_string());
    let report = koplint::check(&[input(&file)], &options).unwrap();
    let submission = &report.submissions[0];
    assert!(report.complete);
    assert_eq!(submission.books.read, 414);
    assert!(submission.books.close());
    assert_eq!(submission.books.verified, 0);
    let group = |code: &str, field: &str| {
        let found = submission
            .groups
            .iter()
            .find(|g| g.rule.code == code && g.mistake.field.contains(field));
        found.map_or(0, |group| group.count)
    };
    assert_eq!(group("H002", ""), 1);
    assert_eq!(group("F015", ""), 12);
    assert_eq!(group("S001", "bantuan_pemerintah"), 414);
    assert!(submission.plain);
}
