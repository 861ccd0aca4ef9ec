//! URL keys: Latin letters, digits and hyphens.

/// Characters by what they are written as. Those that stand nowhere here and are not Latin letters or digits become
/// a hyphen.
const LETTERS: &[(&str, &str)] = &[
    ("at", "@"),
    ("c", "©ÇçĆćĈĉĊċČčЦцץצ"),
    ("r", "®ŔŕŖŗŘřΡρРрרঋ"),
    ("a", "ÀÁÂÄÅàáâäåĀāĂăĄąǍǎǺǻΆΑάαАаאঅাে"),
    ("ae", "ÆæǼǽ"),
    ("e", "ÈÉËèéêëĒēĔĕĖėĘęĚěƏəΈΕέεЄЕеєעএ"),
    ("i", "ÌÍÎÏìíîïĨĩĪīĬĭĮįİıǏǐΊΐΗΙήίηιϊІЇИиіїיইি"),
    ("o", "ÒÓÔÕÖØòóôõöøŌōŎŏŐőƠơǑǒǾǿΌΏΟΩοωόώОоও়ুো"),
    ("u", "ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜυύУуউূ"),
    ("y", "ÝýÿŶŷŸΎΥЫы"),
    ("ss", "ß"),
    ("p", "þΠπПпףפ"),
    ("d", "ĎďĐđΔδДдד"),
    ("g", "ĜĝĞğĠġĢģΓγГгҐґג"),
    ("h", "ĤĥĦħХхהח্"),
    ("ij", "Ĳĳ"),
    ("j", "ĴĵЙй"),
    ("k", "ĶķĸΚκКкךכ"),
    ("l", "ĹĺĻļĽľĿŀŁłΛλЛлל"),
    ("n", "ÑñŃńŅņŇňŉŊŋΝνНнןנঁৢ"),
    ("oe", "Œœ"),
    ("s", "ŚśŜŝŞşŠšΣςσСсס"),
    ("t", "ŢţŤťŦŧΤτТтטתৎ"),
    ("w", "Ŵŵש"),
    ("z", "ŹźŻżŽžſΖζЗзז"),
    ("f", "ƒΦφФф"),
    ("jo", "Ёё"),
    ("b", "ΒβБбב"),
    ("v", "Ввו"),
    ("zh", "Жж"),
    ("m", "ΜμМмםמ"),
    ("ch", "ΧχЧч"),
    ("sh", "Шш"),
    ("sch", "Щщ"),
    ("je", "Ээ"),
    ("ju", "Юю"),
    ("ja", "Яяজ"),
    ("q", "ק"),
    ("tm", "™"),
    ("th", "Θθ"),
    ("x", "Ξξ"),
    ("ps", "Ψψ"),
    ("aa", "আ"),
    ("ii", "ঈ"),
    ("uu", "ঊ"),
    ("ri", "ৃৠ"),
    ("ai", "ঐৈ"),
    ("ou", "ঔ"),
    ("ka", "ক"),
    ("kha", "খ"),
    ("ga", "গ"),
    ("gha", "ঘ"),
    ("na", "ঙঞণন"),
    ("ca", "চ"),
    ("cha", "ছ"),
    ("jha", "ঝ"),
    ("ta", "টত"),
    ("tha", "ঠথ"),
    ("da", "ডদ"),
    ("ra", "রড়"),
    ("dha", "ঢধ"),
    ("rha", "ঢ়"),
    ("pa", "প"),
    ("pha", "ফ"),
    ("ba", "ব"),
    ("bha", "ভ"),
    ("ma", "ম"),
    ("ya", "যয়"),
    ("la", "ল"),
    ("sa", "শস"),
    ("sha", "ষ"),
    ("ha", "হ"),
    ("0", "০"),
    ("1", "১"),
    ("2", "২"),
    ("3", "৩"),
    ("4", "৪"),
    ("5", "৫"),
    ("6", "৬"),
    ("7", "৭"),
    ("8", "৮"),
    ("9", "৯"),
    ("ee", "ী"),
    ("rii", "ৄ"),
    ("oh", "ঃ"),
    ("ng", "ং"),
    ("nn", "ৣ"),
];

/// Sequences that are written as one, the longest first.
const SEQUENCES: &[(&str, &str)] = &[
    ("&amp;", "and"),
    ("ক্ষ্ম", "ksmo"),
    ("ক্ষ", "kso"),
    ("ষ্ণ", "sno"),
    ("জ্ঞ", "jno"),
    ("ঞ্জ", "nchho"),
    ("হ্ম", "hmo"),
    ("ঞ্চ", "ncho"),
    ("ঙ্ক", "ngko"),
    ("ট্ট", "tto"),
    ("হ্ন", "hno"),
    ("হ্ণ", "hno"),
    ("ক্র", "kro"),
    ("গ্ধ", "gdho"),
    ("ত্র", "tro"),
    ("ক্ত", "kto"),
    ("ক্স", "kso"),
    ("ত্ত", "tto"),
    ("ত্ম", "tmo"),
    ("ক্ক", "kko"),
    ("ক্ম", "kmo"),
    ("ক্ল", "klo"),
    ("ৌ", "ow"),
    ("্য", "a"),
    ("্র", "r"),
];

/// The URL key of a text, as Magento writes it (golden `types.bool.string-true`: `Bool string-true` is
/// `bool-string-true`); empty when nothing of the text can be written in Latin letters.
pub(crate) fn of(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let sequence = SEQUENCES.iter().find(|(from, _)| rest.starts_with(from));
        let (length, written) = match sequence {
            Some((from, to)) => (from.len(), Some(*to)),
            None => (first.len_utf8(), letter(first)),
        };
        match written {
            Some(written) => key.push_str(written),
            None if first.is_ascii_alphanumeric() => key.push(first.to_ascii_lowercase()),
            None if key.is_empty() || key.ends_with('-') => {}
            None => key.push('-'),
        }
        rest = &rest[length..];
    }
    key.truncate(key.trim_end_matches('-').len());
    key
}

fn letter(of: char) -> Option<&'static str> {
    if of.is_ascii() && of != '@' {
        return None;
    }
    let found = LETTERS.iter().find(|(_, letters)| letters.contains(of));
    found.map(|(written, _)| *written)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn keys_are_made_of_latin_letters_digits_and_hyphens() {
        assert_eq!(of("Gear Default View"), "gear-default-view");
        assert_eq!(of("  <script>alert(1)</script> "), "script-alert-1-script");
        assert_eq!(of("Größe & Maß @ Zürich"), "grosse-mass-at-zurich");
        assert_eq!(of("Щука"), "schuka");
        assert_eq!(of("日本"), "");
        assert_eq!(of("a&amp;b"), "aandb");
    }
}
