//! What one entry shows as evidence, kept on request, so that two runs can be held side by side.

use sha2::{Digest, Sha256};

use crate::check::EntryCx;
use crate::criteria::{AidVoid, Criterion, RatVoid};
use crate::entry::Field;
use crate::mask::{Veil, digest};
use crate::tally::Kecamatan;
use crate::tape::At;
use crate::{nomor, words};

/// Items of one criterion that are kept in words.
const ITEMS: usize = 24;

/// Who an entry is, and its evidence. What a reader sees has gone by the mask; the rest only tells
/// one entry from another and is shown nowhere.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The number as it may be shown; empty if none.
    pub number: String,
    /// The NIK as it may be shown; empty if none.
    pub nik: String,
    /// The kecamatan as it may be shown; empty if none.
    pub kecamatan: String,
    /// By [`Criterion`]: the evidence, an item each.
    pub evidence: [Vec<String>; 6],
    /// The legal entity stands in the total with an entry of another submission.
    pub elsewhere: bool,
    /// The legal entity: the hash of its normalised number, the same in every run.
    pub(crate) entity: Option<[u8; 32]>,
    /// A well-formed NIK.
    pub(crate) nik_digits: Option<u64>,
    /// The number as given.
    pub(crate) spelt: String,
    /// Name and kecamatan, as they are compared.
    pub(crate) name_words: String,
    pub(crate) kecamatan_words: String,
}

/// What an entry shows.
pub(crate) fn of(
    cx: &EntryCx<'_>,
    veil: Veil<'_>,
    nik: Option<u64>,
    kecamatan: &Kecamatan,
) -> Trace {
    let entry = cx.entry;
    let given = |at: Option<At>| at.and_then(|at| cx.doc.node(at).as_str());
    let number = given(entry.nomor_badan_hukum.at()).unwrap_or_default();
    let nik_text = given(entry.nik_koperasi.at()).unwrap_or_default();
    let own = given(entry.kecamatan.at()).unwrap_or_default().trim();
    let listed = match kecamatan {
        Kecamatan::Known(name) => name,
        _ => own,
    };
    let shown = |text: &str| match text.is_empty() {
        true => String::new(),
        false => veil.value(&words::shown(text, 100)).into_owned(),
    };
    let entity = nomor::identifies(number)
        .then(|| Sha256::digest(nomor::normalised(number).as_bytes()).into());
    let says = Says { cx, veil };
    Trace {
        number: shown(number),
        nik: shown(nik_text),
        kecamatan: match kecamatan {
            Kecamatan::Known(name) => (*name).to_owned(),
            _ => shown(own),
        },
        evidence: Criterion::ALL.map(|criterion| few(says.evidence(criterion))),
        elsewhere: false,
        entity,
        nik_digits: nik,
        spelt: number.trim().to_owned(),
        name_words: words::plain(given(entry.nama_koperasi.at()).unwrap_or_default()),
        kecamatan_words: words::plain(listed),
    }
}

/// The first items; the others as one, which is another where they are others.
fn few(mut items: Vec<String>) -> Vec<String> {
    if items.len() > ITEMS {
        let rest = items.split_off(ITEMS);
        items.push(format!("+{} {}", rest.len(), digest(&rest.join("\n"))));
    }
    items
}

/// The evidence in words that are the standard's, so that both languages have the same.
struct Says<'a> {
    cx: &'a EntryCx<'a>,
    veil: Veil<'a>,
}

