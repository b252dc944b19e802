//! Kotlin, Swift and Python read core's own words: whatever is declared once more in `bindings/ffi` says the same there.
#![expect(
    clippy::unwrap_used,
    reason = "a failed expectation is how a test speaks, in its helpers too"
)]

use std::collections::BTreeMap;
use std::path::Path;
use syn::{Attribute, Expr, Fields, ImplItem, Item, Lit, Meta, TraitItem, Type};

/// `Snapshot`, `Snapshot.cameras`, `Care.plans()` → what is said about it.
type Words = BTreeMap<String, String>;

/// Methods core calls otherwise.
const RENAMED: [(&str, &str); 4] = [
    ("open_care()", "Care.open()"),
    ("Care.shutdown()", "Care.close()"),
    ("Changes.end()", "Changes.close()"),
    ("Outcomes.end()", "Outcomes.close()"),
];

/// Said otherwise on purpose: what they mean is another thing here.
const OWN_WORDS: [&str; 4] = ["Care.resume()", "Config", "Config.cloud_url", "Log.line()"];

#[test]
fn the_foreign_side_reads_the_words_of_core() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (core, ffi) = (
        words_under(&root.join("../../core/src")),
        words_under(&root.join("src")),
    );
    assert!(ffi.len() > 200, "the foreign side was read: {}", ffi.len());
    let mut other = Vec::new();
    for (name, said) in &ffi {
        let renamed = RENAMED.iter().find(|(here, _)| here == name);
        let Some(expected) = core.get(renamed.map_or(name.as_str(), |(_, there)| there)) else {
            continue;
        };
        if !OWN_WORDS.contains(&name.as_str()) && !said.starts_with(expected.as_str()) {
            other.push(format!("{name}: core says {expected:?}, here it is {said:?}"));
        }
    }
    assert!(other.is_empty(), "{}", other.join("\n"));
}

fn words_under(folder: &Path) -> Words {
    let mut words = Words::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            words.extend(words_under(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
            file.items.iter().for_each(|item| read(item, &mut words));
        }
    }
    words
}

fn read(item: &Item, words: &mut Words) {
    match item {
        Item::Struct(item) => {
            let name = item.ident.to_string();
            fields(&name, &item.fields, words);
            say(words, name, &item.attrs);
        }
        Item::Enum(item) => {
            let name = item.ident.to_string();
            for variant in &item.variants {
                let of = format!("{name}.{}", variant.ident);
                fields(&of, &variant.fields, words);
                say(words, of, &variant.attrs);
            }
            say(words, name, &item.attrs);
        }
        Item::Trait(item) => {
            for method in &item.items {
                if let TraitItem::Fn(method) = method {
                    say(words, format!("{}.{}()", item.ident, method.sig.ident), &method.attrs);
                }
            }
            say(words, item.ident.to_string(), &item.attrs);
        }
        Item::Impl(item) if item.trait_.is_none() => {
            let Type::Path(path) = &*item.self_ty else { return };
            let name = path.path.segments.last().unwrap().ident.to_string();
            for method in &item.items {
                if let ImplItem::Fn(method) = method {
                    say(words, format!("{name}.{}()", method.sig.ident), &method.attrs);
                }
            }
        }
        Item::Fn(item) if matches!(item.vis, syn::Visibility::Public(_)) => {
            say(words, format!("{}()", item.sig.ident), &item.attrs);
        }
        Item::Macro(item) => invocation(&item.mac, words),
        _ => {}
    }
}

/// `identifier! { /// … Name, … }`, `open_enum! { /// … Name { … } }` and `custom_type!( /// … Name, …)`.
fn invocation(mac: &syn::Macro, words: &mut Words) {
    let named = |input: syn::parse::ParseStream<'_>| -> syn::Result<(syn::Ident, Vec<Attribute>)> {
        let attrs = input.call(Attribute::parse_outer)?;
        let name: syn::Ident = input.parse()?;
        Ok((name, attrs))
    };
    let all = |input: syn::parse::ParseStream<'_>| {
        let mut found = Vec::new();
        while let Ok(one) = named(input) {
            found.push(one);
            if input.parse::<syn::Token![,]>().is_err() {
                break;
            }
        }
        input.parse::<proc_macro2::TokenStream>()?;
        Ok(found)
    };
    for (name, attrs) in mac.parse_body_with(all).unwrap_or_default() {
        say(words, name.to_string(), &attrs);
    }
}

fn fields(of: &str, fields: &Fields, words: &mut Words) {
    for field in fields {
        if let Some(name) = &field.ident {
            say(words, format!("{of}.{name}"), &field.attrs);
        }
    }
}

fn say(words: &mut Words, name: String, attrs: &[Attribute]) {
    let lines = attrs
        .iter()
        .filter(|attr| attr.path().is_ident("doc"))
        .filter_map(|attr| match &attr.meta {
            Meta::NameValue(pair) => match &pair.value {
                Expr::Lit(lit) => match &lit.lit {
                    Lit::Str(text) => Some(text.value().trim().to_owned()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        });
    let said: Vec<String> = lines.collect();
    if !said.is_empty() {
        words.insert(name, said.join("\n"));
    }
}
