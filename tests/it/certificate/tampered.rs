//! Every part is changed in turn.

use koplint::certificate::Ground;
use koplint::certificate::compare::Kind;
use koplint::certificate::read::Certificate;
use koplint::definition::DEFAULT;
use koplint::lang::Lang;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::{Data, ground, key, packed, places, public, value};

/// The pointers of all leaves; an empty object or list is one.
fn leaves(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(all) if !all.is_empty() => {
            for (name, value) in all {
                let name = name.replace('~', "~0").replace('/', "~1");
                leaves(value, &format!("{at}/{name}"), out);
            }
        }
        Value::Array(all) if !all.is_empty() => {
            for (index, value) in all.iter().enumerate() {
                leaves(value, &format!("{at}/{index}"), out);
            }
        }
        _ => out.push(at.to_owned()),
    }
}

/// Another value of the same type; of what may be absent, one that is there.
fn other(at: &str, value: &Value) -> Value {
    match value {
        Value::Null if at.ends_with("given") => json!({"kode_wilayah": "33.02"}),
        Value::Null if at.ends_with("claimed") || at.ends_with("tahun_data") => json!(1),
        Value::Null => json!("x"),
        Value::Bool(value) => json!(!value),
        Value::Number(value) => json!(value.as_i64().unwrap() + 1),
        Value::String(text) if text.len() == 64 => {
            let first = if text.starts_with('0') { "1" } else { "0" };
            json!(format!("{first}{}", &text[1..]))
        }
        Value::String(text) => json!(format!("{text}x")),
        other => panic!("{at}: {other}"),
    }
}

/// Where a leaf is named: the member's place, as a message has it.
fn place(statement: &Value, pointer: &str) -> String {
    let mut out = String::new();
    let mut at = statement;
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        at = match at {
            Value::Array(all) => {
                let one = &all[part.parse::<usize>().unwrap()];
                match one.get("name") {
                    Some(name) => out.push_str(&format!("[{}]", name.as_str().unwrap())),
                    None => out.push_str(&format!("[{part}]")),
                }
                one
            }
            at => {
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(&part);
                &at[&part]
            }
        };
    }
    out.trim_start_matches("predicate.").to_owned()
}

/// What becomes of one changed leaf.
#[derive(Debug, PartialEq)]
enum Seen {
    Refused,
    Named,
    /// Nothing differs: the certificate's own word, and it is said.
    OnlySaid(String),
}

fn change(data: &Data, stated: &Value, leaf: &str) -> Seen {
    let mut changed = stated.clone();
    let slot = changed.pointer_mut(leaf).unwrap();
    *slot = other(leaf, slot);
    let payload = serde_json::to_vec(&changed).unwrap();
    // The old signature is not one of this.
    let own = packed(&serde_json::to_vec(stated).unwrap(), Some(&key(1)));
    let signed = Certificate::read(&own).unwrap().envelope.signatures;
    assert!(!signed[0].is_by(&public(1), &payload), "{leaf}");
    // Signed by someone else: the key is missed, and the change is named at its place.
    let again = packed(&payload, Some(&key(2)));
    let Ok(verdict) = data.verify(&again, &[public(1)]) else {
        return Seen::Refused;
    };
    let found = &verdict.differences;
    assert_eq!(found[0].kind, Kind::Signature, "{leaf}");
    let now = place(&changed, leaf);
    let place = place(stated, leaf);
    let own = |one: &str| {
        // A name that changed is missed, or is one too many.
        let renamed =
            leaf.ends_with("/name") && [&now, &place].iter().any(|at| at.starts_with(one));
        let file = leaf.starts_with("/subject/") && place.contains(&format!("[{one}]"));
        // With a header that is given it is counted: what comes of it differs.
        let of_given = place.split_once(".header.given.");
        let of_given = of_given.is_some_and(|(owner, _)| one.starts_with(owner));
        one == place || renamed || file || of_given
    };
    if places(&found[1..]).into_iter().any(own) {
        return Seen::Named;
    }
    assert_eq!(found.len(), 1, "{leaf}: {found:?}");
    let said = changed.pointer(leaf).unwrap().as_str().unwrap();
    assert!(
        verdict.notes.iter().any(|note| note.contains(said)),
        "{leaf}"
    );
    Seen::OnlySaid(place)
}

