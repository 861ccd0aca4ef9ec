//! Who may use which resource (`spec/auth.md` §5.1, §5.3).

#[cfg(test)]
mod tests;
mod tree;

use std::collections::{HashMap, HashSet};

pub use tree::{Resource, resource_index, resources};

/// The resource that stands for everything.
pub const ROOT: &str = "Magento_Backend::all";

/// The `role_id` of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoleId(pub i64);

/// The two kinds of rows in `authorization_role`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleKind {
    /// `G`: a role that users are put into.
    Group,
    /// `U`: one user's or integration's own row, below its group.
    User,
}

/// A row of `authorization_role`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRow {
    /// `role_id`.
    pub id: RoleId,
    /// `parent_id`; 0 for none.
    pub parent: RoleId,
    /// `role_type`.
    pub kind: RoleKind,
    /// `user_id`: of the admin user or of the integration.
    pub user_id: i64,
    /// `user_type`: 1 integration, 2 admin.
    pub user_type: i64,
}

/// A row of `authorization_rule`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    /// `role_id`.
    pub role: RoleId,
    /// `resource_id`.
    pub resource: String,
    /// Whether `permission` is `allow`. Rows that are neither `allow` nor `deny` are not passed in.
    pub allow: bool,
}

/// All rules, worked out for every role.
#[derive(Debug, Default)]
pub struct Acl {
    roles: HashMap<RoleId, Grants>,
    users: HashMap<(i64, i64), RoleId>,
}

/// What one role may use.
#[derive(Debug, Clone, Default)]
struct Grants {
    /// A bit for each resource of the tree.
    bits: Vec<u64>,
    /// Allowed on the root: also every id that the tree does not have, such as `self`.
    everything: bool,
}

impl Acl {
    /// Works out `rules` in the order of their ids: a later row for the same role and resource wins.
    ///
    /// A resource is decided by the nearest rule, first of the role, then of its parents, then of the next
    /// resource up the tree; finally by whether the root is allowed. Rules on ids outside the tree are skipped.
    #[must_use]
    pub fn compile(roles: &[RoleRow], rules: &[RuleRow]) -> Self {
        let rules = RuleTable::new(rules);
        let parents: HashMap<RoleId, RoleId> = roles.iter().map(|role| (role.id, role.parent)).collect();
        let mut acl = Self::default();
        for role in roles {
            acl.roles.insert(role.id, rules.grants(&line(role.id, &parents)));
            if role.kind == RoleKind::User {
                acl.users.entry((role.user_id, role.user_type)).or_insert(role.id);
            }
        }
        acl
    }

    /// The role of a user: its own row. Without one only anonymous routes are open.
    #[must_use]
    pub fn role_of(&self, user_id: i64, user_type: i64) -> Option<RoleId> {
        self.users.get(&(user_id, user_type)).copied()
    }

    /// Whether `role` may use the resource at `index` (see [`resource_index`]); `None` is an id that the
    /// tree does not have.
    #[must_use]
    pub fn allows_index(&self, role: RoleId, index: Option<u16>) -> bool {
        let Some(grants) = self.roles.get(&role) else {
            return false;
        };
        match index {
            Some(index) => {
                let (word, bit) = (usize::from(index) / 64, index % 64);
                grants.bits.get(word).is_some_and(|bits| bits >> bit & 1 == 1)
            }
            None => grants.everything,
        }
    }

    /// Whether `role` may use `resource`.
    #[must_use]
    pub fn allows(&self, role: RoleId, resource: &str) -> bool {
        self.allows_index(role, resource_index(resource))
    }

    /// Whether `role` may use everything, known or not.
    #[must_use]
    pub fn allows_everything(&self, role: RoleId) -> bool {
        self.allows_index(role, None)
    }
}

/// A role and its parents, nearest first. A circle in the data ends it.
fn line(role: RoleId, parents: &HashMap<RoleId, RoleId>) -> Vec<RoleId> {
    let mut line = vec![role];
    while let Some(parent) = line.last().and_then(|last| parents.get(last))
        && parents.contains_key(parent)
        && !line.contains(parent)
    {
        line.push(*parent);
    }
    line
}

/// The rules by role and resource.
struct RuleTable {
    rules: HashMap<(RoleId, u16), bool>,
    /// Resources that some rule of some role names.
    mentioned: HashSet<u16>,
    /// Roles with at least one deny.
    denying: HashSet<RoleId>,
    /// Roles with an allow on the root.
    everything: HashSet<RoleId>,
}

impl RuleTable {
    fn new(rows: &[RuleRow]) -> Self {
        let mut table = Self {
            rules: HashMap::with_capacity(rows.len()),
            mentioned: HashSet::new(),
            denying: HashSet::new(),
            everything: HashSet::new(),
        };
        for row in rows {
            let Some(resource) = resource_index(&row.resource) else {
                continue;
            };
            table.mentioned.insert(resource);
            table.rules.insert((row.role, resource), row.allow);
            if !row.allow {
                table.denying.insert(row.role);
            } else if row.resource == ROOT {
                table.everything.insert(row.role);
            }
        }
        table
    }

    /// The rule of `role` itself. A role that denies anything also denies what no rule names, so that the
    /// resources of a new module are not open to limited roles.
    fn rule(&self, role: RoleId, resource: u16) -> Option<bool> {
        let unmentioned = || {
            let closed = self.denying.contains(&role) && !self.mentioned.contains(&resource);
            closed.then_some(false)
        };
        self.rules.get(&(role, resource)).copied().or_else(unmentioned)
    }

    fn grants(&self, line: &[RoleId]) -> Grants {
        let everything = line.iter().any(|role| self.everything.contains(role));
        let mut bits = vec![0_u64; resources().len().div_ceil(64)];
        // Parents stand before their children in the tree, so their answer is known when it is needed.
        for (at, resource) in (0_u16..).zip(resources()) {
            let own = line.iter().find_map(|role| self.rule(*role, at));
            let inherited = || match resource.parent {
                Some(parent) => bits[usize::from(parent) / 64] >> (parent % 64) & 1 == 1,
                None => everything,
            };
            if own.unwrap_or_else(inherited) {
                bits[usize::from(at) / 64] |= 1 << (at % 64);
            }
        }
        Grants { bits, everything }
    }
}
