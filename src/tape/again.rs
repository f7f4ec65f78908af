//! Names that stand again in an object, and those that are not the standard's.

use std::collections::hash_map::Entry as Slot;

use super::{At, Doc, Name, Repeat, Span, Tape};

/// Unknown names of one object up to which a repeated one is looked for by going through them.
pub(super) const FEW: u32 = 64;

impl Tape {
    #[cold]
    pub(super) fn unknown(
        &mut self,
        source: &str,
        name: &str,
        place: Span,
        text: Span,
        owned: bool,
    ) {
        let at = self.put_key(None, place, text, owned);
        self.top.before = None;
        let first = if self.top.strange > FEW {
            let names = self.strange.last_mut();
            names.and_then(|names| match names.entry(name.into()) {
                Slot::Occupied(first) => Some(*first.get()),
                Slot::Vacant(free) => {
                    free.insert(at);
                    None
                }
            })
        } else {
            let doc = Doc::new(self, source);
            let keys = || {
                let keys = doc.keys(self.top.at, at);
                keys.filter(|key| self.cells[*key as usize].name.is_none())
            };
            let first = keys().find(|key| doc.text_of(*key) == name);
            if first.is_none() && self.top.strange == FEW {
                let all = keys().map(|key| (doc.text_of(key).into(), key));
                self.strange.push(all.chain([(name.into(), at)]).collect());
            }
            first
        };
        match first {
            Some(first) => self.repeated(first, at),
            None => {
                self.top.strange += 1;
                self.top.len += 1;
            }
        }
    }

    #[cold]
    pub(super) fn known_again(&mut self, name: Name, again: At) {
        let own = &self.firsts[self.top.firsts as usize..];
        let mut first = own.iter().find(|own| own.0 == name).copied();
        if first.is_none() {
            let is = |key: &At| self.cells[*key as usize].name == Some(name);
            let found = Doc::new(self, "").keys(self.top.at, again).find(is);
            first = found.map(|key| (name, key));
            self.firsts.extend(first);
        }
        if let Some((_, first)) = first {
            self.repeated(first, again);
        }
    }

    /// The key `again` has the name of `first`, which stands.
    fn repeated(&mut self, first: At, again: At) {
        self.cells[again as usize].hidden = true;
        let first = &mut self.cells[first as usize];
        first.repeated = true;
        let first = first.place;
        self.repeats.push(Repeat { first, again });
    }
}
