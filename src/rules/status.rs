//! A: what is reported of a cooperative's activity, held against its RATs.

use crate::check::EntryCx;
use crate::codes::{Grade, StatusDilaporkan};
use crate::criteria::{Criterion, Status};
use crate::finding::{Draft, Found, Where};
use crate::rule::{Level, Rule, Run};
use crate::{say, text};

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "A001",
        slug: "status-disagrees",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Status tidak sesuai dengan RAT", en: "Status disagrees with the RATs" },
        why: text! {
            id: "Koperasi disebut aktif bila \"dalam waktu 3 (tiga) tahun terakhir secara berturut-turut \
                 mengadakan RAT\"; tidak aktif bila tiga tahun berturut-turut tidak (Permenkop 25/2015 Ps 1).",
            en: "A cooperative is active if it held its RAT \"dalam waktu 3 (tiga) tahun terakhir secara \
                 berturut-turut\", and inactive if it did not for three years (Permenkop 25/2015 Ps 1).",
        },
        fix: text! {
            id: "Periksa daftar `rat` dan `status_dilaporkan`, lalu betulkan yang salah.",
            en: "Check the list `rat` and `status_dilaporkan` and correct what is wrong.",
        },
        clause: "dalam waktu 3 (tiga) tahun terakhir secara berturut-turut mengadakan RAT (Rapat Anggota Tahunan)",
        run: Run::Entry(status_disagrees),
    },
    Rule {
        code: "A002",
        slug: "grade-disagrees",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Grade NIK tidak sesuai dengan RAT", en: "NIK grade disagrees with the RATs" },
        why: text! {
            id: "Grade A berarti RAT diadakan untuk tiga tahun buku terakhir, sama seperti syarat \
                 \"3 (tiga) tahun terakhir secara berturut-turut mengadakan RAT\".",
            en: "Grade A means RATs for the last three book years, as the page asks: \"3 (tiga) tahun \
                 terakhir secara berturut-turut mengadakan RAT\".",
        },
        fix: text! {
            id: "Periksa daftar `rat` dan perbarui `grade_nik` sesuai data terakhir.",
            en: "Check the list `rat` and bring `grade_nik` up to date.",
        },
        clause: "dalam waktu 3 (tiga) tahun terakhir secara berturut-turut mengadakan RAT (Rapat Anggota Tahunan)",
        run: Run::Entry(grade_disagrees),
    },
];

fn status_disagrees(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let field = cx.entry.status_dilaporkan;
    let (Some(status), Some(at), Some(calendar)) = (field.value(), field.at(), &cx.header.calendar)
    else {
        return;
    };
    let (first, last) = (calendar.oldest, calendar.newest);
    let missing = &cx.judged.rat.missing;
    let failed = cx.judged.of(Criterion::Rat).status == Status::TidakTerpenuhi;
    let message = match status {
        StatusDilaporkan::Aktif if failed => {
            let years = super::usaha::few(missing);
            say!(
                cx.lang,
                id: "Dilaporkan \"aktif\", tetapi tidak ada RAT untuk tahun buku {years}",
                en: "Reported as \"aktif\", but there is no RAT for the book years {years}"
            )
        }
        StatusDilaporkan::TidakAktif
            if usize::try_from(cx.definition.years).is_ok_and(|all| missing.len() < all) =>
        {
            let years = super::usaha::few((first..=last).filter(|year| !missing.contains(year)));
            say!(
                cx.lang,
                id: "Dilaporkan \"tidak_aktif\", tetapi ada RAT untuk tahun buku {years}",
                en: "Reported as \"tidak_aktif\", but there is a RAT for the book years {years}"
            )
        }
        _ => return,
    };
    let draft = found.at(Where::Node(at), message);
    draft.subject(status.code());
    rats(cx, draft);
}

fn grade_disagrees(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let field = cx.entry.grade_nik;
    let (Some(grade), Some(at)) = (field.value(), field.at()) else {
        return;
    };
    let count = cx.definition.years;
    let given = grade.code();
    let message = match (grade, cx.judged.of(Criterion::Rat).status) {
        (Grade::A, Status::TidakTerpenuhi) => say!(
            cx.lang,
            id: "Grade NIK \"A\", tetapi RAT tidak lengkap untuk {count} tahun buku berturut-turut",
            en: "The NIK grade is \"A\", but the RATs of {count} book years in a row are not complete"
        ),
        (Grade::B | Grade::C1 | Grade::C2 | Grade::D, Status::Terpenuhi) => say!(
            cx.lang,
            id: "Grade NIK \"{given}\", tetapi RAT lengkap untuk {count} tahun buku berturut-turut (semestinya \"A\")",
            en: "The NIK grade is \"{given}\", but the RATs of {count} book years in a row are complete (expected \"A\")"
        ),
        _ => return,
    };
    let draft = found.at(Where::Node(at), message);
    draft.subject(given);
    rats(cx, draft);
}

/// Shows the RAT list beside a finding.
fn rats(cx: &EntryCx<'_>, draft: &mut Draft) {
    if let Some(at) = cx.entry.rat.at() {
        let label = say!(cx.lang, id: "daftar RAT", en: "the RATs");
        draft.related(Where::Node(at), label);
    }
}
