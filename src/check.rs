//! Checks the entries of one chunk: schema, judgements, rules. No thread knows of another.

use std::ops::Range;

use jiff::civil::Date;

use crate::codes::Jenis;
use crate::criteria::{Criterion, Evidence, Judged, Status};
use crate::definition::Definition;
use crate::entry::{Entry, Text};
use crate::finding::{Draft, Finding, Found, Mistake, Where, field_of};
use crate::header::Header;
use crate::lang::Lang;
use crate::mask::Veil;
use crate::read::{Chunk, Fault, Format, Record};
use crate::rule::Run;
use crate::rules;
use crate::schema::{Schemas, Seen as OnTape};
use crate::tally::Facts;
use crate::tape::{At, Doc, Kind, Span, Tape};
use crate::trace::{self, Trace};
use crate::{nomor, words};

mod facts;
mod ground;
mod identity;

use facts::facts;
pub(crate) use ground::place_of;
use ground::{Ground, count};
pub(crate) use identity::Keys;
use identity::identify;

/// What an entry rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct EntryCx<'a> {
    /// The language of messages.
    pub lang: Lang,
    /// The entry's tree.
    pub doc: Doc<'a>,
    /// The entry.
    pub entry: &'a Entry,
    /// Its judgements.
    pub judged: &'a Judged,
    /// The header.
    pub header: &'a Header,
    /// The indicator's parameters.
    pub definition: &'a Definition,
    /// The shape of a sound `nomor_badan_hukum`.
    pub shape: Option<nomor::Shape>,
    /// `dihitung` is true.
    pub claimed: bool,
    /// All criteria are met.
    pub verified: bool,
}

impl<'a> EntryCx<'a> {
    /// The text of a sound field.
    #[must_use]
    pub fn text(&self, field: Text) -> Option<&'a str> {
        let at = field.value().and(field.at())?;
        self.doc.node(at).as_str()
    }

    /// A value as a message shows it.
    #[must_use]
    pub fn shown(&self, at: At) -> String {
        words::shown(self.doc.node(at).shown(), 60)
    }

    /// The header's `kode_wilayah`, as given.
    #[must_use]
    pub fn header_code(&self) -> Option<&'a str> {
        self.header.code.as_deref()
    }

    /// Whether a sound `jenis_koperasi` is a producer's.
    #[must_use]
    pub fn is_producer(&self) -> Option<bool> {
        let jenis: Jenis = self.entry.jenis_koperasi.value()?;
        Some(self.definition.jenis.contains(&jenis))
    }
}

/// What all chunks of a submission share.
pub(crate) struct Job<'a> {
    pub lang: Lang,
    pub definition: &'a Definition,
    pub schemas: &'a Schemas,
    pub header: &'a Header,
    pub format: &'a dyn Format,
    /// The header's finding that leaves everything undated.
    pub undated: Option<Mistake>,
    pub excerpts: bool,
    pub veil: Veil<'a>,
    pub keys: &'a Keys,
    /// Whether to work out digests.
    pub digests: bool,
    pub evidence: bool,
}

