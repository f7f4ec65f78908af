//! The columns of every sheet, derived from the schema.

use jiff::civil::Date;
use serde_json::Value;

use super::Form;
use crate::region;
use crate::schema::{Field, Type};

/// Assistance that fits into one row of the wide layout.
const GROUPS: usize = 2;

/// The lists of an entry: the member and its sheet.
const CHILDREN: [(&str, &str); 3] = [
    ("rat", "RAT"),
    ("kegiatan_usaha", "Kegiatan"),
    ("bantuan_pemerintah", "Bantuan"),
];

/// Whether a cell must be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// In every row.
    Always,
    /// If the other columns of its group are.
    WithGroup,
    /// No.
    Free,
}

/// What the cells of a column hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    /// A date from the first to the last.
    Date(Date, Date),
    Whole(Option<i64>),
    Decimal(Option<i64>),
    YesNo,
    /// One of these codes.
    OneOf(Vec<String>),
    /// One of these names, written as people write it.
    Named(Vec<String>),
    /// Some of these, separated by `;`.
    Several(Vec<String>),
    /// A year from the first to the last.
    Year(i32, i32),
    /// A number that stands in the sheet of cooperatives.
    Number,
}

/// One column, or one row of the header's sheet.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// The heading: the standard's name.
    pub name: String,
    pub title: String,
    pub description: String,
    pub need: Need,
    pub holds: Holds,
    pub example: String,
    /// A dash says that there is none.
    pub dash: bool,
}

/// One sheet of rows.
#[derive(Debug)]
pub(super) struct Sheet {
    pub name: &'static str,
    pub about: String,
    pub columns: Vec<Column>,
}

/// The sheet that has one row for each cooperative.
pub(super) const MAIN: &str = "Koperasi";

/// The field of the header that only a plain register may leave open.
pub(super) const CLAIM: &str = "jumlah_dilaporkan";

/// The column that joins the sheets.
pub(super) const KEY: &str = "nomor_badan_hukum";

/// The sheets of rows of the layout in which each list has its own.
pub(super) fn sheets(form: &Form<'_>) -> Vec<Sheet> {
    let mut sheets = vec![main(plain(form))];
    for (member, name) in CHILDREN {
        let mut columns = joining(form, member);
        columns.extend(items(form, member));
        let about = form.shape.field(member);
        sheets.push(Sheet {
            name,
            about: about.map_or_else(String::new, |own| own.description.clone()),
            columns,
        });
    }
    sheets
}

/// The one sheet of rows of the wide layout.
pub(super) fn wide_sheet(form: &Form<'_>) -> Sheet {
    main(wide(form))
}

fn main(columns: Vec<Column>) -> Sheet {
    Sheet {
        name: MAIN,
        about: "Satu baris untuk setiap koperasi; satu badan hukum satu kali saja.".to_owned(),
        columns,
    }
}

/// The rows of the header's sheet.
pub(super) fn head(form: &Form<'_>) -> Vec<Column> {
    let fields = form.shape.in_order();
    fields
        .filter_map(|(path, field)| {
            let name = path.strip_prefix("kepala.")?;
            let mut column = column(form, path, field, name.to_owned());
            if name == CLAIM {
                column.need = Need::WithGroup;
            }
            Some(column)
        })
        .collect()
}

/// The columns of the wide layout.
pub(super) fn wide(form: &Form<'_>) -> Vec<Column> {
    let mut columns = plain(form);
    columns.extend(yearly(form, "rat[].tanggal", "rat", form.rat_years()));
    let activity = form.calendar.activity;
    columns.extend(yearly(
        form,
        "kegiatan_usaha[].uraian",
        "kegiatan",
        activity,
    ));
    let path = "kegiatan_usaha[].melayani_anggota";
    columns.extend(form.shape.field(path).map(|field| Column {
        need: Need::WithGroup,
        ..column(form, path, field, "kegiatan_melayani_anggota".to_owned())
    }));
    for group in 1..=GROUPS {
        for item in items(form, "bantuan_pemerintah") {
            let first = group == 1 && item.name == "tahun";
            columns.push(Column {
                name: match group {
                    1 => format!("bantuan_{}", item.name),
                    _ => format!("bantuan_{}_{group}", item.name),
                },
                title: format!("{} (bantuan ke-{group})", item.title),
                need: match item.need {
                    Need::Always if !first => Need::WithGroup,
                    other => other,
                },
                dash: first,
                ..item
            });
        }
    }
    columns
}

/// A column for each year of a list.
fn yearly(
    form: &Form<'_>,
    path: &str,
    short: &str,
    (first, last): (i32, i32),
) -> impl Iterator<Item = Column> {
    let own = form.shape.field(path);
    let own = own.map(|field| column(form, path, field, String::new()));
    (first..=last).filter_map(move |year| {
        let own = own.clone()?;
        Some(Column {
            name: format!("{short}_{year}"),
            title: format!("{} tahun buku {year}", own.title),
            dash: true,
            ..own
        })
    })
}

