//! What the province publishes: sums hold, and what is not sound has no number.

use std::collections::BTreeMap;

use calamine::{Data, Reader, Xlsx};
use koplint::lang::Lang;
use koplint::mask::Mask;
use koplint::render::{self, OutputFormat, Style, satudata};
use koplint::report::Report;
use koplint::{Options, read::open::Input};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{check, json, options, rendered, root};

#[path = "publish/files.rs"]
mod files;
#[path = "publish/unsound.rs"]
mod unsound;

fn banyumas() -> Value {
    let file = root().join("fixtures/banyumas.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// Another regency: the first three entries are entities of Banyumas too.
fn purbalingga() -> Value {
    let mut all = banyumas();
    all["kode_wilayah"] = json!("33.03");
    all["nama_wilayah"] = json!("Kabupaten Purbalingga");
    let places = ["Kaligondang", "=1+1", "", "Bukateja"];
    let entries = all["koperasi"].as_array_mut().unwrap();
    for ((at, entry), place) in entries.iter_mut().enumerate().zip(places.iter().cycle()) {
        entry["kecamatan"] = json!(place);
        entry.as_object_mut().unwrap().remove("nik_koperasi");
        if at >= 3 {
            let number = entry["nomor_badan_hukum"].as_str().unwrap();
            entry["nomor_badan_hukum"] = json!(number.replace("00900", "00911"));
        }
    }
    all
}

fn run(mask: Mask, files: &[(&str, Value)]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let inputs = files.iter().map(|(name, value)| {
        let path = folder.path().join(name);
        std::fs::write(&path, serde_json::to_string_pretty(value).unwrap()).unwrap();
        Input {
            name: (*name).to_owned(),
            path: Some(path),
        }
    });
    let inputs: Vec<Input> = inputs.collect();
    let options = Options {
        mask,
        ..options(Lang::Id)
    };
    koplint::check(&inputs, &options).unwrap()
}

type Rows = Vec<BTreeMap<String, String>>;

fn parsed(text: &str, delimiter: u8) -> Rows {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

fn sipd(report: &Report) -> Rows {
    parsed(&rendered(OutputFormat::Sipd, report), b';')
}

fn table(report: &Report) -> Rows {
    parsed(&rendered(OutputFormat::Satudata, report), b',')
}

fn metadata(report: &Report) -> Value {
    let mut out = Vec::new();
    satudata::write_metadata(report, "t.csv", &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

const PARTS: [&str; 3] = ["dibantu", "mandiri", "tidak_terbukti"];
const ACTIVITY: [&str; 4] = ["aktif", "tidak_aktif", "antara", "tidak_terbukti"];

fn number(row: &BTreeMap<String, String>, name: &str) -> u64 {
    row[name].parse().unwrap()
}

/// Every row adds up; every regency is its kecamatan; the province is its regencies but for what
/// stands twice.
fn adds_up(rows: &Rows) {
    let mut columns = vec!["jumlah".to_owned()];
    for part in PARTS {
        columns.push(part.to_owned());
        columns.extend(ACTIVITY.map(|activity| format!("{part}_{activity}")));
    }
    let rows: Vec<_> = rows
        .iter()
        .filter(|row| !row["jumlah"].is_empty())
        .collect();
    for row in &rows {
        let whole: u64 = PARTS.iter().map(|part| number(row, part)).sum();
        assert_eq!(whole, number(row, "jumlah"), "{row:?}");
        for part in PARTS {
            let of = ACTIVITY.map(|activity| number(row, &format!("{part}_{activity}")));
            assert_eq!(of.iter().sum::<u64>(), number(row, part), "{row:?}");
        }
    }
    let sum = |column: &str, jenis: &str, wanted: &dyn Fn(&BTreeMap<String, String>) -> bool| {
        let rows = rows.iter().filter(|row| row["jenis_koperasi"] == *jenis);
        let rows = rows.filter(|row| wanted(row));
        rows.map(|row| number(row, column)).sum::<u64>()
    };
    for row in &rows {
        let jenis = &row["jenis_koperasi"];
        for column in &columns {
            match &*row["tingkat"] {
                "kabupaten_kota" => {
                    let code = &row["kode_kabupaten_kota"];
                    let places = sum(column, jenis, &|other| {
                        other["kode_kabupaten_kota"] == *code
                            && other["tingkat"].starts_with("kecamatan")
                    });
                    assert_eq!(places, number(row, column), "{column} {row:?}");
                }
                "provinsi" | "gabungan" => {
                    let level = |level: &'static str| {
                        sum(column, jenis, &|other| other["tingkat"] == level)
                    };
                    let twice = level("ganda_antarwilayah");
                    assert_eq!(
                        level("kabupaten_kota"),
                        number(row, column) + twice,
                        "{column} {row:?}"
                    );
                }
                _ => {}
            }
        }
    }
}

fn two() -> Report {
    run(
        Mask::Personal,
        &[("b.json", purbalingga()), ("a.json", banyumas())],
    )
}

#[test]
fn as_it_was_agreed_upon() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/publish");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        let one = check(&root().join("fixtures/banyumas.json"));
        insta::assert_snapshot!("banyumas.sipd", rendered(OutputFormat::Sipd, &one));
        insta::assert_snapshot!("banyumas.satudata", rendered(OutputFormat::Satudata, &one));
        let shown = |rows: Rows| -> Vec<String> {
            let rows = rows.into_iter().filter(|row| row["jumlah"] != "0");
            rows.map(|row| row.into_values().collect::<Vec<_>>().join(" | "))
                .collect()
        };
        insta::assert_snapshot!("two.sipd", shown(sipd(&two())).join("\n"));
        insta::assert_snapshot!("two.satudata", rendered(OutputFormat::Satudata, &two()));
        let mut beside = metadata(&two());
        beside["dibuat_dengan"]["version"] = "*".into();
        let beside = serde_json::to_string_pretty(&beside).unwrap();
        insta::assert_snapshot!("two.metadata", beside);
    });
}

#[test]
fn two_regencies_and_what_stands_in_both() {
    let report = two();
    let rows = sipd(&report);
    adds_up(&rows);
    let twice = rows
        .iter()
        .find(|row| row["tingkat"] == "ganda_antarwilayah" && row["jenis_koperasi"] == "produsen");
    assert_eq!(number(twice.unwrap(), "jumlah"), 4);
    // Official ones stand with zeros, others as given, and so does "not said".
    let of = |level: &str, code: &str| -> Vec<&str> {
        let rows = rows.iter().filter(|row| {
            row["tingkat"] == level
                && row["kode_kabupaten_kota"] == code
                && row["jenis_koperasi"] == "produsen"
        });
        rows.map(|row| &*row["kecamatan"]).collect()
    };
    let region = koplint::region::find("3303").unwrap();
    assert_eq!(of("kecamatan", "3303"), region.kecamatan);
    assert_eq!(of("kecamatan_lain", "3303"), ["'=1+1"]);
    assert_eq!(of("kecamatan_kosong", "3303"), [""]);
    let table = table(&report);
    let cells = |row: &BTreeMap<String, String>| {
        (
            row["kode_kabupaten_kota"].clone(),
            row["jumlah_koperasi_produksi_aktif_dibantu"].clone(),
        )
    };
    let cells: Vec<_> = table.iter().map(cells).collect();
    let own = |code: &str| (code.to_owned(), "7".to_owned());
    assert_eq!(cells, [own("3302"), own("3303")]);
    // Two regencies are not the province.
    assert!(rows.iter().all(|row| row["tingkat"] != "provinsi"));
    assert_eq!(rows[0]["catatan"], "2 dari 35 kabupaten/kota");
    let beside = metadata(&report);
    assert_eq!(beside["gabungan"]["catatan"], "2 dari 35 kabupaten/kota");
    assert_eq!(
        beside["gabungan"]["terbukti"],
        json(&report)["total"]["books"]["verified"]
    );
    assert_eq!(
        beside["gabungan"]["tercantum_di_lebih_dari_satu_wilayah"],
        4
    );
    assert_eq!(
        beside["baris"][1]["sumber"][0]["sha256"],
        json(&report)["submissions"][1]["source"]["sha256"]
    );
}

#[test]
fn all_regencies_are_the_province() {
    let regions = koplint::region::all();
    let files: Vec<(&str, Value)> = regions
        .iter()
        .map(|region| {
            let mut all = banyumas();
            all["kode_wilayah"] = json!(region.code);
            all["nama_wilayah"] = json!(region.name);
            let entries = all["koperasi"].as_array_mut().unwrap();
            entries.truncate(2);
            let digits = region.digits();
            entries[0]["nomor_badan_hukum"] = json!(format!("{digits}/BH/XI"));
            (region.code, all)
        })
        .collect();
    let report = run(Mask::Personal, &files);
    let rows = sipd(&report);
    adds_up(&rows);
    assert_eq!(rows[0]["tingkat"], "provinsi");
    assert_eq!((&*rows[0]["jumlah"], &*rows[0]["catatan"]), ("36", ""));
    let beside = metadata(&report);
    assert_eq!(beside["gabungan"]["terbukti"], 36);
    assert_eq!(
        beside["gabungan"]["tercantum_di_lebih_dari_satu_wilayah"],
        34
    );
    assert_eq!(table(&report).len(), 35);
}

/// The same cells in both forms; text is text.
#[test]
fn the_workbook_says_what_the_table_says() {
    let report = two();
    let bytes = |()| {
        let mut out = Vec::new();
        let style = Style {
            workbook: true,
            ..Style::default()
        };
        render::write(OutputFormat::Sipd, &report, &style, &mut out).unwrap();
        out
    };
    assert_eq!(bytes(()), bytes(()));
    let mut book = Xlsx::new(std::io::Cursor::new(bytes(()))).unwrap();
    assert!(book.worksheet_formula("SIPD").unwrap().is_empty());
    let range = book.worksheet_range("SIPD").unwrap();
    let text = rendered(OutputFormat::Sipd, &report);
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut lines = 0;
    for (cells, record) in range.rows().zip(reader.records()) {
        let record = record.unwrap();
        assert_eq!(cells.len(), record.len());
        for (at, (cell, wanted)) in cells.iter().zip(&record).enumerate() {
            let number = (7..23).contains(&at) && lines > 0;
            assert!(!number || wanted.is_empty() || matches!(cell, Data::Float(_)));
            let plain = wanted.strip_prefix('\'').unwrap_or(wanted);
            assert_eq!(cell.to_string(), plain, "{lines}:{at}");
        }
        lines += 1;
    }
    assert_eq!(lines, range.height());
    assert!(lines > 250);
}

#[test]
fn a_name_of_a_kecamatan_is_no_command_and_tells_nobody() {
    const NAMES: [&str; 7] = [
        "=HYPERLINK(\"http://a.b\";\"x\")",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "+62 813 9753 1864",
        "-5",
        "\t=1",
        "dua\n::warning::baris\r",
        "\u{1b}[31m\u{202e};\"x\",",
    ];
    for mask in [Mask::Personal, Mask::Strict] {
        let mut all = banyumas();
        let entries = all["koperasi"].as_array_mut().unwrap();
        for (entry, name) in entries.iter_mut().zip(NAMES) {
            entry["kecamatan"] = json!(name);
        }
        let report = run(mask, &[("a.json", all)]);
        let rows = sipd(&report);
        adds_up(&rows);
        let given: Vec<&str> = rows
            .iter()
            .filter(|row| row["tingkat"] == "kecamatan_lain")
            .map(|row| &*row["kecamatan"])
            .collect();
        assert!(given.len() >= 6, "{given:?}");
        for name in given {
            assert!(!name.starts_with(['=', '+', '-', '@', '\t']), "{name}");
            assert!(!name.contains(|c: char| c.is_control() || c == '\u{202e}'));
            assert!(!name.contains("9753"), "{name}");
            assert!(mask == Mask::Personal || name.starts_with('~'), "{name}");
        }
    }
}

fn places() -> impl Strategy<Value = Vec<(usize, usize, usize, usize)>> {
    prop::collection::vec((0..5_usize, 0..8_usize, 0..4_usize, 0..3_usize), 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn whatever_is_submitted_the_sums_hold(own in places(), other in places()) {
        let names = ["Sokaraja", "Sokaraja ", "Kaligondang", "Entah", ""];
        let types = [
            "produsen", "produksi", "konsumen", "jasa", "pemasaran", "simpan_pinjam",
            "serba_usaha", "lain",
        ];
        let document = |all: Value, steps: &[(usize, usize, usize, usize)]| {
            let mut all = all;
            let entries = all["koperasi"].as_array().unwrap().clone();
            let entries = steps.iter().enumerate().map(|(at, (place, jenis, rat, aid))| {
                let mut entry = entries[at % entries.len()].clone();
                entry["kecamatan"] = json!(names[*place]);
                entry["jenis_koperasi"] = json!(types[*jenis]);
                entry["rat"].as_array_mut().unwrap().truncate(*rat);
                if *aid == 0 { entry["bantuan_pemerintah"] = json!([]); }
                if *aid == 1 { entry.as_object_mut().unwrap().remove("bantuan_pemerintah"); }
                entry
            });
            all["koperasi"] = entries.collect();
            all
        };
        let report = run(Mask::Personal, &[
            ("a.json", document(banyumas(), &own)),
            ("b.json", document(purbalingga(), &other)),
        ]);
        let rows = sipd(&report);
        adds_up(&rows);
        for submission in &report.submissions {
            let books = submission.books;
            let code = submission.region.and_then(|name| {
                let region = koplint::region::all().iter().find(|region| region.name == name);
                region.map(koplint::region::Region::digits)
            });
            let all = rows.iter().filter(|row| {
                row["tingkat"] == "kabupaten_kota" && Some(&row["kode_kabupaten_kota"]) == code.as_ref()
            });
            let all: u64 = all.map(|row| number(row, "jumlah")).sum();
            prop_assert_eq!(all, books.verified + books.not_met + books.unproven);
        }
    }
}
