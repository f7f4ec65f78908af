//! One submission in the document.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::criteria::Criterion;
use crate::lang::Lang;
use crate::report::{EntryLine, Group, Source, Submission, Work};
use crate::tally::Difference;
use crate::workbook::Changes;

use super::keys::KeysView;
use super::standing::{AsideView, WaivedView, state};
use super::view::{BooksView, BreakdownsView, CountsView, FindingView, LevelsView, Pairs, each};

/// One submission with everything.
pub(crate) struct SubmissionView<'a> {
    pub(crate) submission: &'a Submission,
    pub(crate) lang: Lang,
    pub(crate) entries: bool,
}

impl Serialize for SubmissionView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let submission = self.submission;
        let own = &*submission.source.file;
        let mut map = serializer.serialize_map(None)?;
        brief(submission, self.lang, &mut map)?;
        let findings = submission.findings.iter();
        map.serialize_entry(
            "findings",
            &each(findings.map(|one| FindingView::of(one, own))),
        )?;
        if self.entries {
            map.serialize_entry("entries", &each(submission.entries.iter().map(EntryView)))?;
        }
        if let Some(keys) = &submission.keys {
            map.serialize_entry("keys", &KeysView(keys))?;
        }
        map.end()
    }
}

/// The submission without its findings and entries.
pub(crate) fn brief<M: SerializeMap>(
    submission: &Submission,
    lang: Lang,
    map: &mut M,
) -> Result<(), M::Error> {
    map.serialize_entry("source", &SourceView::of(&submission.source))?;
    map.serialize_entry("header", &submission.header)?;
    map.serialize_entry("region", &submission.region)?;
    map.serialize_entry("complete", &submission.complete)?;
    map.serialize_entry("books", &BooksView::of(submission.books))?;
    map.serialize_entry("counts", &CountsView(&submission.counts))?;
    map.serialize_entry("claimed", &submission.claimed)?;
    map.serialize_entry("claimed_entries", &submission.claimed_entries)?;
    map.serialize_entry("plain", &submission.plain)?;
    let difference = submission.difference.iter().map(DifferenceView::of);
    map.serialize_entry("difference", &each(difference))?;
    let (by, places) = (&submission.breakdowns, true);
    map.serialize_entry("breakdowns", &BreakdownsView { by, places })?;
    map.serialize_entry("levels", &LevelsView::of(submission.levels))?;
    map.serialize_entry("aside", &AsideView::of(&submission.aside))?;
    let changes = submission.changes.as_ref();
    map.serialize_entry("changes", &changes.map(ChangesView::of))?;
    let groups = submission.groups.iter();
    let groups = groups.map(|group| GroupView::of(group, submission, lang));
    map.serialize_entry("groups", &each(groups))?;
    map.serialize_entry(
        "worklist",
        &each(submission.worklist.iter().map(WorkView::of)),
    )
}

#[derive(Serialize)]
struct ChangesView {
    solved: usize,
    left: usize,
    new: usize,
    cut: bool,
}

impl ChangesView {
    fn of(made: &Changes) -> Self {
        Self {
            solved: made.solved.len(),
            left: made.left,
            new: made.new,
            cut: made.cut,
        }
    }
}

#[derive(Serialize)]
struct SourceView<'a> {
    file: &'a str,
    header_file: Option<&'a str>,
    sha256: &'a str,
    bytes: u64,
    format: &'static str,
}

impl<'a> SourceView<'a> {
    fn of(source: &'a Source) -> Self {
        Self {
            file: &source.file,
            header_file: source.header_file.as_deref(),
            sha256: &source.sha256,
            bytes: source.bytes,
            format: source.format,
        }
    }
}

#[derive(Serialize)]
struct DifferenceView<'a> {
    reason: &'a str,
    code: &'static str,
    entries: u64,
    effect: i64,
}

impl<'a> DifferenceView<'a> {
    fn of(from: &'a Difference) -> Self {
        Self {
            reason: &from.reason,
            code: from.code,
            entries: from.entries,
            effect: from.effect,
        }
    }
}

#[derive(Serialize)]
struct GroupView<'a> {
    code: &'static str,
    slug: &'static str,
    level: &'static str,
    title: &'static str,
    field: &'a str,
    subject: &'a str,
    message: &'a str,
    help: &'a str,
    count: u64,
    entries: u64,
    findings: &'a [usize],
    cause: Option<usize>,
    state: &'static str,
    waived: Option<WaivedView<'a>>,
}

impl<'a> GroupView<'a> {
    fn of(group: &'a Group, submission: &'a Submission, lang: Lang) -> Self {
        let first = group.first.first();
        let first = first.and_then(|&index| submission.findings.get(index));
        let title = group.rule.title.get(lang);
        Self {
            code: group.rule.code,
            slug: group.rule.slug,
            level: group.level.name(),
            title,
            field: &group.mistake.field,
            subject: &group.mistake.subject,
            message: first.map_or(title, |finding| &finding.message),
            help: first
                .and_then(|finding| finding.help.as_deref())
                .unwrap_or(group.rule.fix.get(lang)),
            count: group.count,
            entries: group.entries,
            findings: &group.first,
            cause: group.cause,
            state: state(&group.standing),
            waived: WaivedView::of(&group.standing),
        }
    }
}

#[derive(Serialize)]
struct WorkView<'a> {
    code: &'static str,
    message: &'a str,
    group: Option<usize>,
    entries: u64,
    proven: u64,
}

impl<'a> WorkView<'a> {
    fn of(work: &'a Work) -> Self {
        Self {
            code: work.code,
            message: &work.message,
            group: work.group,
            entries: work.entries,
            proven: work.proven,
        }
    }
}

#[derive(Serialize)]
struct ReasonView {
    criterion: &'static str,
    code: &'static str,
}

/// One entry's verdict.
pub(crate) struct EntryView<'a>(pub(crate) &'a EntryLine);

impl Serialize for EntryView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let line = self.0;
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("number", &line.number)?;
        map.serialize_entry("key", &line.key)?;
        map.serialize_entry("name", &line.name)?;
        map.serialize_entry("verdict", line.verdict.name())?;
        let criteria = Criterion::ALL.iter().zip(&line.criteria);
        let criteria = criteria.map(|(criterion, status)| (criterion.name(), status.name()));
        map.serialize_entry("criteria", &Pairs(criteria))?;
        let reasons = line.reasons.iter().map(|(criterion, code)| ReasonView {
            criterion: criterion.name(),
            code,
        });
        map.serialize_entry("reasons", &each(reasons))?;
        map.end()
    }
}
