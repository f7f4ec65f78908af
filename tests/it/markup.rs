//! Marked copies: the user's book stays whole, the marks stand where they should.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use koplint::rule::Level;
use koplint::workbook::{
    Earlier, Error, Look, MEMORY_SHEET, NewColumns, Package, Page, RESULT_SHEET, Text, Tone, Value,
};

use crate::support::root;

/// Sheet → cell → value and formula.
pub type Cells = BTreeMap<String, BTreeMap<(u32, u32), (String, String)>>;

pub fn book(name: &str) -> Vec<u8> {
    std::fs::read(root().join("fixtures/workbooks/patch").join(name)).unwrap()
}

pub fn cells(bytes: &[u8]) -> Cells {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut out = Cells::new();
    for name in book.sheet_names() {
        let own = out.entry(name.clone()).or_default();
        let range = book.worksheet_range(&name).unwrap();
        let (row, column) = range.start().unwrap_or_default();
        for (r, c, value) in range.used_cells() {
            let place = (row + r as u32 + 1, column + c as u32 + 1);
            if *value != Data::Empty {
                own.entry(place).or_default().0 = format!("{value:?}");
            }
        }
        let range = book.worksheet_formula(&name).unwrap();
        let (row, column) = range.start().unwrap_or_default();
        for (r, c, formula) in range.used_cells() {
            let place = (row + r as u32 + 1, column + c as u32 + 1);
            own.entry(place).or_default().1.clone_from(formula);
        }
    }
    out
}

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().into_owned();
        assert!(out.insert(name.clone(), bytes).is_none(), "{name} twice");
    }
    out
}

fn text(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).unwrap()
}

/// Every part is sound XML, and every relationship leads to a part.
pub fn sound(bytes: &[u8]) {
    let parts = parts(bytes);
    for (name, bytes) in &parts {
        if ![".xml", ".rels", ".vml"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            continue;
        }
        let mut reader = quick_xml::NsReader::from_reader(bytes.as_slice());
        let mut buffer = Vec::new();
        loop {
            use quick_xml::events::Event;
            use quick_xml::name::ResolveResult::Unknown;
            let event = reader.read_event_into(&mut buffer);
            if let Ok(Event::Start(tag) | Event::Empty(tag)) = &event {
                let attributes = tag.attributes().map(|own| own.unwrap().key);
                let unknown = attributes.filter(|key| {
                    matches!(reader.resolver().resolve_attribute(*key).0, Unknown(_))
                });
                assert_eq!(unknown.count(), 0, "{name}: {tag:?}");
                let element = reader.resolver().resolve_element(tag.name()).0;
                assert!(!matches!(element, Unknown(_)), "{name}: {tag:?}");
            }
            match event {
                Ok(Event::Eof) => break,
                Ok(Event::Empty(tag)) if name.ends_with(".rels") => {
                    let get = |name| tag.try_get_attribute(name).unwrap();
                    if get("TargetMode").is_none() {
                        let target = get("Target").unwrap().value.into_owned();
                        let path = target_of(name, &target);
                        assert!(parts.contains_key(&path), "{name}: {target}");
                    }
                }
                Ok(_) => {}
                Err(error) => panic!("{name}: {error}"),
            }
            buffer.clear();
        }
    }
}

/// The part that a relationship names.
fn target_of(rels: &str, target: &str) -> String {
    if let Some(path) = target.strip_prefix('/') {
        return path.to_owned();
    }
    let folder = Path::new(rels).parent().unwrap().parent().unwrap();
    let mut path = PathBuf::new();
    for step in folder.join(target).components() {
        match step {
            std::path::Component::ParentDir => assert!(path.pop()),
            step => path.push(step),
        }
    }
    path.to_str().unwrap().to_owned()
}

fn page() -> Page {
    Page {
        widths: vec![10.0, 40.0],
        rows: vec![
            vec![Text::new("Hasil", Look::Title)],
            vec![
                Text::new("Sel", Look::Bold),
                Text::new("Masalah", Look::Bold),
            ],
            vec![
                Text {
                    link: Some(("Data 2025".to_owned(), 3, 2)),
                    ..Text::new("B3", Look::Link)
                },
                Text::new("=1+1 _x0041_ <&>", Look::Tone(Tone::Open(Level::Error))),
            ],
        ],
        list: Some(2),
    }
}

