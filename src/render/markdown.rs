//! A summary for a job or a pull request: the counts, why they differ, what to mend first. It stays
//! below what GitHub takes for a comment, and says what was cut.

use std::io::{self, Write};

use crate::lang::Lang;
use crate::render::{labels, page, parts};
use crate::report::{Report, Submission};
use crate::say;
use crate::tally::{Books, CONCEPTS, Counts};

pub(crate) mod text;

use text::{Sheet, escaped};

/// Rows of a table.
const ROWS: usize = 20;
/// Rows of the table of submissions.
const FILES: usize = 100;

/// Writes the report.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let lang = report.lang;
    let mut sheet = Sheet::default();
    if !report.complete {
        sheet.line(&format!("> **{}**", escaped(&parts::unusable(report), 400)));
        for failure in report.failures.iter().take(ROWS) {
            let (file, said) = (escaped(&failure.file, 200), escaped(&failure.message, 300));
            sheet.line(&format!("> - {file}: {said}"));
        }
        rest(report.failures.len(), ROWS, "> - ", lang, &mut sheet);
        sheet.line("");
    }
    for said in parts::said(report) {
        sheet.line(&format!("> {}\n", escaped(&said, 1_200)));
    }
    own(report, &mut sheet);
    match &report.submissions[..] {
        [] => {}
        [one] => submission(one, lang, &mut sheet),
        all => {
            total(report, all, &mut sheet);
            for one in all {
                if sheet.is_full() {
                    break;
                }
                submission(one, lang, &mut sheet);
            }
        }
    }
    out.write_all(sheet.end(lang).as_bytes())
}

/// What `shown` of `all` leaves out.
fn rest(all: usize, shown: usize, before: &str, lang: Lang, sheet: &mut Sheet) {
    let more = all.saturating_sub(shown);
    if more > 0 {
        let text = say!(lang, id: "dan {more} lagi", en: "and {more} more");
        sheet.line(&format!("{before}{text}"));
    }
}

fn total(report: &Report, all: &[Submission], sheet: &mut Sheet) {
    let lang = report.lang;
    let files = all.len();
    let title = say!(lang, id: "{files} pengajuan", en: "{files} submissions");
    sheet.line(&format!("## koplint: {title}\n"));
    if let Some(sum) = report.sum() {
        numbers(&sum.counts, sum.books, Some(sum.claimed), lang, sheet);
    }
    let aside = labels::aside(&report.total.aside, lang);
    sheet.line(&format!(
        "{}{aside}\n",
        labels::levels(report.total.levels, lang)
    ));
    sheet.line(match lang {
        Lang::Id => "| berkas | terbukti | dilaporkan | temuan |",
        Lang::En => "| file | verified | claimed | findings |",
    });
    sheet.line("|---|---:|---:|---|");
    for one in all.iter().take(FILES) {
        let [.., count] = one.counts;
        let file = escaped(&one.source.file, 200);
        let claimed = one
            .claimed
            .map_or_else(|| "-".to_owned(), |claimed| claimed.to_string());
        let aside = labels::aside(&one.aside, lang);
        let levels = labels::levels(one.levels, lang) + &aside;
        let flag = if one.complete { "" } else { " **!**" };
        let (verified, upper) = (count.verified, count.upper);
        sheet.line(&format!(
            "| {file}{flag} | {verified} \\[{verified}–{upper}\\] | {claimed} | {levels} |"
        ));
    }
    rest(all.len(), FILES, "\n", lang, sheet);
    sheet.line("");
}

