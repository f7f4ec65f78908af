//! Tests of the scanner: on clean input it agrees with the `csv` crate, on any input it holds.

use proptest::prelude::*;

use super::*;

fn records(text: &str, delim: u8) -> Vec<Vec<String>> {
    let (mut pos, mut cells, mut all) = (0, Vec::new(), Vec::new());
    while pos < text.len() {
        pos = record(text, pos, delim, MAX_RECORD, &mut cells);
        all.push(
            cells
                .iter()
                .map(|cell| content(text, cell).into_owned())
                .collect(),
        );
    }
    all
}

fn faults(text: &str) -> Vec<QuoteFault> {
    let (mut pos, mut cells, mut all) = (0, Vec::new(), Vec::new());
    while pos < text.len() {
        pos = record(text, pos, b';', 64, &mut cells);
        all.extend(cells.iter().filter_map(|cell| cell.fault));
    }
    all
}

#[test]
fn cells_lose_padding_and_quotes() {
    let text = " a ;\u{a0}b;\" c\"\" d \" ;\r\n\"e\r\nf\";;\rg\n";
    let expected: [&[&str]; 3] = [&["a", "b", "c\" d", ""], &["e\r\nf", "", ""], &["g"]];
    assert_eq!(records(text, b';'), expected);
    assert_eq!(faults(text), []);
}

#[test]
fn each_fault_is_told_with_its_place() {
    assert_eq!(faults("KSU \"Maju\";1\n"), [QuoteFault::BareQuote(4)]);
    assert_eq!(faults("\"x\"y;1\n"), [QuoteFault::AfterQuote(2)]);
    assert_eq!(faults("1;\"x;2\n3;4\n"), [QuoteFault::Unclosed(2)]);
}

#[test]
fn an_unclosed_quote_swallows_its_own_line_only() {
    // Closed by the next line's opening quote, never closed, closed too far away.
    for text in ["1;\"a;2\n3;\"b\";4\n5;6\n", "1;\"a;2\n3;b;4\n"] {
        let found = records(text, b';');
        assert_eq!(found[0], ["1", "\"a", "2"]);
        assert_eq!(found[1], ["3", "b", "4"]);
    }
    let far = format!("1;\"a\n{}2;b\"\n", "x;y\n".repeat(100));
    assert_eq!(faults(&far)[0], QuoteFault::Unclosed(2));
    assert_eq!(boundary(far.as_bytes(), false, b';', 64), Some(far.len()));
}

#[test]
fn a_boundary_is_never_inside_a_cell() {
    let cut = |text: &str| boundary(text.as_bytes(), false, b';', 64);
    assert_eq!(cut("a;b\nc;d"), Some(4));
    assert_eq!(cut("a;b"), None);
    assert_eq!(cut("a;b\r"), None);
    assert_eq!(cut("a;\"b\nc"), None);
    assert_eq!(cut("1\na;\"b\nc\"\n"), Some(10));
    assert_eq!(cut("1\na;\"b\nc\"\r"), Some(2));
    assert_eq!(boundary(b"b\nc\";d\ne", true, b';', 64), Some(7));
}

fn any_text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("([ab1é ]|[;;,\"\"\n\r]){0,60}").expect("a pattern")
}

proptest! {
    #[test]
    fn clean_text_reads_as_the_csv_crate_reads_it(
        rows in prop::collection::vec(prop::collection::vec("[a-c é;,\"\n\r]{0,6}", 1..5), 1..6),
        delim in prop::sample::select(vec![b';', b',', b'\t', b'|']),
        crlf in any::<bool>(),
    ) {
        let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delim).terminator(terminator).flexible(true).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).expect("written");
        }
        let text = String::from_utf8(writer.into_inner().expect("written")).expect("UTF-8");
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delim).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> = reader.records()
            .map(|row| row.expect("clean").iter().map(|cell| trim(cell).to_owned()).collect())
            .collect();
        prop_assert_eq!(records(&text, delim), expected);
        prop_assert_eq!(boundary(text.as_bytes(), false, delim, MAX_RECORD), Some(text.len()));
    }

    #[test]
    fn any_text_reads_the_same_in_pieces(text in any_text(), step in 1..20_usize, max in 4..30_usize) {
        let read = |text: &str, from: usize, all: &mut Vec<(usize, Vec<String>)>| {
            let (mut pos, mut cells) = (0, Vec::new());
            while pos < text.len() {
                let next = record(text, pos, b';', max, &mut cells);
                prop_assert!(next > pos && text.is_char_boundary(next));
                prop_assert_eq!(cells[0].start as usize, pos);
                all.push((from + pos, cells.iter().map(|c| content(text, c).into_owned()).collect()));
                pos = next;
            }
            Ok(())
        };
        let (mut whole, mut pieces) = (Vec::new(), Vec::new());
        read(&text, 0, &mut whole)?;
        let (mut from, mut to) = (0, 0);
        while to < text.len() {
            to = text.len().min(to + step);
            match boundary(&text.as_bytes()[from..to], false, b';', max) {
                Some(cut) => {
                    read(&text[from..from + cut], from, &mut pieces)?;
                    from += cut;
                }
                None => continue,
            }
        }
        read(&text[from..], from, &mut pieces)?;
        prop_assert_eq!(pieces, whole);
    }
}
