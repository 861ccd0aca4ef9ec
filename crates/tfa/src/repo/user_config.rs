//! `tfa_user_config`.

use db::{FromRow, Result, Row, Session, params};

/// A row as it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stored {
    /// `None` for a row that is not there yet.
    pub(crate) id: Option<i64>,
    pub(crate) providers: Option<String>,
    pub(crate) config: Option<String>,
    pub(crate) default_provider: Option<String>,
}

impl FromRow for Stored {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.named("config_id")?,
            providers: row.named("encoded_providers")?,
            config: row.named("encoded_config")?,
            default_provider: row.named("default_provider")?,
        })
    }
}

/// The row of a user.
pub(crate) async fn find(session: &mut Session, user_id: i64) -> Result<Option<Stored>> {
    let sql = "SELECT config_id, encoded_providers, encoded_config, default_provider FROM {tfa_user_config} \
               WHERE user_id = ? ORDER BY config_id LIMIT 1";
    session.fetch_optional(sql, params![user_id]).await
}

/// Inserts or replaces the row of a user.
pub(crate) async fn save(session: &mut Session, user_id: i64, row: &Stored) -> Result<()> {
    let (providers, config, default) = (&row.providers, &row.config, &row.default_provider);
    if let Some(id) = row.id {
        let sql = "UPDATE {tfa_user_config} SET encoded_providers = ?, encoded_config = ?, default_provider = ? \
                   WHERE config_id = ?";
        let values = params![providers.clone(), config.clone(), default.clone(), id];
        session.execute(sql, values).await?;
    } else {
        let sql = "INSERT INTO {tfa_user_config} (user_id, encoded_providers, encoded_config, default_provider) \
                   VALUES (?, ?, ?, ?)";
        let values = params![user_id, providers.clone(), config.clone(), default.clone()];
        session.execute(sql, values).await?;
    }
    Ok(())
}
