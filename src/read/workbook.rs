//! Workbooks as offices keep them: a register in one sheet, its header in the sheet `Kepala`, RATs,
//! activities and assistance in the register's columns or in sheets of their own.

use std::collections::HashMap;
use std::sync::Arc;

use super::table::heading;
use super::table::heading::Column;
use super::table::plan::Plan;
use super::table::rows::{RowKind, Rows};
use super::table::scan::trim;
use super::{Fault, FaultKind, HiddenPart, Opened};
use crate::grid::Grid;
use crate::nomor;
use crate::schema::Shape;
use crate::tape::{Name, Span};
use crate::workbook::{MEMORY_SHEET, RESULT_SHEET, Remembered};

mod cells;
mod children;
mod entries;
mod kepala;
mod said;
mod sheet;
pub mod source;

use cells::{Cells, Merged};
use children::{Child, LISTS, list_of};
use entries::{Entries, Pieces, chunk};
use sheet::Table;
use source::{Book, Kind};

/// Sheets that koplint writes itself: what it found, what it remembers, the lists of the form.
const OWN: [&str; 3] = [RESULT_SHEET, MEMORY_SHEET, "_daftar"];
/// The form's instructions. An office may have a register of that name, so it is looked into.
const GUIDE: &str = "petunjuk";

/// What the sheets of a workbook are.
struct Roles {
    kepala: Option<usize>,
    main: Option<(usize, Table)>,
    /// Other sheets that look like a register.
    others: Vec<(usize, Table)>,
    lists: Vec<(usize, usize)>,
}

/// Opens a workbook that was read. `wanted` names the sheet of the register.
///
/// # Errors
/// There is no sheet of that name.
pub fn open(book: Book, wanted: Option<&str>, shape: &Shape) -> Result<Opened, NoSheet> {
    let mut grid = book.grid;
    let remembered = Remembered::of(&grid);
    let mut faults = Vec::new();
    let roles = roles(&grid, wanted)?;
    let Some((main, table)) = roles.main else {
        return Ok(nothing(
            Arc::new(grid),
            name(book.kind),
            roles.kepala,
            shape,
        ));
    };
    grid.sheets[main].headings = Some(table.headings);
    let mut partial = false;
    let mut children: Vec<Child> = Vec::new();
    for (list, sheet) in &roles.lists {
        match Child::find(&grid, *sheet, *list, shape, &mut faults) {
            Some(child) => {
                grid.sheets[*sheet].headings = Some(child.head);
                children.push(child);
            }
            None => {
                let at = grid.row(grid.sheets[*sheet].rows.start).span();
                faults.push(Fault::new(FaultKind::NoHeaderRow { known: 0 }, at, ""));
                partial = true;
            }
        }
    }
    let merged = Merged::new(&book.merged);
    let grid = Arc::new(grid);
    let header = roles
        .kepala
        .and_then(|sheet| kepala::read(&grid, sheet, shape, &mut faults));
    headings(&grid, main, &table, &children, &mut faults);
    for (sheet, other) in &roles.others {
        let rows = other.body.len();
        let kind = FaultKind::OtherRegister {
            sheet: grid.sheets[*sheet].name.to_string(),
            rows,
        };
        faults.push(Fault::new(kind, grid.row(other.headings).span(), ""));
        partial |= wanted.is_none();
    }
    hidden(&grid, &roles.kepala, main, &children, &mut faults);
    let mut used = vec![main];
    used.extend(roles.kepala);
    used.extend(children.iter().map(|child| child.sheet));
    let ignored: Vec<usize> = (0..grid.sheets.len())
        .filter(|sheet| {
            let name = &grid.sheets[*sheet].name;
            !used.contains(sheet) && !is_own(name) && heading::normalise(name) != GUIDE
        })
        .collect();
    let sheets = said::Sheets {
        grid: &grid,
        main,
        table: &table,
        kepala: roles.kepala.filter(|_| header.is_some()),
        children: &children,
        ignored: &ignored,
    };
    faults.push(sheets.note());
    let (columns, texts) = (table.columns(), table.texts());
    let mut entries = Entries {
        grid: Arc::clone(&grid),
        sheet: main,
        rows: Rows::new(&columns, &texts),
        plan: plan(&table, &children, shape),
        nomor: table.column(Name::nomor_badan_hukum),
        headings: texts,
        columns,
        merged,
        children: Vec::new(),
    };
    join(&entries, &mut children, table.body.clone(), &mut faults);
    entries.children = children;
    Ok(Opened {
        format: Arc::new(entries),
        name: name(book.kind),
        header,
        faults,
        faults_in: Some(chunk(&grid, 0, grid.text.len())),
        unreadable: 0,
        partial,
        remembered,
        chunks: Box::new(Pieces {
            grid,
            rows: table.body,
        }),
    })
}

