//! What stands before the entries: the reader's faults and the header's findings.

use std::sync::Arc;

use super::RunCx;
use crate::check::place_of;
use crate::finding::{Draft, Finding, Found, Mistake, Standing, Where, field_of, value_of};
use crate::grid::Grid;
use crate::header::{Header, HeaderCx};
use crate::lang::Lang;
use crate::place::Locator;
use crate::read::ndjson::Ndjson;
use crate::read::open::{self, Begun};
use crate::read::{Chunk, Format};
use crate::rule::Run;
use crate::rules;
use crate::say;
use crate::schema::Seen as OnTape;
use crate::tape::{Doc, Span, Tape};
use crate::together::Gathered;

/// What the reader met before the first entry.
pub(super) fn file_faults(cx: &RunCx<'_>, begun: &Begun, gathered: &mut Gathered<'_>) {
    let Some(chunk) = &begun.opened.faults_in else {
        return;
    };
    let locator = chunk.locator(cx.excerpts);
    for fault in &begun.opened.faults {
        let draft = rules::file::draft(fault, cx.lang);
        let Where::Piece(span, field) = &draft.at else {
            continue;
        };
        let mut finding = plain_finding(&draft, field.clone());
        let text = |span: Span| chunk.text.get(span.range()).unwrap_or_default();
        let secrets = cx.veil.secrets(Doc::new(&Tape::new(), ""), text(*span));
        if secrets.in_text(&finding.message) {
            draft
                .rule
                .title
                .get(cx.lang)
                .clone_into(&mut finding.message);
        }
        finding.help = finding.help.filter(|help| !secrets.in_text(help));
        finding.place = locator.place(*span);
        for (at, label) in &draft.related {
            if let Where::Piece(span, _) = at {
                let place = locator.place(*span);
                finding.related.push(crate::finding::Related {
                    place,
                    label: label.clone(),
                });
            }
        }
        gathered.add(finding);
    }
}

fn plain_finding(draft: &Draft, field: String) -> Finding {
    Finding {
        rule: draft.rule,
        level: draft.level,
        message: draft.message.clone(),
        help: draft.help.clone(),
        found: None,
        expected: draft.expected.clone(),
        entry: None,
        key: None,
        name: None,
        mistake: Mistake::new(draft.rule.code, &field, &draft.subject),
        place: crate::place::Place::default(),
        related: Vec::new(),
        cause: None,
        times: draft.times,
        standing: Standing::Open,
        known: false,
    }
}

/// Schema and rules of the header. Returns the finding that leaves everything undated.
pub(super) fn header_findings(
    cx: &RunCx<'_>,
    begun: &Begun,
    doc: Doc<'_>,
    header: &Header,
    grid: Option<&Grid>,
    no_header: bool,
    gathered: &mut Gathered<'_>,
) -> Option<Mistake> {
    let validator = if begun.opened.name == "json" {
        cx.schemas.document()
    } else {
        cx.schemas.header()
    };
    let mut drafts = Vec::new();
    // A submission that cannot be read as far as its header says so already.
    if no_header && begun.opened.partial {
        return None;
    }
    if let Some(root) = doc.root() {
        let errors = validator.iter_errors(OnTape::Node(root));
        (drafts, _) = rules::schema::all(errors, doc, "kepala.", &cx.schemas.shape, cx.lang);
    }
    let look = HeaderCx {
        lang: cx.lang,
        doc,
        header,
        definition: cx.definition,
        today: cx.today,
    };
    for rule in rules::all() {
        if let Run::Header(run) = rule.run {
            run(&look, &mut Found::new(rule, cx.lang, &mut drafts));
        }
    }
    let mut undated = None;
    let whole = no_header.then(|| missing_header(cx)).flatten();
    let cause = whole.as_ref().map(|finding| finding.mistake.clone());
    if let Some(finding) = whole {
        gathered.add(finding);
    }
    for draft in &drafts {
        let mut finding = header_finding(cx, begun, doc, grid, draft);
        finding.cause.clone_from(&cause);
        if draft.rule.code == "S001" && begun.opened.name != "json" {
            finding.help = Some(how_to_give_a_header(cx.lang));
        }
        if header.calendar.is_none()
            && undated.is_none()
            && finding.mistake.field == "kepala.tanggal_acuan"
        {
            undated = cause.clone().or_else(|| Some(finding.mistake.clone()));
        }
        gathered.add(finding);
    }
    undated
}

/// The one mistake from which all missing members of a header follow.
fn missing_header(cx: &RunCx<'_>) -> Option<Finding> {
    let mut drafts = Vec::new();
    let rule = rules::find("S001")?;
    let message = say!(
        cx.lang,
        id: "pengajuan ini tidak membawa kepala (wilayah, tahun, tanggal acuan, …)",
        en: "this submission brings no header (region, year, cut-off, …)",
    );
    Found::new(rule, cx.lang, &mut drafts)
        .at(Where::All, message)
        .subject("kepala")
        .help(how_to_give_a_header(cx.lang));
    drafts
        .first()
        .map(|draft| plain_finding(draft, "kepala".to_owned()))
}

fn how_to_give_a_header(lang: Lang) -> String {
    say!(
        lang,
        id: "Tulis di lembar `Kepala` (buku kerja) atau di `<nama berkas>.kepala.json` di samping berkas ini, atau pakai opsi `--wilayah`, `--tahun`, `--tanggal-acuan`, `--produsen-data`, `--wali-data`, `--jumlah-dilaporkan`.",
        en: "Write it in the sheet `Kepala` (of a workbook) or in `<file name>.kepala.json` beside this file, or use the options `--wilayah`, `--tahun`, `--tanggal-acuan`, `--produsen-data`, `--wali-data`, `--jumlah-dilaporkan`.",
    )
}

pub(super) fn header_finding(
    cx: &RunCx<'_>,
    begun: &Begun,
    doc: Doc<'_>,
    grid: Option<&Grid>,
    draft: &Draft,
) -> Finding {
    let field = match draft.at {
        Where::All => String::new(),
        _ => format!("kepala.{}", field_of(doc, &draft.at)),
    };
    let mut finding = plain_finding(draft, field);
    let from = begun.header_from.as_deref();
    let locator = Locator {
        grid,
        excerpts: cx.excerpts && !from.is_some_and(open::is_no_file),
        ..Locator::new(doc.text())
    };
    let place = |at: &Where| {
        let format: &dyn Format = &Ndjson;
        let chunk = Chunk {
            text: Arc::default(),
            start: 0,
            end: 0,
            line: 1,
            column: 1,
            pairs: 0,
            broken: [].into(),
            grid: None,
        };
        let mut place = match at {
            Where::All => crate::place::Place::default(),
            at if doc.text().is_empty() || from.is_some_and(open::is_no_file) => {
                let pointer = place_of(format, &chunk, doc, &locator, Span::default(), at).pointer;
                crate::place::Place {
                    pointer,
                    ..crate::place::Place::default()
                }
            }
            at => place_of(format, &chunk, doc, &locator, Span::default(), at),
        };
        place.file = from.filter(|_| *at != Where::All).map(Into::into);
        place
    };
    finding.found = value_of(doc, &draft.at);
    finding.place = place(&draft.at);
    for (at, label) in &draft.related {
        finding.related.push(crate::finding::Related {
            place: place(at),
            label: label.clone(),
        });
    }
    finding
}
