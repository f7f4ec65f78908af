//! `--since`: what is checked and what is left out, in a repository made for it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::root;

/// A repository with three submissions in one commit.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "-q"]);
    std::fs::create_dir(folder.path().join("pengajuan")).unwrap();
    let formats = root().join("fixtures/formats");
    for name in ["sama.json", "sama.ndjson", "sama.csv", "sama.kepala.json"] {
        let to = match name.strip_suffix(".json") {
            Some("sama") => "satu.json",
            _ => name,
        };
        std::fs::copy(formats.join(name), folder.path().join("pengajuan").join(to)).unwrap();
    }
    std::fs::write(folder.path().join("README"), "lain\n").unwrap();
    commit(folder.path());
    folder
}

pub fn git(folder: &Path, args: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=Uji", "-c", "user.email=uji@example.org"])
        .args(["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"])
        .args(args)
        .current_dir(folder)
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .expect("git is installed");
    assert!(done.status.success(), "{args:?}: {done:?}");
}

pub fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "pengajuan"]);
}

fn koplint(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_koplint"))
        .args(["check", "--isolated", "--fail-on", "never"])
        .args(["--today", "2026-11-23"])
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// The files that were checked and those that were left out.
fn sorted(folder: &Path, paths: &[&str]) -> (Vec<String>, Vec<String>) {
    let args = [&["--output-format", "json", "--since", "HEAD"], paths].concat();
    let output = koplint(folder, &args);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["complete"], true);
    let text = |value: &Value| value.as_str().unwrap().replace('\\', "/");
    let checked = report["submissions"].as_array().unwrap();
    let left = report["since"]["unchanged"].as_array().unwrap();
    (
        checked.iter().map(|s| text(&s["source"]["file"])).collect(),
        left.iter().map(text).collect(),
    )
}

#[test]
fn nothing_changed_is_success_and_no_number() {
    let folder = repository();
    let (checked, left) = sorted(folder.path(), &["pengajuan"]);
    assert_eq!(checked, Vec::<String>::new());
    assert_eq!(left.len(), 3);
    let output = koplint(folder.path(), &["-q", "--since", "HEAD", "pengajuan"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, b"");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("Tidak ada pengajuan yang berubah sejak HEAD: 3"),
        "{said}"
    );
}

#[test]
fn only_what_differs_is_checked() {
    let folder = repository();
    let own = folder.path().join("pengajuan");
    let text = std::fs::read_to_string(own.join("satu.json")).unwrap();
    std::fs::write(own.join("satu.json"), text + "\n").unwrap();
    std::fs::write(own.join(".gitignore"), "diabaikan.json\n").unwrap();
    std::fs::copy(own.join("satu.json"), own.join("baru.json")).unwrap();
    std::fs::copy(own.join("satu.json"), own.join("diabaikan.json")).unwrap();
    let (checked, left) = sorted(folder.path(), &["pengajuan"]);
    let wanted = [
        "pengajuan/baru.json",
        "pengajuan/diabaikan.json",
        "pengajuan/satu.json",
    ];
    assert_eq!(checked, wanted);
    assert_eq!(left, ["pengajuan/sama.csv", "pengajuan/sama.ndjson"]);
    // From a folder below, by a way around, and after it is committed.
    let (checked, _) = sorted(&own, &["../pengajuan/satu.json", "sama.csv"]);
    assert_eq!(checked, ["../pengajuan/satu.json"]);
    commit(folder.path());
    let (checked, left) = sorted(folder.path(), &["pengajuan"]);
    assert_eq!((checked.len(), left.len()), (1, 4));
    assert_eq!(checked, ["pengajuan/diabaikan.json"], "git never saw it");
}

