//! Two languages, side by side where the words are needed.

use std::str::FromStr;

/// The language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Indonesian, the default.
    #[default]
    Id,
    /// English.
    En,
}

impl Lang {
    /// The language's tag (BCP 47).
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// The words in this language.
    #[must_use]
    pub fn pick(self, id: &'static str, en: &'static str) -> &'static str {
        Text { id, en }.get(self)
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "id" => Ok(Self::Id),
            "en" => Ok(Self::En),
            other => Err(other.to_owned()),
        }
    }
}

/// The same words in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// Indonesian.
    pub id: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// The words in a language.
    #[must_use]
    pub fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Id => self.id,
            Lang::En => self.en,
        }
    }
}

/// Words in both languages as a constant: `text! { id: "…", en: "…" }`.
#[macro_export]
macro_rules! text {
    { id: $id:expr, en: $en:expr $(,)? } => {
        $crate::lang::Text { id: $id, en: $en }
    };
}

/// A sentence with values in it, in the language asked for. Both must be there, or it does not
/// compile: `say!(lang, id: "ada {n}", en: "{n} found")`.
#[macro_export]
macro_rules! say {
    ($lang:expr, id: $id:literal, en: $en:literal $(,)?) => {
        match $lang {
            $crate::lang::Lang::Id => format!($id),
            $crate::lang::Lang::En => format!($en),
        }
    };
}
