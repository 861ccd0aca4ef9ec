//! The two declarations that the rest of Magnetite reads: `#[operation]` on an async function and
//! `#[derive(DataObject)]` on a struct. What they mean is described in the `contract` crate, which
//! re-exports both; nothing else should depend on this crate.

mod data_object;
mod docs;
mod operation;

use proc_macro::TokenStream;

/// Declares an operation: a static `Operation` named like the function, in capitals, stands beside it.
///
/// ```text
/// /// Store views.
/// #[operation("storeStoreRepositoryV1", "Store views.")]
/// #[route(GET "/V1/store/storeViews" => "Magento_Backend::store", allow_insecure)]
/// pub(crate) async fn get_list(cx: &mut Cx<'_>) -> Result<Vec<StoreView>> { … }
/// ```
///
/// - The first literal is the service's name in the schema, the optional second one its description.
/// - A route is `METHOD "/path" => "Acl::resource"`, then any of `allow_insecure` (anonymous when
///   `webapi/webapisecurity/allow_insecure` is on, `spec/auth.md §5.6`), `https_only`, and
///   `force("customer.id" = "%customer_id%")` (`spec/webapi.md §5.8`).
/// - Every parameter after the context is a parameter of the call, under its camelCase name;
///   `Option<T>` is one with a default. Doc comments on parameters become their descriptions.
#[proc_macro_attribute]
pub fn operation(attribute: TokenStream, item: TokenStream) -> TokenStream {
    operation::expand(attribute.into(), item.into())
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// Derives the field table of a data object; field order is the order on the wire.
///
/// ```text
/// /// Store view.
/// #[derive(Default, DataObject)]
/// #[data("store-data-store-interface")]
/// struct StoreView {
///     /// Id.
///     id: i64,
///     /// Left out of the answer when null.
///     note: Option<String>,
///     /// `null` is written when there is none.
///     #[data(required)]
///     title: Option<String>,
///     /// Sent by the server, refused from clients.
///     #[data(read_only)]
///     total: i64,
/// }
/// ```
///
/// `#[data("…", bound = Self::complete)]` names a `fn(&mut Self, &BindCx<'_>)` that is called when all members
/// that were sent are set; `#[data(key = "…")]` on a field gives it another key.
#[proc_macro_derive(DataObject, attributes(data))]
pub fn data_object(item: TokenStream) -> TokenStream {
    data_object::expand(item.into())
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
