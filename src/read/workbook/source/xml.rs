//! XML of a part, event by event. A document type or an entity of its own is refused.

use std::borrow::Cow;
use std::io::BufReader;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::Refused;
use super::package::Part;

/// A part read as XML.
pub struct Xml<'a> {
    reader: Reader<BufReader<Part<'a>>>,
    buf: Vec<u8>,
    open: usize,
}

impl<'a> Xml<'a> {
    /// Begins a part.
    pub fn new(part: Part<'a>) -> Self {
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, part));
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buf: Vec::new(),
            open: 0,
        }
    }

    /// Elements that are open.
    pub fn depth(&self) -> usize {
        self.open
    }

    /// The next event.
    ///
    /// # Errors
    /// The part is no sound XML, or not all there.
    pub fn next(&mut self) -> Result<Event<'_>, Refused> {
        self.buf.clear();
        self.reader.get_mut().get_mut().piece = 0;
        let event = match self.reader.read_event_into(&mut self.buf) {
            Ok(event) => event,
            Err(error) => return Err(refused(&error, &self.reader.get_ref().get_ref().name)),
        };
        let wrong = match event {
            Event::Start(_) => {
                self.open += 1;
                None
            }
            Event::End(_) => {
                self.open = self.open.saturating_sub(1);
                None
            }
            Event::DocType(_) => Some("has a document type"),
            Event::Eof if self.open > 0 => Some("ends too early"),
            _ => None,
        };
        match wrong {
            Some(wrong) => {
                let name = &self.reader.get_ref().get_ref().name;
                Err(Refused::damaged(format!("{name} {wrong}")))
            }
            None => Ok(event),
        }
    }

    /// Adds the text up to the end of the element that is open.
    ///
    /// # Errors
    /// As `next`.
    pub fn text(&mut self, out: &mut String) -> Result<(), Refused> {
        let depth = self.open;
        while self.open >= depth {
            let event = self.next()?;
            if let Some(piece) = piece(&event)? {
                out.push_str(&piece);
            }
        }
        Ok(())
    }

    /// Passes over the rest of the element that is open.
    ///
    /// # Errors
    /// As `next`.
    pub fn skip(&mut self) -> Result<(), Refused> {
        let depth = self.open;
        while self.open >= depth {
            self.next()?;
        }
        Ok(())
    }
}

fn refused(error: &quick_xml::Error, part: &str) -> Refused {
    if let quick_xml::Error::Io(error) = error
        && let Some(refused) = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<Refused>())
    {
        return refused.clone();
    }
    Refused::damaged(format!("{part}: {error}"))
}

/// The text of an event, if it has any.
///
/// # Errors
/// It is an entity of the document's own.
pub fn piece<'e>(event: &'e Event<'_>) -> Result<Option<Cow<'e, str>>, Refused> {
    Ok(match event {
        Event::Text(text) => Some(text.xml10_content()),
        Event::CData(text) => Some(text.xml10_content()),
        Event::GeneralRef(name) => Some(reference(name)?.to_string().into()),
        _ => None,
    })
}

/// The character that a reference stands for.
///
/// # Errors
/// It is an entity of the document's own.
fn reference(name: &BytesRef<'_>) -> Result<char, Refused> {
    let wrong = || Refused::damaged(format!("unknown entity &{};", &**name));
    if let Some(char) = name.resolve_char_ref().map_err(|_| wrong())? {
        return Ok(char);
    }
    match &**name {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(wrong()),
    }
}

/// Calls `each` with the local name and the value of every attribute.
///
/// # Errors
/// An attribute is broken.
pub fn attributes(
    element: &BytesStart<'_>,
    mut each: impl FnMut(&str, &str),
) -> Result<(), Refused> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| Refused::damaged(error.to_string()))?;
        let key = attribute.key.local_name();
        let plain = |all, byte: u8| all & byte.is_ascii_alphanumeric();
        if attribute.value.bytes().fold(true, plain) {
            each(key.as_ref(), &attribute.value);
            continue;
        }
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|error| Refused::damaged(error.to_string()))?;
        each(key.as_ref(), &value);
    }
    Ok(())
}

/// Whether an attribute's value says yes.
pub fn yes(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}
