//! B: assistance by government.

use super::usaha::few;
use crate::check::EntryCx;
use crate::codes::{BentukBantuan, StatusBantuan};
use crate::criteria::{Criterion, Judgement, Status};
use crate::finding::Found;
use crate::rule::{Level, Rule, Run};
use crate::{say, text};

mod item;

pub use item::giver_warnings;

const ASSISTED: &str = "dalam melaksanakan kegiatannya dibantu oleh pemerintah";
const GOVERNMENT: &str = "Pemerintah adalah organisasi yang memiliki kekuasaan untuk membuat dan menerapkan hukum serta undang-undang di wilayah tertentu";

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "B001",
        slug: "no-assistance",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Tidak ada bantuan pemerintah", en: "No government assistance" },
        why: text! {
            id: "Yang dihitung hanya koperasi yang \"dalam melaksanakan kegiatannya dibantu oleh pemerintah\".",
            en: "Only cooperatives that are assisted by government count (\"dalam melaksanakan kegiatannya \
                 dibantu oleh pemerintah\").",
        },
        fix: text! {
            id: "Isi `bantuan_pemerintah` dengan bantuan yang sudah diterima, atau jangan hitung koperasi ini.",
            en: "Give the assistance received in `bantuan_pemerintah`, or do not count the cooperative.",
        },
        clause: ASSISTED,
        run: Run::Definition(Criterion::Bantuan, no_assistance),
    },
    Rule {
        code: "B002",
        slug: "giver-not-government",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Pemberi bantuan bukan pemerintah", en: "The giver is not a government" },
        why: text! {
            id: "Bantuan harus dari pemerintah: \"organisasi yang memiliki kekuasaan untuk membuat dan \
                 menerapkan hukum\". Perusahaan, bank, yayasan, BUMN dan BUMD bukan pemerintah.",
            en: "The giver must be a government: \"organisasi yang memiliki kekuasaan untuk membuat dan \
                 menerapkan hukum\". Companies, banks, foundations and state-owned firms are not.",
        },
        fix: text! {
            id: "Betulkan `pemberi` dan `tingkat`; bila bantuan itu dari swasta, isi `tingkat` dengan `bukan_pemerintah`.",
            en: "Correct `pemberi` and `tingkat`; if the assistance is private, set `tingkat` to `bukan_pemerintah`.",
        },
        clause: GOVERNMENT,
        run: Run::Entry(item::giver),
    },
    Rule {
        code: "B003",
        slug: "assistance-outside-window",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Bantuan di luar jangka waktu", en: "Assistance outside the window" },
        why: text! {
            id: "Koperasi harus \"dibantu oleh pemerintah\" dalam tahun-tahun yang sama dengan penilaian RAT; \
                 bantuan lama tidak membuktikannya (parameter definisi: jendela_tahun).",
            en: "It must be \"dibantu oleh pemerintah\" in the years for which its RATs are judged; old \
                 assistance does not prove that (parameter jendela_tahun).",
        },
        fix: text! {
            id: "Tambahkan bantuan yang lebih baru bila ada, atau jangan hitung koperasi ini.",
            en: "Add more recent assistance if there is any, or do not count the cooperative.",
        },
        clause: "parameter definisi: jendela_tahun",
        run: Run::Definition(Criterion::Bantuan, outside_window),
    },
    Rule {
        code: "B004",
        slug: "assistance-not-received",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Bantuan belum diterima", en: "Assistance not received" },
        why: text! {
            id: "\"Dibantu oleh pemerintah\" berarti bantuannya sudah diterima; yang baru diajukan atau \
                 disetujui, ditolak atau dibatalkan belum membantu (parameter definisi: bantuan.status_diterima).",
            en: "\"Dibantu oleh pemerintah\" means that it was received; what is applied for, approved, refused \
                 or cancelled helps nobody (parameter bantuan.status_diterima).",
        },
        fix: text! {
            id: "Ubah `status` menjadi `diterima` bila ada bukti penerimaannya, atau jangan hitung koperasi ini.",
            en: "Set `status` to `diterima` if there is proof of receipt, or do not count the cooperative.",
        },
        clause: "parameter definisi: bantuan.status_diterima",
        run: Run::Definition(Criterion::Bantuan, not_received),
    },
    Rule {
        code: "B005",
        slug: "no-assistance-document",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Bantuan tanpa dokumen", en: "Assistance without a document" },
        why: text! {
            id: "Bahwa koperasi \"dibantu oleh pemerintah\" perlu dapat ditelusuri ke dokumennya, misalnya \
                 NPHD, BAST atau SK.",
            en: "That it was \"dibantu oleh pemerintah\" should be traceable to a document, such as NPHD, BAST or SK.",
        },
        fix: text! {
            id: "Isi `jenis_dokumen` dan `nomor_dokumen` dari berkas bantuan.",
            en: "Give `jenis_dokumen` and `nomor_dokumen` from the file of the assistance.",
        },
        clause: ASSISTED,
        run: Run::Entry(item::no_document),
    },
    Rule {
        code: "B006",
        slug: "form-not-counted",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Bentuk bantuan tidak dihitung", en: "Form of assistance not counted" },
        why: text! {
            id: "Pinjaman dana bergulir adalah pembiayaan yang harus dikembalikan, bukan bantuan, sehingga \
                 koperasi belum \"dibantu oleh pemerintah\" (parameter definisi: bantuan.bentuk_diterima).",
            en: "A revolving-fund loan is financing to be paid back, not help, so the cooperative is not yet \
                 \"dibantu oleh pemerintah\" (parameter bantuan.bentuk_diterima).",
        },
        fix: text! {
            id: "Tambahkan bantuan dalam bentuk lain bila ada, atau jangan hitung koperasi ini.",
            en: "Add assistance of another form if there is any, or do not count the cooperative.",
        },
        clause: "parameter definisi: bantuan.bentuk_diterima",
        run: Run::Definition(Criterion::Bantuan, form_not_counted),
    },
    Rule {
        code: "B007",
        slug: "level-fund-mismatch",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Tingkat dan sumber dana tidak sejalan", en: "Level and source of funds disagree" },
        why: text! {
            id: "Pemerintah berkuasa \"di wilayah tertentu\" dan membelanjakan anggarannya sendiri: APBN dari \
                 pusat, APBD dari provinsi atau kabupaten/kota, APBDes dari desa.",
            en: "A government rules \"di wilayah tertentu\" and spends its own budget: APBN the state, APBD the \
                 province or regency, APBDes the village.",
        },
        fix: text! {
            id: "Betulkan `tingkat` atau `sumber_dana` menurut dokumen bantuan.",
            en: "Correct `tingkat` or `sumber_dana` from the document of the assistance.",
        },
        clause: GOVERNMENT,
        run: Run::Entry(item::level_fund),
    },
    Rule {
        code: "B008",
        slug: "ownership-contradiction",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Kepemilikan bertentangan dengan bantuan", en: "Ownership contradicts assistance" },
        why: text! {
            id: "Koperasi \"dibantu oleh pemerintah\" atau mandiri, tidak keduanya: `kepemilikan` dan \
                 `bantuan_pemerintah` harus mengatakan hal yang sama.",
            en: "A cooperative is \"dibantu oleh pemerintah\" or independent, not both: `kepemilikan` and \
                 `bantuan_pemerintah` must say the same.",
        },
        fix: text! {
            id: "Betulkan `kepemilikan`, atau lengkapi `bantuan_pemerintah`.",
            en: "Correct `kepemilikan`, or complete `bantuan_pemerintah`.",
        },
        clause: ASSISTED,
        run: Run::Entry(item::ownership),
    },
    Rule {
        code: "B009",
        slug: "impossible-assistance-year",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Tahun bantuan tidak mungkin", en: "Impossible year of assistance" },
        why: text! {
            id: "Yang dibantu adalah koperasi \"dalam melaksanakan kegiatannya\": tidak sebelum berdiri dan \
                 tidak setelah tahun tanggal acuan. Bantuan ini tidak membuktikan apa pun.",
            en: "It is assisted \"dalam melaksanakan kegiatannya\": not before its founding and not after the \
                 cut-off's year. This assistance proves nothing.",
        },
        fix: text! {
            id: "Betulkan `tahun` bantuan, atau `tanggal_badan_hukum` bila itu yang salah.",
            en: "Correct the `tahun` of the assistance, or `tanggal_badan_hukum` if that is wrong.",
        },
        clause: ASSISTED,
        run: Run::Entry(item::impossible_year),
    },
];

