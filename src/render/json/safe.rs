//! JSON that can be shown in a terminal or a log: what is not printable stands as `\uXXXX`.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// A formatter that escapes, in strings, all that [`crate::words::visible`] would replace. The
/// data stays the same.
pub(crate) struct Safe<F>(pub(crate) F);

macro_rules! passed_on {
    ($($name:ident($($arg:ident: $type:ty),*);)*) => {
        $(
            fn $name<W: ?Sized + Write>(&mut self, out: &mut W, $($arg: $type),*) -> io::Result<()> {
                self.0.$name(out, $($arg),*)
            }
        )*
    };
}

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut from = 0;
        let mut last = None;
        for (at, c) in fragment.char_indices() {
            // `##[` begins a command to what reads the log of a CI job.
            let command = last.replace(c) == Some('#') && c == '#';
            if !command && (c < '\u{7f}' || crate::words::visible(c) == c) {
                continue;
            }
            out.write_all(&fragment.as_bytes()[from..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            from = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[from..])
    }

    passed_on! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }
}
