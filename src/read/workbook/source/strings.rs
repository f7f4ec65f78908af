//! The strings that cells share, one behind the other.

use crate::grid::{MAX_CELLS, MAX_TEXT};

/// Strings by their numbers.
#[derive(Default)]
pub struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// The string of a number.
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = match index {
            0 => 0,
            index => self.ends[index - 1] as usize,
        };
        self.text.get(start..end)
    }

    /// Adds a string; says none if that is too much.
    pub fn push(&mut self, text: &str) -> Option<()> {
        self.text.push_str(text);
        self.end()
    }

    /// Where the next string is written.
    pub fn room(&mut self) -> &mut String {
        &mut self.text
    }

    /// Ends the string that was written; says none if that is too much.
    pub fn end(&mut self) -> Option<()> {
        self.ends.push(u32::try_from(self.text.len()).ok()?);
        (self.ends.len() <= MAX_CELLS && self.text.len() <= MAX_TEXT).then_some(())
    }
}
