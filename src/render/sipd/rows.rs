//! The rows of the table, and that their sums hold.

use std::collections::BTreeMap;
use std::io;

use crate::codes::Jenis;
use crate::lang::Lang;
use crate::region::{PROVINCE, PROVINCE_CODE};
use crate::render::publish::{self, whole};
use crate::report::{Report, Submission};
use crate::say;
use crate::tally::{Sipd, SipdActive, SipdPlace};

/// Entries without a type.
const NOT_SAID: &str = "tidak_disebut";

/// One row; without a tree it says why there is no number.
pub(super) struct Row {
    pub before: [String; 7],
    pub tree: Option<Sipd>,
    pub behind: [String; 2],
}

impl Row {
    /// The cells of numbers: the type, then each of its parts with what it is made of.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Option<u64>> {
        let tree = self.tree.unwrap_or_default();
        let part = |part: SipdActive| {
            let SipdActive {
                aktif,
                tidak_aktif,
                antara,
                tidak_terbukti,
            } = part;
            [part.sum(), aktif, tidak_aktif, antara, tidak_terbukti]
        };
        let parts = [tree.dibantu, tree.mandiri, tree.tidak_terbukti];
        let cells = [tree.sum()]
            .into_iter()
            .chain(parts.into_iter().flat_map(part));
        let known = self.tree.is_some();
        cells.map(move |cell| known.then_some(cell))
    }
}

/// What the rows of one regency, or of the province, have in common.
struct Of<'a> {
    code: String,
    name: &'a str,
    year: Option<i32>,
    cutoff: Option<jiff::civil::Date>,
}

impl Of<'_> {
    fn row(&self, level: &str, place: &str, jenis: &str, tree: Option<Sipd>, note: String) -> Row {
        let day = self.cutoff.map(|day| day.to_string());
        let jenis = match (jenis, tree) {
            ("", Some(_)) => NOT_SAID,
            _ => jenis,
        };
        Row {
            before: [
                self.code.clone(),
                self.name.to_owned(),
                self.year.map(|year| year.to_string()).unwrap_or_default(),
                day.unwrap_or_default(),
                level.to_owned(),
                place.to_owned(),
                jenis.to_owned(),
            ],
            tree,
            behind: ["Unit".to_owned(), note],
        }
    }
}

/// All rows: the province where there are several, then each regency and its kecamatan.
pub(super) fn rows(report: &Report) -> io::Result<Vec<Row>> {
    let lang = report.lang;
    let published = publish::rows(report);
    let mut out = Vec::new();
    if published.len() + report.failures.len() > 1 {
        province(report, &published, &mut out)?;
    }
    for own in &published {
        let first = own.submissions.first();
        let given = first.and_then(|one| one.header["kode_wilayah"].as_str());
        let of = Of {
            code: own.region.map_or_else(
                || crate::words::shown(given.unwrap_or_default(), 20),
                crate::region::Region::digits,
            ),
            name: own.region.map_or("", |region| region.name),
            year: own.year,
            cutoff: first.and_then(|one| one.cutoff),
        };
        match (own.sound(), own.region) {
            (Some(submission), Some(region)) => {
                regency(&of, submission, &region.kecamatan, lang, &mut out)?;
            }
            _ => out.push(of.row("kabupaten_kota", "", "", None, own.why.join("; "))),
        }
    }
    Ok(out)
}

