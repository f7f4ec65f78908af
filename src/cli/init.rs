//! `koplint init`: settings and automatic checks for a folder of submissions.

use std::io::{self, Write};
use std::path::Path;

use super::files;
use crate::lang::Lang;
use crate::{say, words};

/// A file that is set up.
struct Template {
    name: &'static str,
    /// Where it goes instead if another tool's file of that name is there.
    beside: Option<&'static str>,
    text: &'static str,
}

const TEMPLATES: [Template; 4] = [
    Template {
        name: "koplint.toml",
        beside: None,
        text: include_str!("init/koplint.toml"),
    },
    Template {
        name: ".github/workflows/koplint.yml",
        beside: None,
        text: include_str!("init/github.yml"),
    },
    Template {
        name: ".gitlab-ci.yml",
        beside: Some("koplint.gitlab-ci.yml"),
        text: include_str!("init/gitlab-ci.yml"),
    },
    Template {
        name: ".pre-commit-config.yaml",
        beside: Some("koplint.pre-commit-config.yaml"),
        text: include_str!("init/pre-commit-config.yaml"),
    },
];

/// What became of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Done {
    Written,
    Same,
    Kept,
}

/// Sets up `folder`; files that are there and differ are kept, unless `force`. Says what it did.
///
/// # Errors
/// What the system says of a file; those before it are written.
pub(super) fn run(
    folder: &Path,
    force: bool,
    lang: Lang,
    out: &mut dyn Write,
) -> Result<(), InitError> {
    if !folder.is_dir() {
        let folder = words::shown(&folder.to_string_lossy(), 200);
        return Err(InitError::Said(say!(lang,
            id: "{folder}: folder tidak ada",
            en: "{folder}: no such folder",
        )));
    }
    let mut kept = false;
    let mut moved = Vec::new();
    for template in &TEMPLATES {
        let text = template
            .text
            .replace("@VERSION@", env!("CARGO_PKG_VERSION"));
        let (name, done) = set_up(folder, template, &text, force)?;
        let line = match done {
            Done::Written => say!(lang, id: "ditulis      {name}", en: "written      {name}"),
            Done::Same => say!(lang, id: "sudah sama   {name}", en: "as it was    {name}"),
            Done::Kept => {
                say!(lang, id: "dibiarkan    {name} (sudah ada)", en: "left alone   {name} (exists)")
            }
        };
        writeln!(out, "{line}")?;
        kept |= done == Done::Kept;
        if name != template.name {
            moved.push((name, template.name));
        }
    }
    next(kept, &moved, lang, out)?;
    Ok(())
}

/// Why the set-up stopped.
pub(super) enum InitError {
    /// In words.
    Said(String),
    /// Standard output.
    Out(io::Error),
}

impl From<io::Error> for InitError {
    fn from(error: io::Error) -> Self {
        Self::Out(error)
    }
}

fn set_up(
    folder: &Path,
    template: &Template,
    text: &str,
    force: bool,
) -> Result<(&'static str, Done), InitError> {
    let there = |name: &str| folder.join(name).symlink_metadata().is_ok();
    let same =
        |name: &str| std::fs::read(folder.join(name)).is_ok_and(|own| own == text.as_bytes());
    if same(template.name) {
        return Ok((template.name, Done::Same));
    }
    // Another tool's file is not overwritten even by force.
    let name = match template.beside {
        Some(beside) if there(template.name) => beside,
        _ => template.name,
    };
    if same(name) {
        return Ok((name, Done::Same));
    }
    if there(name) && !force {
        return Ok((name, Done::Kept));
    }
    let path = folder.join(name);
    if let Some(own) = path.parent() {
        std::fs::create_dir_all(own)
            .map_err(|error| InitError::Said(format!("{}: {error}", own.display())))?;
    }
    files::write(&path, |out| out.write_all(text.as_bytes())).map_err(InitError::Said)?;
    Ok((name, Done::Written))
}

/// What to do next.
fn next(
    kept: bool,
    moved: &[(&str, &str)],
    lang: Lang,
    out: &mut dyn Write,
) -> Result<(), io::Error> {
    writeln!(out)?;
    if kept {
        let text = say!(lang,
            id: "Yang sudah ada tidak diubah; `koplint init --force` menimpanya.",
            en: "What existed was not changed; `koplint init --force` overwrites it.",
        );
        writeln!(out, "{text}")?;
    }
    for (name, own) in moved {
        let text = say!(lang,
            id: "{own} milik Anda tidak disentuh: gabungkan isi {name} ke dalamnya.",
            en: "Your {own} was not touched: merge {name} into it.",
        );
        writeln!(out, "{text}")?;
    }
    let text = say!(lang,
        id: "Selanjutnya:
  1. Taruh pengajuan di folder pengajuan/ (buku kerja Excel, CSV, JSON, atau NDJSON), lalu: koplint check pengajuan/
  2. Hapus berkas yang tidak dipakai: GitHub memakai .github/, GitLab .gitlab-ci.yml.
  3. Pemeriksaan sebelum setiap commit: pip install pre-commit, lalu pre-commit install
  4. Simpan ke git: git add, git commit",
        en: "Next:
  1. Put submissions into the folder pengajuan/ (Excel workbooks, CSV, JSON or NDJSON), then: koplint check pengajuan/
  2. Remove what you do not use: GitHub uses .github/, GitLab .gitlab-ci.yml.
  3. To check before every commit: pip install pre-commit, then pre-commit install
  4. Keep them in git: git add, git commit",
    );
    writeln!(out, "{text}")
}