/// The five concepts and the books.
fn numbers(counts: &Counts, books: Books, claimed: Option<u64>, lang: Lang, sheet: &mut Sheet) {
    let [.., last] = *counts;
    let (verified, upper) = (last.verified, last.upper);
    let mut text = say!(lang,
        id: "**Jumlah terbukti: {verified} Unit \\[{verified}–{upper}\\]**",
        en: "**Verified count: {verified} Unit \\[{verified}–{upper}\\]**",
    );
    if let Some(claimed) = claimed {
        text += &say!(lang, id: ", dilaporkan {claimed}", en: ", claimed {claimed}");
    }
    sheet.line(&format!("{text}\n"));
    sheet.line(match lang {
        Lang::Id => "| | terbukti | paling banyak |",
        Lang::En => "| | verified | at most |",
    });
    sheet.line("|---|---:|---:|");
    for (label, count) in labels::CONCEPTS.iter().zip(counts).take(CONCEPTS.len()) {
        let label = label.get(lang);
        sheet.line(&format!(
            "| {label} | {} | {} |",
            count.verified, count.upper
        ));
    }
    let Books {
        read,
        verified,
        not_met,
        unproven,
        duplicate,
        unreadable,
    } = books;
    let text = say!(lang,
        id: "{read} entri dibaca = {verified} terbukti + {not_met} gugur + {unproven} tidak terbukti + {duplicate} ganda + {unreadable} tidak terbaca",
        en: "{read} entries read = {verified} verified + {not_met} not met + {unproven} unproven + {duplicate} duplicate + {unreadable} unreadable",
    );
    sheet.line(&format!("\n{text}\n"));
}

fn submission(submission: &Submission, lang: Lang, sheet: &mut Sheet) {
    let file = escaped(&submission.source.file, 200);
    let region = submission
        .region
        .map(|region| format!(" ({})", escaped(region, 80)));
    sheet.line(&format!(
        "## koplint: {file}{}\n",
        region.unwrap_or_default()
    ));
    if !submission.complete {
        sheet.line(&format!(
            "> **{}**\n",
            escaped(&parts::incomplete(lang), 400)
        ));
    }
    numbers(
        &submission.counts,
        submission.books,
        submission.claimed,
        lang,
        sheet,
    );
    difference(submission, lang, sheet);
    causes(submission, lang, sheet);
    aside(submission, lang, sheet);
    worklist(submission, lang, sheet);
}

fn difference(submission: &Submission, lang: Lang, sheet: &mut Sheet) {
    let steps = &submission.difference;
    if steps.is_empty() {
        return;
    }
    let [.., last] = submission.counts;
    let claimed = submission.claimed.unwrap_or(submission.claimed_entries);
    sheet.line(match lang {
        Lang::Id => "| dari dilaporkan ke terbukti | |\n|---|---:|",
        Lang::En => "| from claimed to verified | |\n|---|---:|",
    });
    let row = |text: &str, number: &str| format!("| {text} | {number} |");
    let begin = say!(lang, id: "dilaporkan", en: "claimed");
    sheet.line(&row(&begin, &claimed.to_string()));
    for step in steps.iter().take(ROWS) {
        let text = format!("{} {}", step.code, escaped(&step.reason, 200));
        sheet.line(&row(&text, &format!("{:+}", step.effect)));
    }
    if let Some(left) = steps.get(ROWS..).filter(|left| !left.is_empty()) {
        let (more, effect) = (left.len(), left.iter().map(|step| step.effect).sum::<i64>());
        let text = say!(lang, id: "{more} sebab lagi", en: "{more} more reasons");
        sheet.line(&row(&text, &format!("{effect:+}")));
    }
    let end = say!(lang, id: "**terbukti**", en: "**verified**");
    sheet.line(&row(&end, &format!("**{}**", last.verified)));
    sheet.line("");
}