/// The types in the standard's order; "not said" last, and only where there is one.
fn types(tree: &BTreeMap<&'static str, Sipd>) -> impl Iterator<Item = &'static str> + Clone {
    let all = Jenis::ALL.iter().filter(|jenis| **jenis != Jenis::Produksi);
    let none = tree.contains_key("").then_some("");
    all.map(|jenis| jenis.code()).chain(none)
}

fn regency(
    of: &Of<'_>,
    submission: &Submission,
    official: &[&str],
    lang: Lang,
    out: &mut Vec<Row>,
) -> io::Result<()> {
    let by = &submission.breakdowns;
    let types = types(&by.sipd);
    let books = submission.books;
    let distinct = books.verified + books.not_met + books.unproven;
    let mut sums = SipdPlace::default();
    for place in by.sipd_kecamatan.values() {
        sums.merge(place);
    }
    let same = by.sipd.iter().all(|(jenis, sipd)| sums.get(jenis) == *sipd);
    let counted: u64 = by.sipd.values().map(Sipd::sum).sum();
    if !same || counted != distinct {
        let file = crate::words::shown(&submission.source.file, 80);
        return Err(unequal(&file, lang));
    }
    for jenis in types.clone() {
        let tree = by.sipd.get(jenis).copied().unwrap_or_default();
        out.push(of.row("kabupaten_kota", "", jenis, Some(tree), String::new()));
    }
    let none = SipdPlace::default();
    for name in official {
        let place = by.sipd_kecamatan.get(*name).unwrap_or(&none);
        for jenis in types.clone() {
            let tree = Some(place.get(jenis));
            out.push(of.row("kecamatan", name, jenis, tree, String::new()));
        }
    }
    // As given, only the types that are there.
    for (name, place) in &by.sipd_kecamatan {
        let (level, note) = match name.is_empty() {
            _ if official.contains(&&**name) => continue,
            true => (
                "kecamatan_kosong",
                say!(lang, id: "kecamatan tidak disebut", en: "no kecamatan said"),
            ),
            false => (
                "kecamatan_lain",
                say!(lang,
                    id: "seperti tertulis; tidak ada di daftar resmi",
                    en: "as given; not in the official list",
                ),
            ),
        };
        for jenis in types.clone() {
            let here = place.iter().find(|(own, _)| *own == jenis);
            if let Some((_, tree)) = here {
                out.push(of.row(level, name, jenis, Some(*tree), note.clone()));
            }
        }
    }
    Ok(())
}

/// The province, or the part of it that there is, and what its regencies count twice: their sum is both together.
fn province(report: &Report, published: &[publish::Row<'_>], out: &mut Vec<Row>) -> io::Result<()> {
    let lang = report.lang;
    let mut of = Of {
        code: PROVINCE_CODE.to_owned(),
        name: PROVINCE,
        year: None,
        cutoff: None,
    };
    if let Some(why) = whole(report, published) {
        out.push(of.row("provinsi", "", "", None, why));
        return Ok(());
    }
    // A part of the province is not the province.
    let some = publish::some(published, lang);
    let level = if some.is_some() {
        "gabungan"
    } else {
        "provinsi"
    };
    let some = some.unwrap_or_default();
    let mut sums: BTreeMap<&'static str, Sipd> = BTreeMap::new();
    for own in published.iter().filter_map(publish::Row::sound) {
        (of.year, of.cutoff) = (own.year, own.cutoff);
        for (jenis, sipd) in &own.breakdowns.sipd {
            sums.entry(jenis).or_default().merge(*sipd);
        }
    }
    let total = &report.total.breakdowns.sipd;
    let mut twice = Vec::new();
    for jenis in types(&sums) {
        let tree = total.get(jenis).copied().unwrap_or_default();
        let sum = sums.get(jenis).copied().unwrap_or_default();
        let more = sum.without(tree).ok_or_else(|| unequal(PROVINCE, lang))?;
        out.push(of.row(level, "", jenis, Some(tree), some.clone()));
        let note = say!(lang,
            id: "badan hukum yang tercantum di lebih dari satu kabupaten/kota; di atas dihitung sekali",
            en: "legal entities listed by more than one regency; above they count once",
        );
        twice.push(of.row("ganda_antarwilayah", "", jenis, Some(more), note));
    }
    out.append(&mut twice);
    Ok(())
}

fn unequal(what: &str, lang: Lang) -> io::Error {
    io::Error::other(say!(lang,
        id: "tabel SIPD tidak ditulis: jumlah {what} tidak cocok dengan rinciannya",
        en: "the SIPD table was not written: the sums of {what} do not hold",
    ))
}
