//! Fills: one for each tone over each fill that lies under it.
//!
//! Every fill of ours has a colour of its own (they differ by a shade that nobody sees), so that
//! the next run knows which one lay under it, whatever program saved the workbook in between.

use std::collections::HashMap;

use quick_xml::escape::escape;
use quick_xml::events::Event;

use super::Error;
use super::Tone;
use super::xml::{Tags, attribute, local};
use crate::rule::Level;

/// Shades of each colour.
const SHADES: u32 = 24;

/// A fill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fill {
    pattern: String,
    /// Attributes of the colours, as they stand.
    front: Vec<(String, String)>,
    back: Vec<(String, String)>,
}

impl Fill {
    fn read(text: &str, part: &str) -> Result<Self, Error> {
        let mut out = Self::default();
        let mut tags = Tags::new(text, part);
        while let Some((event, _)) = tags.next()? {
            let (Event::Start(tag) | Event::Empty(tag)) = event else {
                continue;
            };
            let colour = match local(tag.name()) {
                "patternFill" => {
                    let pattern = attribute(&tag, "patternType").unwrap_or_default();
                    out.pattern = pattern.into_owned();
                    continue;
                }
                "fgColor" => &mut out.front,
                "bgColor" => &mut out.back,
                _ => continue,
            };
            for own in tag.attributes().with_checks(false).flatten() {
                if own.key.prefix().is_none() {
                    let value = own.value.replace('"', "&quot;");
                    colour.push((own.key.0.to_owned(), value));
                }
            }
        }
        Ok(out)
    }

    fn solid(colour: u32) -> Self {
        Self {
            pattern: "solid".to_owned(),
            front: vec![("rgb".to_owned(), format!("FF{colour:06X}"))],
            back: vec![("indexed".to_owned(), "64".to_owned())],
        }
    }

    fn is_none(&self) -> bool {
        self.pattern.is_empty() || self.pattern == "none"
    }

    pub(super) fn xml(&self, prefix: &str) -> String {
        let colour = |name: &str, all: &[(String, String)]| {
            if all.is_empty() {
                return String::new();
            }
            let all = all
                .iter()
                .map(|(key, value)| format!(r#" {key}="{value}""#));
            format!("<{prefix}{name}{}/>", all.collect::<String>())
        };
        format!(
            r#"<{prefix}fill><{prefix}patternFill patternType="{}">{}{}</{prefix}patternFill></{prefix}fill>"#,
            escape(&self.pattern),
            colour("fgColor", &self.front),
            colour("bgColor", &self.back),
        )
    }

    /// The colour, if it is one of ours.
    fn ours(&self) -> Option<u32> {
        let [(key, value)] = self.front.as_slice() else {
            return None;
        };
        let colour = u32::from_str_radix(value.get(2..8)?, 16).ok()?;
        let ours = |base: &u32| (base.saturating_sub(SHADES - 1)..=*base).contains(&colour);
        let ours = Tone::ALL
            .iter()
            .any(|tone| ours(&pale(*tone)) || ours(&dark(*tone)));
        (key == "rgb" && self.pattern == "solid" && ours).then_some(colour)
    }
}

fn pale(tone: Tone) -> u32 {
    match tone {
        Tone::Open(Level::Error) => 0xFB_CD_CB,
        Tone::Open(Level::Warning) => 0xFD_E7_B3,
        Tone::Open(Level::Note) => 0xD3_E5_FB,
        Tone::Aside => 0xE9_E7_ED,
    }
}

/// Under light letters.
fn dark(tone: Tone) -> u32 {
    match tone {
        Tone::Open(Level::Error) => 0x9B_1B_1D,
        Tone::Open(Level::Warning) => 0x7F_4F_1B,
        Tone::Open(Level::Note) => 0x1B_4B_7F,
        Tone::Aside => 0x57_55_5B,
    }
}

/// The fills of a workbook.
pub(super) struct Fills {
    all: Vec<Fill>,
    before: usize,
    /// Fills under those of an earlier run, by colour.
    under: HashMap<u32, Fill>,
    /// Ours, by the fill under them.
    over: HashMap<(u32, Tone, bool), u32>,
    shades: HashMap<(Tone, bool), u32>,
    covered: Vec<(String, String)>,
}

impl Fills {
    pub(super) fn new(
        items: Vec<&str>,
        part: &str,
        colours: HashMap<String, String>,
    ) -> Result<Self, Error> {
        let mut all = Vec::new();
        for item in items {
            all.push(Fill::read(item, part)?);
        }
        let before = all.len();
        if before == 0 {
            all = vec![Fill::default(), Fill::default()];
        }
        let mut under = HashMap::new();
        for (colour, text) in colours {
            if let Ok(colour) = u32::from_str_radix(&colour, 16) {
                under.insert(colour, Fill::read(&text, part).unwrap_or_default());
            }
        }
        Ok(Self {
            before: before.max(2).min(all.len()),
            all,
            under,
            over: HashMap::new(),
            shades: HashMap::new(),
            covered: Vec::new(),
        })
    }

    /// The place of a fill, which may be there already.
    fn add(&mut self, fill: Fill) -> u32 {
        let known = self.all.iter().position(|own| *own == fill);
        let at = known.unwrap_or(self.all.len());
        if known.is_none() {
            self.all.push(fill);
        }
        u32::try_from(at).unwrap_or(0)
    }

    /// The fill of a tone over another one.
    pub(super) fn over(&mut self, fill: u32, tone: Tone, light: bool) -> u32 {
        if let Some(known) = self.over.get(&(fill, tone, light)) {
            return *known;
        }
        let own = self.all.get(fill as usize).cloned().unwrap_or_default();
        let next = self.shades.entry((tone, light)).or_insert(1);
        // The first shade lies over nothing, or over what can no longer be told apart.
        let shade = match own.is_none() || *next >= SHADES {
            true => 0,
            false => {
                *next += 1;
                *next - 1
            }
        };
        let colour = if light { dark(tone) } else { pale(tone) } - shade;
        if shade > 0 {
            self.covered.push((format!("{colour:06X}"), own.xml("")));
        }
        let new = self.add(Fill::solid(colour));
        self.over.insert((fill, tone, light), new);
        new
    }

    /// The fill that lies under one of ours; None if it is not ours.
    pub(super) fn under(&mut self, fill: u32) -> Option<u32> {
        let colour = self.all.get(fill as usize)?.ours()?;
        let under = self.under.get(&colour).cloned().unwrap_or_default();
        if under.is_none() {
            return Some(0);
        }
        Some(self.add(under))
    }

    pub(super) fn covered(&self) -> impl Iterator<Item = (&str, &str)> {
        self.covered
            .iter()
            .map(|(colour, fill)| (colour.as_str(), fill.as_str()))
    }

    /// Those that were added.
    pub(super) fn fresh(&self) -> &[Fill] {
        &self.all[self.before..]
    }
}
