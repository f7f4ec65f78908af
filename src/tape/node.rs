//! Reading a filled tape.

use super::{At, Kind, Span, Tape};
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
        (!self.tape.cells.is_empty()).then_some(Node { doc: self, at: 0 })
    }

    /// The node at an index that came from this tape.
    #[must_use]
    pub fn node(self, at: At) -> Node<'a> {
        Node { doc: self, at }
    }

    pub(super) fn text_of(self, at: At) -> &'a str {
        let cell = &self.tape.cells[at as usize];
        let from = if cell.owned {
            &self.tape.arena
        } else {
            self.text
        };
        from.get(cell.text.range()).unwrap_or_default()
    }

    /// The visible keys of the object at `at`, numbered.
    pub(super) fn keys(self, at: At) -> impl Iterator<Item = (usize, At)> + 'a {
        let cells = &self.tape.cells;
        let mut left = cells[at as usize].len as usize;
        let mut key = at + 1;
        let mut number = 0;
        std::iter::from_fn(move || {
            while left > 0 && (key as usize) < cells.len() {
                let this = key;
                key = cells.get(key as usize + 1).map_or(At::MAX, |v| v.next);
                if !cells[this as usize].hidden {
                    left -= 1;
                    number += 1;
                    return Some((number - 1, this));
                }
            }
            None
        })
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
    pub fn kind(self) -> Kind {
        self.doc.tape.cells[self.at as usize].kind
    }

    /// Where it stands, quotes and brackets included.
    #[must_use]
    pub fn place(self) -> Span {
        self.doc.tape.cells[self.at as usize].place
    }

    /// One past the last node of its subtree.
    #[must_use]
    pub fn next(self) -> At {
        self.doc.tape.cells[self.at as usize].next
    }

    /// Number of items or (distinct) members.
    #[must_use]
    pub fn len(self) -> usize {
        self.doc.tape.cells[self.at as usize].len as usize
    }

    /// Whether it has no item or member.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The text of a string, unescaped.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        (self.kind() == Kind::String).then(|| self.doc.text_of(self.at))
    }

    /// The text of a number, as written in JSON.
    #[must_use]
    pub fn as_number(self) -> Option<&'a str> {
        (self.kind() == Kind::Number).then(|| self.doc.text_of(self.at))
    }

    /// A value in the words of the source, for a message; not shortened, not escaped.
    #[must_use]
    pub fn shown(self) -> &'a str {
        match self.kind() {
            Kind::String | Kind::Number => self.doc.text_of(self.at),
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
    doc: Doc<'a>,
    key: At,
}

impl<'a> Member<'a> {
    /// The name, unescaped.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.doc.text_of(self.key)
    }

    /// The name's [`hash`](super::hash).
    #[must_use]
    pub fn hash(self) -> u32 {
        self.doc.tape.cells[self.key as usize].len
    }

    /// The key's own node.
    #[must_use]
    pub fn key(self) -> Node<'a> {
        self.doc.node(self.key)
    }

    /// The value.
    #[must_use]
    pub fn value(self) -> Node<'a> {
        self.doc.node(self.key + 1)
    }

    /// The name stands again in this object: which value is meant is not known.
    #[must_use]
    pub fn repeated(self) -> bool {
        self.doc.tape.cells[self.key as usize].repeated
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

    fn next(&mut self) -> Option<Member<'a>> {
        let cells = &self.doc.tape.cells;
        while self.at < self.end {
            let key = self.at;
            self.at = cells.get(key as usize + 1)?.next;
            if !cells[key as usize].hidden {
                return Some(Member { doc: self.doc, key });
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

    fn next(&mut self) -> Option<Node<'a>> {
        if self.at >= self.end {
            return None;
        }
        let node = self.doc.node(self.at);
        self.at = node.next();
        Some(node)
    }
}
