//! The command line: what it takes, and how it comes to an exit code.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::lang::Lang;
use crate::mask::Mask;
use crate::render::OutputFormat;
use crate::rule::Level;

mod certify;
mod compare;
mod files;
mod fix;
mod init;
mod man;
mod merge;
mod review;
mod run;
mod settings;
mod show;
mod template;
mod verify;

pub use run::main;

/// Memeriksa register koperasi dan menghitung yang terbukti.
///
/// Checks a register of cooperatives and counts what is proven.
#[derive(Debug, Parser)]
#[command(name = "koplint", version, about, long_about = None)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    check: Check,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Periksa pengajuan (bawaan) / Check submissions (the default)
    Check(Box<Check>),
    /// Bandingkan dua pengajuan: siapa masuk dan keluar hitungan / Compare two submissions
    Compare(Box<compare::Compare>),
    /// Dampak definisi baru pada hitungan / What a new definition does to the count
    Impact(Box<compare::Impact>),
    /// Perbaiki isian yang maknanya pasti / Repair values whose meaning is certain
    Fix(Fix),
    /// Tulis sertifikat jumlah terbukti / Write a certificate of the verified count
    Certify(Box<certify::Certify>),
    /// Periksa sertifikat terhadap berkasnya / Check a certificate against its files
    Verify(Box<verify::Verify>),
    /// Gabungkan laporan yang dibuat terpisah / Merge reports that were made apart
    Merge(merge::Merge),
    /// Tinjau seluruh provinsi per kabupaten/kota / Review the whole province by regency
    Review(Box<review::Review>),
    /// Jelaskan sebuah aturan / Explain a rule
    Explain {
        /// Kode atau nama aturan: R001, missing-rat-year
        rule: String,
        /// Bahasa / Language
        #[arg(long, env = "KOPLINT_LANG", value_enum)]
        lang: Option<Lang>,
    },
    /// Daftar semua aturan / List all rules
    Rules {
        /// Bahasa / Language
        #[arg(long, env = "KOPLINT_LANG", value_enum)]
        lang: Option<Lang>,
        /// Bentuk keluaran / Form of the output
        #[arg(long, value_enum, default_value = "text")]
        output_format: ListFormat,
    },
    /// Tampilkan skema JSON / Print a JSON Schema
    Schema {
        /// Skema yang mana / Which schema
        #[arg(value_enum, default_value = "submission")]
        which: SchemaName,
    },
    /// Buat formulir kosong / Write an empty form
    Template(Box<template::Template>),
    /// Tulis pelengkapan perintah untuk shell / Print shell completions
    Completions {
        /// Shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Siapkan pengaturan dan pemeriksaan otomatis / Set up settings and automatic checks
    Init {
        /// Folder yang disiapkan / The folder to set up
        #[arg(long, value_name = "FOLDER", default_value = ".")]
        dir: PathBuf,
        /// Timpa berkas koplint yang sudah ada / Overwrite koplint's files that exist
        #[arg(long)]
        force: bool,
        /// Bahasa / Language
        #[arg(long, env = "KOPLINT_LANG", value_enum)]
        lang: Option<Lang>,
    },
    /// Tulis halaman manual / Print the manual page
    #[command(hide = true)]
    Man {
        /// Tulis semua halaman ke folder ini / Write all pages into this folder
        #[arg(long, value_name = "FOLDER")]
        dir: Option<PathBuf>,
    },
}

/// The forms of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// The schemas that are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    /// A submission.
    Submission,
    /// The indicator's definition.
    Definition,
    /// The JSON report.
    Report,
    /// koplint.toml.
    Config,
    /// What a certificate states.
    Certificate,
    /// What compare and impact write as JSON.
    Compare,
}

/// From which level findings make the run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Warnings too.
    Warning,
    /// Notes too.
    Note,
    /// Never.
    Never,
}

impl FailOn {
    /// Whether findings of this level at worst make the run fail.
    #[must_use]
    pub fn fails(self, worst: Option<Level>) -> bool {
        let Some(worst) = worst else { return false };
        match self {
            Self::Error => worst >= Level::Error,
            Self::Warning => worst >= Level::Warning,
            Self::Note => true,
            Self::Never => false,
        }
    }
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, and without `NO_COLOR`.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl When {
    /// Whether to colour what goes to a terminal or not.
    fn on(self, terminal: bool) -> bool {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => terminal && !no_color,
        }
    }
}

