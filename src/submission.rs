//! One submission from its first byte to its books: chunks in, results brought together in the
//! order of the source.

use std::collections::VecDeque;
use std::sync::{Arc, mpsc};

use indicatif::ProgressBar;
use jiff::civil::Date;

use crate::check::{self, Job, Keys};
use crate::definition::Definition;
use crate::finding::{Draft, Found, Where};
use crate::header::Header;
use crate::lang::Lang;
use crate::mask::Veil;
use crate::merge::table::Before;
use crate::personal;
use crate::policy::paths::Spot;
use crate::policy::{Desk, Policy};
use crate::read::open::{self, Input, OpenError};
use crate::read::{Chunk, Chunks, HeaderText, document};
use crate::report::{Source, Submission};
use crate::rule::Run;
use crate::rules;
use crate::say;
use crate::schema::Schemas;
use crate::tally::{Difference, Tally};
use crate::tape::{Doc, Span, Tape};
use crate::together::{Gathered, Kept};

mod head;

use head::{file_faults, header_finding, header_findings};

/// What a rule looks at that runs when all entries are read.
#[derive(Clone, Copy, Debug)]
pub struct EndCx<'a> {
    /// The language of messages.
    pub lang: Lang,
    /// The header's tree.
    pub doc: Doc<'a>,
    /// The header.
    pub header: &'a Header,
    /// All sums.
    pub tally: &'a Tally,
    /// No entry says whether it is counted.
    pub plain: bool,
    /// Dates of sound RATs with the number of (distinct) entries that have one on that day.
    pub rat_dates: &'a [(Date, u64)],
    /// Entries that have any sound RAT.
    pub entries_with_rat: u64,
    /// From claimed to verified.
    pub difference: &'a [Difference],
}

/// What all submissions of a run share.
pub(crate) struct RunCx<'a> {
    pub lang: Lang,
    pub today: Date,
    pub definition: &'a Definition,
    pub schemas: &'a Schemas,
    /// The header that options give, as JSON.
    pub flags: Option<&'a str>,
    pub policy: &'a Policy,
    pub desk: &'a Desk<'a>,
    /// The sheet of a workbook's register, where one is asked for.
    pub sheet: Option<&'a str>,
    /// Keep every finding, not only each group's first.
    pub keep_all: bool,
    /// Cut excerpts of the source.
    pub excerpts: bool,
    /// What is hidden.
    pub veil: Veil<'a>,
    /// Keep a line for every entry.
    pub entries: bool,
    /// Keep its evidence too.
    pub evidence: bool,
    /// There are others, so keep what tells entities apart.
    pub many: bool,
    pub keys: &'a Keys,
    /// Keep what merging reports needs.
    pub digests: bool,
    pub progress: &'a ProgressBar,
}

/// Checks one submission.
///
/// # Errors
/// Why it could not be opened, or what the system said while reading.
pub(crate) fn run(cx: &RunCx<'_>, input: &Input) -> Result<(Submission, Kept), OpenError> {
    let state = cx.desk.state();
    match once(cx, input, false) {
        Err(OpenError::Io(error)) if document::is_not_plain(&error) => {
            cx.desk.restore(state);
            once(cx, input, true)
        }
        outcome => outcome,
    }
}

