//! Dates as offices write them in a cell, and whether a column puts the day or the month first.

use jiff::civil::Date;

use super::dateparts::{Parts, month, short, without_time, year};

/// What stands first in `03/04/2024`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// 3 April.
    DayFirst,
    /// March 4.
    MonthFirst,
}

/// How a date that is not ISO was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateHow {
    /// An ISO date with a time of day, which is left out.
    TimeDropped,
    /// `2024/3/12`
    YearFirst,
    /// `12/03/2024`
    DayFirst,
    /// `03/12/2024`, where the column or the numbers say so.
    MonthFirst,
    /// `12 Maret 2024`
    MonthName,
    /// `45363`, a spreadsheet's day count (1900 system).
    Serial,
    /// `24//3/2024`: separators doubled or mixed.
    Repaired,
}

/// What a cell of a date column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateRead {
    /// An ISO date, as it stands.
    Iso(Date),
    /// A date in another form.
    Read {
        /// The date.
        date: Date,
        /// How it was read.
        how: DateHow,
    },
    /// Day and month can be exchanged, and nothing in the column says which is which.
    Ambiguous {
        /// The date if the day stands first.
        day_first: Date,
        /// The date if the month stands first.
        month_first: Date,
    },
    /// A date that spreadsheets and databases write for "nothing".
    Sentinel,
    /// Not a date.
    Not,
}

/// What the cells of a column tell about the order of day and month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DateOrder {
    /// How many can only be day first.
    pub(crate) day_first: u32,
    /// How many can only be month first.
    pub(crate) month_first: u32,
}

impl DateOrder {
    /// Takes a cell into account.
    pub(crate) fn see(&mut self, text: &str) {
        match read(text, None) {
            DateRead::Read { date, .. } if date.day() <= 12 => {}
            DateRead::Read {
                how: DateHow::DayFirst,
                ..
            } => self.day_first += 1,
            DateRead::Read {
                how: DateHow::MonthFirst,
                ..
            } => self.month_first += 1,
            _ => {}
        }
    }

    /// The order, if all that tells anything tells the same.
    #[must_use]
    pub(crate) fn settled(self) -> Option<Order> {
        match (self.day_first, self.month_first) {
            (1.., 0) => Some(Order::DayFirst),
            (0, 1..) => Some(Order::MonthFirst),
            _ => None,
        }
    }
}

/// Reads a trimmed cell of a date column, whose order of day and month may be known. Two-digit
/// years are not read: their century would be a guess.
#[must_use]
pub(crate) fn read(text: &str, order: Option<Order>) -> DateRead {
    // The way of most cells.
    let plain = crate::date::parse(text).filter(|date| (1901..2100).contains(&date.year()));
    plain.map_or_else(|| read_any(text, order), DateRead::Iso)
}

fn read_any(text: &str, order: Option<Order>) -> DateRead {
    if text.len() > 48 {
        return DateRead::Not;
    }
    let day_part = without_time(text);
    if let Some(serial) = serial(day_part) {
        return DateRead::Read {
            date: serial,
            how: DateHow::Serial,
        };
    }
    let Some(parts) = Parts::of(day_part) else {
        return DateRead::Not;
    };
    let found = parts.read(order);
    let iso = day_part.len() == 10 && found.is_year_first() && day_part.split('-').count() == 3;
    match found {
        DateRead::Read {
            date,
            how: DateHow::YearFirst,
        } if iso && day_part == text => DateRead::Iso(date),
        DateRead::Read {
            date,
            how: DateHow::YearFirst,
        } if iso => DateRead::Read {
            date,
            how: DateHow::TimeDropped,
        },
        DateRead::Read { date, how } if parts.mixed && how != DateHow::MonthName => {
            DateRead::Read {
                date,
                how: DateHow::Repaired,
            }
        }
        other => other,
    }
}

impl DateRead {
    fn is_year_first(self) -> bool {
        matches!(
            self,
            Self::Read {
                how: DateHow::YearFirst,
                ..
            }
        )
    }
}

impl Parts<'_> {
    fn read(&self, order: Option<Order>) -> DateRead {
        let [a, b, c] = self.parts;
        if let Some(month) = month(b) {
            let (day, year) = if a.len() == 4 { (c, a) } else { (a, c) };
            return named(year, month, day);
        }
        if let Some(month) = month(a) {
            return named(c, month, b);
        }
        if self.spaced {
            return DateRead::Not;
        }
        if let (Some(year), Some(month), Some(day)) = (year(a), short(b), short(c)) {
            return dated(year, month, day, DateHow::YearFirst);
        }
        match (short(a), short(b), year(c)) {
            (Some(first), Some(second), Some(year)) => numeric(first, second, year, order),
            _ => DateRead::Not,
        }
    }
}

/// `first/second/year`
fn numeric(first: i8, second: i8, year: i16, order: Option<Order>) -> DateRead {
    if is_nothing(year, second, first) || is_nothing(year, first, second) {
        return DateRead::Sentinel;
    }
    match (
        Date::new(year, second, first).ok(),
        Date::new(year, first, second).ok(),
    ) {
        (Some(date), Some(other)) if date != other => match order {
            Some(Order::DayFirst) => DateRead::Read {
                date,
                how: DateHow::DayFirst,
            },
            Some(Order::MonthFirst) => DateRead::Read {
                date: other,
                how: DateHow::MonthFirst,
            },
            None => DateRead::Ambiguous {
                day_first: date,
                month_first: other,
            },
        },
        (Some(date), _) => DateRead::Read {
            date,
            how: DateHow::DayFirst,
        },
        (None, Some(date)) => DateRead::Read {
            date,
            how: DateHow::MonthFirst,
        },
        (None, None) => DateRead::Not,
    }
}

fn named(year_text: &str, month: i8, day: &str) -> DateRead {
    match (year(year_text), short(day)) {
        (Some(year), Some(day)) => dated(year, month, day, DateHow::MonthName),
        _ => DateRead::Not,
    }
}

fn dated(year: i16, month: i8, day: i8, how: DateHow) -> DateRead {
    if is_nothing(year, month, day) {
        return DateRead::Sentinel;
    }
    Date::new(year, month, day).map_or(DateRead::Not, |date| DateRead::Read { date, how })
}

/// The zero of Excel, of other spreadsheets, and what databases write for no date.
fn is_nothing(year: i16, month: i8, day: i8) -> bool {
    matches!(
        (year, month, day),
        (1900, 0 | 1, 0 | 1) | (1899, 12, 30 | 31) | (0, 0, 0) | (1, 1, 1) | (9999, 12, 31)
    )
}

fn serial(text: &str) -> Option<Date> {
    let days: i32 = (text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())??;
    let zero = Date::new(1899, 12, 30).ok()?;
    let days = (20_000..=60_000).contains(&days).then_some(days)?;
    zero.checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()
}

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
