//! From the arguments to the exit code.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{
    Check, Cli, Command, FailOn, HeaderFlags, ListFormat, SchemaName, When, files, init, man,
    output,
};
use crate::config::Config;
use crate::definition::{self, Definition};
use crate::lang::Lang;
use crate::render::{self, OutputFormat, Style};
use crate::rules::explain;
use crate::{Options, inputs, region, say, schema};

/// Findings at or above `--fail-on`.
const FINDINGS: u8 = 1;
/// Wrong use, or our own failure.
const USAGE: u8 = 2;
/// Something that was given was not read, or nothing was checked.
const INCOMPLETE: u8 = 3;

/// Groups that a terminal shows by default.
const SHOWN: usize = 50;

/// A reason to stop: a message for standard error.
struct Stop(String);

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Runs the program.
#[must_use]
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            if error.use_stderr() {
                let text = error.render().to_string();
                let _ = write!(io::stderr(), "{}", harmless(&text));
                return ExitCode::from(USAGE);
            }
            return match error.print() {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::from(USAGE),
                _ => ExitCode::SUCCESS,
            };
        }
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let done = match &cli.command {
        None => check(&cli.check, &mut out),
        Some(Command::Check(check_args)) => check(check_args, &mut out),
        Some(command) => other(command, &mut out).map(|()| 0),
    };
    let done = done.and_then(|code| out.flush().map_err(Outcome::from).map(|()| code));
    match done {
        Ok(code) => ExitCode::from(code),
        Err(Outcome::BrokenPipe) => ExitCode::SUCCESS,
        Err(Outcome::Stop(Stop(message))) => {
            say_aside(&message);
            ExitCode::from(USAGE)
        }
    }
}

/// A line on standard error.
fn say_aside(message: &str) {
    let _ = writeln!(io::stderr(), "koplint: {}", harmless(message));
}

/// Text from arguments and settings that cannot command the terminal.
fn harmless(text: &str) -> String {
    let visible = |c| {
        if c == '\n' {
            c
        } else {
            crate::words::visible(c)
        }
    };
    text.chars().map(visible).collect()
}

/// Why a run did not come to its end.
enum Outcome {
    /// Nobody listens any more: that is success.
    BrokenPipe,
    Stop(Stop),
}

impl From<io::Error> for Outcome {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::BrokenPipe
        } else {
            Self::Stop(error.into())
        }
    }
}

impl From<String> for Outcome {
    fn from(message: String) -> Self {
        Self::Stop(Stop(message))
    }
}

impl From<init::InitError> for Outcome {
    fn from(error: init::InitError) -> Self {
        match error {
            init::InitError::Said(message) => message.into(),
            init::InitError::Out(error) => error.into(),
        }
    }
}

fn other(command: &Command, out: &mut dyn Write) -> Result<(), Outcome> {
    match command {
        Command::Check(_) => {}
        Command::Explain { rule, lang } => {
            let lang = lang.unwrap_or_default();
            let text = explain::rule(rule, lang).map_err(|near| match near {
                Some(near) => say!(lang, id: "aturan `{rule}` tidak ada; maksud Anda `{near}`?", en: "no rule `{rule}`; did you mean `{near}`?"),
                None => say!(lang, id: "aturan `{rule}` tidak ada; lihat `koplint rules`", en: "no rule `{rule}`; see `koplint rules`"),
            })?;
            out.write_all(text.as_bytes())?;
        }
        Command::Rules {
            lang,
            output_format,
        } => {
            let lang = lang.unwrap_or_default();
            let text = match output_format {
                ListFormat::Text => explain::list(lang),
                ListFormat::Json => explain::json(),
            };
            out.write_all(text.as_bytes())?;
        }
        Command::Schema { which } => {
            let text = match which {
                SchemaName::Submission => schema::SUBMISSION,
                SchemaName::Definition => definition::SCHEMA,
                SchemaName::Report => render::json::SCHEMA,
            };
            out.write_all(text.as_bytes())?;
        }
        Command::Completions { shell } => {
            let mut command = Cli::command();
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut command, "koplint", &mut script);
            out.write_all(&script)?;
        }
        Command::Init { dir, force, lang } => {
            init::run(dir, *force, lang.unwrap_or_default(), out)?;
        }
        Command::Man { dir: None } => man::main_page(out)?,
        Command::Man { dir: Some(dir) } => man::write(dir)?,
    }
    Ok(())
}

