//! From the paths on the command line to the inputs to read.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::failure;
use crate::lang::Lang;
use crate::read::open::Input;
use crate::report::Failure;

mod since;

pub(crate) use since::leave_out;

/// Endings of submissions in a folder.
const ENDINGS: [&str; 10] = [
    "json", "ndjson", "jsonl", "csv", "tsv", "xlsx", "xlsm", "xlsb", "xls", "ods",
];

/// What the name of a header file ends in.
const HEADER: &str = ".kepala.json";

/// The inputs of some paths, in their order, a folder's by name; and what is not there.
pub(crate) fn expand(
    lang: Lang,
    paths: &[PathBuf],
    stdin_name: Option<&str>,
) -> (Vec<Input>, Vec<Failure>) {
    let mut inputs = Vec::new();
    let mut failures = Vec::new();
    for path in paths {
        let name = path.to_string_lossy().into_owned();
        if path.as_os_str() == "-" {
            inputs.push(Input {
                name: stdin_name.unwrap_or("-").to_owned(),
                path: None,
            });
        } else if path.is_dir() {
            let before = inputs.len();
            folder(lang, path, &mut inputs, &mut failures);
            if inputs.len() == before && failures.is_empty() {
                failures.push(failure::nothing_in(lang, &name));
            }
        } else if let beside = submissions_of(path)
            && !beside.is_empty()
        {
            inputs.extend(beside);
        } else {
            inputs.push(Input {
                name,
                path: Some(path.clone()),
            });
        }
    }
    // The same file is one submission, however often it is named.
    let mut seen = std::collections::HashSet::new();
    inputs.retain(|input| {
        let real = input
            .path
            .as_ref()
            .and_then(|path| path.canonicalize().ok());
        real.is_none_or(|real| seen.insert(real))
    });
    (inputs, failures)
}

/// A header file that is named means the submissions it belongs to.
fn submissions_of(path: &Path) -> Vec<Input> {
    let name = path.to_string_lossy();
    let Some(stem) = name.strip_suffix(HEADER) else {
        return Vec::new();
    };
    let beside = ENDINGS.iter().map(|ending| format!("{stem}.{ending}"));
    let mut there: Vec<String> = beside.filter(|name| Path::new(name).is_file()).collect();
    there.sort();
    there
        .into_iter()
        .map(|name| Input {
            path: Some(PathBuf::from(&name)),
            name,
        })
        .collect()
}

fn folder(lang: Lang, folder: &Path, inputs: &mut Vec<Input>, failures: &mut Vec<Failure>) {
    let walk = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .sort_by_file_path(Path::cmp)
        .build();
    for found in walk {
        match found {
            Ok(found) => {
                // A link is followed, so that one that leads nowhere is a failure.
                let is_file = found
                    .file_type()
                    .is_some_and(|kind| kind.is_file() || kind.is_symlink());
                let path = found.into_path();
                if is_file && is_submission(&path) {
                    inputs.push(Input {
                        name: path.to_string_lossy().into_owned(),
                        path: Some(path),
                    });
                }
            }
            Err(error) => {
                let place = path_of(&error)
                    .unwrap_or(folder)
                    .to_string_lossy()
                    .into_owned();
                let text = error.to_string();
                let (message, help) = match error.into_io_error() {
                    Some(error) => failure::system(lang, &error),
                    None => (text, String::new()),
                };
                failures.push(Failure {
                    file: crate::words::shown(&place, 200),
                    message,
                    help,
                });
            }
        }
    }
}

/// The path that an error of the walk speaks of.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

fn is_submission(path: &Path) -> bool {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().to_lowercase());
    let name = name.unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.contains(&ending) && !name.ends_with(HEADER) && !name.starts_with("~$")
}
