//! Whether a certificate holds: signatures, files, and all that counting again gives.

use std::path::Path;

use serde::Serialize;
use serde_json::{Map, Value};

use super::compare::{self, Difference, Kind};
use super::keys::PublicKey;
use super::read::Certificate;
use super::sources::{self, Digests};
use super::{Ground, count};
use crate::lang::Lang;
use crate::policy::Policy;
use crate::policy::paths::Paths;
use crate::read::open::Input;
use crate::report::Failure;
use crate::{say, words};

/// How one signature stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Made by a key that was given.
    Valid,
    /// Says that it is by a key that was given, and is not; or hides that it is.
    Invalid,
    /// By a key that was not given.
    Unchecked,
}

/// One signature of the envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignatureLine {
    /// As it says itself.
    pub keyid: String,
    /// How it stands.
    pub standing: Standing,
}

/// What became of a certificate.
#[derive(Debug)]
pub struct Verdict {
    /// The signatures, in their order.
    pub signatures: Vec<SignatureLine>,
    /// What does not hold.
    pub differences: Vec<Difference>,
    /// What is to be known of it though all holds.
    pub notes: Vec<String>,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// All that was given was read and counted again.
    pub complete: bool,
    /// The verified count that counting again gives.
    pub verified: u64,
}

impl Verdict {
    /// Whether all of it holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.complete && self.differences.is_empty()
    }
}

/// Checks a certificate against files. Inputs bear the names of [`sources`].
///
/// # Errors
/// Our own failure.
pub fn verify(
    certificate: &Certificate,
    keys: &[PublicKey],
    inputs: Vec<Input>,
    failures: Vec<Failure>,
    ground: Ground,
) -> Result<Verdict, String> {
    let lang = ground.lang;
    let stated = &certificate.statement;
    let mut out = Verdict {
        signatures: Vec::new(),
        differences: Vec::new(),
        notes: Vec::new(),
        failures,
        complete: true,
        verified: 0,
    };
    out.signatures(lang, certificate, keys);
    let (digests, unread) = sources::digests(lang, &inputs);
    out.failures.extend(unread);
    let subjects = stated.subject.iter();
    let subjects = subjects.map(|one| (one.name.clone(), one.digest.sha256.clone()));
    let subjects: Digests = subjects.collect();
    out.files(lang, &subjects, &digests);
    let inputs = spoken_of(&subjects, &digests, inputs);
    let digests: Digests = digests
        .into_iter()
        .filter(|(name, _)| is_of(name, &inputs))
        .collect();
    let sheet = stated.predicate.settings.sheet.clone();
    let version = stated.predicate.tool.version.clone();
    let policy = given(certificate, &inputs)?;
    let content = ground.content.clone();
    let counted = count(
        &inputs,
        &digests,
        &ground.options(policy, None, sheet),
        content,
    )?;
    out.complete = counted.complete && out.failures.is_empty();
    out.failures.extend(counted.failures);
    let mut found = counted.statement;
    out.verified = found.predicate.total.books.verified;
    let own = std::mem::replace(&mut found.predicate.tool.version, version);
    out.notes(lang, certificate, &own);
    found.subject.clone_from(&stated.subject);
    let value = |of| serde_json::to_value(of).map_err(|error| error.to_string());
    let all = compare::differences(lang, &value(stated)?, &value(&found)?);
    if all.iter().any(|one| one.kind == Kind::Definition) {
        out.notes.push(say!(lang,
            id: "definisi yang dipakai bukan definisi sertifikat; berikan berkasnya dengan --definition",
            en: "the definition in use is not the certificate's; give its file with --definition",
        ));
    }
    out.differences.extend(all);
    Ok(out)
}

/// The inputs that the certificate speaks of.
fn spoken_of(subjects: &Digests, digests: &Digests, inputs: Vec<Input>) -> Vec<Input> {
    let known = |input: &Input| subjects.contains_key(&input.name);
    let there = |input: &Input| digests.contains_key(&input.name) && sources::plain(input);
    inputs.into_iter().filter(known).filter(there).collect()
}

