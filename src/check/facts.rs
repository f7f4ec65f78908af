//! What the tally needs of an entry.

use super::EntryCx;
use crate::criteria::{Criterion, Status};
use crate::mask::{Veil, digest};
use crate::tally::{Activity, Facts, Kecamatan};
use crate::words;

pub(super) fn facts(cx: &EntryCx<'_>, veil: Veil<'_>) -> Facts {
    let judged = cx.judged;
    let kecamatan = match cx.text(cx.entry.kecamatan).map(str::trim) {
        Some(name) if !name.is_empty() => {
            let list = cx
                .header
                .region
                .map(|region| (region, region.kecamatan_named(name)));
            match list {
                Some((region, Some(at))) => Kecamatan::Known(region.kecamatan[at]),
                _ if veil.strict() => Kecamatan::Given(digest(name).into()),
                _ => Kecamatan::Given(words::shown(name, 60).into()),
            }
        }
        _ => Kecamatan::None,
    };
    Facts {
        criteria: Criterion::ALL.map(|c| judged.of(c).status),
        codes: Criterion::ALL.map(|c| judged.of(c).code),
        claimed: cx.entry.dihitung.value(),
        kecamatan,
        tipe: cx.entry.tipe_produsen.value(),
        jenis: cx.entry.jenis_koperasi.value(),
        tingkat: judged.aid.levels,
        activity: activity(cx),
    }
}

/// Active: RATs and business. Inactive: none of the RATs, or no business. Between: some RATs.
fn activity(cx: &EntryCx<'_>) -> Activity {
    let status = |c: Criterion| cx.judged.of(c).status;
    let (rat, usaha) = (status(Criterion::Rat), status(Criterion::Usaha));
    let wanted = cx.definition.years;
    let missing = i32::try_from(cx.judged.rat.missing.len()).unwrap_or(wanted);
    match (rat, usaha) {
        (_, Status::TidakTerpenuhi) => Activity::TidakAktif,
        (Status::Terpenuhi, Status::Terpenuhi) => Activity::Aktif,
        (Status::TidakTerpenuhi, _) if missing == wanted && !cx.judged.rat.maybe => {
            Activity::TidakAktif
        }
        (Status::TidakTerpenuhi, Status::Terpenuhi) if missing < wanted => Activity::Antara,
        _ => Activity::TidakTerbukti,
    }
}
