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
        if shown {
            out += r#"<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>"#;
        }
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
            out += &format!(r#"<row r="{row}">"#);
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
        out += r#"<pageSetup orientation="landscape"/>"#;
        out + "</worksheet>"
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
