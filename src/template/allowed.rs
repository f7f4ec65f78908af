//! What a cell lets in, and what it says if it does not.

use jiff::civil::{Date, date};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

use super::columns::{Column, Holds, MAIN};
use super::lists::Lists;
use super::words;

/// The limits of a validation's title and message.
const TITLE: usize = 32;
const MESSAGE: usize = 255;

/// Codes of which every choice still fits into a drop-down.
const FEW: usize = 3;

/// What the cells of a column let in; `cell` is the first of them, `keys` the range of numbers in
/// the sheet of cooperatives.
pub(super) fn rule(
    column: &Column,
    cell: &str,
    keys: &str,
    lists: &mut Lists,
) -> Result<Option<DataValidation>, XlsxError> {
    let new = DataValidation::new;
    let list = |items: &[String], lists: &mut Lists| {
        let mut items = items.to_vec();
        items.extend(column.dash.then(|| "-".to_owned()));
        new().allow_list_formula(lists.range(items))
    };
    let warn = |rule: DataValidation| rule.set_error_style(DataValidationErrorStyle::Warning);
    let rule = match &column.holds {
        Holds::Text => return Ok(None),
        Holds::Date(first, last) if column.dash => {
            let (first, last) = (serial(*first), serial(*last));
            let rule =
                format!("=OR({cell}=\"-\",AND(ISNUMBER({cell}),{cell}>={first},{cell}<={last}))");
            new().allow_custom(Formula::new(rule))
        }
        Holds::Date(first, last) => {
            let between = DataValidationRule::Between(excel(*first)?, excel(*last)?);
            new().allow_date(between)
        }
        Holds::Whole(least) => {
            let least = least.and_then(|least| i32::try_from(least).ok());
            let from = DataValidationRule::GreaterThanOrEqualTo(least.unwrap_or(i32::MIN));
            new().allow_whole_number(from)
        }
        Holds::Decimal(least) => {
            let least = least.and_then(|least| i32::try_from(least).ok());
            let least = least.map_or(-1e15, f64::from);
            new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(least))
        }
        Holds::YesNo => list(&["Ya".to_owned(), "Tidak".to_owned()], lists),
        Holds::OneOf(codes) => list(codes, lists),
        Holds::Named(names) => warn(list(names, lists)),
        Holds::Year(first, last) => {
            let years: Vec<String> = (*first..=*last).map(|year| year.to_string()).collect();
            warn(list(&years, lists))
        }
        Holds::Several(codes) if codes.len() <= FEW => warn(list(&choices(codes), lists)),
        Holds::Several(_) => new().allow_any_value(),
        Holds::Number => {
            let filled = format!("=OFFSET({keys},0,0,MAX(1,COUNTA({keys})),1)");
            warn(new().allow_list_formula(Formula::new(filled)))
        }
    };
    let title = words::cut(&column.title, TITLE);
    let message = match &column.holds {
        Holds::Number => {
            format!("Nomor ini belum ada di lembar {MAIN}. Tulis persis seperti di sana.")
        }
        _ => format!("Isi: {}.", words::allowed(column)),
    };
    let mut rule = rule
        .set_error_title(&title)?
        .set_error_message(words::cut(&message, MESSAGE))?;
    if matches!(column.holds, Holds::Several(_)) {
        rule = rule
            .set_input_title(&title)?
            .set_input_message(words::cut(&message, MESSAGE))?;
    }
    Ok(Some(rule))
}

/// Every choice of some codes: `awal`, …, `awal;tengah;akhir`; few before many.
fn choices(codes: &[String]) -> Vec<String> {
    let mut all: Vec<u32> = (1..1 << codes.len()).collect();
    all.sort_by_key(|choice| (choice.count_ones(), *choice));
    let chosen = |choice: u32| {
        let own = codes.iter().enumerate();
        let own = own.filter(|(at, _)| choice >> at & 1 == 1);
        let own: Vec<&str> = own.map(|(_, code)| code.as_str()).collect();
        own.join(";")
    };
    all.into_iter().map(chosen).collect()
}

/// A day as workbooks hold it: none before 1900 or after 9999.
pub(super) fn excel(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let day = day.max(date(1900, 1, 1));
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(day.year()).unwrap_or(1900);
    ExcelDateTime::from_ymd(year, part(day.month()), part(day.day()))
}

/// The number that a day is in a formula.
fn serial(day: Date) -> i32 {
    let days = day.duration_since(date(1899, 12, 30)).as_hours() / 24;
    i32::try_from(days).unwrap_or(0)
}
