//! What the bearer check keeps in memory.

use db::{FromRow, Result, Row, Session, Watched, params};

use crate::acl::{RoleId, RoleKind, RoleRow, RuleRow};

/// Tables and columns whose change makes the memory stale.
pub(crate) const WATCHED: &[Watched] = &[
    Watched::Rows("admin_user", &["user_id", "is_active"]),
    Watched::Rows(
        "authorization_role",
        &["role_id", "parent_id", "role_type", "user_id", "user_type"],
    ),
    Watched::Rows(
        "authorization_rule",
        &["rule_id", "role_id", "resource_id", "permission"],
    ),
    Watched::Sums("jwt_auth_revoked", &["user_type_id", "user_id", "revoke_before"]),
];

impl FromRow for RoleRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let kind = if row.get::<String>(2)? == "U" {
            RoleKind::User
        } else {
            RoleKind::Group
        };
        Ok(Self {
            id: RoleId(row.get(0)?),
            parent: RoleId(row.get(1)?),
            kind,
            user_id: row.get(3)?,
            user_type: row
                .get::<Option<String>>(4)?
                .and_then(|text| text.parse().ok())
                .unwrap_or_default(),
        })
    }
}

impl FromRow for RuleRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            role: RoleId(row.get(0)?),
            resource: row.get::<Option<String>>(1)?.unwrap_or_default(),
            allow: row.get::<String>(2)? == "allow",
        })
    }
}

/// Ids of the admin users, and whether each is active.
pub(crate) async fn admins(session: &mut Session) -> Result<Vec<(i64, i64)>> {
    session
        .fetch_all("SELECT user_id, is_active FROM {admin_user}", params![])
        .await
}

/// All roles.
pub(crate) async fn roles(session: &mut Session) -> Result<Vec<RoleRow>> {
    let sql =
        "SELECT role_id, parent_id, role_type, user_id, user_type FROM {authorization_role} ORDER BY role_id";
    session.fetch_all(sql, params![]).await
}

/// All rules, oldest first.
pub(crate) async fn rules(session: &mut Session) -> Result<Vec<RuleRow>> {
    let sql = "SELECT role_id, resource_id, permission FROM {authorization_rule} \
               WHERE permission IN ('allow', 'deny') ORDER BY rule_id";
    session.fetch_all(sql, params![]).await
}

/// The revocations of all but customers: type of user, user, and the second up to which tokens are void.
pub(crate) async fn revocations(session: &mut Session) -> Result<Vec<(i64, i64, i64)>> {
    session
        .fetch_all(
            "SELECT user_type_id, user_id, revoke_before FROM {jwt_auth_revoked} WHERE user_type_id <> 3",
            params![],
        )
        .await
}
