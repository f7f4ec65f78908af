//! The six judgements on evidence that is sound, void, missing or impossible.

use koplint::criteria::{Criterion, Status};
use koplint::report::Verdict;
use serde_json::{Value, json};

use crate::support::{check_text, codes};

/// A verified entry.
fn entry() -> Value {
    json!({
        "nama_koperasi": "Koperasi Produsen Uji", "nomor_badan_hukum": "12/BH/XIV.1/2008",
        "tanggal_badan_hukum": "2008-03-01", "bentuk_koperasi": "primer",
        "jenis_koperasi": "produsen", "kecamatan": "Cilongok",
        "layanan_anggota": ["pemasaran_hasil"],
        "kegiatan_usaha": [{"tahun_buku": 2023, "uraian": "olahan", "melayani_anggota": true}],
        "jumlah_anggota": {"total": 30},
        "rat": [
            {"tahun_buku": 2022, "tanggal": "2023-02-01"},
            {"tahun_buku": 2023, "tanggal": "2024-02-02"},
            {"tahun_buku": 2024, "tanggal": "2025-02-03"},
        ],
        "bantuan_pemerintah": [{"tahun": 2023, "pemberi": "Dinas Koperasi", "tingkat": "provinsi",
            "bentuk": "pelatihan", "status": "diterima", "jenis_dokumen": "SK", "nomor_dokumen": "1"}],
        "dihitung": true,
    })
}

fn header() -> Value {
    json!({
        "versi_standar": "1.0", "satuan": "Unit", "kode_wilayah": "33.02",
        "indikator": "Jumlah Koperasi Produksi Aktif yang Dibantu Pemerintah",
        "nama_wilayah": "Kabupaten Banyumas", "tahun_data": 2025,
        "tanggal_acuan": "2025-12-31", "produsen_data": "Dinas", "wali_data": "Dinas Koperasi",
        "jumlah_dilaporkan": 1,
    })
}

/// Status of a criterion and all codes, with one member of the entry replaced (removed by null).
fn judged(
    header: &Value,
    member: &str,
    value: Value,
    criterion: Criterion,
) -> (Status, Vec<&'static str>) {
    let mut document = header.clone();
    let mut entry = entry();
    match value {
        Value::Null => drop(entry.as_object_mut().unwrap().remove(member)),
        value => entry[member] = value,
    }
    document["koperasi"] = json!([entry]);
    let report = check_text("a.json", document.to_string().as_bytes(), None);
    let submission = &report.submissions[0];
    let found = codes(submission).into_iter().collect();
    (submission.entries[0].criteria[criterion as usize], found)
}

fn rat(value: Value) -> (Status, Vec<&'static str>) {
    judged(&header(), "rat", value, Criterion::Rat)
}

fn held(year: i32, date: &str) -> Value {
    json!({"tahun_buku": year, "tanggal": date})
}

use Status::{Terpenuhi, TidakTerbukti, TidakTerpenuhi};

#[test]
fn the_entry_itself_is_verified() {
    let (status, codes) = judged(&header(), "keterangan", json!("ada"), Criterion::Rat);
    assert_eq!((status, codes), (Terpenuhi, vec![]));
}

