//! H: the header of a submission.

use crate::finding::{Found, Where};
use crate::header::HeaderCx;
use crate::region::{self, Named};
use crate::rule::{Level, Rule, Run};
use crate::{say, text, words};

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "H001",
        slug: "wrong-indicator",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Judul indikator lain", en: "Another indicator" },
        why: text! {
            id: "Kiriman diperiksa menurut satu indikator saja, \"Jumlah Koperasi Produksi Aktif yang Dibantu Pemerintah\".",
            en: "A submission is checked against one indicator only, \"Jumlah Koperasi Produksi Aktif yang Dibantu Pemerintah\".",
        },
        fix: text! {
            id: "Tulis judul indikator lengkap; huruf besar/kecil dan spasi tidak dibedakan.",
            en: "Write the indicator's full title; case and spacing do not matter.",
        },
        clause: "Jumlah Koperasi Produksi Aktif yang Dibantu Pemerintah (parameter definisi: indikator)",
        run: Run::Header(wrong_indicator),
    },
    Rule {
        code: "H002",
        slug: "unknown-region",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Kode wilayah tidak dikenal", en: "Unknown region" },
        why: text! {
            id: "Indikator dihitung per kabupaten/kota di Jawa Tengah; tanpa kode yang benar kiriman tidak dapat ditempatkan.",
            en: "The indicator is counted by region of Jawa Tengah; without its code a submission has no place.",
        },
        fix: text! {
            id: "Isi `kode_wilayah` dengan kode Kemendagri kabupaten/kota, misalnya 33.02 untuk Kabupaten Banyumas.",
            en: "Give the region's Kemendagri code in `kode_wilayah`, as 33.02 for Kabupaten Banyumas.",
        },
        clause: "Standar koplint 1.0: salah satu dari 35 kabupaten/kota Jawa Tengah",
        run: Run::Header(unknown_region),
    },
    Rule {
        code: "H003",
        slug: "region-name-mismatch",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Nama wilayah tidak sesuai kode", en: "Region name disagrees with its code" },
        why: text! {
            id: "Bila nama dan kode berbeda, tidak pasti kiriman ini milik siapa. Magelang, Semarang, Pekalongan, dan Tegal ada sebagai Kabupaten dan sebagai Kota.",
            en: "Where name and code differ it is not certain whose submission it is. Magelang, Semarang, Pekalongan and Tegal are each a Kabupaten and a Kota.",
        },
        fix: text! {
            id: "Tulis nama resmi lengkap dengan Kabupaten atau Kota, sesuai kodenya.",
            en: "Write the official name with Kabupaten or Kota, as the code has it.",
        },
        clause: "Standar koplint 1.0: kode dan nama wilayah menurut Kemendagri",
        run: Run::Header(region_name_mismatch),
    },
    Rule {
        code: "H004",
        slug: "impossible-cutoff",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Tanggal acuan mustahil", en: "Impossible cut-off" },
        why: text! {
            id: "Tanggal acuan menentukan tiga tahun buku RAT yang dinilai (\"3 (tiga) tahun terakhir\"); tanggal yang mustahil menilai tahun yang salah.",
            en: "The cut-off decides which three book years are judged (\"3 (tiga) tahun terakhir\"); an impossible one judges the wrong years.",
        },
        fix: text! {
            id: "Isi `tanggal_acuan` di dalam tahun data atau paling lambat 30 Juni tahun berikutnya, dan tidak sesudah tanggal pengiriman atau hari ini.",
            en: "Give a `tanggal_acuan` within the data year or up to 30 June of the next, not after the submission or today.",
        },
        clause: "dalam waktu 3 (tiga) tahun terakhir secara berturut-turut mengadakan RAT (Rapat Anggota Tahunan)",
        run: Run::Header(impossible_cutoff),
    },
    Rule {
        code: "H005",
        slug: "wrong-unit",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Satuan lain", en: "Another unit" },
        why: text! {
            id: "Halaman metadata menetapkan UKURAN \"Unit\": satu unit adalah satu koperasi.",
            en: "The metadata page sets the unit (UKURAN) \"Unit\": one unit is one cooperative.",
        },
        fix: text! { id: "Isi `satuan` dengan \"Unit\".", en: "Write \"Unit\" in `satuan`." },
        clause: "UKURAN: Unit (parameter definisi: satuan)",
        run: Run::Header(wrong_unit),
    },
    Rule {
        code: "H006",
        slug: "other-wali-data",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Wali data lain", en: "Another wali data" },
        why: text! {
            id: "Halaman metadata menyebut WALI DATA \"Dinas Koperasi Dan Usaha Mikro Kecil Menengah\".",
            en: "The metadata page names as WALI DATA the \"Dinas Koperasi Dan Usaha Mikro Kecil Menengah\".",
        },
        fix: text! {
            id: "Tulis nama dinas yang membidangi koperasi, lengkap dengan kata Dinas dan Koperasi.",
            en: "Write the name of the office for cooperatives, with the words Dinas and Koperasi.",
        },
        clause: "WALI DATA: Dinas Koperasi Dan Usaha Mikro Kecil Menengah",
        run: Run::Header(other_wali_data),
    },
    Rule {
        code: "H007",
        slug: "unsupported-version",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Versi standar tidak didukung", en: "Unsupported version" },
        why: text! {
            id: "Versi lain dapat memakai nama dan pilihan yang berbeda, sehingga hasil pemeriksaan tidak dapat dipercaya.",
            en: "Another version may use other names and codes, so that the result could not be trusted.",
        },
        fix: text! {
            id: "Tulis `versi_standar` \"1.0\" dan sesuaikan isinya, atau pakai koplint yang mendukung versi itu.",
            en: "Write `versi_standar` \"1.0\" and follow it, or use a koplint that knows the version.",
        },
        clause: "Standar koplint 1.0: versi 1.0 atau 1.x",
        run: Run::Header(unsupported_version),
    },
];

