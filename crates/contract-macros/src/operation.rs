//! `#[operation]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, FnArg, Ident, ItemFn, LitStr, Pat, Result, ReturnType, Token, Type, parse2};

use crate::docs;

/// `"serviceName"` or `"serviceName", "Description."`.
struct Service {
    name: LitStr,
    doc: String,
}

impl Parse for Service {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let literals = Punctuated::<LitStr, Token![,]>::parse_terminated(input)?;
        let mut literals = literals.into_iter();
        let name = literals
            .next()
            .ok_or_else(|| input.error("expected the service's name"))?;
        let doc = literals.next().map(|l| l.value()).unwrap_or_default();
        match literals.next() {
            Some(third) => Err(syn::Error::new_spanned(
                third,
                "expected the service's name and its description",
            )),
            None => Ok(Self { name, doc }),
        }
    }
}

/// `GET "/V1/store/websites" => "Magento_Backend::store", allow_insecure`.
struct Route {
    /// A variant of `contract::Verb`.
    verb: Ident,
    path: LitStr,
    resource: LitStr,
    allow_insecure: bool,
    https_only: bool,
    forced: Vec<(LitStr, LitStr)>,
}

impl Parse for Route {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let verb = verb(&input.parse()?)?;
        let path = path(input.parse()?)?;
        input.parse::<Token![=>]>()?;
        let resource = input.parse()?;
        let mut route = Self {
            verb,
            path,
            resource,
            allow_insecure: false,
            https_only: false,
            forced: Vec::new(),
        };
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let option: Ident = input.parse()?;
            match option.to_string().as_str() {
                "allow_insecure" => route.allow_insecure = true,
                "https_only" => route.https_only = true,
                "force" => {
                    let content;
                    syn::parenthesized!(content in input);
                    let name = content.parse()?;
                    content.parse::<Token![=]>()?;
                    route.forced.push((name, content.parse()?));
                }
                _ => {
                    return Err(syn::Error::new_spanned(
                        option,
                        "expected allow_insecure, https_only or force(…)",
                    ));
                }
            }
        }
        Ok(route)
    }
}

/// `GET` → `Get`.
fn verb(method: &Ident) -> Result<Ident> {
    let variant = match method.to_string().as_str() {
        "GET" => "Get",
        "POST" => "Post",
        "PUT" => "Put",
        "DELETE" => "Delete",
        _ => {
            return Err(syn::Error::new_spanned(
                method,
                "expected GET, POST, PUT or DELETE",
            ));
        }
    };
    Ok(Ident::new(variant, method.span()))
}

fn path(path: LitStr) -> Result<LitStr> {
    let text = path.value();
    if text.starts_with("/V") && !text.contains("//") {
        return Ok(path);
    }
    Err(syn::Error::new_spanned(
        path,
        "a path begins with its version, `/V1/…`, and has no empty segment",
    ))
}

struct Argument {
    ident: Ident,
    ty: Type,
    doc: String,
}

