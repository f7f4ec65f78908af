//! The typed view of one entry: every field is read once, as absent, invalid or a value.

use jiff::civil::Date;

use crate::codes::{
    Bentuk, BentukBantuan, Grade, Jenis, Keanggotaan, Kepemilikan, Layanan, StatusBantuan,
    StatusDilaporkan, SumberDana, Tingkat, Tipe,
};
use crate::personal;
use crate::tape::{At, Doc, Kind, Name, Node};

mod idle;
mod reader;

use reader::Reader;
pub(crate) use reader::whole;

/// A field as it was found; [`At`] is its node.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Field<T> {
    /// Not there.
    #[default]
    Absent,
    /// There, and `null`.
    Null(At),
    /// There, and not what the schema asks for, or given twice.
    Invalid(At),
    /// A sound value.
    Value(T, At),
}

impl<T: Copy> Field<T> {
    /// The sound value.
    #[must_use]
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value, _) => Some(value),
            _ => None,
        }
    }

    /// Its node, if it is there.
    #[must_use]
    pub fn at(self) -> Option<At> {
        match self {
            Self::Absent => None,
            Self::Null(at) | Self::Invalid(at) | Self::Value(_, at) => Some(at),
        }
    }

    /// Not there, or `null`.
    #[must_use]
    pub fn is_missing(self) -> bool {
        matches!(self, Self::Absent | Self::Null(_))
    }

    /// Whether it holds this value, or could: it is not sound, so it may have meant anything.
    #[must_use]
    pub fn may_be(self, holds: impl Fn(T) -> bool) -> bool {
        self.value().is_none_or(holds)
    }
}

/// The text of a field is read where it is needed, by its node.
pub type Text = Field<()>;

/// One RAT.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rat {
    /// Its node.
    pub at: At,
    /// The schema refuses it.
    pub refused: bool,
    /// Book year.
    pub tahun_buku: Field<i32>,
    /// Day of the meeting.
    pub tanggal: Field<Date>,
    /// Members present.
    pub jumlah_hadir: Field<u64>,
    /// Whether there was a quorum.
    pub kuorum: Field<bool>,
    /// Number of the minutes.
    pub nomor_berita_acara: Text,
}

/// One business activity.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kegiatan {
    /// Its node.
    pub at: At,
    /// The schema refuses it, or it is `idle`.
    pub refused: bool,
    /// Book year.
    pub tahun_buku: Field<i32>,
    /// Whether it serves members.
    pub melayani_anggota: Field<bool>,
    /// What it is.
    pub uraian: Text,
    /// The description says that there was none: the item proves nothing.
    pub idle: bool,
}

/// One assistance.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bantuan {
    /// Its node.
    pub at: At,
    /// The schema refuses it.
    pub refused: bool,
    /// Calendar year.
    pub tahun: Field<i32>,
    /// Who gave it.
    pub pemberi: Text,
    /// Level of government.
    pub tingkat: Field<Tingkat>,
    /// Form.
    pub bentuk: Field<BentukBantuan>,
    /// How far it has come.
    pub status: Field<StatusBantuan>,
    /// Source of funds.
    pub sumber_dana: Field<SumberDana>,
    /// Kind of document.
    pub jenis_dokumen: Text,
    /// Number of the document.
    pub nomor_dokumen: Text,
}

/// One service to members.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// Its node.
    pub at: At,
    /// What it is; none where the schema refuses it.
    pub layanan: Option<Layanan>,
}

/// The typed view; names are the standard's. Reused from entry to entry.
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub struct Entry {
    pub nama_koperasi: Text,
    pub nomor_badan_hukum: Text,
    pub tanggal_badan_hukum: Field<Date>,
    pub nik_koperasi: Text,
    pub bentuk_koperasi: Field<Bentuk>,
    pub jenis_koperasi: Field<Jenis>,
    pub wilayah_keanggotaan: Field<Keanggotaan>,
    pub kode_wilayah: Text,
    pub kecamatan: Text,
    pub tipe_produsen: Field<Tipe>,
    pub unit_produksi: Text,
    pub unit_ada: Field<bool>,
    /// Number of stages given.
    pub unit_tahap: Field<usize>,
    pub layanan_anggota: Text,
    pub kegiatan_usaha: Text,
    pub jumlah_anggota: Text,
    pub anggota_total: Field<u64>,
    pub anggota_pria: Field<u64>,
    pub anggota_wanita: Field<u64>,
    pub rat: Text,
    pub bantuan_pemerintah: Text,
    pub dihitung: Field<bool>,
    pub status_dilaporkan: Field<StatusDilaporkan>,
    pub grade_nik: Field<Grade>,
    pub kepemilikan: Field<Kepemilikan>,
    pub aset: Field<f64>,
    pub modal_sendiri: Field<f64>,
    pub modal_luar: Field<f64>,
    pub rats: Vec<Rat>,
    pub activities: Vec<Kegiatan>,
    pub services: Vec<Service>,
    pub aids: Vec<Bantuan>,
    /// Texts in which people may write what is personal, and that may hold it.
    pub free_texts: Vec<At>,
}

/// Nodes that the schema refuses, ascending.
pub type Refused = [At];

