//! P: the type of the cooperative, and what a producer's register says of its production.

use crate::check::EntryCx;
use crate::codes::{Jenis, Layanan, Tipe};
use crate::criteria::{Criterion, Judgement, Status};
use crate::finding::{Found, Where};
use crate::rule::{Level, Rule, Run};
use crate::{say, text, words};

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "P001",
        slug: "not-producer",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Bukan koperasi produsen", en: "Not a producer cooperative" },
        why: text! {
            id: "Indikator hanya menghitung koperasi produksi, yaitu yang bergerak dalam \
                 \"pembuatan dan penjualan barang-barang\"; \"koperasi produksi/koperasi Produsen\" sama artinya.",
            en: "The indicator counts producer cooperatives only, those in \"pembuatan dan \
                 penjualan barang-barang\"; \"koperasi produksi\" and \"koperasi Produsen\" are one.",
        },
        fix: text! {
            id: "Jangan hitung koperasi ini (`dihitung`: Tidak), atau betulkan `jenis_koperasi` bila salah isi.",
            en: "Do not count it (`dihitung`: no), or correct `jenis_koperasi` if it was entered wrongly.",
        },
        clause: "Koperasi produksi/koperasi Produsen; pembuatan dan penjualan barang-barang",
        run: Run::Definition(Criterion::Produksi, not_producer),
    },
    Rule {
        code: "P002",
        slug: "name-says-other-type",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Nama menyebut jenis lain", en: "The name says another type" },
        why: text! {
            id: "Hanya \"Koperasi produksi/koperasi Produsen\" yang dihitung. Nama resmi biasanya \
                 memuat jenis koperasi, jadi nama dan `jenis_koperasi` seharusnya sejalan.",
            en: "Only \"Koperasi produksi/koperasi Produsen\" counts. An official name usually \
                 holds the type, so the name and `jenis_koperasi` should agree.",
        },
        fix: text! {
            id: "Cocokkan dengan akta pendirian, lalu betulkan `jenis_koperasi` atau nama.",
            en: "Compare with the founding deed and correct `jenis_koperasi` or the name.",
        },
        clause: "Koperasi produksi/koperasi Produsen",
        run: Run::Entry(name_says_other_type),
    },
    Rule {
        code: "P003",
        slug: "jenis-pertama-with-unit",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Jenis pertama, tetapi punya unit produksi", en: "First kind with a production unit" },
        why: text! {
            id: "Pada jenis pertama \"Tidak terdapat unit kegiatan produksi pada perusahaan koperasi\". \
                 Koperasi dengan unit produksi sendiri termasuk jenis kedua.",
            en: "In the first kind there is no production unit (\"Tidak terdapat unit kegiatan \
                 produksi pada perusahaan koperasi\"). One with a unit of its own is of the second kind.",
        },
        fix: text! {
            id: "Ubah `tipe_produsen` menjadi `jenis_kedua`, atau betulkan `unit_produksi` bila unit itu milik anggota.",
            en: "Set `tipe_produsen` to `jenis_kedua`, or correct `unit_produksi` if the unit is the members' own.",
        },
        clause: "Tidak terdapat unit kegiatan produksi pada perusahaan koperasi (sebut jenis pertama)",
        run: Run::Entry(first_kind_with_unit),
    },
    Rule {
        code: "P004",
        slug: "jenis-kedua-without-unit",
        level: Level::Error,
        since: "0.1.0",
        title: text! { id: "Jenis kedua tanpa unit produksi", en: "Second kind without a production unit" },
        why: text! {
            id: "Pada jenis kedua \"Terdapat unit kegiatan produksi pada perusahaan koperasi\", \
                 dengan proses produksi \"di awal, di tengah dan/atau di akhir\".",
            en: "In the second kind there is a production unit (\"Terdapat unit kegiatan produksi \
                 pada perusahaan koperasi\"), \"di awal, di tengah dan/atau di akhir\".",
        },
        fix: text! {
            id: "Isi `unit_produksi`: ada (Ya) dan tahapnya (awal, tengah, akhir), atau ubah `tipe_produsen` menjadi `jenis_pertama`.",
            en: "Give `unit_produksi`: that it is there (`ada`) and its stages (awal, tengah, akhir), or set `tipe_produsen` to `jenis_pertama`.",
        },
        clause: "Terdapat unit kegiatan produksi pada perusahaan koperasi (sebut jenis kedua); di awal, di tengah dan/atau di akhir",
        run: Run::Entry(second_kind_without_unit),
    },
    Rule {
        code: "P005",
        slug: "jenis-pertama-without-service",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Jenis pertama tanpa pelayanan pokok", en: "First kind without a main service" },
        why: text! {
            id: "Kegiatan jenis pertama \"lebih ditekankan pada kegiatan pelayanan kepada anggota\": \
                 bahan baku dan bahan bakar, pemasaran dan informasi pasar, perbengkelan, pendidikan.",
            en: "The first kind is above all about services to members (\"lebih ditekankan pada \
                 kegiatan pelayanan kepada anggota\"): materials and fuel, marketing, workshop, education.",
        },
        fix: text! {
            id: "Lengkapi `layanan_anggota` dengan pelayanan yang benar-benar diberikan, atau periksa `tipe_produsen`.",
            en: "Complete `layanan_anggota` with the services really given, or check `tipe_produsen`.",
        },
        clause: "lebih ditekankan pada kegiatan pelayanan kepada anggota diantaranya",
        run: Run::Entry(first_kind_without_service),
    },
    Rule {
        code: "P006",
        slug: "jenis-kedua-without-education",
        level: Level::Note,
        since: "0.1.0",
        title: text! { id: "Jenis kedua tanpa pendidikan anggota", en: "Second kind without member education" },
        why: text! {
            id: "Pada jenis kedua, pelayanan pendidikan anggota \"tetap dilakukan seperti jenis pertama\".",
            en: "In the second kind members are educated as in the first (\"tetap dilakukan seperti jenis pertama\").",
        },
        fix: text! {
            id: "Tambahkan `pendidikan_anggota` pada `layanan_anggota` bila memang dilakukan.",
            en: "Add `pendidikan_anggota` to `layanan_anggota` if it is done.",
        },
        clause: "tetap dilakukan seperti jenis pertama",
        run: Run::Entry(second_kind_without_education),
    },
    Rule {
        code: "P007",
        slug: "producer-fields-on-other-type",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Isian produsen pada jenis lain", en: "Producer's fields on another type" },
        why: text! {
            id: "Pembagian jenis pertama dan kedua hanya untuk \"Koperasi produsen berdasarkan tempat \
                 kegiatan produksi dilakukan\". Isian ini bertentangan dengan `jenis_koperasi`.",
            en: "Only producers are of a first or second kind (\"Koperasi produsen berdasarkan tempat \
                 kegiatan produksi dilakukan\"). The field contradicts `jenis_koperasi`.",
        },
        fix: text! {
            id: "Betulkan `jenis_koperasi`, atau kosongkan `tipe_produsen` dan `unit_produksi`.",
            en: "Correct `jenis_koperasi`, or leave `tipe_produsen` and `unit_produksi` empty.",
        },
        clause: "Koperasi produsen berdasarkan tempat kegiatan produksi dilakukan, dapat pula dibedakan",
        run: Run::Entry(producer_fields_on_other_type),
    },
];

