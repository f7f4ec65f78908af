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
    let own: Vec<String> = schemas
        .entry()
        .iter_errors(node)
        .map(|e| said(&e))
        .collect();
    let peer: Vec<String> = over_value.iter_errors(entry).map(|e| said(&e)).collect();
    assert_eq!(own, peer, "{text}");
    assert_eq!(schemas.entry().is_valid(node), peer.is_empty());
    let Seen::Node(root) = node else { return };
    // The quick yes is a yes; without it the crate is asked, which costs only time.
    assert!(!schemas.accept.accepts(root) || peer.is_empty(), "{text}");
}

/// Values at the borders of what a schema takes.
fn border() -> impl Strategy<Value = Value> {
    let text = r#"[null, true, false, 0, -0.0, 1.0, 1.5, -1, 1e3, 999999999999999999,
        1234567890123456789, 1e300, "", "a", "ab", "primer", "2024-02-30", "2024-02-29",
        "AHU-21", "AHU-0000021.AH.01.26.TAHUN 2019", " spasi", "\u0000", "ééé", "😀😀😀", [], {},
        ["awal", "awal"], ["awal", "akhir"], {"ada": true}, {"ada": null}, {"total": 20},
        [{"tahun_buku": 2023, "tanggal": "2024-01-01"}], [{"tahun_buku": 2023}], [[]], [null]]"#;
    let all: Vec<Value> = serde_json::from_str(text).unwrap();
    let long = [200, 201].map(|length| Value::from("x".repeat(length)));
    prop::sample::select([all, long.to_vec()].concat())
}

/// Changes the value at a random place, or takes it away.
fn change(value: &mut Value, mut way: Vec<prop::sample::Index>, with: Option<Value>) {
    let Some(next) = way.pop() else {
        *value = with.unwrap_or(Value::Null);
        return;
    };
    match value {
        Value::Array(items) if !items.is_empty() => {
            let at = next.index(items.len());
            match (way.is_empty(), with) {
                (true, None) => drop(items.remove(at)),
                (_, with) => change(&mut items[at], way, with),
            }
        }
        Value::Object(members) if !members.is_empty() => {
            let name = members
                .keys()
                .nth(next.index(members.len()))
                .unwrap()
                .clone();
            match (way.is_empty(), with) {
                (true, None) => drop(members.remove(&name)),
                (_, with) => change(&mut members[&name], way, with),
            }
        }
        other => *other = with.unwrap_or(Value::Null),
    }
}

