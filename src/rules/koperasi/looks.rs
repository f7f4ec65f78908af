//! The functions of K.

use crate::check::EntryCx;
use crate::criteria::Judgement;
use crate::entry::{Field, whole};
use crate::finding::{Found, Where};
use crate::nomor::{self, Shape};
use crate::rules::privacy;
use crate::{date, region, say, words};

pub(super) fn no_legal_entity(cx: &EntryCx<'_>, judgement: &Judgement, found: &mut Found<'_>) {
    let (number, founded) = (cx.entry.nomor_badan_hukum, cx.entry.tanggal_badan_hukum);
    let identifies = cx.text(number).is_some_and(nomor::identifies);
    let why = if number.is_missing() {
        say!(cx.lang, id: "`nomor_badan_hukum` tidak diisi", en: "`nomor_badan_hukum` is not given")
    } else if number.value().is_none() {
        say!(cx.lang, id: "`nomor_badan_hukum` tidak sah", en: "`nomor_badan_hukum` is not valid")
    } else if !identifies {
        say!(
            cx.lang,
            id: "`nomor_badan_hukum` tidak memuat satu angka pun",
            en: "`nomor_badan_hukum` holds no digit"
        )
    } else if founded.is_missing() {
        say!(
            cx.lang,
            id: "`tanggal_badan_hukum` tidak diisi",
            en: "`tanggal_badan_hukum` is not given"
        )
    } else if founded.value().is_none() {
        say!(
            cx.lang,
            id: "`tanggal_badan_hukum` tidak sah",
            en: "`tanggal_badan_hukum` is not valid"
        )
    } else if cx.judged.founding_void {
        say!(
            cx.lang,
            id: "`tanggal_badan_hukum` mustahil",
            en: "`tanggal_badan_hukum` is impossible"
        )
    } else {
        say!(
            cx.lang,
            id: "tanpa `tanggal_acuan` yang sah, tidak diketahui apakah sudah berdiri",
            en: "without a valid `tanggal_acuan` it is not known whether it was founded by then"
        )
    };
    let message = say!(
        cx.lang,
        id: "Dihitung, tetapi badan hukumnya tidak dapat dibuktikan: {why}",
        en: "Counted, but it cannot be proven to be a legal entity: {why}"
    );
    found
        .at(judgement.at.clone(), message)
        .because(judgement.because.clone());
}

pub(super) fn unknown_number_shape(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let field = cx.entry.nomor_badan_hukum;
    let (Some(number), Some(at)) = (cx.text(field), field.at()) else {
        return;
    };
    if cx.shape != Some(Shape::Unknown) {
        return;
    }
    let given = words::shown(number, 60);
    if nomor::identifies(number) {
        let message = say!(
            cx.lang,
            id: "Nomor badan hukum \"{given}\" tidak berbentuk nomor yang lazim",
            en: "The number \"{given}\" has none of the known shapes"
        );
        found.at(Where::Node(at), message);
    } else {
        let message = say!(
            cx.lang,
            id: "Nomor badan hukum \"{given}\" tidak memuat angka, jadi bukan nomor",
            en: "The number \"{given}\" holds no digit, so it identifies nothing"
        );
        found.at(Where::Node(at), message).subject(given);
    }
}

pub(super) fn amendment_number(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let field = cx.entry.nomor_badan_hukum;
    let (Some(number), Some(at)) = (cx.text(field), field.at()) else {
        return;
    };
    if cx.shape == Some(Shape::Amendment) {
        let given = words::shown(number, 60);
        let message = say!(
            cx.lang,
            id: "\"{given}\" adalah nomor perubahan anggaran dasar (PAD), bukan nomor pendirian",
            en: "\"{given}\" is the number of an amendment (PAD), not of the founding"
        );
        found.at(Where::Node(at), message);
    }
}

