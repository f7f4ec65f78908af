//! `koplint verify`: whether a certificate holds for files.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use serde_json::ser::PrettyFormatter;

use super::ListFormat;
use super::certify::{Common, public, say_failure};
use super::run::{FINDINGS, INCOMPLETE, Outcome, say_aside};
use crate::certificate::compare::Difference;
use crate::certificate::read::Certificate;
use crate::certificate::verify::{self, SignatureLine, Standing, Verdict};
use crate::certificate::{MAX, clipped, small_file};
use crate::lang::Lang;
use crate::render::json::Safe;
use crate::render::safe;
use crate::say;

/// The options.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Sertifikat / The certificate
    certificate: PathBuf,
    /// Berkas atau folder yang disertifikatkan / The files or folders that were certified
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Kunci publik penandatangan (PEM), boleh berulang / Signer's public key, repeatable
    #[arg(long, value_name = "FILE")]
    public_key: Vec<PathBuf>,
    /// Bentuk keluaran / Form of the output
    #[arg(long, value_enum, default_value = "text")]
    output_format: ListFormat,
    #[command(flatten)]
    common: Common,
}

/// Runs the command.
pub(super) fn run(args: &Verify, out: &mut dyn Write) -> Result<u8, Outcome> {
    let file = &args.certificate;
    let name = clipped(&file.to_string_lossy(), 200);
    let mut own: Vec<&Path> = vec![file];
    own.extend(args.public_key.iter().map(PathBuf::as_path));
    let resolved = args.common.resolve(&args.paths, &own)?;
    let lang = resolved.ground.lang;
    let bytes = small_file(lang, file, MAX)?;
    let certificate =
        Certificate::read(&bytes).map_err(|error| format!("{name}: {}", error.words(lang)))?;
    let keys = public(lang, &args.public_key)?;
    let verdict = verify::verify(
        &certificate,
        &keys,
        resolved.inputs,
        resolved.failures,
        resolved.ground,
    )?;
    verdict.failures.iter().for_each(say_failure);
    match args.output_format {
        ListFormat::Text => text(lang, &name, &certificate, &verdict, out)?,
        ListFormat::Json => json(&name, &certificate, &verdict, out)?,
    }
    Ok(match (verdict.differences.is_empty(), verdict.complete) {
        (false, _) => FINDINGS,
        (true, false) => {
            say_aside(&say!(lang,
                id: "TIDAK LENGKAP: ada yang tidak terbaca, sertifikat tidak dapat diperiksa seluruhnya",
                en: "INCOMPLETE: something was not read, the certificate cannot be checked wholly",
            ));
            INCOMPLETE
        }
        (true, true) => 0,
    })
}

fn text(
    lang: Lang,
    name: &str,
    certificate: &Certificate,
    verdict: &Verdict,
    out: &mut dyn Write,
) -> io::Result<()> {
    for one in &verdict.signatures {
        if one.standing == Standing::Valid {
            let keyid = safe(&one.keyid);
            let said = say!(lang, id: "tanda tangan sah: kunci {keyid}", en: "signature holds: key {keyid}");
            writeln!(out, "{said}")?;
        }
    }
    let label = lang.pick("catatan", "note");
    for note in &verdict.notes {
        writeln!(out, "{label}: {}", safe(note))?;
    }
    let label = lang.pick("TIDAK COCOK", "DIFFERS");
    for one in &verdict.differences {
        writeln!(out, "{label}: {}", safe(&one.message))?;
    }
    let (verified, files) = (verdict.verified, certificate.statement.subject.len());
    let differ = verdict.differences.len();
    let mut signed = verdict.signatures.iter();
    let signed = signed.any(|one| one.standing == Standing::Valid);
    let said = match (verdict.holds(), differ) {
        (true, _) if signed => say!(lang,
            id: "{name}: BERLAKU; dihitung ulang dari {files} berkas, jumlah terbukti {verified}",
            en: "{name}: HOLDS; counted again from {files} files, verified count {verified}",
        ),
        (true, _) => say!(lang,
            id: "{name}: ANGKANYA COCOK, penandatangannya tidak diperiksa; dihitung ulang dari {files} berkas, jumlah terbukti {verified}",
            en: "{name}: THE NUMBERS AGREE, who signed was not checked; counted again from {files} files, verified count {verified}",
        ),
        (false, 0) => return Ok(()),
        (false, _) => say!(lang,
            id: "{name}: TIDAK BERLAKU; {differ} hal tidak cocok",
            en: "{name}: DOES NOT HOLD; {differ} things differ",
        ),
    };
    writeln!(out, "{said}")
}

/// The outcome for programs.
#[derive(Serialize)]
struct View<'a> {
    version: u32,
    certificate: &'a str,
    holds: bool,
    complete: bool,
    verified: u64,
    files: usize,
    signatures: &'a [SignatureLine],
    differences: &'a [Difference],
    notes: &'a [String],
    failures: Vec<Failed<'a>>,
}

#[derive(Serialize)]
struct Failed<'a> {
    file: &'a str,
    message: &'a str,
}

fn json(
    name: &str,
    certificate: &Certificate,
    verdict: &Verdict,
    out: &mut dyn Write,
) -> io::Result<()> {
    let failures = verdict.failures.iter().map(|failure| Failed {
        file: &failure.file,
        message: &failure.message,
    });
    let view = View {
        version: 1,
        certificate: name,
        holds: verdict.holds(),
        complete: verdict.complete,
        verified: verdict.verified,
        files: certificate.statement.subject.len(),
        signatures: &verdict.signatures,
        differences: &verdict.differences,
        notes: &verdict.notes,
        failures: failures.collect(),
    };
    let pretty = Safe(PrettyFormatter::with_indent(b"  "));
    view.serialize(&mut serde_json::Serializer::with_formatter(
        &mut *out, pretty,
    ))?;
    writeln!(out)
}
