//! From the bytes of a workbook to its cells. What the file is called does not matter, its bytes do.
//!
//! Everything in a workbook is hostile until it is read: what is inflated is counted, a document
//! type is refused, sizes that a file claims for itself are not believed, and a value that would be
//! lost without a word makes the workbook damaged.

use std::sync::Arc;

use crate::grid::{Grid, TooMuch};

mod binary;
mod compound;
mod format;
mod number;
mod ods;
mod ordered;
mod package;
mod sniff;
mod strings;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use sniff::What;

use package::Package;

/// The largest file that is read, in bytes.
pub const MAX_FILE: usize = 256 << 20;
/// The most sheets of a workbook.
const MAX_SHEETS: usize = 1000;

/// The kinds of workbooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Excel since 2007; with macros too.
    Xlsx,
    /// The same in binary.
    Xlsb,
    /// Excel until 2003.
    Xls,
    /// OpenDocument.
    Ods,
}

/// A workbook that was read.
#[derive(Clone, Debug)]
pub struct Book {
    /// What it is by its bytes.
    pub kind: Kind,
    /// Its cells.
    pub grid: Grid,
    /// Merged areas: index of the sheet; first row, first column, last row, last column, from 1.
    /// The value stands in the first cell, the others are blank.
    pub merged: Vec<Merged>,
}

/// A merged area and the index of its sheet.
pub type Merged = (usize, [u32; 4]);

/// Why a workbook is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It has a password.
    #[error("encrypted")]
    Encrypted,
    /// It cannot be read without losing something.
    #[error("damaged: {detail}")]
    Damaged {
        /// What is wrong, for one who repairs it.
        detail: String,
    },
    /// It has more than is read.
    #[error("too large: {what}")]
    TooLarge {
        /// Of what.
        what: &'static str,
    },
    /// A part of it inflates beyond measure.
    #[error("{part} inflates beyond measure")]
    Bomb {
        /// The part.
        part: String,
    },
    /// It is something else that koplint may know.
    #[error("not a workbook but {is:?}")]
    Misnamed {
        /// What it is.
        is: What,
    },
    /// Nothing that holds cells.
    #[error("not a workbook")]
    NotAWorkbook,
    /// A workbook of charts or dialogs only.
    #[error("no sheets")]
    NoSheets,
}

impl Refused {
    fn damaged(detail: impl Into<String>) -> Self {
        Self::Damaged {
            detail: detail.into(),
        }
    }
}

impl From<TooMuch> for Refused {
    fn from(_: TooMuch) -> Self {
        Self::TooLarge { what: "cells" }
    }
}

/// Reads a workbook.
///
/// # Errors
/// It is none, or not one that can be read to the last cell.
pub fn read(bytes: impl Into<Arc<[u8]>>) -> Result<Book, Refused> {
    let bytes = bytes.into();
    if bytes.len() > MAX_FILE {
        return Err(Refused::TooLarge { what: "bytes" });
    }
    match sniff::container(&bytes) {
        sniff::Container::Zip => zipped(Package::open(bytes)?),
        sniff::Container::Ole => xls::read(&bytes),
        sniff::Container::Other(is) => Err(Refused::Misnamed { is }),
        sniff::Container::Unknown => Err(Refused::NotAWorkbook),
    }
}

fn zipped(mut package: Package) -> Result<Book, Refused> {
    match xlsx::main_part(&mut package)? {
        Some(main) => xlsx::read(&mut package, &main),
        None if package.has(ods::CONTENT) => ods::read(&mut package),
        None => Err(Refused::NotAWorkbook),
    }
}

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod kept_tests;
#[cfg(test)]
mod made_tests;
#[cfg(test)]
mod xlsx_tests;
