//! The record of EF 0002 of the text AP: 氏名, 住所, 生年月日, 性別 (基本4情報).
//!
//! Pure. Goes by tags and never by the table of offsets; unknown tags are skipped, because new ones
//! (振り仮名) are announced. Text is taken code point for code point: no normalisation of any kind.

use kakanai_text::PartialDate;

use super::error::Malformation;
use super::reading::{Items, Sex, Warning};
use super::tlv::{self, Object};

/// Longest record that is accepted. The longest one known has about 650 bytes.
const RECORD_LEN_MAX: usize = 4096;

const RECORD: u32 = 0xFF20;
const OFFSETS: u32 = 0xDF21;
const NAME: u32 = 0xDF22;
const ADDRESS: u32 = 0xDF23;
const BIRTH_DATE: u32 = 0xDF24;
const SEX: u32 = 0xDF25;

/// How many bytes of the file the record takes, from the file's first bytes.
pub(super) fn record_len(start: &[u8]) -> Result<usize, Malformation> {
    let header = tlv::header(start)?;
    if header.tag != RECORD {
        return Err(Malformation::NoRecord);
    }
    let len = header.header_len + header.value_len;
    if len > RECORD_LEN_MAX { Err(Malformation::TooLong) } else { Ok(len) }
}

/// The items of the record; bytes behind it are filler and ignored.
pub(super) fn parse(file: &[u8]) -> Result<(Items, Vec<Warning>), Malformation> {
    let len = record_len(file)?;
    let record = file.get(..len).ok_or(Malformation::Truncated)?;
    let content_offset = tlv::header(record)?.header_len;
    let objects = tlv::objects(record.get(content_offset..).unwrap_or_default())
        .collect::<Result<Vec<_>, _>>()?;
    let find = |tag: u32| only(&objects, tag);

    let mut warnings = Vec::new();
    let expected = [NAME, ADDRESS, BIRTH_DATE, SEX].map(find);
    let mut found = [None; 4];
    for (found, expected) in found.iter_mut().zip(expected) {
        *found = expected?;
    }
    if !offsets_fit(find(OFFSETS)?, &found, content_offset) {
        warnings.push(Warning::OffsetTable);
    }
    let [name, address, birth_date, sex] =
        found.map(|object| object.map(|object| object.value).filter(|value| !value.is_empty()));
    let items = Items {
        name: name.map(text).transpose()?,
        address: address.map(text).transpose()?,
        birth_date: birth_date.and_then(|value| {
            date(value).or_else(|| warn(&mut warnings, Warning::BirthDateUnreadable))
        }),
        sex: sex.and_then(|value| {
            sex_of_code(value).or_else(|| warn(&mut warnings, Warning::SexCodeUnknown))
        }),
    };
    Ok((items, warnings))
}

fn warn<T>(warnings: &mut Vec<Warning>, warning: Warning) -> Option<T> {
    warnings.push(warning);
    None
}

fn only<'a>(objects: &[Object<'a>], tag: u32) -> Result<Option<Object<'a>>, Malformation> {
    let mut found = objects.iter().filter(|object| object.tag == tag);
    let first = found.next().copied();
    if found.next().is_some() { Err(Malformation::Duplicate) } else { Ok(first) }
}

/// The table holds the offset of each object from the first byte of the file; absent objects do not count.
fn offsets_fit(table: Option<Object<'_>>, objects: &[Option<Object<'_>>; 4], base: usize) -> bool {
    let Some(table) = table.filter(|table| table.value.len() == 2 * objects.len()) else {
        return false;
    };
    let (entries, _) = table.value.as_chunks::<2>();
    entries.iter().zip(objects).all(|(entry, object)| {
        object.is_none_or(|object| usize::from(u16::from_be_bytes(*entry)) == base + object.offset)
    })
}

fn text(value: &[u8]) -> Result<String, Malformation> {
    str::from_utf8(value).map(str::to_owned).map_err(|_| Malformation::NotUtf8)
}

/// `YYYYMMDD` in ASCII; 00 = unknown.
fn date(value: &[u8]) -> Option<PartialDate> {
    let digits: &[u8; 8] = value.try_into().ok()?;
    let [year @ .., m1, m2, d1, d2] = digits;
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i16, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + i16::from(digit - b'0'))
        })
    };
    let small = |digits: [u8; 2]| i8::try_from(number(&digits)?).ok();
    let year: &[u8; 4] = year;
    PartialDate::new(number(year)?, small([*m1, *m2])?, small([*d1, *d2])?).ok()
}

