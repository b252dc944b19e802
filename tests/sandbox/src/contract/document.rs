//! An OpenAPI 3.1 document, made of the routes themselves, with the check of each operation beside it.
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::check::{Components, Held, Reading};
use super::operation::{Content, Operation, Parameter, Place, Reply};
use super::routes::{Route, Routes};
use super::schema::Schemas;
use crate::call::Call;

/// A tag of a document and what its operations are about.
pub(super) type Tag = (&'static str, &'static str);

pub(super) struct Document {
    pub(super) name: &'static str,
    pub(super) openapi: Value,
    services: Vec<(&'static Routes, Vec<Held>)>,
}

impl Document {
    pub(super) fn of(
        name: &'static str,
        title: &str,
        description: &str,
        tags: &[Tag],
        services: Vec<&'static LazyLock<Routes>>,
    ) -> Document {
        let services: Vec<&'static Routes> = services.into_iter().map(|service| &**service).collect();
        let mut schemas = Schemas::new();
        let mut shared = Shared::default();
        let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
        let mut schemes = Map::new();
        for route in services.iter().flat_map(|service| &service.all) {
            let method = route.method.as_str().to_lowercase();
            let operation = operation(route, &mut schemas, &mut shared);
            paths.entry(route.path).or_default().insert(method, operation);
            if let Some((scheme, _)) = route.operation.security {
                schemes.insert(scheme.to_owned(), security(scheme));
            }
        }
        let mut components =
            json!({ "parameters": shared.parameters, "headers": shared.headers, "schemas": schemas.components() });
        if !schemes.is_empty() {
            components["securitySchemes"] = Value::Object(schemes);
        }
        let tags: Vec<Value> = tags
            .iter()
            .map(|(name, about)| json!({ "name": name, "description": about }))
            .collect();
        let openapi = json!({
            "openapi": "3.1.0",
            "info": { "title": title, "version": "1", "description": description.trim() },
            "servers": [{ "url": "/" }],
            "tags": tags, "paths": paths, "components": components,
        });
        let components = Components::of(&openapi);
        let hold = |route| Held::to(route, &openapi, &components);
        let services = services
            .into_iter()
            .map(|service| (service, service.all.iter().map(hold).collect()))
            .collect();
        Document {
            name,
            openapi,
            services,
        }
    }

    /// What holds a call to the document, with the parameters of its path.
    pub(super) fn find<'a>(&self, call: &'a Call) -> Option<Reading<'_, 'a>> {
        self.services.iter().find_map(|(routes, held)| {
            let (index, route, path) = routes.find(call)?;
            Some(Reading {
                route,
                held: held.get(index)?,
                path,
            })
        })
    }

    #[cfg(test)]
    pub(super) fn operations(&self) -> impl Iterator<Item = (&Route, &Held)> {
        self.services
            .iter()
            .flat_map(|(routes, held)| routes.all.iter().zip(held))
    }
}

/// Headers, of requests and of answers, that several operations have.
#[derive(Default)]
struct Shared {
    parameters: Map<String, Value>,
    headers: Map<String, Value>,
}

/// What a reference of the document stands for.
pub(super) fn resolved<'a>(openapi: &'a Value, value: &'a Value) -> &'a Value {
    let pointer = value["$ref"].as_str().and_then(|named| named.strip_prefix('#'));
    pointer.and_then(|pointer| openapi.pointer(pointer)).unwrap_or(value)
}

/// Kept once under its name, with a reference to it; another of the same name stays where it is.
fn share(kept: &mut Map<String, Value>, place: &str, name: &str, value: Value) -> Value {
    if *kept.entry(name).or_insert_with(|| value.clone()) == value {
        json!({ "$ref": format!("#/components/{place}/{name}") })
    } else {
        value
    }
}

