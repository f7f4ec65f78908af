//! One submission of a report: its entries as digests, and its books, counted again.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

use super::table::Line;
use crate::codes::{Jenis, Tingkat, Tipe};
use crate::criteria::Status;
use crate::lang::Lang;
use crate::render::json::{BooksView, BreakdownsView, CountsView};
use crate::report::{Aside, Levels};
use crate::rules;
use crate::say;
use crate::tally::{Activity, Facts, Kecamatan, Tally};
use crate::words::shown;
use crate::{date, province};

/// The most entries that a submission of a report may have.
const MOST_ENTRIES: u64 = 20_000_000;

/// A submission that can be counted together with others.
#[derive(Debug)]
pub(super) struct Side {
    /// The submission without what compares it with others.
    pub value: Value,
    pub file: String,
    pub sha256: String,
    pub region: String,
    pub cutoff: Option<Date>,
    pub version: Option<String>,
    pub claimed: u64,
    pub complete: bool,
    pub pointer: Option<String>,
    pub sheets: Vec<String>,
    pub kinds: Vec<Facts>,
    pub lines: Vec<Line>,
    /// Entries without a line: duplicates, unreadable ones, and what no number tells apart.
    pub rest: Tally,
    pub levels: Levels,
    pub aside: Aside,
}

#[derive(Deserialize)]
struct Keys {
    region: String,
    tanggal_acuan: Option<String>,
    versi_standar: Option<String>,
    pointer: Option<String>,
    before: Before,
    sheets: Vec<String>,
    kinds: Vec<Kind>,
    entries: Vec<String>,
}

#[derive(Deserialize)]
struct Before {
    findings: usize,
    groups: usize,
    levels: Given,
    aside: GivenAside,
}

#[derive(Deserialize)]
struct Given {
    error: u64,
    warning: u64,
    note: u64,
}

#[derive(Deserialize)]
struct GivenAside {
    waived: u64,
    known: u64,
    off: std::collections::BTreeMap<String, u64>,
}

#[derive(Deserialize)]
struct Kind {
    criteria: [String; 6],
    reasons: [String; 6],
    claimed: Option<bool>,
    kecamatan: String,
    tipe_produsen: Option<Tipe>,
    jenis_koperasi: Option<Jenis>,
    tingkat: Vec<Tingkat>,
    activity: String,
    unkeyed: u64,
    duplicates: u64,
}

impl Side {
    /// Reads a submission of a report whose shape is sound.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn of(mut value: Value, lang: Lang) -> Result<Self, String> {
        let file = value["source"]["file"].as_str().unwrap_or_default();
        let file = file.to_owned();
        let said = shown(&file, 120);
        if value.get("keys").is_none() {
            return Err(say!(lang,
                id: "{said} tanpa sidik; buat laporannya dengan `koplint check --output-format json --keys`",
                en: "{said} has no digests; make the report with `koplint check --output-format json --keys`",
            ));
        }
        let refused = |what: &str| {
            say!(lang,
                id: "pembukuan {said} tidak cocok dengan sidiknya: {what}",
                en: "the books of {said} do not agree with its digests: {what}",
            )
        };
        let keys =
            Keys::deserialize(&value["keys"]).map_err(|error| refused(&error.to_string()))?;
        let lines = keys.entries.iter().map(|line| read(line));
        let lines = lines.collect::<Option<Vec<_>>>();
        let lines = lines.ok_or_else(|| refused("entries"))?;
        let kinds = keys.kinds.iter().map(facts);
        let kinds = kinds.collect::<Option<Vec<_>>>();
        let kinds = kinds.ok_or_else(|| refused("kinds"))?;
        let rest = rest(&value, &keys.kinds, &kinds, &lines).ok_or_else(|| refused("kinds"))?;
        let mut side = Self {
            sha256: value["source"]["sha256"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            region: keys.region,
            cutoff: keys.tanggal_acuan.as_deref().and_then(date::parse),
            version: keys.versi_standar,
            claimed: value["claimed"].as_u64().unwrap_or(0),
            complete: value["complete"] == true,
            pointer: keys.pointer,
            sheets: keys.sheets,
            levels: levels(&keys.before.levels).ok_or_else(|| refused("levels"))?,
            aside: aside(&keys.before.aside).ok_or_else(|| refused("aside"))?,
            value: Value::Null,
            file,
            kinds,
            lines,
            rest,
        };
        if let Some(part) = side.disagrees(&value) {
            return Err(refused(part));
        }
        for (list, most) in [
            ("findings", keys.before.findings),
            ("groups", keys.before.groups),
        ] {
            match value[list].as_array_mut() {
                Some(own) if own.len() >= most => own.truncate(most),
                _ => return Err(refused(list)),
            }
        }
        value["levels"] = value["keys"]["before"]["levels"].clone();
        value["aside"] = value["keys"]["before"]["aside"].clone();
        side.value = value;
        Ok(side)
    }

    /// Whether another copy of it gives the same counts.
    pub(super) fn counts_as(&self, other: &Self) -> bool {
        self.value["keys"]["kinds"] == other.value["keys"]["kinds"]
            && self.lines == other.lines
            && (&self.region, self.cutoff) == (&other.region, other.cutoff)
            && self.version == other.version
            && self.complete == other.complete
    }

