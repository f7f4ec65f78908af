//! SARIF 2.1.0, for code scanning and for what else reads it. No time and no chance in it: the
//! same report gives the same bytes.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::PrettyFormatter;
use serde_json::{Value, json};

use crate::finding::{Finding, Standing};
use crate::lang::Lang;
use crate::render::identity::Fingerprints;
use crate::render::json::Safe;
use crate::render::{labels, page, parts, safe};
use crate::report::Report;
use crate::rule::{Level, Rule};
use crate::{rules, say};

mod places;
mod run;

use places::{artifact, locations};

/// Results that are listed: what a viewer shows at most. What is beyond is counted.
const MOST: usize = 5_000;

/// Writes the report.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (findings, left) = parts::heaviest(report, MOST);
    let index: HashMap<&str, usize> = rules::all().zip(0..).map(|(r, at)| (r.code, at)).collect();
    let mut known = Fingerprints::default();
    let results: Vec<Value> = findings
        .into_iter()
        .map(|(own, finding)| {
            let fingerprint = known.finding(own, finding);
            let at = index.get(finding.rule.code).copied();
            let mut out = result(own, finding, at, &fingerprint, report.lang);
            standing(finding, report, &mut out);
            out
        })
        .collect();
    let lang = report.lang;
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "koplint",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": "https://koplint.dev",
                "language": lang.tag(),
                "rules": rules::all().map(|one| rule(one, lang)).collect::<Vec<_>>(),
            }},
            "language": lang.tag(),
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": { "SRCROOT": { "description": { "text": say!(
                lang,
                id: "Folder tempat koplint dijalankan.",
                en: "The folder in which koplint was run.",
            )}}},
            "invocations": [run::invocation(report, left)],
            "artifacts": report.submissions.iter().map(run::analysed).collect::<Vec<_>>(),
            "results": results,
            "properties": run::properties(report, left),
        }],
    });
    let pretty = Safe(PrettyFormatter::with_indent(b"  "));
    log.serialize(&mut serde_json::Serializer::with_formatter(
        &mut *out, pretty,
    ))?;
    writeln!(out)
}

fn rule(rule: &Rule, lang: Lang) -> Value {
    let (title, why, fix) = (rule.title.get(lang), rule.why.get(lang), rule.fix.get(lang));
    let code = rule.code;
    let basis = say!(lang, id: "Dasar", en: "Basis");
    // The rules' words use backticks alone, which mean the same in Markdown.
    let markdown = format!(
        "{why}\n\n{fix}\n\n{basis}: {}\n\n[{code}]({})",
        rule.clause,
        page(code)
    );
    json!({
        "id": code,
        "name": pascal(rule.slug),
        "shortDescription": { "text": text(title) },
        "fullDescription": { "text": text(why) },
        "help": { "text": text(fix), "markdown": markdown },
        "helpUri": page(code),
        "defaultConfiguration": { "level": rule.level.name() },
        "properties": { "slug": rule.slug, "clause": rule.clause, "since": rule.since },
    })
}

fn result(
    own: &str,
    finding: &Finding,
    index: Option<usize>,
    fingerprint: &str,
    lang: Lang,
) -> Value {
    let entry = parts::entry(finding, lang).map(|entry| format!(" ({entry})"));
    let message = format!("{}{}", finding.message, entry.unwrap_or_default());
    let mut out = json!({
        "ruleId": finding.rule.code,
        "level": finding.level.name(),
        "message": { "text": text(&message) },
        "locations": [locations(&finding.place, own)],
        "partialFingerprints": { "koplint/v1": fingerprint },
        "properties": {
            "field": finding.mistake.field,
            "fix": finding.help.as_deref().unwrap_or(finding.rule.fix.get(lang)),
        },
    });
    if let Some(index) = index {
        out["ruleIndex"] = index.into();
    }
    if finding.times > 1 {
        out["occurrenceCount"] = finding.times.into();
    }
    let properties = &mut out["properties"];
    for (name, value) in [
        (
            "key",
            finding.key.as_deref().filter(|key| !key.starts_with('#')),
        ),
        ("name", finding.name.as_deref()),
        ("found", finding.found.as_deref()),
        ("expected", finding.expected.as_deref()),
        (
            "followsFrom",
            finding.cause.as_ref().map(|cause| cause.code),
        ),
    ] {
        if let Some(value) = value {
            properties[name] = value.into();
        }
    }
    if let Some(entry) = finding.entry {
        properties["entry"] = entry.into();
    }
    let related = finding.related.iter().map(|related| {
        let mut location = locations(&related.place, own);
        location["message"] = json!({ "text": text(&related.label) });
        location
    });
    let related: Vec<Value> = related.collect();
    if !related.is_empty() {
        out["relatedLocations"] = related.into();
    }
    out
}

/// Who answers for it, and whether the baseline knows it. All results of a run say both or none.
fn standing(finding: &Finding, report: &Report, out: &mut Value) {
    let why = labels::standing(&finding.standing, report.lang);
    out["suppressions"] = json!([]);
    if let Standing::Waived(_) = finding.standing {
        let why = json!({ "kind": "external", "status": "accepted", "justification": &why });
        out["suppressions"] = json!([why]);
    }
    if report.settled.baseline.is_some() {
        out["baselineState"] = if finding.known { "unchanged" } else { "new" }.into();
    }
    if finding.standing == Standing::Open {
        return;
    }
    // Code scanning looks at neither: there it is a note that says why.
    let said = out["message"]["text"].as_str().unwrap_or_default();
    out["message"]["text"] = format!("{said} [{}]", text(&why)).into();
    out["level"] = Level::Note.name().into();
    out["properties"]["level"] = finding.level.name().into();
}

/// Words as a message holds them: nothing in them is a placeholder or a link.
fn text(words: &str) -> String {
    let words = safe(words).replace('{', "{{").replace('}', "}}");
    words.replace("](", "] (")
}

/// `missing-rat-year` as `MissingRatYear`.
fn pascal(slug: &str) -> String {
    let mut out = String::new();
    for part in slug.split('-') {
        let mut rest = part.chars();
        out.extend(rest.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(rest.as_str());
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_words() {
        assert_eq!(super::text("a[b](c) {0}"), "a[b] (c) {{0}}");
        assert_eq!(super::pascal("missing-rat-year"), "MissingRatYear");
    }
}
