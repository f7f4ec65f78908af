//! R: the annual meetings of members (RAT).

use super::usaha::few;
use crate::check::EntryCx;
use crate::criteria::{Criterion, Judgement, Status};
use crate::finding::{Found, Where};
use crate::rule::{Level, Rule, Run};
use crate::submission::EndCx;
use crate::{say, text};

mod item;

const THREE_YEARS: &str = "dalam waktu 3 (tiga) tahun terakhir secara berturut-turut mengadakan RAT (Rapat Anggota Tahunan)";

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "R001",
        slug: "missing-rat-year",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "RAT tidak lengkap", en: "RATs missing" },
        why: text! {
            id: "Koperasi aktif harus \"3 (tiga) tahun terakhir secara berturut-turut mengadakan RAT\". \
                 Satu tahun buku tanpa RAT yang sah memutus urutan itu.",
            en: "An active cooperative must hold its RAT \"3 (tiga) tahun terakhir secara berturut-turut\". \
                 One book year without a sound RAT breaks the row.",
        },
        fix: text! {
            id: "Lengkapi RAT tahun buku yang disebut menurut berita acaranya, atau jangan hitung koperasi ini.",
            en: "Add the RAT of the book years named, from its minutes, or do not count the cooperative.",
        },
        clause: THREE_YEARS,
        run: Run::Definition(Criterion::Rat, missing_year),
    },
    Rule {
        code: "R002",
        slug: "too-young",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Koperasi belum cukup umur", en: "Cooperative too young" },
        why: text! {
            id: "Syarat \"3 (tiga) tahun terakhir secara berturut-turut mengadakan RAT\" belum dapat \
                 dipenuhi koperasi yang berdiri setelah tahun buku itu dimulai.",
            en: "A cooperative founded after such a book year began cannot yet have held its RAT \
                 \"3 (tiga) tahun terakhir secara berturut-turut\".",
        },
        fix: text! {
            id: "Jangan hitung koperasi ini dahulu; betulkan `tanggal_badan_hukum` bila salah isi.",
            en: "Do not count it yet; correct `tanggal_badan_hukum` if it was entered wrongly.",
        },
        clause: THREE_YEARS,
        run: Run::Definition(Criterion::Rat, too_young),
    },
    Rule {
        code: "R003",
        slug: "one-meeting-many-years",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Satu rapat untuk beberapa tahun buku", en: "One meeting for several book years" },
        why: text! {
            id: "RAT diadakan tiap tahun (\"secara berturut-turut\"; UU 25/1992 Ps 26), jadi satu rapat \
                 membuktikan paling banyak satu tahun buku, yaitu yang terbaru.",
            en: "A RAT is held every year (\"secara berturut-turut\"; UU 25/1992 Ps 26), so one meeting \
                 proves one book year at most, the newest.",
        },
        fix: text! {
            id: "Isi tanggal dan nomor berita acara masing-masing RAT; hapus tahun buku yang tidak ber-RAT.",
            en: "Give each RAT its own date and minutes number; remove book years without a RAT.",
        },
        clause: THREE_YEARS,
        run: Run::Entry(item::one_meeting),
    },
    Rule {
        code: "R004",
        slug: "impossible-rat-date",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Tanggal RAT tidak mungkin", en: "Impossible RAT date" },
        why: text! {
            id: "RAT membahas tahun buku yang sudah lampau (UU 25/1992 Ps 26), jadi diadakan setelah tahun \
                 buku berakhir dan tidak setelah tanggal acuan. RAT ini tidak membuktikan apa pun.",
            en: "A RAT deals with a past book year (UU 25/1992 Ps 26): it is held after that year's end and \
                 not after the cut-off. This one proves nothing.",
        },
        fix: text! {
            id: "Betulkan `tanggal` atau `tahun_buku` menurut berita acara RAT.",
            en: "Correct `tanggal` or `tahun_buku` from the minutes of the RAT.",
        },
        clause: "UU 25/1992 Ps 26: RAT diselenggarakan setelah tahun buku lampau",
        run: Run::Entry(item::impossible_date),
    },
    Rule {
        code: "R005",
        slug: "late-rat",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "RAT terlambat", en: "Late RAT" },
        why: text! {
            id: "UU 25/1992 Ps 26 meminta RAT paling lambat 6 bulan setelah tahun buku lampau. RAT yang \
                 terlambat tetap dihitung.",
            en: "UU 25/1992 Ps 26 asks for the RAT within 6 months after the book year. A late one still counts.",
        },
        fix: text! {
            id: "Periksa `tanggal` menurut berita acara; bila benar, ingatkan koperasi akan tenggatnya.",
            en: "Check `tanggal` against the minutes; if right, remind the cooperative of the deadline.",
        },
        clause: "UU 25/1992 Ps 26: paling lambat 6 (enam) bulan setelah tahun buku lampau; parameter definisi: rat.bulan_tenggat",
        run: Run::Entry(item::late),
    },
    Rule {
        code: "R006",
        slug: "repeated-book-year",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Tahun buku RAT tercatat dua kali", en: "Book year given twice" },
        why: text! {
            id: "Syaratnya tiga tahun buku yang berbeda dan \"berturut-turut\"; dua catatan untuk satu \
                 tahun buku hanya berlaku satu.",
            en: "Three different book years \"berturut-turut\" are asked for; of two items for one book year \
                 one counts.",
        },
        fix: text! {
            id: "Hapus salah satu catatan, atau betulkan `tahun_buku`-nya.",
            en: "Remove one of the items, or correct its `tahun_buku`.",
        },
        clause: THREE_YEARS,
        run: Run::Entry(item::repeated_year),
    },
    Rule {
        code: "R007",
        slug: "rat-before-founding",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "RAT sebelum koperasi berdiri", en: "RAT before the founding" },
        why: text! {
            id: "\"Koperasi adalah badan hukum\": rapat sebelum tanggal badan hukum bukan RAT koperasi ini, \
                 jadi tidak membuktikan apa pun.",
            en: "\"Koperasi adalah badan hukum\": a meeting before the legal-entity date is not a RAT of this \
                 cooperative and proves nothing.",
        },
        fix: text! {
            id: "Betulkan `tanggal` RAT atau `tanggal_badan_hukum` (pakai tanggal pendirian, bukan tanggal perubahan).",
            en: "Correct the RAT's `tanggal` or `tanggal_badan_hukum` (the founding date, not an amendment's).",
        },
        clause: "Koperasi adalah badan hukum yang didirikan oleh orang perseorangan atau badan hukum Koperasi",
        run: Run::Entry(item::before_founding),
    },
    Rule {
        code: "R008",
        slug: "no-quorum",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "RAT tidak kuorum", en: "RAT without a quorum" },
        why: text! {
            id: "Yang diminta adalah \"mengadakan RAT (Rapat Anggota Tahunan)\": rapat tanpa kuorum, tanpa \
                 anggota yang hadir, atau dengan hadirin melebihi anggota tidak membuktikannya.",
            en: "Asked for is a RAT that was held (\"mengadakan RAT\"): one without a quorum, without attendance \
                 or with more present than there are members does not prove it.",
        },
        fix: text! {
            id: "Periksa `kuorum`, `jumlah_hadir` dan `jumlah_anggota` menurut daftar hadir RAT.",
            en: "Check `kuorum`, `jumlah_hadir` and `jumlah_anggota` against the list of those present.",
        },
        clause: "mengadakan RAT (Rapat Anggota Tahunan)",
        run: Run::Entry(item::no_quorum),
    },
    Rule {
        code: "R009",
        slug: "shared-rat-date",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Banyak koperasi bertanggal RAT sama", en: "Many cooperatives share a RAT date" },
        why: text! {
            id: "Tiap koperasi \"mengadakan RAT\" sendiri. Satu tanggal untuk lebih dari separuh koperasi \
                 biasanya tanggal pengisian data, bukan tanggal rapat.",
            en: "Each cooperative holds its own RAT (\"mengadakan RAT\"). One date for more than half of them is \
                 usually the day of data entry, not of the meeting.",
        },
        fix: text! {
            id: "Ganti dengan tanggal rapat menurut berita acara masing-masing koperasi.",
            en: "Put in the date of the meeting from each cooperative's minutes.",
        },
        clause: THREE_YEARS,
        run: Run::End(shared_date),
    },
];

