//! Holds an exchange to the document: what was accepted was asked as documented, and what was answered is documented.
//!
//! A breach names path, status, JSON pointer and keyword, and never a value: bodies hold receipts and tokens.
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::DOCUMENTS;
use super::document::{content_type, resolved};
use super::operation::{Parameter, Place};
use super::routes::Route;
use super::schema::close;
use crate::call::{Answer, Call};

/// One request with its answer, and what of it is not as documented.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(super) document: &'static str,
    /// `GET /v1/account`
    pub(super) operation: String,
    pub(super) status: u16,
    pub(super) breaches: Vec<String>,
}

/// Where a call is documented.
pub(super) struct Reading<'d, 'c> {
    pub(super) route: &'d Route,
    pub(super) held: &'d Held,
    pub(super) path: Vec<&'c str>,
}

/// Holds a call and its answer to the document that has its path.
pub(crate) fn check(call: &Call, answer: &Answer) -> Exchange {
    let found = DOCUMENTS
        .iter()
        .find_map(|document| Some((document.name, document.find(call)?)));
    let Some((document, reading)) = found else {
        return Exchange {
            document: "none",
            operation: format!("{} {}", call.method, shortened(call.path())),
            status: answer.status.as_u16(),
            breaches: vec!["no document has this path".to_owned()],
        };
    };
    let mut breaches = Vec::new();
    if answer.status.is_success() || answer.status == http::StatusCode::NOT_MODIFIED {
        reading.held.request(&reading, call, &mut breaches);
    }
    reading.held.answer(answer, &mut breaches);
    Exchange {
        document,
        operation: format!("{} {}", call.method, reading.route.path),
        status: answer.status.as_u16(),
        breaches,
    }
}

