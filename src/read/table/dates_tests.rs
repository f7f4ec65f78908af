//! Tests of the dates.

use super::*;

fn said(text: &str) -> String {
    match read(text, None) {
        DateRead::Iso(date) => format!("{date} iso"),
        DateRead::Read { date, how } => format!("{date} {how:?}"),
        DateRead::Ambiguous {
            day_first,
            month_first,
        } => format!("{day_first} or {month_first}"),
        DateRead::Sentinel => "nothing".to_owned(),
        DateRead::Not => "not".to_owned(),
    }
}

#[test]
fn each_form_is_read_and_named() {
    for (text, expected) in [
        ("2024-03-12", "2024-03-12 iso"),
        ("2024-03-12 00:00:00", "2024-03-12 TimeDropped"),
        ("2024-03-12T00:00:00.000", "2024-03-12 TimeDropped"),
        ("2024/3/12", "2024-03-12 YearFirst"),
        ("28/2/2021", "2021-02-28 DayFirst"),
        ("28-02-2021", "2021-02-28 DayFirst"),
        ("28.02.2021 0:00", "2021-02-28 DayFirst"),
        ("5/5/2021", "2021-05-05 DayFirst"),
        ("2/28/2021 12:00:00 AM", "2021-02-28 MonthFirst"),
        ("24//3/2024", "2024-03-24 Repaired"),
        ("24-3/2024", "2024-03-24 Repaired"),
        ("12 Maret 2024", "2024-03-12 MonthName"),
        ("Selasa, 12 Maret 2024", "2024-03-12 MonthName"),
        ("12-Mar-2024", "2024-03-12 MonthName"),
        ("1 AGT 2024", "2024-08-01 MonthName"),
        ("March 12, 2024", "2024-03-12 MonthName"),
        ("45363", "2024-03-12 Serial"),
        ("03/04/2024", "2024-04-03 or 2024-03-04"),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn what_stands_for_nothing_and_what_is_no_date() {
    for text in [
        "00/01/1900",
        "0/1/1900",
        "01/01/1900",
        "1900-01-00",
        "1900-01-01",
        "30/12/1899",
        "1899-12-30",
        "01/01/0001",
        "31/12/9999",
        "12/31/9999",
        "1/0/1900",
        "00-Jan-1900",
        "0000-00-00",
        "1900-01-00 00:00:00",
    ] {
        assert_eq!(said(text), "nothing", "{text}");
    }
    for text in [
        "",
        "-",
        "1",
        "2024",
        "12/03/24",
        "12 Mar 24",
        "31/02/2024",
        "2023-02-29",
        "2024-13-01",
        "12 3 2024",
        "1.234.567",
        "99999",
        "19999",
        "12/3/2024/1",
        "Maret 2024",
        "Purwokerto, 12 Maret 2024",
        "/1/2/2024",
        "1/2/2024/",
        "２０２４-01-01",
        "T",
        "AM",
        "éAM",
        "T10:00",
        "Senin",
        "é/é/2024",
    ] {
        assert_eq!(said(text), "not", "{text}");
    }
}

#[test]
fn the_column_settles_the_order() {
    let mut order = DateOrder::default();
    for text in [
        "03/04/2024",
        "2024-01-31",
        "5/5/2024",
        "31 Mei 2024",
        "00/01/1900",
    ] {
        order.see(text);
    }
    assert_eq!(order.settled(), None);
    order.see("31/12/2024");
    assert_eq!(order.settled(), Some(Order::DayFirst));
    let april = Date::new(2024, 4, 3).unwrap();
    assert_eq!(
        read("03/04/2024", order.settled()),
        DateRead::Read {
            date: april,
            how: DateHow::DayFirst
        }
    );
    order.see("12/31/2024");
    assert_eq!(order.settled(), None);
    let march = DateRead::Read {
        date: Date::new(2024, 3, 4).unwrap(),
        how: DateHow::MonthFirst,
    };
    assert_eq!(read("03/04/2024", Some(Order::MonthFirst)), march);
}

#[test]
fn the_short_way_for_iso_dates_leads_where_the_long_one_does() {
    let mut day = Date::constant(1901, 1, 1);
    while day.year() < 2100 {
        let text = day.to_string();
        assert_eq!(read(&text, None), read_any(&text, None), "{text}");
        day = day.tomorrow().unwrap();
    }
}