fn operation(route: &Route, schemas: &mut Schemas, shared: &mut Shared) -> Value {
    let Operation {
        id,
        tag,
        summary,
        description,
        security,
        parameters,
        body,
        replies,
    } = &route.operation;
    let mut shown = json!({
        "operationId": id, "tags": [tag], "summary": summary,
        "description": if description.is_empty() { summary } else { description },
        "responses": responses(replies, schemas, shared),
    });
    if !parameters.is_empty() {
        shown["parameters"] = parameters
            .iter()
            .map(|known| parameter(known, schemas, shared))
            .collect();
    }
    if let Some(body) = body {
        let schema = schemas.asked(body.shape);
        shown["requestBody"] =
            json!({ "required": body.required, "content": { body.content_type: { "schema": schema } } });
    }
    if let Some((scheme, may_be_left_out)) = security {
        let mut schemes = vec![json!({ *scheme: [] })];
        if *may_be_left_out {
            schemes.push(json!({}));
        }
        shown["security"] = schemes.into();
    }
    shown
}

fn parameter(known: &Parameter, schemas: &mut Schemas, shared: &mut Shared) -> Value {
    let place = match known.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
    };
    let shown =
        json!({ "in": place, "name": known.name, "required": known.required, "schema": schemas.asked(known.shape) });
    match known.place {
        Place::Header => share(&mut shared.parameters, "parameters", known.name, shown),
        Place::Path | Place::Query => shown,
    }
}

fn responses(replies: &[Reply], schemas: &mut Schemas, shared: &mut Shared) -> Value {
    let mut by_status: BTreeMap<u16, Vec<&Reply>> = BTreeMap::new();
    for reply in replies {
        by_status.entry(reply.status).or_default().push(reply);
    }
    let responses = by_status.into_iter().map(|(status, replies)| {
        let mut content: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        let mut headers = Map::new();
        for reply in &replies {
            if let (Some(kind), Some(schema)) = (content_type(&reply.content), schemas.answered(reply)) {
                content.entry(kind).or_default().push(schema);
            }
            for header in &reply.headers {
                let schema = schemas.header(header.shape);
                let shown = json!({ "required": header.required, "schema": schema });
                let shown = share(&mut shared.headers, "headers", header.name, shown);
                headers.insert(header.name.to_owned(), shown);
            }
        }
        let mut shown = json!({ "description": described(&replies) });
        if !headers.is_empty() {
            shown["headers"] = Value::Object(headers);
        }
        if !content.is_empty() {
            let content: Map<String, Value> = content
                .into_iter()
                .map(|(kind, schemas)| (kind.to_owned(), json!({ "schema": any_of(schemas) })))
                .collect();
            shown["content"] = Value::Object(content);
        }
        (status.to_string(), shown)
    });
    Value::Object(responses.collect())
}

fn any_of(mut schemas: Vec<Value>) -> Value {
    schemas.dedup();
    match &schemas[..] {
        [one] => one.clone(),
        _ => json!({ "anyOf": schemas }),
    }
}

fn described(replies: &[&Reply]) -> String {
    let said = replies.iter().map(|reply| match &reply.content {
        Content::Problem { code, .. } => format!("`{code}`: {}", reply.says),
        _ => reply.says.to_owned(),
    });
    said.collect::<Vec<_>>().join(" · ")
}

pub(super) fn content_type(content: &Content) -> Option<&'static str> {
    match content {
        Content::Empty => None,
        Content::Json(_) => Some("application/json"),
        Content::Problem { .. } => Some("application/problem+json"),
    }
}

fn security(scheme: &str) -> Value {
    let about = match scheme {
        "session" => "A session of the account that `care-account` names.",
        "app-store-connect" => {
            "A JWT signed with ES256 by an App Store Connect API key: `kid`, `iss`, `aud` appstoreconnect-v1, `bid`, `exp`."
        }
        "google-service-account" => "An access token of `POST /play/token`.",
        _ => "The token that `care-sandbox up` prints and the trust file holds.",
    };
    json!({ "type": "http", "scheme": "bearer", "description": about })
}
