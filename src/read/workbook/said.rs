//! The note that says which sheets were read, and how.

use super::children::{Child, LISTS};
use super::sheet::Table;
use crate::grid::Grid;
use crate::read::table::said;
use crate::read::{Fault, FaultKind};
use crate::tape::Span;
use crate::words;

/// What became of the sheets.
pub(super) struct Sheets<'a> {
    pub(super) grid: &'a Grid,
    /// The register.
    pub(super) main: usize,
    pub(super) table: &'a Table,
    pub(super) kepala: Option<usize>,
    pub(super) children: &'a [Child],
    /// Sheets that are not read.
    pub(super) ignored: &'a [usize],
}

impl Sheets<'_> {
    fn name(&self, sheet: usize) -> String {
        words::shown(&self.grid.sheets[sheet].name, 40)
    }

    /// The note.
    pub(super) fn note(&self) -> Fault {
        let (mut id, mut en) = (Vec::new(), Vec::new());
        let main = self.name(self.main);
        let form = &self.table.form;
        let row = self.grid.row(self.table.headings).number();
        let known = form.headings.iter().filter(|h| h.column.is_some()).count();
        let all = form.headings.len();
        id.push(format!(
            "register di lembar `{main}`, judul kolom di baris {row}, {known} dari {all} kolom dikenal"
        ));
        en.push(format!(
            "register in the sheet `{main}`, headings in row {row}, {known} of {all} columns known"
        ));
        if let Some(kepala) = self.kepala.map(|sheet| self.name(sheet)) {
            id.push(format!("kepala dari lembar `{kepala}`"));
            en.push(format!("header from the sheet `{kepala}`"));
        }
        for child in self.children {
            let (sheet, (member, _)) = (self.name(child.sheet), LISTS[child.list]);
            id.push(format!(
                "{member} dari lembar `{sheet}`, digabung lewat nomor_badan_hukum"
            ));
            en.push(format!(
                "{member} from the sheet `{sheet}`, joined by nomor_badan_hukum"
            ));
        }
        if !self.ignored.is_empty() {
            let names = self.ignored.iter().map(|sheet| self.name(*sheet));
            let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            let names = names.join(", ");
            id.push(format!("lembar lain tidak dibaca: {names}"));
            en.push(format!("other sheets are not read: {names}"));
        }
        said::layout(form, &mut id, &mut en);
        let headings = form.headings.iter();
        let first = headings.clone().find(|h| !h.text.trim().is_empty());
        let kind = FaultKind::Form {
            id: id.join("; "),
            en: en.join("; "),
        };
        let span = first.map_or(Span::default(), |heading| Span {
            start: heading.start,
            end: heading.end,
        });
        Fault::new(kind, span, "")
    }
}
