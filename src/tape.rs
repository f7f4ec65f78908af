//! The tape: one flat, span-carrying tree for an entry of any format.
//!
//! A tape is a reused `Vec` of nodes in document order. A container is followed by its children
//! and `next` leaps over a whole subtree. A string without escapes is borrowed from the record's
//! text; everything else lies in the tape's own arena. Once its vectors have grown, filling a
//! tape allocates nothing.

use std::collections::HashMap;

mod node;

pub use node::{Doc, Elements, Members, Node, Step};

/// A half-open byte range in the text that a tape was filled from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from two offsets. Readers refuse a record of 4 GiB long before this clamps.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            start: clamp(start),
            end: clamp(end),
        }
    }

    /// The bytes as a range.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number; its text is kept as written.
    Number,
    /// A string; its text is unescaped.
    String,
    /// An array of `len` children.
    Array,
    /// An object of `len` members, each a key and a value.
    Object,
}

/// Index of a node on its tape.
pub type At = u32;

#[derive(Clone, Copy, Debug)]
struct Cell {
    kind: Kind,
    /// The text lies in the arena, not in the source.
    owned: bool,
    /// Of a key: hidden because the name stood before.
    hidden: bool,
    /// Of a key: the name stands again, so which value is meant is not known.
    repeated: bool,
    place: Span,
    text: Span,
    next: At,
    /// Items or members; of a key, its [`hash`].
    len: u32,
}

#[derive(Debug)]
struct Open {
    at: At,
    /// One bit a name's hash: a clear bit says "new" without a look.
    seen: [u64; 4],
    /// The names of a large object, so that a hostile one costs no square.
    names: Option<HashMap<Box<str>, At>>,
}

/// A name of an object that stands more than once.
#[derive(Clone, Copy, Debug)]
pub struct Repeat {
    /// Place of the key that stands.
    pub first: Span,
    /// The further key.
    pub again: At,
}

/// What the columns of a table leave unknown of a list by years.
#[derive(Clone, Debug, Default)]
pub struct Years {
    /// A year with no item that is not in `none` is unknown.
    pub open: bool,
    /// Years of which a cell says that there was none.
    pub none: Vec<i32>,
}

/// The flat tree; see the module.
#[derive(Debug, Default)]
pub struct Tape {
    cells: Vec<Cell>,
    arena: String,
    open: Vec<Open>,
    repeats: Vec<Repeat>,
    blanks: Vec<(Box<str>, At, Span)>,
    /// Of a table: what its `rat_YYYY` columns leave unknown.
    pub rat_years: Years,
    /// Of a table: what its `kegiatan_YYYY` columns leave unknown.
    pub kegiatan_years: Years,
}

/// Members of one object up to which a repeated name is looked for by going through them.
const FEW: u32 = 64;

impl Tape {
    /// An empty tape.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Empties the tape and keeps its memory.
    pub fn clear(&mut self) {
        self.cells.clear();
        self.arena.clear();
        self.open.clear();
        self.repeats.clear();
        self.blanks.clear();
        for years in [&mut self.rat_years, &mut self.kegiatan_years] {
            years.open = false;
            years.none.clear();
        }
    }

    /// Number of open containers.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The innermost open container: what it is and where it began.
    #[must_use]
    pub fn innermost(&self) -> Option<(Kind, Span)> {
        let cell = &self.cells[self.open.last()?.at as usize];
        Some((cell.kind, cell.place))
    }

    /// Names that stand twice in one object, in order.
    #[must_use]
    pub fn repeats(&self) -> &[Repeat] {
        &self.repeats
    }

    /// Remembers where the blank cell of a column stood, so that "missing" can point at it.
    pub fn blank(&mut self, column: &str, place: Span) {
        let object = self.open.last().map_or(0, |open| open.at);
        self.blanks.push((column.into(), object, place));
    }

    /// Where the blank cell of `column` stands, if the row has one: the one that the object at
    /// `object` lacks, else the first.
    #[must_use]
    pub fn blank_of(&self, column: &str, object: At) -> Option<Span> {
        let named = self.blanks.iter().filter(|(name, ..)| **name == *column);
        let own = named.clone().find(|(_, of, _)| *of == object);
        own.or(named.clone().next()).map(|(.., place)| *place)
    }

    #[inline]
    fn push(&mut self, kind: Kind, place: Span, text: Span, owned: bool) -> At {
        let at = Span::new(self.cells.len(), 0).start;
        if let Some(open) = self.open.last() {
            let parent = &mut self.cells[open.at as usize];
            parent.len += u32::from(parent.kind == Kind::Array);
        }
        self.cells.push(Cell {
            kind,
            owned,
            hidden: false,
            repeated: false,
            place,
            text,
            next: at + 1,
            len: 0,
        });
        at
    }

    fn own(&mut self, text: &str) -> Span {
        let start = self.arena.len();
        self.arena.push_str(text);
        Span::new(start, self.arena.len())
    }

