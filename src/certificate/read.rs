//! From the bytes of a certificate to what it states; whatever is not ours in it is refused.

use std::collections::HashSet;

use serde_json::Value;

use super::dsse::{Envelope, NoEnvelope};
use super::statement::{PREDICATE_TYPE, STATEMENT_TYPE, Statement};
use super::{MAX, SCHEMA, clipped, strict};
use crate::lang::Lang;
use crate::say;

/// A certificate that was read; nothing in it is believed yet.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The envelope.
    pub envelope: Envelope,
    /// The bytes that are signed.
    pub payload: Vec<u8>,
    /// What they state.
    pub statement: Statement,
}

/// Why a file is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// More bytes than a certificate has.
    #[error("larger than {MAX} bytes")]
    TooLarge,
    /// The envelope.
    #[error("envelope: {0}")]
    Envelope(#[from] NoEnvelope),
    /// The payload is no JSON, or a name stands in it twice.
    #[error("payload: {0}")]
    Payload(#[from] serde_json::Error),
    /// Another kind of statement: the member and its value.
    #[error("{0}: {1}")]
    Type(&'static str, String),
    /// Not of the published shape: where, and why.
    #[error("payload{0}: {1}")]
    Shape(String, String),
    /// Something stands twice, or otherwise than koplint writes it.
    #[error("not as koplint writes it")]
    Form,
    /// Our own failure.
    #[error("{0}")]
    Own(String),
}

impl Unreadable {
    /// The same in words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let error = clipped(&self.to_string(), 300);
        match self {
            Self::TooLarge => say!(lang,
                id: "bukan sertifikat koplint: lebih besar dari {MAX} bita",
                en: "no koplint certificate: larger than {MAX} bytes",
            ),
            Self::Envelope(_) => say!(lang,
                id: "bukan sertifikat koplint: amplop DSSE tidak terbaca ({error})",
                en: "no koplint certificate: the DSSE envelope cannot be read ({error})",
            ),
            Self::Payload(_) => say!(lang,
                id: "bukan sertifikat koplint: isinya tidak terbaca ({error})",
                en: "no koplint certificate: what it holds cannot be read ({error})",
            ),
            Self::Type(..) => say!(lang,
                id: "sertifikat jenis lain, yang tidak dikenal koplint ini ({error})",
                en: "a certificate of another kind, which this koplint does not know ({error})",
            ),
            Self::Shape(..) => say!(lang,
                id: "sertifikat ditolak: isinya tidak sesuai skema `koplint schema certificate` ({error})",
                en: "certificate refused: it does not keep to `koplint schema certificate` ({error})",
            ),
            Self::Form => say!(lang,
                id: "sertifikat ditolak: isinya tidak tertulis seperti koplint menulisnya (ada yang ganda, atau urutan dan spasinya lain)",
                en: "certificate refused: it is not written as koplint writes it (something twice, or another order or spacing)",
            ),
            Self::Own(_) => error,
        }
    }
}

impl Certificate {
    /// Reads a certificate. The payload must be byte for byte what koplint would write for what it
    /// states: so nothing rides along that nobody looks at.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.len() as u64 > MAX {
            return Err(Unreadable::TooLarge);
        }
        let (envelope, payload) = Envelope::read(bytes)?;
        let value = strict::read(&payload)?;
        for (name, wanted) in [("_type", STATEMENT_TYPE), ("predicateType", PREDICATE_TYPE)] {
            let own = value.get(name).unwrap_or(&Value::Null);
            if own.as_str() != Some(wanted) {
                return Err(Unreadable::Type(name, own.to_string()));
            }
        }
        shape(&value)?;
        let statement: Statement = serde_json::from_value(value)?;
        let files = statement.subject.iter().map(|one| &one.name);
        let sorted = files.clone().zip(files.skip(1)).all(|(a, b)| a < b);
        let mut seen = HashSet::new();
        let mut submissions = statement.predicate.submissions.iter();
        let once = submissions.all(|one| seen.insert(&one.name));
        if !sorted || !once || statement.bytes()? != payload {
            return Err(Unreadable::Form);
        }
        Ok(Self {
            envelope,
            payload,
            statement,
        })
    }
}

fn shape(value: &Value) -> Result<(), Unreadable> {
    let schema = serde_json::from_str(SCHEMA)?;
    let validator = jsonschema::options().offline().build(&schema);
    let validator = validator.map_err(|error| Unreadable::Own(error.to_string()))?;
    match validator.validate(value) {
        Ok(()) => Ok(()),
        Err(error) => {
            let at = error.instance_path().to_string();
            Err(Unreadable::Shape(at, error.to_string()))
        }
    }
}