pub(super) fn impossible_founding_date(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let field = cx.entry.tanggal_badan_hukum;
    let (true, Some(day), Some(at)) = (cx.judged.founding_void, field.value(), field.at()) else {
        return;
    };
    let earliest = cx.definition.earliest;
    let cutoff = cx.header.calendar.as_ref().map(|calendar| calendar.cutoff);
    let (message, subject) = match cutoff {
        _ if date::is_sentinel(day) => {
            let message = say!(
                cx.lang,
                id: "Tanggal badan hukum {day} adalah pengganti tanggal kosong",
                en: "The founding date {day} stands for an empty date"
            );
            (message, "sentinel")
        }
        Some(cutoff) if day > cutoff => {
            let message = say!(
                cx.lang,
                id: "Tanggal badan hukum {day} sesudah tanggal acuan {cutoff}",
                en: "The founding date {day} is after the cut-off {cutoff}"
            );
            (message, "late")
        }
        _ => {
            let message = say!(
                cx.lang,
                id: "Tanggal badan hukum {day} sebelum {earliest}",
                en: "The founding date {day} is before {earliest}"
            );
            (message, "early")
        }
    };
    found.at(Where::Node(at), message).subject(subject);
}

pub(super) fn too_few_members(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let entry = cx.entry;
    let (Some(total), Some(at)) = (entry.anggota_total.value(), entry.anggota_total.at()) else {
        return;
    };
    let Some(form) = entry.bentuk_koperasi.value() else {
        return;
    };
    let rows = cx
        .definition
        .members
        .iter()
        .filter(|row| row.bentuk == form);
    if rows.clone().all(|row| total >= row.least) {
        return;
    }
    let founded = entry
        .tanggal_badan_hukum
        .value()
        .filter(|_| !cx.judged.founding_void);
    let number = entry
        .nomor_badan_hukum
        .at()
        .and_then(|at| cx.doc.node(at).as_str());
    // An amendment's date says only that the founding was before it.
    let amended = number.is_some_and(nomor::date_is_an_amendments);
    let least = match founded {
        Some(day) if !amended => {
            let row = rows
                .filter(|row| row.since <= day)
                .max_by_key(|row| row.since);
            row.map(|row| row.least)
        }
        Some(day) => rows
            .filter(|row| row.since <= day)
            .map(|row| row.least)
            .min(),
        None => rows.map(|row| row.least).min(),
    };
    let Some(least) = least.filter(|least| total < *least) else {
        return;
    };
    let form = form.code();
    let message = say!(
        cx.lang,
        id: "Jumlah anggota {total}, paling sedikit {least} untuk koperasi {form} ini",
        en: "{total} members; this {form} cooperative needs at least {least}"
    );
    let draft = found.at(Where::Node(at), message);
    draft.subject(format!("{form}/{least}"));
    if let (Some(_), Some(at)) = (founded, entry.tanggal_badan_hukum.at()) {
        let label = say!(cx.lang, id: "tanggal badan hukum", en: "the founding date");
        draft.related(Where::Node(at), label);
    }
}

pub(super) fn member_sum_mismatch(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let entry = cx.entry;
    let (total, men, women) = (
        entry.anggota_total,
        entry.anggota_pria,
        entry.anggota_wanita,
    );
    // The schema asks for whole numbers only, so a negative one is found here.
    for (field, name) in [(men, "pria"), (women, "wanita")] {
        let Field::Invalid(at) = field else { continue };
        if let Some(value) = whole(cx.doc.node(at)).filter(|value| *value < 0) {
            let message = say!(
                cx.lang,
                id: "Jumlah anggota {name} {value}; jumlah orang tidak mungkin negatif",
                en: "The number of `{name}` is {value}; it cannot be negative"
            );
            found.at(Where::Node(at), message).subject("negative");
        }
    }
    let (Some(all), Some(at)) = (total.value(), total.at()) else {
        return;
    };
    let (Some(men), Some(women)) = (men.value(), women.value()) else {
        return;
    };
    let sum = u128::from(men) + u128::from(women);
    if u128::from(all) != sum {
        let message = say!(
            cx.lang,
            id: "Jumlah anggota {all}, sedangkan pria {men} + wanita {women} = {sum}",
            en: "{all} members, but {men} men + {women} women = {sum}"
        );
        found.at(Where::Node(at), message);
    }
}

