//! The settings that hold, and the files that would be checked.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::settings::{Origin, Set, Settings};
use crate::lang::Lang;
use crate::policy::levels::{Change, Selector, Weights};
use crate::policy::paths::Spot;
use crate::read::open::Input;
use crate::render::safe;
use crate::report::Failure;
use crate::{rules, say};

/// The settings as a `koplint.toml` that says the same, and where each comes from.
pub(super) fn settings(settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    let lang = settings.lang.value;
    match &settings.file {
        Some(file) => writeln!(out, "# {}", safe(&file.to_string_lossy()))?,
        None => writeln!(
            out,
            "{}",
            say!(lang, id: "# tanpa koplint.toml", en: "# no koplint.toml")
        )?,
    }
    let today = settings.today.value;
    let of = origin(settings.today.origin, lang);
    writeln!(out, "# today = {today}  # {of}")?;
    let mut line = |name: &str, value: Option<String>, origin: Origin| {
        let of = self::origin(origin, lang);
        match value {
            Some(value) => writeln!(out, "{name} = {value}  # {of}"),
            None => writeln!(out, "# {name} =  # {of}"),
        }
    };
    line(
        "lang",
        Some(quoted(settings.lang.value.tag())),
        settings.lang.origin,
    )?;
    let fail_on = settings.fail_on.value.to_possible_value();
    let fail_on = fail_on.map(|value| quoted(value.get_name()));
    line("fail-on", fail_on, settings.fail_on.origin)?;
    let most = settings.max_diagnostics.value.to_string();
    line(
        "max-diagnostics",
        Some(most),
        settings.max_diagnostics.origin,
    )?;
    let threads = settings.threads.value.map(|threads| threads.to_string());
    line("threads", threads, settings.threads.origin)?;
    let path = |set: &Set<Option<PathBuf>>| {
        let file = set.value.as_ref()?;
        Some(quoted(&file.to_string_lossy()))
    };
    line(
        "definition",
        path(&settings.definition),
        settings.definition.origin,
    )?;
    let formats = &settings.output_format;
    let list = (!formats.value.is_empty()).then(|| array(&formats.value));
    line("output-format", list, formats.origin)?;
    line("waivers", path(&settings.waivers), settings.waivers.origin)?;
    line(
        "baseline",
        path(&settings.baseline),
        settings.baseline.origin,
    )?;
    levels(&settings.policy.weights(None), lang, out)?;
    for (paths, change) in &settings.policy.per_path {
        writeln!(out, "\n[[per-path]]\npaths = {}", array(&paths.given))?;
        self::change(change, out)?;
    }
    for (paths, members) in &settings.policy.headers {
        writeln!(out, "\n[[header]]\npaths = {}", array(&paths.given))?;
        for (name, value) in members {
            writeln!(out, "{name} = {}", plain(value))?;
        }
    }
    Ok(())
}

fn levels(weights: &Weights, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    if weights.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n[levels]")?;
    for (code, setting) in weights {
        let own = rules::find(code).map_or("", |rule| rule.level.name());
        let (slug, name) = (
            rules::find(code).map_or("", |rule| rule.slug),
            setting.name(),
        );
        let text = say!(
            lang,
            id: "{code} = \"{name}\"  # {slug}, bawaan {own}",
            en: "{code} = \"{name}\"  # {slug}, by default {own}",
        );
        writeln!(out, "{text}")?;
    }
    Ok(())
}

fn change(change: &Change, out: &mut dyn Write) -> io::Result<()> {
    let names = |list: &[Selector]| -> Vec<String> { list.iter().map(|one| one.name()).collect() };
    if let Some(select) = &change.select {
        writeln!(out, "select = {}", array(&names(select)))?;
    }
    if !change.ignore.is_empty() {
        writeln!(out, "ignore = {}", array(&names(&change.ignore)))?;
    }
    if !change.levels.is_empty() {
        let levels = change.levels.iter();
        let levels = levels.map(|(one, to)| format!("{} = \"{}\"", one.name(), to.name()));
        let levels: Vec<String> = levels.collect();
        writeln!(out, "levels = {{ {} }}", levels.join(", "))?;
    }
    Ok(())
}

/// The files, each with what the settings say of it alone.
pub(super) fn files(
    settings: &Settings,
    header: Option<&str>,
    inputs: &[Input],
    failures: &[Failure],
    out: &mut dyn Write,
) -> io::Result<()> {
    let lang = settings.lang.value;
    let policy = &settings.policy;
    let everywhere = policy.weights(None);
    for input in inputs {
        let spot = Spot::of(input);
        writeln!(out, "{}", safe(&input.name))?;
        if let Some((members, from)) = policy.header(&spot, header) {
            let members = safe(&members);
            let text = say!(
                lang,
                id: "  kepala bila tidak membawanya, dari {from}: {members}",
                en: "  header if it brings none, from {from}: {members}",
            );
            writeln!(out, "{text}")?;
        }
        let weights = policy.weights(Some(&spot));
        if weights != everywhere {
            let differ =
                rules::all().filter(|one| weights.get(one.code) != everywhere.get(one.code));
            let differ = differ.map(|rule| {
                let to = weights
                    .get(rule.code)
                    .map_or(rule.level.name(), |to| to.name());
                format!("{} {to}", rule.code)
            });
            let list: Vec<String> = differ.collect();
            let list = list.join(", ");
            writeln!(
                out,
                "{}",
                say!(lang, id: "  aturan: {list}", en: "  rules: {list}")
            )?;
        }
    }
    for failure in failures {
        let (file, message) = (safe(&failure.file), safe(&failure.message));
        writeln!(
            out,
            "{}",
            say!(lang, id: "{file}: gagal: {message}", en: "{file}: failed: {message}")
        )?;
    }
    let count = inputs.len();
    writeln!(
        out,
        "{}",
        say!(lang, id: "# {count} berkas", en: "# {count} files")
    )
}

fn origin(origin: Origin, lang: Lang) -> String {
    match origin {
        Origin::Option => say!(lang, id: "opsi", en: "option"),
        Origin::Variable => say!(lang, id: "variabel lingkungan", en: "environment variable"),
        Origin::File => say!(lang, id: "koplint.toml", en: "koplint.toml"),
        Origin::Default => say!(lang, id: "bawaan", en: "default"),
    }
}

/// A text as TOML and JSON write it, on one line.
fn quoted(text: &str) -> String {
    serde_json::Value::from(safe(text)).to_string()
}

fn array(list: &[String]) -> String {
    let list: Vec<String> = list.iter().map(|one| quoted(one)).collect();
    format!("[{}]", list.join(", "))
}

fn plain(value: &serde_json::Value) -> String {
    match value.as_str() {
        Some(text) => quoted(text),
        None => value.to_string(),
    }
}
