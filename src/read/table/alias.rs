//! The headings that offices write for the standard's columns.
//!
//! Each is written as [`super::heading::normalise`] gives it: lower case, letters and digits only.
//! A list of words is one text, separated by spaces.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::heading::Column::{
    self, AnggotaPria, AnggotaTotal, AnggotaWanita, Field, KegiatanMelayani, Layanan, RatTanggal,
    RatTick, RowNumber, StatusAktif, StatusTidakAktif, UnitAda, UnitTahap, UnitUraian,
};
use crate::tape::Name;

/// A column, and every heading that means it. Each heading stands once in the whole table.
pub(super) const ALIASES: &[(Column, &str)] = &[
    (
        Field(Name::nama_koperasi),
        "namakoperasi nama nmkop nmkoperasi namakop namabadankoperasi",
    ),
    (
        Field(Name::nomor_badan_hukum),
        "nomorbadanhukum nobadanhukum nobh nomorbh badanhukum badanhukumno badanhukumnomor bh \
         bhno bhnomor nobhkoperasi nomorbhkoperasi nobadanhukumkoperasi nomorbadanhukumkoperasi \
         noaktabadanhukum nomoraktabadanhukum aktabadanhukumnomor \
         aktabadanhukumno",
    ),
    (
        Field(Name::tanggal_badan_hukum),
        "tanggalbadanhukum tglbadanhukum tglbh tanggalbh badanhukumtanggal badanhukumtgl \
         bhtanggal bhtgl tanggalbadanhukumkoperasi tglbadanhukumkoperasi tanggalbhkoperasi \
         tglbhkoperasi tanggalpengesahanbadanhukum tglpengesahanbadanhukum \
         aktabadanhukumtanggal aktabadanhukumtgl",
    ),
    (
        Field(Name::nik_koperasi),
        "nikkoperasi nik nikkop nonik nomornik nonikkoperasi nomornikkoperasi nomorindukkoperasi",
    ),
    (
        Field(Name::bentuk_koperasi),
        "bentukkoperasi bentuk bentukkop",
    ),
    (
        Field(Name::jenis_koperasi),
        "jeniskoperasi jenis jeniskop jnskop jnskoperasi",
    ),
    (
        Field(Name::wilayah_keanggotaan),
        "wilayahkeanggotaan wilkeanggotaan",
    ),
    (
        Field(Name::kode_wilayah),
        "kodewilayah kodekabkota kodekabupaten kodekabupatenkota kodewil",
    ),
    (Field(Name::kecamatan), "kecamatan kec namakecamatan"),
    (
        Field(Name::desa_kelurahan),
        "desakelurahan desa kelurahan kel desakel keldesa kelurahandesa dskel namadesa \
         namakelurahan namadesakelurahan",
    ),
    (
        Field(Name::alamat),
        "alamat alamatkoperasi alamatkantor alamatlengkap almt",
    ),
    (
        Field(Name::kelompok_koperasi),
        "kelompokkoperasi kelompok kelompokkop",
    ),
    (Field(Name::sektor_usaha), "sektorusaha sektor"),
    (Field(Name::keterangan), "keterangan ket catatan"),
    (Field(Name::kode_kbli), "kodekbli kbli"),
    (Field(Name::pola_pengelolaan), "polapengelolaan pola"),
    (
        Field(Name::tipe_produsen),
        "tipeprodusen tipekoperasiprodusen jenisprodusen",
    ),
    (Field(Name::dihitung), "dihitung ikutdihitung"),
    (
        Field(Name::status_dilaporkan),
        "statusdilaporkan status statuskoperasi statuskeaktifan keaktifan statuskop",
    ),
    (
        Field(Name::grade_nik),
        "gradenik grade gradekoperasi nikgrade",
    ),
    (Field(Name::kepemilikan), "kepemilikan"),
    (
        Field(Name::aset),
        "aset asset totalaset totalasset jumlahaset jumlahasset jmlaset jmlasset",
    ),
    (
        Field(Name::modal_sendiri),
        "modalsendiri jumlahmodalsendiri jmlmodalsendiri",
    ),
    (
        Field(Name::modal_luar),
        "modalluar jumlahmodalluar jmlmodalluar",
    ),
    (Field(Name::shu), "shu sisahasilusaha jumlahshu"),
    (
        AnggotaTotal,
        "jumlahanggotatotal anggota anggt angg jumlahanggota jmlanggota jmlhanggota jlhanggota \
         jumlahanggotajumlah jmlanggotatotal anggotatotal anggotajumlah anggotajml totalanggota \
         jumlahanggotaseluruhnya keanggotaantotal keanggotaanjumlah",
    ),
    (
        AnggotaPria,
        "jumlahanggotapria jumlahanggotalakilaki jumlahanggotal jumlahanggotalk jmlanggotapria \
         jmlanggotalakilaki jmlanggotal jmlanggotalk anggotapria anggotalakilaki anggotal \
         anggotalk anggtpria anggtlakilaki anggtl anggtlk keanggotaanpria keanggotaanlakilaki \
         keanggotaanl",
    ),
    (
        AnggotaWanita,
        "jumlahanggotawanita jumlahanggotaperempuan jumlahanggotap jumlahanggotapr \
         jmlanggotawanita jmlanggotaperempuan jmlanggotap jmlanggotapr anggotawanita \
         anggotaperempuan anggotap anggotapr anggtwanita anggtperempuan anggtp anggtpr \
         keanggotaanwanita keanggotaanperempuan keanggotaanp",
    ),
    (UnitAda, "unitproduksiada unitproduksi adaunitproduksi"),
    (
        UnitTahap,
        "unitproduksitahap tahapunitproduksi tahapproduksi",
    ),
    (UnitUraian, "unitproduksiuraian uraianunitproduksi"),
    (
        Layanan,
        "layanananggota layanan layanankepadaanggota pelayanananggota",
    ),
    (
        KegiatanMelayani,
        "kegiatanmelayanianggota melayanianggota kegiatanusahamelayanianggota",
    ),
    (
        RatTanggal,
        "tanggalrat tglrat rattanggal rattgl tanggalpelaksanaanrat tglpelaksanaanrat \
         tanggalratterakhir tglratterakhir ratterakhir",
    ),
    (RatTick, "rat sudahrat melaksanakanrat"),
    (
        StatusAktif,
        "aktif statusaktif koperasiaktif statuskoperasiaktif keaktifanaktif",
    ),
    (
        StatusTidakAktif,
        "tidakaktif tdkaktif nonaktif statustidakaktif statustdkaktif koperasitidakaktif \
         statuskoperasitidakaktif keaktifantidakaktif",
    ),
    (
        RowNumber,
        "no nomor nomorurut nourut urut id idkop idkoperasi",
    ),
];

