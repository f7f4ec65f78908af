//! What several formats say alike. Nothing here is escaped: each format does that for itself.

use std::collections::{BTreeMap, HashMap};

use crate::finding::{Finding, Mistake, Standing};
use crate::lang::Lang;
use crate::render::{labels, province};
use crate::report::{Aside, Group, Levels, Report, Submission};
use crate::rule::Level;
use crate::say;
use crate::tally::{Books, Count};

/// A group's first finding.
pub(crate) fn first<'a>(submission: &'a Submission, group: &Group) -> Option<&'a Finding> {
    submission.findings.get(*group.first.first()?)
}

/// What a group says.
pub(crate) fn message<'a>(submission: &'a Submission, group: &Group, lang: Lang) -> &'a str {
    first(submission, group).map_or(group.rule.title.get(lang), |finding| &finding.message)
}

/// What to do about a group.
pub(crate) fn fix<'a>(submission: &'a Submission, group: &Group, lang: Lang) -> &'a str {
    let own = first(submission, group).and_then(|finding| finding.help.as_deref());
    own.unwrap_or(group.rule.fix.get(lang))
}

/// Groups that follow from no other, with their index: open ones, then waived, then known ones.
pub(crate) fn causes(submission: &Submission) -> impl Iterator<Item = (usize, &Group)> {
    let groups = submission.groups.iter().enumerate();
    groups.filter(|(_, group)| group.cause.is_none())
}

/// Those of them that are to be settled.
pub(crate) fn open(submission: &Submission) -> impl Iterator<Item = (usize, &Group)> {
    causes(submission).filter(|(_, group)| group.standing == Standing::Open)
}

/// Groups that someone answers for.
pub(crate) fn waived(submission: &Submission) -> impl Iterator<Item = &Group> {
    let groups = submission.groups.iter();
    groups.filter(|group| matches!(group.standing, Standing::Waived(_)))
}

/// Known findings by code.
pub(crate) fn known(submission: &Submission) -> BTreeMap<&'static str, u64> {
    let mut known = BTreeMap::new();
    let groups = submission.groups.iter();
    for group in groups.filter(|group| group.standing == Standing::Known) {
        *known.entry(group.rule.code).or_default() += group.count;
    }
    known
}

/// What is said of the run beside its findings: of several submissions, of known findings that are
/// gone, of what was left out.
pub(crate) fn said(report: &Report) -> impl Iterator<Item = String> {
    let settled = labels::settled(&report.settled, report.lang);
    let settled = Some(settled).filter(|text| !text.is_empty());
    let of_all = province::said(report).into_iter();
    of_all.chain(settled).chain(labels::since(report))
}

/// Everything was left out on request, so there is no number.
pub(crate) fn nothing(report: &Report) -> bool {
    report.complete && report.submissions.is_empty()
}

/// The groups that follow from a group, with their index; they stand right behind it.
pub(crate) fn follow(
    submission: &Submission,
    cause: usize,
) -> impl Iterator<Item = (usize, &Group)> {
    let groups = submission.groups.iter().enumerate().skip(cause + 1);
    groups.take_while(move |(_, group)| group.cause == Some(cause))
}

/// What the findings of a group have in common; two waivers are one if they stand at one place.
fn key(finding: &Finding) -> (&Mistake, Option<&Mistake>, (u8, usize)) {
    let standing = match &finding.standing {
        Standing::Open => (0, 0),
        Standing::Known => (1, 0),
        Standing::Waived(waiver) => (2, waiver.span.start),
    };
    (&finding.mistake, finding.cause.as_ref(), standing)
}

/// The findings of each group, in the order of the source, as far as they were kept.
pub(crate) fn findings_of(submission: &Submission) -> Vec<Vec<&Finding>> {
    let groups = submission.groups.iter().enumerate().rev();
    let by: HashMap<_, usize> = groups
        .filter_map(|(at, group)| Some((key(first(submission, group)?), at)))
        .collect();
    let mut out = vec![Vec::new(); submission.groups.len()];
    for finding in &submission.findings {
        if let Some(at) = by.get(&key(finding)) {
            out[*at].push(finding);
        }
    }
    out
}

