//! Numbers as binary workbooks write them.

/// The 16-bit number at an offset.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

/// The 32-bit number at an offset.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

/// The number of eight bytes at an offset.
pub fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    let low = u64::from(u32_at(bytes, at)?);
    let high = u64::from(u32_at(bytes, at + 4)?);
    Some(f64::from_bits(low | (high << 32)))
}

/// A number that is kept in thirty bits.
pub fn packed(bits: u32) -> f64 {
    let value = match bits & 2 != 0 {
        true => f64::from(bits.cast_signed() >> 2),
        false => f64::from_bits(u64::from(bits & !3) << 32),
    };
    match bits & 1 != 0 {
        true => value / 100.0,
        false => value,
    }
}

/// Code units, two bytes each, as text.
pub fn wide(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16_lossy(&units)
}

/// An error by its code.
pub fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#ERROR!",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_unpacked() {
        for (bits, value) in [
            ((3350 << 2) | 2, 3350.0),
            ((335_025 << 2) | 3, 3350.25),
            (0xFFFF_FFFE, -1.0),
            (0x3FE0_0000, 0.5),
        ] {
            assert!((packed(bits) - value).abs() < f64::EPSILON, "{bits:x}");
        }
    }
}
