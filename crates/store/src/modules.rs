//! The names of the modules that `GET /V1/modules` lists.
//!
//! Clients read the list to see what a shop can do, so it names what a stock Magento has.

/// The modules of a stock Magento Open Source 2.4.7, in load order (`GET /V1/modules`; the order is part of
/// the answer).
pub fn stock() -> impl Iterator<Item = &'static str> {
    include_str!("../data/modules.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::answers;

    #[test]
    fn the_list_is_the_recorded_one() {
        let mut compared = 0;
        for (path, answer) in answers("get", "/V1/modules") {
            let recorded: Vec<_> = answer
                .as_array()
                .unwrap()
                .iter()
                .map(|name| name.as_str().unwrap())
                .collect();
            assert_eq!(stock().collect::<Vec<_>>(), recorded, "{path}");
            compared += 1;
        }
        println!("{compared} answers compared");
    }

    #[test]
    fn there_are_337_names_and_none_is_listed_twice() {
        let mut names: Vec<_> = stock().collect();
        assert_eq!(names.len(), 337);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 337);
    }
}