pub(super) fn number_year_mismatch(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let (number, founded) = (cx.entry.nomor_badan_hukum, cx.entry.tanggal_badan_hukum);
    let (Some(text), Some(number_at)) = (cx.text(number), number.at()) else {
        return;
    };
    let (Some(day), Some(at), false) = (founded.value(), founded.at(), cx.judged.founding_void)
    else {
        return;
    };
    let Some(year) = nomor::year(text).filter(|year| *year != i32::from(day.year())) else {
        return;
    };
    let message = say!(
        cx.lang,
        id: "Nomor badan hukum bertahun {year}, sedangkan tanggalnya {day}",
        en: "The number is of {year}, but the date is {day}"
    );
    let label = say!(cx.lang, id: "nomor badan hukum", en: "the number");
    found
        .at(Where::Node(at), message)
        .related(Where::Node(number_at), label);
}

pub(super) fn bad_nik(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let field = cx.entry.nik_koperasi;
    let (Some(nik), Some(at)) = (cx.text(field), field.at()) else {
        return;
    };
    let well_formed = nik.len() == 13 && nik.bytes().all(|b| b.is_ascii_digit());
    let (message, subject) = if well_formed {
        let Some(region) = cx.header.region else {
            return;
        };
        let own = nik.get(..4).unwrap_or_default();
        if region.has_digits(own) {
            return;
        }
        let (code, name) = (region.code, region.name);
        let other = region::find(own).map_or_else(String::new, |of| format!(" ({})", of.name));
        let message = say!(
            cx.lang,
            id: "NIK koperasi diawali {own}{other}, sedangkan kiriman ini untuk {code} ({name})",
            en: "The NIK begins with {own}{other}, but this submission is for {code} ({name})"
        );
        (message, format!("region/{own}"))
    } else if nik.is_empty() {
        let message = say!(
            cx.lang,
            id: "NIK koperasi berisi teks kosong, seharusnya 13 angka",
            en: "The NIK is an empty text, not 13 digits"
        );
        (message, "empty".to_owned())
    } else {
        let digits = nik.chars().filter(char::is_ascii_digit).count();
        let given = if digits > 13 {
            privacy::masked(nik, 6)
        } else {
            words::shown(nik, 40)
        };
        let message = match digits {
            13 => say!(
                cx.lang,
                id: "NIK koperasi \"{given}\" harus 13 angka tanpa spasi dan tanda lain",
                en: "The NIK \"{given}\" must be 13 digits without spaces and other signs"
            ),
            _ => say!(
                cx.lang,
                id: "NIK koperasi \"{given}\" bukan 13 angka (ada {digits} angka)",
                en: "The NIK \"{given}\" is not 13 digits (it has {digits})"
            ),
        };
        (message, format!("digits/{digits}"))
    };
    found.at(Where::Node(at), message).subject(subject);
}

pub(super) fn asset_sum_mismatch(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let entry = cx.entry;
    let (Some(own), Some(lent)) = (entry.modal_sendiri.value(), entry.modal_luar.value()) else {
        return;
    };
    let (Some(assets), Some(at)) = (entry.aset.value(), entry.aset.at()) else {
        return;
    };
    let sum = own + lent;
    // Half a rupiah, or what a double cannot tell apart.
    let slack = (assets.abs() * 1e-12).max(0.5);
    if (assets - sum).abs() <= slack {
        return;
    }
    let part = |field: Field<f64>| field.at().map_or_else(String::new, |at| cx.shown(at));
    let (assets, own, lent) = (
        cx.shown(at),
        part(entry.modal_sendiri),
        part(entry.modal_luar),
    );
    let sum = words::shown(&sum.to_string(), 40);
    let message = say!(
        cx.lang,
        id: "Aset {assets}, sedangkan modal sendiri {own} + modal luar {lent} = {sum}",
        en: "Assets are {assets}, but own {own} + borrowed {lent} = {sum}"
    );
    found.at(Where::Node(at), message);
}
