//! The media gallery of products, and the roles of its pictures.

use std::collections::HashMap;

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect, params};

use crate::data::media::VideoContent;

/// A picture of a product, as a store view sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ImageRow {
    pub(crate) entity_id: i64,
    pub(crate) value_id: i64,
    pub(crate) file: String,
    pub(crate) media_type: String,
    pub(crate) label: Option<String>,
    pub(crate) position: Option<i64>,
    pub(crate) disabled: bool,
    pub(crate) video: Option<VideoContent>,
}

/// The value of a role: which file an attribute such as `small_image` names.
pub(crate) struct RoleRow {
    pub(crate) entity_id: i64,
    pub(crate) attribute_id: i64,
    pub(crate) store_id: i64,
    pub(crate) file: Option<String>,
}

enum AnyRow {
    Image(Box<ImageRow>),
    Role(RoleRow),
}

impl FromRow for AnyRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        if row.get::<i64>(0)? == 1 {
            return Ok(Self::Role(RoleRow {
                entity_id: row.get(1)?,
                attribute_id: row.get(2)?,
                store_id: row.get(3)?,
                file: row.get(4)?,
            }));
        }
        let media_type: String = row.get(5)?;
        let video = row.get::<Option<i64>>(9)?.map(|_| -> db::Result<_> {
            Ok(VideoContent {
                media_type: Some(media_type.clone()),
                video_provider: row.get(10)?,
                video_url: row.get(11)?,
                video_title: row.get(12)?,
                video_description: row.get(13)?,
                video_metadata: row.get(14)?,
            })
        });
        Ok(Self::Image(Box::new(ImageRow {
            entity_id: row.get(1)?,
            value_id: row.get(2)?,
            file: row.get::<Option<String>>(4)?.unwrap_or_default(),
            video: video.transpose()?,
            media_type,
            label: row.get(6)?,
            position: row.get(7)?,
            disabled: row.get::<Option<bool>>(8)?.unwrap_or_default(),
        })))
    }
}

const IMAGES: &str = "SELECT 0, t.entity_id, g.value_id, 0, g.value, g.media_type, \
     COALESCE(v.label, d.label), COALESCE(v.position, d.position), COALESCE(v.disabled, d.disabled), \
     COALESCE(vs.value_id, vd.value_id), COALESCE(vs.provider, vd.provider), COALESCE(vs.url, vd.url), \
     COALESCE(vs.title, vd.title), COALESCE(vs.description, vd.description), \
     COALESCE(vs.metadata, vd.metadata) \
     FROM {catalog_product_entity_media_gallery_value_to_entity} t \
     JOIN {catalog_product_entity_media_gallery} g ON g.value_id = t.value_id \
     LEFT JOIN {catalog_product_entity_media_gallery_value} v \
       ON v.entity_id = t.entity_id AND v.value_id = t.value_id AND v.store_id = ? \
     LEFT JOIN {catalog_product_entity_media_gallery_value} d \
       ON d.entity_id = t.entity_id AND d.value_id = t.value_id AND d.store_id = 0 \
     LEFT JOIN {catalog_product_entity_media_gallery_value_video} vs \
       ON vs.value_id = t.value_id AND vs.store_id = ? \
     LEFT JOIN {catalog_product_entity_media_gallery_value_video} vd \
       ON vd.value_id = t.value_id AND vd.store_id = 0 \
     WHERE g.attribute_id = ? AND g.disabled = 0 AND t.entity_id IN (";

const ROLES: &str = ") UNION ALL SELECT 1, entity_id, attribute_id, store_id, value, '', NULL, NULL, NULL, \
     NULL, NULL, NULL, NULL, NULL, NULL FROM {catalog_product_entity_varchar} \
     WHERE store_id IN (0, ?) AND attribute_id IN (";

/// The pictures of the products in a store view, by position, and their roles in it and in the default scope.
/// One statement.
pub(crate) async fn load(
    session: &mut Session,
    gallery_id: i64,
    role_ids: &[i64],
    ids: &[i64],
    store_id: i64,
) -> Result<(Vec<ImageRow>, Vec<RoleRow>)> {
    if ids.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let mut sql = IMAGES.to_owned() + &dialect::placeholders(ids.len()) + ROLES;
    sql.push_str(&dialect::placeholders(role_ids.len()));
    sql.push_str(") AND entity_id IN (");
    sql.push_str(&dialect::placeholders(ids.len()));
    sql.push(')');
    let mut params = params![store_id, store_id, gallery_id].to_vec();
    params.extend(ids.iter().map(|id| Param::from(*id)));
    params.push(Param::from(store_id));
    params.extend(role_ids.iter().chain(ids).map(|id| Param::from(*id)));
    let (mut images, mut roles) = (Vec::<ImageRow>::new(), Vec::new());
    for row in session.fetch_all::<AnyRow>(&sql, &params).await? {
        match row {
            AnyRow::Image(image) => images.push(*image),
            AnyRow::Role(role) => roles.push(role),
        }
    }
    images.sort_by_key(|image| (image.entity_id, image.position, image.value_id));
    images.dedup_by_key(|image| (image.entity_id, image.value_id));
    Ok((images, roles))
}