fn raise(judgement: &Judgement, found: &mut Found<'_>, message: String, subject: String) {
    found
        .at(judgement.at.clone(), message)
        .subject(subject)
        .because(judgement.because.clone());
}

fn no_assistance(cx: &EntryCx<'_>, judgement: &Judgement, found: &mut Found<'_>) {
    let list = cx.entry.bantuan_pemerintah;
    let message = if list.is_missing() {
        say!(
            cx.lang,
            id: "Bantuan pemerintah tidak dapat dibuktikan: `bantuan_pemerintah` tidak diisi",
            en: "Government assistance cannot be proven: `bantuan_pemerintah` is not given"
        )
    } else if list.value().is_some() && cx.header.calendar.is_none() {
        say!(
            cx.lang,
            id: "Bantuan pemerintah tidak dapat dibuktikan: tanpa `tanggal_acuan` yang sah, jangka waktunya tidak diketahui",
            en: "Government assistance cannot be proven: without a valid `tanggal_acuan` the window is not known"
        )
    } else if judgement.status == Status::TidakTerbukti {
        say!(
            cx.lang,
            id: "Bantuan pemerintah tidak dapat dibuktikan: isi `bantuan_pemerintah` tidak sah",
            en: "Government assistance cannot be proven: what `bantuan_pemerintah` holds is not valid"
        )
    } else if cx.entry.aids.is_empty() {
        say!(
            cx.lang,
            id: "Dihitung, tetapi tidak ada bantuan pemerintah: `bantuan_pemerintah` kosong",
            en: "Counted, but without government assistance: `bantuan_pemerintah` is empty"
        )
    } else {
        say!(
            cx.lang,
            id: "Dihitung, tetapi tidak satu pun isi `bantuan_pemerintah` yang sah",
            en: "Counted, but nothing in `bantuan_pemerintah` is valid"
        )
    };
    raise(judgement, found, message, String::new());
}

