//! One row onto the tape, as the entry that JSON would give.

use std::borrow::Cow;

use super::dates::{self, DateRead, Order};
use super::numbers::{self, Kind, NumberRead};
use super::plan::{Col, Plan};
use super::scan::Cell;
use super::value::{self, IdRead};
use crate::date;
use crate::grid::Sort;
use crate::read::{Fault, FaultKind, Reading};
use crate::schema::Type;
use crate::tape::{Name, Span, Tape};

mod lists;
mod typed;

/// Fields that are digits but no numbers.
const IDENTIFIERS: [Name; 6] = [
    Name::nomor_badan_hukum,
    Name::nik_koperasi,
    Name::kode_kbli,
    Name::kode_wilayah,
    Name::nomor_dokumen,
    Name::nomor_berita_acara,
];

/// Whether a field is digits but no number.
#[must_use]
pub(crate) fn is_identifier(name: &str) -> bool {
    Name::of(name).is_some_and(|name| IDENTIFIERS.contains(&name))
}

impl Col {
    fn is_identifier(&self) -> bool {
        self.known.is_some_and(|name| IDENTIFIERS.contains(&name))
    }
}

/// What a cell holds.
enum Held {
    /// The text as it stands.
    AsIs,
    /// The number as it stands.
    Digits,
    Text(String),
    Number(String),
    Bool(bool),
}

/// A row of a table, and how it is understood.
#[derive(Clone, Copy)]
pub(in crate::read) struct Line<'a> {
    pub(in crate::read) plan: &'a Plan,
    pub(in crate::read) headings: &'a [String],
    /// What the spans refer to.
    pub(in crate::read) text: &'a str,
    pub(in crate::read) cells: &'a [Cell],
    /// The cells' contents, trimmed.
    pub(in crate::read) contents: &'a [Cow<'a, str>],
    /// In a workbook: what the cells hold.
    pub(in crate::read) sorts: &'a [Sort],
    /// Days are counted from 1904.
    pub(in crate::read) epoch_1904: bool,
    /// All of it.
    pub(in crate::read) span: Span,
}

struct Row<'a> {
    line: Line<'a>,
    plan: &'a Plan,
    tape: &'a mut Tape,
    faults: &'a mut Vec<Fault>,
}

/// Fills the tape with one row as an entry; `more` adds members that stand elsewhere.
pub(in crate::read) fn fill(
    line: Line<'_>,
    tape: &mut Tape,
    faults: &mut Vec<Fault>,
    more: impl FnOnce(&mut Tape, &mut Vec<Fault>),
) {
    let mut row = Row {
        line,
        plan: line.plan,
        tape,
        faults,
    };
    row.tape.begin_object(line.span);
    for col in &line.plan.plain {
        row.member(col);
    }
    row.status();
    row.object(Name::jumlah_anggota, &line.plan.anggota);
    row.object(Name::unit_produksi, &line.plan.unit);
    row.layanan();
    row.kegiatan();
    row.rat();
    row.bantuan();
    more(row.tape, row.faults);
    row.tape.end(line.span.end);
}

/// Fills the tape with one row as an item of a list. "None" and a tick leave a field open that
/// they do not fit: a date, a code, a text.
pub(in crate::read) fn item(line: Line<'_>, tape: &mut Tape, faults: &mut Vec<Fault>) {
    let mut row = Row {
        line,
        plan: line.plan,
        tape,
        faults,
    };
    row.tape.begin_object(line.span);
    for col in &line.plan.plain {
        let text = row.said(col);
        let word = matches!(col.type_, Type::Date | Type::Code(_) | Type::Text);
        let tick = col.type_ == Type::Date && value::is_tick(text);
        if word && (value::is_none_token(text) || tick) {
            row.blank(&col.path, col);
        } else {
            row.member(col);
        }
    }
    row.tape.end(line.span.end);
}

