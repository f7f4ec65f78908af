//! A sheet written again: marked cells with another style, new cells, new columns; all else as it
//! stands.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesStart, Event};

use super::cells::{Counter, Value, area, name};
use super::columns::Columns;
use super::parts::Events;
use super::styles::{Look, Styles};
use super::xml::{attribute, local, prefix, with};
use super::{Error, Skipped, Tone};
use held::Held;

mod held;

/// What is done to one cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Touch {
    pub(super) tone: Option<Tone>,
    pub(super) value: Option<Value>,
    /// The style of a cell of our own.
    pub(super) look: Option<Look>,
}

/// What is done to a sheet.
#[derive(Debug, Default)]
pub(super) struct Edits {
    pub(super) cells: BTreeMap<(u32, u32), Touch>,
    /// New columns with their widths.
    pub(super) columns: Vec<(u32, f64)>,
    /// Columns whose cells fall away, from a row on.
    pub(super) erased: BTreeSet<u32>,
    pub(super) erased_from: u32,
    /// The relationship of a new drawing of comments, with its namespace.
    pub(super) legacy: Option<(String, &'static str)>,
    /// The sheet is no longer shown as chosen.
    pub(super) unselect: bool,
    /// Fills of an earlier run are taken away.
    pub(super) clean: bool,
}

impl Edits {
    pub(super) fn nothing(&self) -> bool {
        self.cells.is_empty() && self.legacy.is_none() && !self.unselect && !self.clean
    }
}

/// Elements that stand behind the drawing of comments.
const BEHIND: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];

/// A sheet on its way through.
pub(super) struct Rewrite<'a, W: Write> {
    pub(super) out: Writer<W>,
    pub(super) sheet: &'a str,
    pub(super) edits: &'a Edits,
    pub(super) styles: &'a mut Styles,
    pub(super) from_1904: bool,
    prefix: String,
    counter: Counter,
    columns: Columns,
    /// The style of the row, if it has one.
    row_style: Option<u32>,
    /// Where an array formula reaches.
    arrays: Vec<((u32, u32), (u32, u32))>,
    data_seen: bool,
    drawn: bool,
    held: Option<Held<'a>>,
    skipped: Vec<Skipped>,
}

impl<'a, W: Write> Rewrite<'a, W> {
    pub(super) fn new(
        out: W,
        sheet: &'a str,
        edits: &'a Edits,
        styles: &'a mut Styles,
        from_1904: bool,
    ) -> Self {
        Self {
            out: Writer::new(out),
            sheet,
            edits,
            styles,
            from_1904,
            prefix: String::new(),
            counter: Counter::default(),
            columns: Columns::default(),
            row_style: None,
            arrays: Vec::new(),
            data_seen: false,
            drawn: false,
            held: None,
            skipped: Vec::new(),
        }
    }

