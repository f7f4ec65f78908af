//! The same as the drawing, as prose: for screen readers.

use std::io::{self, Write};

use crate::lang::Lang;
use crate::render::{labels, safe};
use crate::report::Group;
use crate::say;

use super::Page;

/// A group in sentences, one a line.
pub(super) fn group(
    page: Page<'_>,
    index: usize,
    group: &Group,
    out: &mut dyn Write,
) -> io::Result<()> {
    let lang = page.lang;
    let rule = group.rule;
    let level = capital(labels::level(group.level).get(lang));
    let message = page.message(group);
    writeln!(out, "{level} {}: {message}", rule.code)?;
    let first = page.first(group);
    if let Some(finding) = first {
        let place = &finding.place;
        writeln!(out, "{}", whereabouts(page, place))?;
        if let Some(entry) = page.entry(finding) {
            writeln!(out, "{}.", capital(&entry))?;
        }
        if let Some(excerpt) = place.excerpt.as_deref() {
            let line = safe(excerpt.text.lines().next().unwrap_or_default().trim());
            let text = say!(lang, id: "Isi baris: {line}", en: "The line reads: {line}");
            writeln!(out, "{text}")?;
            let marked = excerpt
                .text
                .get(excerpt.start..excerpt.end)
                .unwrap_or_default();
            let marked = crate::words::shown(marked.trim(), 80);
            if !marked.is_empty() && marked != line {
                let text = say!(lang, id: "Yang dimaksud: {marked}", en: "What is meant: {marked}");
                writeln!(out, "{text}")?;
            }
        }
        if let Some(piece) = place.piece.as_deref() {
            let (row, cell) = piece.at;
            let cells = piece.rows.get(row).map(|(_, cells)| cells);
            let text = cells.and_then(|cells| cells.get(cell));
            let text = safe(text.map_or("", |text| text.trim()));
            if !text.is_empty() {
                let text = say!(lang, id: "Isi sel: {text}", en: "The cell reads: {text}");
                writeln!(out, "{text}")?;
            }
        }
        for related in &finding.related {
            let label = safe(&related.label);
            let place = whereabouts(page, &related.place);
            let text =
                say!(lang, id: "Lihat juga: {label}. {place}", en: "See also: {label}. {place}");
            writeln!(out, "{text}")?;
        }
    }
    let (why, clause) = (rule.why.get(lang), rule.clause);
    let mut text = say!(lang, id: "Mengapa: {why}", en: "Why: {why}");
    if !super::quotes(&text, clause) {
        text += &say!(lang, id: " Dasarnya: {clause}", en: " It rests on: {clause}");
    }
    writeln!(out, "{text}")?;
    let fix = first.and_then(|finding| finding.help.as_deref());
    let fix = safe(fix.unwrap_or(rule.fix.get(lang)));
    writeln!(
        out,
        "{}",
        say!(lang, id: "Perbaiki: {fix}", en: "Fix: {fix}")
    )?;
    if group.count > 1 {
        let (count, entries) = (group.count, group.entries);
        let mut text = say!(lang,
            id: "Ditemukan {count} kali, pada {entries} entri",
            en: "Found {count} times, in {entries} entries",
        );
        let others = page.others(group);
        if !others.is_empty() {
            text += &say!(lang, id: ", juga di {others}", en: ", also at {others}");
        }
        writeln!(out, "{text}.")?;
    }
    for follower in page.follow(index) {
        let (code, count) = (follower.rule.code, follower.count);
        let message = page.message(follower);
        let text = say!(lang,
            id: "Akibatnya, {count} kali: {code}, {message}",
            en: "From it follows, {count} times: {code}, {message}",
        );
        writeln!(out, "{text}")?;
    }
    Ok(())
}

fn whereabouts(page: Page<'_>, place: &crate::place::Place) -> String {
    let lang = page.lang;
    let file = safe(place.file.as_deref().unwrap_or(page.own()));
    let (line, column) = (place.line, place.column);
    let mut text = match line {
        _ if place.sheet.is_some() => {
            let cell = safe(&place.cell().unwrap_or_default());
            say!(lang, id: "Di file {file}, sel {cell}", en: "In file {file}, cell {cell}")
        }
        0 => say!(lang, id: "Di berkas {file}", en: "In file {file}"),
        _ => say!(lang,
            id: "Di file {file}, baris {line}, karakter ke-{column}",
            en: "In file {file}, line {line}, character {column}",
        ),
    };
    if let Some(heading) = &place.heading {
        let heading = safe(heading);
        text += &say!(lang, id: ", kolom \"{heading}\"", en: ", column \"{heading}\"");
    }
    text + "."
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// The concepts in sentences.
pub(super) fn concepts(
    counts: &crate::tally::Counts,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (label, count) in labels::CONCEPTS.iter().zip(counts) {
        let label = label.get(lang);
        let label = label.trim_start_matches("… ");
        let (verified, upper) = (count.verified, count.upper);
        let text = say!(lang,
            id: "{label}: {verified} terbukti, paling banyak {upper}.",
            en: "{label}: {verified} verified, at most {upper}.",
        );
        writeln!(out, "{}", capital(&text))?;
    }
    Ok(())
}
