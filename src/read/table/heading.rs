//! What a table's headings mean.

use super::alias::{ALIASES, BANTUAN, GROUPS, KEGIATAN_OF, RAT_OF, listed, lists};
use super::numbers::Kind;
use crate::tape::Name;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Column {
    /// A plain field of the entry, by the standard's name.
    Field(Name),
    /// `jumlah_anggota.total`
    AnggotaTotal,
    /// `jumlah_anggota.pria`
    AnggotaPria,
    /// `jumlah_anggota.wanita`
    AnggotaWanita,
    /// `unit_produksi.ada`
    UnitAda,
    /// `unit_produksi.tahap`, separated by `;`
    UnitTahap,
    /// `unit_produksi.uraian`
    UnitUraian,
    /// `layanan_anggota`, separated by `;`
    Layanan,
    /// The date of the RAT for a book year.
    Rat(i32),
    /// The description of the activity in a book year.
    Kegiatan(i32),
    /// Whether the activities serve members.
    KegiatanMelayani,
    /// A field of the `group`-th assistance, counted from 0.
    Bantuan {
        /// Which assistance of the row.
        group: u8,
        /// The field, by the standard's name.
        field: Name,
    },
    /// The date of a RAT, its book year not said.
    RatTanggal,
    /// Whether there was a RAT, neither year nor date said.
    RatTick,
    /// A tick: active.
    StatusAktif,
    /// A tick: not active.
    StatusTidakAktif,
    /// The row's number in the list; says nothing of the cooperative.
    RowNumber,
    /// What koplint itself wrote beside the entries of a marked copy.
    Result,
}

/// The headings of [`Column::Result`], in both languages.
pub(crate) const RESULTS: [&str; 4] = [
    "koplint: putusan",
    "koplint: alasan",
    "koplint: verdict",
    "koplint: reasons",
];

impl Column {
    /// Whether the column holds dates.
    #[must_use]
    pub(crate) fn is_date(self) -> bool {
        matches!(
            self,
            Self::Field(Name::tanggal_badan_hukum) | Self::Rat(_) | Self::RatTanggal
        )
    }

    /// What numbers the column holds, if it holds numbers.
    #[must_use]
    pub(crate) fn number_kind(self) -> Option<Kind> {
        match self {
            Self::AnggotaTotal | Self::AnggotaPria | Self::AnggotaWanita => Some(Kind::Whole),
            Self::Bantuan {
                field: Name::tahun, ..
            } => Some(Kind::Whole),
            Self::Bantuan {
                field: Name::nilai_rupiah,
                ..
            } => Some(Kind::Decimal),
            Self::Field(Name::aset | Name::modal_sendiri | Name::modal_luar | Name::shu) => {
                Some(Kind::Decimal)
            }
            _ => None,
        }
    }

    /// Whether the column says which cooperative the row is of.
    #[must_use]
    pub(crate) fn identifies(self) -> bool {
        matches!(
            self,
            Self::Field(Name::nama_koperasi | Name::nomor_badan_hukum)
        )
    }
}

/// A heading as it is compared: lower case, letters and digits only.
#[must_use]
pub(crate) fn normalise(heading: &str) -> String {
    heading
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What a heading means; None for an unknown or blank one.
#[must_use]
pub(crate) fn column(heading: &str) -> Option<Column> {
    if heading.trim() == "#" {
        return Some(Column::RowNumber);
    }
    if RESULTS.contains(&heading.trim()) {
        return Some(Column::Result);
    }
    of_normalised(&normalise(heading)).or_else(|| of_normalised(&normalise(without_unit(heading)?)))
}

/// What a heading means below an upper one. An upper heading that only groups (`Identitas`,
/// `Lokasi`) adds nothing; below any other (`Ketua` over `Nama`) the two are read as one.
#[must_use]
pub(crate) fn column_under(upper: &str, lower: &str) -> Option<Column> {
    let joined = column(&format!("{upper} {lower}"));
    let group = normalise(upper);
    if joined.is_none() && (group.is_empty() || lists(GROUPS, &group)) {
        // `Legalitas` over `Nomor` is not the row's number.
        return column(lower).filter(|found| group.is_empty() || *found != Column::RowNumber);
    }
    joined
}

/// The heading over each column of a two-row header: a merged one reaches to the right over blank
/// cells that have something below them.
#[must_use]
pub(crate) fn carried<'a>(upper: &'a [String], lower: &[String]) -> Vec<&'a str> {
    let mut over = "";
    (0..upper.len().max(lower.len()))
        .map(|at| {
            let above = upper.get(at).map_or("", |text| text.trim());
            let below = lower.get(at).map_or("", |text| text.trim());
            if !above.is_empty() || below.is_empty() {
                over = above;
            }
            over
        })
        .collect()
}

