//! Groups of attributes in a set.

use contract::search::SearchCriteria;
use contract::{Cx, Error, Extension, Result, Value};
use md5::{Digest as _, Md5};

use super::transliterate;
use crate::data::attribute_group::{AttributeGroup, AttributeGroupSearchResults};
use crate::metadata;
use crate::repo;

/// The group with this id.
///
/// # Errors
/// Magento's 404 when there is none; it shows `id` as it was sent.
pub fn find(cx: &Cx<'_>, id: i64, shown: impl Into<Value>) -> Result<metadata::AttributeGroup> {
    let metadata = metadata(cx)?;
    metadata.group(id).cloned().ok_or_else(|| {
        Error::not_found("The group with the \"%1\" ID doesn't exist. Verify the ID and try again.")
            .with_next(shown)
    })
}

/// The groups that a search finds. Two statements.
///
/// # Errors
/// 400 for a field that is not there.
pub async fn search(cx: &mut Cx<'_>, search_criteria: SearchCriteria) -> Result<AttributeGroupSearchResults> {
    let found = repo::set::search_groups(cx.session(), &search_criteria.to_search()).await?;
    let (groups, total_count) = found.map_err(super::unknown_field)?;
    let group = |group: &metadata::AttributeGroup| AttributeGroup {
        attribute_group_id: Some(group.id.to_string()),
        attribute_group_name: Some(group.name.clone()),
        attribute_set_id: Some(group.set_id),
        ..AttributeGroup::default()
    };
    Ok(AttributeGroupSearchResults {
        items: groups.iter().map(group).collect(),
        search_criteria,
        total_count,
    })
}

/// Adds a group to a set, or renames one. Without a position it goes to the end, also when it was there before.
///
/// # Errors
/// 404 when set or group are not there; 400 when the group is in another set, or its name or code are taken.
pub async fn save(cx: &mut Cx<'_>, mut group: AttributeGroup) -> Result<AttributeGroup> {
    let missing =
        |field, value: Option<i64>| Error::no_such_entity(field, value.map_or(Value::Null, Value::from));
    let metadata = metadata(cx)?;
    let set_id = group.attribute_set_id;
    let set = set_id.and_then(|id| metadata.set(id));
    let set_id = set.ok_or_else(|| missing("attributeSetId", set_id))?.id;
    let given = group
        .attribute_group_id
        .as_deref()
        .filter(|id| !matches!(*id, "" | "0"));
    let known = match given {
        None => None,
        Some(id) => {
            let known = id.parse().ok().and_then(|id| metadata.group(id));
            Some(known.ok_or_else(|| missing("attributeGroupId", None))?)
        }
    };
    if known.is_some_and(|known| known.set_id != set_id) {
        return Err(Error::invalid(
            "The attribute group doesn't belong to the provided attribute set.",
        ));
    }
    let name = group.attribute_group_name.as_deref();
    let Extension(extension) = &group.extension_attributes;
    let code = extension
        .attribute_group_code
        .clone()
        .filter(|code| !code.is_empty());
    let code = code.or_else(|| name.filter(|name| !name.is_empty()).map(code_of));
    let order: Option<i64> = extension
        .sort_order
        .as_deref()
        .and_then(|order| order.parse().ok());
    let order = match order {
        Some(order) if order != 0 => order,
        _ => repo::set::last_group(cx.session(), set_id).await? + 1,
    };
    let id = write(cx, set_id, known, (name, code.as_deref()), order).await?;
    crate::changed(cx)?;
    group.attribute_group_id = Some(id.to_string());
    Ok(group)
}

async fn write(
    cx: &mut Cx<'_>,
    set_id: i64,
    known: Option<&metadata::AttributeGroup>,
    (name, code): (Option<&str>, Option<&str>),
    order: i64,
) -> Result<i64> {
    let refused = || Error::invalid("The attributeGroup can't be saved.");
    let session = cx.session();
    let (shown, same) = (name.unwrap_or_default(), code.unwrap_or_default());
    let except = known.map_or(0, |known| known.id);
    if repo::set::same_group(session, set_id, shown, same, except)
        .await?
        .is_some()
    {
        return Err(refused());
    }
    match (known, name, code) {
        (Some(known), ..) => {
            repo::set::update_group(session, known.id, name, code, order).await?;
            Ok(known.id)
        }
        (None, Some(name), Some(code)) => {
            let group = metadata::AttributeGroup {
                id: 0,
                set_id,
                name: name.to_owned(),
                code: code.to_owned(),
                tab_code: None,
                sort_order: order,
                default_id: 0,
            };
            repo::set::insert_group(session, &group).await
        }
        (None, ..) => Err(refused()),
    }
}

/// Removes a group; its attributes are no longer in the set.
///
/// # Errors
/// The database refuses.
pub async fn delete(cx: &mut Cx<'_>, id: i64) -> Result<bool> {
    repo::set::delete_group(cx.session(), id).await?;
    crate::changed(cx)?;
    Ok(true)
}

/// The code that a name makes: its letters and digits with `-` between them. A name without any gets the MD5 of
/// itself, as Magento gives it.
fn code_of(name: &str) -> String {
    let plain = transliterate(&name.to_lowercase()).to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit());
    let code = words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    if !code.is_empty() {
        return code;
    }
    let digest = Md5::digest(name.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::code_of;

    #[test]
    fn a_group_code_is_made_of_its_name() {
        assert_eq!(code_of("Bundle Items"), "bundle-items");
        assert_eq!(code_of(" Größe & Maß!"), "grosse-mass");
        assert_eq!(code_of("!!!").len(), 32);
    }
}