fn missing_year(cx: &EntryCx<'_>, judgement: &Judgement, found: &mut Found<'_>) {
    let years = few(&cx.judged.rat.missing);
    let count = cx.definition.years;
    let message = match &cx.header.calendar {
        None => say!(
            cx.lang,
            id: "RAT {count} tahun buku berturut-turut tidak dapat dibuktikan: `tanggal_acuan` tidak sah",
            en: "RATs of {count} book years in a row cannot be proven: `tanggal_acuan` is not valid"
        ),
        Some(calendar) => {
            let (first, last) = (calendar.oldest, calendar.newest);
            if judgement.status == Status::TidakTerbukti {
                say!(
                    cx.lang,
                    id: "RAT tahun buku {years} tidak dapat dibuktikan; yang diminta {first} s.d. {last}",
                    en: "The RAT of book year {years} cannot be proven; asked for are {first} to {last}"
                )
            } else {
                say!(
                    cx.lang,
                    id: "Dihitung, tetapi tidak ada RAT tahun buku {years}; yang diminta {first} s.d. {last}",
                    en: "Counted, but without a RAT of book year {years}; asked for are {first} to {last}"
                )
            }
        }
    };
    found
        .at(judgement.at.clone(), message)
        .subject(years)
        .because(judgement.because.clone());
}