fn once(cx: &RunCx<'_>, input: &Input, again: bool) -> Result<(Submission, Kept), OpenError> {
    let given = cx.policy.header(&Spot::of(input), cx.flags);
    let (flags, from) = given.as_ref().map(|(text, from)| (&**text, *from)).unzip();
    let mut begun = open::open(
        input,
        again,
        flags,
        cx.sheet,
        &cx.schemas.shape,
        cx.progress,
    )?;
    if let (Some(from), Some(open::FROM_OPTIONS)) = (from, begun.header_from.as_deref()) {
        begun.header_from = Some(from.to_owned());
    }
    let given = begun.opened.header.take();
    let headless = given.is_none();
    let header_text = given.unwrap_or_else(no_header);
    let doc = Doc::new(&header_text.tape, &header_text.text);
    let grid = header_text.grid.as_deref();
    let header = Header::read(doc, cx.definition);
    let code = doc.root().and_then(|root| root.get("kode_wilayah"));
    let code = code.and_then(|code| code.as_str());
    let region = header.region.map(|region| region.code);
    let code = region.or(code).unwrap_or_default();
    let mut gathered = Gathered::new(
        cx,
        cx.desk.open(input, code),
        begun.opened.remembered.take(),
    );
    file_faults(cx, &begun, &mut gathered);
    let undated = header_findings(cx, &begun, doc, &header, grid, headless, &mut gathered);
    gathered.tally.unreadable(begun.opened.unreadable);
    let format = begun.opened.format.clone();
    let job = Job {
        lang: cx.lang,
        definition: cx.definition,
        schemas: cx.schemas,
        header: &header,
        format: &*format,
        undated,
        excerpts: cx.excerpts,
        veil: cx.veil,
        keys: cx.keys,
        digests: cx.digests,
        evidence: cx.evidence,
    };
    entries(&job, &mut *begun.opened.chunks, &mut gathered)?;
    let name = begun.opened.name;
    let plain = gathered.tally.said == 0;
    let claimed = header.jumlah_dilaporkan.value();
    let difference = difference(cx.lang, &gathered.tally, claimed, plain);
    let end = EndCx {
        lang: cx.lang,
        doc,
        header: &header,
        tally: &gathered.tally,
        plain,
        rat_dates: &gathered.rat_dates(),
        entries_with_rat: gathered.entries_with_rat,
        difference: &difference,
    };
    let mut drafts = end_findings(&end);
    let read = gathered.tally.books.read;
    if read == 0 && gathered.findings.iter().all(|f| f.rule.code != "F006") {
        drafts.push(no_entries(cx.lang));
    }
    for draft in &drafts {
        gathered.add(header_finding(cx, &begun, doc, grid, draft));
    }
    let complete = !begun.opened.partial && gathered.tally.books.unreadable == 0 && read > 0;
    let header_file = begun.header_from.clone();
    let (sha256, bytes) = begun.finish()?;
    let source = Source {
        file: input.name.clone(),
        header_file,
        sha256,
        bytes,
        format: name,
    };
    let mut kept = gathered.take_kept(code);
    kept.cutoff = header.tanggal_acuan.value();
    let version = header.versi_standar;
    let version = version.value().and(version.at());
    let version = version.and_then(|at| doc.node(at).as_str());
    kept.version = version.map(|version| version.trim().to_owned());
    // What is personal stands in no key.
    let shown = |text: &str| personal::masked(text).into_owned();
    let of_keys = (shown(&kept.region), kept.version.as_deref().map(shown));
    let summary = gathered.finish(cx.lang);
    let mut shown_header = header_text.value();
    cx.veil.header(&mut shown_header);
    let keys = summary.keys.map(|mut keys| {
        (keys.region, keys.version) = of_keys;
        keys.cutoff = header.tanggal_acuan.value();
        keys.before = Before::of(
            &summary.findings,
            &summary.groups,
            summary.levels,
            &summary.aside,
        );
        keys
    });
    let submission = Submission {
        source,
        header: shown_header,
        region: header.region.map(|region| region.name),
        year: header.tahun_data.value(),
        cutoff: header.tanggal_acuan.value(),
        books: summary.tally.books,
        counts: summary.tally.counts,
        claimed,
        claimed_entries: summary.tally.claimed,
        plain,
        difference,
        breakdowns: summary.tally.breakdowns,
        groups: summary.groups,
        findings: summary.findings,
        levels: summary.levels,
        aside: summary.aside,
        worklist: summary.worklist,
        entries: summary.entries,
        keys,
        changes: summary.changes,
        complete,
    };
    Ok((submission, kept))
}

fn no_header() -> HeaderText {
    let mut tape = Tape::new();
    tape.begin_object(Span::default());
    tape.end(0);
    HeaderText {
        tape,
        text: Arc::default(),
        grid: None,
    }
}

