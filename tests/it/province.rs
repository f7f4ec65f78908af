//! Many submissions in one run: what is added, what is not, and in which order.

use koplint::lang::Lang;
use koplint::read::open::Input;
use koplint::render::OutputFormat;
use koplint::report::Report;
use koplint::tally::{Books, Tally};
use proptest::prelude::*;

use crate::regencies::{self, Kind, Regency, plan};
use crate::repo::Repo;
use crate::support::{json, options, rendered};

fn check(all: &[Regency]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    regencies::write(folder.path(), all);
    let inputs: Vec<Input> = (all.iter())
        .map(|regency| Input {
            name: regency.file.clone(),
            path: Some(folder.path().join(&regency.file)),
        })
        .collect();
    koplint::check(&inputs, &options(Lang::Id)).unwrap()
}

/// The plan's numbers of the regencies at these places.
fn books(places: impl Iterator<Item = usize>) -> Books {
    let mut out = Books::default();
    for at in places {
        let [verified, fallen, unproven] = plan(at).map(|(_, count)| count as u64);
        out.read += verified + fallen + unproven;
        out.verified += verified;
        out.not_met += fallen;
        out.unproven += unproven;
    }
    out
}

#[test]
fn the_whole_province_is_the_sum_of_its_regencies() {
    let report = check(&regencies::all());
    let sum = report.sum().unwrap();
    assert_eq!(sum.books, books(0..35));
    assert_eq!(sum.claimed, sum.books.read);
    let province = report.province.as_ref().unwrap();
    let part = &province.parts[0];
    assert_eq!((part.entities, part.shared), (sum.books.read, 0));
    assert_eq!(part.files.len(), 35);
    assert!(province.missing.is_empty() && province.twice.is_empty());
    assert!(province.unknown.is_empty() && report.complete);
}

/// The 15th missing, the second twice, two entities in two regencies, a code that is none.
fn planted() -> Vec<Regency> {
    let mut all = regencies::all();
    let good = all[5].entries[0].clone();
    all[9].entries.push(good);
    // The later copy alone would be verified; the first stands all the same.
    let mut mended = all[3].entries.last().unwrap().clone();
    assert_eq!(mended.kind, Kind::Fallen);
    mended.kind = Kind::Verified;
    all[20].entries.push(mended);
    let mut again = all[1].clone();
    again.file = "kiriman-kedua.json".to_owned();
    let mut strange = all[34].clone();
    strange.code = "51.08";
    strange.file = "buleleng.json".to_owned();
    for entry in &mut strange.entries {
        entry.number = entry.number.replace("XIV", "XV");
    }
    all.push(again);
    all.push(strange);
    all.remove(14);
    all
}

#[test]
fn what_stands_twice_or_not_at_all_is_said() {
    let report = check(&planted());
    let twice = books(1..2).read;
    let mut wanted = books((0..35).filter(|at| *at != 14));
    let strange = books(34..35);
    wanted.read += 2 + twice + strange.read;
    wanted.verified += strange.verified;
    wanted.not_met += strange.not_met;
    wanted.unproven += strange.unproven;
    wanted.duplicate += 2 + twice;
    let sum = report.sum().unwrap();
    assert_eq!(sum.books, wanted);
    assert_eq!(sum.claimed, wanted.read);
    let province = report.province.as_ref().unwrap();
    let part = &province.parts[0];
    assert_eq!(part.entities, wanted.read - wanted.duplicate);
    assert_eq!(part.shared, wanted.duplicate);
    let missing: Vec<_> = province.missing.iter().map(|own| own.code).collect();
    assert_eq!(missing, ["33.15"]);
    let both = ["33.02.json", "kiriman-kedua.json"].map(str::to_owned);
    assert_eq!(province.twice, [("33.02".to_owned(), both.to_vec())]);
    let unknown = ("buleleng.json".to_owned(), "51.08".to_owned());
    assert_eq!(province.unknown, [unknown]);
    assert!(report.complete);
    let files = report.submissions.iter().map(|one| &*one.source.file);
    let files: Vec<&str> = files.collect();
    assert_eq!(
        files[..3],
        ["33.01.json", "33.02.json", "kiriman-kedua.json"]
    );
    assert_eq!(files.last(), Some(&"buleleng.json"));
    let found = |file: &str| {
        let one = report.submissions.iter().find(|s| s.source.file == file);
        let all = one.unwrap().findings.iter();
        let all = all.filter(|finding| finding.rule.code == "D001");
        let first = all.map(|finding| finding.related[0].place.file.as_deref().unwrap());
        first.collect::<Vec<_>>()
    };
    assert_eq!(found("33.10.json"), ["33.06.json"]);
    assert_eq!(found("33.21.json"), ["33.04.json"]);
    assert_eq!(found("33.02.json"), [""; 0]);
    assert_eq!(found("kiriman-kedua.json").len() as u64, twice);
    for format in [
        OutputFormat::Full,
        OutputFormat::Concise,
        OutputFormat::Markdown,
        OutputFormat::Html,
        OutputFormat::Grouped,
    ] {
        let text = rendered(format, &report);
        for words in ["Kabupaten Grobogan", "kiriman-kedua.json", "(51.08)"] {
            let shown = text.contains(words) || text.replace('\\', "").contains(words);
            assert!(shown, "{format:?} {words}");
        }
    }
}

