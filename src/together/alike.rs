//! Findings on an entity that was listed before (D001 to D003).

use super::Gathered;
use super::identities::{First, Met};
use crate::check::{Job, Seen};
use crate::finding::{Finding, Mistake, Related, Standing};
use crate::lang::Lang;
use crate::mask::Veil;
use crate::place::{Locator, Place};
use crate::read::Chunk;
use crate::rule::{Level, Rule, Run};
use crate::rules;

impl Gathered<'_> {
    /// D002 and D003: the NIK, or name and kecamatan, of another legal entity.
    pub(super) fn other_identities(
        &self,
        job: &Job<'_>,
        chunk: &Chunk,
        one: &Seen,
        met: &Met,
        own: &mut Vec<Finding>,
    ) {
        if let Some(first) = &met.nik
            && (first.key.is_none() || first.key != one.key)
        {
            own.push(self.alike(job, chunk, one, "D002", 1, first));
        }
        // "Other number" wants two numbers.
        if let Some(first) = &met.name
            && first.key != one.key
        {
            own.push(self.alike(job, chunk, one, "D003", 2, first));
        }
    }

    pub(super) fn alike(
        &self,
        job: &Job<'_>,
        chunk: &Chunk,
        one: &Seen,
        code: &'static str,
        part: usize,
        first: &First,
    ) -> Finding {
        let locator = Locator {
            grid: chunk.grid.as_deref(),
            excerpts: self.cx.excerpts,
            ..Locator::new(&chunk.text)
        };
        let (line, column) = one.start;
        let locator = locator.standing(one.span.start as usize, line, column, one.pairs);
        let span = one.spans[part];
        let mut place = locator.place(span);
        let value = chunk.text.get(span.range()).unwrap_or_default();
        let value = crate::words::shown(value.trim_matches(['"', ' ']), 60);
        let field = ["nomor_badan_hukum", "nik_koperasi", "nama_koperasi"][part];
        match job.format.heading(chunk, one.span, span) {
            Some(heading) => place.heading = Some(crate::words::shown(&heading, 60)),
            None if !job.format.is_table() => place.pointer = Some(format!("/{field}")),
            None => {}
        }
        let related = Place {
            sheet: job.format.sheet(),
            line: first.start.0,
            column: first.start.1,
            end_line: first.start.0,
            end_column: first.start.1,
            pointer: job.format.pointer(first.number),
            absolute: true,
            ..Place::default()
        };
        let entry = first.number;
        let first = crate::say!(self.cx.lang, id: "entri ke-{entry}", en: "entry {entry}");
        alike(
            (self.cx.lang, self.cx.veil),
            code,
            field,
            &value,
            &first,
            place,
            related,
        )
    }
}

/// A finding on an entity that was listed before.
pub(crate) fn alike(
    (lang, veil): (Lang, Veil<'_>),
    code: &'static str,
    field: &str,
    value: &str,
    first: &str,
    place: Place,
    related: Place,
) -> Finding {
    let rule: &'static Rule = rules::find(code).unwrap_or(&rules::duplicate::RULES[0]);
    let (message, label) = rules::duplicate::message(code, lang, &veil.value(value), first);
    Finding {
        rule,
        level: rule.level,
        message,
        help: None,
        found: Some(value.to_owned()),
        expected: None,
        entry: None,
        key: None,
        name: None,
        mistake: Mistake::new(code, field, value),
        place,
        related: vec![Related {
            place: related,
            label,
        }],
        cause: None,
        times: 1,
        standing: Standing::Open,
        known: false,
    }
}

/// Definition findings and J003 stand at the first entry of a legal entity alone.
pub(super) fn for_the_first_only(finding: &Finding) -> bool {
    matches!(finding.rule.run, Run::Definition(..))
        || finding.rule.code == "J003"
        || (finding.rule.code == "B002" && finding.level == Level::Error)
}