fn written(package: Package) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    assert_eq!(package.write(&mut out).unwrap(), []);
    let out = out.into_inner();
    sound(&out);
    out
}

fn marked(bytes: Vec<u8>, sheet: &str) -> Vec<u8> {
    let mut package = Package::open(bytes).unwrap();
    for (row, column, tone, words) in [
        (1, 3, Tone::Open(Level::Note), "di sel gabungan"),
        (2, 1, Tone::Open(Level::Error), "judul gelap"),
        (3, 2, Tone::Open(Level::Note), "yang ringan"),
        (3, 2, Tone::Open(Level::Error), "nomor <salah> & \u{1}"),
        (
            4,
            2,
            Tone::Open(Level::Warning),
            "sel ini sudah berkomentar",
        ),
        (5, 3, Tone::Open(Level::Warning), "sel kuning"),
        (30, 9, Tone::Open(Level::Error), "baris baru"),
    ] {
        package.mark(sheet, row, column, tone, words).unwrap();
    }
    let rows = (3..13).map(|row| (row, vec!["gugur".to_owned(), format!("alasan {row}")]));
    let columns = NewColumns {
        header_row: 2,
        headings: vec![
            ("koplint: putusan".into(), 18.0),
            ("koplint: alasan".into(), 40.0),
        ],
        rows: rows.collect(),
    };
    package.append_columns(sheet, columns).unwrap();
    assert_eq!(package.first_sheet(RESULT_SHEET, page()), RESULT_SHEET);
    package.remember(vec![Earlier {
        code: "R001".into(),
        field: "rat".into(),
        key: "001/BH".into(),
        level: "error".into(),
    }]);
    written(package)
}

/// What was there before is there still, but for what was put right of it.
fn kept(before: &Cells, after: &Cells, marked: &str, right_of: u32) {
    for (sheet, cells) in before {
        let mut now = after[sheet].clone();
        now.retain(|(_, column), _| sheet != marked || *column <= right_of);
        assert_eq!(*cells, now, "{sheet}");
    }
}

