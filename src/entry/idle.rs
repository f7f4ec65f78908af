//! Descriptions of an activity that say that there was none, or nothing at all.

use crate::words;

/// Words that deny, wherever a short text has them, and at the beginning of any.
const DENY: [&str; 9] = [
    "tidak", "tdk", "tak", "belum", "blm", "nihil", "vakum", "nonaktif", "false",
];
/// Words that say it alone or beside one other (`sudah tutup`); `ikan beku` is business.
const STOPPED: [&str; 12] = [
    "kosong", "tutup", "berhenti", "bubar", "pasif", "libur", "stop", "off", "none", "null", "nol",
    "beku",
];
const BESIDE: [&str; 7] = [
    "sudah",
    "telah",
    "masih",
    "sedang",
    "sementara",
    "lagi",
    "koperasi",
];
/// Words of a text that is nothing but a remark.
const SHORT: usize = 5;

/// Whether the text says of no activity: `Tidak ada kegiatan`, `vakum`, `x`, `...`.
#[must_use]
pub(crate) fn says_none(text: &str) -> bool {
    let one_of = |list: &[&str], word: &str| list.iter().any(|own| own.eq_ignore_ascii_case(word));
    let (mut count, mut spelt, mut denied, mut stopped, mut beside) = (0, false, false, 0, 0);
    let mut before = "";
    for word in words::words(text) {
        count += 1;
        spelt = spelt || word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
        if count <= SHORT && one_of(&DENY, word) {
            denied = true;
            if count == 1 {
                return true;
            }
        }
        if before.eq_ignore_ascii_case("non") && word.eq_ignore_ascii_case("aktif") {
            return true;
        }
        before = word;
        if count <= 2 {
            stopped += usize::from(one_of(&STOPPED, word));
            beside += usize::from(one_of(&BESIDE, word));
        }
    }
    !spelt || (denied && count <= SHORT) || (count <= 2 && stopped > 0 && stopped + beside == count)
}

#[cfg(test)]
mod tests {
    use super::says_none;

    #[test]
    fn remarks_are_no_activity_and_activities_are_none_of_them() {
        for text in [
            "Tidak ada kegiatan",
            "vakum / tidak aktif",
            "?",
            "FALSE",
            "Blm ada kegiatan",
            "sudah tidak beroperasi",
            "kosong",
            "...",
            "x",
            "n.a.",
            "0.0",
            "Non aktif",
            "sudah tutup",
            "Koperasi vakum",
            "12",
            "",
            "belum",
        ] {
            assert!(says_none(text), "{text}");
        }
        for text in [
            "Penjualan susu anggota",
            "Ikan beku",
            "Tutup botol dan kemasan",
            "RMU",
            "KUD",
            "Simpan pinjam dan penjualan pupuk, unit produksi belum ada",
            "Toko 24 jam",
            "Penyewaan non komersial",
        ] {
            assert!(!says_none(text), "{text}");
        }
    }
}
