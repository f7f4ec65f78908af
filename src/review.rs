//! The steward's page: one row for each of the 35 regencies, what hinders them, and what stands in
//! two of them. Every figure comes from the report; nothing is counted anew.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::finding::Finding;
use crate::lang::Lang;
use crate::province::Part;
use crate::region::{self, Region};
use crate::render::{parts, province};
use crate::report::{Report, Submission};
use crate::rule::Rule;
use crate::tally::{Books, Difference};

mod figures;
mod html;
mod json;
mod markdown;
mod table;
mod text;
pub mod tiles;
mod workbook;

/// The form of a review.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A table for the terminal
    Text,
    /// One page for a browser
    Html,
    /// One JSON document
    Json,
    /// Tables for a job or a pull request
    Markdown,
    /// A workbook with all tables
    Workbook,
}

/// A report of many submissions, by regency.
#[derive(Debug)]
pub struct Review<'a> {
    /// The report.
    pub report: &'a Report,
    /// The report of an earlier folder.
    pub against: Option<&'a Report>,
    /// The 35 regencies in the order of their codes.
    pub rows: Vec<Row<'a>>,
    /// Submissions of no known region, with their number among all.
    pub others: Vec<(usize, &'a Submission)>,
    /// What hinders, by how many regencies it hinders.
    pub causes: Vec<Cause<'a>>,
    /// Legal entities that stand in two submissions, those of two regions first.
    pub doubles: Vec<Double<'a>>,
}

/// A regency.
#[derive(Debug)]
pub struct Row<'a> {
    /// Which.
    pub region: &'static Region,
    /// Its submissions, with their number among all; none: missing.
    pub own: Vec<(usize, &'a Submission)>,
    /// What of it stands in the total: a legal entity counts once in the province. None where
    /// it is missing, or its submissions may not be added.
    pub books: Option<Books>,
    /// Cut-off and version of its submissions, where not all of the province share one.
    pub bases: Vec<String>,
    /// The sum of what it claims, if it claims a number.
    pub claimed: Option<u64>,
    /// All of it was read, and the accounts close.
    pub closed: bool,
    /// What takes most from what it claims, or what is found first.
    pub top: Option<(&'static str, String)>,
    /// Verified in the earlier folder; none if it was missing there.
    pub before: Option<u64>,
}

/// A rule and where it is broken.
#[derive(Debug)]
pub struct Cause<'a> {
    /// The rule.
    pub rule: &'static Rule,
    /// Findings in all.
    pub findings: u64,
    /// Findings by name of the regency, or file of a submission of none.
    pub places: BTreeMap<&'a str, u64>,
}

/// A legal entity in two submissions.
#[derive(Debug)]
pub struct Double<'a> {
    /// At the entry that does not count.
    pub finding: &'a Finding,
    /// Its submission.
    pub here: &'a Submission,
    /// The submission whose entry counts.
    pub first: Option<&'a Submission>,
}

impl<'a> Review<'a> {
    /// Brings a report together by regency, with an earlier one beside it.
    #[must_use]
    pub fn of(report: &'a Report, against: Option<&'a Report>) -> Self {
        let numbered = report.submissions.iter().enumerate();
        let (others, _): (Vec<_>, Vec<_>) = numbered.partition(|(_, one)| one.region.is_none());
        Self {
            report,
            against,
            rows: (region::all().iter())
                .map(|region| Row::of(region, report, against))
                .collect(),
            others,
            causes: causes(report),
            doubles: doubles(report),
        }
    }

    /// The language of its messages.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.report.lang
    }

    /// Regencies of which nothing was read.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.rows.iter().filter(|row| row.own.is_empty()).count()
    }

    /// Writes it.
    ///
    /// # Errors
    /// What the system says of writing.
    pub fn write(&self, form: Form, out: &mut dyn Write) -> io::Result<()> {
        match form {
            Form::Text => text::write(self, out),
            Form::Html => html::write(self, out),
            Form::Json => json::write(self, out),
            Form::Markdown => markdown::write(self, out),
            Form::Workbook => workbook::write(self, out),
        }
    }
}

impl<'a> Row<'a> {
    fn of(region: &'static Region, report: &'a Report, against: Option<&Report>) -> Self {
        let own: Vec<_> = of_region(report, region).collect();
        let books = standing(report, region);
        let claims = own.iter().filter_map(|(_, one)| one.claimed);
        let claimed = own.iter().any(|(_, one)| one.claimed.is_some());
        let known = against.and_then(|old| standing(old, region));
        Self {
            region,
            books,
            bases: bases(report, &own),
            claimed: (claimed && books.is_some()).then(|| claims.sum()),
            closed: own.iter().all(|(_, one)| one.complete && one.books.close()),
            top: own.iter().find_map(|(_, one)| top(one, report.lang)),
            before: known.map(|books| books.verified),
            own,
        }
    }

