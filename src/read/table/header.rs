//! Finds the header among the first rows of a table (of text or of a workbook).

use super::heading::{self, Column};
use super::rows::is_number_row;

/// How many rows are looked at.
pub(crate) const LOOKED_AT: usize = 40;

/// A header row, or two of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// Which row it begins in, counted from 0.
    pub(crate) row: usize,
    /// How many rows it takes: 1 or 2.
    pub(crate) rows: usize,
    /// A row of column numbers, `(1)`, `(2)`, `(3)`, follows it.
    pub(crate) number_row: bool,
    /// The text of each heading, both rows joined.
    pub(crate) texts: Vec<String>,
    /// What each heading means.
    pub(crate) columns: Vec<Option<Column>>,
    /// How many columns are recognised, each counted once.
    pub(crate) recognised: usize,
}

impl Header {
    /// The first row below the header.
    #[must_use]
    pub(crate) fn body(&self) -> usize {
        self.row + self.rows + usize::from(self.number_row)
    }
}

/// The row that comes nearest to a header where none was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Which row it is, counted from 0.
    pub(crate) row: usize,
    /// How many columns are recognised in it.
    pub(crate) recognised: usize,
}

/// Finds the header: the row (or two) with most recognised headings, two at least, one of them
/// the cooperative's name or number. Otherwise the best candidate, if any row has a heading at all.
pub(crate) fn find(rows: &[Vec<String>]) -> Result<Header, Option<Candidate>> {
    let mut best: Option<Header> = None;
    let mut nearest: Option<Candidate> = None;
    for (at, row) in rows.iter().enumerate().take(LOOKED_AT) {
        let mut header = single(at, row);
        if let Some(lower) = rows.get(at + 1).filter(|lower| !is_number_row(lower)) {
            let joined = double(at, row, lower);
            if is_second_row(&header, row, lower, &joined) {
                header = joined;
            }
        }
        if header.recognised > nearest.map_or(0, |nearest| nearest.recognised) {
            nearest = Some(Candidate {
                row: at,
                recognised: header.recognised,
            });
        }
        let more = best
            .as_ref()
            .is_none_or(|best| header.recognised > best.recognised);
        if more && header.recognised >= 2 && identifies(&header.columns) {
            best = Some(header);
        }
    }
    let mut header = best.ok_or(nearest)?;
    header.number_row = rows
        .get(header.body())
        .is_some_and(|row| is_number_row(row));
    Ok(header)
}

fn single(row: usize, cells: &[String]) -> Header {
    let columns = cells.iter().map(|cell| heading::column(cell)).collect();
    header(
        row,
        1,
        cells.iter().map(|cell| cell.trim().to_owned()).collect(),
        columns,
    )
}

fn double(row: usize, upper: &[String], lower: &[String]) -> Header {
    let over = heading::carried(upper, lower);
    let columns = over
        .iter()
        .enumerate()
        .map(|(at, above)| match cell(lower, at) {
            "" => heading::column(above),
            below => heading::column_under(above, below),
        });
    header(row, 2, heading::join(upper, lower), columns.collect())
}

fn header(row: usize, rows: usize, texts: Vec<String>, columns: Vec<Option<Column>>) -> Header {
    let mut distinct: Vec<Column> = columns.iter().flatten().copied().collect();
    distinct.sort_unstable();
    distinct.dedup();
    Header {
        row,
        rows,
        number_row: false,
        texts,
        columns,
        recognised: distinct.len(),
    }
}

