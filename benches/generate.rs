//! Writes a submission for measuring, and says on standard output what is true of it.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

mod submission;

use submission::{Form, Plan, Truth, fault};

/// Writes a submission of any size; the same arguments give the same bytes.
#[derive(Parser)]
struct Args {
    /// ndjson, json (one line), pretty, csv or xlsx
    #[arg(long, value_parser = form)]
    form: Form,
    /// Number of cooperatives
    #[arg(long)]
    entries: u64,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Share of entries with a fault, spread over all kinds that the format can carry
    #[arg(long, default_value_t = 0.0)]
    bad: f64,
    /// Share of entries with a fault of this kind (repeatable): missing-rat-year=0.01
    #[arg(long, value_name = "KIND=SHARE", value_parser = share)]
    fault: Vec<(&'static fault::Fault, f64)>,
    /// The file; NDJSON and CSV get NAME.kepala.json beside it
    out: PathBuf,
    /// What `cargo bench` adds
    #[arg(long, hide = true)]
    bench: bool,
}

fn form(name: &str) -> Result<Form, String> {
    Form::find(name).ok_or_else(|| "ndjson, json, pretty, csv, xlsx".to_owned())
}

fn share(text: &str) -> Result<(&'static fault::Fault, f64), String> {
    let (name, share) = text.split_once('=').ok_or("KIND=SHARE")?;
    let share: f64 = share.parse().map_err(|_| "a share is a number")?;
    let kinds = || fault::FAULTS.iter().map(|fault| fault.name);
    let kind = fault::find(name).ok_or_else(|| kinds().collect::<Vec<_>>().join(", "))?;
    Ok((kind, share))
}

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("generate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> io::Result<()> {
    let mut plan = Plan {
        form: args.form,
        entries: args.entries,
        seed: args.seed,
        shares: args.fault,
    };
    if args.bad > 0.0 {
        plan.all_kinds(args.bad);
    }
    let sum: f64 = plan.shares.iter().map(|(_, share)| share).sum();
    let sound = plan.shares.iter().all(|(_, share)| *share >= 0.0) && sum <= 1.0 + 1e-9;
    if !sound {
        return Err(io::Error::other(
            "shares are 0 to 1, all together at most 1",
        ));
    }
    if plan.form.is_table() && plan.shares.iter().any(|(kind, _)| !kind.in_tables) {
        return Err(io::Error::other("a table cannot carry one of these faults"));
    }
    let truth = plan.truth();
    submission::write(&plan, &truth, BufWriter::new(File::create(&args.out)?))?;
    if plan.form.header_beside() {
        let beside = args.out.with_extension("kepala.json");
        std::fs::write(beside, submission::header_file(&truth))?;
    }
    say(&truth)
}

fn say(truth: &Truth) -> io::Result<()> {
    let told = serde_json::json!({
        "entries": truth.entries,
        "verified": truth.verified,
        "not_met": truth.not_met,
        "unproven": truth.unproven,
        "duplicate": truth.duplicate,
        "unreadable": truth.unreadable,
        "claimed": truth.claimed(),
        "refused": truth.refused,
        "refused_dates": truth.refused_dates,
        "refused_own": truth.refused_own,
        "codes": truth.codes,
    });
    writeln!(io::stdout(), "{told}")
}
