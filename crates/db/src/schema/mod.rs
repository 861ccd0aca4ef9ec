//! Tables, declared once and rendered for either engine.
//!
//! ```
//! use db::schema::{Column, ForeignKey, Key, Table};
//!
//! pub const ADMIN_PASSWORDS: Table = Table::new("admin_passwords", "Admin Passwords")
//!     .columns(&[
//!         Column::int("password_id").unsigned().identity().comment("Password ID"),
//!         Column::int("user_id").unsigned().default("0").comment("User ID"),
//!         Column::varchar("password_hash", 255).nullable().comment("Password Hash"),
//!     ])
//!     .primary_key(&["password_id"])
//!     .indexes(&[Key::new("ADMIN_PASSWORDS_USER_ID", &["user_id"])])
//!     .foreign_keys(&[ForeignKey::cascade(
//!         "ADMIN_PASSWORDS_USER_ID_ADMIN_USER_USER_ID", "user_id", "admin_user", "user_id")]);
//! ```
//!
//! Names, types, lengths and keys are those of Magento's tables; [`compare()`] checks them against a real
//! database.

mod compare;
mod install;
mod made;
mod render;
mod rows;

pub use compare::{Difference, compare};
pub use install::{fits, install, is_empty, missing};
pub(crate) use install::{present, with_lock};
pub(crate) use made::Made;
pub use made::{is_made, make};
pub use render::create_table;
pub use rows::insert_rows;

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub(crate) name: &'static str,
    pub(crate) comment: &'static str,
    pub(crate) columns: &'static [Column],
    pub(crate) primary_key: &'static [&'static str],
    pub(crate) unique: &'static [Key],
    pub(crate) indexes: &'static [Key],
    pub(crate) lookups: &'static [Key],
    pub(crate) fulltext: &'static [Key],
    pub(crate) foreign_keys: &'static [ForeignKey],
}

impl Table {
    /// A table called `name` (without prefix), with its comment.
    #[must_use]
    pub const fn new(name: &'static str, comment: &'static str) -> Self {
        Self {
            name,
            comment,
            columns: &[],
            primary_key: &[],
            unique: &[],
            indexes: &[],
            lookups: &[],
            fulltext: &[],
            foreign_keys: &[],
        }
    }

    /// Its columns, in order.
    #[must_use]
    pub const fn columns(self, columns: &'static [Column]) -> Self {
        Self { columns, ..self }
    }

    /// The columns of its primary key.
    #[must_use]
    pub const fn primary_key(self, primary_key: &'static [&'static str]) -> Self {
        Self { primary_key, ..self }
    }

    /// Its unique keys.
    #[must_use]
    pub const fn unique(self, unique: &'static [Key]) -> Self {
        Self { unique, ..self }
    }

    /// Its other indexes.
    #[must_use]
    pub const fn indexes(self, indexes: &'static [Key]) -> Self {
        Self { indexes, ..self }
    }

    /// Indexes that Magento's tables do not have: made on SQLite only.
    #[must_use]
    pub const fn lookups(self, lookups: &'static [Key]) -> Self {
        Self { lookups, ..self }
    }

    /// Its full-text indexes: made on MySQL only.
    #[must_use]
    pub const fn fulltext(self, fulltext: &'static [Key]) -> Self {
        Self { fulltext, ..self }
    }

    /// Its foreign keys.
    #[must_use]
    pub const fn foreign_keys(self, foreign_keys: &'static [ForeignKey]) -> Self {
        Self { foreign_keys, ..self }
    }

    /// Its name, without prefix.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// A unique key or an index: its name and columns.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [&'static str],
}

impl Key {
    /// A key called `name` over `columns`.
    #[must_use]
    pub const fn new(name: &'static str, columns: &'static [&'static str]) -> Self {
        Self { name, columns }
    }
}

/// What happens to a row when the row that it refers to is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// It is deleted too.
    Cascade,
    /// Its column becomes NULL.
    SetNull,
    /// The delete is refused.
    Restrict,
}

/// A foreign key over one column.
#[derive(Debug, Clone, Copy)]
pub struct ForeignKey {
    pub(crate) name: &'static str,
    pub(crate) column: &'static str,
    pub(crate) table: &'static str,
    pub(crate) target: &'static str,
    pub(crate) on_delete: OnDelete,
}

impl ForeignKey {
    /// A foreign key called `name` from `column` to `target` of `table`.
    #[must_use]
    pub const fn new(
        name: &'static str,
        column: &'static str,
        table: &'static str,
        target: &'static str,
        on_delete: OnDelete,
    ) -> Self {
        Self {
            name,
            column,
            table,
            target,
            on_delete,
        }
    }