/// `entri 3, "Koperasi Tani", 518/BH/2001`
pub(crate) fn entry(finding: &Finding, lang: Lang) -> Option<String> {
    let number = finding.entry?;
    let mut text = say!(lang, id: "entri {number}", en: "entry {number}");
    if let Some(name) = finding.name.as_deref().filter(|name| !name.is_empty()) {
        text += &format!(", \"{name}\"");
    }
    if let Some(key) = finding.key.as_deref().filter(|key| !key.starts_with('#')) {
        text += &format!(", {key}");
    }
    Some(text)
}

/// `3 temuan di 2 entri`
pub(crate) fn count(group: &Group, lang: Lang) -> String {
    let (count, entries) = (group.count, group.entries);
    match (lang, count, entries) {
        (Lang::Id, _, 0) => format!("{count} temuan"),
        (Lang::Id, ..) => format!("{count} temuan di {entries} entri"),
        (Lang::En, 1, 0) => "1 finding".to_owned(),
        (Lang::En, _, 0) => format!("{count} findings"),
        (Lang::En, 1, _) => "1 finding in 1 entry".to_owned(),
        (Lang::En, _, 1) => format!("{count} findings in 1 entry"),
        (Lang::En, ..) => format!("{count} findings in {entries} entries"),
    }
}

/// `7 terbukti [7-8] dari 12 entri`
pub(crate) fn verified(count: Count, books: Books, lang: Lang) -> String {
    let Count { verified, upper } = count;
    let read = books.read;
    say!(lang,
        id: "{verified} terbukti [{verified}-{upper}] dari {read} entri",
        en: "{verified} verified [{verified}-{upper}] of {read} entries",
    )
}

/// The number of the run, or that there is none.
pub(crate) fn together(report: &Report) -> String {
    report.sum().map_or_else(
        || province::no_number(report.lang),
        |sum| verified(sum.counts[4], sum.books, report.lang),
    )
}

/// That a submission, or something that was given, was not read whole.
pub(crate) fn incomplete(lang: Lang) -> String {
    say!(lang,
        id: "TIDAK LENGKAP: tidak semua yang diberikan terbaca, angka ini belum dapat dipakai",
        en: "INCOMPLETE: not everything given was read, this number cannot be used yet",
    )
}

/// Why the run has no number that can be used.
pub(crate) fn unusable(report: &Report) -> String {
    let read = report.submissions.iter().all(|one| one.complete);
    match report.sum() {
        None if read && report.failures.is_empty() => province::no_number(report.lang),
        None => format!(
            "{}. {}",
            incomplete(report.lang),
            province::no_number(report.lang)
        ),
        Some(_) => incomplete(report.lang),
    }
}

/// All findings of a report with the file they belong to, or the `most` heaviest, in their order;
/// and how many findings were left out, those that were not kept included. What is waived or known
/// weighs less than anything open.
pub(crate) fn heaviest(report: &Report, most: usize) -> (Vec<(&str, &Finding)>, u64) {
    let of = report.submissions.iter();
    let of = of.map(|s| (&*s.source.file, &s.findings));
    let all = of.chain([("", &report.settled.findings)]);
    let all = all.flat_map(|(file, findings)| findings.iter().map(move |one| (file, one)));
    let rank = |finding: &Finding| match finding.standing {
        Standing::Open => Level::Error as usize - finding.level as usize,
        Standing::Waived(_) => 3,
        Standing::Known => 4,
    };
    let mut room = most;
    let mut left = [0; 5];
    for (at, left) in left.iter_mut().enumerate() {
        let of = all.clone().filter(|(_, finding)| rank(finding) == at);
        *left = of.count().min(room);
        room -= *left;
    }
    let mut shown = 0;
    let taken = all.filter(|(_, finding)| {
        let left = &mut left[rank(finding)];
        let takes = *left > 0;
        *left -= usize::from(takes);
        shown += u64::from(takes) * u64::from(finding.times);
        takes
    });
    let taken: Vec<_> = taken.collect();
    let found = found(report.total.levels, &report.total.aside)
        + found(report.settled.levels, &Aside::default());
    (taken, found.saturating_sub(shown))
}

/// How many findings there are in all, however they stand; what is off stands nowhere.
pub(crate) fn found(levels: Levels, aside: &Aside) -> u64 {
    levels.error + levels.warning + levels.note + aside.waived + aside.known
}
