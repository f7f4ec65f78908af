//! sonic-rs: parses every line (or the document) and does no more.

use sonic_rs::{JsonContainerTrait, JsonValueTrait, Value};

fn main() {
    let path = std::env::args().nth(1).expect("FILE");
    let bytes = std::fs::read(&path).expect("reading");
    let parse = |bytes: &[u8]| sonic_rs::from_slice::<Value>(bytes);
    let mut entries = 0;
    let mut refused = 0;
    if path.ends_with(".json") {
        let value = parse(&bytes).expect("JSON");
        entries = value.get("koperasi").and_then(|k| k.as_array()).map_or(0, |k| k.len());
    } else {
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            entries += 1;
            refused += usize::from(parse(line).is_err());
        }
    }
    println!("{{\"entries\": {entries}, \"unparsed\": {refused}}}");
}
