//! Which submissions a part of the settings speaks of: patterns as in `.gitignore`, relative to the
//! folder of the file in which they stand.

use std::path::{Component, Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::read::open::Input;

/// Where a submission lies, as it was named and with links followed.
#[derive(Clone, Debug)]
pub struct Spot([PathBuf; 2]);

impl Spot {
    /// The spot of an input; standard input lies where its name says.
    #[must_use]
    pub fn of(input: &Input) -> Self {
        let path = input.path.as_deref().unwrap_or(Path::new(&input.name));
        Self::at(path)
    }

    /// The spot of a path.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        let named = lexical(path);
        // The file's own link is not followed: it belongs to the folder in which it lies.
        let real = match (named.parent(), named.file_name()) {
            (Some(folder), Some(name)) => folder.canonicalize().map(|real| real.join(name)),
            _ => named.canonicalize(),
        };
        let real = real.unwrap_or_else(|_| named.clone());
        Self([named, real])
    }

    /// The path below a folder, parted by `/`.
    #[must_use]
    pub fn below(&self, folder: &Path) -> Option<String> {
        let named = lexical(folder);
        let real = folder.canonicalize().unwrap_or_else(|_| named.clone());
        let stripped = self.0.iter().find_map(|own| {
            let below = own
                .strip_prefix(&named)
                .or_else(|_| own.strip_prefix(&real));
            below.ok().map(Path::to_owned)
        })?;
        Some(slashed(stripped.components()))
    }

    /// The path seen from a folder, which may lie elsewhere: `../33.02/a.json`. None if no way
    /// leads there.
    #[must_use]
    pub fn seen_from(&self, folder: &Path) -> Option<String> {
        if let Some(below) = self.below(folder) {
            return Some(below);
        }
        let Self([_, real]) = self;
        let folder = folder.canonicalize().unwrap_or_else(|_| lexical(folder));
        let shared = folder.ancestors().find(|above| real.starts_with(above))?;
        let ups = folder.strip_prefix(shared).ok()?.components();
        let down = real.strip_prefix(shared).ok()?.components();
        let ups = ups.map(|_| Component::ParentDir);
        Some(slashed(ups.chain(down)))
    }
}

fn slashed<'a>(parts: impl Iterator<Item = Component<'a>>) -> String {
    let parts = parts.map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// The absolute path, `..` taken back.
fn lexical(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut out = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => drop(out.pop()),
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}

/// Patterns of paths.
#[derive(Clone, Debug)]
pub struct Paths {
    folder: PathBuf,
    patterns: Gitignore,
    /// As they were written.
    pub given: Vec<String>,
}

impl Paths {
    /// Patterns below a folder.
    ///
    /// # Errors
    /// The pattern that is none, and why.
    pub fn new(folder: &Path, given: Vec<String>) -> Result<Self, String> {
        let mut builder = GitignoreBuilder::new("");
        for pattern in &given {
            let shown = crate::words::shown(pattern, 80);
            if let Some(why) = never(pattern) {
                return Err(format!("`{shown}`: {why}"));
            }
            for line in lines(pattern) {
                let added = builder.add_line(None, &line);
                added.map_err(|error| format!("`{shown}`: {error}"))?;
            }
        }
        let patterns = builder.build().map_err(|error| error.to_string())?;
        Ok(Self {
            folder: folder.to_owned(),
            patterns,
            given,
        })
    }

    /// Whether a submission lies in them.
    #[must_use]
    pub fn hold(&self, spot: &Spot) -> bool {
        let Some(below) = spot.below(&self.folder) else {
            return false;
        };
        let matched = self.patterns.matched_path_or_any_parents(below, false);
        matched.is_ignore()
    }
}

/// Why a pattern can match nothing.
fn never(pattern: &str) -> Option<&'static str> {
    let path = pattern.strip_prefix('!').unwrap_or(pattern);
    let open = path.rfind('[').filter(|at| !path[..*at].ends_with('\\'));
    let open = open.is_some_and(|at| !path[at..].contains(']'));
    // A backslash before a sign makes it a plain one.
    let mut escaped = path.split('\\').skip(1);
    let parting = escaped.any(|next| next.starts_with(|c: char| c.is_alphanumeric()));
    if path.trim().is_empty() {
        Some("kosong / empty")
    } else if pattern.starts_with('#') {
        Some("baris komentar / a comment")
    } else if parting {
        Some("tulis / sebagai pemisah folder / write / between folders")
    } else if path.split('/').any(|part| part == "..") {
        Some("hanya di bawah folder setelan / only below the settings' folder")
    } else if open {
        Some("`[` tanpa `]` / `[` without `]`")
    } else {
        None
    }
}

