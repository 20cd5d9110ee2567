//! Three values: yes, no, and not known yet (strong Kleene logic).

/// The value of a condition over partly known facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// Holds, whatever the missing facts turn out to be.
    Yes,
    /// Does not hold, whatever the missing facts turn out to be.
    No,
    /// Depends on facts that are missing.
    Open,
}

impl Truth {
    /// Both hold.
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Yes, Truth::Yes) => Truth::Yes,
            _ => Truth::Open,
        }
    }

    /// At least one holds.
    pub fn or(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::Yes, _) | (_, Truth::Yes) => Truth::Yes,
            (Truth::No, Truth::No) => Truth::No,
            _ => Truth::Open,
        }
    }

    /// The opposite; what is open stays open.
    #[must_use]
    pub fn negate(self) -> Truth {
        match self {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Open => Truth::Open,
        }
    }

    /// Whether all hold.
    pub fn all(values: impl IntoIterator<Item = Truth>) -> Truth {
        values.into_iter().fold(Truth::Yes, Truth::and)
    }

    /// Whether any holds.
    pub fn any(values: impl IntoIterator<Item = Truth>) -> Truth {
        values.into_iter().fold(Truth::No, Truth::or)
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Truth {
        if value { Truth::Yes } else { Truth::No }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, No, Open, Yes};

    #[test]
    fn what_is_open_decides_nothing_by_itself() {
        assert_eq!(Open.and(No), No);
        assert_eq!(Open.and(Yes), Open);
        assert_eq!(Open.or(Yes), Yes);
        assert_eq!(Open.or(No), Open);
        assert_eq!(Open.negate(), Open);
        assert_eq!(Truth::all([]), Yes);
        assert_eq!(Truth::any([]), No);
    }
}
