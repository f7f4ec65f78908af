//! The six criteria in the words of an office, with the years of the cut-off.

use crate::codes::BentukBantuan;
use crate::criteria::Criterion;
use crate::template::{Form, words};

/// Name and meaning of each criterion.
pub(super) fn all(form: &Form<'_>) -> impl Iterator<Item = (&'static str, String)> {
    Criterion::ALL
        .into_iter()
        .map(|one| (name(one), meaning(form, one)))
}

fn name(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::BadanHukum => "Badan hukum",
        Criterion::Produksi => "Produksi",
        Criterion::Rat => "RAT",
        Criterion::Usaha => "Usaha",
        Criterion::Tujuan => "Tujuan",
        Criterion::Bantuan => "Bantuan",
    }
}

fn meaning(form: &Form<'_>, criterion: Criterion) -> String {
    let definition = form.definition;
    let calendar = &form.calendar;
    match criterion {
        Criterion::BadanHukum => format!(
            "Koperasi berbadan hukum, disahkan paling lambat {}.",
            words::long(form.cutoff)
        ),
        Criterion::Produksi => {
            let jenis: Vec<&str> = definition.jenis.iter().map(|one| one.code()).collect();
            format!("Jenis koperasi: {}.", jenis.join(" atau "))
        }
        Criterion::Rat => {
            let (first, years) = (calendar.oldest, definition.years);
            let runs: Vec<String> = calendar
                .ends()
                .enumerate()
                .map(|(at, last)| {
                    let from = first + i32::try_from(at).unwrap_or(0);
                    words::years((from, last))
                })
                .collect();
            let runs = runs.join(" (atau ");
            let close = if calendar.next_possible { ")" } else { "" };
            format!(
                "Rapat Anggota Tahunan diadakan untuk {years} tahun buku berturut-turut: {runs}{close}. RAT suatu tahun buku semestinya diadakan paling lambat {} bulan sesudah tahun buku itu berakhir.",
                definition.deadline_months
            )
        }
        Criterion::Usaha => format!(
            "Paling sedikit {} kegiatan usaha yang melayani anggota dalam tahun buku {}.",
            definition.activities,
            words::years(calendar.activity)
        ),
        Criterion::Tujuan => {
            "Paling sedikit satu layanan kepada anggota atau usaha bersama (layanan_anggota)."
                .to_owned()
        }
        Criterion::Bantuan => aid(form),
    }
}

fn aid(form: &Form<'_>) -> String {
    let definition = form.definition;
    let plain = |codes: Vec<&str>| codes.join(", ").replace('_', " ");
    let tingkat = plain(definition.tingkat.iter().map(|one| one.code()).collect());
    let status = plain(definition.status.iter().map(|one| one.code()).collect());
    let bentuk = plain(definition.bentuk.iter().map(|one| one.code()).collect());
    let others = BentukBantuan::ALL
        .iter()
        .filter(|one| !definition.bentuk.contains(one));
    let others = plain(others.map(|one| one.code()).collect());
    let years = words::years(form.calendar.aid);
    let not = if others.is_empty() {
        String::new()
    } else {
        format!(" Tidak dihitung: {others}.")
    };
    format!(
        "Paling sedikit satu bantuan pemerintah (tingkat: {tingkat}) dengan status {status} dalam tahun {years}. Bentuk yang dihitung: {bentuk}.{not}"
    )
}
