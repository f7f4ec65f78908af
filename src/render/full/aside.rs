//! What does not weigh on the run: waived and known findings; and what is said of the waivers and
//! the baseline themselves.

use std::io::{self, Write};

use crate::render::ink::Ink;
use crate::render::{Style, labels, parts, safe};
use crate::report::{Group, Report};
use crate::say;

use super::{Page, drawn};

/// A submission's waived mistakes, a line each, and the known ones in one line.
pub(super) fn groups(page: Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Page {
        submission,
        lang,
        ink,
        style,
    } = page;
    let waived: Vec<&Group> = parts::waived(submission).collect();
    let most = style.most(waived.len());
    for group in &waived[..most] {
        let of = page.first(group).and_then(|finding| page.entry(finding));
        let of = of.map(|of| format!(" ({of})")).unwrap_or_default();
        let (code, message) = (group.rule.code, page.message(group));
        let why = labels::standing(&group.standing, lang);
        ink.wrapped(out, 0, &format!("{why}:"), &format!("{code} {message}{of}"))?;
    }
    let hidden = waived.len() - most;
    if hidden > 0 {
        let text = say!(lang,
            id: "{hidden} pengecualian lagi tidak ditampilkan (--max-diagnostics 0 menampilkan semua)",
            en: "{hidden} more waived not shown (--max-diagnostics 0 shows all)",
        );
        writeln!(out, "{}", ink.bold(&text))?;
    }
    let known = parts::known(submission);
    if !known.is_empty() {
        let label = say!(lang, id: "sudah dikenal (baseline):", en: "known (baseline):");
        ink.wrapped(out, 0, &label, &labels::by_code(&known))?;
    }
    if !waived.is_empty() || !known.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

/// What is said of waivers and the baseline themselves.
pub(super) fn settled(
    report: &Report,
    style: &Style,
    ink: Ink<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let lang = report.lang;
    for finding in &report.settled.findings {
        let rule = finding.rule;
        let level = labels::level(finding.level).get(lang);
        let head = format!("{level}[{}]", ink.code(rule.code));
        let message = ink.bold(&safe(&finding.message));
        writeln!(out, "{} {message}", ink.level(finding.level, &head))?;
        let (name, title) = (labels::spot(&finding.place, ""), rule.title.get(lang));
        if style.narrated || !drawn(&finding.place, &name, title, style, out)? {
            writeln!(out, "  {} {name}", ink.sign("╰─▶", "-->"))?;
        }
        let fix = say!(lang, id: "perbaiki:", en: "fix:");
        ink.wrapped(out, 2, &fix, rule.fix.get(lang))?;
        writeln!(out)?;
    }
    let text = labels::settled(&report.settled, lang);
    if !text.is_empty() {
        writeln!(out, "{text}\n")?;
    }
    Ok(())
}
