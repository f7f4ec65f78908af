//! Envelopes that were changed, and those that are hostile.

use base64ct::{Base64, Base64Url, Encoding};
use koplint::certificate::compare::Kind;
use koplint::certificate::dsse::{Envelope, Signed};
use koplint::certificate::read::Certificate;
use koplint::certificate::verify::Standing;
use koplint::lang::Lang;
use serde_json::{Value, json};

use super::{Data, key, packed, public};

fn small() -> Data {
    Data::new(&[("banyumas.json", "a.json")])
}

/// Why bytes are no certificate.
fn refused(bytes: &[u8]) -> String {
    let error = Certificate::read(bytes).unwrap_err();
    assert!(!error.words(Lang::Id).is_empty());
    error.words(Lang::En)
}

#[test]
fn every_region_of_its_bytes() {
    let data = small();
    let own = data.certified(Some(&key(1)));
    assert!(data.verify(&own, &[public(1)]).unwrap().holds());
    let text = std::str::from_utf8(&own).unwrap();
    let behind = text.find("\",\"payloadType").unwrap();
    let mut regions: Vec<usize> = (0..behind).step_by(41).collect();
    regions.extend(behind - 8..own.len());
    for at in regions {
        for flip in [0x01, 0x20, 0x80] {
            let mut changed = own.clone();
            changed[at] ^= flip;
            if let Ok(verdict) = data.verify(&changed, &[public(1)]) {
                let kinds = verdict.differences.iter().map(|one| one.kind);
                assert!(
                    kinds.clone().any(|kind| kind == Kind::Signature),
                    "{at} {flip}"
                );
            }
        }
        assert!(Certificate::read(&own[..at]).is_err(), "{at}");
    }
}

#[test]
fn signatures() {
    let data = small();
    let own = data.certified(Some(&key(1)));
    let envelope = Certificate::read(&own).unwrap().envelope;
    let check = |signatures: &[Signed], keys: &[u8]| {
        let envelope = Envelope {
            signatures: signatures.to_vec(),
            ..envelope.clone()
        };
        let bytes = serde_json::to_vec(&envelope).unwrap();
        let keys: Vec<_> = keys.iter().map(|seed| public(*seed)).collect();
        let verdict = data.verify(&bytes, &keys).unwrap();
        let standings: Vec<Standing> = verdict.signatures.iter().map(|one| one.standing).collect();
        (verdict.holds(), standings, verdict.notes.join("\n"))
    };
    let one = envelope.signatures[0].clone();
    let two = Certificate::read(&data.certified(Some(&key(2))))
        .unwrap()
        .envelope
        .signatures[0]
        .clone();
    let (holds, _, notes) = check(&[], &[]);
    assert!(holds && notes.contains("NOT SIGNED"), "{notes}");
    assert!(!check(&[], &[1]).0);
    let (holds, standings, notes) = check(std::slice::from_ref(&one), &[]);
    assert!(holds && standings == [Standing::Unchecked], "{notes}");
    assert!(
        notes.contains(&one.keyid) && notes.contains("NOT CHECKED"),
        "{notes}"
    );
    let both = [one.clone(), two.clone()];
    let (holds, standings, notes) = check(&both, &[1]);
    assert!(holds && standings == [Standing::Valid, Standing::Unchecked]);
    assert!(notes.contains(&two.keyid), "{notes}");
    let (holds, standings, _) = check(&both, &[2, 1]);
    assert!(holds && standings == [Standing::Valid, Standing::Valid]);
    // Every key that is given must have signed.
    assert!(!check(&both, &[1, 3]).0);
    assert!(!check(std::slice::from_ref(&two), &[1]).0);
    // A signature may be without a name, but not under another's.
    let keyid = |keyid: &str, sig: &str| Signed {
        keyid: keyid.to_owned(),
        sig: sig.to_owned(),
    };
    assert!(check(&[keyid("", &one.sig)], &[1]).0);
    let (holds, standings, _) = check(&[keyid(&two.keyid, &one.sig), one.clone()], &[1]);
    assert!(!holds && standings == [Standing::Invalid, Standing::Valid]);
    let (holds, standings, _) = check(&[keyid(&one.keyid, &two.sig), one.clone()], &[1]);
    assert!(!holds && standings == [Standing::Invalid, Standing::Valid]);
    // Every bit of the signature.
    let sig = Base64::decode_vec(&one.sig).unwrap();
    for bit in 0..sig.len() * 8 {
        let mut sig = sig.clone();
        sig[bit / 8] ^= 1 << (bit % 8);
        let signed = keyid(&one.keyid, &Base64::encode_string(&sig));
        let payload = Base64::decode_vec(&envelope.payload).unwrap();
        assert!(!signed.is_by(&public(1), &payload), "{bit}");
    }
    for wrong in [&sig[..63], &[], &[0; 65]] {
        let (holds, standings, _) =
            check(&[keyid(&one.keyid, &Base64::encode_string(wrong))], &[1]);
        assert!(!holds && standings == [Standing::Invalid]);
    }
}

