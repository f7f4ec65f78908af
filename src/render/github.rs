//! Annotations of GitHub Actions: one workflow command a line. GitHub shows ten of each level a
//! step, so the ten largest causes of each are given, and what is not shown is counted.

use std::cmp::Reverse;
use std::io::{self, Write};

use crate::finding::Finding;
use crate::lang::Lang;
use crate::place::Place;
use crate::render::{labels, parts, paths, safe};
use crate::report::{Group, Report, Submission};
use crate::rule::Level;
use crate::say;

/// Annotations of one level that GitHub shows of a step.
const MOST: usize = 10;

/// Writes the report.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let lang = report.lang;
    let mut errors = 0;
    let unread = alarms(report);
    // The last one says how many there are.
    let shown = match unread.len() {
        n if n > MOST => MOST - 1,
        n => n,
    };
    for (file, message) in &unread[..shown] {
        let title = say!(lang, id: "koplint: tidak lengkap", en: "koplint: incomplete");
        command(out, Level::Error, Some(file), None, &title, message)?;
        errors += 1;
    }
    let more = unread.len() - shown;
    if more > 0 {
        let title = say!(lang, id: "koplint: tidak lengkap", en: "koplint: incomplete");
        let message = say!(lang, id: "{more} berkas lagi tidak terbaca utuh", en: "{more} more files were not read whole");
        command(out, Level::Error, None, None, &title, &message)?;
        errors += 1;
    }
    let mut hidden = (0, 0);
    for level in [Level::Error, Level::Warning, Level::Note] {
        let room = match level {
            Level::Error => MOST - errors,
            Level::Warning => MOST,
            // One is the sum at the end.
            Level::Note => MOST - 1,
        };
        let mut groups: Vec<(&Submission, usize, &Group)> = report
            .submissions
            .iter()
            .flat_map(|s| parts::open(s).map(move |(at, group)| (s, at, group)))
            .filter(|(.., group)| group.level == level)
            .collect();
        groups.sort_by_key(|(.., group)| Reverse(group.count));
        // Each of the run's own comes first: it is one, and says what the others rest on.
        let own = report.settled.findings.iter();
        let own: Vec<_> = own.filter(|finding| finding.level == level).collect();
        let most = own.len().min(room);
        for finding in &own[..most] {
            annotate_own(finding, lang, out)?;
        }
        let of_own = own.len() - most;
        hidden.0 += of_own;
        hidden.1 += of_own as u64;
        for (place, (submission, at, group)) in groups.into_iter().enumerate() {
            let behind = parts::follow(submission, at);
            if place < room - most {
                annotate(submission, at, group, lang, out)?;
            } else {
                hidden.0 += 1;
                hidden.1 += group.count + behind.map(|(_, group)| group.count).sum::<u64>();
            }
        }
    }
    sum(report, hidden, out)
}

/// What was not read whole, by file.
fn alarms(report: &Report) -> Vec<(&str, String)> {
    let failures = report.failures.iter().map(|failure| {
        let message = format!("{}\n{}", safe(&failure.message), safe(&failure.help));
        (&*failure.file, message)
    });
    let partly = report.submissions.iter().filter(|s| !s.complete);
    let partly = partly.map(|s| (&*s.source.file, parts::incomplete(report.lang)));
    failures.chain(partly).collect()
}

fn annotate(
    submission: &Submission,
    index: usize,
    group: &Group,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rule = group.rule;
    let mut message = safe(parts::message(submission, group, lang));
    let first = parts::first(submission, group);
    if let Some(cell) = first.and_then(|first| first.place.cell()) {
        message += &format!(" ({})", safe(&cell));
    }
    if group.count > 1 {
        message += &format!("\n{}", parts::count(group, lang));
    }
    if let Some(entry) = first.and_then(|first| parts::entry(first, lang)) {
        message += &format!("\n{}", safe(&entry));
    }
    let (fix, label) = (
        safe(parts::fix(submission, group, lang)),
        say!(lang, id: "perbaiki", en: "fix"),
    );
    message += &format!("\n{label}: {fix}");
    for (_, group) in parts::follow(submission, index) {
        let (label, code) = (say!(lang, id: "akibat", en: "follows"), group.rule.code);
        let (count, text) = (
            parts::count(group, lang),
            parts::message(submission, group, lang),
        );
        message += &format!("\n{label}: {code} {} ({count})", safe(text));
    }
    let place = first.map(|first| &first.place);
    let own = &*submission.source.file;
    let own = place.map_or(own, |place| paths::of(place, own));
    let title = format!("{} {}", rule.code, rule.title.get(lang));
    command(out, group.level, Some(own), place, &title, &message)
}

/// A finding on waivers or the baseline.
fn annotate_own(finding: &Finding, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let (rule, place) = (finding.rule, &finding.place);
    let (message, label) = (
        safe(&finding.message),
        say!(lang, id: "perbaiki", en: "fix"),
    );
    let message = format!("{message}\n{label}: {}", rule.fix.get(lang));
    let title = format!("{} {}", rule.code, rule.title.get(lang));
    let file = paths::of(place, "");
    command(
        out,
        finding.level,
        Some(file),
        Some(place),
        &title,
        &message,
    )
}

/// The counts, and what is not shown.
fn sum(report: &Report, hidden: (usize, u64), out: &mut dyn Write) -> io::Result<()> {
    let mut said = Vec::new();
    if !parts::nothing(report) {
        said.push(counted(report, hidden));
    }
    said.extend(parts::said(report));
    if !report.complete {
        said.push(parts::unusable(report));
    }
    command(out, Level::Note, None, None, "koplint", &said.join("\n"))
}

fn counted(report: &Report, hidden: (usize, u64)) -> String {
    let (lang, total) = (report.lang, &report.total);
    let mut message = parts::together(report);
    message += &format!("; {}", labels::levels(total.levels, lang));
    message += &labels::aside(&total.aside, lang);
    if let (groups @ 1.., findings) = hidden {
        message += &say!(lang,
            id: "; {groups} kelompok dengan {findings} temuan tidak ditampilkan sebagai anotasi",
            en: "; {groups} groups with {findings} findings are not shown as annotations",
        );
    }
    message
}

/// One command on one line.
fn command(
    out: &mut dyn Write,
    level: Level,
    file: Option<&str>,
    place: Option<&Place>,
    title: &str,
    message: &str,
) -> io::Result<()> {
    let name = match level {
        Level::Note => "notice",
        other => other.name(),
    };
    write!(out, "::{name} ")?;
    if let Some(file) = file {
        write!(out, "file={},", property(&safe(&paths::slashed(file))))?;
    }
    if let Some(place) = place.filter(|place| place.line > 0 && place.sheet.is_none()) {
        let Place { line, end_line, .. } = *place;
        let end_line = end_line.max(line);
        write!(out, "line={line},endLine={end_line},")?;
        // GitHub takes columns on one line only.
        if let Some((from, to)) = place.utf16.filter(|_| end_line == line) {
            write!(out, "col={from},endColumn={to},")?;
        }
    }
    writeln!(out, "title={}::{}", property(title), data(message))
}

/// A message; its line breaks are the renderer's own.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
