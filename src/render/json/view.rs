//! The parts of the document, borrowed from the report.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::finding::Finding;
use crate::place::Place;
use crate::report::{Failure, Levels, Provenance, Since};
use crate::tally::{Books, Breakdowns, CONCEPTS, Count, Counts, Sipd, SipdActive};

use super::standing::{WaivedView, state};

/// A list that is made while it is written.
pub(crate) fn each<I>(items: I) -> Each<I> {
    Each(items)
}

pub(crate) struct Each<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// An object that is made while it is written.
pub(crate) struct Pairs<I>(pub(crate) I);

impl<K: Serialize, V: Serialize, I: Iterator<Item = (K, V)> + Clone> Serialize for Pairs<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

#[derive(Serialize)]
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    pub(crate) fn this() -> Self {
        Self {
            name: "koplint",
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct ProvenanceView<'a> {
    source: &'a str,
    version: &'a str,
    sha256: &'a str,
}

pub(crate) fn provenance(from: &Provenance) -> ProvenanceView<'_> {
    ProvenanceView {
        source: &from.source,
        version: &from.version,
        sha256: &from.sha256,
    }
}

#[derive(Serialize)]
pub(crate) struct FailureView<'a> {
    file: &'a str,
    message: &'a str,
    help: &'a str,
}

/// What was left out on request.
#[derive(Serialize)]
pub(crate) struct SinceView<'a> {
    revision: &'a str,
    commit: &'a str,
    unchanged: &'a [String],
}

pub(crate) fn since(from: &Since) -> SinceView<'_> {
    SinceView {
        revision: &from.revision,
        commit: &from.commit,
        unchanged: &from.unchanged,
    }
}

pub(crate) fn failure(from: &Failure) -> FailureView<'_> {
    FailureView {
        file: &from.file,
        message: &from.message,
        help: &from.help,
    }
}

#[derive(Serialize)]
pub(crate) struct BooksView {
    read: u64,
    verified: u64,
    not_met: u64,
    unproven: u64,
    duplicate: u64,
    unreadable: u64,
}

impl BooksView {
    pub(crate) fn of(books: Books) -> Self {
        Self {
            read: books.read,
            verified: books.verified,
            not_met: books.not_met,
            unproven: books.unproven,
            duplicate: books.duplicate,
            unreadable: books.unreadable,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct LevelsView {
    error: u64,
    warning: u64,
    note: u64,
}

impl LevelsView {
    pub(crate) fn of(levels: Levels) -> Self {
        Self {
            error: levels.error,
            warning: levels.warning,
            note: levels.note,
        }
    }
}

#[derive(Serialize)]
struct CountView {
    verified: u64,
    upper: u64,
}

impl From<&Count> for CountView {
    fn from(count: &Count) -> Self {
        Self {
            verified: count.verified,
            upper: count.upper,
        }
    }
}

/// The five concepts by name.
pub(crate) struct CountsView<'a>(pub(crate) &'a Counts);

impl Serialize for CountsView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let named = CONCEPTS.iter().zip(self.0);
        serializer.collect_map(named.map(|(concept, count)| (concept.name, CountView::from(count))))
    }
}

#[derive(Serialize)]
struct FailedView {
    not_met: u64,
    unproven: u64,
}

#[derive(Serialize)]
struct ActiveView {
    aktif: u64,
    tidak_aktif: u64,
    antara: u64,
    tidak_terbukti: u64,
}

impl From<&SipdActive> for ActiveView {
    fn from(from: &SipdActive) -> Self {
        Self {
            aktif: from.aktif,
            tidak_aktif: from.tidak_aktif,
            antara: from.antara,
            tidak_terbukti: from.tidak_terbukti,
        }
    }
}

#[derive(Serialize)]
struct SipdView {
    dibantu: ActiveView,
    mandiri: ActiveView,
    tidak_terbukti: ActiveView,
}

