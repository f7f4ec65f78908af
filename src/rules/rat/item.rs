//! What is wrong with single items of `rat`.

use std::collections::BTreeMap;

use crate::check::EntryCx;
use crate::criteria::RatVoid;
use crate::date;
use crate::entry::{Field, Rat};
use crate::finding::{Found, Where};
use crate::say;
use crate::tape::At;

/// Each RAT with the reason why it proves nothing, if there is one.
fn rats<'a>(cx: &EntryCx<'a>) -> impl Iterator<Item = (&'a Rat, Option<&'a RatVoid>)> + use<'a> {
    let voids = cx.judged.rat.void.iter().map(Option::as_ref);
    cx.entry.rats.iter().zip(voids)
}

/// The field, else the item that it belongs to.
fn field_or<T: Copy>(field: Field<T>, item: At) -> Where {
    Where::Node(field.at().unwrap_or(item))
}

pub(super) fn one_meeting(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    for (rat, void) in rats(cx) {
        let Some(RatVoid::SameMeeting(standing)) = void else {
            continue;
        };
        let all = &cx.entry.rats;
        let Some(stands) = all
            .binary_search_by_key(standing, |one| one.at)
            .ok()
            .and_then(|index| all.get(index))
        else {
            continue;
        };
        let same_day = rat
            .tanggal
            .value()
            .is_some_and(|day| stands.tanggal.value() == Some(day));
        let at = if same_day {
            rat.tanggal.at()
        } else {
            rat.nomor_berita_acara.at()
        };
        let at = at.unwrap_or(rat.at);
        let given = cx.shown(at);
        let year = rat.tahun_buku.value().unwrap_or_default();
        let other = stands.tahun_buku.value().unwrap_or_default();
        let message = if same_day {
            say!(
                cx.lang,
                id: "Rapat tanggal {given} dilaporkan untuk tahun buku {year} dan {other}; hanya berlaku untuk {other}",
                en: "The meeting of {given} is reported for the book years {year} and {other}; it counts for {other} only"
            )
        } else {
            say!(
                cx.lang,
                id: "Berita acara \"{given}\" dipakai untuk tahun buku {year} dan {other}; hanya berlaku untuk {other}",
                en: "The minutes \"{given}\" are given for the book years {year} and {other}; they count for {other} only"
            )
        };
        let label = say!(cx.lang, id: "RAT yang berlaku", en: "the RAT that counts");
        found
            .at(Where::Node(at), message)
            .subject(format!("{year}/{other}: {given}"))
            .related(Where::Node(*standing), label);
    }
}

pub(super) fn impossible_date(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    for (rat, void) in rats(cx) {
        let (Some(RatVoid::ImpossibleDate), Some(day)) = (void, rat.tanggal.value()) else {
            continue;
        };
        let calendar = cx.header.calendar.as_ref();
        let year = rat.tahun_buku.value();
        let end = calendar
            .zip(year)
            .and_then(|(calendar, year)| calendar.year_end.end(year));
        let cutoff = calendar.map(|calendar| calendar.cutoff);
        let message = if date::is_sentinel(day) {
            say!(
                cx.lang,
                id: "Tanggal RAT {day} bukan tanggal rapat, melainkan tanda kosong dari program",
                en: "The RAT date {day} is no date of a meeting but what programs write for \"empty\""
            )
        } else if let Some(cutoff) = cutoff.filter(|cutoff| day > *cutoff) {
            say!(
                cx.lang,
                id: "Tanggal RAT {day} setelah tanggal acuan {cutoff}",
                en: "The RAT date {day} is after the cut-off {cutoff}"
            )
        } else if let (Some(year), Some(end)) = (year, end) {
            say!(
                cx.lang,
                id: "Tanggal RAT {day} tidak setelah akhir tahun buku {year} ({end})",
                en: "The RAT date {day} is not after the end of book year {year} ({end})"
            )
        } else {
            say!(
                cx.lang,
                id: "Tanggal RAT {day} tidak mungkin",
                en: "The RAT date {day} is impossible"
            )
        };
        found
            .at(field_or(rat.tanggal, rat.at), message)
            .subject(format!("{}: {day}", year.unwrap_or_default()));
    }
}

