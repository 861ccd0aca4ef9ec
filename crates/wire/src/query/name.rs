/// PHP's `max_input_nesting_level`.
const MAX_BRACKETS: usize = 64;

/// One step into an array.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Index {
    Key(String),
    /// `[]`
    Next,
}

/// A variable's name taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Name {
    Path(Vec<Index>),
    /// More brackets than allowed; only the first name matters.
    TooDeep(String),
}

impl Name {
    /// Takes a decoded name apart; `None` when nothing stands before the first bracket.
    pub(super) fn parse(decoded: &[u8]) -> Option<Self> {
        let decoded = decoded.split(|byte| *byte == 0).next().unwrap_or_default();
        let start = decoded.iter().position(|byte| *byte != b' ')?;
        let decoded = &decoded[start..];
        let bracket = decoded.iter().position(|byte| *byte == b'[');
        let (first, mut rest) = decoded.split_at(bracket.unwrap_or(decoded.len()));
        if first.is_empty() {
            return None;
        }
        let first = plain(first);
        let mut path = vec![Index::Key(lossy(&first))];
        while let Some((b'[', inside)) = rest.split_first() {
            if path.len() > MAX_BRACKETS {
                return Some(Self::TooDeep(lossy(&first)));
            }
            let Some(end) = closing(inside) else {
                if path.len() == 1 {
                    path = vec![Index::Key(lossy(&plain(decoded)))];
                }
                break;
            };
            let key = &inside[..end];
            let blank = key.is_empty() || (key.len() == 1 && is_space(key[0]));
            path.push(if blank {
                Index::Next
            } else {
                Index::Key(lossy(key))
            });
            rest = &inside[end + 1..];
        }
        Some(Self::Path(path))
    }
}

/// What a name outside brackets becomes.
fn plain(name: &[u8]) -> Vec<u8> {
    name.iter()
        .map(|byte| {
            if matches!(byte, b' ' | b'.' | b'[') {
                b'_'
            } else {
                *byte
            }
        })
        .collect()
}

/// Where the index ends.
fn closing(inside: &[u8]) -> Option<usize> {
    inside.iter().position(|byte| *byte == b']')
}

/// C's `isspace`.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0B' | b'\x0C' | b'\r')
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