impl Says<'_> {
    fn evidence(&self, criterion: Criterion) -> Vec<String> {
        let entry = self.cx.entry;
        match criterion {
            Criterion::BadanHukum => self.one(entry.tanggal_badan_hukum, |day| day.to_string()),
            Criterion::Produksi => self.one(entry.jenis_koperasi, |own| own.code().to_owned()),
            Criterion::Rat => self.rats(),
            Criterion::Usaha => self.activities(),
            Criterion::Tujuan => {
                let services = entry.services.iter();
                let said = services.map(|one| match one.layanan {
                    Some(code) => code.code().to_owned(),
                    None => self.raw(one.at),
                });
                said.collect()
            }
            Criterion::Bantuan => self.aids(),
        }
    }

    fn one<T: Copy>(&self, field: Field<T>, say: impl Fn(T) -> String) -> Vec<String> {
        let said = (!field.is_missing()).then(|| self.field(field, say));
        said.into_iter().collect()
    }

    fn field<T: Copy>(&self, field: Field<T>, say: impl Fn(T) -> String) -> String {
        match field {
            Field::Absent | Field::Null(_) => "–".to_owned(),
            Field::Invalid(at) => self.raw(at),
            Field::Value(value, _) => say(value),
        }
    }

    fn raw(&self, at: At) -> String {
        let text = self.cx.doc.node(at).shown();
        self.veil.value(&words::shown(text, 60)).into_owned()
    }

    /// Free text, which says nothing to one who may not see whose it is.
    fn free(&self, at: Option<At>) -> Option<String> {
        let text = self.cx.doc.node(at?).as_str()?.trim();
        (!text.is_empty() && !self.veil.strict()).then(|| words::shown(text, 60))
    }

    fn rats(&self) -> Vec<String> {
        let items = self.cx.entry.rats.iter().zip(&self.cx.judged.rat.void);
        let mut said: Vec<String> = items
            .map(|(rat, void)| {
                let year = self.field(rat.tahun_buku, |year| year.to_string());
                let day = self.field(rat.tanggal, |day| day.to_string());
                let void = void.map(|void| match void {
                    RatVoid::Refused => "S",
                    RatVoid::ImpossibleDate => "R004",
                    RatVoid::BeforeFounding => "R007",
                    RatVoid::NoQuorum => "R008",
                    RatVoid::SameMeeting(_) => "R003",
                });
                with(format!("{year}: {day}"), void)
            })
            .collect();
        said.sort_unstable();
        said
    }

    fn activities(&self) -> Vec<String> {
        let items = self.cx.entry.activities.iter();
        let said = items.map(|item| {
            let year = self.field(item.tahun_buku, |year| year.to_string());
            let serves = self.field(item.melayani_anggota, |yes| yes.to_string());
            let mut text = format!("{year}: melayani_anggota {serves}");
            if let Some(what) = self.free(item.uraian.at()) {
                text += &format!(", {what}");
            }
            with(
                text,
                item.refused.then_some(if item.idle { "U001" } else { "S" }),
            )
        });
        let mut said: Vec<String> = said.collect();
        said.sort_unstable();
        said
    }

    fn aids(&self) -> Vec<String> {
        let facts = &self.cx.judged.aid;
        let items = self.cx.entry.aids.iter().zip(&facts.void).zip(&facts.fell);
        let mut said: Vec<String> = items
            .map(|((aid, void), fell)| {
                let parts = [
                    self.field(aid.bentuk, |own| own.code().to_owned()),
                    self.field(aid.tingkat, |own| own.code().to_owned()),
                    self.field(aid.status, |own| own.code().to_owned()),
                ];
                let year = self.field(aid.tahun, |year| year.to_string());
                let mut text = format!("{year}: {}", parts.join(", "));
                if let Some(giver) = self.free(aid.pemberi.at()) {
                    text += &format!(", {giver}");
                }
                let void = match void {
                    Some(AidVoid::Refused) => Some("S"),
                    Some(AidVoid::ImpossibleYear) => Some("B009"),
                    Some(AidVoid::PrivateGiver) => Some("B002"),
                    None => fell.map(crate::criteria::Stage::code),
                };
                with(text, void)
            })
            .collect();
        said.sort_unstable();
        said
    }
}

/// An item, and the code that says why it proves nothing; `S` is the schema's.
fn with(text: String, code: Option<&str>) -> String {
    match code {
        Some(code) => format!("{text} [{code}]"),
        None => text,
    }
}
