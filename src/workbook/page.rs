//! A sheet of our own: texts with simple looks, and links to cells.

use quick_xml::escape::escape;

use super::cells::name;
use super::styles::{Look, Styles};
use super::xml::cell_text;
use crate::place::{Place, letters};

/// Links that a sheet may have.
const MOST_LINKS: usize = 60_000;

/// A sheet of our own.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Widths of its columns in characters.
    pub widths: Vec<f64>,
    /// Its rows.
    pub rows: Vec<Vec<Text>>,
    /// The row (from 1) of a list's headings; the list reaches to the end and can be filtered.
    pub list: Option<u32>,
}

/// One cell of a page.
#[derive(Clone, Debug)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// How it looks.
    pub look: Look,
    /// The cell that it leads to: sheet, row, column.
    pub link: Option<(String, u32, u32)>,
}

impl Text {
    /// A text.
    #[must_use]
    pub fn new(text: impl Into<String>, look: Look) -> Self {
        Self {
            text: text.into(),
            look,
            link: None,
        }
    }
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";

impl Page {
    pub(super) fn xml(&self, styles: &mut Styles, strict: bool, shown: bool) -> String {
        let names = if strict { STRICT } else { MAIN };
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{names}\">"
        );
        // On paper as wide as the page, and as long as it takes.
        out += r#"<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>"#;
        if shown {
            out += r#"<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>"#;
        }
        out += r#"<sheetFormatPr defaultRowHeight="15"/>"#;
        if !self.widths.is_empty() {
            out += "<cols>";
            for (at, width) in (1..).zip(&self.widths) {
                out += &format!(r#"<col min="{at}" max="{at}" width="{width}" customWidth="1"/>"#);
            }
            out += "</cols>";
        }
        out += "<sheetData>";
        let mut links = String::new();
        let mut linked = 0;
        for (row, cells) in (1..).zip(&self.rows) {
            out += &match self.height(cells) {
                Some(height) => format!(r#"<row r="{row}" ht="{height}" customHeight="1">"#),
                None => format!(r#"<row r="{row}">"#),
            };
            for (column, cell) in (1..).zip(cells).filter(|(_, cell)| !cell.text.is_empty()) {
                let place = name(row, column);
                let style = styles.look(cell.look);
                let text = cell_text(&cell.text);
                out += &format!(
                    r#"<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#
                );
                if let (Some(to), true) = (cell.link.as_ref().and_then(target), linked < MOST_LINKS)
                {
                    linked += 1;
                    let to = escape(to.as_str());
                    links += &format!(r#"<hyperlink ref="{place}" location="{to}"/>"#);
                }
            }
            out += "</row>";
        }
        out += "</sheetData>";
        if let Some(row) = self.list {
            let last = self.rows.len();
            let width = self.rows.get(row as usize - 1).map_or(1, Vec::len);
            let column = letters(u32::try_from(width.max(1)).unwrap_or(1));
            if last > row as usize {
                out += &format!(r#"<autoFilter ref="A{row}:{column}{last}"/>"#);
            }
        }
        if !links.is_empty() {
            out += &format!("<hyperlinks>{links}</hyperlinks>");
        }
        out += r#"<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>"#;
        out += r#"<pageSetup orientation="landscape" fitToHeight="0"/>"#;
        out + "</worksheet>"
    }

    /// The height in points of a row whose lines are broken or large; programs differ in whether
    /// they work it out.
    fn height(&self, cells: &[Text]) -> Option<usize> {
        let lines = |(cell, width): (&Text, &f64)| match cell.look {
            Look::Wrapped | Look::Link => {
                // Widths are small whole numbers of letters.
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let width = (*width as usize).max(1);
                cell.text
                    .lines()
                    .map(|line| line.chars().count() / width + 1)
                    .sum()
            }
            _ => 1,
        };
        if cells.iter().any(|cell| cell.look == Look::Title) {
            return Some(21);
        }
        let lines: usize = cells.iter().zip(&self.widths).map(lines).max().unwrap_or(1);
        (lines > 1).then(|| (lines * 15).min(400))
    }
}

fn target((sheet, row, column): &(String, u32, u32)) -> Option<String> {
    let place = Place {
        sheet: Some(sheet.as_str().into()),
        line: *row,
        column: *column,
        ..Place::default()
    };
    place.cell()
}
