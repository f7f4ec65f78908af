//! The sheet in front: what was counted, what to mend first, every finding with a way to its cell.

use crate::finding::{Finding, Standing};
use crate::lang::Lang;
use crate::render::{labels, parts, safe};
use crate::report::{Report, Submission};
use crate::rules;
use crate::say;
use crate::workbook::{Changes, Look, Page, Text, Tone};

use super::base::Places;
use super::marks::{Marked, fix, tone};

/// Findings that are listed.
const MOST: usize = 20_000;
/// Steps of the worklist, and solved findings, that are listed.
const STEPS: usize = 30;
const SOLVED: usize = 500;

/// Builds the sheet.
pub(super) fn page(
    report: &Report,
    submission: &Submission,
    places: &Places,
    marked: &Marked,
    is_new: Option<Vec<bool>>,
) -> Page {
    let lang = report.lang;
    let mut page = Page {
        widths: vec![12.0, 8.0, 26.0, 34.0, 70.0, 60.0, 12.0],
        ..Page::default()
    };
    let rows = &mut page.rows;
    summary(report, submission, places, rows);
    legend(marked, lang, rows);
    if let Some(made) = &submission.changes {
        changes(made, lang, rows);
    }
    own(report, rows);
    worklist(submission, lang, rows);
    rows.push(Vec::new());
    let count = submission.findings.len();
    rows.push(line(
        say!(lang, id: "Temuan ({count})", en: "Findings ({count})"),
        Look::Bold,
    ));
    if count > MOST {
        let more = count - MOST;
        rows.push(line(
            say!(lang, id: "{more} temuan lagi tidak didaftar di sini", en: "{more} more findings are not listed here"),
            Look::Alarm,
        ));
    }
    let headings = match lang {
        Lang::Id => [
            "Tingkat",
            "Kode",
            "Tempat",
            "Koperasi",
            "Masalah",
            "Yang harus dilakukan",
            "Keadaan",
        ],
        Lang::En => [
            "Level",
            "Code",
            "Place",
            "Cooperative",
            "Problem",
            "What to do",
            "State",
        ],
    };
    let aside = submission
        .findings
        .iter()
        .any(|own| own.standing != Standing::Open);
    if aside {
        page.widths[6] = 40.0;
    }
    let shown = headings.len() - usize::from(is_new.is_none() && !aside);
    let headings = headings[..shown]
        .iter()
        .map(|text| Text::new(*text, Look::Bold));
    rows.push(headings.collect());
    page.list = u32::try_from(rows.len()).ok();
    for (at, finding) in submission.findings.iter().take(MOST).enumerate() {
        let mut row = self::finding(finding, submission, places, lang);
        let since = is_new.as_ref().map(|is_new| match (lang, is_new.get(at)) {
            (Lang::Id, Some(true)) => "baru",
            (Lang::Id, _) => "masih ada",
            (Lang::En, Some(true)) => "new",
            (Lang::En, _) => "left",
        });
        let why = labels::standing(&finding.standing, lang);
        let state = since
            .into_iter()
            .chain(Some(&*why).filter(|why| !why.is_empty()));
        let state: Vec<&str> = state.collect();
        row.push(Text::new(state.join("; "), Look::Wrapped));
        page.rows.push(row);
    }
    page
}

fn line(text: String, look: Look) -> Vec<Text> {
    vec![Text::new(text, look)]
}

