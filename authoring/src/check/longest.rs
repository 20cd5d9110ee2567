//! How long the texts of the vocabulary can be in law and practice, as values to try on a form.

/// The longest value of a source; `None` where nothing limits it or it is no text.
///
/// Names: the resident record and the residence card hold foreign names in Latin letters; 80 letters is what the papers
/// must bear. Addresses: 60 characters, as those of Kyoto reach (通り名). 方書: 40. Telephone: 13 with hyphens.
pub fn longest(source: &str) -> Option<String> {
    const LATIN: &str =
        "MIHON ALEXANDER MAXIMILIAN BARTHOLOMEW CHRISTOPHER THEODORE SEBASTIAN FITZGERALD";
    let (_, fact) = source.split_once('.')?;
    let kanji = |length: usize| "見本".chars().cycle().take(length).collect::<String>();
    Some(match fact {
        "name" | "new_head_name" | "previous_head_name" | "joined_head_name" | "hittousha"
        | "agent_name" | "name_roman" => LATIN.to_owned(),
        "name_kana" => "ミホンアレクサンダーマクシミリアン".chars().cycle().take(50).collect(),
        "tsusho" | "former_name" | "agent_relation" | "occupation" => kanji(20),
        "address"
        | "new_address"
        | "previous_address"
        | "honseki"
        | "agent_address"
        | "last_registered"
        | "last_lived_unregistered" => kanji(60),
        "address_katagaki"
        | "new_address_katagaki"
        | "previous_address_katagaki"
        | "employer"
        | "bank_account" => kanji(40),
        "phone" => "000-0000-0000".to_owned(),
        "new_postal_code" | "postal_code" => "000-0000".to_owned(),
        "residence_card_number" => "AB00000000CD".to_owned(),
        _ => return None,
    })
}

#[test]
fn the_longest_name_is_as_long_as_it_says() {
    assert_eq!(longest("person.name").unwrap().chars().count(), 80);
    assert_eq!(longest("case.new_address").unwrap().chars().count(), 60);
    assert!(longest("person.sex").is_none() && longest("nothing").is_none());
}