/// Which store views give roles to which files of a product, and which of them belong to its websites.
pub(crate) async fn roles_everywhere(
    session: &mut Session,
    role_ids: &[i64],
    product_id: i64,
) -> Result<Vec<(i64, String)>> {
    let mut sql = "SELECT store_id, value FROM {catalog_product_entity_varchar} \
                   WHERE entity_id = ? AND value IS NOT NULL AND attribute_id IN ("
        .to_owned();
    sql.push_str(&dialect::placeholders(role_ids.len()));
    sql.push(')');
    let mut params = params![product_id].to_vec();
    params.extend(role_ids.iter().map(|id| Param::from(*id)));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// The websites that a product is assigned to.
pub(crate) async fn websites(session: &mut Session, product_id: i64) -> Result<Vec<i64>> {
    let sql = "SELECT website_id FROM {catalog_product_website} WHERE product_id = ?";
    Ok(session.fetch_all(sql, params![product_id]).await?)
}

/// Adds files to the gallery of a product; their ids by file.
pub(crate) async fn insert(
    session: &mut Session,
    gallery_id: i64,
    product_id: i64,
    files: &[(&str, &str)],
) -> Result<HashMap<String, i64>> {
    let table = "catalog_product_entity_media_gallery";
    let columns = ["attribute_id", "value", "media_type"];
    let sql = dialect::insert_rows(table, &columns, files.len());
    let row = |(file, media_type): &(&str, &str)| {
        [
            Param::from(gallery_id),
            Param::from(*file),
            Param::from(*media_type),
        ]
    };
    let params: Vec<Param> = files.iter().flat_map(row).collect();
    // Files have no index: only what came behind the last row is looked through.
    let last = "SELECT COALESCE(MAX(value_id), 0) FROM {catalog_product_entity_media_gallery}";
    let last: i64 = session.fetch_one(last, &[]).await?;
    session.execute(&sql, &params).await?;
    let sql = "SELECT value, MAX(value_id) FROM {catalog_product_entity_media_gallery} WHERE value_id > ? AND value IN ("
        .to_owned()
        + &dialect::placeholders(files.len())
        + ") GROUP BY value";
    let mut params = vec![Param::from(last)];
    params.extend(files.iter().map(|(file, _)| Param::from(*file)));
    let ids: Vec<(String, i64)> = session.fetch_all(&sql, &params).await?;
    let table = "catalog_product_entity_media_gallery_value_to_entity";
    let sql = dialect::insert_rows(table, &["value_id", "entity_id"], ids.len());
    let params = ids
        .iter()
        .flat_map(|(_, id)| [Param::from(*id), Param::from(product_id)]);
    session.execute(&sql, &params.collect::<Vec<_>>()).await?;
    Ok(ids.into_iter().collect())
}

/// What a store view says of a picture.
pub(crate) struct StoreValue {
    pub(crate) value_id: i64,
    pub(crate) store_id: i64,
    pub(crate) label: Option<String>,
    pub(crate) position: Option<i64>,
    pub(crate) disabled: bool,
}

/// Replaces what a store view says of pictures, and adds the rows of new ones in the default scope.
pub(crate) async fn replace_values(
    session: &mut Session,
    product_id: i64,
    store_id: i64,
    values: &[StoreValue],
) -> Result<()> {
    if values.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = values.iter().map(|value| value.value_id).collect();
    let sql = "DELETE FROM {catalog_product_entity_media_gallery_value} \
               WHERE entity_id = ? AND store_id = ? AND value_id IN ("
        .to_owned()
        + &dialect::placeholders(ids.len())
        + ")";
    let mut params = params![product_id, store_id].to_vec();
    params.extend(ids.into_iter().map(Param::from));
    session.execute(&sql, &params).await?;
    let columns = [
        "value_id",
        "store_id",
        "entity_id",
        "label",
        "position",
        "disabled",
    ];
    let table = "catalog_product_entity_media_gallery_value";
    let sql = dialect::insert_rows(table, &columns, values.len());
    let row = |value: &StoreValue| {
        [
            Param::from(value.value_id),
            Param::from(value.store_id),
            Param::from(product_id),
            Param::from(value.label.as_deref()),
            Param::from(value.position),
            Param::from(value.disabled),
        ]
    };
    let params: Vec<Param> = values.iter().flat_map(row).collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Sets what store views say of videos.
pub(crate) async fn save_videos(session: &mut Session, videos: &[(i64, i64, &VideoContent)]) -> Result<()> {
    if videos.is_empty() {
        return Ok(());
    }
    let texts = ["provider", "url", "title", "description", "metadata"];
    let key = ["value_id", "store_id"];
    let columns = [key.as_slice(), texts.as_slice()].concat();
    let table = "catalog_product_entity_media_gallery_value_video";
    let sql = dialect::upsert_rows(session.engine(), table, &columns, &key, &texts, videos.len());
    let row = |(value_id, store_id, video): &(i64, i64, &VideoContent)| {
        [
            Param::from(*value_id),
            Param::from(*store_id),
            Param::from(video.video_provider.as_deref()),
            Param::from(video.video_url.as_deref()),
            Param::from(video.video_title.as_deref()),
            Param::from(video.video_description.as_deref()),
            Param::from(video.video_metadata.as_deref()),
        ]
    };
    let params: Vec<Param> = videos.iter().flat_map(row).collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Removes pictures with all that store views say of them; what is left of the files is told by
/// [`still_used`].
pub(crate) async fn delete(session: &mut Session, ids: &[i64]) -> Result<()> {
    let sql = "DELETE FROM {catalog_product_entity_media_gallery} WHERE value_id IN (".to_owned()
        + &dialect::placeholders(ids.len())
        + ")";
    let params: Vec<Param> = ids.iter().copied().map(Param::from).collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Those of the files that some gallery has.
pub(crate) async fn still_used(session: &mut Session, files: &[String]) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT value FROM {catalog_product_entity_media_gallery} WHERE value IN (".to_owned()
        + &dialect::placeholders(files.len())
        + ")";
    let params: Vec<Param> = files.iter().map(Param::from).collect();
    Ok(session.fetch_all(&sql, &params).await?)
}
