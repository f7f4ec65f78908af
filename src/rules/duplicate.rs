//! D: entries that must not be alike.

use crate::lang::Lang;
use crate::rule::{Level, Rule, Run};
use crate::{say, text, words};

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "D001",
        slug: "same-legal-entity",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Badan hukum ditulis lagi", en: "The same legal entity again" },
        why: text! {
            id: "\"Koperasi adalah badan hukum\": satu badan hukum dihitung satu kali, berapa kali pun ditulis.",
            en: "\"Koperasi adalah badan hukum\": one legal entity is counted once, however often it is listed.",
        },
        fix: text! {
            id: "Hapus entri yang berulang, atau perbaiki nomor badan hukumnya bila memang koperasi lain.",
            en: "Remove the further entry, or mend its number if it is another cooperative.",
        },
        clause: "Koperasi adalah badan hukum yang didirikan oleh orang perseorangan atau badan hukum Koperasi",
        run: Run::Together,
    },
    Rule {
        code: "D002",
        slug: "same-nik",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "NIK koperasi sama", en: "The same NIK" },
        why: text! {
            id: "Nomor Induk Koperasi milik satu koperasi saja; satu NIK pada dua badan hukum berarti salah satunya keliru.",
            en: "A NIK belongs to one cooperative; on two legal entities, one of them is wrong.",
        },
        fix: text! {
            id: "Periksa sertifikat NIK kedua koperasi, lalu perbaiki yang keliru.",
            en: "Check the NIK certificates of both, and mend the wrong one.",
        },
        clause: "Standar koplint 1.0: satu NIK untuk satu badan hukum; \"Koperasi adalah badan hukum\"",
        run: Run::Together,
    },
    Rule {
        code: "D003",
        slug: "same-name",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Nama dan kecamatan sama", en: "The same name and kecamatan" },
        why: text! {
            id: "Dua nomor badan hukum dengan nama dan kecamatan yang sama mungkin satu koperasi yang ditulis dua kali.",
            en: "Two numbers with one name in one kecamatan may be one cooperative listed twice.",
        },
        fix: text! {
            id: "Pastikan keduanya memang koperasi yang berbeda; bila satu, hapus yang berulang.",
            en: "Make sure that they are two; if one, remove the further entry.",
        },
        clause: "Koperasi adalah badan hukum yang didirikan oleh orang perseorangan atau badan hukum Koperasi",
        run: Run::Together,
    },
];

/// The message at the further entry, and why the first is shown.
#[must_use]
pub fn message(rule_code: &str, lang: Lang, value: &str, first: &str) -> (String, String) {
    let value = words::shown(value, 60);
    let first = words::shown(first, 120);
    let message = match rule_code {
        "D002" => say!(
            lang,
            id: "NIK koperasi {value} sudah dipakai badan hukum lain: {first}",
            en: "The NIK {value} already stands at another legal entity: {first}"
        ),
        "D003" => say!(
            lang,
            id: "Nama dan kecamatan sama dengan {first}, tetapi nomor badan hukumnya lain",
            en: "Name and kecamatan are those of {first}, but the number is another"
        ),
        _ => say!(
            lang,
            id: "Badan hukum {value} sudah ditulis: {first}; dihitung satu kali saja",
            en: "The legal entity {value} is listed already: {first}; it counts once"
        ),
    };
    let label = match rule_code {
        "D002" => say!(lang, id: "NIK ini pertama kali di sini", en: "this NIK first stands here"),
        "D003" => {
            say!(lang, id: "nama ini pertama kali di sini", en: "this name first stands here")
        }
        _ => say!(
            lang,
            id: "badan hukum ini pertama kali di sini",
            en: "this legal entity first stands here"
        ),
    };
    (message, label)
}
