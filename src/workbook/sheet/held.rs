//! A cell that is there already: its style changes at once, its value when it is known that no
//! formula stands in it.

use std::io::Write;

use quick_xml::events::{BytesStart, Event};

use super::Rewrite;
use crate::workbook::cells::{Value, area, name};
use crate::workbook::xml::{attribute, local, with};
use crate::workbook::{Error, Skipped};

/// What becomes of a cell.
pub(super) enum End<'a> {
    /// It stays.
    AsItWas,
    /// It gets a value, unless it holds a formula.
    Value(&'a Value),
    /// It falls away, unless it holds a formula.
    Nothing,
}

/// A cell that is held back until what stands in it is known.
pub(super) struct Held<'a> {
    place: (u32, u32),
    tag: BytesStart<'static>,
    empty: bool,
    inner: Vec<Event<'static>>,
    formula: bool,
    end: End<'a>,
}

impl<'a, W: Write> Rewrite<'a, W> {
    /// A cell's tag.
    pub(super) fn cell(&mut self, tag: &BytesStart<'_>, empty: bool) -> Result<(), Error> {
        let before = self.counter.column;
        if !self.counter.cell(tag) {
            return Err(Error::Disorder(self.sheet.to_owned()));
        }
        let (row, column) = (self.counter.row, self.counter.column);
        self.counter.column = before;
        self.cells_before(column)?;
        self.counter.column = column;
        let edits = self.edits;
        let touch = edits.cells.get(&(row, column));
        let erased = edits.erased.contains(&column) && row >= edits.erased_from;
        if touch.is_none() && !erased && !edits.clean && attribute(tag, "r").is_some() {
            return self.pass(tag, empty);
        }
        let own = attribute(tag, "s").and_then(|own| own.parse().ok());
        let cell = name(row, column);
        let style = match touch {
            Some(touch) => {
                let style = self.style(own.unwrap_or(0), touch);
                Some(style).filter(|style| own.is_some() || *style != 0)
            }
            None if edits.clean => own.map(|own| self.styles.unmarked(own)),
            None => own,
        };
        let style = style.map(|style| style.to_string());
        let new = with(tag, &[("r", Some(&cell)), ("s", style.as_deref())]);
        let end = if erased { End::Nothing } else { End::AsItWas };
        let end = match touch.and_then(|touch| touch.value.as_ref()) {
            Some(value) => End::Value(value),
            None => end,
        };
        if let (End::AsItWas, false) = (&end, empty) {
            return self.write(Event::Start(new));
        }
        let held = Held {
            place: (row, column),
            tag: new,
            empty,
            inner: Vec::new(),
            formula: false,
            end,
        };
        if empty {
            return self.release(held);
        }
        self.held = Some(held);
        Ok(())
    }

    /// What stands in a cell that was held back.
    pub(super) fn inside(&mut self, mut held: Held<'a>, event: Event<'_>) -> Result<(), Error> {
        match &event {
            Event::End(tag) if local(tag.name()) == "c" => return self.release(held),
            Event::Start(tag) | Event::Empty(tag) if local(tag.name()) == "f" => {
                held.formula = true;
                self.array(tag);
            }
            _ => {}
        }
        held.inner.push(event.into_owned());
        self.held = Some(held);
        Ok(())
    }

    pub(super) fn array(&mut self, formula: &BytesStart<'_>) {
        let kind = attribute(formula, "t").unwrap_or_default();
        if matches!(kind.as_ref(), "array" | "dataTable") {
            self.arrays
                .extend(attribute(formula, "ref").and_then(|text| area(&text)));
        }
    }

    fn release(&mut self, held: Held<'a>) -> Result<(), Error> {
        let (row, column) = held.place;
        let within = |((top, left), (bottom, right)): &((u32, u32), (u32, u32))| {
            (*top..=*bottom).contains(&row) && (*left..=*right).contains(&column)
        };
        let formula = held.formula || self.arrays.iter().any(within);
        match held.end {
            End::Nothing if !formula => return Ok(()),
            End::Value(value) if !formula => {
                let (kind, inner) = value.xml(&self.prefix, self.from_1904);
                let tag = with(
                    &held.tag,
                    &[("t", kind), ("cm", None), ("vm", None), ("ph", None)],
                );
                let end = tag.to_end().into_owned();
                self.write(Event::Start(tag.borrow()))?;
                self.raw(&inner)?;
                return self.write(Event::End(end));
            }
            End::Value(_) => self.skipped.push(Skipped {
                sheet: self.sheet.to_owned(),
                row,
                column,
            }),
            End::Nothing | End::AsItWas => {}
        }
        if held.empty {
            return self.write(Event::Empty(held.tag));
        }
        let end = held.tag.to_end().into_owned();
        self.write(Event::Start(held.tag))?;
        for event in held.inner {
            self.write(event)?;
        }
        self.write(Event::End(end))
    }
}
