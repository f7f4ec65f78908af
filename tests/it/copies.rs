//! The marked copy as a report: from findings to a workbook that an office can work with.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use koplint::finding::Standing;
use koplint::place::Place;
use koplint::render::{self, OutputFormat, Style};
use koplint::report::Report;
use koplint::rule::Level;
use koplint::workbook::{self, MEMORY_SHEET, RESULT_SHEET, Tone};
use sha2::{Digest, Sha256};

use crate::markup::{Cells, book, cells};
use crate::support::{check, root};

fn copy(report: &Report) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    render::write(OutputFormat::Workbook, report, &Style::default(), &mut out)
        .map_err(|error| error.to_string())?;
    Ok(out)
}

/// All texts of a sheet, row by row.
fn rows(cells: &Cells, sheet: &str) -> Vec<String> {
    let mut out: Vec<(u32, String)> = Vec::new();
    for ((row, _), (value, _)) in &cells[sheet] {
        if out.last().is_none_or(|(last, _)| last != row) {
            out.push((*row, String::new()));
        }
        let line = &mut out.last_mut().unwrap().1;
        line.push_str(
            value
                .trim_start_matches("String(\"")
                .trim_end_matches("\")"),
        );
        line.push('|');
    }
    out.into_iter().map(|(_, line)| line).collect()
}

/// A report on a workbook: as the table's, but with places in a sheet.
fn report(folder: &Path, bytes: &[u8]) -> Report {
    let path = folder.join("buku.xlsx");
    std::fs::write(&path, bytes).unwrap();
    let mut report = check(&root().join("fixtures/formats/sama.csv"));
    let submission = &mut report.submissions[0];
    submission.source.file = path.to_string_lossy().into_owned();
    submission.source.sha256 = koplint::definition::hex(&Sha256::digest(bytes));
    submission.source.format = "xlsx";
    let place = |row, column| Place {
        sheet: Some(Arc::from("Data 2025")),
        line: row,
        column,
        ..Place::default()
    };
    for finding in &mut submission.findings {
        finding.place = match finding.entry {
            Some(entry) => place(entry + 2, 2),
            None => Place::default(),
        };
    }
    for entry in &mut submission.entries {
        entry.place = place(entry.number + 2, 1);
    }
    report
}

#[test]
fn a_workbook_gets_marks_verdicts_and_a_sheet_in_front() {
    let folder = tempfile::tempdir().unwrap();
    let report = report(folder.path(), &book("kaya.xlsx"));
    let out = copy(&report).unwrap();
    let after = cells(&out);
    let first = rows(&after, RESULT_SHEET);
    assert!(first[0].contains("Kabupaten Banyumas"), "{first:#?}");
    assert!(
        first
            .iter()
            .any(|line| line.starts_with("Jumlah terbukti: 3 Unit (paling banyak 6"))
    );
    assert!(
        first
            .iter()
            .any(|line| line.contains("10 entri dibaca = 3 terbukti + 3 gugur"))
    );
    let found = report.submissions[0].findings.len();
    let listed = first
        .iter()
        .filter(|line| line.contains("|") && line.contains("'Data 2025'!B"));
    let with_place = report.submissions[0]
        .findings
        .iter()
        .filter(|f| f.entry.is_some());
    assert_eq!(listed.count(), with_place.count());
    assert!(first.contains(&format!("Temuan ({found})|")));
    let data = &after["Data 2025"];
    assert_eq!(data[&(2, 7)].0, "String(\"koplint: putusan\")");
    assert_eq!(data[&(3, 7)].0, "String(\"terverifikasi\")");
    assert_eq!(data[&(5, 7)].0, "String(\"gugur\")");
    assert!(data[&(5, 8)].0.contains("R001"), "{:?}", data[&(5, 8)]);
    assert_eq!(data[&(3, 2)].0, "String(\"001/BH/XIV/2010\")");
    let remembered = workbook::earlier(out).unwrap();
    assert_eq!(remembered.len(), found);
}