    /// Opens an object that begins at `place`.
    pub fn begin_object(&mut self, place: Span) {
        self.begin(Kind::Object, place);
    }

    /// Opens an array that begins at `place`.
    pub fn begin_array(&mut self, place: Span) {
        self.begin(Kind::Array, place);
    }

    #[inline]
    fn begin(&mut self, kind: Kind, place: Span) {
        let at = self.push(kind, place, place, false);
        self.open.push(Open {
            at,
            seen: [0; 4],
            names: None,
        });
    }

    /// Closes the innermost container; `end` is one past its last byte.
    #[inline]
    pub fn end(&mut self, end: u32) {
        if let Some(open) = self.open.pop() {
            let next = Span::new(self.cells.len(), 0).start;
            let cell = &mut self.cells[open.at as usize];
            cell.next = next;
            cell.place.end = cell.place.end.max(end);
        }
    }

    /// A member's name that is not written in the source so. Its value must follow.
    pub fn key(&mut self, source: &str, name: &str, place: Span) {
        let text = self.own(name);
        self.name(source, name, place, text, true);
    }

    /// A member's name that stands in the source as it is. Its value must follow.
    #[inline]
    pub fn key_in(&mut self, source: &str, text: Span, place: Span) {
        self.name(source, &source[text.range()], place, text, false);
    }

    #[inline]
    fn name(&mut self, source: &str, name: &str, place: Span, text: Span, owned: bool) {
        let at = Span::new(self.cells.len(), 0).start;
        let hash = hash(name);
        let mut earlier = None;
        if let Some(open) = self.open.last_mut() {
            let (part, bit) = (&mut open.seen[hash as usize >> 6 & 3], 1_u64 << (hash & 63));
            let maybe = *part & bit != 0;
            *part |= bit;
            let object = &mut self.cells[open.at as usize];
            // The way of nearly all names.
            if !maybe && object.len < FEW {
                object.len += 1;
            } else {
                earlier = self.earlier(source, name, at, maybe);
            }
        }
        self.cells.push(Cell {
            kind: Kind::String,
            owned,
            hidden: earlier.is_some(),
            repeated: false,
            place,
            text,
            next: at + 1,
            len: hash,
        });
    }

    /// The key of this name that stands already in the innermost object; counts it if there is
    /// none.
    #[cold]
    fn earlier(&mut self, source: &str, name: &str, at: At, maybe: bool) -> Option<At> {
        let mut open = self.open.pop()?;
        let found = if let Some(names) = &mut open.names {
            let found = names.get(name).copied();
            if found.is_none() {
                names.insert(name.into(), at);
            }
            found
        } else {
            let doc = Doc::new(self, source);
            let same = |(_, key): &(_, At)| doc.text_of(*key) == name;
            let found = maybe
                .then(|| doc.keys(open.at).find(same))
                .flatten()
                .map(|(_, key)| key);
            if self.cells[open.at as usize].len >= FEW {
                let mut names: HashMap<Box<str>, At> = doc
                    .keys(open.at)
                    .map(|(_, key)| (doc.text_of(key).into(), key))
                    .collect();
                names.entry(name.into()).or_insert(at);
                open.names = Some(names);
            }
            found
        };
        if let Some(first) = found {
            let first = &mut self.cells[first as usize];
            first.repeated = true;
            let first = first.place;
            self.repeats.push(Repeat { first, again: at });
        } else {
            self.cells[open.at as usize].len += 1;
        }
        self.open.push(open);
        found
    }

    /// A string that stands in the source as it is: `text` within its quotes.
    #[inline]
    pub fn string_in(&mut self, text: Span, place: Span) {
        self.push(Kind::String, place, text, false);
    }

    /// A string that is not written in the source so.
    pub fn string(&mut self, text: &str, place: Span) {
        let text = self.own(text);
        self.push(Kind::String, place, text, true);
    }

    /// A number as it stands in the source.
    #[inline]
    pub fn number_in(&mut self, place: Span) {
        self.push(Kind::Number, place, place, false);
    }

    /// A number whose JSON text is not written in the source so.
    pub fn number(&mut self, json: &str, place: Span) {
        let text = self.own(json);
        self.push(Kind::Number, place, text, true);
    }

    /// `true` or `false`.
    pub fn bool(&mut self, value: bool, place: Span) {
        self.push(Kind::Bool(value), place, place, false);
    }

    /// `null`.
    pub fn null(&mut self, place: Span) {
        self.push(Kind::Null, place, place, false);
    }
}

/// A cheap hash of a name, by which it is found in tables; never what decides.
#[must_use]
#[inline]
pub fn hash(name: &str) -> u32 {
    let bytes = name.as_bytes();
    let ends = if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk()) {
        u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(23)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk()) {
        u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
    } else {
        bytes
            .iter()
            .fold(0, |all, byte| all << 8 | u64::from(*byte))
    };
    let mixed = (ends ^ bytes.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    Span::new((mixed >> 32) as usize, 0).start
}
