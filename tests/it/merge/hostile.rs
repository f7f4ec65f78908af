//! Reports that lie.

use koplint::mask::Mask;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{document, keyed, merged, report, value};

/// A report that says something else than its digests, or that is none, is refused by name.
#[test]
fn hostile_reports() {
    let options = keyed(Mask::Personal);
    let own = document(
        "33.02",
        "Kabupaten Banyumas",
        &[(0, 1, 9), (1, 2, 9), (3, 3, 9), (0, 0, 9), (0, 1, 9)],
    );
    let sound = value(&report(&[("a.json", &own)], &options));
    assert!(merged(&[sound.to_string().as_bytes()]).is_ok());
    let refuse = |change: &dyn Fn(&mut Value), said: &str| {
        let mut changed = sound.clone();
        change(&mut changed);
        assert_ne!(changed, sound, "{said}");
        let error = merged(&[sound.to_string().as_bytes(), changed.to_string().as_bytes()]);
        let error = error.expect_err(said);
        assert!(
            error.contains(said) && error.contains("1.json"),
            "{said}: {error}"
        );
    };
    let first = |report: &mut Value, path: &str, value: Value| {
        *report["submissions"][0].pointer_mut(path).unwrap() = value;
    };
    for (path, wrong, said) in [
        ("/books/verified", json!(9), "books"),
        ("/books/read", json!(9), "books"),
        ("/counts/koperasi/upper", json!(9), "counts"),
        ("/breakdowns/kecamatan", json!({}), "breakdowns"),
        ("/breakdowns/sipd_kecamatan", json!({}), "breakdowns"),
        ("/claimed_entries", json!(0), "claimed_entries"),
        ("/plain", json!(true), "plain"),
        ("/keys/kinds/0/unkeyed", json!(1), "books"),
        ("/keys/kinds/0/unkeyed", json!(u64::MAX), "kinds"),
        ("/keys/kinds/0/duplicates", json!(u64::MAX), "kinds"),
        ("/keys/kinds/0/reasons/0", json!("Z999"), "kinds"),
        ("/keys/kinds/0/criteria/0", json!("mungkin"), "skema"),
        ("/keys/kinds/0/activity", json!("giat"), "skema"),
        ("/keys/entries/0", json!("1 0 1 1 - xyz"), "skema"),
        (
            "/keys/entries/0",
            json!(format!("1 99 1 1 - {:032x}", 1)),
            "entries",
        ),
        (
            "/keys/entries/0",
            json!(format!("1 0 1 1 7 {:032x}", 1)),
            "entries",
        ),
        (
            "/keys/entries/0",
            json!(format!("9999999999 0 1 1 - {:032x}", 1)),
            "entries",
        ),
        (
            "/keys/entries/0",
            json!(format!("2 0 1 1 - {:032x}", 1)),
            "entries",
        ),
        ("/keys/entries", json!([]), "books"),
        ("/keys/before/findings", json!(99_999), "findings"),
        ("/keys/before/groups", json!(99_999), "groups"),
        ("/keys/before/levels/error", json!(u64::MAX), "levels"),
        ("/keys/before/aside/waived", json!(u64::MAX), "aside"),
        ("/keys/before/aside/off", json!({ "Z999": 1 }), "aside"),
        ("/keys", json!(null), "skema"),
    ] {
        refuse(&|report| first(report, path, wrong.clone()), said);
    }
    refuse(
        &|report| {
            report["submissions"][0]
                .as_object_mut()
                .unwrap()
                .remove("keys");
        },
        "--keys",
    );
    for (path, wrong, said) in [
        ("/version", json!(2), "skema"),
        ("/tool/version", json!("0.0.9"), "koplint berbeda"),
        ("/lang", json!("en"), "bahasa berbeda"),
        (
            "/definition/sha256",
            json!("00"),
            "definisi indikator berbeda",
        ),
        (
            "/definition/version",
            json!("1.1"),
            "definisi indikator berbeda",
        ),
        ("/schema/sha256", json!("00"), "skema pengajuan berbeda"),
        (
            "/submissions/0/keys/region",
            json!("33.05"),
            "dinilai berbeda",
        ),
    ] {
        let change = |report: &mut Value| *report.pointer_mut(path).unwrap() = wrong.clone();
        if said == "dinilai berbeda" {
            let mut changed = sound.clone();
            change(&mut changed);
            let both = merged(&[sound.to_string().as_bytes(), changed.to_string().as_bytes()]);
            assert!(both.unwrap_err().contains(said));
        } else {
            refuse(&change, said);
        }
    }
    refuse(
        &|report| {
            report["since"] = json!({ "revision": "HEAD", "commit": "0", "unchanged": ["b.json"] });
        },
        "--since",
    );
    for none in [
        "",
        "{",
        "[]",
        "{}",
        "null",
        "\u{feff}{}",
        &"[".repeat(100_000),
    ] {
        assert!(merged(&[none.as_bytes()]).is_err(), "{none:.20}");
    }
}

