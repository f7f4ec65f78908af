//! A package written out: what is done to which part is decided first, then every entry is copied
//! or rewritten in its old order.

use std::collections::{HashMap, HashSet};
use std::io::{Seek, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::cells::{LAST_COLUMN, Value};
use super::parts::{Parts, key};
use super::rels::Rels;
use super::sheet::{Edits, Rewrite, Touch};
use super::styles::{Look, Styles};
use super::survey::{Survey, selected, survey, texts};
use super::types::{self, Types};
use super::vml::{Shape, vml};
use super::xml::malformed;
use super::{Error, HEADING, MEMORY_SHEET, NewColumns, Package, Plan, RESULT_SHEET, Skipped};
use super::{memory, notes};

/// Rows in which headings of an earlier run are looked for.
const HEADINGS: u32 = 100;

/// Parts that are written anew.
#[derive(Default)]
struct Fresh {
    /// By the key of a path that is there already.
    replaced: HashMap<String, String>,
    added: Vec<(String, String)>,
    dropped: HashSet<String>,
    paths: Vec<String>,
}

impl Fresh {
    fn put(&mut self, parts: &Parts, path: &str, text: String) {
        match parts.at(path) {
            Some(_) => {
                self.replaced.insert(key(path), text);
            }
            None => self.added.push((path.to_owned(), text)),
        }
    }

    /// A path that nothing has yet.
    fn path(&mut self, parts: &Parts, before: &str, after: &str) -> String {
        let path = parts.free(before, after, &self.paths);
        self.paths.push(path.clone());
        path
    }
}

pub(super) fn package<W: Write + Seek>(
    package: Package,
    mut out: ZipWriter<W>,
) -> Result<Vec<Skipped>, Error> {
    let Package {
        mut parts,
        mut book,
        mut types,
        memory,
        mut plans,
        first,
        findings,
    } = package;
    let mut fresh = Fresh::default();
    let styles_path = match book.rels.of_kind("styles") {
        Some(rel) => rel.target.clone(),
        None => {
            let path = fresh.path(&parts, "xl/stylesK", ".xml");
            book.rels.add("styles", &path);
            types.add(&path, types::STYLES);
            path
        }
    };
    // Where only values change, what an earlier run marked stays.
    let clean = memory.is_some() && (first.is_some() || !findings.is_empty());
    let memory = memory.unwrap_or_default();
    let text = parts.text(&styles_path)?;
    let mut styles = Styles::read(text, &styles_path, memory.fills)?;
    let strict = book.rels.strict();
    let old = |name: &str| book.find(name).filter(|_| clean);
    let (old_first, old_memory) = (old(&memory.first), old(MEMORY_SHEET));
    let strings = book
        .rels
        .of_kind("sharedStrings")
        .map(|rel| rel.target.clone());
    let mut edits: HashMap<String, (String, Edits)> = HashMap::new();
    for (at, sheet) in book.sheets.iter().enumerate() {
        if [old_first, old_memory].contains(&Some(at)) {
            continue;
        }
        let mut plan = plans.remove(&at).unwrap_or_default();
        let nothing = plan.edits.nothing() && plan.columns.is_none();
        if sheet.cells && (!nothing || clean) {
            let mut look = survey(&mut parts, &sheet.path)?;
            plan.edits.clean = clean;
            plan.edits.unselect = first.is_some() && look.selected;
            plan.join_merged(&look);
            let known = match clean {
                true => headings(&mut parts, &sheet.path, strings.as_deref(), &plan)?,
                false => Vec::new(),
            };
            plan.place_columns(&look, &known);
            let new = plan.edits.columns.iter();
            look.widths
                .splice(0..0, new.map(|(column, width)| (*column, *column, *width)));
            comments(
                &mut parts,
                &mut fresh,
                &mut types,
                &sheet.path,
                &mut plan,
                &look,
            )?;
        } else {
            let path = &sheet.path;
            plan.edits.unselect = first.is_some() && selected(&mut parts, path)?;
        }
        if !plan.edits.nothing() {
            edits.insert(key(&sheet.path), (sheet.name.clone(), plan.edits));
        }
    }
    let mut first_name = RESULT_SHEET.to_owned();
    if let Some((name, page)) = first {
        let path = match old_first {
            Some(at) => {
                book.show(at);
                let path = book.sheets[at].path.clone();
                fresh
                    .dropped
                    .insert(key(&Rels::read(&mut parts, &path)?.path));
                path
            }
            None => {
                let path = fresh.path(&parts, "xl/worksheets/koplint", ".xml");
                book.put_first(&name, &path);
                types.add(&path, types::SHEET);
                path
            }
        };
        fresh.put(&parts, &path, page.xml(&mut styles, strict, true));
        first_name = name;
    }
    let memory_path = match old_memory {
        Some(at) => Some(book.sheets[at].path.clone()),
        None if fresh.paths.is_empty() && findings.is_empty() => None,
        None => {
            let path = fresh.path(&parts, "xl/worksheets/koplint", ".xml");
            book.put_hidden(MEMORY_SHEET, &path);
            types.add(&path, types::SHEET);
            Some(path)
        }
    };
    if let Some(text) = book.changed() {
        fresh.put(&parts, &book.path, text);
    }
    if let Some(text) = book.rels.changed()? {
        fresh.put(&parts, &book.rels.path, text);
    }
    fresh.put(&parts, types::PATH, types.xml()?);
    let mut skipped = Vec::new();
    let late = [Some(key(&styles_path)), memory_path.as_deref().map(key)];
    for at in 0..parts.archive.len() {
        let name = parts.archive.name_for_index(at);
        let name = name.and_then(Result::ok).unwrap_or_default().into_owned();
        let own = key(&name);
        if late.contains(&Some(own.clone())) || fresh.dropped.contains(&own) {
            continue;
        }
        if let Some(text) = fresh.replaced.get(&own) {
            start(&mut out, &name)?;
            out.write_all(text.as_bytes())?;
        } else if let Some((sheet, edits)) = edits.get(&own) {
            start(&mut out, &name)?;
            let rewrite = Rewrite::new(&mut out, sheet, edits, &mut styles, book.from_1904);
            skipped.extend(rewrite.run(parts.events(&name)?)?);
        } else {
            let entry = parts.archive.by_index_raw(at);
            let entry = entry.map_err(|error| malformed(&name, &error))?;
            out.raw_copy_file(entry)
                .map_err(|error| malformed(&name, &error))?;
        }
    }
    if let Some(path) = memory_path {
        let page = memory::page(&first_name, &findings, styles.covered());
        fresh
            .added
            .push((path, page.xml(&mut styles, strict, false)));
    }
    fresh.added.push((styles_path, styles.xml()));
    for (path, text) in fresh.added {
        start(&mut out, &path)?;
        out.write_all(text.as_bytes())?;
    }
    out.finish().map_err(|error| malformed("zip", &error))?;
    Ok(skipped)
}

fn start<W: Write + Seek>(out: &mut ZipWriter<W>, name: &str) -> Result<(), Error> {
    let options = SimpleFileOptions::default();
    out.start_file(name, options)
        .map_err(|error| malformed(name, &error))
}

/// Columns of an earlier run: their numbers, headings, and the headings' row.
fn headings(
    parts: &mut Parts,
    path: &str,
    strings: Option<&str>,
    plan: &Plan,
) -> Result<Vec<(u32, u32, String)>, Error> {
    let row = plan
        .columns
        .as_ref()
        .map_or(0, |columns| columns.header_row);
    let mut all = texts(parts, path, strings, row.max(HEADINGS))?;
    all.retain(|(_, _, text)| text.starts_with(HEADING));
    Ok(all)
}

impl Plan {
    /// Marks within a merged area belong to the cell that is seen.
    fn join_merged(&mut self, survey: &Survey) {
        if survey.merged.is_empty() {
            return;
        }
        for (place, words) in std::mem::take(&mut self.comments) {
            let own = self
                .comments
                .entry(survey.shown(place.0, place.1))
                .or_default();
            if !own.is_empty() {
                own.push_str("\n\n");
            }
            own.push_str(&words);
        }
        let marked = self
            .edits
            .cells
            .iter()
            .filter(|(_, touch)| touch.tone.is_some());
        let marked: Vec<(u32, u32)> = marked.map(|(place, _)| *place).collect();
        for place in marked {
            let shown = survey.shown(place.0, place.1);
            if shown == place {
                continue;
            }
            let Some(touch) = self.edits.cells.get_mut(&place) else {
                continue;
            };
            let tone = touch.tone.take();
            if touch.value.is_none() {
                self.edits.cells.remove(&place);
            }
            let own = self.edits.cells.entry(shown).or_default();
            own.tone = own.tone.max(tone);
        }
    }

    /// Gives the new columns their places: those of an earlier run, or at the right.
    fn place_columns(&mut self, survey: &Survey, known: &[(u32, u32, String)]) {
        self.edits.erased = known.iter().map(|(_, column, _)| *column).collect();
        self.edits.erased_from = known.iter().map(|(row, ..)| *row).min().unwrap_or(1);
        let Some(NewColumns {
            header_row,
            headings,
            rows,
        }) = self.columns.take()
        else {
            return;
        };
        let old = |heading: &str| known.iter().find(|(_, _, text)| text == heading);
        let old: Option<Vec<u32>> = headings
            .iter()
            .map(|(heading, _)| old(heading).map(|(_, column, _)| *column))
            .collect();
        let right = (survey.last_column + 1..).take(headings.len()).collect();
        let places: Vec<u32> = old.unwrap_or(right);
        if places.iter().any(|column| *column > LAST_COLUMN) {
            return;
        }
        let mut put = |row: u32, column: u32, text: String, look: Look| {
            self.edits.cells.insert(
                (row, column),
                Touch {
                    value: Some(Value::Text(text)),
                    look: Some(look),
                    tone: None,
                },
            );
        };
        for (column, (heading, width)) in places.iter().zip(&headings) {
            put(header_row, *column, heading.clone(), Look::Bold);
            self.edits.columns.push((*column, *width));
        }
        for (row, texts) in rows {
            for (column, text) in places.iter().zip(texts) {
                put(row, *column, text, Look::Plain);
            }
        }
    }
}

/// Comments of one sheet with their drawing.
fn comments(
    parts: &mut Parts,
    fresh: &mut Fresh,
    types: &mut Types,
    sheet: &str,
    plan: &mut Plan,
    survey: &Survey,
) -> Result<(), Error> {
    let mut rels = Rels::read(parts, sheet)?;
    let own = rels.of_kind("comments").map(|rel| rel.target.clone());
    if plan.comments.is_empty() && !(plan.edits.clean && own.is_some()) {
        return Ok(());
    }
    let text = match &own {
        Some(path) => parts.text(path)?,
        None => None,
    };
    let name = own.clone().unwrap_or_default();
    let notes = notes::notes(text.as_deref(), &name, &plan.comments, plan.edits.clean)?;
    let shape = |place: &(u32, u32)| Shape {
        place: *place,
        words: plan.comments.get(place).map_or("", String::as_str),
    };
    let shapes: Vec<Shape<'_>> = notes.fresh.iter().map(shape).collect();
    if !shapes.is_empty() || !notes.gone.is_empty() {
        let legacy = survey.legacy.as_ref().and_then(|id| rels.by_id(id));
        let legacy = legacy.map(|rel| rel.target.clone());
        let drawing = match &legacy {
            Some(path) => parts.text(path)?,
            None => None,
        };
        let text = vml(drawing.as_deref(), &shapes, &notes.gone, survey);
        let path = match legacy {
            Some(path) => path,
            None => {
                let path = fresh.path(parts, "xl/drawings/vmlDrawingK", ".vml");
                let id = rels.add("vmlDrawing", &path);
                types.add_vml();
                plan.edits.legacy = Some((id, rels.base()));
                path
            }
        };
        fresh.put(parts, &path, text.ok_or_else(|| malformed(&path, &"VML"))?);
    }
    let path = match own {
        Some(path) => path,
        None => {
            let path = fresh.path(parts, "xl/commentsK", ".xml");
            rels.add("comments", &path);
            types.add(&path, types::NOTES);
            path
        }
    };
    fresh.put(parts, &path, notes.xml);
    if let Some(text) = rels.changed()? {
        fresh.put(parts, &rels.path, text);
    }
    Ok(())
}
