//! `koplint fix`: repairs files in their place, or shows what it would do.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use super::run::{FINDINGS, INCOMPLETE, Outcome, say_aside};
use super::{Fix, files};
use crate::fix::{self, Edit, Fixed, Given, MAX_FILE, Plan, Refusal, What};
use crate::lang::Lang;
use crate::place::Locator;
use crate::read::open::Input;
use crate::schema::{SUBMISSION, Shape};
use crate::words::shown;
use crate::{inputs, say};

/// Edits up to which each is named.
const FEW: usize = 20;

/// Runs the command.
pub(super) fn run(args: &Fix, out: &mut dyn Write) -> Result<u8, Outcome> {
    let lang = args.lang.unwrap_or_default();
    let schema = serde_json::from_str(SUBMISSION).map_err(io::Error::from)?;
    let shape = Shape::of(&schema);
    let (mut inputs, failures) = inputs::expand(lang, &args.paths, args.stdin_filename.as_deref());
    let mut refused = !failures.is_empty();
    for failure in failures {
        say_aside(&format!(
            "{}: {} ({})",
            failure.file, failure.message, failure.help
        ));
    }
    if let Some(output) = &args.output {
        if inputs.len() > 1 || args.paths.iter().any(|path| path.is_dir()) {
            return Err(
                say!(lang, id: "--output hanya untuk satu berkas", en: "--output is for one file")
                    .into(),
            );
        }
        let output = [(crate::render::OutputFormat::Full, Some(output.clone()))];
        files::refuse(&output, &inputs, &[])?;
    } else {
        headers(&mut inputs);
    }
    let mut changes = false;
    for input in &inputs {
        let one = One {
            args,
            lang,
            shape: &shape,
            input,
        };
        match one.fix() {
            Ok(fixed) => {
                changes |= !fixed.plan.edits.is_empty();
                one.put(&fixed, out)?;
            }
            Err(refusal) => {
                refused = true;
                let (message, help) = refusal.words(lang);
                say_aside(&format!("{}: {message} ({help})", shown(&input.name, 200)));
            }
        }
    }
    Ok(match (refused, args.diff && changes) {
        (true, _) => INCOMPLETE,
        (false, true) => FINDINGS,
        (false, false) => 0,
    })
}

/// The header files that stand beside tables and NDJSON belong to them.
fn headers(inputs: &mut Vec<Input>) {
    let mut all: Vec<Input> = Vec::new();
    for input in inputs.drain(..) {
        let header = beside(&input).map(|path| Input {
            name: path.to_string_lossy().into_owned(),
            path: Some(path),
        });
        for one in [Some(input), header].into_iter().flatten() {
            if !all.iter().any(|other| other.path == one.path) {
                all.push(one);
            }
        }
    }
    *inputs = all;
}

fn beside(input: &Input) -> Option<PathBuf> {
    let path = input.path.as_ref()?;
    let file = path.with_extension("kepala.json");
    let json = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    (!json && file.is_file()).then_some(file)
}

/// One file and what was asked of it.
struct One<'a> {
    args: &'a Fix,
    lang: Lang,
    shape: &'a Shape,
    input: &'a Input,
}