/// The number, its interval, the books, what was claimed.
fn summary(report: &Report, submission: &Submission, places: &Places, rows: &mut Vec<Vec<Text>>) {
    let lang = report.lang;
    let title = match submission.region {
        Some(region) => {
            say!(lang, id: "Hasil pemeriksaan koplint: {region}", en: "What koplint found: {region}")
        }
        None => say!(lang, id: "Hasil pemeriksaan koplint", en: "What koplint found"),
    };
    rows.push(line(title, Look::Title));
    let (file, today) = (safe(&submission.source.file), report.today);
    let text =
        say!(lang, id: "Berkas: {file}; diperiksa {today}", en: "File: {file}; checked {today}");
    rows.push(line(text, Look::Plain));
    if matches!(places, Places::Copied(_)) {
        let format = submission.source.format.to_uppercase();
        let text = say!(lang,
            id: "Buku {format} tidak dapat ditandai sendiri: ini salinan nilainya, tanpa format dan rumus",
            en: "An {format} book cannot be marked itself: this is a copy of its values, without formats and formulas",
        );
        rows.push(line(text, Look::Plain));
    }
    if !report.complete || !submission.complete {
        let text = say!(lang,
            id: "TIDAK LENGKAP: tidak semua isi terbaca, angka ini belum dapat dipakai",
            en: "INCOMPLETE: not all of it was read, this number cannot be used yet",
        );
        rows.push(line(text, Look::Alarm));
    }
    let [.., count] = submission.counts;
    let (verified, upper) = (count.verified, count.upper);
    let text = match upper > verified {
        true => say!(lang,
            id: "Jumlah terbukti: {verified} Unit (paling banyak {upper} bila semua yang belum terbukti dilengkapi)",
            en: "Verified count: {verified} Unit (at most {upper} if all that is unproven gets its evidence)",
        ),
        false => {
            say!(lang, id: "Jumlah terbukti: {verified} Unit", en: "Verified count: {verified} Unit")
        }
    };
    rows.push(line(text, Look::Title));
    rows.push(line(labels::books(submission.books, lang), Look::Plain));
    if !submission.books.close() {
        let text = say!(lang,
            id: "PEMBUKUAN TIDAK COCOK: ini kesalahan koplint, mohon dilaporkan",
            en: "THE BOOKS DO NOT CLOSE: this is a mistake of koplint, please report it",
        );
        rows.push(line(text, Look::Alarm));
    }
    if let Some(claimed) = submission.claimed {
        let text = say!(lang,
            id: "Dilaporkan {claimed}, terbukti {verified}",
            en: "Claimed {claimed}, verified {verified}",
        );
        rows.push(line(text, Look::Plain));
    } else if !submission.plain {
        let claimed = submission.claimed_entries;
        let text = say!(lang,
            id: "Ditandai dihitung {claimed}, terbukti {verified}",
            en: "Marked as counted {claimed}, verified {verified}",
        );
        rows.push(line(text, Look::Plain));
    }
    let levels = labels::levels(submission.levels, lang);
    let aside = labels::aside(&submission.aside, lang);
    rows.push(line(levels + &aside, Look::Plain));
    let listed: u64 = submission
        .findings
        .iter()
        .map(|own| u64::from(own.times))
        .sum();
    let more = parts::found(submission.levels, &submission.aside).saturating_sub(listed);
    if more > 0 {
        let text = say!(lang,
            id: "{more} temuan dihitung tetapi tidak disimpan satu per satu",
            en: "{more} findings were counted but not kept one by one",
        );
        rows.push(line(text, Look::Alarm));
    }
}

/// What the colours mean.
fn legend(marked: &Marked, lang: Lang, rows: &mut Vec<Vec<Text>>) {
    let cells = marked.cells;
    if cells == 0 {
        return;
    }
    let text = say!(lang,
        id: "Sel bertanda: {cells}. Arahkan penunjuk ke sel berwarna untuk membaca catatannya. Warna:",
        en: "Marked cells: {cells}. Point at a coloured cell to read its comment. Colours:",
    );
    rows.push(line(text, Look::Plain));
    let all = Tone::ALL
        .iter()
        .filter(|tone| marked.aside > 0 || **tone != Tone::Aside);
    rows.extend(all.map(|tone| match tone {
        Tone::Open(level) => line(
            labels::level(*level).get(lang).to_owned(),
            Look::Tone(*tone),
        ),
        Tone::Aside => {
            let (word, more) = match lang {
                Lang::Id => ("lainnya", "dikecualikan atau sudah dikenal"),
                Lang::En => ("others", "waived or known"),
            };
            let (word, more) = (
                Text::new(word, Look::Tone(*tone)),
                Text::new(more, Look::Plain),
            );
            vec![word, more]
        }
    }));
    let left = marked.left;
    if left > 0 {
        let text = say!(lang,
            id: "{left} sel lagi bermasalah tetapi tidak ditandai, karena terlalu banyak; perbaiki dulu yang bertanda",
            en: "{left} more cells have findings but no mark, for there are too many; mend the marked ones first",
        );
        rows.push(line(text, Look::Alarm));
    }
}

/// What became of the findings of the run before.
fn changes(made: &Changes, lang: Lang, rows: &mut Vec<Vec<Text>>) {
    rows.push(Vec::new());
    rows.push(line(labels::changes(made, lang), Look::Bold));
    if made.cut {
        let text = say!(lang,
            id: "temuan sebelumnya terlalu banyak untuk diingat semua; sebagian dapat tampak baru",
            en: "the run before found more than could be remembered; some may look new",
        );
        rows.push(line(text, Look::Alarm));
    }
    for own in made.solved.iter().take(SOLVED) {
        let title = rules::find(&own.code).map_or("", |rule| rule.title.get(lang));
        let state = say!(lang, id: "selesai", en: "solved");
        let text = match own.field.is_empty() {
            true => title.to_owned(),
            false => format!("{title} ({})", own.field),
        };
        let look = |text: &str| Text::new(text, Look::Plain);
        rows.push(vec![
            look(&state),
            look(&own.code),
            look(&own.key),
            look(""),
            look(&text),
        ]);
    }
    let more = made.solved.len().saturating_sub(SOLVED);
    if more > 0 {
        let text = say!(lang, id: "dan {more} lagi selesai", en: "and {more} more solved");
        rows.push(line(text, Look::Plain));
    }
}