fn not_producer(cx: &EntryCx<'_>, judgement: &Judgement, found: &mut Found<'_>) {
    let field = cx.entry.jenis_koperasi;
    let given = field.at().map(|at| cx.shown(at)).unwrap_or_default();
    let message = match (judgement.status, field.is_missing()) {
        (_, true) => say!(
            cx.lang,
            id: "Jenis koperasi tidak diisi, sehingga tidak dapat dibuktikan bahwa ini koperasi produsen",
            en: "No type is given, so it cannot be proven that this is a producer cooperative"
        ),
        (Status::TidakTerbukti, false) => say!(
            cx.lang,
            id: "Jenis koperasi \"{given}\" tidak sah, sehingga tidak dapat dibuktikan bahwa ini koperasi produsen",
            en: "The type \"{given}\" is not valid, so it cannot be proven that this is a producer cooperative"
        ),
        _ => say!(
            cx.lang,
            id: "Dihitung, tetapi jenis koperasi \"{given}\", bukan \"produsen\"",
            en: "Counted, but the type is \"{given}\", not \"produsen\""
        ),
    };
    found
        .at(judgement.at.clone(), message)
        .subject(given)
        .because(judgement.because.clone());
}

/// What a name says, by whole words.
const NAMES: &[(Jenis, &[&str])] = &[
    (
        Jenis::SimpanPinjam,
        &["ksp", "kspps", "kjks", "simpan pinjam"],
    ),
    (Jenis::Konsumen, &["konsumen"]),
    (Jenis::Jasa, &["jasa"]),
    (Jenis::Pemasaran, &["pemasaran"]),
    (Jenis::SerbaUsaha, &["ksu", "serba usaha"]),
];

