//! Reports that go to files.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::lang::Lang;
use crate::read::open::Input;
use crate::render::OutputFormat;
use crate::say;

/// Refuses outputs that would destroy something: two to one file, or one onto an input.
pub(super) fn refuse(
    outputs: &[(OutputFormat, Option<PathBuf>)],
    inputs: &[Input],
    others: &[&Path],
) -> Result<(), String> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut taken = Vec::new();
    for input in inputs.iter().filter_map(|input| input.path.as_ref()) {
        taken.push(real(input));
        taken.push(real(&input.with_extension("kepala.json")));
    }
    taken.extend(others.iter().map(|path| real(path)));
    let beside = outputs.iter().filter_map(metadata);
    let files = outputs.iter().filter_map(|(_, file)| file.clone());
    for file in files.chain(beside) {
        let own = real(&file);
        if taken.contains(&own) {
            let name = file.display();
            return Err(format!(
                "{name}: dipakai sebagai masukan atau keluaran lain / is an input or another output"
            ));
        }
        taken.push(own);
    }
    Ok(())
}

/// A marked copy is one file's, in a file whose name says what it is: a spreadsheet does not open
/// one with macros under the name of one without.
pub(super) fn refuse_copy(
    lang: Lang,
    outputs: &[(OutputFormat, Option<PathBuf>)],
    inputs: &[Input],
) -> Result<(), String> {
    let copy = |(format, file): &(OutputFormat, Option<PathBuf>)| {
        *format == OutputFormat::Workbook && file.is_none()
    };
    if outputs.iter().any(copy) {
        return Err(say!(lang,
            id: "salinan bertanda harus ditulis ke berkas: --output-format workbook:hasil.xlsx",
            en: "a marked copy must go to a file: --output-format workbook:result.xlsx",
        ));
    }
    if inputs.len() > 1 || inputs.iter().any(|input| input.path.is_none()) {
        return Err(say!(lang,
            id: "salinan bertanda dibuat dari satu berkas saja, bukan beberapa dan bukan masukan baku",
            en: "a marked copy is made of one file only, not of several and not of standard input",
        ));
    }
    let macros = inputs.iter().filter_map(|input| input.path.as_ref());
    let ending = match macros.into_iter().any(|path| ends(path, &["xlsm"])) {
        true => "xlsm",
        false => "xlsx",
    };
    let copies = outputs
        .iter()
        .filter(|(format, _)| *format == OutputFormat::Workbook);
    for file in copies.filter_map(|(_, file)| file.as_ref()) {
        if !ends(file, &[ending]) {
            let name = file.display();
            return Err(say!(lang,
                id: "{name}: nama salinan bertanda harus berakhiran .{ending}",
                en: "{name}: the name of the marked copy must end in .{ending}",
            ));
        }
    }
    Ok(())
}

fn ends(file: &Path, endings: &[&str]) -> bool {
    let own = file.extension();
    own.is_some_and(|own| endings.iter().any(|one| own.eq_ignore_ascii_case(one)))
}

/// Whether an output is a workbook: a table is one if its file's name says so.
pub(super) fn is_workbook(file: Option<&Path>) -> bool {
    file.is_some_and(|file| ends(file, &["xlsx"]))
}

/// A table is CSV, the SIPD tree in a `.xlsx` too; under another spreadsheet's name it would not
/// open.
pub(super) fn refuse_table(
    lang: Lang,
    outputs: &[(OutputFormat, Option<PathBuf>)],
) -> Result<(), String> {
    for (format, file) in outputs {
        let (Some(file), OutputFormat::Sipd | OutputFormat::Satudata) = (file, format) else {
            continue;
        };
        let sipd = *format == OutputFormat::Sipd;
        if ends(file, &["xls", "xlsm", "xlsb", "ods"]) || ends(file, &["xlsx"]) && !sipd {
            let name = file.display();
            let endings = if sipd { ".csv, .xlsx" } else { ".csv" };
            return Err(say!(lang,
                id: "{name}: tabel ini ditulis sebagai {endings}",
                en: "{name}: this table is written as {endings}",
            ));
        }
    }
    Ok(())
}

/// Where an output's metadata goes: beside its file.
pub(super) fn metadata((format, file): &(OutputFormat, Option<PathBuf>)) -> Option<PathBuf> {
    let file = file
        .as_ref()
        .filter(|_| *format == OutputFormat::Satudata)?;
    Some(file.with_extension("metadata.json"))
}

/// The inputs without what a folder holds of the settings' own files: a baseline is no submission.
pub(super) fn without(inputs: Vec<Input>, named: &[PathBuf], own: &[&Path]) -> Vec<Input> {
    let own: Vec<PathBuf> = own
        .iter()
        .filter_map(|own| own.canonicalize().ok())
        .collect();
    let kept = |input: &Input| {
        let Some(path) = &input.path else {
            return true;
        };
        named.contains(path)
            || path
                .canonicalize()
                .map_or(true, |real| !own.contains(&real))
    };
    inputs.into_iter().filter(kept).collect()
}

/// The same, those that are named too: a hook passes all files of a commit.
pub(super) fn without_named(lang: Lang, inputs: Vec<Input>, own: &[&Path]) -> Vec<Input> {
    let before = inputs.clone();
    let kept = without(inputs, &[], own);
    let is_kept = |input: &Input| kept.iter().any(|own| own.name == input.name);
    for input in before.iter().filter(|input| !is_kept(input)) {
        let name = crate::words::shown(&input.name, 200);
        super::run::say_aside(&say!(lang,
            id: "{name} adalah berkas setelan, bukan pengajuan: dilewati",
            en: "{name} is a file of the settings, no submission: skipped",
        ));
    }
    kept
}

/// Writes beside the file, then renames: a file is whole or as it was. What is no plain file (a
/// pipe, a device) is written to; a link is followed.
pub(super) fn write(
    file: &Path,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), String> {
    let name = file.display();
    let failed = |error: io::Error| format!("{name}: {error}");
    if file.metadata().is_ok_and(|meta| !meta.is_file()) {
        let open = OpenOptions::new().write(true).open(file).map_err(failed)?;
        let mut out = io::BufWriter::new(open);
        return render(&mut out).and_then(|()| out.flush()).map_err(failed);
    }
    let target = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let folder = folder.display();
        return Err(format!(
            "{name}: folder {folder} tidak ada / does not exist"
        ));
    }
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The user's umask takes away what it takes from any new file.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut beside = builder.tempfile_in(folder).map_err(failed)?;
    let mut out = io::BufWriter::new(beside.as_file_mut());
    render(&mut out).map_err(failed)?;
    out.flush().map_err(failed)?;
    drop(out);
    // A file that is replaced stays as readable as it was.
    if let Ok(meta) = target.metadata() {
        let file = beside.as_file();
        file.set_permissions(meta.permissions()).map_err(failed)?;
    }
    beside
        .persist(&target)
        .map_err(|error| failed(error.error))?;
    Ok(())
}
