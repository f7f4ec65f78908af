//! What `koplint init` writes, and the manual: files that work as they are.

use std::path::Path;
use std::process::{Command, Output};

use yaml_rust2::{Yaml, YamlLoader};

use crate::support::root;

pub fn koplint(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_koplint"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap()
}

pub fn yaml(file: &Path) -> Yaml {
    let text = std::fs::read_to_string(file).unwrap();
    let mut documents = YamlLoader::load_from_str(&text).unwrap();
    assert_eq!(documents.len(), 1, "{}", file.display());
    documents.remove(0)
}

/// All texts in a document.
fn texts<'a>(yaml: &'a Yaml, out: &mut Vec<&'a str>) {
    match yaml {
        Yaml::String(text) => out.push(text),
        Yaml::Array(items) => items.iter().for_each(|item| texts(item, out)),
        Yaml::Hash(pairs) => pairs.values().for_each(|value| texts(value, out)),
        _ => {}
    }
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// A folder of submissions without a fault.
pub fn office() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("pengajuan")).unwrap();
    let good = root().join("fixtures/rules/missing-rat-year/good.json");
    std::fs::copy(good, folder.path().join("pengajuan/bersih.json")).unwrap();
    folder
}

#[test]
fn commands_of_the_set_up_files_work() {
    let office = office();
    let folder = office.path();
    let done = koplint(folder, &["init"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let mut commands = 0;
    for name in [".github/workflows/koplint.yml", ".gitlab-ci.yml"] {
        let document = yaml(&folder.join(name));
        let mut found = Vec::new();
        texts(&document, &mut found);
        let version = concat!("koplint==", env!("CARGO_PKG_VERSION"));
        assert!(found.iter().any(|text| text.contains(version)), "{name}");
        for line in found.iter().flat_map(|text| text.lines()) {
            let Some(command) = line.trim().strip_prefix("koplint ") else {
                continue;
            };
            commands += 1;
            let args: Vec<&str> = command.split_whitespace().collect();
            let done = koplint(folder, &args);
            assert_eq!(done.status.code(), Some(0), "{name}: {line}: {done:?}");
            let report: serde_json::Value =
                serde_json::from_str(&read(folder, "koplint.json")).unwrap();
            assert_eq!(report["complete"], true);
            std::fs::remove_file(folder.join("koplint.json")).unwrap();
        }
    }
    assert_eq!(commands, 2);
    let hook = &yaml(&folder.join(".pre-commit-config.yaml"))["repos"][0]["hooks"][0];
    assert_eq!(hook["entry"].as_str(), Some("koplint check"));
    // Every key of the settings, the commented ones too, is one that koplint takes.
    let settings = read(folder, "koplint.toml").replace("# definition", "definition");
    std::fs::write(folder.join("koplint.toml"), settings).unwrap();
    let definition = root().join("schemas/definition.json");
    std::fs::copy(definition, folder.join("definisi.json")).unwrap();
    let done = koplint(folder, &["check", "-q", "pengajuan"]);
    assert_eq!(done.stdout, b"1\n", "{done:?}");
}

#[test]
fn what_exists_is_not_overwritten_unasked() {
    let office = office();
    let folder = office.path();
    let own = "# milik kantor\n";
    for name in ["koplint.toml", ".gitlab-ci.yml", ".pre-commit-config.yaml"] {
        std::fs::write(folder.join(name), own).unwrap();
    }
    let said = String::from_utf8(koplint(folder, &["init"]).stdout).unwrap();
    assert!(
        said.contains("dibiarkan    koplint.toml (sudah ada)"),
        "{said}"
    );
    assert!(
        said.contains("gabungkan isi koplint.gitlab-ci.yml"),
        "{said}"
    );
    assert_eq!(read(folder, "koplint.toml"), own);
    yaml(&folder.join("koplint.gitlab-ci.yml"));
    yaml(&folder.join("koplint.pre-commit-config.yaml"));
    let again = String::from_utf8(koplint(folder, &["init", "--force"]).stdout).unwrap();
    assert!(again.contains("ditulis      koplint.toml"), "{again}");
    assert!(read(folder, "koplint.toml").contains("fail-on"));
    // Another tool's file is not ours to overwrite.
    assert_eq!(read(folder, ".gitlab-ci.yml"), own);
    assert_eq!(read(folder, ".pre-commit-config.yaml"), own);
    let nowhere = koplint(folder, &["init", "--dir", "tidak-ada"]);
    assert_eq!(nowhere.status.code(), Some(2));
}

#[test]
fn a_manual_page_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let done = koplint(folder.path(), &["man", "--dir", "man"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let help = String::from_utf8(koplint(folder.path(), &["--help"]).stdout).unwrap();
    let list = help.split("Commands:").nth(1).unwrap();
    let list = list.split("\n\n").next().unwrap();
    let names = list
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let mut pages = vec!["man/koplint.1".to_owned()];
    pages.extend(
        names
            .filter(|name| *name != "help")
            .map(|name| format!("man/koplint-{name}.1")),
    );
    assert!(
        pages.contains(&"man/koplint-check.1".to_owned()),
        "{pages:?}"
    );
    for page in pages {
        let text = read(folder.path(), &page);
        assert!(text.contains(".TH koplint"), "{page}");
        assert!(text.contains(".SH SYNOPSIS"), "{page}");
    }
    let main = koplint(folder.path(), &["man"]).stdout;
    assert_eq!(
        String::from_utf8(main).unwrap(),
        read(folder.path(), "man/koplint.1")
    );
}
