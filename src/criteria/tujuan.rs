//! `tujuan`: at least one service to members, or joint business.

use super::{Evidence, Judgement};
use crate::finding::Where;

pub(super) fn judge(evidence: &Evidence<'_>) -> Judgement {
    let entry = evidence.entry;
    let at = evidence.place(entry.layanan_anggota, "layanan_anggota");
    if entry.layanan_anggota.value().is_none() {
        return Judgement::unproven("U003", at.clone(), at);
    }
    if entry
        .services
        .iter()
        .any(|service| service.layanan.is_some())
    {
        return Judgement::met(at);
    }
    match entry.services.first() {
        Some(refused) => Judgement::unproven("U003", at, Where::Node(refused.at)),
        None => Judgement::failed("U003", at),
    }
}
