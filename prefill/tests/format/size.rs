//! How many codes the family of four needs.

use kakanai_prefill::Medium;

use crate::sample::{family, sheet};

#[test]
fn the_family_of_four_fits_a_few_codes() {
    let phone = sheet(&family(), Medium::Phone);
    let paper = sheet(&family(), Medium::Paper);
    println!(
        "{} bytes: {} codes {}-M on a phone, {} codes {}-M on paper",
        phone.message_len,
        phone.texts.len(),
        phone.version,
        paper.texts.len(),
        paper.version
    );
    assert!(phone.texts.len() <= 4 && phone.version <= 10);
    assert!(paper.texts.len() <= 3 && paper.version <= 13);
}
