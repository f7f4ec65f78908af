//! Names of files as CI wants them.

use std::borrow::Cow;

use crate::place::Place;

/// The file of a place; what stands in options stands in no file, and is said of the submission's.
pub(crate) fn of<'a>(place: &'a Place, own: &'a str) -> &'a str {
    place
        .file
        .as_deref()
        .filter(|file| *file != "(opsi)")
        .unwrap_or(own)
}

/// With `/` between its parts, and without `./` in front.
pub(crate) fn slashed(file: &str) -> Cow<'_, str> {
    let file = match cfg!(windows) {
        true => Cow::Owned(file.replace('\\', "/")),
        false => Cow::Borrowed(file),
    };
    match file.strip_prefix("./") {
        Some(rest) => Cow::Owned(rest.to_owned()),
        None => file,
    }
}

/// A URI reference, and whether it is relative.
pub(crate) fn uri(file: &str) -> (String, bool) {
    let file = slashed(file);
    let drive = cfg!(windows) && file.get(1..3) == Some(":/");
    let mut out = match (file.starts_with('/'), drive) {
        (true, _) => "file://".to_owned(),
        (false, true) => format!("file:///{}", &file[..2]),
        (false, false) => String::new(),
    };
    let relative = out.is_empty();
    for byte in file.bytes().skip(if drive { 2 } else { 0 }) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            other => out += &format!("%{other:02X}"),
        }
    }
    (out, relative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_uri() {
        let uri = |file| uri(file);
        assert_eq!(uri("./a/b c.json"), ("a/b%20c.json".to_owned(), true));
        assert_eq!(
            uri("/data/é.csv"),
            ("file:///data/%C3%A9.csv".to_owned(), false)
        );
        assert_eq!(uri("a:b%?#.csv"), ("a%3Ab%25%3F%23.csv".to_owned(), true));
    }
}
