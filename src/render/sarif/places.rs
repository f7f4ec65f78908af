//! Places as SARIF has them: files with regions, and what stands in a tree or a workbook by name.

use serde_json::{Value, json};

use crate::place::Place;
use crate::render::paths;

/// A file as a location of an artifact.
pub(super) fn artifact(file: &str) -> Value {
    match paths::uri(file) {
        (uri, true) => json!({ "uri": uri, "uriBaseId": "SRCROOT" }),
        (uri, false) => json!({ "uri": uri }),
    }
}

/// A place; `own` is the submission's file.
pub(super) fn locations(place: &Place, own: &str) -> Value {
    let file = paths::of(place, own);
    let mut out = json!({ "physicalLocation": { "artifactLocation": artifact(file) } });
    if let Some(region) = region(place) {
        out["physicalLocation"]["region"] = region;
    }
    let named = |name: &str, kind: &str| json!({ "fullyQualifiedName": name, "kind": kind });
    let mut names = Vec::new();
    names.extend(place.cell().map(|cell| named(&cell, "cell")));
    let pointer = place
        .pointer
        .as_deref()
        .filter(|pointer| !pointer.is_empty());
    names.extend(pointer.map(|pointer| named(pointer, "value")));
    names.extend(
        place
            .heading
            .as_deref()
            .map(|heading| named(heading, "column")),
    );
    if !names.is_empty() {
        out["logicalLocations"] = names.into();
    }
    out
}

/// Lines and columns of a text. A workbook has none.
fn region(place: &Place) -> Option<Value> {
    if place.sheet.is_some() || place.line == 0 {
        return None;
    }
    let mut region = json!({ "startLine": place.line });
    // Without the whole line at hand the columns are unknown in this unit.
    if let Some((start, end)) = place.utf16 {
        region["startColumn"] = start.into();
        region["endLine"] = place.end_line.max(place.line).into();
        region["endColumn"] = end.into();
    }
    Some(region)
}
