//! What is said of values that do not fit: patterns, formats, dates, bounds.

use super::Out;
use crate::finding::Where;
use crate::tape::Node;
use crate::{say, words};

impl Out<'_> {
    pub(super) fn pattern(&mut self, node: Node<'_>) {
        let (lang, path) = (self.lang, self.path(&Where::Node(node.at())));
        let (name, value) = (self.called(node), self.value(node));
        let message = match path.as_str() {
            "nama_koperasi" => say!(
                lang,
                id: "{name} diawali atau diakhiri spasi, atau memuat ganti baris atau karakter kendali",
                en: "{name} begins or ends with a space, or holds a line break or control character"
            ),
            "kode_kbli" => say!(
                lang,
                id: "{name} berisi {value}, seharusnya tepat 5 angka",
                en: "{name} is {value}, not exactly 5 digits"
            ),
            "kepala.tahun_buku_akhir" => say!(
                lang,
                id: "{name} berisi {value}, seharusnya bulan-tanggal seperti 12-31",
                en: "{name} is {value}, not month-day as 12-31"
            ),
            _ => say!(
                lang,
                id: "{name} berisi {value}, yang tidak sesuai polanya",
                en: "{name} is {value}, which does not fit its pattern"
            ),
        };
        self.put("S004", Where::Node(node.at()), message)
            .subject("pattern");
    }

    pub(super) fn format(&mut self, node: Node<'_>, format: &str) {
        let (lang, name, value) = (self.lang, self.called(node), self.value(node));
        let (message, help) = if format == "nomor-badan-hukum" {
            let message = say!(
                lang,
                id: "{name} {value} diawali AHU tetapi bentuknya salah",
                en: "{name} {value} begins with AHU but has another shape"
            );
            let shape = "AHU-0000021.AH.01.26.TAHUN 2019";
            let help = say!(lang, id: "Tulis seperti {shape}", en: "Write it like {shape}");
            (message, Some(help))
        } else {
            let format = words::shown(format, 40);
            let message = say!(
                lang,
                id: "{name} berisi {value}, yang tidak sesuai bentuk {format}",
                en: "{name} is {value}, which does not have the form {format}"
            );
            (message, None)
        };
        let draft = self.put("S004", Where::Node(node.at()), message);
        draft.subject(format).help = help;
    }

    pub(super) fn not_a_date(&mut self, node: Node<'_>) {
        let (lang, name, value) = (self.lang, self.called(node), self.value(node));
        let text = node.as_str().unwrap_or_default();
        let mut shape = text.len() == 10;
        for (at, byte) in text.bytes().enumerate() {
            shape &= if matches!(at, 4 | 7) {
                byte == b'-'
            } else {
                byte.is_ascii_digit()
            };
        }
        let message = if shape {
            say!(
                lang,
                id: "{name} berisi {value}; tanggal itu tidak ada dalam kalender",
                en: "{name} is {value}; there is no such day"
            )
        } else {
            say!(
                lang,
                id: "{name} berisi {value}, bukan tanggal berbentuk tahun-bulan-tanggal",
                en: "{name} is {value}, not a date written as year-month-day"
            )
        };
        let help = say!(lang, id: "Tulis seperti 2024-03-12", en: "Write it like 2024-03-12");
        let subject = if shape { "calendar" } else { "date" };
        let draft = self.put("S007", Where::Node(node.at()), message);
        draft.subject(subject).expected("YYYY-MM-DD");
        if !shape {
            draft.help(help);
        }
    }

    pub(super) fn bound(&mut self, node: Node<'_>, limit: &str, subject: &str) {
        let (name, value) = (self.called(node), self.value(node));
        let message =
            say!(self.lang, id: "{name} berisi {value}, {limit}", en: "{name} is {value}; {limit}");
        self.put("S005", Where::Node(node.at()), message)
            .subject(subject)
            .expected(limit);
    }

    pub(super) fn size(&mut self, node: Node<'_>, limit: &str, subject: &str) {
        let name = self.called(node);
        let text = node.as_str();
        let count = text.map_or(node.len(), |text| text.chars().count());
        let message = match text {
            Some("") => say!(
                self.lang,
                id: "{name} kosong, {limit} karakter",
                en: "{name} is empty; {limit} (characters)"
            ),
            Some(_) => say!(
                self.lang,
                id: "{name} berisi {count} karakter, {limit}",
                en: "{name} has {count} characters; {limit}"
            ),
            None => say!(
                self.lang,
                id: "{name} memuat {count} isi, {limit}",
                en: "{name} has {count} items; {limit}"
            ),
        };
        self.put("S005", Where::Node(node.at()), message)
            .subject(subject)
            .expected(limit);
    }
}