    /// What is proven of it.
    #[must_use]
    pub fn verified(&self) -> Option<u64> {
        self.books.map(|books| books.verified)
    }

    /// Verified, and what is unproven with it.
    #[must_use]
    pub fn upper(&self) -> Option<u64> {
        self.books.map(|books| books.verified + books.unproven)
    }

    /// What verified has more than claimed.
    #[must_use]
    pub fn difference(&self) -> Option<i64> {
        Some(signed(self.verified()?) - signed(self.claimed?))
    }

    /// What verified has more than before; none without both.
    #[must_use]
    pub fn change(&self) -> Option<i64> {
        Some(signed(self.verified()?) - signed(self.before?))
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn of_region<'a>(
    report: &'a Report,
    region: &'static Region,
) -> impl Iterator<Item = (usize, &'a Submission)> {
    let all = report.submissions.iter().enumerate();
    all.filter(|(_, one)| one.region == Some(region.name))
}

/// What of a region stands in the total; none where there is nothing or it may not be added.
fn standing(report: &Report, region: &'static Region) -> Option<Books> {
    let own: Vec<_> = of_region(report, region).collect();
    if own.is_empty() || bases(report, &own).len() > 1 {
        return None;
    }
    let mut out = Books::default();
    for (at, one) in own {
        let of_many = report
            .province
            .as_ref()
            .and_then(|all| all.standing.get(at));
        out.add(of_many.unwrap_or(&one.books));
    }
    Some(out)
}

/// The cut-offs and versions of submissions, where the province has several.
fn bases(report: &Report, own: &[(usize, &Submission)]) -> Vec<String> {
    let parts = report.province.as_ref().map_or(&[][..], |all| &all.parts);
    let has = |part: &&Part| {
        let mut own = own.iter();
        own.any(|(_, one)| part.files.contains(&one.source.file))
    };
    let mixed = parts.iter().filter(|_| parts.len() > 1).filter(has);
    mixed
        .map(|part| province::basis(part, report.lang))
        .collect()
}

fn top(one: &Submission, lang: Lang) -> Option<(&'static str, String)> {
    let worst: Option<&Difference> = one.difference.iter().min_by_key(|step| step.effect);
    let worst = worst.filter(|step| step.effect < 0);
    let taken = worst.map(|step| (step.code, step.reason.clone()));
    taken.or_else(|| {
        let (_, group) = parts::open(one).next()?;
        Some((group.rule.code, group.rule.title.get(lang).to_owned()))
    })
}

/// The name of a submission's region, or its file.
pub(crate) fn name(one: &Submission) -> &str {
    one.region.unwrap_or(&one.source.file)
}

fn causes(report: &Report) -> Vec<Cause<'_>> {
    let mut by: BTreeMap<&str, Cause<'_>> = BTreeMap::new();
    for one in &report.submissions {
        for (_, group) in parts::open(one) {
            let cause = by.entry(group.rule.code).or_insert_with(|| Cause {
                rule: group.rule,
                findings: 0,
                places: BTreeMap::new(),
            });
            cause.findings += group.count;
            *cause.places.entry(name(one)).or_default() += group.count;
        }
    }
    let mut all: Vec<_> = by.into_values().collect();
    all.sort_by_key(|cause| std::cmp::Reverse((cause.places.len(), cause.findings)));
    all
}

impl Double<'_> {
    /// Both are of one region: what is sent twice repeats all of itself.
    #[must_use]
    pub fn is_within(&self) -> bool {
        self.first.map(name) == Some(name(self.here))
    }
}

fn doubles(report: &Report) -> Vec<Double<'_>> {
    let mut out = Vec::new();
    for here in &report.submissions {
        for finding in here.findings.iter().filter(|one| one.rule.code == "D001") {
            let Some(related) = finding.related.first() else {
                continue;
            };
            if let Some(file) = related.place.file.as_deref() {
                let mut all = report.submissions.iter();
                let first = all.find(|one| one.source.file == file);
                out.push(Double {
                    finding,
                    here,
                    first,
                });
            }
        }
    }
    out.sort_by_key(Double::is_within);
    out
}
