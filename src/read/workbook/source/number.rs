//! A stored number, and the text that stands for it in the grid.

use std::fmt::Write;

use jiff::civil::{Date, date};

use super::format::Shape;
use crate::grid::Sort;

/// From here on General shows an exponent.
const LONG: f64 = 1e11;
/// From here on a workbook does not keep all digits.
const LOST: f64 = 1e15;
/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// Writes a number as it is shown by a format, and says what it is. `digits` are the number as it
/// is stored, if it is stored as text.
pub fn write(
    value: f64,
    digits: Option<&str>,
    shape: Shape,
    epoch_1904: bool,
    out: &mut String,
) -> Sort {
    let sort = match shape {
        Shape::Percent(least, most) => percent(value, least, most, out),
        Shape::Date => moment(value, epoch_1904, out),
        Shape::Time if (0.0..1e7).contains(&value) => clock(value.fract() * DAY, out),
        Shape::Elapsed if (0.0..1e7).contains(&value) => clock(value * DAY, out),
        _ => None,
    };
    sort.unwrap_or_else(|| plain(value, digits, shape, out))
}

fn plain(value: f64, digits: Option<&str>, shape: Shape, out: &mut String) -> Sort {
    let whole = value.fract() == 0.0;
    if let Shape::Padded(wide) = shape
        && whole
        && value.abs() < LOST
    {
        let sign = if value < 0.0 { "-" } else { "" };
        add(out, format_args!("{sign}{:0wide$}", value.abs()));
        return Sort::Number;
    }
    match digits.filter(|text| is_plain(text)) {
        Some(text) => out.push_str(text),
        None => add(out, format_args!("{}", value + 0.0)),
    }
    let shown_long = match shape {
        Shape::Scientific => true,
        Shape::General => value.abs() >= LONG,
        _ => false,
    };
    match whole {
        true if value.abs() >= LOST => Sort::Lost,
        true if shown_long => Sort::Scientific,
        _ => Sort::Number,
    }
}

