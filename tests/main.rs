//! All tests from outside, in one binary.

#[path = "it/regencies.rs"]
mod regencies;
#[path = "it/repo.rs"]
mod repo;
#[path = "it/support.rs"]
mod support;

#[path = "it/certificate.rs"]
mod certificate;
#[path = "it/cli.rs"]
mod cli;
#[path = "it/compare.rs"]
mod compare;
#[path = "it/compare_faces.rs"]
mod compare_faces;
#[path = "it/compare_laws.rs"]
mod compare_laws;
#[path = "it/config.rs"]
mod config;
#[path = "it/copies.rs"]
mod copies;
#[path = "it/criteria.rs"]
mod criteria;
#[path = "it/differential.rs"]
mod differential;
#[path = "it/faces.rs"]
mod faces;
#[path = "it/fix.rs"]
mod fix;
#[path = "it/fix_cli.rs"]
mod fix_cli;
#[path = "it/fix_laws.rs"]
mod fix_laws;
#[path = "it/formats.rs"]
mod formats;
#[path = "it/hooks.rs"]
mod hooks;
#[path = "it/hostile.rs"]
mod hostile;
#[path = "it/html.rs"]
mod html;
#[path = "it/impact.rs"]
mod impact;
#[path = "it/kept.rs"]
mod kept;
#[path = "it/large.rs"]
mod large;
#[path = "it/laws.rs"]
mod laws;
#[path = "it/markup.rs"]
mod markup;
#[path = "it/merge.rs"]
mod merge;
#[path = "it/names.rs"]
mod names;
#[path = "it/personal.rs"]
mod personal;
#[path = "it/policy.rs"]
mod policy;
#[path = "it/province.rs"]
mod province;
#[path = "it/publish.rs"]
mod publish;
#[path = "it/real.rs"]
mod real;
#[path = "it/review.rs"]
mod review;
#[path = "it/rules.rs"]
mod rules;
#[path = "it/set_aside.rs"]
mod set_aside;
#[path = "it/setup.rs"]
mod setup;
#[path = "it/since.rs"]
mod since;
#[path = "it/spark.rs"]
mod spark;
#[path = "it/template.rs"]
mod template;
#[path = "it/workbooks.rs"]
mod workbooks;
