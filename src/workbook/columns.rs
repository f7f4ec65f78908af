//! The columns of a sheet: their styles and widths, and new ones among them.

use quick_xml::events::BytesStart;

use super::cells::LAST_COLUMN;
use super::xml::{attribute, opened, with};

/// The columns' settings as they stand.
#[derive(Debug, Default)]
pub(super) struct Columns {
    all: Vec<(u32, u32, BytesStart<'static>)>,
    /// The sheet has settings of columns.
    pub(super) seen: bool,
}

impl Columns {
    pub(super) fn add(&mut self, tag: &BytesStart<'_>) {
        let place = |name| attribute(tag, name).and_then(|at| at.parse().ok());
        if let (Some(first), Some(last)) = (place("min"), place("max")) {
            self.all.push((first, last, tag.to_owned()));
        }
    }

    /// The style that a new cell of a column takes.
    pub(super) fn style(&self, column: u32) -> u32 {
        let own = self
            .all
            .iter()
            .find(|(first, last, _)| (*first..=*last).contains(&column));
        own.and_then(|(_, _, tag)| attribute(tag, "style")?.parse().ok())
            .unwrap_or(0)
    }

    /// All settings, those of new columns in their places.
    pub(super) fn xml(&self, prefix: &str, new: &[(u32, f64)]) -> String {
        let mut pieces: Vec<(u32, String)> = Vec::new();
        for (first, last, tag) in &self.all {
            let mut from = *first;
            let cut = |column: &u32| (*first..=*last).contains(column);
            let mut cuts: Vec<u32> = new.iter().map(|(column, _)| *column).filter(cut).collect();
            cuts.push(last.saturating_add(1));
            for cut in cuts {
                if from < cut {
                    let (min, max) = (from.to_string(), (cut - 1).to_string());
                    let own = with(tag, &[("min", Some(&min)), ("max", Some(&max))]);
                    pieces.push((from, opened(&own, true)));
                }
                from = cut + 1;
            }
        }
        for (column, width) in new.iter().filter(|(column, _)| *column <= LAST_COLUMN) {
            let text = format!(
                r#"<{prefix}col min="{column}" max="{column}" width="{width}" customWidth="1"/>"#
            );
            pieces.push((*column, text));
        }
        pieces.sort_by_key(|(first, _)| *first);
        pieces.into_iter().map(|(_, text)| text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_column_parts_a_range() {
        let mut columns = Columns::default();
        for text in [
            r#"col min="1" max="2" width="5""#,
            r#"col min="3" max="9" style="4""#,
        ] {
            columns.add(&BytesStart::from_content(text, 3));
        }
        assert_eq!(columns.style(7), 4);
        let out = columns.xml("", &[(5, 20.0), (6, 30.0)]);
        assert_eq!(
            out,
            concat!(
                r#"<col min="1" max="2" width="5"/><col min="3" max="4" style="4"/>"#,
                r#"<col min="5" max="5" width="20" customWidth="1"/>"#,
                r#"<col min="6" max="6" width="30" customWidth="1"/>"#,
                r#"<col min="7" max="9" style="4"/>"#
            )
        );
        assert_eq!(Columns::default().xml("x:", &[(LAST_COLUMN + 1, 1.0)]), "");
    }
}
