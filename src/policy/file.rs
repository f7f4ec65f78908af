//! A TOML file that people write: what is wrong with it is said with its line and the nearest name.

use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::lang::Lang;
use crate::{say, words};

/// The largest file of settings or waivers that is read.
const MAX_BYTES: u64 = 16 << 20;

/// The text of a file with the name that messages give it.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub file: PathBuf,
    pub text: String,
}

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    /// What the system says.
    pub(crate) fn read(file: &Path) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("{}: {error}", file.display());
        let mut text = String::new();
        let open = std::fs::File::open(file).map_err(failed)?;
        let mut open = open.take(MAX_BYTES + 1);
        let bytes = open.read_to_string(&mut text).map_err(failed)? as u64;
        if bytes > MAX_BYTES {
            return Err(format!("{}: > {MAX_BYTES} bytes", file.display()));
        }
        Ok(Self {
            file: file.to_owned(),
            text,
        })
    }

    /// The folder that paths in the file are relative to.
    pub(crate) fn folder(&self) -> &Path {
        match self.file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    /// The file's values.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub(crate) fn parse<T: DeserializeOwned>(&self, lang: Lang) -> Result<T, String> {
        toml::from_str(&self.text).map_err(|error| {
            let message = said(lang, error.message());
            match error.span() {
                Some(span) => self.fault(&span, &message),
                None => format!("{}: {message}", self.file.display()),
            }
        })
    }

    /// `file:line:column: message`
    pub(crate) fn fault(&self, span: &Range<usize>, message: &str) -> String {
        let (line, column) = self.line_column(span.start);
        format!("{}:{line}:{column}: {message}", self.file.display())
    }

    fn line_column(&self, at: usize) -> (usize, usize) {
        let before = self.text.get(..at).unwrap_or(&self.text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }
}

/// The parser's words in the language asked for, with the nearest name that is known.
fn said(lang: Lang, message: &str) -> String {
    let mut named = message.split('`').skip(1).step_by(2);
    let (Some(name), all) = (named.next(), named.collect::<Vec<_>>()) else {
        return message.to_owned();
    };
    let name = words::shown(name, 60);
    if message.starts_with("missing field") {
        return say!(lang, id: "`{name}` wajib diisi", en: "`{name}` is required");
    }
    if !message.starts_with("unknown field") && !message.starts_with("unknown variant") {
        return message.to_owned();
    }
    unknown(lang, &name, &all)
}

/// A name that is none of `all`.
pub(crate) fn unknown(lang: Lang, name: &str, all: &[&str]) -> String {
    let (name, list) = (words::shown(name, 60), all.join(", "));
    match words::nearest(&name, all.iter().copied()) {
        Some(near) => say!(
            lang,
            id: "`{name}` tidak dikenal; maksud Anda `{near}`? (yang ada: {list})",
            en: "`{name}` is unknown; did you mean `{near}`? (there are: {list})",
        ),
        None => say!(
            lang,
            id: "`{name}` tidak dikenal (yang ada: {list})",
            en: "`{name}` is unknown (there are: {list})",
        ),
    }
}

/// A text that names no rule.
pub(crate) fn unknown_rule(lang: Lang, given: &str) -> String {
    let near = words::nearest(given, super::levels::Selector::names());
    let given = words::shown(given, 60);
    match near {
        Some(near) => say!(
            lang,
            id: "aturan `{given}` tidak ada; maksud Anda `{near}`?",
            en: "no rule `{given}`; did you mean `{near}`?",
        ),
        None => say!(
            lang,
            id: "aturan `{given}` tidak ada; lihat `koplint rules`",
            en: "no rule `{given}`; see `koplint rules`",
        ),
    }
}

/// A rule that settings and waivers leave alone.
pub(crate) fn not_movable(lang: Lang, code: &str) -> String {
    say!(
        lang,
        id: "{code} menyatakan ada yang tidak terbaca; aturan ini tidak dapat dimatikan, diubah tingkatnya, atau dikecualikan",
        en: "{code} says that something was not read; it cannot be switched off, moved or waived",
    )
}
