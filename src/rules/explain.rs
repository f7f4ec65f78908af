//! The words of the rules, for `explain`, `rules`, the rule pages and the README's table.

use std::fmt::Write as _;

use include_dir::{Dir, include_dir};
use serde_json::{Value, json};

use crate::grid::Grid;
use crate::lang::Lang;
use crate::read::workbook::source;
use crate::rule::{Level, Rule};
use crate::{rules, words};

/// Each rule's `bad` and `good` submissions.
static FIXTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/fixtures/rules");

/// Lines of an example that are shown, and characters of a line.
const LINES: usize = 14;
const WIDTH: usize = 140;

/// The explanation of one rule.
///
/// # Errors
/// No such rule; the nearest code or slug, if one is near.
pub fn rule(name: &str, lang: Lang) -> Result<String, Option<&'static str>> {
    let Some(rule) = rules::find(name) else {
        let names = rules::all().flat_map(|rule| [rule.code, rule.slug]);
        return Err(words::nearest(name, names));
    };
    let mut out = String::new();
    let level = level(rule.level, lang);
    let _ = writeln!(out, "{} {} ({level})", rule.code, rule.slug);
    let _ = writeln!(out, "{}\n", rule.title.get(lang));
    let (why, clause, fix) = match lang {
        Lang::Id => ("Mengapa", "Dasar", "Perbaiki"),
        Lang::En => ("Why", "Rests on", "Fix"),
    };
    let _ = writeln!(out, "{why}: {}", rule.why.get(lang));
    let _ = writeln!(out, "{clause}: {}", rule.clause);
    let _ = writeln!(out, "{fix}: {}", rule.fix.get(lang));
    if let Some((bad, good)) = examples(rule) {
        let (fires, not) = match lang {
            Lang::Id => ("Contoh yang kena", "Contoh yang benar"),
            Lang::En => ("An example that fires", "One that does not"),
        };
        let _ = write!(out, "\n{fires}:\n{}", indent(&bad));
        let _ = write!(out, "\n{not}:\n{}", indent(&good));
    }
    Ok(out)
}

fn level(level: Level, lang: Lang) -> &'static str {
    match (level, lang) {
        (Level::Error, Lang::Id) => "galat",
        (Level::Warning, Lang::Id) => "peringatan",
        (Level::Note, Lang::Id) => "catatan",
        (level, Lang::En) => level.name(),
    }
}

fn indent(text: &str) -> String {
    text.lines().fold(String::new(), |mut out, line| {
        let _ = writeln!(out, "    {line}");
        out
    })
}

/// The lines in which a rule's two fixtures differ, with one more on each side.
#[must_use]
pub fn examples(rule: &Rule) -> Option<(String, String)> {
    let read = |stem: &str| {
        let folder = FIXTURES.get_dir(rule.slug)?;
        let wanted = |file: &&include_dir::File<'_>| {
            let name = file
                .path()
                .file_name()
                .unwrap_or_default()
                .to_string_lossy();
            name.starts_with(stem) && !name.ends_with(".kepala.json")
        };
        // Waivers and baselines beside a fixture are what their rules look at.
        let beside = |file: &&include_dir::File<'_>| {
            let name = file.path().to_string_lossy();
            name.ends_with(".waivers.toml") || name.ends_with(".baseline.json")
        };
        let file = folder.files().filter(wanted).max_by_key(beside)?;
        if file
            .path()
            .extension()
            .is_some_and(|ending| ending == "xlsx")
        {
            return source::read(file.contents())
                .ok()
                .map(|book| rows(&book.grid));
        }
        Some(String::from_utf8_lossy(file.contents()).into_owned())
    };
    let (bad, good) = (read("bad.")?, read("good.")?);
    let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
    let (bad, good) = (lines(&bad), lines(&good));
    let same = |(a, b): &(&String, &String)| a == b;
    let head = bad.iter().zip(&good).take_while(same).count();
    let most = bad.len().min(good.len()) - head;
    let tail = bad
        .iter()
        .rev()
        .zip(good.iter().rev())
        .take_while(same)
        .count()
        .min(most);
    let cut = |lines: &[String], others: &[String]| {
        let from = head.saturating_sub(1);
        let to = (lines.len() - tail + 1).min(lines.len());
        let shown = |at: usize| window(&lines[at], others.get(at).map_or("", |other| other));
        let mut part: Vec<String> = (from..to).map(shown).collect();
        if part.len() > LINES {
            part.truncate(LINES);
            part.push("…".to_owned());
        }
        let margin = |line: &String| line.len() - line.trim_start().len();
        let least = part
            .iter()
            .filter(|l| !l.is_empty())
            .map(margin)
            .min()
            .unwrap_or(0);
        let strip = |line: &String| line.get(least..).unwrap_or_default().to_owned() + "\n";
        part.iter().map(strip).collect::<String>()
    };
    Some((cut(&bad, &good), cut(&good, &bad)))
}

