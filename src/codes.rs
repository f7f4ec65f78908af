//! The codes of the standard that judgements tell apart. A test holds them against the schema.

/// An enum of codes: `codes! { /// doc Name: path { Variant = "code", … } }`
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[allow(missing_docs, reason = "the codes are the standard's")]
        pub enum $name {
            $(#[serde(rename = $code)] $variant),+
        }

        impl $name {
            /// All, in the order of the schema.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as the standard writes it.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value of a code.
            #[must_use]
            pub fn of(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

codes! {
    /// `jenis_koperasi`
    Jenis {
        Produsen = "produsen", Konsumen = "konsumen", Jasa = "jasa", Pemasaran = "pemasaran",
        SimpanPinjam = "simpan_pinjam", SerbaUsaha = "serba_usaha", Produksi = "produksi",
    }
}
codes! {
    /// `bentuk_koperasi`
    Bentuk { Primer = "primer", Sekunder = "sekunder" }
}
codes! {
    /// `tipe_produsen`
    Tipe { Pertama = "jenis_pertama", Kedua = "jenis_kedua" }
}
codes! {
    /// `layanan_anggota[]`
    Layanan {
        BahanBaku = "pengadaan_bahan_baku", BahanBakar = "pengadaan_bahan_bakar_pelumas",
        Pemasaran = "pemasaran_hasil", InformasiPasar = "informasi_pasar_penjadwalan",
        Perbengkelan = "perbengkelan_suku_cadang", Pendidikan = "pendidikan_anggota",
        Penampungan = "penampungan_hasil", BibitPupuk = "bibit_pupuk", Konsultasi = "konsultasi",
        UsahaBersama = "usaha_bersama", Lainnya = "lainnya",
    }
}
codes! {
    /// `bantuan_pemerintah[].tingkat`
    Tingkat {
        Pusat = "pusat", Provinsi = "provinsi", KabupatenKota = "kabupaten_kota", Desa = "desa",
        BukanPemerintah = "bukan_pemerintah",
    }
}
codes! {
    /// `bantuan_pemerintah[].bentuk`
    BentukBantuan {
        HibahUang = "hibah_uang", HibahBarang = "hibah_barang",
        SaranaPrasarana = "sarana_prasarana", BahanBaku = "bahan_baku_bibit_pupuk",
        Subsidi = "subsidi", Penjaminan = "penjaminan",
        PinjamanDanaBergulir = "pinjaman_dana_bergulir", Pelatihan = "pelatihan",
        Pendampingan = "pendampingan", FasilitasiLegalitas = "fasilitasi_legalitas",
        FasilitasiPemasaran = "fasilitasi_pemasaran", Lainnya = "lainnya",
    }
}
codes! {
    /// `bantuan_pemerintah[].status`
    StatusBantuan {
        Diajukan = "diajukan", Disetujui = "disetujui", Diterima = "diterima",
        Ditolak = "ditolak", Dibatalkan = "dibatalkan",
    }
}
codes! {
    /// `bantuan_pemerintah[].sumber_dana`
    SumberDana {
        Apbn = "APBN", ApbdProvinsi = "APBD_PROVINSI", ApbdKabkota = "APBD_KABKOTA", Dak = "DAK",
        Apbdes = "APBDES", BluLpdb = "BLU_LPDB", Lainnya = "LAINNYA",
    }
}
codes! {
    /// `status_dilaporkan`
    StatusDilaporkan { Aktif = "aktif", TidakAktif = "tidak_aktif" }
}
codes! {
    /// `grade_nik`
    Grade { A = "A", B = "B", C1 = "C1", C2 = "C2", D = "D" }
}
codes! {
    /// `kepemilikan`
    Kepemilikan { Dibantu = "dibantu_pemerintah", Mandiri = "mandiri" }
}
codes! {
    /// `wilayah_keanggotaan`
    Keanggotaan { KabupatenKota = "kabupaten_kota", Provinsi = "provinsi", Nasional = "nasional" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{SUBMISSION, Shape};

    #[test]
    fn codes_are_those_of_the_schema() {
        let shape = Shape::of(&serde_json::from_str(SUBMISSION).unwrap());
        let same = |path: &str, mut own: Vec<&str>| {
            let mut codes: Vec<&str> = shape.codes(path).iter().map(String::as_str).collect();
            codes.sort_unstable();
            own.sort_unstable();
            assert_eq!(codes, own, "{path}");
        };
        macro_rules! same {
            ($($path:literal: $name:ident),+ $(,)?) => {
                $(same($path, $name::ALL.iter().map(|one| one.code()).collect());)+
            };
        }
        same! {
            "jenis_koperasi": Jenis, "bentuk_koperasi": Bentuk, "tipe_produsen": Tipe,
            "layanan_anggota[]": Layanan, "bantuan_pemerintah[].tingkat": Tingkat,
            "bantuan_pemerintah[].bentuk": BentukBantuan,
            "bantuan_pemerintah[].status": StatusBantuan,
            "bantuan_pemerintah[].sumber_dana": SumberDana,
            "status_dilaporkan": StatusDilaporkan, "grade_nik": Grade,
            "kepemilikan": Kepemilikan, "wilayah_keanggotaan": Keanggotaan,
        }
    }
}
