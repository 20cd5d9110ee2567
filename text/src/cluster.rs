//! Clusters: what a reader calls one character.
//!
//! A base character and the variation selector or combining mark behind it belong together.
//! Counting, cutting, comb boxes and wrapping all go by cluster, never by code point.

use unicode_segmentation::UnicodeSegmentation;

/// The clusters of `text`, in order; joined again they give `text` unchanged.
pub fn clusters(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.graphemes(true)
}

/// How many clusters `text` has.
pub fn cluster_count(text: &str) -> usize {
    clusters(text).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variation_selector_stays_with_its_base() {
        let name = "葛\u{E0100}城　𠮷子";
        assert_eq!(clusters(name).collect::<Vec<_>>(), ["葛\u{E0100}", "城", "　", "𠮷", "子"]);
        assert_eq!(cluster_count(name), 5);
    }

    proptest::proptest! {
        #[test]
        fn joined_clusters_are_the_text(text in ".*") {
            proptest::prop_assert_eq!(clusters(&text).collect::<String>(), text);
        }
    }
}
