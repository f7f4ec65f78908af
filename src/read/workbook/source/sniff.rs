//! What a file is by its first bytes.

/// What a file is that is named like a workbook and is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Text, a delimited table by likelihood.
    Text,
    /// A web page; old applications "export to Excel" so.
    Html,
    /// JSON.
    Json,
    /// The XML spreadsheet of Excel 2003.
    Xml2003,
    /// Other XML.
    Xml,
    /// PDF.
    Pdf,
}

/// How the bytes are packed.
pub enum Container {
    /// A zip archive.
    Zip,
    /// A compound file of Office until 2003.
    Ole,
    /// Something else that is known.
    Other(What),
    /// Bytes.
    Unknown,
}

/// Bytes that are looked at.
const HEAD: usize = 4096;

/// What a file's bytes are.
pub fn container(bytes: &[u8]) -> Container {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Container::Zip;
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Container::Ole;
    }
    if bytes.starts_with(b"%PDF") {
        return Container::Other(What::Pdf);
    }
    match text(bytes.get(..HEAD).unwrap_or(bytes)) {
        Some(text) => Container::Other(what(&text)),
        None => Container::Unknown,
    }
}

/// The head as text, if it is text.
fn text(head: &[u8]) -> Option<String> {
    if head.is_empty() {
        return None;
    }
    if let Some((encoding, bom)) = encoding_rs::Encoding::for_bom(head) {
        let (text, _) = encoding.decode_without_bom_handling(&head[bom..]);
        return Some(text.into_owned());
    }
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C);
    (!head.iter().any(control)).then(|| String::from_utf8_lossy(head).into_owned())
}

fn what(text: &str) -> What {
    let head = text.trim_start().to_ascii_lowercase();
    let page = [
        "<html",
        "<!doctype html",
        "<table",
        "<head",
        "<body",
        "<style",
        "<meta",
        "mime-version:",
    ];
    if page.iter().any(|word| head.starts_with(word)) {
        return What::Html;
    }
    if head.starts_with('<') {
        return match () {
            () if head.contains("urn:schemas-microsoft-com:office:spreadsheet")
                && head.contains("<workbook") =>
            {
                What::Xml2003
            }
            () if head.contains("<html") => What::Html,
            () => What::Xml,
        };
    }
    let json = |open: char| {
        head.strip_prefix(open)
            .map(|rest| rest.trim_start())
            .is_some_and(|rest| rest.starts_with(['"', '{', '[', '}', ']']))
    };
    match json('{') || json('[') {
        true => What::Json,
        false => What::Text,
    }
}
