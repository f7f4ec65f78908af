//! A table of all findings, as Indonesian Excel opens it: `;` between cells, UTF-8 with its mark,
//! CRLF. Nothing in it is a formula.

use std::io::{self, Write};

use ::csv::{Terminator, WriterBuilder};

use crate::finding::{Finding, Standing};
use crate::lang::Lang;
use crate::render::{labels, parts, safe};
use crate::report::{Failure, Report};
use crate::rule::Level;

const COLUMNS: usize = 19;

/// Writes the report.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let lang = report.lang;
    // Excel takes a file without the mark for the system's old code page.
    out.write_all("\u{feff}".as_bytes())?;
    let mut rows = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer(out);
    rows.write_record(headings(lang)).map_err(failed)?;
    for failure in &report.failures {
        rows.write_record(unread(failure, lang)).map_err(failed)?;
    }
    for submission in &report.submissions {
        for finding in &submission.findings {
            let cells = row(&submission.source.file, finding, lang);
            rows.write_record(cells).map_err(failed)?;
        }
        if !submission.complete {
            let mut cells: [String; COLUMNS] = Default::default();
            cells[0] = text(&submission.source.file);
            cells[5] = labels::level(Level::Error).get(lang).into();
            cells[15] = parts::incomplete(lang);
            rows.write_record(cells).map_err(failed)?;
        }
    }
    for finding in &report.settled.findings {
        rows.write_record(row("", finding, lang)).map_err(failed)?;
    }
    let off = labels::off(&report.total.aside.off, lang);
    for said in off.into_iter().chain(parts::said(report)) {
        let mut cells: [String; COLUMNS] = Default::default();
        cells[5] = labels::level(Level::Note).get(lang).into();
        cells[15] = text(&said);
        rows.write_record(cells).map_err(failed)?;
    }
    rows.flush()
}

fn headings(lang: Lang) -> [&'static str; COLUMNS] {
    match lang {
        Lang::Id => [
            "berkas",
            "lembar",
            "sel",
            "baris",
            "kolom",
            "tingkat",
            "kode",
            "aturan",
            "nomor_entri",
            "kunci_entri",
            "nama",
            "isian",
            "banyaknya",
            "nilai_ditemukan",
            "nilai_seharusnya",
            "pesan",
            "perbaikan",
            "keadaan",
            "pengecualian",
        ],
        Lang::En => [
            "file",
            "sheet",
            "cell",
            "line",
            "column",
            "level",
            "code",
            "rule",
            "entry_number",
            "entry_key",
            "name",
            "field",
            "times",
            "value_found",
            "value_expected",
            "message",
            "what_to_do",
            "state",
            "waiver",
        ],
    }
}

/// What the system said of a row: nobody listening is no failure, and must be known as that.
pub(crate) fn failed(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn unread(failure: &Failure, lang: Lang) -> [String; COLUMNS] {
    let mut cells: [String; COLUMNS] = Default::default();
    cells[0] = text(&failure.file);
    cells[5] = labels::level(Level::Error).get(lang).into();
    cells[15] = text(&failure.message);
    cells[16] = text(&failure.help);
    cells
}

fn row(own: &str, finding: &Finding, lang: Lang) -> [String; COLUMNS] {
    let place = &finding.place;
    let number = |number: u32| match number {
        0 => String::new(),
        number => number.to_string(),
    };
    let maybe = |value: Option<&str>| value.map(text).unwrap_or_default();
    let cell = place.cell().filter(|_| place.line > 0);
    let cell = cell.as_deref().and_then(|cell| cell.rsplit_once('!'));
    let cell = cell.map_or(String::new(), |(_, cell)| cell.to_owned());
    let rule = finding.rule;
    [
        text(place.file.as_deref().unwrap_or(own)),
        maybe(place.sheet.as_deref()),
        cell,
        number(place.line),
        number(place.column),
        labels::level(finding.level).get(lang).into(),
        rule.code.into(),
        rule.slug.into(),
        number(finding.entry.unwrap_or_default()),
        maybe(finding.key.as_deref().filter(|key| !key.starts_with('#'))),
        maybe(finding.name.as_deref()),
        text(&finding.mistake.field),
        number(finding.times),
        maybe(finding.found.as_deref()),
        maybe(finding.expected.as_deref()),
        text(&finding.message),
        text(finding.help.as_deref().unwrap_or(rule.fix.get(lang))),
        labels::state(&finding.standing).get(lang).into(),
        match finding.standing {
            Standing::Waived(_) => text(&labels::standing(&finding.standing, lang)),
            _ => String::new(),
        },
    ]
}

/// Text that stays text: what a spreadsheet would take for a formula, or make another number of
/// (long ones, zeros in front, points), gets a quote in front.
pub(crate) fn text(text: &str) -> String {
    let text = safe(text);
    let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let formula = text.trim_start().starts_with(formula);
    let short = text.len() < 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = short && (text == "0" || !text.starts_with('0'));
    match formula || (text.parse::<f64>().is_ok() && !plain) {
        true => format!("'{text}"),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_spreadsheet_changes_no_text() {
        for same in ["Koperasi", "2024", "0", "2024-03-12", "518/BH/2001", ""] {
            assert_eq!(text(same), same);
        }
        for other in [
            "=1+1",
            " =1",
            "-5",
            "+62",
            "@a",
            "＝1",
            "3302010020011",
            "007",
            "12.5",
            "1E5",
        ] {
            assert_eq!(text(other), format!("'{other}"));
        }
        assert_eq!(text("\t=1\r\n"), "' =1⏎⏎");
    }
}
