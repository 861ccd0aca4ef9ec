//! What a token says.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Rejection;

/// The four claims of a token (`spec/auth.md` §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claims {
    /// The user's id, positive.
    pub uid: i64,
    /// The kind of user: 2 admin, 3 customer. Readers accept any positive number.
    pub utypid: i64,
    /// When the token was issued, in Unix seconds.
    pub iat: i64,
    /// When it ends, in Unix seconds.
    pub exp: i64,
}

impl Claims {
    /// Whether the token has ended at `now` (Unix seconds). There is no leeway (`spec/auth.md` §2.5).
    #[must_use]
    pub fn expired_at(&self, now: i64) -> bool {
        self.exp <= now
    }

    /// The payload with its members in the fixed order.
    pub(super) fn to_json(self) -> String {
        let Self {
            uid,
            utypid,
            iat,
            exp,
        } = self;
        format!(r#"{{"uid":{uid},"utypid":{utypid},"iat":{iat},"exp":{exp}}}"#)
    }

    /// Reads a payload as PHP would (`spec/auth.md` §2.5).
    ///
    /// Ids go through an integer cast, so `"1"` and `1.9` both mean 1. Times must be whole numbers, in digits or
    /// as a string of digits: on a fraction the original dies with an internal error, here the token is refused.
    pub(super) fn from_json(json: &[u8]) -> Result<Self, Rejection> {
        let raw: RawClaims<'_> = serde_json::from_slice(json).map_err(|_| Rejection::Malformed)?;
        Ok(Self {
            uid: read("uid", raw.uid, Scalar::as_id)?,
            utypid: read("utypid", raw.utypid, Scalar::as_id)?,
            iat: read("iat", raw.iat, Scalar::as_time)?,
            exp: read("exp", raw.exp, Scalar::as_time)?,
        })
    }
}

fn read<'a>(
    name: &'static str,
    value: Option<Scalar<'a>>,
    convert: impl Fn(&Scalar<'a>) -> Option<i64>,
) -> Result<i64, Rejection> {
    let value = value
        .filter(|value| !value.is_empty())
        .ok_or(Rejection::MissingClaim(name))?;
    convert(&value).ok_or(Rejection::InvalidClaim(name))
}

#[derive(serde::Deserialize)]
struct RawClaims<'a> {
    #[serde(borrow)]
    uid: Option<Scalar<'a>>,
    #[serde(borrow)]
    utypid: Option<Scalar<'a>>,
    #[serde(borrow)]
    iat: Option<Scalar<'a>>,
    #[serde(borrow)]
    exp: Option<Scalar<'a>>,
}

/// A claim before it is converted.
enum Scalar<'a> {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Cow<'a, str>),
    /// An array or object.
    Other,
}

impl Scalar<'_> {
    /// Whether PHP's `empty()` holds. An empty array would too, but is refused either way.
    fn is_empty(&self) -> bool {
        match self {
            Self::Bool(value) => !value,
            Self::Int(value) => *value == 0,
            Self::Float(value) => *value == 0.0,
            Self::Text(text) => text.is_empty() || text == "0",
            Self::Other => false,
        }
    }

    fn as_id(&self) -> Option<i64> {
        let id = match self {
            Self::Bool(value) => i64::from(*value),
            Self::Int(value) => *value,
            Self::Float(value) => whole(value.trunc())?,
            Self::Text(text) => leading_integer(text)?,
            Self::Other => return None,
        };
        (id > 0).then_some(id)
    }

    fn as_time(&self) -> Option<i64> {
        match self {
            Self::Bool(value) => Some(i64::from(*value)),
            Self::Int(value) => Some(*value),
            Self::Float(value) => whole(*value),
            Self::Text(text) => text.parse().ok(),
            Self::Other => None,
        }
    }
}

/// `value` as an integer if it is one and small enough to be exact.
fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}

/// The integer at the start of `text`; what follows the digits is cut off, as by an integer cast.
fn leading_integer(text: &str) -> Option<i64> {
    let text = text.trim_ascii_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text[..digits].parse().ok()
}

impl<'de: 'a, 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a claim")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(value).map_or(Scalar::Float(value as f64), Scalar::Int))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Float(value))
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other)
    }
}