#[test]
fn every_leaf_of_what_is_stated() {
    let data = Data::all();
    let stated = value(&data.statement());
    let mut all = Vec::new();
    leaves(&stated, "", &mut all);
    assert!(all.len() > 150, "{}", all.len());
    let seen: Vec<Seen> = all
        .par_iter()
        .map(|leaf| change(&data, &stated, leaf))
        .collect();
    // Types, the tool's name, and names that are not in order any more.
    let refused = seen.iter().filter(|seen| **seen == Seen::Refused).count();
    assert!((3..=6).contains(&refused), "{refused}");
    // What no file says is said as such: the version of the tool, and a header that was given, as far
    // as it decides nothing.
    let mut only_said: Vec<&str> = Vec::new();
    for seen in &seen {
        if let Seen::OnlySaid(place) = seen {
            only_said.push(place.trim_start_matches("submissions[d.csv].header.given."));
        }
    }
    let wanted = ["tool.version", "nama_wilayah", "produsen_data", "wali_data"];
    only_said.sort_unstable_by_key(|name| wanted.iter().position(|one| one == name));
    assert_eq!(only_said, wanted);
}

#[test]
fn a_member_more_less_or_elsewhere() {
    let data = Data::all();
    let stated = value(&data.statement());
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut changed = stated.clone();
        change(&mut changed);
        let payload = serde_json::to_vec(&changed).unwrap();
        let error = data.verify(&packed(&payload, None), &[]).unwrap_err();
        error.words(Lang::En)
    };
    for at in [
        "",
        "/subject/0",
        "/predicate",
        "/predicate/total",
        "/predicate/submissions/0/books",
    ] {
        let said = refused(&|all| all.pointer_mut(at).unwrap()["extra"] = json!(true));
        assert!(said.contains("extra"), "{at}: {said}");
    }
    let said = refused(&|all| {
        all["predicate"].as_object_mut().unwrap().remove("total");
    });
    assert!(said.contains("total"), "{said}");
    let said = refused(&|all| all["predicate"]["total"]["claimed"] = json!(-1));
    assert!(said.contains("/predicate/total/claimed"), "{said}");
    for (name, kind) in [
        ("_type", "Statement/v2"),
        ("predicateType", "slsa.dev/provenance/v1"),
    ] {
        let said = refused(&|all| all[name] = json!(kind));
        assert!(
            said.contains(kind) && said.contains("another kind"),
            "{said}"
        );
    }
    let twice = |at: &str| {
        let at = at.to_owned();
        move |all: &mut Value| {
            let list = all.pointer_mut(&at).unwrap().as_array_mut().unwrap();
            list.insert(0, list[0].clone());
        }
    };
    for at in ["/subject", "/predicate/submissions"] {
        assert!(refused(&twice(at)).contains("twice"), "{at}");
    }
}

#[test]
fn a_submission_left_out_or_made_up() {
    let data = Data::all();
    let mut less = data.statement();
    let gone = less.predicate.submissions.remove(0);
    let found = data.differences(&packed(&less.bytes().unwrap(), None), &[]);
    assert!(
        places(&found).contains(&"submissions[33.02/a.json]"),
        "{found:?}"
    );
    let mut more = data.statement();
    more.predicate
        .submissions
        .push(koplint::certificate::statement::One {
            name: "e.json".to_owned(),
            ..gone
        });
    let found = data.differences(&packed(&more.bytes().unwrap(), None), &[]);
    assert_eq!(places(&found), ["submissions[e.json]"]);
}