#[derive(Debug, Args)]
struct Check {
    /// Berkas atau folder; `-` untuk masukan baku / Files or folders; `-` for standard input
    #[arg(required_unless_present = "show_settings")]
    paths: Vec<PathBuf>,
    /// Hanya yang berubah sejak revisi git ini / Only what changed since a git revision
    #[arg(long, value_name = "REV", allow_hyphen_values = true)]
    since: Option<String>,
    /// Nama berkas untuk `-`: akhirannya menentukan bentuknya / Name for `-`
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    #[command(flatten)]
    header: HeaderFlags,
    /// Lembar register dalam buku kerja / The sheet of a workbook's register
    #[arg(long, value_name = "NAMA")]
    lembar: Option<String>,
    /// Definisi indikator yang lain / Another definition of the indicator
    #[arg(long, value_name = "FILE", env = "KOPLINT_DEFINITION")]
    definition: Option<PathBuf>,
    /// Bentuk keluaran, boleh berulang: `json`, `json:laporan.json` / Output, repeatable
    /// (dalam variabel dipisah koma atau spasi / in the variable parted by commas or spaces)
    #[arg(long, value_name = "FORMAT[:FILE]", env = "KOPLINT_OUTPUT_FORMAT")]
    output_format: Vec<String>,
    /// Sertakan putusan tiap koperasi dalam laporan JSON / Verdict of every entry in JSON
    #[arg(long)]
    entries: bool,
    /// Sertakan sidik badan hukum dalam laporan JSON, untuk `koplint merge` / Digests in JSON
    #[arg(long)]
    keys: bool,
    /// Yang disembunyikan dalam laporan / What reports hide
    #[arg(long, env = "KOPLINT_MASK", value_enum, default_value = "personal")]
    mask: Mask,
    /// Cetak jumlah terbukti saja / Print the verified count alone
    #[arg(short, long)]
    quiet: bool,
    /// Bahasa / Language
    #[arg(long, env = "KOPLINT_LANG", value_enum)]
    lang: Option<Lang>,
    /// Temuan mulai tingkat ini menggagalkan / Findings from this level on fail the run
    #[arg(long, env = "KOPLINT_FAIL_ON", value_enum)]
    fail_on: Option<FailOn>,
    /// Banyaknya masalah yang ditampilkan, bawaan 50, 0 = semua; hitungan tetap utuh / Problems shown
    #[arg(long, value_name = "N", env = "KOPLINT_MAX_DIAGNOSTICS")]
    max_diagnostics: Option<usize>,
    /// Tanggal pemeriksaan, YYYY-MM-DD / The run's date
    #[arg(long, value_name = "DATE", env = "KOPLINT_TODAY")]
    today: Option<String>,
    /// Setelan; bawaan: koplint.toml terdekat ke atas / Settings; default: the nearest koplint.toml
    #[arg(long, value_name = "FILE", env = "KOPLINT_CONFIG")]
    config: Option<PathBuf>,
    /// Abaikan koplint.toml, juga --config / Ignore koplint.toml, --config too
    #[arg(long)]
    isolated: bool,
    /// Pengecualian: temuan yang ada penanggung jawabnya / Waivers: findings someone answers for
    #[arg(long, value_name = "FILE", env = "KOPLINT_WAIVERS")]
    waivers: Option<PathBuf>,
    /// Temuan yang sudah dikenal; hanya yang baru menggagalkan / Known findings; new ones fail
    #[arg(long, value_name = "FILE", env = "KOPLINT_BASELINE")]
    baseline: Option<PathBuf>,
    /// Tulis ulang baseline dari hasil ini / Make the baseline anew from this run
    #[arg(long)]
    update_baseline: bool,
    /// Tampilkan setelan yang berlaku dan asalnya / Show the settings and where each comes from
    #[arg(long)]
    show_settings: bool,
    /// Tampilkan berkas yang akan diperiksa / Show which files would be checked
    #[arg(long, conflicts_with = "show_settings")]
    show_files: bool,
    /// Warna / Colour
    #[arg(long, value_enum, default_value = "auto")]
    color: When,
    /// Lebar keluaran dalam huruf / Width of the output
    #[arg(long, value_name = "N")]
    width: Option<usize>,
    /// Tanpa gambar, untuk pembaca layar / Without drawings, for screen readers
    #[arg(long, env = "KOPLINT_NARRATED")]
    narrated: bool,
    /// Banyaknya utas; hasilnya sama / Number of threads; the result is the same
    #[arg(long, value_name = "N", env = "KOPLINT_THREADS")]
    threads: Option<usize>,
}

