//! The sheet `Petunjuk`: how to fill the form in, what is counted, every column.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::columns::{MAIN, Need, Sheet};
use super::{Form, Layout, head, ink, sheet, words};

mod criteria;

/// The sheet's name.
pub(super) const NAME: &str = "Petunjuk";

const WIDTHS: [u32; 5] = [27, 13, 64, 52, 34];
const HEADINGS: [&str; 5] = ["Kolom", "Keperluan", "Arti", "Isi yang boleh", "Contoh"];

/// Draws the sheet.
pub(super) fn draw(
    form: &Form<'_>,
    layout: Layout,
    sheets: &[Sheet],
) -> Result<Worksheet, XlsxError> {
    let mut page = Page::new()?;
    page.sheet.set_row_height(0, 30)?;
    page.line("Formulir data koperasi", &ink::title())?;
    page.text(&form.definition.indikator)?;
    page.text(&about(form))?;
    page.section("Cara mengisi")?;
    for (number, step) in (1..).zip(steps(form, layout)) {
        page.text(&format!("{number}. {step}"))?;
    }
    page.section("Arti warna")?;
    page.legend("judul kolom", &ink::heading(Need::Always), "Wajib diisi.")?;
    page.legend(
        "judul kolom",
        &ink::heading(Need::WithGroup),
        "Bersyarat: wajib bila bagiannya dipakai, misalnya pemberi bantuan bila ada bantuan.",
    )?;
    page.legend("judul kolom", &ink::heading(Need::Free), "Boleh kosong.")?;
    page.legend(
        "sel kosong",
        &ink::missing(),
        "Isian wajib yang masih kosong di baris yang sudah mulai diisi.",
    )?;
    page.legend("nomor", &ink::wrong(), &doubled(layout))?;
    page.section("Yang dihitung")?;
    page.text("Sebuah koperasi dihitung bila keenam syarat ini terbukti dari isian:")?;
    for (number, (name, what)) in (1..).zip(criteria::all(form)) {
        page.legend(&format!("{number}. {name}"), &ink::term(), &what)?;
    }
    page.section("Semua kolom")?;
    page.table(sheets)?;
    Ok(page.done())
}

fn about(form: &Form<'_>) -> String {
    let region = form.region.map_or_else(
        || "Semua kabupaten/kota".to_owned(),
        |region| format!("{} ({})", region.name, region.code),
    );
    let cutoff = words::long(form.cutoff);
    let year = form.year;
    format!("{region} · tahun data {year} · tanggal acuan {cutoff}")
}

fn doubled(layout: Layout) -> String {
    let twice = format!("Nomor badan hukum yang tertulis dua kali di lembar {MAIN}");
    match layout {
        Layout::Lembar => format!("{twice}, atau tidak ada di lembar {MAIN}."),
        Layout::Lebar => format!("{twice}."),
    }
}

fn steps(form: &Form<'_>, layout: Layout) -> Vec<String> {
    let head = head::NAME;
    let cutoff = words::long(form.cutoff);
    let mut steps = vec![format!(
        "Isi lembar {head}: keterangan tentang kiriman. Lalu isi lembar {MAIN}: satu baris untuk setiap koperasi."
    )];
    match layout {
        Layout::Lembar => {
            steps.push(
                "Isi lembar RAT, Kegiatan dan Bantuan: satu baris untuk setiap rapat, kegiatan atau bantuan, dengan nomor_badan_hukum yang sama seperti di lembar Koperasi."
                    .to_owned(),
            );
            steps.push(
                "PENTING: koperasi tanpa baris di lembar RAT, Kegiatan atau Bantuan berarti TIDAK ADA. Bila datanya belum dikumpulkan (belum diketahui), hapus seluruh lembar itu, jangan dibiarkan kosong."
                    .to_owned(),
            );
        }
        Layout::Lebar => steps.push(
            "RAT, kegiatan dan bantuan ditulis di baris koperasinya. Tanda - berarti tidak ada; sel kosong berarti belum diketahui, dan yang belum diketahui tidak terbukti."
                .to_owned(),
        ),
    }
    steps.extend([
        "Jangan mengubah nama lembar dan judul kolom. Penjelasan setiap kolom muncul bila penunjuk tetikus berada di atas judulnya.".to_owned(),
        "Tanggal ditulis tahun-bulan-tanggal, misalnya 2025-03-15. Angka ditulis tanpa Rp dan tanpa titik pemisah ribuan.".to_owned(),
        "Menyalin dari berkas lain: pilih Tempel Khusus, Nilai (Paste Values), supaya format dan pilihan di sel tetap ada.".to_owned(),
        format!("Formulir ini untuk tanggal acuan {cutoff}. Untuk tanggal acuan lain buat formulir baru: tahun-tahun di dalamnya ikut berubah."),
        "Simpan sebagai .xlsx, lalu periksa: koplint check nama-berkas.xlsx".to_owned(),
    ]);
    steps
}

