//! A repository of data, as CI sees it.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::support::root;

/// A folder that is removed in the end.
pub struct Repo(tempfile::TempDir);

/// What a run gave.
#[derive(Debug)]
pub struct Out {
    pub code: i32,
    pub text: String,
    pub errors: String,
}

impl Repo {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// With the example in a folder of its regency.
    pub fn banyumas() -> Self {
        let repo = Self::new();
        let example = std::fs::read_to_string(root().join("fixtures/banyumas.json")).unwrap();
        repo.write("33.02/a.json", &example);
        repo
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn copy(&self, from: &str, to: &str) {
        self.write(to, &self.read(from));
    }

    /// Runs in the repository, on 2026-11-23 if nothing else is said.
    pub fn run(&self, args: &[&str]) -> Out {
        self.run_with(args, &[])
    }

    pub fn run_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Out {
        self.any("check", args, variables)
    }

    /// Another command.
    pub fn command(&self, name: &str, args: &[&str]) -> Out {
        self.any(name, args, &[])
    }

    fn any(&self, name: &str, args: &[&str], variables: &[(&str, &str)]) -> Out {
        let mut command = Command::new(env!("CARGO_BIN_EXE_koplint"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KOPLINT_")) {
            command.env_remove(name);
        }
        command.env("KOPLINT_TODAY", "2026-11-23");
        command.envs(variables.iter().copied());
        let output = command
            .arg(name)
            .args(args)
            .current_dir(self.0.path())
            .output()
            .unwrap();
        Out {
            code: output.status.code().unwrap(),
            text: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn json(&self, args: &[&str]) -> Value {
        let out = self.run(&[args, &["--output-format", "json"]].concat());
        serde_json::from_str(&out.text).unwrap_or_else(|_| panic!("{out:?}"))
    }
}