#[derive(Debug, Args)]
struct Fix {
    /// Berkas atau folder; `-` dari masukan baku ke keluaran baku / Files or folders; `-` pipes
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Tampilkan perubahannya saja; tidak ada yang ditulis / Only show what would change
    #[arg(long)]
    diff: bool,
    /// Perbaiki juga yang hanya dugaan; periksa hasilnya / Repair what is only likely too
    #[arg(long = "unsafe")]
    risky: bool,
    /// Tulis hasilnya ke berkas lain / Write the outcome to another file
    #[arg(long, value_name = "FILE", conflicts_with = "diff")]
    output: Option<PathBuf>,
    /// Nama berkas untuk `-`: akhirannya menentukan bentuknya / Name for `-`
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// Bahasa / Language
    #[arg(long, env = "KOPLINT_LANG", value_enum)]
    lang: Option<Lang>,
    /// Warna / Colour
    #[arg(long, value_enum, default_value = "auto")]
    color: When,
}

/// The header by options, for submissions that bring none.
#[derive(Debug, Args)]
#[command(
    next_help_heading = "Kepala, bila pengajuan tidak membawanya / Header, where there is none"
)]
struct HeaderFlags {
    /// `kode_wilayah`, 33.02 atau 3302
    #[arg(long, value_name = "KODE")]
    wilayah: Option<String>,
    /// `nama_wilayah`; bawaan: nama resmi kode itu
    #[arg(long, value_name = "NAMA")]
    nama_wilayah: Option<String>,
    /// `tahun_data`
    #[arg(long, value_name = "TAHUN")]
    tahun: Option<i64>,
    /// `tanggal_acuan`, YYYY-MM-DD
    #[arg(long, value_name = "TANGGAL")]
    tanggal_acuan: Option<String>,
    /// `tanggal_pengiriman`, YYYY-MM-DD
    #[arg(long, value_name = "TANGGAL")]
    tanggal_pengiriman: Option<String>,
    /// `produsen_data`
    #[arg(long, value_name = "KANTOR")]
    produsen_data: Option<String>,
    /// `wali_data`
    #[arg(long, value_name = "KANTOR")]
    wali_data: Option<String>,
    /// `jumlah_dilaporkan`
    #[arg(long, value_name = "N")]
    jumlah_dilaporkan: Option<u64>,
    /// `tahun_buku_akhir`, MM-DD
    #[arg(long, value_name = "MM-DD")]
    tahun_buku_akhir: Option<String>,
}

/// Splits `FORMAT:FILE`.
pub(crate) fn output(text: &str) -> Result<(OutputFormat, Option<PathBuf>), String> {
    let (name, file) = match text.split_once(':') {
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (text, None),
    };
    let format = OutputFormat::from_str(name, false).map_err(|_| {
        let names = OutputFormat::value_variants().iter();
        let names = names.filter_map(ValueEnum::to_possible_value);
        let names: Vec<String> = names.map(|value| value.get_name().to_owned()).collect();
        let all = names.join(", ");
        match crate::words::nearest(name, names.iter().map(String::as_str)) {
            Some(near) => format!("`{name}`? `{near}`? ({all})"),
            None => format!("`{name}`? ({all})"),
        }
    })?;
    if file
        .as_ref()
        .is_some_and(|file| file.as_os_str().is_empty())
    {
        return Err(format!("`{text}`: FORMAT:FILE"));
    }
    Ok((format, file))
}
