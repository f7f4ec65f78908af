//! The workbook, from its sheets.

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};
use sha2::{Digest, Sha256};

use super::lists::Lists;
use super::{Form, Layout, STANDARD, allowed, columns, guide, head, sheet};
use crate::definition::hex;
use crate::schema::SUBMISSION;

/// The workbook's bytes.
pub(super) fn bytes(form: &Form<'_>, layout: Layout) -> Result<Vec<u8>, XlsxError> {
    let sheets = match layout {
        Layout::Lembar => columns::sheets(form),
        Layout::Lebar => vec![columns::wide_sheet(form)],
    };
    let of_main = sheets.first().map_or(&[][..], |main| &main.columns);
    let key = of_main
        .iter()
        .position(|column| column.name == columns::KEY);
    let key = key.and_then(|at| u16::try_from(at).ok()).unwrap_or(0);
    let mut lists = Lists::default();
    let mut book = Workbook::new();
    // Not the clock: the same form is the same bytes.
    let properties = DocProperties::new()
        .set_title(&form.definition.indikator)
        .set_creation_datetime(&allowed::excel(form.cutoff)?)
        .set_custom_property("koplint_versi_standar", STANDARD)
        .set_custom_property(
            "koplint_skema_sha256",
            hex(&Sha256::digest(SUBMISSION.as_bytes())).as_str(),
        );
    book.set_properties(&properties);
    book.push_worksheet(guide::draw(form, layout, &sheets)?);
    book.push_worksheet(head::draw(form, &mut lists)?);
    for own in &sheets {
        book.push_worksheet(sheet::draw(own, key, &mut lists)?);
    }
    book.push_worksheet(lists.sheet()?);
    book.save_to_buffer()
}
