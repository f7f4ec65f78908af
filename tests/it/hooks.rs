//! pre-commit and the GitHub action, with the program that was just built.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use yaml_rust2::Yaml;

use crate::setup::{koplint, office, yaml};
use crate::since::{commit, git};
use crate::support::root;

/// PATH with the program in front.
fn path() -> std::ffi::OsString {
    let own = Path::new(env!("CARGO_BIN_EXE_koplint")).parent().unwrap();
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(own.to_owned()).chain(std::env::split_paths(&rest));
    std::env::join_paths(all).unwrap()
}

/// A repository of submissions that is under git's care.
fn repository() -> tempfile::TempDir {
    let office = office();
    git(office.path(), &["init", "-q"]);
    office
}

/// Runs pre-commit on all files; None if it is not installed.
fn pre_commit(folder: &Path, cache: &Path) -> Option<Output> {
    let run = Command::new("pre-commit")
        .args(["run", "--all-files", "--color", "never"])
        .current_dir(folder)
        .env("PATH", path())
        .env("PRE_COMMIT_HOME", cache)
        .env("PIP_NO_INDEX", "1")
        .env(
            "PIP_FIND_LINKS",
            std::env::var_os("KOPLINT_TEST_WHEELS").unwrap_or_default(),
        )
        .output();
    if run.is_err() {
        println!("dilewati: pre-commit tidak terpasang / skipped: no pre-commit");
    }
    run.ok()
}

fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&text).into_owned()
}

/// Good submissions pass, a bad one stops the commit.
fn passes_then_fails(folder: &Path) {
    let cache = tempfile::tempdir().unwrap();
    let Some(output) = pre_commit(folder, cache.path()) else {
        return;
    };
    assert!(output.status.success(), "{}", said(&output));
    let bad = root().join("fixtures/banyumas.json");
    std::fs::copy(bad, folder.join("pengajuan/banyumas.json")).unwrap();
    git(folder, &["add", "-A"]);
    let output = pre_commit(folder, cache.path()).unwrap();
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("Jumlah terbukti"), "{said}");
}

#[test]
fn the_hook_of_this_repository() {
    let hooks = tempfile::tempdir().unwrap();
    std::fs::copy(
        root().join(".pre-commit-hooks.yaml"),
        hooks.path().join(".pre-commit-hooks.yaml"),
    )
    .unwrap();
    git(hooks.path(), &["init", "-q"]);
    commit(hooks.path());
    git(hooks.path(), &["tag", "v1"]);
    let office = repository();
    let config = format!(
        "repos:\n  - repo: {}\n    rev: v1\n    hooks:\n      - id: koplint-system\n",
        hooks.path().display()
    );
    std::fs::write(office.path().join(".pre-commit-config.yaml"), config).unwrap();
    commit(office.path());
    passes_then_fails(office.path());
}

#[test]
fn the_hook_that_init_writes() {
    if std::env::var_os("KOPLINT_TEST_WHEELS").is_none() {
        println!("dilewati: tidak ada wheel / skipped: no wheel (see .ci/run)");
        return;
    }
    let office = repository();
    koplint(office.path(), &["init"]);
    commit(office.path());
    passes_then_fails(office.path());
}

/// A run of the action's steps, as the runner does it.
struct Action {
    folder: tempfile::TempDir,
}

impl Action {
    fn step(&self, at: usize, env: &[(&str, &str)]) -> Output {
        let action = yaml(&root().join("action.yml"));
        let step = &action["runs"]["steps"][at];
        assert_eq!(step["shell"].as_str(), Some("bash"));
        let Yaml::Hash(wanted) = &step["env"] else {
            panic!("a step without env")
        };
        for name in wanted.keys().filter_map(Yaml::as_str) {
            assert!(env.iter().any(|(own, _)| *own == name), "{name} is not set");
        }
        Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c"])
            .arg(step["run"].as_str().unwrap())
            .current_dir(self.folder.path())
            .env("PATH", path())
            .env("RUNNER_TEMP", self.folder.path())
            .env("GITHUB_PATH", self.file("path"))
            .env("GITHUB_OUTPUT", self.file("output"))
            .env("GITHUB_STEP_SUMMARY", self.file("summary"))
            .envs(env.iter().copied())
            .output()
            .unwrap()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap_or_default()
    }
}