/// The fields of an entry that are one cell.
fn plain(form: &Form<'_>) -> Vec<Column> {
    let own = |(path, field): (&str, &Field)| {
        let above = match path.split_once('.') {
            None if path.contains('[') => return None,
            None => None,
            Some((above, _)) if above == "kepala" || path.contains('[') => return None,
            Some((above, _)) => Some(form.shape.field(above)?),
        };
        let listed = form.shape.field(&format!("{path}[]"));
        let in_cell = match (&field.type_, listed.map(|items| &items.type_)) {
            (Type::Nested, Some(Type::Code(_))) => true,
            (Type::Nested, _) => false,
            _ => true,
        };
        let mut column = column(form, path, field, path.replace('.', "_"));
        if column.need == Need::Always && above.is_some_and(|above| !above.required) {
            column.need = Need::WithGroup;
        }
        in_cell.then_some(column)
    };
    form.shape.in_order().filter_map(own).collect()
}

/// The columns that say whose row of a list it is.
fn joining(form: &Form<'_>, member: &str) -> Vec<Column> {
    let of = |name: &str| {
        let field = form.shape.field(name)?;
        Some(column(form, name, field, name.to_owned()))
    };
    let key = of(KEY).map(|key| Column {
        holds: Holds::Number,
        description: format!("Nomor badan hukum koperasi, sama dengan di lembar {MAIN}."),
        ..key
    });
    let helper = of("nama_koperasi").filter(|_| member == "rat");
    let helper = helper.map(|name| Column {
        need: Need::Free,
        description: "Hanya untuk memudahkan membaca baris ini; tidak diperiksa.".to_owned(),
        ..name
    });
    key.into_iter().chain(helper).collect()
}

/// The fields of a list's items.
fn items(form: &Form<'_>, member: &str) -> Vec<Column> {
    let prefix = format!("{member}[].");
    let fields = form.shape.in_order();
    fields
        .filter_map(|(path, field)| {
            let name = path.strip_prefix(&prefix)?;
            Some(column(form, path, field, name.to_owned()))
        })
        .collect()
}

fn column(form: &Form<'_>, path: &str, field: &Field, name: String) -> Column {
    let holds = holds(form, path, field);
    Column {
        name,
        title: field.title.clone(),
        description: field.description.clone(),
        need: if field.required {
            Need::Always
        } else {
            Need::Free
        },
        example: example(field, &holds),
        dash: matches!(holds, Holds::Several(_)),
        holds,
    }
}

fn holds(form: &Form<'_>, path: &str, field: &Field) -> Holds {
    let regions = || match form.region {
        Some(own) => std::slice::from_ref(own),
        None => region::all(),
    };
    let named = |names: &mut dyn Iterator<Item = &'static str>| {
        Holds::Named(names.map(str::to_owned).collect())
    };
    let year = |(first, last)| Holds::Year(first, last);
    match (path, &field.type_) {
        ("kecamatan", _) if form.region.is_some() => {
            let own = form.region.into_iter().flat_map(|own| &own.kecamatan);
            named(&mut own.copied())
        }
        ("kode_wilayah" | "kepala.kode_wilayah", _) => {
            named(&mut regions().iter().map(|one| one.code))
        }
        ("kepala.nama_wilayah", _) => named(&mut regions().iter().map(|one| one.name)),
        ("rat[].tahun_buku", _) => year(form.rat_years()),
        ("kegiatan_usaha[].tahun_buku", _) => year(form.calendar.activity),
        ("bantuan_pemerintah[].tahun", _) => year(form.calendar.aid),
        (_, Type::Text) => Holds::Text,
        ("kepala.tanggal_acuan", _) => {
            let day = |years, month, day| Date::new(form.year + years, month, day);
            let first = day(0, 1, 1).unwrap_or(Date::MIN);
            Holds::Date(first, day(1, 6, 30).unwrap_or(Date::MAX))
        }
        ("kepala.tanggal_pengiriman", _) => Holds::Date(form.cutoff, Date::MAX),
        (_, Type::Date) => Holds::Date(form.definition.earliest, form.cutoff),
        (_, Type::Integer) => Holds::Whole(field.minimum),
        (_, Type::Number) => Holds::Decimal(field.minimum),
        (_, Type::Bool) => Holds::YesNo,
        (_, Type::Code(codes)) => Holds::OneOf(codes.clone()),
        (_, Type::Nested) => Holds::Several(form.shape.codes(&format!("{path}[]")).to_vec()),
    }
}

fn example(field: &Field, holds: &Holds) -> String {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            items.join(";")
        }
        other => other.to_string(),
    };
    match (field.examples.first(), holds) {
        (_, Holds::Year(_, last)) => last.to_string(),
        (Some(example), Holds::Named(all)) => {
            let own = all.iter().find(|own| *example == own.as_str());
            own.or(all.first()).cloned().unwrap_or_default()
        }
        (Some(example), _) => text(example),
        (None, Holds::OneOf(all)) => all.first().cloned().unwrap_or_default(),
        (None, Holds::YesNo) => "Ya".to_owned(),
        (None, _) => String::new(),
    }
}
