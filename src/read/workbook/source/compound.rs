//! The compound file of Office until 2003: a small file system in a file.

use super::Refused;
use super::binary::{u16_at, u32_at, wide};

/// Sector numbers from here on mean something else.
const SPECIAL: u32 = 0xFFFF_FFFA;
/// Bytes of a sector of the small streams.
const SMALL: usize = 64;
/// Bytes of an entry of the directory.
const ENTRY: usize = 128;

/// A compound file whose directory was read.
pub struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    /// The stream that holds the small ones.
    small: Vec<u8>,
    /// Streams smaller than this lie there.
    cutoff: usize,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

impl<'a> Compound<'a> {
    /// Reads the directory.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refused> {
        let shift = u16_at(bytes, 30).filter(|shift| matches!(shift, 9 | 12));
        let shift = shift.ok_or_else(|| broken("header"))?;
        let mut file = Self {
            bytes,
            sector: 1 << shift,
            table: Vec::new(),
            small_table: Vec::new(),
            small: Vec::new(),
            cutoff: number(bytes, 56)? as usize,
            entries: Vec::new(),
        };
        file.read_table()?;
        let directory = file.chain(number(bytes, 48)?, usize::MAX)?;
        let mut root = None;
        for raw in directory.chunks_exact(ENTRY) {
            let entry = entry(raw)?;
            match raw[66] {
                5 => root = Some(entry),
                2 => file.entries.push(entry),
                _ => {}
            }
        }
        if let Some(root) = root.filter(|root| root.size > 0) {
            file.small = file.chain(root.start, root.size)?;
            let table = file.chain(number(bytes, 60)?, usize::MAX)?;
            file.small_table = numbers(&table).collect();
        }
        Ok(file)
    }

    /// Which sector follows which. The list of its own sectors begins in the header.
    fn read_table(&mut self) -> Result<(), Refused> {
        let header = self.bytes.get(76..512).ok_or_else(|| broken("header"))?;
        let mut sectors: Vec<u32> = numbers(header).collect();
        let mut next = number(self.bytes, 68)?;
        let most = self.bytes.len() / self.sector + 1;
        while next < SPECIAL {
            let mut more: Vec<u32> = numbers(self.sector(next)?).collect();
            next = more.pop().unwrap_or(SPECIAL);
            sectors.append(&mut more);
            if sectors.len() > most + self.sector {
                return Err(broken("list of sectors"));
            }
        }
        for sector in sectors.into_iter().filter(|sector| *sector < SPECIAL) {
            let more = numbers(self.sector(sector)?);
            self.table.extend(more);
            if self.table.len() > 2 * most + self.sector {
                return Err(broken("list of sectors"));
            }
        }
        Ok(())
    }

    /// Whether there is a stream.
    pub fn has(&self, name: &str) -> bool {
        let mut names = self.entries.iter();
        names.any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// A stream, if it is there.
    ///
    /// # Errors
    /// It is not all there.
    pub fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Refused> {
        let mut entries = self.entries.iter();
        let Some(entry) = entries.find(|entry| entry.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let content = match entry.size < self.cutoff {
            true => self.small_chain(entry.start, entry.size)?,
            false => self.chain(entry.start, entry.size)?,
        };
        match content.len() < entry.size {
            true => Err(broken(name)),
            false => Ok(Some(content)),
        }
    }

    /// A sector; the last one of a file may be cut short.
    fn sector(&self, index: u32) -> Result<&'a [u8], Refused> {
        let start = (index as usize + 1) * self.sector;
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end).ok_or_else(|| broken("sector"))
    }

    fn chain(&self, start: u32, size: usize) -> Result<Vec<u8>, Refused> {
        let (mut out, mut next) = (Vec::new(), start);
        while next < SPECIAL && out.len() < size {
            out.extend_from_slice(self.sector(next)?);
            if out.len() > self.bytes.len() {
                return Err(broken("chain of sectors"));
            }
            next = self.table.get(next as usize).copied().unwrap_or(SPECIAL);
        }
        out.truncate(size);
        Ok(out)
    }

    fn small_chain(&self, start: u32, size: usize) -> Result<Vec<u8>, Refused> {
        let (mut out, mut next) = (Vec::new(), start);
        while next < SPECIAL && out.len() < size {
            let from = next as usize * SMALL;
            let end = (from + SMALL).min(self.small.len());
            let sector = self.small.get(from..end).ok_or_else(|| broken("sector"))?;
            out.extend_from_slice(sector);
            if out.len() > self.small.len() {
                return Err(broken("chain of sectors"));
            }
            let following = self.small_table.get(next as usize);
            next = following.copied().unwrap_or(SPECIAL);
        }
        out.truncate(size);
        Ok(out)
    }
}

fn entry(raw: &[u8]) -> Result<Entry, Refused> {
    let length = usize::from(u16_at(raw, 64).unwrap_or(0)).clamp(2, 64) - 2;
    Ok(Entry {
        name: wide(&raw[..length]),
        start: number(raw, 116)?,
        size: number(raw, 120)? as usize,
    })
}

fn broken(what: &str) -> Refused {
    Refused::damaged(format!("compound file: {what} is broken"))
}

fn number(bytes: &[u8], at: usize) -> Result<u32, Refused> {
    u32_at(bytes, at).ok_or_else(|| broken("header"))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes
        .chunks_exact(4)
        .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}
