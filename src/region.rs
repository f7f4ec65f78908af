//! The 35 kabupaten/kota of Central Java and their kecamatan (Kepmendagri codes).

use std::sync::LazyLock;

use crate::words;

/// The code of the province.
pub const PROVINCE_CODE: &str = "33";

/// The name of the province.
pub const PROVINCE: &str = "Jawa Tengah";

/// One kabupaten or kota.
#[derive(Debug)]
pub struct Region {
    /// Code with a dot, as `33.02`.
    pub code: &'static str,
    /// Official name, as `Kabupaten Banyumas`.
    pub name: &'static str,
    /// Name without Kabupaten or Kota.
    pub short: &'static str,
    /// A Kabupaten and a Kota share the short name.
    pub ambiguous: bool,
    /// Names of its kecamatan, in the order of their codes.
    pub kecamatan: Vec<&'static str>,
}

static REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| {
    let kecamatan: Vec<(&str, &str)> = include_str!("../schemas/kecamatan.csv")
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .collect();
    include_str!("../schemas/wilayah.csv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            let code = cells.next()?;
            let name = cells.nth(1)?;
            let short = cells.nth(1)?;
            let ambiguous = cells.next()? == "ya";
            let own = kecamatan
                .iter()
                .filter(|(other, _)| other.len() > 5 && other.starts_with(code));
            Some(Region {
                code,
                name,
                short,
                ambiguous,
                kecamatan: own.map(|(_, name)| *name).collect(),
            })
        })
        .collect()
});

/// All regions, in the order of their codes.
#[must_use]
pub fn all() -> &'static [Region] {
    &REGIONS
}

/// The region of a code, `33.02` or `3302`.
#[must_use]
pub fn find(code: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|region| same_code(region.code, code))
}

/// Whether two codes are one but for the dot.
#[must_use]
pub fn same_code(a: &str, b: &str) -> bool {
    fn digits(code: &str) -> impl Iterator<Item = u8> + '_ {
        let (before, behind) = code.trim().split_once('.').unwrap_or((code.trim(), ""));
        before.bytes().chain(behind.bytes())
    }
    digits(a).eq(digits(b))
}

/// What a name says of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// This region.
    Same,
    /// A Kabupaten or a Kota: it does not say which.
    Ambiguous,
    /// Something else.
    Other,
}

impl Region {
    /// The code without the dot, as tables of the BPS and of data portals have it.
    #[must_use]
    pub fn digits(&self) -> String {
        self.code.replace('.', "")
    }

    /// Whether these are [`Region::digits`].
    #[must_use]
    pub fn has_digits(&self, digits: &str) -> bool {
        self.code
            .bytes()
            .filter(|byte| *byte != b'.')
            .eq(digits.bytes())
    }

    /// Whether a name, written as people write it, is this region's.
    #[must_use]
    pub fn named(&self, name: &str) -> Named {
        let plain = words::plain(name);
        let own = words::plain(self.name);
        let spelt = match plain.split_once(' ') {
            Some(("kab" | "kabupaten", rest)) => format!("kabupaten {rest}"),
            Some(("kotamadya" | "kodya", rest)) => format!("kota {rest}"),
            _ => plain.clone(),
        };
        if spelt == own {
            Named::Same
        } else if plain == words::plain(self.short) {
            if self.ambiguous {
                Named::Ambiguous
            } else {
                Named::Same
            }
        } else {
            Named::Other
        }
    }

    /// The kecamatan of this name, written as people write it.
    #[must_use]
    pub fn kecamatan_named(&self, name: &str) -> Option<usize> {
        // Nearly always written as in the list.
        if let Some(at) = self.kecamatan.iter().position(|own| *own == name) {
            return Some(at);
        }
        let plain = words::plain(name);
        let bare = match plain.split_once(' ') {
            Some(("kec" | "kecamatan", rest)) => rest,
            _ => &plain,
        };
        let squeezed = bare.replace(' ', "");
        self.kecamatan
            .iter()
            .position(|own| words::plain(own).replace(' ', "") == squeezed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_35_are_there_with_their_kecamatan() {
        assert_eq!(all().len(), 35);
        assert!(all().iter().all(|region| region.kecamatan.len() >= 3));
        let banyumas = find("3302").unwrap();
        assert_eq!(banyumas.name, "Kabupaten Banyumas");
        assert!(
            banyumas
                .kecamatan_named("kec. PURWOKERTO selatan")
                .is_some()
        );
        assert!(banyumas.kecamatan_named("Purwokarto").is_none());
        assert!(find("51.08").is_none());
    }

    #[test]
    fn four_bare_names_are_ambiguous() {
        let semarang = find("33.22").unwrap();
        assert_eq!(semarang.named("Semarang"), Named::Ambiguous);
        assert_eq!(semarang.named("Kab. Semarang"), Named::Same);
        assert_eq!(semarang.named("Kota Semarang"), Named::Other);
        assert_eq!(find("33.02").unwrap().named("BANYUMAS"), Named::Same);
    }
}
