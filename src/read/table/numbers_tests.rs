//! Tests of the numbers.

use super::*;

fn said(text: &str, kind: Kind, style: Option<Style>) -> String {
    match read(text, kind, style) {
        NumberRead::Read(number) => number,
        NumberRead::Ambiguous {
            as_thousands,
            as_decimal,
        } => format!("{as_thousands} or {as_decimal}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn each_form_is_read() {
    for (text, expected) in [
        ("0", "Plain"),
        ("-5", "Plain"),
        ("12.5", "Plain"),
        ("-1234.50", "Plain"),
        ("0.123", "Plain"),
        ("2.345.678.901", "2345678901"),
        ("(11.222.333)", "-11222333"),
        ("- 11.222.333", "-11222333"),
        ("Rp 1.000.000,-", "1000000"),
        ("Rp. 1.000,-", "1000"),
        ("(Rp 2.000.000)", "-2000000"),
        ("-Rp1.000.000", "-1000000"),
        ("1.234,56", "1234.56"),
        ("12,5", "12.5"),
        ("1,234.56", "1234.56"),
        ("1 000 000,50", "1000000.5"),
        ("1.000.000,00", "1000000"),
        ("007", "7"),
        ("+5", "5"),
        ("(0)", "0"),
        ("'3350", "3350"),
        ("1.234", "1234 or 1.234"),
        ("1,234", "1234 or 1.234"),
        ("Rp 1.500", "1500 or 1.5"),
        ("-", "Dash"),
        ("Rp -", "Dash"),
        ("1,5E+09", "Damaged"),
        ("12345678901234567890123456789012", "Not"),
        ("5%", "Not"),
        ("", "Not"),
        (".5", "Not"),
        ("5,", "Not"),
        ("1.23.456", "Not"),
        ("1,2,3", "Not"),
        ("()", "Not"),
        ("(-5)", "Not"),
        ("1.234,5,-", "Not"),
        ("012.345.678", "Not"),
        ("1.234,567.8", "Not"),
        ("Rp", "Not"),
        ("12 orang", "Not"),
        ("１２", "Not"),
        ("é", "Not"),
        ("- -", "Not"),
    ] {
        assert_eq!(said(text, Kind::Decimal, None), expected, "{text}");
    }
}

#[test]
fn the_kind_and_the_style_settle_one_separator() {
    assert_eq!(said("3.350", Kind::Whole, None), "3350");
    assert_eq!(said("3,350", Kind::Whole, None), "3350");
    assert_eq!(said("3.350,00", Kind::Whole, None), "3350");
    assert_eq!(
        said("3.350", Kind::Decimal, Some(Style::DotThousands)),
        "3350"
    );
    assert_eq!(
        said("3,350", Kind::Decimal, Some(Style::DotThousands)),
        "3.35"
    );
    assert_eq!(
        said("3,350", Kind::Decimal, Some(Style::CommaThousands)),
        "3350"
    );
    assert_eq!(
        said("3.350", Kind::Decimal, Some(Style::CommaThousands)),
        "Plain"
    );
    assert_eq!(said("-(5", Kind::Decimal, None), "Not");
}

#[test]
fn only_what_has_one_reading_is_evidence() {
    let mut style = NumberStyle::default();
    for text in ["1.234", "1,234", "12", "-", "x", "1 000"] {
        assert_eq!(style.see(text), None, "{text}");
    }
    for text in ["1.234,5", "1.234.567", "12,5", "Rp 1.000,-"] {
        assert_eq!(style.see(text), Some(Style::DotThousands), "{text}");
    }
    assert_eq!(style.settled(), Some(Style::DotThousands));
    assert_eq!(style.see("1,234.5"), Some(Style::CommaThousands));
    assert_eq!(style.settled(), None);
}