fn python(script: &str, arguments: &[&Path]) -> Option<String> {
    let has = Command::new("python3")
        .args(["-c", "import openpyxl"])
        .output();
    if !has.is_ok_and(|output| output.status.success()) {
        println!("skipped: no python3 with openpyxl");
        return None;
    }
    let output = Command::new("python3")
        .args(["-W", "ignore", "-c", script])
        .args(arguments)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The files of one folder as LibreOffice saves them.
pub fn saved_again<const N: usize>(paths: [&Path; N]) -> Option<[Vec<u8>; N]> {
    let folder = paths[0].parent().unwrap().join("lo");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(&folder)
        .args(paths)
        .output();
    if run.is_err() {
        println!("skipped: no LibreOffice");
        return None;
    }
    Some(paths.map(|path| std::fs::read(folder.join(path.file_name().unwrap())).unwrap()))
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn the_users_book_stays_whole() {
    for (name, sheet, right_of) in [
        ("kaya.xlsx", "Data 2025", 6),
        ("libre.xlsx", "Data 2025", 6),
        ("ganjil.xlsx", "Koperasi", 3),
        ("polos.xlsx", "Kosong", 0),
    ] {
        let before = book(name);
        let after = marked(before.clone(), sheet);
        kept(&cells(&before), &cells(&after), sheet, right_of);
        let (old, new) = (parts(&before), parts(&after));
        for (path, bytes) in &old {
            let touched = [
                "sheet", "styles", "gaya", "rels", "comment", "vml", "workbook", "Types",
            ];
            if !touched.iter().any(|word| path.contains(word)) {
                assert!(new[path] == *bytes, "{path}");
            }
        }
        let names: Vec<String> = {
            let book: Xlsx<_> = Xlsx::new(Cursor::new(after.clone())).unwrap();
            book.sheet_names()
        };
        assert_eq!(names[0], RESULT_SHEET);
        assert_eq!(names.last().unwrap(), MEMORY_SHEET);
        let verdicts = &cells(&after)[sheet];
        assert_eq!(
            verdicts[&(2, right_of + 1)].0,
            "String(\"koplint: putusan\")"
        );
        assert_eq!(verdicts[&(12, right_of + 2)].0, "String(\"alasan 12\")");
        let first = &cells(&after)[RESULT_SHEET];
        assert_eq!(first[&(3, 2)].0, "String(\"=1+1 _x0041_ <&>\")");
        assert_eq!(first[&(3, 2)].1, "");
    }
}

const LOOK: &str = r#"
import sys, openpyxl
old, new = (openpyxl.load_workbook(path) for path in sys.argv[1:3])
assert new.active.title == "Hasil koplint"
assert [s.title for s in new if s.sheet_view.tabSelected] == ["Hasil koplint"]
assert new["_koplint"].sheet_state == "veryHidden"
assert new["Hasil koplint"]["A3"].hyperlink.location == "'Data 2025'!B3"
assert {k: v.attr_text for k, v in old.defined_names.items()} == {k: v.attr_text for k, v in new.defined_names.items()}
marked = {"A1", "A2", "B3", "B4", "C5", "I30"}
for a in old:
    b = new[a.title]
    assert (a.sheet_state, a.freeze_panes, a.auto_filter.ref, a.print_title_rows) == (b.sheet_state, b.freeze_panes, b.auto_filter.ref, b.print_title_rows)
    assert sorted(map(str, a.merged_cells.ranges)) == sorted(map(str, b.merged_cells.ranges))
    assert [(str(v.sqref), v.type, v.formula1) for v in a.data_validations.dataValidation] == [(str(v.sqref), v.type, v.formula1) for v in b.data_validations.dataValidation]
    assert [(str(c.sqref), [r.type for r in c.rules]) for c in a.conditional_formatting] == [(str(c.sqref), [r.type for r in c.rules]) for c in b.conditional_formatting]
    assert (len(a._charts), len(a._images), list(a.tables)) == (len(b._charts), len(b._images), list(b.tables))
    for letter, own in a.column_dimensions.items():
        other = b.column_dimensions[letter]
        assert (own.width, own.hidden) == (other.width, other.hidden), letter
    for row, own in a.row_dimensions.items():
        assert own.height == b.row_dimensions[row].height, row
    for cells in a.iter_rows():
        for x in cells:
            y = b[x.coordinate]
            same = ("value", "number_format", "font", "border", "alignment", "protection", "hyperlink")
            for name in same:
                p, q = getattr(x, name), getattr(y, name)
                if name == "hyperlink":
                    p, q = p and p.target, q and q.target
                assert repr(p) == repr(q), (a.title, x.coordinate, name, p, q)
            if a.title != "Data 2025" or x.coordinate not in marked:
                assert repr(x.fill) == repr(y.fill), (x.coordinate, x.fill, y.fill)
                assert (x.comment and x.comment.text) == (y.comment and y.comment.text)
data = new["Data 2025"]
fill = lambda cell: data[cell].fill.fgColor.rgb
assert fill("B3") == "FFFBCDCB" and fill("B4") == "FFFDE7B3" and fill("A1") == "FFD3E5FB"
# White letters keep a dark ground, and a fill of the user's own is told from none.
assert fill("A2").startswith("FF9B1B") and fill("C5").startswith("FFFDE7B") and fill("C5") != fill("B4")
sign = "\u2500\u2500 koplint \u2500\u2500\n"
assert data["B3"].comment.text == sign + "yang ringan\n\nnomor <salah> & \u2401", data["B3"].comment.text
assert data["B3"].comment.author == "koplint"
assert data["B4"].comment.text == "Mohon dicek <lagi> & lagi\n" + sign + "sel ini sudah berkomentar"
assert data["I30"].comment and data["A1"].comment
print("ok")
"#;

#[test]
fn formats_widths_validations_pictures_and_comments_stay() {
    let folder = tempfile::tempdir().unwrap();
    let before = file(folder.path(), "a.xlsx", &book("kaya.xlsx"));
    let after = marked(book("kaya.xlsx"), "Data 2025");
    let after = file(folder.path(), "b.xlsx", &after);
    if let Some(said) = python(LOOK, &[&before, &after]) {
        assert_eq!(said.trim(), "ok");
    }
}

const CLEAN: &str = r#"
import sys, openpyxl
old, new = (openpyxl.load_workbook(path)["Data 2025"] for path in sys.argv[1:3])
for cells in new.iter_rows():
    for y in cells:
        x = old[y.coordinate]
        assert (x.fill.fill_type, x.fill.fgColor.rgb) == (y.fill.fill_type, y.fill.fgColor.rgb), (y.coordinate, x.fill, y.fill)
        a, b = x.comment and x.comment.text.strip(), y.comment and y.comment.text.strip()
        assert a == b, (y.coordinate, a, b)
        assert x.value == y.value, (y.coordinate, x.value, y.value)
print("ok")
"#;

/// A copy without a finding left has the user's fills and comments alone, also when another
/// program saved the marked one.
#[test]
fn marks_give_way_to_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let first = marked(book("kaya.xlsx"), "Data 2025");
    let second = marked(first.clone(), "Data 2025");
    assert_eq!(cells(&first), cells(&second));
    let (one, two) = (parts(&first), parts(&second));
    assert!(one.keys().eq(two.keys()));
    assert_eq!(
        text(&one, "xl/comments/comment1.xml"),
        text(&two, "xl/comments/comment1.xml")
    );
    let third = parts(&marked(second, "Data 2025"));
    assert_eq!(text(&two, "xl/styles.xml"), text(&third, "xl/styles.xml"));

    let path = file(folder.path(), "marked.xlsx", &first);
    let origin = file(folder.path(), "origin.xlsx", &book("kaya.xlsx"));
    for (name, copy) in [
        ("own.xlsx", Some(first)),
        ("lo.xlsx", saved_again([&path]).map(|[copy]| copy)),
    ] {
        let Some(copy) = copy else { continue };
        let mut package = Package::open(copy).unwrap();
        assert_eq!(
            package.sheets(),
            ["Sampul", "Data 2025", "Tabel", "Rahasia"]
        );
        assert_eq!(package.earlier().unwrap()[0].code, "R001");
        package.first_sheet(RESULT_SHEET, page());
        let clean = file(folder.path(), name, &written(package));
        if let Some(said) = python(CLEAN, &[&origin, &clean]) {
            assert_eq!(said.trim(), "ok");
        }
    }
}

#[test]
fn libreoffice_opens_the_copy_and_finds_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let before = file(folder.path(), "a.xlsx", &book("kaya.xlsx"));
    let after = file(
        folder.path(),
        "b.xlsx",
        &marked(book("kaya.xlsx"), "Data 2025"),
    );
    let Some([before, after]) = saved_again([&before, &after]) else {
        return;
    };
    kept(&cells(&before), &cells(&after), "Data 2025", 6);
    assert_eq!(koplint::workbook::earlier(after).unwrap().len(), 1);
}