impl From<&Sipd> for SipdView {
    fn from(from: &Sipd) -> Self {
        Self {
            dibantu: (&from.dibantu).into(),
            mandiri: (&from.mandiri).into(),
            tidak_terbukti: (&from.tidak_terbukti).into(),
        }
    }
}

/// The counts by what the steward asks for.
///
/// Names of kecamatan are found in several regencies: places stand in one submission's alone.
pub(crate) struct BreakdownsView<'a> {
    pub(crate) by: &'a Breakdowns,
    pub(crate) places: bool,
}

impl Serialize for BreakdownsView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let by = self.by;
        let mut map = serializer.serialize_map(None)?;
        let kecamatan = by
            .kecamatan
            .iter()
            .map(|(key, count)| (key, CountView::from(count)));
        map.serialize_entry("kecamatan", &Pairs(kecamatan))?;
        let tipe = by
            .tipe_produsen
            .iter()
            .map(|(key, count)| (key, CountView::from(count)));
        map.serialize_entry("tipe_produsen", &Pairs(tipe))?;
        map.serialize_entry("tingkat", &by.tingkat)?;
        let failed = by.first_failed.iter().map(|(key, failed)| {
            let view = FailedView {
                not_met: failed.not_met,
                unproven: failed.unproven,
            };
            (key, view)
        });
        map.serialize_entry("first_failed", &Pairs(failed))?;
        let sipd = by
            .sipd
            .iter()
            .map(|(key, sipd)| (key, SipdView::from(sipd)));
        map.serialize_entry("sipd", &Pairs(sipd))?;
        if self.places {
            let places = by.sipd_kecamatan.iter().map(|(key, place)| {
                let types = place.iter();
                (
                    key,
                    Pairs(types.map(|(jenis, sipd)| (jenis, SipdView::from(sipd)))),
                )
            });
            map.serialize_entry("sipd_kecamatan", &Pairs(places))?;
        }
        map.end()
    }
}

#[derive(Serialize)]
pub(crate) struct PlaceView<'a> {
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    pointer: Option<&'a str>,
    heading: Option<&'a str>,
    sheet: Option<&'a str>,
    cell: Option<String>,
}

impl<'a> PlaceView<'a> {
    fn of(place: &'a Place, own: &'a str) -> Self {
        let known = |number: u32| (place.line > 0).then_some(number);
        Self {
            file: place.file.as_deref().unwrap_or(own),
            line: known(place.line),
            column: known(place.column),
            end_line: known(place.end_line),
            end_column: known(place.end_column),
            pointer: place.pointer.as_deref(),
            heading: place.heading.as_deref(),
            sheet: place.sheet.as_deref(),
            cell: place.cell(),
        }
    }
}

#[derive(Serialize)]
struct RelatedView<'a> {
    label: &'a str,
    place: PlaceView<'a>,
}

/// A finding; `own` is the submission's file.
#[derive(Serialize)]
pub(crate) struct FindingView<'a> {
    code: &'static str,
    level: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    entry: Option<u32>,
    key: Option<&'a str>,
    name: Option<&'a str>,
    field: &'a str,
    place: PlaceView<'a>,
    related: Vec<RelatedView<'a>>,
    times: u32,
    state: &'static str,
    waived: Option<WaivedView<'a>>,
}

impl<'a> FindingView<'a> {
    pub(crate) fn of(finding: &'a Finding, own: &'a str) -> Self {
        let related = finding.related.iter().map(|related| RelatedView {
            label: &related.label,
            place: PlaceView::of(&related.place, own),
        });
        Self {
            code: finding.rule.code,
            level: finding.level.name(),
            message: &finding.message,
            help: finding.help.as_deref(),
            entry: finding.entry,
            key: finding.key.as_deref(),
            name: finding.name.as_deref(),
            field: &finding.mistake.field,
            place: PlaceView::of(&finding.place, own),
            related: related.collect(),
            times: finding.times,
            state: state(&finding.standing),
            waived: WaivedView::of(&finding.standing),
        }
    }
}