#[test]
fn a_header_is_part_of_its_submission() {
    let folder = repository();
    let header = folder.path().join("pengajuan/sama.kepala.json");
    let text = std::fs::read_to_string(&header).unwrap();
    let both = ["pengajuan/sama.csv", "pengajuan/sama.ndjson"];
    std::fs::write(&header, text + "\n").unwrap();
    assert_eq!(sorted(folder.path(), &["pengajuan"]).0, both);
    // Named itself, it means the submissions beside it.
    assert_eq!(
        sorted(folder.path(), &["pengajuan/sama.kepala.json"]).0,
        both
    );
    let new = folder.path().join("pengajuan/satu.kepala.json");
    std::fs::copy(&header, new).unwrap();
    assert_eq!(sorted(folder.path(), &["pengajuan/satu.json"]).0.len(), 1);
    std::fs::remove_file(&header).unwrap();
    assert_eq!(sorted(folder.path(), &["pengajuan/sama.ndjson"]).0.len(), 1);
}

#[test]
fn renamed_deleted_and_hidden_from_git() {
    let folder = repository();
    let own = folder.path().join("pengajuan");
    git(
        folder.path(),
        &["mv", "pengajuan/satu.json", "pengajuan/dua.json"],
    );
    let (checked, left) = sorted(folder.path(), &["pengajuan"]);
    assert_eq!((checked[0].as_str(), left.len()), ("pengajuan/dua.json", 2));
    let gone = koplint(folder.path(), &["--since", "HEAD", "pengajuan/satu.json"]);
    assert_eq!(
        gone.status.code(),
        Some(3),
        "a file that is named must be there"
    );
    git(
        folder.path(),
        &["update-index", "--assume-unchanged", "pengajuan/sama.csv"],
    );
    let text = std::fs::read_to_string(own.join("sama.csv")).unwrap();
    std::fs::write(own.join("sama.csv"), text + "\r\n").unwrap();
    let (checked, _) = sorted(folder.path(), &["pengajuan/sama.csv"]);
    assert_eq!(
        checked.len(),
        1,
        "what git was told to overlook is looked at"
    );
}

#[test]
fn a_revision_that_is_none_stops_the_run() {
    let folder = repository();
    for revision in ["tidak-ada", "--output=x", "-h", "", "HEAD..HEAD"] {
        let output = koplint(
            folder.path(),
            &["pengajuan", &format!("--since={revision}")],
        );
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{revision}: {said}");
        assert!(said.contains("--since"), "{said}");
        assert_eq!(output.stdout, b"");
    }
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("a.json"), "{}").unwrap();
    let output = koplint(outside.path(), &["--since", "HEAD", "a.json"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("git tidak dapat menjawab"), "{said}");
}

#[test]
fn bytes_count_whatever_gits_filters_make_of_them() {
    let folder = repository();
    let file = folder.path().join("pengajuan/satu.json");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace('\n', "\r\n")).unwrap();
    std::fs::write(folder.path().join(".gitattributes"), "*.json text\n").unwrap();
    let (checked, _) = sorted(folder.path(), &["pengajuan"]);
    assert_eq!(checked, ["pengajuan/satu.json"]);
}

#[test]
fn a_repository_within_is_checked_and_never_names_the_revision() {
    let folder = repository();
    let inner = folder.path().join("aaa");
    std::fs::create_dir(&inner).unwrap();
    std::fs::copy(
        folder.path().join("pengajuan/satu.json"),
        inner.join("dua.json"),
    )
    .unwrap();
    git(&inner, &["init", "-q"]);
    for paths in [&["."][..], &["aaa", "pengajuan"], &["pengajuan", "aaa"]] {
        let (checked, left) = sorted(folder.path(), paths);
        assert_eq!(checked.len(), 1, "{checked:?}");
        assert!(checked[0].ends_with("dua.json"));
        assert_eq!(left.len(), 3);
    }
    // From elsewhere the folder that holds them all decides.
    let elsewhere = tempfile::tempdir().unwrap();
    let whole = folder.path().to_str().unwrap();
    let (checked, left) = sorted(elsewhere.path(), &[whole]);
    assert_eq!((checked.len(), left.len()), (1, 3));
}