#[test]
#[cfg(unix)]
fn the_action_checks() {
    let action = Action { folder: office() };
    let good = action.step(1, &[("PATHS", "pengajuan\n"), ("ARGS", "")]);
    assert_eq!(good.status.code(), Some(0), "{}", said(&good));
    assert!(action.read("output").contains("exit-code=0\nverified=1\n"));
    let own = "pengajuan/jahat \"a & b\".json";
    std::fs::copy(root().join("fixtures/banyumas.json"), action.file(own)).unwrap();
    let env = [
        ("PATHS", "pengajuan\n\n"),
        ("ARGS", "--lang en --max-diagnostics 1"),
    ];
    let bad = action.step(1, &env);
    assert_eq!(bad.status.code(), Some(1), "{}", said(&bad));
    assert!(action.read("output").contains("exit-code=1\nverified=7\n"));
    let summary = action.read("summary");
    assert!(
        summary.contains("Verified count: 7") && summary.contains("a &amp; b"),
        "{summary}"
    );
    let log = String::from_utf8(bad.stdout).unwrap();
    let token = log.strip_prefix("::stop-commands::").unwrap();
    let token = token.lines().next().unwrap();
    assert!(
        token.len() == 32 && log.ends_with(&format!("\n::{token}::\n")),
        "{log}"
    );
}

#[test]
#[cfg(unix)]
fn the_action_installs_only_what_the_checksum_says() {
    let action = Action { folder: office() };
    let version = env!("CARGO_PKG_VERSION");
    let folder = action.file(&format!("rilis/v{version}"));
    std::fs::create_dir_all(&folder).unwrap();
    let name = format!("koplint-{version}-x86_64-unknown-linux-musl.tar.gz");
    std::fs::write(action.file("koplint"), "#!/bin/sh\n").unwrap();
    let pack = format!(
        "tar -czf '{0}/{name}' koplint && cd '{0}' && \
         if command -v sha256sum >/dev/null; then sha256sum *.gz; else shasum -a 256 *.gz; fi > SHA256SUMS",
        folder.display()
    );
    let mut shell = Command::new("sh");
    assert!(
        shell
            .args(["-c", &pack])
            .current_dir(action.folder.path())
            .status()
            .unwrap()
            .success()
    );
    let releases = format!("file://{}", action.file("rilis").display());
    let root = root().to_string_lossy().into_owned();
    let env = |version| {
        [
            ("VERSION", version),
            ("RELEASES", releases.as_str()),
            ("ACTION", root.as_str()),
            ("REPOSITORY", "siapa/koplint"),
            ("SYSTEM", "Linux-X64"),
        ]
    };
    let done = action.step(0, &env(""));
    assert!(done.status.success(), "{}", said(&done));
    assert!(action.file("koplint-bin/koplint").is_file());
    assert!(action.read("path").ends_with("/koplint-bin\n"));
    std::fs::remove_dir_all(action.file("koplint-bin")).unwrap();
    std::fs::write(folder.join(name), "lain").unwrap();
    let done = action.step(0, &env(version));
    assert!(!done.status.success(), "{}", said(&done));
    assert!(!action.file("koplint-bin/koplint").exists());
    assert_eq!(action.step(0, &env("1.0/../..")).status.code(), Some(2));
}

/// Workflows parse, and what they call from others is fixed by commit.
#[test]
fn workflows_are_yaml_with_fixed_actions() {
    for name in ["ci.yml", "release.yml"] {
        let file = root().join(".github/workflows").join(name);
        assert!(
            yaml(&file)["jobs"]
                .as_hash()
                .is_some_and(|jobs| !jobs.is_empty())
        );
        let text = std::fs::read_to_string(&file).unwrap();
        for (_, used) in text.lines().filter_map(|line| line.split_once("uses: ")) {
            let commit = used.split(['@', ' ']).nth(1).unwrap();
            assert!(
                commit.len() == 40 && used.contains(" # v"),
                "{name}: {used}"
            );
        }
    }
}
