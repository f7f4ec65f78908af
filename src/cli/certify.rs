//! `koplint certify`: counts, and writes a certificate of it.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use ed25519_dalek::SigningKey;

use super::run::{INCOMPLETE, Outcome, say_aside};
use super::{HeaderFlags, files, settings};
use crate::certificate::dsse::Envelope;
use crate::certificate::keys::{self, PublicKey};
use crate::certificate::{self, Ground, MAX, sources};
use crate::config::Config;
use crate::lang::Lang;
use crate::read::open::Input;
use crate::render::OutputFormat;
use crate::report::Failure;
use crate::tally::CONCEPTS;
use crate::words::clipped;
use crate::{definition, inputs, say};

/// A definition has at most this many bytes.
const MAX_DEFINITION: u64 = 1 << 20;

/// The options.
#[derive(Debug, Args)]
pub(super) struct Certify {
    /// Berkas atau folder / Files or folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Sertifikat yang ditulis / The certificate to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Kunci rahasia ed25519 (PKCS#8 PEM); tanpa ini tidak ditandatangani / Private key
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Lembar register dalam buku kerja / The sheet of a workbook's register
    #[arg(long, value_name = "NAMA")]
    lembar: Option<String>,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    header: HeaderFlags,
}

/// Options of both commands.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Definisi indikator yang lain / Another definition of the indicator
    #[arg(long, value_name = "FILE", env = "KOPLINT_DEFINITION")]
    definition: Option<PathBuf>,
    /// Setelan; bawaan: koplint.toml terdekat ke atas / Settings; default: the nearest koplint.toml
    #[arg(long, value_name = "FILE", env = "KOPLINT_CONFIG")]
    config: Option<PathBuf>,
    /// Abaikan koplint.toml, juga --config / Ignore koplint.toml, --config too
    #[arg(long)]
    isolated: bool,
    /// Bahasa / Language
    #[arg(long, env = "KOPLINT_LANG", value_enum)]
    lang: Option<Lang>,
}

/// What the options and the settings amount to.
pub(super) struct Resolved {
    pub config: Config,
    pub ground: Ground,
    /// Under the names of a certificate.
    pub inputs: Vec<Input>,
    pub failures: Vec<Failure>,
    /// Files of the settings; none is a submission or an output.
    pub own: Vec<PathBuf>,
}

impl Common {
    /// Reads settings and definition, and finds the submissions; `own` are no submissions.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(super) fn resolve(&self, paths: &[PathBuf], own: &[&Path]) -> Result<Resolved, Outcome> {
        let config = match &self.config {
            _ if self.isolated => Config::default(),
            Some(file) => Config::read(file, self.lang)?,
            None => Config::nearest(&std::env::current_dir()?, self.lang)?,
        };
        let lang = self.lang.or(config.lang).unwrap_or_default();
        let file = self.definition.as_ref().or(config.definition.as_ref());
        let (source, bytes) = match file {
            Some(file) => {
                let bytes = certificate::small_file(lang, file, MAX_DEFINITION)?;
                (clipped(&file.to_string_lossy(), 200), bytes)
            }
            None => ("built-in".to_owned(), definition::DEFAULT.into()),
        };
        let ground = Ground::read(lang, source, &bytes)?;
        let named = [&config.file, &config.waivers, &config.baseline];
        let named: Vec<PathBuf> = named.into_iter().flatten().chain(file).cloned().collect();
        let (inputs, failures) = inputs::expand(lang, paths, None);
        let none = named
            .iter()
            .map(PathBuf::as_path)
            .chain(own.iter().copied());
        let inputs = files::without(inputs, paths, &none.collect::<Vec<_>>());
        Ok(Resolved {
            inputs: sources::named(lang, inputs, paths)?,
            config,
            ground,
            failures,
            own: named,
        })
    }
}

