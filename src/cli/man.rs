//! `koplint man`: manual pages, made from the options themselves.

use std::io::{self, Write};
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::{Cli, files};

/// The page of the program itself.
pub(super) fn main_page(out: &mut dyn Write) -> io::Result<()> {
    Man::new(program()).render(out)
}

/// `koplint.1` and a page for every command, into a folder.
///
/// # Errors
/// What the system says of a file.
pub(super) fn write(folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let program = program();
    let commands = program.get_subcommands();
    let shown = commands.filter(|command| !command.is_hide_set()).cloned();
    for command in shown.collect::<Vec<_>>().into_iter().chain([program]) {
        let page = Man::new(command);
        files::write(&folder.join(page.get_filename()), |out| page.render(out))?;
    }
    Ok(())
}

fn program() -> Command {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    program
}
