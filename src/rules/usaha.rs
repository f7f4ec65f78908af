//! U: business activities and services to members.

use crate::check::EntryCx;
use crate::criteria::{Criterion, Judgement, Status};
use crate::finding::{Found, Where};
use crate::rule::{Level, Rule, Run};
use crate::{say, text, words};

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "U001",
        slug: "no-activity",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Tidak ada kegiatan usaha", en: "No business activity" },
        why: text! {
            id: "Koperasi aktif harus \"melakukan kegiatan usaha untuk melayani anggota\". Kegiatan \
                 dinilai menurut tahun buku dalam jendela waktu definisi.",
            en: "An active cooperative must \"melakukan kegiatan usaha untuk melayani anggota\". \
                 Activities count by book year, within the definition's window.",
        },
        fix: text! {
            id: "Isi `kegiatan_usaha` untuk tahun buku dalam jendela waktu, atau jangan hitung koperasi ini.",
            en: "Give `kegiatan_usaha` for a book year in the window, or do not count the cooperative.",
        },
        clause: "melakukan kegiatan usaha untuk melayani anggota",
        run: Run::Definition(Criterion::Usaha, no_activity),
    },
    Rule {
        code: "U002",
        slug: "activity-not-for-members",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Usaha tidak melayani anggota", en: "Business that serves no members" },
        why: text! {
            id: "Kegiatan usaha harus \"untuk melayani anggota\"; usaha yang hanya melayani pihak lain tidak cukup.",
            en: "The business must be there \"untuk melayani anggota\"; one that serves only others does not suffice.",
        },
        fix: text! {
            id: "Periksa `melayani_anggota` pada tiap kegiatan; bila memang tidak melayani anggota, jangan hitung koperasi ini.",
            en: "Check `melayani_anggota` of each activity; if none serves members, do not count the cooperative.",
        },
        clause: "melakukan kegiatan usaha untuk melayani anggota",
        run: Run::Definition(Criterion::Usaha, not_for_members),
    },
    Rule {
        code: "U003",
        slug: "no-member-service",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Tidak ada layanan kepada anggota", en: "No service to members" },
        why: text! {
            id: "Koperasi yang dihitung harus \"memiliki tujuan untuk membantu usaha para anggotanya \
                 atau melakukan usaha secara bersama-sama\".",
            en: "A cooperative that counts must aim to help its members (\"memiliki tujuan untuk membantu \
                 usaha para anggotanya atau melakukan usaha secara bersama-sama\").",
        },
        fix: text! {
            id: "Isi `layanan_anggota` dengan paling sedikit satu layanan (boleh `usaha_bersama`), atau jangan hitung koperasi ini.",
            en: "Give at least one service in `layanan_anggota` (`usaha_bersama` is one), or do not count the cooperative.",
        },
        clause: "memiliki tujuan untuk membantu usaha para anggotanya atau melakukan usaha secara bersama-sama",
        run: Run::Definition(Criterion::Tujuan, no_member_service),
    },
    Rule {
        code: "U004",
        slug: "activity-says-none",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Uraian kegiatan tidak menyebut kegiatan", en: "A description that names no activity" },
        why: text! {
            id: "Uraian yang menyatakan tidak ada kegiatan, atau tidak berisi apa-apa, tidak membuktikan \
                 bahwa koperasi \"melakukan kegiatan usaha\". Kegiatan itu tidak dipakai.",
            en: "A description that says that there was none, or says nothing, does not prove that the \
                 cooperative does business (\"melakukan kegiatan usaha\"). The item is left out.",
        },
        fix: text! {
            id: "Tulis kegiatan yang dilakukan; bila memang tidak ada, hapus kegiatannya (di tabel tulis `-`).",
            en: "Name what was done; if there was nothing, remove the item (in a table write `-`).",
        },
        clause: "melakukan kegiatan usaha untuk melayani anggota",
        run: Run::Entry(says_none),
    },
];

/// Some values as a message lists them: each once, not too many.
pub(super) fn few<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    let mut out: Vec<String> = Vec::new();
    for item in items {
        let item = item.to_string();
        if out.contains(&item) {
            continue;
        }
        if out.len() == 6 {
            out.push("…".to_owned());
            break;
        }
        out.push(item);
    }
    out.join(", ")
}