#[test]
fn what_does_not_fit_is_not_added() {
    let mut all = regencies::all();
    all[30].cutoff = "2024-12-31";
    all[31].version = "1.1";
    all[32].cutoff = "akhir tahun";
    // In another cut-off the entity is no duplicate.
    let same = all[0].entries[0].clone();
    all[30].entries.push(same);
    let report = check(&all);
    assert!(report.sum().is_none() && !report.complete);
    let province = report.province.as_ref().unwrap();
    let parts = province.parts.iter().map(|part| {
        let cutoff = part.cutoff.map(|day| day.to_string());
        (cutoff, part.version.clone().unwrap(), part.books)
    });
    let parts: Vec<_> = parts.collect();
    let mut other = books(30..31);
    other.read += 1;
    other.verified += 1;
    // Without a date nothing is proven; what is not met stays so only where no date is needed.
    let undated = report.submissions[32].books;
    assert_eq!((undated.read, undated.verified), (books(32..33).read, 0));
    let date = |text: &str| Some(text.to_owned());
    let rest = (0..35).filter(|at| ![30, 31, 32].contains(at));
    assert_eq!(
        parts,
        [
            (date("2024-12-31"), "1.0".to_owned(), other),
            (date("2025-12-31"), "1.0".to_owned(), books(rest)),
            (date("2025-12-31"), "1.1".to_owned(), books(31..32)),
            (None, "1.0".to_owned(), undated),
        ]
    );
    let value = json(&report);
    assert_eq!(value["total"]["counts"], serde_json::Value::Null);
    assert_eq!(value["total"]["province"]["parts"][2]["claimed"], 3);
    for format in [
        OutputFormat::Full,
        OutputFormat::Concise,
        OutputFormat::Markdown,
        OutputFormat::Html,
    ] {
        let text = rendered(format, &report);
        assert!(text.contains("BELUM ADA SATU ANGKA"), "{format:?}");
        assert!(text.contains("2024-12-31"), "{format:?}");
    }
}

#[test]
fn one_cutoff_that_cannot_be_read_gives_no_number() {
    let mut all = regencies::all();
    all.truncate(2);
    all.iter_mut().for_each(|one| one.cutoff = "besok");
    let report = check(&all);
    assert!(report.sum().is_none() && !report.complete);
    assert_eq!(report.province.unwrap().parts.len(), 1);
}

#[test]
fn a_regencys_own_files_miss_nobody() {
    let mut all = regencies::all();
    all.truncate(1);
    let mut more = all[0].clone();
    more.file = "b.json".to_owned();
    all.push(more);
    let province = check(&all).province.unwrap();
    assert!(province.missing.is_empty());
    assert_eq!(province.twice.len(), 1);
}

#[test]
fn what_is_left_out_on_request_is_not_missing() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = regencies::all();
    all.truncate(2);
    let paths = regencies::write(folder.path(), &all);
    let inputs = paths.into_iter().zip(&all).map(|(path, regency)| Input {
        name: regency.file.clone(),
        path: Some(path),
    });
    let inputs: Vec<Input> = inputs.collect();
    let missing = |partial: bool| {
        let mut options = options(Lang::Id);
        options.policy.partial = partial;
        let report = koplint::check(&inputs, &options).unwrap();
        report.province.unwrap().missing.len()
    };
    assert_eq!((missing(false), missing(true)), (33, 0));
}

#[test]
fn neither_order_nor_threads_change_a_byte() {
    let repo = Repo::new();
    let mut all = planted();
    all[30].cutoff = "2024-12-31";
    regencies::write(&repo.path(""), &all);
    let mut files: Vec<&str> = all.iter().map(|one| &*one.file).collect();
    files.push("tidak-ada.json");
    let mut seen = Vec::new();
    for (turn, threads) in [(0, "1"), (11, "2"), (23, "1"), (36, "2")] {
        let mut files = files.clone();
        files.rotate_left(turn);
        if turn % 2 == 1 {
            files.reverse();
        }
        let args = ["--threads", threads, "--output-format", "json"];
        let out = repo.run(&[&files[..], &args].concat());
        assert_eq!(out.code, 3, "{out:?}");
        assert!(out.errors.contains("BELUM ADA SATU ANGKA"), "{out:?}");
        seen.push(out.text);
    }
    assert!(seen.iter().all(|text| *text == seen[0]));
    let quiet = repo.run(&[".", "--quiet"]);
    assert_eq!((quiet.code, &*quiet.text), (3, ""));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn disjoint_submissions_add_up(
        shape in prop::collection::vec((0..35_usize, 0..4_usize, 0..4_usize), 2..6)
    ) {
        let whole = regencies::all();
        let all: Vec<Regency> = shape.iter().enumerate().map(|(at, (region, more, kind))| {
            let mut own = whole[*region].clone();
            own.file = format!("{at}.json");
            let kind = [Kind::Verified, Kind::Fallen, Kind::Unproven, Kind::Verified][*kind];
            let mut entry = own.entries[0].clone();
            entry.kind = kind;
            own.entries.extend(std::iter::repeat_n(entry, *more));
            for (number, entry) in own.entries.iter_mut().enumerate() {
                entry.number = format!("{}/BH/KOP.{at}/2008", number + 1);
            }
            own
        }).collect();
        let report = check(&all);
        let sum = report.sum().unwrap();
        let mut parts = Tally::default();
        let mut claimed = 0;
        for one in &all {
            let alone = check(std::slice::from_ref(one));
            let own = alone.sum().unwrap();
            claimed += own.claimed;
            parts.merge(&Tally {
                books: own.books,
                counts: own.counts,
                breakdowns: own.breakdowns.clone(),
                ..Tally::default()
            });
        }
        prop_assert_eq!(sum.books, parts.books);
        prop_assert_eq!(sum.counts, parts.counts);
        prop_assert_eq!(&sum.breakdowns, &parts.breakdowns);
        prop_assert_eq!(sum.claimed, claimed);
    }
}
