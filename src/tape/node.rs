//! Reading a filled tape.

use super::{At, Cell, Kind, Name, Span, Tape};
use std::fmt::Write as _;

/// A filled tape with the text that its spans refer to.
#[derive(Clone, Copy, Debug)]
pub struct Doc<'a> {
    pub(super) tape: &'a Tape,
    text: &'a str,
}

impl<'a> Doc<'a> {
    /// Joins a tape with the text that it was filled from.
    #[must_use]
    pub fn new(tape: &'a Tape, text: &'a str) -> Self {
        Self { tape, text }
    }

    /// The tape.
    #[must_use]
    pub fn tape(self) -> &'a Tape {
        self.tape
    }

    /// The text that the spans refer to.
    #[must_use]
    pub fn text(self) -> &'a str {
        self.text
    }

    /// The outermost value, if the tape is not empty.
    #[must_use]
    pub fn root(self) -> Option<Node<'a>> {
        let cell = self.tape.cells.first()?;
        Some(Node {
            doc: self,
            at: 0,
            cell,
        })
    }

    /// The node at an index that came from this tape.
    #[must_use]
    pub fn node(self, at: At) -> Node<'a> {
        Node {
            doc: self,
            at,
            cell: &self.tape.cells[at as usize],
        }
    }

    pub(super) fn text_of(self, at: At) -> &'a str {
        self.text_in(&self.tape.cells[at as usize])
    }

    #[inline]
    fn text_in(self, cell: &Cell) -> &'a str {
        if !cell.owned {
            return self.text.get(cell.text.range()).unwrap_or_default();
        }
        match cell.name {
            Some(name) => name.text(),
            None => self.tape.arena.get(cell.text.range()).unwrap_or_default(),
        }
    }

    /// The visible keys of the object at `at` that stand before `end`.
    pub(super) fn keys(self, at: At, end: At) -> impl Iterator<Item = At> + 'a {
        let doc = self;
        Members {
            doc,
            at: at + 1,
            end,
        }
        .map(|member| member.key.at)
    }

    /// The steps from the root to the node at `target`.
    #[must_use]
    pub fn steps(self, target: At) -> Vec<Step<'a>> {
        let cells = &self.tape.cells;
        let mut steps = Vec::new();
        let mut at: At = 0;
        while at < target {
            let cell = &cells[at as usize];
            let mut child = at + 1;
            let mut index = 0;
            let found = loop {
                if child >= cell.next {
                    break None;
                }
                let (step, value) = if cell.kind == Kind::Object {
                    (Step::Member(self.text_of(child)), child + 1)
                } else {
                    (Step::Index(index), child)
                };
                let next = cells.get(value as usize).map_or(At::MAX, |c| c.next);
                // A key belongs to its member.
                if target < next {
                    break Some((step, value));
                }
                index += 1;
                child = next;
            };
            let Some((step, value)) = found else { break };
            steps.push(step);
            at = value;
        }
        steps
    }

    /// The JSON pointer (RFC 6901) of the node at `target`.
    #[must_use]
    pub fn pointer(self, target: At) -> String {
        let mut out = String::new();
        for step in self.steps(target) {
            out.push('/');
            match step {
                Step::Index(n) => {
                    let _ = write!(out, "{n}");
                }
                Step::Member(name) => {
                    out.push_str(&name.replace('~', "~0").replace('/', "~1"));
                }
            }
        }
        out
    }
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// A member of an object.
    Member(&'a str),
    /// An item of an array, from 0.
    Index(usize),
}

/// One value of a tape.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    doc: Doc<'a>,
    at: At,
    cell: &'a Cell,
}

impl<'a> Node<'a> {
    /// Its index on the tape.
    #[must_use]
    pub fn at(self) -> At {
        self.at
    }