/// No sheet has the name that was asked for.
#[derive(Debug)]
pub struct NoSheet {
    /// The name.
    pub wanted: String,
    /// The names that there are.
    pub names: Vec<String>,
}

/// The name of the format.
fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Xlsx => "xlsx",
        Kind::Xlsb => "xlsb",
        Kind::Xls => "xls",
        Kind::Ods => "ods",
    }
}

fn is_own(name: &str) -> bool {
    OWN.contains(&name)
}

/// The register is the sheet that was asked for, else `Koperasi`, else the one with the most
/// columns that are known; a sheet that is shown before one that is not.
fn roles(grid: &Grid, wanted: Option<&str>) -> Result<Roles, NoSheet> {
    let named = |name: &str| {
        let mut names = grid
            .sheets
            .iter()
            .map(|sheet| heading::normalise(&sheet.name));
        names.position(|own| own == heading::normalise(name))
    };
    let asked = match wanted {
        Some(name) => Some(named(name).ok_or_else(|| NoSheet {
            wanted: name.to_owned(),
            names: grid.sheets.iter().map(|s| s.name.to_string()).collect(),
        })?),
        None => None,
    };
    let kepala = named("kepala").filter(|sheet| asked != Some(*sheet));
    let mut lists: Vec<(usize, usize)> = Vec::new();
    let mut tables = Vec::new();
    for (sheet, its) in grid.sheets.iter().enumerate() {
        let own = is_own(&its.name) && asked != Some(sheet);
        if Some(sheet) == kepala || own || its.rows.is_empty() {
            continue;
        }
        match list_of(&its.name).filter(|_| asked != Some(sheet)) {
            Some(list) if lists.iter().all(|(other, _)| *other != list) => {
                lists.push((list, sheet));
            }
            _ => tables.extend(sheet::table(grid, sheet).ok().map(|table| (sheet, table))),
        }
    }
    let best = |(sheet, table): &(usize, Table)| {
        let its = &grid.sheets[*sheet];
        let known = table.columns().iter().flatten().count();
        let koperasi = heading::normalise(&its.name) == "koperasi";
        // Of equal ones the first.
        (
            asked == Some(*sheet),
            koperasi,
            !its.hidden,
            known,
            usize::MAX - sheet,
        )
    };
    let at = (0..tables.len())
        .filter(|at| asked.is_none_or(|asked| tables[*at].0 == asked))
        .max_by_key(|at| best(&tables[*at]));
    let main = at.map(|at| tables.remove(at));
    let filled =
        |(sheet, table): &(usize, Table)| !table.body.is_empty() && !grid.sheets[*sheet].hidden;
    tables.retain(filled);
    Ok(Roles {
        kepala,
        main,
        others: tables,
        lists,
    })
}

/// A workbook without a register.
fn nothing(grid: Arc<Grid>, name: &'static str, kepala: Option<usize>, shape: &Shape) -> Opened {
    let mut faults = Vec::new();
    let header = kepala.and_then(|sheet| kepala::read(&grid, sheet, shape, &mut faults));
    let shown = (0..grid.sheets.len()).filter(|at| {
        let sheet = &grid.sheets[*at];
        !sheet.hidden && !sheet.rows.is_empty() && Some(*at) != kepala
    });
    let nearest = shown.clone().filter_map(|sheet| {
        let best = sheet::table(&grid, sheet).err().flatten()?;
        Some((best.recognised, std::cmp::Reverse(sheet), best.row))
    });
    let (own, row, known) = match nearest.max() {
        Some((known, std::cmp::Reverse(sheet), row)) => (Some(sheet), row, known),
        None => (shown.clone().next().or(kepala), 0, 0),
    };
    let place = own.map_or(Span::default(), |sheet| {
        grid.row(grid.sheets[sheet].rows.start + row).span()
    });
    faults.push(Fault::new(FaultKind::NoHeaderRow { known }, place, ""));
    Opened {
        format: Arc::new(Entries {
            grid: Arc::clone(&grid),
            sheet: own.unwrap_or(0),
            rows: Rows::new(&[], &[]),
            plan: Plan::default(),
            headings: Vec::new(),
            columns: Vec::new(),
            nomor: None,
            merged: Merged::default(),
            children: Vec::new(),
        }),
        name,
        header,
        faults,
        faults_in: Some(chunk(&grid, 0, grid.text.len())),
        unreadable: 0,
        partial: true,
        remembered: None,
        chunks: Box::new(Pieces { grid, rows: 0..0 }),
    }
}

