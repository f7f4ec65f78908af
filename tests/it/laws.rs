//! Laws that hold for whatever comes.

use std::collections::BTreeMap;

use koplint::criteria::Status;
use koplint::render::OutputFormat;
use koplint::report::{Report, Submission, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{check_text, rendered, root};

fn document() -> Value {
    let file = root().join("fixtures/banyumas.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn run(document: &Value) -> Report {
    check_text("uji.json", document.to_string().as_bytes(), None)
}

fn sound(submission: &Submission) {
    assert!(submission.books.close(), "{:?}", submission.books);
    for count in submission.counts {
        assert!(count.verified <= count.upper);
    }
    assert_eq!(submission.counts[4].verified, submission.books.verified);
    let upper = submission.books.verified + submission.books.unproven;
    assert_eq!(submission.counts[4].upper, upper);
    if let Some(claimed) = submission.claimed
        && !submission.plain
    {
        let effects: i64 = submission.difference.iter().map(|d| d.effect).sum();
        let claimed = i64::try_from(claimed).unwrap();
        assert_eq!(
            claimed + effects,
            i64::try_from(submission.books.verified).unwrap()
        );
    }
    let tree: u64 = (submission.breakdowns.sipd.values())
        .map(|s| s.dibantu.sum() + s.mandiri.sum() + s.tidak_terbukti.sum())
        .sum();
    let books = submission.books;
    assert_eq!(tree, books.verified + books.not_met + books.unproven);
    for finding in &submission.findings {
        let place = &finding.place;
        assert!((place.end_line, place.end_column) >= (place.line, place.column));
        if let Some(excerpt) = &place.excerpt {
            assert!(excerpt.text.get(excerpt.start..excerpt.end).is_some());
        }
    }
    for group in &submission.groups {
        assert!(!group.first.is_empty() && group.count > 0);
    }
}

fn changed() -> impl Strategy<Value = Value> {
    let value = prop_oneof![
        Just(Value::Null),
        Just(json!([])),
        Just(json!({})),
        Just(json!("")),
        Just(json!("produsen")),
        Just(json!("1900-01-01")),
        Just(json!("2024-05-05")),
        Just(json!(20_222)),
        Just(json!(-1)),
        Just(json!(true)),
        Just(json!(false)),
        ".{0,10}".prop_map(Value::from),
    ];
    let step = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        value,
    );
    prop::collection::vec(step, 0..6).prop_map(|steps| {
        let mut document = document();
        for (entry, member, value) in steps {
            let entries = document["koperasi"].as_array_mut().unwrap();
            let at = entry.index(entries.len());
            let entry = &mut entries[at];
            let mut pointers = Vec::new();
            pointers_of(entry, String::new(), &mut pointers);
            let pointer = &pointers[member.index(pointers.len())];
            *entry.pointer_mut(pointer).unwrap() = value;
            if !entry.is_object() {
                *entry = json!({});
            }
        }
        document
    })
}

fn pointers_of(value: &Value, at: String, out: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, v)| (name.clone(), v)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(n, v)| (n.to_string(), v))
            .collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        let path = format!("{at}/{name}");
        out.push(path.clone());
        pointers_of(child, path, out);
    }
    if out.is_empty() {
        out.push(at);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), name in prop::sample::select(vec!["a.json", "a.ndjson", "a.csv", "a"])) {
        let report = check_text(name, &bytes, Some("{}"));
        for submission in &report.submissions {
            sound(submission);
        }
        for format in [OutputFormat::Full, OutputFormat::Concise, OutputFormat::Json, OutputFormat::JsonLines] {
            rendered(format, &report);
        }
    }

    #[test]
    fn no_broken_table_makes_it_panic(cuts in prop::collection::vec((any::<prop::sample::Index>(), "[;,\"\n\r\t '=#0-9/\\-éA\u{0}]{0,4}"), 0..12)) {
        let file = root().join("fixtures/formats/sama.csv");
        let mut text = std::fs::read_to_string(file).unwrap();
        for (at, with) in cuts {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            text.insert_str(places[at.index(places.len())], &with);
        }
        let report = check_text("a.csv", text.as_bytes(), Some("{}"));
        sound(&report.submissions[0]);
        rendered(OutputFormat::Full, &report);
    }

    #[test]
    fn books_close_whatever_the_entries_say(document in changed()) {
        let report = run(&document);
        sound(&report.submissions[0]);
        rendered(OutputFormat::Full, &report);
        rendered(OutputFormat::Concise, &report);
    }

    #[test]
    fn shuffling_changes_no_entrys_own_findings(mut document in changed(), seed in any::<u64>()) {
        let own = |report: &Report| {
            let submission = &report.submissions[0];
            let twice: Vec<&str> = submission.entries.iter().filter(|e| e.verdict == Verdict::Ganda).map(|e| e.key.as_str()).collect();
            let mut all = BTreeMap::<String, Vec<String>>::new();
            for finding in &submission.findings {
                let key = finding.key.as_deref().unwrap_or_default();
                let both = ["D001", "D002", "D003"].contains(&finding.rule.code);
                // An entry without a number is known by its place alone.
                if finding.entry.is_some() && !both && !key.starts_with('#') && !twice.contains(&key) {
                    let said = format!("{} {} {}", finding.rule.code, finding.mistake.field, finding.message);
                    all.entry(key.to_owned()).or_default().push(said);
                }
            }
            all
        };
        let before = own(&run(&document));
        let entries = document["koperasi"].as_array_mut().unwrap();
        let mut state = seed | 1;
        for at in (1..entries.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            entries.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
        }
        prop_assert_eq!(before, own(&run(&document)));
    }

    #[test]
    fn another_sound_item_never_lowers_a_criterion(document in changed(), at in any::<prop::sample::Index>()) {
        let before = run(&document);
        let mut more = document.clone();
        let entries = more["koperasi"].as_array_mut().unwrap();
        let at = at.index(entries.len());
        let good = [
            ("kegiatan_usaha", json!({"tahun_buku": 2024, "uraian": "pengolahan hasil", "melayani_anggota": true})),
            ("bantuan_pemerintah", json!({"tahun": 2025, "pemberi": "Dinas Pertanian", "tingkat": "provinsi", "bentuk": "pelatihan", "status": "diterima"})),
            ("rat", json!({"tahun_buku": 2024, "tanggal": "2025-06-29", "nomor_berita_acara": "unik/1"})),
            ("layanan_anggota", json!("konsultasi")),
        ];
        for (list, item) in good {
            if let Some(list) = entries[at].get_mut(list).and_then(Value::as_array_mut) {
                list.push(item);
            }
        }
        let after = run(&more);
        let (old, new) = (&before.submissions[0].entries[at], &after.submissions[0].entries[at]);
        let rank = |status: Status| match status {
            Status::TidakTerpenuhi => 0,
            Status::TidakTerbukti => 1,
            Status::Terpenuhi => 2,
        };
        if after.submissions[0].findings.iter().all(|f| f.entry != Some(new.number) || !["R003", "R007", "B009"].contains(&f.rule.code)) {
            for (old, new) in old.criteria.iter().zip(&new.criteria) {
                prop_assert!(rank(*new) >= rank(*old), "{old:?} {new:?}");
            }
        }
    }
}

#[test]
fn one_thread_gives_the_bytes_that_many_give() {
    let document = document();
    let entries = document["koperasi"].as_array().unwrap();
    let mut header = document.clone();
    header.as_object_mut().unwrap().remove("koperasi");
    let mut text = header.to_string() + "\n";
    for n in 0..3000_usize {
        let mut entry = entries[n % entries.len()].clone();
        if n % 7 != 0 {
            entry["nomor_badan_hukum"] = json!(format!("{n}/BH/XIV.1/2008"));
        }
        text += &(entry.to_string() + "\n");
    }
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let report = pool.install(|| check_text("a.ndjson", text.as_bytes(), None));
        sound(&report.submissions[0]);
        rendered(OutputFormat::Json, &report)
    };
    let one = with(1);
    assert!(one.len() > 1_000_000);
    for threads in [2, 5] {
        assert!(with(threads) == one, "{threads} threads");
    }
}