/// A huge count claimed by a report overflows nothing.
#[test]
fn huge_claims_add_up_to_the_most() {
    let report_of = |name: &'static str, region: &str| {
        let mut all = document(region, "Kabupaten Banyumas", &[(0, 1, 9)]);
        all["jumlah_dilaporkan"] = json!(i64::MAX);
        let mut made = value(&report(&[(name, &all)], &keyed(Mask::Personal)));
        made["submissions"][0]["claimed"] = json!(u64::MAX);
        made.to_string().into_bytes()
    };
    let (a, b) = (report_of("a.json", "33.02"), report_of("b.json", "33.04"));
    assert_eq!(
        value(&merged(&[&a, &b]).unwrap())["total"]["claimed"],
        u64::MAX
    );
}

/// Every place of a document, as JSON pointers.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, own)| (name.clone(), own))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(n, own)| (n.to_string(), own))
            .collect(),
        _ => Vec::new(),
    };
    for (name, own) in inner {
        places(own, &format!("{at}/{name}"), out);
    }
}

fn lies() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!([])),
        Just(json!({})),
        Just(json!("")),
        Just(json!(u64::MAX)),
        Just(json!(-1)),
        Just(json!(1.5)),
        Just(json!(true)),
        Just(json!(
            "4294967295 4294967295 4294967295 4294967295 4294967295 ffffffffffffffffffffffffffffffff"
        )),
        Just(json!(7)),
        "\\PC{0,8}".prop_map(Value::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    /// Whatever is changed: it is refused, or it counts as before but for what cannot be counted again.
    #[test]
    fn lies_are_refused_or_change_no_count(
        lies in prop::collection::vec((any::<prop::sample::Index>(), lies()), 40),
    ) {
        let own = document("33.02", "Kabupaten Banyumas", &[(0, 1, 9), (1, 2, 9), (3, 3, 2), (0, 0, 9), (0, 1, 9)]);
        let bytes = report(&[("a.json", &own)], &keyed(Mask::Personal));
        let sound = value(&bytes);
        let mut all = Vec::new();
        places(&sound, "", &mut all);
        for (at, lie) in lies {
            let at = &all[at.index(all.len())];
            let mut changed = sound.clone();
            *changed.pointer_mut(at).unwrap() = lie;
            let changed = changed.to_string().into_bytes();
            let _ = merged(&[&changed, &bytes]);
            let Ok(alone) = merged(&[&changed]) else { continue };
            let alone = value(&alone);
            let counts = at.starts_with("/submissions/0/keys/kinds") || at == "/submissions";
            if !counts {
                prop_assert_eq!(&alone["total"]["books"], &sound["total"]["books"], "{}", at);
                prop_assert_eq!(&alone["total"]["counts"], &sound["total"]["counts"], "{}", at);
            }
        }
    }
}