    /// One with `ON DELETE CASCADE`, the usual kind.
    #[must_use]
    pub const fn cascade(
        name: &'static str,
        column: &'static str,
        table: &'static str,
        target: &'static str,
    ) -> Self {
        Self::new(name, column, table, target, OnDelete::Cascade)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Boolean,
    SmallInt,
    Int,
    BigInt,
    Char(u16),
    Varchar(u16),
    Text,
    MediumText,
    LongText,
    Decimal(u8, u8),
    Float,
    Double,
    Timestamp,
    Datetime,
    Date,
    Varbinary(u16),
    Blob,
    MediumBlob,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Default {
    None,
    Value(&'static str),
    Now,
}

/// A column. NOT NULL and without default unless told otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) unsigned: bool,
    pub(crate) nullable: bool,
    pub(crate) identity: bool,
    pub(crate) default: Default,
    pub(crate) on_update_now: bool,
    pub(crate) update_trigger: bool,
    pub(crate) comment: &'static str,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $function:ident => $kind:ident $(($($argument:ident: $type:ty),+))?;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $function(name: &'static str $($(, $argument: $type)+)?) -> Self {
            Self::of(name, Kind::$kind $(($($argument),+))?)
        }
    )*};
}

impl Column {
    const fn of(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            unsigned: false,
            nullable: false,
            identity: false,
            default: Default::None,
            on_update_now: false,
            update_trigger: false,
            comment: "",
        }
    }

    kinds! {
        /// `tinyint(1)`.
        boolean => Boolean;
        /// `smallint`, 16 bits.
        smallint => SmallInt;
        /// `int`, 32 bits.
        int => Int;
        /// `bigint`, 64 bits; unsigned ones are kept below 2^63 on SQLite.
        bigint => BigInt;
        /// `char` of fixed length in characters.
        char => Char(length: u16);
        /// `varchar` of at most `length` characters.
        varchar => Varchar(length: u16);
        /// `text`, up to 64 KB.
        text => Text;
        /// `mediumtext`, up to 16 MB.
        mediumtext => MediumText;
        /// `longtext`.
        longtext => LongText;
        /// `decimal`: digits in all, and after the point.
        decimal => Decimal(precision: u8, scale: u8);
        /// `float`: for weights, never for money or quantities.
        float => Float;
        /// `double`: for places on earth.
        double => Double;
        /// `timestamp`, UTC.
        timestamp => Timestamp;
        /// `datetime`, UTC.
        datetime => Datetime;
        /// `date`.
        date => Date;
        /// `varbinary` of at most `length` bytes.
        varbinary => Varbinary(length: u16);
        /// `blob`, up to 64 KB.
        blob => Blob;
        /// `mediumblob`, up to 16 MB.
        mediumblob => MediumBlob;
    }

    /// Without negative numbers.
    #[must_use]
    pub const fn unsigned(self) -> Self {
        Self {
            unsigned: true,
            ..self
        }
    }

    /// May be NULL, which is then also the default.
    #[must_use]
    pub const fn nullable(self) -> Self {
        Self {
            nullable: true,
            ..self
        }
    }

    /// Numbered by the database.
    #[must_use]
    pub const fn identity(self) -> Self {
        Self {
            identity: true,
            ..self
        }
    }

    /// Default value, as text: `"0"`, `"0.0000"`, `"default"`. Decimals at the column's scale.
    #[must_use]
    pub const fn default(self, value: &'static str) -> Self {
        Self {
            default: Default::Value(value),
            ..self
        }
    }

    /// The current time is the default.
    #[must_use]
    pub const fn default_now(self) -> Self {
        Self {
            default: Default::Now,
            ..self
        }
    }

    /// An update that changes the row and does not set this column sets it to the current time.
    #[must_use]
    pub const fn on_update_now(self) -> Self {
        Self {
            on_update_now: true,
            update_trigger: true,
            ..self
        }
    }

    /// As [`Column::on_update_now`], for tables whose every `UPDATE` sets this column. SQLite then has no trigger
    /// for it, which could not tell a column that is set to the value it had from one that is not set.
    #[must_use]
    pub const fn on_update_now_or_set(self) -> Self {
        Self {
            on_update_now: true,
            ..self
        }
    }

    /// Comment, kept on MySQL.
    #[must_use]
    pub const fn comment(self, comment: &'static str) -> Self {
        Self { comment, ..self }
    }
}
