//! Small steps of a check, each alone, on a thousand generated entries: `cargo bench --bench micro`.

use std::io::Cursor;

use divan::{Bencher, counter::BytesCount, counter::ItemsCount};
use indicatif::ProgressBar;
use koplint::Options;
use koplint::criteria::{Criterion, Evidence, Judged};
use koplint::definition::{DEFAULT, Definition};
use koplint::entry::Entry;
use koplint::header::Header;
use koplint::lang::Lang;
use koplint::policy::Policy;
use koplint::read::json;
use koplint::read::open::Input;
use koplint::schema::{Schemas, Seen};
use koplint::tally::{Activity, Facts, Kecamatan, Tally};
use koplint::tape::{Doc, Tape};

#[allow(dead_code, reason = "faults are chosen by name in the generator alone")]
mod submission;

use submission::{Form, Plan};

const ENTRIES: u64 = 1000;

fn main() {
    divan::main();
}

fn plan(form: Form, bad: f64) -> Plan {
    let mut plan = Plan {
        form,
        entries: ENTRIES,
        seed: 1,
        shares: Vec::new(),
    };
    plan.all_kinds(bad);
    plan
}

fn bytes(plan: &Plan) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    submission::write(plan, &plan.truth(), &mut out).expect("writing into memory");
    out.into_inner()
}

fn lines(bad: f64) -> Vec<String> {
    let text = String::from_utf8(bytes(&plan(Form::Ndjson, bad))).expect("generated text");
    text.lines().map(str::to_owned).collect()
}

fn size(lines: &[String]) -> BytesCount {
    BytesCount::new(lines.iter().map(String::len).sum::<usize>())
}

fn fill(line: &str, tape: &mut Tape) {
    tape.clear();
    json::value(line, 0, line.len(), tape).expect("generated entries are JSON");
}

fn trees(lines: &[String]) -> Vec<Tape> {
    let mut tapes = Vec::new();
    for line in lines {
        let mut tape = Tape::new();
        fill(line, &mut tape);
        tapes.push(tape);
    }
    tapes
}

fn definition() -> Definition {
    Definition::read(DEFAULT.as_bytes()).expect("the definition that is built in")
}

fn header(definition: &Definition) -> Header {
    let text = submission::header_file(&plan(Form::Ndjson, 0.0).truth());
    let text = String::from_utf8(text).expect("generated text");
    let mut tape = Tape::new();
    fill(&text, &mut tape);
    Header::read(Doc::new(&tape, &text), definition)
}

/// From text to the tree.
#[divan::bench]
fn tree(bencher: Bencher<'_, '_>) {
    let lines = lines(0.0);
    let mut tape = Tape::new();
    let bencher = bencher
        .counter(size(&lines))
        .counter(ItemsCount::new(ENTRIES));
    bencher.bench_local(|| {
        for line in &lines {
            fill(line, &mut tape);
        }
    });
}

/// The JSON Schema's yes or no.
#[divan::bench(args = [0.0, 0.2])]
fn schema(bencher: Bencher<'_, '_>, bad: f64) {
    let lines = lines(bad);
    let trees = trees(&lines);
    let schemas = Schemas::compile().expect("the schema that is built in");
    let bencher = bencher
        .counter(size(&lines))
        .counter(ItemsCount::new(ENTRIES));
    bencher.bench_local(|| {
        let valid = lines.iter().zip(&trees).filter(|(line, tape)| {
            let root = Doc::new(tape, line).root();
            root.is_some_and(|root| schemas.entry().is_valid(Seen::Node(root)))
        });
        valid.count()
    });
}

/// From the tree to the typed view.
#[divan::bench]
fn view(bencher: Bencher<'_, '_>) {
    let lines = lines(0.0);
    let trees = trees(&lines);
    let mut entry = Entry::default();
    bencher.counter(ItemsCount::new(ENTRIES)).bench_local(|| {
        for (line, tape) in lines.iter().zip(&trees) {
            entry.read(Doc::new(tape, line), &[]);
        }
    });
}

/// The six judgements.
#[divan::bench(args = [0.0, 0.2])]
fn judgements(bencher: Bencher<'_, '_>, bad: f64) {
    let lines = lines(bad);
    let trees = trees(&lines);
    let definition = definition();
    let header = header(&definition);
    let mut judged = Judged::default();
    let views: Vec<(Doc<'_>, Entry)> = lines
        .iter()
        .zip(&trees)
        .map(|(line, tape)| {
            let doc = Doc::new(tape, line);
            let mut entry = Entry::default();
            entry.read(doc, &[]);
            (doc, entry)
        })
        .collect();
    bencher.counter(ItemsCount::new(ENTRIES)).bench_local(|| {
        for (doc, entry) in &views {
            judged.judge(&Evidence {
                doc: *doc,
                entry,
                calendar: header.calendar.as_ref(),
                definition: &definition,
            });
        }
    });
}

/// The sums.
#[divan::bench]
fn tally(bencher: Bencher<'_, '_>) {
    let lines = lines(0.2);
    let definition = definition();
    let header = header(&definition);
    let mut judged = Judged::default();
    let mut entry = Entry::default();
    let mut facts = Vec::new();
    for (line, tape) in lines.iter().zip(&trees(&lines)) {
        let doc = Doc::new(tape, line);
        entry.read(doc, &[]);
        judged.judge(&Evidence {
            doc,
            entry: &entry,
            calendar: header.calendar.as_ref(),
            definition: &definition,
        });
        facts.push(Facts {
            criteria: Criterion::ALL.map(|c| judged.of(c).status),
            codes: Criterion::ALL.map(|c| judged.of(c).code),
            claimed: entry.dihitung.value(),
            kecamatan: Kecamatan::Known("Cilongok"),
            tipe: entry.tipe_produsen.value(),
            jenis: entry.jenis_koperasi.value(),
            tingkat: judged.aid.levels,
            activity: Activity::Aktif,
        });
    }
    bencher.counter(ItemsCount::new(ENTRIES)).bench_local(|| {
        let mut tally = Tally::default();
        for one in &facts {
            tally.add(one, false);
        }
        tally
    });
}

/// The whole check of a file, from its first byte to the report.
#[divan::bench(args = ["ndjson", "json", "csv", "xlsx"], sample_count = 20)]
fn whole(bencher: Bencher<'_, '_>, form: &str) {
    let plan = plan(Form::find(form).expect("a format"), 0.0);
    let bytes = bytes(&plan);
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join(format!("data.{form}"));
    let beside = folder.path().join("data.kepala.json");
    std::fs::write(&path, &bytes).expect("writing a scratch file");
    if plan.form.header_beside() {
        std::fs::write(beside, submission::header_file(&plan.truth())).expect("writing");
    }
    let inputs = [Input {
        name: format!("data.{form}"),
        path: Some(path),
    }];
    let options = Options {
        lang: Lang::Id,
        today: koplint::date::parse("2026-11-23").expect("a date"),
        definition: definition(),
        definition_source: "built-in".to_owned(),
        header: None,
        policy: Policy::default(),
        keys: false,
        sheet: None,
        keep_all: false,
        evidence: false,
        excerpts: false,
        entries: false,
        mask: koplint::mask::Mask::default(),
        progress: ProgressBar::hidden(),
    };
    let bencher = bencher.counter(ItemsCount::new(ENTRIES));
    bencher.counter(BytesCount::new(bytes.len())).bench(|| {
        let report = koplint::check(&inputs, &options).expect("the built-in schema");
        assert_eq!(report.total.books.verified, ENTRIES);
        report
    });
}
