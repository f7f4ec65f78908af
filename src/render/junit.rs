//! JUnit XML for the test reports of CI: a suite for each submission, a failed case for each
//! mistake (a skipped one if it is waived or known), a passed one for the count and for having read
//! all.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::finding::{Finding, Standing};
use crate::lang::Lang;
use crate::render::{labels, parts, paths, safe};
use crate::report::{Group, Report, Submission};
use crate::rule::Level;
use crate::say;

/// Mistakes of a submission that have a case, and places that a case names.
const CASES: usize = 1_000;
const PLACES: usize = 100;

/// One test.
struct Case {
    name: String,
    outcome: Outcome,
}

enum Outcome {
    /// With what there is to say.
    Passed(String),
    /// The data is wrong: type, message, text.
    Failed(&'static str, String, String),
    /// It does not weigh: why, and the rest.
    Skipped(String, String),
    /// We could not do our work: message, text.
    Broken(String, String),
}

struct Suite {
    file: String,
    cases: Vec<Case>,
}

impl Suite {
    fn count(&self, wanted: impl Fn(&Outcome) -> bool) -> usize {
        let cases = self.cases.iter();
        cases.filter(|case| wanted(&case.outcome)).count()
    }

    fn failures(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Failed(..)))
    }

    fn skipped(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Skipped(..)))
    }

    fn errors(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Broken(..)))
    }
}

/// Writes the report.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let lang = report.lang;
    let failures = report.failures.iter().map(|failure| Suite {
        file: failure.file.clone(),
        cases: vec![Case {
            name: whole(lang),
            outcome: Outcome::Broken(failure.message.clone(), safe(&failure.help)),
        }],
    });
    let submissions = report.submissions.iter().map(|one| suite(one, lang));
    let mut suites: Vec<Suite> = failures.chain(submissions).collect();
    suites.extend(own(report));
    suites.extend(aside(report));
    let sum = |of: fn(&Suite) -> usize| suites.iter().map(of).sum::<usize>().to_string();
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites")
        .with_attribute(("name", "koplint"))
        .with_attribute(("tests", &*sum(|suite| suite.cases.len())))
        .with_attribute(("failures", &*sum(Suite::failures)))
        .with_attribute(("errors", &*sum(Suite::errors)))
        .write_inner_content(|xml| suites.iter().try_for_each(|suite| write_suite(suite, xml)))?;
    writeln!(out)
}

/// The case that passes if all was read.
fn whole(lang: Lang) -> String {
    say!(lang, id: "terbaca utuh", en: "read whole")
}

fn suite(submission: &Submission, lang: Lang) -> Suite {
    let Submission { books, counts, .. } = submission;
    let [.., count] = *counts;
    let mut said = parts::verified(count, *books, lang);
    said += &format!("\n{}", labels::levels(submission.levels, lang));
    said += &labels::aside(&submission.aside, lang);
    let mut cases = vec![
        Case {
            name: whole(lang),
            outcome: match submission.complete {
                true => Outcome::Passed(String::new()),
                false => Outcome::Broken(parts::incomplete(lang), String::new()),
            },
        },
        Case {
            name: say!(lang, id: "terhitung", en: "counted"),
            outcome: match books.close() {
                true => Outcome::Passed(said),
                false => Outcome::Broken(said, String::new()),
            },
        },
    ];
    let findings = parts::findings_of(submission);
    let causes: Vec<_> = parts::causes(submission).collect();
    let most = causes.len().min(CASES);
    for &(index, group) in &causes[..most] {
        cases.push(case(submission, &findings, index, group, lang));
    }
    let more = causes.len() - most;
    if more > 0 {
        let name = say!(lang, id: "{more} kesalahan lagi", en: "{more} more mistakes");
        let (_, group) = causes[most];
        let outcome = outcome(
            group.level,
            &group.standing,
            name.clone(),
            String::new(),
            lang,
        );
        cases.push(Case { name, outcome });
    }
    Suite {
        file: submission.source.file.clone(),
        cases,
    }
}

/// What waivers and the baseline themselves gave rise to, a suite for each of their files.
fn own(report: &Report) -> Vec<Suite> {
    let lang = report.lang;
    let mut suites: Vec<Suite> = Vec::new();
    for finding in &report.settled.findings {
        let (rule, file) = (finding.rule, paths::of(&finding.place, ""));
        let mut name = format!("{} {}", rule.code, rule.title.get(lang));
        name += &format!(" · {}", finding.mistake.subject);
        let (fix, label) = (rule.fix.get(lang), say!(lang, id: "perbaiki", en: "fix"));
        let text = format!("{}\n{label}: {fix}\n", labels::spot(&finding.place, ""));
        let message = finding.message.clone();
        let outcome = outcome(finding.level, &finding.standing, message, text, lang);
        let case = Case { name, outcome };
        match suites.iter_mut().find(|suite| suite.file == file) {
            Some(suite) => suite.cases.push(case),
            None => suites.push(Suite {
                file: file.to_owned(),
                cases: vec![case],
            }),
        }
    }
    suites
}

