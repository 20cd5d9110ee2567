//! 照合番号B: the fourteen digits that open the basic four items without a PIN.
//!
//! All of it is printed on the card: birth date as YYMMDD in the year of its era, four digits of the year of
//! expiry, four digits of the security code. Together they are a key all the same: wiped when dropped, and never
//! printed, compared, copied or serialised. 照合番号A, which is the 個人番号, has no type and no place here.

use zeroize::Zeroizing;

use super::CardError;

/// Digits of the code.
pub(super) const CODE_B_LEN: usize = 14;

/// Fourteen ASCII digits. Boxed, so that moving it leaves no copy behind.
pub struct CodeB(Box<Zeroizing<[u8; CODE_B_LEN]>>);

impl CodeB {
    /// Takes what was typed and wipes it. Bad input costs no try, because it never reaches a card.
    ///
    /// # Errors
    /// [`CardError::CodeBFormat`] unless it is exactly fourteen ASCII digits, and the first six can be a date.
    pub fn parse(typed: String) -> Result<Self, CardError> {
        Self::of_text(&Zeroizing::new(typed))
    }

    /// Puts the three parts together as they stand on the card: birth date YYMMDD in the year of its era (生年月日),
    /// year of expiry YYYY (有効期限の西暦年), security code (セキュリティコード). What was typed is the caller's to wipe.
    ///
    /// # Errors
    /// [`CardError::CodeBFormat`] unless they are six, four and four ASCII digits.
    pub fn from_parts(birth: &str, year: &str, security: &str) -> Result<Self, CardError> {
        if [birth.len(), year.len(), security.len()] != [6, 4, 4] {
            return Err(CardError::CodeBFormat);
        }
        // Long enough from the start: a text that grows leaves a copy behind.
        let mut typed = Zeroizing::new(String::with_capacity(CODE_B_LEN));
        for part in [birth, year, security] {
            typed.push_str(part);
        }
        Self::of_text(&typed)
    }

    fn of_text(typed: &str) -> Result<Self, CardError> {
        let digits: &[u8; CODE_B_LEN] =
            typed.as_bytes().try_into().map_err(|_| CardError::CodeBFormat)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(CardError::CodeBFormat);
        }
        let [_, _, m1, m2, d1, d2, ..] = *digits;
        // No date has more, not even one that is known in part; a slip of the finger need not cost a try.
        if [m1, m2] > *b"12" || [d1, d2] > *b"31" {
            return Err(CardError::CodeBFormat);
        }
        let mut code = Box::new(Zeroizing::new([0; CODE_B_LEN]));
        code.copy_from_slice(digits);
        Ok(Self(code))
    }

    pub(super) fn digits(&self) -> &[u8; CODE_B_LEN] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(code: Result<CodeB, CardError>) -> Result<[u8; CODE_B_LEN], CardError> {
        code.map(|code| *code.digits())
    }

    #[test]
    fn the_code_is_fourteen_digits_in_one_piece_or_in_its_three_parts() {
        let parts = |birth: &str, year: &str, security: &str| {
            digits(CodeB::from_parts(birth, year, security))
        };
        assert_eq!(digits(CodeB::parse("55021720352285".to_owned())), Ok(*b"55021720352285"));
        assert_eq!(parts("550217", "2035", "2285"), Ok(*b"55021720352285"));
        assert_eq!(parts("550000", "2035", "0000"), Ok(*b"55000020350000"));
        for (birth, year, security) in [
            ("", "2035", "2285"),
            ("55021", "72035", "2285"),
            ("550217", "20352", "285"),
            ("551317", "2035", "2285"),
            ("550232", "2035", "2285"),
            ("55021a", "2035", "2285"),
            ("５５", "2035", "2285"),
            ("+50217", "2035", "2285"),
        ] {
            assert_eq!(parts(birth, year, security), Err(CardError::CodeBFormat), "{birth}");
        }
        for typed in ["", "1234", "5502172035228", "550217203522850", "5502172035228\n"] {
            assert_eq!(digits(CodeB::parse(typed.to_owned())), Err(CardError::CodeBFormat));
        }
    }

    #[test]
    fn a_number_of_twelve_digits_is_never_taken() {
        // Twelve digits would be a 個人番号, the other 照合番号.
        assert_eq!(digits(CodeB::parse("123456789018".to_owned())), Err(CardError::CodeBFormat));
    }
}
