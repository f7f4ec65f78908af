//! Waivers: findings that someone answers for until a day.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;
use toml::{Spanned, Value};

use super::file::{self, Source};
use super::levels::{Selector, fixed};
use super::paths::{Paths, Spot};
use crate::finding::Finding;
use crate::lang::Lang;
use crate::place::{Locator, Place};
use crate::rule::Rule;
use crate::tape::Span;
use crate::{date, nomor, region, say, words};

/// One waiver.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The rule.
    pub rule: &'static Rule,
    /// The entry: its normalised number, or `#n`; none for the file as a whole.
    pub key: Option<String>,
    /// The field, where it is not any.
    pub field: Option<String>,
    /// The submissions that it holds for.
    pub paths: Option<Paths>,
    /// The region that it holds for.
    pub region: Option<String>,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub by: String,
    /// The last day on which it holds.
    pub until: Date,
    /// Where it stands in its file, in bytes.
    pub span: Range<usize>,
}

/// Two are one if they stand at one place.
impl PartialEq for Waiver {
    fn eq(&self, other: &Self) -> bool {
        self.span == other.span
    }
}

impl Eq for Waiver {}

impl std::hash::Hash for Waiver {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.span.hash(state);
    }
}

impl Waiver {
    /// Whether it holds for a submission.
    pub(super) fn offered(&self, spot: &Spot, code: &str) -> bool {
        let lies = |paths: &Paths| paths.hold(spot);
        let same = |own: &String| region::same_code(own, code);
        self.paths.as_ref().is_none_or(lies) && self.region.as_ref().is_none_or(same)
    }

    /// Whether it is for this finding, of a submission that it holds for.
    pub(super) fn waives(&self, finding: &Finding) -> bool {
        let field = self.field.as_deref();
        self.rule == finding.rule
            && self.key.as_deref() == finding.key.as_deref()
            && field.is_none_or(|field| field == finding.mistake.field)
    }
}

/// The waivers of a file.
#[derive(Clone, Debug)]
pub struct Waivers {
    source: Arc<Source>,
    /// In the order of the file.
    pub all: Vec<Arc<Waiver>>,
    /// All that lies beside or below the file is being checked.
    pub whole: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    waiver: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    code: Spanned<String>,
    key: Option<Spanned<String>>,
    field: Option<String>,
    paths: Option<Spanned<Vec<String>>>,
    region: Option<Spanned<String>>,
    reason: Spanned<String>,
    by: Spanned<String>,
    until: Spanned<Value>,
}

impl Waivers {
    /// Reads a file of waivers.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn read(path: &Path, lang: Lang) -> Result<Self, String> {
        let source = Source::read(path)?;
        let file: File = source.parse(lang)?;
        let waivers = file.waiver.into_iter();
        let all = waivers.map(|one| one.waiver(&source, lang).map(Arc::new));
        Ok(Self {
            all: all.collect::<Result<_, _>>()?,
            source: Arc::new(source),
            whole: false,
        })
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.source.file
    }

    /// The folder that its paths are relative to.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.source.folder()
    }

    /// Where a waiver stands.
    pub(super) fn place(&self, waiver: &Waiver, excerpts: bool) -> Place {
        let locator = Locator {
            excerpts,
            ..Locator::new(&self.source.text)
        };
        let mut place = locator.place(Span::new(waiver.span.start, waiver.span.end));
        place.file = Some(self.source.file.to_string_lossy().into());
        place
    }
}

impl Written {
    fn waiver(self, source: &Source, lang: Lang) -> Result<Waiver, String> {
        let span = self.code.span();
        let wrong = |span: &Range<usize>, message: String| Err(source.fault(span, &message));
        let code = self.code.get_ref();
        let Some(Selector::Rule(rule)) = Selector::of(code) else {
            return wrong(&span, file::unknown_rule(lang, code));
        };
        if fixed(rule.code) {
            return wrong(&span, file::not_movable(lang, rule.code));
        }
        if rule.code.starts_with('C') {
            let code = rule.code;
            return wrong(
                &span,
                say!(lang, id: "{code} menyangkut pengecualian sendiri dan tidak dapat dikecualikan", en: "{code} is about waivers and cannot be waived"),
            );
        }
        let key = match &self.key {
            None => None,
            Some(key) => match known_key(key.get_ref()) {
                Some(known) => Some(known),
                None => {
                    let given = words::shown(key.get_ref(), 60);
                    return wrong(
                        &key.span(),
                        say!(lang, id: "`{given}` bukan nomor badan hukum dan bukan `#n`", en: "`{given}` is no number of a legal entity, and no `#n`"),
                    );
                }
            },
        };
        for text in [&self.reason, &self.by] {
            if text.get_ref().trim().is_empty() {
                return wrong(
                    &text.span(),
                    say!(lang, id: "alasan dan penanggung jawab wajib diisi", en: "a reason and who answers for it are required"),
                );
            }
        }
        let until = match self.until.get_ref() {
            Value::Datetime(day) => date::parse(&day.to_string()),
            Value::String(day) => date::parse(day),
            _ => None,
        };
        let Some(until) = until else {
            return wrong(
                &self.until.span(),
                say!(lang, id: "`until` adalah tanggal: YYYY-MM-DD", en: "`until` is a date: YYYY-MM-DD"),
            );
        };
        if let Some(code) = self
            .region
            .as_ref()
            .filter(|one| region::find(one.get_ref()).is_none())
        {
            let given = words::shown(code.get_ref(), 20);
            return wrong(
                &code.span(),
                say!(lang, id: "wilayah `{given}` tidak dikenal", en: "the region `{given}` is unknown"),
            );
        }
        let paths = match self.paths {
            None => None,
            Some(given) => {
                let at = given.span();
                let paths = Paths::new(source.folder(), given.into_inner());
                Some(paths.map_err(|error| source.fault(&at, &error))?)
            }
        };
        if self.region.is_none() && paths.as_ref().is_none_or(|paths| paths.given.is_empty()) {
            return wrong(
                &span,
                say!(lang, id: "sebut berlakunya di mana: `paths` atau `region`", en: "say where it holds: `paths` or `region`"),
            );
        }
        Ok(Waiver {
            rule,
            key,
            field: self.field,
            paths,
            region: self.region.map(Spanned::into_inner),
            reason: self.reason.into_inner(),
            by: self.by.into_inner(),
            until,
            span,
        })
    }
}

/// A key as findings carry it: `#n` as it is, a number normalised.
fn known_key(given: &str) -> Option<String> {
    if let Some(number) = given.strip_prefix('#') {
        let number: u32 = number.parse().ok()?;
        return (number > 0).then(|| format!("#{number}"));
    }
    nomor::identifies(given).then(|| nomor::normalised(given))
}
