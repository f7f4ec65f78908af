//! The files of a certificate: their names and digests.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use super::clipped;
use crate::definition::hex;
use crate::failure;
use crate::lang::Lang;
use crate::read::open::{Input, OpenError};
use crate::report::Failure;
use crate::say;

/// SHA-256 in hex, by name.
pub type Digests = BTreeMap<String, String>;

/// Gives inputs the names by which a certificate knows them: a file of a folder that was named its
/// path below that folder, parted by `/`, any other its own name. So neither depends on where the
/// folder lies.
///
/// # Errors
/// An input that cannot have such a name: standard input, a name twice, a name that is no text.
pub fn named(lang: Lang, inputs: Vec<Input>, paths: &[PathBuf]) -> Result<Vec<Input>, String> {
    let mut seen = HashSet::new();
    let name = |input: Input| {
        let shown = clipped(&input.name, 200);
        let Some(path) = input.path else {
            return Err(say!(lang,
                id: "masukan baku tidak dapat disertifikatkan: sebut berkasnya",
                en: "standard input cannot be certified: name a file",
            ));
        };
        let Some(name) = name_of(&path, paths) else {
            return Err(
                say!(lang, id: "{shown}: nama berkas ini bukan teks UTF-8", en: "{shown}: this file's name is no UTF-8"),
            );
        };
        if !seen.insert(name.clone()) {
            return Err(say!(lang,
                id: "{shown}: ada dua berkas bernama {name}; sebut folder di atas keduanya",
                en: "{shown}: two files have the name {name}; name the folder above both",
            ));
        }
        Ok(Input {
            name,
            path: Some(path),
        })
    };
    inputs.into_iter().map(name).collect()
}

fn name_of(path: &Path, paths: &[PathBuf]) -> Option<String> {
    let folders = paths.iter().filter(|path| path.is_dir());
    let below = folders.filter_map(|folder| path.strip_prefix(folder).ok());
    let mut below = below.filter(|below| !below.as_os_str().is_empty());
    let name = below.next().unwrap_or(Path::new(path.file_name()?));
    let parts = name.components().filter(|part| *part != Component::CurDir);
    let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// The digests of inputs and of the header files beside them; and what cannot be read.
pub fn digests(lang: Lang, inputs: &[Input]) -> (Digests, Vec<Failure>) {
    let mut digests = Digests::new();
    let mut failures = Vec::new();
    for input in inputs {
        let Some(path) = &input.path else { continue };
        match digest(path) {
            Ok(digest) => drop(digests.insert(input.name.clone(), digest)),
            Err(error) => failures.push(failure::of(lang, input, &OpenError::Io(error))),
        }
        let header = Input {
            name: header_name(&input.name),
            path: Some(path.with_extension("kepala.json")),
        };
        match header.path.as_deref().map(digest) {
            Some(Ok(digest)) => drop(digests.insert(header.name, digest)),
            Some(Err(error)) if error.kind() != ErrorKind::NotFound => {
                failures.push(failure::of(lang, &header, &OpenError::Io(error)));
            }
            _ => {}
        }
    }
    (digests, failures)
}

/// Whether an input can be opened: neither it nor its header is a pipe that nobody writes to.
pub(super) fn plain(input: &Input) -> bool {
    input.path.as_deref().is_some_and(|path| {
        let header = path.with_extension("kepala.json").metadata();
        path.is_file() && header.map_or(true, |meta| meta.is_file())
    })
}

/// The name of the header file beside a submission.
pub(super) fn header_name(of: &str) -> String {
    let name = Path::new(of).with_extension("kepala.json");
    name.to_string_lossy().into_owned()
}

/// The digest of a plain file: what is read twice must not be a pipe or a device.
fn digest(path: &Path) -> io::Result<String> {
    let meta = path.metadata()?;
    if meta.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    } else if !meta.is_file() {
        return Err(io::Error::other("pipe, device"));
    }
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_depend_on_where_the_folder_lies() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("33.02");
        std::fs::create_dir(&below).unwrap();
        let name = |path: &Path, paths: &[&Path]| {
            let paths: Vec<PathBuf> = paths.iter().map(|&path| path.to_owned()).collect();
            name_of(path, &paths)
        };
        let file = below.join("a.json");
        let all = [folder.path()];
        assert_eq!(name(&file, &all).as_deref(), Some("33.02/a.json"));
        assert_eq!(name(&file, &[&below]).as_deref(), Some("a.json"));
        assert_eq!(name(&file, &[&file]).as_deref(), Some("a.json"));
        let dot = Path::new("./x/a.json");
        assert_eq!(name(dot, &[Path::new(".")]).as_deref(), Some("x/a.json"));
    }

    #[test]
    fn one_name_is_one_file() {
        let input = |path: &str| Input {
            name: path.to_owned(),
            path: Some(path.into()),
        };
        let both = vec![input("x/a.json"), input("y/a.json")];
        assert!(named(Lang::En, both, &[]).unwrap_err().contains("a.json"));
        let pipe = Input {
            name: "-".to_owned(),
            path: None,
        };
        assert!(named(Lang::Id, vec![pipe], &[]).is_err());
    }
}