#[test]
fn what_is_known_has_a_colour_of_its_own_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut report = report(folder.path(), &book("kaya.xlsx"));
    let open = rows(&cells(&copy(&report).unwrap()), RESULT_SHEET);
    let legend = "lainnya|dikecualikan atau sudah dikenal|".to_owned();
    assert!(!open.contains(&legend), "{open:#?}");
    assert!(
        !open.iter().any(|line| line.contains("Keadaan")),
        "{open:#?}"
    );
    for finding in &mut report.submissions[0].findings {
        finding.standing = Standing::Known;
    }
    let known = rows(&cells(&copy(&report).unwrap()), RESULT_SHEET);
    assert!(known.contains(&legend), "{known:#?}");
    let said = known
        .iter()
        .filter(|line| line.ends_with("|sudah dikenal (baseline)|"));
    assert_eq!(said.count(), report.submissions[0].findings.len());
    // Where one thing is open the cell is coloured as open.
    assert!(Tone::Open(Level::Note) > Tone::Aside);
    let findings = &mut report.submissions[0].findings;
    let all = findings.len();
    let mut twice = findings.clone();
    twice
        .iter_mut()
        .for_each(|finding| finding.standing = Standing::Open);
    findings.extend(twice);
    let both = rows(&cells(&copy(&report).unwrap()), RESULT_SHEET);
    assert!(
        !both.contains(&legend) && both.contains(&format!("Temuan ({})|", 2 * all)),
        "{both:#?}"
    );
}

#[test]
fn a_file_that_changed_since_is_not_marked() {
    let folder = tempfile::tempdir().unwrap();
    let report = report(folder.path(), &book("kaya.xlsx"));
    std::fs::write(folder.path().join("buku.xlsx"), book("polos.xlsx")).unwrap();
    assert!(
        copy(&report)
            .unwrap_err()
            .contains("berubah sejak diperiksa")
    );
    std::fs::remove_file(folder.path().join("buku.xlsx")).unwrap();
    assert!(copy(&report).is_err());
    let mut none = check(&root().join("fixtures/formats/tiada.csv"));
    none.submissions.clear();
    assert!(copy(&none).unwrap_err().contains("tepat satu"));
}

#[test]
fn a_document_gets_a_list_of_its_entries() {
    let report = check(&root().join("fixtures/formats/sama.json"));
    let out = cells(&copy(&report).unwrap());
    let entries = rows(&out, "Entri");
    assert_eq!(entries.len(), 11);
    assert!(
        entries[1].ends_with("|terverifikasi|[AHU0090011AH0126TAHUN2019]|"),
        "{}",
        entries[1]
    );
    let first = rows(&out, RESULT_SHEET);
    assert!(
        first
            .iter()
            .any(|line| line.contains("fixtures/formats/sama.json:"))
    );
}

fn koplint(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_koplint"))
        .args(["check", "--isolated", "--today", "2026-11-23"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), errors)
}

#[test]
fn a_table_becomes_a_workbook_of_its_cells() {
    let folder = tempfile::tempdir().unwrap();
    let header = "nomor_badan_hukum;nama_koperasi;tanggal_badan_hukum;jenis_koperasi";
    let table = format!(
        "sep=;\nREGISTER KOPERASI;;;\n{header}\n\"00518/BH\";\"Tani; \"\"Maju\"\"\nJaya\";2019-02-30;produsn\n=HYPERLINK(1);@Nama;2019-03-01;produsen\n"
    );
    std::fs::write(folder.path().join("data.csv"), &table).unwrap();
    let (code, errors) = koplint(
        folder.path(),
        &["data.csv", "--output-format", "workbook:hasil.xlsx"],
    );
    assert_eq!(code, Some(1), "{errors}");
    let out = std::fs::read(folder.path().join("hasil.xlsx")).unwrap();
    let after = cells(&out);
    let data = &after["Data"];
    assert_eq!(data[&(4, 1)].0, "String(\"00518/BH\")");
    assert_eq!(data[&(4, 2)].0, "String(\"Tani; \\\"Maju\\\"\\nJaya\")");
    assert_eq!(
        data[&(5, 1)],
        ("String(\"=HYPERLINK(1)\")".to_owned(), String::new())
    );
    assert_eq!(data[&(3, 5)].0, "String(\"koplint: putusan\")");
    assert!(data.contains_key(&(4, 5)) && data.contains_key(&(5, 5)));
    let first = rows(&after, RESULT_SHEET);
    let at = |code: &str, cell: &str| {
        let line = format!("galat|{code}|{cell}|");
        assert!(
            first.iter().any(|own| own.starts_with(&line)),
            "{line}: {first:#?}"
        );
    };
    // Behind a line break within a cell the record is still the fourth row.
    at("S007", "Data!C4");
    at("S003", "Data!D4");
    assert!(after.contains_key(MEMORY_SHEET));
}

