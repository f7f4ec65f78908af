//! What happened, once. Every renderer is a function of this.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::criteria::{Criterion, Status};
use crate::finding::{Finding, Mistake, Standing};
use crate::lang::Lang;
use crate::mask::Veil;
use crate::merge::table::KeyTable;
use crate::place::Place;
use crate::policy::baseline::Baseline;
use crate::policy::{Desk, Docket};
use crate::province::Province;
use crate::rule::{Level, Rule};
use crate::tally::{Books, Breakdowns, Counts, Difference};
use crate::trace::Trace;
use crate::workbook::Changes;

/// The report of one run.
#[derive(Debug)]
pub struct Report {
    /// The language of its messages.
    pub lang: Lang,
    /// The run's date.
    pub today: Date,
    /// The definition that was used.
    pub definition: Provenance,
    /// The schema that was used.
    pub schema: Provenance,
    /// By region code, then by name.
    pub submissions: Vec<Submission>,
    /// All submissions together.
    pub total: Total,
    /// What is to be said of several submissions.
    pub province: Option<Province>,
    /// What could not be read at all.
    pub failures: Vec<Failure>,
    /// What is to be said of waivers and the baseline themselves.
    pub settled: Settled,
    /// What was left out because it did not change, where that was asked for.
    pub since: Option<Since>,
    /// Everything that was given was read, something was checked, and its numbers add up.
    pub complete: bool,
}

impl Report {
    /// The numbers of all submissions together, if they may be added.
    #[must_use]
    pub fn sum(&self) -> Option<&Total> {
        let adds_up = self.province.as_ref().is_none_or(Province::adds_up);
        adds_up.then_some(&self.total)
    }

    /// The heaviest level among the findings that are open.
    #[must_use]
    pub fn worst(&self) -> Option<Level> {
        let levels = [Level::Error, Level::Warning, Level::Note];
        let own = [self.settled.levels];
        levels.into_iter().find(|level| {
            let mut all = self.submissions.iter().map(|s| s.levels).chain(own);
            all.any(|levels| levels.get(*level) > 0)
        })
    }
}

/// `--since`: the check was asked to leave out what is as it was at a git revision.
#[derive(Clone, Debug)]
pub struct Since {
    /// The revision as it was given.
    pub revision: String,
    /// The commit it names, in hex.
    pub commit: String,
    /// The files that were left out.
    pub unchanged: Vec<String>,
}

/// Version and hash of a definition or a schema.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// `built-in`, or the file.
    pub source: String,
    /// Its version or identifier.
    pub version: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
}

/// A file that could not be read at all: our failure or the system's, not a finding.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The file as it was given.
    pub file: String,
    /// Why, in the report's language.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The result of one submission.
#[derive(Debug)]
pub struct Submission {
    /// The bytes it was read from.
    pub source: Source,
    /// The header as JSON, as it was read.
    pub header: serde_json::Value,
    /// Official name of the region, if the code is known.
    pub region: Option<&'static str>,
    /// A sound `tahun_data`.
    pub year: Option<i32>,
    /// A sound `tanggal_acuan`.
    pub cutoff: Option<Date>,
    /// The accounts, which close.
    pub books: Books,
    /// The five nested concepts.
    pub counts: Counts,
    /// `jumlah_dilaporkan`.
    pub claimed: Option<u64>,
    /// Entries with `dihitung: true`.
    pub claimed_entries: u64,
    /// No entry says whether it is counted: nothing is claimed.
    pub plain: bool,
    /// From claimed to verified, by reason.
    pub difference: Vec<Difference>,
    /// By kecamatan, type, level, first failed criterion, and the SIPD tree.
    pub breakdowns: Breakdowns,
    /// Findings that are one mistake; causes first, what follows from one right behind it.
    pub groups: Vec<Group>,
    /// The findings that were kept, in the order of the source.
    pub findings: Vec<Finding>,
    /// Open findings by level, kept or not.
    pub levels: Levels,
    /// Findings that do not weigh.
    pub aside: Aside,
    /// What to mend first.
    pub worklist: Vec<Work>,
    /// One line an entry, where asked for.
    pub entries: Vec<EntryLine>,
    /// What merging reports needs, where asked for.
    pub keys: Option<KeyTable>,
    /// Of a copy that an earlier check marked: what became of its findings.
    pub changes: Option<Changes>,
    /// All of it was read.
    pub complete: bool,
}

impl Submission {
    /// Adds a finding that another submission gave rise to, behind the others, as the policy sees
    /// it. Those that another file gave rise to are one group.
    pub(crate) fn admit(
        &mut self,
        desk: &Desk<'_>,
        veil: Veil<'_>,
        docket: &Docket,
        mut finding: Finding,
        other: &str,
    ) {
        if !desk.judge(docket, &mut finding, false) {
            *self.aside.off.entry(finding.rule.code).or_default() += u64::from(finding.times);
            return;
        }
        veil.finding(&mut finding);
        other.clone_into(&mut finding.mistake.subject);
        self.add(finding);
    }

    /// Adds a finding behind the others, to its group if there is one.
    pub(crate) fn add(&mut self, finding: Finding) {
        self.levels.weigh(&finding, &mut self.aside);
        let same = |group: &&mut Group| {
            group.mistake == finding.mistake
                && group.standing == finding.standing
                && group.cause.is_none()
        };
        if let Some(group) = self.groups.iter_mut().rev().find(same) {
            group.count += 1;
            group.entries += 1;
        } else {
            self.groups.push(Group {
                rule: finding.rule,
                level: finding.level,
                mistake: finding.mistake.clone(),
                count: 1,
                entries: 1,
                first: vec![self.findings.len()],
                cause: None,
                standing: finding.standing.clone(),
            });
        }
        self.findings.push(finding);
    }
}

