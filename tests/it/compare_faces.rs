//! How comparisons come out: hostile text, masks, JSON, exit codes.

use std::path::Path;
use std::process::{Command, Output};

use koplint::Options;
use koplint::compare::Said;
use koplint::compare::render::Format;
use koplint::lang::Lang;
use koplint::mask::Mask;
use serde_json::{Value, json};

use crate::compare::{one, only};
use crate::compare_laws::{compared, document, rendered, with_evidence};

const HOSTILE: &str = "<script>x</script> | `a` [b](http://c) \u{1b}[31m\u{202e}::error::@tim";

#[test]
fn nothing_of_the_data_is_markup() {
    let own = one(
        |new| {
            new["produsen_data"] = HOSTILE.into();
            let own = &mut new["koperasi"][0];
            own["nama_koperasi"] = HOSTILE.into();
            own["kecamatan"] = HOSTILE.into();
            own["kegiatan_usaha"][0]["uraian"] = HOSTILE.into();
            own["bantuan_pemerintah"][0]["pemberi"] = HOSTILE.into();
        },
        Lang::Id,
    );
    let html = rendered(Format::Html, &own);
    assert!(!html.contains("<script"));
    assert!(html.contains("default-src &#39;none&#39;; style-src &#39;sha256-"));
    let markdown = rendered(Format::Markdown, &own);
    assert!(
        !markdown.contains("<script") && !markdown.contains("[b]("),
        "{markdown}"
    );
    for format in [Format::Text, Format::Markdown, Format::Html, Format::Json] {
        let text = rendered(format, &own);
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{format:?}");
    }
    assert!(!rendered(Format::Text, &own).contains("::error"));
}

#[test]
fn what_is_personal_is_hidden() {
    let edit = |new: &mut Value| {
        let own = &mut new["koperasi"][0];
        own["nama_koperasi"] = "Koperasi Budi 3302011502999999".into();
        own["kegiatan_usaha"][0]["uraian"] = "hubungi 0812-3456-7890".into();
    };
    let own = one(edit, Lang::Id);
    let old = document();
    let mut new = old.clone();
    edit(&mut new);
    let strict = Options {
        mask: Mask::Strict,
        ..with_evidence(Lang::Id)
    };
    let strict = compared(&[&old], &[&new], &strict);
    assert_eq!(only(&strict).said, [Said::Renamed]);
    for format in [Format::Text, Format::Markdown, Format::Html, Format::Json] {
        let text = rendered(format, &own);
        assert!(
            !text.contains("3302011502999999") && !text.contains("3456-7890"),
            "{format:?}"
        );
        let text = rendered(format, &strict);
        for name in ["Nira", "Budi", "hubungi", "0090011", "3302010020011"] {
            assert!(!text.contains(name), "{format:?} {name}");
        }
    }
}

#[test]
fn json_has_a_version_and_the_law() {
    let own = one(|new| new["koperasi"][0]["rat"] = json!([]), Lang::En);
    let json: Value = serde_json::from_str(&rendered(Format::Json, &own)).unwrap();
    assert_eq!(
        (&json["schema_version"], &json["kind"]),
        (&json!(1), &json!("compare"))
    );
    assert_eq!(json["verified"]["effect"], -1);
    assert_eq!(json["causes"][0]["criterion"], "rat");
    assert_eq!(json["changes"][0]["cause"]["code"], "R001");
}

pub fn koplint(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_koplint"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mut new = document();
    std::fs::write(path.join("a.json"), new.to_string()).unwrap();
    new["koperasi"].as_array_mut().unwrap().remove(0);
    std::fs::write(path.join("b.json"), new.to_string()).unwrap();
    std::fs::write(path.join("c.json"), &new.to_string()[..3_000]).unwrap();
    let code = |args: &[&str]| koplint(args, path).status.code();
    assert_eq!(
        code(&["compare", "--isolated", "a.json", "b.json"]),
        Some(0)
    );
    assert_eq!(
        code(&["compare", "--isolated", "a.json", "a.json"]),
        Some(0)
    );
    assert_eq!(code(&["compare", "--isolated", "a.json"]), Some(2));
    assert_eq!(code(&["compare", "--isolated", "a.json", "-"]), Some(2));
    let onto = [
        "compare",
        "--isolated",
        "a.json",
        "b.json",
        "--output-format",
    ];
    assert_eq!(code(&[&onto[..], &["html:a.json"]].concat()), Some(2));
    assert_eq!(code(&[&onto[..], &["sarif"]].concat()), Some(2));
    assert_eq!(code(&[&onto[..], &["html:beda.html"]].concat()), Some(0));
    let html = std::fs::read_to_string(path.join("beda.html")).unwrap();
    assert!(html.starts_with("<!doctype html>") && html.ends_with("</html>"));
    for other in ["c.json", "hilang.json"] {
        let output = koplint(&["compare", "--isolated", "a.json", other], path);
        assert_eq!(output.status.code(), Some(3), "{other}");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains("TIDAK LENGKAP") && text.contains(&format!("baru: {other}: ")));
    }
}
