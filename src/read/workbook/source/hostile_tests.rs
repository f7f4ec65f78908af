//! Files that are not what they seem.

use super::made_tests::{ROOT, package, rows, workbook};
use super::{Refused, What, read};

fn refused(bytes: impl Into<std::sync::Arc<[u8]>>) -> Refused {
    read(bytes).expect_err("refused")
}

fn is_damaged(bytes: Vec<u8>) -> bool {
    matches!(refused(bytes), Refused::Damaged { .. })
}

#[test]
fn other_files_are_known() {
    for (text, is) in [
        ("nama;tahun\nTani;2024\n", What::Text),
        ("\u{FEFF}nama,tahun\n", What::Text),
        ("<html xmlns:x=\"urn:x\"><table>", What::Html),
        ("  <TABLE border=1>", What::Html),
        ("<!DOCTYPE html>", What::Html),
        ("[\n  {\"nama\": 1}]", What::Json),
        ("{\"koperasi\": []}", What::Json),
        ("[S] Rekap;2024", What::Text),
        (
            "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            What::Xml2003,
        ),
        ("<?xml version=\"1.0\"?><data/>", What::Xml),
        ("%PDF-1.7", What::Pdf),
    ] {
        assert_eq!(
            refused(text.as_bytes().to_vec()),
            Refused::Misnamed { is },
            "{text}"
        );
    }
    let wide: Vec<u8> = "\u{FEFF}nama\ttahun"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(refused(wide), Refused::Misnamed { is: What::Text });
    for bytes in [&b""[..], b"\0\0\0\0", b"\x7fELF\x02\x01\x01\0"] {
        assert_eq!(refused(bytes), Refused::NotAWorkbook);
    }
    let letter = package(&[
        (
            "_rels/.rels",
            &ROOT.1.replace("xl/workbook", "word/document"),
        ),
        ("word/document.xml", "<document/>"),
    ]);
    assert_eq!(refused(letter), Refused::NotAWorkbook);
    assert_eq!(refused(package(&[("a.txt", "x")])), Refused::NotAWorkbook);
}

#[test]
fn a_workbook_cut_short_is_damaged() {
    let whole = workbook(&rows("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"), &[]);
    assert!(read(whole.clone()).is_ok());
    for end in (4..whole.len()).step_by(7) {
        assert!(is_damaged(whole[..end].to_vec()), "{end}");
    }
}

#[test]
fn entities_of_its_own_are_refused() {
    let bomb = "<!DOCTYPE s [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>".to_owned();
    let sheet = rows("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>&b;</v></c></row>");
    assert!(is_damaged(workbook(&(bomb.clone() + &sheet), &[])));
    let strings = bomb + "<sst><si><t>x</t></si></sst>";
    assert!(is_damaged(workbook(
        &sheet.replace("&b;", "1"),
        &[("xl/strings.xml", &strings)]
    )));
}

#[test]
fn what_inflates_beyond_measure_is_a_bomb() {
    let many = format!("<si><t>{}</t></si>", "a".repeat(10_000)).repeat(2_000);
    let strings = format!("<sst>{many}</sst>");
    let bytes = workbook(&rows(""), &[("xl/strings.xml", &strings)]);
    assert!(bytes.len() < 100_000);
    let wanted = "xl/strings.xml".to_owned();
    assert_eq!(refused(bytes), Refused::Bomb { part: wanted });
}

#[test]
fn a_size_that_lies_is_not_believed() {
    let mut bytes = workbook(&rows("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"), &[]);
    // The claimed size in the directory is set to one byte, for every part.
    let mut at = 0;
    while let Some(found) = bytes[at..]
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
    {
        at += found + 4;
        bytes[at + 20..at + 24].copy_from_slice(&1_u32.to_le_bytes());
    }
    assert!(is_damaged(bytes));
}

#[test]
fn parts_that_stand_twice_are_refused() {
    let sheet = rows("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    let twice = workbook(&sheet, &[("XL/Sheet1.xml", "<worksheet/>")]);
    assert!(is_damaged(twice));
    let names: Vec<String> = (0..10_001).map(|number| format!("a{number}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(
        refused(package(&parts)),
        Refused::TooLarge { what: "parts" }
    );
}

#[test]
fn numbers_without_end_are_too_much() {
    let sheet = rows("");
    let styles = format!(
        "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
        "<xf/>".repeat(70_000)
    );
    let result = refused(workbook(&sheet, &[("xl/styles.xml", &styles)]));
    assert_eq!(result, Refused::TooLarge { what: "styles" });
    let merged = format!(
        "<worksheet><sheetData/><mergeCells>{}</mergeCells></worksheet>",
        "<mergeCell ref=\"A1:B2\"/>".repeat(200_001)
    );
    let result = refused(workbook(&merged, &[]));
    assert_eq!(
        result,
        Refused::TooLarge {
            what: "merged areas"
        }
    );
    let long = rows(&format!(
        "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>{}</v></c></row>",
        "ab".repeat(9 << 20)
    ));
    let result = refused(workbook(&long, &[]));
    assert!(matches!(
        result,
        Refused::TooLarge { .. } | Refused::Bomb { .. }
    ));
}

#[test]
fn broken_bytes_never_panic() {
    for name in [
        "openpyxl.xlsx",
        "libreoffice.xlsx",
        "libreoffice.ods",
        "libreoffice.xls",
        "1904.xlsx",
    ] {
        let path = format!(
            "{}/fixtures/workbooks/source/{name}",
            env!("CARGO_MANIFEST_DIR")
        );
        let bytes = std::fs::read(path).unwrap();
        for at in (0..bytes.len()).step_by(bytes.len() / 60) {
            for value in [0x00, 0x7F, 0xFF] {
                let mut broken = bytes.clone();
                broken[at] = value;
                // Either is right; what counts is that it ends.
                let _ = read(broken);
            }
        }
    }
}
