//! Words in two languages: the reader's, and the Japanese that the counter reads beside them.

/// Words as one reader needs them: in their own language, with the Japanese below when that is another one, so
/// that no sheet is in a language the counter cannot read.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// In the language of the reader.
    pub text: String,
    /// In Japanese; `None` when `text` is.
    pub ja: Option<String>,
}

impl Words {
    /// Words in Japanese, or such that are the same in every language (a name, a number).
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ja: None }
    }

    /// Words in the reader's language and in Japanese; where both are the same they stand once.
    pub fn both(text: impl Into<String>, ja: impl Into<String>) -> Self {
        let (text, ja) = (text.into(), ja.into());
        let ja = Some(ja).filter(|ja| *ja != text && !ja.is_empty());
        Self { text, ja }
    }

    /// These words with `place` filled in, in either language.
    #[must_use]
    pub fn filled(&self, place: &str, with: &Words) -> Self {
        let ja = self.japanese().replace(place, with.japanese());
        Self::both(self.text.replace(place, &with.text), ja)
    }

    /// Several one after the other.
    pub fn joined(parts: &[Words], between: &str, between_ja: &str) -> Self {
        let text: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        let ja: Vec<&str> = parts.iter().map(Words::japanese).collect();
        if parts.iter().all(|part| part.ja.is_none()) && between == between_ja {
            return Self::plain(text.join(between));
        }
        Self::both(text.join(between), ja.join(between_ja))
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The Japanese, which is the only text when there is no other.
    pub fn japanese(&self) -> &str {
        self.ja.as_deref().unwrap_or(&self.text)
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Words({} characters)", self.text.chars().count())
    }
}
