//! args → run → exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    koplint::cli::main(std::env::args_os())
}
