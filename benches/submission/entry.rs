//! One cooperative: sound in every respect, then with its fault.

use super::dice::Dice;

/// A date.
#[derive(Clone, Copy, Debug)]
pub struct Day(pub u32, pub u32, pub u32);

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0, self.1, self.2)
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Rat {
    pub tahun: u32,
    pub tanggal: Day,
    /// Members present, where the minutes are told.
    pub hadir: Option<u32>,
    pub kuorum: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct Kegiatan {
    pub tahun: u32,
    pub uraian: &'static str,
    pub melayani: bool,
}

#[derive(Clone, Debug)]
pub struct Bantuan {
    pub tahun: u32,
    pub pemberi: &'static str,
    pub tingkat: &'static str,
    pub bentuk: &'static str,
    pub status: &'static str,
    pub sumber: Option<&'static str>,
    pub nilai: u32,
    pub dokumen: &'static str,
    pub nomor: String,
}

/// One cooperative, as it is written.
#[derive(Clone, Debug)]
pub struct Entry {
    pub nama: String,
    pub nomor: String,
    pub berdiri: Day,
    pub nik: String,
    pub jenis: &'static str,
    pub kecamatan: String,
    pub tipe: Option<&'static str>,
    pub tahap: &'static [&'static str],
    pub layanan: &'static [&'static str],
    pub kegiatan: Vec<Kegiatan>,
    pub total: u32,
    /// `total` is written in words.
    pub in_words: bool,
    pub pria: u32,
    pub wanita: u32,
    pub rat: Vec<Rat>,
    /// None: the member is not there.
    pub bantuan: Option<Vec<Bantuan>>,
    pub extra: bool,
    pub broken: bool,
}

const USAHA: [(&str, &str); 8] = [
    ("Nira", "Pengumpulan gula kelapa, gula semut"),
    ("Batik", "Pewarnaan alam dan penjualan batik"),
    ("Kopi", "Pengolahan kopi \"robusta\" anggota"),
    ("Susu", "Penampungan dan penjualan susu"),
    ("Genteng", "Pembakaran dan penjualan genteng"),
    ("Gurami", "Pembesaran dan penjualan gurami"),
    ("Anyaman", "Penjualan anyaman bambu anggota"),
    ("Padi", "Penggilingan gabah dan penjualan beras"),
];
const SEBUTAN: [&str; 8] = [
    "Lestari",
    "Sumber Rejeki",
    "Mekar Jaya",
    "Tani Makmur",
    "Sido Maju",
    "Guyub Rukun",
    "Karya Mandiri",
    "Ngudi Luhur",
];
const PERTAMA: [&[&str]; 3] = [
    &["pengadaan_bahan_baku", "pemasaran_hasil"],
    &["pemasaran_hasil", "penampungan_hasil"],
    &["pengadaan_bahan_baku", "pendidikan_anggota"],
];
const KEDUA: [&[&str]; 2] = [
    &["pengadaan_bahan_baku", "pendidikan_anggota"],
    &["pemasaran_hasil", "pendidikan_anggota"],
];
const TAHAP: [&[&str]; 3] = [&["awal", "akhir"], &["tengah"], &["akhir"]];
const PEMBERI: [(&str, &str, &str); 4] = [
    ("Kementerian Koperasi", "pusat", "APBN"),
    (
        "Dinas Koperasi Provinsi Jawa Tengah",
        "provinsi",
        "APBD_PROVINSI",
    ),
    (
        "Dinas Koperasi Kabupaten Banyumas",
        "kabupaten_kota",
        "APBD_KABKOTA",
    ),
    ("Pemerintah Desa Banteran", "desa", "APBDES"),
];
const BENTUK: [&str; 4] = [
    "hibah_barang",
    "hibah_uang",
    "pelatihan",
    "sarana_prasarana",
];
const BULAN: [&str; 12] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
];
const KECAMATAN: &str = include_str!("../../schemas/kecamatan.csv");

/// The kecamatan of Banyumas.
pub fn kecamatan() -> Vec<&'static str> {
    let lines = KECAMATAN.lines().filter_map(|line| line.split_once(','));
    let inner = lines.filter(|(code, _)| code.starts_with("33.02."));
    inner.map(|(_, name)| name).collect()
}

