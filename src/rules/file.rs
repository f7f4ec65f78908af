//! F: the file itself, as the reader met it.

use crate::finding::{Draft, Where};
use crate::lang::Lang;
use crate::read::Fault;
use crate::rule::{Level, Rule, Run};
use crate::text;

mod words;

const READ: &str = "Bentuk kiriman menurut standar koplint 1.0, bagian kiriman";
const JSON: &str = "RFC 8259 (JSON), dipakai oleh standar koplint 1.0";
const TABLE: &str = "Bentuk tabel menurut standar koplint 1.0: satu baris untuk satu koperasi";
const GUESS: &str = "Standar koplint 1.0: tidak ada isi yang ditebak diam-diam";

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "F001",
        slug: "unreadable-text",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Teks tidak terbaca", en: "Unreadable text" },
        why: text! {
            id: "Karakter yang rusak dapat mengubah nama, nomor, atau tanggal tanpa terlihat.",
            en: "Damaged characters can change a name, a number or a date unseen.",
        },
        fix: text! {
            id: "Simpan ulang berkas dari aslinya dengan encoding UTF-8, lalu perbaiki karakter yang rusak.",
            en: "Save the file again from its original as UTF-8, and mend the damaged characters.",
        },
        clause: "RFC 8259 bagian 8.1: teks ditulis dengan UTF-8",
        run: Run::Reading,
    },
    Rule {
        code: "F002",
        slug: "syntax-error",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Salah tulis JSON", en: "Syntax error" },
        why: text! {
            id: "Bagian yang tidak sesuai tata tulis JSON tidak dapat dibaca, sehingga tidak dapat dihitung.",
            en: "What is not written as JSON cannot be read, and so cannot be counted.",
        },
        fix: text! {
            id: "Perbaiki tulisan di tempat yang ditunjuk, atau ekspor ulang dari aplikasinya.",
            en: "Mend the text at the place shown, or export the file again.",
        },
        clause: JSON,
        run: Run::Reading,
    },
    Rule {
        code: "F003",
        slug: "duplicate-member",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Isian ganda dalam satu objek", en: "Duplicate member" },
        why: text! {
            id: "Bila satu nama ditulis dua kali, tidak diketahui isi mana yang benar; keduanya tidak membuktikan apa pun.",
            en: "Where a name stands twice it is not known which value is meant, so neither proves anything.",
        },
        fix: text! {
            id: "Hapus salah satunya sehingga setiap nama hanya ditulis satu kali.",
            en: "Remove one of them, so that each name stands once.",
        },
        clause: "RFC 8259 bagian 4: nama anggota objek harus unik",
        run: Run::Reading,
    },
    Rule {
        code: "F004",
        slug: "trailing-data",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Sisa tulisan sesudah akhir data", en: "Trailing data" },
        why: text! {
            id: "Tulisan sesudah akhir data tidak dibaca; mungkin ada koperasi yang tertinggal di sana.",
            en: "What stands behind the end is not read; entries may be lost there.",
        },
        fix: text! {
            id: "Pindahkan isinya ke dalam daftar atau ke baris sendiri, atau hapus.",
            en: "Move it into the list or onto a line of its own, or remove it.",
        },
        clause: JSON,
        run: Run::Reading,
    },
    Rule {
        code: "F005",
        slug: "over-limit",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Melewati batas ukuran", en: "Over a limit" },
        why: text! {
            id: "Entri yang terlalu besar atau terlalu bertingkat tidak dibaca, sehingga tidak dapat dihitung.",
            en: "An entry that is too large or too deeply nested is not read, and so cannot be counted.",
        },
        fix: text! {
            id: "Periksa apakah tanda kurung atau tanda kutip ada yang belum ditutup; satu koperasi cukup satu entri yang ringkas.",
            en: "Check for brackets or quotes that are not closed; one cooperative is one short entry.",
        },
        clause: "Batas baca koplint: 16 MiB untuk satu entri, 128 tingkat",
        run: Run::Reading,
    },
    Rule {
        code: "F006",
        slug: "no-header-row",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Baris judul tidak ditemukan", en: "No header row" },
        why: text! {
            id: "Tanpa baris judul kolom tidak diketahui kolom mana berisi apa, sehingga tabel tidak dapat dibaca.",
            en: "Without a row of headings it is not known what a column holds, so the table cannot be read.",
        },
        fix: text! {
            id: "Tulis satu baris judul kolom, paling sedikit `nama_koperasi` dan `nomor_badan_hukum`.",
            en: "Write one row of headings, at least `nama_koperasi` and `nomor_badan_hukum`.",
        },
        clause: TABLE,
        run: Run::Reading,
    },
    Rule {
        code: "F007",
        slug: "unknown-column",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Kolom tidak dikenal", en: "Unknown column" },
        why: text! {
            id: "Isi kolom yang tidak dikenal tidak ikut dibaca; bukti di dalamnya hilang.",
            en: "An unknown column is not read; the evidence in it is lost.",
        },
        fix: text! {
            id: "Pakai nama kolom standar, atau hapus kolom bila memang tidak diperlukan.",
            en: "Use the standard's name, or remove the column if it is not needed.",
        },
        clause: TABLE,
        run: Run::Reading,
    },
    Rule {
        code: "F008",
        slug: "duplicate-column",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Kolom ganda", en: "Duplicate column" },
        why: text! {
            id: "Bila dua kolom bernama sama, tidak diketahui kolom mana yang benar.",
            en: "Where two columns bear one name it is not known which is meant.",
        },
        fix: text! {
            id: "Hapus atau ganti nama salah satu kolom.",
            en: "Remove or rename one of the columns.",
        },
        clause: TABLE,
        run: Run::Reading,
    },
    Rule {
        code: "F009",
        slug: "ragged-row",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Jumlah sel tidak sama dengan judul", en: "Ragged row" },
        why: text! {
            id: "Bila sel kurang atau lebih, isi bergeser ke kolom lain dan tidak dapat dipercaya.",
            en: "With cells missing or left over, values slip into other columns and cannot be trusted.",
        },
        fix: text! {
            id: "Periksa tanda pemisah dan tanda kutip pada baris itu, lalu samakan jumlah selnya dengan judul.",
            en: "Check separators and quotes in the row, and give it as many cells as there are headings.",
        },
        clause: "RFC 4180: setiap baris memuat jumlah sel yang sama",
        run: Run::Reading,
    },
    Rule {
        code: "F010",
        slug: "ambiguous-date",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Tanggal bermakna dua", en: "Ambiguous date" },
        why: text! {
            id: "Misalnya 03/04/2024 dapat berarti 3 April atau 4 Maret; tanggal yang salah mengubah penilaian RAT.",
            en: "For example 03/04/2024 can be 3 April or 4 March; the wrong one changes how RATs are judged.",
        },
        fix: text! {
            id: "Tulis tanggal sebagai tahun-bulan-tanggal, misalnya 2024-04-03.",
            en: "Write dates as year-month-day, as 2024-04-03.",
        },
        clause: GUESS,
        run: Run::Reading,
    },
    Rule {
        code: "F011",
        slug: "sentinel-date",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Tanggal pengganti kosong", en: "Placeholder date" },
        why: text! {
            id: "Tanggal seperti 00/01/1900 ditulis lembar kerja untuk sel kosong; itu bukan tanggal kejadian.",
            en: "A spreadsheet writes dates like 00/01/1900 for an empty cell; nothing happened then.",
        },
        fix: text! {
            id: "Isi tanggal yang benar, atau kosongkan selnya.",
            en: "Give the true date, or leave the cell blank.",
        },
        clause: GUESS,
        run: Run::Reading,
    },
    Rule {
        code: "F012",
        slug: "damaged-identifier",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Nomor rusak oleh lembar kerja", en: "Identifier damaged by a spreadsheet" },
        why: text! {
            id: "Nomor seperti 3,37411E+12 sudah kehilangan angka aslinya dan tidak dapat dipulihkan.",
            en: "A number like 3.37411E+12 has lost its digits for good.",
        },
        fix: text! {
            id: "Ubah format kolom menjadi Teks, lalu ketik ulang nomor lengkapnya dari dokumen asli.",
            en: "Format the column as text, and type the full number again from the original.",
        },
        clause: GUESS,
        run: Run::Reading,
    },
    Rule {
        code: "F013",
        slug: "formula-error",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Rumus yang gagal", en: "Formula error" },
        why: text! {
            id: "Sel berisi pesan galat rumus, bukan isinya.",
            en: "The cell holds a formula's error, not a value.",
        },
        fix: text! {
            id: "Perbaiki rumusnya di lembar kerja, lalu simpan hasilnya sebagai nilai.",
            en: "Mend the formula in the spreadsheet, and save its result as a value.",
        },
        clause: GUESS,
        run: Run::Reading,
    },
    Rule {
        code: "F015",
        slug: "skipped-rows",
        level: Level::Note,
        since: "0.1.0",
        title: text! { id: "Baris yang dilewati", en: "Skipped rows" },
        why: text! {
            id: "Baris jumlah, tanda tangan, dan nomor kolom bukan koperasi; yang dilewati disebut supaya dapat diperiksa.",
            en: "Totals, signatures and column numbers are no cooperatives; what is skipped is said, so that it can be checked.",
        },
        fix: text! {
            id: "Periksa apakah baris itu memang bukan koperasi; tidak perlu diubah bila benar.",
            en: "Check that the row is indeed no cooperative; nothing to do if so.",
        },
        clause: GUESS,
        run: Run::Reading,
    },
    Rule {
        code: "F016",
        slug: "reinterpreted-values",
        level: Level::Note,
        since: "0.1.0",
        title: text! { id: "Isi yang dibaca ulang", en: "Reinterpreted values" },
        why: text! {
            id: "Isi yang tidak ditulis dalam bentuk standar dibaca menurut maksudnya, dan itu disebut supaya dapat diperiksa.",
            en: "What is not written in the standard's form is read as it was meant, and that is said, so that it can be checked.",
        },
        fix: text! {
            id: "Periksa hasil bacanya; bila salah, tulis isinya dalam bentuk standar.",
            en: "Check how it was read; if wrong, write it in the standard's form.",
        },
        clause: GUESS,
        run: Run::Reading,
    },
    Rule {
        code: "F017",
        slug: "table-form",
        level: Level::Note,
        since: "0.1.0",
        title: text! { id: "Cara tabel dibaca", en: "How the table was read" },
        why: text! {
            id: "Pemisah, encoding, dan letak judul tabel dikenali sendiri; hasilnya disebut supaya dapat diperiksa.",
            en: "Separator, encoding and headings are recognised; what was recognised is said, so that it can be checked.",
        },
        fix: text! {
            id: "Tidak perlu diubah bila keterangannya benar.",
            en: "Nothing to do if it is right.",
        },
        clause: GUESS,
        run: Run::Reading,
    },
    Rule {
        code: "F018",
        slug: "no-entries",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Tidak ada koperasi", en: "No entries" },
        why: text! {
            id: "Kiriman tanpa satu pun entri tidak membuktikan jumlah apa pun, juga tidak jumlah nol.",
            en: "A submission without any entry proves no number, not even zero.",
        },
        fix: text! {
            id: "Isi daftar koperasi, atau periksa apakah berkas yang dikirim sudah benar.",
            en: "Fill in the list of cooperatives, or check that it is the right file.",
        },
        clause: READ,
        run: Run::Reading,
    },
    Rule {
        code: "F019",
        slug: "ambiguous-number",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Angka bermakna dua", en: "Ambiguous number" },
        why: text! {
            id: "Misalnya 1.250 dapat berarti seribu dua ratus lima puluh atau satu seperempat.",
            en: "For example 1.250 can be one thousand two hundred and fifty or one and a quarter.",
        },
        fix: text! {
            id: "Tulis angka tanpa titik pemisah ribuan, misalnya 1250.",
            en: "Write numbers without separators of thousands, as 1250.",
        },
        clause: GUESS,
        run: Run::Reading,
    },
];

/// What the reader met, as a finding.
#[must_use]
pub fn draft(fault: &Fault, lang: Lang) -> Draft {
    let code = words::code(&fault.kind);
    let rule = super::find(code).unwrap_or(&RULES[0]);
    let said = words::say_of(fault, lang);
    let mut draft = Draft {
        rule,
        level: rule.level,
        at: Where::Piece(fault.span, fault.field.clone()),
        message: said.message,
        help: said.help,
        expected: None,
        subject: said.subject,
        related: Vec::new(),
        because: None,
        times: 1,
    };
    if let Some(span) = fault.related {
        let label = words::label(&fault.kind, lang);
        draft.related(Where::Piece(span, fault.field.clone()), label);
    }
    draft
}
