//! What a fault is called: its rule, its message, its help.

use crate::lang::Lang;
use crate::read::json::{MAX_DEPTH, Syntax};
use crate::read::{Fault, FaultKind, Reading, RowSkipped};
use crate::rules::workbook;
use crate::say;
use crate::words::shown;

/// The words for one fault.
pub(super) struct Said {
    pub message: String,
    pub help: Option<String>,
    pub subject: String,
}

/// The rule for a kind of fault.
pub(super) fn code(kind: &FaultKind) -> &'static str {
    match kind {
        FaultKind::Encoding => "F001",
        FaultKind::Syntax(Syntax::Trailing) | FaultKind::Trailing => "F004",
        FaultKind::Syntax(Syntax::TooDeep) | FaultKind::TooDeep | FaultKind::TooLarge { .. } => {
            "F005"
        }
        FaultKind::Syntax(_) => "F002",
        FaultKind::Repeated { .. } => "F003",
        FaultKind::NoHeaderRow { .. } => "F006",
        FaultKind::UnknownColumn { .. } | FaultKind::Headless { .. } => "F007",
        FaultKind::Hidden(_) => "F014",
        FaultKind::Orphan { .. } => "F020",
        FaultKind::DoubleKey { .. } => "F021",
        FaultKind::OtherRegister { .. } => "F022",
        FaultKind::UnreadHead => "F023",
        FaultKind::DoubleColumn { .. } => "F008",
        FaultKind::Ragged { .. } | FaultKind::Quote => "F009",
        FaultKind::AmbiguousDate { .. } => "F010",
        FaultKind::Sentinel { .. } => "F011",
        FaultKind::Damaged { .. } => "F012",
        FaultKind::Formula { .. } => "F013",
        FaultKind::Skipped(_) => "F015",
        FaultKind::Reread { .. } => "F016",
        FaultKind::Form { .. } => "F017",
        FaultKind::NoEntries => "F018",
        FaultKind::AmbiguousNumber { .. } => "F019",
    }
}

/// Why the other place of a fault is shown.
pub(super) fn label(kind: &FaultKind, lang: Lang) -> String {
    match kind {
        FaultKind::Syntax(Syntax::OpenString) => {
            say!(lang, id: "baris berakhir di sini", en: "the line ends here")
        }
        FaultKind::Syntax(_) | FaultKind::Quote => {
            say!(lang, id: "dibuka di sini", en: "opened here")
        }
        FaultKind::Repeated { .. }
        | FaultKind::DoubleColumn { .. }
        | FaultKind::DoubleKey { .. } => {
            say!(lang, id: "pertama kali di sini", en: "first here")
        }
        _ => say!(lang, id: "berkaitan dengan ini", en: "see this"),
    }
}