pub(super) fn late(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let Some(calendar) = &cx.header.calendar else {
        return;
    };
    for (rat, void) in rats(cx) {
        let (None, Some(year), Some(day)) = (void, rat.tahun_buku.value(), rat.tanggal.value())
        else {
            continue;
        };
        let Some(deadline) = calendar.deadline(year).filter(|deadline| day > *deadline) else {
            continue;
        };
        let message = say!(
            cx.lang,
            id: "RAT tahun buku {year} diadakan {day}, lewat dari tenggat {deadline}",
            en: "The RAT of book year {year} was held on {day}, after the deadline {deadline}"
        );
        found
            .at(field_or(rat.tanggal, rat.at), message)
            .subject(format!("{year}: {day}"));
    }
}

pub(super) fn repeated_year(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    // Nearly all: years that already differ in their last bits.
    let mut bits = 0_u64;
    let mut apart = |year: i32| {
        let before = bits;
        bits |= 1 << (year & 63);
        bits != before
    };
    let mut years = cx
        .entry
        .rats
        .iter()
        .filter_map(|rat| rat.tahun_buku.value());
    if years.all(&mut apart) {
        return;
    }
    let mut first = BTreeMap::new();
    for (rat, void) in rats(cx) {
        let (None, Some(year)) = (void, rat.tahun_buku.value()) else {
            continue;
        };
        let standing: At = *first.entry(year).or_insert(rat.at);
        if standing == rat.at {
            continue;
        }
        let message = say!(
            cx.lang,
            id: "RAT tahun buku {year} tercatat lebih dari sekali; hanya satu yang berlaku",
            en: "The RAT of book year {year} is given more than once; one counts"
        );
        let label = say!(cx.lang, id: "catatan pertama", en: "given first here");
        found
            .at(field_or(rat.tahun_buku, rat.at), message)
            .subject(year.to_string())
            .related(Where::Node(standing), label);
    }
}

pub(super) fn before_founding(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let founding = cx.entry.tanggal_badan_hukum;
    for (rat, void) in rats(cx) {
        let (Some(RatVoid::BeforeFounding), Some(day), Some(founded), Some(at)) =
            (void, rat.tanggal.value(), founding.value(), founding.at())
        else {
            continue;
        };
        let message = say!(
            cx.lang,
            id: "Tanggal RAT {day} mendahului tanggal badan hukum {founded}",
            en: "The RAT date {day} is before the legal-entity date {founded}"
        );
        let label = say!(cx.lang, id: "tanggal badan hukum", en: "the legal-entity date");
        found
            .at(field_or(rat.tanggal, rat.at), message)
            .subject(format!("{day}/{founded}"))
            .related(Where::Node(at), label);
    }
}

pub(super) fn no_quorum(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    for (rat, void) in rats(cx) {
        if !matches!(void, Some(RatVoid::NoQuorum)) {
            continue;
        }
        let present = rat.jumlah_hadir.value().unwrap_or_default();
        let members = cx.entry.anggota_total;
        let total = members.value().unwrap_or_default();
        if rat.kuorum.value() == Some(false) {
            let message = say!(
                cx.lang,
                id: "RAT dinyatakan tidak kuorum (`kuorum`: tidak)",
                en: "The RAT is said to have had no quorum (`kuorum`: no)"
            );
            found.at(field_or(rat.kuorum, rat.at), message);
        } else if present == 0 {
            let message = say!(
                cx.lang,
                id: "RAT tanpa anggota yang hadir (`jumlah_hadir: 0`)",
                en: "A RAT at which nobody was present (`jumlah_hadir: 0`)"
            );
            found
                .at(field_or(rat.jumlah_hadir, rat.at), message)
                .subject("0");
        } else {
            let message = say!(
                cx.lang,
                id: "RAT dihadiri {present} orang, lebih banyak daripada jumlah anggota {total}",
                en: "{present} were present at the RAT, more than the {total} members"
            );
            let draft = found.at(field_or(rat.jumlah_hadir, rat.at), message);
            draft.subject(format!("{present}/{total}"));
            if let Some(at) = members.at() {
                let label = say!(cx.lang, id: "jumlah anggota", en: "number of members");
                draft.related(Where::Node(at), label);
            }
        }
    }
}
