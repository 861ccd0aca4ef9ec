//! Customer groups.

use std::collections::HashMap;
use std::sync::Arc;

use contract::port::Stores as _;
use contract::search::SearchCriteria;
use contract::{Cx, Error, Extension, Operation, Result, StoreScope, operation};
use store::{ConfigScope, Scopes};

use crate::data::group::{CustomerGroup, GroupExtension, GroupSearchResults};
use crate::repo;
use crate::repo::group::GroupRow;

/// The operations of this service.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &SAVE,
    &GET_BY_ID,
    &DELETE_BY_ID,
    &GET_LIST,
    &GET_DEFAULT_GROUP,
    &SET_DEFAULT_CUSTOMER_GROUP,
    &IS_READONLY,
];

/// The group of who is not logged in.
const NOT_LOGGED_IN: i64 = 0;

/// Where the configuration names the group of new customers.
const DEFAULT_GROUP: &str = "customer/create_account/default_group";

/// The tax class of new groups that name none.
const TAX_CLASS: i64 = 3;

/// The column's length; what is longer is cut off.
const CODE_LENGTH: usize = 32;

/// Saves a customer group. The id in the path does not matter, that in the body does.
#[operation("customerGroupRepositoryV1", "Customer groups.")]
#[route(POST "/V1/customerGroups" => "Magento_Customer::group")]
#[route(PUT "/V1/customerGroups/:id" => "Magento_Customer::group")]
pub(crate) async fn save(cx: &mut Cx<'_>, group: CustomerGroup) -> Result<CustomerGroup> {
    let code = group.code.clone().unwrap_or_default();
    if code.is_empty() {
        return Err(Error::required(["code"]));
    }
    let code = repo::shortened(&code, CODE_LENGTH);
    let before = match group.id {
        Some(id) => Some(find(cx, id).await?),
        None => None,
    };
    let tax_class_id = tax_class(cx, &group, before.as_ref()).await?;
    let holder = repo::group::id_of(cx.session(), code).await?;
    if holder.is_some_and(|holder| Some(holder) != group.id) {
        return Err(Error::invalid("Customer Group already exists."));
    }
    let id = match before {
        Some(before) => {
            repo::group::update(cx.session(), before.id, code, tax_class_id).await?;
            before.id
        }
        None => repo::group::insert(cx.session(), code, tax_class_id).await?,
    };
    let Extension(extension) = &group.extension_attributes;
    if let Some(websites) = &extension.exclude_website_ids {
        let known = cx.service::<Arc<Scopes>>()?.website_ids();
        let mut kept: Vec<i64> = websites.clone();
        kept.retain(|id| known.contains(id));
        kept.dedup();
        repo::group::replace_excluded(cx.session(), id, &kept).await?;
    }
    let row = find(cx, id).await?;
    Ok(CustomerGroup {
        extension_attributes: group.extension_attributes,
        ..data(row)
    })
}

/// The tax class that a group is to have.
async fn tax_class(cx: &mut Cx<'_>, group: &CustomerGroup, before: Option<&GroupRow>) -> Result<i64> {
    let given = group.tax_class_id.filter(|id| *id != 0);
    let Some(id) = given.or(before.is_none().then_some(TAX_CLASS)) else {
        return Ok(before.map(|before| before.tax_class_id).unwrap_or(TAX_CLASS));
    };
    let classes = tax::customer_classes(cx.session()).await?;
    if classes.iter().any(|(known, _)| *known == id) {
        return Ok(id);
    }
    Err(
        Error::invalid("Invalid value of \"%value\" provided for the %fieldName field.")
            .with("fieldName", "taxClassId")
            .with("value", group.tax_class_id.unwrap_or(id)),
    )
}

/// Gets a customer group.
#[operation("customerGroupRepositoryV1")]
#[route(GET "/V1/customerGroups/:id" => "Magento_Customer::group")]
pub(crate) async fn get_by_id(cx: &mut Cx<'_>, id: i64) -> Result<CustomerGroup> {
    let row = find(cx, id).await?;
    one(cx, row).await
}

