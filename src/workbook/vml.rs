//! The boxes in which comments are shown. VML is not always sound XML, so it is handled as text.

use std::collections::BTreeSet;

use super::cells::{LAST_COLUMN, LAST_ROW};
use super::survey::Survey;

/// Width of a box in pixels.
const WIDTH: u32 = 340;
/// Height of a line, and how many letters fit into one.
const LINE: u32 = 15;
const LETTERS: usize = 52;
/// Heights of a box.
const HEIGHTS: (u32, u32) = (60, 420);
/// Shapes that share one block of numbers.
const BLOCK: u32 = 1024;

const NOTHING: &str = concat!(
    r#"<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" "#,
    r#"xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">"#,
    r#"<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>"#
);
const TYPE: &str = concat!(
    r##"<v:shapetype id="koplint_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">"##,
    r##"<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"##
);
const NAMES: &str = concat!(
    r#" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office""#,
    r#" xmlns:x="urn:schemas-microsoft-com:office:excel""#
);

/// A new box.
pub(super) struct Shape<'a> {
    pub(super) place: (u32, u32),
    pub(super) words: &'a str,
}

/// Adds boxes to a drawing (None if there is none yet) and takes some away. None if it is no
/// drawing.
pub(super) fn vml(
    own: Option<&str>,
    shapes: &[Shape<'_>],
    gone: &BTreeSet<(u32, u32)>,
    survey: &Survey,
) -> Option<String> {
    let mut text = without(own.unwrap_or(NOTHING), gone);
    let mut number = last_number(&text).max(BLOCK);
    // What a shape declares holds for itself alone.
    let root = text
        .find("<xml")
        .and_then(|at| text[at..].split('>').next());
    let root = root.unwrap_or_default();
    let known = |name: &str| root.contains(&format!("xmlns:{name}=\"urn:"));
    let names = match ["v", "o", "x"].into_iter().all(known) {
        true => "",
        false => NAMES,
    };
    let mut new = String::new();
    if !shapes.is_empty() && !text.contains("koplint_t202") {
        new += &TYPE.replacen("<v:shapetype", &format!("<v:shapetype{names}"), 1);
    }
    let mut blocks = BTreeSet::new();
    for shape in shapes {
        number += 1;
        blocks.insert(number / BLOCK);
        let (row, column) = shape.place;
        let anchor = anchor(shape, survey);
        let (row, column) = (row - 1, column - 1);
        new += &format!(
            concat!(
                r##"<v:shape{names} id="_x0000_s{number}" type="#koplint_t202" "##,
                r##"style="position:absolute;margin-left:60pt;margin-top:2pt;width:255pt;height:80pt;z-index:1;visibility:hidden" "##,
                r##"fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>"##,
                r##"<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>"##,
                r##"<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>"##,
                r##"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"##
            ),
            names = names,
            number = number,
            anchor = anchor,
            row = row,
            column = column
        );
    }
    let end = text.rfind("</xml>").or_else(|| text.rfind("</XML>"));
    text.insert_str(end?, &new);
    Some(numbered(text, blocks))
}

/// Column, pixels, row, pixels of the box's left upper corner, and of its right lower one.
fn anchor(shape: &Shape<'_>, survey: &Survey) -> String {
    let (row, column) = shape.place;
    let lines: usize = shape
        .words
        .lines()
        .map(|line| line.chars().count() / LETTERS + 1)
        .sum();
    let height = u32::try_from(lines)
        .unwrap_or(u32::MAX)
        .saturating_mul(LINE)
        .min(HEIGHTS.1);
    // One line more: the one that says whose words these are.
    let height = (height + LINE + 12).clamp(HEIGHTS.0, HEIGHTS.1);
    let width = |column: u32| {
        let own = survey
            .widths
            .iter()
            .find(|(a, b, _)| (*a..=*b).contains(&column));
        pixels(own.map_or(9.0, |(_, _, width)| *width) * 7.0 + 5.0)
    };
    let tall = |row: u32| {
        let own = survey.heights.get(&row).copied();
        pixels(own.unwrap_or(survey.default_height) * 4.0 / 3.0)
    };
    let left = (column + 1).min(LAST_COLUMN);
    let top = row.saturating_sub(1).max(1);
    let (right, across) = far(left, WIDTH + 15, LAST_COLUMN, width);
    let (bottom, down) = far(top, height + 4, LAST_ROW, tall);
    let (left, top) = (left - 1, top - 1);
    format!("{left}, 15, {top}, 4, {right}, {across}, {bottom}, {down}")
}

/// The place (from 0) and the pixels within it that lie so many pixels away.
fn far(from: u32, mut pixels: u32, last: u32, size: impl Fn(u32) -> u32) -> (u32, u32) {
    let mut at = from;
    while at < last && pixels > size(at) {
        pixels -= size(at);
        at += 1;
        // Hundreds of hidden rows are no place for a box.
        if at - from > 2000 {
            break;
        }
    }
    (at - 1, pixels.min(size(at)))
}

fn pixels(size: f64) -> u32 {
    // Nothing is taller or wider than the format allows.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = size.clamp(0.0, 2000.0).round() as u32;
    whole
}

/// The drawing without the boxes of some cells.
fn without(text: &str, gone: &BTreeSet<(u32, u32)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<v:shape ") {
        let Some(end) = rest[start..].find("</v:shape>") else {
            break;
        };
        let end = start + end + "</v:shape>".len();
        let shape = &rest[start..end];
        let number = |name: &str| {
            let (_, after) = shape.split_once(&format!("<x:{name}>"))?;
            let (number, _) = after.split_once('<')?;
            number.trim().parse::<u32>().ok()?.checked_add(1)
        };
        let place = (number("Row"), number("Column"));
        let ours = matches!(place, (Some(row), Some(column)) if gone.contains(&(row, column)));
        out.push_str(&rest[..start]);
        if !(ours && shape.contains("ObjectType=\"Note\"")) {
            out.push_str(shape);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// The largest number of a shape.
fn last_number(text: &str) -> u32 {
    text.match_indices("_s")
        .filter_map(|(at, _)| {
            let after = &text[at + 2..];
            let end = after
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(after.len());
            after[..end]
                .parse()
                .ok()
                .filter(|number| *number < 100_000_000)
        })
        .max()
        .unwrap_or(0)
}

/// The drawing with its blocks of numbers named.
fn numbered(mut text: String, mut blocks: BTreeSet<u32>) -> String {
    let Some(map) = text.find("<o:idmap") else {
        return text;
    };
    let Some(data) = text[map..].find("data=\"").map(|at| map + at + 6) else {
        return text;
    };
    let Some(end) = text[data..].find('"').map(|at| data + at) else {
        return text;
    };
    blocks.extend(
        text[data..end]
            .split(',')
            .filter_map(|own| own.trim().parse::<u32>().ok()),
    );
    let all: Vec<String> = blocks.iter().map(u32::to_string).collect();
    text.replace_range(data..end, &all.join(","));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_come_and_go() {
        let shapes = [Shape {
            place: (5, 2),
            words: "a\nb",
        }];
        let survey = Survey {
            default_height: 15.0,
            ..Survey::default()
        };
        let nobody = BTreeSet::new();
        let own = NOTHING.replace(
            "</xml>",
            "<v:shape id=\"_x0000_s3075\"><br></v:shape></xml>",
        );
        let with = vml(Some(&own), &shapes, &nobody, &survey).unwrap();
        assert!(with.contains("id=\"_x0000_s3076\""));
        assert!(with.contains("data=\"1,3\""));
        assert!(with.contains("<x:Row>4</x:Row><x:Column>1</x:Column>"));
        assert!(with.contains("<x:Anchor>2, 15, 3, 4, "));
        let gone = [(5, 2)].into();
        let without = vml(Some(&with), &[], &gone, &survey).unwrap();
        assert!(without.contains("<br>") && !without.contains("<x:Row>"));
        assert_eq!(vml(Some("no drawing"), &shapes, &nobody, &survey), None);
    }

    #[test]
    fn a_box_at_the_last_cell_stays_on_the_sheet() {
        let survey = Survey::default();
        let shape = Shape {
            place: (LAST_ROW, LAST_COLUMN),
            words: "a",
        };
        let anchor = anchor(&shape, &survey);
        assert!(
            anchor.starts_with("16383, 15, 1048574, 4, 16383, "),
            "{anchor}"
        );
    }
}
