//! The steward's page: every regency once, figures that add up, and a page that keeps still.

use koplint::lang::Lang;
use koplint::read::open::Input;
use koplint::report::Report;
use koplint::review::{Form, Review};
use koplint::tally::Books;
use serde_json::Value;

use crate::html::browse;
use crate::regencies::{self, Kind, Regency, plan};
use crate::repo::Repo;
use crate::support::options;

const HOSTILE: &str =
    "<img src=x onerror=\"document.title='KENA'\"></script><script>document.title='KENA'</script>";

fn check(all: &[Regency]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    regencies::write(folder.path(), all);
    let inputs = all.iter().map(|regency| Input {
        name: regency.file.clone(),
        path: Some(folder.path().join(&regency.file)),
    });
    koplint::check(&inputs.collect::<Vec<_>>(), &options(Lang::Id)).unwrap()
}

fn written(review: &Review<'_>, form: Form) -> Vec<u8> {
    let mut out = Vec::new();
    review.write(form, &mut out).unwrap();
    out
}

fn text(review: &Review<'_>, form: Form) -> String {
    String::from_utf8(written(review, form)).unwrap()
}

/// The 15th is missing; an entity of the 6th stands in the 10th too, under a hostile name.
fn now() -> Vec<Regency> {
    let mut all = regencies::all();
    let mut again = all[5].entries[0].clone();
    again.name = HOSTILE.to_owned();
    all[9].entries.push(again);
    all.remove(14);
    all
}

/// The first had one less that is verified, the last was missing.
fn before() -> Vec<Regency> {
    let mut all = regencies::all();
    all[1].entries[0].kind = Kind::Fallen;
    all.truncate(34);
    all
}

#[test]
fn every_regency_stands_once_and_the_rows_add_up() {
    let (report, old) = (check(&now()), check(&before()));
    let review = Review::of(&report, Some(&old));
    assert_eq!(review.rows.len(), 35);
    let mut sum = Books::default();
    for (at, row) in review.rows.iter().enumerate() {
        let [verified, fallen, unproven] = plan(at).map(|(_, count)| count as u64);
        let here = u64::from(at != 14);
        assert_eq!(row.own.len() as u64, here);
        let known = |value: u64| (here == 1).then_some(value);
        assert_eq!(row.verified(), known(verified), "{}", row.region.name);
        assert_eq!(row.upper(), known(verified + unproven));
        let again = u64::from(at == 9);
        let books = row.books.unwrap_or_default();
        assert_eq!(books.duplicate, again);
        let claimed = known(verified + fallen + unproven + again);
        assert_eq!(row.claimed, claimed);
        let change = match at {
            14 | 34 => None,
            1 => Some(1),
            _ => Some(0),
        };
        assert_eq!(row.change(), change);
        sum.add(&books);
    }
    assert_eq!(sum, report.sum().unwrap().books);
    assert_eq!((review.missing(), review.doubles.len()), (1, 1));
    let double = &review.doubles[0];
    assert_eq!(double.first.unwrap().region, Some("Kabupaten Purworejo"));
    assert_eq!(double.here.region, Some("Kabupaten Klaten"));
    let fallen = review.causes.iter().find(|one| one.rule.code == "R001");
    let odd = (0..35).filter(|at| at % 2 == 1).count();
    assert_eq!(fallen.unwrap().places.len(), odd);
}

#[test]
fn two_cutoffs_of_one_regency_are_not_added() {
    let mut all = now();
    let mut old = all[0].clone();
    old.file = "lama.json".to_owned();
    old.cutoff = "2024-12-31";
    all.push(old);
    let report = check(&all);
    let review = Review::of(&report, None);
    let row = &review.rows[0];
    assert_eq!((row.own.len(), row.bases.len()), (2, 2));
    assert_eq!(
        (row.books, row.claimed, row.difference()),
        (None, None, None)
    );
    assert_eq!(review.rows[1].bases.len(), 1);
    assert_eq!(review.rows[1].verified(), Some(plan(1)[0].1 as u64));
    let plain = text(&review, Form::Text);
    assert!(plain.contains("TIDAK DIJUMLAHKAN") && plain.contains("2024-12-31"));
    assert!(!plain.contains("Seluruhnya"));
    let page = text(&review, Form::Html);
    assert!(page.contains("BELUM ADA SATU ANGKA") && !page.contains("class=\"sums\""));
}

