//! The standard's names in words.

use std::collections::BTreeMap;

use crate::criteria::Criterion;
use crate::finding::Standing;
use crate::lang::{Lang, Text};
use crate::place::Place;
use crate::render::safe;
use crate::report::{Aside, Known, Report, Settled, Verdict};
use crate::rule::Level;
use crate::tally::Books;
use crate::words::shown;
use crate::workbook::Changes;
use crate::{say, text};

/// A level in words.
#[must_use]
pub fn level(level: Level) -> Text {
    match level {
        Level::Error => text! { id: "galat", en: "error" },
        Level::Warning => text! { id: "peringatan", en: "warning" },
        Level::Note => text! { id: "catatan", en: "note" },
    }
}

/// The five concepts in words, by [`crate::tally::CONCEPTS`].
pub const CONCEPTS: [Text; 5] = [
    text! { id: "koperasi", en: "cooperatives" },
    text! { id: "koperasi produksi", en: "producer cooperatives" },
    text! { id: "… yang aktif", en: "… that are active" },
    text! { id: "… yang dibantu pemerintah", en: "… assisted by government" },
    text! { id: "… yang aktif dan dibantu", en: "… active and assisted" },
];

/// A criterion in words.
#[must_use]
pub fn criterion(criterion: Criterion) -> Text {
    match criterion {
        Criterion::BadanHukum => text! { id: "badan hukum", en: "legal entity" },
        Criterion::Produksi => text! { id: "koperasi produksi", en: "producer cooperative" },
        Criterion::Rat => {
            text! { id: "RAT tiga tahun berturut-turut", en: "annual meetings, three years in a row" }
        }
        Criterion::Usaha => text! { id: "usaha untuk anggota", en: "business that serves members" },
        Criterion::Tujuan => text! { id: "tujuan membantu anggota", en: "aim to help members" },
        Criterion::Bantuan => text! { id: "bantuan pemerintah", en: "government assistance" },
    }
}

/// A verdict in words.
#[must_use]
pub fn verdict(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Terverifikasi => text! { id: "terverifikasi", en: "verified" },
        Verdict::Gugur => text! { id: "gugur", en: "not met" },
        Verdict::TidakTerbukti => text! { id: "tidak terbukti", en: "unproven" },
        Verdict::Ganda => text! { id: "ganda", en: "duplicate" },
    }
}

/// `file:line:column`, as far as known; of a workbook `file Koperasi!F12`.
#[must_use]
pub fn spot(place: &Place, own: &str) -> String {
    let file = safe(place.file.as_deref().unwrap_or(own));
    if let Some(cell) = place.cell() {
        return format!("{file} {}", safe(&cell));
    }
    match place.line {
        0 => file,
        line => format!("{file}:{line}:{}", place.column),
    }
}

/// The place with the heading of the table's column.
#[must_use]
pub fn spot_and_heading(place: &Place, own: &str, lang: Lang) -> String {
    let spot = spot(place, own);
    match &place.heading {
        None => spot,
        Some(heading) => {
            let heading = safe(heading);
            say!(lang, id: "{spot} kolom \"{heading}\"", en: "{spot} column \"{heading}\"")
        }
    }
}

/// The accounts as a sum.
#[must_use]
pub fn books(books: Books, lang: Lang) -> String {
    let Books {
        read,
        verified,
        not_met,
        unproven,
        duplicate,
        unreadable,
    } = books;
    say!(lang,
        id: "{read} entri dibaca = {verified} terbukti + {not_met} gugur + {unproven} tidak terbukti + {duplicate} ganda + {unreadable} tidak terbaca",
        en: "{read} entries read = {verified} verified + {not_met} not met + {unproven} unproven + {duplicate} duplicate + {unreadable} unreadable",
    )
}

/// `5 galat, 2 peringatan, 1 catatan`.
#[must_use]
pub fn levels(levels: crate::report::Levels, lang: Lang) -> String {
    let one = |kind: Level| {
        let count = levels.get(kind);
        let plural = if lang == Lang::En && count != 1 {
            "s"
        } else {
            ""
        };
        format!("{count} {}{plural}", level(kind).get(lang))
    };
    [Level::Error, Level::Warning, Level::Note]
        .map(one)
        .join(", ")
}

/// A standing in a word.
#[must_use]
pub fn state(standing: &Standing) -> Text {
    match standing {
        Standing::Open => text! { id: "terbuka", en: "open" },
        Standing::Waived(_) => text! { id: "dikecualikan", en: "waived" },
        Standing::Known => text! { id: "sudah dikenal", en: "known" },
    }
}