pub(crate) fn expand(attribute: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let service: Service = parse2(attribute)?;
    let mut function: ItemFn = parse2(item)?;
    let routes = take_routes(&mut function.attrs)?;
    if routes.is_empty() {
        return Err(syn::Error::new_spanned(
            &function.sig.ident,
            "an operation has at least one #[route(METHOD \"/V1/…\" => \"Acl::resource\")]",
        ));
    }
    if function.sig.asyncness.is_none() {
        return Err(syn::Error::new_spanned(
            &function.sig.ident,
            "an operation is an async fn",
        ));
    }
    let arguments = arguments(&mut function)?;
    let output = output_type(&function)?;
    let declaration = declaration(&function, &service, &routes, &arguments, &output);
    Ok(quote! { #function #declaration })
}

fn take_routes(attributes: &mut Vec<Attribute>) -> Result<Vec<Route>> {
    let (routes, others): (Vec<_>, Vec<_>) = std::mem::take(attributes)
        .into_iter()
        .partition(|a| a.path().is_ident("route"));
    *attributes = others;
    routes.iter().map(Attribute::parse_args).collect()
}

fn arguments(function: &mut ItemFn) -> Result<Vec<Argument>> {
    let mut found = Vec::new();
    for (index, input) in function.sig.inputs.iter_mut().enumerate() {
        let FnArg::Typed(argument) = input else {
            return Err(syn::Error::new_spanned(input, "an operation is a free function"));
        };
        let doc = docs::text(&argument.attrs);
        argument.attrs.retain(|a| !a.path().is_ident("doc"));
        if index == 0 {
            continue;
        }
        let Pat::Ident(pattern) = &*argument.pat else {
            return Err(syn::Error::new_spanned(
                &argument.pat,
                "a parameter has a plain name",
            ));
        };
        found.push(Argument {
            ident: pattern.ident.clone(),
            ty: (*argument.ty).clone(),
            doc,
        });
    }
    Ok(found)
}

/// The `T` of `Result<T>`.
fn output_type(function: &ItemFn) -> Result<Type> {
    let error = || syn::Error::new_spanned(&function.sig, "an operation returns contract::Result<T>");
    let ReturnType::Type(_, ty) = &function.sig.output else {
        return Err(error());
    };
    let Type::Path(path) = &**ty else {
        return Err(error());
    };
    let last = path.path.segments.last().ok_or_else(error)?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return Err(error());
    };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(ty)) => Ok(ty.clone()),
        _ => Err(error()),
    }
}

fn declaration(
    function: &ItemFn,
    service: &Service,
    routes: &[Route],
    arguments: &[Argument],
    output: &Type,
) -> TokenStream {
    let name = &function.sig.ident;
    let visibility = &function.vis;
    let plain_name = name.unraw().to_string();
    let upper = format_ident!("{}", plain_name.to_uppercase());
    let (service_name, service_doc) = (&service.name, &service.doc);
    let method = docs::lower_camel(&plain_name);
    let doc = docs::text(&function.attrs);
    let summary = format!("The declaration of `{plain_name}`.");
    let routes = routes.iter().map(route);
    let parameters = arguments.iter().map(|Argument { ident, ty, doc }| {
        let camel = docs::lower_camel(&ident.unraw().to_string());
        let snake = docs::snake(&camel);
        quote! { ::contract::Parameter {
            name: #camel,
            snake: #snake,
            doc: #doc,
            ty: <#ty as ::contract::WireValue>::TYPE,
            required: !<#ty as ::contract::WireValue>::NULLABLE,
        } }
    });
    let idents = arguments.iter().map(|a| &a.ident).collect::<Vec<_>>();
    let types = arguments.iter().map(|a| &a.ty);
    let indices = 0..arguments.len();
    quote! {
        #[doc = #summary]
        #visibility static #upper: ::contract::Operation = {
            fn call<'a>(cx: &'a mut ::contract::Cx<'_>, input: ::contract::Input)
                -> ::contract::BoxFuture<'a, ::contract::Result<::contract::Reply>>
            {
                ::std::boxed::Box::pin(async move {
                    let mut arguments = ::contract::Arguments::new(&#upper, input);
                    #(let #idents: #types = arguments.take(#indices, cx)?;)*
                    arguments.finish()?;
                    let output: #output = self::#name(cx #(, #idents)*).await?;
                    Ok(::contract::Reply::new(output))
                })
            }
            ::contract::Operation {
                service: #service_name,
                service_doc: #service_doc,
                method: #method,
                doc: #doc,
                routes: &[#(#routes),*],
                parameters: &[#(#parameters),*],
                output: <#output as ::contract::WireValue>::TYPE,
                call,
            }
        };
    }
}

fn route(route: &Route) -> TokenStream {
    let Route {
        verb,
        path,
        resource,
        allow_insecure,
        https_only,
        forced,
    } = route;
    let forced = forced
        .iter()
        .map(|(name, value)| quote! { ::contract::Forced { name: #name, value: #value } });
    quote! {
        ::contract::Route {
            verb: ::contract::Verb::#verb,
            path: #path,
            resource: #resource,
            allow_insecure: #allow_insecure,
            https_only: #https_only,
            forced: &[#(#forced),*],
        }
    }
}
