//! By file, then by mistake: the cause first, what follows from it beneath, one line each place.

use std::io::{self, Write};

use crate::finding::{Finding, Standing};
use crate::lang::Lang;
use crate::render::ink::Ink;
use crate::render::{Style, labels, parts, safe};
use crate::report::{Group, Report, Submission};
use crate::say;

struct Page<'a> {
    submission: &'a Submission,
    findings: Vec<Vec<&'a Finding>>,
    lang: Lang,
    ink: Ink<'a>,
}

/// Writes the report.
pub fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let (lang, ink) = (report.lang, Ink::new(style));
    for failure in &report.failures {
        let label = say!(lang, id: "gagal", en: "failed");
        let (file, message) = (safe(&failure.file), safe(&failure.message));
        writeln!(out, "{}: {file}: {message}", ink.alarm(&label))?;
    }
    for submission in &report.submissions {
        let page = Page {
            submission,
            findings: parts::findings_of(submission),
            lang,
            ink,
        };
        page.write(style, out)?;
    }
    if report.submissions.len() > 1 {
        let text = parts::together(report);
        let mut levels = labels::levels(report.total.levels, lang);
        levels += &labels::aside(&report.total.aside, lang);
        let files = report.submissions.len();
        let text = say!(lang,
            id: "{files} pengajuan: {text}; {levels}",
            en: "{files} submissions: {text}; {levels}",
        );
        writeln!(out, "{}", ink.bold(&text))?;
    }
    for finding in &report.settled.findings {
        let (level, code) = (labels::level(finding.level).get(lang), finding.rule.code);
        let head = ink.level(finding.level, &format!("{level}[{}]", ink.code(code)));
        let (spot, message) = (labels::spot(&finding.place, ""), safe(&finding.message));
        writeln!(out, "{spot}: {head} {message}")?;
    }
    for text in parts::said(report) {
        writeln!(out, "{}", safe(&text))?;
    }
    if !report.complete {
        writeln!(out, "{}", ink.alarm(&parts::unusable(report)))?;
    }
    Ok(())
}

impl Page<'_> {
    fn write(&self, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let Self {
            submission,
            lang,
            ink,
            ..
        } = *self;
        writeln!(out, "{}", ink.bold(&safe(&submission.source.file)))?;
        // What is known is a number in the summary.
        let new = |(_, group): &(usize, &Group)| group.standing != Standing::Known;
        let causes: Vec<_> = parts::causes(submission).filter(new).collect();
        let most = style.most(causes.len());
        for &(index, group) in &causes[..most] {
            self.group(index, group, 2, None, out)?;
            let label = say!(lang, id: "akibat: ", en: "follows: ");
            for (index, group) in parts::follow(submission, index) {
                self.group(index, group, 4, Some(&label), out)?;
            }
        }
        let hidden = causes.len() - most;
        if hidden > 0 {
            let text = say!(lang,
                id: "{hidden} kelompok lagi tidak ditampilkan (--max-diagnostics 0 menampilkan semua)",
                en: "{hidden} more groups not shown (--max-diagnostics 0 shows all)",
            );
            writeln!(out, "  {text}")?;
        }
        let [.., count] = submission.counts;
        let verified = parts::verified(count, submission.books, lang);
        let mut levels = labels::levels(submission.levels, lang);
        levels += &labels::aside(&submission.aside, lang);
        writeln!(out, "  {}\n", ink.bold(&format!("{verified}; {levels}")))
    }

    /// The mistake in one line, then its places.
    fn group(
        &self,
        index: usize,
        group: &Group,
        indent: usize,
        label: Option<&str>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let Self {
            submission,
            lang,
            ink,
            ..
        } = *self;
        let message = parts::message(submission, group, lang);
        let code = ink.code(group.rule.code);
        let mut count = match group.count {
            1 => String::new(),
            _ => format!(" ({})", parts::count(group, lang)),
        };
        if group.standing != Standing::Open {
            count += &format!(" [{}]", labels::standing(&group.standing, lang));
        }
        let head = format!("{}[{code}]", labels::level(group.level).get(lang));
        writeln!(
            out,
            "{:indent$}{}{} {}{count}",
            "",
            label.unwrap_or_default(),
            ink.level(group.level, &head),
            safe(message),
        )?;
        let mut shown = 0;
        for finding in &self.findings[index] {
            shown += u64::from(finding.times);
            self.place(finding, message, indent + 2, out)?;
        }
        let more = group.count.saturating_sub(shown);
        if more > 0 {
            let text = say!(lang, id: "dan {more} lagi", en: "and {more} more");
            writeln!(out, "{:1$}{text}", "", indent + 2)?;
        }
        Ok(())
    }

    /// `12:3 entri 3, "Koperasi Tani"`, with the message where it is another than the group's.
    fn place(
        &self,
        finding: &Finding,
        message: &str,
        indent: usize,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let place = &finding.place;
        let own = place.file.is_none();
        let mut text = match (place.cell(), place.line) {
            (Some(cell), _) if own => safe(&cell),
            (None, line) if own && line > 0 => format!("{line}:{}", place.column),
            _ => labels::spot(place, &self.submission.source.file),
        };
        if let Some(heading) = &place.heading {
            text += &format!(" \"{}\"", safe(heading));
        }
        if let Some(entry) = parts::entry(finding, self.lang) {
            text += &format!(" {}", self.ink.dim(&safe(&entry)));
        }
        if finding.message != message {
            text += &format!(": {}", safe(&finding.message));
        }
        if finding.times > 1 {
            text += &format!(" x{}", finding.times);
        }
        writeln!(out, "{:indent$}{text}", "")
    }
}
