//! The form: filled in with valid entries it checks clean, in every format and after LibreOffice.

use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Output};

use jiff::civil::date;
use koplint::workbook::{Package, Value};

use crate::markup::{cells, saved_again};

fn koplint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_koplint"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KOPLINT_")) {
        command.env_remove(name);
    }
    command
        .args(arguments)
        .env("KOPLINT_TODAY", "2026-01-20")
        .current_dir(folder)
        .output()
        .unwrap()
}

fn template(folder: &Path, arguments: &[&str]) {
    let output = koplint(folder, &[&["template", "--isolated"], arguments].concat());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}

/// What a check says, but for the note on how the table was read.
fn checked(folder: &Path, file: &str) -> (Option<i32>, u64, Vec<String>) {
    let output = koplint(
        folder,
        &["check", file, "--isolated", "--output-format", "json"],
    );
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let own = &report["submissions"][0];
    let findings = own["findings"].as_array().unwrap().iter();
    let findings = findings.filter(|finding| finding["code"] != "F017");
    let findings =
        findings.map(|own| format!("{} {} {}", own["code"], own["place"], own["message"]));
    let verified = own["books"]["verified"].as_u64().unwrap();
    (output.status.code(), verified, findings.collect())
}

const NUMBERS: [&str; 2] = ["AHU-0012345.AH.01.26.TAHUN 2019", "518/BH/KDK.11/IV/2001"];

