//! C: the waivers and the baseline of a run. They stand in the report of the run, not of a
//! submission.

use crate::definition::Definition;
use crate::finding::{Finding, Mistake, Standing};
use crate::lang::Lang;
use crate::place::Place;
use crate::policy::baseline::Baseline;
use crate::policy::waivers::Waiver;
use crate::rule::{Level, Rule, Run};
use crate::{say, text};

const SAID: &str = "Standar koplint 1.0: tidak ada temuan yang hilang diam-diam";

/// The rules of this family.
pub static RULES: &[Rule] = &[
    Rule {
        code: "C001",
        slug: "unused-waiver",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Pengecualian tidak terpakai", en: "Unused waiver" },
        why: text! {
            id: "Pengecualian yang tidak mengenai temuan apa pun dapat menyembunyikan temuan yang datang kemudian.",
            en: "A waiver that meets no finding may hide one that comes later.",
        },
        fix: text! {
            id: "Hapus pengecualian itu bila masalahnya sudah selesai, atau betulkan kode, kunci, atau berkasnya.",
            en: "Remove it if the matter is settled, or correct its code, key or paths.",
        },
        clause: SAID,
        run: Run::Settings,
    },
    Rule {
        code: "C002",
        slug: "expired-waiver",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Pengecualian kedaluwarsa", en: "Expired waiver" },
        why: text! {
            id: "Sesudah hari terakhirnya pengecualian tidak berlaku lagi; temuannya kembali terbuka.",
            en: "After its last day a waiver holds no longer; its finding is open again.",
        },
        fix: text! {
            id: "Selesaikan temuannya lalu hapus pengecualian itu, atau perpanjang dengan alasan yang masih benar.",
            en: "Settle the finding and remove the waiver, or renew it with a reason that still holds.",
        },
        clause: SAID,
        run: Run::Settings,
    },
    Rule {
        code: "C003",
        slug: "other-baseline",
        level: Level::Warning,
        since: "0.1.0",
        title: text! { id: "Baseline dari definisi lain", en: "Baseline of another definition" },
        why: text! {
            id: "Temuan yang dikenal dicatat menurut definisi atau standar lain, sehingga artinya sekarang mungkin berbeda.",
            en: "The known findings were noted under another definition or standard, and may mean something else now.",
        },
        fix: text! {
            id: "Periksa temuannya, lalu buat baseline baru dengan `--update-baseline`.",
            en: "Look at the findings, then make the baseline anew with `--update-baseline`.",
        },
        clause: "Standar koplint 1.0: definisi adalah data berversi, sidiknya tercatat di setiap putusan",
        run: Run::Settings,
    },
];

/// C001
pub(crate) fn unused(waiver: &Waiver, lang: Lang) -> Finding {
    let (code, of) = (waiver.rule.code, of(waiver, lang));
    let message = say!(
        lang,
        id: "pengecualian atas {code} {of} tidak mengenai temuan apa pun",
        en: "the waiver of {code} {of} meets no finding",
    );
    finding(&RULES[0], message, subject(waiver))
}

/// C002
pub(crate) fn expired(waiver: &Waiver, lang: Lang) -> Finding {
    let (code, of, until) = (waiver.rule.code, of(waiver, lang), waiver.until);
    let message = say!(
        lang,
        id: "pengecualian atas {code} {of} berlaku sampai {until} dan sudah lewat",
        en: "the waiver of {code} {of} held until {until} and is over",
    );
    finding(&RULES[1], message, subject(waiver))
}

/// C003, at the baseline's beginning.
pub(crate) fn other_baseline(baseline: &Baseline, now: &Definition, lang: Lang) -> Finding {
    let (standard, version, new) = (&baseline.standard, &baseline.definition.0, &now.version);
    let (standard, version) = (shown(standard), shown(version));
    let message = say!(
        lang,
        id: "baseline dibuat dengan standar {standard} dan definisi {version}; sekarang dipakai definisi {new}, dan isinya lain",
        en: "the baseline was made with standard {standard} and definition {version}; now definition {new} is used, and it says otherwise",
    );
    let mut finding = finding(&RULES[2], message, baseline.definition.1.clone());
    finding.place = Place {
        file: Some(baseline.file.to_string_lossy().into()),
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
        ..Place::default()
    };
    finding
}

fn shown(text: &str) -> String {
    crate::words::shown(text, 40)
}

/// The entry or the file, in words.
fn of(waiver: &Waiver, lang: Lang) -> String {
    match &waiver.key {
        Some(key) => {
            let key = shown(key);
            say!(lang, id: "pada entri {key}", en: "of entry {key}")
        }
        None => say!(lang, id: "pada berkas", en: "of the file"),
    }
}

fn subject(waiver: &Waiver) -> String {
    format!(
        "{}/{}",
        waiver.rule.code,
        waiver.key.as_deref().unwrap_or_default()
    )
}

fn finding(rule: &'static Rule, message: String, subject: String) -> Finding {
    Finding {
        rule,
        level: rule.level,
        message,
        help: None,
        found: None,
        expected: None,
        entry: None,
        key: None,
        name: None,
        mistake: Mistake {
            code: rule.code,
            field: String::new(),
            subject,
        },
        place: Place::default(),
        related: Vec::new(),
        cause: None,
        times: 1,
        standing: Standing::Open,
        known: false,
    }
}
