//! Sheets of RATs, activities and assistance, joined to the entries by `nomor_badan_hukum`.

use std::collections::HashMap;
use std::ops::Range;

use super::cells::{Cells, Merged};
use crate::grid::{Grid, Sort};
use crate::nomor;
use crate::read::table::dates::DateOrder;
use crate::read::table::heading::{self, Column, normalise};
use crate::read::table::numbers::NumberStyle;
use crate::read::table::plan::{Col, Plan};
use crate::read::table::rows::{RowKind, Rows};
use crate::read::table::scan::trim;
use crate::read::{Fault, FaultKind, HiddenPart, Reading, skipped};
use crate::schema::{Shape, Type};
use crate::tape::{Name, Span};
use crate::words;

/// The lists that may stand in sheets of their own: the member, and the word that its sheet and
/// headings go by.
pub(super) const LISTS: [(&str, &str); 3] = [
    ("rat", "rat"),
    ("kegiatan_usaha", "kegiatan"),
    ("bantuan_pemerintah", "bantuan"),
];

/// Rows in which the headings are looked for.
const LOOKED_AT: usize = 40;

/// Which list a sheet of this name holds.
pub(super) fn list_of(sheet: &str) -> Option<usize> {
    let name = normalise(sheet);
    let name = ["data", "daftar"]
        .iter()
        .find_map(|before| name.strip_prefix(before))
        .unwrap_or(&name);
    let name = match name {
        "rapatanggotatahunan" => "rat",
        other => other,
    };
    LISTS
        .iter()
        .position(|(member, word)| name == *word || name == normalise(member))
}

/// A sheet of items.
pub(super) struct Child {
    /// Index in [`LISTS`].
    pub(super) list: usize,
    pub(super) sheet: usize,
    pub(super) plan: Plan,
    pub(super) headings: Vec<String>,
    /// Row (index) of the headings.
    pub(super) head: usize,
    /// Column of the number.
    nomor: usize,
    body: Range<usize>,
    /// Rows (indices) of an entry's items, by the row of the entry; ascending.
    items: Vec<(usize, usize)>,
}

/// What a heading of such a sheet means.
enum Meaning {
    Number,
    Field(Name),
    Aside,
}

fn meaning(heading: &str, list: usize, shape: &Shape) -> Option<Meaning> {
    let (member, word) = LISTS[list];
    let own = normalise(heading);
    let prefix = format!("{member}[].");
    let bare = own.strip_prefix(word).or_else(|| own.strip_suffix(word));
    for name in [Some(&*own), bare].into_iter().flatten() {
        let name = name.replace("tgl", "tanggal").replace("thn", "tahun");
        let year = name == "tahun";
        let same = |field: &&str| normalise(field) == name || year && *field == "tahun_buku";
        if let Some(field) = shape.members(&prefix).find(same).and_then(Name::of) {
            return Some(Meaning::Field(field));
        }
    }
    match heading::column(heading)? {
        Column::Field(Name::nomor_badan_hukum) => Some(Meaning::Number),
        Column::Field(Name::nama_koperasi) | Column::RowNumber | Column::Result => {
            Some(Meaning::Aside)
        }
        _ => None,
    }
}

impl Child {
    /// The sheet of a list, if it has the headings of one.
    pub(super) fn find(
        grid: &Grid,
        sheet: usize,
        list: usize,
        shape: &Shape,
        faults: &mut Vec<Fault>,
    ) -> Option<Self> {
        let rows = grid.sheets[sheet].rows.clone();
        let meanings = |index: usize| -> Vec<Option<Meaning>> {
            let row = grid.row(index);
            let texts = (0..row.len().min(256)).map(|at| trim(row.text(at)));
            texts.map(|text| meaning(text, list, shape)).collect()
        };
        let score = |index: &usize| {
            let found = meanings(*index);
            let number = found.iter().any(|m| matches!(m, Some(Meaning::Number)));
            let fields = found
                .iter()
                .filter(|m| matches!(m, Some(Meaning::Field(_))));
            if number { fields.count() } else { 0 }
        };
        // The first of the best.
        let head = rows.clone().take(LOOKED_AT).rev().max_by_key(score)?;
        if score(&head) == 0 {
            return None;
        }
        let row = grid.row(head);
        let texts = (0..row.len()).map(|at| trim(row.text(at)).to_owned());
        let mut child = Self {
            list,
            sheet,
            plan: Plan::default(),
            headings: texts.collect(),
            head,
            nomor: 0,
            body: head + 1..rows.end,
            items: Vec::new(),
        };
        child.columns(grid, meanings(head), shape, faults);
        Some(child)
    }

