//! The comparison as one JSON document. Names do not depend on the language.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::PrettyFormatter;
use serde_json::{Value, json};

use super::words;
use crate::compare::{Cause, Change, Comparison, Parameter, Row, Side, Turn, Who};
use crate::render::json::Safe;

/// Version of the document's shape; grows when something is taken away or means something else.
const VERSION: u32 = 1;

/// Writes it.
pub(super) fn write(own: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let pretty = Safe(PrettyFormatter::with_indent(b"  "));
    let mut json = serde_json::Serializer::with_formatter(&mut *out, pretty);
    let [old, new] = own.counts();
    let document = json!({
        "schema_version": VERSION,
        "kind": own.kind.name(),
        "tool": {"name": "koplint", "version": env!("CARGO_PKG_VERSION")},
        "lang": own.lang.tag(),
        "today": own.today.to_string(),
        "complete": own.complete(),
        "closes": own.closes(),
        "verified": {"old": old, "new": new, "effect": own.effect()},
        "old": side(&own.sides[0]),
        "new": side(&own.sides[1]),
        "definition": parameters(&own.parameters),
        "causes": own.causes.iter().map(|sum| {
            let mut value = cause(sum.cause);
            value["message"] = words::cause(sum.cause, sum.effect > 0, own.lang).into();
            value["entities"] = sum.entities.into();
            value["effect"] = sum.effect.into();
            value
        }).collect::<Vec<_>>(),
        "submissions": own.rows.iter().map(row).collect::<Vec<_>>(),
        "changes": own.changes.iter().map(change).collect::<Vec<_>>(),
        "candidates": own.candidates.iter().map(|one| json!({
            "old": who(&one.old),
            "new": who(&one.new),
            "name": if one.same_name { "same" } else { "near" },
        })).collect::<Vec<_>>(),
        "candidates_cut": own.candidates_cut,
        "unidentified": {"old": own.unidentified[0], "new": own.unidentified[1]},
    });
    document.serialize(&mut json)?;
    writeln!(out)
}

fn side(side: &Side) -> Value {
    let failures = side.failures.iter();
    let failures: Vec<Value> = failures
        .map(|one| json!({"file": one.file, "message": one.message, "help": one.help}))
        .collect();
    json!({
        "name": side.name,
        "complete": side.complete,
        "definition": {
            "source": side.definition.source,
            "version": side.definition.version,
            "sha256": side.definition.sha256,
        },
        "books": books(side.books),
        "failures": failures,
    })
}

fn books(own: crate::tally::Books) -> Value {
    json!({
        "read": own.read,
        "verified": own.verified,
        "not_met": own.not_met,
        "unproven": own.unproven,
        "duplicate": own.duplicate,
        "unreadable": own.unreadable,
    })
}

fn parameters(all: &[Parameter]) -> Vec<Value> {
    let said = all.iter().map(|one| {
        let [old, new] = &one.values;
        json!({"name": one.name, "old": old, "new": new})
    });
    said.collect()
}

fn cause(cause: Cause) -> Value {
    let kind = match cause {
        Cause::Submission => "submission",
        Cause::Register => "register",
        Cause::Criterion(..) => "criterion",
        Cause::Listing => "listing",
    };
    let mut value = json!({"cause": kind});
    if let Cause::Criterion(criterion, ..) = cause {
        value["criterion"] = criterion.name().into();
    }
    let code = words::cause_code(cause);
    if !code.is_empty() {
        value["code"] = code.into();
    }
    value
}

fn row(row: &Row) -> Value {
    let ([old, new], [from, to]) = (&row.files, row.counted);
    json!({
        "region": row.region,
        "old": old,
        "new": new,
        "complete": row.complete.iter().all(|own| *own),
        "books": {"old": books(row.books[0]), "new": books(row.books[1])},
        "counted": {"old": from, "new": to, "entered": row.entered, "left": row.left},
        "header": parameters(&row.header),
    })
}

fn change(change: &Change) -> Value {
    let [old, new] = change.who.each_ref().map(|own| own.as_ref().map(who));
    let mut value = json!({
        "effect": change.effect,
        "matched_by": change.by.map(crate::compare::By::name),
        "old": old,
        "new": new,
        "identity": change.said.iter().map(|said| said.name()).collect::<Vec<_>>(),
        "criteria": change.turns.iter().map(turn).collect::<Vec<_>>(),
    });
    if let Some(own) = change.cause {
        value["cause"] = cause(own);
    }
    value
}

fn who(who: &Who) -> Value {
    json!({
        "submission": who.row,
        "entry": who.entry,
        "place": who.spot,
        "nama_koperasi": who.name,
        "nomor_badan_hukum": who.number,
        "nik_koperasi": who.nik,
        "kecamatan": who.kecamatan,
        "verdict": who.verdict.name(),
        "counts": who.counts,
        "listed": who.listed,
    })
}

fn turn(turn: &Turn) -> Value {
    let [old, new] = turn
        .status
        .map(|own| own.map(|(status, code)| json!({"status": status.name(), "code": code})));
    json!({
        "criterion": turn.criterion.name(),
        "old": old,
        "new": new,
        "evidence": {"gone": turn.gone, "new": turn.come, "kept": turn.kept},
    })
}