impl Entry {
    /// Reads the entry that a tape holds.
    pub fn read(&mut self, doc: Doc<'_>, refused: &Refused) {
        let Self {
            mut rats,
            mut activities,
            mut services,
            mut aids,
            mut free_texts,
            ..
        } = std::mem::take(self);
        rats.clear();
        activities.clear();
        services.clear();
        aids.clear();
        free_texts.clear();
        *self = Self {
            rats,
            activities,
            services,
            aids,
            free_texts,
            ..Self::default()
        };
        let reader = Reader { doc, refused };
        let Some(root) = doc.root() else { return };
        for member in root.members() {
            let node = member.value();
            let twice = member.repeated();
            let text = || reader.text(node, twice);
            match member.known() {
                Some(Name::nama_koperasi) => {
                    self.nama_koperasi = text();
                    self.free_texts.push(node.at());
                }
                Some(Name::nomor_badan_hukum) => self.nomor_badan_hukum = text(),
                Some(Name::tanggal_badan_hukum) => {
                    self.tanggal_badan_hukum = reader.date(node, twice)
                }
                Some(Name::nik_koperasi) => self.nik_koperasi = text(),
                Some(Name::bentuk_koperasi) => {
                    self.bentuk_koperasi = reader.code(node, twice, Bentuk::of)
                }
                Some(Name::jenis_koperasi) => {
                    self.jenis_koperasi = reader.code(node, twice, Jenis::of)
                }
                Some(Name::wilayah_keanggotaan) => {
                    self.wilayah_keanggotaan = reader.code(node, twice, Keanggotaan::of);
                }
                Some(Name::kode_wilayah) => self.kode_wilayah = text(),
                Some(Name::kecamatan) => self.kecamatan = text(),
                Some(
                    Name::desa_kelurahan
                    | Name::alamat
                    | Name::kelompok_koperasi
                    | Name::sektor_usaha
                    | Name::keterangan,
                ) => self.free_texts.push(node.at()),
                Some(Name::tipe_produsen) => {
                    self.tipe_produsen = reader.code(node, twice, Tipe::of)
                }
                Some(Name::unit_produksi) => self.unit(&reader, node, twice),
                Some(Name::layanan_anggota) => {
                    self.layanan_anggota = reader.list(node, twice);
                    self.services.extend(node.elements().map(|item| Service {
                        at: item.at(),
                        layanan: reader.code(item, false, Layanan::of).value(),
                    }));
                }
                Some(Name::kegiatan_usaha) => {
                    self.kegiatan_usaha = reader.list(node, twice);
                    for item in node.elements() {
                        let kegiatan = reader.kegiatan(item);
                        self.free_texts.extend(kegiatan.uraian.at());
                        self.activities.push(kegiatan);
                    }
                }
                Some(Name::jumlah_anggota) => self.anggota(&reader, node, twice),
                Some(Name::rat) => {
                    self.rat = reader.list(node, twice);
                    self.rats.extend(node.elements().map(|i| reader.rat(i)));
                }
                Some(Name::bantuan_pemerintah) => {
                    self.bantuan_pemerintah = reader.list(node, twice);
                    for item in node.elements() {
                        let aid = reader.bantuan(item);
                        self.free_texts.extend(aid.pemberi.at());
                        self.aids.push(aid);
                    }
                }
                Some(Name::dihitung) => self.dihitung = reader.bool(node, twice),
                Some(Name::status_dilaporkan) => {
                    self.status_dilaporkan = reader.code(node, twice, StatusDilaporkan::of);
                }
                Some(Name::grade_nik) => self.grade_nik = reader.code(node, twice, Grade::of),
                Some(Name::kepemilikan) => {
                    self.kepemilikan = reader.code(node, twice, Kepemilikan::of)
                }
                Some(Name::aset) => self.aset = reader.number(node, twice),
                Some(Name::modal_sendiri) => self.modal_sendiri = reader.number(node, twice),
                Some(Name::modal_luar) => self.modal_luar = reader.number(node, twice),
                _ => {}
            }
        }
        let text = |at: &At| doc.node(*at).as_str();
        self.free_texts
            .retain(|at| text(at).is_some_and(personal::may_hold));
    }

    fn unit(&mut self, reader: &Reader<'_, '_>, node: Node<'_>, twice: bool) {
        self.unit_produksi = match node.kind() {
            Kind::Object if !twice && !reader.within(node) => Field::Value((), node.at()),
            Kind::Null if !twice => Field::Null(node.at()),
            _ => Field::Invalid(node.at()),
        };
        for member in node.members() {
            let (part, twice) = (member.value(), member.repeated());
            match member.known() {
                Some(Name::ada) => self.unit_ada = reader.bool(part, twice),
                Some(Name::tahap) => {
                    let list = reader.list(part, twice);
                    self.unit_tahap = match list {
                        Field::Value((), at) => Field::Value(part.len(), at),
                        Field::Null(at) => Field::Null(at),
                        _ => Field::Invalid(part.at()),
                    };
                }
                Some(Name::uraian) => self.free_texts.push(part.at()),
                _ => {}
            }
        }
    }

    fn anggota(&mut self, reader: &Reader<'_, '_>, node: Node<'_>, twice: bool) {
        self.jumlah_anggota = match node.kind() {
            Kind::Object if !twice => Field::Value((), node.at()),
            Kind::Null if !twice => Field::Null(node.at()),
            _ => Field::Invalid(node.at()),
        };
        for member in node.members() {
            let count = reader.count(member.value(), member.repeated() || twice);
            match member.known() {
                Some(Name::total) => self.anggota_total = count,
                Some(Name::pria) => self.anggota_pria = count,
                Some(Name::wanita) => self.anggota_wanita = count,
                _ => {}
            }
        }
    }
}
