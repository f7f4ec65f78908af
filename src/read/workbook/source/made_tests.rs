//! Packages made by hand, as other writers make them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Book, Refused, read};
use crate::grid::Sort;

const RELS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const ROOT: (&str, &str) = (
    "_rels/.rels",
    r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
);

/// A zip archive of these parts.
pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet, and other parts.
pub fn workbook(sheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let list = format!(
        r#"<workbook xmlns:r="{RELS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#
    );
    let rels = format!(
        r#"<Relationships><Relationship Id="r1" Type="{RELS}/worksheet" Target="/xl/sheet1.xml"/><Relationship Id="r2" Type="{RELS}/sharedStrings" Target="../xl/./strings.xml"/></Relationships>"#
    );
    let mut parts = vec![
        ROOT,
        ("xl/workbook.xml", list.as_str()),
        ("xl/_rels/workbook.xml.rels", rels.as_str()),
        ("xl/sheet1.xml", sheet),
    ];
    parts.extend(more);
    package(&parts)
}

/// A sheet of these rows.
pub fn rows(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

fn cells(book: &Book) -> Vec<(u32, usize, &str, Sort)> {
    let mut out = Vec::new();
    for index in book.grid.sheets[0].rows.clone() {
        let row = book.grid.row(index);
        let columns = (0..row.len()).filter(|column| row.sort(*column) != Sort::Blank);
        out.extend(columns.map(|at| (row.number(), at, row.text(at), row.sort(at))));
    }
    out
}

#[test]
fn cells_without_references_stand_where_they_come() {
    let sheet = rows(
        "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row r=\"5\"><c t=\"b\"><v>1</v></c></row>",
    );
    let book = read(workbook(&sheet, &[])).unwrap();
    let wanted = [
        (1, 0, "1", Sort::Number),
        (1, 2, "2", Sort::Number),
        (5, 0, "TRUE", Sort::Bool),
    ];
    assert_eq!(cells(&book), wanted);
}

#[test]
fn prefixes_and_strings_of_every_kind() {
    let sheet = r#"<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1">
        <x:c r="A1" t="inlineStr"><x:is><x:t>a &amp; b</x:t></x:is></x:c>
        <x:c r="B1" t="s"><x:v>1</x:v></x:c>
        <x:c r="C1" t="str"><x:f>""</x:f><x:v></x:v></x:c>
        <x:c r="D1" t="str"><x:f>A1</x:f><x:v>a_x000D_b</x:v></x:c>
        <x:c r="E1" t="e"><x:f>SORT(A1)</x:f><x:v>#SPILL!</x:v></x:c>
        <x:c r="F1" t="d"><x:v>2024-03-01T00:00:00</x:v></x:c>
        <x:c r="G1" t="s"><x:v>0</x:v></x:c>
        <x:c r="H1"><x:v><![CDATA[12]]></x:v></x:c>
        </x:row></x:sheetData></x:worksheet>"#;
    let strings = r#"<sst uniqueCount="99999999999999999999"><si><t/></si><si><r><t xml:space="preserve">te </t></r><rPh><t>X</t></rPh><r><t>ks</t></r><phoneticPr/></si></sst>"#;
    let book = read(workbook(sheet, &[("xl/strings.xml", strings)])).unwrap();
    let wanted = [
        (1, 0, "a & b", Sort::Text),
        (1, 1, "te ks", Sort::Text),
        (1, 3, "a\rb", Sort::Text),
        (1, 4, "#SPILL!", Sort::Error),
        (1, 5, "2024-03-01", Sort::Date),
        (1, 7, "12", Sort::Number),
    ];
    assert_eq!(cells(&book), wanted);
}

#[test]
fn formulas_without_values_are_shown_as_formulas() {
    let sheet = rows(
        r#"<row r="1"><c r="A1"><f>SUM(B1:B2)</f></c><c r="B1"><f>A1&amp;"x"</f><v/></c></row>
        <row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">B2*2</f></c></row>
        <row r="3"><c r="A3"><f t="shared" si="0"/></c><c r="B3"><f>1+1</f><v>2</v></c></row>"#,
    );
    let book = read(workbook(&sheet, &[])).unwrap();
    let wanted = [
        (1, 0, "=SUM(B1:B2)", Sort::Unvalued),
        (1, 1, "=A1&\"x\"", Sort::Unvalued),
        (2, 0, "=B2*2", Sort::Unvalued),
        (3, 0, "=B3*2", Sort::Unvalued),
        (3, 1, "2", Sort::Number),
    ];
    assert_eq!(cells(&book), wanted);
}

#[test]
fn a_giant_sheet_of_two_cells_is_small() {
    let sheet = r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>
        <row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>"#;
    let book = read(workbook(sheet, &[])).unwrap();
    let wanted = [
        (1, 0, "1", Sort::Number),
        (1_048_576, 16_383, "2", Sort::Number),
    ];
    assert_eq!(cells(&book), wanted);
}

#[test]
fn what_would_be_lost_is_damage() {
    for wrong in [
        r#"<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>"#,
        r#"<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>"#,
        r#"<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>"#,
        r#"<row r="1"><c r="A2"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="XFE1"><v>1</v></c></row>"#,
        r#"<row r="0"><c><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="s"><v>7</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="s"><v>x</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="b"><v>ya</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="zz"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A1"><v>1</v>"#,
        r#"<row r="1"><c r="A1"><v>&unknown;</v></c></row>"#,
        r#"</sheetData><sheetData><row r="1"><c r="A1"><v>1</v></c></row>"#,
    ] {
        let result = read(workbook(&rows(wrong), &[]));
        assert!(
            matches!(result, Err(Refused::Damaged { .. })),
            "{wrong}: {result:?}"
        );
    }
}

/// An OpenDocument spreadsheet of one table.
fn document(table: &str) -> Vec<u8> {
    let content = format!(
        "<d:c><style:style style:name=\"off\"><style:table-properties table:display=\"false\"/></style:style>\
        <office:spreadsheet>{table}</office:spreadsheet></d:c>"
    );
    package(&[("content.xml", &content)])
}

#[test]
fn repeated_rows_and_cells() {
    let book = read(document(
        r#"<table:table table:name="T" table:style-name="off">
        <table:table-column table:number-columns-repeated="2"/>
        <table:table-column table:visibility="collapse" table:number-columns-repeated="99999"/>
        <table:table-row table:number-rows-repeated="2" table:visibility="filter">
          <table:table-cell table:number-columns-repeated="2" table:value-type="float" table:value="7"><text:p>7</text:p></table:table-cell>
          <table:table-cell table:number-columns-repeated="16382"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row-group table:display="false"><table:table-row><table:table-cell><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p>
          <office:annotation><text:p>catatan</text:p></office:annotation></table:table-cell></table:table-row></table:table-row-group>
        <table:table-row><table:table-cell office:value-type="float" office:value="0" table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>
          <table:table-cell table:formula="of:=[.A1]"/></table:table-row>
        </table:table>"#,
    ))
    .unwrap();
    let wanted = [
        (1, 0, "7", Sort::Number),
        (1, 1, "7", Sort::Number),
        (2, 0, "7", Sort::Number),
        (2, 1, "7", Sort::Number),
        (1_048_003, 0, "a  b\nc", Sort::Text),
        (1_048_004, 0, "#DIV/0!", Sort::Error),
        (1_048_004, 1, "=[.A1]", Sort::Unvalued),
    ];
    assert_eq!(cells(&book), wanted);
    let sheet = &book.grid.sheets[0];
    assert!(sheet.hidden);
    assert_eq!(
        (sheet.hidden_columns[0], sheet.hidden_columns.len()),
        (2, 16_382)
    );
    let hidden: Vec<bool> = sheet
        .rows
        .clone()
        .map(|row| book.grid.row(row).hidden())
        .collect();
    assert_eq!(hidden, [true, true, true, false]);
}

#[test]
fn a_row_that_is_repeated_beyond_the_sheet_is_too_much() {
    let row = |times: u32| {
        document(&format!(
            r#"<table:table table:name="T"><table:table-row table:number-rows-repeated="{times}"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>"#
        ))
    };
    assert!(read(row(100)).is_ok_and(|book| book.grid.sheets[0].rows.len() == 100));
    for times in [1_048_577, u32::MAX] {
        let result = read(row(times)).err();
        assert_eq!(result, Some(Refused::TooLarge { what: "sheet" }));
    }
}
