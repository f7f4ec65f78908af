//! The standard's names in words.

use crate::criteria::Criterion;
use crate::lang::{Lang, Text};
use crate::place::Place;
use crate::render::safe;
use crate::report::Report;
use crate::rule::Level;
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

/// What was left out because it did not change, if that was asked for.
#[must_use]
pub fn since(report: &Report) -> Option<String> {
    let since = report.since.as_ref()?;
    let lang = report.lang;
    let revision = crate::words::shown(&since.revision, 80);
    let count = since.unchanged.len();
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
            en: "{count} submissions did not change since {revision}, not checked and not counted: as asked",
        )
    })
}