#[test]
fn values_change_and_formulas_never_do() {
    let mut package = Package::open(book("kaya.xlsx")).unwrap();
    let day = jiff::civil::date(2024, 3, 1);
    for (column, value) in [
        (2, Value::Text("=1+1".into())),
        (4, Value::Date(day)),
        (5, Value::Date(day)),
        (6, Value::Number(0.1)),
        (9, Value::Bool(true)),
    ] {
        package.set("Data 2025", 6, column, value).unwrap();
    }
    package.set("data 2025", 13, 5, Value::Number(1.0)).unwrap();
    let mut out = Cursor::new(Vec::new());
    let skipped = package.write(&mut out).unwrap();
    let places: Vec<_> = skipped.iter().map(|own| (own.row, own.column)).collect();
    assert_eq!(places, [(13, 5)]);
    let out = out.into_inner();
    sound(&out);
    let after = &cells(&out)["Data 2025"];
    assert_eq!(after[&(6, 2)], ("String(\"=1+1\")".into(), String::new()));
    assert!(after[&(6, 4)].0.contains("45352"), "{:?}", after[&(6, 4)]);
    assert!(
        after[&(6, 5)].0.starts_with("DateTime"),
        "{:?}",
        after[&(6, 5)]
    );
    assert_eq!(after[&(6, 6)].0, "Float(0.1)");
    assert_eq!(after[&(6, 9)].0, "Bool(true)");
    assert_eq!(after[&(13, 5)].1, "SUM(E3:E12)");
    // Nothing of our own is added where only values change.
    assert_eq!(parts(&out).len(), parts(&book("kaya.xlsx")).len());
}

