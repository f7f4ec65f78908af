//! Tests of the headings.

use super::*;

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

#[test]
fn office_headings_are_understood() {
    use Column::{AnggotaPria, Field, Kegiatan, Rat, RatTanggal, RowNumber};
    for (heading, expected) in [
        ("NAMA\r\nKOPERASI", Field(Name::nama_koperasi)),
        ("No. B.H.", Field(Name::nomor_badan_hukum)),
        ("No. Badan Hukum *", Field(Name::nomor_badan_hukum)),
        ("Desa/Kelurahan", Field(Name::desa_kelurahan)),
        ("Asset (Rp)", Field(Name::aset)),
        ("Tgl. BH (dd/mm/yyyy)", Field(Name::tanggal_badan_hukum)),
        ("Jml. Anggota (L)", AnggotaPria),
        ("tanggal RAT TB 2023", Rat(2023)),
        ("RAT Tahun Buku 2023", Rat(2023)),
        ("kegiatan usaha 2023", Kegiatan(2023)),
        ("tglrat", RatTanggal),
        ("#", RowNumber),
    ] {
        assert_eq!(column(heading), Some(expected), "{heading}");
    }
    for unknown in [
        "",
        "Krywn",
        "volusaha",
        "rat 23",
        "rat 9999",
        "2023",
        "Nama Ketua",
        "Kegiatan Usaha",
    ] {
        assert_eq!(column(unknown), None, "{unknown}");
    }
}

#[test]
fn assistance_is_numbered_before_or_after_its_field() {
    let tahun = |group| {
        Some(Column::Bantuan {
            group,
            field: Name::tahun,
        })
    };
    assert_eq!(column("bantuan_tahun"), tahun(0));
    assert_eq!(column("bantuan_2_tahun"), tahun(1));
    assert_eq!(column("Bantuan Tahun 2"), tahun(1));
    assert_eq!(column("Tahun Bantuan 3"), tahun(2));
    for unknown in [
        "bantuan 1 tahun 2",
        "bantuan tahun 2023",
        "bantuan_tahun_0",
        "bantuan",
        "bantuan_warna",
    ] {
        assert_eq!(column(unknown), None, "{unknown}");
    }
}

#[test]
fn the_standards_own_names_are_read_back() {
    let columns = ALIASES.iter().map(|(column, _)| *column);
    let nested = [
        Column::Rat(2023),
        Column::Kegiatan(2024),
        Column::Bantuan {
            group: 2,
            field: Name::nilai_rupiah,
        },
    ];
    for known in columns.chain(nested) {
        let same = column(&canonical(&known));
        let loose = matches!(
            known,
            Column::RatTanggal | Column::RatTick | Column::StatusAktif | Column::StatusTidakAktif
        );
        assert!(loose || same == Some(known), "{known:?}");
    }
}

#[test]
fn two_rows_are_joined_under_merged_headings() {
    let upper = row(&["No", "Nama", "Jumlah Anggota", "", "", "", "RAT", "", "Ket"]);
    let lower = row(&["", "", "Pria", "Wanita", "Total", "", "2022", "2023", ""]);
    let joined = join(&upper, &lower);
    assert_eq!(
        joined[2..5],
        [
            "Jumlah Anggota Pria",
            "Jumlah Anggota Wanita",
            "Jumlah Anggota Total"
        ]
    );
    assert_eq!(joined[5..], ["", "RAT 2022", "RAT 2023", "Ket"]);
    assert_eq!(
        column_under("Identitas", "Nama"),
        Some(Column::Field(Name::nama_koperasi))
    );
    assert_eq!(column_under("Ketua", "Nama"), None);
    assert_eq!(column_under("Legalitas", "Nomor"), None);
    assert_eq!(
        column_under("Badan Hukum", "Tanggal"),
        Some(Column::Field(Name::tanggal_badan_hukum))
    );
}

#[test]
fn the_nearest_column_is_near() {
    assert_eq!(nearest("nama koprasi"), Some("nama_koperasi"));
    assert_eq!(nearest("kecamtan"), Some("kecamatan"));
    assert_eq!(nearest("jenis_koprasii"), Some("jenis_koperasi"));
    for far in [
        "Krywn",
        "Mngr",
        "volusaha",
        "",
        "telepon",
        &"x".repeat(10_000),
    ] {
        assert_eq!(nearest(far), None, "{far}");
    }
}
