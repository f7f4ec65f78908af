//! What tells one entry from another.

use std::borrow::Cow;
use std::hash::{BuildHasher, Hasher, RandomState};

use super::ground::Ground;
use super::{EntryCx, Seen};
use crate::mask::digest;
use crate::tape::{At, Span};
use crate::{personal, words};

/// Keyed 128-bit hashes of identities: two secret SipHash keys a run, so that no submission can
/// be made to collide, and none collides by chance (1 in 2^88 among a million).
#[derive(Debug, Default)]
pub(crate) struct Keys(RandomState, RandomState);

impl Keys {
    /// The hash of some texts.
    fn of(&self, parts: &[&str]) -> u128 {
        let mut a = self.0.build_hasher();
        let mut b = self.1.build_hasher();
        for part in parts {
            // No text has the byte that parts them.
            for hasher in [&mut a, &mut b] {
                hasher.write(part.as_bytes());
                hasher.write_u8(0xFF);
            }
        }
        (u128::from(a.finish()) << 64) | u128::from(b.finish())
    }
}

/// What tells the entry from others.
pub(super) fn identify(
    ground: &Ground<'_>,
    cx: &EntryCx<'_>,
    seen: &mut Seen,
    (texts, scratch): (&mut String, &mut String),
) {
    let place = |at: Option<At>| at.map_or(ground.span, |at| cx.doc.node(at).place());
    let entry = cx.entry;
    seen.spans = [
        place(entry.nomor_badan_hukum.at()),
        place(entry.nik_koperasi.at()),
        place(entry.nama_koperasi.at()),
    ];
    // A number that the schema refuses for its shape still says which entity is meant.
    let number = entry
        .nomor_badan_hukum
        .at()
        .and_then(|at| cx.doc.node(at).as_str());
    if let Some(number) = number.filter(|number| crate::nomor::identifies(number)) {
        scratch.clear();
        words::add_letters(number, scratch);
        seen.key = Some(ground.job.keys.of(&[scratch]));
        // What is personal stands in no key, and two keys are still two.
        seen.number = match personal::masked(number) {
            Cow::Owned(_) => add(texts, &digest(scratch)),
            Cow::Borrowed(_) => add(texts, &words::clipped(scratch, 120)),
        };
    }
    let name = cx.text(entry.nama_koperasi);
    if let Some(name) = name {
        seen.title = add(texts, &words::shown_in(name, 80));
    }
    seen.nik = cx
        .text(entry.nik_koperasi)
        .filter(|nik| nik.len() == 13 && nik.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|nik| nik.parse().ok());
    if let (Some(name), Some(kecamatan)) = (name, cx.text(entry.kecamatan)) {
        scratch.clear();
        words::add_letters(name, scratch);
        let cut = scratch.len();
        words::add_letters(kecamatan, scratch);
        let (name, kecamatan) = scratch.split_at(cut);
        seen.name = Some(ground.job.keys.of(&[name, kecamatan]));
    }
}

fn add(texts: &mut String, text: &str) -> Span {
    let start = texts.len();
    texts.push_str(text);
    Span::new(start, texts.len())
}
