//! Private database servers, fixtures and running servers for tests.

pub mod mariadb;
