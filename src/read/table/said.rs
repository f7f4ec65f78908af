//! The note that says how a table was understood, with the evidence.

use super::encoding::{Detected, Evidence};
use super::heading::{Column, canonical};
use super::numbers::Style;
use super::sniff::Form;
use crate::read::{Chunk, Fault, FaultKind};
use crate::tape::Span;
use crate::words;

/// The note of one table.
pub(super) fn form(form: &Form, detected: &Detected, head: &Chunk) -> Fault {
    let mut id = Vec::new();
    let mut en = Vec::new();
    let delim = match form.delim {
        b'\t' => "tab".to_owned(),
        other => format!("`{}`", char::from(other)),
    };
    let sep = if form.sep_line { " (sep=)" } else { "" };
    id.push(format!("pemisah {delim}{sep}"));
    en.push(format!("delimiter {delim}{sep}"));
    let name = detected.encoding.name();
    let (why_id, why_en) = match detected.evidence {
        Evidence::Bom => (
            "tertulis di awal berkas",
            "said at the beginning of the file",
        ),
        Evidence::NulPattern => ("tampak dari bita NUL", "seen by its NUL bytes"),
        Evidence::ValidUtf8 => ("seluruhnya sah", "valid throughout"),
        Evidence::Guessed => ("diduga dari isinya", "guessed from its content"),
    };
    id.push(format!("pengodean {name} ({why_id})"));
    en.push(format!("encoding {name} ({why_en})"));
    let heading = form
        .headings
        .iter()
        .find(|heading| !heading.text.trim().is_empty());
    let at = heading.map_or(0, |heading| heading.start as usize);
    let above = head.text.as_bytes().get(..at).unwrap_or_default();
    let line = memchr::memchr_iter(b'\n', above).count() + 1;
    let (known, all) = (
        form.headings
            .iter()
            .filter(|heading| heading.column.is_some())
            .count(),
        form.headings.len(),
    );
    id.push(format!(
        "judul kolom di baris {line}, {known} dari {all} kolom dikenal"
    ));
    en.push(format!(
        "headings in line {line}, {known} of {all} columns known"
    ));
    layout(form, &mut id, &mut en);
    Fault {
        kind: FaultKind::Form {
            id: id.join("; "),
            en: en.join("; "),
        },
        span: heading.map_or(Span::default(), |heading| Span {
            start: heading.start,
            end: heading.end,
        }),
        related: None,
        field: String::new(),
    }
}

/// What was left out above the rows, and how columns, dates and numbers are understood.
pub(in crate::read) fn layout(form: &Form, id: &mut Vec<String>, en: &mut Vec<String>) {
    if form.title_rows > 0 {
        let rows = form.title_rows;
        id.push(format!("{rows} baris judul di atasnya dilewati"));
        en.push(format!("{rows} title rows above it skipped"));
    }
    if form.header_rows > 1 {
        id.push("judul kolom dua baris digabung".to_owned());
        en.push("two rows of headings joined".to_owned());
    }
    if form.number_row {
        id.push("baris nomor kolom dilewati".to_owned());
        en.push("the row of column numbers skipped".to_owned());
    }
    columns(form, id, en);
    evidence(form, id, en);
}

/// Headings that are known by another name, and those that count rows only.
fn columns(form: &Form, id: &mut Vec<String>, en: &mut Vec<String>) {
    let mut other = Vec::new();
    for heading in &form.headings {
        let Some(column) = heading.column else {
            continue;
        };
        let name = words::shown(&heading.text, 30);
        if column == Column::RowNumber {
            id.push(format!("kolom nomor urut `{name}` tidak dipakai"));
            en.push(format!("the row-number column `{name}` is not used"));
            continue;
        }
        if column == Column::Result {
            id.push(format!(
                "kolom `{name}` dari pemeriksaan terdahulu tidak dibaca"
            ));
            en.push(format!(
                "the column `{name}` of an earlier check is not read"
            ));
            continue;
        }
        let standard = canonical(&column);
        if name != standard {
            other.push(format!("`{name}` = {standard}"));
        }
    }
    if !other.is_empty() {
        let list = other.join(", ");
        id.push(format!("kolom dibaca sebagai: {list}"));
        en.push(format!("columns read as: {list}"));
    }
}

fn evidence(form: &Form, id: &mut Vec<String>, en: &mut Vec<String>) {
    let days: u32 = form.dates.iter().map(|order| order.day_first).sum();
    let months: u32 = form.dates.iter().map(|order| order.month_first).sum();
    if days + months > 0 {
        id.push(format!(
            "tanggal: {days} sel pasti hari/bulan, {months} pasti bulan/hari"
        ));
        en.push(format!(
            "dates: {days} cells surely day/month, {months} surely month/day"
        ));
    }
    let example = match form.numbers.settled() {
        Some(Style::DotThousands) => &form.dot_thousands,
        Some(Style::CommaThousands) => &form.comma_thousands,
        None => &None,
    };
    if let Some(example) = example {
        let text = words::shown(&example.text, 30);
        id.push(format!("pemisah ribuan dari contoh `{text}`"));
        en.push(format!("thousands as in `{text}`"));
    }
}
