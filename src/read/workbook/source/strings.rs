//! The strings that cells share, one behind the other.

/// Strings by their numbers.
#[derive(Default)]
pub struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// The string of a number.
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = match index {
            0 => 0,
            index => self.ends[index - 1],
        };
        self.text.get(start..end)
    }

    /// Adds a string.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.end();
    }

    /// Where the next string is written.
    pub fn room(&mut self) -> &mut String {
        &mut self.text
    }

    /// Ends the string that was written.
    pub fn end(&mut self) {
        self.ends.push(self.text.len());
    }
}
