//! Tables as offices keep them, in a text file with a delimiter: found out and said how it was
//! read, then each row onto the tape as the same tree that JSON gives.

use std::borrow::Cow;
use std::io::{self, Read};
use std::sync::Arc;

use super::{Chunk, Fault, FaultKind, FieldCell, Format, MAX_RECORD, Opened, Record, skipped};
use crate::schema::Shape;
use crate::tape::{Span, Tape};

mod alias;
mod chunks;
mod dateparts;
pub(crate) mod dates;
pub(crate) mod encoding;
pub(super) mod header;
pub(crate) mod heading;
pub(crate) mod numbers;
mod numbershape;
pub(super) mod plan;
pub(crate) mod row;
#[cfg(test)]
mod row_tests;
pub(super) mod rows;
pub(super) mod said;
pub(crate) mod scan;
pub(crate) mod sniff;
pub(crate) mod value;
pub(crate) mod whole;

use heading::Column;
use plan::Plan;
use rows::{RowKind, Rows};
use scan::{Cell, QuoteFault};

/// A table that is understood.
struct Table {
    delim: u8,
    rows: Rows,
    plan: Plan,
    /// Headings as the user wrote them.
    headings: Vec<String>,
    /// Columns without one.
    headless: Vec<usize>,
}

impl Table {
    fn new(delim: u8, headings: Vec<String>, columns: &[Option<Column>], plan: Plan) -> Self {
        let all = headings.iter().enumerate();
        let headless = all.filter(|(_, heading)| heading.trim().is_empty());
        Self {
            delim,
            rows: Rows::new(columns, &headings),
            plan,
            headless: headless.map(|(at, _)| at).collect(),
            headings,
        }
    }
}

/// Opens a table.
///
/// # Errors
/// What the system says.
pub fn open(input: Box<dyn Read + Send>, shape: &Shape) -> io::Result<Opened> {
    let mut pieces = chunks::Pieces::begin(input)?;
    let head = pieces.head();
    let detected = pieces.detected();
    let mut faults = Vec::new();
    if let Some(&at) = head.broken.first() {
        faults.push(Fault::new(FaultKind::Encoding, Span::new(at, at + 3), ""));
    }
    let form = match sniff::form(&head.text, pieces.ended()) {
        Ok(form) => form,
        Err(no_header) => {
            let at = no_header.best.map_or(0, |(_, place)| place);
            let known = no_header.best.map_or(0, |(best, _)| best.recognised);
            let kind = FaultKind::NoHeaderRow { known };
            faults.push(Fault::new(kind, Span::new(at, at), ""));
            pieces.stop();
            let nothing = Table::new(no_header.delim, Vec::new(), &[], Plan::default());
            return Ok(opened(nothing, faults, head, pieces, true));
        }
    };
    // What stands inside a row is that row's; above the rows it is the file's.
    faults.retain(|fault| (fault.span.start as usize) < form.body);
    let columns: Vec<Option<Column>> = form.headings.iter().map(|h| h.column).collect();
    headings(&form.headings, &mut faults);
    faults.push(said::form(&form, &detected, &head));
    let headings: Vec<String> = form.headings.iter().map(|h| h.text.clone()).collect();
    let table = Table::new(form.delim, headings, &columns, Plan::new(&form, shape));
    pieces.delimited(form.delim, form.body);
    Ok(opened(table, faults, head, pieces, false))
}

/// Headings that are unknown or stand twice.
pub(super) fn headings(headings: &[sniff::Heading], faults: &mut Vec<Fault>) {
    for (at, heading) in headings.iter().enumerate() {
        let span = Span {
            start: heading.start,
            end: heading.end,
        };
        let name = heading.text.clone();
        match heading.column {
            None if !name.trim().is_empty() => {
                let nearest = heading::nearest(&name).map(str::to_owned);
                let kind = FaultKind::UnknownColumn {
                    name: name.clone(),
                    nearest,
                };
                faults.push(Fault::new(kind, span, &name));
            }
            Some(column) if !matches!(column, Column::RowNumber | Column::Result) => {
                let first = headings[..at].iter().find(|h| h.column == Some(column));
                if let Some(first) = first {
                    let kind = FaultKind::DoubleColumn { name: name.clone() };
                    faults.push(Fault {
                        related: Some(Span {
                            start: first.start,
                            end: first.end,
                        }),
                        ..Fault::new(kind, span, &name)
                    });
                }
            }
            _ => {}
        }
    }
}

fn opened(
    table: Table,
    faults: Vec<Fault>,
    head: Chunk,
    pieces: chunks::Pieces,
    partial: bool,
) -> Opened {
    Opened {
        format: Arc::new(table),
        name: "csv",
        header: None,
        faults,
        faults_in: Some(head),
        unreadable: 0,
        partial,
        remembered: None,
        chunks: Box::new(pieces),
    }
}

