//! What settings make of findings: levels, waivers, the baseline. The desk is asked once for every
//! finding, when it is gathered; criteria are judged before and apart, so it changes no count.

use serde_json::{Map, Value};

use crate::read::open::{FROM_OPTIONS, FROM_SETTINGS};
use crate::region;

pub mod baseline;
mod desk;
pub(crate) mod file;
pub mod levels;
pub mod paths;
pub mod waivers;

pub(crate) use desk::{Desk, Docket};

use baseline::Baseline;
use levels::{Change, Weights};
use paths::{Paths, Spot};
use waivers::Waivers;

/// How findings weigh in a run.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// For all submissions.
    pub change: Change,
    /// For some, in the order of the file.
    pub per_path: Vec<(Paths, Change)>,
    /// Headers for submissions that bring none; a later one stands over an earlier one.
    pub headers: Vec<(Paths, Map<String, Value>)>,
    /// Waivers.
    pub waivers: Option<Waivers>,
    /// Findings that are known.
    pub baseline: Option<Baseline>,
    /// The baseline is made anew from this run.
    pub update: bool,
    /// Submissions were left out: what is not found may stand in them.
    pub partial: bool,
}

impl Policy {
    /// The rules that do not stand at their own level: everywhere, or in a submission.
    #[must_use]
    pub fn weights(&self, spot: Option<&Spot>) -> Weights {
        let mut weights = Weights::new();
        self.change.apply(&mut weights);
        for (paths, change) in &self.per_path {
            if spot.is_some_and(|spot| paths.hold(spot)) {
                change.apply(&mut weights);
            }
        }
        weights
    }

    /// The header of a submission that brings none, as JSON, and where it comes from. What options
    /// give stands over what the settings give.
    #[must_use]
    pub fn header(&self, spot: &Spot, options: Option<&str>) -> Option<(String, &'static str)> {
        let mut own = Map::new();
        for (_, members) in self.headers.iter().filter(|(paths, _)| paths.hold(spot)) {
            own.extend(members.clone());
        }
        let Some(options) = options else {
            return Some((filled(own)?.to_string(), FROM_SETTINGS));
        };
        let Some(mut own) = filled(own) else {
            return Some((options.to_owned(), FROM_OPTIONS));
        };
        if let Ok(Value::Object(given)) = serde_json::from_str(options)
            && let Value::Object(members) = &mut own
        {
            members.extend(given);
        }
        Some((own.to_string(), FROM_OPTIONS))
    }
}

/// A header with what the standard fixes and the code's official name; none if it says nothing.
#[must_use]
pub fn filled(mut members: Map<String, Value>) -> Option<Value> {
    if members.is_empty() {
        return None;
    }
    let code = members.get("kode_wilayah").and_then(Value::as_str);
    if let Some(region) = code.and_then(region::find) {
        members.entry("nama_wilayah").or_insert(region.name.into());
    }
    for (name, value) in [
        ("versi_standar", "1.0"),
        (
            "indikator",
            "Jumlah Koperasi Produksi Aktif yang Dibantu Pemerintah",
        ),
        ("satuan", "Unit"),
    ] {
        members.insert(name.to_owned(), value.into());
    }
    Some(Value::Object(members))
}