#[test]
fn rat_sound_void_and_missing() {
    let (a, b, c) = (
        held(2022, "2023-02-01"),
        held(2023, "2024-02-02"),
        held(2024, "2025-02-03"),
    );
    assert_eq!(rat(json!([])).0, TidakTerpenuhi);
    assert_eq!(rat(Value::Null).0, TidakTerbukti);
    assert_eq!(rat(json!("tiga kali")).0, TidakTerbukti);
    assert_eq!(rat(json!([a, b])).0, TidakTerpenuhi);
    // R004: the fault taken away, it would be a RAT of its year.
    let early = held(2024, "2024-02-03");
    let (status, codes) = rat(json!([a, b, early]));
    assert_eq!(
        (status, codes),
        (TidakTerbukti, vec!["J002", "R001", "R004"])
    );
    // A void item of another year cannot fill the gap.
    assert_eq!(
        rat(json!([a, b, held(2019, "2018-02-03")])).0,
        TidakTerpenuhi
    );
    // One of an impossible or malformed year could be of any.
    assert_eq!(
        rat(json!([a, b, held(2042, "2025-02-03")])).0,
        TidakTerbukti
    );
    assert_eq!(
        rat(json!([a, b, {"tahun_buku": "2O24", "tanggal": "2025-02-03"}])).0,
        TidakTerbukti
    );
    // But one of any year fills one gap only.
    assert_eq!(rat(json!([a, held(2042, "2025-02-03")])).0, TidakTerpenuhi);
    // R008 and R007.
    let mut none = c.clone();
    none["kuorum"] = json!(false);
    assert_eq!(
        rat(json!([a, b, none])),
        (TidakTerbukti, vec!["J002", "R001", "R008"])
    );
    let mut many = c.clone();
    many["jumlah_hadir"] = json!(31);
    assert_eq!(rat(json!([a, b, many])).0, TidakTerbukti);
    // R003: one meeting for two years proves the newer.
    let (status, codes) = rat(json!([a, held(2023, "2025-02-03"), c]));
    assert_eq!(
        (status, codes),
        (TidakTerbukti, vec!["J002", "R001", "R003"])
    );
    // R006: of two the soundest counts; a late one counts.
    let (status, codes) = rat(json!([a, b, early, c]));
    assert_eq!((status, codes), (Terpenuhi, vec!["R004"]));
    let (status, codes) = rat(json!([a, b, c, held(2024, "2025-03-03")]));
    assert_eq!((status, codes), (Terpenuhi, vec!["R006"]));
    let (status, codes) = rat(json!([a, b, held(2024, "2025-07-01")]));
    assert_eq!((status, codes), (Terpenuhi, vec!["R005"]));
}

#[test]
fn rat_may_end_at_the_next_year() {
    let mut early = header();
    early["tanggal_acuan"] = json!("2025-03-31");
    let run = |items: Value| judged(&early, "rat", items, Criterion::Rat).0;
    let all = |years: [i32; 3]| {
        json!(years.map(|year| held(year, &format!("{}-02-0{}", year + 1, year % 10))))
    };
    assert_eq!(run(all([2021, 2022, 2023])), Terpenuhi);
    assert_eq!(run(all([2022, 2023, 2024])), Terpenuhi);
    assert_eq!(run(all([2020, 2021, 2022])), TidakTerpenuhi);
    assert_eq!(
        run(json!([
            held(2022, "2023-02-02"),
            held(2023, "2024-02-03"),
            held(2024, "2025-04-01")
        ])),
        TidakTerbukti
    );
}

#[test]
fn without_a_cut_off_all_that_is_dated_is_unproven() {
    let mut undated = header();
    undated["tanggal_acuan"] = json!("2025-02-30");
    for (criterion, status) in [
        (Criterion::BadanHukum, TidakTerbukti),
        (Criterion::Produksi, Terpenuhi),
        (Criterion::Rat, TidakTerbukti),
        (Criterion::Usaha, TidakTerbukti),
        (Criterion::Tujuan, Terpenuhi),
        (Criterion::Bantuan, TidakTerbukti),
    ] {
        assert_eq!(
            judged(&undated, "keterangan", json!("x"), criterion).0,
            status,
            "{criterion:?}"
        );
    }
    // Other header errors change nothing.
    let mut wrong = header();
    wrong["satuan"] = json!("Orang");
    wrong["kode_wilayah"] = json!("99.99");
    wrong["tahun_data"] = json!(2020);
    assert_eq!(
        judged(&wrong, "keterangan", json!("x"), Criterion::Rat).0,
        Terpenuhi
    );
}

fn usaha(value: Value) -> (Status, Vec<&'static str>) {
    judged(&header(), "kegiatan_usaha", value, Criterion::Usaha)
}

#[test]
fn usaha_in_the_window_and_for_members() {
    let item = |year: Value, serves: Value| json!([{"tahun_buku": year, "uraian": "olahan", "melayani_anggota": serves}]);
    assert_eq!(usaha(json!([])), (TidakTerpenuhi, vec!["J002", "U001"]));
    assert_eq!(usaha(item(json!(2021), json!(true))).0, TidakTerpenuhi);
    assert_eq!(usaha(item(json!(2025), json!(true))).0, Terpenuhi);
    assert_eq!(usaha(item(json!(2026), json!(true))).0, TidakTerpenuhi);
    assert_eq!(
        usaha(item(json!(2024), json!(false))),
        (TidakTerpenuhi, vec!["J002", "U002"])
    );
    assert_eq!(usaha(item(json!("2024"), json!(true))).0, TidakTerbukti);
    assert_eq!(usaha(item(json!("2024"), json!(false))).0, TidakTerpenuhi);
    assert_eq!(usaha(item(json!(2024), json!("ya"))).0, TidakTerbukti);
}

