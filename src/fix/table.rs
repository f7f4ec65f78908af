//! Edits of a table: what the reader reread, written as it was read.
//!
//! How a column's dates and a file's numbers are read is told by those of its cells that can be
//! read in one way only. Where a doubtful one stays, these stay too, so that it is read afterwards
//! as it was before.

use std::collections::HashSet;

use super::source::{Seen, Source};
use super::value::{self, Outcome};
use super::{Edit, Left, Plan, Refusal, What};
use crate::read::table::dates::{self, DateRead};
use crate::read::table::numbers::{self, Kind, NumberRead, NumberStyle};
use crate::read::table::row::{code, is_identifier};
use crate::read::table::value::{is_formula_error, is_none_token, is_null_token, is_tick};
use crate::read::{FaultKind, FieldCell, Reading};
use crate::schema::{Shape, Type};
use crate::tape::Span;

/// Lists the edits of a table.
pub(super) fn edits(source: &Source, shape: &Shape, plan: &mut Plan) -> Result<(), Refusal> {
    let mut rows = Rows {
        shape,
        plan,
        found: Vec::new(),
        doubtful_dates: HashSet::new(),
        doubtful_number: false,
    };
    source.each(|seen| {
        for fault in seen.faults {
            rows.fault(&fault.kind);
        }
        for cell in source.opened.format.cells(seen.chunk, seen.span) {
            rows.cell(seen, &cell);
        }
    })?;
    rows.settle();
    Ok(())
}

/// What an edit takes away.
#[derive(Clone, Copy, PartialEq)]
enum Evidence {
    None,
    /// Of the order of day and month in this column.
    Date(usize),
    /// Of the file's way to part thousands.
    Number,
}

struct Rows<'a> {
    shape: &'a Shape,
    plan: &'a mut Plan,
    found: Vec<(Edit, Evidence)>,
    /// Columns in which a date stays that can be read in two ways.
    doubtful_dates: HashSet<usize>,
    doubtful_number: bool,
}

