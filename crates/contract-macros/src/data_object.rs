//! `#[derive(DataObject)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Data, DeriveInput, Expr, Field, Fields, LitStr, Result, Token, Type, parse2};

use crate::docs;

/// `"store-data-store-interface"`, then perhaps `bound = Self::method`.
struct Definition {
    name: LitStr,
    bound: Option<Expr>,
}

impl Parse for Definition {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = input.parse()?;
        let mut bound = None;
        if input.parse::<Option<Token![,]>>()?.is_some() {
            let option: syn::Ident = input.parse()?;
            if option != "bound" {
                return Err(syn::Error::new_spanned(option, "expected `bound = …`"));
            }
            input.parse::<Token![=]>()?;
            bound = Some(input.parse()?);
        }
        Ok(Self { name, bound })
    }
}

struct Member {
    ident: syn::Ident,
    ty: Type,
    key: String,
    doc: String,
    required: bool,
    read_only: bool,
}

pub(crate) fn expand(item: TokenStream) -> Result<TokenStream> {
    let input: DeriveInput = parse2(item)?;
    let Definition { name, bound } = definition(&input)?;
    let doc = docs::text(&input.attrs);
    let Data::Struct(data) = &input.data else {
        return Err(syn::Error::new_spanned(&input.ident, "a data object is a struct"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(syn::Error::new_spanned(
            &input.ident,
            "a data object has named fields",
        ));
    };
    let members = fields.named.iter().map(member).collect::<Result<Vec<_>>>()?;
    let ident = &input.ident;
    let table = members.iter().map(table_row);
    let bind_arms = members.iter().enumerate().map(bind_arm);
    let write_arms = members.iter().enumerate().map(write_arm);
    let bound = bound.map(|bound| {
        quote! {
            fn bound(&mut self, cx: &::contract::BindCx<'_>) {
                (#bound)(self, cx);
            }
        }
    });
    let wire_value = wire_value(ident);
    Ok(quote! {
        impl ::contract::DataObject for #ident {
            const DATA: &'static ::contract::DataType = &::contract::DataType {
                name: #name,
                doc: #doc,
                fields: &[#(#table),*],
            };
            fn bind_field(&mut self, index: usize, value: ::contract::Value, cx: &::contract::BindCx<'_>)
                -> ::core::result::Result<(), ::contract::BindError>
            {
                match index { #(#bind_arms)* _ => { let _ = (value, cx); Ok(()) } }
            }
            #bound
            fn write_field(&self, index: usize, out: &mut dyn ::contract::Sink) -> bool {
                match index { #(#write_arms)* _ => { let _ = out; false } }
            }
        }
        #wire_value
    })
}

fn bind_arm((index, Member { ident, .. }): (usize, &Member)) -> TokenStream {
    quote! { #index => ::contract::WireValue::bind_into(&mut self.#ident, value, cx), }
}

fn write_arm((index, Member { ident, required, .. }): (usize, &Member)) -> TokenStream {
    let absent = if *required {
        quote!(false)
    } else {
        quote!(::contract::WireValue::is_absent(&self.#ident))
    };
    quote! { #index => if #absent { false } else {
        out.key(<Self as ::contract::DataObject>::DATA.fields[#index].key);
        ::contract::WireValue::write(&self.#ident, out);
        true
    }, }
}

fn wire_value(ident: &syn::Ident) -> TokenStream {
    quote! {
        impl ::contract::WireValue for #ident {
            const TYPE: ::contract::Type = ::contract::Type::Object(|| <#ident as ::contract::DataObject>::DATA);
            fn bind(value: ::contract::Value, cx: &::contract::BindCx<'_>)
                -> ::core::result::Result<Self, ::contract::BindError>
            {
                ::contract::bind_object(value, cx)
            }
            fn write(&self, out: &mut dyn ::contract::Sink) {
                ::contract::write_object(self, out);
            }
        }
    }
}

fn definition(input: &DeriveInput) -> Result<Definition> {
    let attribute = input
        .attrs
        .iter()
        .find(|a| a.path().is_ident("data"))
        .ok_or_else(|| {
            syn::Error::new_spanned(
                &input.ident,
                "say the schema's name of it: #[data(\"store-data-store-interface\")]",
            )
        })?;
    attribute.parse_args()
}

fn member(field: &Field) -> Result<Member> {
    let ident = field
        .ident
        .clone()
        .ok_or_else(|| syn::Error::new_spanned(field, "a field needs a name"))?;
    let mut member = Member {
        key: ident.unraw().to_string(),
        ident,
        ty: field.ty.clone(),
        doc: docs::text(&field.attrs),
        required: false,
        read_only: false,
    };
    for attribute in field.attrs.iter().filter(|a| a.path().is_ident("data")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("required") {
                member.required = true;
            } else if meta.path.is_ident("read_only") {
                member.read_only = true;
            } else if meta.path.is_ident("key") {
                member.key = meta.value()?.parse::<LitStr>()?.value();
            } else {
                return Err(meta.error("expected `required`, `read_only` or `key = \"…\"`"));
            }
            Ok(())
        })?;
    }
    Ok(member)
}

fn table_row(member: &Member) -> TokenStream {
    let Member {
        ty,
        key,
        doc,
        required,
        read_only,
        ..
    } = member;
    let accessor = docs::upper_camel(key);
    quote! {
        ::contract::Field {
            key: #key,
            accessor: #accessor,
            doc: #doc,
            ty: <#ty as ::contract::WireValue>::TYPE,
            required: #required || !<#ty as ::contract::WireValue>::NULLABLE,
            read_only: #read_only,
        }
    }
}
