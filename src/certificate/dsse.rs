//! The envelope: DSSE, <https://github.com/secure-systems-lab/dsse>, version 1.

use base64ct::{Base64, Base64Url, Encoding};
use ed25519_dalek::{Signature, Signer, SigningKey};
use serde::{Deserialize, Serialize};

use super::keys::PublicKey;
use super::strict;

/// The payload of an envelope is an in-toto statement.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// Signatures of an envelope at most.
const MANY: usize = 64;

/// An envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Base64.
    pub payload: String,
    /// [`PAYLOAD_TYPE`].
    #[serde(rename = "payloadType")]
    pub payload_type: String,
    /// None: unsigned.
    pub signatures: Vec<Signed>,
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// Says whose key it is; not signed itself.
    #[serde(default)]
    pub keyid: String,
    /// Base64.
    pub sig: String,
}

/// Why an envelope is none.
#[derive(Debug, thiserror::Error)]
pub enum NoEnvelope {
    /// No JSON, or not of this shape.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// Another payload.
    #[error("payloadType {0}")]
    Type(String),
    /// No base64: which member.
    #[error("{0}: base64")]
    Base64(String),
    /// More signatures than anyone needs.
    #[error("signatures: more than {MANY}")]
    Many,
}

impl Envelope {
    /// Puts a payload into an envelope, signed if there is a key.
    #[must_use]
    pub fn new(payload: &[u8], key: Option<&SigningKey>) -> Self {
        let signed = key.map(|key| Signed {
            keyid: PublicKey::of(key.verifying_key(), String::new()).keyid,
            sig: Base64::encode_string(&key.sign(&pae(PAYLOAD_TYPE, payload)).to_bytes()),
        });
        Self {
            payload: Base64::encode_string(payload),
            payload_type: PAYLOAD_TYPE.to_owned(),
            signatures: signed.into_iter().collect(),
        }
    }

    /// Reads an envelope and its payload. A member too many, twice or of another type is refused, and
    /// so is base64 that a decoder would have to guess at.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(bytes: &[u8]) -> Result<(Self, Vec<u8>), NoEnvelope> {
        let envelope: Self = serde_json::from_value(strict::read(bytes)?)?;
        if envelope.payload_type != PAYLOAD_TYPE {
            return Err(NoEnvelope::Type(envelope.payload_type));
        }
        if envelope.signatures.len() > MANY {
            return Err(NoEnvelope::Many);
        }
        let wrong = |name: String| move || NoEnvelope::Base64(name);
        for (at, one) in envelope.signatures.iter().enumerate() {
            base64(&one.sig).ok_or_else(wrong(format!("signatures[{at}].sig")))?;
        }
        let payload = base64(&envelope.payload).ok_or_else(wrong("payload".to_owned()))?;
        Ok((envelope, payload))
    }
}

impl Signed {
    /// Whether it is this key's signature of a payload.
    #[must_use]
    pub fn is_by(&self, key: &PublicKey, payload: &[u8]) -> bool {
        let bytes = base64(&self.sig).and_then(|bytes| bytes.try_into().ok());
        bytes.is_some_and(|bytes: [u8; 64]| {
            let signature = Signature::from_bytes(&bytes);
            let signed = pae(PAYLOAD_TYPE, payload);
            key.key.verify_strict(&signed, &signature).is_ok()
        })
    }
}

/// Padded base64 of either alphabet; DSSE allows both.
fn base64(text: &str) -> Option<Vec<u8>> {
    let url = text.contains(['-', '_']);
    let bytes = match url {
        true => Base64Url::decode_vec(text),
        false => Base64::decode_vec(text),
    };
    bytes.ok()
}

/// What is signed: the pre-authentication encoding.
#[must_use]
pub fn pae(kind: &str, payload: &[u8]) -> Vec<u8> {
    let (of_kind, of_payload) = (kind.len(), payload.len());
    let mut out = format!("DSSEv1 {of_kind} {kind} {of_payload} ").into_bytes();
    out.extend_from_slice(payload);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the DSSE protocol.
    #[test]
    fn what_is_signed_is_as_in_the_standard() {
        let signed = pae("http://example.com/HelloWorld", b"hello world");
        let wanted = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world";
        assert_eq!(signed, wanted);
    }

    #[test]
    fn base64_is_strict_in_both_alphabets() {
        assert_eq!(base64("+/8=").as_deref(), Some(&[0xfb, 0xff][..]));
        assert_eq!(base64("-_8=").as_deref(), Some(&[0xfb, 0xff][..]));
        for bad in [
            "+_8=", "-/8=", "+/8", "+/9=", "+/8=\n", " +/8=", "+/8==", "=", "é",
        ] {
            assert_eq!(base64(bad), None, "{bad}");
        }
    }
}
