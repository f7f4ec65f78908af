//! For people, on a terminal.

use std::io::{self, Write};

use super::told::{self, Told};
use super::words;
use crate::compare::{Comparison, Kind, Parameter};
use crate::render::safe;

/// Changes of a section, rows and candidates that are shown.
const MOST: usize = 100;

/// Writes it.
pub(super) fn write(own: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let lang = own.lang;
    writeln!(out, "{}", words::title(own))?;
    for (label, side) in words::sides(own.kind, lang).iter().zip(&own.sides) {
        let (name, definition) = (safe(&side.name), &side.definition);
        let hash = definition.sha256.get(..12).unwrap_or_default();
        let version = safe(&definition.version);
        let source = safe(&definition.source);
        writeln!(out, "  {label}: {name} [{source} {version}, {hash}]")?;
    }
    if !own.complete() {
        writeln!(out, "\n{}", words::incomplete(lang))?;
        let unread = words::unread(own);
        for one in unread.iter().take(MOST) {
            writeln!(out, "  {}", safe(one))?;
        }
        more(own, unread.len(), out)?;
    }
    parameters(&own.parameters, "\n", out)?;
    numbers(own, out)?;
    rows(own, out)?;
    for section in told::sections(own) {
        let all = section.changes.len();
        writeln!(out, "\n{} ({all})", section.title)?;
        for change in section.changes.iter().take(MOST) {
            tell(&told::tell(change, lang), out)?;
        }
        more(own, all, out)?;
    }
    candidates(own, out)?;
    for remark in words::remarks(own) {
        writeln!(out, "\n{remark}")?;
    }
    if own.is_same() {
        writeln!(
            out,
            "\n{}",
            lang.pick("Tidak ada yang berubah.", "Nothing changed.")
        )?;
    }
    Ok(())
}

fn parameters(all: &[Parameter], before: &str, out: &mut dyn Write) -> io::Result<()> {
    if !all.is_empty() {
        write!(out, "{before}")?;
    }
    for one in all {
        let [old, new] = one
            .values
            .each_ref()
            .map(|value| value.as_deref().map_or("–".into(), safe));
        writeln!(out, "  {}: {old} → {new}", safe(&one.name))?;
    }
    Ok(())
}

fn numbers(own: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let lang = own.lang;
    let ([old, new], effect) = (own.counts(), own.effect());
    let label = lang.pick("Terbukti", "Verified");
    writeln!(out, "\n{label}: {old} → {new} ({effect:+})")?;
    for sum in &own.causes {
        let why = words::cause(sum.cause, sum.effect > 0, lang);
        writeln!(out, "  {:+}  {why}", sum.effect)?;
    }
    if !own.closes() {
        writeln!(out, "  {}", words::open_books(lang))?;
    }
    writeln!(out)?;
    for (label, old, new) in words::books([own.sides[0].books, own.sides[1].books], lang) {
        writeln!(out, "  {label}: {old} → {new}")?;
    }
    Ok(())
}

fn rows(own: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let lang = own.lang;
    if own.rows.len() > 1 {
        let title = match own.kind {
            Kind::Compare => lang.pick("Pengajuan", "Submissions"),
            Kind::Impact => lang.pick("Per kabupaten/kota", "By regency"),
        };
        writeln!(out, "\n{title} ({})", own.rows.len())?;
    }
    for row in own.rows.iter().take(MOST) {
        let name = safe(&words::region_and_file(row));
        if own.rows.len() > 1 {
            let [old, new] = row.counted;
            let remark = words::remark(row, lang).map(|text| format!(", {text}"));
            let remark = remark.unwrap_or_default();
            writeln!(
                out,
                "  {name}: {old} → {new} (+{} -{}){remark}",
                row.entered, row.left
            )?;
        }
        let title = lang.pick("Kepala", "Header");
        parameters(&row.header, &format!("\n{title}, {name}\n"), out)?;
    }
    more(own, own.rows.len(), out)
}

fn tell(one: &Told, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  {}", safe(&one.name))?;
    let why = match one.why.is_empty() {
        true => String::new(),
        false => format!("{} ", safe(&one.why)),
    };
    writeln!(out, "    {why}[{}]", safe(&one.places))?;
    for line in &one.lines {
        let items = line.items.iter();
        let items: Vec<String> = items
            .map(|(mark, text)| format!("{} {}", mark.sign(), safe(text)))
            .collect();
        let head = safe(&line.head);
        match items.is_empty() {
            true => writeln!(out, "    {head}")?,
            false => writeln!(out, "    {head}; {}", items.join("; "))?,
        }
    }
    Ok(())
}

fn candidates(own: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    if own.candidates.is_empty() {
        return Ok(());
    }
    let lang = own.lang;
    let title = lang.pick(
        "Mungkin koperasi yang sama (tidak digabung)",
        "Perhaps the same cooperative (not brought together)",
    );
    writeln!(out, "\n{title} ({})", own.candidates.len())?;
    for one in own.candidates.iter().take(MOST) {
        let [near, old, new] = told::candidate(&one.old, &one.new, one.same_name, lang);
        writeln!(out, "  {near}\n    - {}\n    + {}", safe(&old), safe(&new))?;
    }
    more(own, own.candidates.len(), out)
}

fn more(own: &Comparison, all: usize, out: &mut dyn Write) -> io::Result<()> {
    match told::more(all, MOST, own.lang) {
        Some(text) => writeln!(out, "  {text}"),
        None => Ok(()),
    }
}
