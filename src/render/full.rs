//! The terminal: every mistake once, drawn where it first stands, then the summary.

use std::io::{self, Write};

use crate::finding::{Finding, Standing};
use crate::lang::Lang;
use crate::place::Place;
use crate::render::ink::Ink;
use crate::render::{Style, labels, parts, safe};
use crate::report::{Group, Report, Submission};
use crate::say;

mod aside;
mod narrated;
mod sheet;
mod snippet;
mod summary;

/// Places of a mistake that are named besides the one that is drawn.
const PLACES: usize = 8;

/// What all parts of the drawing need.
#[derive(Clone, Copy)]
struct Page<'a> {
    submission: &'a Submission,
    lang: Lang,
    style: &'a Style,
    ink: Ink<'a>,
}

impl<'a> Page<'a> {
    fn own(&self) -> &'a str {
        &self.submission.source.file
    }

    fn first(&self, group: &Group) -> Option<&'a Finding> {
        let index = *group.first.first()?;
        self.submission.findings.get(index)
    }

    /// The groups that follow from a group.
    fn follow(&self, cause: usize) -> impl Iterator<Item = &'a Group> {
        let groups = self.submission.groups.iter();
        groups.filter(move |group| group.cause == Some(cause))
    }

    fn message(&self, group: &Group) -> String {
        match self.first(group) {
            Some(finding) => safe(&finding.message),
            None => group.rule.title.get(self.lang).to_owned(),
        }
    }

    /// `entri 3, "Koperasi Tani", 518/BH/2001`
    fn entry(&self, finding: &Finding) -> Option<String> {
        let number = finding.entry?;
        let mut text = say!(self.lang, id: "entri {number}", en: "entry {number}");
        if let Some(name) = finding.name.as_deref().filter(|name| !name.is_empty()) {
            text += &format!(", \"{}\"", safe(name));
        }
        if let Some(key) = finding.key.as_deref().filter(|key| !key.starts_with('#')) {
            text += &format!(", {}", safe(key));
        }
        Some(text)
    }

    /// Other places of the mistake: `12:3, 15:3 …`, or nothing.
    fn others(&self, group: &Group) -> String {
        let own = self.first(group).and_then(|first| first.place.file.clone());
        let others = group.first.iter().skip(1).take(PLACES);
        let others: Vec<String> = others
            .filter_map(|&index| self.submission.findings.get(index))
            .filter(|finding| finding.place.line > 0)
            .map(|finding| match finding.place.file == own {
                true => match finding.place.cell() {
                    Some(cell) => safe(&cell),
                    None => format!("{}:{}", finding.place.line, finding.place.column),
                },
                false => labels::spot(&finding.place, self.own()),
            })
            .collect();
        let named = u64::try_from(others.len()).unwrap_or(u64::MAX);
        let more = match group.count > named.saturating_add(1) && named > 0 {
            true => self.ink.sign(" …", " ..."),
            false => "",
        };
        format!("{}{more}", others.join(", "))
    }
}

/// Writes the report.
pub fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let ink = Ink::new(style);
    failures(report, ink, out)?;
    for submission in &report.submissions {
        let page = Page {
            submission,
            lang: report.lang,
            style,
            ink,
        };
        groups(page, out)?;
        aside::groups(page, out)?;
        summary::submission(page, out)?;
    }
    if report.submissions.len() > 1 {
        summary::total(report, style, ink, out)?;
    }
    aside::settled(report, style, ink, out)?;
    if let Some(text) = labels::since(report) {
        ink.wrapped(out, 0, "", &text)?;
    }
    let read = report.submissions.iter().all(|one| one.complete);
    if !report.complete && read {
        let text = parts::unusable(report);
        writeln!(out, "{}", ink.alarm(&text))?;
    }
    Ok(())
}