impl Format for Table {
    fn record(
        &self,
        chunk: &Chunk,
        pos: &mut usize,
        tape: &mut Tape,
        faults: &mut Vec<Fault>,
    ) -> (Record, Span) {
        let start = *pos;
        if start >= chunk.end {
            return (Record::End, Span::new(start, start));
        }
        let text = &chunk.text[..chunk.end];
        let mut cells: Vec<Cell> = Vec::with_capacity(self.headings.len());
        *pos = scan::record(text, start, self.delim, scan::MAX_RECORD, &mut cells);
        let end = start + text[start..*pos].trim_end_matches(['\n', '\r']).len();
        let span = Span::new(start, end);
        if end - start > MAX_RECORD {
            let kind = FaultKind::TooLarge { limit: MAX_RECORD };
            faults.push(Fault::new(kind, Span::new(start, start + 1), ""));
            return (Record::Unreadable, span);
        }
        let contents: Vec<Cow<'_, str>> = cells.iter().map(|c| scan::content(text, c)).collect();
        let mut kind = self.rows.kind(&contents);
        let filled = contents
            .iter()
            .filter(|content| !content.is_empty())
            .count();
        if kind == RowKind::Data && filled <= 3 && self.below_signature(text, start) {
            kind = self.rows.kind_after_signature(&contents);
        }
        if let Some(skipped) = skipped(kind) {
            self.outside(&contents, &cells, faults);
            faults.push(Fault::new(FaultKind::Skipped(skipped), span, ""));
            return (Record::Skipped, span);
        }
        if let Some(at) = chunk.broken_in(start, end) {
            faults.push(Fault::new(FaultKind::Encoding, Span::new(at, at + 3), ""));
            return (Record::Unreadable, span);
        }
        let (expected, found) = (self.headings.len(), cells.len());
        let extra = contents
            .iter()
            .skip(expected)
            .any(|content| !content.is_empty());
        if found < expected || extra {
            let at = cells.get(expected).map_or(span, |c| Span {
                start: c.start,
                end: c.end,
            });
            faults.push(Fault::new(FaultKind::Ragged { expected, found }, at, ""));
        }
        let mut lost = extra;
        for (cell, heading) in cells.iter().zip(&self.headings) {
            let Some(fault) = cell.fault else { continue };
            let (QuoteFault::BareQuote(at) | QuoteFault::AfterQuote(at) | QuoteFault::Unclosed(at)) =
                fault;
            let at = Span {
                start: at,
                end: at + 1,
            };
            faults.push(Fault::new(FaultKind::Quote, at, heading));
            lost |= !matches!(fault, QuoteFault::BareQuote(_));
        }
        if lost {
            return (Record::Unreadable, span);
        }
        self.outside(&contents, &cells, faults);
        let line = row::Line {
            plan: &self.plan,
            headings: &self.headings,
            text,
            cells: &cells,
            contents: &contents,
            sorts: &[],
            epoch_1904: false,
            span,
        };
        row::fill(line, tape, faults, |_, _| {});
        (Record::Entry, span)
    }

    fn heading(&self, chunk: &Chunk, record: Span, piece: Span) -> Option<Cow<'_, str>> {
        let text = &chunk.text[..chunk.end];
        let mut cells = Vec::new();
        if record.start as usize >= text.len() {
            return None;
        }
        scan::record(
            text,
            record.start as usize,
            self.delim,
            scan::MAX_RECORD,
            &mut cells,
        );
        let within = |cell: &Cell| (cell.start..=cell.end).contains(&piece.start);
        // Of the row as a whole no column is named.
        if piece == record || piece.end <= piece.start + 1 && piece.start == record.start {
            return None;
        }
        let at = cells.iter().position(within)?;
        self.headings
            .get(at)
            .map(|heading| Cow::Borrowed(heading.as_str()))
    }

    fn is_table(&self) -> bool {
        true
    }

    fn cells<'a>(&'a self, chunk: &'a Chunk, record: Span) -> Vec<FieldCell<'a>> {
        let text = &chunk.text[..chunk.end];
        let mut cells = Vec::new();
        let start = record.start as usize;
        scan::record(text, start, self.delim, scan::MAX_RECORD, &mut cells);
        let paths = self.plan.paths.iter();
        let sound = paths.filter_map(|(at, path)| {
            let cell = cells.get(*at).filter(|cell| cell.fault.is_none())?;
            Some(FieldCell {
                span: Span {
                    start: cell.start,
                    end: cell.end,
                },
                column: *at,
                heading: self.headings.get(*at)?,
                path,
                quoted: cell.quoted,
                delimiter: char::from(self.delim),
                content: scan::content(text, cell),
            })
        });
        sound.collect()
    }
}

/// Lines above a row that are searched for the beginning of a signature block.
const BLOCK: usize = 10;

impl Table {
    /// Says what stands where no heading is.
    fn outside(&self, contents: &[Cow<'_, str>], cells: &[scan::Cell], faults: &mut Vec<Fault>) {
        let cells = contents.iter().zip(cells);
        let of = self.headless.iter().filter_map(|at| cells.clone().nth(*at));
        for (content, cell) in of.filter(|(content, _)| !content.is_empty()) {
            let text = content.clone().into_owned();
            let at = Span {
                start: cell.start,
                end: cell.end,
            };
            faults.push(Fault::new(FaultKind::Headless { text }, at, ""));
        }
    }

    /// Whether a signature row stands a few lines above.
    fn below_signature(&self, text: &str, start: usize) -> bool {
        let above = text[..start].lines().rev().take(BLOCK);
        let mut cells = Vec::new();
        above.filter(|line| line.len() < 400).any(|line| {
            scan::record(line, 0, self.delim, scan::MAX_RECORD, &mut cells);
            let contents: Vec<_> = cells.iter().map(|c| scan::content(line, c)).collect();
            self.rows.kind(&contents) == RowKind::Signature
        })
    }
}