    /// Writes the sheet; gives the cells that had to stay as they are.
    pub(super) fn run(mut self, mut events: Events<'_>) -> Result<Vec<Skipped>, Error> {
        let mut depth = 0_usize;
        while let Some(event) = events.next()? {
            if let Some(held) = self.held.take() {
                self.inside(held, event)?;
                continue;
            }
            let empty = matches!(event, Event::Empty(_));
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    if depth == 1 {
                        self.before(&tag)?;
                    }
                    if local(tag.name()) == "c" && self.data_seen {
                        self.cell(&tag, empty)?;
                        depth += usize::from(!empty && self.held.is_none());
                    } else {
                        self.start(&tag, empty)?;
                        depth += usize::from(!empty);
                    }
                }
                Event::End(tag) => {
                    depth = depth.saturating_sub(1);
                    match local(tag.name()) {
                        "col" if !self.data_seen => continue,
                        "row" if self.data_seen => self.cells_before(u32::MAX)?,
                        "sheetData" => self.rows_before(u32::MAX)?,
                        "cols" if !self.data_seen => self.cols()?,
                        _ if depth == 0 => self.legacy()?,
                        _ => {}
                    }
                    self.write(Event::End(tag))?;
                }
                event => self.write(event)?,
            }
        }
        Ok(self.skipped)
    }

    fn write(&mut self, event: Event<'_>) -> Result<(), Error> {
        Ok(self.out.write_event(event)?)
    }

    fn raw(&mut self, text: &str) -> Result<(), Error> {
        Ok(self.out.get_mut().write_all(text.as_bytes())?)
    }

    /// Puts what is missing before a child of the sheet.
    fn before(&mut self, tag: &BytesStart<'_>) -> Result<(), Error> {
        let name = local(tag.name());
        if name == "sheetData" && !self.columns.seen && !self.edits.columns.is_empty() {
            let prefix = self.prefix.clone();
            self.raw(&format!("<{prefix}cols>"))?;
            self.cols()?;
            self.raw(&format!("</{prefix}cols>"))?;
        }
        if self.data_seen && BEHIND.contains(&name) {
            self.legacy()?;
        }
        Ok(())
    }

    fn legacy(&mut self) -> Result<(), Error> {
        let edits = self.edits;
        let Some((id, base)) = &edits.legacy else {
            return Ok(());
        };
        if std::mem::replace(&mut self.drawn, true) {
            return Ok(());
        }
        let prefix = &self.prefix;
        let text = format!(r#"<{prefix}legacyDrawing xmlns:r="{base}" r:id="{id}"/>"#);
        self.raw(&text)
    }

    fn cols(&mut self) -> Result<(), Error> {
        let text = self.columns.xml(&self.prefix, &self.edits.columns);
        self.raw(&text)
    }

    /// Any tag but a cell's.
    fn start(&mut self, tag: &BytesStart<'_>, empty: bool) -> Result<(), Error> {
        let event = |tag: BytesStart<'static>| match empty {
            true => Event::Empty(tag),
            false => Event::Start(tag),
        };
        match local(tag.name()) {
            "worksheet" => self.prefix = prefix(tag.name()),
            "dimension" => {
                let own = attribute(tag, "ref").and_then(|own| area(&own));
                if let Some(reach) = own.and_then(|own| self.reach(own)) {
                    return self.write(event(with(tag, &[("ref", Some(&reach))])));
                }
            }
            "sheetView" if self.edits.unselect => {
                return self.write(event(with(tag, &[("tabSelected", None)])));
            }
            "cols" if !self.data_seen => {
                self.columns.seen = true;
                if empty {
                    self.write(Event::Start(tag.borrow()))?;
                    self.cols()?;
                    return self.write(Event::End(tag.to_end()));
                }
            }
            "col" if !self.data_seen => {
                self.columns.add(tag);
                return Ok(());
            }
            "sheetData" => {
                self.data_seen = true;
                if empty {
                    self.write(Event::Start(tag.borrow()))?;
                    self.rows_before(u32::MAX)?;
                    return self.write(Event::End(tag.to_end()));
                }
            }
            "row" if self.data_seen => return self.row(tag, empty),
            "f" if self.data_seen => self.array(tag),
            _ => {}
        }
        self.pass(tag, empty)
    }

    /// A tag as it stands.
    fn pass(&mut self, tag: &BytesStart<'_>, empty: bool) -> Result<(), Error> {
        self.write(match empty {
            true => Event::Empty(tag.borrow()),
            false => Event::Start(tag.borrow()),
        })
    }

    /// How far the sheet reaches with what is added.
    fn reach(&self, own: ((u32, u32), (u32, u32))) -> Option<String> {
        let ((mut top, mut left), (mut bottom, mut right)) = own;
        for (row, column) in self.edits.cells.keys() {
            (top, left) = (top.min(*row), left.min(*column));
            (bottom, right) = (bottom.max(*row), right.max(*column));
        }
        let grown = ((top, left), (bottom, right)) != own;
        grown.then(|| format!("{}:{}", name(top, left), name(bottom, right)))
    }

    fn row(&mut self, tag: &BytesStart<'_>, empty: bool) -> Result<(), Error> {
        let above = self.counter.row;
        if !self.counter.row(tag) {
            return Err(Error::Disorder(self.sheet.to_owned()));
        }
        let row = self.counter.row;
        self.counter.row = above;
        self.rows_before(row)?;
        self.counter = Counter { row, column: 0 };
        let own = attribute(tag, "s").and_then(|style| style.parse().ok());
        self.row_style = own;
        let touched = self
            .edits
            .cells
            .range((row, 0)..=(row, u32::MAX))
            .next()
            .is_some();
        let number = row.to_string();
        let mut changes = vec![("r", Some(number.as_str()))];
        if touched || !self.edits.erased.is_empty() {
            changes.push(("spans", None));
        }
        let clean = own.filter(|_| self.edits.clean);
        let style = clean.map(|own| self.styles.unmarked(own).to_string());
        if let Some(style) = &style {
            changes.push(("s", Some(style)));
        }
        let new = with(tag, &changes);
        if !empty {
            return self.write(Event::Start(new));
        }
        if !touched {
            return self.write(Event::Empty(new));
        }
        let end = new.to_end().into_owned();
        self.write(Event::Start(new.borrow()))?;
        self.cells_before(u32::MAX)?;
        self.write(Event::End(end))
    }

    /// Rows that do not exist yet, up to one that does.
    fn rows_before(&mut self, row: u32) -> Result<(), Error> {
        loop {
            let next = (self.counter.row + 1, 0);
            if next.0 >= row {
                return Ok(());
            }
            let Some(((new, _), _)) = self.edits.cells.range(next..(row, 0)).next() else {
                return Ok(());
            };
            self.counter = Counter {
                row: *new,
                column: 0,
            };
            self.row_style = None;
            let prefix = self.prefix.clone();
            self.raw(&format!(r#"<{prefix}row r="{new}">"#))?;
            self.cells_before(u32::MAX)?;
            self.raw(&format!("</{prefix}row>"))?;
        }
    }

    /// Cells of this row that do not exist yet, up to one that does.
    fn cells_before(&mut self, column: u32) -> Result<(), Error> {
        let row = self.counter.row;
        let edits = self.edits;
        for ((_, at), touch) in edits
            .cells
            .range((row, self.counter.column + 1)..(row, column))
        {
            let base = self.row_style.unwrap_or_else(|| self.columns.style(*at));
            let style = self.style(base, touch);
            let (kind, inner) = match &touch.value {
                Some(value) => value.xml(&self.prefix, self.from_1904),
                None => (None, String::new()),
            };
            let cell = name(row, *at);
            let prefix = self.prefix.clone();
            let kind = kind
                .map(|kind| format!(r#" t="{kind}""#))
                .unwrap_or_default();
            self.raw(&format!(
                r#"<{prefix}c r="{cell}" s="{style}"{kind}>{inner}</{prefix}c>"#
            ))?;
        }
        Ok(())
    }

    fn style(&mut self, base: u32, touch: &Touch) -> u32 {
        let mut style = match touch.look {
            Some(look) => self.styles.look(look),
            None if self.edits.clean => self.styles.unmarked(base),
            None => base,
        };
        if matches!(touch.value, Some(Value::Date(_))) {
            style = self.styles.dated(style);
        }
        match touch.tone {
            Some(tone) => self.styles.marked(style, tone),
            None => style,
        }
    }
}