fn failures(report: &Report, ink: Ink<'_>, out: &mut dyn Write) -> io::Result<()> {
    for failure in &report.failures {
        let label = say!(report.lang, id: "gagal", en: "failed");
        let file = safe(&failure.file);
        writeln!(
            out,
            "{}: {file}: {}",
            ink.alarm(&label),
            safe(&failure.message)
        )?;
        if !failure.help.is_empty() {
            ink.wrapped(out, 2, "", &safe(&failure.help))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn groups(page: Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let lang = page.lang;
    let causes = page.submission.groups.iter().enumerate();
    let open = |group: &Group| group.cause.is_none() && group.standing == Standing::Open;
    let causes: Vec<_> = causes.filter(|(_, group)| open(group)).collect();
    let most = page.style.most(causes.len());
    for &(index, group) in &causes[..most] {
        if page.style.narrated {
            narrated::group(page, index, group, out)?;
        } else {
            draw(page, index, group, out)?;
        }
        writeln!(out)?;
    }
    let hidden = &causes[most..];
    if !hidden.is_empty() {
        let groups = hidden.len();
        let own: u64 = hidden.iter().map(|(_, group)| group.count).sum();
        let folded = hidden.iter().flat_map(|(index, _)| page.follow(*index));
        let count = own + folded.map(|group| group.count).sum::<u64>();
        let text = say!(lang,
            id: "{groups} kelompok lagi dengan {count} temuan tidak ditampilkan (--max-diagnostics 0 menampilkan semua)",
            en: "{groups} more groups with {count} findings not shown (--max-diagnostics 0 shows all)",
        );
        writeln!(out, "{}\n", page.ink.bold(&text))?;
    }
    Ok(())
}

/// A group: header, snippet, why, what to do, where else, what follows.
fn draw(page: Page<'_>, index: usize, group: &Group, out: &mut dyn Write) -> io::Result<()> {
    let Page { lang, ink, .. } = page;
    let rule = group.rule;
    let level = labels::level(group.level).get(lang);
    let head = format!("{level}[{}]", ink.code(rule.code));
    let head = ink.level(group.level, &head);
    let long = level.chars().count() + rule.code.len() + 2;
    ink.headline(out, &head, long, &page.message(group))?;
    let first = page.first(group);
    if let Some(finding) = first {
        place(page, finding, out)?;
    }
    let mut why = rule.why.get(lang).to_owned();
    if !quotes(&why, rule.clause) {
        why += &format!(" ({})", rule.clause);
    }
    ink.wrapped(out, 2, &say!(lang, id: "mengapa:", en: "why:"), &why)?;
    let fix = first.and_then(|finding| finding.help.as_deref());
    let fix = safe(fix.unwrap_or(rule.fix.get(lang)));
    ink.wrapped(out, 2, &say!(lang, id: "perbaiki:", en: "fix:"), &fix)?;
    if group.count > 1 {
        let times = ink.sign("×", "x");
        let (count, entries) = (group.count, group.entries);
        let mut text = match entries {
            0 => String::new(),
            1 => say!(lang, id: "(1 entri)", en: "(1 entry)"),
            _ => say!(lang, id: "({entries} entri)", en: "({entries} entries)"),
        };
        let others = page.others(group);
        if !others.is_empty() {
            text += &say!(lang, id: ", juga di {others}", en: ", also at {others}");
        }
        ink.wrapped(
            out,
            2,
            &format!("{times} {count}"),
            text.trim_start_matches(", "),
        )?;
    }
    for follower in page.follow(index) {
        follow(page, follower, out)?;
    }
    if let Some(place) = first.map(|finding| &finding.place)
        && let Some(pointer) = place
            .pointer
            .as_deref()
            .filter(|pointer| !pointer.is_empty())
        && place.heading.is_none()
    {
        writeln!(out, "  {}", ink.dim(&safe(pointer)))?;
    }
    Ok(())
}

/// A group that follows from another, in one line.
fn follow(page: Page<'_>, group: &Group, out: &mut dyn Write) -> io::Result<()> {
    let Page { lang, ink, .. } = page;
    let label = say!(lang, id: "akibat:", en: "follows:");
    let code = group.rule.code;
    let (times, dash) = (ink.sign("×", "x"), ink.sign("—", "-"));
    let (count, message) = (group.count, page.message(group));
    let text = match (lang, group.entries) {
        (_, 0) => format!("{code} {times} {count} {dash} {message}"),
        (Lang::En, 1) => format!("{code} {times} 1 entry {dash} {message}"),
        (Lang::En, n) => format!("{code} {times} {n} entries {dash} {message}"),
        (Lang::Id, n) => format!("{code} {times} {n} entri {dash} {message}"),
    };
    ink.wrapped(out, 2, &label, &text)
}

/// The first place, drawn if its source is at hand, and those that belong to it.
/// Whether the words quote the clause already, whole or in a part that is long enough to know it.
pub(super) fn quotes(why: &str, clause: &str) -> bool {
    let known = |part: &str| part.len() > 14 && clause.contains(part.trim_matches(['…', ' ', '.']));
    why.contains(clause) || why.split('"').skip(1).step_by(2).any(known)
}

fn place(page: Page<'_>, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let Page {
        lang, ink, style, ..
    } = page;
    let title = finding.rule.title.get(lang);
    let name = labels::spot_and_heading(&finding.place, page.own(), lang);
    if !drawn(&finding.place, &name, title, style, out)? {
        writeln!(out, "  {} {name}", ink.sign("╰─▶", "-->"))?;
    }
    if let Some(entry) = page.entry(finding) {
        ink.wrapped(out, 2, "", &entry)?;
    }
    for related in &finding.related {
        let name = labels::spot_and_heading(&related.place, page.own(), lang);
        let label = safe(&related.label);
        let also = say!(lang, id: "lihat juga:", en: "see also:");
        if related.place.excerpt.is_some() || related.place.piece.is_some() {
            writeln!(out, "  {}", ink.bold(&also))?;
            drawn(&related.place, &name, &label, style, out)?;
        } else {
            let dash = ink.sign("—", "-");
            ink.wrapped(out, 2, &also, &format!("{name} {dash} {label}"))?;
        }
    }
    Ok(())
}

/// Draws the source of a place, if it is at hand.
fn drawn(
    place: &Place,
    name: &str,
    label: &str,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<bool> {
    match (&place.piece, &place.excerpt) {
        (Some(piece), _) => sheet::draw(piece, name, label, style, out)?,
        (None, Some(excerpt)) => snippet::draw(excerpt, name, label, style, out)?,
        (None, None) => return Ok(false),
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use crate::lang::Lang;
    use crate::render::{OutputFormat, Style, sample, write};

    fn text(format: OutputFormat, style: &Style) -> String {
        let mut report = sample::report();
        let mut out = Vec::new();
        write(format, &report, style, &mut out).unwrap();
        report.lang = Lang::En;
        write(format, &report, style, &mut Vec::new()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn nothing_of_the_data_is_a_command() {
        for format in [OutputFormat::Full, OutputFormat::Concise] {
            for narrated in [false, true] {
                for unicode in [false, true] {
                    let style = Style {
                        narrated,
                        unicode,
                        ..Style::default()
                    };
                    let text = text(format, &style);
                    for bad in ['\u{1b}', '\u{202e}', '\u{9b}', '\u{7}'] {
                        assert!(!text.contains(bad), "{bad:?} in {text}");
                    }
                    assert!(text.contains("tahun buku 2023 tidak ada"), "{text}");
                }
            }
        }
    }

    #[test]
    fn a_mistake_is_drawn_once_with_what_follows() {
        let text = text(OutputFormat::Full, &Style::default());
        assert_eq!(text.matches("galat[R001]").count(), 1, "{text}");
        assert!(
            text.contains("akibat: R001 × 2 entri — akibatnya"),
            "{text}"
        );
        assert!(text.contains(":12:153 kolom"), "{text}");
        assert!(text.contains("Jumlah terbukti: 7 Unit [7–8]"), "{text}");
        assert!(!text.contains("Error"), "{text}");
        assert!(
            text.lines().all(|line| line.chars().count() <= 100),
            "{text}"
        );
    }

    #[test]
    fn what_is_not_shown_is_said() {
        let style = Style {
            max_diagnostics: 1,
            ..Style::default()
        };
        assert!(text(OutputFormat::Concise, &style).contains("5 temuan tidak ditampilkan"));
    }

    #[test]
    fn the_summary_of_a_plain_register_fits_a_screen() {
        let mut report = sample::report();
        let submission = &mut report.submissions[0];
        submission.plain = true;
        submission.claimed = None;
        submission.difference.clear();
        submission.findings.clear();
        submission.groups = vec![submission.groups[0].clone()];
        submission.groups[0].first.clear();
        submission.worklist = vec![submission.worklist[0].clone(); 60];
        let mut out = Vec::new();
        let style = Style::default();
        let page = super::Page {
            submission: &report.submissions[0],
            lang: Lang::Id,
            style: &style,
            ink: super::Ink::new(&style),
        };
        super::summary::submission(page, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().count() <= 40, "{text}");
        assert!(
            text.lines().all(|line| line.chars().count() <= 100),
            "{text}"
        );
        assert!(text.contains("tidak ada klaim"), "{text}");
    }
}
