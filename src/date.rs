//! Dates as the standard writes them, and the book years.

use std::fmt;

use jiff::civil::Date;

/// Reads `YYYY-MM-DD` (RFC 3339, full-date).
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |from: usize, to: usize| {
        bytes[from..to].iter().try_fold(0_i16, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + i16::from(byte - b'0'))
        })
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Whether a text is a date; the schema's `format: date`.
#[must_use]
pub fn is_date(text: &str) -> bool {
    parse(text).is_some()
}

/// Whether a date is one that spreadsheets and databases write for "nothing".
#[must_use]
pub fn is_sentinel(date: Date) -> bool {
    matches!(
        (date.year(), date.month(), date.day()),
        (1900, 1, 1) | (1899, 12, 30 | 31) | (1, 1, 1) | (9999, 12, 31)
    )
}

/// Day and month on which a book year (tahun buku) ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearEnd {
    month: i8,
    day: i8,
}

impl fmt::Display for YearEnd {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}-{:02}", self.month, self.day)
    }
}

impl YearEnd {
    /// Reads `MM-DD`; a day that the month never has is refused, 29 February is its last day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let full = parse(&format!("2000-{text}"))?;
        Some(Self {
            month: full.month(),
            day: full.day(),
        })
    }

    /// The last day of the book year named `year`. None beyond the calendar.
    #[must_use]
    pub fn end(self, year: i32) -> Option<Date> {
        let first = Date::new(i16::try_from(year).ok()?, self.month, 1).ok()?;
        Date::new(
            first.year(),
            self.month,
            self.day.min(first.days_in_month()),
        )
        .ok()
    }

    /// The first day of the book year named `year`.
    #[must_use]
    pub fn begin(self, year: i32) -> Option<Date> {
        self.end(year - 1)?.tomorrow().ok()
    }

    /// The last day on which the RAT of the book year may be held: the end of the `months`-th
    /// month after the month in which the book year ends (UU 25/1992 Ps 26).
    #[must_use]
    pub fn deadline(self, year: i32, months: u32) -> Option<Date> {
        let from_zero = i32::from(self.month) - 1 + i32::try_from(months).ok()?;
        let year = i16::try_from(year + from_zero / 12).ok()?;
        let first = Date::new(year, i8::try_from(from_zero % 12 + 1).ok()?, 1).ok()?;
        Some(first.last_of_month())
    }

    /// The book year that contains a date.
    #[must_use]
    pub fn containing(self, date: Date) -> i32 {
        let year = i32::from(date.year());
        match self.end(year) {
            Some(end) if date > end => year + 1,
            _ => year,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Date {
        parse(text).unwrap()
    }

    #[test]
    fn a_date_is_a_full_date_only() {
        assert!(is_date("2024-02-29"));
        for text in [
            "2023-02-29",
            "2024-2-9",
            "2024-02-29T00:00:00",
            "29/02/2024",
            "",
            "２０２４-01-01",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn deadline_is_the_last_day_of_the_sixth_month() {
        let december = YearEnd::parse("12-31").unwrap();
        assert_eq!(december.deadline(2024, 6), Some(d("2025-06-30")));
        let march = YearEnd::parse("03-31").unwrap();
        assert_eq!(march.deadline(2024, 6), Some(d("2024-09-30")));
        let august = YearEnd::parse("08-31").unwrap();
        assert_eq!(august.deadline(2023, 6), Some(d("2024-02-29")));
    }

    #[test]
    fn a_book_year_bears_the_name_of_the_year_in_which_it_ends() {
        let june = YearEnd::parse("06-30").unwrap();
        assert_eq!(june.begin(2024), Some(d("2023-07-01")));
        assert_eq!(june.containing(d("2024-06-30")), 2024);
        assert_eq!(june.containing(d("2024-07-01")), 2025);
        let leap = YearEnd::parse("02-29").unwrap();
        assert_eq!(leap.end(2023), Some(d("2023-02-28")));
        assert!(YearEnd::parse("02-30").is_none());
    }
}
