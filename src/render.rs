//! Reports, for people and for machines. Each renderer is a function of `&Report` that writes.

use std::io::{self, Write};

use crate::report::Report;

pub mod concise;
pub mod csv;
pub mod full;
pub mod github;
pub mod gitlab;
#[cfg(test)]
mod golden;
pub mod grouped;
pub mod html;
mod identity;
mod ink;
pub mod json;
pub mod json_lines;
pub mod junit;
pub mod labels;
pub mod markdown;
pub(crate) mod parts;
mod paths;
pub(crate) mod province;
mod publish;
#[cfg(test)]
mod sample;
pub mod sarif;
pub mod satudata;
pub mod sipd;
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
    /// By file and by mistake, one line each place
    Grouped,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for the test reports of Jenkins and GitLab
    Junit,
    /// Annotations of GitHub Actions
    Github,
    /// Code Quality report of GitLab
    Gitlab,
    /// A summary for a job or a pull request
    Markdown,
    /// A table of all findings, for Excel
    Csv,
    /// One page for a browser, to read, print and search
    Html,
    /// A copy of the submission as a workbook, with every mistake marked where it stands
    Workbook,
    /// The SIPD tree by regency and kecamatan, as CSV or (`sipd:FILE.xlsx`) as a workbook
    Sipd,
    /// The indicator's table for a data portal (CSV), with its metadata beside the file
    Satudata,
}

impl OutputFormat {
    /// Whether it shows every finding, not only each group's first.
    #[must_use]
    pub fn wants_all(self) -> bool {
        !matches!(
            self,
            Self::Full | Self::Github | Self::Markdown | Self::Sipd | Self::Satudata
        )
    }
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
    /// A table that is no text goes into a workbook.
    pub workbook: bool,
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
            workbook: false,
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
        OutputFormat::Grouped => grouped::write(report, style, out),
        OutputFormat::Sarif => sarif::write(report, out),
        OutputFormat::Junit => junit::write(report, out),
        OutputFormat::Github => github::write(report, out),
        OutputFormat::Gitlab => gitlab::write(report, out),
        OutputFormat::Markdown => markdown::write(report, out),
        OutputFormat::Csv => csv::write(report, out),
        OutputFormat::Html => html::write(report, out),
        OutputFormat::Sipd => sipd::write(report, style, out),
        OutputFormat::Satudata => satudata::write(report, out),
    }
}

/// Text of the data as it may be shown: nothing in it is a command to the terminal, or (`::`,
/// `##[`) to what reads the log of a CI job.
#[must_use]
pub fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(crate::words::visible) {
        if matches!(c, ':' | '#') && out.ends_with(c) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// The page of a rule.
#[must_use]
pub fn page(code: &str) -> String {
    format!("https://koplint.dev/rules/{code}")
}
