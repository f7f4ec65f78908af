//! What of a report may be published: a number of one regency and year, or why there is none.

use std::collections::BTreeMap;

use crate::finding::Standing;
use crate::lang::Lang;
use crate::region::{self, Region};
use crate::render::province;
use crate::report::{Report, Submission};
use crate::rules;
use crate::say;
use crate::words::shown;

/// What header errors leave uncertain: whose number it is, of which year or of what. Only someone
/// who answers for one by a waiver takes it away: not a level, not a baseline.
const HEADER: [&str; 5] = ["H001", "H003", "H004", "H005", "H007"];

/// What was submitted for one regency and year.
pub(crate) struct Row<'a> {
    /// None: it cannot be told whose it is.
    pub region: Option<&'static Region>,
    /// `tahun_data`.
    pub year: Option<i32>,
    /// In the order of their files.
    pub submissions: Vec<&'a Submission>,
    /// Why there is no number, in the report's language; empty if there is one.
    pub why: Vec<String>,
}

impl<'a> Row<'a> {
    /// The submission whose number it is.
    pub(crate) fn sound(&self) -> Option<&'a Submission> {
        match (&self.submissions[..], &self.why[..]) {
            ([only], []) => Some(only),
            _ => None,
        }
    }
}

/// One row for each regency and year, in the order of their codes; what has no region or year
/// last.
pub(crate) fn rows(report: &Report) -> Vec<Row<'_>> {
    let mut by: BTreeMap<_, Vec<&Submission>> = BTreeMap::new();
    for submission in &report.submissions {
        let region = region_of(submission);
        let code = region.map(|region| region.code);
        // What cannot be placed is nobody else's.
        let own = match (code, submission.year) {
            (Some(_), Some(_)) => "",
            _ => &submission.source.file,
        };
        let key = (code.is_none(), code, submission.year, own);
        by.entry(key).or_default().push(submission);
    }
    let rows = by.into_values().map(|mut submissions| {
        submissions.sort_by_key(|one| &one.source.file);
        let first = submissions.first();
        Row {
            region: first.and_then(|one| region_of(one)),
            year: first.and_then(|one| one.year),
            why: why(&submissions, report.lang),
            submissions,
        }
    });
    rows.collect()
}

/// Why the province has no number of its own; none if it has one.
pub(crate) fn whole(report: &Report, rows: &[Row<'_>]) -> Option<String> {
    let lang = report.lang;
    let left = report.since.as_ref();
    if left.is_some_and(|since| !since.unchanged.is_empty()) {
        return Some(say!(lang,
            id: "tidak semua kiriman diperiksa (--since)",
            en: "not all submissions were checked (--since)",
        ));
    }
    let missing = rows.iter().filter(|row| row.sound().is_none()).count() + report.failures.len();
    if missing > 0 {
        return Some(say!(lang,
            id: "{missing} kiriman belum dapat dipakai",
            en: "{missing} submissions cannot be used yet",
        ));
    }
    if report.sum().is_none() {
        return Some(province::no_number(lang));
    }
    let mut times = rows.iter().filter_map(Row::sound);
    let first = times.next().map(|one| (one.year, one.cutoff));
    if times.any(|one| Some((one.year, one.cutoff)) != first) {
        return Some(say!(lang,
            id: "tahun data atau tanggal acuannya tidak sama",
            en: "their data years or cut-offs are not the same",
        ));
    }
    None
}

/// How many regencies there are rows of, and how many there are, where some are missing.
pub(crate) fn some(rows: &[Row<'_>], lang: Lang) -> Option<String> {
    let (here, all) = (rows.len(), region::all().len());
    (here < all).then(
        || say!(lang, id: "{here} dari {all} kabupaten/kota", en: "{here} of {all} regencies"),
    )
}

fn region_of(submission: &Submission) -> Option<&'static Region> {
    let name = submission.region?;
    region::all().iter().find(|region| region.name == name)
}

fn why(submissions: &[&Submission], lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    for own in submissions {
        if !own.complete {
            out.push(
                say!(lang, id: "kiriman tidak terbaca lengkap", en: "the submission was not read whole"),
            );
        }
        if own.region.is_none() {
            out.push(say!(lang, id: "kode wilayah tidak dikenal", en: "unknown region code"));
        }
        if own.year.is_none() {
            out.push(say!(lang, id: "tahun data tidak ada", en: "no data year"));
        }
        if own.cutoff.is_none() {
            out.push(say!(lang, id: "tanggal acuan tidak ada", en: "no cut-off"));
        }
        for code in HEADER {
            let mut groups = own.groups.iter();
            let open = groups.any(|group| {
                group.rule.code == code && !matches!(group.standing, Standing::Waived(_))
            });
            if open || own.aside.off.contains_key(code) {
                let title = rules::find(code).map_or("", |rule| rule.title.get(lang));
                out.push(format!("{code} {title}"));
            }
        }
    }
    out.dedup();
    if submissions.len() > 1 {
        let files = submissions.iter().map(|one| shown(&one.source.file, 80));
        let files = files.collect::<Vec<_>>().join(", ");
        out.push(say!(lang,
            id: "lebih dari satu kiriman untuk wilayah dan tahun ini: {files}",
            en: "more than one submission for this region and year: {files}",
        ));
    }
    out
}