/// What is said beside the findings, so that a run that had nothing to check has a case too.
fn aside(report: &Report) -> Option<Suite> {
    let said: Vec<String> = parts::said(report).collect();
    (!said.is_empty()).then(|| Suite {
        file: "koplint".to_owned(),
        cases: vec![Case {
            name: say!(report.lang, id: "keterangan", en: "remarks"),
            outcome: Outcome::Passed(said.join("\n")),
        }],
    })
}

/// How a mistake comes out.
fn outcome(
    level: Level,
    standing: &Standing,
    message: String,
    text: String,
    lang: Lang,
) -> Outcome {
    match (standing, level) {
        (Standing::Open, Level::Note) => Outcome::Passed(format!("{}\n{text}", safe(&message))),
        (Standing::Open, level) => Outcome::Failed(level.name(), message, text),
        (standing, _) => {
            let why = labels::standing(standing, lang);
            Outcome::Skipped(format!("{why}: {message}"), text)
        }
    }
}

/// A mistake. Its name stays the same from run to run, so that CI knows it again.
fn case(
    submission: &Submission,
    findings: &[Vec<&Finding>],
    index: usize,
    group: &Group,
    lang: Lang,
) -> Case {
    let mistake = &group.mistake;
    let mut name = format!("{} {}", group.rule.code, group.rule.title.get(lang));
    for part in [&mistake.field, &mistake.subject] {
        if !part.is_empty() && !name.ends_with(part.as_str()) {
            name += &format!(" · {part}");
        }
    }
    let message = parts::message(submission, group, lang).to_owned();
    let mut text = places(submission, group, &findings[index], lang);
    let (fix, label) = (
        safe(parts::fix(submission, group, lang)),
        say!(lang, id: "perbaiki", en: "fix"),
    );
    text += &format!("{label}: {fix}\n");
    for (index, group) in parts::follow(submission, index) {
        let (label, code) = (say!(lang, id: "akibat", en: "follows"), group.rule.code);
        let said = safe(parts::message(submission, group, lang));
        text += &format!("\n{label}: {code} {said}\n");
        text += &places(submission, group, &findings[index], lang);
    }
    Case {
        name,
        outcome: outcome(group.level, &group.standing, message, text, lang),
    }
}

/// The places of a group, one a line, with what is not named counted.
fn places(submission: &Submission, group: &Group, findings: &[&Finding], lang: Lang) -> String {
    let mut out = format!("{}:\n", parts::count(group, lang));
    let mut shown = 0;
    for finding in findings.iter().take(PLACES) {
        shown += u64::from(finding.times);
        out += &labels::spot_and_heading(&finding.place, &submission.source.file, lang);
        if let Some(entry) = parts::entry(finding, lang) {
            out += &format!(" ({})", safe(&entry));
        }
        out.push('\n');
    }
    let more = group.count.saturating_sub(shown);
    if more > 0 {
        out += &say!(lang, id: "dan {more} lagi", en: "and {more} more");
        out.push('\n');
    }
    out
}

fn write_suite<W: Write>(suite: &Suite, xml: &mut Writer<W>) -> io::Result<()> {
    let file = xml_safe(&safe(&paths::slashed(&suite.file)));
    // Jenkins takes what stands before the last dot for a package.
    let class = file.replace('.', "_");
    xml.create_element("testsuite")
        .with_attribute(("name", &*file))
        .with_attribute(("tests", &*suite.cases.len().to_string()))
        .with_attribute(("failures", &*suite.failures().to_string()))
        .with_attribute(("errors", &*suite.errors().to_string()))
        .with_attribute(("skipped", &*suite.skipped().to_string()))
        .with_attribute(("file", &*file))
        .write_inner_content(|xml| {
            for case in &suite.cases {
                let element = xml
                    .create_element("testcase")
                    .with_attribute(("classname", &*class))
                    .with_attribute(("name", &*xml_safe(&safe(&case.name))));
                let (tag, kind, message, text) = match &case.outcome {
                    Outcome::Passed(text) if text.is_empty() => {
                        element.write_empty()?;
                        continue;
                    }
                    Outcome::Passed(text) => ("system-out", None, None, text),
                    Outcome::Failed(kind, message, text) => {
                        ("failure", Some(*kind), Some(message), text)
                    }
                    Outcome::Skipped(message, text) => ("skipped", None, Some(message), text),
                    Outcome::Broken(message, text) => {
                        ("error", Some("incomplete"), Some(message), text)
                    }
                };
                element.write_inner_content(|xml| {
                    let mut element = xml.create_element(tag);
                    if let Some(kind) = kind {
                        element = element.with_attribute(("type", kind));
                    }
                    if let Some(message) = message {
                        let message = xml_safe(&safe(message));
                        element = element.with_attribute(("message", &*message));
                    }
                    let text = xml_safe(text);
                    element.write_text_content(BytesText::new(&text))?;
                    Ok(())
                })?;
            }
            Ok(())
        })?;
    Ok(())
}

/// Without the characters that XML 1.0 does not have.
fn xml_safe(text: &str) -> String {
    let keep = |c: char| match c {
        '\n' => c,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        other => other,
    };
    text.chars().map(keep).collect()
}
