//! Customers for measurements: many, plain, all of the same shape.

use std::ops::Range;

use contract::Result;
use db::{Param, Session};
use jiff::{SignedDuration, Timestamp};

use crate::repo;

const FIRST: [&str; 10] = [
    "Ada", "Björn", "Chen", "Dora", "Emil", "Fatima", "Grace", "Hiro", "Ines", "Jane",
];
const LAST: [&str; 12] = [
    "Archer", "Baker", "Cooper", "Dyer", "Fisher", "Mason", "Miller", "Potter", "Sawyer", "Smith", "Turner",
    "Weaver",
];

/// Makes customers of a website's store view, spread over the groups 1 to 3; each is a little older than the one before
/// it. The caller commits.
///
/// # Errors
/// The database refuses.
pub async fn customers(
    session: &mut Session,
    (website_id, store_id): (i64, i64),
    numbers: Range<i64>,
    now: Timestamp,
) -> Result<()> {
    let mut values = Vec::new();
    for number in numbers {
        let pick = |names: &[&'static str], step: i64| {
            let at = usize::try_from(number / step).unwrap_or_default() % names.len();
            names[at]
        };
        let age = SignedDuration::from_mins(number);
        let created = contract::column_time(now.checked_sub(age).unwrap_or(now));
        values.extend([
            Param::from(website_id),
            Param::from(store_id),
            Param::from(format!("perf-{number:07}@example.com")),
            Param::from(number % 3 + 1),
            Param::from(pick(&FIRST, 1)),
            Param::from(pick(&LAST, 10)),
            Param::from(created.as_str()),
            Param::from(created.as_str()),
        ]);
    }
    let columns = [
        "website_id",
        "store_id",
        "email",
        "group_id",
        "firstname",
        "lastname",
        "created_at",
        "updated_at",
    ];
    Ok(db::bulk::insert(session, "customer_entity", &columns, &values).await?)
}

/// The number of the first customer to be made: behind those that are there.
///
/// # Errors
/// The database cannot be read.
pub async fn next(session: &mut Session) -> Result<i64> {
    repo::customer::last_id(session).await.map(|id| id + 1)
}
