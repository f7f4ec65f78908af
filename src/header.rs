//! The header of a submission, read once.

use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::date::{self, YearEnd};
use crate::definition::Definition;
use crate::entry::{self, Field, Text};
use crate::lang::Lang;
use crate::region::{self, Region};
use crate::tape::{Doc, Kind, Node};
use crate::words;

/// The header; names are the standard's.
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub struct Header {
    pub versi_standar: Text,
    pub indikator: Text,
    pub kode_wilayah: Text,
    pub nama_wilayah: Text,
    pub tahun_data: Field<i32>,
    pub tanggal_acuan: Field<Date>,
    pub tanggal_pengiriman: Field<Date>,
    pub wali_data: Text,
    pub satuan: Text,
    pub jumlah_dilaporkan: Field<u64>,
    /// The text of a sound `kode_wilayah`.
    pub code: Option<String>,
    /// The region of `kode_wilayah`, if it is one of the 35.
    pub region: Option<&'static Region>,
    /// None without a valid `tanggal_acuan`.
    pub calendar: Option<Calendar>,
}

impl Header {
    /// Reads the header that a tape holds.
    #[must_use]
    pub fn read(doc: Doc<'_>, definition: &Definition) -> Self {
        let mut header = Self::default();
        let mut year_end = definition.year_end;
        for member in doc.root().into_iter().flat_map(Node::members) {
            let node = member.value();
            let at = node.at();
            let sound = !member.repeated();
            let text = || match node.kind() {
                Kind::String if sound => Field::Value((), at),
                Kind::Null if sound => Field::Null(at),
                _ => Field::Invalid(at),
            };
            let day = || match text() {
                Field::Value((), at) => node
                    .as_str()
                    .and_then(date::parse)
                    .map_or(Field::Invalid(at), |day| Field::Value(day, at)),
                Field::Null(at) => Field::Null(at),
                _ => Field::Invalid(at),
            };
            match member.name() {
                "versi_standar" => header.versi_standar = text(),
                "indikator" => header.indikator = text(),
                "kode_wilayah" => {
                    header.kode_wilayah = text();
                    let code = sound.then(|| node.as_str()).flatten();
                    header.region = code.and_then(region::find);
                    header.code = code.map(str::to_owned);
                }
                "nama_wilayah" => header.nama_wilayah = text(),
                "tahun_data" => header.tahun_data = number(node, sound),
                "tanggal_acuan" => header.tanggal_acuan = day(),
                "tanggal_pengiriman" => header.tanggal_pengiriman = day(),
                "wali_data" => header.wali_data = text(),
                "satuan" => header.satuan = text(),
                "jumlah_dilaporkan" => header.jumlah_dilaporkan = number(node, sound),
                // A header error changes no count: with a bad value the definition's stands, and
                // the schema's finding says so.
                "tahun_buku_akhir" if sound => {
                    let given = node.as_str().and_then(YearEnd::parse);
                    year_end = given.unwrap_or(year_end);
                }
                _ => {}
            }
        }
        header.calendar = header
            .tanggal_acuan
            .value()
            .and_then(|cutoff| Calendar::new(cutoff, year_end, definition));
        header
    }
}

fn number<T: TryFrom<i64>>(node: Node<'_>, sound: bool) -> Field<T> {
    let at = node.at();
    match entry::whole(node).and_then(|n| T::try_from(n).ok()) {
        Some(value) if sound => Field::Value(value, at),
        _ if node.kind() == Kind::Null && sound => Field::Null(at),
        _ => Field::Invalid(at),
    }
}

/// What a header rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct HeaderCx<'a> {
    /// The language of messages.
    pub lang: Lang,
    /// The header's tree.
    pub doc: Doc<'a>,
    /// The header.
    pub header: &'a Header,
    /// The indicator's parameters.
    pub definition: &'a Definition,
    /// The run's date.
    pub today: Date,
}

impl<'a> HeaderCx<'a> {
    /// The text of a sound field.
    #[must_use]
    pub fn text(&self, field: Text) -> Option<&'a str> {
        let at = field.value().and(field.at())?;
        self.doc.node(at).as_str()
    }

    /// A value as a message shows it.
    #[must_use]
    pub fn shown(&self, field: Text) -> String {
        field.at().map_or_else(String::new, |at| {
            words::shown(self.doc.node(at).shown(), 60)
        })
    }
}
