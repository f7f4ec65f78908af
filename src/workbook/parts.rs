//! The parts of a package: found by their paths, inflated within limits.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::Error;
use super::xml::malformed;

/// The most entries of a package.
const MOST_PARTS: usize = 20_000;
/// The most bytes of a part that is read whole.
const MOST_WHOLE: u64 = 128 << 20;
/// The most bytes of a sheet.
const MOST_SHEET: u64 = 4 << 30;
/// No real part is packed more tightly, beyond the first megabytes.
const RATIO: u64 = 400;
const FREE: u64 = 32 << 20;
/// The most bytes of one event of a sheet: a cell's text, a tag.
const MOST_EVENT: u64 = 32 << 20;

pub(super) type Archive = ZipArchive<Cursor<Vec<u8>>>;

/// A package's parts.
pub(super) struct Parts {
    pub(super) archive: Archive,
    index: HashMap<String, usize>,
}

/// The path as it is looked up: without a leading slash, in lower case.
pub(super) fn key(path: &str) -> String {
    path.trim_start_matches('/')
        .replace('\\', "/")
        .to_lowercase()
}

impl Parts {
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, Error> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Error::NotAPackage)?;
        if archive.len() > MOST_PARTS {
            return Err(Error::TooLarge("zip".to_owned()));
        }
        let mut index = HashMap::new();
        for at in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(at) {
                index.entry(key(&name)).or_insert(at);
            }
        }
        Ok(Self { archive, index })
    }

    pub(super) fn at(&self, path: &str) -> Option<usize> {
        self.index.get(&key(path)).copied()
    }

    /// A path like `xl/comments1.xml` that is not taken yet, nor in `others`.
    pub(super) fn free(&self, before: &str, after: &str, others: &[String]) -> String {
        (1..)
            .map(|number: u32| format!("{before}{number}{after}"))
            .find(|path| self.at(path).is_none() && !others.contains(path))
            .unwrap_or_default()
    }

    /// The text of a part; None if it is not there.
    pub(super) fn text(&mut self, path: &str) -> Result<Option<String>, Error> {
        let Some(at) = self.at(path) else {
            return Ok(None);
        };
        let mut source = self.source(at, path, MOST_WHOLE)?;
        let mut bytes = Vec::new();
        source
            .read_to_end(&mut bytes)
            .map_err(|error| source.error(path, error))?;
        let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
            Some(rest) => rest.to_vec(),
            None => bytes,
        };
        String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| malformed(path, &"UTF-8"))
    }

    /// The events of a part.
    pub(super) fn events(&mut self, path: &str) -> Result<Events<'_>, Error> {
        let at = self
            .at(path)
            .ok_or_else(|| Error::Missing(path.to_owned()))?;
        let source = self.source(at, path, MOST_SHEET)?;
        let over = Rc::clone(&source.over);
        Ok(Events {
            reader: Reader::from_reader(Steps {
                inner: BufReader::with_capacity(64 << 10, source),
                left: MOST_EVENT,
            }),
            buffer: Vec::new(),
            part: path.to_owned(),
            over,
        })
    }

    fn source(&mut self, at: usize, path: &str, most: u64) -> Result<Source<'_>, Error> {
        let file = self
            .archive
            .by_index(at)
            .map_err(|error| malformed(path, &error))?;
        let left = most.min(FREE + file.compressed_size().saturating_mul(RATIO));
        Ok(Source {
            file,
            left,
            over: Rc::default(),
        })
    }
}

/// A part as it is inflated; more than the limit is an error.
struct Source<'a> {
    file: ZipFile<'a, Cursor<Vec<u8>>>,
    left: u64,
    over: Rc<Cell<bool>>,
}

impl Source<'_> {
    fn error(&self, path: &str, error: io::Error) -> Error {
        if self.over.get() {
            Error::TooLarge(path.to_owned())
        } else {
            malformed(path, &error)
        }
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => {
                self.over.set(true);
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
        Ok(read)
    }
}

/// Lets no event grow beyond its limit.
struct Steps<R> {
    inner: R,
    left: u64,
}

impl<R: BufRead> Read for Steps<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

impl<R: BufRead> BufRead for Steps<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount as u64);
        self.inner.consume(amount);
    }
}

/// A part's events, one after the other.
pub(super) struct Events<'a> {
    reader: Reader<Steps<BufReader<Source<'a>>>>,
    buffer: Vec<u8>,
    part: String,
    over: Rc<Cell<bool>>,
}

impl Events<'_> {
    /// The next event; None at the end.
    pub(super) fn next(&mut self) -> Result<Option<Event<'_>>, Error> {
        self.buffer.clear();
        self.reader.get_mut().left = MOST_EVENT;
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => Ok(None),
            Ok(event) => Ok(Some(event)),
            Err(_) if self.over.get() => Err(Error::TooLarge(self.part.clone())),
            Err(error) => Err(malformed(&self.part, &error)),
        }
    }
}
