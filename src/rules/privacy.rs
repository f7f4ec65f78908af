//! X: what is personal and has no place in a register.

use crate::check::EntryCx;
use crate::finding::{Found, Where};
use crate::personal::{emails, is_persons, long_runs, looks_like_nik, phones};
use crate::rule::{Level, Rule, Run};
use crate::tape::Kind;
use crate::{say, text, words};

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "X001",
        slug: "person-nik",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "NIK penduduk", en: "A person's NIK" },
        why: text! {
            id: "NIK 16 angka adalah data pribadi yang dilindungi (UU 27/2022); register koperasi tidak memerlukannya.",
            en: "A NIK of 16 digits is protected personal data (UU 27/2022); a register of cooperatives needs none.",
        },
        fix: text! {
            id: "Hapus NIK penduduk. Pada `nik_koperasi` tulis Nomor Induk Koperasi, 13 angka.",
            en: "Remove the person's NIK. In `nik_koperasi` give the cooperative's own number, 13 digits.",
        },
        clause: "UU 27/2022 tentang Pelindungan Data Pribadi Ps 4",
        run: Run::Entry(person_nik),
    },
    Rule {
        code: "X002",
        slug: "personal-contact",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Nomor telepon atau surel", en: "Telephone number or e-mail" },
        why: text! {
            id: "Nomor telepon dan surel seseorang adalah data pribadi (UU 27/2022) dan tidak diperlukan untuk indikator ini.",
            en: "A person's telephone number and e-mail are personal data (UU 27/2022), and the indicator needs none.",
        },
        fix: text! {
            id: "Hapus nomor telepon dan surel dari teks bebas.",
            en: "Remove telephone numbers and e-mail addresses from free text.",
        },
        clause: "UU 27/2022 tentang Pelindungan Data Pribadi Ps 4",
        run: Run::Entry(personal_contact),
    },
];

/// Digits of a NIK that a message may show: those of the region.
const OPEN: usize = 6;

fn person_nik(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    if let Some(at) = cx.entry.nik_koperasi.at() {
        let node = cx.doc.node(at);
        if matches!(node.kind(), Kind::String | Kind::Number) && is_persons(node.shown()) {
            let given = masked(node.shown().trim(), OPEN);
            let message = say!(
                cx.lang,
                id: "`nik_koperasi` berisi {given}: 16 angka seperti NIK penduduk, bukan 13 angka NIK koperasi",
                en: "`nik_koperasi` is {given}: 16 digits like a person's NIK, not the 13 of a cooperative's"
            );
            found.at(Where::Node(at), message);
        }
    }
    for &at in &cx.entry.free_texts {
        let Some(text) = cx.doc.node(at).as_str() else {
            continue;
        };
        if let Some(run) = long_runs(text).find(|run| looks_like_nik(&text[run.clone()])) {
            let given = masked(&text[run], OPEN);
            let message = say!(
                cx.lang,
                id: "Teks ini memuat NIK penduduk {given}",
                en: "This text holds a person's NIK, {given}"
            );
            found.at(Where::Node(at), message);
        }
    }
}

fn personal_contact(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    for &at in &cx.entry.free_texts {
        let Some(text) = cx.doc.node(at).as_str() else {
            continue;
        };
        if let Some(range) = phones(text).next() {
            let given = masked(&text[range], 4);
            let message = say!(
                cx.lang,
                id: "Teks ini memuat nomor telepon {given}",
                en: "This text holds a telephone number, {given}"
            );
            found.at(Where::Node(at), message).subject("telepon");
        }
        if let Some(range) = emails(text).next() {
            let address = &text[range];
            let (local, domain) = address.split_once('@').unwrap_or((address, ""));
            let first = local.get(..1).unwrap_or_default();
            let domain = words::shown(domain, 40);
            let message = say!(
                cx.lang,
                id: "Teks ini memuat surel {first}***@{domain}",
                en: "This text holds an e-mail address, {first}***@{domain}"
            );
            found.at(Where::Node(at), message).subject("surel");
        }
    }
}

/// The text with every digit behind the first `open` ones masked.
pub(super) fn masked(text: &str, open: usize) -> String {
    let mut digits = 0;
    let hidden = text.chars().map(|c| {
        digits += usize::from(c.is_ascii_digit());
        if c.is_ascii_digit() && digits > open {
            '*'
        } else {
            c
        }
    });
    words::shown(&hidden.collect::<String>(), 40)
}
