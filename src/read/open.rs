//! From a path to an opened submission: which format it is, where its header stands, and the hash
//! of what was read.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use indicatif::ProgressBar;
use sha2::{Digest, Sha256};

use super::workbook::{self, source};
use super::{Chunk, HeaderText, Opened, document, json, ndjson, table};
use crate::schema::Shape;
use crate::tape::Tape;

/// Names a header that options gave.
pub const FROM_OPTIONS: &str = "(opsi)";
/// Names a header that `koplint.toml` gave.
pub const FROM_SETTINGS: &str = "(koplint.toml)";

/// Whether the name of a header's source is that of no file.
#[must_use]
pub fn is_no_file(name: &str) -> bool {
    [FROM_OPTIONS, FROM_SETTINGS].contains(&name)
}

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatName {
    /// One JSON document.
    Json,
    /// One JSON value a line.
    Ndjson,
    /// A table with a delimiter.
    Csv,
    /// A workbook.
    Workbook,
}

/// Something that was given to be checked.
#[derive(Clone, Debug)]
pub struct Input {
    /// The path as the user knows it.
    pub name: String,
    /// None for standard input.
    pub path: Option<PathBuf>,
}

/// Why an input could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The system says no.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// A workbook that cannot be read.
    #[error("workbook")]
    Workbook(source::Refused),
    /// A workbook without the sheet that was asked for.
    #[error("{0:?}")]
    NoSheet(workbook::NoSheet),
    /// Bytes that are no text.
    #[error("binary")]
    Binary,
    /// Text in an encoding that only tables may have.
    #[error("utf-16")]
    Utf16,
    /// A document beyond the limit.
    #[error("larger than {0} bytes")]
    TooLarge(usize),
    /// The header in the file and the one beside it do not say the same.
    #[error("{file}")]
    TwoHeaders {
        /// The header file.
        file: String,
    },
    /// The header file beside it is no JSON object.
    #[error("{file}: {line}:{column}")]
    Header {
        /// The header file.
        file: String,
        /// Line of the fault.
        line: u32,
        /// Column of the fault.
        column: u32,
    },
}

/// An opened submission and what is known of its bytes.
pub struct Begun {
    /// The submission.
    pub opened: Opened,
    /// The file or options that the header came from, if not the submission itself.
    pub header_from: Option<String>,
    tap: Tap,
}

impl Begun {
    /// Hash (hex) and number of all bytes, those that nobody read included.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(mut self) -> io::Result<(String, u64)> {
        drop(self.opened);
        io::copy(&mut self.tap, &mut io::sink())?;
        let inner = self.tap.0.lock().unwrap_or_else(PoisonError::into_inner);
        let hash = inner.hash.clone().finalize();
        Ok((crate::definition::hex(&hash), inner.bytes))
    }
}

/// Reads through while hashing and counting.
#[derive(Clone)]
struct Tap(Arc<Mutex<TapInner>>);

struct TapInner {
    input: Box<dyn Read + Send>,
    hash: Sha256,
    bytes: u64,
    progress: ProgressBar,
}

impl Read for Tap {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let read = inner.input.read(buffer)?;
        inner.hash.update(&buffer[..read]);
        inner.bytes += read as u64;
        inner.progress.inc(read as u64);
        Ok(read)
    }
}

/// A document beyond this many bytes is not held in memory, if it is plain and can be read again.
const LARGE: u64 = 1 << 20;

/// Opens an input. `flags` is the header that options give, as JSON; `sheet` the name of the sheet
/// in which a workbook's register stands; `again` says that a document turned out not to be plain
/// ([`document::is_not_plain`]).
///
/// # Errors
/// Why it cannot be read at all.
pub fn open(
    input: &Input,
    again: bool,
    flags: Option<&str>,
    sheet: Option<&str>,
    shape: &Shape,
    progress: &ProgressBar,
) -> Result<Begun, OpenError> {
    let (source, large): (Box<dyn Read + Send>, bool) = match &input.path {
        Some(path) => {
            let file = File::open(path)?;
            let about = file.metadata()?;
            let large = about.is_file() && about.len() > LARGE;
            (Box::new(file), large)
        }
        None => (Box::new(io::stdin()), false),
    };
    let tap = Tap(Arc::new(Mutex::new(TapInner {
        input: source,
        hash: Sha256::new(),
        bytes: 0,
        progress: progress.clone(),
    })));
    let mut head = Vec::new();
    tap.clone().take(64 << 10).read_to_end(&mut head)?;
    let format = format_of(&input.name, &head)?;
    let plain = format == FormatName::Json && !again && large;
    let plain = plain.then(|| document::open_plain(&head, Box::new(tap.clone())));
    let plain = plain.flatten();
    let rest = io::Cursor::new(head).chain(tap.clone());
    let beside = header_beside(input)?;
    let mut opened = match (format, plain) {
        (_, Some(opened)) => opened,
        (FormatName::Json, None) => {
            let mut bytes = Vec::new();
            let limit = document::MAX_DOCUMENT;
            rest.take(limit as u64 + 1).read_to_end(&mut bytes)?;
            if bytes.len() > limit {
                return Err(OpenError::TooLarge(limit));
            }
            document::open(bytes)
        }
        (FormatName::Ndjson, None) => {
            let apart = beside.is_some() || flags.is_some();
            ndjson::open(Box::new(rest), apart)?
        }
        (FormatName::Csv, None) => table::open(Box::new(rest), shape)?,
        (FormatName::Workbook, None) => {
            let mut bytes = Vec::new();
            let most = source::MAX_FILE as u64 + 1;
            rest.take(most).read_to_end(&mut bytes)?;
            let book = source::read(bytes).map_err(OpenError::Workbook)?;
            workbook::open(book, sheet, shape).map_err(OpenError::NoSheet)?
        }
    };
    let mut header_from = None;
    if format != FormatName::Json {
        if let Some((file, header)) = beside {
            match &opened.header {
                Some(own) if own.value() != header.value() => {
                    return Err(OpenError::TwoHeaders { file });
                }
                Some(_) => {}
                None => {
                    header_from = Some(file);
                    opened.header = Some(header);
                }
            }
        } else if let (Some(flags), None) = (flags, &opened.header) {
            header_from = Some(FROM_OPTIONS.to_owned());
            opened.header = header_text(flags.to_owned().into());
        }
    }
    Ok(Begun {
        opened,
        header_from,
        tap,
    })
}

