//! Keys in files: PEM, as openssl writes it.

use std::path::Path;

use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePublicKey};
use ed25519_dalek::{SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use super::{clipped, small_file};
use crate::definition::hex;
use crate::lang::Lang;
use crate::say;

/// A key's file has at most this many bytes.
const MAX: u64 = 64 << 10;

/// A public key and its names.
#[derive(Clone, Debug)]
pub struct PublicKey {
    /// The key.
    pub key: VerifyingKey,
    /// SHA-256 of its SPKI (DER), in hex.
    pub keyid: String,
    /// The file that it came from.
    pub file: String,
}

impl PublicKey {
    /// A key with its identifier.
    #[must_use]
    pub fn of(key: VerifyingKey, file: String) -> Self {
        let der = key.to_public_key_der();
        let keyid = der.map(|der| hex(&Sha256::digest(der.as_bytes())));
        Self {
            key,
            keyid: keyid.unwrap_or_default(),
            file,
        }
    }

    /// Reads `-----BEGIN PUBLIC KEY-----`.
    ///
    /// # Errors
    /// Why the file is no such key.
    pub fn read(lang: Lang, path: &Path) -> Result<Self, String> {
        let (text, name) = pem(lang, path)?;
        if text.contains("PRIVATE KEY-----") {
            return Err(say!(lang,
                id: "{name}: ini kunci rahasia; untuk memeriksa pakai kunci publiknya: openssl pkey -in {name} -pubout",
                en: "{name}: this is a private key; to verify use its public key: openssl pkey -in {name} -pubout",
            ));
        }
        let key = VerifyingKey::from_public_key_pem(&text).map_err(|_| {
            say!(lang,
                id: "{name}: bukan kunci publik ed25519 (PEM)",
                en: "{name}: no ed25519 public key (PEM)",
            )
        })?;
        Ok(Self::of(key, name))
    }
}

/// Reads `-----BEGIN PRIVATE KEY-----`: PKCS#8. Messages never hold what the file holds.
///
/// # Errors
/// Why the file is no such key.
pub fn private(lang: Lang, path: &Path) -> Result<SigningKey, String> {
    let (text, name) = pem(lang, path)?;
    if text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED") {
        return Err(say!(lang,
            id: "{name}: kunci ini dilindungi kata sandi, koplint tidak membukanya; buka dulu: openssl pkey -in {name} -out kunci.pem",
            en: "{name}: this key is protected by a password, which koplint does not open; open it first: openssl pkey -in {name} -out key.pem",
        ));
    }
    if text.contains("BEGIN PUBLIC KEY") {
        return Err(say!(lang,
            id: "{name}: ini kunci publik; menandatangani memerlukan kunci rahasia",
            en: "{name}: this is a public key; signing needs the private key",
        ));
    }
    SigningKey::from_pkcs8_pem(&text).map_err(|_| {
        say!(lang,
            id: "{name}: bukan kunci ed25519 dalam PKCS#8 PEM; buat dengan: openssl genpkey -algorithm ed25519 -out kunci.pem",
            en: "{name}: no ed25519 key in PKCS#8 PEM; make one: openssl genpkey -algorithm ed25519 -out key.pem",
        )
    })
}

/// Whether others than its owner can read a file.
#[must_use]
pub fn others_read(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        path.metadata()
            .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o044 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

fn pem(lang: Lang, path: &Path) -> Result<(String, String), String> {
    let name = clipped(&path.to_string_lossy(), 200);
    let bytes = small_file(lang, path, MAX)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| say!(lang, id: "{name}: bukan PEM", en: "{name}: no PEM"))?;
    Ok((text, name))
}
