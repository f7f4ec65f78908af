//! The names of an entry's members as small numbers: what knows them compares no texts.

use super::hash;

macro_rules! names {
    ($($name:ident)*) => {
        /// A name of the standard; a test holds them against the schema.
        #[allow(non_camel_case_types, missing_docs, reason = "the names are the standard's")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Name { $($name),* }

        impl Name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
            const TEXTS: &'static [&'static str] = &[$(stringify!($name)),*];
        }
    };
}

names! {
    nama_koperasi nomor_badan_hukum tanggal_badan_hukum nik_koperasi bentuk_koperasi
    jenis_koperasi kelompok_koperasi sektor_usaha kode_kbli pola_pengelolaan wilayah_keanggotaan
    kode_wilayah kecamatan desa_kelurahan alamat tipe_produsen unit_produksi ada tahap uraian
    layanan_anggota kegiatan_usaha tahun_buku melayani_anggota jumlah_anggota total pria wanita
    rat tanggal metode jumlah_hadir kuorum nomor_berita_acara bantuan_pemerintah tahun pemberi
    tingkat bentuk status sumber_dana nilai_rupiah jenis_dokumen nomor_dokumen dihitung
    status_dilaporkan grade_nik kepemilikan aset modal_sendiri modal_luar volume_usaha shu
    keterangan
}

/// The longest name with its quotes and colon, in words of eight bytes.
const WORDS: usize = 3;
/// Places of the table by which a name is found; few meet.
const SLOTS: usize = 512;

impl Name {
    /// The name of a text.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let mut at = hash(text) as usize % SLOTS;
        loop {
            let name = *Self::ALL.get(usize::from(FOUND[at]))?;
            if name.text() == text {
                return Some(name);
            }
            at = (at + 1) % SLOTS;
        }
    }

    /// The text of the name.
    #[must_use]
    pub fn text(self) -> &'static str {
        Self::TEXTS[self as usize]
    }

    /// Its bit in a set of names.
    #[must_use]
    pub fn bit(self) -> u64 {
        1 << self as u8
    }

    /// The length of the name in its quotes, if it stands so and before a colon at the beginning
    /// of these bytes.
    #[must_use]
    #[inline]
    pub fn written_at(self, bytes: &[u8]) -> Option<usize> {
        let own = &WRITTEN[self as usize];
        let (given, _) = bytes.first_chunk::<{ WORDS * 8 }>()?.as_chunks::<8>();
        let differs = |at: usize| (u64::from_le_bytes(given[at]) ^ own.text[at]) & own.mask[at];
        let all = differs(0) | differs(1) | differs(2);
        (all == 0).then_some(own.length)
    }
}

/// By [`hash`]: the number of a name; none beyond the last.
static FOUND: [u8; SLOTS] = {
    let mut found = [u8::MAX; SLOTS];
    let mut number = 0;
    while number < Name::TEXTS.len() {
        let mut at = hash(Name::TEXTS[number]) as usize % SLOTS;
        while found[at] != u8::MAX {
            at = (at + 1) % SLOTS;
        }
        found[at] = Name::ALL[number] as u8;
        number += 1;
    }
    found
};

/// A name in its quotes and a colon: the bytes, and a mask of those that count.
#[derive(Clone, Copy)]
struct Written {
    text: [u64; WORDS],
    mask: [u64; WORDS],
    /// Without the colon.
    length: usize,
}

static WRITTEN: [Written; Name::TEXTS.len()] = {
    let none = Written {
        text: [0; WORDS],
        mask: [0; WORDS],
        length: 0,
    };
    let mut all = [none; Name::TEXTS.len()];
    let mut number = 0;
    while number < all.len() {
        let name = Name::TEXTS[number].as_bytes();
        let own = &mut all[number];
        own.length = name.len() + 2;
        let mut at = 0;
        while at <= own.length {
            let byte = if at == own.length {
                b':'
            } else if at == 0 || at > name.len() {
                b'"'
            } else {
                name[at - 1]
            };
            own.text[at / 8] |= (byte as u64) << (at % 8 * 8);
            own.mask[at / 8] |= 0xFF << (at % 8 * 8);
            at += 1;
        }
        number += 1;
    }
    all
};

/// What name follows which, as far as seen: one guess for each name in what another one holds.
#[derive(Debug)]
pub(super) struct Guess(Box<[Option<Name>; NAMES * NAMES]>);

/// All names, and none.
const NAMES: usize = 64;
const _: () = assert!(Name::ALL.len() < NAMES);

impl Default for Guess {
    fn default() -> Self {
        Self(Box::new([None; NAMES * NAMES]))
    }
}

impl Guess {
    /// The guess for what follows `before` in what `holder` holds.
    #[inline]
    pub(super) fn after(&self, holder: Option<Name>, before: Option<Name>) -> Option<Name> {
        self.0[slot(holder, before)]
    }

    #[inline]
    pub(super) fn learn(&mut self, holder: Option<Name>, before: Option<Name>, name: Name) {
        self.0[slot(holder, before)] = Some(name);
    }
}

fn slot(holder: Option<Name>, before: Option<Name>) -> usize {
    let number = |name: Option<Name>| name.map_or(NAMES - 1, |name| name as usize);
    (number(holder) * NAMES + number(before)) % (NAMES * NAMES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_an_entry_is_known() {
        let schema: serde_json::Value = serde_json::from_str(crate::schema::SUBMISSION).unwrap();
        let mut names = Vec::new();
        let mut left = vec![&schema["$defs"]["entri"], &schema["$defs"]["rat"]];
        left.extend(
            schema["$defs"]
                .as_object()
                .unwrap()
                .iter()
                .filter_map(|(name, own)| (name != "kepala").then_some(own)),
        );
        while let Some(next) = left.pop() {
            for (name, own) in next["properties"].as_object().into_iter().flatten() {
                names.push(name.as_str());
                left.push(own);
            }
            left.extend(next.get("items"));
        }
        names.sort_unstable();
        names.dedup();
        let mut own: Vec<&str> = Name::ALL.iter().map(|name| name.text()).collect();
        own.sort_unstable();
        assert_eq!(own, names);
    }

    #[test]
    fn a_name_is_found_by_its_text_alone() {
        for name in Name::ALL {
            assert_eq!(Name::of(name.text()), Some(*name));
            let text = format!("\"{}\": \"and more than there is in a name\"", name.text());
            let length = name.text().len() + 2;
            assert_eq!(name.written_at(text.as_bytes()), Some(length));
            assert_eq!(name.written_at(&text.as_bytes()[1..]), None);
            let longer = text.replacen("\":", "x\":", 1);
            assert_eq!(name.written_at(longer.as_bytes()), None);
            let apart = text.replacen("\":", "\" :", 1);
            assert_eq!(name.written_at(apart.as_bytes()), None);
            assert_eq!(Name::of(&text), None);
        }
        assert_eq!(Name::of(""), None);
    }
}
