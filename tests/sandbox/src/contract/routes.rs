//! Routes: a method, a path with its parameters, the handler, and what is documented of it.
use http::Method;

use super::Operation;
use crate::call::{Answer, Call};
use crate::world::World;

/// Answers a call; the parameters of the path come in order. An error is an answer as well, a refusal.
pub(crate) type Handler = fn(&mut World, &Call, &[&str]) -> Result<Answer, Answer>;

pub(crate) struct Route {
    pub(super) method: Method,
    /// `/v1/reservations/{id}`
    pub(super) path: &'static str,
    pub(super) handler: Handler,
    pub(super) operation: Operation,
}

/// The routes of one service.
#[derive(Default)]
pub(crate) struct Routes {
    pub(super) all: Vec<Route>,
}

impl Routes {
    pub(crate) fn get(self, path: &'static str, handler: Handler, operation: Operation) -> Routes {
        self.route(Method::GET, path, handler, operation)
    }

    pub(crate) fn post(self, path: &'static str, handler: Handler, operation: Operation) -> Routes {
        self.route(Method::POST, path, handler, operation)
    }

    pub(crate) fn put(self, path: &'static str, handler: Handler, operation: Operation) -> Routes {
        self.route(Method::PUT, path, handler, operation)
    }

    pub(crate) fn delete(self, path: &'static str, handler: Handler, operation: Operation) -> Routes {
        self.route(Method::DELETE, path, handler, operation)
    }

    fn route(mut self, method: Method, path: &'static str, handler: Handler, operation: Operation) -> Routes {
        self.all.push(Route {
            method,
            path,
            handler,
            operation,
        });
        self
    }

    /// The route of a call and its place among the others, with the parameters of its path.
    pub(super) fn find<'a>(&self, call: &'a Call) -> Option<(usize, &Route, Vec<&'a str>)> {
        let asked = call.segments();
        self.all
            .iter()
            .enumerate()
            .filter(|(_, route)| route.method == call.method)
            .find_map(|(index, route)| Some((index, route, parameters(route.path, &asked)?)))
    }

    /// What the route's handler answers, a refusal as well as any; where there is no such route, what `nowhere` says.
    pub(crate) fn answer(&self, world: &mut World, call: &Call, nowhere: fn() -> Answer) -> Answer {
        match self.find(call) {
            Some((_, route, parameters)) => (route.handler)(world, call, &parameters).unwrap_or_else(|refused| refused),
            None => nowhere(),
        }
    }
}

/// The parameters of a path, where it is one of the template's: `{token}:acknowledge` takes what stands before the colon.
fn parameters<'a>(template: &str, asked: &[&'a str]) -> Option<Vec<&'a str>> {
    let wanted: Vec<&str> = template.trim_matches('/').split('/').collect();
    if wanted.len() != asked.len() {
        return None;
    }
    let mut found = Vec::new();
    for (wanted, asked) in wanted.iter().zip(asked) {
        match wanted.strip_prefix('{').and_then(|named| named.split_once('}')) {
            Some((_, behind)) => found.push(asked.strip_suffix(behind).filter(|value| !value.is_empty())?),
            None if wanted == asked => {}
            None => return None,
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_its_parameters_in_order_and_an_empty_one_is_none() {
        let asked = |path: &'static str| path.split('/').collect::<Vec<_>>();
        let acknowledge = "/subscriptions/{product}/tokens/{token}:acknowledge";
        assert_eq!(
            parameters(acknowledge, &asked("subscriptions/p/tokens/t.1:acknowledge")),
            Some(vec!["p", "t.1"])
        );
        assert_eq!(parameters(acknowledge, &asked("subscriptions/p/tokens/t.1")), None);
        assert_eq!(
            parameters(acknowledge, &asked("subscriptions//tokens/t:acknowledge")),
            None
        );
        assert_eq!(parameters("/v1/account", &asked("v1/account")), Some(vec![]));
        assert_eq!(parameters("/v1/account", &asked("v1/catalogue")), None);
    }
}