impl Rows<'_> {
    fn fault(&mut self, kind: &FaultKind) {
        self.plan.leave(match kind {
            FaultKind::AmbiguousDate { .. } => Left::AmbiguousDate,
            FaultKind::AmbiguousNumber { .. } => Left::AmbiguousNumber,
            FaultKind::Sentinel { .. } => Left::Sentinel,
            FaultKind::Damaged { .. } => Left::Damaged,
            FaultKind::Formula { .. } => Left::Formula,
            _ => return,
        });
    }

    fn cell(&mut self, seen: &Seen<'_>, cell: &FieldCell<'_>) {
        let text = &*cell.content;
        if text.is_empty() || is_null_token(text) || is_formula_error(text) {
            return;
        }
        let Some(field) = self.shape.field(cell.path) else {
            return;
        };
        let name = cell.path.rsplit('.').next().unwrap_or(cell.path);
        let mut evidence = Evidence::None;
        let outcome = match &field.type_ {
            Type::Text if is_identifier(name) => value::id(text, name),
            Type::Text => Outcome::text(text, value::spaces(text, true), What::Spaces),
            Type::Date => {
                evidence = self.date_evidence(cell);
                self.date(seen, cell)
            }
            Type::Integer | Type::Number => {
                if NumberStyle::default().see(text).is_some() {
                    evidence = Evidence::Number;
                }
                self.number(seen, cell, field.type_ == Type::Integer)
            }
            // All the ways to say yes and no are allowed in a table.
            Type::Bool => Outcome::Keep,
            Type::Code(_) if is_none_token(text) => Outcome::Keep,
            Type::Code(codes) => value::code(text, codes),
            Type::Nested => {
                let codes = self.shape.codes(&format!("{}[]", cell.path));
                Outcome::text(text, list(text, codes), What::Code)
            }
        };
        let (now, what) = match outcome {
            Outcome::Now(now, what) if self.plan.may(what) => (now, what),
            Outcome::Leave(left) => {
                // A damaged identifier is counted where it was met.
                if left != Left::Damaged {
                    self.plan.leave(left);
                }
                return;
            }
            _ => (text.to_owned(), What::Spaces),
        };
        if now == text {
            self.doubt(cell, &field.type_);
        }
        self.write(seen, cell, now, what, evidence, &field.type_);
    }

    /// Remembers a value that stays, if others tell how it is read.
    fn doubt(&mut self, cell: &FieldCell<'_>, type_: &Type) {
        let text = &*cell.content;
        match type_ {
            Type::Date => {
                if let DateRead::Ambiguous { .. } = dates::read(text, None) {
                    self.doubtful_dates.insert(cell.column);
                }
            }
            Type::Number => {
                let read = numbers::read(text, Kind::Decimal, None);
                self.doubtful_number |= matches!(read, NumberRead::Ambiguous { .. });
            }
            _ => {}
        }
    }

    fn date_evidence(&self, cell: &FieldCell<'_>) -> Evidence {
        let mut order = dates::DateOrder::default();
        order.see(&cell.content);
        if order.settled().is_some() {
            Evidence::Date(cell.column)
        } else {
            Evidence::None
        }
    }

    fn date(&self, seen: &Seen<'_>, cell: &FieldCell<'_>) -> Outcome {
        let text = &*cell.content;
        let Some(read) = reread(seen, cell, Reading::Date) else {
            let says = is_tick(text) || is_none_token(text);
            return match dates::read(text, None) {
                DateRead::Not if !says => Outcome::Leave(Left::NoDate),
                _ => Outcome::Keep,
            };
        };
        let what = match dates::read(text, None) {
            DateRead::Ambiguous { .. } => What::DayMonth,
            DateRead::Read { how, .. } => value::date_what(text, how),
            _ => What::Date,
        };
        Outcome::Now(read.to_owned(), what)
    }

    /// Only whole numbers: a decimal point would be read as something else by an Indonesian
    /// spreadsheet.
    fn number(&self, seen: &Seen<'_>, cell: &FieldCell<'_>, whole: bool) -> Outcome {
        let text = &*cell.content;
        let read = reread(seen, cell, Reading::Number);
        match read {
            Some(read) if read.contains('.') || whole && read.starts_with('-') => Outcome::Keep,
            Some(read) => Outcome::Now(read.to_owned(), What::Number),
            None if is_none_token(text) => Outcome::Keep,
            None => match numbers::read(text, Kind::Whole, None) {
                NumberRead::Not => Outcome::Leave(Left::NoNumber),
                _ => Outcome::Keep,
            },
        }
    }

    fn write(
        &mut self,
        seen: &Seen<'_>,
        cell: &FieldCell<'_>,
        now: String,
        what: What,
        evidence: Evidence,
        type_: &Type,
    ) {
        let span = cell.span.range();
        let was = seen.doc.text().get(span.clone()).unwrap_or_default();
        let in_workbook = seen.chunk.grid.is_some();
        let raw = if in_workbook {
            now.clone()
        } else if cell.quoted || now.contains([cell.delimiter, '"', '\n', '\r']) {
            format!("\"{}\"", now.replace('"', "\"\""))
        } else {
            now.clone()
        };
        // Nothing may become a formula that was none.
        let formula = now.starts_with(['=', '+', '-', '@']) && now.len() > 1;
        // In a workbook a number that was typed as text becomes one.
        let retyped = in_workbook && what == What::Number;
        if raw == was && !retyped
            || formula && what != What::Number && !was.starts_with(['=', '+', '-', '@'])
        {
            return;
        }
        let edit = Edit {
            span: Span::new(span.start + seen.offset, span.end + seen.offset),
            raw,
            was: match what {
                What::Spaces => was.to_owned(),
                _ => cell.content.clone().into_owned(),
            },
            now,
            type_: type_.clone(),
            field: cell.heading.to_owned(),
            entry: seen.number,
            what,
        };
        self.found.push((edit, evidence));
    }

    /// Keeps the edits that take no evidence from a value that stays doubtful.
    fn settle(self) {
        for (edit, evidence) in self.found {
            let needed = edit.what != What::Spaces
                && match evidence {
                    Evidence::None => false,
                    Evidence::Date(column) => self.doubtful_dates.contains(&column),
                    Evidence::Number => self.doubtful_number,
                };
            if needed {
                self.plan.held += 1;
            } else {
                self.plan.edits.push(edit);
            }
        }
    }
}

/// What the reader made of a cell.
fn reread<'a>(seen: &Seen<'a>, cell: &FieldCell<'_>, reading: Reading) -> Option<&'a str> {
    seen.faults.iter().find_map(|fault| match &fault.kind {
        FaultKind::Reread { how, read, .. }
            if *how == reading
                && cell.span.start <= fault.span.start
                && fault.span.end <= cell.span.end =>
        {
            Some(read.as_str())
        }
        _ => None,
    })
}

/// A list of codes, each in its own spelling; what parts them stays.
fn list(text: &str, codes: &[String]) -> String {
    let separator: &[char] = if text.contains(';') {
        &[';']
    } else {
        &[',', '\n']
    };
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(separator) {
        let item = piece.trim_end_matches(separator);
        let bare = item.trim();
        match code(bare, codes) {
            Some(code) if !bare.is_empty() => out.push_str(&piece.replacen(bare, code, 1)),
            _ => out.push_str(piece),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_keeps_what_parts_it() {
        let codes = ["awal", "akhir", "bibit_pupuk"].map(str::to_owned);
        assert_eq!(list("Awal ;AKHIR;;x", &codes), "awal ;akhir;;x");
        assert_eq!(list("Bibit/Pupuk,\n akhir", &codes), "bibit_pupuk,\n akhir");
        assert_eq!(list("", &codes), "");
    }
}
