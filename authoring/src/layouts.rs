//! The sheets of a pack: their columns, and which of them make a row's id.

use crate::sheet::Layout;

/// A sheet in which `-` always empties a cell.
macro_rules! layout {
    ($name:literal, [$($key:literal),*], [$($column:literal),* $(,)?]) => {
        Layout { name: $name, key: &[$($key),*], columns: &[$($column),*], keeps_dash: &[] }
    };
}

/// The sheets of a pack.
pub const LAYOUTS: &[Layout] = &[
    layout!("facts", ["id"], ["id", "subject", "type", "values", "sensitivity", "expression"]),
    layout!(
        "gates",
        ["id"],
        ["id", "gate", "fact", "value", "fact1", "op1", "value1", "fact2", "op2", "value2"]
    ),
    layout!("choices", ["id"], ["id", "number", "retired"]),
    layout!("questions", ["id"], ["id", "number", "fact", "at_home", "retired"]),
    layout!(
        "procedures",
        ["id"],
        [
            "id",
            "scope",
            "law",
            "office",
            "filed_by",
            "agent",
            "covered_by",
            "done_at",
            "signed_off",
            "asks",
            "notes",
            "discreet",
        ]
    ),
    layout!(
        "rules",
        ["id", "from"],
        [
            "id",
            "procedure",
            "effect",
            "fact1",
            "op1",
            "value1",
            "fact2",
            "op2",
            "value2",
            "fact3",
            "op3",
            "value3",
            "fact4",
            "op4",
            "value4",
            "fact5",
            "op5",
            "value5",
            "expression",
            "own_form",
            "date_by",
            "from",
            "until",
            "article",
            "source",
            "checked_by",
        ]
    ),
    layout!(
        "deadlines",
        ["id", "from"],
        [
            "id",
            "procedure",
            "fact1",
            "op1",
            "value1",
            "fact2",
            "op2",
            "value2",
            "start",
            "fallback",
            "days",
            "unit",
            "first_day",
            "closed_day",
            "clock",
            "not_before",
            "date_by",
            "from",
            "until",
        ]
    ),
    layout!(
        "bring",
        ["id", "from"],
        [
            "id",
            "procedure",
            "item",
            "who",
            "fact1",
            "op1",
            "value1",
            "fact2",
            "op2",
            "value2",
            "expression",
            "date_by",
            "from",
            "until",
        ]
    ),
    layout!("offices", ["id", "from"], ["id", "place", "phone", "date_by", "from", "until"]),
    layout!("fees", ["id", "from"], ["id", "procedure", "yen", "date_by", "from", "until"]),
    layout!(
        "papers",
        ["id", "from"],
        [
            "id",
            "procedure",
            "form",
            "fact1",
            "op1",
            "value1",
            "fact2",
            "op2",
            "value2",
            "date_by",
            "from",
            "until",
        ]
    ),
    layout!("handover_files", ["id"], ["id", "rows", "events", "procedures", "title", "order"]),
    Layout {
        name: "handover",
        key: &["id", "from"],
        columns: &[
            "id",
            "section",
            "order",
            "heading",
            "source",
            "format",
            "required",
            "max_bytes",
            "note",
            "date_by",
            "from",
            "until",
        ],
        keeps_dash: &["section"],
    },
    layout!("closed_days", ["date"], ["date", "name"]),
    layout!("sources", ["id"], ["id", "title", "location", "as_of"]),
    layout!(
        "texts",
        ["id", "lang", "from"],
        ["id", "lang", "text", "origin", "date_by", "from", "until"]
    ),
    layout!("readings", ["id"], ["id", "reading"]),
    Layout {
        name: "tests",
        key: &["test", "line"],
        columns: &[
            "test",
            "line",
            "like",
            "on",
            "person",
            "given",
            "procedure",
            "status",
            "deadline",
            "covered_by",
            "bring",
            "basis",
        ],
        keeps_dash: &["deadline", "covered_by"],
    },
];
