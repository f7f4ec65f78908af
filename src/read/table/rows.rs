//! Which rows of a table are data, and which surely are not.

use super::dateparts::month;
use super::heading::Column;
use super::numbers::{self, Kind, NumberRead};
use super::value::{is_formula_error, is_none_token};
use crate::tape::Name;

/// What a row is. Whatever is in doubt is data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    /// An entry.
    Data,
    /// Nothing in it, or the row's number only.
    Blank,
    /// Sums.
    Total,
    /// Column numbers: `(1)`, `(2)`, `(3)`.
    NumberRow,
    /// Place, date and signatures, or a note on the source.
    Signature,
    /// The header once more, as on a new page.
    RepeatedHeader,
    /// The title of a part: `Kecamatan Getasan` alone in a row.
    Section,
}

/// Words that rows of sums begin with.
const SUMS: &[&str] = &[
    "jumlah",
    "total",
    "subtotal",
    "sub total",
    "sub jumlah",
    "grand total",
    "jml",
    "rata-rata",
    "rata rata",
    "persentase",
    "prosentase",
];

/// Tells the kinds of a table's rows.
pub(crate) struct Rows {
    columns: Vec<Option<Column>>,
    headings: Vec<String>,
    nama: Option<usize>,
    nomor: Option<usize>,
    kecamatan: Option<usize>,
}

impl Rows {
    /// For a table with these columns and headings.
    #[must_use]
    pub(crate) fn new(columns: &[Option<Column>], headings: &[String]) -> Self {
        let place = |name| {
            columns
                .iter()
                .position(|column| *column == Some(Column::Field(name)))
        };
        Self {
            columns: columns.to_vec(),
            headings: headings.to_vec(),
            nama: place(Name::nama_koperasi),
            nomor: place(Name::nomor_badan_hukum),
            kecamatan: place(Name::kecamatan),
        }
    }

    /// The kind of a row, from the trimmed contents of its cells.
    #[must_use]
    pub(crate) fn kind<S: AsRef<str>>(&self, cells: &[S]) -> RowKind {
        let nomor = self.cell(self.nomor, cells);
        // Of nearly every row this is all that is looked at.
        let digit = nomor.bytes().any(|byte| byte.is_ascii_digit());
        if digit && (nomor.len() > 8 || nomor.contains('/')) {
            return RowKind::Data;
        }
        if self.is_blank(cells) {
            RowKind::Blank
        } else if is_number_row(cells) {
            RowKind::NumberRow
        } else if self.repeats_header(cells) {
            RowKind::RepeatedHeader
        } else if nomor.is_empty() || is_none_token(nomor) || self.is_labelled(cells) {
            if self.is_total(cells) {
                RowKind::Total
            } else if self.is_section(cells) {
                RowKind::Section
            } else if self.is_signature(cells) {
                RowKind::Signature
            } else {
                RowKind::Data
            }
        } else {
            RowKind::Data
        }
    }

    /// The kind of a row below a signature row: there, three cells at most without a number, a
    /// date or any figure are the names and titles of those who sign.
    #[must_use]
    pub(crate) fn kind_after_signature<S: AsRef<str>>(&self, cells: &[S]) -> RowKind {
        let kind = self.kind(cells);
        let mut named = cells
            .iter()
            .zip(&self.columns)
            .filter(|(cell, _)| !cell.as_ref().is_empty());
        let figure = named
            .any(|(_, column)| column.is_some_and(|c| c.is_date() || c.number_kind().is_some()));
        let sparse =
            filled(cells).count() <= 3 && !figure && self.cell(self.nomor, cells).is_empty();
        if kind == RowKind::Data && sparse {
            RowKind::Signature
        } else {
            kind
        }
    }