/// A row: heading and value of each cell.
type Row = Vec<(&'static str, Value)>;

/// Rows of each sheet.
fn filling() -> Vec<(&'static str, Vec<Row>)> {
    let text = |text: &str| Value::Text(text.to_owned());
    let number = |number: f64| Value::Number(number);
    let mut out = vec![
        ("Koperasi", Vec::new()),
        ("RAT", Vec::new()),
        ("Kegiatan", Vec::new()),
        ("Bantuan", Vec::new()),
    ];
    for (at, key) in NUMBERS.into_iter().enumerate() {
        out[0].1.push(vec![
            (
                "nama_koperasi",
                text(["Koperasi Produsen Ungaran Maju", "Koperasi Tani Getasan"][at]),
            ),
            ("nomor_badan_hukum", text(key)),
            (
                "tanggal_badan_hukum",
                text(["2019-05-02", "2001-04-10"][at]),
            ),
            ("bentuk_koperasi", text("primer")),
            ("jenis_koperasi", text("produsen")),
            ("kecamatan", text("Getasan")),
            (
                "layanan_anggota",
                text("pemasaran_hasil; pendidikan_anggota"),
            ),
            ("jumlah_anggota_total", number(45.0)),
            ("dihitung", text("Ya")),
        ]);
        for year in [2022_i16, 2023, 2024] {
            let day = date(year + 1, 2 + i8::try_from(at).unwrap(), 11);
            out[1].1.push(vec![
                ("nomor_badan_hukum", text(key)),
                ("tahun_buku", number(f64::from(year))),
                ("tanggal", Value::Date(day)),
            ]);
        }
        out[2].1.push(vec![
            ("nomor_badan_hukum", text(key)),
            ("tahun_buku", number(2024.0)),
            ("uraian", text("Penjualan susu anggota")),
            ("melayani_anggota", text("Ya")),
        ]);
        out[3].1.push(vec![
            ("nomor_badan_hukum", text(key)),
            ("tahun", number(2023.0)),
            ("pemberi", text("Dinas Koperasi Kabupaten Semarang")),
            ("tingkat", text("kabupaten_kota")),
            ("bentuk", text("hibah_barang")),
            ("status", text("diterima")),
            ("jenis_dokumen", text("BAST")),
            (
                "nomor_dokumen",
                text(["0012/BAST/2023", "0013/BAST/2023"][at]),
            ),
        ]);
    }
    out
}

/// Fills the workbook in as an office would.
fn fill(path: &Path) {
    let bytes = std::fs::read(path).unwrap();
    let form = cells(&bytes);
    let mut package = Package::open(bytes).unwrap();
    let heading = |sheet: &str, name: &str| {
        let wanted = format!("String({name:?})");
        let own = form[sheet]
            .iter()
            .find(|(place, cell)| place.0 == 1 && cell.0 == wanted);
        own.unwrap_or_else(|| panic!("{sheet}: {name}")).0.1
    };
    for (sheet, rows) in filling() {
        for (row, cells) in (2..).zip(rows) {
            for (name, value) in cells {
                package
                    .set(sheet, row, heading(sheet, name), value)
                    .unwrap();
            }
        }
    }
    for (label, value) in [
        (
            "Produsen data",
            Value::Text("Dinas Koperasi Kabupaten Semarang".to_owned()),
        ),
        (
            "Wali data",
            Value::Text("Dinas Koperasi dan UMKM Provinsi".to_owned()),
        ),
        ("Jumlah dilaporkan", Value::Number(2.0)),
    ] {
        let wanted = format!("String({label:?})");
        let own = form["Kepala"].iter().find(|(_, cell)| cell.0 == wanted);
        let (row, column) = *own.unwrap_or_else(|| panic!("{label}")).0;
        package.set("Kepala", row, column + 1, value).unwrap();
    }
    let mut out = Cursor::new(Vec::new());
    assert_eq!(package.write(&mut out).unwrap(), []);
    std::fs::write(path, out.into_inner()).unwrap();
}

#[test]
fn a_form_filled_in_checks_clean_and_again_after_libreoffice() {
    let folder = tempfile::tempdir().unwrap();
    template(folder.path(), &["--wilayah", "33.22", "-o", "form.xlsx"]);
    let path = folder.path().join("form.xlsx");
    crate::markup::sound(&std::fs::read(&path).unwrap());
    fill(&path);
    let clean = (Some(0), 2, Vec::new());
    assert_eq!(checked(folder.path(), "form.xlsx"), clean);
    let Some([saved]) = saved_again([&path]) else {
        return;
    };
    std::fs::write(folder.path().join("saved.xlsx"), saved).unwrap();
    assert_eq!(checked(folder.path(), "saved.xlsx"), clean);
}

#[test]
fn the_form_is_of_its_region_and_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    template(
        folder.path(),
        &[
            "--wilayah",
            "3302",
            "--tanggal-acuan",
            "2024-12-31",
            "-o",
            "a.xlsx",
        ],
    );
    let form = cells(&std::fs::read(folder.path().join("a.xlsx")).unwrap());
    let lists = &form["_daftar"];
    let has = |text: &str| lists.values().any(|cell| cell.0 == text);
    assert!(has("String(\"Sokaraja\")") && !has("String(\"Getasan\")"));
    assert!(has("Float(2021.0)") && !has("Float(2025.0)"));
    let years = |name: &str| {
        template(
            folder.path(),
            &[
                "--layout",
                "lebar",
                "--tanggal-acuan",
                name,
                "--force",
                "-o",
                "b.xlsx",
            ],
        );
        let wide = cells(&std::fs::read(folder.path().join("b.xlsx")).unwrap());
        let headings = wide["Koperasi"].iter().filter(|(place, _)| place.0 == 1);
        let own = headings.filter(|(_, cell)| cell.0.starts_with("String(\"rat_"));
        own.map(|(_, cell)| cell.0.clone())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        years("2025-12-31"),
        "String(\"rat_2022\") String(\"rat_2023\") String(\"rat_2024\")"
    );
    assert_eq!(
        years("2020-12-31"),
        "String(\"rat_2017\") String(\"rat_2018\") String(\"rat_2019\")"
    );
}

#[test]
fn an_empty_form_counts_nothing_and_is_not_complete() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["form.xlsx", "form.csv", "form.json"] {
        template(
            folder.path(),
            &["--wilayah", "33.22", "-o", name, "--force"],
        );
        let (code, verified, findings) = checked(folder.path(), name);
        assert_eq!((code, verified), (Some(3), 0), "{name}");
        assert!(
            findings.iter().any(|own| own.contains("F018")),
            "{findings:?}"
        );
    }
}