fn wrong_indicator(cx: &HeaderCx<'_>, found: &mut Found<'_>) {
    let field = cx.header.indikator;
    let (Some(text), Some(at)) = (cx.text(field), field.at()) else {
        return;
    };
    let wanted = &cx.definition.indikator;
    if words::plain(text) == words::plain(wanted) {
        return;
    }
    let given = cx.shown(field);
    let message = say!(
        cx.lang,
        id: "Indikator \"{given}\", seharusnya \"{wanted}\"",
        en: "The indicator is \"{given}\", not \"{wanted}\""
    );
    found.at(Where::Node(at), message).subject(given);
}

fn unknown_region(cx: &HeaderCx<'_>, found: &mut Found<'_>) {
    let field = cx.header.kode_wilayah;
    let (Some(code), Some(at)) = (cx.text(field), field.at()) else {
        return;
    };
    if cx.header.region.is_some() {
        return;
    }
    let given = cx.shown(field);
    let digits: String = code.trim().replacen('.', "", 1);
    let elsewhere = digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with("33");
    let message = if elsewhere {
        say!(
            cx.lang,
            id: "{given} bukan kode kabupaten/kota Jawa Tengah (33.xx)",
            en: "{given} is no code of a region of Jawa Tengah (33.xx)"
        )
    } else {
        say!(
            cx.lang,
            id: "Kode wilayah \"{given}\" tidak ada dalam daftar 35 kabupaten/kota Jawa Tengah",
            en: "The code \"{given}\" is not among the 35 regions of Jawa Tengah"
        )
    };
    let draft = found.at(Where::Node(at), message);
    draft.subject(given);
    // The name says more surely what is meant than a code that is near.
    let named = cx.text(cx.header.nama_wilayah).and_then(|name| {
        let mut all = region::all().iter();
        all.find(|region| region.named(name) == Named::Same)
    });
    let near = named.or_else(|| {
        let codes = region::all().iter().map(|region| region.code);
        words::nearest(code, codes.filter(|_| !elsewhere)).and_then(region::find)
    });
    if let Some(region) = near {
        let (code, name) = (region.code, region.name);
        draft.help(say!(
            cx.lang,
            id: "Maksud Anda `{code}` ({name})?",
            en: "Did you mean `{code}` ({name})?"
        ));
    }
}

fn region_name_mismatch(cx: &HeaderCx<'_>, found: &mut Found<'_>) {
    let field = cx.header.nama_wilayah;
    let (Some(region), Some(name), Some(at)) = (cx.header.region, cx.text(field), field.at())
    else {
        return;
    };
    let (given, code, wanted) = (cx.shown(field), region.code, region.name);
    let message = match region.named(name) {
        Named::Same => return,
        Named::Ambiguous => say!(
            cx.lang,
            id: "\"{given}\" dapat berarti Kabupaten atau Kota; kode {code} adalah {wanted}",
            en: "\"{given}\" can be the Kabupaten or the Kota; the code {code} is {wanted}"
        ),
        Named::Other => say!(
            cx.lang,
            id: "Nama wilayah \"{given}\" tidak sesuai kode {code}, yaitu {wanted}",
            en: "The name \"{given}\" disagrees with the code {code}, which is {wanted}"
        ),
    };
    let help = say!(cx.lang, id: "Tulis `{wanted}`", en: "Write `{wanted}`");
    let draft = found.at(Where::Node(at), message);
    draft.subject(given).help(help);
    if let Some(at) = cx.header.kode_wilayah.at() {
        let label = say!(cx.lang, id: "kode wilayah", en: "the region's code");
        draft.related(Where::Node(at), label);
    }
}

