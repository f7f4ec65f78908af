//! The zip archive of a workbook. A part is inflated only through a limit.

use std::collections::HashMap;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::Refused;

/// The most parts of a package.
const MAX_PARTS: usize = 10_000;
/// The most that all parts together inflate to, in bytes.
const MAX_TOTAL: u64 = 1 << 30;
/// What a part inflates to before its ratio is looked at, in bytes.
const FLOOR: u64 = 16 << 20;
/// The most that a byte of a part inflates to, in bytes. Rows of blank cells come to about 60.
const RATIO: u64 = 200;
/// The most of a part between two tags, in bytes.
const MAX_PIECE: u64 = 16 << 20;

/// A package whose directory was read.
pub struct Package {
    zip: ZipArchive<Cursor<Arc<[u8]>>>,
    /// Parts by their names in lower case; Office sees no difference.
    names: HashMap<String, usize>,
    spent: u64,
    size: u64,
}

impl Package {
    /// Reads the directory.
    ///
    /// # Errors
    /// It is broken, has too many parts, or one twice.
    pub fn open(bytes: Arc<[u8]>) -> Result<Self, Refused> {
        let size = bytes.len() as u64;
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(zip_error)?;
        if zip.len() > MAX_PARTS {
            return Err(Refused::TooLarge { what: "parts" });
        }
        if zip.has_duplicate_names() {
            return Err(Refused::damaged("a part stands twice in the archive"));
        }
        let mut names = HashMap::with_capacity(zip.len());
        for index in 0..zip.len() {
            let name = zip.name_for_index(index).transpose().map_err(zip_error)?;
            let key = key(&name.unwrap_or_default());
            if let Some(before) = names.insert(key, index) {
                let name = zip.name_for_index(before).transpose().map_err(zip_error)?;
                let name = name.unwrap_or_default();
                return Err(Refused::damaged(format!(
                    "{name} stands twice in the archive"
                )));
            }
        }
        Ok(Self {
            zip,
            names,
            spent: 0,
            size,
        })
    }

    /// Whether a part is there.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&key(name))
    }

    /// A part, if it is there, of at most `cap` bytes.
    ///
    /// # Errors
    /// It cannot be inflated.
    pub fn part(&mut self, name: &str, cap: u64) -> Result<Option<Part<'_>>, Refused> {
        let Some(index) = self.names.get(&key(name)) else {
            return Ok(None);
        };
        let file = self.zip.by_index(*index).map_err(zip_error)?;
        Ok(Some(Part {
            packed: file.compressed_size().min(self.size).max(1),
            name: name.to_owned(),
            cap,
            read: 0,
            piece: 0,
            spent: &mut self.spent,
            file,
        }))
    }
}

fn key(name: &str) -> String {
    name.trim_start_matches('/')
        .replace('\\', "/")
        .to_lowercase()
}

fn zip_error(error: ZipError) -> Refused {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Refused::Encrypted
        }
        error => Refused::damaged(error.to_string()),
    }
}

/// A part as it is inflated, counted.
pub struct Part<'a> {
    /// Its name.
    pub name: String,
    /// Bytes since the last tag.
    pub piece: u64,
    file: ZipFile<'a, Cursor<Arc<[u8]>>>,
    packed: u64,
    cap: u64,
    read: u64,
    spent: &'a mut u64,
}

impl Part<'_> {
    fn judge(&self) -> Result<(), Refused> {
        if self.read > FLOOR && self.read / self.packed > RATIO {
            let part = self.name.clone();
            return Err(Refused::Bomb { part });
        }
        match self.read > self.cap || *self.spent > MAX_TOTAL || self.piece > MAX_PIECE {
            true => Err(Refused::TooLarge { what: "content" }),
            false => Ok(()),
        }
    }
}

impl Read for Part<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buf)?;
        let more = count as u64;
        self.read += more;
        self.piece += more;
        *self.spent += more;
        self.judge().map_err(io::Error::other)?;
        Ok(count)
    }
}