impl Entry {
    /// The sound entry of an index.
    pub fn sound(dice: &mut Dice, index: u64, kecamatan: &[&str]) -> Self {
        let (product, uraian) = dice.pick(&USAHA);
        let (nomor, berdiri) = legal_entity(dice, index);
        let kedua = dice.share() < 0.4;
        let (pria, wanita) = (dice.between(15, 90), dice.between(15, 70));
        let total = pria + wanita;
        let told = dice.share() < 0.15;
        let first = if dice.share() < 0.2 { 2021 } else { 2022 };
        let rat = (first..=2024).map(|tahun| Rat {
            tahun,
            tanggal: Day(tahun + 1, dice.between(1, 6), dice.between(1, 28)),
            hadir: told.then(|| total * dice.between(55, 95) / 100),
            kuorum: true,
        });
        let rat = rat.collect();
        let first = dice.between(2024, 2025);
        let kegiatan = (first..=2025).map(|tahun| Kegiatan {
            tahun,
            uraian,
            melayani: true,
        });
        let (pemberi, tingkat, sumber) = dice.pick(&PEMBERI);
        let tahun = dice.between(2022, 2025);
        let bantuan = Bantuan {
            tahun,
            pemberi,
            tingkat,
            bentuk: dice.pick(&BENTUK),
            status: "diterima",
            sumber: Some(sumber),
            nilai: dice.between(10, 250) * 500_000,
            dokumen: "BAST",
            nomor: format!("{:03}/BAST/{tahun}", dice.between(1, 400)),
        };
        Self {
            nama: format!(
                "Koperasi Produsen {product} {} {}",
                dice.pick(&SEBUTAN),
                index + 1
            ),
            nomor,
            berdiri,
            // The factor shares no divisor with 10^9, so every index has its own.
            nik: format!("3302{:09}", index * 7919 % 1_000_000_000),
            jenis: "produsen",
            kecamatan: dice.pick(kecamatan).to_owned(),
            tipe: Some(if kedua {
                "jenis_kedua"
            } else {
                "jenis_pertama"
            }),
            tahap: if kedua { dice.pick(&TAHAP) } else { &[] },
            layanan: if kedua {
                dice.pick(&KEDUA)
            } else {
                dice.pick(&PERTAMA)
            },
            kegiatan: kegiatan.collect(),
            total,
            in_words: false,
            pria,
            wanita,
            rat,
            bantuan: Some(vec![bantuan]),
            extra: false,
            broken: false,
        }
    }

    /// Puts the fault of a name in.
    pub fn spoil(&mut self, fault: &str, index: u64) {
        let aid = self.bantuan.iter_mut().flatten().next();
        match fault {
            "syntax-error" => self.broken = true,
            "missing-member" => self.bantuan = None,
            "wrong-type" => self.in_words = true,
            "not-allowed" => self.jenis = "produsenn",
            "wrong-pattern" => self.nomor = format!("AHU-{index:07}.AH.26.TAHUN 2019"),
            "unknown-member" => self.extra = true,
            "not-a-date" => self.berdiri = Day(self.berdiri.0, 2, 30),
            "person-nik" => self.nik = format!("330204{:010}", index % 10_000_000_000),
            "member-sum-mismatch" => self.pria += 1,
            "unknown-kecamatan" => self.kecamatan.push_str("xa"),
            "not-producer" => {
                self.jenis = "konsumen";
                self.tipe = None;
                self.tahap = &[];
            }
            "missing-rat-year" => self.rat.retain(|rat| rat.tahun != 2023),
            "one-meeting-many-years" => {
                let at = self.rat.len();
                self.rat[at - 3].tanggal = self.rat[at - 2].tanggal;
            }
            "late-rat" => {
                let at = self.rat.len();
                self.rat[at - 1].tanggal.1 = 9;
            }
            "no-quorum" => {
                let at = self.rat.len();
                let rat = &mut self.rat[at - 1];
                rat.kuorum = false;
                rat.hadir = rat.hadir.or(Some(4));
            }
            "no-activity" => self.kegiatan.clear(),
            "activity-not-for-members" => {
                for one in &mut self.kegiatan {
                    one.melayani = false;
                }
            }
            "no-member-service" => {
                self.layanan = &[];
                self.tipe = Some("jenis_pertama");
                self.tahap = &[];
            }
            "no-assistance" => self.bantuan = Some(Vec::new()),
            "same-legal-entity" => {}
            _ => {
                if let Some(aid) = aid {
                    spoil_aid(aid, fault);
                }
            }
        }
        if fault == "assistance-outside-window" {
            let year = self.berdiri.0.min(2010);
            self.nomor = old_number(index, self.berdiri.1, year);
            self.berdiri.0 = year;
        }
    }
}

fn spoil_aid(aid: &mut Bantuan, fault: &str) {
    match fault {
        "giver-not-government" => {
            aid.pemberi = "PT Sumber Makmur";
            aid.tingkat = "bukan_pemerintah";
            aid.sumber = None;
        }
        "assistance-outside-window" => aid.tahun = 2015,
        "assistance-not-received" => aid.status = "diajukan",
        "form-not-counted" => aid.bentuk = "pinjaman_dana_bergulir",
        _ => {}
    }
}

/// Number and founding date of the entry of an index; every index has its own number.
fn legal_entity(dice: &mut Dice, index: u64) -> (String, Day) {
    // The ministry's numbers have seven digits.
    let young = dice.share() < 0.6 && index < 9_999_999;
    let (month, day) = (dice.between(1, 12), dice.between(1, 28));
    if young {
        let year = dice.between(2019, 2021);
        let nomor = format!("AHU-{:07}.AH.01.26.TAHUN {year}", index + 1);
        (nomor, Day(year, month, day))
    } else {
        let year = dice.between(1998, 2017);
        (old_number(index, month, year), Day(year, month, day))
    }
}

fn old_number(index: u64, month: u32, year: u32) -> String {
    let month = BULAN[month as usize - 1];
    format!("{}/BH/XIV.13/{month}/{year}", index + 1)
}
