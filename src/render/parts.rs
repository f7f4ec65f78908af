//! What several formats say alike. Nothing here is escaped: each format does that for itself.

use std::collections::HashMap;

use crate::finding::{Finding, Mistake, Standing};
use crate::lang::Lang;
use crate::report::{Group, Report, Submission};
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

/// Groups that follow from no other, with their index.
pub(crate) fn causes(submission: &Submission) -> impl Iterator<Item = (usize, &Group)> {
    let groups = submission.groups.iter().enumerate();
    groups.filter(|(_, group)| group.cause.is_none())
}

/// The groups that follow from a group, with their index; they stand right behind it.
pub(crate) fn follow(
    submission: &Submission,
    cause: usize,
) -> impl Iterator<Item = (usize, &Group)> {
    let groups = submission.groups.iter().enumerate().skip(cause + 1);
    groups.take_while(move |(_, group)| group.cause == Some(cause))
}

/// The findings of each group, in the order of the source, as far as they were kept.
pub(crate) fn findings_of(submission: &Submission) -> Vec<Vec<&Finding>> {
    let groups = &submission.groups;
    let key = |group: &'_ Group| {
        group
            .cause
            .and_then(|at| groups.get(at))
            .map(|g| &g.mistake)
    };
    type Key<'a> = (&'a Mistake, Option<&'a Mistake>, Stands);
    let by: HashMap<Key<'_>, usize> = (groups.iter().enumerate().rev())
        .map(|(at, group)| ((&group.mistake, key(group), stands(&group.standing)), at))
        .collect();
    let mut out = vec![Vec::new(); groups.len()];
    for finding in &submission.findings {
        let (mistake, standing) = (&finding.mistake, stands(&finding.standing));
        let own = by.get(&(mistake, finding.cause.as_ref(), standing));
        // A cause that is no group of its own leaves what follows from it at the top.
        let own = own.or_else(|| by.get(&(mistake, None, standing)));
        if let Some(at) = own {
            out[*at].push(finding);
        }
    }
    out
}

/// A standing as a key: a waiver is known by its place in its file.
type Stands = (bool, Option<(usize, usize)>);

fn stands(standing: &Standing) -> Stands {
    match standing {
        Standing::Open => (false, None),
        Standing::Known => (true, None),
        Standing::Waived(waiver) => (true, Some((waiver.span.start, waiver.span.end))),
    }
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

/// That a submission, or something that was given, was not read whole.
pub(crate) fn incomplete(lang: Lang) -> String {
    say!(lang,
        id: "TIDAK LENGKAP: tidak semua yang diberikan terbaca, angka ini belum dapat dipakai",
        en: "INCOMPLETE: not everything given was read, this number cannot be used yet",
    )
}

/// All findings of a report with their submissions, or the `most` heaviest, in their order; and
/// how many findings were left out, those that were not kept included.
pub(crate) fn heaviest(report: &Report, most: usize) -> (Vec<(&Submission, &Finding)>, u64) {
    let all = report.submissions.iter();
    let all = all.flat_map(|s| s.findings.iter().map(move |finding| (s, finding)));
    let mut room = most;
    let mut left = [0; 3];
    for level in [Level::Error, Level::Warning, Level::Note] {
        let of = all.clone().filter(|(_, finding)| finding.level == level);
        let taken = of.count().min(room);
        left[level as usize] = taken;
        room -= taken;
    }
    let mut shown = 0;
    let taken = all.filter(|(_, finding)| {
        let left = &mut left[finding.level as usize];
        let takes = *left > 0;
        *left -= usize::from(takes);
        shown += u64::from(takes) * u64::from(finding.times);
        takes
    });
    let taken: Vec<_> = taken.collect();
    let levels = report
        .submissions
        .iter()
        .map(|submission| submission.levels);
    let found: u64 = levels.map(|l| l.error + l.warning + l.note).sum();
    (taken, found.saturating_sub(shown))
}
