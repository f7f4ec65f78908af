//! `koplint template`: from the options to the files of an empty form.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{files, run, settings};
use crate::config::Config;
use crate::lang::Lang;
use crate::region::{self, Region};
use crate::template::{Form, Layout};
use crate::{date, say, words};

/// The options.
#[derive(Debug, Args)]
pub(super) struct Template {
    /// Kode kabupaten/kota, 33.02 atau 3302; tanpa ini formulir umum / Region; none: a general form
    #[arg(long, value_name = "KODE")]
    wilayah: Option<String>,
    /// `tanggal_acuan`, YYYY-MM-DD; bawaan 31 Desember tahun data / Cut-off
    #[arg(long, value_name = "TANGGAL")]
    tanggal_acuan: Option<String>,
    /// `tahun_data`; bawaan tahun tanggal acuan, atau tahun lalu / Data year
    #[arg(long, value_name = "TAHUN", value_parser = clap::value_parser!(i16).range(2000..=9000))]
    tahun: Option<i16>,
    /// Berkas yang ditulis; akhirannya menentukan bentuk / File to write; its ending says the format
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Bentuk berkas, bawaan xlsx / Format of the file
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Tata letak buku kerja, bawaan lembar / Layout of the workbook
    #[arg(long, value_enum)]
    layout: Option<Layout>,
    /// Timpa berkas yang sudah ada / Overwrite a file
    #[arg(long)]
    force: bool,
    /// Definisi indikator yang lain / Another definition of the indicator
    #[arg(long, value_name = "FILE", env = "KOPLINT_DEFINITION")]
    definition: Option<PathBuf>,
    /// Bahasa pesan; formulirnya selalu berbahasa Indonesia / Language of messages, not of the form
    #[arg(long, env = "KOPLINT_LANG", value_enum)]
    lang: Option<Lang>,
    /// Tanggal hari ini, YYYY-MM-DD / The run's date
    #[arg(long, value_name = "DATE", env = "KOPLINT_TODAY")]
    today: Option<String>,
    /// Abaikan koplint.toml / Ignore koplint.toml
    #[arg(long)]
    isolated: bool,
}

/// The formats of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Buku kerja Excel / Workbook
    Xlsx,
    /// CSV, dengan berkas kepala di sampingnya / CSV with a header file beside it
    Csv,
    /// JSON
    Json,
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// Writes the form and says what to do with it.
pub(super) fn template(args: &Template, out: &mut dyn Write) -> Result<(), run::Outcome> {
    let config = if args.isolated {
        Config::default()
    } else {
        Config::nearest(&std::env::current_dir()?, args.lang)?
    };
    let lang = args.lang.or(config.lang).unwrap_or_default();
    let definition = args.definition.as_ref().or(config.definition.as_ref());
    let (definition, _) = settings::read_definition(definition.map(PathBuf::as_path))?;
    let region = args.wilayah.as_deref().map(|code| region(lang, code));
    let region = region.transpose()?;
    let (year, cutoff) = dates(lang, args)?;
    let form = Form::new(region, year, cutoff, &definition)
        .ok_or_else(|| format!("{cutoff}: tahun buku / book years?"))?;
    let (file, format) = target(lang, args, &form)?;
    let beside = (format == Format::Csv).then(|| file.with_extension("kepala.json"));
    if !args.force {
        for path in [Some(&file), beside.as_ref()].into_iter().flatten() {
            refuse_existing(lang, path)?;
        }
    }
    let bytes = match format {
        Format::Xlsx => form
            .workbook(args.layout.unwrap_or(Layout::Lembar))
            .map_err(|error| error.to_string())?,
        Format::Csv => form.csv().into_bytes(),
        Format::Json => form.document().into_bytes(),
    };
    files::write(&file, |out| out.write_all(&bytes))?;
    if let Some(beside) = &beside {
        files::write(beside, |out| out.write_all(form.header().as_bytes()))?;
    }
    let assumed = args.tanggal_acuan.is_none();
    Ok(tell(lang, &form, &file, format, assumed, out)?)
}

fn region(lang: Lang, code: &str) -> Result<&'static Region, String> {
    if let Some(region) = region::find(code) {
        return Ok(region);
    }
    let all = region::all();
    let codes = all.iter().map(|one| (one.code, one));
    let names = all.iter().map(|one| (one.name, one));
    let short = all.iter().map(|one| (one.short, one));
    let all: Vec<_> = codes.chain(names).chain(short).collect();
    let near = words::nearest(code, all.iter().map(|(text, _)| *text));
    let near = near.and_then(|near| all.iter().find(|(text, _)| *text == near));
    let shown = words::shown(code, 40);
    Err(match near {
        Some((_, near)) => {
            let (code, name) = (near.code, near.name);
            say!(
                lang,
                id: "kode wilayah `{shown}` tidak ada; maksud Anda {code} ({name})?",
                en: "no region `{shown}`; did you mean {code} ({name})?",
            )
        }
        None => say!(
            lang,
            id: "kode wilayah `{shown}` tidak ada; yang ada 33.01 s.d. 33.29 dan 33.71 s.d. 33.76",
            en: "no region `{shown}`; there are 33.01 to 33.29 and 33.71 to 33.76",
        ),
    })
}

