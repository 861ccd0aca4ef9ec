//! All operations, and the table that leads from a path to one of them (`spec/webapi.md §3`).

use std::borrow::Cow;

use matchit::Router;

use crate::operation::{Operation, Route, Verb};

/// Stands for an empty path segment while matching: Magento's variables may be empty, the table's may not.
const EMPTY: &str = "\u{1}";

/// The operations of this process.
pub struct Registry {
    operations: Vec<&'static Operation>,
    entries: Vec<Entry>,
    tables: [Router<usize>; 4],
}

struct Entry {
    operation: &'static Operation,
    route: &'static Route,
    variables: Vec<&'static str>,
}

/// A route that fits a path.
#[derive(Clone)]
pub struct Match {
    /// The operation.
    pub operation: &'static Operation,
    /// The route.
    pub route: &'static Route,
    /// The path's variables in order, decoded by form rules (`spec/webapi.md §3.4`).
    pub variables: Vec<(&'static str, String)>,
}

/// The declarations contradict each other.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// Two routes answer the same requests.
    #[error("route {method} {path} stands twice")]
    Duplicate {
        /// Verb of the second one.
        method: &'static str,
        /// Template of the second one.
        path: &'static str,
    },
    /// A route sets a parameter that the operation does not have (`spec/webapi.md §5.10`).
    #[error("route {method} {path} forces {name}, which is no parameter")]
    Forced {
        /// Verb of the route.
        method: &'static str,
        /// Its template.
        path: &'static str,
        /// The name.
        name: &'static str,
    },
}

impl Registry {
    /// Joins the `OPERATIONS` of the domains.
    ///
    /// # Errors
    /// Two routes that answer the same requests, or a forced parameter that does not exist.
    pub fn new(domains: &[&[&'static Operation]]) -> Result<Self, RegistryError> {
        let mut registry = Self {
            operations: Vec::new(),
            entries: Vec::new(),
            tables: Default::default(),
        };
        for operation in domains.iter().flat_map(|operations| operations.iter()) {
            registry.operations.push(operation);
            for route in operation.routes {
                registry.add(operation, route)?;
            }
        }
        Ok(registry)
    }

    fn add(&mut self, operation: &'static Operation, route: &'static Route) -> Result<(), RegistryError> {
        if let Some(forced) = route.forced.iter().find(|forced| !forced.fits(operation)) {
            return Err(RegistryError::Forced {
                method: route.verb.as_str(),
                path: route.path,
                name: forced.name,
            });
        }
        let mut variables = Vec::new();
        let mut template = String::new();
        for segment in route.path.trim_matches('/').split('/') {
            if !template.is_empty() {
                template.push('/');
            }
            match segment.strip_prefix(':') {
                // By position: two routes may name the same segment differently.
                Some(name) => {
                    template.push_str(&format!("{{p{}}}", variables.len()));
                    variables.push(name);
                }
                None => template.push_str(segment),
            }
        }
        self.tables[route.verb as usize]
            .insert(template, self.entries.len())
            .map_err(|_| RegistryError::Duplicate {
                method: route.verb.as_str(),
                path: route.path,
            })?;
        self.entries.push(Entry {
            operation,
            route,
            variables,
        });
        Ok(())
    }

    /// The route for a path from its version on (`V1/store/websites`), not decoded, without slashes at its ends. A
    /// literal segment beats a variable.
    pub fn find(&self, verb: Verb, path: &str) -> Option<Match> {
        let path = if path.contains("//") {
            Cow::Owned(
                path.split('/')
                    .map(|s| if s.is_empty() { EMPTY } else { s })
                    .collect::<Vec<_>>()
                    .join("/"),
            )
        } else {
            Cow::Borrowed(path)
        };
        let found = self.tables[verb as usize].at(&path).ok()?;
        let entry = &self.entries[*found.value];
        let decode = |value: &str| {
            if value == EMPTY {
                String::new()
            } else {
                wire::php::urldecode_form(value)
            }
        };
        let variables = entry
            .variables
            .iter()
            .copied()
            .zip(found.params.iter().map(|(_, v)| decode(v)))
            .collect();
        Some(Match {
            operation: entry.operation,
            route: entry.route,
            variables,
        })
    }

    /// All operations, in the order of the domains.
    pub fn operations(&self) -> impl Iterator<Item = &'static Operation> {
        self.operations.iter().copied()
    }

    /// All routes with their operations.
    pub fn routes(&self) -> impl Iterator<Item = (&'static Operation, &'static Route)> {
        self.entries.iter().map(|entry| (entry.operation, entry.route))
    }
}

#[cfg(test)]
mod tests;
