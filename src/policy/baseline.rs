//! The baseline: findings that are known, so that only new ones fail.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::definition::hex;
use crate::finding::Finding;

/// Version of the file's shape.
const VERSION: u32 = 1;

/// The version of the standard that findings rest on.
pub(super) const STANDARD: &str = "1.0";

/// What makes two findings of two runs one: never a line, and no value in the clear.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    code: String,
    /// The entry's normalised number, else `#n`; empty for the file as a whole.
    key: String,
    field: String,
    /// A digest of what else tells the mistake apart.
    content: String,
}

impl Item {
    pub(super) fn of(finding: &Finding) -> Self {
        let code = finding.rule.code;
        let subject = &finding.mistake.subject;
        // What a person could be known by is not even kept as a digest.
        let content = match subject.is_empty() || code.starts_with('X') {
            true => String::new(),
            false => hex(&Sha256::digest(subject.as_bytes())[..8]),
        };
        Self {
            code: code.to_owned(),
            key: finding.key.as_deref().unwrap_or_default().to_owned(),
            field: finding.mistake.field.clone(),
            content,
        }
    }

    /// Whether another submission may have given rise to it.
    pub(super) fn compares(&self) -> bool {
        self.code == "D001"
    }

    /// An entry with a number is the same wherever it is listed; what has none is known by its file.
    fn scope<'a>(&self, file: &'a str) -> &'a str {
        match self.key.is_empty() || self.key.starts_with('#') {
            true => file,
            false => "",
        }
    }
}

/// Findings by file, with how often they stand there.
pub(super) type Items = BTreeMap<(String, Item), u64>;

/// The findings of a file that are known.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// Where it is kept.
    pub file: PathBuf,
    /// The version of the standard under which it was made.
    pub standard: String,
    /// The definition under which it was made: version and hash.
    pub definition: (String, String),
    pub(super) items: Items,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    standard: String,
    definition: WrittenDefinition,
    findings: Vec<WrittenItem>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDefinition {
    version: String,
    sha256: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenItem {
    file: String,
    code: String,
    key: String,
    field: String,
    content: String,
    count: u64,
}

impl Baseline {
    /// One that knows nothing yet.
    #[must_use]
    pub fn empty(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            standard: STANDARD.to_owned(),
            definition: Default::default(),
            items: Items::new(),
        }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(file: &Path) -> Result<Self, String> {
        let name = file.display();
        let bytes = std::fs::read(file).map_err(|error| format!("{name}: {error}"))?;
        let written: Written =
            serde_json::from_slice(&bytes).map_err(|error| format!("{name}: {error}"))?;
        if written.version != VERSION {
            return Err(format!(
                "{name}: version {}, not {VERSION}",
                written.version
            ));
        }
        let mut items = Items::new();
        for one in written.findings {
            let item = Item {
                code: one.code,
                key: one.key,
                field: one.field,
                content: one.content,
            };
            *items.entry((one.file, item)).or_default() += one.count;
        }
        Ok(Self {
            file: file.to_owned(),
            standard: written.standard,
            definition: (written.definition.version, written.definition.sha256),
            items,
        })
    }

    /// Writes it, one finding a line: the same findings give the same bytes.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let definition = WrittenDefinition {
            version: self.definition.0.clone(),
            sha256: self.definition.1.clone(),
        };
        writeln!(out, "{{\n  \"version\": {VERSION},")?;
        writeln!(
            out,
            "  \"standard\": {},",
            serde_json::to_string(&self.standard)?
        )?;
        writeln!(
            out,
            "  \"definition\": {},",
            serde_json::to_string(&definition)?
        )?;
        write!(out, "  \"findings\": [")?;
        for (at, ((file, item), count)) in self.items.iter().enumerate() {
            let line = WrittenItem {
                file: file.clone(),
                code: item.code.clone(),
                key: item.key.clone(),
                field: item.field.clone(),
                content: item.content.clone(),
                count: *count,
            };
            let comma = if at == 0 { "" } else { "," };
            write!(out, "{comma}\n    {}", serde_json::to_string(&line)?)?;
        }
        let end = if self.items.is_empty() { "" } else { "\n  " };
        writeln!(out, "{end}]\n}}")
    }

    /// Whether it knows something of a file.
    pub(super) fn names(&self, file: &str, item: &Item) -> bool {
        self.items.contains_key(&(file.to_owned(), item.clone()))
    }

    /// The folder that its files are named from.
    #[must_use]
    pub fn folder(&self) -> &Path {
        match self.file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    /// Number of findings.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.items.values().sum()
    }
}

/// What is left of a baseline while a run takes from it.
#[derive(Clone, Debug, Default)]
pub(super) struct Left(HashMap<(String, Item), u64>);

impl Left {
    pub(super) fn of(baseline: &Baseline) -> Self {
        let mut left = HashMap::new();
        for ((file, item), count) in &baseline.items {
            let scope = item.scope(file).to_owned();
            *left.entry((scope, item.clone())).or_default() += count;
        }
        Self(left)
    }

    /// Takes findings that are alike; false if there are not as many.
    pub(super) fn take(&mut self, file: &str, item: &Item, times: u64) -> bool {
        let scope = item.scope(file).to_owned();
        match self.0.get_mut(&(scope, item.clone())) {
            Some(left) if *left >= times => {
                *left -= times;
                true
            }
            _ => false,
        }
    }

    /// How many of some that were known are left over.
    pub(super) fn over(&mut self, file: &str, item: &Item, count: u64) -> u64 {
        let scope = item.scope(file).to_owned();
        let Some(left) = self.0.get_mut(&(scope, item.clone())) else {
            return 0;
        };
        let over = count.min(*left);
        *left -= over;
        over
    }
}
