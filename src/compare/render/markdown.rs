//! A summary for a job or a pull request.

use std::io::{self, Write};

use super::told::{self, Told};
use super::words;
use crate::compare::{Comparison, Parameter};
use crate::render::markdown::text::{Sheet, escaped};
use crate::say;

/// Changes of a section that are shown.
const MOST: usize = 50;

/// Writes it.
pub(super) fn write(own: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let lang = own.lang;
    let mut sheet = Sheet::default();
    sheet.line(&format!("## koplint: {}\n", words::title(own)));
    if !own.complete() {
        sheet.line(&format!("> **{}**", escaped(words::incomplete(lang), 400)));
        let unread = words::unread(own);
        for one in unread.iter().take(MOST) {
            sheet.line(&format!("> - {}", escaped(one, 500)));
        }
        if let Some(text) = told::more(unread.len(), MOST, lang) {
            sheet.line(&format!("> - {}", escaped(&text, 200)));
        }
        sheet.line("");
    }
    for (label, side) in words::sides(own.kind, lang).iter().zip(&own.sides) {
        let (name, source) = (
            escaped(&side.name, 200),
            escaped(&side.definition.source, 200),
        );
        let version = escaped(&side.definition.version, 40);
        sheet.line(&format!("- {label}: {name} ({source} {version})"));
    }
    sheet.line("");
    let differs = lang.pick("parameter", "parameter");
    parameters(own, differs, &own.parameters, &mut sheet);
    numbers(own, &mut sheet);
    rows(own, &mut sheet);
    for section in told::sections(own) {
        let all = section.changes.len();
        sheet.line(&format!("### {} ({all})\n", section.title));
        for change in section.changes.iter().take(MOST) {
            tell(&told::tell(change, lang), &mut sheet);
        }
        more(own, all, &mut sheet);
        sheet.line("");
    }
    candidates(own, &mut sheet);
    for remark in words::remarks(own) {
        sheet.line(&format!("> {}\n", escaped(&remark, 400)));
    }
    if own.is_same() {
        sheet.line(lang.pick("Tidak ada yang berubah.", "Nothing changed."));
    }
    out.write_all(sheet.end(lang).as_bytes())
}

fn parameters(own: &Comparison, head: &str, all: &[Parameter], sheet: &mut Sheet) {
    if all.is_empty() {
        return;
    }
    let [old, new] = words::sides(own.kind, own.lang);
    sheet.line(&format!("| {head} | {old} | {new} |\n|---|---|---|"));
    for one in all {
        let value = |value: &Option<String>| {
            value
                .as_deref()
                .map_or("–".into(), |text| escaped(text, 400))
        };
        let [old, new] = one.values.each_ref().map(value);
        sheet.line(&format!("| {} | {old} | {new} |", escaped(&one.name, 80)));
    }
    sheet.line("");
}

fn numbers(own: &Comparison, sheet: &mut Sheet) {
    let lang = own.lang;
    let ([old, new], effect) = (own.counts(), own.effect());
    let label = lang.pick("Terbukti", "Verified");
    sheet.line(&format!("**{label}: {old} → {new} ({effect:+})**\n"));
    let why = lang.pick("sebab", "cause");
    sheet.line(&format!("| {why} | |\n|---|---:|"));
    for sum in &own.causes {
        let why = words::cause(sum.cause, sum.effect > 0, lang);
        sheet.line(&format!("| {} | {:+} |", escaped(&why, 300), sum.effect));
    }
    let all = lang.pick("jumlah", "sum");
    sheet.line(&format!("| **{all}** | **{effect:+}** |\n"));
    if !own.closes() {
        sheet.line(&format!("> **{}**\n", words::open_books(lang)));
    }
    let [before, after] = words::sides(own.kind, lang);
    sheet.line(&format!("| | {before} | {after} |\n|---|---:|---:|"));
    for (label, old, new) in words::books([own.sides[0].books, own.sides[1].books], lang) {
        sheet.line(&format!("| {label} | {old} | {new} |"));
    }
    sheet.line("");
}

fn rows(own: &Comparison, sheet: &mut Sheet) {
    let lang = own.lang;
    if own.rows.len() > 1 {
        let [before, after] = words::sides(own.kind, lang);
        let (enter, leave) = (lang.pick("masuk", "entered"), lang.pick("keluar", "left"));
        let region = lang.pick("wilayah", "region");
        sheet.line(&format!(
            "| {region} | {before} | {after} | {enter} | {leave} | |\n|---|---:|---:|---:|---:|---|"
        ));
        for row in own.rows.iter().take(2 * MOST) {
            let ([old, new], name) = (row.counted, escaped(&words::region_and_file(row), 300));
            let remark = words::remark(row, lang).unwrap_or_default();
            let (entered, left) = (row.entered, row.left);
            sheet.line(&format!(
                "| {name} | {old} | {new} | {entered} | {left} | {remark} |"
            ));
        }
        if let Some(text) = told::more(own.rows.len(), 2 * MOST, lang) {
            sheet.line(&format!("\n{}", escaped(&text, 200)));
        }
        sheet.line("");
    }
    for row in own.rows.iter().take(2 * MOST) {
        let region = escaped(words::region(row), 200);
        let head = say!(lang, id: "kepala, {region}", en: "header, {region}");
        parameters(own, &head, &row.header, sheet);
    }
}

fn tell(one: &Told, sheet: &mut Sheet) {
    let (name, places) = (escaped(&one.name, 300), escaped(&one.places, 400));
    let why = match one.why.is_empty() {
        true => String::new(),
        false => format!(": {}", escaped(&one.why, 300)),
    };
    sheet.line(&format!("- **{name}**{why} ({places})"));
    for line in &one.lines {
        let items = line.items.iter();
        let items: Vec<String> = items
            .map(|(mark, text)| format!("\\{} {}", mark.sign(), escaped(text, 200)))
            .collect();
        let head = escaped(&line.head, 200);
        match items.is_empty() {
            true => sheet.line(&format!("  - {head}")),
            false => sheet.line(&format!("  - {head}; {}", items.join("; "))),
        }
    }
}

fn candidates(own: &Comparison, sheet: &mut Sheet) {
    let (lang, all) = (own.lang, own.candidates.len());
    if all == 0 {
        return;
    }
    let title = lang.pick(
        "Mungkin koperasi yang sama (tidak digabung)",
        "Perhaps the same cooperative (not brought together)",
    );
    sheet.line(&format!("### {title} ({all})\n"));
    for one in own.candidates.iter().take(MOST) {
        let said = told::candidate(&one.old, &one.new, one.same_name, lang);
        let [near, old, new] = said.map(|text| escaped(&text, 500));
        sheet.line(&format!("- {near}\n  - \\- {old}\n  - \\+ {new}"));
    }
    more(own, all, sheet);
    sheet.line("");
}

fn more(own: &Comparison, all: usize, sheet: &mut Sheet) {
    if let Some(text) = told::more(all, MOST, own.lang) {
        sheet.line(&format!("- {}", escaped(&text, 200)));
    }
}
