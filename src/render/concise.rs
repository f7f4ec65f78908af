//! One line per finding, for editors and for `grep`.

use std::io::{self, Write};

use crate::finding::{Finding, Standing};
use crate::lang::Lang;
use crate::render::{Style, labels, parts, province, safe};
use crate::report::{Report, Submission};
use crate::say;

/// Writes one line per finding and one per submission.
pub fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let lang = report.lang;
    for failure in &report.failures {
        let file = safe(&failure.file);
        let message = safe(&failure.message);
        let line = say!(lang, id: "{file}: gagal: {message}", en: "{file}: failed: {message}");
        writeln!(out, "{line}")?;
    }
    for submission in &report.submissions {
        // What is known is a number in the summary.
        let new = submission.findings.iter();
        let new = new.filter(|finding| finding.standing != Standing::Known);
        let most = style.most(new.clone().count());
        let mut shown = 0;
        for finding in new.take(most) {
            line(finding, &submission.source.file, lang, out)?;
            shown += u64::from(finding.times);
        }
        summary(submission, shown, lang, out)?;
    }
    for finding in &report.settled.findings {
        line(finding, "", lang, out)?;
    }
    let settled = labels::settled(&report.settled, lang);
    if !settled.is_empty() {
        writeln!(out, "{settled}")?;
    }
    if let Some(sum) = report.sum().filter(|_| report.province.is_some()) {
        let ([.., count], files) = (sum.counts, report.submissions.len());
        let verified = parts::verified(count, sum.books, lang);
        let text = say!(lang,
            id: "{files} kiriman: {verified}",
            en: "{files} submissions: {verified}",
        );
        writeln!(out, "{text}")?;
    }
    for text in province::said(report) {
        writeln!(out, "{}", safe(&text))?;
    }
    if let Some(text) = labels::since(report) {
        writeln!(out, "{text}")?;
    }
    Ok(())
}

fn line(finding: &Finding, own: &str, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "{}: {}[{}] {}",
        labels::spot(&finding.place, own),
        finding.level.name(),
        finding.rule.code,
        safe(&finding.message),
    )?;
    if finding.times > 1 {
        write!(out, " x{}", finding.times)?;
    }
    if let Some(entry) = finding.entry {
        let key = finding.key.as_deref().map(safe).unwrap_or_default();
        let text = match key.starts_with('#') || key.is_empty() {
            true => say!(lang, id: " (entri {entry})", en: " (entry {entry})"),
            false => say!(lang, id: " (entri {entry}, {key})", en: " (entry {entry}, {key})"),
        };
        write!(out, "{text}")?;
    }
    match labels::standing(&finding.standing, lang) {
        why if why.is_empty() => writeln!(out),
        why => writeln!(out, " [{why}]"),
    }
}

fn summary(submission: &Submission, shown: u64, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let file = safe(&submission.source.file);
    let open = submission.levels;
    let all = open.error + open.warning + open.note + submission.aside.waived;
    let hidden = all.saturating_sub(shown);
    let levels = labels::levels(open, lang) + &labels::aside(&submission.aside, lang);
    let read = submission.books.read;
    let [.., count] = submission.counts;
    let (verified, upper) = (count.verified, count.upper);
    let mut text = say!(lang,
        id: "{file}: {verified} terbukti [{verified}-{upper}] dari {read} entri; {levels}",
        en: "{file}: {verified} verified [{verified}-{upper}] of {read} entries; {levels}",
    );
    if hidden > 0 {
        text += &say!(lang,
            id: "; {hidden} temuan tidak ditampilkan",
            en: "; {hidden} findings not shown",
        );
    }
    if let Some(made) = &submission.changes {
        text += &format!("; {}", labels::changes(made, lang));
    }
    if !submission.complete {
        text += &say!(lang,
            id: "; TIDAK LENGKAP, angka ini belum dapat dipakai",
            en: "; INCOMPLETE, this number cannot be used yet",
        );
    }
    writeln!(out, "{text}")
}
