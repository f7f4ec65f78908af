//! calamine: reads every cell of a sheet one after the other and does no more.

use calamine::{DataRef, Reader, Xlsx, open_workbook};

fn main() {
    let path = std::env::args().nth(1).expect("FILE");
    let mut book: Xlsx<_> = open_workbook(&path).expect("workbook");
    let mut rows = 0;
    let mut cells = 0_u64;
    let mut reader = book.worksheet_cells_reader("Koperasi").expect("sheet");
    while let Some(cell) = reader.next_cell().expect("cell") {
        if !matches!(cell.get_value(), DataRef::Empty) {
            rows = rows.max(cell.get_position().0 + 1);
            cells += 1;
        }
    }
    // Above the entries stands one row of headings.
    println!("{{\"entries\": {}, \"cells\": {cells}}}", rows - 1);
}
