//! What we could not read at all, in words.

use std::io::ErrorKind;

use crate::lang::Lang;
use crate::read::open::{Input, OpenError};
use crate::report::Failure;
use crate::{say, words};

mod workbook;

/// The failure of one input.
pub(crate) fn of(lang: Lang, input: &Input, error: &OpenError) -> Failure {
    let (message, help) = words(lang, error);
    Failure {
        file: words::shown(&input.name, 200),
        message,
        help,
    }
}

/// A path of which nothing can be read.
pub(crate) fn nothing_in(lang: Lang, name: &str) -> Failure {
    Failure {
        file: words::shown(name, 200),
        message: say!(
            lang,
            id: "tidak ada berkas pengajuan (.xlsx, .ods, .csv, .json, .ndjson) di folder ini",
            en: "no submission (.xlsx, .ods, .csv, .json, .ndjson) in this folder",
        ),
        help: say!(lang, id: "periksa nama foldernya", en: "check the folder's name"),
    }
}

pub(crate) fn words(lang: Lang, error: &OpenError) -> (String, String) {
    match error {
        OpenError::Io(error) => system(lang, error),
        OpenError::Workbook(refused) => workbook::words(lang, refused),
        OpenError::NoSheet(no) => {
            let wanted = words::shown(&no.wanted, 60);
            let names = no.names.iter().take(20);
            let names: Vec<String> = names.map(|name| words::shown(name, 40)).collect();
            let names = names.join(", ");
            (
                say!(lang, id: "tidak ada lembar bernama \"{wanted}\"", en: "there is no sheet \"{wanted}\""),
                say!(lang, id: "lembar yang ada: {names}", en: "the sheets are: {names}"),
            )
        }
        OpenError::Binary => (
            say!(lang, id: "isi berkas ini bukan teks", en: "this file is not text"),
            say!(lang, id: "kirim berkas Excel, CSV, JSON atau NDJSON", en: "send an Excel, CSV, JSON or NDJSON file"),
        ),
        OpenError::Utf16 => (
            say!(lang, id: "berkas JSON ini tersimpan dalam UTF-16", en: "this JSON file is encoded in UTF-16"),
            say!(lang, id: "simpan ulang dengan pengodean UTF-8", en: "save it again in UTF-8"),
        ),
        OpenError::TooLarge(limit) => (
            say!(lang, id: "dokumen JSON lebih besar dari {limit} bita", en: "the JSON document is larger than {limit} bytes"),
            say!(
                lang,
                id: "ubah menjadi NDJSON: satu koperasi tiap baris",
                en: "turn it into NDJSON: one entry a line",
            ),
        ),
        OpenError::TwoHeaders { file } => {
            let file = words::shown(file, 200);
            (
                say!(lang, id: "kepala di baris pertama tidak sama dengan kepala di {file}", en: "the header in the first line is not the one in {file}"),
                say!(lang, id: "samakan keduanya, atau hapus salah satu", en: "make them the same, or remove one"),
            )
        }
        OpenError::Header { file, line, column } => {
            let file = words::shown(file, 200);
            (
                say!(
                    lang,
                    id: "berkas kepala {file} rusak di baris {line}, kolom {column}",
                    en: "the header file {file} is broken at line {line}, column {column}",
                ),
                say!(lang, id: "perbaiki berkas itu sebagai JSON", en: "mend that file as JSON"),
            )
        }
    }
}

/// What the system said, in words.
pub(crate) fn system(lang: Lang, error: &std::io::Error) -> (String, String) {
    match error.kind() {
        ErrorKind::NotFound => (
            say!(lang, id: "berkas tidak ditemukan", en: "no such file"),
            say!(lang, id: "periksa nama dan foldernya", en: "check its name and folder"),
        ),
        ErrorKind::PermissionDenied => (
            say!(lang, id: "tidak ada izin untuk membaca", en: "no permission to read"),
            say!(lang, id: "minta izin baca atas berkas itu", en: "ask for permission to read it"),
        ),
        ErrorKind::IsADirectory => (
            say!(lang, id: "ini folder, bukan berkas", en: "this is a folder"),
            say!(lang, id: "sebut berkasnya", en: "name the file"),
        ),
        _ => (
            say!(lang, id: "tidak dapat dibaca: {error}", en: "cannot be read: {error}"),
            say!(lang, id: "coba lagi, atau salin berkas itu ke folder lain", en: "try again, or copy the file elsewhere"),
        ),
    }
}