impl<'a> Row<'a> {
    fn content(&self, at: usize) -> &'a str {
        let content = self.line.contents.get(at).map_or("", |content| &**content);
        if value::is_null_token(content) {
            ""
        } else {
            content
        }
    }

    /// The cell's text; of two columns that mean the same, only what both say.
    fn said(&self, col: &Col) -> &'a str {
        let own = self.content(col.at);
        match col.twin {
            Some(twin) if self.content(twin) != own => "",
            _ => own,
        }
    }

    /// Where the cell's content stands; of a blank cell the cell.
    fn place(&self, col: &Col) -> Span {
        let Some(cell) = self.line.cells.get(col.at) else {
            let end = self.line.span.end;
            return Span { start: end, end };
        };
        let whole = Span {
            start: cell.start,
            end: cell.end,
        };
        match self.line.contents.get(col.at) {
            Some(Cow::Borrowed(content)) if !content.is_empty() => self.within(content),
            _ => whole,
        }
    }

    /// The span of a piece of the row's own text.
    fn within(&self, piece: &str) -> Span {
        let start = piece.as_ptr() as usize - self.line.text.as_ptr() as usize;
        Span::new(start, start + piece.len())
    }

    fn is_borrowed(&self, col: &Col) -> bool {
        matches!(self.line.contents.get(col.at), Some(Cow::Borrowed(_)))
    }

    fn fault(&mut self, kind: FaultKind, col: &Col) {
        let fault = Fault {
            kind,
            span: self.place(col),
            related: None,
            field: self.line.headings.get(col.at).cloned().unwrap_or_default(),
        };
        self.faults.push(fault);
    }

    fn reread(&mut self, how: Reading, read: &str, col: &Col) {
        let kind = FaultKind::Reread {
            how,
            text: self.said(col).to_owned(),
            read: read.to_owned(),
        };
        self.fault(kind, col);
    }

    fn key(&mut self, col: &Col, place: Span) {
        match col.known {
            Some(name) => self.tape.known(name, place),
            None => self.tape.key(self.line.text, &col.path, place),
        }
    }

    fn blank(&mut self, path: &str, col: &Col) {
        let place = self.place(col);
        self.tape.blank(path, place);
    }

    /// A member that is one cell. Says whether it is there.
    fn member(&mut self, col: &Col) -> bool {
        let place = self.place(col);
        match self.held(col) {
            None => {
                self.tape.blank(&col.path, place);
                false
            }
            Some(held) => {
                self.key(col, place);
                self.put(held, col, place);
                true
            }
        }
    }

    fn put(&mut self, held: Held, col: &Col, place: Span) {
        match held {
            Held::AsIs if self.is_borrowed(col) => self.tape.string_in(place, place),
            Held::AsIs => {
                let text = self.said(col);
                self.tape.string(text, place);
            }
            Held::Digits if self.is_borrowed(col) => self.tape.number_in(place),
            Held::Digits => {
                let text = self.said(col);
                self.tape.number(text, place);
            }
            Held::Text(text) => self.tape.string(&text, place),
            Held::Number(json) => self.tape.number(&json, place),
            Held::Bool(yes) => self.tape.bool(yes, place),
        }
    }

    /// What the cell holds by its field's type; none if it is blank or says nothing.
    fn held(&mut self, col: &Col) -> Option<Held> {
        let text = self.said(col);
        if text.is_empty() {
            return None;
        }
        if value::is_formula_error(text) {
            let text = text.to_owned();
            self.fault(FaultKind::Formula { text }, col);
            return None;
        }
        if let Some(sort) = self.line.sorts.get(col.at).copied()
            && let Some(held) = self.typed(text, sort, col)
        {
            return held;
        }
        match &col.type_ {
            Type::Text | Type::Nested if col.is_identifier() => match value::identifier(text) {
                IdRead::Plain(_) => Some(self.tidied(text, col)),
                IdRead::Read(id) => {
                    self.reread(Reading::Identifier, id, col);
                    Some(Held::Text(id.to_owned()))
                }
                IdRead::Damaged => self.damaged(text, col),
            },
            Type::Text | Type::Nested => Some(self.tidied(text, col)),
            Type::Date => self.date(text, col),
            Type::Integer => self.number(text, Kind::Whole, col),
            Type::Number => self.number(text, Kind::Decimal, col),
            Type::Bool => Some(value::boolean(text).map_or(Held::AsIs, Held::Bool)),
            Type::Code(codes) => match code(text, codes) {
                Some(code) if code == text => Some(Held::AsIs),
                Some(code) => {
                    let code = code.to_owned();
                    self.reread(Reading::Code, &code, col);
                    Some(Held::Text(code))
                }
                None => Some(Held::AsIs),
            },
        }
    }

    fn damaged(&mut self, text: &str, col: &Col) -> Option<Held> {
        let text = text.to_owned();
        self.fault(FaultKind::Damaged { text }, col);
        None
    }

    fn tidied(&mut self, text: &str, col: &Col) -> Held {
        match value::tidy(text) {
            Cow::Borrowed(_) => Held::AsIs,
            Cow::Owned(tidy) => {
                self.reread(Reading::LineBreak, &tidy, col);
                Held::Text(tidy)
            }
        }
    }

    fn date(&mut self, text: &str, col: &Col) -> Option<Held> {
        let read = dates::read(text, col.order);
        // No office here writes the month first: what says so elsewhere in the column is told.
        if let (Some(Order::MonthFirst), DateRead::Read { date, .. }) = (col.order, &read)
            && let DateRead::Ambiguous { day_first, .. } = dates::read(text, None)
        {
            let read = date.to_string();
            let kind = FaultKind::AmbiguousDate {
                text: text.to_owned(),
                read: read.clone(),
                other: day_first.to_string(),
            };
            self.fault(kind, col);
            return Some(Held::Text(read));
        }
        Some(match read {
            DateRead::Iso(day) if date::parse(text) == Some(day) => Held::AsIs,
            DateRead::Iso(date) | DateRead::Read { date, .. } => {
                let iso = date.to_string();
                self.reread(Reading::Date, &iso, col);
                Held::Text(iso)
            }
            DateRead::Ambiguous {
                day_first,
                month_first,
            } => {
                let read = day_first.to_string();
                let kind = FaultKind::AmbiguousDate {
                    text: text.to_owned(),
                    read: read.clone(),
                    other: month_first.to_string(),
                };
                self.fault(kind, col);
                Held::Text(read)
            }
            DateRead::Sentinel => {
                let text = text.to_owned();
                self.fault(FaultKind::Sentinel { text }, col);
                Held::Text("1900-01-01".to_owned())
            }
            DateRead::Not => Held::AsIs,
        })
    }

    fn number(&mut self, text: &str, kind: Kind, col: &Col) -> Option<Held> {
        match numbers::read(text, kind, self.plan.style) {
            NumberRead::Plain => Some(Held::Digits),
            NumberRead::Read(json) => {
                self.reread(Reading::Number, &json, col);
                Some(Held::Number(json))
            }
            NumberRead::Ambiguous {
                as_thousands,
                as_decimal,
            } => {
                let kind = FaultKind::AmbiguousNumber {
                    text: text.to_owned(),
                    thousands: as_thousands.clone(),
                    decimal: as_decimal,
                };
                self.fault(kind, col);
                Some(Held::Number(as_thousands))
            }
            NumberRead::Dash => None,
            NumberRead::Damaged => self.damaged(text, col),
            NumberRead::Not => Some(Held::AsIs),
        }
    }

    /// One-hot columns: only exactly one tick says anything.
    fn status(&mut self) {
        let plan = self.plan;
        let (Some(col), other) = (
            plan.aktif.as_ref().or(plan.tidak_aktif.as_ref()),
            &plan.tidak_aktif,
        ) else {
            return;
        };
        if plan
            .plain
            .iter()
            .any(|c| c.known == Some(Name::status_dilaporkan))
        {
            return;
        }
        let ticked = |col: &Option<Col>| col.as_ref().is_some_and(|c| value::is_tick(self.said(c)));
        let (col, code) = match (ticked(&plan.aktif), ticked(other)) {
            (true, false) => (col, "aktif"),
            (false, true) => (other.as_ref().unwrap_or(col), "tidak_aktif"),
            // No code: the schema refuses what contradicts itself.
            (true, true) => (col, "aktif; tidak_aktif"),
            _ => {
                self.blank("status_dilaporkan", col);
                return;
            }
        };
        let place = self.place(col);
        self.reread(Reading::Status, code, col);
        self.tape.known(Name::status_dilaporkan, place);
        self.tape.string(code, place);
    }

    fn object(&mut self, name: Name, cols: &[Col]) {
        let Some(first) = cols.first() else { return };
        if cols.iter().all(|col| self.said(col).is_empty()) {
            self.blank(name.text(), first);
            return;
        }
        let place = self.place(first);
        self.tape.known(name, place);
        self.tape.begin_object(place);
        for col in cols {
            if col.known == Some(Name::tahap) {
                self.list(col, &self.plan.tahap_codes);
            } else {
                self.member(col);
            }
        }
        self.tape.end(0);
    }

    fn layanan(&mut self) {
        let plan = self.plan;
        if let Some(col) = &plan.layanan {
            self.list(col, &plan.layanan_codes);
        }
    }

    /// A cell with several codes: `awal;akhir`.
    fn list(&mut self, col: &Col, codes: &[String]) {
        let text = self.said(col);
        let place = self.place(col);
        if text.is_empty() {
            self.tape.blank(&col.path, place);
            return;
        }
        if value::is_formula_error(text) {
            let text = text.to_owned();
            self.fault(FaultKind::Formula { text }, col);
            self.tape.blank(&col.path, place);
            return;
        }
        self.key(col, place);
        self.tape.begin_array(place);
        if !value::is_none_token(text) {
            let separator: &[char] = if text.contains(';') {
                &[';']
            } else {
                &[',', '\n']
            };
            for item in text
                .split(separator)
                .map(str::trim)
                .filter(|item| !item.is_empty())
            {
                let own = self.is_borrowed(col).then(|| self.within(item));
                match (code(item, codes), own) {
                    (Some(code), _) if code != item => {
                        let code = code.to_owned();
                        self.reread(Reading::Code, &code, col);
                        self.tape.string(&code, own.unwrap_or(place));
                    }
                    (_, Some(own)) => self.tape.string_in(own, own),
                    (_, None) => self.tape.string(item, place),
                }
            }
        }
        self.tape.end(0);
    }
}

/// The code that a text means: as it is, or in another case with other gaps.
pub(crate) fn code<'a>(text: &str, codes: &'a [String]) -> Option<&'a str> {
    if let Some(code) = codes.iter().find(|code| *code == text) {
        return Some(code);
    }
    let form = value::code_form(text);
    codes
        .iter()
        .find(|code| code.to_lowercase() == form)
        .map(String::as_str)
}
