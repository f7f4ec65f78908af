//! All rules, one file a family. To add a rule, add a value to its family's slice.

use crate::rule::Rule;

pub mod bantuan;
pub mod duplicate;
pub mod explain;
pub mod file;
pub mod header;
pub mod jumlah;
pub mod koperasi;
pub mod privacy;
pub mod produksi;
pub mod rat;
pub mod schema;
pub mod status;
pub mod usaha;
pub mod waiver;
pub mod wilayah;
pub mod workbook;

/// The families, in the order in which they run and are listed.
pub static FAMILIES: &[&[Rule]] = &[
    file::RULES,
    workbook::RULES,
    schema::RULES,
    header::RULES,
    koperasi::RULES,
    produksi::RULES,
    rat::RULES,
    usaha::RULES,
    bantuan::RULES,
    status::RULES,
    duplicate::RULES,
    wilayah::RULES,
    jumlah::RULES,
    privacy::RULES,
    waiver::RULES,
];

/// Every rule.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// The rule of a code or slug.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code.eq_ignore_ascii_case(name) || rule.slug == name)
}
