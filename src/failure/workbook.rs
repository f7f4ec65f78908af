//! Why a workbook is not read, in words.

use crate::lang::Lang;
use crate::read::workbook::source::{Refused, What};
use crate::{say, words};

/// What is the matter, and what to do.
pub(super) fn words(lang: Lang, refused: &Refused) -> (String, String) {
    match refused {
        Refused::Encrypted => (
            say!(lang, id: "buku kerja ini dikunci dengan kata sandi", en: "this workbook is locked with a password"),
            say!(
                lang,
                id: "buka di Excel, hapus kata sandinya (File → Info → Protect Workbook), simpan, lalu periksa lagi",
                en: "open it in Excel, remove the password (File → Info → Protect Workbook), save it and check it again",
            ),
        ),
        Refused::Damaged { detail } => {
            let detail = words::shown(detail, 120);
            (
                say!(lang, id: "buku kerja ini rusak ({detail})", en: "this workbook is damaged ({detail})"),
                say!(
                    lang,
                    id: "buka di Excel, biarkan Excel memperbaikinya, lalu simpan sebagai .xlsx yang baru",
                    en: "open it in Excel, let Excel repair it, and save it as a new .xlsx",
                ),
            )
        }
        Refused::TooLarge { what } => (
            say!(lang, id: "buku kerja ini terlalu besar ({what})", en: "this workbook is too large ({what})"),
            say!(
                lang,
                id: "hapus lembar dan sel yang tidak perlu, atau simpan lembar registernya sebagai CSV UTF-8",
                en: "delete sheets and cells that are not needed, or save the register's sheet as CSV UTF-8",
            ),
        ),
        Refused::Bomb { part } => {
            let part = words::shown(part, 60);
            (
                say!(
                    lang,
                    id: "isi buku kerja ini mengembang tidak wajar ({part}); tidak dibaca demi keamanan",
                    en: "this workbook inflates beyond measure ({part}); it is not read, for safety",
                ),
                say!(
                    lang,
                    id: "salin isinya ke buku kerja baru, simpan, lalu periksa yang baru itu",
                    en: "copy its content into a new workbook, save it, and check that one",
                ),
            )
        }
        Refused::Misnamed { is } => misnamed(lang, *is),
        Refused::NotAWorkbook => (
            say!(lang, id: "isi berkas ini bukan buku kerja", en: "this file is no workbook"),
            say!(
                lang,
                id: "periksa apakah berkas yang dipilih sudah benar; simpan registernya sebagai .xlsx",
                en: "check that it is the right file; save the register as .xlsx",
            ),
        ),
        Refused::NoSheets => (
            say!(lang, id: "buku kerja ini tidak punya lembar berisi sel", en: "this workbook has no sheet with cells"),
            say!(lang, id: "kirim buku kerja yang berisi register", en: "send the workbook that has the register"),
        ),
    }
}

fn misnamed(lang: Lang, is: What) -> (String, String) {
    let (what, ending) = match is {
        What::Text => (say!(lang, id: "teks (CSV)", en: "text (CSV)"), ".csv"),
        What::Json => ("JSON".to_owned(), ".json"),
        What::Html => (
            say!(lang, id: "halaman web (HTML)", en: "a web page (HTML)"),
            "",
        ),
        What::Xml2003 => ("XML Spreadsheet 2003".to_owned(), ""),
        What::Xml => ("XML".to_owned(), ""),
        What::Pdf => ("PDF".to_owned(), ""),
    };
    let message = say!(
        lang,
        id: "namanya berakhiran buku kerja, tetapi isinya {what}",
        en: "its name says workbook, but it is {what}",
    );
    let help = match ending {
        "" => say!(
            lang,
            id: "buka di Excel, pilih Simpan Sebagai → Excel Workbook (.xlsx), lalu periksa berkas itu",
            en: "open it in Excel, choose Save As → Excel Workbook (.xlsx), and check that file",
        ),
        ending => say!(
            lang,
            id: "ganti akhiran namanya menjadi {ending}, atau simpan ulang sebagai .xlsx",
            en: "rename it to end in {ending}, or save it again as .xlsx",
        ),
    };
    (message, help)
}
