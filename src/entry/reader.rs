//! Nodes of the tape as fields.

use jiff::civil::Date;

use super::idle::says_none;
use super::{Bantuan, Field, Kegiatan, Rat, Refused, Text};
use crate::codes::{BentukBantuan, StatusBantuan, SumberDana, Tingkat};
use crate::date;
use crate::tape::{Doc, Kind, Name, Node};

/// Reads nodes, knowing which the schema refuses.
pub(super) struct Reader<'a, 'r> {
    pub(super) doc: Doc<'a>,
    pub(super) refused: &'r Refused,
}
impl Reader<'_, '_> {
    /// The schema refuses this very node.
    fn is_refused(&self, node: Node<'_>) -> bool {
        !self.refused.is_empty() && self.refused.binary_search(&node.at()).is_ok()
    }

    /// The schema refuses the node or something in it.
    pub(super) fn within(&self, node: Node<'_>) -> bool {
        let from = self.refused.partition_point(|at| *at < node.at());
        self.refused.get(from).is_some_and(|at| *at < node.next())
    }

    fn field<T>(
        &self,
        node: Node<'_>,
        twice: bool,
        read: impl FnOnce(Node<'_>) -> Option<T>,
    ) -> Field<T> {
        let at = node.at();
        if twice || self.is_refused(node) {
            // A null where the schema wants a value proves nothing, like an absent one.
            return if node.kind() == Kind::Null && !twice {
                Field::Null(at)
            } else {
                Field::Invalid(at)
            };
        }
        if node.kind() == Kind::Null {
            return Field::Null(at);
        }
        read(node).map_or(Field::Invalid(at), |value| Field::Value(value, at))
    }

    pub(super) fn text(&self, node: Node<'_>, twice: bool) -> Text {
        self.field(node, twice, |n| n.as_str().map(|_| ()))
    }

    pub(super) fn date(&self, node: Node<'_>, twice: bool) -> Field<Date> {
        self.field(node, twice, |n| n.as_str().and_then(date::parse))
    }

    pub(super) fn code<T>(
        &self,
        node: Node<'_>,
        twice: bool,
        of: impl Fn(&str) -> Option<T>,
    ) -> Field<T> {
        self.field(node, twice, |n| n.as_str().and_then(of))
    }

    pub(super) fn bool(&self, node: Node<'_>, twice: bool) -> Field<bool> {
        self.field(node, twice, |n| match n.kind() {
            Kind::Bool(value) => Some(value),
            _ => None,
        })
    }

    pub(super) fn number(&self, node: Node<'_>, twice: bool) -> Field<f64> {
        self.field(node, twice, |n| n.as_number()?.parse().ok())
    }

    pub(super) fn count(&self, node: Node<'_>, twice: bool) -> Field<u64> {
        self.field(node, twice, |n| whole(n)?.try_into().ok())
    }

    pub(super) fn year(&self, node: Node<'_>, twice: bool) -> Field<i32> {
        // A year beyond the calendar is still a whole number: kept, out of reach of any window.
        self.field(node, twice, |n| {
            let year = whole(n)?.clamp(-100_000, 100_000);
            i32::try_from(year).ok()
        })
    }

    pub(super) fn list(&self, node: Node<'_>, twice: bool) -> Text {
        self.field(node, twice, |n| (n.kind() == Kind::Array).then_some(()))
    }

    /// The schema refuses the item, or a name in it stands twice.
    fn item_refused(&self, node: Node<'_>) -> bool {
        node.kind() != Kind::Object
            || self.within(node)
            || (!self.doc.tape().repeats().is_empty() && node.members().any(|m| m.repeated()))
    }

    pub(super) fn rat(&self, node: Node<'_>) -> Rat {
        let mut rat = Rat {
            at: node.at(),
            refused: self.item_refused(node),
            ..Rat::default()
        };
        for member in node.members() {
            let (part, twice) = (member.value(), member.repeated());
            match member.known() {
                Some(Name::tahun_buku) => rat.tahun_buku = self.year(part, twice),
                Some(Name::tanggal) => rat.tanggal = self.date(part, twice),
                Some(Name::jumlah_hadir) => rat.jumlah_hadir = self.count(part, twice),
                Some(Name::kuorum) => rat.kuorum = self.bool(part, twice),
                Some(Name::nomor_berita_acara) => rat.nomor_berita_acara = self.text(part, twice),
                _ => {}
            }
        }
        rat
    }

    pub(super) fn kegiatan(&self, node: Node<'_>) -> Kegiatan {
        let mut kegiatan = Kegiatan {
            at: node.at(),
            refused: self.item_refused(node),
            ..Kegiatan::default()
        };
        for member in node.members() {
            let (part, twice) = (member.value(), member.repeated());
            match member.known() {
                Some(Name::tahun_buku) => kegiatan.tahun_buku = self.year(part, twice),
                Some(Name::melayani_anggota) => kegiatan.melayani_anggota = self.bool(part, twice),
                Some(Name::uraian) => {
                    kegiatan.uraian = self.text(part, twice);
                    kegiatan.idle = part.as_str().is_some_and(says_none);
                }
                _ => {}
            }
        }
        kegiatan.refused |= kegiatan.idle;
        kegiatan
    }

    pub(super) fn bantuan(&self, node: Node<'_>) -> Bantuan {
        let mut aid = Bantuan {
            at: node.at(),
            refused: self.item_refused(node),
            ..Bantuan::default()
        };
        for member in node.members() {
            let (part, twice) = (member.value(), member.repeated());
            match member.known() {
                Some(Name::tahun) => aid.tahun = self.year(part, twice),
                Some(Name::pemberi) => aid.pemberi = self.text(part, twice),
                Some(Name::tingkat) => aid.tingkat = self.code(part, twice, Tingkat::of),
                Some(Name::bentuk) => aid.bentuk = self.code(part, twice, BentukBantuan::of),
                Some(Name::status) => aid.status = self.code(part, twice, StatusBantuan::of),
                Some(Name::sumber_dana) => aid.sumber_dana = self.code(part, twice, SumberDana::of),
                Some(Name::jenis_dokumen) => aid.jenis_dokumen = self.text(part, twice),
                Some(Name::nomor_dokumen) => aid.nomor_dokumen = self.text(part, twice),
                _ => {}
            }
        }
        aid
    }
}

/// A whole number as JSON Schema means it: `2024`, also `2024.0` and `2.024e3`.
pub(crate) fn whole(node: Node<'_>) -> Option<i64> {
    let text = node.as_number()?;
    if let Ok(value) = text.parse() {
        return Some(value);
    }
    let value: f64 = text.parse().ok()?;
    #[allow(clippy::cast_possible_truncation, reason = "`as` saturates")]
    (value.fract() == 0.0).then_some(value as i64)
}