fn impossible_cutoff(cx: &HeaderCx<'_>, found: &mut Found<'_>) {
    let field = cx.header.tanggal_acuan;
    let (Some(cutoff), Some(at)) = (field.value(), field.at()) else {
        return;
    };
    let year = cx.header.tahun_data;
    if let (Some(data), Some(data_at)) = (year.value(), year.at()) {
        let years = i32::from(cutoff.year()).saturating_sub(data);
        let within = years == 0 || (years == 1 && cutoff.month() <= 6);
        if !within {
            let next = data.saturating_add(1);
            let message = say!(
                cx.lang,
                id: "Tanggal acuan {cutoff} di luar tahun data {data}: seharusnya {data}-01-01 s.d. {next}-06-30",
                en: "The cut-off {cutoff} is outside the data year {data}: {data}-01-01 to {next}-06-30 is possible"
            );
            let label = say!(cx.lang, id: "tahun data", en: "the data year");
            found
                .at(Where::Node(at), message)
                .subject("tahun_data")
                .related(Where::Node(data_at), label);
        }
    }
    let sent = cx.header.tanggal_pengiriman;
    if let (Some(day), Some(sent_at)) = (sent.value(), sent.at())
        && cutoff > day
    {
        let message = say!(
            cx.lang,
            id: "Tanggal acuan {cutoff} sesudah tanggal pengiriman {day}",
            en: "The cut-off {cutoff} is after the submission on {day}"
        );
        let label = say!(cx.lang, id: "tanggal pengiriman", en: "the day of submission");
        found
            .at(Where::Node(at), message)
            .subject("tanggal_pengiriman")
            .related(Where::Node(sent_at), label);
    }
    let today = cx.today;
    if cutoff > today {
        let message = say!(
            cx.lang,
            id: "Tanggal acuan {cutoff} belum tiba (hari pemeriksaan: {today})",
            en: "The cut-off {cutoff} is in the future (this run's date: {today})"
        );
        found.at(Where::Node(at), message).subject("today");
    }
}

fn wrong_unit(cx: &HeaderCx<'_>, found: &mut Found<'_>) {
    let field = cx.header.satuan;
    let (Some(text), Some(at)) = (cx.text(field), field.at()) else {
        return;
    };
    let wanted = &cx.definition.satuan;
    if text.trim() == wanted {
        return;
    }
    let given = cx.shown(field);
    let message = say!(
        cx.lang,
        id: "Satuan \"{given}\", seharusnya \"{wanted}\"",
        en: "The unit is \"{given}\", not \"{wanted}\""
    );
    found.at(Where::Node(at), message).subject(given);
}

fn other_wali_data(cx: &HeaderCx<'_>, found: &mut Found<'_>) {
    let field = cx.header.wali_data;
    let (Some(text), Some(at)) = (cx.text(field), field.at()) else {
        return;
    };
    let plain = words::plain(text);
    if ["dinas", "koperasi"]
        .iter()
        .all(|word| plain.split(' ').any(|own| own == *word))
    {
        return;
    }
    let given = cx.shown(field);
    let message = say!(
        cx.lang,
        id: "Wali data \"{given}\" bukan dinas koperasi",
        en: "The wali data \"{given}\" is not an office for cooperatives"
    );
    found.at(Where::Node(at), message).subject(given);
}

fn unsupported_version(cx: &HeaderCx<'_>, found: &mut Found<'_>) {
    let field = cx.header.versi_standar;
    let (Some(text), Some(at)) = (cx.text(field), field.at()) else {
        return;
    };
    let known = text
        .strip_prefix("1.")
        .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|b| b.is_ascii_digit()));
    if known {
        return;
    }
    let given = cx.shown(field);
    let message = say!(
        cx.lang,
        id: "Versi standar \"{given}\" tidak didukung; yang didukung 1.0 (1.x)",
        en: "The version \"{given}\" is not supported; 1.0 (1.x) is"
    );
    found.at(Where::Node(at), message).subject(given);
}