/// Whether a file is one of the inputs or stands beside one as its header.
fn is_of(name: &str, inputs: &[Input]) -> bool {
    inputs
        .iter()
        .any(|input| input.name == name || sources::header_name(&input.name) == name)
}

/// The headers that no file says, each for its submission alone.
fn given(certificate: &Certificate, inputs: &[Input]) -> Result<Policy, String> {
    let mut policy = Policy::default();
    for one in &certificate.statement.predicate.submissions {
        let input = inputs.iter().find(|input| input.name == one.name);
        let path = input.and_then(|input| input.path.as_deref());
        if let (Some(given), Some(path)) = (&one.header.given, path) {
            policy.headers.push((only(path)?, given.clone()));
        }
    }
    Ok(policy)
}

/// The pattern of one file.
fn only(path: &Path) -> Result<Paths, String> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut pattern = "/".to_owned();
    for c in name.chars() {
        if !c.is_alphanumeric() {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    Paths::new(folder, vec![pattern])
}

impl Verdict {
    fn differ(&mut self, kind: Kind, place: &str, both: [Option<&str>; 2], message: String) {
        let [expected, found] = both.map(|text| text.map(Value::from));
        self.differences.push(Difference {
            kind,
            place: place.to_owned(),
            expected,
            found,
            message,
        });
    }

    fn signatures(&mut self, lang: Lang, certificate: &Certificate, keys: &[PublicKey]) {
        let mut signed = vec![false; keys.len()];
        for one in &certificate.envelope.signatures {
            let named = keys.iter().position(|key| key.keyid == one.keyid);
            let by = |key: &PublicKey| one.is_by(key, &certificate.payload);
            let by = keys.iter().position(by);
            let keyid = words::clipped(&one.keyid, 100);
            let standing = match (named, by) {
                (None, Some(at)) if !one.keyid.is_empty() => {
                    let (file, own) = (&keys[at].file, &keys[at].keyid);
                    let message = say!(lang,
                        id: "tanda tangan: dibuat dengan kunci {file} ({own}), tetapi mengaku kunci {keyid}",
                        en: "signature: made with the key {file} ({own}), but says the key is {keyid}",
                    );
                    let both = [Some(&*one.keyid), Some(&**own)];
                    self.differ(Kind::Signature, &keyid, both, message);
                    Standing::Invalid
                }
                (_, Some(at)) => {
                    signed[at] = true;
                    Standing::Valid
                }
                (Some(at), None) => {
                    let file = &keys[at].file;
                    let message = say!(lang,
                        id: "tanda tangan: kunci {file} ({keyid}) tidak menandatangani isi ini",
                        en: "signature: the key {file} ({keyid}) did not sign this",
                    );
                    self.differ(Kind::Signature, &keyid, [None, None], message);
                    Standing::Invalid
                }
                (None, None) => {
                    let whose = match keyid.as_str() {
                        "" => lang.pick("tanpa nama", "without a name"),
                        keyid => keyid,
                    };
                    self.notes.push(say!(lang,
                        id: "tanda tangan kunci {whose} TIDAK DIPERIKSA: kunci publiknya tidak diberikan (--public-key)",
                        en: "the signature by key {whose} was NOT CHECKED: its public key was not given (--public-key)",
                    ));
                    Standing::Unchecked
                }
            };
            self.signatures.push(SignatureLine { keyid, standing });
        }
        for (key, _) in keys.iter().zip(signed).filter(|(_, signed)| !signed) {
            let (file, keyid) = (&key.file, &key.keyid);
            let message = say!(lang,
                id: "tanda tangan: tidak ada yang sah dari kunci {file} ({keyid})",
                en: "signature: none that holds by the key {file} ({keyid})",
            );
            self.differ(Kind::Signature, keyid, [Some(keyid), None], message);
        }
        if certificate.envelope.signatures.is_empty() {
            self.notes.push(say!(lang,
                id: "sertifikat ini TIDAK DITANDATANGANI: siapa pun dapat menulisnya",
                en: "this certificate is NOT SIGNED: anyone could have written it",
            ));
        }
    }

    fn files(&mut self, lang: Lang, stated: &Digests, now: &Digests) {
        let twin = |of: &Digests, not: &Digests, digest: &str| {
            let mut all = of.iter().filter(|(name, _)| !not.contains_key(*name));
            all.find(|(_, other)| *other == digest)
                .map(|(name, _)| words::clipped(name, 200))
        };
        for (name, digest) in stated {
            let name_shown = words::clipped(name, 200);
            let found = now.get(name);
            let message = match (found, twin(now, stated, digest)) {
                (Some(found), _) if found == digest => continue,
                (Some(found), _) => say!(lang,
                    id: "{name_shown}: berkas berubah: menurut sertifikat sha256 {digest}, ternyata {found}",
                    en: "{name_shown}: the file changed: the certificate says sha256 {digest}, found {found}",
                ),
                (None, Some(other)) => say!(lang,
                    id: "{name_shown}: berkas tidak ada; isi yang sama bernama {other}",
                    en: "{name_shown}: the file is missing; the same bytes have the name {other}",
                ),
                (None, None) => say!(lang,
                    id: "{name_shown}: berkas tidak ada (sha256 {digest})",
                    en: "{name_shown}: the file is missing (sha256 {digest})",
                ),
            };
            let both = [Some(&**digest), found.map(|found| &**found)];
            self.differ(Kind::File, name, both, message);
        }
        for (name, digest) in now.iter().filter(|(name, _)| !stated.contains_key(*name)) {
            let name_shown = words::clipped(name, 200);
            let message = match twin(stated, now, digest) {
                Some(other) => say!(lang,
                    id: "{name_shown}: tidak ada dalam sertifikat; isi yang sama di sana bernama {other}",
                    en: "{name_shown}: not in the certificate; there the same bytes have the name {other}",
                ),
                None => say!(lang,
                    id: "{name_shown}: tidak ada dalam sertifikat (sha256 {digest})",
                    en: "{name_shown}: not in the certificate (sha256 {digest})",
                ),
            };
            self.differ(Kind::File, name, [None, Some(digest)], message);
        }
    }

    /// What the certificate says by itself, with no file to hold it against.
    fn notes(&mut self, lang: Lang, certificate: &Certificate, own: &str) {
        let predicate = &certificate.statement.predicate;
        let theirs = words::clipped(&predicate.tool.version, 40);
        if theirs != own {
            self.notes.push(say!(lang,
                id: "dibuat oleh koplint {theirs}; dihitung ulang oleh koplint {own}",
                en: "made by koplint {theirs}; counted again by koplint {own}",
            ));
        }
        for one in &predicate.submissions {
            if let Some(given) = &one.header.given {
                let name = words::clipped(&one.name, 200);
                let given = words::clipped(&Value::Object(Map::clone(given)).to_string(), 600);
                self.notes.push(say!(lang,
                    id: "{name}: kepalanya menurut sertifikat, bukan dari berkas: {given}",
                    en: "{name}: its header is the certificate's word, not a file's: {given}",
                ));
            }
        }
        if let Some(sheet) = &predicate.settings.sheet {
            let sheet = words::clipped(sheet, 100);
            self.notes.push(say!(lang,
                id: "lembar register menurut sertifikat: {sheet}",
                en: "the register's sheet is the certificate's word: {sheet}",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::paths::Spot;

    #[test]
    fn a_header_is_for_its_file_alone_whatever_its_name() {
        let names = [
            "a.csv",
            "[x] é.csv",
            "#a",
            "!b",
            "a b ",
            "c*",
            "e?{f}",
            "**",
            "a,b",
        ];
        for name in names {
            let paths = only(&Path::new("data/33.02").join(name)).unwrap();
            for other in names {
                let spot = Spot::at(&Path::new("data/33.02").join(other));
                assert_eq!(paths.hold(&spot), name == other, "{name} {other}");
                let below = Spot::at(&Path::new("data/33.02/x").join(other));
                assert!(!paths.hold(&below), "{name} {other}");
            }
        }
    }
}
