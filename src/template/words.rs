//! What the form says of its columns, in Indonesian: the form is for offices.

use jiff::civil::Date;

use super::columns::{Column, Holds, MAIN, Need};

/// Whether a column must be filled in.
pub(super) fn need(need: Need) -> &'static str {
    match need {
        Need::Always => "wajib",
        Need::WithGroup => "bersyarat",
        Need::Free => "boleh kosong",
    }
}

/// What may stand in a cell.
pub(super) fn allowed(column: &Column) -> String {
    let mut text = match &column.holds {
        Holds::Text => "teks".to_owned(),
        Holds::Date(first, last) => match (*first == Date::MIN, *last == Date::MAX) {
            (_, true) => format!("tanggal, mulai {first}"),
            _ => format!("tanggal, {first} s.d. {last}"),
        },
        Holds::Whole(Some(least)) => format!("bilangan bulat, paling kecil {least}"),
        Holds::Whole(None) => "bilangan bulat".to_owned(),
        Holds::Decimal(Some(least)) => format!("angka, paling kecil {least}"),
        Holds::Decimal(None) => "angka".to_owned(),
        Holds::YesNo => "Ya, Tidak".to_owned(),
        Holds::OneOf(codes) => codes.join(", "),
        Holds::Named(names) if names.len() > 40 => "pilih dari daftar".to_owned(),
        Holds::Named(names) => names.join(", "),
        Holds::Several(codes) => {
            format!("satu atau lebih, dipisah titik koma: {}", codes.join("; "))
        }
        Holds::Year(first, last) => format!("tahun, {first} s.d. {last}"),
        Holds::Number => format!("nomor yang ada di lembar {MAIN}"),
    };
    if column.dash {
        text.push_str("; atau - bila tidak ada");
    }
    text
}

/// A heading's note.
pub(super) fn note(column: &Column) -> String {
    let Column {
        title,
        description,
        example,
        ..
    } = column;
    let need = need(column.need);
    let mut text = format!("{title} ({need})\n{description}\nIsi: {}.", allowed(column));
    if column.dash {
        text.push_str(" Sel kosong berarti belum diketahui.");
    }
    if !example.is_empty() {
        text.push_str("\nContoh: ");
        text.push_str(example);
    }
    text
}

/// The years from the first to the last: `2022, 2023, 2024`.
pub(super) fn years((first, last): (i32, i32)) -> String {
    let all: Vec<String> = (first..=last).map(|year| year.to_string()).collect();
    all.join(", ")
}

/// A date as people read it.
pub(super) fn long(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ];
    let month = usize::try_from(date.month() - 1).ok();
    let month = month.and_then(|at| MONTHS.get(at)).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

/// A text of at most `most` characters.
pub(super) fn cut(text: &str, most: usize) -> String {
    crate::words::shown(text, most.saturating_sub(1))
}
