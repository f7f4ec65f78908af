//! A copy of the submission as a workbook: every mistake marked where it stands, a sheet in front
//! that sums up, a verdict beside every entry.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};

use sha2::{Digest, Sha256};

use crate::definition::hex;
use crate::lang::Lang;
use crate::read::table::heading::RESULTS;
use crate::render::labels;
use crate::report::{EntryLine, Report, Submission};
use crate::rules;
use crate::say;
use crate::workbook::{Earlier, Error, NewColumns, Package, RESULT_SHEET};

mod base;
mod first;
mod marks;
mod sheets;

use base::Base;
use marks::mark;

/// The largest file of which a copy is made.
const MOST_BYTES: u64 = 512 << 20;

/// Writes the copy.
///
/// # Errors
/// There is not one submission, its file is not as it was, or it cannot be marked.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let lang = report.lang;
    let [submission] = report.submissions.as_slice() else {
        return Err(io::Error::other(say!(lang,
            id: "salinan bertanda perlu tepat satu pengajuan yang terbaca",
            en: "a marked copy needs exactly one submission that was read",
        )));
    };
    let bytes = source(submission, lang)?;
    let failed = |error: Error| io::Error::other(error.words(lang));
    let base = Base::of(submission, bytes, lang)?;
    let mut package = Package::open(base.bytes).map_err(failed)?;
    let places = base.places;
    let marked = mark(&mut package, submission, &places, lang).map_err(failed)?;
    let columns = verdicts(submission, &places, lang);
    for (sheet, columns) in columns {
        package.append_columns(&sheet, columns).map_err(failed)?;
    }
    let is_new = package.remembered().map(|mut remembered| {
        let findings = submission.findings.iter();
        findings.map(|finding| remembered.meet(finding)).collect()
    });
    let page = first::page(report, submission, &places, &marked, is_new);
    package.first_sheet(RESULT_SHEET, page);
    package.remember(submission.findings.iter().map(Earlier::from).collect());
    let mut copy = Cursor::new(Vec::new());
    package.write(&mut copy).map_err(failed)?;
    out.write_all(&copy.into_inner())
}

/// The file's bytes, if they are still the ones that were checked.
fn source(submission: &Submission, lang: Lang) -> io::Result<Vec<u8>> {
    let source = &submission.source;
    if source.bytes > MOST_BYTES {
        return Err(io::Error::other(say!(lang,
            id: "berkas ini terlalu besar untuk salinan bertanda",
            en: "this file is too large for a marked copy",
        )));
    }
    let bytes = std::fs::read(&source.file)?;
    if hex(&Sha256::digest(&bytes)) != source.sha256 {
        let file = labels::spot(&crate::place::Place::default(), &source.file);
        return Err(io::Error::other(say!(lang,
            id: "{file} berubah sejak diperiksa; periksa sekali lagi",
            en: "{file} has changed since it was checked; check it again",
        )));
    }
    Ok(bytes)
}

/// Verdict and reasons of every entry, by sheet.
fn verdicts(
    submission: &Submission,
    places: &base::Places,
    lang: Lang,
) -> BTreeMap<String, NewColumns> {
    // Where the headings are, says the note on how the table was read.
    let notes = submission.findings.iter();
    let notes = notes.filter(|finding| finding.rule.code == "F017");
    let heads: BTreeMap<String, u32> = notes
        .filter_map(|finding| places.cell(&finding.place))
        .map(|(sheet, row, _)| (sheet, row))
        .collect();
    let mut out: BTreeMap<String, NewColumns> = BTreeMap::new();
    for entry in &submission.entries {
        let Some((sheet, row, _)) = places.cell(&entry.place) else {
            continue;
        };
        let columns = out.entry(sheet).or_default();
        let verdict = labels::verdict(entry.verdict).get(lang).to_owned();
        columns
            .rows
            .insert(row, vec![verdict, reasons(entry, lang)]);
    }
    let [putusan, alasan, verdict, reasons] = RESULTS;
    let headings = match lang {
        Lang::Id => [putusan, alasan],
        Lang::En => [verdict, reasons],
    };
    out.retain(|sheet, columns| {
        let first = columns.rows.keys().next().copied().unwrap_or(0);
        let head = heads.get(sheet).copied().filter(|head| *head < first);
        columns.header_row = head.unwrap_or(first.saturating_sub(1));
        let widths = [18.0, 60.0];
        let headings = headings.into_iter().map(str::to_owned).zip(widths);
        columns.headings = headings.collect();
        columns.header_row > 0
    });
    out
}

/// Whose verdict it is (rows may be sorted without their neighbours), and why.
fn reasons(entry: &EntryLine, lang: Lang) -> String {
    let why = entry.reasons.iter().map(|(criterion, code)| {
        let title = rules::find(code).map(|rule| rule.title.get(lang));
        let title = title.unwrap_or(labels::criterion(*criterion).get(lang));
        format!("{code} {title}")
    });
    let why: Vec<String> = why.collect();
    format!("[{}] {}", entry.key, why.join("; "))
        .trim_end()
        .to_owned()
}
