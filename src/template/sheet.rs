//! A sheet of rows: headings in the first, everything else about their cells below.

use rust_xlsxwriter::{
    ConditionalFormatDuplicate, ConditionalFormatFormula, IgnoreError, Note, Worksheet, XlsxError,
    column_number_to_name,
};

use super::columns::{Column, Holds, KEY, MAIN, Need, Sheet};
use super::lists::Lists;
use super::{allowed, ink, words};

/// The last row that is made ready, counted from 0. Formats of texts and dates reach further.
const LAST: u32 = 10_000;

/// Draws a sheet. `key` is the column of the numbers in the sheet of cooperatives.
pub(super) fn draw(sheet: &Sheet, key: u16, lists: &mut Lists) -> Result<Worksheet, XlsxError> {
    let mut page = Worksheet::new();
    page.set_name(sheet.name)?;
    page.set_tab_color(ink::TABS.0);
    page.set_row_height(0, 34)?;
    let keys = keys(key);
    let width = u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX);
    let row = format!("$A2:${}2", column_number_to_name(width.saturating_sub(1)));
    for (at, column) in (0..).zip(&sheet.columns) {
        page.write_with_format(0, at, &column.name, &ink::heading(column.need))?;
        page.set_column_width(at, wide(column))?;
        page.set_column_format(at, &ink::cell(&column.holds))?;
        page.insert_note(0, at, &note(column))?;
        let cell = format!("{}2", column_number_to_name(at));
        if let Some(rule) = allowed::rule(column, &cell, &keys, lists)? {
            page.add_data_validation(1, at, LAST, at, &rule)?;
        }
        colour(&mut page, sheet, at, column, &row, &keys)?;
    }
    let last = width.saturating_sub(1);
    page.ignore_error_range(1, 0, LAST, last, IgnoreError::NumberStoredAsText)?;
    page.autofilter(0, 0, LAST, last)?;
    page.set_freeze_panes(1, if sheet.name == MAIN { 2 } else { 1 })?;
    page.set_repeat_rows(0, 0)?;
    print(&mut page);
    Ok(page)
}

/// Where the numbers of the cooperatives stand.
fn keys(key: u16) -> String {
    let column = column_number_to_name(key);
    format!("{MAIN}!${column}$2:${column}${}", LAST + 1)
}

/// A4 across, all columns on one page's width.
pub(super) fn print(page: &mut Worksheet) {
    page.set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer("&L&8&A&R&8Halaman &P dari &N");
}

/// Marks what is missing, doubled, or nowhere else.
fn colour(
    page: &mut Worksheet,
    sheet: &Sheet,
    at: u16,
    column: &Column,
    row: &str,
    keys: &str,
) -> Result<(), XlsxError> {
    let cell = format!("${}2", column_number_to_name(at));
    let where_ = |rule: String, format| {
        ConditionalFormatFormula::new()
            .set_rule(rule.as_str())
            .set_format(format)
    };
    if column.name == KEY && sheet.name == MAIN {
        let twice = ConditionalFormatDuplicate::new().set_format(ink::wrong());
        page.add_conditional_format(1, at, LAST, at, &twice)?;
    }
    if column.holds == Holds::Number {
        let rule = format!("=AND({cell}<>\"\",COUNTIF({keys},{cell})=0)");
        let nowhere = where_(rule, ink::wrong());
        page.add_conditional_format(1, at, LAST, at, &nowhere)?;
    }
    if column.need == Need::Always {
        let rule = format!("=AND(COUNTA({row})>0,ISBLANK({cell}))");
        let missing = where_(rule, ink::missing());
        page.add_conditional_format(1, at, LAST, at, &missing)?;
    }
    Ok(())
}

fn note(column: &Column) -> Note {
    let text = words::note(column);
    let lines = text.lines().map(|line| line.chars().count() / 52 + 1);
    let height = 14 * u32::try_from(lines.sum::<usize>()).unwrap_or(0) + 14;
    Note::new(text)
        .set_author("koplint")
        .add_author_prefix(false)
        .set_font_size(9)
        .set_width(330)
        .set_height(height)
}

/// Wide enough for the heading with its filter button, and for what is usual below it.
fn wide(column: &Column) -> f64 {
    let usual: u32 = match &column.holds {
        Holds::Text if column.name == "nama_koperasi" => 38,
        Holds::Text if column.name == KEY => 34,
        Holds::Number => 34,
        Holds::Several(codes) if codes.len() > 3 => 44,
        Holds::Text if !column.name.contains("nomor") && !column.name.contains("kode") => 30,
        Holds::OneOf(_) | Holds::Named(_) | Holds::Several(_) => 20,
        _ => 14,
    };
    let heading = u32::try_from(column.name.len() + 5).unwrap_or(60);
    f64::from(usual.max(heading))
}