/// What is left of one record for bringing entries together.
pub(crate) struct Seen {
    /// None: it cannot be read as an entry.
    pub facts: Option<Facts>,
    /// The legal entity.
    pub key: Option<u128>,
    /// The legal entity as other machines know it, where that is asked for.
    pub digest: Option<u128>,
    /// A well-formed NIK.
    pub nik: Option<u64>,
    /// Name and kecamatan.
    pub name: Option<u128>,
    /// Line and column at which the record begins.
    pub start: (u32, u32),
    /// Characters before it in its line that are two units in UTF-16.
    pub pairs: Option<u32>,
    /// The places of number, NIK and name.
    pub spans: [Span; 3],
    /// The record.
    pub span: Span,
    /// Normalised number in the chunk's texts; empty if it identifies nothing.
    pub number: Span,
    /// `nama_koperasi`, shortened.
    pub title: Span,
    /// Its findings.
    pub findings: Range<usize>,
    /// Its sound RAT dates.
    pub rats: Range<usize>,
    /// Of an unproven entry: what stands in the way.
    pub obstacles: Vec<(Mistake, &'static str)>,
    /// Its evidence, where asked for.
    pub trace: Option<Box<Trace>>,
}

/// The result of one chunk.
#[derive(Default)]
pub(crate) struct Checked {
    pub seen: Vec<Seen>,
    /// Numbers and titles, one behind the other.
    pub texts: String,
    pub findings: Vec<Finding>,
    pub rats: Vec<Date>,
    /// Findings that are counted, not listed.
    pub counted: Vec<Finding>,
}

/// Memory that is used again for every record.
#[derive(Default)]
struct Scratch {
    tape: Tape,
    faults: Vec<Fault>,
    entry: Entry,
    judged: Judged,
    drafts: Vec<Draft>,
    refused: Vec<At>,
    letters: String,
}

/// Checks a chunk.
pub(crate) fn chunk(job: &Job<'_>, chunk: &Chunk) -> Checked {
    let mut scratch = Scratch::default();
    let mut out = Checked::default();
    let mut locator = chunk.locator(job.excerpts);
    let mut pos = chunk.start;
    loop {
        scratch.tape.clear();
        scratch.faults.clear();
        scratch.drafts.clear();
        let (record, span) =
            job.format
                .record(chunk, &mut pos, &mut scratch.tape, &mut scratch.faults);
        if record == Record::End {
            return out;
        }
        locator.advance(span.start as usize);
        let doc = Doc::new(&scratch.tape, &chunk.text);
        let ground = Ground {
            job,
            chunk,
            doc,
            locator,
            span,
        };
        for fault in &scratch.faults {
            let draft = rules::file::draft(fault, job.lang);
            if fault.kind.is_counted() {
                count(&mut out.counted, &ground, draft);
            } else {
                scratch.drafts.push(draft);
            }
        }
        let readable = match record {
            Record::Entry => doc.root().is_some_and(|root| root.kind() == Kind::Object),
            _ => false,
        };
        if record == Record::Skipped {
            continue;
        }
        let from = out.findings.len();
        let mut seen = Seen {
            facts: None,
            key: None,
            digest: None,
            nik: None,
            name: None,
            start: (locator.line, locator.column),
            pairs: locator.pairs,
            spans: [span; 3],
            span,
            number: Span::default(),
            title: Span::default(),
            findings: from..from,
            rats: out.rats.len()..out.rats.len(),
            obstacles: Vec::new(),
            trace: None,
        };
        if record == Record::Entry {
            schema(&ground, &mut scratch.drafts, &mut scratch.refused);
        }
        if readable {
            scratch.entry.read(doc, &scratch.refused);
            let (entry, judged) = (&scratch.entry, &mut scratch.judged);
            let texts = (&mut out.texts, &mut scratch.letters);
            judge(
                &ground,
                entry,
                judged,
                &mut scratch.drafts,
                &mut seen,
                texts,
            );
            for (rat, void) in entry.rats.iter().zip(&judged.rat.void) {
                out.rats
                    .extend(rat.tanggal.value().filter(|_| void.is_none()));
            }
            out.rats[seen.rats.start..].sort_unstable();
            seen.rats.end = out.rats.len();
        }
        follow(doc, &mut scratch.drafts);
        for draft in &scratch.drafts {
            let finding = ground.finding(draft, &scratch.drafts);
            out.findings.push(finding);
        }
        seen.findings.end = out.findings.len();
        out.seen.push(seen);
    }
}

/// The schema: the quick look first, the list of errors only where it fails.
fn schema(ground: &Ground<'_>, drafts: &mut Vec<Draft>, refused: &mut Vec<At>) {
    refused.clear();
    let Some(root) = ground.doc.root() else {
        return;
    };
    let node = OnTape::Node(root);
    if ground.job.schemas.accept.accepts(root) {
        return;
    }
    let validator = ground.job.schemas.entry();
    if validator.is_valid(node) {
        return;
    }
    let (shape, lang) = (&ground.job.schemas.shape, ground.job.lang);
    let errors = validator.iter_errors(node);
    let (found, refuses) = rules::schema::all(errors, ground.doc, "", shape, lang);
    refused.extend(refuses);
    for mut draft in found {
        if let (true, Where::Missing(..)) = (ground.job.format.is_table(), &draft.at) {
            let field = field_of(ground.doc, &draft.at);
            let blank = ground.doc.tape().blank_of(&field, 0).is_some();
            draft.help = Some(rules::schema::cell(&field, blank, lang));
        }
        drafts.push(draft);
    }
}

fn judge(
    ground: &Ground<'_>,
    entry: &Entry,
    judged: &mut Judged,
    drafts: &mut Vec<Draft>,
    seen: &mut Seen,
    texts: (&mut String, &mut String),
) {
    let (job, doc) = (ground.job, ground.doc);
    judged.judge(&Evidence {
        doc,
        entry,
        calendar: job.header.calendar.as_ref(),
        definition: job.definition,
    });
    let status = |c: Criterion| judged.of(c).status;
    let number = entry.nomor_badan_hukum;
    let number = number
        .value()
        .and(number.at())
        .and_then(|at| doc.node(at).as_str());
    let cx = EntryCx {
        lang: job.lang,
        doc,
        entry,
        shape: number.map(nomor::shape),
        judged,
        header: job.header,
        definition: job.definition,
        claimed: entry.dihitung.value() == Some(true),
        verified: Criterion::ALL
            .iter()
            .all(|c| status(*c) == Status::Terpenuhi),
    };
    run(&cx, drafts);
    let facts = facts(&cx, job.veil);
    if facts.status(&Criterion::ALL) == Status::TidakTerbukti {
        for criterion in Criterion::ALL {
            let judgement = judged.of(criterion);
            if judgement.status == Status::TidakTerbukti {
                seen.obstacles.push(ground.obstacle(judgement, drafts));
            }
        }
        seen.obstacles.sort_unstable();
        seen.obstacles.dedup();
    }
    identify(ground, &cx, seen, texts);
    if job.evidence {
        let trace = trace::of(&cx, job.veil, seen.nik, &facts.kecamatan);
        seen.trace = Some(Box::new(trace));
    }
    seen.facts = Some(facts);
}

/// Of two findings on one value the one that names the mistake more exactly is the cause; so is
/// what was said of a cell that counts as blank for it.
fn follow(doc: Doc<'_>, drafts: &mut [Draft]) {
    const PAIRS: [(&str, &str); 5] = [
        ("K004", "F011"),
        ("R004", "F011"),
        ("K008", "X001"),
        ("S001", "F012"),
        ("S001", "F013"),
    ];
    for at in 0..drafts.len() {
        let place = match &drafts[at].at {
            Where::Node(node) => Some(doc.node(*node).place()),
            Where::Missing(node, _) => {
                let field = field_of(doc, &drafts[at].at);
                doc.tape().blank_of(&field, *node)
            }
            _ => None,
        };
        let Some(place) = place else { continue };
        let same = |other: &&Draft| {
            let code = (drafts[at].rule.code, other.rule.code);
            PAIRS.contains(&code)
                && match &other.at {
                    Where::Piece(span, _) => *span == place,
                    other => *other == drafts[at].at,
                }
        };
        if let Some(cause) = drafts.iter().find(same).map(|other| other.at.clone()) {
            drafts[at].because = Some(cause);
        }
    }
}

/// Runs the rules that look at an entry.
fn run(cx: &EntryCx<'_>, drafts: &mut Vec<Draft>) {
    for (run, rule) in rules::of_entries() {
        match run {
            Run::Entry(look) => look(cx, &mut Found::new(rule, cx.lang, drafts)),
            Run::Definition(criterion, look) if cx.claimed => {
                let judgement = cx.judged.of(*criterion);
                if judgement.status != Status::Terpenuhi && judgement.code == rule.code {
                    look(cx, judgement, &mut Found::new(rule, cx.lang, drafts));
                }
            }
            _ => {}
        }
    }
}
