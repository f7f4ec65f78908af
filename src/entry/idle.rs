//! Descriptions of an activity that say that there was none, or nothing at all.

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
    let words = || {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    let one_of = |list: &[&str], word: &str| list.iter().any(|own| own.eq_ignore_ascii_case(word));
    let spelt = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    if !words().any(spelt) {
        return true;
    }
    let count = words().take(SHORT + 1).count();
    let denied = |word: &str| one_of(&DENY, word);
    if words().next().is_some_and(denied) || (count <= SHORT && words().any(denied)) {
        return true;
    }
    let inactive = |pair: [&str; 2]| {
        pair[0].eq_ignore_ascii_case("non") && pair[1].eq_ignore_ascii_case("aktif")
    };
    if words().zip(words().skip(1)).any(|(a, b)| inactive([a, b])) {
        return true;
    }
    count <= 2
        && words().any(|word| one_of(&STOPPED, word))
        && words().all(|word| one_of(&STOPPED, word) || one_of(&BESIDE, word))
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