/// The words for a fault.
pub(super) fn say_of(fault: &Fault, lang: Lang) -> Said {
    let mut help = None;
    let mut subject = String::new();
    let field = shown(&fault.field, 60);
    // The column, where there is one.
    let on = if field.is_empty() {
        String::new()
    } else {
        say!(lang, id: " pada kolom `{field}`", en: " in the column `{field}`")
    };
    let message = match &fault.kind {
        FaultKind::Encoding => say!(
            lang,
            id: "Ada karakter rusak{on}: byte yang tidak sah dalam encoding berkas ini",
            en: "Damaged character{on}: bytes that are not valid in the encoding of this file"
        ),
        FaultKind::Syntax(Syntax::Trailing) | FaultKind::Trailing => say!(
            lang,
            id: "Masih ada tulisan sesudah akhir data",
            en: "Something stands behind the end of the data"
        ),
        FaultKind::Syntax(Syntax::TooDeep) | FaultKind::TooDeep => {
            "depth".clone_into(&mut subject);
            let most = MAX_DEPTH;
            say!(
                lang,
                id: "Isi bertingkat {most} kali atau lebih",
                en: "Nested {most} levels deep or more"
            )
        }
        FaultKind::TooLarge { limit } => {
            "size".clone_into(&mut subject);
            let mib = limit >> 20;
            say!(
                lang,
                id: "Satu entri lebih besar dari batas {mib} MiB",
                en: "One entry is larger than the limit of {mib} MiB"
            )
        }
        FaultKind::Syntax(what) => {
            subject = format!("{what:?}");
            help = syntax_help(*what, lang);
            syntax(*what, lang)
        }
        FaultKind::Repeated { name } => {
            let name = shown(name, 60);
            subject.clone_from(&name);
            say!(
                lang,
                id: "`{name}` ditulis lebih dari satu kali dalam objek yang sama",
                en: "`{name}` stands more than once in the same object"
            )
        }
        FaultKind::NoHeaderRow { known: known @ 1.. } => say!(
            lang,
            id: "Baris ini berisi {known} judul kolom yang dikenal, tetapi kolom nama atau nomor badan hukum koperasi tidak ada di antaranya",
            en: "This row holds {known} headings that are known, but neither the cooperative's name nor its number is among them"
        ),
        FaultKind::NoHeaderRow { .. } => say!(
            lang,
            id: "Tidak ada baris yang berisi judul kolom yang dikenal",
            en: "No row holds headings that are known"
        ),
        FaultKind::UnknownColumn { name, nearest } => {
            let name = shown(name, 60);
            subject.clone_from(&name);
            help = nearest.as_deref().map(|near| {
                let near = shown(near, 60);
                say!(lang, id: "Maksud Anda `{near}`?", en: "Did you mean `{near}`?")
            });
            say!(
                lang,
                id: "Kolom \"{name}\" tidak dikenal dan tidak dibaca",
                en: "The column \"{name}\" is unknown and not read"
            )
        }
        FaultKind::DoubleColumn { name } => {
            let name = shown(name, 60);
            subject.clone_from(&name);
            say!(
                lang,
                id: "Kolom \"{name}\" ada lebih dari satu",
                en: "There is more than one column \"{name}\""
            )
        }
        FaultKind::Ragged { expected, found } => {
            subject.push_str(if found > expected { "more" } else { "fewer" });
            say!(
                lang,
                id: "Baris ini berisi {found} sel, sedangkan judulnya {expected}",
                en: "This row has {found} cells, but there are {expected} headings"
            )
        }
        FaultKind::Quote => {
            "quote".clone_into(&mut subject);
            say!(
                lang,
                id: "Tanda kutip (\") pada sel ini tidak ditutup atau salah letak",
                en: "A quote (\") in this cell is not closed or misplaced"
            )
        }
        FaultKind::AmbiguousDate { text, read, other } => {
            let (text, read, other) = (shown(text, 40), shown(read, 40), shown(other, 40));
            help = Some(say!(
                lang,
                id: "Tulis {read} bila itu yang dimaksud, atau {other}",
                en: "Write {read} if that is meant, or {other}"
            ));
            say!(
                lang,
                id: "\"{text}\"{on} dapat berarti {read} atau {other}; dibaca {read}",
                en: "\"{text}\"{on} can be {read} or {other}; read as {read}"
            )
        }
        FaultKind::Sentinel { text } => {
            let text = shown(text, 40);
            subject.clone_from(&text);
            say!(
                lang,
                id: "\"{text}\"{on} adalah pengganti sel kosong, bukan tanggal kejadian",
                en: "\"{text}\"{on} stands for an empty cell; it is no real date"
            )
        }
        FaultKind::Damaged { text } => {
            let text = shown(text, 40);
            say!(
                lang,
                id: "\"{text}\"{on} adalah nomor yang sudah rusak oleh lembar kerja; angka aslinya hilang",
                en: "\"{text}\"{on} is a number that a spreadsheet damaged; its digits are lost"
            )
        }
        FaultKind::Formula { text } => {
            let text = shown(text, 40);
            subject.clone_from(&text);
            match text.starts_with('=') {
                true => {
                    help = Some(say!(
                        lang,
                        id: "Buka dan simpan berkas ini di Excel supaya hasil rumusnya tersimpan, atau tulis isinya",
                        en: "Open and save the file in a spreadsheet, so that the formula's result is kept, or write the value"
                    ));
                    say!(
                        lang,
                        id: "\"{text}\"{on} adalah rumus yang hasilnya tidak tersimpan",
                        en: "\"{text}\"{on} is a formula whose result is not kept"
                    )
                }
                false => say!(
                    lang,
                    id: "\"{text}\"{on} adalah galat rumus, bukan isi",
                    en: "\"{text}\"{on} is a formula's error, not a value"
                ),
            }
        }
        FaultKind::Skipped(what) => {
            subject = format!("{what:?}");
            let row = row(*what, lang);
            say!(lang, id: "Dilewati: {row}", en: "Skipped: {row}")
        }
        FaultKind::Reread { how, text, read } => {
            subject = format!("{how:?}");
            let (what, text, read) = (reading(*how, lang), shown(text, 40), shown(read, 40));
            match text == read {
                true => say!(
                    lang,
                    id: "{what} \"{text}\"{on} ditulis sebagai teks",
                    en: "{what} \"{text}\"{on} is written as text"
                ),
                false => say!(
                    lang,
                    id: "{what} \"{text}\"{on} dibaca sebagai \"{read}\"",
                    en: "{what} \"{text}\"{on} was read as \"{read}\""
                ),
            }
        }
        FaultKind::Form { id, en } => {
            subject = shown(en, 60);
            let said = match lang {
                Lang::Id => id,
                Lang::En => en,
            };
            shown(said, 1500)
        }
        FaultKind::NoEntries => say!(
            lang,
            id: "Kiriman ini tidak memuat satu pun koperasi",
            en: "This submission holds no cooperative"
        ),
        FaultKind::AmbiguousNumber {
            text,
            thousands,
            decimal,
        } => {
            let (text, thousands) = (shown(text, 40), shown(thousands, 40));
            let decimal = shown(decimal, 40);
            say!(
                lang,
                id: "\"{text}\"{on} dapat berarti {thousands} atau {decimal}; dibaca {thousands}",
                en: "\"{text}\"{on} can be {thousands} or {decimal}; read as {thousands}"
            )
        }
        FaultKind::Headless { text } => {
            "headless".clone_into(&mut subject);
            let text = shown(text, 40);
            say!(
                lang,
                id: "\"{text}\" ada di kolom tanpa judul dan tidak dibaca",
                en: "\"{text}\" stands in a column without a heading and is not read"
            )
        }
        FaultKind::Hidden(_)
        | FaultKind::Orphan { .. }
        | FaultKind::DoubleKey { .. }
        | FaultKind::OtherRegister { .. }
        | FaultKind::UnreadHead => {
            let said = workbook::say_of(&fault.kind, &fault.field, lang);
            let (message, what) = said.unwrap_or_default();
            subject = what;
            message
        }
    };
    Said {
        message,
        help,
        subject,
    }
}