    /// The part of the report that its digests do not give.
    fn disagrees(&self, value: &Value) -> Option<&'static str> {
        let mut tally = self.rest.clone();
        let mut seen = HashSet::with_capacity(self.lines.len());
        let mut last = 0;
        for line in &self.lines {
            let facts = self.kinds.get(line.kind as usize);
            let sheet = line
                .sheet
                .is_none_or(|at| (at as usize) < self.sheets.len());
            if !sheet || line.number <= last || !seen.insert(line.digest) {
                return Some("entries");
            }
            last = line.number;
            match facts {
                Some(facts) => tally.add(facts, false),
                None => return Some("entries"),
            }
        }
        let books = tally.books;
        let whole = books.unreadable == 0 && books.read > 0;
        let (by, places) = (&tally.breakdowns, true);
        let parts = [
            ("books", json!(BooksView::of(books))),
            ("counts", json!(CountsView(&tally.counts))),
            ("breakdowns", json!(BreakdownsView { by, places })),
            ("claimed_entries", tally.claimed.into()),
            ("plain", (tally.said == 0).into()),
            ("complete", (self.complete && whole).into()),
        ];
        let mut parts = parts.into_iter();
        let unlike = parts.find(|(name, own)| value[*name] != *own);
        let beyond = u64::from(last) > books.read;
        unlike.map(|(name, _)| name).or(beyond.then_some("entries"))
    }
}

impl province::Side for Side {
    fn file(&self) -> &str {
        &self.file
    }

    fn sha256(&self) -> &str {
        &self.sha256
    }

    fn region(&self) -> &str {
        &self.region
    }

    fn cutoff(&self) -> Option<Date> {
        self.cutoff
    }

    fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    fn claimed(&self) -> u64 {
        self.claimed
    }

    fn rest(&self) -> Tally {
        self.rest.clone()
    }

    fn entries(&self) -> impl Iterator<Item = (usize, u128, &Facts)> {
        let lines = self.lines.iter().enumerate();
        lines.filter_map(|(at, line)| {
            let facts = self.kinds.get(line.kind as usize)?;
            Some((at, line.digest, facts))
        })
    }
}

/// What stands in no line. None where there is more than can be.
fn rest(value: &Value, given: &[Kind], kinds: &[Facts], lines: &[Line]) -> Option<Tally> {
    let counts = given
        .iter()
        .flat_map(|kind| [kind.unkeyed, kind.duplicates]);
    let all = counts.chain([lines.len() as u64]);
    let all = all.fold(0_u64, u64::saturating_add);
    if all > MOST_ENTRIES {
        return None;
    }
    let mut tally = Tally::default();
    for (kind, facts) in given.iter().zip(kinds) {
        (0..kind.unkeyed).for_each(|_| tally.add(facts, false));
        (0..kind.duplicates).for_each(|_| tally.add(facts, true));
    }
    let unreadable = value["books"]["unreadable"].as_u64()?;
    all.checked_add(unreadable)
        .filter(|all| *all <= u64::from(u32::MAX))?;
    tally.unreadable(unreadable);
    Some(tally)
}

fn facts(kind: &Kind) -> Option<Facts> {
    let mut criteria = [Status::default(); 6];
    for (own, name) in criteria.iter_mut().zip(&kind.criteria) {
        *own = Status::ALL.into_iter().find(|one| one.name() == name)?;
    }
    let mut codes = [""; 6];
    for (own, code) in codes.iter_mut().zip(&kind.reasons) {
        *own = match &**code {
            "" => "",
            code => rules::find(code)?.code,
        };
    }
    Some(Facts {
        criteria,
        codes,
        claimed: kind.claimed,
        kecamatan: match &*kind.kecamatan {
            "" => Kecamatan::None,
            name => Kecamatan::Given(name.into()),
        },
        tipe: kind.tipe_produsen,
        jenis: kind.jenis_koperasi,
        tingkat: kind
            .tingkat
            .iter()
            .fold(0, |all, level| all | 1 << *level as u8),
        activity: Activity::ALL
            .into_iter()
            .find(|one| one.name() == kind.activity)?,
    })
}

/// Numbers that stand for findings: no sum of them overflows.
fn small(number: u64) -> Option<u64> {
    (number < 1 << 48).then_some(number)
}

fn levels(given: &Given) -> Option<Levels> {
    Some(Levels {
        error: small(given.error)?,
        warning: small(given.warning)?,
        note: small(given.note)?,
    })
}

fn aside(given: &GivenAside) -> Option<Aside> {
    let mut aside = Aside {
        waived: small(given.waived)?,
        known: small(given.known)?,
        ..Aside::default()
    };
    for (code, count) in &given.off {
        aside.off.insert(rules::find(code)?.code, small(*count)?);
    }
    Some(aside)
}

/// `number kind line column sheet digest`
fn read(line: &str) -> Option<Line> {
    let mut parts = line.split(' ');
    let mut next = || parts.next();
    let line = Line {
        number: next()?.parse().ok()?,
        kind: next()?.parse().ok()?,
        start: (next()?.parse().ok()?, next()?.parse().ok()?),
        sheet: match next()? {
            "-" => None,
            sheet => Some(sheet.parse().ok()?),
        },
        digest: u128::from_str_radix(next()?, 16).ok()?,
    };
    parts.next().is_none().then_some(line)
}
