//! What the macros say to wrong declarations.

#[test]
fn wrong_declarations_are_explained() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