fn check(args: &Check, out: &mut dyn Write) -> Result<u8, Outcome> {
    let here = std::env::current_dir()?;
    let config = if args.isolated {
        Config::default()
    } else {
        Config::nearest(&here)?
    };
    let lang = args.lang.or(config.parsed_lang).unwrap_or_default();
    let fail_on = args
        .fail_on
        .or(config.parsed_fail_on)
        .unwrap_or(FailOn::Error);
    let mut outputs = Vec::new();
    for text in &args.output_format {
        outputs.push(output(text)?);
    }
    if outputs.iter().all(|(_, file)| file.is_some()) && !args.quiet {
        outputs.insert(0, (OutputFormat::Full, None));
    }
    let options = options(args, &config, lang, &outputs)?;
    if let Some(threads) = args.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.max(1));
        pool.build_global().map_err(|error| error.to_string())?;
    }
    let (mut inputs, failures) = inputs::expand(lang, &args.paths, args.stdin_filename.as_deref());
    let since = match &args.since {
        Some(revision) => Some(inputs::leave_out(lang, revision, &mut inputs)?),
        None => None,
    };
    files::refuse(
        &outputs,
        &inputs,
        &[args.definition.as_ref(), config.definition.as_ref()],
    )?;
    let mut report = crate::check(&inputs, &options)?;
    crate::add_failures(&mut report, failures);
    if let Some(since) = since {
        crate::add_since(&mut report, since);
        render::labels::since(&report)
            .iter()
            .for_each(|text| say_aside(text));
    }
    options.progress.finish_and_clear();
    if options.header.is_some() {
        let own =
            |s: &&crate::report::Submission| s.source.header_file.as_deref() != Some("(opsi)");
        for submission in report.submissions.iter().filter(own) {
            let file = &submission.source.file;
            say_aside(&say!(
                lang,
                id: "{file} membawa kepala sendiri; opsi kepala tidak dipakai untuknya",
                en: "{file} brings its own header; the header options are not used for it",
            ));
        }
    }
    let most = args.max_diagnostics.or(config.max_diagnostics);
    for (format, file) in &outputs {
        let style = style(args, file.is_none(), most);
        match file {
            Some(file) => files::write(file, |out| render::write(*format, &report, &style, out))?,
            None if args.quiet => {}
            None => render::write(*format, &report, &style, out)?,
        }
    }
    if args.quiet {
        // Where nothing was checked there is no number, not zero.
        if report.since.is_none() || !report.submissions.is_empty() {
            writeln!(out, "{}", report.total.books.verified)?;
        }
        for failure in &report.failures {
            say_aside(&format!("{}: {}", failure.file, failure.message));
        }
    }
    if !report.complete {
        let warning = say!(
            lang,
            id: "hasil TIDAK LENGKAP: ada yang tidak terbaca, angkanya belum dapat dipakai",
            en: "INCOMPLETE: something was not read, the number cannot be used yet",
        );
        say_aside(&warning);
        return Ok(INCOMPLETE);
    }
    Ok(if fail_on.fails(report.worst()) {
        FINDINGS
    } else {
        0
    })
}

fn options(
    args: &Check,
    config: &Config,
    lang: Lang,
    outputs: &[(OutputFormat, Option<std::path::PathBuf>)],
) -> Result<Options, Outcome> {
    let file = args.definition.as_ref().or(config.definition.as_ref());
    let (definition, definition_source) = match file {
        None => (
            Definition::read(definition::DEFAULT.as_bytes())?,
            "built-in".to_owned(),
        ),
        Some(file) => {
            let name = file.display().to_string();
            let bytes = std::fs::read(file).map_err(|error| format!("{name}: {error}"))?;
            let definition =
                Definition::read(&bytes).map_err(|error| format!("{name}: {error}"))?;
            (definition, name)
        }
    };
    let today = match &args.today {
        Some(text) => crate::date::parse(text)
            .ok_or_else(|| format!("--today {}: YYYY-MM-DD", crate::words::shown(text, 40)))?,
        None => today(),
    };
    let has = |wanted: OutputFormat| outputs.iter().any(|(format, _)| *format == wanted);
    Ok(Options {
        lang,
        today,
        definition,
        definition_source,
        header: header(&args.header),
        sheet: args.lembar.clone(),
        keep_all: has(OutputFormat::Json)
            || has(OutputFormat::JsonLines)
            || has(OutputFormat::Concise),
        excerpts: has(OutputFormat::Full),
        entries: args.entries,
        progress: progress(args),
    })
}

/// The one look at the clock.
fn today() -> Date {
    jiff::Zoned::now().date()
}

/// A bar for what takes long, on a terminal only.
fn progress(args: &Check) -> ProgressBar {
    const LONG: u64 = 64 << 20;
    let size = |path: &std::path::PathBuf| path.metadata().map_or(0, |meta| meta.len());
    let bytes: u64 = args.paths.iter().map(size).sum();
    if bytes < LONG || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr_with_hz(4));
    let style = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {eta}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn style(args: &Check, to_stdout: bool, most: Option<usize>) -> Style {
    let terminal = to_stdout && io::stdout().is_terminal();
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let color = match args.color {
        When::Always => true,
        When::Never => false,
        When::Auto => terminal && !no_color,
    };
    let width = args.width.or_else(|| {
        let (width, _) = terminal.then(terminal_size::terminal_size).flatten()?;
        Some(usize::from(width.0))
    });
    Style {
        color,
        width: width.unwrap_or(100).clamp(40, 400),
        unicode: true,
        links: terminal && color,
        narrated: args.narrated,
        max_diagnostics: most.unwrap_or(SHOWN),
        entries: args.entries,
    }
}

/// The header that options give, as JSON; none if no option does. What is fixed by the standard is
/// filled in; what only the office knows is not.
fn header(flags: &HeaderFlags) -> Option<String> {
    let mut members = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            members.insert(name.to_owned(), value);
        }
    };
    let text = |value: &Option<String>| value.clone().map(Value::String);
    let code = flags.wilayah.as_deref();
    let known = code
        .and_then(region::find)
        .map(|region| Value::from(region.name));
    put("kode_wilayah", text(&flags.wilayah));
    put("nama_wilayah", text(&flags.nama_wilayah).or(known));
    put("tahun_data", flags.tahun.map(Value::from));
    put("tanggal_acuan", text(&flags.tanggal_acuan));
    put("tanggal_pengiriman", text(&flags.tanggal_pengiriman));
    put("produsen_data", text(&flags.produsen_data));
    put("wali_data", text(&flags.wali_data));
    put(
        "jumlah_dilaporkan",
        flags.jumlah_dilaporkan.map(Value::from),
    );
    put("tahun_buku_akhir", text(&flags.tahun_buku_akhir));
    if members.is_empty() {
        return None;
    }
    for (name, value) in [
        ("versi_standar", "1.0"),
        (
            "indikator",
            "Jumlah Koperasi Produksi Aktif yang Dibantu Pemerintah",
        ),
        ("satuan", "Unit"),
    ] {
        members.insert(name.to_owned(), value.into());
    }
    Some(Value::Object(members).to_string())
}
