//! The known name nearest to a mistyped one.

/// The nearest of `known` to `name`, if it is near enough to be meant: at most two letters differ, or one in three
/// of a long name.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = name.chars().count();
    let most = (letters / 3).clamp(1, 3);
    known
        .into_iter()
        .filter(|other| *other != name)
        .map(|other| (strsim::osa_distance(name, other), other))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

/// What to do about a name that leads nowhere, in Japanese and English, with the nearest known one.
pub fn hint<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    add: (&str, &str),
) -> (String, String) {
    match nearest(name, known) {
        Some(near) => (
            format!("「{near}」ではありませんか。違うときは、{}。", add.0),
            format!("Did you mean \"{near}\"? If not, {}.", add.1),
        ),
        None => (
            format!("つづりを確かめるか、{}。", add.0),
            format!("Check the spelling, or {}.", add.1),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_finds_its_name_and_another_word_does_not() {
        let known = ["event", "move_date", "moving", "insurance_after", "insurance_before"];
        for (name, expected) in [
            ("evnet", Some("event")),
            ("move_dat", Some("move_date")),
            ("insurance_aftr", Some("insurance_after")),
            ("movign", Some("moving")),
            ("pension", None),
            ("sex", None),
        ] {
            assert_eq!(nearest(name, known), expected, "{name}");
        }
    }
}
