//! One filter as SQL.

use super::render::collated;
use super::{Kind, Operand, Test, number, pattern, time};
use crate::{Engine, Param};
use std::collections::HashSet;

/// What no row matches.
const NEVER: &str = "1 = 0";

/// Lists up to this length are filled up to a power of two, so that their statements can be kept.
const FILLED: usize = 1024;

/// Writes conditions and collects their parameters.
pub(super) struct Conditions {
    engine: Engine,
    params: Vec<Param>,
}

impl Conditions {
    pub(super) fn new(engine: Engine) -> Self {
        Self {
            engine,
            params: Vec::new(),
        }
    }

    pub(super) fn into_params(self) -> Vec<Param> {
        self.params
    }

    /// The condition `test` of `value` on `column`, to be joined by `AND` and `OR` as it is.
    pub(super) fn of(&mut self, column: Operand<'_>, test: Test, value: &str) -> String {
        let sql = column.sql;
        match test {
            Test::Null => format!("{sql} IS NULL"),
            Test::NotNull => format!("{sql} IS NOT NULL"),
            Test::StrictEq if value.is_empty() => format!("{sql} IS NULL"),
            Test::StrictNeq if value.is_empty() => format!("{sql} IS NOT NULL"),
            Test::Eq | Test::StrictEq => self.one_of(column, &[value], true),
            Test::Neq | Test::StrictNeq => self.one_of(column, &[value], false),
            Test::In => self.one_of(column, &split(value), true),
            Test::NotIn => self.one_of(column, &split(value), false),
            Test::Gt | Test::Gteq | Test::Lt | Test::Lteq => self.ordered(column, test, value),
            Test::Like => self.like(column, "LIKE", value.to_owned()),
            Test::NotLike => self.like(column, "NOT LIKE", value.to_owned()),
            Test::Fulltext => self.like(column, "LIKE", format!("%{value}%")),
            Test::FindInSet => self.in_set(column, value, true),
            Test::NotFindInSet => self.in_set(column, value, false),
            Test::Regexp => self.regexp(column, value),
            Test::InetNtoa => self.address(column, value),
        }
    }

