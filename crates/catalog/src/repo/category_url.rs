//! URL rewrites of categories.