fn causes(submission: &Submission, lang: Lang, sheet: &mut Sheet) {
    let aside = labels::aside(&submission.aside, lang);
    let levels = labels::levels(submission.levels, lang);
    sheet.line(&format!("**{levels}**{aside}\n"));
    let all: Vec<_> = parts::open(submission).collect();
    if all.is_empty() {
        return;
    }
    sheet.line(match lang {
        Lang::Id => "| | masalah | di | contoh |\n|---|---|---|---|",
        Lang::En => "| | problem | in | example |\n|---|---|---|---|",
    });
    for (index, group) in all.iter().take(ROWS) {
        let code = group.rule.code;
        let level = labels::level(group.level).get(lang);
        let message = escaped(parts::message(submission, group, lang), 240);
        let behind = parts::follow(submission, *index);
        let behind: u64 = behind.map(|(_, group)| group.count).sum();
        let mut count = parts::count(group, lang);
        if behind > 0 {
            count += &say!(lang, id: ", {behind} akibat", en: ", {behind} follow");
        }
        let spot = parts::first(submission, group).map(|first| {
            let spot = labels::spot_and_heading(&first.place, &submission.source.file, lang);
            escaped(&spot, 200)
        });
        sheet.line(&format!(
            "| {level} [{code}]({}) | {message} | {count} | {} |",
            page(code),
            spot.unwrap_or_default(),
        ));
    }
    rest(all.len(), ROWS, "\n", lang, sheet);
    sheet.line("");
}

/// What does not weigh: the waived, each with who answers for it, and the known by rule.
fn aside(submission: &Submission, lang: Lang, sheet: &mut Sheet) {
    let all: Vec<_> = parts::waived(submission).collect();
    if !all.is_empty() {
        sheet.line(match lang {
            Lang::Id => "| dikecualikan | masalah | di |\n|---|---|---|",
            Lang::En => "| waived | problem | in |\n|---|---|---|",
        });
    }
    for group in all.iter().take(ROWS) {
        let code = group.rule.code;
        let why = escaped(&labels::standing(&group.standing, lang), 400);
        let message = escaped(parts::message(submission, group, lang), 240);
        let first = parts::first(submission, group);
        let entry = first.and_then(|first| parts::entry(first, lang));
        let mut whose = parts::count(group, lang);
        if let Some(entry) = entry {
            whose += &format!(": {}", escaped(&entry, 200));
        }
        sheet.line(&format!(
            "| {why} | [{code}]({}) {message} | {whose} |",
            page(code)
        ));
    }
    rest(all.len(), ROWS, "\n", lang, sheet);
    if !all.is_empty() {
        sheet.line("");
    }
    let known = parts::known(submission);
    if !known.is_empty() {
        let label = say!(lang, id: "Sudah dikenal (baseline)", en: "Known (baseline)");
        sheet.line(&format!("{label}: {}\n", labels::by_code(&known)));
    }
}

/// What is to be said of the waivers and the baseline themselves.
fn own(report: &Report, sheet: &mut Sheet) {
    let (lang, all) = (report.lang, &report.settled.findings);
    if all.is_empty() {
        return;
    }
    sheet.line(match lang {
        Lang::Id => "| | pengecualian dan baseline | di |\n|---|---|---|",
        Lang::En => "| | waivers and baseline | at |\n|---|---|---|",
    });
    for finding in all.iter().take(ROWS) {
        let (level, code) = (labels::level(finding.level).get(lang), finding.rule.code);
        let message = escaped(&finding.message, 240);
        let spot = escaped(&labels::spot(&finding.place, ""), 200);
        sheet.line(&format!(
            "| {level} [{code}]({}) | {message} | {spot} |",
            page(code)
        ));
    }
    rest(all.len(), ROWS, "\n", lang, sheet);
    sheet.line("");
}

fn worklist(submission: &Submission, lang: Lang, sheet: &mut Sheet) {
    if submission.worklist.is_empty() {
        return;
    }
    sheet.line(match lang {
        Lang::Id => "Perbaiki dahulu:\n",
        Lang::En => "Mend first:\n",
    });
    for (number, work) in (1..).zip(submission.worklist.iter().take(ROWS)) {
        let (code, entries, proven) = (work.code, work.entries, work.proven);
        let message = escaped(&work.message, 240);
        let tail = say!(lang,
            id: "{entries} entri; bila ini juga diperbaiki, {proven} dapat terbukti",
            en: "entries: {entries}; proven once this is mended too: {proven}",
        );
        sheet.line(&format!("{number}. {code} {message} ({tail})"));
    }
    sheet.line("");
}