/// Where a submission was read from.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as given; `-` or the `--stdin-filename` for standard input.
    pub file: String,
    /// The file of its header, if another.
    pub header_file: Option<String>,
    /// SHA-256 of the bytes, in hex.
    pub sha256: String,
    /// Number of bytes.
    pub bytes: u64,
    /// `json`, `ndjson` or `csv`.
    pub format: &'static str,
}

/// Findings by level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// Errors.
    pub error: u64,
    /// Warnings.
    pub warning: u64,
    /// Notes.
    pub note: u64,
}

impl Levels {
    /// The number of a level.
    #[must_use]
    pub fn get(&self, level: Level) -> u64 {
        match level {
            Level::Error => self.error,
            Level::Warning => self.warning,
            Level::Note => self.note,
        }
    }

    /// Counts findings of a level.
    pub fn add(&mut self, level: Level, times: u64) {
        match level {
            Level::Error => self.error += times,
            Level::Warning => self.warning += times,
            Level::Note => self.note += times,
        }
    }

    /// Counts a finding here if it is open, else aside.
    pub(crate) fn weigh(&mut self, finding: &Finding, aside: &mut Aside) {
        let times = u64::from(finding.times);
        match finding.standing {
            Standing::Open => self.add(finding.level, times),
            Standing::Waived(_) => aside.waived += times,
            Standing::Known => aside.known += times,
        }
    }

    /// Counts those of another.
    pub fn merge(&mut self, other: Self) {
        for level in [Level::Error, Level::Warning, Level::Note] {
            self.add(level, other.get(level));
        }
    }
}

/// Numbers of findings that do not weigh.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// Waived.
    pub waived: u64,
    /// In the baseline.
    pub known: u64,
    /// Of rules that are off, by code; they stand nowhere else.
    pub off: BTreeMap<&'static str, u64>,
}

impl Aside {
    /// Adds those of another.
    pub fn merge(&mut self, other: &Self) {
        self.waived += other.waived;
        self.known += other.known;
        for (code, count) in &other.off {
            *self.off.entry(code).or_default() += count;
        }
    }
}

/// What is to be said of the run's waivers and baseline themselves.
#[derive(Debug, Default)]
pub struct Settled {
    /// C001, C002, C003: placed in the files of waivers and baseline.
    pub findings: Vec<Finding>,
    /// They by level.
    pub levels: Levels,
    /// Those of them whose rule is off, by code.
    pub off: BTreeMap<&'static str, u64>,
    /// The baseline, if there is one.
    pub baseline: Option<Known>,
}

/// What became of a baseline.
#[derive(Debug)]
pub struct Known {
    /// The file.
    pub file: String,
    /// Findings that it knows and that were not found in what was checked.
    pub solved: u64,
    /// The new one, if it was asked for.
    pub new: Option<Baseline>,
}

/// One mistake with all its places.
#[derive(Clone, Debug)]
pub struct Group {
    /// The rule.
    pub rule: &'static Rule,
    /// The heaviest level of its findings.
    pub level: Level,
    /// What its findings have in common.
    pub mistake: Mistake,
    /// Number of findings.
    pub count: u64,
    /// Number of entries with one.
    pub entries: u64,
    /// Its first places: indices into `findings`; never empty.
    pub first: Vec<usize>,
    /// Index of the group that it follows from.
    pub cause: Option<usize>,
    /// How its findings stand: all alike.
    pub standing: Standing,
}

/// One step of the worklist: mend this, and that many more entries are proven.
#[derive(Clone, Debug)]
pub struct Work {
    /// The rule that tells more.
    pub code: &'static str,
    /// What to mend, in the report's language.
    pub message: String,
    /// Its group, if there is a finding of it: index into `groups`.
    pub group: Option<usize>,
    /// Unproven entries in which it stands.
    pub entries: u64,
    /// Entries that are proven once this and all steps before are mended.
    pub proven: u64,
}

/// One entry's verdict.
#[derive(Clone, Debug)]
pub struct EntryLine {
    /// From 1.
    pub number: u32,
    /// Its normalised number, else `#n`.
    pub key: String,
    /// `nama_koperasi`, shortened; empty if none.
    pub name: String,
    /// The verdict.
    pub verdict: Verdict,
    /// By [`Criterion`].
    pub criteria: [Status; 6],
    /// For each criterion that is not met: it and the code that says why.
    pub reasons: Vec<(Criterion, &'static str)>,
    /// Where it begins.
    pub place: Place,
    /// Its evidence, where asked for.
    pub trace: Option<Box<Trace>>,
}

/// The verdict on one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum Verdict {
    Terverifikasi,
    Gugur,
    TidakTerbukti,
    Ganda,
}

impl Verdict {
    /// The standard's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Terverifikasi => "terverifikasi",
            Self::Gugur => "gugur",
            Self::TidakTerbukti => "tidak_terbukti",
            Self::Ganda => "ganda",
        }
    }
}

/// All submissions together; a legal entity counts once. Take the numbers from [`Report::sum`]:
/// where cut-offs differ there is none, and accounts, concepts, claim and breakdowns are empty.
#[derive(Clone, Debug, Default)]
pub struct Total {
    /// The accounts.
    pub books: Books,
    /// The five concepts.
    pub counts: Counts,
    /// The sum of what the submissions claim.
    pub claimed: u64,
    /// By kecamatan and so on.
    pub breakdowns: Breakdowns,
    /// Open findings by level.
    pub levels: Levels,
    /// Findings that do not weigh.
    pub aside: Aside,
    /// Number of submissions by region code.
    pub regions: BTreeMap<String, u32>,
}