fn outside_window(cx: &EntryCx<'_>, judgement: &Judgement, found: &mut Found<'_>) {
    let years = few(item::sound(cx).filter_map(|aid| aid.tahun.value()));
    let window = cx.header.calendar.as_ref().map(|calendar| calendar.aid);
    let (first, last) = window.unwrap_or_default();
    let message = if judgement.status == Status::TidakTerbukti {
        say!(
            cx.lang,
            id: "Bantuan pada tahun {first} s.d. {last} tidak dapat dibuktikan; yang sah hanya tahun {years}",
            en: "Assistance in {first} to {last} cannot be proven; what is valid is of {years} only"
        )
    } else {
        say!(
            cx.lang,
            id: "Dihitung, tetapi bantuan hanya pada tahun {years}; yang diminta {first} s.d. {last}",
            en: "Counted, but assisted in {years} only; asked for are {first} to {last}"
        )
    };
    raise(judgement, found, message, years);
}

fn not_received(cx: &EntryCx<'_>, judgement: &Judgement, found: &mut Found<'_>) {
    let given = few(item::sound(cx)
        .filter_map(|aid| aid.status.value())
        .map(StatusBantuan::code));
    let wanted = few(cx.definition.status.iter().map(|one| one.code()));
    let message = if judgement.status == Status::TidakTerbukti {
        say!(
            cx.lang,
            id: "Penerimaan bantuan tidak dapat dibuktikan; status yang sah hanya \"{given}\"",
            en: "It cannot be proven that assistance was received; the valid status is \"{given}\" only"
        )
    } else {
        say!(
            cx.lang,
            id: "Dihitung, tetapi bantuan belum diterima: status \"{given}\", bukan \"{wanted}\"",
            en: "Counted, but no assistance was received: its status is \"{given}\", not \"{wanted}\""
        )
    };
    raise(judgement, found, message, given);
}

fn form_not_counted(cx: &EntryCx<'_>, judgement: &Judgement, found: &mut Found<'_>) {
    let out = |one: &BentukBantuan| !cx.definition.bentuk.contains(one);
    let given = item::sound(cx)
        .filter_map(|aid| aid.bentuk.value())
        .filter(out);
    let given = few(given.map(BentukBantuan::code));
    let message = if judgement.status == Status::TidakTerbukti {
        say!(
            cx.lang,
            id: "Bantuan dalam bentuk yang dihitung tidak dapat dibuktikan; yang sah hanya \"{given}\"",
            en: "Assistance in a form that counts cannot be proven; what is valid is \"{given}\" only"
        )
    } else {
        say!(
            cx.lang,
            id: "Dihitung, tetapi bentuk bantuannya hanya \"{given}\", yang tidak dihitung sebagai bantuan",
            en: "Counted, but assisted only by \"{given}\", which does not count as assistance"
        )
    };
    raise(judgement, found, message, given);
}