fn name_says_other_type(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let (Some(jenis), Some(at)) = (
        cx.entry.jenis_koperasi.value(),
        cx.entry.jenis_koperasi.at(),
    ) else {
        return;
    };
    let (Some(name), Some(name_at)) =
        (cx.text(cx.entry.nama_koperasi), cx.entry.nama_koperasi.at())
    else {
        return;
    };
    let has = |phrase: &&str| words::has_phrase(name, phrase);
    if ["produsen", "produksi"].iter().any(has) {
        return;
    }
    let names = NAMES.iter().filter(|(_, all)| all.iter().any(has));
    let says: Vec<Jenis> = names.map(|(jenis, _)| *jenis).collect();
    if says.is_empty() || says.contains(&jenis) {
        return;
    }
    let said: Vec<&str> = says.into_iter().map(Jenis::code).collect();
    let said = said.join(", ");
    let given = jenis.code();
    let message = say!(
        cx.lang,
        id: "Nama koperasi menyebut jenis \"{said}\", tetapi `jenis_koperasi` berisi \"{given}\"",
        en: "The name says \"{said}\", but `jenis_koperasi` is \"{given}\""
    );
    let label = say!(cx.lang, id: "nama koperasi", en: "the name");
    found
        .at(Where::Node(at), message)
        .subject(format!("{said}/{given}"))
        .related(Where::Node(name_at), label);
}

fn first_kind_with_unit(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let entry = cx.entry;
    if entry.tipe_produsen.value() != Some(Tipe::Pertama) {
        return;
    }
    let ada = entry.unit_ada.value() == Some(true);
    let tahap = entry.unit_tahap.value().unwrap_or(0);
    let at = if ada {
        entry.unit_ada.at()
    } else if tahap > 0 {
        entry.unit_tahap.at()
    } else {
        return;
    };
    let message = if ada {
        say!(
            cx.lang,
            id: "`tipe_produsen` berisi \"jenis_pertama\", tetapi unit produksi dinyatakan ada",
            en: "`tipe_produsen` is \"jenis_pertama\", but a production unit is said to exist"
        )
    } else {
        say!(
            cx.lang,
            id: "`tipe_produsen` berisi \"jenis_pertama\", tetapi {tahap} tahap produksi diisi",
            en: "`tipe_produsen` is \"jenis_pertama\", but {tahap} stage(s) of production are given"
        )
    };
    kind(cx, found.at(at.map_or(Where::All, Where::Node), message));
}

fn second_kind_without_unit(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    use crate::entry::Field::Invalid;
    let entry = cx.entry;
    if entry.tipe_produsen.value() != Some(Tipe::Kedua)
        || matches!(entry.unit_produksi, Invalid(_))
        || matches!(entry.unit_ada, Invalid(_))
        || matches!(entry.unit_tahap, Invalid(_))
    {
        return;
    }
    let place = |at: Option<_>, object, name: &str| {
        at.map_or_else(|| Where::Missing(object, name.to_owned()), Where::Node)
    };
    let unit = entry.unit_produksi.at();
    let (at, message, subject) = if entry.unit_produksi.is_missing() {
        let message = say!(
            cx.lang,
            id: "`tipe_produsen` berisi \"jenis_kedua\", tetapi `unit_produksi` tidak diisi",
            en: "`tipe_produsen` is \"jenis_kedua\", but `unit_produksi` is not given"
        );
        (place(unit, 0, "unit_produksi"), message, "unit_produksi")
    } else if entry.unit_ada.value() == Some(false) {
        let message = say!(
            cx.lang,
            id: "`tipe_produsen` berisi \"jenis_kedua\", tetapi unit produksi dinyatakan tidak ada",
            en: "`tipe_produsen` is \"jenis_kedua\", but the production unit is said not to exist"
        );
        (place(entry.unit_ada.at(), 0, "ada"), message, "ada")
    } else if entry.unit_tahap.value().unwrap_or(0) == 0 {
        let message = say!(
            cx.lang,
            id: "`tipe_produsen` berisi \"jenis_kedua\", tetapi tahap produksi (awal, tengah, akhir) tidak diisi",
            en: "`tipe_produsen` is \"jenis_kedua\", but no stage of production (awal, tengah, akhir) is given"
        );
        let object = unit.unwrap_or_default();
        (
            place(entry.unit_tahap.at(), object, "tahap"),
            message,
            "tahap",
        )
    } else {
        return;
    };
    kind(cx, found.at(at, message).subject(subject));
}