/// Whether a number's text is a whole number as it would be written anyway.
fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    match digits {
        [b'0'] => text.len() == 1,
        [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// `25%`, rounded as it is shown: of the fifteen digits that a workbook keeps.
fn percent(value: f64, least: usize, most: usize, out: &mut String) -> Option<Sort> {
    let (least, most) = (least.min(15), most.min(15));
    let kept: f64 = format!("{:.14e}", value * 100.0).parse().ok()?;
    let scale = 10_f64.powi(i32::try_from(most).ok()?);
    let rounded = (kept * scale).round() / scale;
    if !rounded.is_finite() {
        return None;
    }
    let mut text = format!("{:.most$}", rounded + 0.0);
    while text.contains('.') && text.len() - text.find('.')? - 1 > least && text.ends_with('0') {
        text.pop();
    }
    out.push_str(text.trim_end_matches('.'));
    out.push('%');
    Some(Sort::Text)
}

/// A date, with the time if there is one. None outside the calendar of workbooks.
#[allow(clippy::cast_possible_truncation, reason = "within the calendar")]
fn moment(value: f64, epoch_1904: bool, out: &mut String) -> Option<Sort> {
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let seconds = (value * DAY).round() as i64;
    let (day, time) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let date = match (epoch_1904, day) {
        (true, day) => counted(date(1904, 1, 1), day)?,
        (false, 0) => return fixed("00/01/1900", out),
        (false, 60) => return fixed("29/02/1900", out),
        (false, 1..60) => counted(date(1899, 12, 31), day)?,
        (false, day) => counted(date(1899, 12, 30), day)?,
    };
    add(out, format_args!("{date}"));
    if time > 0 {
        let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
        add(out, format_args!(" {hour:02}:{minute:02}:{second:02}"));
    }
    Some(Sort::Date)
}

/// A day that workbooks show and the calendar has not.
fn fixed(shown: &str, out: &mut String) -> Option<Sort> {
    out.push_str(shown);
    Some(Sort::Text)
}

fn counted(from: Date, days: i64) -> Option<Date> {
    let date = from
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()?;
    (date.year() <= 9999).then_some(date)
}

/// `HH:MM:SS`, of seconds.
#[allow(clippy::cast_possible_truncation, reason = "within 1e12")]
fn clock(seconds: f64, out: &mut String) -> Option<Sort> {
    let all = seconds.round() as i64;
    let (hour, minute, second) = (all / 3600, all / 60 % 60, all % 60);
    add(out, format_args!("{hour:02}:{minute:02}:{second:02}"));
    Some(Sort::Text)
}

/// A date as ISO 8601 writes it; anything else stays text.
pub fn iso(text: &str, out: &mut String) -> Sort {
    let (day, time) = text.split_at_checked(10).unwrap_or((text, ""));
    let time = time.trim_start_matches(['T', ' ']).trim_end_matches('Z');
    let time = time.split_once('.').map_or(time, |(time, _)| time);
    let sound = time.is_empty() || (time.len() == 8 && time.parse::<jiff::civil::Time>().is_ok());
    if crate::date::parse(day).is_none() || !sound {
        out.push_str(text);
        return Sort::Text;
    }
    out.push_str(day);
    if !matches!(time, "" | "00:00:00") {
        out.push(' ');
        out.push_str(time);
    }
    Sort::Date
}

fn add(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: f64, shape: Shape) -> (String, Sort) {
        let mut out = String::new();
        let sort = write(value, None, shape, false, &mut out);
        (out, sort)
    }

    #[test]
    fn numbers_have_all_their_digits() {
        for (value, shape, text, sort) in [
            (3350.0, Shape::General, "3350", Sort::Number),
            (0.5, Shape::Plain, "0.5", Sort::Number),
            (-0.0, Shape::General, "0", Sort::Number),
            (-11_845_222.0, Shape::Plain, "-11845222", Sort::Number),
            (12.0, Shape::Padded(4), "0012", Sort::Number),
            (-12.0, Shape::Padded(4), "-0012", Sort::Number),
            (12.5, Shape::Padded(4), "12.5", Sort::Number),
            (12_345.0, Shape::Padded(4), "12345", Sort::Number),
            (
                99_999_999_999.0,
                Shape::General,
                "99999999999",
                Sort::Number,
            ),
            (
                3_374_110_000_001.0,
                Shape::General,
                "3374110000001",
                Sort::Scientific,
            ),
            (
                3_374_110_000_001.0,
                Shape::Plain,
                "3374110000001",
                Sort::Number,
            ),
            (5.0, Shape::Scientific, "5", Sort::Scientific),
            (5.25, Shape::Scientific, "5.25", Sort::Number),
            (
                999_999_999_999_999.0,
                Shape::Plain,
                "999999999999999",
                Sort::Number,
            ),
            (1e15, Shape::Plain, "1000000000000000", Sort::Lost),
            (
                3.201_234_567_890_12e15,
                Shape::Padded(16),
                "3201234567890120",
                Sort::Lost,
            ),
            (0.25, Shape::Percent(0, 0), "25%", Sort::Text),
            (0.285, Shape::Percent(0, 0), "29%", Sort::Text),
            (0.5, Shape::Percent(0, 2), "50%", Sort::Text),
            (0.1234, Shape::Percent(2, 2), "12.34%", Sort::Text),
            (1.5, Shape::Elapsed, "36:00:00", Sort::Text),
            (45_000.5, Shape::Time, "12:00:00", Sort::Text),
        ] {
            assert_eq!(
                shown(value, shape),
                (text.to_owned(), sort),
                "{value} {shape:?}"
            );
        }
    }

    #[test]
    fn days_are_those_that_excel_shows() {
        for (value, text, sort) in [
            (0.0, "00/01/1900", Sort::Text),
            (0.75, "00/01/1900", Sort::Text),
            (1.0, "1900-01-01", Sort::Date),
            (59.0, "1900-02-28", Sort::Date),
            (60.0, "29/02/1900", Sort::Text),
            (61.0, "1900-03-01", Sort::Date),
            (45_352.0, "2024-03-01", Sort::Date),
            (45_352.5, "2024-03-01 12:00:00", Sort::Date),
            (45_351.999_999_9, "2024-03-01", Sort::Date),
            (2_958_465.0, "9999-12-31", Sort::Date),
            (2_958_466.0, "2958466", Sort::Number),
            (-1.0, "-1", Sort::Number),
        ] {
            assert_eq!(
                shown(value, Shape::Date),
                (text.to_owned(), sort),
                "{value}"
            );
        }
        let mut out = String::new();
        write(0.0, None, Shape::Date, true, &mut out);
        assert_eq!(out, "1904-01-01");
    }

    #[test]
    fn digits_stay_as_they_are_stored() {
        let mut out = String::new();
        let text = "3201234567890123456";
        let sort = write(
            text.parse().unwrap(),
            Some(text),
            Shape::General,
            false,
            &mut out,
        );
        assert_eq!((out.as_str(), sort), (text, Sort::Lost));
    }

    #[test]
    fn iso_dates_are_dates() {
        for (from, text, sort) in [
            ("2024-03-01", "2024-03-01", Sort::Date),
            ("2024-03-01T00:00:00", "2024-03-01", Sort::Date),
            (
                "2024-03-01T07:30:00.000Z",
                "2024-03-01 07:30:00",
                Sort::Date,
            ),
            ("2024-02-30", "2024-02-30", Sort::Text),
            ("07:30:00", "07:30:00", Sort::Text),
        ] {
            let mut out = String::new();
            assert_eq!((iso(from, &mut out), out.as_str()), (sort, text));
        }
    }
}