/// Lines that a text takes in a width.
fn lines(text: &str, width: u32) -> u32 {
    let letters = u32::try_from(text.chars().count()).unwrap_or(0);
    letters.div_ceil(width).max(1)
}

/// The sheet, written from top to bottom.
struct Page {
    sheet: Worksheet,
    row: u32,
}

impl Page {
    fn new() -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(NAME)?;
        sheet.set_tab_color(ink::TABS.1);
        for (at, width) in (0..).zip(WIDTHS) {
            sheet.set_column_width(at, width)?;
        }
        Ok(Self { sheet, row: 0 })
    }

    fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_with_format(self.row, 0, text, format)?;
        self.row += 1;
        Ok(())
    }

    fn section(&mut self, title: &str) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, 10)?;
        self.row += 1;
        self.sheet.set_row_height(self.row, 22)?;
        for at in 1..5 {
            self.sheet.write_blank(self.row, at, &ink::section())?;
        }
        self.line(title, &ink::section())
    }

    /// A paragraph over all columns.
    fn text(&mut self, text: &str) -> Result<(), XlsxError> {
        self.across(0, text)?;
        self.row += 1;
        Ok(())
    }

    /// A sample or name in the first column, its meaning over the others.
    fn legend(&mut self, sample: &str, format: &Format, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_with_format(self.row, 0, sample, format)?;
        self.across(1, text)?;
        self.row += 1;
        Ok(())
    }

    /// Merged cells do not find their height themselves.
    fn across(&mut self, from: u16, text: &str) -> Result<(), XlsxError> {
        let width: u32 = WIDTHS.iter().skip(usize::from(from)).sum();
        self.sheet
            .set_row_height(self.row, 4 + 15 * lines(text, width))?;
        let format = if from == 0 {
            ink::prose()
        } else {
            ink::aside()
        };
        self.sheet
            .merge_range(self.row, from, self.row, 4, text, &format)?;
        Ok(())
    }

    fn table(&mut self, sheets: &[Sheet]) -> Result<(), XlsxError> {
        for (at, heading) in (0..).zip(HEADINGS) {
            let format = ink::heading(Need::Always);
            self.sheet
                .write_with_format(self.row, at, heading, &format)?;
        }
        self.row += 1;
        for own in sheets {
            let band = format!("Lembar {}. {}", own.name, own.about);
            self.sheet
                .merge_range(self.row, 0, self.row, 4, &band, &ink::band())?;
            self.row += 1;
            for column in &own.columns {
                let allowed = words::allowed(column);
                let meaning = format!("{}. {}", column.title, column.description);
                let need = words::need(column.need);
                let name = ink::heading(column.need);
                self.sheet
                    .write_with_format(self.row, 0, &column.name, &name)?;
                let cells = [need, &meaning, &allowed, &column.example];
                for (at, text) in (1..).zip(cells) {
                    self.sheet
                        .write_string_with_format(self.row, at, text, &ink::grid())?;
                }
                let lines = cells
                    .iter()
                    .zip(&WIDTHS[1..])
                    .map(|(text, width)| lines(text, *width));
                let lines = lines.max().unwrap_or(1);
                self.sheet.set_row_height(self.row, 4 + 13 * lines)?;
                self.row += 1;
            }
        }
        Ok(())
    }

    fn done(mut self) -> Worksheet {
        self.sheet.set_screen_gridlines(false);
        sheet::print(&mut self.sheet);
        self.sheet
    }
}