/// Shows `tipe_produsen` beside a finding.
fn kind(cx: &EntryCx<'_>, draft: &mut crate::finding::Draft) {
    if let Some(at) = cx.entry.tipe_produsen.at() {
        let label = say!(cx.lang, id: "tipe produsen", en: "the kind of producer");
        draft.related(Where::Node(at), label);
    }
}

/// Whether a producer of a kind says all its services soundly and has none of `wanted`.
fn lacks(cx: &EntryCx<'_>, tipe: Tipe, wanted: &[Layanan]) -> Option<Where> {
    let list = cx.entry.layanan_anggota;
    let at = list.value().and(list.at())?;
    let lacks = cx.entry.tipe_produsen.value() == Some(tipe)
        && cx
            .entry
            .services
            .iter()
            .all(|service| service.layanan.is_some_and(|one| !wanted.contains(&one)));
    lacks.then_some(Where::Node(at))
}

fn first_kind_without_service(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    use Layanan::{BahanBakar, BahanBaku, InformasiPasar, Pemasaran, Pendidikan, Perbengkelan};
    let main = [
        BahanBaku,
        BahanBakar,
        Pemasaran,
        InformasiPasar,
        Perbengkelan,
        Pendidikan,
    ];
    if let Some(at) = lacks(cx, Tipe::Pertama, &main) {
        let main = main.map(Layanan::code).join(", ");
        let message = say!(
            cx.lang,
            id: "Koperasi jenis pertama tanpa satu pun pelayanan pokok ({main})",
            en: "A cooperative of the first kind with none of the main services ({main})"
        );
        kind(cx, found.at(at, message));
    }
}

fn second_kind_without_education(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    if let Some(at) = lacks(cx, Tipe::Kedua, &[Layanan::Pendidikan]) {
        let message = say!(
            cx.lang,
            id: "Koperasi jenis kedua tanpa \"pendidikan_anggota\" dalam `layanan_anggota`",
            en: "A cooperative of the second kind without \"pendidikan_anggota\" in `layanan_anggota`"
        );
        kind(cx, found.at(at, message));
    }
}

fn producer_fields_on_other_type(cx: &EntryCx<'_>, found: &mut Found<'_>) {
    let entry = cx.entry;
    let (Some(jenis), Some(false)) = (entry.jenis_koperasi.value(), cx.is_producer()) else {
        return;
    };
    let tipe = entry.tipe_produsen.value().and(entry.tipe_produsen.at());
    let unit = entry
        .unit_ada
        .at()
        .filter(|_| entry.unit_ada.value() == Some(true));
    let Some(at) = tipe.or(unit) else { return };
    let field = if tipe.is_some() {
        "tipe_produsen"
    } else {
        "unit_produksi.ada"
    };
    let given = cx.shown(at);
    let jenis = jenis.code();
    let message = say!(
        cx.lang,
        id: "`{field}` berisi \"{given}\", tetapi `jenis_koperasi` berisi \"{jenis}\", bukan \"produsen\"",
        en: "`{field}` is \"{given}\", but `jenis_koperasi` is \"{jenis}\", not \"produsen\""
    );
    let draft = found.at(Where::Node(at), message);
    draft.subject(format!("{given}/{jenis}"));
    if let Some(unit) = unit.filter(|unit| *unit != at) {
        let label = say!(cx.lang, id: "unit produksi", en: "the production unit");
        draft.related(Where::Node(unit), label);
    }
    if let Some(at) = entry.jenis_koperasi.at() {
        let label = say!(cx.lang, id: "jenis koperasi", en: "the type");
        draft.related(Where::Node(at), label);
    }
}