#[test]
fn files() {
    let certificate = Data::all().certified(None);
    let after = |change: &dyn Fn(&Data)| {
        let data = Data::all();
        change(&data);
        let found = data.differences(&certificate, &[]);
        found
            .into_iter()
            .map(|one| one.message)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let rename = |data: &Data, from: &str, to: &str| {
        std::fs::rename(data.path(from), data.path(to)).unwrap();
    };
    // One byte, at the end and beyond what is read as an entry.
    for name in [
        "33.02/a.json",
        "33.02/b.csv",
        "33.02/b.kepala.json",
        "d.csv",
    ] {
        let said = after(&|data| {
            let mut bytes = std::fs::read(data.path(name)).unwrap();
            bytes.push(b'\n');
            data.write(name, &bytes);
        });
        assert!(
            said.contains(&format!("{name}: the file changed")),
            "{said}"
        );
    }
    let said = after(&|data| {
        let text = std::fs::read_to_string(data.path("33.02/a.json")).unwrap();
        let text = text.replacen("\"dihitung\": true", "\"dihitung\": false", 1);
        data.write("33.02/a.json", text.as_bytes());
    });
    assert!(said.contains("33.02/a.json: the file changed"), "{said}");
    assert!(
        said.contains(
            "submissions[33.02/a.json].claimed_entries: the certificate says 12, found 11"
        ),
        "{said}"
    );
    let said = after(&|data| rename(data, "33.02/a.json", "33.02/z.json"));
    assert!(
        said.contains(
            "33.02/a.json: the file is missing; the same bytes have the name 33.02/z.json"
        ),
        "{said}"
    );
    assert!(
        said.contains(
            "33.02/z.json: not in the certificate; there the same bytes have the name 33.02/a.json"
        ),
        "{said}"
    );
    let said = after(&|data| rename(data, "33.02/b.kepala.json", "33.02/y.kepala.json"));
    assert!(
        said.contains("33.02/b.kepala.json: the file is missing"),
        "{said}"
    );
    assert!(
        said.contains("submissions[33.02/b.csv].header.tanggal_acuan"),
        "{said}"
    );
    let said = after(&|data| std::fs::remove_file(data.path("c.xlsx")).unwrap());
    assert!(
        said.contains("c.xlsx: the file is missing (sha256"),
        "{said}"
    );
    let said = after(&|data| data.write("33.02/new.json", b"{}"));
    assert!(
        said.starts_with("33.02/new.json: not in the certificate"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
    // A header beside a submission that brings its own is read, so it counts as a file.
    let said = after(&|data| data.write("c.kepala.json", b"{}"));
    assert!(
        said.contains("c.kepala.json: not in the certificate"),
        "{said}"
    );
}

#[test]
fn parameters_of_the_definition() {
    let data = Data::all();
    let certificate = data.certified(None);
    let mut all = Vec::new();
    leaves(&ground().content, "", &mut all);
    let mut named = 0;
    for leaf in &all {
        let mut changed = ground().content;
        let slot = changed.pointer_mut(leaf).unwrap();
        *slot = other(leaf, slot);
        let text = changed.to_string();
        let Ok(ground) = Ground::read(Lang::En, "other".to_owned(), text.as_bytes()) else {
            continue;
        };
        let verdict = data.verify_on(&certificate, &[], ground).unwrap();
        let place = format!("definition.content{}", leaf.replace('/', "."));
        let found = verdict.differences.iter().map(|one| &*one.place);
        // A list's element stands in brackets.
        let same = |one: &str| one.replace('[', ".").replace(']', "") == place;
        assert!(found.clone().any(same), "{place}");
        assert!(
            found.clone().any(|one| one == "definition.sha256"),
            "{place}"
        );
        assert!(
            verdict
                .notes
                .iter()
                .any(|note| note.contains("--definition"))
        );
        named += 1;
    }
    assert!(named >= 8, "{named}");
    // The same parameters in another file are another file.
    let spaced = DEFAULT.replacen('{', "{ ", 1);
    let ground = Ground::read(Lang::En, "other".to_owned(), spaced.as_bytes()).unwrap();
    let verdict = data.verify_on(&certificate, &[], ground).unwrap();
    assert_eq!(places(&verdict.differences), ["definition.sha256"]);
}
