//! Bytes that are looked at many at once, without a branch for each.

/// A bit for each of `N` bytes, at most 64, of which something holds.
#[inline]
pub(super) fn marks<const N: usize>(bytes: &[u8; N], holds: impl Fn(u8) -> bool) -> u64 {
    const { assert!(N <= 64 && N.is_multiple_of(8)) };
    let marked = bytes.map(|byte| u8::from(holds(byte)));
    let eights = marked.as_chunks().0.iter().rev();
    eights.fold(0, |bits, eight| bits << 8 | gathered(*eight))
}

/// Eight bytes of 0 or 1 as the bits of one.
#[inline]
fn gathered(marked: [u8; 8]) -> u64 {
    // Each factor brings one of the lowest bits to its place in the uppermost byte.
    u64::from_le_bytes(marked).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The end of the object or list that begins at `pos`, by its brackets and quotes alone; none if
/// the text ends first.
pub(in crate::read) fn container_end(bytes: &[u8], pos: usize) -> Option<usize> {
    const MANY: usize = 64;
    let mut state = State::default();
    let mut at = pos;
    while let Some(many) = bytes.get(at..).and_then(|rest| rest.first_chunk::<MANY>()) {
        let end = match state.escaped || marks(many, |byte| byte == b'\\') != 0 {
            true => many.iter().position(|byte| state.ends(*byte)),
            false => state.ends_in(many),
        };
        if let Some(last) = end {
            return Some(at + last + 1);
        }
        at += MANY;
    }
    let last = bytes[at..].iter().position(|byte| state.ends(*byte));
    last.map(|last| at + last + 1)
}

#[derive(Default)]
struct State {
    /// Brackets that are open.
    depth: usize,
    /// In a string.
    inside: bool,
    /// Behind a backslash in a string.
    escaped: bool,
}

impl State {
    /// Goes over a byte; says whether the container ends with it.
    fn ends(&mut self, byte: u8) -> bool {
        if self.inside {
            self.inside = self.escaped || byte != b'"';
            self.escaped = !self.escaped && byte == b'\\';
            return false;
        }
        match byte {
            b'"' => self.inside = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth -= 1,
            _ => {}
        }
        self.depth == 0
    }

    /// Goes over bytes without a backslash; gives the one with which the container ends.
    fn ends_in(&mut self, many: &[u8; 64]) -> Option<usize> {
        // Each bit becomes the parity of the quotes up to it: whether it stands in a string.
        let mut strings = marks(many, |byte| byte == b'"');
        for shift in [1, 2, 4, 8, 16, 32] {
            strings ^= strings << shift;
        }
        if self.inside {
            strings = !strings;
        }
        self.inside = strings >> 63 == 1;
        // Brackets and braces differ in one bit.
        let open = marks(many, |byte| byte | 0x20 == b'{') & !strings;
        let close = marks(many, |byte| byte | 0x20 == b'}') & !strings;
        let count = |bits: u64| bits.count_ones() as usize;
        if count(close) < self.depth {
            self.depth = self.depth + count(open) - count(close);
            return None;
        }
        let mut left = open | close;
        while left != 0 {
            let at = left.trailing_zeros();
            left &= left - 1;
            if open >> at & 1 == 1 {
                self.depth += 1;
            } else {
                self.depth -= 1;
            }
            if self.depth == 0 {
                return Some(at as usize);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bits_stand_where_bytes_do() {
        let mut bytes = [b'.'; 64];
        for at in [0, 1, 7, 8, 31, 32, 62, 63] {
            bytes[at] = b'x';
            assert_eq!(marks(&bytes, |byte| byte == b'x') >> at & 1, 1);
        }
        assert_eq!(marks(&bytes, |byte| byte == b'x').count_ones(), 8);
    }

    /// Byte by byte.
    fn slow(bytes: &[u8]) -> Option<usize> {
        let mut state = State::default();
        let last = bytes.iter().position(|byte| state.ends(*byte));
        last.map(|last| last + 1)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]
        #[test]
        fn many_at_once_end_where_single_ones_do(
            rest in proptest::collection::vec(prop_oneof![
                Just("{"), Just("["), Just("}"), Just("]"), Just("\""), Just("\\"),
                Just("\\\""), Just("text of some length"), Just("\"key\": \"value\", "), Just("[]"),
            ], 0..80),
            deep in 0_usize..40,
        ) {
            let text = format!("{{{}{}", "[".repeat(deep), rest.concat());
            prop_assert_eq!(container_end(text.as_bytes(), 0), slow(text.as_bytes()));
        }
    }
}
