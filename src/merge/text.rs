//! What came together, for people.

use std::io::{self, Write};

use super::Merged;
use crate::render::{labels, parts, province, safe};
use crate::say;

/// Legal entities in several submissions that are listed.
const FEW: usize = 50;

/// Writes a summary.
pub fn write(merged: &Merged, out: &mut dyn Write) -> io::Result<()> {
    let report = &merged.report;
    let lang = report.lang;
    let (reports, all) = (merged.reports, merged.sides.len());
    writeln!(
        out,
        "{}",
        say!(lang, id: "{reports} laporan, {all} pengajuan", en: "{reports} reports, {all} submissions")
    )?;
    for side in &merged.sides {
        let name = safe(side.value["region"].as_str().unwrap_or_default());
        let count = &side.value["counts"]["koperasi_produksi_aktif_dibantu"];
        let (verified, upper) = (&count["verified"], &count["upper"]);
        let whole = match side.complete {
            true => String::new(),
            false => lang.pick("  TIDAK LENGKAP", "  INCOMPLETE").to_owned(),
        };
        let (region, file) = (safe(&side.region), safe(&side.file));
        writeln!(
            out,
            "  {region}  {name}  {file}: {verified} [{verified}–{upper}]{whole}"
        )?;
    }
    for (file, counted) in &merged.twice {
        let (file, counted) = (safe(file), safe(counted));
        writeln!(
            out,
            "{}",
            say!(lang,
                id: "Pengajuan yang sama di beberapa laporan, dihitung sekali: {file} = {counted}",
                en: "The same submission in several reports, counted once: {file} = {counted}",
            )
        )?;
    }
    let again = merged.again.len();
    if again > 0 {
        writeln!(
            out,
            "{}",
            say!(lang,
                id: "Badan hukum di lebih dari satu pengajuan, dihitung sekali (D001): {again}",
                en: "Legal entities in more than one submission, counted once (D001): {again}",
            )
        )?;
    }
    for one in merged.again.iter().take(FEW) {
        let at = |(side, line): (usize, usize)| {
            let side = &merged.sides[side];
            (safe(&side.file), side.lines[line].number)
        };
        let ((own, entry), (first, before)) = (at(one.own), at(one.first));
        writeln!(
            out,
            "  {}",
            say!(lang,
                id: "{own} entri {entry} = {first} entri {before}",
                en: "{own} entry {entry} = {first} entry {before}",
            )
        )?;
    }
    if again > FEW {
        let more = again - FEW;
        writeln!(
            out,
            "  {}",
            say!(lang, id: "… dan {more} lagi", en: "… and {more} more")
        )?;
    }
    if let Some(sum) = report.sum() {
        let [.., count] = sum.counts;
        let (verified, upper) = (count.verified, count.upper);
        writeln!(
            out,
            "{}",
            say!(lang,
                id: "Jumlah terbukti: {verified} Unit [{verified}–{upper}]",
                en: "Verified count: {verified} Unit [{verified}–{upper}]",
            )
        )?;
        writeln!(out, "{}", labels::books(sum.books, lang))?;
    }
    for text in province::said(report) {
        writeln!(out, "{}", safe(&text))?;
    }
    writeln!(out, "{}", labels::levels(report.total.levels, lang))?;
    let failures = merged.rest["failures"].as_array().into_iter().flatten();
    let unread = failures.clone().next().is_some() || merged.sides.iter().any(|own| !own.complete);
    for failure in failures {
        let said = |name: &str| safe(failure[name].as_str().unwrap_or_default());
        writeln!(out, "{}: {}", said("file"), said("message"))?;
    }
    if unread || merged.sides.is_empty() {
        writeln!(out, "{}", parts::incomplete(lang))?;
    }
    Ok(())
}
