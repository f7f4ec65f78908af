//! The kinds of faults, and what is true of an entry that has one, from the standard.

/// What becomes of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Verified,
    NotMet,
    Unproven,
    Duplicate,
    Unreadable,
}

/// Why the JSON Schema refuses an entry, if it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It does not.
    No,
    /// By `format: date` alone.
    Date,
    /// By koplint's own format alone.
    OwnFormat,
    /// By a keyword that every validator knows.
    Yes,
}

/// One kind of fault.
#[derive(Debug)]
pub struct Fault {
    /// Slug of the rule that finds it.
    pub name: &'static str,
    pub verdict: Verdict,
    pub refused: Refused,
    /// Codes of all findings on the entry.
    pub codes: &'static [&'static str],
    /// A table can carry it.
    pub in_tables: bool,
}

/// All kinds.
pub const FAULTS: &[Fault] = {
    use Refused::{Date, No, OwnFormat, Yes};
    use Verdict::{Duplicate, NotMet, Unproven, Unreadable, Verified};
    const fn fault(
        name: &'static str,
        verdict: Verdict,
        refused: Refused,
        codes: &'static [&'static str],
        in_tables: bool,
    ) -> Fault {
        Fault {
            name,
            verdict,
            refused,
            codes,
            in_tables,
        }
    }
    &[
        fault("syntax-error", Unreadable, Yes, &["F002"], false),
        fault("missing-member", Unproven, Yes, &["S001", "B001"], true),
        fault("wrong-type", Verified, Yes, &["S002"], true),
        fault("not-allowed", Unproven, Yes, &["S003", "P001"], true),
        fault(
            "wrong-pattern",
            Unproven,
            OwnFormat,
            &["S004", "K001"],
            true,
        ),
        fault("unknown-member", Verified, Yes, &["S006"], false),
        fault("not-a-date", Unproven, Date, &["S007", "K001"], true),
        fault("person-nik", Verified, No, &["K008", "X001"], true),
        fault("member-sum-mismatch", Verified, No, &["K006"], true),
        fault("unknown-kecamatan", Verified, No, &["W002"], true),
        fault("not-producer", NotMet, No, &["P001"], true),
        fault("missing-rat-year", NotMet, No, &["R001"], true),
        fault(
            "one-meeting-many-years",
            Unproven,
            No,
            &["R003", "R001"],
            true,
        ),
        fault("late-rat", Verified, No, &["R005"], true),
        fault("no-quorum", Unproven, No, &["R008", "R001"], false),
        fault("no-activity", NotMet, No, &["U001"], true),
        fault("activity-not-for-members", NotMet, No, &["U002"], true),
        fault("no-member-service", NotMet, No, &["U003", "P005"], false),
        fault("no-assistance", NotMet, No, &["B001"], true),
        fault("giver-not-government", NotMet, No, &["B002"], true),
        fault("assistance-outside-window", NotMet, No, &["B003"], true),
        fault("assistance-not-received", NotMet, No, &["B004"], true),
        fault("form-not-counted", NotMet, No, &["B006"], true),
        fault("same-legal-entity", Duplicate, No, &["D001"], true),
    ]
};

/// The kind of a name.
pub fn find(name: &str) -> Option<&'static Fault> {
    FAULTS.iter().find(|fault| fault.name == name)
}
