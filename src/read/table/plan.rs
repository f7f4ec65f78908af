//! From the headings to the members of an entry, worked out once a table.

use super::dates::Order;
use super::heading::Column;
use super::numbers::Style;
use super::sniff::Form;
use crate::schema::{Shape, Type};
use crate::tape::Name;

/// One column that carries a value.
#[derive(Clone, Debug)]
pub(in crate::read) struct Col {
    /// Its index in a row.
    pub at: usize,
    /// A second column of the same meaning: both must agree.
    pub twin: Option<usize>,
    /// The member's name, if it is one of an entry's; else the path is the name.
    pub known: Option<Name>,
    /// The field's path as the schema names it.
    pub path: String,
    /// The field's type by the schema.
    pub type_: Type,
    /// What the column's other values say of day and month.
    pub order: Option<Order>,
}

/// Which columns fill which member.
#[derive(Debug, Default)]
pub(in crate::read) struct Plan {
    /// Members that are one cell.
    pub plain: Vec<Col>,
    /// `jumlah_anggota`
    pub anggota: Vec<Col>,
    /// `unit_produksi`
    pub unit: Vec<Col>,
    /// `layanan_anggota`
    pub layanan: Option<Col>,
    /// `kegiatan_usaha`, by book year.
    pub kegiatan: Vec<(i32, Col)>,
    /// Whether the activities serve members.
    pub melayani: Option<Col>,
    /// `rat`, by book year.
    pub rat: Vec<(i32, Col)>,
    /// A RAT of no known book year: its date.
    pub rat_tanggal: Option<Col>,
    /// The same: a tick.
    pub rat_tick: Option<Col>,
    /// `bantuan_pemerintah`, by group.
    pub bantuan: Vec<Vec<Col>>,
    /// One-hot columns.
    pub aktif: Option<Col>,
    /// The other of them.
    pub tidak_aktif: Option<Col>,
    /// What the file says of thousands.
    pub style: Option<Style>,
    /// Columns that carry a value of their own (no tick, no twin), with the field's path.
    pub paths: Vec<(usize, String)>,
    /// Codes by path, for lists.
    pub layanan_codes: Vec<String>,
    /// Codes of `unit_produksi.tahap[]`.
    pub tahap_codes: Vec<String>,
}

impl Plan {
    /// Works the plan out.
    pub(in crate::read) fn new(form: &Form, shape: &Shape) -> Self {
        let mut plan = Self {
            style: form.numbers.settled(),
            layanan_codes: shape.codes("layanan_anggota[]").to_vec(),
            tahap_codes: shape.codes("unit_produksi.tahap[]").to_vec(),
            ..Self::default()
        };
        for (at, heading) in form.headings.iter().enumerate() {
            let Some(column) = heading.column else {
                continue;
            };
            let earlier = form.headings[..at]
                .iter()
                .any(|h| h.column == heading.column);
            let later = form.headings[at + 1..]
                .iter()
                .position(|h| h.column == heading.column);
            if earlier {
                continue;
            }
            let order = form.dates.get(at).and_then(|order| order.settled());
            let col = |name: Name, path: &str| Col {
                at,
                twin: later.map(|more| at + 1 + more),
                known: Some(name),
                path: path.to_owned(),
                type_: shape
                    .field(path)
                    .map_or(Type::Text, |field| field.type_.clone()),
                order,
            };
            plan.put(column, &col);
        }
        plan.paths = plan
            .fields()
            .map(|col| (col.at, col.path.clone()))
            .collect();
        plan.paths.sort_unstable();
        plan.kegiatan.sort_by_key(|(year, _)| *year);
        plan.rat.sort_by_key(|(year, _)| *year);
        plan
    }

    /// The columns whose cells are values: ticks are none, and of two that mean the same neither is
    /// one alone.
    fn fields(&self) -> impl Iterator<Item = &Col> {
        let plain = self.plain.iter().chain(&self.anggota).chain(&self.unit);
        let years = self.kegiatan.iter().chain(&self.rat).map(|(_, col)| col);
        let single = [&self.layanan, &self.melayani, &self.rat_tanggal];
        plain
            .chain(years)
            .chain(single.into_iter().flatten())
            .chain(self.bantuan.iter().flatten())
            .filter(|col| col.twin.is_none())
    }

    fn put(&mut self, column: Column, col: &dyn Fn(Name, &str) -> Col) {
        match column {
            Column::Field(name) => self.plain.push(col(name, name.text())),
            Column::AnggotaTotal => self.anggota.push(col(Name::total, "jumlah_anggota.total")),
            Column::AnggotaPria => self.anggota.push(col(Name::pria, "jumlah_anggota.pria")),
            Column::AnggotaWanita => self
                .anggota
                .push(col(Name::wanita, "jumlah_anggota.wanita")),
            Column::UnitAda => self.unit.push(col(Name::ada, "unit_produksi.ada")),
            Column::UnitTahap => self.unit.push(col(Name::tahap, "unit_produksi.tahap")),
            Column::UnitUraian => self.unit.push(col(Name::uraian, "unit_produksi.uraian")),
            Column::Layanan => self.layanan = Some(col(Name::layanan_anggota, "layanan_anggota")),
            Column::Rat(year) => self.rat.push((year, col(Name::tanggal, "rat[].tanggal"))),
            Column::RatTanggal => self.rat_tanggal = Some(col(Name::tanggal, "rat[].tanggal")),
            Column::RatTick => self.rat_tick = Some(col(Name::tanggal, "rat[].tanggal")),
            Column::Kegiatan(year) => {
                self.kegiatan
                    .push((year, col(Name::uraian, "kegiatan_usaha[].uraian")));
            }
            Column::KegiatanMelayani => {
                let path = "kegiatan_usaha[].melayani_anggota";
                self.melayani = Some(col(Name::melayani_anggota, path));
            }
            Column::Bantuan { group, field } => {
                let group = usize::from(group);
                if self.bantuan.len() <= group {
                    self.bantuan.resize(group + 1, Vec::new());
                }
                self.bantuan[group].push(col(
                    field,
                    &format!("bantuan_pemerintah[].{}", field.text()),
                ));
            }
            Column::StatusAktif => {
                self.aktif = Some(col(Name::status_dilaporkan, "status_dilaporkan"))
            }
            Column::StatusTidakAktif => {
                self.tidak_aktif = Some(col(Name::status_dilaporkan, "status_dilaporkan"));
            }
            Column::RowNumber | Column::Result => {}
        }
    }
}