impl One<'_> {
    fn fix(&self) -> Result<Fixed, Refusal> {
        let mut bytes = Vec::new();
        let limit = MAX_FILE as u64 + 1;
        let io = |error: io::Error| Refusal::Open(error.into());
        match &self.input.path {
            None => io::stdin().take(limit).read_to_end(&mut bytes),
            Some(path) => {
                std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
            }
        }
        .map_err(io)?;
        let given = Given {
            name: &self.input.name,
            header_apart: beside(self.input).is_some(),
            risky: self.args.risky,
            shape: self.shape,
        };
        fix::fix(&given, &bytes)
    }

    /// Writes what came out to where it belongs, and says what was done.
    fn put(&self, fixed: &Fixed, out: &mut dyn Write) -> Result<(), Outcome> {
        let plan = &fixed.plan;
        if self.args.diff {
            let color = self.args.color.on(io::stdout().is_terminal());
            let name = &self.input.name;
            let diff = match &fixed.grid {
                Some(grid) => fix::listed(name, grid, &plan.edits, color),
                None => fix::unified(name, &fixed.text, &plan.edits, color),
            };
            out.write_all(diff.as_bytes())?;
            say_lines(&self.outcome(fixed, false));
            return Ok(());
        }
        match (&self.args.output, &self.input.path) {
            (Some(file), _) => self.write(file, fixed)?,
            (None, Some(_)) if plan.edits.is_empty() => {}
            (None, Some(path)) => self.write(path, fixed)?,
            (None, None) => {
                out.write_all(&fixed.bytes)?;
                say_lines(&self.outcome(fixed, true));
                return Ok(());
            }
        }
        out.write_all(self.outcome(fixed, true).as_bytes())?;
        Ok(())
    }

    fn write(&self, file: &Path, fixed: &Fixed) -> Result<(), String> {
        if file
            .metadata()
            .is_ok_and(|meta| meta.permissions().readonly())
        {
            let name = file.display();
            return Err(say!(
                self.lang,
                id: "{name}: hanya boleh dibaca; tidak diubah",
                en: "{name}: is read-only; unchanged",
            ));
        }
        files::write(file, |out| out.write_all(&fixed.bytes))
    }

    /// What was done and what is left, in lines.
    fn outcome(&self, fixed: &Fixed, done: bool) -> String {
        let (lang, plan) = (self.lang, &fixed.plan);
        let name = shown(&self.input.name, 200);
        let count = plan.edits.len();
        let mut out = String::new();
        let head = match (count, done) {
            (0, _) => {
                say!(lang, id: "{name}: tidak ada yang diperbaiki", en: "{name}: nothing to repair")
            }
            (_, true) => {
                say!(lang, id: "{name}: {count} isian diperbaiki", en: "{name}: {count} values repaired")
            }
            (_, false) => {
                say!(lang, id: "{name}: {count} isian akan diperbaiki", en: "{name}: {count} values would be repaired")
            }
        };
        let _ = writeln!(out, "{head}");
        if done && count <= FEW {
            each(&mut out, lang, fixed);
        } else {
            kinds(&mut out, lang, &plan.edits);
        }
        if plan.leaves() {
            left(&mut out, lang, plan);
            let _ = writeln!(
                out,
                "  {}",
                say!(lang, id: "periksa dengan: koplint check {name}", en: "look at it with: koplint check {name}")
            );
        }
        out
    }
}

/// Every edit in a line.
fn each(out: &mut String, lang: Lang, fixed: &Fixed) {
    let mut locator = Locator {
        grid: fixed.grid.as_deref(),
        ..Locator::new(&fixed.text)
    };
    for edit in &fixed.plan.edits {
        locator.advance(edit.span.start as usize);
        let line = match locator.place(edit.span).cell() {
            Some(cell) => shown(&cell, 60),
            None => {
                let line = locator.line;
                say!(lang, id: "baris {line}", en: "line {line}")
            }
        };
        let (field, was, now) = (
            shown(&edit.field, 60),
            shown(&edit.was, 60),
            shown(&edit.now, 60),
        );
        let what = edit.what.text().get(lang);
        let _ = writeln!(
            out,
            "  {}",
            say!(
                lang,
                id: "{line}, {field}: \"{was}\" → \"{now}\" ({what})",
                en: "{line}, {field}: \"{was}\" → \"{now}\" ({what})",
            )
        );
    }
}

/// Edits by their kind.
fn kinds(out: &mut String, lang: Lang, edits: &[Edit]) {
    let mut counts: BTreeMap<What, u64> = BTreeMap::new();
    for edit in edits {
        *counts.entry(edit.what).or_default() += 1;
    }
    for (what, count) in counts {
        let _ = writeln!(out, "  {count} × {}", what.text().get(lang));
    }
}

fn left(out: &mut String, lang: Lang, plan: &Plan) {
    let head = say!(lang, id: "belum diperbaiki:", en: "left as it is:");
    let _ = writeln!(out, "  {head}");
    for (left, count) in &plan.left {
        let _ = writeln!(out, "    {count} × {}", left.text().get(lang));
    }
    if plan.held > 0 {
        let held = plan.held;
        let words = say!(
            lang,
            id: "{held} × tanggal atau angka yang jelas: petunjuk cara membaca yang belum jelas di dekatnya",
            en: "{held} × clear dates or numbers: they show how unclear ones nearby are read",
        );
        let _ = writeln!(out, "    {words}");
    }
    for (what, count) in &plan.uncertain {
        let what = what.text().get(lang);
        let words = say!(
            lang,
            id: "{count} × {what} (dengan --unsafe)",
            en: "{count} × {what} (with --unsafe)",
        );
        let _ = writeln!(out, "    {words}");
    }
}

/// Lines on standard error.
fn say_lines(text: &str) {
    text.lines().for_each(say_aside);
}