    /// A placeholder for `param`.
    fn bind(&mut self, param: Param) -> &'static str {
        // The driver sends decimals as text, which MySQL would compare as a floating point number.
        let exact = self.engine == Engine::MySql && matches!(param, Param::Decimal(_));
        self.params.push(param);
        if exact { "CAST(? AS DECIMAL(65,28))" } else { "?" }
    }

    /// The column to compare with texts. MySQL refuses to compare a `utf8mb3` column with a character that
    /// it cannot hold, so for such a value the column is read as `utf8mb4`, at the cost of its index.
    fn text_side(&self, column: Operand<'_>, beyond: bool) -> String {
        if beyond && self.engine == Engine::MySql {
            return wide(column);
        }
        collated(column, self.engine)
    }

    fn one_of(&mut self, column: Operand<'_>, values: &[&str], wanted: bool) -> String {
        let mut params: Vec<Param> = match column.kind {
            Kind::Text => values.iter().map(|v| Param::from(*v)).collect(),
            Kind::Number => values.iter().map(|v| number::read(v)).collect(),
            Kind::Time => values
                .iter()
                .filter_map(|v| time::read(v))
                .flat_map(time::Moment::spellings)
                .map(Param::Text)
                .collect(),
        };
        let Some(last) = params.last().cloned() else {
            return constant(column, !wanted);
        };
        if params.len() <= FILLED {
            params.resize(params.len().next_power_of_two(), last);
        }
        let side = match column.kind {
            Kind::Text => self.text_side(column, values.iter().any(|v| beyond_utf8mb3(v))),
            Kind::Number | Kind::Time => column.sql.to_owned(),
        };
        let single = params.len() == 1;
        let marks: Vec<&str> = params.into_iter().map(|p| self.bind(p)).collect();
        match (single, wanted) {
            (true, true) => format!("{side} = {}", marks[0]),
            (true, false) => format!("{side} <> {}", marks[0]),
            (false, true) => format!("{side} IN ({})", marks.join(", ")),
            (false, false) => format!("{side} NOT IN ({})", marks.join(", ")),
        }
    }

    fn ordered(&mut self, column: Operand<'_>, test: Test, value: &str) -> String {
        let sign = match test {
            Test::Gt => ">",
            Test::Gteq => ">=",
            Test::Lt => "<",
            _ => "<=",
        };
        let (side, sign, param) = match column.kind {
            Kind::Text => (
                self.text_side(column, beyond_utf8mb3(value)),
                sign,
                Param::from(value),
            ),
            Kind::Number => (column.sql.to_owned(), sign, number::read(value)),
            Kind::Time => match time::read(value) {
                Some(moment) => {
                    let (sign, text) = moment.bound(test);
                    (column.sql.to_owned(), sign, Param::Text(text))
                }
                None => return NEVER.to_owned(),
            },
        };
        format!("{side} {sign} {}", self.bind(param))
    }

    fn like(&mut self, column: Operand<'_>, verb: &str, pattern: String) -> String {
        let beyond = column.kind == Kind::Text && beyond_utf8mb3(&pattern);
        let side = self.text_side(column, beyond);
        if let (Engine::Sqlite, Kind::Text, "LIKE", Some((from, to))) =
            (self.engine, column.kind, verb, prefix(&pattern))
        {
            // SQLite takes no index for a `LIKE` of our own; for a range it does.
            let (from, to) = (self.bind(Param::Text(from)), self.bind(Param::Text(to)));
            let like = self.bind(Param::Text(pattern));
            return format!("({side} >= {from} AND {side} <= {to} AND {side} LIKE {like})");
        }
        format!("{side} {verb} {}", self.bind(Param::Text(pattern)))
    }

    fn in_set(&mut self, column: Operand<'_>, value: &str, wanted: bool) -> String {
        if value.contains(',') {
            return constant(column, !wanted);
        }
        let not = if wanted { "" } else { "NOT " };
        if self.engine == Engine::MySql {
            let side = self.text_side(column, column.kind == Kind::Text && beyond_utf8mb3(value));
            return format!("{not}FIND_IN_SET({}, {side})", self.bind(Param::from(value)));
        }
        let sql = column.sql;
        let least = i64::try_from(value.len().max(1)).unwrap_or(i64::MAX);
        let length = self.bind(Param::Int(least));
        let word = self.bind(Param::Text(format!("%,{},%", literal(value))));
        format!("{not}(LENGTH(CAST({sql} AS BLOB)) >= {length} AND ',' || {sql} || ',' LIKE {word})")
    }

    fn regexp(&mut self, column: Operand<'_>, value: &str) -> String {
        let Some(pattern) = pattern::portable(value) else {
            return NEVER.to_owned();
        };
        let side = match self.engine {
            Engine::MySql => wide(column),
            Engine::Sqlite => column.sql.to_owned(),
        };
        format!("{side} REGEXP {}", self.bind(Param::Text(pattern)))
    }

    fn address(&mut self, column: Operand<'_>, value: &str) -> String {
        if column.kind != Kind::Number {
            return NEVER.to_owned();
        }
        let sql = column.sql;
        let text = match self.engine {
            Engine::MySql => format!("INET_NTOA({sql})"),
            Engine::Sqlite => {
                let n = format!("CAST(ROUND({sql}) AS INTEGER)");
                format!(
                    "CASE WHEN {n} BETWEEN 0 AND 4294967295 THEN ({n} >> 24) || '.' || ({n} >> 16 & 255) || '.' \
                     || ({n} >> 8 & 255) || '.' || ({n} & 255) END"
                )
            }
        };
        format!("{text} LIKE {}", self.bind(Param::from(value)))
    }
}

/// A condition that any column but NULL meets, or none.
fn constant(column: Operand<'_>, met: bool) -> String {
    if met {
        format!("{} IS NOT NULL", column.sql)
    } else {
        NEVER.to_owned()
    }
}

/// The column as text of MySQL's full character set.
fn wide(column: Operand<'_>) -> String {
    format!("CONVERT({} USING utf8mb4) COLLATE utf8mb4_general_ci", column.sql)
}

fn beyond_utf8mb3(value: &str) -> bool {
    value.chars().any(|c| c > '\u{ffff}')
}

/// The different values between commas.
fn split(value: &str) -> Vec<&str> {
    let mut seen = HashSet::new();
    value.split(',').filter(|v| seen.insert(*v)).collect()
}

/// The least and the greatest text that begin as the pattern does, if it begins with letters or digits and has more
/// behind them. What follows in a text may be less than the spaces that a shorter text is filled up with, but not
/// less than a character of no weight.
fn prefix(pattern: &str) -> Option<(String, String)> {
    let end = pattern.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
    let start = pattern.get(..end).filter(|start| !start.is_empty())?;
    let greatest = std::iter::repeat_n('\u{ffff}', 255);
    Some((format!("{start}\0"), start.chars().chain(greatest).collect()))
}

/// A pattern of `LIKE` for the text itself.
fn literal(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    for c in value.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
