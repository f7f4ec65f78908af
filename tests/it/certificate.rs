//! Certificates: what holds, holds; whatever is changed is named.

use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use koplint::certificate::compare::Difference;
use koplint::certificate::dsse::Envelope;
use koplint::certificate::keys::PublicKey;
use koplint::certificate::read::{Certificate, Unreadable};
use koplint::certificate::statement::Statement;
use koplint::certificate::verify::{Verdict, verify};
use koplint::certificate::{Ground, count, sources};
use koplint::definition::DEFAULT;
use koplint::lang::Lang;
use koplint::policy::Policy;
use koplint::read::open::Input;
use serde_json::Value;

use crate::support::root;

#[path = "certificate/command.rs"]
mod command;
#[path = "certificate/envelope.rs"]
mod envelope;
#[path = "certificate/openssl.rs"]
mod openssl;
#[path = "certificate/tampered.rs"]
mod tampered;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(seed: u8) -> PublicKey {
    PublicKey::of(key(seed).verifying_key(), format!("{seed}.pem"))
}

fn ground() -> Ground {
    Ground::read(Lang::En, "built-in".to_owned(), DEFAULT.as_bytes()).unwrap()
}

/// A folder with copies of fixtures: where from, and the name there.
struct Data(tempfile::TempDir);

impl Data {
    fn new(files: &[(&str, &str)]) -> Self {
        let data = Self(tempfile::tempdir().unwrap());
        for (from, to) in files {
            let bytes = std::fs::read(root().join("fixtures").join(from)).unwrap();
            data.write(to, &bytes);
        }
        data
    }

    /// Of every kind: a header of its own, one in a file, one in a sheet, one that is given.
    fn all() -> Self {
        Self::new(&[
            ("banyumas.json", "33.02/a.json"),
            ("formats/sama.csv", "33.02/b.csv"),
            ("formats/sama.kepala.json", "33.02/b.kepala.json"),
            ("formats/lembar.xlsx", "c.xlsx"),
            ("formats/sama.csv", "d.csv"),
        ])
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// All files but headers, as a folder is walked.
    fn inputs(&self) -> Vec<Input> {
        fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
            for found in folder.read_dir().unwrap() {
                let path = found.unwrap().path();
                match path.is_dir() {
                    true => walk(&path, out),
                    false => out.push(path),
                }
            }
        }
        let mut paths = Vec::new();
        walk(self.0.path(), &mut paths);
        paths.retain(|path| !path.to_string_lossy().ends_with(".kepala.json"));
        paths.sort();
        let inputs = paths.into_iter().map(|path| Input {
            name: path.to_string_lossy().into_owned(),
            path: Some(path),
        });
        let folder = [self.0.path().to_owned()];
        sources::named(Lang::En, inputs.collect(), &folder).unwrap()
    }

    fn statement(&self) -> Statement {
        let header = r#"{"versi_standar":"1.0","kode_wilayah":"33.02","tahun_data":2025,"tanggal_acuan":"2025-12-31",
            "produsen_data":"Dinas","wali_data":"Wali","jumlah_dilaporkan":8}"#;
        let (inputs, ground) = (self.inputs(), ground());
        let header = Some(header.to_owned());
        let options = ground.options(Policy::default(), header, None);
        let (digests, unread) = sources::digests(Lang::En, &inputs);
        let counted = count(&inputs, &digests, &options, ground.content).unwrap();
        assert!(unread.is_empty() && counted.failures.is_empty());
        assert!(counted.complete);
        counted.statement
    }

    fn certified(&self, key: Option<&SigningKey>) -> Vec<u8> {
        packed(&self.statement().bytes().unwrap(), key)
    }

    fn verify(&self, certificate: &[u8], keys: &[PublicKey]) -> Result<Verdict, Unreadable> {
        self.verify_on(certificate, keys, ground())
    }

    fn verify_on(
        &self,
        certificate: &[u8],
        keys: &[PublicKey],
        ground: Ground,
    ) -> Result<Verdict, Unreadable> {
        let certificate = Certificate::read(certificate)?;
        let verdict = verify(&certificate, keys, self.inputs(), Vec::new(), ground);
        Ok(verdict.unwrap())
    }

    /// What does not hold of a certificate that can be read.
    fn differences(&self, certificate: &[u8], keys: &[PublicKey]) -> Vec<Difference> {
        self.verify(certificate, keys).unwrap().differences
    }
}

fn packed(payload: &[u8], key: Option<&SigningKey>) -> Vec<u8> {
    serde_json::to_vec(&Envelope::new(payload, key)).unwrap()
}

fn places(differences: &[Difference]) -> Vec<&str> {
    differences.iter().map(|one| &*one.place).collect()
}

fn value(statement: &Statement) -> Value {
    serde_json::from_slice(&statement.bytes().unwrap()).unwrap()
}

#[test]
fn what_was_certified_holds() {
    let formats = [
        "sama.json",
        "sama.ndjson",
        "sama.ods",
        "sama.xls",
        "lembar.ods",
    ];
    let formats = formats.map(|name| (format!("formats/{name}"), name.to_owned()));
    let mut folders: Vec<Data> = formats
        .iter()
        .map(|(from, to)| Data::new(&[(from, to)]))
        .collect();
    folders.push(Data::all());
    let rules = root().join("fixtures/rules").read_dir().unwrap();
    let bad = rules.map(|rule| rule.unwrap().path().join("bad.json"));
    let mut bad: Vec<PathBuf> = bad.filter(|path| path.exists()).collect();
    bad.sort();
    for path in bad.iter().step_by(9) {
        let data = Data::new(&[]);
        data.write("bad.json", &std::fs::read(path).unwrap());
        if crate::support::check(path).complete {
            folders.push(data);
        }
    }
    assert!(folders.len() > 10, "{}", folders.len());
    for data in folders {
        let own = key(1);
        for (key, keys) in [
            (None, vec![]),
            (Some(&own), vec![]),
            (Some(&own), vec![public(1)]),
        ] {
            let verdict = data.verify(&data.certified(key), &keys).unwrap();
            assert!(verdict.holds(), "{verdict:?}");
        }
    }
}

/// The same files give the same bytes, wherever they lie.
#[test]
fn a_certificate_depends_on_nothing_but_its_files() {
    let (one, other) = (Data::all(), Data::all());
    assert_eq!(one.certified(Some(&key(1))), other.certified(Some(&key(1))));
    let text = String::from_utf8(one.statement().bytes().unwrap()).unwrap();
    assert!(!text.contains(&*one.0.path().to_string_lossy()));
}