fn says_none(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    for one in cx.entry.activities.iter().filter(|one| one.idle) {
        let Some(at) = one.uraian.at() else {
            continue;
        };
        let given = words::shown(cx.doc.node(at).shown(), 60);
        let message = say!(
            cx.lang,
            id: "Uraian kegiatan \"{given}\" tidak menyebut kegiatan usaha; tidak dipakai sebagai bukti",
            en: "The description \"{given}\" names no business activity; it proves nothing",
        );
        found.at(Where::Node(at), message).subject(given);
    }
}

fn no_activity(cx: &EntryCx<'_>, judgement: &Judgement, found: &mut Found<'_>) {
    let sound = cx.entry.activities.iter().filter(|one| !one.refused);
    let years = few(sound.filter_map(|one| one.tahun_buku.value()));
    let message = match &cx.header.calendar {
        None => say!(
            cx.lang,
            id: "Kegiatan usaha tidak dapat dibuktikan: tanpa `tanggal_acuan` yang sah, jendela waktu tidak diketahui",
            en: "Business activity cannot be proven: without a valid `tanggal_acuan` the window is not known"
        ),
        Some(calendar) => {
            let (first, last) = calendar.activity;
            match (judgement.status, years.is_empty()) {
                (Status::TidakTerbukti, _) => say!(
                    cx.lang,
                    id: "Kegiatan usaha pada tahun buku {first} s.d. {last} tidak dapat dibuktikan",
                    en: "Business activity in the book years {first} to {last} cannot be proven"
                ),
                (_, true) => say!(
                    cx.lang,
                    id: "Dihitung, tetapi tidak ada kegiatan usaha pada tahun buku {first} s.d. {last}",
                    en: "Counted, but without any business activity in the book years {first} to {last}"
                ),
                (_, false) => say!(
                    cx.lang,
                    id: "Dihitung, tetapi kegiatan usaha hanya pada tahun buku {years}; yang diminta {first} s.d. {last}",
                    en: "Counted, but with business activity in the book years {years} only; asked for are {first} to {last}"
                ),
            }
        }
    };
    found
        .at(judgement.at.clone(), message)
        .subject(years)
        .because(judgement.because.clone());
}

fn not_for_members(cx: &EntryCx<'_>, judgement: &Judgement, found: &mut Found<'_>) {
    let window = cx
        .header
        .calendar
        .as_ref()
        .map(|calendar| calendar.activity);
    let (first, last) = window.unwrap_or_default();
    let needed = cx.definition.activities;
    let message = if judgement.status == Status::TidakTerbukti {
        say!(
            cx.lang,
            id: "Tidak dapat dibuktikan bahwa kegiatan usaha pada tahun buku {first} s.d. {last} melayani anggota",
            en: "It cannot be proven that the business in the book years {first} to {last} serves members"
        )
    } else if needed > 1 {
        say!(
            cx.lang,
            id: "Dihitung, tetapi kurang dari {needed} kegiatan usaha pada tahun buku {first} s.d. {last} melayani anggota",
            en: "Counted, but fewer than {needed} business activities in the book years {first} to {last} serve members"
        )
    } else {
        say!(
            cx.lang,
            id: "Dihitung, tetapi tidak satu pun kegiatan usaha pada tahun buku {first} s.d. {last} melayani anggota",
            en: "Counted, but no business activity in the book years {first} to {last} serves members"
        )
    };
    found
        .at(judgement.at.clone(), message)
        .because(judgement.because.clone());
}

fn no_member_service(cx: &EntryCx<'_>, judgement: &Judgement, found: &mut Found<'_>) {
    let message = if judgement.status == Status::TidakTerbukti {
        say!(
            cx.lang,
            id: "Layanan kepada anggota tidak dapat dibuktikan: `layanan_anggota` tidak diisi atau tidak sah",
            en: "Service to members cannot be proven: `layanan_anggota` is not given or not valid"
        )
    } else {
        say!(
            cx.lang,
            id: "Dihitung, tetapi `layanan_anggota` kosong: tidak ada layanan kepada anggota atau usaha bersama",
            en: "Counted, but `layanan_anggota` is empty: no service to members, no joint business"
        )
    };
    found
        .at(judgement.at.clone(), message)
        .because(judgement.because.clone());
}
