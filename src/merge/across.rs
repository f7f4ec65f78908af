//! D001 where a run over all inputs would put it: at the entry that does not count in the total.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::side::Side;
use crate::finding::{Finding, Mistake, Related, Standing};
use crate::lang::Lang;
use crate::place::Place;
use crate::province::Again;
use crate::render::json::FindingView;
use crate::rule::Rule;
use crate::rules::{self, duplicate};
use crate::say;
use crate::words::shown;

const FIELD: &str = "nomor_badan_hukum";

/// What a report says of whose an entry is.
type Whose = (Arc<str>, Option<Arc<str>>);

/// Adds the findings to the submissions.
pub(super) fn add(sides: &mut [Side], again: &[Again], lang: Lang) {
    let mut known: HashMap<usize, HashMap<u64, Whose>> = HashMap::new();
    for one in again {
        let (at, index) = one.own;
        let whose = known.entry(at).or_insert_with(|| whose(&sides[at].value));
        let line = sides[at].lines[index];
        let (key, name) = match whose.get(&u64::from(line.number)) {
            Some((key, name)) => (key.clone(), name.clone()),
            None => (format!("~{:012x}", line.digest >> 80).into(), None),
        };
        let finding = finding(sides, one, key, name, lang);
        let own = sides[at].file.clone();
        admit(&mut sides[at].value, &finding, &own, lang);
        sides[at].levels.add(finding.level, 1);
    }
    for side in sides {
        let levels = side.levels;
        for (name, count) in [
            ("error", levels.error),
            ("warning", levels.warning),
            ("note", levels.note),
        ] {
            side.value["levels"][name] = count.into();
        }
    }
}

/// Keys and names of entries, where a report has them.
fn whose(submission: &Value) -> HashMap<u64, Whose> {
    let mut out = HashMap::new();
    let list = |name: &str| submission[name].as_array().into_iter().flatten();
    let of_findings = list("findings").map(|finding| (&finding["entry"], finding));
    let of_entries = list("entries").map(|entry| (&entry["number"], entry));
    for (number, one) in of_findings.chain(of_entries) {
        let (Some(number), Some(key)) = (number.as_u64(), one["key"].as_str()) else {
            continue;
        };
        let name = one["name"].as_str().filter(|name| !name.is_empty());
        out.insert(number, (key.into(), name.map(Into::into)));
    }
    out
}

fn finding(
    sides: &[Side],
    one: &Again,
    key: Arc<str>,
    name: Option<Arc<str>>,
    lang: Lang,
) -> Finding {
    let rule: &'static Rule = rules::find("D001").unwrap_or(&duplicate::RULES[0]);
    let file = &sides[one.first.0].file;
    let number = sides[one.first.0].lines[one.first.1].number;
    let said = shown(file, 80);
    let said = say!(lang, id: "{said} (entri ke-{number})", en: "{said} (entry {number})");
    let (message, label) = duplicate::message(rule.code, lang, &key, &said);
    Finding {
        rule,
        level: rule.level,
        message,
        help: None,
        found: None,
        expected: None,
        entry: Some(sides[one.own.0].lines[one.own.1].number),
        key: Some(key),
        name,
        mistake: Mistake {
            code: rule.code,
            field: FIELD.to_owned(),
            subject: file.clone(),
        },
        place: place(&sides[one.own.0], one.own.1),
        related: vec![Related {
            place: Place {
                file: Some(file.as_str().into()),
                ..place(&sides[one.first.0], one.first.1)
            },
            label,
        }],
        cause: None,
        times: 1,
        standing: Standing::Open,
        known: false,
    }
}

fn place(side: &Side, index: usize) -> Place {
    let line = side.lines[index];
    let sheet = line.sheet.and_then(|at| side.sheets.get(at as usize));
    let base = side.pointer.as_ref();
    Place {
        sheet: sheet.map(|sheet| sheet.as_str().into()),
        line: line.start.0,
        column: line.start.1,
        end_line: line.start.0,
        end_column: line.start.1,
        pointer: base.map(|base| format!("{base}{}", line.number.saturating_sub(1))),
        absolute: true,
        ..Place::default()
    }
}

/// Adds a finding behind the others, and to the group of those that the same file gave rise to.
fn admit(submission: &mut Value, finding: &Finding, own: &str, lang: Lang) {
    let mistake = &finding.mistake;
    let said = json!(FindingView::of(finding, own));
    let Some(findings) = submission["findings"].as_array_mut() else {
        return;
    };
    let index = findings.len();
    findings.push(said);
    let Some(groups) = submission["groups"].as_array_mut() else {
        return;
    };
    let same = |group: &&mut Value| {
        group["code"] == mistake.code
            && group["field"] == mistake.field
            && group["subject"] == mistake.subject
            && group["state"] == "open"
            && group["cause"].is_null()
    };
    if let Some(group) = groups.iter_mut().rev().find(same) {
        for name in ["count", "entries"] {
            group[name] = group[name].as_u64().unwrap_or(0).saturating_add(1).into();
        }
        return;
    }
    groups.push(json!({
        "code": mistake.code,
        "slug": finding.rule.slug,
        "level": finding.level.name(),
        "title": finding.rule.title.get(lang),
        "field": mistake.field,
        "subject": mistake.subject,
        "message": finding.message,
        "help": finding.rule.fix.get(lang),
        "count": 1,
        "entries": 1,
        "findings": [index],
        "cause": null,
        "state": "open",
        "waived": null,
    }));
}
