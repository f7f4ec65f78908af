//! From the arguments to the exit code.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory, FromArgMatches};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::settings::{self, Settings};
use super::{Check, Cli, Command, ListFormat, SchemaName};
use super::{certify, compare, files, fix, init, man, merge, review, show, template, verify};
use crate::lang::Lang;
use crate::mask::Mask;
use crate::policy::paths::Spot;
use crate::read::open::{self, Input};
use crate::render::{self, OutputFormat, Style, satudata};
use crate::report::{Report, Since};
use crate::rules::explain;
use crate::{Options, certificate, config, definition, inputs, say, schema};

/// More threads than this help on no machine and may halt a small one.
const MOST_THREADS: usize = 64;

/// Findings at or above `--fail-on`.
pub(super) const FINDINGS: u8 = 1;
/// Wrong use, or our own failure.
pub(super) const USAGE: u8 = 2;
/// Something that was given was not read, or nothing was checked.
pub(super) const INCOMPLETE: u8 = 3;

/// A reason to stop: a message for standard error.
pub(super) struct Stop(String);

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Runs the program.
#[must_use]
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed = Cli::command().try_get_matches_from(args);
    let parsed = parsed.and_then(|given| Ok((Cli::from_arg_matches(&given)?, given)));
    let (cli, given) = match parsed {
        Ok(parsed) => parsed,
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
        None => check(&cli.check, &given, &mut out),
        Some(Command::Check(check_args)) => {
            let given = given.subcommand_matches("check").unwrap_or(&given);
            check(check_args, given, &mut out)
        }
        Some(Command::Review(args)) => review::run(args, &mut out),
        Some(Command::Fix(args)) => fix::run(args, &mut out),
        Some(Command::Certify(args)) => certify::run(args, &mut out),
        Some(Command::Verify(args)) => verify::run(args, &mut out),
        Some(Command::Merge(args)) => merge::run(args, &mut out),
        Some(Command::Compare(args)) => compare::compare(args, &mut out),
        Some(Command::Impact(args)) => compare::impact(args, &mut out),
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
pub(super) fn say_aside(message: &str) {
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
pub(super) enum Outcome {
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
        Command::Check(_)
        | Command::Fix(_)
        | Command::Certify(_)
        | Command::Verify(_)
        | Command::Merge(_)
        | Command::Compare(_)
        | Command::Impact(_)
        | Command::Review(_) => {}
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
                SchemaName::Config => config::SCHEMA,
                SchemaName::Certificate => certificate::SCHEMA,
                SchemaName::Compare => crate::compare::render::SCHEMA,
            };
            out.write_all(text.as_bytes())?;
        }
        Command::Template(args) => template::template(args, out)?,
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

fn check(args: &Check, given: &ArgMatches, out: &mut dyn Write) -> Result<u8, Outcome> {
    let settings = Settings::resolve(args, given)?;
    let lang = settings.lang.value;
    let outputs = settings.outputs(args.quiet)?;
    if args.show_settings {
        return Ok(show::settings(&settings, out).map(|()| 0)?);
    }
    let (mut inputs, failures) = inputs::expand(lang, &args.paths, args.stdin_filename.as_deref());
    let all = inputs.len();
    inputs = files::without(inputs, &args.paths, &settings.own_files());
    inputs = files::without_named(lang, inputs, &settings.own_files());
    if inputs.is_empty() && all > 0 && failures.is_empty() {
        return Ok(0);
    }
    let since = match &args.since {
        Some(revision) => Some(inputs::leave_out(lang, revision, &mut inputs)?),
        None => None,
    };
    if args.show_files {
        let header = settings::header(&args.header);
        show::files(&settings, header.as_deref(), &inputs, &failures, out)?;
        return Ok(0);
    }
    if outputs
        .iter()
        .any(|(format, _)| *format == OutputFormat::Workbook)
    {
        files::refuse_copy(lang, &outputs, &inputs)?;
    }
    files::refuse_table(lang, &outputs)?;
    files::refuse(&outputs, &inputs, &settings.own_files())?;
    let mut options = options(args, &settings, &outputs)?;
    let left_out = |since: &Since| !since.unchanged.is_empty();
    options.policy.partial = since.as_ref().is_some_and(left_out);
    if let Some(threads) = settings.threads.value {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.clamp(1, MOST_THREADS));
        pool.build_global().map_err(|error| error.to_string())?;
    }
    let mut report = crate::check(&inputs, &options)?;
    crate::add_failures(&mut report, failures);
    if let Some(since) = since {
        crate::add_since(&mut report, since);
        render::labels::since(&report)
            .iter()
            .for_each(|text| say_aside(text));
    }
    // The marked copy is the user's own workbook: it says what it says there.
    let copies = |(format, _): &(OutputFormat, _)| *format == OutputFormat::Workbook;
    let open = match options.mask {
        Mask::Strict if outputs.iter().any(copies) => {
            let mask = Mask::Personal;
            let open = crate::check(
                &inputs,
                &Options {
                    mask,
                    ..options.clone()
                },
            )?;
            Some(open)
        }
        _ => None,
    };
    options.progress.finish_and_clear();
    headers_not_used(&report, &inputs, &options);
    let most = settings.max_diagnostics.value;
    for output in &outputs {
        let (format, file) = output;
        let mut style = style(args, file.is_none(), most);
        style.workbook = files::is_workbook(file.as_deref());
        let report = match *format {
            OutputFormat::Workbook => open.as_ref().unwrap_or(&report),
            _ => &report,
        };
        match file {
            Some(file) => files::write(file, |out| render::write(*format, report, &style, out))?,
            None if args.quiet => {}
            None => render::write(*format, report, &style, out)?,
        }
        if let (Some(beside), Some(file)) = (files::metadata(output), file) {
            let table = file.file_name().unwrap_or_default().to_string_lossy();
            let write = |out: &mut dyn Write| satudata::write_metadata(report, &table, out);
            files::write(&beside, write)?;
        }
        if *format == OutputFormat::Satudata {
            let without = satudata::without_number(report);
            without.iter().for_each(|line| say_aside(line));
        }
    }
    if args.quiet {
        // Where nothing was checked there is no number, not zero.
        let counted = report.since.is_none() || !report.submissions.is_empty();
        if let Some(sum) = report.sum().filter(|_| counted) {
            writeln!(out, "{}", sum.books.verified)?;
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
        match report.sum() {
            Some(_) => say_aside(&warning),
            None => say_aside(&render::parts::unusable(&report)),
        }
        if args.update_baseline {
            say_aside(
                &say!(lang, id: "baseline tidak ditulis", en: "the baseline was not written"),
            );
        }
        return Ok(INCOMPLETE);
    }
    if let Some(known) = &report.settled.baseline {
        update(known, lang)?;
    }
    Ok(if settings.fail_on.value.fails(report.worst()) {
        FINDINGS
    } else {
        0
    })
}

/// Writes the new baseline, if one was asked for.
fn update(known: &crate::report::Known, lang: Lang) -> Result<(), Outcome> {
    let Some(new) = &known.new else {
        return Ok(());
    };
    files::write(&new.file, |out| new.write(out))?;
    let (file, count, solved) = (&known.file, new.count(), known.solved);
    say_aside(&say!(
        lang,
        id: "{file}: {count} temuan dikenal, {solved} yang selesai dihapus",
        en: "{file}: {count} findings known, {solved} solved ones removed",
    ));
    Ok(())
}

/// Says which submissions bring a header of their own, though one is given for them.
fn headers_not_used(report: &Report, inputs: &[Input], options: &Options) {
    for submission in &report.submissions {
        let file = &submission.source.file;
        let own = submission.source.header_file.as_deref();
        let input = inputs.iter().find(|input| input.name == *file);
        let given = input.and_then(|input| {
            let spot = Spot::of(input);
            options.policy.header(&spot, options.header.as_deref())
        });
        match given {
            Some((_, from)) if !own.is_some_and(open::is_no_file) => say_aside(&say!(
                options.lang,
                id: "{file} membawa kepala sendiri; kepala dari {from} tidak dipakai untuknya",
                en: "{file} brings its own header; the one from {from} is not used for it",
            )),
            _ => {}
        }
    }
}

pub(super) fn options(
    args: &Check,
    settings: &Settings,
    outputs: &[(OutputFormat, Option<std::path::PathBuf>)],
) -> Result<Options, Outcome> {
    let (definition, definition_source) = settings.definition()?;
    let has = |wanted: OutputFormat| outputs.iter().any(|(format, _)| *format == wanted);
    Ok(Options {
        lang: settings.lang.value,
        today: settings.today.value,
        definition,
        definition_source,
        header: settings::header(&args.header),
        policy: settings.policy.clone(),
        keys: args.keys,
        mask: args.mask,
        sheet: args.lembar.clone(),
        keep_all: outputs.iter().any(|(format, _)| format.wants_all()),
        excerpts: has(OutputFormat::Full),
        entries: args.entries || has(OutputFormat::Workbook),
        evidence: false,
        progress: progress(args),
    })
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

fn style(args: &Check, to_stdout: bool, most: usize) -> Style {
    let terminal = to_stdout && io::stdout().is_terminal();
    let color = args.color.on(terminal);
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
        max_diagnostics: most,
        entries: args.entries,
        workbook: false,
    }
}