fn row(what: RowSkipped, lang: Lang) -> String {
    match what {
        RowSkipped::Blank => say!(lang, id: "baris kosong", en: "a blank row"),
        RowSkipped::Total => say!(lang, id: "baris jumlah", en: "a row of totals"),
        RowSkipped::Signature => say!(lang, id: "baris tanda tangan", en: "a row of signatures"),
        RowSkipped::NumberRow => say!(lang, id: "baris nomor kolom", en: "a row of column numbers"),
        RowSkipped::Section => say!(lang, id: "baris judul bagian", en: "the title of a part"),
        RowSkipped::RepeatedHeader => {
            say!(lang, id: "baris judul yang berulang", en: "headings that are repeated")
        }
    }
}

fn reading(how: Reading, lang: Lang) -> String {
    match how {
        Reading::Date => say!(lang, id: "Tanggal", en: "The date"),
        Reading::Number => say!(lang, id: "Angka", en: "The number"),
        Reading::Code => say!(lang, id: "Pilihan", en: "The code"),
        Reading::Identifier => say!(lang, id: "Nomor", en: "The identifier"),
        Reading::LineBreak => {
            say!(lang, id: "Isi dengan ganti baris", en: "The text with a line break")
        }
        Reading::Status => say!(lang, id: "Tanda", en: "The mark"),
        Reading::Merged => say!(lang, id: "Sel gabungan", en: "The merged cell"),
    }
}

