//! Records, and the strings in them.

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::read::workbook::source::Refused;
use crate::read::workbook::source::binary::u16_at;

/// A stream of records begins.
pub const BOF: u16 = 0x0809;
/// It ends.
pub const EOF: u16 = 0x0A;
const CONTINUE: u16 = 0x3C;

/// A record that is not as it should be.
pub fn wrong() -> Refused {
    Refused::damaged("a record is broken")
}

/// A record.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    pub kind: u16,
    pub data: &'a [u8],
}

/// Records, one behind the other.
pub struct Records<'a> {
    rest: &'a [u8],
}

/// The records of a stream.
pub fn records(stream: &[u8]) -> Records<'_> {
    Records { rest: stream }
}

impl<'a> Records<'a> {
    /// The next one; none at the end.
    ///
    /// # Errors
    /// It is not all there.
    pub fn next(&mut self) -> Result<Option<Record<'a>>, Refused> {
        if self.rest.len() < 4 {
            return Ok(None);
        }
        let kind = u16_at(self.rest, 0).ok_or_else(wrong)?;
        let end = 4 + usize::from(u16_at(self.rest, 2).ok_or_else(wrong)?);
        let data = self.rest.get(4..end);
        let data = data.ok_or_else(|| Refused::damaged("the workbook ends within a record"))?;
        self.rest = &self.rest[end..];
        Ok(Some(Record { kind, data }))
    }

    /// The data of a record and of those that continue it.
    pub fn pieces(&self, first: &'a [u8]) -> Pieces<'a> {
        Pieces {
            now: first,
            rest: self.rest,
        }
    }
}

/// The data of a record that may go on in others.
pub struct Pieces<'a> {
    now: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Pieces<'a> {
    fn turn(&mut self) -> Option<()> {
        let mut records = records(self.rest);
        let record = records.next().ok()??;
        (record.kind == CONTINUE).then_some(())?;
        self.now = record.data;
        self.rest = records.rest;
        Some(())
    }

    /// Whether nothing is left.
    pub fn is_at_end(&mut self) -> bool {
        while self.now.is_empty() {
            if self.turn().is_none() {
                return true;
            }
        }
        false
    }

    fn byte(&mut self) -> Option<u8> {
        if self.is_at_end() {
            return None;
        }
        let (byte, rest) = self.now.split_first()?;
        self.now = rest;
        Some(*byte)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    /// A number.
    pub fn u32(&mut self) -> Option<u32> {
        let low = u32::from(self.u16()?);
        Some(low | (u32::from(self.u16()?) << 16))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if self.is_at_end() {
                return None;
            }
            let some = count.min(self.now.len());
            self.now = &self.now[some..];
            count -= some;
        }
        Some(())
    }

    /// A string with what stands behind it: runs of fonts, how it is pronounced.
    pub fn rich(&mut self) -> Option<String> {
        let length = self.u16()?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.u16()? } else { 0 };
        let more = if flags & 4 != 0 { self.u32()? } else { 0 };
        let text = self.characters(length.into(), flags)?;
        self.skip(usize::from(runs) * 4 + more as usize)?;
        Some(text)
    }

    /// Characters, of which a piece may be narrow and the next wide.
    fn characters(&mut self, mut length: usize, mut flags: u8) -> Option<String> {
        let mut units = Vec::with_capacity(length);
        while length > 0 {
            if self.now.is_empty() {
                self.turn()?;
                flags = self.byte()?;
            }
            let wide = usize::from(flags & 1) + 1;
            let some = length.min(self.now.len() / wide);
            if some == 0 {
                return None;
            }
            let (own, rest) = self.now.split_at(some * wide);
            match wide {
                1 => units.extend(own.iter().map(|byte| u16::from(*byte))),
                _ => units.extend(own.chunks_exact(2).filter_map(|pair| u16_at(pair, 0))),
            }
            self.now = rest;
            length -= some;
        }
        Some(String::from_utf16_lossy(&units))
    }
}

/// How strings are written.
#[derive(Clone, Copy)]
pub enum Version {
    /// Since Excel 97.
    Biff8,
    /// Excel 5.0 and 95, in a code page.
    Biff5(&'static Encoding),
}

impl Version {
    /// By the record with which a workbook begins.
    ///
    /// # Errors
    /// It is older.
    pub fn of(data: &[u8]) -> Result<Self, Refused> {
        match u16_at(data, 0) {
            Some(0x0600) => Ok(Self::Biff8),
            Some(0x0500) => Ok(Self::Biff5(WINDOWS_1252)),
            _ => Err(Refused::NotAWorkbook),
        }
    }

    /// Sets the code page.
    pub fn set_page(&mut self, page: u16) {
        if let Self::Biff5(encoding) = self {
            let label = match page {
                10_000 | 32_768 => "macintosh".to_owned(),
                932 => "shift_jis".to_owned(),
                936 => "gbk".to_owned(),
                949 => "euc-kr".to_owned(),
                950 => "big5".to_owned(),
                page => format!("windows-{page}"),
            };
            *encoding = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
        }
    }

    /// A string whose length is one byte.
    ///
    /// # Errors
    /// It is not all there.
    pub fn short(self, data: &[u8]) -> Result<String, Refused> {
        let (length, rest) = data.split_first().ok_or_else(wrong)?;
        self.text(usize::from(*length), rest)
    }

    /// A string whose length is two bytes, in a record that may go on.
    ///
    /// # Errors
    /// It is not all there.
    pub fn long(self, pieces: &mut Pieces<'_>) -> Result<String, Refused> {
        match self {
            Self::Biff8 if pieces.now.len() == 2 && pieces.now == [0, 0] => Ok(String::new()),
            Self::Biff8 => pieces.rich().ok_or_else(wrong),
            Self::Biff5(_) => {
                let length = pieces.u16().ok_or_else(wrong)?;
                self.text(length.into(), pieces.now)
            }
        }
    }

    /// The code of a number format.
    ///
    /// # Errors
    /// It is not all there.
    pub fn format(self, data: &[u8]) -> Result<String, Refused> {
        match self {
            Self::Biff8 => {
                let length = u16_at(data, 2).ok_or_else(wrong)?;
                self.text(length.into(), data.get(4..).ok_or_else(wrong)?)
            }
            Self::Biff5(_) => self.short(data.get(2..).ok_or_else(wrong)?),
        }
    }

    fn text(self, length: usize, data: &[u8]) -> Result<String, Refused> {
        match self {
            Self::Biff8 => {
                let (flags, rest) = data.split_first().ok_or_else(wrong)?;
                let mut pieces = Pieces {
                    now: rest,
                    rest: &[],
                };
                pieces.characters(length, *flags).ok_or_else(wrong)
            }
            Self::Biff5(encoding) => {
                let data = data.get(..length).ok_or_else(wrong)?;
                Ok(encoding.decode_without_bom_handling(data).0.into_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_go_on_in_other_records() {
        // "ab" narrow, then "cd" wide in the record that continues it.
        let rest = [0x3C, 0, 5, 0, 1, b'c', 0, b'd', 0];
        let mut pieces = records(&rest).pieces(&[4, 0, 0, b'a', b'b']);
        assert_eq!(pieces.rich().as_deref(), Some("abcd"));
        assert!(pieces.is_at_end());
        let mut short = records(&[]).pieces(&[4, 0, 0, b'a', b'b']);
        assert_eq!(short.rich(), None);
    }
}
