//! `app/etc/config.php`: the list of modules.

use crate::php::{self, ParseError, Value};

/// The enabled modules in the order of the file, which is the order in which they are loaded.
///
/// # Errors
/// [`ParseError`] when the text is not a program that returns one array of literals.
pub fn modules(text: &str) -> Result<Vec<String>, ParseError> {
    let all = php::parse(text)?;
    let Some(Value::Array(modules)) = all.at(&["modules"]) else {
        return Ok(Vec::new());
    };
    Ok(modules
        .iter()
        .filter(|(_, enabled)| enabled.is_true())
        .map(|(name, _)| name.clone())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enabled_modules_come_in_file_order() {
        let text = "<?php\nreturn [\n 'modules' => [\n 'Magento_Store' => 1,\n 'Magento_TwoFactorAuth' => 0,\n \
                    'Magento_AdobeIms' => '1',\n ],\n 'system' => [],\n];\n";
        assert_eq!(modules(text).unwrap(), ["Magento_Store", "Magento_AdobeIms"]);
    }

    #[test]
    fn a_file_without_modules_has_none() {
        assert!(modules("<?php return ['scopes' => []];").unwrap().is_empty());
        assert!(modules("<?php return ['modules' => 1];").unwrap().is_empty());
    }
}
