//! Tests of the sniffing.

use super::*;
use crate::tape::Name;

const REGISTER: &str = "no;nm kop;no bh;tgl bh;Anggt;modal sendiri\r\n\
    1 ; A ; 1/BH/I ;05/03/2001; 3.350 ; 2.345.678 \r\n\
    2 ; B ; 2/BH/I ;25/03/2001; - ; (1.200)\r\n";

#[test]
fn a_register_is_taken_in() {
    let form = form(REGISTER, true).unwrap();
    assert_eq!(
        (form.delim, form.sep_line, form.title_rows, form.header_rows),
        (b';', false, 0, 1)
    );
    assert!(REGISTER[form.body..].starts_with("1 ;"));
    assert_eq!(
        form.headings[2].column,
        Some(Column::Field(Name::nomor_badan_hukum))
    );
    assert_eq!(
        &REGISTER[form.headings[1].start as usize..form.headings[1].end as usize],
        "nm kop"
    );
    assert_eq!(
        form.dates[3],
        DateOrder {
            day_first: 1,
            month_first: 0
        }
    );
    assert_eq!(
        form.numbers,
        NumberStyle {
            dot_thousands: 1,
            comma_thousands: 0
        }
    );
    let example = form.dot_thousands.unwrap();
    assert_eq!(example.text, "2.345.678");
    assert!(REGISTER[example.place..].starts_with(" 2.345.678"));
}

#[test]
fn each_delimiter_is_found_and_a_sep_line_obeyed() {
    for delim in [';', ',', '\t', '|'] {
        let text = REGISTER.replace(';', &delim.to_string());
        assert_eq!(char::from(form(&text, true).unwrap().delim), delim);
        for line in [format!("sep={delim}\r\n"), format!("\"SEP={delim}\"\n")] {
            let found = form(&format!("{line}{text}"), true).unwrap();
            assert_eq!(
                (char::from(found.delim), found.sep_line, found.title_rows),
                (delim, true, 0)
            );
        }
    }
    assert_eq!(sep_line("sep=\"\n"), (None, 0));
    assert_eq!(sep_line("sep=é\n"), (None, 0));
}

#[test]
fn titles_two_rows_and_numbers_are_passed_over() {
    let text = "\"DAFTAR\nKOPERASI\",,,\n,,,\nNama,No BH,Jumlah Anggota,\n,,L,P\n(1),(2),(3),(4)\nA,1/BH/I,1,2\n";
    let form = form(text, true).unwrap();
    assert_eq!(
        (form.title_rows, form.header_rows, form.number_row),
        (2, 2, true)
    );
    assert_eq!(&text[form.body..], "A,1/BH/I,1,2\n");
    assert_eq!(form.headings[3].text, "Jumlah Anggota P");
    assert_eq!(
        &text[form.headings[3].start as usize..form.headings[3].end as usize],
        "P"
    );
}

#[test]
fn a_record_that_may_be_cut_is_no_evidence() {
    let text = "nama;nobh;aset\nA;1/BH/I;12.5";
    assert_eq!(form(text, true).unwrap().numbers.comma_thousands, 1);
    assert_eq!(form(text, false).unwrap().numbers.comma_thousands, 0);
}

#[test]
fn without_a_header_the_best_candidate_is_placed() {
    let text = "x,y\nKecamatan,Desa\n1,2\n";
    let none = form(text, true).unwrap_err();
    assert_eq!(
        none,
        NoHeader {
            delim: b',',
            best: Some((
                Candidate {
                    row: 1,
                    recognised: 2
                },
                4
            ))
        }
    );
    for text in [
        "",
        "\n",
        "\"",
        "a",
        &";".repeat(300_000),
        &"é\n".repeat(200_000),
        &"\"a;".repeat(150_000),
    ] {
        assert!(form(text, false).is_err());
    }
}
