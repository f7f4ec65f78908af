//! What the formats say alike.

use crate::compare::{By, Cause, Comparison, Kind, Row, Said, Who};
use crate::criteria::{Criterion, Status};
use crate::lang::Lang;
use crate::render::labels;
use crate::tally::Books;
use crate::{rules, say, text};

pub(super) fn title(comparison: &Comparison) -> &'static str {
    let lang = comparison.lang;
    match comparison.kind {
        Kind::Compare => lang.pick("Perbandingan dua pengajuan", "Two submissions compared"),
        Kind::Impact => lang.pick("Dampak definisi baru", "Impact of a new definition"),
    }
}

/// The sides' names in a heading.
pub(super) fn sides(kind: Kind, lang: Lang) -> [&'static str; 2] {
    match kind {
        Kind::Compare => [lang.pick("lama", "old"), lang.pick("baru", "new")],
        Kind::Impact => [
            lang.pick("definisi kini", "current definition"),
            lang.pick("definisi baru", "new definition"),
        ],
    }
}

pub(super) fn incomplete(lang: Lang) -> &'static str {
    lang.pick(
        "TIDAK LENGKAP: tidak semua yang diberikan terbaca; yang tampak masuk atau keluar mungkin hanya tidak terbaca, dan angka ini belum dapat dipakai",
        "INCOMPLETE: not everything given was read; what seems to enter or leave may only be unread, and these numbers cannot be used yet",
    )
}

pub(super) fn open_books(lang: Lang) -> &'static str {
    lang.pick(
        "JUMLAHNYA TIDAK COCOK: ini kesalahan koplint, mohon dilaporkan",
        "THE SUM DOES NOT CLOSE: this is a mistake of koplint, please report it",
    )
}

/// The number of years is the definition's, so it is not named here.
pub(super) fn criterion(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Rat => "RAT",
        other => other.name(),
    }
}

fn criterion_label(criterion: Criterion, lang: Lang) -> &'static str {
    match criterion {
        Criterion::Rat => lang.pick("RAT berturut-turut", "consecutive annual meetings (RAT)"),
        other => labels::criterion(other).get(lang),
    }
}

pub(super) fn status(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::Terpenuhi => lang.pick("terpenuhi", "met"),
        Status::TidakTerpenuhi => lang.pick("tidak terpenuhi", "not met"),
        Status::TidakTerbukti => lang.pick("tidak terbukti", "unproven"),
    }
}

/// Why the count rose or fell.
pub(super) fn cause(cause: Cause, rises: bool, lang: Lang) -> String {
    let plain = match (cause, rises) {
        (Cause::Submission, true) => text! {
            id: "pengajuannya hanya ada di sisi baru", en: "its submission stands on the new side only"
        },
        (Cause::Submission, false) => text! {
            id: "pengajuannya hanya ada di sisi lama", en: "its submission stands on the old side only"
        },
        (Cause::Register, true) => text! { id: "baru dalam register", en: "new in the register" },
        (Cause::Register, false) => {
            text! { id: "tidak ada lagi dalam register", en: "gone from the register" }
        }
        (Cause::Listing, true) => text! {
            id: "entri lain yang lebih lengkap kini mewakilinya (ganda)",
            en: "another of its listings stands for it now (duplicate)"
        },
        (Cause::Listing, false) => text! {
            id: "entri lain yang kurang lengkap kini mewakilinya (ganda)",
            en: "a poorer listing stands for it now (duplicate)"
        },
        (Cause::Criterion(criterion, code, unproven), _) => {
            let name = criterion_label(criterion, lang);
            let title = rules::find(code).map_or("", |rule| rule.title.get(lang));
            let was = match (rises, unproven) {
                (true, false) => {
                    lang.pick("kini terpenuhi, dahulu tidak", "met now, not met before")
                }
                (true, true) => lang.pick("kini terbukti, dahulu tidak", "proven now, not before"),
                (false, false) => lang.pick("tidak lagi terpenuhi", "no longer met"),
                (false, true) => lang.pick("tidak lagi terbukti", "no longer proven"),
            };
            return match code.is_empty() {
                true => format!("{name}: {was}"),
                false => format!("{name}: {was} ({code} {title})"),
            };
        }
    };
    plain.get(lang).to_owned()
}

pub(super) fn cause_code(cause: Cause) -> &'static str {
    match cause {
        Cause::Criterion(_, code, _) => code,
        Cause::Listing => "D001",
        Cause::Submission | Cause::Register => "",
    }
}

pub(super) fn said(said: Said, lang: Lang) -> &'static str {
    match said {
        Said::Renamed => lang.pick("berganti nama", "renamed"),
        Said::Respelt => lang.pick("nomor ditulis lain", "number spelt otherwise"),
        Said::Renumbered => lang.pick("berganti nomor, NIK sama", "renumbered, same NIK"),
        Said::OtherNik => lang.pick("NIK lain", "other NIK"),
        Said::Kecamatan => lang.pick("kecamatan lain", "other kecamatan"),
        Said::Moved => lang.pick("pindah pengajuan", "moved to another submission"),
        Said::Listed => lang.pick("banyaknya tercantum", "times listed"),
    }
}