#[test]
fn csv_and_json_filled_in_check_clean() {
    let folder = tempfile::tempdir().unwrap();
    template(folder.path(), &["--wilayah", "33.22", "-o", "form.csv"]);
    let path = folder.path().join("form.csv");
    let headings = std::fs::read_to_string(&path).unwrap();
    let value = |name: &str| match name {
        "nama_koperasi" => "Koperasi Tani Getasan",
        "nomor_badan_hukum" => NUMBERS[1],
        "tanggal_badan_hukum" => "2001-04-10",
        "bentuk_koperasi" => "primer",
        "jenis_koperasi" => "produsen",
        "kecamatan" => "Getasan",
        "layanan_anggota" => "pemasaran_hasil",
        "jumlah_anggota_total" => "45",
        "dihitung" | "kegiatan_melayani_anggota" => "Ya",
        "rat_2022" => "2023-02-01",
        "rat_2023" => "2024-03-02",
        "rat_2024" => "2025-02-03",
        "kegiatan_2024" => "Penjualan susu",
        "bantuan_tahun" => "2023",
        "bantuan_pemberi" => "Dinas Koperasi",
        "bantuan_tingkat" => "kabupaten_kota",
        "bantuan_bentuk" => "hibah_barang",
        "bantuan_status" => "diterima",
        "bantuan_jenis_dokumen" => "BAST",
        "bantuan_nomor_dokumen" => "0012/BAST/2023",
        _ => "",
    };
    let names = headings
        .trim_start_matches('\u{feff}')
        .trim_end()
        .split(';');
    let row: Vec<&str> = names.map(value).collect();
    std::fs::write(&path, format!("{headings}{}\r\n", row.join(";"))).unwrap();
    let head = folder.path().join("form.kepala.json");
    let mut kepala: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&head).unwrap()).unwrap();
    kepala["produsen_data"] = "Dinas Koperasi".into();
    kepala["wali_data"] = "Dinas Koperasi Provinsi".into();
    kepala["jumlah_dilaporkan"] = 1.into();
    std::fs::write(&head, kepala.to_string()).unwrap();
    let (code, verified, findings) = checked(folder.path(), "form.csv");
    assert_eq!((code, verified), (Some(0), 1), "{findings:#?}");

    template(folder.path(), &["--wilayah", "33.22", "-o", "form.json"]);
    let path = folder.path().join("form.json");
    let mut form: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    for (name, value) in kepala.as_object().unwrap() {
        form[name] = value.clone();
    }
    let key = NUMBERS[0];
    let rat = |year: i32| serde_json::json!({"tahun_buku": year, "tanggal": format!("{}-02-11", year + 1)});
    let rat = [2022, 2023, 2024].map(rat);
    form["koperasi"] = serde_json::json!([{
        "nama_koperasi": "Koperasi Produsen Ungaran Maju", "nomor_badan_hukum": key,
        "tanggal_badan_hukum": "2019-05-02", "bentuk_koperasi": "primer",
        "jenis_koperasi": "produsen", "kecamatan": "Getasan", "dihitung": true,
        "layanan_anggota": ["pemasaran_hasil"],
        "jumlah_anggota": {"total": 45},
        "rat": rat,
        "kegiatan_usaha": [{"tahun_buku": 2024, "uraian": "Penjualan susu", "melayani_anggota": true}],
        "bantuan_pemerintah": [{"tahun": 2023, "pemberi": "Dinas Koperasi",
            "tingkat": "kabupaten_kota", "bentuk": "hibah_barang", "status": "diterima",
            "jenis_dokumen": "BAST", "nomor_dokumen": "0012/BAST/2023"}],
    }]);
    std::fs::write(&path, form.to_string()).unwrap();
    let (code, verified, findings) = checked(folder.path(), "form.json");
    assert_eq!((code, verified), (Some(0), 1), "{findings:#?}");
}

#[test]
fn what_cannot_be_made_is_said_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    template(folder.path(), &["-o", "a.xlsx"]);
    let before = std::fs::read(folder.path().join("a.xlsx")).unwrap();
    for (arguments, said) in [
        (&["-o", "a.xlsx"][..], "sudah ada"),
        (&["--wilayah", "33.99"], "maksud Anda"),
        (
            &["--wilayah", "Semarng", "--lang", "en"],
            "did you mean 33.22",
        ),
        (&["-o", "b.pdf"], "akhiran berkas"),
        (&["-o", "b.csv", "--layout", "lembar"], "--layout"),
        (
            &["--tahun", "2025", "--tanggal-acuan", "2027-01-01"],
            "di luar tahun data",
        ),
        (&["--tanggal-acuan", "31-12-2025"], "YYYY-MM-DD"),
    ] {
        let output = koplint(
            folder.path(),
            &[&["template", "--isolated"], arguments].concat(),
        );
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(errors.contains(said), "{arguments:?}: {errors}");
    }
    assert_eq!(std::fs::read(folder.path().join("a.xlsx")).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    template(folder.path(), &["-o", "a.xlsx", "--force"]);
}