/// The two rows of a header as one: `RAT` over `2022`, `2023` is `RAT 2022`, `RAT 2023`.
#[must_use]
pub(crate) fn join(upper: &[String], lower: &[String]) -> Vec<String> {
    let over = carried(upper, lower);
    over.into_iter()
        .enumerate()
        .map(
            |(at, above)| match lower.get(at).map_or("", |text| text.trim()) {
                "" => above.to_owned(),
                below if above.is_empty() => below.to_owned(),
                below => format!("{above} {below}"),
            },
        )
        .collect()
}

/// The standard's name of the column that an unknown heading may be meant for.
#[must_use]
pub(crate) fn nearest(heading: &str) -> Option<&'static str> {
    let heading = normalise(heading);
    let length = heading.chars().count();
    if !(5..=60).contains(&length) {
        return None;
    }
    let of_aliases = ALIASES
        .iter()
        .flat_map(|(column, aliases)| aliases.split(' ').map(|alias| (alias, name(*column))));
    of_aliases
        .filter(|(alias, _)| alias.len() >= 5)
        .map(|(alias, name)| (strsim::osa_distance(&heading, alias), name))
        .filter(|(distance, _)| *distance <= (length / 4).clamp(1, 3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The column's heading as the standard writes it.
#[must_use]
pub(crate) fn canonical(column: &Column) -> String {
    match *column {
        Column::Rat(year) => format!("rat_{year}"),
        Column::Kegiatan(year) => format!("kegiatan_{year}"),
        Column::Bantuan { group: 0, field } => format!("bantuan_{}", field.text()),
        Column::Bantuan { group, field } => {
            format!("bantuan_{}_{}", field.text(), u16::from(group) + 1)
        }
        other => name(other).to_owned(),
    }
}

fn name(column: Column) -> &'static str {
    match column {
        Column::Field(name) => name.text(),
        Column::AnggotaTotal => "jumlah_anggota_total",
        Column::AnggotaPria => "jumlah_anggota_pria",
        Column::AnggotaWanita => "jumlah_anggota_wanita",
        Column::UnitAda => "unit_produksi_ada",
        Column::UnitTahap => "unit_produksi_tahap",
        Column::UnitUraian => "unit_produksi_uraian",
        Column::Layanan => "layanan_anggota",
        Column::Rat(_) | Column::RatTanggal | Column::RatTick => "rat_YYYY",
        Column::Kegiatan(_) => "kegiatan_YYYY",
        Column::KegiatanMelayani => "kegiatan_melayani_anggota",
        Column::Bantuan { field, .. } => field.text(),
        Column::StatusAktif | Column::StatusTidakAktif => "status_dilaporkan",
        Column::RowNumber => "no",
        Column::Result => "koplint",
    }
}

fn of_normalised(heading: &str) -> Option<Column> {
    listed(heading)
        .or_else(|| of_year(heading))
        .or_else(|| bantuan(heading))
}

/// `rat2023`, `kegiatanusaha2024`.
fn of_year(heading: &str) -> Option<Column> {
    let (before, year) = heading.split_at_checked(heading.len().checked_sub(4)?)?;
    let year = digits(year).filter(|year| (1945..=2199).contains(year))?;
    if lists(RAT_OF, before) {
        Some(Column::Rat(year))
    } else if lists(KEGIATAN_OF, before) {
        Some(Column::Kegiatan(year))
    } else {
        None
    }
}

/// `bantuantahun`, `bantuan2tahun`, `bantuantahun2`, `tahunbantuan`, `tahunbantuan2`.
fn bantuan(heading: &str) -> Option<Column> {
    let end = heading.trim_end_matches(|c: char| c.is_ascii_digit());
    let last = heading.strip_prefix(end)?;
    let (first, word) = match end
        .strip_prefix("bantuanpemerintah")
        .or_else(|| end.strip_prefix("bantuan"))
    {
        Some(rest) => {
            let word = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            (rest.strip_suffix(word)?, word)
        }
        None => ("", end.strip_suffix("bantuan")?),
    };
    let group = match (first, last) {
        ("", "") => 1,
        (number, "") | ("", number) => digits(number)?,
        _ => return None,
    };
    let group = u8::try_from(group)
        .ok()
        .filter(|group| (1..=99).contains(group))?
        - 1;
    let (field, _) = BANTUAN.iter().find(|(_, words)| lists(words, word))?;
    Some(Column::Bantuan {
        group,
        field: *field,
    })
}

fn digits(text: &str) -> Option<i32> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

/// Without a unit or format in brackets at the end: `Aset (Rp)`, `Tanggal BH (dd/mm/yyyy)`.
fn without_unit(heading: &str) -> Option<&str> {
    const UNITS: &[&str] = &[
        "rp",
        "rupiah",
        "dalamrupiah",
        "orang",
        "org",
        "unit",
        "ddmmyyyy",
        "yyyymmdd",
        "tglblnthn",
        "ya",
        "yatidak",
    ];
    let (before, unit) = heading.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    UNITS.contains(&normalise(unit).as_str()).then_some(before)
}

#[cfg(test)]
#[path = "heading_tests.rs"]
mod tests;
