/// What an answer is written into, one call per token.
///
/// Calls must nest properly: inside an object every value follows a [`key`](Self::key); there is exactly one
/// value at the top.
pub trait Sink {
    /// Writes `null`.
    fn null(&mut self);
    /// Writes a boolean.
    fn bool(&mut self, value: bool);
    /// Writes an integer.
    fn int(&mut self, value: i64);
    /// Writes a number that PHP's rules have already turned into text, see [`crate::php::float_to_string`].
    fn float(&mut self, text: &str);
    /// Writes a string.
    fn str(&mut self, value: &str);
    /// Opens an object. An object that receives no key is the empty PHP array.
    fn begin_object(&mut self);
    /// Names the value that follows.
    fn key(&mut self, key: &str);
    /// Closes the innermost object.
    fn end_object(&mut self);
    /// Opens a list.
    fn begin_list(&mut self);
    /// Closes the innermost list.
    fn end_list(&mut self);
}
