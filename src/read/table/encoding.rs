//! Which encoding a table's bytes are in, and how they become text piece by piece.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many places of malformed bytes are kept; all are counted.
const KEPT: usize = 16;

/// What an encoding was told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// A byte order mark.
    Bom,
    /// Every other byte is zero, as in UTF-16 of Latin text.
    NulPattern,
    /// The bytes are valid UTF-8 (plain ASCII is).
    ValidUtf8,
    /// None of these: guessed from the frequency of bytes.
    Guessed,
}

/// An encoding, and by what it was told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Detected {
    /// The encoding.
    pub(crate) encoding: &'static Encoding,
    /// How many bytes the byte order mark takes; 0 without one.
    pub(crate) bom_len: usize,
    /// By what it was told.
    pub(crate) evidence: Evidence,
}

/// Tells the encoding from the first bytes of a file (a character cut at their end is no fault).
#[must_use]
pub(crate) fn detect(head: &[u8]) -> Detected {
    let found = |encoding, bom_len, evidence| Detected {
        encoding,
        bom_len,
        evidence,
    };
    if let Some((encoding, bom_len)) = Encoding::for_bom(head) {
        return found(encoding, bom_len, Evidence::Bom);
    }
    if let Some(encoding) = by_nul_pattern(head) {
        return found(encoding, 0, Evidence::NulPattern);
    }
    match std::str::from_utf8(head) {
        Ok(_) => return found(UTF_8, 0, Evidence::ValidUtf8),
        Err(error) if error.error_len().is_none() => return found(UTF_8, 0, Evidence::ValidUtf8),
        Err(_) => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, true);
    let guess = detector.guess(Some(b"id"), Utf8Detection::Deny);
    // A guess under which the head itself is malformed is no guess.
    let holds = guess
        .decode_without_bom_handling_and_without_replacement(head)
        .is_some();
    found(
        if holds { guess } else { WINDOWS_1252 },
        0,
        Evidence::Guessed,
    )
}

/// UTF-16 without a mark: nearly every other byte of Latin text is zero, and hardly any of the rest.
fn by_nul_pattern(head: &[u8]) -> Option<&'static Encoding> {
    let sample = head.get(..4096).unwrap_or(head);
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return None;
    }
    let zeros = |from: usize| {
        sample
            .iter()
            .skip(from)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 >= pairs * 7 && even * 10 <= pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 7 && odd * 10 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Byte sequences that are no characters in the file's encoding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// How many there are.
    pub(crate) count: u64,
    /// Where the first of them (16 at most) stand, as U+FFFD, in all the text written so far.
    pub(crate) at: Vec<u64>,
}

/// Turns bytes into text, in pieces of any size. The byte order mark is left out.
pub(crate) struct Decoder {
    inner: encoding_rs::Decoder,
    skip: usize,
    written: u64,
    malformed: Malformed,
}

impl Decoder {
    /// A decoder for a file whose encoding was told by [`detect`].
    #[must_use]
    pub(crate) fn new(detected: &Detected) -> Self {
        Self {
            inner: detected.encoding.new_decoder_without_bom_handling(),
            skip: detected.bom_len,
            written: 0,
            malformed: Malformed::default(),
        }
    }

    /// Decodes a piece onto the end of `out`; says whether any of it was malformed. `last` is to be
    /// said once; what is pushed after it is ignored.
    pub(crate) fn push(&mut self, bytes: &[u8], last: bool, out: &mut String) -> bool {
        let (start, before) = (out.len(), self.malformed.count);
        if self.skip == usize::MAX {
            return false;
        }
        let skipped = self.skip.min(bytes.len());
        self.skip -= skipped;
        let mut rest = bytes.get(skipped..).unwrap_or_default();
        loop {
            // Room for one character at least, so that every turn gets on.
            let room = self
                .inner
                .max_utf8_buffer_length_without_replacement(rest.len());
            out.reserve(room.unwrap_or(rest.len()).max(16));
            let (result, read) = self
                .inner
                .decode_to_string_without_replacement(rest, out, last);
            rest = rest.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    if self.malformed.at.len() < KEPT {
                        let offset = (out.len() - start) as u64;
                        self.malformed.at.push(self.written + offset);
                    }
                    self.malformed.count += 1;
                    out.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
        self.written += (out.len() - start) as u64;
        if last {
            self.skip = usize::MAX;
        }
        self.malformed.count > before
    }

    /// What was malformed so far.
    #[must_use]
    pub(crate) fn malformed(&self) -> &Malformed {
        &self.malformed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8], step: usize) -> (String, Malformed, Evidence) {
        let detected = detect(bytes);
        let mut decoder = Decoder::new(&detected);
        let mut out = String::new();
        for piece in bytes.chunks(step.max(1)) {
            decoder.push(piece, false, &mut out);
        }
        decoder.push(&[], true, &mut out);
        (out, decoder.malformed().clone(), detected.evidence)
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let pair = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(pair).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text_at_any_step() {
        let text = "no;nama koperasi\r\n1;Koperasi “Tani” Café\r\n";
        let mut files = vec![
            (text.as_bytes().to_vec(), Evidence::ValidUtf8),
            ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), Evidence::Bom),
            (utf16(text, false), Evidence::NulPattern),
            (utf16(text, true), Evidence::NulPattern),
            (
                [vec![0xFF, 0xFE], utf16(text, false)].concat(),
                Evidence::Bom,
            ),
            (
                [vec![0xFE, 0xFF], utf16(text, true)].concat(),
                Evidence::Bom,
            ),
        ];
        let (windows, ..) = WINDOWS_1252.encode(text);
        files.push((windows.into_owned(), Evidence::Guessed));
        for (bytes, evidence) in files {
            for step in [1, 2, 3, 7, 4096] {
                assert_eq!(
                    decode(&bytes, step),
                    (text.to_owned(), Malformed::default(), evidence)
                );
            }
        }
    }

    #[test]
    fn a_character_cut_at_the_end_of_the_head_is_utf8_all_the_same() {
        let text = "Koperasi Café".as_bytes();
        assert_eq!(
            detect(&text[..text.len() - 1]).evidence,
            Evidence::ValidUtf8
        );
        assert_eq!(detect(b"Caf\xE9;1").encoding, WINDOWS_1252);
        assert_eq!(
            detect(b"Rp 1.000\xA0\x96 \x93Maju\x94").encoding,
            WINDOWS_1252
        );
        assert_eq!(detect(b"").evidence, Evidence::ValidUtf8);
        assert_eq!(detect(b"a\0b;c").evidence, Evidence::ValidUtf8);
    }

    #[test]
    fn malformed_bytes_are_counted_and_placed() {
        let detected = detect(b"nama");
        for step in [1, 100] {
            let mut decoder = Decoder::new(&detected);
            let mut out = String::new();
            let bytes = [b"ab\xFFc".as_slice(), &[0xC3; 20], b"d\xC3"].concat();
            let mut any = false;
            for piece in bytes.chunks(step) {
                any |= decoder.push(piece, false, &mut out);
            }
            any |= decoder.push(&[], true, &mut out);
            assert!(any);
            assert!(!decoder.push(b"more", true, &mut out));
            let malformed = decoder.malformed();
            assert_eq!((malformed.count, malformed.at.len()), (22, 16));
            assert_eq!(malformed.at[..3], [2, 6, 9]);
            assert!(
                malformed
                    .at
                    .iter()
                    .all(|at| out[usize::try_from(*at).unwrap()..].starts_with('\u{FFFD}'))
            );
        }
    }
}