/// What stands before the year in the heading of the RAT of a book year.
pub(super) const RAT_OF: &str = "rat rattb rattahunbuku rattahun tglrat tanggalrat rattgl rattanggal tglrattb tanggalrattb \
     tglrattahunbuku tanggalrattahunbuku tglpelaksanaanrat tanggalpelaksanaanrat pelaksanaanrat \
     pelaksanaanrattahunbuku";

/// What stands before the year in the heading of the activity of a book year.
pub(super) const KEGIATAN_OF: &str = "kegiatan kegiatanusaha kegiatantb kegiatantahunbuku kegiatanusahatb kegiatanusahatahunbuku \
     kegiatantahun kegiatanusahatahun";

/// The fields of one assistance, and the words for each.
pub(super) const BANTUAN: &[(Name, &str)] = &[
    (Name::tahun, "tahun thn"),
    (Name::pemberi, "pemberi"),
    (Name::tingkat, "tingkat tingkatpemberi tingkatpemerintah"),
    (Name::bentuk, "bentuk"),
    (Name::status, "status"),
    (Name::sumber_dana, "sumberdana"),
    (Name::nilai_rupiah, "nilairupiah nilai nilairp"),
    (Name::jenis_dokumen, "jenisdokumen"),
    (Name::nomor_dokumen, "nomordokumen nodokumen"),
];

/// Upper headings of a two-row header that only group what stands below them.
pub(super) const GROUPS: &str = "identitas identitaskoperasi koperasi datakoperasi data profil profilkoperasi umum lokasi \
     alamat wilayah domisili legalitas kelembagaan keuangan permodalan keragaan kinerja";

/// The column that a normalised heading is listed for.
pub(super) fn listed(heading: &str) -> Option<Column> {
    static MAP: LazyLock<HashMap<&str, Column>> = LazyLock::new(|| {
        let each = |(column, headings): &(Column, &'static str)| {
            let column = *column;
            headings.split(' ').map(move |heading| (heading, column))
        };
        ALIASES.iter().flat_map(each).collect()
    });
    MAP.get(heading).copied()
}

/// Whether a list has a word.
pub(super) fn lists(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::heading::normalise;
    use super::*;

    fn assert_distinct<'a>(lists: impl Iterator<Item = &'a str>) {
        let mut seen = HashSet::new();
        for word in lists.flat_map(|list| list.split(' ')) {
            assert!(seen.insert(word), "{word} stands twice");
            assert_eq!(normalise(word), word);
            assert!(!word.is_empty());
        }
    }

    #[test]
    fn every_heading_means_one_thing_and_is_normalised() {
        assert_distinct(ALIASES.iter().map(|(_, headings)| *headings));
        assert_distinct(BANTUAN.iter().map(|(_, words)| *words));
        assert_distinct([RAT_OF, KEGIATAN_OF].into_iter());
        assert_distinct([GROUPS].into_iter());
    }
}
