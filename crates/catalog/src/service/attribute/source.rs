//! The options of the catalog's source models.

use std::collections::HashSet;
use std::sync::Arc;

use contract::port::Stores as _;
use contract::{BoxFuture, Cx, Result, StoreScope};
use eav::source::{Fixed, Source, SourceOption};
use store::Scopes;

/// Page layouts of a stock Magento.
const LAYOUTS: &[(&str, &str)] = &[
    ("No layout updates", ""),
    ("Empty", "empty"),
    ("1 column", "1column"),
    ("2 columns with left bar", "2columns-left"),
    ("2 columns with right bar", "2columns-right"),
    ("3 columns", "3columns"),
    ("Page -- Full Width", "cms-full-width"),
    ("Category -- Full Width", "category-full-width"),
    ("Product -- Full Width", "product-full-width"),
];

const FIXED: &[Fixed] = &[
    Fixed {
        model: "Magento\\Catalog\\Model\\Product\\Attribute\\Source\\Status",
        options: &[("Enabled", "1"), ("Disabled", "2")],
    },
    Fixed {
        model: "Magento\\Catalog\\Model\\Product\\Visibility",
        options: &[
            ("Not Visible Individually", "1"),
            ("Catalog", "2"),
            ("Search", "3"),
            ("Catalog, Search", "4"),
        ],
    },
    Fixed {
        model: "Magento\\Catalog\\Model\\Product\\Attribute\\Source\\Boolean",
        options: &[("Yes", "1"), ("No", "0"), ("Use config", "2")],
    },
    Fixed {
        model: "Magento\\Catalog\\Model\\Product\\Attribute\\Source\\Layout",
        options: LAYOUTS,
    },
    Fixed {
        model: "Magento\\Catalog\\Model\\Category\\Attribute\\Source\\Layout",
        options: LAYOUTS,
    },
    Fixed {
        model: "Magento\\Catalog\\Model\\Product\\Attribute\\Source\\LayoutUpdate",
        options: &[("No update", "__no_update__")],
    },
    Fixed {
        model: "Magento\\Catalog\\Model\\Category\\Attribute\\Source\\LayoutUpdate",
        options: &[("No update", "__no_update__")],
    },
    Fixed {
        model: "Magento\\Catalog\\Model\\Category\\Attribute\\Source\\Mode",
        options: &[
            ("Products only", "PRODUCTS"),
            ("Static block only", "PAGE"),
            ("Static block and products", "PRODUCTS_AND_PAGE"),
        ],
    },
    Fixed {
        model: "Magento\\Catalog\\Model\\Category\\Attribute\\Source\\Page",
        options: &[("Please select a static block.", "")],
    },
    Fixed {
        model: "Magento\\Catalog\\Model\\Entity\\Product\\Attribute\\Design\\Options\\Container",
        options: &[
            ("Product Info Column", "container1"),
            ("Block after Info Column", "container2"),
        ],
    },
    Fixed {
        model: "Magento\\CatalogInventory\\Model\\Source\\Stock",
        options: &[("In Stock", "1"), ("Out of Stock", "0")],
    },
    Fixed {
        model: "Magento\\Msrp\\Model\\Product\\Attribute\\Source\\Type\\Price",
        options: &[
            ("Use config", "0"),
            ("On Gesture", "1"),
            ("In Cart", "2"),
            ("Before Order Confirmation", "3"),
        ],
    },
    Fixed {
        model: "Magento\\Bundle\\Model\\Product\\Attribute\\Source\\Price\\View",
        options: &[("Price Range", "0"), ("As Low as", "1")],
    },
    Fixed {
        model: "Magento\\Bundle\\Model\\Product\\Attribute\\Source\\Shipment\\Type",
        options: &[("Together", "0"), ("Separately", "1")],
    },
    // The themes of a stock Magento, with the ids that it gives them.
    Fixed {
        model: "Magento\\Theme\\Model\\Theme\\Source\\Theme",
        options: &[
            ("-- Please Select --", ""),
            ("Magento Blank", "1"),
            ("Magento Luma", "3"),
        ],
    },
];

/// The source models of this crate.
#[must_use]
pub fn sources() -> Vec<Box<dyn Source>> {
    let mut sources: Vec<Box<dyn Source>> = vec![Box::new(SortBy), Box::new(Countries)];
    for fixed in FIXED {
        sources.push(Box::new(*fixed));
    }
    sources
}

/// What categories may be sorted by.
struct SortBy;

impl Source for SortBy {
    fn model(&self) -> &'static str {
        "Magento\\Catalog\\Model\\Category\\Attribute\\Source\\Sortby"
    }

    fn options<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        scope: &'a StoreScope,
    ) -> BoxFuture<'a, Result<Vec<SourceOption>>> {
        Box::pin(async move {
            let metadata = eav::metadata(cx)?;
            let attributes = metadata.entity_type(super::PRODUCT)?.attributes();
            let sorted = attributes
                .iter()
                .filter(|attribute| attribute.properties.flag("used_for_sort_by"));
            let sorted: Vec<_> = sorted.collect();
            let ids: Vec<i64> = sorted.iter().map(|attribute| attribute.id).collect();
            let labels = eav::service::attribute::labels(cx, &ids).await?;
            let label = |id: i64| {
                let (_, label) = labels
                    .get(&id)?
                    .iter()
                    .find(|(store, _)| *store == scope.store_id)?;
                Some(label.clone())
            };
            let mut options = vec![SourceOption::new("Position", "position")];
            options.extend(sorted.into_iter().map(|attribute| {
                let default = || attribute.frontend_label.clone().unwrap_or_default();
                SourceOption::new(label(attribute.id).unwrap_or_else(default), &attribute.code)
            }));
            Ok(options)
        })
    }
}

/// The countries that the store allows, by name.
struct Countries;

impl Source for Countries {
    fn model(&self) -> &'static str {
        "Magento\\Catalog\\Model\\Product\\Attribute\\Source\\Countryofmanufacture"
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
            let default = config("general/country/default");
            // The configuration also names Puerto Rico, which is no country of Magento.
            let known: HashSet<&str> = directory::stock::countries().map(|country| country.id).collect();
            let option = |code: &str| {
                let name = directory::locale::territory_name(&locale, code)?;
                known.contains(code).then(|| SourceOption {
                    is_default: code == &*default,
                    ..SourceOption::new(name, code)
                })
            };
            let mut options: Vec<SourceOption> = allowed.split(',').filter_map(option).collect();
            // By the bytes of the name: `Åland Islands` comes last (golden `get`).
            options.sort_by(|a, b| a.label.cmp(&b.label));
            options.insert(0, SourceOption::new(" ", ""));
            Ok(options)
        })
    }
}
