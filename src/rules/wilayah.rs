//! W: where a cooperative is.

use crate::check::EntryCx;
use crate::codes::Keanggotaan;
use crate::finding::{Found, Where};
use crate::rule::{Level, Rule, Run};
use crate::words::shown;
use crate::{region, say, text, words};

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "W001",
        slug: "entry-region-mismatch",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Wilayah koperasi lain", en: "Another region" },
        why: text! {
            id: "Satu kiriman memuat koperasi satu kabupaten/kota; koperasi wilayah lain akan terhitung dua kali.",
            en: "A submission holds the cooperatives of one region; one of another region would be counted twice.",
        },
        fix: text! {
            id: "Perbaiki `kode_wilayah` koperasi, atau pindahkan ke kiriman kabupaten/kota yang benar.",
            en: "Mend the entry's `kode_wilayah`, or move it to the submission of its own region.",
        },
        clause: "Standar koplint 1.0: satu kiriman untuk satu kabupaten/kota; \"di wilayah tertentu\"",
        run: Run::Entry(entry_region_mismatch),
    },
    Rule {
        code: "W002",
        slug: "unknown-kecamatan",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Kecamatan tidak dikenal", en: "Unknown kecamatan" },
        why: text! {
            id: "Kecamatan yang tidak ada dalam daftar resmi membuat rincian per kecamatan tidak cocok.",
            en: "A kecamatan that is not in the official list spoils the breakdown by kecamatan.",
        },
        fix: text! {
            id: "Tulis nama kecamatan seperti dalam daftar resmi kabupaten/kota.",
            en: "Write the kecamatan as in the official list of the region.",
        },
        clause: "Standar koplint 1.0: daftar kecamatan menurut kode wilayah Kemendagri",
        run: Run::Entry(unknown_kecamatan),
    },
    Rule {
        code: "W003",
        slug: "wide-membership",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Keanggotaan lintas kabupaten/kota", en: "Membership beyond the region" },
        why: text! {
            id: "Koperasi dengan anggota lintas kabupaten/kota dibina provinsi atau pusat (UU 23/2014), sehingga dapat terhitung dua kali.",
            en: "A cooperative with members beyond one region is overseen by the province or the centre (UU 23/2014), and may be counted twice.",
        },
        fix: text! {
            id: "Pastikan koperasi ini tidak juga dilaporkan oleh provinsi atau kabupaten/kota lain.",
            en: "Make sure that neither the province nor another region reports it too.",
        },
        clause: "UU 23/2014 lampiran huruf Q: pembagian urusan koperasi menurut wilayah keanggotaan",
        run: Run::Entry(wide_membership),
    },
];

fn entry_region_mismatch(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let (Some(own), Some(at)) = (cx.text(cx.entry.kode_wilayah), cx.entry.kode_wilayah.at()) else {
        return;
    };
    // An unknown code in the header is H002; nothing can be held against it.
    let Some(header) = cx.header.region else {
        return;
    };
    if region::same_code(own, header.code) {
        return;
    }
    let own_name = region::find(own).map_or_else(String::new, |r| format!(" ({})", r.name));
    let (own, header, header_name) = (shown(own, 40), header.code, header.name);
    let message = say!(
        cx.lang,
        id: "Kode wilayah koperasi {own}{own_name}, sedangkan kiriman ini untuk {header} ({header_name})",
        en: "The entry's region is {own}{own_name}, but this submission is for {header} ({header_name})"
    );
    found.at(Where::Node(at), message).subject(own);
}

fn unknown_kecamatan(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let (Some(region), Some(name)) = (cx.header.region, cx.text(cx.entry.kecamatan)) else {
        return;
    };
    let Some(at) = cx.entry.kecamatan.at() else {
        return;
    };
    let name = name.trim();
    if region.kecamatan_named(name).is_some() {
        return;
    }
    let of = region.name;
    let given = shown(name, 60);
    let message = if given.is_empty() {
        say!(cx.lang, id: "Nama kecamatan kosong", en: "The kecamatan is an empty text")
    } else {
        say!(
            cx.lang,
            id: "Kecamatan \"{given}\" tidak ada dalam daftar {of}",
            en: "The kecamatan \"{given}\" is not in the list of {of}"
        )
    };
    let draft = found.at(Where::Node(at), message);
    draft.subject(given);
    let bare = match name.split_once([' ', '.']) {
        Some((first, rest)) if matches!(&*words::plain(first), "kec" | "kecamatan") => rest,
        _ => name,
    };
    if let Some(near) = words::nearest(bare, region.kecamatan.iter().copied()) {
        draft.help(say!(cx.lang, id: "Maksud Anda `{near}`?", en: "Did you mean `{near}`?"));
    }
}

fn wide_membership(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let field = cx.entry.wilayah_keanggotaan;
    let (Some(wide), Some(at)) = (field.value(), field.at()) else {
        return;
    };
    if wide == Keanggotaan::KabupatenKota {
        return;
    }
    let code = wide.code();
    let message = say!(
        cx.lang,
        id: "Wilayah keanggotaan \"{code}\" dalam kiriman kabupaten/kota: mungkin terhitung dua kali",
        en: "Membership is \"{code}\" in a submission of one region: it may be counted twice"
    );
    found.at(Where::Node(at), message).subject(code);
}