#[test]
fn a_marked_copy_is_of_one_file_and_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.csv", "b.csv"] {
        std::fs::copy(
            root().join("fixtures/formats/sama.csv"),
            folder.path().join(name),
        )
        .unwrap();
    }
    for arguments in [
        &["a.csv", "--output-format", "workbook"][..],
        &["a.csv", "b.csv", "--output-format", "workbook:c.xlsx"],
        &["-", "--output-format", "workbook:c.xlsx"],
        &["a.csv", "--output-format", "workbook:a.csv"],
        &["a.csv", "--output-format", "workbook:c.xls"],
        &["a.csv", "--output-format", "workbook:c.xlsm"],
    ] {
        let (code, errors) = koplint(folder.path(), arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {errors}");
    }
    assert!(!folder.path().join("c.xlsx").exists());
}

/// The report of a file as JSON, with a marked copy of it if a name is given.
fn checked(folder: &Path, file: &Path, copy: Option<&str>) -> serde_json::Value {
    let copy = copy.map(|copy| format!("workbook:{copy}"));
    let mut arguments = vec![
        file.to_str().unwrap(),
        "--output-format",
        "json:report.json",
    ];
    if let Some(copy) = &copy {
        arguments.extend(["--output-format", copy]);
    }
    arguments.push("--quiet");
    let (code, errors) = koplint(folder, &arguments);
    assert!(matches!(code, Some(0 | 1)), "{file:?}: {errors}");
    let text = std::fs::read(folder.join("report.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

/// What was counted, and every finding with its entry (and cell).
fn said(report: &serde_json::Value, with_cells: bool) -> String {
    let own = &report["submissions"][0];
    let mut lines = vec![own["books"].to_string(), own["counts"].to_string()];
    for finding in own["findings"].as_array().unwrap() {
        // How the table was read is said anew of every file.
        if finding["code"] != "F017" {
            let cell = if with_cells {
                &finding["place"]["cell"]
            } else {
                &serde_json::Value::Null
            };
            lines.push(format!("{} {} {cell}", finding["code"], finding["key"]));
        }
    }
    lines.sort();
    lines.join("\n")
}

fn fixtures() -> Vec<std::path::PathBuf> {
    let mut out = Vec::new();
    for folder in ["fixtures/workbooks", "fixtures/formats"] {
        let entries = std::fs::read_dir(root().join(folder)).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        let is = |path: &std::path::PathBuf| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            matches!(ending, Some("xlsx" | "xls" | "ods" | "csv"))
        };
        out.extend(paths.filter(is));
    }
    out.sort();
    assert!(out.len() > 25);
    out
}

#[test]
fn a_copy_says_what_its_original_says_and_keeps_its_cells() {
    let folder = tempfile::tempdir().unwrap();
    for path in fixtures() {
        let first = checked(folder.path(), &path, Some("copy.xlsx"));
        let copy = folder.path().join("copy.xlsx");
        let again = checked(folder.path(), &copy, None);
        crate::markup::sound(&std::fs::read(&copy).unwrap());
        let in_cells = path.extension().is_some_and(|ending| ending != "csv");
        assert_eq!(said(&first, in_cells), said(&again, in_cells), "{path:?}");
        let changes = &again["submissions"][0]["changes"];
        assert_eq!(changes["new"], 0, "{path:?} {changes}");
        assert_eq!(changes["solved"], 0, "{path:?} {changes}");
        if path.extension().is_some_and(|ending| ending == "xlsx") {
            let (before, after) = (std::fs::read(&path).unwrap(), std::fs::read(&copy).unwrap());
            let (before, after) = (cells(&before), cells(&after));
            for (sheet, own) in &before {
                for (place, cell) in own {
                    assert_eq!(
                        after[sheet].get(place),
                        Some(cell),
                        "{path:?} {sheet} {place:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_mended_copy_says_what_is_solved_left_and_new() {
    let folder = tempfile::tempdir().unwrap();
    let first = checked(
        folder.path(),
        &root().join("fixtures/formats/sama.xlsx"),
        Some("copy.xlsx"),
    );
    let findings = first["submissions"][0]["findings"].as_array().unwrap();
    let cell = findings.iter().find(|own| own["code"] == "S003").unwrap();
    let place = |name: &str| u32::try_from(cell["place"][name].as_u64().unwrap()).unwrap();
    let copy = folder.path().join("copy.xlsx");
    let mut package = workbook::Package::open(std::fs::read(&copy).unwrap()).unwrap();
    let text = |text: &str| workbook::Value::Text(text.to_owned());
    package
        .set("Koperasi", place("line"), place("column"), text("produsen"))
        .unwrap();
    // The name of the first entry goes.
    package.set("Koperasi", 2, 1, text("")).unwrap();
    let mut out = std::io::Cursor::new(Vec::new());
    package.write(&mut out).unwrap();
    std::fs::write(&copy, out.into_inner()).unwrap();
    let again = checked(folder.path(), &copy, Some("twice.xlsx"));
    let changes = &again["submissions"][0]["changes"];
    let count = |name: &str| changes[name].as_u64().unwrap();
    assert!(count("solved") >= 1 && count("new") == 1, "{changes}");
    let after = cells(&std::fs::read(folder.path().join("twice.xlsx")).unwrap());
    let first = rows(&after, RESULT_SHEET);
    let line = format!(
        "Dibanding pemeriksaan sebelumnya: {} selesai, {} masih ada, 1 baru|",
        count("solved"),
        count("left"),
    );
    assert!(first.contains(&line), "{first:#?}");
    assert!(first.iter().any(|line| line.starts_with("selesai|S003|")));
    assert!(
        first
            .iter()
            .any(|line| line.contains("S001|Koperasi!A2") && line.ends_with("|baru|"))
    );
}

#[test]
fn libreoffice_saves_a_copy_that_still_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let names = [
        "formats/lembar.xlsx",
        "workbooks/titles.xlsx",
        "workbooks/two-row-header.xlsx",
    ];
    for name in names {
        let first = checked(
            folder.path(),
            &root().join("fixtures").join(name),
            Some("copy.xlsx"),
        );
        let Some([saved]) = crate::markup::saved_again([&folder.path().join("copy.xlsx")]) else {
            return;
        };
        let path = folder.path().join("saved.xlsx");
        std::fs::write(&path, saved).unwrap();
        let again = checked(folder.path(), &path, None);
        assert_eq!(said(&first, true), said(&again, true), "{name}");
        let changes = &again["submissions"][0]["changes"];
        assert_eq!(
            (&changes["new"], &changes["solved"]),
            (&0.into(), &0.into()),
            "{name} {changes}"
        );
    }
}

#[test]
fn quotes_in_a_cell_are_no_repair_and_odd_formats_stop_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let text = |text: &str| workbook::Value::Text(text.to_owned());
    let bytes = std::fs::read(root().join("fixtures/workbooks/percent.xlsx")).unwrap();
    let place = {
        let before = cells(&bytes);
        let at = |name: &str| {
            let wanted = format!("String({name:?})");
            let heading = before["Koperasi"].iter().find(|(_, cell)| cell.0 == wanted);
            heading.unwrap().0.1
        };
        [at("nama_koperasi"), at("tanggal_badan_hukum")]
    };
    let mut package = workbook::Package::open(bytes).unwrap();
    package
        .set("Koperasi", 2, place[0], text("Koperasi \"Maju\"  Tani"))
        .unwrap();
    package
        .set("Koperasi", 3, place[1], text("1 Maret 2019"))
        .unwrap();
    let mut out = std::io::Cursor::new(Vec::new());
    package.write(&mut out).unwrap();
    let path = folder.path().join("a.xlsx");
    std::fs::write(&path, out.into_inner()).unwrap();
    let fix = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_koplint"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        output.status.code()
    };
    assert_eq!(fix(&["fix", "--diff", "a.xlsx"]), Some(1));
    assert_eq!(fix(&["fix", "a.xlsx"]), Some(0));
    assert_eq!(fix(&["fix", "--diff", "a.xlsx"]), Some(0));
    let after = cells(&std::fs::read(&path).unwrap());
    let name = &after["Koperasi"][&(2, place[0])].0;
    assert_eq!(name, "String(\"Koperasi \\\"Maju\\\" Tani\")");
}
