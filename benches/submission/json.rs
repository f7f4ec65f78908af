//! Entries as JSON, compact or laid out.

use super::entry::{Bantuan, Entry};

/// Writes JSON; texts are ASCII.
pub struct Json<'a> {
    pub out: &'a mut Vec<u8>,
    pub pretty: bool,
    depth: usize,
    first: bool,
}

impl<'a> Json<'a> {
    pub fn new(out: &'a mut Vec<u8>, pretty: bool, depth: usize) -> Self {
        Self {
            out,
            pretty,
            depth,
            first: true,
        }
    }

    fn line(&mut self) {
        if self.pretty {
            self.out.push(b'\n');
            let to = self.out.len() + 2 * self.depth;
            self.out.resize(to, b' ');
        }
    }

    /// What stands before an element.
    pub fn element(&mut self) {
        if !self.first {
            self.out.push(b',');
        }
        self.first = false;
        self.line();
    }

    pub fn open(&mut self, bracket: u8) {
        self.out.push(bracket);
        self.depth += 1;
        self.first = true;
    }

    pub fn close(&mut self, bracket: u8) {
        self.depth -= 1;
        if !self.first {
            self.line();
        }
        self.out.push(bracket);
        self.first = false;
    }

    pub fn key(&mut self, name: &str) {
        self.element();
        self.string(name);
        self.out.push(b':');
        if self.pretty {
            self.out.push(b' ');
        }
    }

    fn string(&mut self, text: &str) {
        self.out.push(b'"');
        for part in text.split_inclusive('"') {
            match part.strip_suffix('"') {
                Some(before) => {
                    self.out.extend_from_slice(before.as_bytes());
                    self.out.extend_from_slice(b"\\\"");
                }
                None => self.out.extend_from_slice(part.as_bytes()),
            }
        }
        self.out.push(b'"');
    }

    pub fn text(&mut self, name: &str, text: &str) {
        self.key(name);
        self.string(text);
    }

    /// A number, `true` or `false`.
    pub fn plain(&mut self, name: &str, value: impl std::fmt::Display) {
        self.key(name);
        self.out.extend_from_slice(value.to_string().as_bytes());
    }

    fn texts(&mut self, name: &str, texts: &[&str]) {
        self.key(name);
        self.open(b'[');
        for text in texts {
            self.element();
            self.string(text);
        }
        self.close(b']');
    }

    fn objects<T>(&mut self, name: &str, items: &[T], each: impl Fn(&mut Self, &T)) {
        self.key(name);
        self.open(b'[');
        for item in items {
            self.element();
            self.open(b'{');
            each(self, item);
            self.close(b'}');
        }
        self.close(b']');
    }

    /// An entry.
    pub fn entry(&mut self, entry: &Entry) {
        self.open(b'{');
        self.text("nama_koperasi", &entry.nama);
        self.text("nomor_badan_hukum", &entry.nomor);
        self.text("tanggal_badan_hukum", &entry.berdiri.to_string());
        self.text("nik_koperasi", &entry.nik);
        if entry.broken {
            self.plain("bentuk_koperasi", "primer");
        } else {
            self.text("bentuk_koperasi", "primer");
        }
        self.text("jenis_koperasi", entry.jenis);
        self.text("kecamatan", &entry.kecamatan);
        if let Some(tipe) = entry.tipe {
            self.text("tipe_produsen", tipe);
            self.key("unit_produksi");
            self.open(b'{');
            self.plain("ada", !entry.tahap.is_empty());
            if !entry.tahap.is_empty() {
                self.texts("tahap", entry.tahap);
            }
            self.close(b'}');
        }
        self.texts("layanan_anggota", entry.layanan);
        self.objects("kegiatan_usaha", &entry.kegiatan, |json, one| {
            json.plain("tahun_buku", one.tahun);
            json.text("uraian", one.uraian);
            json.plain("melayani_anggota", one.melayani);
        });
        self.key("jumlah_anggota");
        self.open(b'{');
        if entry.in_words {
            self.text("total", "empat puluh");
        } else {
            self.plain("total", entry.total);
        }
        self.plain("pria", entry.pria);
        self.plain("wanita", entry.wanita);
        self.close(b'}');
        self.objects("rat", &entry.rat, |json, rat| {
            json.plain("tahun_buku", rat.tahun);
            json.text("tanggal", &rat.tanggal.to_string());
            if let Some(hadir) = rat.hadir {
                json.plain("jumlah_hadir", hadir);
                json.plain("kuorum", rat.kuorum);
            }
        });
        if let Some(items) = &entry.bantuan {
            self.objects("bantuan_pemerintah", items, Self::bantuan);
        }
        if entry.extra {
            self.text("catatan_lain", "lihat lampiran");
        }
        self.plain("dihitung", true);
        self.close(b'}');
    }

    fn bantuan(&mut self, aid: &Bantuan) {
        self.plain("tahun", aid.tahun);
        self.text("pemberi", aid.pemberi);
        self.text("tingkat", aid.tingkat);
        self.text("bentuk", aid.bentuk);
        self.text("status", aid.status);
        if let Some(sumber) = aid.sumber {
            self.text("sumber_dana", sumber);
        }
        self.plain("nilai_rupiah", aid.nilai);
        self.text("jenis_dokumen", aid.dokumen);
        self.text("nomor_dokumen", &aid.nomor);
    }
}
