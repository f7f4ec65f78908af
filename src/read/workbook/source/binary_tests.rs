//! Binary workbooks, made record by record.

use super::made_tests::{cells, package};
use super::{Kind, Refused, read};
use crate::grid::Sort;

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A string as XLSB writes it.
fn string(text: &str) -> Vec<u8> {
    let length = u32::try_from(text.len()).unwrap().to_le_bytes();
    [&length[..], &wide(text)].concat()
}

/// A record of XLSB.
fn record(kind: u16, parts: &[&[u8]]) -> Vec<u8> {
    let data = parts.concat();
    let kind = match kind {
        0..0x80 => vec![u8::try_from(kind).unwrap()],
        _ => vec![(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8],
    };
    let size = [(data.len() & 0x7F) as u8 | 0x80, (data.len() >> 7) as u8];
    [&kind[..], &size, &data].concat()
}

fn numbers(all: &[u32]) -> Vec<u8> {
    all.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn xlsb(cells: &[Vec<u8>]) -> Vec<u8> {
    let book = [
        record(0x99, &[&[0; 12]]),
        record(0x9C, &[&numbers(&[0, 1]), &string("r1"), &string("S")]),
        record(
            0x9C,
            &[&numbers(&[2, 2]), &string("r1"), &string("Rahasia")],
        ),
    ];
    let strings = [
        record(0x9F, &[&numbers(&[1, 1])]),
        record(0x13, &[&[0], &string("Tani")]),
    ];
    let format = |id: u16| [0, 0, id.to_le_bytes()[0], id.to_le_bytes()[1]];
    let styles = [
        record(0x2C, &[&164_u16.to_le_bytes(), &string("0000")]),
        record(0x2F, &[&format(14)]),
        record(0x0269, &[&numbers(&[3])]),
        record(0x2F, &[&format(0)]),
        record(0x2F, &[&format(164)]),
        record(0x2F, &[&format(14)]),
        record(0x026A, &[]),
    ];
    let sheet = [
        record(0x3C, &[&numbers(&[1, 2, 0, 0]), &[0, 0]]),
        record(0x91, &[]),
        record(0, &[&numbers(&[4, 0]), &[0, 0, 0, 0x10, 0, 0, 0, 0, 0]]),
        cells.concat(),
        record(0x92, &[]),
        record(0xB0, &[&numbers(&[0, 1, 2, 3])]),
    ];
    let rels = |to: &str| format!("<Relationships>{to}</Relationships>").into_bytes();
    let one = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"x/{kind}\" Target=\"{target}\"/>")
    };
    let parts = [
        one("r1", "worksheet", "sheet1.bin"),
        one("r2", "sharedStrings", "strings.bin"),
        one("r3", "styles", "styles.bin"),
    ];
    package(&[
        (
            "_rels/.rels",
            rels(&one("r1", "officeDocument", "xl/workbook.bin")),
        ),
        ("xl/_rels/workbook.bin.rels", rels(&parts.concat())),
        ("xl/workbook.bin", book.concat()),
        ("xl/strings.bin", strings.concat()),
        ("xl/styles.bin", styles.concat()),
        ("xl/sheet1.bin", sheet.concat()),
    ])
}

fn cell(kind: u16, column: u32, style: u32, value: &[u8]) -> Vec<u8> {
    record(kind, &[&numbers(&[column, style]), value])
}

#[test]
fn cells_of_xlsb() {
    let bytes = xlsb(&[
        cell(7, 0, 0, &numbers(&[0])),
        cell(1, 1, 1, &[]),
        cell(2, 2, 1, &numbers(&[(12 << 2) | 2])),
        cell(5, 3, 2, &45_352_f64.to_le_bytes()),
        cell(9, 4, 0, &0.5_f64.to_le_bytes()),
        cell(11, 5, 0, &[0x17]),
        cell(10, 6, 0, &[1]),
        cell(8, 7, 0, &string("hasil")),
        cell(8, 8, 0, &string("")),
        cell(3, 9, 0, &[0x07]),
    ]);
    let book = read(bytes).unwrap();
    assert_eq!((book.kind, book.grid.sheets.len()), (Kind::Xlsb, 2));
    let wanted = [
        (5, 0, "Tani", Sort::Text),
        (5, 2, "0012", Sort::Number),
        (5, 3, "2024-03-01", Sort::Date),
        (5, 4, "0.5", Sort::Number),
        (5, 5, "#REF!", Sort::Error),
        (5, 6, "TRUE", Sort::Bool),
        (5, 7, "hasil", Sort::Text),
        (5, 9, "#DIV/0!", Sort::Error),
    ];
    assert_eq!(cells(&book), wanted);
    assert!(book.grid.row(0).hidden() && book.grid.sheets[1].hidden);
    assert_eq!(book.grid.sheets[0].hidden_columns, [1, 2]);
    assert_eq!(book.merged[0], (0, [1, 3, 2, 4]));
}