/// Schemas of every keyword that the quick yes knows, and of some that it leaves to the crate.
fn any_schema() -> impl Strategy<Value = Value> {
    let leaf = prop::sample::select(
        serde_json::from_str::<Vec<Value>>(
            r##"[true, false, {}, {"type": "string", "minLength": 2, "maxLength": 3},
            {"type": ["string", "null"], "enum": ["a", "ab", null]}, {"enum": ["a", 1]},
            {"type": "integer", "minimum": 0}, {"type": ["integer", "number"]},
            {"minimum": 0.5}, {"maximum": 1}, {"type": "number", "exclusiveMinimum": 0},
            {"type": "boolean", "title": "x"}, {"type": "string", "format": "date"},
            {"type": "string", "pattern": "^a+$"}, {"const": "ab"}, {"$ref": "#/$defs/self"},
            {"type": "array", "uniqueItems": true}, {"maxItems": 1}, {"minProperties": 1},
            {"not": {"type": "null"}}, {"type": "null"}, {"required": ["a"]},
            {"additionalProperties": false}, {"propertyNames": {"maxLength": 3}}]"##,
        )
        .unwrap(),
    );
    leaf.prop_recursive(3, 24, 4, |inner| {
        let names = prop::sample::select(vec!["a", "ada", "total", "tahun_buku", "tanggal"]);
        let members = prop::collection::btree_map(names.clone(), inner.clone(), 0..4);
        let object = (
            members,
            prop::option::of(names),
            any::<bool>(),
            any::<bool>(),
        );
        prop_oneof![
            inner
                .clone()
                .prop_map(|items| json!({"type": "array", "items": items})),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| json!({"anyOf": [a, b]})),
            (inner.clone(), inner.clone())
                .prop_map(|(a, b)| json!({"prefixItems": [a], "items": b})),
            (inner.clone(), inner).prop_map(|(a, b)| json!({"if": a, "then": b})),
            object.prop_map(|(members, required, closed, typed)| {
                let mut schema = json!({"properties": members});
                if let Some(name) = required {
                    schema["required"] = json!([name]);
                }
                if closed {
                    schema["additionalProperties"] = json!(false);
                }
                if typed {
                    schema["type"] = json!("object");
                }
                schema
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_quick_yes_is_a_yes_near_the_borders(
        (mut entry, changes) in (any_entry(), prop::collection::vec(
            (prop::collection::vec(any::<prop::sample::Index>(), 1..4), prop::option::of(border())),
            1..4,
        )),
    ) {
        for (way, with) in changes {
            change(&mut entry, way, with);
        }
        schema_agrees(&entry);
    }

    #[test]
    fn the_quick_yes_is_a_yes_for_any_schema(schema in any_schema(), own in any_schema(), values in prop::collection::vec(prop_oneof![any_json(), border()], 8)) {
        let source = json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {"self": own}, "allOf": [schema.clone()]});
        let accept = koplint::schema::Accept::new(&schema, &source);
        let peer = jsonschema::options()
            .with_format("date", koplint::date::is_date)
            .should_validate_formats(true)
            .build(&source);
        let (Ok(accept), Ok(peer)) = (accept, peer) else { return Ok(()) };
        for value in values {
            let text = value.to_string();
            let mut tape = Tape::new();
            json::value(&text, 0, text.len(), &mut tape).unwrap();
            let root = Doc::new(&tape, &text).root().unwrap();
            prop_assert!(!accept.accepts(root) || peer.is_valid(&value), "{schema} {text}");
        }
    }
}

#[test]
fn every_schema_compiles() {
    let schemas = koplint::schema::Schemas::compile().unwrap();
    let mut tape = Tape::new();
    json::value("{}", 0, 2, &mut tape).unwrap();
    let root = Seen::Node(Doc::new(&tape, "{}").root().unwrap());
    for validator in [schemas.header(), schemas.document(), schemas.entry()] {
        // One that did not compile would refuse as such.
        let errors: Vec<String> = validator.iter_errors(root).map(|e| said(&e)).collect();
        assert!(errors.len() > 1, "{errors:?}");
    }
}

#[test]
fn a_schema_that_is_itself_gets_no_quick_yes() {
    let source = json!({"$defs": {"self": {"$ref": "#/$defs/self"}}});
    let accept = koplint::schema::Accept::new(&source["$defs"]["self"], &source).unwrap();
    let mut tape = Tape::new();
    json::value("1", 0, 1, &mut tape).unwrap();
    assert!(!accept.accepts(Doc::new(&tape, "1").root().unwrap()));
}

#[test]
fn the_quick_yes_is_said_to_what_is_valid() {
    let file = crate::support::root().join("fixtures/banyumas.json");
    let document: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let schemas = koplint::schema::Schemas::compile().unwrap();
    let mut accepted = 0;
    for entry in document["koperasi"].as_array().unwrap() {
        let text = entry.to_string();
        let mut tape = Tape::new();
        json::value(&text, 0, text.len(), &mut tape).unwrap();
        let root = Doc::new(&tape, &text).root().unwrap();
        let valid = schemas.entry().is_valid(Seen::Node(root));
        assert_eq!(schemas.accept.accepts(root), valid, "{text}");
        accepted += u32::from(valid);
    }
    assert!(accepted > 5);
}

fn said(error: &jsonschema::ValidationError<'_>) -> String {
    format!("{} {} {error}", error.instance_path(), error.schema_path())
}
