//! `badan_hukum`: a registered legal entity, founded on or before the cut-off.

use super::{Evidence, Judgement};
use crate::{date, finding::Where, nomor};

/// Whether the founding date is impossible (K004), so that nothing may rest on it.
pub(super) fn founding_void(evidence: &Evidence<'_>) -> bool {
    let Some(founded) = evidence.entry.tanggal_badan_hukum.value() else {
        return false;
    };
    let late = evidence
        .calendar
        .is_some_and(|calendar| founded > calendar.cutoff);
    late || founded < evidence.definition.earliest || date::is_sentinel(founded)
}

pub(super) fn judge(evidence: &Evidence<'_>, founding_void: bool) -> Judgement {
    let entry = evidence.entry;
    let number = evidence.place(entry.nomor_badan_hukum, "nomor_badan_hukum");
    let founded = evidence.place(entry.tanggal_badan_hukum, "tanggal_badan_hukum");
    let unproven = |at: &Where| Judgement::unproven("K001", at.clone(), at.clone());
    let text = entry
        .nomor_badan_hukum
        .value()
        .and(entry.nomor_badan_hukum.at())
        .and_then(|at| evidence.doc.node(at).as_str());
    // A number without a digit identifies nothing, so it proves no registration. One of a wrong
    // AHU shape is refused by the schema.
    if !text.is_some_and(nomor::identifies) {
        return unproven(&number);
    }
    if entry.tanggal_badan_hukum.value().is_none() || founding_void {
        return unproven(&founded);
    }
    if evidence.calendar.is_none() {
        return Judgement::unproven("K001", founded, Where::All);
    }
    Judgement::met(number)
}