/// Which columns of the register fill what; a list that has a sheet is filled from there.
fn plan(table: &Table, children: &[Child], shape: &Shape) -> Plan {
    let mut plan = Plan::new(&table.form, shape);
    for child in children {
        match LISTS[child.list].0 {
            "rat" => {
                plan.rat.clear();
                (plan.rat_tanggal, plan.rat_tick) = (None, None);
            }
            "kegiatan_usaha" => plan.kegiatan.clear(),
            _ => plan.bantuan.clear(),
        }
        let item = format!("{}[]", LISTS[child.list].0);
        plan.paths.retain(|(_, path)| !path.starts_with(&item));
    }
    plan
}

/// Headings that are unknown, or that say again what another column or sheet says.
fn headings(grid: &Grid, main: usize, table: &Table, children: &[Child], faults: &mut Vec<Fault>) {
    super::table::headings(&table.form.headings, faults);
    for heading in &table.form.headings {
        let list = match heading.column {
            Some(Column::Rat(_) | Column::RatTanggal | Column::RatTick) => 0,
            Some(Column::Kegiatan(_) | Column::KegiatanMelayani) => 1,
            Some(Column::Bantuan { .. }) => 2,
            _ => continue,
        };
        let child = children.iter().find(|child| child.list == list);
        let Some(child) = child.filter(|child| child.sheet != main) else {
            continue;
        };
        let kind = FaultKind::DoubleColumn {
            name: heading.text.clone(),
        };
        let span = Span {
            start: heading.start,
            end: heading.end,
        };
        faults.push(Fault {
            related: Some(grid.row(child.head).cell(0)),
            ..Fault::new(kind, span, &heading.text)
        });
    }
}

/// Says what is hidden though something stands there: columns of the sheets that are read, and
/// sheets. Rows are said where they are read.
fn hidden(
    grid: &Grid,
    kepala: &Option<usize>,
    main: usize,
    children: &[Child],
    faults: &mut Vec<Fault>,
) {
    for (sheet, its) in grid.sheets.iter().enumerate() {
        let Some(first) = its.rows.clone().find(|row| {
            let row = grid.row(*row);
            (0..row.len()).any(|at| !trim(row.text(at)).is_empty())
        }) else {
            continue;
        };
        let read = sheet == main
            || Some(sheet) == *kepala
            || children.iter().any(|child| child.sheet == sheet);
        if its.hidden && !is_own(&its.name) {
            let part = match read {
                true => HiddenPart::Sheet,
                false => HiddenPart::Unread,
            };
            let kind = FaultKind::Hidden(part);
            faults.push(Fault::new(kind, grid.row(first).span(), &its.name));
        }
        for column in its.hidden_columns.iter().filter(|_| read) {
            let at = *column as usize;
            let filled = |row: &usize| !trim(grid.row(*row).text(at)).is_empty();
            let head = its.headings.filter(filled);
            if let Some(row) = head.or_else(|| its.rows.clone().find(filled)) {
                let text = trim(grid.row(row).text(at));
                let kind = FaultKind::Hidden(HiddenPart::Column);
                faults.push(Fault::new(kind, grid.row(row).cell(at), text));
            }
        }
    }
}

/// Gives the rows of the other sheets to the entries.
fn join(
    entries: &Entries,
    children: &mut [Child],
    body: std::ops::Range<usize>,
    faults: &mut Vec<Fault>,
) {
    let (Some(nomor), false) = (entries.nomor, children.is_empty()) else {
        return;
    };
    let grid = &entries.grid;
    let mut numbers: HashMap<String, Vec<(usize, Span)>> = HashMap::new();
    for index in body {
        let row = grid.row(index);
        let number = trim(row.text(nomor));
        let contents = Cells::of(grid, index).contents;
        if nomor::identifies(number) && entries.kind(index, &contents) == RowKind::Data {
            let rows = numbers.entry(nomor::normalised(number)).or_default();
            rows.push((index, row.cell(nomor)));
        }
    }
    let mut doubles = Vec::new();
    for child in children {
        child.join(grid, &numbers, &entries.merged, faults, &mut doubles);
    }
    doubles.sort_unstable();
    doubles.dedup();
    for key in doubles {
        let [(_, first), (_, again), ..] = numbers[&key][..] else {
            continue;
        };
        let kind = FaultKind::DoubleKey { number: key };
        faults.push(Fault {
            related: Some(first),
            ..Fault::new(kind, again, "nomor_badan_hukum")
        });
    }
}

#[cfg(test)]
mod tests;