/// Runs the command.
pub(super) fn run(args: &Certify, out: &mut dyn Write) -> Result<u8, Outcome> {
    let mut own = vec![args.out.as_path()];
    own.extend(args.key.as_deref());
    let resolved = args.common.resolve(&args.paths, &own)?;
    let (ground, inputs) = (resolved.ground, resolved.inputs);
    let lang = ground.lang;
    let target = [(OutputFormat::Json, Some(args.out.clone()))];
    let others = resolved.own.iter().chain(&args.key).map(PathBuf::as_path);
    files::refuse(&target, &inputs, &others.collect::<Vec<_>>())?;
    let key = args
        .key
        .as_deref()
        .map(|file| key(lang, file))
        .transpose()?;
    let header = settings::header(&args.header);
    let options = ground.options(resolved.config.policy, header, args.lembar.clone());
    let (digests, unread) = sources::digests(lang, &inputs);
    let failures: Vec<Failure> = resolved.failures.into_iter().chain(unread).collect();
    if !failures.is_empty() {
        return Ok(incomplete(lang, &failures));
    }
    let counted = certificate::count(&inputs, &digests, &options, ground.content)?;
    if !counted.complete {
        return Ok(incomplete(lang, &counted.failures));
    }
    let payload = counted
        .statement
        .bytes()
        .map_err(|error| error.to_string())?;
    let envelope = Envelope::new(&payload, key.as_ref());
    let mut bytes = serde_json::to_vec(&envelope).map_err(|error| error.to_string())?;
    bytes.push(b'\n');
    let name = clipped(&args.out.to_string_lossy(), 200);
    if bytes.len() as u64 > MAX {
        return Err(say!(lang,
            id: "{name}: sertifikat akan lebih besar dari {MAX} bita; bagi berkasnya",
            en: "{name}: the certificate would be larger than {MAX} bytes; part the files",
        )
        .into());
    }
    files::write(&args.out, |file| file.write_all(&bytes))?;
    let predicate = &counted.statement.predicate;
    let files = counted.statement.subject.len();
    let verified = predicate.total.books.verified;
    let all = CONCEPTS
        .last()
        .and_then(|last| predicate.total.counts.get(last.name));
    let upper = all.map_or(verified, |count| count.upper);
    let said = say!(lang,
        id: "{name}: jumlah terbukti {verified} (paling banyak {upper}), dari {files} berkas",
        en: "{name}: verified count {verified} (at most {upper}), from {files} files",
    );
    writeln!(out, "{said}")?;
    match envelope.signatures.first() {
        Some(signed) => {
            let keyid = &signed.keyid;
            writeln!(
                out,
                "{}",
                say!(lang, id: "ditandatangani dengan kunci {keyid}", en: "signed with key {keyid}")
            )?;
        }
        None => say_aside(&say!(lang,
            id: "sertifikat ini TIDAK DITANDATANGANI: siapa pun dapat mengubahnya; tanda tangani dengan --key KUNCI.pem",
            en: "this certificate is NOT SIGNED: anyone can change it; sign it with --key KEY.pem",
        )),
    }
    Ok(0)
}

fn incomplete(lang: Lang, failures: &[Failure]) -> u8 {
    failures.iter().for_each(say_failure);
    say_aside(&say!(lang,
        id: "hasil TIDAK LENGKAP: sertifikat tidak ditulis",
        en: "INCOMPLETE: no certificate was written",
    ));
    INCOMPLETE
}

/// A line on standard error.
pub(super) fn say_failure(failure: &Failure) {
    let Failure {
        file,
        message,
        help,
    } = failure;
    say_aside(&format!("{file}: {message} ({help})"));
}

/// The key, with a warning where others can read it.
fn key(lang: Lang, file: &Path) -> Result<SigningKey, String> {
    let key = keys::private(lang, file)?;
    if keys::others_read(file) {
        let name = clipped(&file.to_string_lossy(), 200);
        say_aside(&say!(lang,
            id: "peringatan: {name} dapat dibaca orang lain; kunci rahasia hanya untuk pemiliknya (chmod 600)",
            en: "warning: others can read {name}; a private key is its owner's alone (chmod 600)",
        ));
    }
    Ok(key)
}

/// The public keys of files.
pub(super) fn public(lang: Lang, files: &[PathBuf]) -> Result<Vec<PublicKey>, String> {
    files
        .iter()
        .map(|file| PublicKey::read(lang, file))
        .collect()
}
