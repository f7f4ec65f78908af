//! A report as it is given: hostile until its shape is its schema's and its books close.

use jsonschema::PatternOptions;
use serde::Deserialize;
use serde_json::Value;

use super::side::Side;
use crate::lang::Lang;
use crate::render::json::SCHEMA;
use crate::say;
use crate::words::shown;

/// The largest report that is read.
pub const MOST_BYTES: u64 = 256 << 20;

/// A report's file.
#[derive(Debug)]
pub struct Given {
    /// As it was given.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What all reports must have in common, and what they bring.
#[derive(Debug)]
pub(super) struct Read {
    pub name: String,
    pub head: Head,
    pub sides: Vec<Side>,
}

/// The members of a report beside its submissions.
#[derive(Debug, Deserialize)]
pub(super) struct Head {
    pub tool: Tool,
    pub lang: String,
    pub today: String,
    pub definition: Source,
    pub schema: Source,
    pub failures: Vec<Value>,
    pub policy: Policy,
    pub since: Option<Since>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Tool {
    pub version: String,
}

/// Where a definition or schema came from.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source {
    pub source: String,
    pub version: String,
    pub sha256: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Policy {
    pub findings: Vec<Value>,
    pub off: serde_json::Map<String, Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Since {
    pub unchanged: Vec<String>,
}

/// The published schema of reports.
pub(super) fn schema() -> Result<jsonschema::Validator, String> {
    let schema: Value = serde_json::from_str(SCHEMA).map_err(|error| error.to_string())?;
    jsonschema::options()
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::regex())
        .offline()
        .build(&schema)
        .map_err(|error| error.to_string())
}

/// Reads a report.
///
/// # Errors
/// Why it is none that can be merged, with its name.
pub(super) fn read(
    given: Given,
    schema: &jsonschema::Validator,
    lang: Lang,
) -> Result<Read, String> {
    let name = shown(&given.name, 200);
    let refused = |why: String| format!("{name}: {why}");
    let mut value: Value = serde_json::from_slice(&given.bytes).map_err(|error| {
        refused(say!(lang, id: "bukan laporan JSON: {error}", en: "no JSON report: {error}"))
    })?;
    if let Err(error) = schema.validate(&value) {
        let at = shown(&error.instance_path().to_string(), 120);
        return Err(refused(say!(lang,
            id: "bukan laporan koplint yang utuh: {at} tidak menurut skema (koplint schema report)",
            en: "no sound koplint report: {at} is not as the schema has it (koplint schema report)",
        )));
    }
    let head = Head::deserialize(&value).map_err(|error| refused(error.to_string()))?;
    let left = head.since.as_ref().map_or(0, |since| since.unchanged.len());
    if left > 0 {
        return Err(refused(say!(lang,
            id: "laporan sebagian (--since): {left} pengajuan tidak diperiksa",
            en: "a partial report (--since): {left} submissions were not checked",
        )));
    }
    let submissions = match value["submissions"].take() {
        Value::Array(submissions) => submissions,
        _ => Vec::new(),
    };
    let sides = submissions.into_iter().map(|one| Side::of(one, lang));
    let sides: Result<Vec<Side>, String> = sides.collect();
    Ok(Read {
        sides: sides.map_err(refused)?,
        head,
        name,
    })
}

/// What two reports must agree in, and do not.
pub(super) fn differs(one: &Read, other: &Read, lang: Lang) -> Option<String> {
    let of = |head: &Head| {
        [
            ("koplint", head.tool.version.clone()),
            (
                lang.pick("definisi indikator", "the indicator's definition"),
                format!("{} {}", head.definition.version, head.definition.sha256),
            ),
            (
                lang.pick("skema pengajuan", "the submission's schema"),
                format!("{} {}", head.schema.version, head.schema.sha256),
            ),
            (lang.pick("bahasa", "the language"), head.lang.clone()),
        ]
    };
    let pairs = of(&one.head).into_iter().zip(of(&other.head));
    let mut unlike = pairs.filter(|((_, own), (_, its))| own != its);
    let ((what, own), (_, its)) = unlike.next()?;
    let (own, its) = (shown(&own, 100), shown(&its, 100));
    let (name, other) = (&one.name, &other.name);
    Some(say!(lang,
        id: "laporan tidak dapat digabung: {what} berbeda: {own} di {name}, {its} di {other}",
        en: "the reports cannot be merged: {what} differs: {own} in {name}, {its} in {other}",
    ))
}
