//! `#[derive(DataObject)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Field, Fields, LitStr, Result, Type, parse2};

use crate::docs;

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
    let name = definition_name(&input)?;
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
    let bind_arms = members.iter().enumerate().map(|(index, Member { ident, .. })| {
        quote! { #index => ::contract::WireValue::bind_into(&mut self.#ident, value, cx), }
    });
    let write_arms = members
        .iter()
        .enumerate()
        .map(|(index, Member { ident, required, .. })| {
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
        });
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
            fn write_field(&self, index: usize, out: &mut dyn ::contract::Sink) -> bool {
                match index { #(#write_arms)* _ => { let _ = out; false } }
            }
        }
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
    })
}

fn definition_name(input: &DeriveInput) -> Result<String> {
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
    Ok(attribute.parse_args::<LitStr>()?.value())
}

fn member(field: &Field) -> Result<Member> {
    let ident = field
        .ident
        .clone()
        .ok_or_else(|| syn::Error::new_spanned(field, "a field needs a name"))?;
    let mut member = Member {
        key: ident.to_string().trim_start_matches("r#").to_owned(),
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
