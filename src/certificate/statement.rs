//! What a certificate states: an in-toto Statement v1 with our predicate. Its shape is
//! `schemas/certificate.schema.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::sources::Digests;
use crate::read::open::is_no_file;
use crate::report::{Report, Submission};
use crate::tally::{self, CONCEPTS};
use crate::words;

/// The type of an in-toto statement.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
/// The type of our predicate. A member more or less is another type.
pub const PREDICATE_TYPE: &str = "https://koplint.dev/count/v1";

/// A header that came from options or settings, as it was used.
pub type Given = Map<String, Value>;

/// The whole statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// [`STATEMENT_TYPE`].
    #[serde(rename = "_type")]
    pub kind: String,
    /// Every file that was read, by name.
    pub subject: Vec<Subject>,
    /// [`PREDICATE_TYPE`].
    #[serde(rename = "predicateType")]
    pub predicate_type: String,
    /// What is said of them.
    pub predicate: Predicate,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Its path below the folder that was given, else its name.
    pub name: String,
    /// Of its bytes.
    pub digest: Digest,
}

/// A digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Digest {
    /// In hex.
    pub sha256: String,
}

/// The count and all that decides it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the schema says it")]
pub struct Predicate {
    pub tool: Tool,
    pub definition: Definition,
    pub schema: Schema,
    pub settings: Settings,
    pub submissions: Vec<One>,
    pub total: Total,
}

/// What counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the schema says it")]
pub struct Tool {
    pub name: String,
    pub version: String,
}

/// The indicator's definition, with its text: so it can be said which parameter differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the schema says it")]
pub struct Definition {
    pub version: String,
    pub sha256: String,
    pub content: Value,
}

/// The schema of submissions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the schema says it")]
pub struct Schema {
    pub version: String,
    pub sha256: String,
}

/// Options that decide what is counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// `--lembar`; only where there is a workbook.
    pub sheet: Option<String>,
}

/// One submission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the schema says it")]
pub struct One {
    pub name: String,
    pub bytes: u64,
    pub format: String,
    pub header: Header,
    pub claimed: Option<u64>,
    pub claimed_entries: u64,
    pub books: Books,
    pub counts: BTreeMap<String, Count>,
}

/// The header's members that date and place a submission, and where they come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the schema says it")]
pub struct Header {
    pub kode_wilayah: Option<String>,
    pub tahun_data: Option<i64>,
    pub tanggal_acuan: Option<String>,
    /// The header file, if it came from one.
    pub file: Option<String>,
    /// The whole header, if it came from options or settings: no file says it.
    pub given: Option<Given>,
}

/// The accounts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the schema says it")]
pub struct Books {
    pub read: u64,
    pub verified: u64,
    pub not_met: u64,
    pub unproven: u64,
    pub duplicate: u64,
    pub unreadable: u64,
}

/// One concept's count.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the schema says it")]
pub struct Count {
    pub verified: u64,
    pub upper: u64,
}

/// All submissions together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the schema says it")]
pub struct Total {
    pub claimed: u64,
    pub books: Books,
    pub counts: BTreeMap<String, Count>,
}

impl Statement {
    /// What a report states of these files.
    pub(super) fn of(
        report: &Report,
        files: &Digests,
        definition: Value,
        sheet: Option<&str>,
        mut given: BTreeMap<String, Given>,
    ) -> Self {
        let subject = files.iter().map(|(name, sha256)| Subject {
            name: name.clone(),
            digest: Digest {
                sha256: sha256.clone(),
            },
        });
        let submissions = report.submissions.iter();
        let workbooks = ["json", "ndjson", "csv"];
        let workbook = submissions
            .clone()
            .any(|one| !workbooks.contains(&one.source.format));
        Self {
            kind: STATEMENT_TYPE.to_owned(),
            subject: subject.collect(),
            predicate_type: PREDICATE_TYPE.to_owned(),
            predicate: Predicate {
                tool: Tool {
                    name: env!("CARGO_PKG_NAME").to_owned(),
                    version: env!("CARGO_PKG_VERSION").to_owned(),
                },
                definition: Definition {
                    version: report.definition.version.clone(),
                    sha256: report.definition.sha256.clone(),
                    content: definition,
                },
                schema: Schema {
                    version: report.schema.version.clone(),
                    sha256: report.schema.sha256.clone(),
                },
                settings: Settings {
                    sheet: sheet.filter(|_| workbook).map(str::to_owned),
                },
                submissions: submissions
                    .map(|one| One::of(one, given.remove(&one.source.file)))
                    .collect(),
                total: Total {
                    claimed: report.total.claimed,
                    books: report.total.books.into(),
                    counts: counts(&report.total.counts),
                },
            },
        }
    }

    /// The bytes that are signed.
    ///
    /// # Errors
    /// What the serializer says.
    pub fn bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}

impl One {
    fn of(one: &Submission, given: Option<Given>) -> Self {
        let text = |name: &str| Some(words::shown(one.header.get(name)?.as_str()?, 80));
        let file = one.source.header_file.clone();
        Self {
            name: one.source.file.clone(),
            bytes: one.source.bytes,
            format: one.source.format.to_owned(),
            header: Header {
                kode_wilayah: text("kode_wilayah"),
                tahun_data: one.header.get("tahun_data").and_then(Value::as_i64),
                tanggal_acuan: text("tanggal_acuan"),
                file: file.filter(|file| !is_no_file(file)),
                given,
            },
            claimed: one.claimed,
            claimed_entries: one.claimed_entries,
            books: one.books.into(),
            counts: counts(&one.counts),
        }
    }
}

impl From<tally::Books> for Books {
    fn from(books: tally::Books) -> Self {
        Self {
            read: books.read,
            verified: books.verified,
            not_met: books.not_met,
            unproven: books.unproven,
            duplicate: books.duplicate,
            unreadable: books.unreadable,
        }
    }
}

fn counts(counts: &tally::Counts) -> BTreeMap<String, Count> {
    let all = CONCEPTS.iter().zip(counts);
    let all = all.map(|(concept, count)| {
        let count = Count {
            verified: count.verified,
            upper: count.upper,
        };
        (concept.name.to_owned(), count)
    });
    all.collect()
}
