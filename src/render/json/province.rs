//! Several submissions in the document.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::view::{BooksView, BreakdownsView, CountsView, each};
use crate::province::{Part, Province};
use crate::region;

/// What may be added, what is missing, what stands twice.
pub(crate) struct ProvinceView<'a>(pub(crate) &'a Province);

impl Serialize for ProvinceView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let province = self.0;
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("adds_up", &province.adds_up())?;
        map.serialize_entry("parts", &each(province.parts.iter().map(PartView)))?;
        let missing = province.missing.iter().map(|own| RegionView {
            code: own.code,
            name: Some(own.name),
        });
        map.serialize_entry("missing", &each(missing))?;
        let twice = province.twice.iter().map(|(code, files)| Twice {
            region: RegionView {
                code,
                name: region::find(code).map(|own| own.name),
            },
            files,
        });
        map.serialize_entry("twice", &each(twice))?;
        let unknown = province.unknown.iter();
        let unknown = unknown.map(|(file, code)| Unknown { file, code });
        map.serialize_entry("unknown", &each(unknown))?;
        map.end()
    }
}

struct PartView<'a>(&'a Part);

impl Serialize for PartView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let part = self.0;
        let mut map = serializer.serialize_map(Some(9))?;
        map.serialize_entry("tanggal_acuan", &part.cutoff.map(|day| day.to_string()))?;
        map.serialize_entry("versi_standar", &part.version)?;
        map.serialize_entry("files", &part.files)?;
        map.serialize_entry("books", &BooksView::of(part.books))?;
        map.serialize_entry("counts", &CountsView(&part.counts))?;
        map.serialize_entry("claimed", &part.claimed)?;
        let (by, places) = (&part.breakdowns, false);
        map.serialize_entry("breakdowns", &BreakdownsView { by, places })?;
        map.serialize_entry("entities", &part.entities)?;
        map.serialize_entry("shared", &part.shared)?;
        map.end()
    }
}

#[derive(Serialize)]
struct RegionView<'a> {
    code: &'a str,
    name: Option<&'static str>,
}

#[derive(Serialize)]
struct Twice<'a> {
    #[serde(flatten)]
    region: RegionView<'a>,
    files: &'a [String],
}

#[derive(Serialize)]
struct Unknown<'a> {
    file: &'a str,
    code: &'a str,
}