fn syntax(what: Syntax, lang: Lang) -> String {
    match what {
        Syntax::Empty => say!(lang, id: "Tidak ada isi di sini", en: "There is nothing here"),
        Syntax::End => say!(
            lang,
            id: "Teks berakhir di sini, padahal masih ada yang belum ditutup",
            en: "The text ends here, but something is not closed yet"
        ),
        Syntax::Trailing => say!(
            lang,
            id: "Masih ada tulisan sesudah akhir data",
            en: "Something stands behind the end of the data"
        ),
        Syntax::TooDeep => say!(lang, id: "Isi terlalu bertingkat", en: "Nested too deeply"),
        Syntax::Control => say!(
            lang,
            id: "Ada karakter kendali (misalnya tab) di dalam teks",
            en: "A control character (a tab, say) stands inside a string"
        ),
        Syntax::OpenString => say!(
            lang,
            id: "Tanda kutip (\") tidak ditutup pada baris yang sama",
            en: "A string is not closed on its line"
        ),
        Syntax::Escape => say!(
            lang,
            id: "Garis miring terbalik (\\) diikuti huruf yang tidak dikenal JSON",
            en: "A backslash is followed by something that JSON does not know"
        ),
        Syntax::Surrogate => say!(
            lang,
            id: "Karakter \\u ditulis setengah: pasangannya tidak ada",
            en: "Half of a \\u surrogate pair: the other half is missing"
        ),
        Syntax::Number => say!(
            lang,
            id: "Angka ditulis dengan cara yang tidak dikenal JSON (misalnya 01, 1., atau +1)",
            en: "A number is written as JSON does not allow (as 01, 1. or +1)"
        ),
        Syntax::Overflow => say!(lang, id: "Angka terlalu besar", en: "The number is too large"),
        Syntax::NotFinite => say!(
            lang,
            id: "NaN dan Infinity bukan angka dalam JSON",
            en: "NaN and Infinity are no numbers in JSON"
        ),
        Syntax::TrailingComma => say!(
            lang,
            id: "Ada koma sebelum kurung penutup",
            en: "A comma stands before a closing bracket"
        ),
        Syntax::SingleQuote => say!(
            lang,
            id: "Teks ditulis dengan kutip tunggal ('), seharusnya kutip ganda (\")",
            en: "Text stands in single quotes ('); JSON wants double quotes (\")"
        ),
        Syntax::BareName => say!(
            lang,
            id: "Nama isian tidak ditulis dalam tanda kutip (\")",
            en: "A member's name is not in quotes (\")"
        ),
        Syntax::MissingColon => say!(
            lang,
            id: "Tidak ada titik dua (:) sesudah nama isian",
            en: "No colon (:) behind a member's name"
        ),
        Syntax::MissingComma => say!(
            lang,
            id: "Tidak ada koma (,) di antara dua isian",
            en: "No comma (,) between two values"
        ),
        Syntax::Mismatch => say!(
            lang,
            id: "Kurung penutup ini bukan pasangan kurung pembukanya",
            en: "This closing bracket does not match the opening one"
        ),
        Syntax::Comment => say!(
            lang,
            id: "JSON tidak mengenal komentar",
            en: "JSON has no comments"
        ),
        Syntax::Word => say!(
            lang,
            id: "Kata ini bukan true, false, atau null, dan tidak ditulis dalam tanda kutip",
            en: "This word is none of true, false, null, and is not in quotes"
        ),
        Syntax::Unexpected => say!(
            lang,
            id: "Karakter ini tidak boleh ada di sini",
            en: "This character cannot stand here"
        ),
        Syntax::ByteOrderMark => say!(
            lang,
            id: "Ada tanda urutan byte (BOM) di tengah teks",
            en: "A byte order mark stands inside the text"
        ),
    }
}

fn syntax_help(what: Syntax, lang: Lang) -> Option<String> {
    Some(match what {
        Syntax::End => say!(
            lang,
            id: "Tutup kurung atau tanda kutip yang dibuka di tempat yang ditunjuk; mungkin berkas terpotong saat dikirim",
            en: "Close the bracket or quote that was opened at the place shown; the file may have been cut short"
        ),
        Syntax::TrailingComma => say!(lang, id: "Hapus koma terakhir", en: "Remove the last comma"),
        Syntax::Number => say!(
            lang,
            id: "Tulis angka biasa seperti 1250; nomor seperti kode wilayah ditulis dalam tanda kutip",
            en: "Write a plain number like 1250; put codes and identifiers in quotes"
        ),
        Syntax::NotFinite => {
            say!(lang, id: "Tulis null bila tidak ada isinya", en: "Write null for no value")
        }
        Syntax::Word => say!(
            lang,
            id: "Tulis teks dalam tanda kutip ganda; ya/tidak ditulis true atau false",
            en: "Put text in double quotes; write true or false for yes or no"
        ),
        Syntax::Comment => say!(lang, id: "Hapus komentarnya", en: "Remove the comment"),
        Syntax::ByteOrderMark => say!(
            lang,
            id: "Hapus karakter itu; biasanya sisa penggabungan dua berkas",
            en: "Remove the character; it is often left from joining two files"
        ),
        _ => return None,
    })
}
