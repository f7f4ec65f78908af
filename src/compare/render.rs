//! What became of the count, for people and for programs. Each format escapes for itself.

use std::io::{self, Write};

use super::Comparison;

mod html;
mod json;
mod markdown;
mod text;
mod told;
mod words;

/// The schema of the JSON format, as published.
pub const SCHEMA: &str = include_str!("../../schemas/compare.schema.json");

/// The format of a comparison.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// A summary for a job or a pull request
    Markdown,
    /// One page for a browser, to read and print
    Html,
}

/// Writes a comparison.
pub fn write(format: Format, comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(comparison, out),
        Format::Json => json::write(comparison, out),
        Format::Markdown => markdown::write(comparison, out),
        Format::Html => html::write(comparison, out),
    }
}
