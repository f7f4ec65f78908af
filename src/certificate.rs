//! Certificates: a count, the bytes it was made from and the definition it rests on, signed, so that
//! anyone with the files can count again and see that all of it holds.
//!
//! An in-toto [`statement`] in a DSSE envelope ([`dsse`]). Everything in it is either an input of the
//! count or comes out of it: [`verify`] counts again and compares the whole statement.

use std::collections::BTreeMap;
use std::path::Path;

use indicatif::ProgressBar;
use jiff::civil::Date;
use serde_json::Value;

use crate::definition::Definition;
use crate::failure;
use crate::lang::Lang;
use crate::mask::Mask;
use crate::policy::paths::Spot;
use crate::policy::{Policy, filled};
use crate::read::open::{Input, OpenError, is_no_file};
use crate::report::{Failure, Report, Submission};
use crate::{Options, say};

pub mod compare;
pub mod dsse;
pub mod keys;
pub mod read;
pub mod sources;
pub mod statement;
pub mod strict;
pub mod verify;

use sources::Digests;
use statement::{Given, Statement};

/// The schema of the statement, as published.
pub const SCHEMA: &str = include_str!("../schemas/certificate.schema.json");

/// A certificate has at most this many bytes.
pub const MAX: u64 = 16 << 20;

/// What a count rests on, but for its inputs.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The language of messages.
    pub lang: Lang,
    /// The indicator's definition.
    pub definition: Definition,
    /// Where it came from.
    pub source: String,
    /// Its own text, as JSON.
    pub content: Value,
}

impl Ground {
    /// From the bytes of a definition.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(lang: Lang, source: String, definition: &[u8]) -> Result<Self, String> {
        let wrong = |error: String| format!("{source}: {error}");
        let content = strict::read(definition).map_err(|error| wrong(error.to_string()))?;
        let definition = Definition::read(definition).map_err(wrong)?;
        Ok(Self {
            lang,
            definition,
            source,
            content,
        })
    }

    /// How to count on it. No count depends on the day, so none is said; nor do levels and waivers.
    #[must_use]
    pub fn options(
        &self,
        policy: Policy,
        header: Option<String>,
        sheet: Option<String>,
    ) -> Options {
        Options {
            lang: self.lang,
            today: Date::MAX,
            definition: self.definition.clone(),
            definition_source: self.source.clone(),
            header,
            policy: Policy {
                headers: policy.headers,
                ..Policy::default()
            },
            sheet,
            keep_all: false,
            excerpts: false,
            entries: false,
            mask: Mask::Personal,
            progress: ProgressBar::hidden(),
        }
    }
}

/// A count and what it says of itself.
#[derive(Debug)]
pub struct Counted {
    /// The statement about it.
    pub statement: Statement,
    /// What could not be read, or changed while it was read.
    pub failures: Vec<Failure>,
    /// All of it was read, and it did not change meanwhile.
    pub complete: bool,
}

/// Counts, and states what was counted. `digests` were taken before; inputs bear the names of
/// [`sources`]. `content` is the definition's own text.
///
/// # Errors
/// Our own failure.
pub fn count(
    inputs: &[Input],
    digests: &Digests,
    options: &Options,
    content: Value,
) -> Result<Counted, String> {
    let mut report = crate::check(inputs, options)?;
    let mut failures = changed(options.lang, inputs, digests, &report);
    failures.extend(partly_read(&report));
    crate::add_failures(&mut report, failures);
    let given = given(inputs, options, &report);
    let sheet = options.sheet.as_deref();
    let statement = Statement::of(&report, digests, content, sheet, given);
    Ok(Counted {
        statement,
        failures: report.failures,
        complete: report.complete,
    })
}

/// Headers that came from no file, by submission.
fn given(inputs: &[Input], options: &Options, report: &Report) -> BTreeMap<String, Given> {
    let used = |name: &str| {
        let mut all = report.submissions.iter().map(|one| &one.source);
        let source = all.find(|source| source.file == name);
        source.is_some_and(|source| source.header_file.as_deref().is_some_and(is_no_file))
    };
    let given = inputs.iter().filter(|input| used(&input.name));
    let given = given.filter_map(|input| {
        let (text, _) = options
            .policy
            .header(&Spot::of(input), options.header.as_deref())?;
        match filled(serde_json::from_str(&text).ok()?)? {
            Value::Object(given) => Some((input.name.clone(), given)),
            _ => None,
        }
    });
    given.collect()
}

/// Submissions of which not all could be read.
fn partly_read(report: &Report) -> Vec<Failure> {
    let lang = report.lang;
    let partly = report.submissions.iter().filter(|one| !one.complete);
    let failure = |one: &Submission| Failure {
        file: crate::words::shown(&one.source.file, 200),
        message: say!(lang, id: "tidak terbaca seluruhnya", en: "not all of it could be read"),
        help: say!(lang, id: "`koplint check` mengatakan sebabnya", en: "`koplint check` says why"),
    };
    partly.map(failure).collect()
}

/// What is not any more what was hashed.
fn changed(lang: Lang, inputs: &[Input], before: &Digests, report: &Report) -> Vec<Failure> {
    let (now, _) = sources::digests(lang, inputs);
    let mut names: Vec<&String> = before
        .iter()
        .chain(&now)
        .map(|(name, _)| name)
        .filter(|name| before.get(*name) != now.get(*name))
        .collect();
    let read = report.submissions.iter().map(|one| &one.source);
    let other = read.filter(|source| before.get(&source.file) != Some(&source.sha256));
    names.extend(other.map(|source| &source.file));
    names.sort();
    names.dedup();
    let failure = |name: &String| Failure {
        file: crate::words::shown(name, 200),
        message: say!(lang, id: "berkas berubah selagi dibaca", en: "the file changed while it was read"),
        help: say!(lang, id: "ulangi bila tidak ada yang menulisnya", en: "again when nobody writes it"),
    };
    names.into_iter().map(failure).collect()
}

/// A text of a certificate or a path as a message shows it: digests whole, nothing that commands.
pub(crate) fn clipped(text: &str, most: usize) -> String {
    crate::words::clipped(text, most).into_owned()
}

/// The bytes of a small file that is one of koplint's own.
///
/// # Errors
/// Why it cannot be read.
pub fn small_file(lang: Lang, path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    use std::io::Read;
    let name = clipped(&path.to_string_lossy(), 200);
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path)
        .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
        .map_err(OpenError::Io);
    if let Err(error) = read {
        let (message, _) = failure::words(lang, &error);
        return Err(format!("{name}: {message}"));
    }
    if bytes.len() as u64 > limit {
        return Err(
            say!(lang, id: "{name}: lebih besar dari {limit} bita", en: "{name}: larger than {limit} bytes"),
        );
    }
    Ok(bytes)
}