#[test]
fn broken_records_of_xlsb_are_damage() {
    for wrong in [
        cell(7, 0, 0, &numbers(&[1])),
        cell(7, 0, 0, &[]),
        cell(5, 16_384, 0, &1_f64.to_le_bytes()),
        cell(5, 0, 0, &f64::NAN.to_le_bytes()),
        cell(6, 0, 0, &numbers(&[u32::MAX - 1])),
        [cell(2, 1, 0, &numbers(&[2])), cell(2, 1, 0, &numbers(&[2]))].concat(),
        vec![5, 0xFF, 0x7F],
    ] {
        let result = read(xlsb(&[wrong]));
        assert!(matches!(result, Err(Refused::Damaged { .. })), "{result:?}");
    }
}

/// A compound file of one stream.
fn compound(name: &str, content: &[u8]) -> Vec<u8> {
    let mut head = vec![0; 76];
    head[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    head[30] = 9;
    for (at, number) in [(48, 1), (60, 0xFFFF_FFFE), (68, 0xFFFF_FFFE)] {
        head[at..at + 4].copy_from_slice(&u32::to_le_bytes(number));
    }
    let sectors = |mut first: Vec<u32>, count: usize| {
        first.resize(count, 0xFFFF_FFFF);
        numbers(&first)
    };
    let entry = |name: &str, kind: u8, start: u32, size: u32| {
        let mut entry = wide(name);
        entry.resize(64, 0);
        entry.extend([u8::try_from(name.len() * 2 + 2).unwrap(), 0, kind]);
        entry.resize(116, 0);
        entry.extend(numbers(&[start, size, 0]));
        entry
    };
    let size = u32::try_from(content.len()).unwrap();
    let mut directory = [entry("Root Entry", 5, 0, 0), entry(name, 2, 2, size)].concat();
    directory.resize(512, 0);
    let table = sectors(vec![0xFFFF_FFFD, 0xFFFF_FFFE, 0xFFFF_FFFE], 128);
    [
        head,
        sectors(vec![0], 109),
        table,
        directory,
        content.to_vec(),
    ]
    .concat()
}

#[test]
fn passwords_are_known() {
    assert_eq!(
        read(compound("EncryptedPackage", b"x")).err(),
        Some(Refused::Encrypted)
    );
    let start = [0x09, 0x08, 4, 0, 0, 6, 5, 0];
    let locked = [&start[..], &[0x2F, 0, 2, 0, 1, 0]].concat();
    assert_eq!(
        read(compound("Workbook", &locked)).err(),
        Some(Refused::Encrypted)
    );
    assert_eq!(
        read(compound("Workbook", &start)).err(),
        Some(Refused::NoSheets)
    );
    assert_eq!(
        read(compound("WordDocument", b"x")).err(),
        Some(Refused::NotAWorkbook)
    );
    let list = "<m><file-entry><encryption-data/></file-entry></m>";
    let document = package(&[("content.xml", "x"), ("META-INF/manifest.xml", list)]);
    assert_eq!(read(document).err(), Some(Refused::Encrypted));
}

#[test]
fn a_compound_file_in_circles_ends() {
    let mut bytes = compound("Workbook", &[0; 512]);
    // The stream's sector follows itself, and the stream says that it is large.
    bytes[512 + 8..512 + 12].copy_from_slice(&2_u32.to_le_bytes());
    let size = 1024 + 128 + 120;
    bytes[size..size + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(matches!(read(bytes), Err(Refused::Damaged { .. })));
}
