//! The operations, one file for each of Magento's services.

pub(crate) mod country;
pub(crate) mod currency;