/// A path without what might be a token.
fn shortened(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.len() > 24 { "…" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// A document's components.
pub(super) struct Components {
    open: Arc<Value>,
    /// Stricter than a cloud may be: what our own clients send is documented to the last member.
    closed: Arc<Value>,
}

impl Components {
    pub(super) fn of(openapi: &Value) -> Components {
        let open = openapi["components"]["schemas"].clone();
        let mut closed = open.clone();
        close(&mut closed);
        Components {
            open: Arc::new(open),
            closed: Arc::new(closed),
        }
    }
}

/// The schemas of one operation, each compiled when it is first needed.
pub(super) struct Held {
    parameters: Vec<(Parameter, Lazily)>,
    body: Option<(bool, bool, Lazily)>,
    answers: BTreeMap<u16, HeldAnswer>,
}

struct HeldAnswer {
    content_types: Vec<&'static str>,
    body: Option<Lazily>,
    headers: Vec<(&'static str, bool, Lazily)>,
}

impl Held {
    pub(super) fn to(route: &Route, openapi: &Value, components: &Components) -> Held {
        let method = route.method.as_str().to_lowercase();
        let operation = &openapi["paths"][route.path][method];
        let Components { open, closed } = components;
        let parameters = route.operation.parameters.iter().enumerate().map(|(index, known)| {
            let schema = &resolved(openapi, &operation["parameters"][index])["schema"];
            (known.clone(), Lazily::of(schema, open))
        });
        let body = route.operation.body.as_ref().map(|body| {
            let schema = &operation["requestBody"]["content"][body.content_type]["schema"];
            let form = body.content_type != "application/json";
            (body.required, form, Lazily::of(schema, closed))
        });
        let mut answers: BTreeMap<u16, HeldAnswer> = BTreeMap::new();
        for reply in &route.operation.replies {
            let shown = &operation["responses"][reply.status.to_string()];
            let kind = content_type(&reply.content);
            let known = answers.entry(reply.status).or_insert_with(|| HeldAnswer {
                content_types: Vec::new(),
                body: None,
                headers: Vec::new(),
            });
            if let Some(kind) = kind {
                known.content_types.push(kind);
                known.body = Some(Lazily::of(&shown["content"][kind]["schema"], open));
            }
            for header in &reply.headers {
                let schema = &resolved(openapi, &shown["headers"][header.name])["schema"];
                if !known.headers.iter().any(|(name, ..)| *name == header.name) {
                    known
                        .headers
                        .push((header.name, header.required, Lazily::of(schema, open)));
                }
            }
        }
        Held {
            parameters: parameters.collect(),
            body,
            answers,
        }
    }

    fn request(&self, reading: &Reading<'_, '_>, call: &Call, breaches: &mut Vec<String>) {
        let mut path = reading.path.iter();
        for (known, schema) in &self.parameters {
            let value = match known.place {
                Place::Path => path.next().copied(),
                Place::Query => call.query(known.name),
                Place::Header => Some(call.header(known.name)).filter(|value| !value.is_empty()),
            };
            match value {
                Some(value) => schema.hold(&json!(value), &format!("request: {}", known.name), breaches),
                None if known.required => breaches.push(format!("request: {} is missing", known.name)),
                None => {}
            }
        }
        match &self.body {
            None if !call.body.is_empty() => breaches.push("request: a body nobody asked for".to_owned()),
            None => {}
            Some((true, ..)) if call.body.is_empty() => breaches.push("request: the body is missing".to_owned()),
            Some(_) if call.body.is_empty() => {}
            Some((_, true, schema)) => schema.hold(&form(&call.body), "request", breaches),
            Some((_, false, schema)) => match serde_json::from_slice(&call.body) {
                Ok(body) => schema.hold(&body, "request", breaches),
                Err(_) => breaches.push("request: no JSON".to_owned()),
            },
        }
    }

    fn answer(&self, answer: &Answer, breaches: &mut Vec<String>) {
        let Some(known) = self.answers.get(&answer.status.as_u16()) else {
            breaches.push("answer: the status is not documented".to_owned());
            return;
        };
        for (name, required, schema) in &known.headers {
            match answer.header(name) {
                "" if *required => breaches.push(format!("answer: {name} is missing")),
                "" => {}
                value => schema.hold(&json!(value), &format!("answer: {name}"), breaches),
            }
        }
        let Some(schema) = &known.body else {
            if !answer.body.is_empty() {
                breaches.push("answer: a body where none is documented".to_owned());
            }
            return;
        };
        if !known.content_types.contains(&answer.content_type) {
            breaches.push("answer: the content type is not documented".to_owned());
        }
        match serde_json::from_slice(&answer.body) {
            Ok(body) => schema.hold(&body, "answer", breaches),
            Err(_) => breaches.push("answer: no JSON".to_owned()),
        }
    }

    /// The first schema that does not compile.
    #[cfg(test)]
    pub(super) fn broken(&self) -> Option<String> {
        let parameters = self.parameters.iter().map(|(_, schema)| schema);
        let bodies = self.body.iter().map(|(_, _, schema)| schema);
        let answers = self.answers.values().flat_map(|known| {
            let headers = known.headers.iter().map(|(_, _, schema)| schema);
            headers.chain(&known.body)
        });
        parameters
            .chain(bodies)
            .chain(answers)
            .find_map(|schema| schema.compiled().as_ref().err().cloned())
    }
}

/// A form, each field a string.
fn form(body: &[u8]) -> Value {
    let text = String::from_utf8_lossy(body);
    let fields = text.split('&').filter_map(|pair| pair.split_once('='));
    let fields: Map<String, Value> = fields
        .map(|(name, value)| (name.to_owned(), json!(value.replace("%3A", ":"))))
        .collect();
    Value::Object(fields)
}

/// A schema of a document, compiled when it is first needed.
struct Lazily {
    schema: Value,
    components: Arc<Value>,
    compiled: OnceLock<Result<Validator, String>>,
}

impl Lazily {
    fn of(schema: &Value, components: &Arc<Value>) -> Lazily {
        Lazily {
            schema: schema.clone(),
            components: Arc::clone(components),
            compiled: OnceLock::new(),
        }
    }

    fn compiled(&self) -> &Result<Validator, String> {
        self.compiled.get_or_init(|| {
            let whole = json!({ "allOf": [self.schema], "components": { "schemas": *self.components } });
            jsonschema::draft202012::new(&whole).map_err(|error| error.to_string())
        })
    }

    /// Enters what does not hold, by where it is and which keyword says so.
    fn hold(&self, value: &Value, what: &str, breaches: &mut Vec<String>) {
        match self.compiled() {
            // Nearly always so, and much sooner told than what would be wrong.
            Ok(schema) if schema.is_valid(value) => {}
            Ok(schema) => {
                for error in schema.iter_errors(value) {
                    let keyword = error.kind().keyword();
                    breaches.push(format!("{what}: {} breaks {keyword}", error.instance_path()));
                }
            }
            Err(_) => breaches.push(format!("{what}: the schema does not compile")),
        }
    }
}