    /// Its document.
    #[must_use]
    pub fn doc(self) -> Doc<'a> {
        self.doc
    }

    /// What it is.
    #[must_use]
    #[inline]
    pub fn kind(self) -> Kind {
        self.cell.kind
    }

    /// Where it stands, quotes and brackets included.
    #[must_use]
    pub fn place(self) -> Span {
        self.cell.place
    }

    /// One past the last node of its subtree.
    #[must_use]
    pub fn next(self) -> At {
        self.cell.next
    }

    /// Number of items or (distinct) members.
    #[must_use]
    pub fn len(self) -> usize {
        self.cell.len as usize
    }

    /// Whether it has no item or member.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The text of a string, unescaped.
    #[must_use]
    #[inline]
    pub fn as_str(self) -> Option<&'a str> {
        (self.cell.kind == Kind::String).then(|| self.doc.text_in(self.cell))
    }

    /// The text of a number, as written in JSON.
    #[must_use]
    #[inline]
    pub fn as_number(self) -> Option<&'a str> {
        (self.cell.kind == Kind::Number).then(|| self.doc.text_in(self.cell))
    }

    /// A value in the words of the source, for a message; not shortened, not escaped.
    #[must_use]
    pub fn shown(self) -> &'a str {
        match self.kind() {
            Kind::String | Kind::Number => self.doc.text_in(self.cell),
            _ => self.doc.text.get(self.place().range()).unwrap_or_default(),
        }
    }

    /// The members of an object, a repeated name's first only.
    #[must_use]
    pub fn members(self) -> Members<'a> {
        Members {
            doc: self.doc,
            at: self.at + 1,
            end: if self.kind() == Kind::Object {
                self.next()
            } else {
                self.at
            },
        }
    }

    /// The items of an array.
    #[must_use]
    pub fn elements(self) -> Elements<'a> {
        Elements {
            doc: self.doc,
            at: self.at + 1,
            end: if self.kind() == Kind::Array {
                self.next()
            } else {
                self.at
            },
        }
    }

    /// The value of a member.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Node<'a>> {
        self.members()
            .find(|member| member.name() == name)
            .map(|member| member.value())
    }
}

/// A name and its value.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    key: Node<'a>,
    value: &'a Cell,
}

impl<'a> Member<'a> {
    /// The name, unescaped.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.key.doc.text_in(self.key.cell)
    }

    /// The name, if it is one of the standard's.
    #[must_use]
    #[inline]
    pub fn known(self) -> Option<Name> {
        self.key.cell.name
    }

    /// The key's own node.
    #[must_use]
    pub fn key(self) -> Node<'a> {
        self.key
    }

    /// The value.
    #[must_use]
    #[inline]
    pub fn value(self) -> Node<'a> {
        Node {
            doc: self.key.doc,
            at: self.key.at + 1,
            cell: self.value,
        }
    }

    /// The name stands again in this object: which value is meant is not known.
    #[must_use]
    #[inline]
    pub fn repeated(self) -> bool {
        self.key.cell.repeated
    }
}

/// See [`Node::members`].
#[derive(Clone, Debug)]
pub struct Members<'a> {
    doc: Doc<'a>,
    at: At,
    end: At,
}

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    #[inline]
    fn next(&mut self) -> Option<Member<'a>> {
        let doc = self.doc;
        while self.at < self.end {
            let at = self.at;
            let [cell, value] = doc.tape.cells.get(at as usize..)?.first_chunk()?;
            self.at = value.next;
            if !cell.hidden {
                let key = Node { doc, at, cell };
                return Some(Member { key, value });
            }
        }
        None
    }
}

/// See [`Node::elements`].
#[derive(Clone, Debug)]
pub struct Elements<'a> {
    doc: Doc<'a>,
    at: At,
    end: At,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Node<'a>;

    #[inline]
    fn next(&mut self) -> Option<Node<'a>> {
        if self.at >= self.end {
            return None;
        }
        let node = self.doc.node(self.at);
        self.at = node.next();
        Some(node)
    }
}
