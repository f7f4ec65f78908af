//! The tape: one flat, span-carrying tree for an entry of any format.
//!
//! A tape is a reused `Vec` of nodes in document order. A container is followed by its children
//! and `next` leaps over a whole subtree. A string without escapes is borrowed from the record's
//! text; everything else lies in the tape's own arena. Once its vectors have grown, filling a
//! tape allocates nothing.

use std::collections::HashMap;
use std::fmt::Write as _;

mod again;
mod name;
mod node;

use again::FEW;
use name::Guess;
pub use name::Name;
pub use node::{Doc, Elements, Member, Members, Node, Step};

/// A half-open byte range in the text that a tape was filled from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from two offsets. Readers refuse a text of 4 GiB long before this clamps.
    #[must_use]
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "clamped")]
    pub fn new(start: usize, end: usize) -> Self {
        const MOST: usize = u32::MAX as usize;
        Self {
            start: start.min(MOST) as u32,
            end: end.min(MOST) as u32,
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
    /// The text does not stand in the source: it is a name's, or lies in the arena.
    owned: bool,
    /// Of a key: hidden because the name stood before.
    hidden: bool,
    /// Of a key: the name stands again, so which value is meant is not known.
    repeated: bool,
    /// Of a key: the name, if it is known.
    name: Option<Name>,
    place: Span,
    text: Span,
    next: At,
    /// Items or members; 0 while the container is open.
    len: u32,
}

/// A container that is not closed yet.
#[derive(Clone, Copy, Debug)]
struct Open {
    at: At,
    len: u32,
    array: bool,
    /// The known name that holds it, directly or in a list.
    holder: Option<Name>,
    /// The latest name in it, if known.
    before: Option<Name>,
    /// The known names in it, a bit each.
    seen: u64,
    /// Other names.
    strange: u32,
    /// Names that stand again in the containers around it.
    firsts: u32,
}

/// Around everything.
const OUTSIDE: Open = Open {
    at: At::MAX,
    len: 0,
    array: true,
    holder: None,
    before: None,
    seen: 0,
    strange: 0,
    firsts: 0,
};

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
#[derive(Debug)]
pub struct Tape {
    cells: Vec<Cell>,
    arena: String,
    /// The innermost open container.
    top: Open,
    /// Those around it.
    around: Vec<Open>,
    /// Where known names that stand again stood first, in open objects.
    firsts: Vec<(Name, At)>,
    /// The unknown names of open objects that have many different ones.
    strange: Vec<HashMap<Box<str>, At>>,
    repeats: Vec<Repeat>,
    /// By the column's name, in the arena.
    blanks: Vec<(Span, At, Span)>,
    guess: Guess,
    /// Of a table: what its `rat_YYYY` columns leave unknown.
    pub rat_years: Years,
    /// Of a table: what its `kegiatan_YYYY` columns leave unknown.
    pub kegiatan_years: Years,
}

impl Default for Tape {
    fn default() -> Self {
        Self {
            cells: Vec::new(),
            arena: String::new(),
            top: OUTSIDE,
            around: Vec::new(),
            firsts: Vec::new(),
            strange: Vec::new(),
            repeats: Vec::new(),
            blanks: Vec::new(),
            guess: Guess::default(),
            rat_years: Years::default(),
            kegiatan_years: Years::default(),
        }
    }
}

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
        self.top = OUTSIDE;
        self.around.clear();
        self.firsts.clear();
        self.strange.clear();
        self.repeats.clear();
        self.blanks.clear();
        for years in [&mut self.rat_years, &mut self.kegiatan_years] {
            years.open = false;
            years.none.clear();
        }
    }

    /// Number of open containers.
    #[must_use]
    #[inline]
    pub fn depth(&self) -> usize {
        self.around.len()
    }

    /// The innermost open container: what it is and where it began.
    #[must_use]
    pub fn innermost(&self) -> Option<(Kind, Span)> {
        let cell = self.cells.get(self.top.at as usize)?;
        Some((cell.kind, cell.place))
    }

    /// Whether the innermost open container is an object.
    #[must_use]
    #[inline]
    pub fn in_object(&self) -> bool {
        !self.top.array
    }

    /// Names that stand twice in one object, in order.
    #[must_use]
    pub fn repeats(&self) -> &[Repeat] {
        &self.repeats
    }

    /// Remembers where the blank cell of a column stood, so that "missing" can point at it.
    pub fn blank(&mut self, column: &str, place: Span) {
        let object = if self.depth() > 0 { self.top.at } else { 0 };
        let column = self.own(column);
        self.blanks.push((column, object, place));
    }

    /// Where the blank cell of `column` stands, if the row has one: the one that the object at
    /// `object` lacks, else the first.
    #[must_use]
    pub fn blank_of(&self, column: &str, object: At) -> Option<Span> {
        let is = |name: &Span| self.arena.get(name.range()) == Some(column);
        let named = self.blanks.iter().filter(|(name, ..)| is(name));
        let own = named.clone().find(|(_, of, _)| *of == object);
        own.or(named.clone().next()).map(|(.., place)| *place)
    }

    #[inline]
    fn push(&mut self, kind: Kind, place: Span, text: Span, owned: bool) -> At {
        let at = Span::new(self.cells.len(), 0).start;
        // The members of an object are counted by their names.
        self.top.len += u32::from(self.top.array);
        self.cells.push(Cell {
            kind,
            owned,
            hidden: false,
            repeated: false,
            name: None,
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
        let top = self.top;
        self.around.push(top);
        self.top = Open {
            at,
            array: kind == Kind::Array,
            holder: if top.array { top.holder } else { top.before },
            firsts: Span::new(self.firsts.len(), 0).start,
            ..OUTSIDE
        };
    }

    /// Closes the innermost container; `end` is one past its last byte.
    #[inline]
    pub fn end(&mut self, end: u32) {
        let Some(around) = self.around.pop() else {
            return;
        };
        let open = std::mem::replace(&mut self.top, around);
        let next = Span::new(self.cells.len(), 0).start;
        let cell = &mut self.cells[open.at as usize];
        cell.next = next;
        cell.len = open.len;
        cell.place.end = cell.place.end.max(end);
        if open.strange > FEW {
            self.strange.pop();
        }
        self.firsts.truncate(open.firsts as usize);
    }

    /// The name that likely comes next, by those that came before in this and earlier records.
    #[must_use]
    #[inline]
    pub fn likely(&self) -> Option<Name> {
        self.guess.after(self.top.holder, self.top.before)
    }

    /// A member's known name. Its value must follow.
    #[inline]
    pub fn known(&mut self, name: Name, place: Span) {
        let at = self.put_key(Some(name), place, place, true);
        let open = &mut self.top;
        open.before = Some(name);
        if open.seen & name.bit() != 0 {
            return self.known_again(name, at);
        }
        open.seen |= name.bit();
        open.len += 1;
    }

    /// A member's name that is not written in the source so. Its value must follow.
    pub fn key(&mut self, source: &str, name: &str, place: Span) {
        if let Some(name) = Name::of(name) {
            return self.known(name, place);
        }
        let text = self.own(name);
        self.unknown(source, name, place, text, true);
    }

    /// A member's name that stands in the source as it is. Its value must follow.
    #[inline]
    pub fn key_in(&mut self, source: &str, text: Span, place: Span) {
        let name = &source[text.range()];
        match Name::of(name) {
            Some(name) => {
                self.guess.learn(self.top.holder, self.top.before, name);
                self.known(name, place);
            }
            None => self.unknown(source, name, place, text, false),
        }
    }

    #[inline]
    fn put_key(&mut self, name: Option<Name>, place: Span, text: Span, owned: bool) -> At {
        let at = Span::new(self.cells.len(), 0).start;
        self.cells.push(Cell {
            kind: Kind::String,
            owned,
            hidden: false,
            repeated: false,
            name,
            place,
            text,
            next: at + 1,
            len: 0,
        });
        at
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

    /// A whole number that stands nowhere in the source.
    pub fn whole(&mut self, value: i32, place: Span) {
        let start = self.arena.len();
        let _ = write!(self.arena, "{value}");
        let text = Span::new(start, self.arena.len());
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

/// A cheap hash of a name, by which it is found in a table; never what decides.
#[allow(clippy::cast_possible_truncation, reason = "the upper half of 64 bits")]
const fn hash(name: &str) -> u32 {
    let bytes = name.as_bytes();
    let ends = if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk()) {
        u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(23)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk()) {
        (u32::from_le_bytes(*first) as u64) << 32 | u32::from_le_bytes(*last) as u64
    } else {
        let (mut all, mut at) = (0, 0);
        while at < bytes.len() {
            all = all << 8 | bytes[at] as u64;
            at += 1;
        }
        all
    };
    ((ends ^ bytes.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}