fn sex_of_code(value: &[u8]) -> Option<Sex> {
    match value {
        b"1" => Some(Sex::Male),
        b"2" => Some(Sex::Female),
        b"0" => Some(Sex::Unknown),
        b"9" => Some(Sex::NotApplicable),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::{RngAlgorithm, TestRng};

    use super::*;

    fn object(tag: u16, value: &[u8]) -> Vec<u8> {
        let len = u16::try_from(value.len()).unwrap();
        let length = match value.len() {
            0..=0x7F => vec![value.len() as u8],
            0x80..=0xFF => vec![0x81, value.len() as u8],
            _ => [vec![0x82], len.to_be_bytes().to_vec()].concat(),
        };
        [tag.to_be_bytes().to_vec(), length, value.to_vec()].concat()
    }

    /// A file with a right table of offsets, when the content stays below 128 bytes.
    fn file(name: &str, address: &str, birth_date: &[u8], sex: &[u8]) -> Vec<u8> {
        let items = [
            object(0xDF22, name.as_bytes()),
            object(0xDF23, address.as_bytes()),
            object(0xDF24, birth_date),
            object(0xDF25, sex),
        ];
        let mut offset = 3 + 3 + 8;
        let table: Vec<u8> = items
            .iter()
            .flat_map(|item| {
                let entry = u16::try_from(offset).unwrap().to_be_bytes();
                offset += item.len();
                entry
            })
            .collect();
        object(0xFF20, &[object(0xDF21, &table), items.concat()].concat())
    }

    fn ordinary() -> Vec<u8> {
        file("大王　花子", "三重県みほん市見本町１", b"19850401", b"2")
    }

    fn parsed(file: &[u8]) -> (Items, Vec<Warning>) {
        parse(file).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn the_items_of_an_ordinary_record_are_read_and_filler_is_ignored() {
        let (items, warnings) = parsed(&[ordinary(), vec![0xFF; 40]].concat());
        assert_eq!(items.name.as_deref(), Some("大王　花子"));
        assert_eq!(items.address.as_deref(), Some("三重県みほん市見本町１"));
        assert_eq!(items.birth_date, "1985-04-01".parse().ok());
        assert_eq!(items.sex, Some(Sex::Female));
        assert_eq!(warnings, []);
    }

    #[test]
    fn unknown_tags_are_skipped_and_missing_items_are_absent() {
        let record = object(
            0xFF20,
            &[object(0xDF26, b"?"), object(0xDF22, "葛\u{E0100}".as_bytes())].concat(),
        );
        let (items, warnings) = parsed(&record);
        assert_eq!(items.name.as_deref(), Some("葛\u{E0100}"));
        assert!(items.address.is_none() && items.birth_date.is_none() && items.sex.is_none());
        assert_eq!(warnings, [Warning::OffsetTable]);
    }

    #[test]
    fn a_wrong_table_of_offsets_is_a_warning() {
        let mut record = ordinary();
        record[6] ^= 1;
        let (items, warnings) = parsed(&record);
        assert_eq!(items.name.as_deref(), Some("大王　花子"));
        assert_eq!(warnings, [Warning::OffsetTable]);
    }

    #[test]
    fn every_code_of_sex_and_form_of_date_has_its_meaning() {
        for (code, sex) in [
            ("0", Some(Sex::Unknown)),
            ("1", Some(Sex::Male)),
            ("2", Some(Sex::Female)),
            ("9", Some(Sex::NotApplicable)),
            ("3", None),
            ("12", None),
        ] {
            let (items, warnings) = parsed(&file("甲", "乙", b"19850401", code.as_bytes()));
            assert_eq!(items.sex, sex, "{code}");
            assert_eq!(warnings.is_empty(), sex.is_some(), "{code}");
        }
        for (digits, date) in [
            ("19850400", Some("1985-04-00")),
            ("19850000", Some("1985-00-00")),
            ("00000000", Some("0000-00-00")),
            ("19850230", None),
            ("1985    ", None),
            ("198504", None),
        ] {
            let (items, warnings) = parsed(&file("甲", "乙", digits.as_bytes(), b"1"));
            assert_eq!(items.birth_date.map(|date| date.to_string()).as_deref(), date, "{digits}");
            assert_eq!(
                warnings.contains(&Warning::BirthDateUnreadable),
                date.is_none(),
                "{digits}"
            );
        }
    }

    #[test]
    fn malformed_records_are_refused() {
        let twice = object(0xFF20, &[object(0xDF22, b"a"), object(0xDF22, b"b")].concat());
        let mut short = ordinary();
        short.pop();
        let mut inner = ordinary();
        let last = inner.len() - 2;
        inner[last] = 9;
        for (record, expected) in [
            (twice, Malformation::Duplicate),
            (short, Malformation::Truncated),
            (inner, Malformation::Tlv(tlv::TlvError::Truncated)),
            (object(0xFF30, b""), Malformation::NoRecord),
            (object(0xFF20, &object(0xDF22, &[0xE5, 0xA4])), Malformation::NotUtf8),
            (object(0xFF20, &object(0xDF22, &[b'a'; 5000])), Malformation::TooLong),
            (vec![0xFF; 64], Malformation::Tlv(tlv::TlvError::Tag)),
            (vec![], Malformation::Tlv(tlv::TlvError::Truncated)),
        ] {
            assert_eq!(parse(&record).err(), Some(expected));
        }
    }

    #[test]
    fn a_hundred_thousand_mutated_records_do_not_panic() {
        const SEED: [u8; 32] = *b"kakanai basic four mutation seed";
        println!("seed {}", String::from_utf8_lossy(&SEED));
        let mut random = TestRng::from_seed(RngAlgorithm::ChaCha, &SEED);
        let (mut read, mut refused) = (0_u32, 0_u32);
        for _ in 0..100_000 {
            let mut record = ordinary();
            for _ in 0..1 + random.next_u32() % 4 {
                let at = random.next_u32() as usize % record.len();
                match random.next_u32() % 4 {
                    0 => record[at] = random.next_u32() as u8,
                    1 => record[at] ^= 1 << (random.next_u32() % 8),
                    2 => record.truncate(at.max(1)),
                    _ => record.insert(at, random.next_u32() as u8),
                }
            }
            match parse(&record) {
                Ok(_) => read += 1,
                Err(_) => refused += 1,
            }
        }
        println!("{read} read, {refused} refused");
        assert!(read > 1_000 && refused > 1_000, "the mutations reach both outcomes");
    }

    proptest! {
        #[test]
        fn any_name_comes_back_code_point_for_code_point(name in "\\PC{1,12}") {
            let record = object(0xFF20, &object(0xDF22, name.as_bytes()));
            prop_assert_eq!(parsed(&record).0.name, Some(name));
        }
    }
}
