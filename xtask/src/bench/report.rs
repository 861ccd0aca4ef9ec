//! The numbers of a run.

use std::path::Path;

use anyhow::Result;
use serde_json::json;

/// What a number should be.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    Below(f64),
    AtLeast(f64),
}

/// All numbers, in order.
#[derive(Default)]
pub(crate) struct Report {
    notes: Vec<String>,
    lines: Vec<(String, f64, Option<Target>)>,
}

impl Target {
    fn is_met(self, value: f64) -> bool {
        match self {
            Self::Below(limit) => value < limit,
            Self::AtLeast(limit) => value >= limit,
        }
    }

    fn text(self) -> String {
        match self {
            Self::Below(limit) => format!("< {limit}"),
            Self::AtLeast(limit) => format!(">= {limit}"),
        }
    }
}

impl Report {
    /// Something to know about the whole run.
    pub(crate) fn note(&mut self, text: &str) {
        self.notes.push(text.to_owned());
    }

    /// A number; its unit stands in its name.
    pub(crate) fn number(&mut self, name: &str, value: f64, target: Option<Target>) {
        self.lines.push((name.to_owned(), value, target));
    }

    /// Prints a table.
    pub(crate) fn print(&self) {
        println!();
        for note in &self.notes {
            println!("{note}");
        }
        println!("{:<44}{:>12}  target", "measured", "");
        for (name, value, target) in &self.lines {
            let verdict = target.map_or_else(String::new, |target| {
                let mark = if target.is_met(*value) { "met" } else { "MISSED" };
                format!("{} {mark}", target.text())
            });
            println!("{name:<44}{value:>12.2}  {verdict}");
        }
    }

    /// Writes the same as JSON.
    pub(crate) fn save(&self, file: &Path) -> Result<()> {
        let lines: Vec<_> = self
            .lines
            .iter()
            .map(|(name, value, target)| {
                let target = target.map(|target| json!({"is": target.text(), "met": target.is_met(*value)}));
                json!({"name": name, "value": value, "target": target})
            })
            .collect();
        let document = json!({"notes": self.notes, "lines": lines});
        Ok(std::fs::write(file, serde_json::to_vec_pretty(&document)?)?)
    }
}

/// The one in the middle; the upper one of two.
pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median([3.0, 1.0, 2.0].into_iter()) - 2.0).abs() < 1e-9);
        assert!(median(std::iter::empty()).is_nan());
    }

    #[test]
    fn targets_have_a_side() {
        assert!(Target::Below(5.0).is_met(4.9) && !Target::Below(5.0).is_met(5.0));
        assert!(Target::AtLeast(0.9).is_met(0.9) && !Target::AtLeast(0.9).is_met(f64::NAN));
    }
}
