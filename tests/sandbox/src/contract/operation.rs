//! What is documented of a route: its parameters, its body, and each status it may answer with.
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// Makes a schema where the generator collects what it names.
pub(super) type Shape = fn(&mut SchemaGenerator) -> Schema;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Path,
    Query,
    Header,
}

#[derive(Clone)]
pub(super) struct Parameter {
    pub(super) place: Place,
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) shape: Shape,
}

#[derive(Clone)]
pub(super) struct Body {
    pub(super) content_type: &'static str,
    pub(super) required: bool,
    pub(super) shape: Shape,
}

/// One thing a status may carry. A status may carry several: each problem is one.
#[derive(Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) says: &'static str,
    pub(super) content: Content,
    pub(super) headers: Vec<Parameter>,
}

#[derive(Clone)]
pub(super) enum Content {
    Empty,
    Json(Shape),
    /// An RFC 9457 problem of this code, with what stands beside the code.
    Problem {
        code: &'static str,
        extras: Vec<(&'static str, Shape)>,
    },
}

/// An operation, built up by its service beside the route.
#[derive(Clone)]
pub(crate) struct Operation {
    pub(super) id: &'static str,
    pub(super) tag: &'static str,
    pub(super) summary: &'static str,
    pub(super) description: &'static str,
    /// The name of the security scheme; whether it may be left out.
    pub(super) security: Option<(&'static str, bool)>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Body>,
    pub(super) replies: Vec<Reply>,
}

fn shape<T: JsonSchema>() -> Shape {
    |generator| generator.subschema_for::<T>()
}

impl Operation {
    pub(crate) fn new(id: &'static str, tag: &'static str, summary: &'static str) -> Operation {
        Operation {
            id,
            tag,
            summary,
            description: "",
            security: None,
            parameters: Vec::new(),
            body: None,
            replies: Vec::new(),
        }
    }

    pub(crate) fn describe(mut self, description: &'static str) -> Operation {
        self.description = description;
        self
    }

    pub(crate) fn secured(mut self, scheme: &'static str) -> Operation {
        self.security = Some((scheme, false));
        self
    }

    pub(crate) fn may_be_secured(mut self, scheme: &'static str) -> Operation {
        self.security = Some((scheme, true));
        self
    }

    pub(crate) fn path<T: JsonSchema>(self, name: &'static str) -> Operation {
        self.parameter::<T>(Place::Path, name, true)
    }

    pub(crate) fn query<T: JsonSchema>(self, name: &'static str) -> Operation {
        self.parameter::<T>(Place::Query, name, false)
    }

    /// A header the request must have.
    pub(crate) fn header<T: JsonSchema>(self, name: &'static str) -> Operation {
        self.parameter::<T>(Place::Header, name, true)
    }

    /// A header the request may have.
    pub(crate) fn may_have<T: JsonSchema>(self, name: &'static str) -> Operation {
        self.parameter::<T>(Place::Header, name, false)
    }

    fn parameter<T: JsonSchema>(mut self, place: Place, name: &'static str, required: bool) -> Operation {
        self.parameters.push(Parameter {
            place,
            name,
            required,
            shape: shape::<T>(),
        });
        self
    }

    pub(crate) fn takes<T: JsonSchema>(self) -> Operation {
        self.takes_as::<T>("application/json", true)
    }

    /// A body that may be left out: one without fields then.
    pub(crate) fn may_take<T: JsonSchema>(self) -> Operation {
        self.takes_as::<T>("application/json", false)
    }

    pub(crate) fn takes_form<T: JsonSchema>(self) -> Operation {
        self.takes_as::<T>("application/x-www-form-urlencoded", true)
    }

    fn takes_as<T: JsonSchema>(mut self, content_type: &'static str, required: bool) -> Operation {
        self.body = Some(Body {
            content_type,
            required,
            shape: shape::<T>(),
        });
        self
    }

    pub(crate) fn answers<T: JsonSchema>(self, status: u16, says: &'static str) -> Operation {
        self.reply(status, says, Content::Json(shape::<T>()))
    }

    pub(crate) fn answers_empty(self, status: u16, says: &'static str) -> Operation {
        self.reply(status, says, Content::Empty)
    }

    pub(crate) fn refuses(self, status: u16, code: &'static str, says: &'static str) -> Operation {
        let extras = Vec::new();
        self.reply(status, says, Content::Problem { code, extras })
    }

    /// What stands beside the code of the problem named last.
    pub(crate) fn beside<T: JsonSchema>(mut self, name: &'static str) -> Operation {
        if let Some(Content::Problem { extras, .. }) = self.replies.last_mut().map(|reply| &mut reply.content) {
            extras.push((name, shape::<T>()));
        }
        self
    }

    fn reply(mut self, status: u16, says: &'static str, content: Content) -> Operation {
        self.replies.push(Reply {
            status,
            says,
            content,
            headers: Vec::new(),
        });
        self
    }

    /// A header the answer named last always has.
    pub(crate) fn with<T: JsonSchema>(mut self, name: &'static str) -> Operation {
        if let Some(reply) = self.replies.last_mut() {
            reply.headers.push(answer_header::<T>(name, true));
        }
        self
    }

    /// A header that every answer of the operation has, or may have.
    pub(crate) fn always_with<T: JsonSchema>(mut self, name: &'static str, required: bool) -> Operation {
        for reply in &mut self.replies {
            reply.headers.push(answer_header::<T>(name, required));
        }
        self
    }
}

fn answer_header<T: JsonSchema>(name: &'static str, required: bool) -> Parameter {
    Parameter {
        place: Place::Header,
        name,
        required,
        shape: shape::<T>(),
    }
}
