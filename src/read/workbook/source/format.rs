//! Number formats: how a cell shows its number. Only what changes its meaning is looked at.

/// The most styles of a workbook; Excel has a few less.
pub const MAX_STYLES: usize = 1 << 16;

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// As the application likes.
    General,
    /// As a number.
    Plain,
    /// As a whole number with zeros in front, up to so many digits.
    Padded(usize),
    /// As a percentage, with at least and at most so many decimals.
    Percent(usize, usize),
    /// In scientific notation.
    Scientific,
    /// As a date, with a time or without.
    Date,
    /// As a time of day.
    Time,
    /// As a duration.
    Elapsed,
}

/// A number format: how positive numbers, negative ones and zero are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format([Shape; 3]);

impl Default for Format {
    fn default() -> Self {
        Self([Shape::General; 3])
    }
}

impl Format {
    /// The format that a code describes.
    pub fn of(code: &str) -> Self {
        let parts: Vec<Shape> = sections(code).iter().map(|part| shape(part)).collect();
        match parts[..] {
            [] => Self::default(),
            [all] => Self([all; 3]),
            [rest, negative] => Self([rest, negative, rest]),
            [positive, negative, zero, ..] => Self([positive, negative, zero]),
        }
    }

    /// The format of a number that needs no code.
    pub fn built_in(id: u32) -> Self {
        let shape = match id {
            0 => Shape::General,
            9 => Shape::Percent(0, 0),
            10 => Shape::Percent(2, 2),
            11 | 48 => Shape::Scientific,
            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shape::Date,
            18..=21 | 32..=35 | 45 | 47 | 55 | 56 => Shape::Time,
            46 => Shape::Elapsed,
            _ => Shape::Plain,
        };
        Self([shape; 3])
    }

    /// How a number is shown.
    pub fn shape(self, value: f64) -> Shape {
        match value {
            value if value > 0.0 => self.0[0],
            value if value < 0.0 => self.0[1],
            _ => self.0[2],
        }
    }
}

/// The sections of a code, without what is only shown: quoted and escaped text, colours,
/// conditions. `[h]` stays, as `[`.
fn sections(code: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut chars = code.chars();
    while let Some(char) = chars.next() {
        let last = out.len() - 1;
        match char {
            '"' => {
                chars.by_ref().find(|char| *char == '"');
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inner: String = chars.by_ref().take_while(|char| *char != ']').collect();
                let first = inner.chars().next().unwrap_or(' ').to_ascii_lowercase();
                let same = inner.chars().all(|char| char.to_ascii_lowercase() == first);
                if same && matches!(first, 'h' | 'm' | 's') {
                    out[last].push('[');
                }
            }
            ';' => out.push(String::new()),
            char => out[last].push(char.to_ascii_lowercase()),
        }
    }
    out
}

fn shape(section: &str) -> Shape {
    let digit = |char: char| matches!(char, '0' | '#' | '?');
    let section = section.trim();
    if section.contains('[') {
        return Shape::Elapsed;
    }
    if section.contains("general") || section.contains("standard") {
        return Shape::General;
    }
    if !section.contains('#') {
        let clock = section.contains("am/pm") || section.contains("a/p");
        let rest = section.replace("am/pm", "").replace("a/p", "");
        let clock = clock || rest.contains(['h', 's']);
        let exponent = rest.contains("e+") || rest.contains("e-");
        if rest.contains(['y', 'd']) || (rest.contains('e') && !exponent) {
            return Shape::Date;
        }
        if clock {
            return Shape::Time;
        }
        if rest.contains('m') {
            return Shape::Date;
        }
    }
    if section.contains('%') {
        let decimals = section.split_once('.').map_or("", |(_, after)| after);
        let most = decimals.chars().filter(|char| digit(*char)).count();
        let least = decimals.chars().filter(|char| *char == '0').count();
        return Shape::Percent(least, most);
    }
    if section.contains("e+") || section.contains("e-") {
        return Shape::Scientific;
    }
    match section.len() > 1 && section.chars().all(|char| char == '0') {
        true => Shape::Padded(section.len()),
        false => Shape::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_understood() {
        for (code, wanted) in [
            ("General", Shape::General),
            ("0", Shape::Plain),
            ("#,##0.00", Shape::Plain),
            ("@", Shape::Plain),
            ("\"Rp\"#,##0;[Red]\\-\"Rp\"#,##0", Shape::Plain),
            ("_-[$Rp-421]* #,##0_-;-[$Rp-421]* #,##0_-", Shape::Plain),
            ("# ?/?", Shape::Plain),
            ("0000", Shape::Padded(4)),
            ("[$-421]00000000000000_)", Shape::Padded(14)),
            ("000-000", Shape::Plain),
            ("0%", Shape::Percent(0, 0)),
            ("0.0#%", Shape::Percent(1, 2)),
            ("0.00E+00", Shape::Scientific),
            ("##0.0E+0", Shape::Scientific),
            ("dd/mm/yyyy", Shape::Date),
            ("[$-421]dd mmmm yyyy;@", Shape::Date),
            ("yyyy", Shape::Date),
            ("mmm", Shape::Date),
            ("mmm-yy", Shape::Date),
            ("m/d/yy h:mm", Shape::Date),
            ("[$-404]e\"年\"", Shape::Date),
            ("h:mm AM/PM", Shape::Time),
            ("mm:ss.0", Shape::Time),
            ("[h]:mm:ss", Shape::Elapsed),
            ("[mm]:ss", Shape::Elapsed),
            ("0\" hari\"", Shape::Plain),
        ] {
            assert_eq!(Format::of(code).shape(1.0), wanted, "{code}");
        }
    }

    #[test]
    fn sections_go_by_the_sign() {
        let format = Format::of("0000;0.0%;\"-\"");
        assert_eq!(format.shape(3.0), Shape::Padded(4));
        assert_eq!(format.shape(-3.0), Shape::Percent(1, 1));
        assert_eq!(format.shape(0.0), Shape::Plain);
    }
}
