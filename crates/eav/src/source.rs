//! Options of attributes: those of a source model, or the rows of `eav_attribute_option`.

use std::collections::HashMap;

use contract::{BoxFuture, Cx, Result, StoreScope};

use crate::metadata::Attribute;
use crate::repo;

/// The source model of options that stand in the database; also that of selects that name none.
pub const TABLE: &str = "Magento\\Eav\\Model\\Entity\\Attribute\\Source\\Table";

/// The source model of yes and no.
pub const BOOLEAN: &str = "Magento\\Eav\\Model\\Entity\\Attribute\\Source\\Boolean";

/// One thing to choose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceOption {
    /// What is shown.
    pub label: String,
    /// What is stored.
    pub value: String,
    /// Whether the source says that it is the usual choice, as that of countries does.
    pub is_default: bool,
}

impl SourceOption {
    /// An option from its two texts.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            is_default: false,
        }
    }
}

/// Gives the options of a source model.
pub trait Source: Send + Sync {
    /// Magento's class, as in `eav_attribute.source_model`.
    fn model(&self) -> &'static str;

    /// The options as the scope shows them.
    fn options<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        scope: &'a StoreScope,
    ) -> BoxFuture<'a, Result<Vec<SourceOption>>>;
}

/// A source whose options are always the same.
#[derive(Debug, Clone, Copy)]
pub struct Fixed {
    /// Magento's class.
    pub model: &'static str,
    /// Labels and values.
    pub options: &'static [(&'static str, &'static str)],
}

impl Source for Fixed {
    fn model(&self) -> &'static str {
        self.model
    }

    fn options<'a>(
        &'a self,
        _: &'a mut Cx<'_>,
        _: &'a StoreScope,
    ) -> BoxFuture<'a, Result<Vec<SourceOption>>> {
        let options = self
            .options
            .iter()
            .map(|(label, value)| SourceOption::new(*label, *value));
        let options = options.collect();
        Box::pin(async move { Ok(options) })
    }
}

/// All source models of the process; a service of it.
pub struct Sources(Vec<Box<dyn Source>>);

impl Sources {
    /// The sources of the domains, beside those of this crate.
    pub fn new(domains: impl IntoIterator<Item = Vec<Box<dyn Source>>>) -> Self {
        let boolean = Fixed {
            model: BOOLEAN,
            options: &[("Yes", "1"), ("No", "0")],
        };
        let own: Box<dyn Source> = Box::new(boolean);
        Self(
            std::iter::once(own)
                .chain(domains.into_iter().flatten())
                .collect(),
        )
    }

    fn get(&self, model: &str) -> Option<&dyn Source> {
        self.0.iter().find(|s| s.model() == model).map(|source| &**source)
    }
}

/// The source model of an attribute; none when it has no options.
pub fn model_of(attribute: &Attribute) -> Option<&str> {
    match attribute.source_model.as_deref() {
        Some("") | None => {
            let chosen = attribute.has_input("select") || attribute.has_input("multiselect");
            chosen.then_some(TABLE)
        }
        model => model,
    }
}

/// The options of attributes as the scope shows them, by attribute id. One statement for all attributes whose
/// options stand in the database, and what each other source model needs, once.
///
/// # Errors
/// The database cannot be read.
pub async fn options_of(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    attributes: &[&Attribute],
) -> Result<HashMap<i64, Vec<SourceOption>>> {
    let mut found = HashMap::new();
    let mut by_model: HashMap<&str, Vec<i64>> = HashMap::new();
    for attribute in attributes {
        if let Some(model) = model_of(attribute) {
            by_model.entry(model).or_default().push(attribute.id);
        }
    }
    if let Some(ids) = by_model.remove(TABLE) {
        let blank = vec![SourceOption::new(" ", "")];
        found.extend(ids.iter().map(|id| (*id, blank.clone())));
        for row in repo::option::labels(cx.session(), &ids, scope.store_id).await? {
            let option = SourceOption::new(row.label.unwrap_or_default(), row.option_id.to_string());
            found.entry(row.attribute_id).or_default().push(option);
        }
    }
    for (model, ids) in by_model {
        // The options of a model that only a module of the shop knows cannot be told.
        let options = match cx.service::<Sources>()?.get(model) {
            Some(source) => source.options(cx, scope).await?,
            None => Vec::new(),
        };
        found.extend(ids.into_iter().map(|id| (id, options.clone())));
    }
    Ok(found)
}
