//! J: the number that the regency reports, held against its entries.

use crate::check::EntryCx;
use crate::finding::{Found, Where};
use crate::rule::{Level, Rule, Run};
use crate::submission::EndCx;
use crate::tape::At;
use crate::{say, text};

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "J001",
        slug: "claimed-total-mismatch",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Jumlah tidak sama dengan daftar", en: "Number differs from the list" },
        why: text! {
            id: "Indikator adalah \"banyaknya koperasi\": `jumlah_dilaporkan` harus sama dengan banyaknya \
                 koperasi yang ditandai `dihitung: true`.",
            en: "The indicator is \"banyaknya koperasi\": `jumlah_dilaporkan` must be the number of \
                 cooperatives marked `dihitung: true`.",
        },
        fix: text! {
            id: "Hitung ulang koperasi yang ditandai, lalu betulkan `jumlah_dilaporkan` atau tandanya.",
            en: "Count the marked cooperatives again and correct `jumlah_dilaporkan` or the marks.",
        },
        clause: "adalah banyaknya koperasi yang aktif melakukan kegiatan",
        run: Run::End(total_mismatch),
    },
    Rule {
        code: "J002",
        slug: "claimed-not-verified",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Jumlah tidak terverifikasi", en: "Number not verified" },
        why: text! {
            id: "Hanya koperasi yang memenuhi semua syarat definisi yang dihitung: \"banyaknya koperasi \
                 yang aktif … dan dalam melaksanakan kegiatannya dibantu oleh pemerintah\".",
            en: "Only cooperatives that meet every criterion count: \"banyaknya koperasi yang aktif … dan \
                 dalam melaksanakan kegiatannya dibantu oleh pemerintah\".",
        },
        fix: text! {
            id: "Selesaikan temuan pada koperasi yang disebut, atau laporkan jumlah yang terverifikasi.",
            en: "Settle the findings of the cooperatives concerned, or report the verified number.",
        },
        clause: "adalah banyaknya koperasi yang aktif … dan dalam melaksanakan kegiatannya dibantu oleh pemerintah",
        run: Run::End(not_verified),
    },
    Rule {
        code: "J003",
        slug: "eligible-not-claimed",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Memenuhi syarat, tetapi tidak dihitung", en: "Eligible, but not counted" },
        why: text! {
            id: "Indikator adalah \"banyaknya koperasi\" yang memenuhi definisi; koperasi ini memenuhi \
                 semua syarat, jadi jumlah yang dilaporkan terlalu kecil.",
            en: "The indicator is \"banyaknya koperasi\" that meet the definition; this one meets every \
                 criterion, so the reported number is too small.",
        },
        fix: text! {
            id: "Isi `dihitung` dengan Ya (JSON: true) dan tambah `jumlah_dilaporkan`, atau betulkan data yang membuatnya memenuhi syarat.",
            en: "Set `dihitung` to Ya (JSON: true) and raise `jumlah_dilaporkan`, or correct the data that make it eligible.",
        },
        clause: "adalah banyaknya koperasi yang aktif melakukan kegiatan",
        run: Run::Entry(eligible_not_claimed),
    },
];

/// The number that is reported, unless nothing is claimed.
fn reported(cx: &EndCx<'_>) -> Option<(u64, At)> {
    let field = cx.header.jumlah_dilaporkan;
    field.value().zip(field.at()).filter(|_| !cx.plain)
}

fn total_mismatch(cx: &EndCx<'_>, found: &mut Found<'_>) {
    let claimed = cx.tally.claimed;
    let Some((number, at)) = reported(cx).filter(|(number, _)| *number != claimed) else {
        return;
    };
    let message = say!(
        cx.lang,
        id: "`jumlah_dilaporkan` {number}, tetapi koperasi yang ditandai dihitung ada {claimed}",
        en: "`jumlah_dilaporkan` is {number}, but {claimed} cooperatives are marked as counted"
    );
    found
        .at(Where::Node(at), message)
        .subject(format!("{number}/{claimed}"))
        .expected(claimed.to_string());
}

fn not_verified(cx: &EndCx<'_>, found: &mut Found<'_>) {
    let verified = cx.tally.books.verified;
    let Some((number, at)) = reported(cx).filter(|(number, _)| *number != verified) else {
        return;
    };
    let mut message = say!(
        cx.lang,
        id: "`jumlah_dilaporkan` {number}, tetapi yang terverifikasi {verified}",
        en: "`jumlah_dilaporkan` is {number}, but {verified} are verified"
    );
    let reasons: Vec<String> = cx
        .difference
        .iter()
        .filter(|one| one.effect != 0)
        .map(|one| format!("{:+} {} ({})", one.effect, one.reason, one.code))
        .collect();
    if !reasons.is_empty() {
        message.push_str(": ");
        message.push_str(&reasons.join("; "));
    }
    found
        .at(Where::Node(at), message)
        .subject(format!("{number}/{verified}"))
        .expected(verified.to_string());
}

fn eligible_not_claimed(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let field = cx.entry.dihitung;
    if let (true, Some(false), Some(at)) = (cx.verified, field.value(), field.at()) {
        let message = say!(
            cx.lang,
            id: "Semua syarat terpenuhi, tetapi ditandai tidak dihitung",
            en: "Every criterion is met, but it is marked as not counted"
        );
        found.at(Where::Node(at), message);
    }
}
