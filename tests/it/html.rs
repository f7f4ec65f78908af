//! The page in a browser: it loads in silence, filters, opens, and runs nothing of the data.

use std::path::Path;
use std::process::Command;

use koplint::lang::Lang;
use koplint::read::open::Input;
use koplint::render::OutputFormat;
use koplint::report::Report;
use serde_json::json;

use crate::support::{check, options, rendered, root};

/// What a browser makes of a page: its title in the end, and what it had to complain of.
pub struct Seen {
    pub title: String,
    pub complaints: Vec<String>,
}

/// Opens a page, with a script of the test's in it. None: there is no browser.
pub fn browse(page: &str, script: &str) -> Option<Seen> {
    let folder = tempfile::tempdir().unwrap();
    let page = page
        .replacen("script-src ", "script-src &#39;nonce-uji&#39; ", 1)
        .replacen(
            "</body>",
            &format!("<script nonce=\"uji\">{script}</script></body>"),
            1,
        );
    let file = folder.path().join("a.html");
    std::fs::write(&file, page).unwrap();
    for name in ["chromium", "chromium-browser", "google-chrome", "chrome"] {
        if let Some(seen) = run(name, &file, folder.path()) {
            return Some(seen);
        }
    }
    eprintln!("skipped: no Chromium");
    None
}

fn run(browser: &str, file: &Path, folder: &Path) -> Option<Seen> {
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .args(["--enable-logging=stderr", "--v=0"])
        .arg("--virtual-time-budget=20000")
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profil").display()
        ))
        .arg(format!("file://{}", file.display()))
        .output()
        .ok()?;
    let dom = String::from_utf8_lossy(&output.stdout);
    let title = dom.split_once("<title>")?.1.split_once("</title>")?.0;
    let said = String::from_utf8_lossy(&output.stderr);
    let complaints = said.lines().filter(|line| line.contains("CONSOLE"));
    Some(Seen {
        title: title.replace("&lt;", "<").replace("&gt;", ">"),
        complaints: complaints.map(str::to_owned).collect(),
    })
}

/// Steps on the page; each adds a word to the title.
const STEPS: &str = r##"
(async () => {
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  const all = (what) => [...document.querySelectorAll(what)].filter((node) => !node.closest("[hidden]"));
  const search = document.getElementById("search");
  const find = async (text) => {
    search.value = text;
    search.dispatchEvent(new Event("input"));
    await wait(500);
  };
  const said = [all("#filter").length, all("article details.group").length];
  await find("GURAMI");
  said.push(all("article details.group").length, document.getElementById("hits").textContent);
  await find("tidak ada yang begini");
  said.push(all("article details.group").length, all("#none").length);
  await find("");
  document.querySelector("input[value=error]").click();
  said.push(all("article details.group").map((node) => node.dataset.level).join());
  const group = all("article details.group")[0];
  group.querySelector("summary").click();
  await wait(50);
  said.push(group.open);
  location.hash = document.querySelector(".work a").hash;
  await wait(200);
  const linked = document.getElementById(location.hash.slice(1));
  said.push(linked.open, linked.closest("[hidden]") === null);
  location.hash = "#rule-R001";
  await wait(200);
  said.push(document.getElementById("rule-R001").open);
  document.title = said.join(" | ");
})();
"##;

#[test]
fn filters_searches_and_opens() {
    let page = rendered(
        OutputFormat::Html,
        &check(&root().join("fixtures/banyumas.json")),
    );
    let Some(seen) = browse(&page, STEPS) else {
        return;
    };
    assert_eq!(
        seen.title,
        "1 | 8 | 1 | 1 dari 8 kelompok yang ditampilkan | 0 | 1 | warning | true | true | true | true"
    );
    assert_eq!(seen.complaints, Vec::<String>::new());
}

const HOSTILE: [&str; 6] = [
    "<img src=x onerror=\"document.title='KENA'\">",
    "</script><script>document.title='KENA'</script>",
    "</style><script>document.title='KENA'</script>",
    "\" onmouseover=\"document.title='KENA'\" autofocus onfocus=\"document.title='KENA'",
    "<svg onload=document.title='KENA'><iframe srcdoc='x'>",
    "<base href=//a.b><meta http-equiv=refresh content=0;url=//a.b>`<b>`",
];

fn hostile() -> Report {
    let folder = tempfile::tempdir().unwrap();
    let lines = HOSTILE.iter().zip(1..).map(|(name, at)| {
        json!({
            "nama_koperasi": name, "nomor_badan_hukum": format!("{at}/BH/{name}"),
            "jenis_koperasi": name, "kecamatan": name, "dihitung": true, *name: name,
        })
        .to_string()
    });
    let path = folder.path().join("a.ndjson");
    std::fs::write(&path, lines.collect::<Vec<_>>().join("\n")).unwrap();
    let header = json!({ "kode_wilayah": HOSTILE[0], "produsen_data": HOSTILE[1] });
    std::fs::write(path.with_extension("kepala.json"), header.to_string()).unwrap();
    let inputs =
        [(HOSTILE[0], "a.ndjson"), (HOSTILE[1], "hilang.json")].map(|(name, file)| Input {
            name: name.to_owned(),
            path: Some(folder.path().join(file)),
        });
    koplint::check(&inputs, &options(Lang::Id)).unwrap()
}

/// Whether anything of the data is more than text.
const LOOK: &str = r#"
const bad = "img, iframe, base, [onmouseover], [onerror], [onload], [style], meta[http-equiv=refresh]";
const said = [document.querySelectorAll(bad).length, document.scripts.length];
for (const node of document.querySelectorAll("details")) node.open = true;
setTimeout(() => { if (document.title !== "KENA") document.title = said.join(" | "); }, 500);
"#;

#[test]
fn nothing_of_the_data_runs() {
    let page = rendered(OutputFormat::Html, &hostile());
    let Some(seen) = browse(&page, LOOK) else {
        return;
    };
    assert_eq!(seen.title, "0 | 2");
    assert_eq!(seen.complaints, Vec::<String>::new());
    // Were it not escaped, the policy would stop it and the browser say so.
    let page = page.replacen("<main>", &format!("<main>{}", HOSTILE[0]), 1);
    let seen = browse(&page, LOOK).unwrap();
    assert_eq!(seen.title, "1 | 2");
    assert!(!seen.complaints.is_empty());
}

#[test]
fn several_submissions_step_aside() {
    let folder = root().join("fixtures");
    let inputs = ["banyumas.json", "formats/lembar.json"].map(|name| Input {
        name: name.to_owned(),
        path: Some(folder.join(name)),
    });
    let report = koplint::check(&inputs, &options(Lang::Id)).unwrap();
    let page = rendered(OutputFormat::Html, &report);
    let script = r##"
const search = document.getElementById("search");
const articles = () => document.querySelectorAll("article:not([hidden])").length;
const before = articles();
search.value = "Ajibarng";
search.dispatchEvent(new Event("input"));
setTimeout(() => {
  const asked = articles();
  location.hash = "#s2";
  setTimeout(() => { document.title = [before, asked, articles()].join(" | "); }, 300);
}, 500);
"##;
    let Some(seen) = browse(&page, script) else {
        return;
    };
    assert_eq!(seen.title, "2 | 1 | 2");
    assert_eq!(seen.complaints, Vec::<String>::new());
}