/// `dikecualikan sampai 2026-12-31 oleh Dinas X (alasan)`; empty for what is open.
#[must_use]
pub fn standing(standing: &Standing, lang: Lang) -> String {
    let waiver = match standing {
        Standing::Open => return String::new(),
        Standing::Known => {
            return say!(lang, id: "sudah dikenal (baseline)", en: "known (baseline)");
        }
        Standing::Waived(waiver) => waiver,
    };
    let (reason, by) = (
        safe(&shown(&waiver.reason, 200)),
        safe(&shown(&waiver.by, 80)),
    );
    let until = waiver.until;
    say!(lang,
        id: "dikecualikan sampai {until} oleh {by} ({reason})",
        en: "waived until {until} by {by} ({reason})",
    )
}

/// `R001 3, W002 1`
#[must_use]
pub fn by_code(counts: &BTreeMap<&'static str, u64>) -> String {
    let each = counts.iter().map(|(code, count)| format!("{code} {count}"));
    each.collect::<Vec<_>>().join(", ")
}

/// `1 dikecualikan, 8 sudah dikenal; 2 temuan dimatikan (K007 2)`: what is not among the levels; empty if
/// nothing is.
#[must_use]
pub fn aside(aside: &Aside, lang: Lang) -> String {
    let (waived, known) = (aside.waived, aside.known);
    let mut text = String::new();
    if waived + known > 0 {
        text += &say!(lang,
            id: "; {waived} dikecualikan, {known} sudah dikenal",
            en: "; {waived} waived, {known} known",
        );
    }
    if let Some(off) = off(&aside.off, lang) {
        text += &format!("; {off}");
    }
    text
}

/// `2 findings`
fn plural(count: u64, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// `2 temuan dimatikan oleh setelan (K007 2)`, if any are.
#[must_use]
pub fn off(counts: &BTreeMap<&'static str, u64>, lang: Lang) -> Option<String> {
    let (count, codes): (u64, _) = (counts.values().sum(), by_code(counts));
    let findings = plural(count, "finding");
    (count > 0).then(|| {
        say!(lang,
            id: "{count} temuan dimatikan oleh setelan ({codes})",
            en: "{findings} switched off by settings ({codes})",
        )
    })
}

/// The waivers and the baseline themselves in a line; empty if there is nothing to say.
#[must_use]
pub fn settled(settled: &Settled, lang: Lang) -> String {
    let gone = |known: &&Known| known.solved > 0 && known.new.is_none();
    let gone = settled.baseline.as_ref().filter(gone).map(|known| {
        let (file, solved) = (safe(&known.file), known.solved);
        let findings = plural(solved, "known finding");
        say!(lang,
            id: "{file}: {solved} temuan yang dikenal sudah tidak ada; --update-baseline menghapusnya",
            en: "{file}: {findings} no longer found; --update-baseline takes that out",
        )
    });
    let all = gone.into_iter().chain(off(&settled.off, lang));
    all.collect::<Vec<_>>().join("; ")
}

/// `Dibanding pemeriksaan sebelumnya: 3 selesai, 2 masih ada, 0 baru`
#[must_use]
pub fn changes(made: &Changes, lang: Lang) -> String {
    let (solved, left, new) = (made.solved.len(), made.left, made.new);
    say!(lang,
        id: "Dibanding pemeriksaan sebelumnya: {solved} selesai, {left} masih ada, {new} baru",
        en: "Since the check before: {solved} solved, {left} left, {new} new",
    )
}

/// What was left out because it did not change, if that was asked for.
#[must_use]
pub fn since(report: &Report) -> Option<String> {
    let since = report.since.as_ref()?;
    let lang = report.lang;
    let revision = crate::words::shown(&since.revision, 80);
    let count = since.unchanged.len();
    let submissions = plural(count as u64, "submission");
    Some(if count == 0 {
        say!(lang,
            id: "Semua pengajuan berubah sejak {revision}; semua diperiksa",
            en: "All submissions changed since {revision}; all were checked",
        )
    } else if report.submissions.is_empty() && report.failures.is_empty() {
        say!(lang,
            id: "Tidak ada pengajuan yang berubah sejak {revision}: {count} tidak diperiksa, seperti diminta",
            en: "No submission changed since {revision}: {count} not checked, as asked",
        )
    } else {
        say!(lang,
            id: "{count} pengajuan tidak berubah sejak {revision}, tidak diperiksa dan tidak dihitung: diminta",
            en: "{submissions} unchanged since {revision}, not checked and not counted: as asked",
        )
    })
}
