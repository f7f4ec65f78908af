//! `produksi`: the type is a producer's; "produksi" and "produsen" are one.

use super::{Evidence, Judgement};

pub(super) fn judge(evidence: &Evidence<'_>) -> Judgement {
    let field = evidence.entry.jenis_koperasi;
    let at = evidence.place(field, "jenis_koperasi");
    match field.value() {
        Some(jenis) if evidence.definition.jenis.contains(&jenis) => Judgement::met(at),
        Some(_) => Judgement::failed("P001", at),
        None => Judgement::unproven("P001", at.clone(), at),
    }
}