/// The rows of a workbook, one a line.
fn rows(grid: &Grid) -> String {
    let mut out = String::new();
    for sheet in &grid.sheets {
        for row in sheet.rows.clone().map(|row| grid.row(row)) {
            let hidden = if row.hidden() { " (hidden)" } else { "" };
            let cells = (0..row.len()).map(|at| row.text(at));
            let cells = cells.collect::<Vec<_>>().join(" | ");
            let _ = writeln!(out, "{}!{}{hidden}: {cells}", sheet.name, row.number());
        }
    }
    out
}

/// A line, or the piece of a long one in which it begins to differ from another.
fn window(line: &str, other: &str) -> String {
    let same = line
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let length = line.chars().count();
    if length <= WIDTH {
        return words::shown(line, WIDTH);
    }
    let same = if same == length { 0 } else { same };
    let from = same.saturating_sub(WIDTH / 2).min(length - WIDTH);
    let piece: String = line.chars().skip(from).collect();
    let lead = if from > 0 { "…" } else { "" };
    format!("{lead}{}", words::shown(&piece, WIDTH))
}

/// All rules, a line each.
#[must_use]
pub fn list(lang: Lang) -> String {
    rules::all().fold(String::new(), |mut out, rule| {
        let (code, slug, level) = (rule.code, rule.slug, level(rule.level, lang));
        let _ = writeln!(
            out,
            "{code}  {level:<10}  {slug:<32}  {}",
            rule.title.get(lang)
        );
        out
    })
}

/// All rules as JSON.
#[must_use]
pub fn json() -> String {
    let both = |text: crate::lang::Text| json!({"id": text.id, "en": text.en});
    let all: Vec<Value> = rules::all()
        .map(|rule| {
            json!({
                "code": rule.code, "slug": rule.slug, "level": rule.level.name(),
                "since": rule.since, "title": both(rule.title), "why": both(rule.why),
                "fix": both(rule.fix), "clause": rule.clause,
            })
        })
        .collect();
    let text = serde_json::to_string_pretty(&all).unwrap_or_default();
    text + "\n"
}

/// The page of a rule, in Indonesian and English.
#[must_use]
pub fn page(rule: &Rule) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# {} · {}\n", rule.code, rule.slug);
    for lang in [Lang::Id, Lang::En] {
        let (title, level) = (rule.title.get(lang), level(rule.level, lang));
        let _ = writeln!(out, "**{title}** ({level})\n");
        let _ = writeln!(out, "{}\n\n{}\n", rule.why.get(lang), rule.fix.get(lang));
    }
    let _ = writeln!(out, "> {}\n", rule.clause);
    if let Some((bad, good)) = examples(rule) {
        let slug = rule.slug;
        let _ = writeln!(
            out,
            "Kena / fires (`fixtures/rules/{slug}/bad`):\n\n```text\n{bad}```\n"
        );
        let _ = writeln!(
            out,
            "Benar / does not (`fixtures/rules/{slug}/good`):\n\n```text\n{good}```\n"
        );
    }
    let _ = writeln!(out, "Sejak / since {}.", rule.since);
    out
}

/// The README's table.
#[must_use]
pub fn table() -> String {
    let head = "| kode | tingkat | aturan | apa yang ditemukan |\n|---|---|---|---|\n".to_owned();
    rules::all().fold(head, |mut out, rule| {
        let (code, slug) = (rule.code, rule.slug);
        let (level, title) = (level(rule.level, Lang::Id), rule.title.id);
        let _ = writeln!(
            out,
            "| [{code}](docs/rules/{code}.md) | {level} | `{slug}` | {title} |"
        );
        out
    })
}
