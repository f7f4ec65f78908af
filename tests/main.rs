//! All tests from outside, in one binary.

#[path = "it/support.rs"]
mod support;

#[path = "it/cli.rs"]
mod cli;
#[path = "it/criteria.rs"]
mod criteria;
#[path = "it/differential.rs"]
mod differential;
#[path = "it/formats.rs"]
mod formats;
#[path = "it/hooks.rs"]
mod hooks;
#[path = "it/hostile.rs"]
mod hostile;
#[path = "it/kept.rs"]
mod kept;
#[path = "it/laws.rs"]
mod laws;
#[path = "it/real.rs"]
mod real;
#[path = "it/rules.rs"]
mod rules;
#[path = "it/setup.rs"]
mod setup;
#[path = "it/since.rs"]
mod since;