#[test]
fn a_taken_name_is_not_taken_again() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("hasil KOPLINT").unwrap();
    sheet.write(0, 0, "milik pengguna").unwrap();
    let mut package = Package::open(book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(
        package.first_sheet(RESULT_SHEET, page()),
        "Hasil koplint (2)"
    );
    let again = written(package);
    let mut package = Package::open(again).unwrap();
    assert_eq!(package.sheets(), ["hasil KOPLINT"]);
    assert_eq!(
        package.first_sheet(RESULT_SHEET, page()),
        "Hasil koplint (2)"
    );
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The workbook with one part replaced.
fn with(name: &str, part: &str, bytes: &[u8]) -> Vec<u8> {
    let mut all = parts(&book(name));
    all.insert(part.to_owned(), bytes.to_vec());
    let all: Vec<(&str, &[u8])> = all
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_slice()))
        .collect();
    zipped(&all)
}

#[test]
fn what_is_no_workbook_or_a_broken_one_is_said() {
    let fault = |bytes: Vec<u8>| Package::open(bytes).err().unwrap();
    assert!(matches!(
        fault(b"\xD0\xCF\x11\xE0".to_vec()),
        Error::NotAPackage
    ));
    assert!(matches!(fault(Vec::new()), Error::NotAPackage));
    assert!(matches!(
        fault(zipped(&[("mimetype", b"ods")])),
        Error::NoWorkbook
    ));
    let document = with("polos.xlsx", "xl/workbook.xml", b"<document/>");
    assert!(matches!(fault(document), Error::NoWorkbook));
    let cut = with(
        "polos.xlsx",
        "xl/workbook.xml",
        b"<workbook><sheets><sheet name='a'",
    );
    assert!(matches!(fault(cut), Error::Malformed { .. }));
    let at = |name: &str, part: &str, bytes: &[u8]| {
        let mut package = Package::open(with(name, part, bytes)).unwrap();
        package.mark("Koperasi", 1, 1, Tone::Aside, "x").unwrap();
        package.write(Cursor::new(Vec::new())).err().unwrap()
    };
    let sheet = "xl/worksheets/sheet1.xml";
    let disorder = br#"<worksheet><sheetData><row r="5"/><row r="2"/></sheetData></worksheet>"#;
    assert!(matches!(
        at("polos.xlsx", sheet, disorder),
        Error::Disorder(_)
    ));
    assert!(matches!(
        at("polos.xlsx", sheet, b"<worksheet><a></b>"),
        Error::Malformed { .. }
    ));
    let mut package = Package::open(book("polos.xlsx")).unwrap();
    assert!(matches!(
        package.mark("Tiada", 1, 1, Tone::Aside, "x"),
        Err(Error::NoSheet(_))
    ));
}

#[test]
fn a_part_that_swells_is_refused() {
    let mut bomb = b"<worksheet><sheetData/>".to_vec();
    bomb.resize(160 << 20, b' ');
    bomb.extend_from_slice(b"</worksheet>");
    let bytes = with("polos.xlsx", "xl/worksheets/sheet1.xml", &bomb);
    let mut package = Package::open(bytes).unwrap();
    package.mark("Koperasi", 1, 1, Tone::Aside, "x").unwrap();
    let error = package.write(Cursor::new(Vec::new())).err().unwrap();
    // One run of blanks is beyond what a text may be, or the whole beyond what it was packed into.
    assert!(
        matches!(error, Error::TooLarge(_) | Error::Malformed { .. }),
        "{error}"
    );
}

#[test]
fn a_book_that_declares_and_closes_where_others_do_not_stays_sound() {
    let own = parts(&book("kaya.xlsx"));
    let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let declared = format!(r#" xmlns:r="{relationships}""#);
    let listed = text(&own, "xl/workbook.xml").replace(&declared, "");
    let listed = listed.replace("<sheet ", &format!("<sheet{declared} "));
    let bytes = with("kaya.xlsx", "xl/workbook.xml", listed.as_bytes());
    sound(&marked(bytes, "Data 2025"));

    let path = "xl/worksheets/sheet2.xml";
    let columns = with_ends(&text(&own, path));
    let bytes = with("kaya.xlsx", path, columns.as_bytes());
    let after = marked(bytes, "Data 2025");
    sound(&after);
    assert!(text(&parts(&after), path).contains("<col "));
}

/// Every `<col …/>` as `<col …></col>`.
fn with_ends(text: &str) -> String {
    let mut pieces = text.split("<col ");
    let mut out = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (tag, rest) = piece.split_once("/>").unwrap();
        out += &format!("<col {tag}></col>{rest}");
    }
    assert!(out.contains("</col>"));
    out
}
