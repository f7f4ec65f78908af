//! `--since REV`: which inputs are not as they were at a git revision.
//!
//! An input is left out only if the revision has the same bytes under the same name, for itself and
//! for its header file. Whatever git cannot say for sure is checked: what lies in another
//! repository (a submodule), and what git's filters would change on its way in.

use std::collections::HashMap;
use std::fs::File;
use std::io::{ErrorKind, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::lang::Lang;
use crate::read::open::Input;
use crate::report::Since;
use crate::{say, words};

/// Takes the inputs that are as they were at a revision out of `inputs`.
///
/// # Errors
/// There is no git, no repository, or no such revision.
pub(crate) fn leave_out(
    lang: Lang,
    revision: &str,
    inputs: &mut Vec<Input>,
) -> Result<Since, String> {
    if revision.is_empty() || revision.starts_with('-') {
        return Err(unknown(lang, revision));
    }
    let git = Git::of(lang, inputs)?;
    let commit = git.commit(revision)?;
    let before = git.files(&commit)?;
    let mut named = Vec::new();
    for path in inputs.iter().filter_map(|input| input.path.as_deref()) {
        named.push(path.to_owned());
        named.push(path.with_extension("kepala.json"));
    }
    let now = git.hashes(&named)?;
    let same = |path: &Path| {
        let Some(name) = git.name(path) else {
            return false;
        };
        let gone = path
            .symlink_metadata()
            .is_err_and(|error| error.kind() == ErrorKind::NotFound);
        match before.get(&name) {
            Some(hash) => now.get(path) == Some(hash),
            None => gone,
        }
    };
    let mut unchanged = Vec::new();
    inputs.retain(|input| {
        let Some(path) = input.path.as_deref() else {
            return true;
        };
        // What is not there must fail, not pass for unchanged.
        let left =
            now.contains_key(path) && same(path) && same(&path.with_extension("kepala.json"));
        if left {
            unchanged.push(input.name.clone());
        }
        !left
    });
    Ok(Since {
        revision: revision.to_owned(),
        commit,
        unchanged,
    })
}

fn unknown(lang: Lang, revision: &str) -> String {
    let revision = words::shown(revision, 80);
    say!(lang,
        id: "--since {revision}: revisi itu tidak ada di repositori ini",
        en: "--since {revision}: this repository has no such revision",
    )
}

/// The folder that holds all inputs.
fn shared(inputs: &[Input]) -> PathBuf {
    let paths = inputs.iter().filter_map(|input| input.path.as_deref());
    let folders = paths.filter_map(|path| {
        let folder = path.parent().filter(|folder| folder.is_dir());
        folder.unwrap_or(Path::new(".")).canonicalize().ok()
    });
    let common = folders.reduce(|all, own| {
        let both = all.components().zip(own.components());
        both.take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    });
    common.unwrap_or_else(|| PathBuf::from("."))
}

/// A repository, asked through the `git` program.
struct Git {
    lang: Lang,
    /// Its working tree, as git names it.
    top: PathBuf,
    /// The same, with every link followed.
    real: PathBuf,
}

impl Git {
    /// The repository of the working folder if all inputs lie below it, else that of the folder
    /// that holds them all; never one of several by the order of names.
    fn of(lang: Lang, inputs: &[Input]) -> Result<Self, String> {
        let mut paths = inputs.iter().filter_map(|input| input.path.as_deref());
        match Self::open(lang, Path::new(".")) {
            Ok(git) if paths.all(|path| git.name(path).is_some()) => Ok(git),
            _ => Self::open(lang, &shared(inputs)),
        }
    }

    fn open(lang: Lang, folder: &Path) -> Result<Self, String> {
        let git = Self {
            lang,
            top: folder.to_owned(),
            real: PathBuf::new(),
        };
        let top = git.run(&["rev-parse", "--show-toplevel"], Stdio::null())?;
        let top = String::from_utf8_lossy(&top)
            .trim_end_matches('\n')
            .to_owned();
        let top = PathBuf::from(top);
        let real = top
            .canonicalize()
            .map_err(|error| format!("{}: {error}", top.display()))?;
        Ok(Self { lang, top, real })
    }

    /// The commit of a revision, in hex.
    fn commit(&self, revision: &str) -> Result<String, String> {
        let wanted = format!("{revision}^{{commit}}");
        let found = self
            .run(
                &["rev-parse", "--verify", "--quiet", &wanted],
                Stdio::null(),
            )
            .map_err(|_| unknown(self.lang, revision))?;
        let found = String::from_utf8_lossy(&found).trim().to_owned();
        let is_hash = !found.is_empty() && found.bytes().all(|b| b.is_ascii_hexdigit());
        is_hash
            .then_some(found)
            .ok_or_else(|| unknown(self.lang, revision))
    }

    /// The files of a commit and their hashes; no links, no other repositories.
    fn files(&self, commit: &str) -> Result<HashMap<String, String>, String> {
        let listed = self.run(
            &["ls-tree", "-r", "-z", "--full-tree", commit, "--"],
            Stdio::null(),
        )?;
        let mut files = HashMap::new();
        for line in listed.split(|byte| *byte == 0) {
            let Ok(line) = std::str::from_utf8(line) else {
                continue;
            };
            // 100644 blob HASH<tab>NAME
            if let Some((what, name)) = line.split_once('\t')
                && let [mode, "blob", hash] = what.split(' ').collect::<Vec<_>>()[..]
            {
                // A link stands for its target's name: no file has that as its contents.
                let hash = if mode == "120000" { "" } else { hash };
                files.insert(name.to_owned(), hash.to_owned());
            }
        }
        Ok(files)
    }

    /// The hashes of these files' own bytes; those it cannot be asked for are not in the answer.
    fn hashes<'a>(&self, paths: &'a [PathBuf]) -> Result<HashMap<&'a Path, String>, String> {
        let mut asked = Vec::new();
        let mut list = tempfile::tempfile().map_err(|error| error.to_string())?;
        for path in paths {
            let plain = path
                .symlink_metadata()
                .is_ok_and(|meta| meta.is_file() && File::open(path).is_ok());
            if let Some(name) = self.name(path).filter(|name| plain && on_a_line(name)) {
                writeln!(list, "{name}").map_err(|error| error.to_string())?;
                asked.push(path.as_path());
            }
        }
        list.rewind().map_err(|error| error.to_string())?;
        let hashes = self.run(
            &["hash-object", "--no-filters", "--stdin-paths"],
            Stdio::from(list),
        )?;
        let hashes = String::from_utf8_lossy(&hashes);
        Ok(asked
            .into_iter()
            .zip(hashes.lines().map(str::to_owned))
            .collect())
    }

    /// A path's name in the repository, if it lies within.
    fn name(&self, path: &Path) -> Option<String> {
        let folder = path.parent()?;
        let folder = match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        };
        let real = folder.canonicalize().ok()?.join(path.file_name()?);
        let parts = real.strip_prefix(&self.real).ok()?.components();
        let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
        Some(parts?.join("/"))
    }

    fn run(&self, args: &[&str], input: Stdio) -> Result<Vec<u8>, String> {
        let lang = self.lang;
        let output = Command::new("git")
            .args(args)
            .current_dir(&self.top)
            .stdin(input)
            // A hook's variables name a repository by a path that is not ours.
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_PREFIX")
            .env_remove("GIT_INDEX_FILE")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .output()
            .map_err(|error| {
                say!(lang,
                    id: "--since memerlukan program git, yang tidak dapat dijalankan: {error}",
                    en: "--since needs the git program, which cannot be run: {error}",
                )
            })?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let said = words::shown(said.trim(), 200);
        Err(say!(lang,
            id: "--since: git tidak dapat menjawab: {said}",
            en: "--since: git cannot answer: {said}",
        ))
    }
}

/// Whether git takes a name as one line of a list, as it is.
fn on_a_line(name: &str) -> bool {
    !name.contains(['\n', '\r']) && !name.starts_with('"')
}