pub(super) fn by(by: Option<By>, lang: Lang) -> &'static str {
    match by {
        Some(By::Number) => lang.pick("dikenali dari nomor badan hukum", "known by its number"),
        Some(By::Nik) => lang.pick("dikenali dari NIK", "known by its NIK"),
        Some(By::Position) | None => "",
    }
}

/// `Koperasi A, 12/BH/2001, Cilongok`
pub(super) fn name(who: &Who, lang: Lang) -> String {
    let name = match who.name.is_empty() {
        true => lang.pick("(tanpa nama)", "(no name)"),
        false => &who.name,
    };
    let parts = [name, &who.number, &who.kecamatan];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

/// `entri 3, berkas.json:10:5`
pub(super) fn place(who: &Who, lang: Lang) -> String {
    let (entry, spot) = (who.entry, &who.spot);
    say!(lang, id: "entri {entry}, {spot}", en: "entry {entry}, {spot}")
}

/// The accounts, one a line.
pub(super) fn books([old, new]: [Books; 2], lang: Lang) -> [(&'static str, u64, u64); 6] {
    [
        (
            lang.pick("entri dibaca", "entries read"),
            old.read,
            new.read,
        ),
        (
            lang.pick("terbukti", "verified"),
            old.verified,
            new.verified,
        ),
        (lang.pick("gugur", "not met"), old.not_met, new.not_met),
        (
            lang.pick("tidak terbukti", "unproven"),
            old.unproven,
            new.unproven,
        ),
        (
            lang.pick("ganda", "duplicate"),
            old.duplicate,
            new.duplicate,
        ),
        (
            lang.pick("tidak terbaca", "unreadable"),
            old.unreadable,
            new.unreadable,
        ),
    ]
}

/// `Kabupaten Banyumas`, else the file.
pub(super) fn region(row: &Row) -> &str {
    row.region.unwrap_or(file(row))
}

/// The submission's file, the newer one's if there are two.
pub(super) fn file(row: &Row) -> &str {
    let file = row.files.iter().rev().flatten().next();
    file.map_or("?", String::as_str)
}

/// `Kabupaten Banyumas (banyumas.json)`
pub(super) fn region_and_file(row: &Row) -> String {
    match row.region {
        Some(region) => format!("{region} ({})", file(row)),
        None => file(row).to_owned(),
    }
}

/// That a submission was not read whole, or stands on one side only.
pub(super) fn remark(row: &Row, lang: Lang) -> Option<&'static str> {
    match (&row.files, row.complete) {
        (_, [false, _] | [_, false]) => Some(lang.pick("tidak lengkap", "incomplete")),
        ([None, _], _) => Some(lang.pick("hanya di sisi baru", "on the new side only")),
        ([_, None], _) => Some(lang.pick("hanya di sisi lama", "on the old side only")),
        _ => None,
    }
}

/// What was not read, or not whole, and why.
pub(super) fn unread(comparison: &Comparison) -> Vec<String> {
    let lang = comparison.lang;
    let mut out = Vec::new();
    for (side, label) in sides(comparison.kind, lang).into_iter().enumerate() {
        let failures = comparison.sides[side].failures.iter();
        out.extend(failures.map(|one| format!("{label}: {}: {}", one.file, one.message)));
        let rows = comparison.rows.iter().filter(|row| !row.complete[side]);
        let why = lang.pick("tidak terbaca seluruhnya", "not read whole");
        let files = rows.filter_map(|row| row.files[side].as_deref());
        out.extend(files.map(|file| format!("{label}: {file}: {why}")));
        if comparison.rows.iter().all(|row| row.files[side].is_none()) {
            let none = lang.pick("tidak ada pengajuan yang terbaca", "no submission was read");
            out.push(format!("{label}: {none}"));
        }
    }
    out
}

/// What is to be said of entries that could not be matched or sought.
pub(super) fn remarks(comparison: &Comparison) -> Vec<String> {
    let lang = comparison.lang;
    let [old, new] = comparison.unidentified;
    let mut out = Vec::new();
    if old + new > 0 {
        out.push(say!(lang,
            id: "Entri tanpa nomor badan hukum dan tanpa NIK yang jelas: lama {old}, baru {new}; tidak dicocokkan dengan apa pun dan tidak pernah terhitung",
            en: "Entries with neither a number nor a NIK of their own: old {old}, new {new}; matched with nothing, and they never count",
        ));
    }
    if comparison.candidates_cut {
        out.push(say!(lang,
            id: "Terlalu banyak entri masuk dan keluar: tidak semua calon pasangan dicari",
            en: "Too many entries came and went: not all candidates were sought",
        ));
    }
    out
}
