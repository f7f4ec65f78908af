//! From drafts to findings: places, what they have in common, what they follow from.

use crate::criteria::Judgement;
use crate::finding::{Draft, Finding, Mistake, Related, Standing, Where, field_of, value_of};
use crate::place::{Locator, Place};
use crate::read::{Chunk, Format};
use crate::rule::Rule;
use crate::rules;
use crate::tape::{Doc, Span};
use crate::words;

use super::Job;
use crate::say;

/// Rows that a message names.
const LISTED: u32 = 30;

/// What places are worked out from.
pub(super) struct Ground<'a> {
    pub(super) job: &'a Job<'a>,
    pub(super) chunk: &'a Chunk,
    pub(super) doc: Doc<'a>,
    pub(super) locator: Locator<'a>,
    pub(super) span: Span,
}

impl Ground<'_> {
    pub(super) fn place(&self, at: &Where) -> Place {
        place_of(
            self.job.format,
            self.chunk,
            self.doc,
            &self.locator,
            self.span,
            at,
        )
    }

    pub(super) fn mistake(&self, draft: &Draft) -> Mistake {
        Mistake::new(
            draft.rule.code,
            &field_of(self.doc, &draft.at),
            &draft.subject,
        )
    }

    pub(super) fn finding(&self, draft: &Draft, drafts: &[Draft]) -> Finding {
        let (rule, lang) = (draft.rule, self.job.lang);
        let source = self.chunk.text.get(self.span.range()).unwrap_or_default();
        let mut secrets = self.job.veil.secrets(self.doc, source);
        if let (true, Where::Piece(span, _)) = (self.job.veil.strict(), &draft.at) {
            secrets.add(self.chunk.text.get(span.range()).unwrap_or_default());
        }
        let said = |text: &String| Some(text.clone()).filter(|text| !secrets.in_text(text));
        let title = || rule.title.get(lang).to_owned();
        let related = draft.related.iter().map(|(at, label)| Related {
            place: self.place(at),
            label: said(label).unwrap_or_else(title),
        });
        Finding {
            rule: draft.rule,
            level: draft.level,
            message: said(&draft.message).unwrap_or_else(title),
            help: draft.help.as_ref().and_then(said),
            found: self.found(draft, drafts),
            expected: draft.expected.as_ref().and_then(said),
            entry: None,
            key: None,
            name: None,
            mistake: self.mistake(draft),
            place: self.place(&draft.at),
            related: related.collect(),
            cause: draft
                .because
                .as_ref()
                .and_then(|at| self.cause(at, draft.rule, drafts)),
            times: draft.times,
            standing: Standing::Open,
            known: false,
        }
    }

    /// The value, but not one in which a person's data was found.
    fn found(&self, draft: &Draft, drafts: &[Draft]) -> Option<String> {
        let private = |other: &Draft| other.rule.code.starts_with('X') && other.at == draft.at;
        if private(draft) || drafts.iter().any(private) {
            return None;
        }
        value_of(self.doc, &draft.at)
    }

    /// The mistake at the place whose fault keeps something from being proven.
    pub(super) fn cause(&self, because: &Where, not: &Rule, drafts: &[Draft]) -> Option<Mistake> {
        let within = |at: &Where| match (because, at) {
            (Where::Node(item), Where::Node(at) | Where::Key(at) | Where::Missing(at, _)) => {
                (*item..self.doc.node(*item).next()).contains(at)
            }
            (Where::Node(item), Where::Piece(span, _)) => {
                let place = self.doc.node(*item).place();
                place.start <= span.start && span.end <= place.end
            }
            (because, at) => because == at,
        };
        if *because == Where::All {
            return self.job.undated.clone();
        }
        drafts
            .iter()
            .find(|d| {
                d.rule != not && d.because.is_none() && d.rule.code != "S006" && within(&d.at)
            })
            .map(|d| self.mistake(d))
    }

    pub(super) fn obstacle(
        &self,
        judgement: &Judgement,
        drafts: &[Draft],
    ) -> (Mistake, &'static str) {
        let because = judgement.because.as_ref().unwrap_or(&judgement.at);
        let rule = rules::find(judgement.code);
        let cause = rule.and_then(|rule| self.cause(because, rule, drafts));
        let own = || Mistake::new(judgement.code, &field_of(self.doc, &judgement.at), "");
        (cause.unwrap_or_else(own), judgement.code)
    }
}

/// Works out a place.
pub(crate) fn place_of(
    format: &dyn Format,
    chunk: &Chunk,
    doc: Doc<'_>,
    locator: &Locator<'_>,
    record: Span,
    at: &Where,
) -> Place {
    let (span, node, member) = match at {
        Where::All => (record, None, None),
        Where::Node(node) => (doc.node(*node).place(), Some(*node), None),
        Where::Key(node) => (doc.node(*node).place(), Some(*node), None),
        Where::Missing(node, name) => {
            let field = field_of(doc, at);
            let blank = doc.tape().blank_of(&field, *node);
            let object = doc.node(*node).place();
            // Of an object that lacks something its beginning is enough to see.
            let begin = Span {
                end: object.end.min(object.start + 1),
                ..object
            };
            (blank.unwrap_or(begin), Some(*node), Some(name))
        }
        Where::Piece(span, _) => (*span, None, None),
    };
    let mut place = locator.place(span);
    if let Some(heading) = format.heading(chunk, record, span) {
        place.heading = (!matches!(at, Where::All)).then(|| words::shown(&heading, 60));
    } else if !format.is_table() && locator.grid.is_none() {
        let mut pointer = node.map_or_else(String::new, |node| doc.pointer(node));
        if let Some(name) = member {
            pointer.push('/');
            pointer.push_str(name);
        }
        place.pointer = Some(pointer);
    }
    place
}

/// Adds to the findings that are counted together.
pub(super) fn count(counted: &mut Vec<Finding>, ground: &Ground<'_>, draft: Draft) {
    let mistake = ground.mistake(&draft);
    if let Some(same) = counted.iter_mut().find(|f| f.mistake == mistake) {
        same.times += 1;
        // Each row that is left out is named, as far as a message reaches.
        if draft.rule.code == "F015" && same.times <= LISTED {
            let line = ground.locator.line;
            let text = match same.times {
                2 => say!(ground.job.lang, id: "; juga baris {line}", en: "; also row {line}"),
                LISTED => ", …".to_owned(),
                _ => format!(", {line}"),
            };
            same.message.push_str(&text);
        }
    } else {
        counted.push(ground.finding(&draft, &[]));
    }
}
