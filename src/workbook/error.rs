//! Why a workbook cannot be marked.

use std::io;

use crate::lang::Lang;
use crate::say;

/// Why a workbook cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No zip archive: an old or protected workbook, or something else.
    #[error("not a package")]
    NotAPackage,
    /// A package without the XML of a workbook: XLSB, ODS, a document.
    #[error("no workbook in the package")]
    NoWorkbook,
    /// A part that the workbook names is not there.
    #[error("{0}: missing")]
    Missing(String),
    /// A part is not as the format says.
    #[error("{part}: {fault}")]
    Malformed {
        /// The part.
        part: String,
        /// What is wrong.
        fault: String,
    },
    /// A part is larger, or packed more tightly, than any real one.
    #[error("{0}: too large")]
    TooLarge(String),
    /// No sheet has this name.
    #[error("no sheet {0}")]
    NoSheet(String),
    /// The rows of a sheet do not stand in their order.
    #[error("{0}: rows out of order")]
    Disorder(String),
    /// The system says no.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl Error {
    /// In words for the user.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let name = |part: &str| crate::words::shown(part, 100);
        match self {
            Self::NotAPackage => say!(
                lang,
                id: "bukan buku kerja XLSX (XLS lama, atau dikunci kata sandi); simpan dulu sebagai .xlsx tanpa kata sandi",
                en: "not an XLSX workbook (an old XLS, or locked by a password); save it as .xlsx without a password first",
            ),
            Self::NoWorkbook => say!(
                lang,
                id: "bentuk ini (XLSB, ODS) tidak dapat ditandai; simpan dulu sebagai .xlsx",
                en: "this form (XLSB, ODS) cannot be marked; save it as .xlsx first",
            ),
            Self::Missing(part) => {
                let part = name(part);
                say!(lang, id: "buku kerja rusak: bagian {part} tidak ada", en: "broken workbook: part {part} is missing")
            }
            Self::Malformed { part, fault } => {
                let (part, fault) = (name(part), name(fault));
                say!(lang, id: "buku kerja rusak di {part}: {fault}", en: "broken workbook at {part}: {fault}")
            }
            Self::TooLarge(part) => {
                let part = name(part);
                say!(lang, id: "bagian {part} terlalu besar", en: "part {part} is too large")
            }
            Self::NoSheet(sheet) => {
                let sheet = name(sheet);
                say!(lang, id: "lembar \"{sheet}\" tidak ada", en: "there is no sheet \"{sheet}\"")
            }
            Self::Disorder(part) => {
                let part = name(part);
                say!(lang, id: "baris di {part} tidak berurutan; buka dan simpan ulang di Excel", en: "rows in {part} are out of order; open and save it again in Excel")
            }
            Self::Io(error) => error.to_string(),
        }
    }
}
