//! The grammars of the formats, as those who read them have it.

use std::collections::HashMap;

use quick_xml::events::Event;
use serde_json::Value;

use crate::support::root;

/// The document, which keeps to a schema of `tests/schemas`.
pub fn valid(schema: &str, text: &str) -> Value {
    let value: Value = serde_json::from_str(text).unwrap();
    let path = root().join(format!("tests/schemas/{schema}.schema.json"));
    let schema = std::fs::read_to_string(path).unwrap();
    // The official schema has a bracket too many in a pattern.
    let schema = schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    value
}

/// Reads a step's output as the runner of GitHub does: every line is an annotation, ten of a level
/// at most.
pub fn annotations(text: &str) {
    let mut count: HashMap<&str, u32> = HashMap::new();
    for line in text.lines() {
        let (command, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (name, properties) = command.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&name), "{line}");
        let properties: HashMap<&str, &str> = properties
            .split(',')
            .map(|one| one.split_once('=').unwrap())
            .collect();
        for (name, value) in &properties {
            let known = ["file", "line", "endLine", "col", "endColumn", "title"];
            assert!(known.contains(name), "{line}");
            let number = value.parse::<u32>().is_ok_and(|number| number > 0);
            assert!(number || ["file", "title"].contains(name), "{line}");
        }
        if properties.contains_key("col") {
            assert_eq!(properties["line"], properties["endLine"], "{line}");
        }
        // What is escaped is what the renderer wrote, whole.
        for escape in line.split('%').skip(1) {
            let code = escape.get(..2);
            assert!(
                code.is_some_and(|code| ["25", "0A", "3A", "2C"].contains(&code)),
                "{line}"
            );
        }
        assert!(!message.is_empty());
        *count.entry(name).or_default() += 1;
    }
    assert!(count.values().all(|count| *count <= 10), "{count:?}");
}

/// Reads JUnit XML as the Jenkins plugin's schema (junit-10.xsd) has it; the sums must agree.
pub fn cases(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut path: Vec<String> = Vec::new();
    let mut declared = HashMap::new();
    let mut counted: HashMap<String, usize> = HashMap::new();
    loop {
        let event = reader.read_event().unwrap();
        let (Event::Start(tag) | Event::Empty(tag)) = &event else {
            match event {
                Event::End(_) => drop(path.pop()),
                Event::Eof => break,
                _ => {}
            }
            continue;
        };
        let name = tag.name().as_ref().to_owned();
        let (parent, allowed): (&str, &[&str]) = match &*name {
            "testsuites" => ("", &["name", "tests", "failures", "errors"]),
            "testsuite" => (
                "testsuites",
                &["name", "tests", "failures", "errors", "skipped", "file"],
            ),
            "testcase" => ("testsuite", &["classname", "name"]),
            "failure" | "error" | "skipped" => ("testcase", &["type", "message"]),
            "system-out" => ("testcase", &[]),
            other => panic!("{other}"),
        };
        assert_eq!(path.last().map_or("", String::as_str), parent);
        for attribute in tag.attributes() {
            let attribute = attribute.unwrap();
            let key = attribute.key.as_ref().to_owned();
            assert!(allowed.contains(&&*key), "{name} {key}");
            let value = attribute.value.into_owned();
            assert!(!value.contains('<'), "{value}");
            if name == "testsuites" {
                declared.insert(key, value);
            }
        }
        *counted.entry(name.clone()).or_default() += 1;
        if matches!(event, Event::Start(_)) {
            path.push(name);
        }
    }
    assert!(path.is_empty());
    for (sum, tag) in [
        ("tests", "testcase"),
        ("failures", "failure"),
        ("errors", "error"),
    ] {
        let counted = counted.get(tag).copied().unwrap_or_default();
        assert_eq!(declared[sum], counted.to_string(), "{sum}");
    }
    let xml = |c: char| matches!(c, '\t' | '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(xml));
}

/// The rows of a table behind its headings; none of their cells is a formula.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap().len(), 19);
    let rows = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect());
    let rows: Vec<Vec<String>> = rows.collect();
    for cell in rows.iter().flatten() {
        assert!(
            !cell.trim_start().starts_with(['=', '+', '-', '@']),
            "{cell}"
        );
    }
    rows
}

/// What is Markdown in a summary is the renderer's own: tables, headings, bold, links to rules.
pub fn marks(text: &str) {
    let mut plain = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => drop(rest.next()),
            c => plain.push(c),
        }
    }
    let plain = plain.replace("](https://koplint.dev/rules/", "](rule ");
    for bad in [
        "<", "`", "@", "http:", "www.", "GH-3", "](h", "![", "~", "$",
    ] {
        assert!(!plain.contains(bad), "{bad}: {plain}");
    }
    let mut columns = None;
    for line in plain.lines() {
        let cells = line.matches('|').count();
        if line.starts_with('|') {
            assert_eq!(cells, *columns.get_or_insert(cells), "{line}");
        } else {
            assert_eq!(cells, 0, "{line}");
            columns = None;
        }
        let own = line
            .chars()
            .next()
            .is_none_or(|c| c.is_alphanumeric() || "|>*#".contains(c));
        assert!(own, "{line}");
        let hashes = line.matches('#').count();
        let entities = line.matches("&#8203;").count();
        let heading = if line.starts_with("## koplint: ") {
            2
        } else {
            0
        };
        assert_eq!(hashes, entities + heading, "{line}");
    }
}