/// Whether a row is the second one of a header. Below an upper row that names the cooperative, it
/// has nothing there, and a heading under a merged one; below any other it names the cooperative
/// itself, and the upper row adds to what is recognised.
fn is_second_row(
    upper_alone: &Header,
    upper: &[String],
    lower: &[String],
    joined: &Header,
) -> bool {
    if !identifies(&upper_alone.columns) {
        return joined.recognised > single(0, lower).recognised && identifies(&joined.columns);
    }
    let mut columns = upper_alone.columns.iter().enumerate();
    // `Badan Hukum` over `Nomor` and `Tanggal` names the cooperative both alone and with these.
    let parted = |at: usize| joined.columns.get(at).copied().flatten().is_some();
    let nothing_there = columns.all(|(at, column)| {
        !column.is_some_and(Column::identifies) || cell(lower, at).is_empty() || parted(at)
    });
    let under_merged = (0..lower.len()).any(|at| {
        let found = |columns: &[Option<Column>]| columns.get(at).copied().flatten().is_some();
        let adds = found(&joined.columns) && !found(&upper_alone.columns);
        !cell(lower, at).is_empty() && (cell(upper, at).is_empty() || adds)
    });
    nothing_there && under_merged
}

fn identifies(columns: &[Option<Column>]) -> bool {
    columns.iter().flatten().any(|column| column.identifies())
}

fn cell(row: &[String], at: usize) -> &str {
    row.get(at).map_or("", |cell| cell.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tape::Name;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let row = |line: &str| line.split(';').map(str::to_owned).collect();
        text.lines().map(row).collect()
    }

    #[test]
    fn the_header_stands_below_titles() {
        let found = find(&rows(
            "DAFTAR KOPERASI\n\nNo;Nama;No BH;X\n(1);(2);(3);(4)\n1;A;1/BH/I;x",
        ))
        .unwrap();
        assert_eq!(
            (found.row, found.rows, found.number_row, found.body()),
            (2, 1, true, 4)
        );
        assert_eq!((found.recognised, found.columns[3]), (3, None));
    }

    #[test]
    fn two_rows_make_one_header() {
        let text =
            "JUDUL\nNo;Nama;Jumlah Anggota;;RAT;;Ket\n;;Pria;Wanita;2022;2023;\n1;A;3;4;-;-;";
        let found = find(&rows(text)).unwrap();
        assert_eq!((found.row, found.rows, found.recognised), (1, 2, 7));
        assert_eq!(found.texts[3], "Jumlah Anggota Wanita");
        assert_eq!(found.columns[5], Some(Column::Rat(2023)));
        let grouped = "Identitas;;RAT;\nNama;No BH;2022;2023\nA;1/BH/I;-;-";
        let found = find(&rows(grouped)).unwrap();
        assert_eq!((found.row, found.rows, found.recognised), (0, 2, 4));
    }

    #[test]
    fn a_heading_that_names_alone_may_be_parted() {
        let text =
            "No;Nama Koperasi;Badan Hukum;;Kecamatan\n;;Nomor;Tanggal;\n1;A;1/BH/I;2019-01-02;B";
        let found = find(&rows(text)).unwrap();
        assert_eq!((found.row, found.rows, found.body()), (0, 2, 2));
        let field = |name| Some(Column::Field(name));
        assert_eq!(found.columns[2], field(Name::nomor_badan_hukum));
        assert_eq!(found.columns[3], field(Name::tanggal_badan_hukum));
        assert_eq!(found.columns[1], field(Name::nama_koperasi));
    }

    #[test]
    fn a_title_or_a_first_row_is_not_a_part_of_the_header() {
        let found = find(&rows("DAFTAR;;\nNo;Nama;Kec\n1;A;B")).unwrap();
        assert_eq!((found.row, found.rows), (1, 1));
        let found = find(&rows("No;Nama;Kec\n1;;B\n2;C;D")).unwrap();
        assert_eq!((found.row, found.rows), (0, 1));
    }

    #[test]
    fn without_a_header_the_best_candidate_is_named() {
        let none = find(&rows("a;b\nKecamatan;Desa;Ket\n1;2;3"));
        assert_eq!(
            none,
            Err(Some(Candidate {
                row: 1,
                recognised: 3
            }))
        );
        assert_eq!(find(&rows("a;b")), Err(None));
        assert_eq!(find(&[]), Err(None));
    }
}
