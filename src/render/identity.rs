//! What a finding is known by when lines have shifted.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::definition::hex;
use crate::finding::Finding;
use crate::render::paths;

/// Gives each finding a fingerprint of its own: file, rule, entity, field and value, and a number
/// for those that agree in all. Where it stands is no part of it.
#[derive(Debug, Default)]
pub(crate) struct Fingerprints {
    seen: HashMap<[u8; 32], u32>,
}

impl Fingerprints {
    /// The fingerprint of the next finding, in the order of the report.
    pub(crate) fn finding(&mut self, file: &str, finding: &Finding) -> String {
        let key = finding.key.as_deref().filter(|key| !key.starts_with('#'));
        let entity = key.or(finding.name.as_deref()).unwrap_or_default();
        let mistake = &finding.mistake;
        let file = paths::slashed(file);
        self.of(&[
            &file,
            mistake.code,
            entity,
            &mistake.field,
            &mistake.subject,
        ])
    }

    /// The fingerprint of something that these parts tell apart.
    pub(crate) fn of(&mut self, parts: &[&str]) -> String {
        let mut hash = Sha256::new();
        for part in parts {
            // Lengths in front, so that no two lists of parts run into the same bytes.
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let own: [u8; 32] = hash.finalize().into();
        let ordinal = self.seen.entry(own).or_default();
        *ordinal += 1;
        let mut hash = Sha256::new();
        hash.update(own);
        hash.update(ordinal.to_le_bytes());
        hex(&hash.finalize()[..16])
    }
}
