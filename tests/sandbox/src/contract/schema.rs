//! From types to the schemas of a document: what is asked and what is answered, both among the document's components.
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::operation::{Content, Reply, Shape};

/// Collects the components of a document.
pub(super) struct Schemas {
    asked: SchemaGenerator,
    answered: SchemaGenerator,
    problems: Map<String, Value>,
}

impl Schemas {
    pub(super) fn new() -> Schemas {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = "/components/schemas".into();
                settings.meta_schema = None;
            })
        };
        Schemas {
            asked: settings().into_generator(),
            answered: settings().for_serialize().into_generator(),
            problems: Map::new(),
        }
    }

    pub(super) fn asked(&mut self, shape: Shape) -> Value {
        shape(&mut self.asked).to_value()
    }

    pub(super) fn header(&mut self, shape: Shape) -> Value {
        shape(&mut self.answered).to_value()
    }

    /// The schema of an answer's body; none where it is empty.
    pub(super) fn answered(&mut self, reply: &Reply) -> Option<Value> {
        match &reply.content {
            Content::Empty => None,
            Content::Json(shape) => Some(shape(&mut self.answered).to_value()),
            Content::Problem { code, extras } => {
                let name = format!("{}Problem", camel(code));
                let problem = self.problem(reply, code, extras);
                self.problems.insert(name.clone(), problem);
                Some(json!({ "$ref": format!("#/components/schemas/{name}") }))
            }
        }
    }

    fn problem(&mut self, reply: &Reply, code: &str, extras: &[(&'static str, Shape)]) -> Value {
        let mut properties = Map::from_iter([
            (
                "type".to_owned(),
                json!({ "const": format!("urn:care:problem:{code}") }),
            ),
            (
                "title".to_owned(),
                json!({ "type": "string", "minLength": 1, "maxLength": 300, "description": "For whoever reads a log." }),
            ),
            ("status".to_owned(), json!({ "const": reply.status })),
            (
                "code".to_owned(),
                json!({ "const": code, "description": "What a client decides by." }),
            ),
        ]);
        for (name, shape) in extras {
            properties.insert((*name).to_owned(), shape(&mut self.answered).to_value());
        }
        let required: Vec<&String> = properties.keys().collect();
        json!({
            "type": "object", "description": reply.says, "required": required, "properties": properties,
            "additionalProperties": false,
        })
    }

    /// The components. What is asked may hold members nobody knows, what is answered may not.
    pub(super) fn components(mut self) -> Map<String, Value> {
        let mut components = self.asked.take_definitions(true);
        let mut answered = self.answered.take_definitions(true);
        answered.values_mut().for_each(close);
        for (name, schema) in answered.into_iter().chain(self.problems) {
            let before = components.insert(name.clone(), schema.clone());
            assert!(
                before.is_none_or(|before| before == schema),
                "two schemas are called {name}"
            );
        }
        components
    }
}

/// Lets an object have the members it names and no others.
pub(super) fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.get("properties").is_some_and(Value::is_object) && members.contains_key("type") {
                members.entry("additionalProperties").or_insert(json!(false));
            }
            members.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// `slot_taken` as `SlotTaken`.
fn camel(code: &str) -> String {
    code.split('_')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            format!("{}{rest}", first.to_uppercase())
        })
        .collect()
}