/// Deletes a customer group; its customers get the default one.
#[operation("customerGroupRepositoryV1")]
#[route(DELETE "/V1/customerGroups/:id" => "Magento_Customer::group")]
pub(crate) async fn delete_by_id(cx: &mut Cx<'_>, id: i64) -> Result<bool> {
    let row = find(cx, id).await?;
    if row.id <= NOT_LOGGED_IN || is_default(cx, row.id)? {
        return Err(Error::invalid("Cannot delete group."));
    }
    let scopes = cx.service::<Arc<Scopes>>()?;
    let default = |store: i64| Some((store, default_of(scopes, &scopes.view(store)?)?));
    let defaults: Vec<(i64, i64)> = scopes.view_ids().into_iter().filter_map(default).collect();
    let other = scopes.default_config(DEFAULT_GROUP);
    let other = other.and_then(|id| id.parse().ok()).unwrap_or(1);
    repo::group::move_customers(cx.session(), row.id, &defaults, other).await?;
    repo::group::delete(cx.session(), row.id).await?;
    Ok(true)
}

/// Searches for customer groups.
#[operation("customerGroupRepositoryV1")]
#[route(GET "/V1/customerGroups/search" => "Magento_Customer::group")]
pub(crate) async fn get_list(cx: &mut Cx<'_>, search_criteria: SearchCriteria) -> Result<GroupSearchResults> {
    let search = search_criteria.to_search();
    let found = repo::group::search(cx.session(), &search).await?;
    let (rows, total_count) = found.map_err(|unknown| {
        Error::invalid("The \"%1\" attribute name is invalid. Reset the name and try again.")
            .with_next(unknown.0)
    })?;
    Ok(GroupSearchResults {
        items: many(cx, rows).await?,
        search_criteria,
        total_count,
    })
}

/// Gets the group of new customers, of the call's store view unless one is named (`spec/scopes.md` fact 7).
#[operation("customerGroupManagementV1", "What groups are used for.")]
#[route(GET "/V1/customerGroups/default/:storeId" => "Magento_Customer::group")]
#[route(GET "/V1/customerGroups/default" => "Magento_Customer::group")]
pub(crate) async fn get_default_group(cx: &mut Cx<'_>, store_id: Option<i64>) -> Result<CustomerGroup> {
    let scopes = cx.service::<Arc<Scopes>>()?;
    let scope = match store_id {
        Some(id) => scopes.view(id).ok_or_else(no_such_store)?,
        None => cx.scope().clone(),
    };
    let id = default_of(scopes, &scope).unwrap_or_default();
    let Some(row) = repo::group::by_id(cx.session(), id).await? else {
        return Err(Error::not_found(
            "No such entity with %fieldName = %fieldValue, %field2Name = %field2Value",
        )
        .with("fieldName", "groupId")
        .with("fieldValue", id)
        .with("field2Name", "storeId")
        .with("field2Value", scope.store_id));
    };
    one(cx, row).await
}

/// Sets the group of new customers, for all store views that have none of their own.
#[operation("customerCustomerGroupConfigV1", "The default customer group.")]
#[route(PUT "/V1/customerGroups/default/:id" => "Magento_Customer::group")]
pub(crate) async fn set_default_customer_group(cx: &mut Cx<'_>, id: i64) -> Result<i64> {
    let row = find(cx, id).await?;
    let value = row.id.to_string();
    store::set_configuration(cx.session(), ConfigScope::Default, DEFAULT_GROUP, &value).await?;
    let scopes = cx.service::<Arc<Scopes>>()?.clone();
    cx.after_commit(scopes);
    Ok(row.id)
}

/// Tells whether a customer group cannot be deleted.
#[operation("customerGroupManagementV1")]
#[route(GET "/V1/customerGroups/:id/permissions" => "Magento_Customer::group")]
pub(crate) async fn is_readonly(cx: &mut Cx<'_>, id: i64) -> Result<bool> {
    let found = repo::group::by_id(cx.session(), id).await?;
    let row = found.ok_or_else(|| Error::no_such_entity("groupId", id))?;
    Ok(row.id == NOT_LOGGED_IN || is_default(cx, row.id)?)
}

async fn find(cx: &mut Cx<'_>, id: i64) -> Result<GroupRow> {
    let found = repo::group::by_id(cx.session(), id).await?;
    found.ok_or_else(|| Error::no_such_entity("id", id))
}

/// Magento's answer to the id of a store view that is not there.
pub(crate) fn no_such_store() -> Error {
    Error::not_found("The store that was requested wasn't found. Verify the store and try again.")
}

/// The group of new customers in a store view.
pub(crate) fn default_of(scopes: &Scopes, scope: &StoreScope) -> Option<i64> {
    scopes.config(DEFAULT_GROUP, scope)?.parse().ok()
}

