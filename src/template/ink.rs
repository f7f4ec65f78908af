//! Colours, fonts and number formats of the form.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::columns::{Column, Holds, Need};

const DARK: Color = Color::RGB(0x1F_4E_78);
const MIDDLE: Color = Color::RGB(0xBD_D7_EE);
const LIGHT: Color = Color::RGB(0xED_ED_ED);
const LINE: Color = Color::RGB(0xBF_BF_BF);
const INPUT: Color = Color::RGB(0xFF_FD_F3);
const GREY: Color = Color::RGB(0x59_59_59);

/// The tab of a sheet that is filled in, and of one that is read.
pub(super) const TABS: (Color, Color) = (DARK, LINE);

/// A heading's colour says whether its cells must be filled in.
pub(super) fn heading(need: Need) -> Format {
    let format = Format::new().set_bold().set_font_size(10);
    let format = match need {
        Need::Always => format
            .set_background_color(DARK)
            .set_font_color(Color::White),
        Need::WithGroup => format.set_background_color(MIDDLE),
        Need::Free => format.set_background_color(LIGHT),
    };
    boxed(format).set_align(FormatAlign::VerticalCenter)
}

/// How the cells of a column show what they hold. Texts are texts, whatever is typed: `0123`,
/// `3302000000001`, `1/2/2001`.
pub(super) fn cell(holds: &Holds) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    match holds {
        Holds::Date(..) => format
            .set_num_format("yyyy-mm-dd")
            .set_align(FormatAlign::Left),
        Holds::Whole(_) => format.set_num_format("#,##0"),
        Holds::Year(..) => format.set_num_format("0").set_align(FormatAlign::Left),
        Holds::Decimal(_) => format.set_num_format("#,##0.##"),
        _ => format.set_num_format("@"),
    }
}

/// A cell of the header's sheet, to be filled in.
pub(super) fn input(column: &Column) -> Format {
    let format = match column.name.as_str() {
        "tahun_data" => cell(&column.holds).set_num_format("0"),
        _ => cell(&column.holds),
    };
    boxed(format)
        .set_background_color(INPUT)
        .set_align(FormatAlign::Left)
        .set_align(FormatAlign::VerticalCenter)
}

/// Words that explain.
pub(super) fn prose() -> Format {
    Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
}

/// Words that explain, in grey.
pub(super) fn aside() -> Format {
    prose().set_font_color(GREY).set_indent(1)
}

/// The name of what is explained beside it.
pub(super) fn term() -> Format {
    prose().set_bold()
}

/// The form's title.
pub(super) fn title() -> Format {
    Format::new()
        .set_bold()
        .set_font_size(20)
        .set_font_color(DARK)
}

/// The title of a part.
pub(super) fn section() -> Format {
    Format::new()
        .set_bold()
        .set_font_size(13)
        .set_font_color(DARK)
        .set_border_bottom(FormatBorder::Medium)
        .set_border_bottom_color(DARK)
}

/// A line over the rows of one sheet in the table of columns.
pub(super) fn band() -> Format {
    boxed(prose().set_bold().set_background_color(MIDDLE))
}

/// A cell of the table of columns.
pub(super) fn grid() -> Format {
    boxed(prose().set_font_size(10).set_align(FormatAlign::Top))
}

/// A number that stands twice, or in no row of cooperatives.
pub(super) fn wrong() -> Format {
    Format::new()
        .set_background_color(Color::RGB(0xFF_C7_CE))
        .set_font_color(Color::RGB(0x9C_00_06))
}

/// A cell that must be filled in and is not.
pub(super) fn missing() -> Format {
    Format::new().set_background_color(Color::RGB(0xFF_EB_9C))
}

fn boxed(format: Format) -> Format {
    format
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
}
