//! Names that stand more than once in an object, known and unknown ones, against a plain model.

use std::fmt::Write as _;

use koplint::read::json;
use koplint::tape::{Doc, Name, Node, Span, Tape};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Item {
    Number,
    List(Vec<Item>),
    Object(Vec<Member>),
}

#[derive(Clone, Debug)]
struct Member {
    name: String,
    /// Its first letter is written as an escape.
    escaped: bool,
    /// White space behind the name.
    gap: bool,
    value: Item,
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(Name::ALL).prop_map(|name| name.text().to_owned()),
        2 => prop::sample::select(&["rat", "tahun", "x", "RAT", "rat2", "ra", ""][..])
            .prop_map(str::to_owned),
        1 => (0..120_u32).prop_map(|number| format!("x{number}")),
    ]
}

fn any_item() -> impl Strategy<Value = Item> {
    Just(Item::Number).prop_recursive(4, 300, 12, |inner| {
        let member = (any_name(), any::<bool>(), any::<bool>(), inner.clone());
        let member = member.prop_map(|(name, escaped, gap, value)| Member {
            name,
            escaped,
            gap,
            value,
        });
        prop_oneof![
            1 => prop::collection::vec(inner, 0..5).prop_map(Item::List),
            3 => prop::collection::vec(member, 0..12).prop_map(Item::Object),
        ]
    })
}

/// An object of many members, more than are gone through one by one.
fn crowded() -> impl Strategy<Value = Item> {
    let member = (any_name(), any::<bool>()).prop_map(|(name, escaped)| Member {
        name,
        escaped,
        gap: false,
        value: Item::Number,
    });
    let unknown = (0..400_u32).prop_map(|number| Member {
        name: format!("y{number}"),
        escaped: false,
        gap: true,
        value: Item::Number,
    });
    let all = prop::collection::vec(prop_oneof![member, unknown], 50..300);
    (all, any_item()).prop_map(|(mut all, last)| {
        all[20].value = last;
        Item::Object(all)
    })
}

/// Writes an item; gives the places of the keys of its own object.
fn write(item: &Item, out: &mut String, repeats: &mut Vec<(Span, Span)>) {
    match item {
        Item::Number => out.push('1'),
        Item::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                write(item, out, repeats);
            }
            out.push(']');
        }
        Item::Object(members) => {
            out.push('{');
            let mut seen: Vec<(&str, Span)> = Vec::new();
            for (at, member) in members.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                let start = out.len();
                let mut rest = &member.name[..];
                out.push('"');
                if let (true, Some(first)) = (member.escaped, rest.chars().next()) {
                    write!(out, "\\u{:04x}", u32::from(first)).unwrap();
                    rest = &rest[1..];
                }
                out.push_str(rest);
                out.push('"');
                let place = Span::new(start, out.len());
                match seen.iter().find(|(name, _)| *name == member.name) {
                    Some((_, first)) => repeats.push((*first, place)),
                    None => seen.push((&member.name, place)),
                }
                out.push_str(if member.gap { " :\n" } else { ":" });
                write(&member.value, out, repeats);
            }
            out.push('}');
        }
    }
}

fn same(node: Node<'_>, item: &Item) {
    match item {
        Item::Number => assert_eq!(node.as_number(), Some("1")),
        Item::List(items) => {
            assert_eq!(node.len(), items.len());
            assert_eq!(node.elements().count(), items.len());
            node.elements()
                .zip(items)
                .for_each(|(node, item)| same(node, item));
        }
        Item::Object(members) => {
            let again = |at: usize| members[..at].iter().any(|m| m.name == members[at].name);
            let first = (0..members.len()).filter(|at| !again(*at));
            let first: Vec<&Member> = first.map(|at| &members[at]).collect();
            assert_eq!(node.len(), first.len());
            assert_eq!(node.members().count(), first.len());
            for (own, member) in node.members().zip(first) {
                let times = members.iter().filter(|m| m.name == member.name).count();
                assert_eq!(own.name(), member.name);
                assert_eq!(own.known(), Name::of(&member.name));
                assert_eq!(own.key().as_str(), Some(&member.name[..]));
                assert_eq!(own.repeated(), times > 1);
                assert!(
                    node.get(&member.name)
                        .is_some_and(|got| got.at() == own.value().at())
                );
                same(own.value(), &member.value);
            }
        }
    }
}

fn check(item: &Item, tape: &mut Tape) {
    let (mut text, mut repeats) = (String::new(), Vec::new());
    write(item, &mut text, &mut repeats);
    tape.clear();
    json::value(&text, 0, text.len(), tape).unwrap();
    let doc = Doc::new(tape, &text);
    same(doc.root().unwrap(), item);
    let own = tape.repeats().iter();
    let own: Vec<_> = own
        .map(|repeat| (repeat.first, doc.node(repeat.again).place()))
        .collect();
    assert_eq!(own, repeats);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_are_told_apart_whatever_came_before(items in prop::collection::vec(
        prop_oneof![4 => any_item(), 1 => crowded()], 1..4,
    )) {
        // What a tape has learnt of one record must not change what it reads in another.
        let mut tape = Tape::new();
        for item in items.iter().chain(&items) {
            check(item, &mut tape);
        }
    }
}