/// Chunks in the order of the source: while some are checked, the next ones are read and those
/// before are brought together.
fn entries(
    job: &Job<'_>,
    chunks: &mut dyn Chunks,
    gathered: &mut Gathered<'_>,
) -> std::io::Result<()> {
    /// Chunks at work for each thread: enough that none waits.
    const EACH: usize = 4;
    let first = chunks.next()?;
    let mut ahead: VecDeque<Chunk> = first.into_iter().chain(chunks.next()?).collect();
    // A small submission needs no threads, and a thread of the pool may not wait for the others.
    if ahead.len() < 2
        || rayon::current_thread_index().is_some()
        || rayon::current_num_threads() == 1
    {
        while let Some(chunk) = ahead.pop_front() {
            gathered.chunk(job, &chunk, check::chunk(job, &chunk));
            ahead.extend(chunks.next()?);
        }
        return Ok(());
    }
    let most = rayon::current_num_threads() * EACH;
    rayon::in_place_scope(|scope| {
        let mut at_work = VecDeque::new();
        loop {
            while at_work.len() < most
                && let Some(chunk) = match ahead.pop_front() {
                    None => chunks.next()?,
                    read => read,
                }
            {
                let (give, checked) = mpsc::channel();
                let own = chunk.clone();
                // Nobody takes it where the reading failed.
                scope.spawn(move |_| drop(give.send(check::chunk(job, &own))));
                at_work.push_back((chunk, checked));
            }
            // A thread that gives nothing has panicked; the scope panics too.
            let Some((chunk, Ok(checked))) =
                at_work.pop_front().map(|(c, checked)| (c, checked.recv()))
            else {
                return Ok(());
            };
            gathered.chunk(job, &chunk, checked);
        }
    })
}

/// The rules that look at the whole submission.
fn end_findings(end: &EndCx<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for rule in rules::all() {
        if let Run::End(look) = rule.run {
            look(end, &mut Found::new(rule, end.lang, &mut drafts));
        }
    }
    // The schema cannot know whether the register is a plain one.
    let field = end.header.jumlah_dilaporkan;
    if !end.plain
        && field.is_missing()
        && let Some(rule) = rules::find("S001")
    {
        let name = "jumlah_dilaporkan".to_owned();
        let at = field
            .at()
            .map_or_else(|| Where::Missing(0, name.clone()), Where::Node);
        let message = say!(
            end.lang,
            id: "`jumlah_dilaporkan` tidak diisi, padahal ada koperasi yang diberi tanda `dihitung`",
            en: "`jumlah_dilaporkan` is missing, though entries say whether they are counted",
        );
        Found::new(rule, end.lang, &mut drafts)
            .at(at, message)
            .subject(name);
    }
    drafts
}

fn no_entries(lang: Lang) -> Draft {
    let fault = crate::read::Fault {
        kind: crate::read::FaultKind::NoEntries,
        span: Span::default(),
        related: None,
        field: String::new(),
    };
    let mut draft = rules::file::draft(&fault, lang);
    draft.at = Where::All;
    draft
}

/// From claimed to verified: the effects add up to the difference.
fn difference(lang: Lang, tally: &Tally, claimed: Option<u64>, plain: bool) -> Vec<Difference> {
    let mut out = Vec::new();
    if plain {
        return out;
    }
    let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    if let Some(claimed) = claimed.filter(|claimed| *claimed != tally.claimed) {
        let marked = tally.claimed;
        out.push(Difference {
            reason: say!(
                lang,
                id: "angka yang dilaporkan ({claimed}) tidak sama dengan jumlah koperasi bertanda dihitung ({marked})",
                en: "the number reported ({claimed}) is not the number of entries claimed ({marked})",
            ),
            code: "J001",
            entries: claimed.abs_diff(tally.claimed),
            effect: signed(tally.claimed) - signed(claimed),
        });
    }
    for ((code, unproven), count) in &tally.claimed_not_verified {
        let title = rules::find(code).map_or("", |rule| rule.title.get(lang));
        let reason = if *unproven {
            say!(lang, id: "tidak terbukti: {title}", en: "not proven: {title}")
        } else {
            title.to_owned()
        };
        out.push(Difference {
            reason,
            code,
            entries: *count,
            effect: -signed(*count),
        });
    }
    if tally.unclaimed_verified > 0 {
        out.push(Difference {
            reason: say!(lang, id: "terbukti tetapi tidak diberi tanda dihitung", en: "proven but not claimed"),
            code: "J003",
            entries: tally.unclaimed_verified,
            effect: signed(tally.unclaimed_verified),
        });
    }
    out
}
