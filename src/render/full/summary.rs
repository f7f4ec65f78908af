//! What was counted: books that close, the funnel, claimed against proven, what to mend first.

use std::io::{self, Write};

use crate::criteria::Criterion;
use crate::lang::Lang;
use crate::render::ink::Ink;
use crate::render::{Style, labels, province, safe};
use crate::report::{Report, Submission};
use crate::say;
use crate::tally::{Books, Counts};

use super::{Page, narrated};

/// Steps of the worklist that are shown.
const STEPS: usize = 6;
/// Cells of the longest bar.
const BAR: u64 = 30;

/// The summary of one submission.
pub(super) fn submission(page: Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Page {
        submission,
        lang,
        ink,
        style,
    } = page;
    let file = safe(&submission.source.file);
    let title = match submission.region {
        Some(region) => format!("{region} {} {file}", ink.sign("·", "-")),
        None => file,
    };
    rule(&title, style, ink, out)?;
    verified(&submission.counts, lang, ink, out)?;
    if !submission.complete {
        let text = say!(lang,
            id: "TIDAK LENGKAP: tidak semua isi terbaca, angka ini belum dapat dipakai",
            en: "INCOMPLETE: not all of it was read, this number cannot be used yet",
        );
        writeln!(out, "{}", ink.alarm(&text))?;
    }
    books(submission.books, lang, ink, out)?;
    funnel(&submission.counts, lang, style, ink, out)?;
    if submission.plain {
        claims_nothing(submission, lang, ink, out)?;
    } else {
        difference(submission, lang, ink, out)?;
    }
    worklist(page, out)?;
    if let Some(made) = &submission.changes {
        writeln!(out, "{}", labels::changes(made, lang))?;
    }
    let aside = labels::aside(&submission.aside, lang);
    writeln!(out, "{}{aside}", labels::levels(submission.levels, lang))?;
    writeln!(out)
}

/// All submissions together.
pub(super) fn total(
    report: &Report,
    style: &Style,
    ink: Ink<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let lang = report.lang;
    let total = &report.total;
    let count = report.submissions.len();
    let title = say!(lang, id: "Seluruh {count} kiriman", en: "All {count} submissions");
    rule(&title, style, ink, out)?;
    if let Some(sum) = report.sum() {
        verified(&sum.counts, lang, ink, out)?;
        books(sum.books, lang, ink, out)?;
        funnel(&sum.counts, lang, style, ink, out)?;
        let (claimed, [.., last]) = (sum.claimed, sum.counts);
        let (proven, arrow) = (last.verified, ink.sign("→", "->"));
        if report.submissions.iter().any(|one| !one.plain) {
            let text = say!(lang,
                id: "Dilaporkan {claimed} {arrow} terbukti {proven}",
                en: "Claimed {claimed} {arrow} verified {proven}",
            );
            writeln!(out, "{text}")?;
        }
    }
    for text in province::said(report) {
        ink.wrapped(out, 0, "", &safe(&text))?;
    }
    let aside = labels::aside(&total.aside, lang);
    writeln!(out, "{}{aside}", labels::levels(total.levels, lang))?;
    writeln!(out)
}

fn rule(title: &str, style: &Style, ink: Ink<'_>, out: &mut dyn Write) -> io::Result<()> {
    if style.narrated {
        return writeln!(out, "{title}.");
    }
    let line = ink.sign("─", "-");
    let rest = style
        .width
        .min(100)
        .saturating_sub(title.chars().count() + 4);
    writeln!(
        out,
        "{}",
        ink.bold(&format!("{line}{line} {title} {}", line.repeat(rest)))
    )
}

fn verified(counts: &Counts, lang: Lang, ink: Ink<'_>, out: &mut dyn Write) -> io::Result<()> {
    let [.., count] = *counts;
    let verified = count.verified;
    let interval = ink.interval(verified, count.upper);
    let text = say!(lang,
        id: "Jumlah terbukti: {verified} Unit {interval}",
        en: "Verified count: {verified} Unit {interval}",
    );
    writeln!(out, "{}", ink.bold(&text))
}

fn books(books: Books, lang: Lang, ink: Ink<'_>, out: &mut dyn Write) -> io::Result<()> {
    let text = labels::books(books, lang);
    ink.wrapped(out, 0, "", &text)?;
    if !books.close() {
        let text = say!(lang,
            id: "PEMBUKUAN TIDAK COCOK: ini kesalahan koplint, mohon dilaporkan",
            en: "THE BOOKS DO NOT CLOSE: this is a mistake of koplint, please report it",
        );
        writeln!(out, "{}", ink.alarm(&text))?;
    }
    Ok(())
}

