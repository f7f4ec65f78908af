//! S: the JSON Schema, error by error.

use crate::lang::Lang;
use crate::rule::{Level, Rule, Run};
use crate::{say, text};

mod draft;

pub use draft::all;

const SCHEMA: &str = "Skema kiriman koplint 1.0 (submission.schema.json)";

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "S001",
        slug: "missing-member",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Isian wajib tidak ada", en: "Missing member" },
        why: text! {
            id: "Tanpa isian wajib, syarat yang bertumpu padanya tidak dapat dibuktikan.",
            en: "Without a required member, what rests on it cannot be proven.",
        },
        fix: text! {
            id: "Lengkapi isian itu. Daftar yang memang tidak ada isinya ditulis `-` di tabel, `[]` di JSON.",
            en: "Give the member. Write a list without items as `-` in a table, `[]` in JSON.",
        },
        clause: SCHEMA,
        run: Run::Schema,
    },
    Rule {
        code: "S002",
        slug: "wrong-type",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Bentuk isi salah", en: "Wrong type" },
        why: text! {
            id: "Teks, angka, ya/tidak, dan daftar tidak dapat saling menggantikan; isi yang salah bentuk tidak membuktikan apa pun.",
            en: "Text, numbers, yes/no and lists are not the same; a value of the wrong type proves nothing.",
        },
        fix: text! {
            id: "Tulis isi dalam bentuk yang diminta: angka sebagai angka, ya/tidak sebagai Ya atau Tidak (JSON: true/false, teks dalam tanda kutip).",
            en: "Write the type asked for: numbers as numbers, yes/no as Ya or Tidak (JSON: true/false, texts in quotes).",
        },
        clause: SCHEMA,
        run: Run::Schema,
    },
    Rule {
        code: "S003",
        slug: "not-allowed",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Bukan salah satu pilihan", en: "Not an allowed value" },
        why: text! {
            id: "Hanya pilihan yang ditetapkan yang dapat dinilai; pilihan lain tidak membuktikan apa pun.",
            en: "Only the codes of the standard can be judged; another value proves nothing.",
        },
        fix: text! {
            id: "Pakai salah satu pilihan, ditulis persis seperti dalam standar.",
            en: "Use one of the codes, written as in the standard.",
        },
        clause: SCHEMA,
        run: Run::Schema,
    },
    Rule {
        code: "S004",
        slug: "wrong-pattern",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Pola tulisan salah", en: "Wrong pattern" },
        why: text! {
            id: "Nomor dan nama dengan pola yang salah tidak dapat dicocokkan dengan data lain.",
            en: "Numbers and names of the wrong pattern cannot be matched with other data.",
        },
        fix: text! {
            id: "Tulis sesuai pola yang disebut, seperti pada dokumen aslinya.",
            en: "Write it in the pattern named, as the original document has it.",
        },
        clause: SCHEMA,
        run: Run::Schema,
    },
    Rule {
        code: "S005",
        slug: "out-of-range",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Di luar batas", en: "Out of range" },
        why: text! {
            id: "Panjang, nilai, atau banyaknya isi di luar batas yang masuk akal.",
            en: "A length, a value or a number of items is beyond what makes sense.",
        },
        fix: text! {
            id: "Periksa dan perbaiki isinya menurut batas yang disebut.",
            en: "Check the value and mend it within the limit named.",
        },
        clause: SCHEMA,
        run: Run::Schema,
    },
    Rule {
        code: "S006",
        slug: "unknown-member",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Isian tidak dikenal", en: "Unknown member" },
        why: text! {
            id: "Isian dengan nama yang tidak dikenal tidak dibaca; sering kali itu isian wajib yang salah ketik.",
            en: "A member of an unknown name is not read; often it is a required one, mistyped.",
        },
        fix: text! {
            id: "Perbaiki nama isian, atau hapus bila memang tidak diperlukan.",
            en: "Mend the name, or remove the member if it is not needed.",
        },
        clause: SCHEMA,
        run: Run::Schema,
    },
    Rule {
        code: "S007",
        slug: "not-a-date",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Bukan tanggal", en: "Not a date" },
        why: text! {
            id: "Tanggal yang tidak dapat dibaca tidak membuktikan RAT atau badan hukum.",
            en: "A date that cannot be read proves no RAT and no founding.",
        },
        fix: text! {
            id: "Tulis tanggal sebagai tahun-bulan-tanggal, misalnya 2024-03-12.",
            en: "Write the date as year-month-day, as 2024-03-12.",
        },
        clause: SCHEMA,
        run: Run::Schema,
    },
    Rule {
        code: "S009",
        slug: "schema-violation",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Tidak sesuai skema", en: "Other schema violation" },
        why: text! {
            id: "Isi yang tidak sesuai skema tidak dapat dinilai dengan pasti.",
            en: "What does not fit the schema cannot be judged with certainty.",
        },
        fix: text! {
            id: "Perbaiki isi menurut keterangan temuan; misalnya hapus isi daftar yang berulang.",
            en: "Mend the value as the finding says; remove repeated items, for one.",
        },
        clause: SCHEMA,
        run: Run::Schema,
    },
];

/// What to do about a missing member where the submission is a table.
#[must_use]
pub fn cell(field: &str, blank: bool, lang: Lang) -> String {
    let list = [
        "rat",
        "kegiatan_usaha",
        "bantuan_pemerintah",
        "layanan_anggota",
    ];
    let column = match field {
        "rat" | "rat[].tahun_buku" => "rat_2024",
        "kegiatan_usaha" => "kegiatan_2024",
        "kegiatan_usaha[].melayani_anggota" => "kegiatan_melayani_anggota",
        "bantuan_pemerintah" => "bantuan_tahun",
        "jumlah_anggota" => "jumlah_anggota_total",
        other => other,
    };
    let column = column
        .replace("bantuan_pemerintah[].", "bantuan_")
        .replace('.', "_");
    if field == "rat[].tanggal" {
        return say!(
            lang,
            id: "Tulis tanggal RAT di sel ini; tanda centang belum membuktikannya.",
            en: "Write the date of the RAT in this cell; a tick does not prove it.",
        );
    }
    match (blank, list.contains(&field)) {
        (true, true) => say!(
            lang,
            id: "Isi sel ini; tulis `-` bila memang tidak ada.",
            en: "Fill this cell in; write `-` if there is none.",
        ),
        (true, false) => say!(lang, id: "Isi sel ini.", en: "Fill this cell in."),
        (false, true) => say!(
            lang,
            id: "Tambahkan kolomnya (misalnya `{column}`), lalu isi; tulis `-` bila memang tidak ada.",
            en: "Add its column (as `{column}`) and fill it in; write `-` if there is none.",
        ),
        (false, false) => say!(
            lang,
            id: "Tambahkan kolom `{column}`, lalu isi.",
            en: "Add the column `{column}` and fill it in.",
        ),
    }
}
