//! What is said of several submissions. Nothing here is escaped.

use crate::lang::Lang;
use crate::province::{Part, Province};
use crate::region;
use crate::render::parts;
use crate::report::Report;
use crate::{say, words};

/// Names in one line.
const NAMES: usize = 8;
/// Lines of one kind.
const LINES: usize = 40;

/// All that is to be said, a line each.
pub(crate) fn said(report: &Report) -> Vec<String> {
    let Some(province) = &report.province else {
        return Vec::new();
    };
    let lang = report.lang;
    let mut out = Vec::new();
    if !province.adds_up() {
        out.push(no_number(lang));
        out.extend(province.parts.iter().take(LINES).map(|own| part(own, lang)));
    }
    if let [only] = &province.parts[..] {
        out.push(entities(only, lang));
    }
    if !province.missing.is_empty() {
        let (count, all) = (province.missing.len(), region::all().len());
        let names: Vec<_> = (province.missing.iter())
            .map(|own| format!("{} {}", own.code, own.name))
            .collect();
        let names = names.join(", ");
        out.push(say!(lang,
            id: "{count} dari {all} kabupaten/kota belum ada kirimannya: {names}",
            en: "Nothing was read of {count} of the {all} regencies: {names}",
        ));
    }
    for (code, files) in province.twice.iter().take(LINES) {
        let (region, times, files) = (named(code), files.len(), names(files));
        out.push(say!(lang,
            id: "Wilayah {region} dikirim {times} kali: {files}",
            en: "Region {region} was submitted {times} times: {files}",
        ));
    }
    if !province.unknown.is_empty() {
        out.push(unknown(province, lang));
    }
    out
}

/// That the submissions have no number together.
pub(crate) fn no_number(lang: Lang) -> String {
    say!(lang,
        id: "BELUM ADA SATU ANGKA: tanggal acuan atau versi standar kiriman tidak sama atau tidak terbaca, jadi tidak dijumlahkan",
        en: "NO ONE NUMBER: reference date or standard version differ or cannot be read, so the submissions are not added",
    )
}

/// Cut-off and version: `2025-12-31, standar 1.0`.
pub(crate) fn basis(part: &Part, lang: Lang) -> String {
    let unread = lang.pick("tidak terbaca", "unreadable");
    let cutoff = part.cutoff.map_or(unread.to_owned(), |day| day.to_string());
    let version = part.version.as_deref().unwrap_or(unread);
    say!(lang,
        id: "{cutoff}, standar {version}",
        en: "{cutoff}, standard {version}",
    )
}

fn part(part: &Part, lang: Lang) -> String {
    let (basis, count, files) = (basis(part, lang), part.files.len(), names(&part.files));
    let [.., last] = part.counts;
    let (verified, claimed) = (parts::verified(last, part.books, lang), part.claimed);
    say!(lang,
        id: "Tanggal acuan {basis}: {verified}, dilaporkan {claimed}; {count} kiriman: {files}",
        en: "Reference date {basis}: {verified}, claimed {claimed}; submissions: {count}: {files}",
    )
}

fn entities(part: &Part, lang: Lang) -> String {
    let (entities, shared) = (part.entities, part.shared);
    say!(lang,
        id: "{entities} badan hukum berbeda; {shared} di antaranya ada di lebih dari satu kiriman",
        en: "{entities} different legal entities; {shared} of them stand in more than one submission",
    )
}

fn unknown(province: &Province, lang: Lang) -> String {
    let files: Vec<String> = (province.unknown.iter())
        .map(|(file, code)| match code.is_empty() {
            true => file.clone(),
            false => format!("{file} ({code})"),
        })
        .collect();
    let (count, files) = (files.len(), names(&files));
    say!(lang,
        id: "Wilayah tidak dikenal pada {count} kiriman: {files}",
        en: "Submissions of no known region: {count}: {files}",
    )
}

/// `33.02 Kabupaten Banyumas`, or the code as given.
fn named(code: &str) -> String {
    match region::find(code) {
        Some(region) => format!("{} {}", region.code, region.name),
        None => code.to_owned(),
    }
}

/// The first names of a list, and how many more there are.
fn names(all: &[String]) -> String {
    let first = all.iter().take(NAMES).map(|name| words::shown(name, 120));
    let mut text = first.collect::<Vec<_>>().join(", ");
    if let more @ 1.. = all.len().saturating_sub(NAMES) {
        text += &format!(" … (+{more})");
    }
    text
}
