//! The program as a user meets it.

use std::process::Command;

use crate::support::root;

#[test]
fn transcripts() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml");
}

/// The README's first command, word for word but for `cargo run`.
#[test]
fn readme_set_up_commands() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let run = readme
        .lines()
        .find_map(|line| line.strip_prefix("cargo run --release -- "))
        .expect("the command that runs the main job");
    assert!(readme.lines().any(|line| line == "cargo test"));
    let output = Command::new(env!("CARGO_BIN_EXE_koplint"))
        .args(run.split(' '))
        .current_dir(root())
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("Jumlah terbukti"), "{shown}");
}

#[test]
fn a_closed_pipe_is_success() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_koplint"))
        .args([
            "check",
            "--isolated",
            "--output-format",
            "json",
            "--entries",
            "fixtures/banyumas.json",
        ])
        .current_dir(root())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