/// The five concepts, each with a bar from nothing to verified to upper.
fn funnel(
    counts: &Counts,
    lang: Lang,
    style: &Style,
    ink: Ink<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if style.narrated {
        return narrated::concepts(counts, lang, out);
    }
    writeln!(out)?;
    let most = counts
        .iter()
        .map(|count| count.upper)
        .max()
        .unwrap_or(0)
        .max(1);
    let cells = |count: u64| {
        let cells = u128::from(count) * u128::from(BAR) / u128::from(most);
        // What is there is seen.
        usize::try_from(cells)
            .unwrap_or(0)
            .max(usize::from(count > 0))
    };
    let ascii = |text: &str| match style.unicode {
        true => text.to_owned(),
        false => text.replace('…', "..."),
    };
    let wide = labels::CONCEPTS
        .iter()
        .map(|label| ascii(label.get(lang)).chars().count())
        .max()
        .unwrap_or(0);
    for (label, count) in labels::CONCEPTS.iter().zip(counts) {
        let full = cells(count.verified);
        let open = cells(count.upper).saturating_sub(full);
        let bar = ink.good(&ink.sign("█", "#").repeat(full));
        let open = ink.sign("░", ".").repeat(open);
        let number = count.verified.to_string();
        let interval = match count.upper > count.verified {
            true => format!(" {}", ink.interval(count.verified, count.upper)),
            false => String::new(),
        };
        let label = ascii(label.get(lang));
        writeln!(
            out,
            "  {label:wide$}  {bar}{open} {}{interval}",
            ink.bold(&number)
        )?;
    }
    writeln!(out)
}

/// From claimed to verified, line by line.
fn difference(
    submission: &Submission,
    lang: Lang,
    ink: Ink<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let [.., last] = submission.counts;
    let (verified, arrow) = (last.verified, ink.sign("→", "->"));
    let claimed = submission.claimed.unwrap_or(submission.claimed_entries);
    let text = if submission.claimed.is_some() {
        say!(lang,
            id: "Dilaporkan {claimed} {arrow} terbukti {verified}",
            en: "Claimed {claimed} {arrow} verified {verified}",
        )
    } else {
        say!(lang,
            id: "Ditandai dihitung {claimed} {arrow} terbukti {verified}",
            en: "Marked as counted {claimed} {arrow} verified {verified}",
        )
    };
    writeln!(out, "{}", ink.bold(&text))?;
    for step in &submission.difference {
        let sign = match step.effect {
            0 => " ",
            effect if effect > 0 => "+",
            _ => ink.sign("−", "-"),
        };
        let number = format!("{sign}{}", step.effect.unsigned_abs());
        let reason = safe(&step.reason);
        let code = match step.code.is_empty() {
            true => String::new(),
            false => format!("{} ", step.code),
        };
        ink.wrapped(out, 2, &format!("{number:>5}"), &format!("{code}{reason}"))?;
    }
    Ok(())
}

/// A register without claims: which evidence is missing.
fn claims_nothing(
    submission: &Submission,
    lang: Lang,
    ink: Ink<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let text = match submission.claimed {
        None => say!(lang,
            id: "Register tanpa kolom \"dihitung\": tidak ada klaim per koperasi.",
            en: "A register without \"dihitung\": there is no claim for any cooperative.",
        ),
        Some(claimed) => say!(lang,
            id: "Dilaporkan {claimed} di kepala, tetapi tidak ada klaim per koperasi.",
            en: "The header claims {claimed}, but there is no claim for any cooperative.",
        ),
    };
    ink.wrapped(out, 0, "", &text)?;
    let failed = &submission.breakdowns.first_failed;
    if failed.is_empty() {
        return Ok(());
    }
    let text = say!(lang, id: "Syarat pertama yang gugur atau kurang bukti:", en: "The first criterion that fails or lacks evidence:");
    writeln!(out, "{}", ink.bold(&text))?;
    for criterion in Criterion::ALL {
        let Some(failed) = failed.get(criterion.name()) else {
            continue;
        };
        let label = labels::criterion(criterion).get(lang);
        let (not_met, unproven) = (failed.not_met, failed.unproven);
        let text = say!(lang,
            id: "{not_met} tidak terpenuhi, {unproven} tidak terbukti",
            en: "{not_met} not met, {unproven} unproven",
        );
        ink.wrapped(out, 2, &format!("{label}:"), &text)?;
    }
    Ok(())
}

fn worklist(page: Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Page {
        submission,
        lang,
        ink,
        style,
    } = page;
    let all = &submission.worklist;
    let shown = &all[..all.len().min(STEPS)];
    let Some(last) = shown.last() else {
        return Ok(());
    };
    let (steps, proven) = (shown.len(), last.proven);
    if !style.narrated {
        writeln!(out)?;
    }
    let text = say!(lang,
        id: "Perbaiki {steps} hal berikut, sampai {proven} entri lagi dapat terbukti:",
        en: "To mend: {steps}; entries that can then be proven: {proven}",
    );
    writeln!(out, "{}", ink.bold(&text))?;
    for (number, work) in (1..).zip(shown) {
        let entries = work.entries;
        let tail = say!(lang, id: "({entries} entri)", en: "({entries} entries)");
        // One line a step.
        let label = format!("{number}.");
        let room = style
            .width
            .max(40)
            .saturating_sub(tail.chars().count() + label.chars().count() + work.code.len() + 6);
        let message = safe(&crate::words::shown(&work.message, room));
        ink.wrapped(out, 2, &label, &format!("{} {message} {tail}", work.code))?;
    }
    let more = all.len() - shown.len();
    if more > 0 {
        let text = say!(lang, id: "dan {more} hal lagi", en: "and {more} more");
        writeln!(out, "  {}", ink.dim(&text))?;
    }
    writeln!(out)
}
