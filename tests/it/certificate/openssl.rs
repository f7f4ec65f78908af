//! With keys that openssl makes, and openssl as the judge of signatures.

use std::process::{Command, Output};

use base64ct::{Base64, Encoding};
use koplint::certificate::dsse::{PAYLOAD_TYPE, pae};
use koplint::certificate::read::Certificate;

use super::Data;
use super::command::koplint;

/// Runs openssl in a folder; None where there is none that knows ed25519.
fn openssl(data: &Data, args: &[&str]) -> Option<Output> {
    let output = Command::new("openssl")
        .args(args)
        .current_dir(data.path("."))
        .output();
    output.ok()
}

/// A folder with a key and its public key, if openssl makes them.
fn with_keys() -> Option<Data> {
    let data = Data::new(&[("banyumas.json", "a.json")]);
    let made = [
        &["genpkey", "-algorithm", "ed25519", "-out", "k.pem"][..],
        &["pkey", "-in", "k.pem", "-pubout", "-out", "p.pem"],
        &[
            "pkey", "-in", "k.pem", "-pubout", "-outform", "DER", "-out", "p.der",
        ],
    ];
    let done = made
        .iter()
        .all(|args| openssl(&data, args).is_some_and(|out| out.status.success()));
    if !done {
        println!("skipped: no openssl that makes ed25519 keys");
    }
    done.then_some(data)
}

#[test]
fn openssl_verifies_what_koplint_signs() {
    let Some(data) = with_keys() else { return };
    let out = koplint(
        &data,
        &["certify", "a.json", "--out", "c", "--key", "k.pem"],
    );
    assert_eq!(out.code, 0, "{out:?}");
    let out = koplint(&data, &["verify", "c", "a.json", "--public-key", "p.pem"]);
    assert_eq!(out.code, 0, "{out:?}");
    assert!(out.text.contains("HOLDS"), "{out:?}");
    let certificate = Certificate::read(&std::fs::read(data.path("c")).unwrap()).unwrap();
    let one = &certificate.envelope.signatures[0];
    data.write("sig", &Base64::decode_vec(&one.sig).unwrap());
    data.write("signed", &pae(PAYLOAD_TYPE, &certificate.payload));
    let verify = [
        "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "p.pem", "-sigfile", "sig", "-in",
        "signed",
    ];
    let said = openssl(&data, &verify).unwrap();
    assert!(said.status.success(), "{said:?}");
    data.write("signed", &certificate.payload);
    assert!(!openssl(&data, &verify).unwrap().status.success());
    // The key's name is the hash of its public key.
    let said = openssl(&data, &["dgst", "-sha256", "-r", "p.der"]).unwrap();
    assert!(
        String::from_utf8_lossy(&said.stdout).starts_with(&one.keyid),
        "{said:?}"
    );
}

/// What openssl signs, koplint verifies.
#[test]
fn koplint_verifies_what_openssl_signs() {
    let Some(data) = with_keys() else { return };
    let payload = Data::new(&[("banyumas.json", "a.json")]).statement();
    let payload = payload.bytes().unwrap();
    data.write("signed", &pae(PAYLOAD_TYPE, &payload));
    let sign = [
        "pkeyutl", "-sign", "-rawin", "-inkey", "k.pem", "-in", "signed", "-out", "sig",
    ];
    assert!(openssl(&data, &sign).unwrap().status.success());
    let envelope = serde_json::json!({
        "payload": Base64::encode_string(&payload),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [{"sig": Base64::encode_string(&std::fs::read(data.path("sig")).unwrap())}],
    });
    data.write("c", envelope.to_string().as_bytes());
    let out = koplint(&data, &["verify", "c", "a.json", "--public-key", "p.pem"]);
    assert_eq!(out.code, 0, "{out:?}");
}

#[test]
fn keys_of_another_kind_are_refused_in_plain_words() {
    let Some(data) = with_keys() else { return };
    let make = |args: &[&str]| assert!(openssl(&data, args).unwrap().status.success(), "{args:?}");
    make(&[
        "genpkey",
        "-algorithm",
        "ed25519",
        "-aes256",
        "-pass",
        "pass:x",
        "-out",
        "locked.pem",
    ]);
    make(&["genpkey", "-algorithm", "X25519", "-out", "other.pem"]);
    make(&[
        "pkey",
        "-in",
        "other.pem",
        "-pubout",
        "-out",
        "other.pub.pem",
    ]);
    let secret = std::fs::read_to_string(data.path("k.pem")).unwrap();
    let secret = secret.lines().nth(1).unwrap();
    data.write("broken.pem", &secret.as_bytes()[..40]);
    for (file, why) in [
        ("locked.pem", "protected by a password"),
        ("p.pem", "this is a public key"),
        ("other.pem", "no ed25519 key"),
        ("broken.pem", "no ed25519 key"),
        ("p.der", "no PEM"),
        (".", "this is a folder"),
    ] {
        let out = koplint(&data, &["certify", "a.json", "--out", "c", "--key", file]);
        assert_eq!(out.code, 2, "{out:?}");
        assert!(out.errors.contains(why), "{file}: {out:?}");
        assert!(!out.errors.contains(&secret[..20]), "{out:?}");
    }
    assert!(!data.path("c").exists());
    assert_eq!(koplint(&data, &["certify", "a.json", "--out", "c"]).code, 0);
    for (file, why) in [
        ("k.pem", "openssl pkey"),
        ("other.pub.pem", "no ed25519 public key"),
    ] {
        let out = koplint(&data, &["verify", "c", "a.json", "--public-key", file]);
        assert!(out.code == 2 && out.errors.contains(why), "{file}: {out:?}");
    }
    let out = koplint(&data, &["verify", "c", "a.json", "--public-key", "p.pem"]);
    assert!(
        out.code == 1 && out.text.contains("none that holds by the key p.pem"),
        "{out:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let Some(data) = with_keys() else { return };
    for (mode, warned) in [(0o600, false), (0o640, true), (0o604, true)] {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(data.path("k.pem"), mode).unwrap();
        let out = koplint(
            &data,
            &["certify", "a.json", "--out", "c", "--key", "k.pem"],
        );
        assert_eq!(
            (out.code, out.errors.contains("warning")),
            (0, warned),
            "{out:?}"
        );
    }
}
