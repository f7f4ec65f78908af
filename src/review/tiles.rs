//! Where each regency stands on a map of squares, north on top.

/// A square: the region's code, its abbreviation, column and row from 1.
pub type Tile = (&'static str, &'static str, u8, u8);

/// Columns of the map.
pub const COLUMNS: u8 = 10;
/// Rows of the map.
pub const ROWS: u8 = 6;

/// One square for each regency, row by row.
pub const TILES: [Tile; 35] = [
    ("33.20", "JPA", 8, 1),
    ("33.18", "PTI", 9, 1),
    ("33.17", "RBG", 10, 1),
    ("33.76", "TGL", 2, 2),
    ("33.75", "PKL", 4, 2),
    ("33.74", "SMG", 7, 2),
    ("33.21", "DMK", 8, 2),
    ("33.19", "KDS", 9, 2),
    ("33.16", "BLA", 10, 2),
    ("33.29", "BBS", 1, 3),
    ("33.28", "SLW", 2, 3),
    ("33.27", "PML", 3, 3),
    ("33.26", "KJN", 4, 3),
    ("33.25", "BTG", 5, 3),
    ("33.24", "KDL", 6, 3),
    ("33.22", "UNR", 7, 3),
    ("33.15", "GRB", 8, 3),
    ("33.01", "CLP", 1, 4),
    ("33.02", "BMS", 2, 4),
    ("33.03", "PBG", 3, 4),
    ("33.04", "BNR", 4, 4),
    ("33.07", "WSB", 5, 4),
    ("33.23", "TMG", 6, 4),
    ("33.73", "SLT", 7, 4),
    ("33.14", "SRG", 8, 4),
    ("33.05", "KBM", 4, 5),
    ("33.06", "PWR", 5, 5),
    ("33.71", "MGG", 6, 5),
    ("33.09", "BYL", 7, 5),
    ("33.72", "SKT", 8, 5),
    ("33.13", "KRG", 9, 5),
    ("33.08", "MKD", 6, 6),
    ("33.10", "KLN", 7, 6),
    ("33.11", "SKH", 8, 6),
    ("33.12", "WNG", 9, 6),
];

/// The square of a region.
#[must_use]
pub fn of(code: &str) -> Option<Tile> {
    TILES.into_iter().find(|(own, ..)| *own == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::region;

    #[test]
    fn every_regency_has_a_square_of_its_own() {
        let codes: BTreeSet<_> = TILES.iter().map(|(code, ..)| *code).collect();
        let regions: BTreeSet<_> = region::all().iter().map(|own| own.code).collect();
        assert_eq!(codes, regions);
        let squares: BTreeSet<_> = TILES.iter().map(|(_, _, x, y)| (*x, *y)).collect();
        assert_eq!(squares.len(), 35);
        let names: BTreeSet<_> = TILES.iter().map(|(_, name, ..)| *name).collect();
        assert_eq!(names.len(), 35);
        let inside = |(x, y): &(u8, u8)| (1..=COLUMNS).contains(x) && (1..=ROWS).contains(y);
        assert!(squares.iter().all(inside));
    }
}
