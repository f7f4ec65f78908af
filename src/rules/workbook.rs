//! F: what only workbooks have, hidden parts and sheets that belong together.

use crate::lang::Lang;
use crate::read::{FaultKind, HiddenPart};
use crate::rule::{Level, Rule, Run};
use crate::words::shown;
use crate::{say, text};

const SHEETS: &str = "Standar koplint 1.0, bagian tabel: lembar Koperasi, RAT, Kegiatan dan Bantuan digabung lewat nomor_badan_hukum";
const GUESS: &str = "Standar koplint 1.0: tidak ada isi yang dilewati diam-diam";

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "F014",
        slug: "hidden-data",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Data tersembunyi", en: "Hidden data" },
        why: text! {
            id: "Baris dan kolom yang disembunyikan atau tersaring tetap dibaca dan dihitung, padahal tidak terlihat; isi lembar yang disembunyikan mudah terlupa.",
            en: "Rows and columns that are hidden or filtered out are read and counted all the same, though nobody sees them; what a hidden sheet holds is easily forgotten.",
        },
        fix: text! {
            id: "Tampilkan kembali (Unhide, atau hapus saringan), lalu hapus bila memang tidak ikut dikirim.",
            en: "Show it again (Unhide, or clear the filter), and delete it if it is not to be submitted.",
        },
        clause: GUESS,
        run: Run::Reading,
    },
    Rule {
        code: "F020",
        slug: "orphan-row",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Baris tanpa koperasi", en: "Row of no cooperative" },
        why: text! {
            id: "Bukti yang nomor badan hukumnya tidak ada di daftar koperasi tidak menjadi bukti bagi koperasi mana pun.",
            en: "Evidence whose number is not in the list of cooperatives is evidence for none of them.",
        },
        fix: text! {
            id: "Samakan nomor badan hukumnya dengan yang di lembar Koperasi, atau tambahkan koperasinya di sana.",
            en: "Write the number as it stands in the sheet of cooperatives, or add the cooperative there.",
        },
        clause: SHEETS,
        run: Run::Reading,
    },
    Rule {
        code: "F021",
        slug: "double-key",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Nomor penghubung ganda", en: "Double key" },
        why: text! {
            id: "Baris di lembar lain digabung lewat nomor ini; karena dua koperasi memakainya, buktinya diberikan kepada yang pertama.",
            en: "Rows of other sheets are joined by this number; as two entries have it, their evidence goes to the first.",
        },
        fix: text! {
            id: "Betulkan nomor yang salah, atau hapus baris koperasi yang ganda.",
            en: "Mend the wrong number, or delete the entry that stands twice.",
        },
        clause: SHEETS,
        run: Run::Reading,
    },
    Rule {
        code: "F022",
        slug: "other-register",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Lembar register lain", en: "Another register" },
        why: text! {
            id: "Lembar ini juga tampak seperti daftar koperasi, tetapi hanya satu lembar yang dibaca; koperasi di dalamnya tidak ikut dihitung.",
            en: "This sheet looks like a list of cooperatives too, but one sheet only is read; the cooperatives in it are not counted.",
        },
        fix: text! {
            id: "Gabungkan semua koperasi dalam satu lembar, hapus lembar yang tidak dikirim, atau pilih lembarnya dengan `--lembar`.",
            en: "Bring all cooperatives into one sheet, delete the sheet that is not submitted, or choose one with `--lembar`.",
        },
        clause: GUESS,
        run: Run::Reading,
    },
    Rule {
        code: "F023",
        slug: "unread-header-sheet",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Lembar Kepala tidak terbaca", en: "The header's sheet is not understood" },
        why: text! {
            id: "Tidak ada satu pun nama isian kepala yang dikenal di lembar ini, jadi isinya tidak dipakai.",
            en: "No name of a header field stands in this sheet, so nothing of it is used.",
        },
        fix: text! {
            id: "Tulis nama isian (misalnya `Kode wilayah`) dan isinya di sel sebelah kanannya, satu baris satu isian; `koplint template` membuat lembar Kepala yang siap diisi.",
            en: "Write a field's name (`Kode wilayah`, say) and its value in the cell to the right, one a row; `koplint template` makes a sheet `Kepala` to fill in.",
        },
        clause: GUESS,
        run: Run::Reading,
    },
];

/// Message and subject of a fault that only workbooks have.
pub(super) fn say_of(kind: &FaultKind, field: &str, lang: Lang) -> Option<(String, String)> {
    let field = shown(field, 60);
    Some(match kind {
        FaultKind::Hidden(part) => {
            let message = match part {
                HiddenPart::Row => say!(
                    lang,
                    id: "Baris tersembunyi ini berisi data; tetap dibaca",
                    en: "This hidden row holds data; it is read all the same"
                ),
                HiddenPart::Column => say!(
                    lang,
                    id: "Kolom tersembunyi \"{field}\" berisi data; tetap dibaca",
                    en: "The hidden column \"{field}\" holds data; it is read all the same"
                ),
                HiddenPart::Sheet => say!(
                    lang,
                    id: "Lembar tersembunyi \"{field}\" berisi data; tetap dibaca",
                    en: "The hidden sheet \"{field}\" holds data; it is read all the same"
                ),
                HiddenPart::Unread => say!(
                    lang,
                    id: "Lembar tersembunyi \"{field}\" berisi data dan tidak dibaca",
                    en: "The hidden sheet \"{field}\" holds data and is not read"
                ),
            };
            (message, format!("{part:?}"))
        }
        FaultKind::Orphan { sheet, number } => {
            let (sheet, number) = (shown(sheet, 40), shown(number, 60));
            let message = match number.is_empty() {
                true => say!(
                    lang,
                    id: "Baris di lembar {sheet} ini tidak menyebut nomor badan hukum",
                    en: "This row of the sheet {sheet} names no legal-entity number"
                ),
                false => say!(
                    lang,
                    id: "Nomor \"{number}\" di lembar {sheet} tidak ada di daftar koperasi",
                    en: "The number \"{number}\" in the sheet {sheet} is not in the list of cooperatives"
                ),
            };
            (message, sheet)
        }
        FaultKind::DoubleKey { number } => {
            let number = shown(number, 60);
            let message = say!(
                lang,
                id: "Nomor \"{number}\" dipakai dua koperasi, sedangkan lembar lain digabung lewat nomor itu",
                en: "Two entries have the number \"{number}\", by which other sheets are joined"
            );
            (message, number)
        }
        FaultKind::UnreadHead => {
            let message = say!(
                lang,
                id: "Lembar `Kepala` ini tidak berisi nama isian yang dikenal; tidak dipakai",
                en: "This sheet `Kepala` has no field's name that is known; it is not used"
            );
            (message, String::new())
        }
        FaultKind::OtherRegister { sheet, rows } => {
            let sheet = shown(sheet, 40);
            let message = say!(
                lang,
                id: "Lembar \"{sheet}\" juga tampak seperti register ({rows} baris) dan tidak dibaca",
                en: "The sheet \"{sheet}\" looks like a register too ({rows} rows) and is not read"
            );
            (message, sheet)
        }
        _ => return None,
    })
}