/// Data year and cut-off: as given, else the year before today and its last day.
fn dates(lang: Lang, args: &Template) -> Result<(i16, Date), String> {
    let day = |option: &str, text: &String| {
        let shown = words::shown(text, 40);
        date::parse(text).ok_or_else(|| format!("{option} {shown}: YYYY-MM-DD"))
    };
    let today = args.today.as_ref().map(|text| day("--today", text));
    let today = today.transpose()?.unwrap_or_else(settings::now);
    let cutoff = args.tanggal_acuan.as_ref();
    let cutoff = cutoff
        .map(|text| day("--tanggal-acuan", text))
        .transpose()?;
    let year = args
        .tahun
        .unwrap_or_else(|| cutoff.map_or(today.year() - 1, Date::year));
    let last = Date::new(year, 12, 31).map_err(|error| error.to_string())?;
    let cutoff = cutoff.unwrap_or(last);
    let late = cutoff.year() == year + 1 && cutoff.month() <= 6;
    if cutoff.year() != year && !late {
        let next = year + 1;
        return Err(say!(
            lang,
            id: "tanggal acuan {cutoff} di luar tahun data {year}: seharusnya {year}-01-01 s.d. {next}-06-30",
            en: "the cut-off {cutoff} is outside the data year {year}: {year}-01-01 to {next}-06-30 is possible",
        ));
    }
    Ok((year, cutoff))
}

/// The file and its format.
fn target(lang: Lang, args: &Template, form: &Form<'_>) -> Result<(PathBuf, Format), String> {
    let ending = args.output.as_ref().map(|file| {
        let ending = file.extension().and_then(|ending| ending.to_str());
        ending.unwrap_or_default().to_owned()
    });
    let by_ending = ending
        .as_ref()
        .and_then(|ending| Format::from_str(ending, true).ok());
    let format = match (args.format, by_ending, &ending) {
        (Some(format), Some(own), Some(ending)) if format != own => {
            let name = format.ending();
            return Err(say!(
                lang,
                id: "akhiran .{ending} bukan untuk --format {name}",
                en: "the ending .{ending} is not for --format {name}",
            ));
        }
        (Some(format), ..) | (None, Some(format), _) => format,
        (None, None, None) => Format::Xlsx,
        (None, None, Some(_)) => {
            return Err(say!(
                lang,
                id: "akhiran berkas tidak dikenal: pakai .xlsx, .csv atau .json, atau sebut --format",
                en: "unknown file ending: use .xlsx, .csv or .json, or say --format",
            ));
        }
    };
    let possible = match format {
        Format::Xlsx => true,
        Format::Csv => args.layout != Some(Layout::Lembar),
        Format::Json => args.layout.is_none(),
    };
    if !possible {
        return Err(say!(
            lang,
            id: "--layout ini hanya untuk .xlsx",
            en: "this --layout is for .xlsx only",
        ));
    }
    let file = args.output.clone().unwrap_or_else(|| {
        let region = form.region.map(|region| format!("{}-", region.code));
        let (region, year) = (region.unwrap_or_default(), form.year);
        format!("koperasi-{region}{year}.{}", format.ending()).into()
    });
    Ok((file, format))
}

fn refuse_existing(lang: Lang, file: &Path) -> Result<(), String> {
    if !file.exists() {
        return Ok(());
    }
    let name = file.display();
    Err(say!(
        lang,
        id: "{name} sudah ada dan tidak ditimpa; pilih nama lain dengan --output, atau pakai --force",
        en: "{name} exists and is not overwritten; choose another name with --output, or use --force",
    ))
}

fn tell(
    lang: Lang,
    form: &Form<'_>,
    file: &Path,
    format: Format,
    assumed: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let name = words::shown(&file.display().to_string(), 400);
    let region = form
        .region
        .map_or_else(String::new, |region| format!("{}, ", region.name));
    let (year, cutoff) = (form.year, form.cutoff);
    let wrote = say!(
        lang,
        id: "Formulir {name} siap: {region}tahun data {year}, tanggal acuan {cutoff}",
        en: "The form {name} is ready: {region}data year {year}, cut-off {cutoff}",
    );
    let how = match (assumed, lang) {
        (false, _) => "",
        (true, Lang::Id) => " (bawaan; lain dengan --tanggal-acuan)",
        (true, Lang::En) => " (by default; another with --tanggal-acuan)",
    };
    writeln!(out, "{wrote}{how}.")?;
    let head = file.with_extension("kepala.json");
    let head = words::shown(&head.display().to_string(), 400);
    let next = match format {
        Format::Xlsx => say!(
            lang,
            id: "Mulai dari lembar Petunjuk. Sesudah diisi: koplint check {name}",
            en: "Begin with the sheet Petunjuk. When it is filled in: koplint check {name}",
        ),
        Format::Csv => say!(
            lang,
            id: "Isi satu baris tiap koperasi, dan isian null di {head}. Lalu: koplint check {name}",
            en: "Fill in one row a cooperative, and what is null in {head}. Then: koplint check {name}",
        ),
        Format::Json => say!(
            lang,
            id: "Isi yang null di kepala dan daftar `koperasi`. Lalu: koplint check {name}",
            en: "Fill in what is null in the header, and the list `koperasi`. Then: koplint check {name}",
        ),
    };
    writeln!(out, "{next}")
}
