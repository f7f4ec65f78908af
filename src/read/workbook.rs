//! Workbooks: sheets of cells.

pub mod source;