/// Whether new customers of any store view get the group.
fn is_default(cx: &Cx<'_>, id: i64) -> Result<bool> {
    let scopes = cx.service::<Arc<Scopes>>()?;
    let views = scopes.view_ids().into_iter().filter_map(|view| scopes.view(view));
    Ok(views
        .into_iter()
        .any(|view| default_of(scopes, &view) == Some(id)))
}

async fn one(cx: &mut Cx<'_>, row: GroupRow) -> Result<CustomerGroup> {
    Ok(many(cx, vec![row]).await?.pop().unwrap_or_default())
}

/// Groups with the websites that they exclude. One statement.
async fn many(cx: &mut Cx<'_>, rows: Vec<GroupRow>) -> Result<Vec<CustomerGroup>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut excluded: HashMap<i64, Vec<i64>> = HashMap::new();
    for (group, website) in repo::group::excluded(cx.session(), &ids).await? {
        excluded.entry(group).or_default().push(website);
    }
    let groups = rows.into_iter().map(|row| CustomerGroup {
        extension_attributes: Extension(GroupExtension {
            exclude_website_ids: excluded.remove(&row.id),
        }),
        ..data(row)
    });
    Ok(groups.collect())
}

fn data(row: GroupRow) -> CustomerGroup {
    CustomerGroup {
        id: Some(row.id),
        code: Some(row.code),
        tax_class_id: Some(row.tax_class_id),
        tax_class_name: row.tax_class_name,
        ..CustomerGroup::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::data::customer::Customer;
    use crate::fixtures::both;
    use crate::service::customer::{find as customer, save::create};

    #[tokio::test]
    async fn customers_of_a_deleted_group_get_the_default_one() {
        both(async |stand| {
            let group = json!({"group": {"code": "VIP", "tax_class_id": 3,
                "extension_attributes": {"exclude_website_ids": [1, 9]}}});
            let made = stand.call(&SAVE, "default", group.clone()).await.unwrap();
            assert_eq!(made["extension_attributes"]["exclude_website_ids"], json!([1, 9]));
            let id = made["id"].as_i64().unwrap();
            let shown = stand
                .call(&GET_BY_ID, "default", json!({"id": id}))
                .await
                .unwrap();
            assert_eq!(shown["extension_attributes"]["exclude_website_ids"], json!([1]));
            let error = stand.call(&SAVE, "default", group).await.unwrap_err();
            assert_eq!(error.detail().message, "Customer Group already exists.");
            let mut cx = stand.cx("default");
            let jane = Customer {
                email: Some("jane@example.com".to_owned()),
                firstname: Some("Jane".to_owned()),
                lastname: Some("Doe".to_owned()),
                group_id: Some(id),
                ..Customer::default()
            };
            let jane = create(&mut cx, jane, Vec::new()).await.unwrap().id.unwrap();
            cx.session().commit().await.unwrap();
            drop(cx);
            stand
                .call(&DELETE_BY_ID, "default", json!({"id": id}))
                .await
                .unwrap();
            let mut cx = stand.cx("default");
            assert_eq!(customer(&mut cx, jane).await.unwrap().group_id, 1);
            let sql = "SELECT group_id FROM {customer_grid_flat} WHERE entity_id = ?";
            let listed: i64 = cx.session().fetch_one(sql, db::params![jane]).await.unwrap();
            assert_eq!(listed, 1);
            let excluded = repo::group::excluded(cx.session(), &[id]).await.unwrap();
            assert_eq!(excluded, []);
        })
        .await;
    }

    #[tokio::test]
    async fn the_default_group_cannot_be_deleted_and_can_be_changed() {
        both(async |stand| {
            for id in [0, 1] {
                let error = stand.call(&DELETE_BY_ID, "default", json!({"id": id})).await;
                assert_eq!(error.unwrap_err().detail().message, "Cannot delete group.");
            }
            let wrong = json!({"group": {"code": "X", "tax_class_id": 2}});
            let error = stand.call(&SAVE, "default", wrong).await.unwrap_err();
            assert!(error.detail().message.starts_with("Invalid value"));
            stand
                .call(&SET_DEFAULT_CUSTOMER_GROUP, "default", json!({"id": 2}))
                .await
                .unwrap();
            let default = stand
                .call(&GET_DEFAULT_GROUP, "default", json!({"storeId": 1}))
                .await;
            assert_eq!(default.unwrap()["code"], "Wholesale");
            let readonly = stand.call(&IS_READONLY, "default", json!({"id": 2})).await;
            assert_eq!(readonly.unwrap(), json!(true));
        })
        .await;
    }
}
