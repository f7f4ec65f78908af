//! K: the cooperative as a legal entity, its members and figures.

use crate::criteria::Criterion;
use crate::rule::{Level, Rule, Run};
use crate::text;

mod looks;

use looks::{
    amendment_number, asset_sum_mismatch, bad_nik, impossible_founding_date, member_sum_mismatch,
    no_legal_entity, number_year_mismatch, too_few_members, unknown_number_shape,
};

const MEMBERS: &str = "UU 25/1992 Ps 6 (20 orang; 3 koperasi), UU 11/2020 Ps 86 (9 orang); parameter definisi: anggota_minimal";
const ENTITY: &str =
    "Koperasi adalah badan hukum yang didirikan oleh orang perseorangan atau badan hukum Koperasi";

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "K001",
        slug: "no-legal-entity",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Badan hukum tidak terbukti", en: "No legal entity" },
        why: text! {
            id: "\"Koperasi adalah badan hukum\": tanpa nomor dan tanggal badan hukum yang sah, koperasi tidak dapat dihitung.",
            en: "\"Koperasi adalah badan hukum\": without a valid number and date of registration it cannot be counted.",
        },
        fix: text! {
            id: "Isi `nomor_badan_hukum` dan `tanggal_badan_hukum` dari akta pengesahan, atau jangan hitung koperasi ini.",
            en: "Give `nomor_badan_hukum` and `tanggal_badan_hukum` from the deed, or do not count the cooperative.",
        },
        clause: ENTITY,
        run: Run::Definition(Criterion::BadanHukum, no_legal_entity),
    },
    Rule {
        code: "K002",
        slug: "unknown-number-shape",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Bentuk nomor badan hukum tidak lazim", en: "Unknown shape of number" },
        why: text! {
            id: "Nomor badan hukum punya bentuk menurut zamannya; bentuk lain sering kali nomor yang terpotong atau nomor surat lain.",
            en: "Numbers of each era have a shape; another one is often cut short, or of some other letter.",
        },
        fix: text! {
            id: "Cocokkan dengan akta, misalnya 123/BH/KDK.11/IV/2001 atau AHU-0000021.AH.01.26.TAHUN 2019.",
            en: "Compare with the deed, as 123/BH/KDK.11/IV/2001 or AHU-0000021.AH.01.26.TAHUN 2019.",
        },
        clause: ENTITY,
        run: Run::Entry(unknown_number_shape),
    },
    Rule {
        code: "K003",
        slug: "amendment-number",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Nomor perubahan anggaran dasar", en: "Number of an amendment" },
        why: text! {
            id: "Nomor PAD adalah pengesahan perubahan anggaran dasar, bukan pendirian; \"Koperasi adalah badan hukum yang didirikan …\".",
            en: "A PAD number is that of an amendment, not of the founding; \"Koperasi adalah badan hukum yang didirikan …\".",
        },
        fix: text! {
            id: "Tulis nomor dan tanggal badan hukum pendirian (BH).",
            en: "Give the number and date of the founding (BH).",
        },
        clause: ENTITY,
        run: Run::Entry(amendment_number),
    },
    Rule {
        code: "K004",
        slug: "impossible-founding-date",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Tanggal badan hukum mustahil", en: "Impossible founding date" },
        why: text! {
            id: "Koperasi harus sudah berbadan hukum pada tanggal acuan; tanggal yang mustahil tidak membuktikannya.",
            en: "A cooperative must be registered by the cut-off; an impossible date does not prove it.",
        },
        fix: text! {
            id: "Isi tanggal pengesahan badan hukum seperti pada akta.",
            en: "Give the date of registration as the deed has it.",
        },
        clause: "parameter definisi: tanggal_badan_hukum_terawal; \"Koperasi adalah badan hukum\"",
        run: Run::Entry(impossible_founding_date),
    },
    Rule {
        code: "K005",
        slug: "too-few-members",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Anggota kurang dari syarat", en: "Too few members" },
        why: text! {
            id: "UU 25/1992 Ps 6 mensyaratkan 20 orang untuk koperasi primer (9 orang sejak 2 November 2020, UU 11/2020) dan 3 koperasi untuk sekunder.",
            en: "UU 25/1992 Ps 6 asks for 20 persons in a primary cooperative (9 from 2 November 2020, UU 11/2020) and 3 cooperatives in a secondary one.",
        },
        fix: text! {
            id: "Periksa jumlah anggota pada buku daftar anggota.",
            en: "Check the number against the list of members.",
        },
        clause: MEMBERS,
        run: Run::Entry(too_few_members),
    },
    Rule {
        code: "K006",
        slug: "member-sum-mismatch",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Jumlah anggota tidak cocok", en: "Members do not add up" },
        why: text! {
            id: "Jumlah anggota pria dan wanita seharusnya sama dengan jumlah seluruhnya; anggota adalah orang menurut UU 25/1992 Ps 6.",
            en: "Men and women should add up to all members; members are persons by UU 25/1992 Ps 6.",
        },
        fix: text! {
            id: "Perbaiki `total`, `pria`, atau `wanita` menurut buku daftar anggota.",
            en: "Mend `total`, `pria` or `wanita` by the list of members.",
        },
        clause: "UU 25/1992 Ps 6",
        run: Run::Entry(member_sum_mismatch),
    },
    Rule {
        code: "K007",
        slug: "number-year-mismatch",
        level: Level::Note,
        since: "0.1.0",
        title: text! { id: "Tahun nomor dan tanggal berbeda", en: "Years of number and date differ" },
        why: text! {
            id: "Tahun di dalam nomor badan hukum biasanya tahun pengesahannya; bila berbeda, salah satunya mungkin salah ketik.",
            en: "The year in a number is nearly always that of its registration; if not, one may be mistyped.",
        },
        fix: text! {
            id: "Cocokkan nomor dan tanggal dengan akta.",
            en: "Compare number and date with the deed.",
        },
        clause: ENTITY,
        run: Run::Entry(number_year_mismatch),
    },
    Rule {
        code: "K008",
        slug: "bad-nik",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "NIK koperasi tidak sesuai", en: "NIK malformed or of another region" },
        why: text! {
            id: "Nomor Induk Koperasi terdiri dari 13 angka; 4 angka pertama adalah kode BPS kabupaten/kota.",
            en: "A cooperative's NIK has 13 digits, of which the first 4 are the BPS code of its region.",
        },
        fix: text! {
            id: "Tulis NIK seperti pada sertifikatnya, atau kosongkan bila belum punya.",
            en: "Write the NIK as on its certificate, or leave it empty if there is none.",
        },
        clause: "Standar koplint 1.0: nik_koperasi 13 angka, 4 angka pertama kode BPS kabupaten/kota",
        run: Run::Entry(bad_nik),
    },
    Rule {
        code: "K009",
        slug: "asset-sum-mismatch",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Aset tidak sama dengan modal", en: "Assets do not add up" },
        why: text! {
            id: "Dalam neraca, aset sama dengan modal sendiri ditambah modal luar (UU 25/1992 Ps 41).",
            en: "In a balance sheet assets are own capital and borrowed capital together (UU 25/1992 Ps 41).",
        },
        fix: text! {
            id: "Cocokkan `aset`, `modal_sendiri`, dan `modal_luar` dengan neraca.",
            en: "Compare `aset`, `modal_sendiri` and `modal_luar` with the balance sheet.",
        },
        clause: "UU 25/1992 Ps 41: modal koperasi terdiri dari modal sendiri dan modal pinjaman",
        run: Run::Entry(asset_sum_mismatch),
    },
];