#[test]
fn all_forms_say_the_same() {
    let (report, old) = (check(&now()), check(&before()));
    let review = Review::of(&report, Some(&old));
    let json: Value = serde_json::from_str(&text(&review, Form::Json)).unwrap();
    assert_eq!(json["regencies"].as_array().unwrap().len(), 35);
    assert_eq!(json["regencies"][1]["change"], 1);
    assert_eq!(json["regencies"][14]["missing"], true);
    assert_eq!(json["regencies"][14]["verified"], Value::Null);
    assert_eq!(json["doubles"][0]["counts_in"], "Kabupaten Purworejo");
    let verified = report.sum().unwrap().books.verified;
    assert_eq!(json["total"]["books"]["verified"], verified);
    let plain = text(&review, Form::Text);
    let line = |name: &str| plain.lines().find(|line| line.contains(name)).unwrap();
    assert!(line("Kabupaten Grobogan").contains("BELUM ADA"));
    assert!(line("Seluruhnya").contains(&verified.to_string()));
    assert!(text(&review, Form::Markdown).contains("Kabupaten Grobogan | -"));
    let page = text(&review, Form::Html);
    assert!(!page.contains("<img") && page.matches("<script").count() == 1);
    for never in [
        "style=\"", "onclick", "http://", "https://", "src=\"", "url(",
    ] {
        assert!(!page.contains(never), "{never}");
    }
}

#[test]
fn a_name_in_the_workbook_is_never_a_formula() {
    let mut all = now();
    let formula = "=HYPERLINK(\"http://a.b\",\"x\")";
    all[9].entries.last_mut().unwrap().name = formula.to_owned();
    let report = check(&all);
    let review = Review::of(&report, None);
    let bytes = written(&review, Form::Workbook);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut seen = false;
    for at in 0..zip.len() {
        let mut part = String::new();
        std::io::Read::read_to_string(&mut zip.by_index(at).unwrap(), &mut part).unwrap();
        assert!(!part.contains("<f>"));
        seen |= part.contains("=HYPERLINK(");
    }
    assert!(seen);
}

/// Presses a button, opens a regency by its square, and looks for what the data would run.
const STEPS: &str = r##"
(async () => {
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  const tile = document.querySelector(".tile[href='#r3302']");
  const said = [document.querySelectorAll(".tile").length, tile.querySelector(".value").textContent];
  document.querySelector("button[data-figure=change]").focus();
  document.activeElement.click();
  said.push(tile.querySelector(".value").textContent, tile.className);
  said.push(document.querySelectorAll("[data-of]:not([hidden])").length);
  said.push(document.querySelectorAll("button[aria-pressed=true]").length);
  tile.click();
  await wait(300);
  const regency = document.getElementById("r3302");
  said.push(regency.open, regency.querySelectorAll("article").length);
  document.querySelector(".regencies a.code").click();
  await wait(300);
  said.push(document.querySelector("details.rule[open]") !== null);
  for (const node of document.querySelectorAll("details")) node.open = true;
  said.push(document.querySelectorAll("img, iframe, [onerror], [style]").length, document.scripts.length);
  await wait(500);
  if (document.title !== "KENA") document.title = said.join(" | ");
})();
"##;

#[test]
fn the_page_works_and_runs_nothing_of_the_data() {
    let (report, old) = (check(&now()), check(&before()));
    let review = Review::of(&report, Some(&old));
    let Some(seen) = browse(&text(&review, Form::Html), STEPS) else {
        return;
    };
    let wanted = "35 | 2 | +1 | tile p4 | 2 | 1 | true | 1 | true | 0 | 2";
    assert_eq!(seen.title, wanted);
    assert_eq!(seen.complaints, Vec::<String>::new());
}

#[test]
fn the_command_takes_folders_and_says_what_is_not_whole() {
    let repo = Repo::new();
    regencies::write(&repo.path("baru"), &now());
    regencies::write(&repo.path("lama"), &before());
    let out = repo.command("review", &["baru", "--against", "lama"]);
    assert_eq!(out.code, 0, "{out:?}");
    assert!(out.text.contains("perubahan"), "{out:?}");
    let html = [
        "--output-format",
        "html:tinjauan.html",
        "--output-format",
        "json",
    ];
    let out = repo.command("review", &[&["baru"][..], &html].concat());
    assert_eq!(out.code, 0, "{out:?}");
    assert!(repo.read("tinjauan.html").contains("Kota Tegal"));
    assert!(serde_json::from_str::<Value>(&out.text).is_ok());
    repo.write("baru/rusak.json", "{");
    let out = repo.command("review", &["baru"]);
    assert_eq!(out.code, 3, "{out:?}");
    assert!(out.errors.contains("TIDAK LENGKAP"), "{out:?}");
    let out = repo.command(
        "review",
        &["baru", "--output-format", "html:baru/33.01.json"],
    );
    assert_eq!(out.code, 2, "{out:?}");
    let onto = [
        "baru",
        "--against",
        "lama",
        "--output-format",
        "json:lama/33.01.json",
    ];
    assert_eq!(repo.command("review", &onto).code, 2);
    let out = repo.command("review", &["baru", "--output-format", "workbook"]);
    assert_eq!(out.code, 2, "{out:?}");
}