#[test]
fn hostile_envelopes() {
    let data = small();
    let own = data.certified(Some(&key(1)));
    let value: Value = serde_json::from_slice(&own).unwrap();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut value = value.clone();
        change(&mut value);
        refused(value.to_string().as_bytes())
    };
    for bytes in [
        &b""[..],
        b"\0",
        b"\xff\xfe{}",
        b"[]",
        b"null",
        b"7",
        b"{}",
        b"PK\x03\x04",
    ] {
        assert!(refused(bytes).contains("no koplint certificate"));
    }
    for deep in ["[".repeat(1_000_000), "{\"payload\":".repeat(200_000)] {
        assert!(refused(deep.as_bytes()).contains("recursion"));
    }
    assert!(refused(&vec![b' '; 100 << 20]).contains("larger than"));
    assert!(with(&|all| all["extra"] = json!(1)).contains("extra"));
    assert!(with(&|all| all["signatures"][0]["cert"] = json!("x")).contains("cert"));
    assert!(with(&|all| all["payloadType"] = json!("text/plain")).contains("text/plain"));
    assert!(with(&|all| all["signatures"] = json!({})).contains("envelope"));
    assert!(with(&|all| all["signatures"] = json!(null)).contains("envelope"));
    assert!(with(&|all| all["payload"] = json!(["e30="])).contains("envelope"));
    assert!(with(&|all| all["payload"] = json!("e30")).contains("payload: base64"));
    assert!(with(&|all| all["signatures"][0]["sig"] = json!("!")).contains("signatures[0].sig"));
    assert!(
        with(&|all| {
            let one = all["signatures"][0].clone();
            all["signatures"] = json!(vec![one; 65]);
        })
        .contains("more than 64")
    );
    let text = String::from_utf8(own).unwrap();
    for name in ["payload", "payloadType", "signatures", "keyid"] {
        let member = format!("\"{name}\":");
        let twice = text.replacen(&member, &format!("{member}\"\",{member}"), 1);
        assert!(refused(twice.as_bytes()).contains(&format!("duplicate member `{name}`")));
    }
    assert!(refused(format!("{text}{text}").as_bytes()).contains("trailing"));
}

#[test]
fn hostile_payloads() {
    let data = small();
    let payload = data.statement().bytes().unwrap();
    let text = String::from_utf8(payload).unwrap();
    let with = |text: &str| refused(&packed(text.as_bytes(), None));
    assert!(Certificate::read(&packed(text.as_bytes(), None)).is_ok());
    // The same said otherwise.
    let spaced = text.replacen(':', ": ", 1);
    let escaped = text.replacen("koplint", "k\\u006fplint", 1);
    let longer = format!("{text}\n");
    for same in [spaced, escaped, longer] {
        assert!(with(&same).contains("as koplint writes it"));
    }
    let twice = text.replacen("\"verified\":", "\"verified\":999,\"verified\":", 1);
    assert!(with(&twice).contains("duplicate member `verified`"));
    let float = text.replacen("\"claimed\":12,", "\"claimed\":12.0,", 1);
    assert_ne!(float, text);
    with(&float);
    for wrong in ["", "[]", "\"x\"", "{\"_type\":1}", "{", "\u{feff}{}"] {
        with(wrong);
    }
    with(&"[".repeat(1_000_000));
    for huge in ["18446744073709551616", "1e999", "-0", "\"12\"", "{}"] {
        with(&text.replacen("\"claimed\":12,", &format!("\"claimed\":{huge},"), 1));
    }
    // Both alphabets of base64 are DSSE's.
    let envelope = json!({"payload": Base64Url::encode_string(text.as_bytes()),
        "payloadType": "application/vnd.in-toto+json", "signatures": []});
    assert!(
        data.verify(envelope.to_string().as_bytes(), &[])
            .unwrap()
            .holds()
    );
}