/// What is to be said of waivers and the baseline themselves.
fn own(report: &Report, rows: &mut Vec<Vec<Text>>) {
    let (lang, settled) = (report.lang, &report.settled);
    let said = labels::settled(settled, lang);
    if settled.findings.is_empty() && said.is_empty() {
        return;
    }
    rows.push(Vec::new());
    let title = say!(lang, id: "Pengecualian dan baseline", en: "Waivers and baseline");
    rows.push(line(title, Look::Bold));
    for own in settled.findings.iter().take(STEPS) {
        let look = |text: String| Text::new(text, Look::Wrapped);
        rows.push(vec![
            Text::new(labels::level(own.level).get(lang), Look::Tone(tone(own))),
            look(own.rule.code.to_owned()),
            look(labels::spot(&own.place, "")),
            look(String::new()),
            look(safe(&own.message)),
            look(fix(own, lang)),
        ]);
    }
    let more = settled.findings.len().saturating_sub(STEPS);
    if more > 0 {
        let text = say!(lang, id: "dan {more} lagi", en: "and {more} more");
        rows.push(line(text, Look::Plain));
    }
    if !said.is_empty() {
        rows.push(line(said, Look::Plain));
    }
}

/// What to mend first.
fn worklist(submission: &Submission, lang: Lang, rows: &mut Vec<Vec<Text>>) {
    let shown = submission.worklist.iter().take(STEPS);
    if submission.worklist.is_empty() {
        return;
    }
    rows.push(Vec::new());
    let text = say!(lang,
        id: "Perbaiki lebih dahulu (bila semua langkah sampai di situ selesai, sekian entri lagi terbukti)",
        en: "To mend first (with all steps up to there done, so many more entries are proven)",
    );
    rows.push(line(text, Look::Bold));
    for (number, work) in (1..).zip(shown) {
        let (entries, proven) = (work.entries, work.proven);
        let gain = say!(lang,
            id: "{entries} entri; sampai {proven} lagi terbukti",
            en: "{entries} entries; up to {proven} more proven",
        );
        let look = |text: String| Text::new(text, Look::Plain);
        let place = look(gain);
        let step = look(format!("{number}."));
        rows.push(vec![
            step,
            look(work.code.to_owned()),
            place,
            look(String::new()),
            look(safe(&work.message)),
        ]);
    }
    let more = submission.worklist.len().saturating_sub(STEPS);
    if more > 0 {
        rows.push(line(
            say!(lang, id: "dan {more} hal lagi", en: "and {more} more"),
            Look::Plain,
        ));
    }
}

fn finding(finding: &Finding, submission: &Submission, places: &Places, lang: Lang) -> Vec<Text> {
    let link = places.cell(&finding.place);
    let place = match &link {
        Some((sheet, row, column)) => {
            let cell = crate::place::Place {
                sheet: Some(sheet.as_str().into()),
                line: *row,
                column: *column,
                ..crate::place::Place::default()
            };
            safe(&cell.cell().unwrap_or_default())
        }
        None => labels::spot_and_heading(&finding.place, &submission.source.file, lang),
    };
    let name = finding.name.as_deref().unwrap_or_default();
    let key = finding.key.as_deref().unwrap_or_default();
    let whose = match (name.is_empty(), key.is_empty()) {
        (false, false) => format!("{name} ({key})"),
        _ => format!("{name}{key}"),
    };
    let mut problem = safe(&finding.message);
    if finding.times > 1 {
        problem += &format!(" (×{})", finding.times);
    }
    let look = if link.is_some() {
        Look::Link
    } else {
        Look::Wrapped
    };
    vec![
        Text::new(
            labels::level(finding.level).get(lang),
            Look::Tone(tone(finding)),
        ),
        Text::new(finding.rule.code, Look::Wrapped),
        Text {
            link,
            ..Text::new(place, look)
        },
        Text::new(safe(&whose), Look::Wrapped),
        Text::new(problem, Look::Wrapped),
        Text::new(fix(finding, lang), Look::Wrapped),
    ]
}