fn too_young(cx: &EntryCx<'_>, judgement: &Judgement, found: &mut Found<'_>) {
    let years = few(&cx.judged.rat.missing);
    let field = cx.entry.tanggal_badan_hukum;
    let founded = field.at().map(|at| cx.shown(at)).unwrap_or_default();
    let message = if judgement.status == Status::TidakTerbukti {
        say!(
            cx.lang,
            id: "RAT tahun buku {years} tidak dapat dibuktikan: koperasi baru berdiri {founded}",
            en: "The RAT of book year {years} cannot be proven: the cooperative was founded on {founded}"
        )
    } else {
        say!(
            cx.lang,
            id: "Dihitung, tetapi baru berdiri {founded}, sehingga belum ada RAT tahun buku {years}",
            en: "Counted, but founded only on {founded}, so that there is no RAT of book year {years}"
        )
    };
    let draft = found.at(judgement.at.clone(), message);
    draft.subject(years).because(judgement.because.clone());
    if let Some(at) = field.at().filter(|at| judgement.at != Where::Node(*at)) {
        let label = say!(cx.lang, id: "tanggal badan hukum", en: "the legal-entity date");
        draft.related(Where::Node(at), label);
    }
}

fn shared_date(cx: &EndCx<'_>, found: &mut Found<'_>) {
    let shared: Vec<String> = cx
        .rat_dates
        .iter()
        .filter(|(_, times)| *times >= 10 && *times > cx.entries_with_rat / 2)
        .map(|(day, times)| format!("{day} ({times})"))
        .collect();
    if shared.is_empty() {
        return;
    }
    let (all, shared) = (cx.entries_with_rat, few(shared));
    let message = say!(
        cx.lang,
        id: "Dari {all} koperasi yang memiliki RAT, lebih dari separuh bertanggal RAT sama: {shared}",
        en: "Of {all} cooperatives with a RAT, more than half share a RAT date: {shared}"
    );
    found.at(Where::All, message).subject(shared);
}
