use std::sync::Arc;

use super::*;
use crate::finding::Standing;
use crate::render::sample;

fn text(report: &Report) -> String {
    let mut out = Vec::new();
    write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap();
    rest.split_once(to).unwrap().0
}

#[test]
fn the_policy_is_of_what_is_inlined() {
    let page = text(&sample::report());
    let style = between(&page, "<style>", "</style>");
    let script = between(&page, "<script>", "</script>");
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"").replace("&#39;", "'");
    assert_eq!(policy, csp::policy(style, script));
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"));
    for never in ["style=\"", "onclick", "http://", "https://", "src=", "url("] {
        assert!(!page.contains(never), "{never}");
    }
    assert!(!STYLE.contains("</") && !SCRIPT.contains("</"));
}

#[test]
fn what_the_data_say_is_text() {
    let mut report = sample::report();
    let evil = "</script><script>x()</script><img src=x onerror=x()>\" onclick=\"x()";
    let submission = &mut report.submissions[0];
    submission.source.file = evil.to_owned();
    submission.header =
        serde_json::json!({ "produsen_data": evil, "tahun_data": 3_302_010_101_700_001_u64 });
    submission.difference[0].reason = evil.to_owned();
    submission.worklist[0].message = evil.to_owned();
    submission.breakdowns.kecamatan = [(evil.to_owned(), submission.counts[4])].into();
    submission.groups[0].mistake.field = evil.to_owned();
    let finding = &mut submission.findings[0];
    finding.message = evil.to_owned();
    finding.name = Some(evil.into());
    finding.key = Some(evil.into());
    finding.found = Some(evil.to_owned());
    finding.expected = Some(evil.to_owned());
    finding.help = Some(evil.to_owned());
    finding.mistake.field = evil.to_owned();
    finding.place.heading = Some(evil.to_owned());
    finding.related[0].label = evil.to_owned();
    report.failures[0].message = evil.to_owned();
    let page = text(&report);
    assert!(!page.contains("<img") && !page.contains("onclick=\"x"));
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("&#60;img src=x").count(), 16);
    assert!(page.contains("330201**********"));
    let unseen = |c: char| c != '\n' && crate::words::visible(c) != c;
    assert!(!page.contains(unseen));
}

#[test]
fn the_number_its_interval_and_the_way_to_it() {
    let mut report = sample::report();
    let page = text(&report);
    for words in [
        "<html lang=\"id\">",
        "<strong>7</strong>",
        "[7–8]",
        "TIDAK LENGKAP",
        "Yang dikerjakan lebih dulu",
        "RAT tidak lengkap",
        "−2",
        "Sokaraja",
        "12 entri dibaca = 7 terbukti",
        "href=\"#s1-g0\"",
        "id=\"s1-g1\"",
        "Periksa namanya.",
        "1 pengajuan tidak berubah sejak HEAD",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.find("Yang dikerjakan") < page.find("Dari dilaporkan"));
    report.lang = Lang::En;
    let page = text(&report);
    assert!(page.contains("<html lang=\"en\">") && page.contains("What to mend first"));
    assert!(!page.contains("Yang dikerjakan lebih dulu"));
    assert_eq!(page, text(&report));
}

#[test]
fn a_register_without_claims_says_so() {
    let mut report = sample::report();
    report.submissions[0].plain = true;
    report.submissions[0].claimed = None;
    let page = text(&report);
    assert!(page.contains("Register tanpa kolom"));
    assert!(page.contains("Syarat pertama yang gugur"));
    assert!(!page.contains("waterfall\">"));
}

#[test]
fn what_does_not_weigh_is_shown_as_such() {
    let mut report = sample::report();
    let submission = &mut report.submissions[0];
    submission.aside.known = 1;
    submission.aside.off = [("K007", 2)].into();
    let mut known = submission.findings[0].clone();
    known.standing = Standing::Known;
    known.name = Some(Arc::from("Koperasi Lama"));
    submission.add(known.clone());
    known.name = Some(Arc::from("berkas pengecualian"));
    report.settled.findings.push(known);
    let page = text(&report);
    assert!(page.contains("data-state=\"known\""));
    assert!(page.contains("value=\"known\" checked"));
    assert!(page.contains("2 temuan dimatikan oleh setelan (K007 2)"));
    let known = between(&page, "data-state=\"known\"", "</details>");
    assert!(known.contains("Koperasi Lama"));
    assert_eq!(page.matches("Koperasi Lama").count(), 1);
    let settled = between(&page, "id=\"settled\"", "id=\"rules\"");
    assert!(settled.contains("berkas pengecualian"));
}

#[test]
fn all_are_counted_and_some_are_shown() {
    let mut report = sample::report();
    let submission = &mut report.submissions[0];
    let first = submission.findings[0].clone();
    submission.findings[1].cause = Some(first.mistake.clone());
    for group in 0..700 {
        for _ in 0..60 {
            let mut finding = first.clone();
            finding.mistake.subject = format!("lain {group}");
            submission.add(finding);
        }
    }
    let page = text(&report);
    let shown = page.matches("<li>\n<span class=\"spot\">").count();
    assert_eq!(shown, 2_000);
    assert_eq!(page.matches("<details class=\"group").count(), 500);
    // 42,000 and the two groups of three.
    assert!(page.contains("500 dari 702 kelompok; 40006 temuan tidak ditampilkan"));
    assert!(page.contains("csv:temuan.csv"));
    assert!(page.contains("Dan 10 temuan lagi dari masalah ini"));
    assert!(page.len() < 3_000_000, "{}", page.len());
}

#[test]
fn several_share_the_room() {
    let room = Room {
        groups: 800,
        places: 3_000,
    };
    let most = |among| room.share(among, ONE);
    assert_eq!((most(1).groups, most(1).places), (500, 2_000));
    assert_eq!((most(100).groups, most(100).places), (8, 30));
    assert_eq!(most(0).groups, 500);
    let mut report = sample::report();
    for _ in 0..150 {
        report.submissions.append(&mut sample::report().submissions);
    }
    let page = text(&report);
    assert_eq!(page.matches("<article").count(), 100);
    assert!(page.contains("href=\"#s100\"") && !page.contains("href=\"#s101\""));
    assert!(page.contains("<h1>151 pengajuan"));
    assert!(page.len() < 3_000_000, "{}", page.len());
}
