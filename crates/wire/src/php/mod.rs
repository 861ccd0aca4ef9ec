//! PHP's numbers, casts and URL decoding, as far as they can be seen from outside.

mod cast;
mod number;
mod url;

pub use cast::{Numeric, is_numeric, numeric, to_bool, to_string_cast, type_name};
pub use number::{decimal_to_json, float_to_string, float_to_string_cast};
pub use url::{rawurldecode, urldecode_form};

pub(crate) use url::decode_form_bytes;