    fn columns(
        &mut self,
        grid: &Grid,
        meanings: Vec<Option<Meaning>>,
        shape: &Shape,
        faults: &mut Vec<Fault>,
    ) {
        let (member, _) = LISTS[self.list];
        let row = grid.row(self.head);
        let mut number = None;
        for (at, meaning) in meanings.into_iter().enumerate() {
            let text = self.headings[at].clone();
            let first = match meaning {
                None if text.is_empty() => continue,
                None => {
                    let prefix = format!("{member}[].");
                    let nearest = words::nearest(&text, shape.members(&prefix));
                    let nearest = nearest.map(str::to_owned);
                    let kind = FaultKind::UnknownColumn {
                        name: text.clone(),
                        nearest,
                    };
                    faults.push(Fault::new(kind, row.cell(at), &text));
                    continue;
                }
                Some(Meaning::Aside) => continue,
                Some(Meaning::Number) => {
                    let first = number;
                    number = number.or(Some(at));
                    first
                }
                Some(Meaning::Field(name)) => {
                    let path = format!("{member}[].{}", name.text());
                    let same = self.plan.plain.iter().find(|col| col.path == path);
                    let first = same.map(|col| col.at);
                    if let (None, Some(field)) = (first, shape.field(&path)) {
                        self.plan.plain.push(Col {
                            at,
                            twin: None,
                            known: Some(name),
                            type_: field.type_.clone(),
                            path,
                            order: None,
                        });
                    }
                    first
                }
            };
            if let Some(first) = first {
                let kind = FaultKind::DoubleColumn { name: text.clone() };
                faults.push(Fault {
                    related: Some(row.cell(first)),
                    ..Fault::new(kind, row.cell(at), &text)
                });
            }
        }
        self.nomor = number.unwrap_or_default();
        self.look(grid);
    }

    /// What the texts tell of dates and numbers.
    fn look(&mut self, grid: &Grid) {
        let mut numbers = NumberStyle::default();
        for col in &mut self.plan.plain {
            let mut order = DateOrder::default();
            let rows = self.body.clone().map(|index| grid.row(index));
            for row in rows.filter(|row| row.sort(col.at) == Sort::Text) {
                let text = trim(row.text(col.at));
                match col.type_ {
                    Type::Date => order.see(text),
                    Type::Integer | Type::Number => {
                        numbers.see(text);
                    }
                    _ => {}
                }
            }
            col.order = order.settled();
        }
        self.plan.style = numbers.settled();
    }

    /// Gives each row to its entry. `entries`: the rows of the entries by their normalised number.
    pub(super) fn join(
        &mut self,
        grid: &Grid,
        entries: &HashMap<String, Vec<(usize, Span)>>,
        merged: &Merged,
        faults: &mut Vec<Fault>,
        doubles: &mut Vec<String>,
    ) {
        let mut columns = vec![None; self.headings.len()];
        columns[self.nomor] = Some(Column::Field(Name::nomor_badan_hukum));
        let kinds = Rows::new(&columns, &self.headings);
        for index in self.body.clone() {
            let row = grid.row(index);
            let contents = Cells::of(grid, index).contents;
            let kind = kinds.kind(&contents);
            if let Some(what) = skipped(kind) {
                if kind != RowKind::Blank {
                    faults.push(Fault::new(FaultKind::Skipped(what), row.span(), ""));
                }
                continue;
            }
            if row.hidden() {
                faults.push(Fault::new(
                    FaultKind::Hidden(HiddenPart::Row),
                    row.span(),
                    "",
                ));
            }
            let mut number = contents.get(self.nomor).map_or("", |text| &**text);
            // In a list a merged number names the owner of all its rows.
            let above = merged.above(grid, self.sheet, index, self.nomor);
            if let Some(above) = above.filter(|_| number.is_empty()) {
                number = trim(grid.row(above).text(self.nomor));
                let kind = FaultKind::Reread {
                    how: Reading::Merged,
                    text: String::new(),
                    read: number.to_owned(),
                };
                faults.push(Fault::new(kind, row.cell(self.nomor), "nomor_badan_hukum"));
            }
            let key = nomor::normalised(number);
            let found = entries.get(&key).filter(|_| nomor::identifies(number));
            let Some(found) = found else {
                let kind = FaultKind::Orphan {
                    sheet: grid.sheets[self.sheet].name.to_string(),
                    number: number.to_owned(),
                };
                faults.push(Fault::new(kind, row.cell(self.nomor), "nomor_badan_hukum"));
                continue;
            };
            // Of entries with one number the one that is written the same, else the first.
            let text = |span: &Span| grid.text.get(span.range()).unwrap_or_default();
            let same = found.iter().find(|(_, span)| trim(text(span)) == number);
            let (entry, _) = same.unwrap_or(&found[0]);
            self.items.push((*entry, index));
            if found.len() > 1 {
                doubles.push(key);
            }
        }
        self.items.sort_unstable();
    }

    /// The rows of an entry's items.
    pub(super) fn items(&self, entry: usize) -> impl Iterator<Item = usize> + '_ {
        let from = self.items.partition_point(|(of, _)| *of < entry);
        let own = self.items[from..]
            .iter()
            .take_while(move |(of, _)| *of == entry);
        own.map(|(_, row)| *row)
    }
}