    fn cell<'a, S: AsRef<str>>(&self, at: Option<usize>, cells: &'a [S]) -> &'a str {
        at.and_then(|at| cells.get(at))
            .map_or("", |cell| cell.as_ref())
    }

    fn is_blank<S: AsRef<str>>(&self, cells: &[S]) -> bool {
        filled(cells).all(|(at, cell)| {
            let mut digits = cell.bytes();
            match self.columns.get(at).copied().flatten() {
                Some(Column::RowNumber) => digits.all(|byte| byte.is_ascii_digit() || byte == b'.'),
                Some(column) => column == Column::Result,
                // What stands under no heading is said where it stands, and makes no entry.
                None => self.headings.get(at).is_none_or(|text| text.is_empty()),
            }
        })
    }

    /// The cells stand under the very same headings, the name's or the number's among them.
    fn repeats_header<S: AsRef<str>>(&self, cells: &[S]) -> bool {
        let same = |at: usize, cell: &str| {
            self.headings
                .get(at)
                .is_some_and(|text| text.to_lowercase() == cell.to_lowercase())
        };
        let named = [self.nama, self.nomor].into_iter().flatten();
        let mut named = named.filter_map(|at| Some((at, cells.get(at)?.as_ref())));
        if named.any(|(at, cell)| same(at, cell)) {
            return filled(cells).filter(|(at, cell)| same(*at, cell)).count() >= 2;
        }
        // The lower row of two: each cell ends its joined heading.
        let lower = |(at, cell): (usize, &str)| {
            let heading = self.headings.get(at).map(|text| text.to_lowercase());
            heading
                .is_some_and(|text| text.len() > cell.len() && text.ends_with(&cell.to_lowercase()))
        };
        self.cell(self.nama, cells).is_empty()
            && self.cell(self.nomor, cells).is_empty()
            && filled(cells).count() >= 2
            && filled(cells).all(lower)
    }

    /// What stands under the number is a count beside the word for a sum.
    fn is_labelled<S: AsRef<str>>(&self, cells: &[S]) -> bool {
        let count = self.cell(self.nomor, cells);
        count.len() <= 6
            && count.bytes().all(|byte| byte.is_ascii_digit())
            && filled(cells)
                .next()
                .is_some_and(|(_, first)| begins_with(first, SUMS))
    }

    /// The title of a part, alone in its row.
    fn is_section<S: AsRef<str>>(&self, cells: &[S]) -> bool {
        let mut filled = filled(cells);
        let first = filled.next();
        filled.next().is_none()
            && first.is_some_and(|(_, text)| {
                begins_with(text, &["kecamatan", "kec.", "kabupaten", "kota", "wilayah"])
            })
    }

    /// Begins with the word for a sum, and has nothing but numbers besides; or has numbers alone
    /// under headings of numbers, and neither name nor number.
    fn is_total<S: AsRef<str>>(&self, cells: &[S]) -> bool {
        let mut filled = filled(cells);
        let Some((at, first)) = filled.next() else {
            return false;
        };
        let counted = |at: usize| {
            let column = self.columns.get(at).copied().flatten();
            column.is_some_and(|column| column.number_kind().is_some())
        };
        let named = self.nama.is_some() && self.nomor.is_some();
        let is_number = |cell: &str| {
            numbers::read(cell, Kind::Whole, None) != NumberRead::Not || is_formula_error(cell)
        };
        if named && counted(at) && is_number(first) {
            return filled.all(|(at, cell)| counted(at) && is_number(cell));
        }
        begins_with(first, SUMS)
            && filled.all(|(at, cell)| {
                let date = self
                    .columns
                    .get(at)
                    .copied()
                    .flatten()
                    .is_some_and(Column::is_date);
                let number = !matches!(numbers::read(cell, Kind::Whole, None), NumberRead::Not);
                is_none_token(cell)
                    || (number && !date)
                    || is_percent(cell)
                    || is_formula_error(cell)
            })
    }

    fn is_signature<S: AsRef<str>>(&self, cells: &[S]) -> bool {
        let nama = self.cell(self.nama, cells);
        let placed = self.cell(self.kecamatan, cells);
        filled(cells).count() <= 3
            && filled(cells).any(|(_, cell)| is_signature_text(cell))
            && (nama.is_empty() || is_signature_text(nama))
            // Of a cooperative named `Pembina Tani` the kecamatan is known.
            && (placed.is_empty() || is_signature_text(placed))
    }
}

/// Whether a row holds column numbers: `1`, `2`, `3` or `(1)`, `(2)`, `(3)`, in sequence from 1.
#[must_use]
pub(crate) fn is_number_row<S: AsRef<str>>(cells: &[S]) -> bool {
    let mut count = 0_usize;
    let in_sequence = cells
        .iter()
        .map(|cell| cell.as_ref().trim())
        .filter(|cell| !cell.is_empty())
        .all(|cell| {
            count += 1;
            let number = cell
                .strip_prefix('(')
                .and_then(|cell| cell.strip_suffix(')'))
                .unwrap_or(cell);
            let digits = number.trim().trim_end_matches('.');
            digits.len() <= 5 && digits.parse() == Ok(count)
        });
    in_sequence && count >= 3
}

fn filled<S: AsRef<str>>(cells: &[S]) -> impl Iterator<Item = (usize, &str)> {
    cells
        .iter()
        .map(AsRef::as_ref)
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty())
}

/// Whether a text begins with one of the words, as a whole word.
fn begins_with(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        let start = text
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word));
        let next = text.get(word.len()..).and_then(|rest| rest.chars().next());
        start && !next.is_some_and(char::is_alphanumeric)
    })
}

fn is_percent(cell: &str) -> bool {
    cell.strip_suffix('%')
        .is_some_and(|number| numbers::read(number.trim(), Kind::Whole, None) != NumberRead::Not)
}

fn is_signature_text(cell: &str) -> bool {
    const SIGNED: &[&str] = &[
        "mengetahui",
        "menyetujui",
        "mengesahkan",
        "kepala dinas",
        "plt. kepala dinas",
        "plt kepala dinas",
        "a.n. kepala dinas",
        "an. kepala dinas",
        "kepala bidang",
        "nip",
        "pembina",
        "penata",
        "ttd",
        "tertanda",
        "dibuat oleh",
        "disusun oleh",
    ];
    const NOTES: &[&str] = &["sumber", "keterangan", "catatan", "ket"];
    let note = cell.split_once(':').is_some_and(|(word, _)| {
        NOTES
            .iter()
            .any(|note| note.eq_ignore_ascii_case(word.trim()))
    });
    note || begins_with(cell, SIGNED) || is_place_and_date(cell)
}

/// `Purwokerto, 20 Januari 2026`; the day may be left for the pen.
fn is_place_and_date(cell: &str) -> bool {
    let Some((place, date)) = cell.split_once(',') else {
        return false;
    };
    let mut months = 0;
    let mut year = false;
    let only_date = date.split_whitespace().all(|word| {
        if month(word).is_some() {
            months += 1;
            return true;
        }
        year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        year || word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'_')
    });
    let is_place = !place.trim().is_empty()
        && place
            .chars()
            .all(|c| c.is_alphabetic() || c == ' ' || c == '.');
    is_place && only_date && months == 1 && year
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