/// A pattern as `.gitignore` has it. A folder that is taken back is taken back with all below it,
/// whatever held that before.
fn lines(pattern: &str) -> Vec<String> {
    let (not, path) = match pattern.strip_prefix('!') {
        Some(path) => ("!", path),
        None => ("", pattern),
    };
    let path = path
        .strip_prefix("./")
        .map_or(path.to_owned(), |path| format!("/{path}"));
    let mut lines = vec![format!("{not}{path}")];
    let folder = path.trim_end_matches('/');
    if !not.is_empty() && !folder.is_empty() {
        let anywhere = if folder.contains('/') { "" } else { "**/" };
        lines.push(format!("!{anywhere}{folder}/**"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(given: &[&str], path: &str) -> bool {
        let given = given.iter().map(|&one| one.to_owned()).collect();
        let paths = Paths::new(Path::new("/data"), given).unwrap();
        paths.hold(&Spot::at(Path::new(path)))
    }

    #[test]
    fn patterns_are_those_of_gitignore_below_their_folder() {
        for given in ["33.02/**", "33.02", "33.02/", "/33.02/*.csv", "*.csv"] {
            assert!(holds(&[given], "/data/33.02/a.csv"), "{given}");
            assert!(!holds(&[given], "/data/33.03/a.json"), "{given}");
            assert!(!holds(&[given], "/other/33.02/a.csv"), "{given}");
        }
        assert!(holds(&["33.02/**"], "/data/x/../33.02/y/a.csv"));
        assert!(!holds(&["33.02/**", "!33.02/a.csv"], "/data/33.02/a.csv"));
        assert!(!holds(&[], "/data/33.02/a.csv"));
        assert!(holds(&["./33.02/**"], "/data/33.02/a.csv"));
        assert!(!holds(&["./33.02/**"], "/data/x/33.02/a.csv"));
        for (all, back) in [("**", "!33.02/"), ("*", "!33.02"), ("33.*/**", "!/33.02/")] {
            assert!(!holds(&[all, back], "/data/33.02/a.csv"), "{all} {back}");
            assert!(!holds(&[all, back], "/data/33.02/x/a.csv"), "{all} {back}");
            assert!(holds(&[all, back], "/data/33.03/a.csv"), "{all} {back}");
        }
    }

    #[test]
    fn a_file_seen_from_a_folder() {
        let seen = |path: &str, folder: &str| {
            let spot = Spot::at(Path::new(path));
            spot.seen_from(Path::new(folder)).unwrap()
        };
        assert_eq!(seen("/data/a/b.csv", "/data"), "a/b.csv");
        assert_eq!(seen("/data/a/b.csv", "/data/ci"), "../a/b.csv");
        assert_eq!(seen("/data/a/b.csv", "/data/ci/x/.."), "../a/b.csv");
        assert_eq!(seen("/data/b.csv", "/other/ci"), "../../data/b.csv");
    }

    #[test]
    fn a_pattern_that_is_none_is_refused() {
        for given in [
            "33.{02",
            "",
            "!",
            "#x",
            "../33.02",
            "33.02\\a.csv",
            "33.[02",
            "[z-",
        ] {
            let error = Paths::new(Path::new("/data"), vec![given.to_owned()]).unwrap_err();
            assert!(error.contains(given), "{error}");
        }
    }
}
