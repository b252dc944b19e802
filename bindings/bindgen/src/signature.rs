//! One block of text for each exported item, in the words of the languages it goes to: `string?`, `[CameraRow]`, `throws`.

use uniffi_meta::{
    EnumMetadata, FieldMetadata, FnParamMetadata, Metadata, ObjectImpl, ObjectMetadata, Type, VariantMetadata,
};

/// The blocks by section, in the order of reading.
pub(crate) fn sections(items: &[Metadata]) -> Vec<(&'static str, Vec<String>)> {
    let of = |wanted: fn(&Metadata) -> bool| -> Vec<String> {
        let chosen = items.iter().filter(|item| wanted(item));
        chosen.map(|item| block(item, items)).collect()
    };
    vec![
        ("Functions", of(|item| matches!(item, Metadata::Func(_)))),
        (
            "Objects",
            of(|item| matches!(item, Metadata::Object(object) if !is_port(object))),
        ),
        (
            "Ports, which a shell implements",
            of(|item| matches!(item, Metadata::Object(object) if is_port(object))),
        ),
        ("Records", of(|item| matches!(item, Metadata::Record(_)))),
        (
            "Enums",
            of(|item| matches!(item, Metadata::Enum(known) if !known.shape.is_error())),
        ),
        (
            "Errors",
            of(|item| matches!(item, Metadata::Enum(known) if known.shape.is_error())),
        ),
        ("Names", of(|item| matches!(item, Metadata::CustomType(_)))),
    ]
}

/// Whom an item belongs to: its type, or the function itself.
pub(crate) fn owner(item: &Metadata) -> &str {
    match item {
        Metadata::Func(function) => &function.name,
        Metadata::Object(object) => &object.name,
        Metadata::Method(method) => &method.self_name,
        Metadata::Constructor(constructor) => &constructor.self_name,
        Metadata::TraitMethod(method) => &method.trait_name,
        Metadata::Record(record) => &record.name,
        Metadata::Enum(known) => &known.name,
        Metadata::CustomType(custom) => &custom.name,
        _ => "",
    }
}

/// The item, or its parts, where they carry no documentation.
pub(crate) fn undocumented(item: &Metadata) -> Vec<String> {
    let own = owner(item);
    let without = |name: String, docs: &Option<String>| docs.is_none().then_some(name);
    let fields = |of: &str, fields: &[FieldMetadata]| -> Vec<String> {
        // A variant's one unnamed value is told by the variant.
        let named = fields.iter().filter(|field| !field.name.is_empty());
        named
            .filter_map(|field| without(format!("{of}.{}", field.name), &field.docstring))
            .collect()
    };
    match item {
        Metadata::Func(function) => without(own.to_owned(), &function.docstring).into_iter().collect(),
        Metadata::Object(object) => without(own.to_owned(), &object.docstring).into_iter().collect(),
        Metadata::Method(method) => without(format!("{own}.{}", method.name), &method.docstring)
            .into_iter()
            .collect(),
        Metadata::TraitMethod(method) => without(format!("{own}.{}", method.name), &method.docstring)
            .into_iter()
            .collect(),
        Metadata::CustomType(custom) => without(own.to_owned(), &custom.docstring).into_iter().collect(),
        Metadata::Record(record) => {
            let itself = without(own.to_owned(), &record.docstring);
            itself.into_iter().chain(fields(own, &record.fields)).collect()
        }
        Metadata::Enum(known) => {
            let itself = without(own.to_owned(), &known.docstring).into_iter();
            let variants = known.variants.iter().flat_map(|variant| {
                let of = format!("{own}.{}", variant.name);
                let itself = without(of.clone(), &variant.docstring);
                itself.into_iter().chain(fields(&of, &variant.fields))
            });
            itself.chain(variants).collect()
        }
        _ => Vec::new(),
    }
}

fn is_port(object: &ObjectMetadata) -> bool {
    matches!(object.imp, ObjectImpl::Trait(_))
}

fn block(item: &Metadata, items: &[Metadata]) -> String {
    match item {
        Metadata::Func(function) => call(
            &function.name,
            function.is_async,
            &function.inputs,
            &function.return_type,
            &function.throws,
        ),
        Metadata::Object(object) => with_lines(&object.name, calls_of(&object.name, items)),
        Metadata::Record(record) => with_lines(&record.name, record.fields.iter().map(field)),
        Metadata::Enum(known) => with_lines(&known.name, variants(known)),
        Metadata::CustomType(custom) => format!("{}: {}", custom.name, named(&custom.builtin)),
        _ => String::new(),
    }
}

fn calls_of(name: &str, items: &[Metadata]) -> Vec<String> {
    let calls = items
        .iter()
        .filter(|item| owner(item) == name)
        .filter_map(|item| match item {
            Metadata::Method(method) => Some(call(
                &method.name,
                method.is_async,
                &method.inputs,
                &method.return_type,
                &method.throws,
            )),
            Metadata::TraitMethod(method) => Some(call(
                &method.name,
                method.is_async,
                &method.inputs,
                &method.return_type,
                &method.throws,
            )),
            Metadata::Constructor(constructor) => Some(call(
                &constructor.name,
                constructor.is_async,
                &constructor.inputs,
                &None,
                &constructor.throws,
            )),
            _ => None,
        });
    calls.collect()
}

fn variants(known: &EnumMetadata) -> impl Iterator<Item = String> {
    known.variants.iter().map(|VariantMetadata { name, fields, .. }| {
        let fields: Vec<String> = fields.iter().map(field).collect();
        match fields.is_empty() {
            true => name.clone(),
            false => format!("{name}({})", fields.join(", ")),
        }
    })
}

fn with_lines(title: &str, lines: impl IntoIterator<Item = String>) -> String {
    let lines = lines.into_iter().map(|line| format!("\n    {line}"));
    format!("{title}{}", lines.collect::<String>())
}

fn field(field: &FieldMetadata) -> String {
    let optional = if field.default.is_some() { " = …" } else { "" };
    match field.name.as_str() {
        "" => named(&field.ty),
        name => format!("{name}: {}{optional}", named(&field.ty)),
    }
}

fn call(
    name: &str,
    is_async: bool,
    inputs: &[FnParamMetadata],
    returns: &Option<Type>,
    throws: &Option<Type>,
) -> String {
    let inputs = inputs.iter().map(|input| {
        let optional = if input.default.is_some() { " = …" } else { "" };
        format!("{}: {}{optional}", input.name, named(&input.ty))
    });
    let inputs: Vec<String> = inputs.collect();
    let returns = returns.as_ref().map(|ty| format!(" -> {}", named(ty)));
    let throws = throws.as_ref().map(|ty| format!(" throws {}", named(ty)));
    format!(
        "{}{name}({}){}{}",
        if is_async { "async " } else { "" },
        inputs.join(", "),
        returns.unwrap_or_default(),
        throws.unwrap_or_default()
    )
}

fn named(ty: &Type) -> String {
    match ty {
        Type::Optional { inner_type } => format!("{}?", named(inner_type)),
        Type::Sequence { inner_type } => format!("[{}]", named(inner_type)),
        Type::Set { inner_type } => format!("{{{}}}", named(inner_type)),
        Type::Map { key_type, value_type } => format!("{{{}: {}}}", named(key_type), named(value_type)),
        Type::Box { inner_type } => named(inner_type),
        Type::Object { name, .. }
        | Type::Record { name, .. }
        | Type::Enum { name, .. }
        | Type::CallbackInterface { name, .. }
        | Type::Custom { name, .. } => name.clone(),
        plain => format!("{plain:?}").to_lowercase(),
    }
}
