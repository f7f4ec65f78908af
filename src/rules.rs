//! All rules, one file a family. To add a rule, add a value to its family's slice.

use std::sync::LazyLock;

use crate::rule::{Rule, Run};

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

/// The rules that look at an entry: they run for each, so they stand close together.
pub(crate) fn of_entries() -> &'static [(Run, &'static Rule)] {
    static RULES: LazyLock<Vec<(Run, &Rule)>> = LazyLock::new(|| {
        let of_entry = |run| matches!(run, Run::Entry(_) | Run::Definition(..));
        let all = all().map(|rule| (rule.run, rule));
        all.filter(|(run, _)| of_entry(*run)).collect()
    });
    &RULES
}

/// The rule of a code or slug.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code.eq_ignore_ascii_case(name) || rule.slug == name)
}