fn bantuan(changes: &[(&str, Value)]) -> (Status, Vec<&'static str>) {
    let mut item = entry()["bantuan_pemerintah"][0].clone();
    for (name, value) in changes {
        item[*name] = value.clone();
    }
    judged(
        &header(),
        "bantuan_pemerintah",
        json!([item]),
        Criterion::Bantuan,
    )
}

#[test]
fn bantuan_by_its_stages() {
    let none = |value| judged(&header(), "bantuan_pemerintah", value, Criterion::Bantuan);
    assert_eq!(none(json!([])), (TidakTerpenuhi, vec!["B001", "J002"]));
    assert_eq!(none(Value::Null).0, TidakTerbukti);
    let says = |changes: &[(&str, Value)], status, code| {
        assert_eq!(
            bantuan(changes),
            (status, vec![code, "J002"]),
            "{changes:?}"
        );
    };
    says(
        &[("tingkat", json!("bukan_pemerintah"))],
        TidakTerpenuhi,
        "B002",
    );
    says(&[("pemberi", json!("PT Maju"))], TidakTerbukti, "B002");
    says(&[("status", json!("disetujui"))], TidakTerpenuhi, "B004");
    says(
        &[("bentuk", json!("pinjaman_dana_bergulir"))],
        TidakTerpenuhi,
        "B006",
    );
    says(&[("tahun", json!(2021))], TidakTerpenuhi, "B003");
    // An impossible year could be any; what else is sound stays.
    assert_eq!(
        bantuan(&[("tahun", json!(2026))]),
        (TidakTerbukti, vec!["B001", "B009", "J002"])
    );
    let refused = [("tahun", json!("2023")), ("status", json!("diajukan"))];
    assert_eq!(bantuan(&refused).0, TidakTerpenuhi);
    assert_eq!(bantuan(&[("asing", json!(1))]), (Terpenuhi, vec!["S006"]));
}

#[test]
fn badan_hukum_produksi_and_tujuan() {
    let of = |member, value, criterion| judged(&header(), member, value, criterion).0;
    let number = |value| of("nomor_badan_hukum", value, Criterion::BadanHukum);
    assert_eq!(number(json!("AHU-21.AH.01.26.TAHUN 2019")), TidakTerbukti);
    assert_eq!(number(json!("belum ada")), TidakTerbukti);
    assert_eq!(number(json!("XYZ 17")), Terpenuhi);
    assert_eq!(number(json!("")), TidakTerbukti);
    let founded = |value| of("tanggal_badan_hukum", value, Criterion::BadanHukum);
    assert_eq!(founded(json!("2026-01-01")), TidakTerbukti);
    assert_eq!(founded(json!("1945-08-16")), TidakTerbukti);
    assert_eq!(founded(json!("1945-08-17")), Terpenuhi);
    let jenis = |value| of("jenis_koperasi", value, Criterion::Produksi);
    assert_eq!(jenis(json!("produksi")), Terpenuhi);
    assert_eq!(jenis(json!("jasa")), TidakTerpenuhi);
    assert_eq!(jenis(json!("Produsen")), TidakTerbukti);
    let layanan = |value| of("layanan_anggota", value, Criterion::Tujuan);
    assert_eq!(layanan(json!([])), TidakTerpenuhi);
    assert_eq!(layanan(json!(["lainya"])), TidakTerbukti);
    assert_eq!(layanan(json!(["lainya", "lainnya"])), Terpenuhi);
}

#[test]
fn a_member_given_twice_proves_nothing() {
    let text = entry().to_string();
    let mut document = header();
    document["koperasi"] = json!([]);
    let twice = text.replacen(
        "\"jenis_koperasi\":\"produsen\"",
        "\"jenis_koperasi\":\"produsen\",\"jenis_koperasi\":\"jasa\"",
        1,
    );
    assert_ne!(text, twice);
    let document = document
        .to_string()
        .replace("\"koperasi\":[]", &format!("\"koperasi\":[{twice}]"));
    let report = check_text("a.json", document.as_bytes(), None);
    let line = &report.submissions[0].entries[0];
    assert_eq!(line.verdict, Verdict::TidakTerbukti);
    assert_eq!(line.reasons, [(Criterion::Produksi, "P001")]);
}
