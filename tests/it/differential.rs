//! Against the crates that others trust: the grammar against `serde_json`, the schema over the
//! tape against the schema over `serde_json::Value`.

use koplint::read::json;
use koplint::schema::{OnTape, SUBMISSION, Seen, to_value};
use koplint::tape::{Doc, Node, Tape};
use proptest::prelude::*;
use serde_json::{Value, json};

fn agree(text: &str) {
    let mut tape = Tape::new();
    let own = json::value(text, 0, text.len(), &mut tape);
    let peer: Result<Value, _> = serde_json::from_str(text);
    assert_eq!(own.is_ok(), peer.is_ok(), "{text:?}: {own:?} / {peer:?}");
    match (own, peer) {
        (Ok(()), Ok(value)) if tape.repeats().is_empty() => {
            let root = Doc::new(&tape, text).root().unwrap();
            assert_eq!(to_value(root), value, "{text:?}");
            places(root, text);
        }
        (Err(error), _) => {
            let range = error.at.range();
            assert!(text.get(range).is_some(), "{text:?}: {error:?}");
        }
        _ => {}
    }
}

/// Every span lies in its text on character boundaries and covers the value it names.
fn places(node: Node<'_>, text: &str) {
    let span = text
        .get(node.place().range())
        .expect("a span on boundaries");
    let again: Value = serde_json::from_str(span).expect("a span that is the value");
    assert_eq!(again, to_value(node));
    for child in node.elements().chain(node.members().map(|m| m.value())) {
        places(child, text);
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((".{0,6}", inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_are_equal(value in any_json(), pretty in any::<bool>()) {
        let text = if pretty {
            serde_json::to_string_pretty(&value)
        } else {
            serde_json::to_string(&value)
        };
        agree(&text.unwrap());
    }

    #[test]
    fn texts_near_json_are_accepted_alike(value in any_json(), cuts in prop::collection::vec((any::<prop::sample::Index>(), "[\\[\\]{},:\"\\\\u0-9eE.+\\-trfn \n\u{0}é]{0,3}"), 1..4)) {
        let mut text = value.to_string();
        for (at, with) in cuts {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let at = places[at.index(places.len())];
            let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
            text.replace_range(at..end, &with);
            if text.is_empty() {
                return Ok(());
            }
        }
        agree(&text);
    }

    #[test]
    fn the_schema_says_the_same_over_both(entry in any_entry()) {
        schema_agrees(&entry);
    }
}

#[test]
fn corner_cases() {
    for text in [
        "",
        " ",
        "0",
        "-0",
        "01",
        "1.",
        "1.0",
        "-",
        "+1",
        ".5",
        "1e5",
        "1E+5",
        "1e",
        "1e999",
        "-1e999",
        "1e-999",
        "123456789012345678901234567890",
        "true",
        "tru",
        "truex",
        "null",
        "NaN",
        "Infinity",
        "\"\\u00e9\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83d\\u0041\"",
        "\"\\x\"",
        "\"a\nb\"",
        "\"\t\"",
        "\"\u{7f}\"",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\" 1}",
        "{\"a\":}",
        "[1}",
        "{\"a\":1]",
        "[",
        "{",
        "[1",
        "{\"a\"",
        "{\"a\":",
        "1 2",
        "[] []",
        "// a\n1",
        "\u{feff}1",
        "\"\u{feff}\"",
        "[[[]]]",
        "-3.7e-é6",
        "1é",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\",
        "\"",
    ] {
        agree(text);
    }
    for depth in [126, 127, 128, 129, 10_000] {
        agree(&("[".repeat(depth) + &"]".repeat(depth)));
        agree(&("{\"a\":".repeat(depth) + "1" + &"}".repeat(depth)));
    }
}

#[test]
fn a_repeated_name_is_found_and_its_first_value_stands() {
    let text = r#"{"a": 1, "b": 2, "\u0061": 3, "a": 4}"#;
    let mut tape = Tape::new();
    json::value(text, 0, text.len(), &mut tape).unwrap();
    assert_eq!(tape.repeats().len(), 2);
    let root = Doc::new(&tape, text).root().unwrap();
    assert_eq!(root.len(), 2);
    assert_eq!(to_value(root), json!({"a": 1, "b": 2}));
    // A large object costs no square.
    let many: String = (0..100_000).map(|n| format!("\"k{n}\":0,")).collect();
    let text = format!("{{{many}\"k5\":1}}");
    let mut tape = Tape::new();
    json::value(&text, 0, text.len(), &mut tape).unwrap();
    assert_eq!(tape.repeats().len(), 1);
}

#[test]
fn the_adapter_is_as_the_schema_crate_wants_it() {
    let text = jsonschema_value::conformance::document().to_string();
    let mut tape = Tape::new();
    json::value(&text, 0, text.len(), &mut tape).unwrap();
    let root = Seen::Node(Doc::new(&tape, &text).root().unwrap());
    jsonschema_value::conformance::assert_conformance::<OnTape>(&root);
}

/// An entry of the fixtures with some members changed.
fn any_entry() -> impl Strategy<Value = Value> {
    let file = crate::support::root().join("fixtures/formats/sama.json");
    let document: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let entries = document["koperasi"].as_array().unwrap().clone();
    let names: Vec<String> = entries
        .iter()
        .flat_map(|entry| entry.as_object().unwrap().keys().cloned())
        .chain(["asing".to_owned()])
        .collect();
    let change = (prop::sample::select(names), prop::option::of(any_json()));
    (
        prop::sample::select(entries),
        prop::collection::vec(change, 0..4),
    )
        .prop_map(|(mut entry, changes)| {
            for (name, value) in changes {
                match value {
                    Some(value) => entry[&name] = value,
                    None => drop(entry.as_object_mut().unwrap().remove(&name)),
                }
            }
            entry
        })
}

fn schema_agrees(entry: &Value) {
    let source: Value = serde_json::from_str(SUBMISSION).unwrap();
    let mut schema = source["$defs"]["entri"].clone();
    schema["$defs"] = source["$defs"].clone();
    let over_value = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .with_format("nomor-badan-hukum", koplint::nomor::ahu_shape_holds)
        .with_format("date", koplint::date::is_date)
        .should_validate_formats(true)
        .with_pattern_options(jsonschema::PatternOptions::regex())
        .build(&schema)
        .unwrap();
    let schemas = koplint::schema::Schemas::compile().unwrap();
    let text = entry.to_string();
    let mut tape = Tape::new();
    json::value(&text, 0, text.len(), &mut tape).unwrap();
    let node = Seen::Node(Doc::new(&tape, &text).root().unwrap());
    let own: Vec<String> = schemas.entry.iter_errors(node).map(|e| said(&e)).collect();
    let peer: Vec<String> = over_value.iter_errors(entry).map(|e| said(&e)).collect();
    assert_eq!(own, peer, "{text}");
    assert_eq!(schemas.entry.is_valid(node), peer.is_empty());
}

fn said(error: &jsonschema::ValidationError<'_>) -> String {
    format!("{} {} {error}", error.instance_path(), error.schema_path())
}