fn header_text(text: Arc<String>) -> Option<HeaderText> {
    let mut tape = Tape::new();
    json::value(&text, 0, text.len(), &mut tape).ok()?;
    Some(HeaderText {
        tape,
        text,
        grid: None,
    })
}

/// `<stem>.kepala.json` beside a file.
fn header_beside(input: &Input) -> Result<Option<(String, HeaderText)>, OpenError> {
    let Some(path) = &input.path else {
        return Ok(None);
    };
    let beside = path.with_extension("kepala.json");
    let bytes = match std::fs::read(&beside) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let chunk: Chunk = ndjson::text_chunk(bytes, 1, true);
    let mut tape = Tape::new();
    let file = Path::new(&input.name)
        .with_extension("kepala.json")
        .to_string_lossy()
        .into_owned();
    let broken = |at: usize| {
        let locator = crate::place::Locator::new(&chunk.text);
        let (line, column) = locator.line_column(at);
        OpenError::Header {
            file: file.clone(),
            line,
            column,
        }
    };
    if let Some(at) = chunk.broken.first() {
        return Err(broken(*at));
    }
    if let Err(error) = json::value(&chunk.text, chunk.start, chunk.end, &mut tape) {
        return Err(broken(error.at.start as usize));
    }
    let text = Arc::clone(&chunk.text);
    Ok(Some((
        file.clone(),
        HeaderText {
            tape,
            text,
            grid: None,
        },
    )))
}

/// The format: by the name's ending, else by the bytes.
pub(crate) fn format_of(name: &str, head: &[u8]) -> Result<FormatName, OpenError> {
    let ending = Path::new(name)
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let zip = head.starts_with(b"PK\x03\x04");
    let ole = head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    let workbook = ["xlsx", "xlsm", "xlsb", "xls", "ods"].contains(&ending.as_str());
    if zip || ole || workbook {
        return Ok(FormatName::Workbook);
    }
    let utf16 = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    let nuls = memchr::memchr_iter(0, head).count();
    let odd = memchr::memchr_iter(0, head)
        .filter(|at| at % 2 == 1)
        .count();
    let json = match ending.as_str() {
        "json" | "geojson" => Some(FormatName::Json),
        "ndjson" | "jsonl" => Some(FormatName::Ndjson),
        "csv" | "tsv" | "txt" | "tab" => Some(FormatName::Csv),
        _ => None,
    };
    // Every other byte of UTF-16 is NUL; more than a few in anything else is no text.
    let even = nuls * 3 > head.len() && odd.max(nuls - odd) * 10 > nuls * 9;
    if nuls > 8 && !utf16 && !even {
        return Err(OpenError::Binary);
    }
    if let Some(format) = json {
        if (utf16 || even) && format != FormatName::Csv {
            return Err(OpenError::Utf16);
        }
        return Ok(format);
    }
    let text = head.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(head);
    let from = json::skip_space(text, 0, text.len());
    Ok(match text.get(from) {
        Some(b'{') => {
            let end = memchr::memchr(b'\n', &text[from..]).map_or(text.len(), |n| from + n);
            let line = std::str::from_utf8(&text[from..end]).unwrap_or_default();
            let mut tape = Tape::new();
            let whole = json::value(line, 0, line.len(), &mut tape).is_ok();
            let next = json::skip_space(text, end, text.len());
            if whole && text.get(next) == Some(&b'{') {
                FormatName::Ndjson
            } else {
                FormatName::Json
            }
        }
        Some(b'[') => FormatName::Json,
        _ => FormatName::Csv,
    })
}
