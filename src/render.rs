//! Reports, for people and for machines. Each renderer is a function of `&Report` that writes.

use std::io::{self, Write};

use crate::report::Report;

pub mod concise;
pub mod full;
mod ink;
pub mod json;
pub mod json_lines;
pub mod labels;
#[cfg(test)]
mod sample;
pub mod workbook;

/// The format of a report.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputFormat {
    /// For people: every mistake once, drawn where it stands, and the summary
    Full,
    /// One line per finding
    Concise,
    /// One JSON document
    Json,
    /// One JSON object per line
    JsonLines,
    /// A copy of the submission as a workbook, with every mistake marked where it stands
    Workbook,
}

/// How a report looks.
#[derive(Clone, Debug)]
pub struct Style {
    /// Colours.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Drawing characters outside ASCII.
    pub unicode: bool,
    /// Codes lead to the pages of their rules (OSC 8).
    pub links: bool,
    /// Prose without drawings, for screen readers.
    pub narrated: bool,
    /// Groups (findings, in the concise format) that are shown of each submission; 0 shows all.
    pub max_diagnostics: usize,
    /// One verdict for every entry, in the JSON formats.
    pub entries: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            color: false,
            width: 100,
            unicode: true,
            links: false,
            narrated: false,
            max_diagnostics: 0,
            entries: false,
        }
    }
}

impl Style {
    /// How many of `all` are shown.
    fn most(&self, all: usize) -> usize {
        match self.max_diagnostics {
            0 => all,
            most => most.min(all),
        }
    }
}

/// Writes a report.
pub fn write(
    format: OutputFormat,
    report: &Report,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        OutputFormat::Full => full::write(report, style, out),
        OutputFormat::Concise => concise::write(report, style, out),
        OutputFormat::Json => json::write(report, style, out),
        OutputFormat::JsonLines => json_lines::write(report, style, out),
        OutputFormat::Workbook => workbook::write(report, out),
    }
}

/// Text of the data as it may be shown: nothing in it is a command to the terminal.
#[must_use]
pub fn safe(text: &str) -> String {
    text.chars().map(crate::words::visible).collect()
}

/// The page of a rule.
#[must_use]
pub fn page(code: &str) -> String {
    format!("https://koplint.dev/rules/{code}")
}
