//! Tables on a sheet: columns beside each other, ruled, with a head that comes again on every page.

use crate::layout::LayoutError;
use crate::layout::page::Mark;
use crate::sheets::flow::{Flow, Row, Set, Span, gap, rule};

/// Air between a rule and the words, in millimetres.
const AIR: f32 = 0.6;

/// The columns of a table.
pub(super) struct Table {
    columns: Vec<Span>,
    head: usize,
    begun: bool,
}

impl Table {
    /// A table over the whole width, its columns as wide as `shares` say, with a grey head.
    pub fn new(flow: &mut Flow<'_>, shares: &[f32], names: &[&str]) -> Result<Table, LayoutError> {
        let columns = columns(flow.whole(), shares);
        let set = flow.bold();
        let mut cells = Vec::new();
        for (name, column) in names.iter().zip(&columns) {
            cells.push(flow.text("head", name, set, inside(*column))?);
        }
        let mut rows = ruled(cells, &columns);
        let h = super::flow::height(&rows);
        if let (Some(row), Some(first), Some(last)) =
            (rows.first_mut(), columns.first(), columns.last())
        {
            let area =
                crate::template::Area { x: first.x, y: 0.0, w: last.x + last.w - first.x, h };
            row.marks.insert(0, Mark::Rect { area, width: 0.0, fill: Some(0.9) });
        }
        let head = flow.table_head(rows);
        Ok(Table { columns, head, begun: false })
    }

    /// Where the words of a column stand.
    pub fn inside(&self, column: usize) -> Span {
        self.columns.get(column).map_or(Span { x: 0.0, w: 0.0 }, |column| inside(*column))
    }

    /// One column's words.
    pub fn cell(
        &self,
        flow: &mut Flow<'_>,
        column: usize,
        words: &str,
        set: Set,
    ) -> Result<Vec<Row>, LayoutError> {
        flow.text("cell", words, set, self.inside(column))
    }

    /// Adds one row; `before` is what must not be parted from it when it is the table's first.
    pub fn row(&mut self, flow: &mut Flow<'_>, cells: Vec<Vec<Row>>, before: Vec<Row>) {
        let mut rows = before;
        if !self.begun {
            rows.extend(flow.head_rows(self.head));
        }
        rows.extend(ruled(cells, &self.columns));
        if self.begun {
            flow.table_group(rows, self.head);
        } else {
            flow.group(rows);
        }
        self.begun = true;
    }
}

fn columns(whole: Span, shares: &[f32]) -> Vec<Span> {
    let sum: f32 = shares.iter().sum();
    let mut x = whole.x;
    shares
        .iter()
        .map(|share| {
            let w = whole.w * share / sum.max(f32::EPSILON);
            let column = Span { x, w };
            x += w;
            column
        })
        .collect()
}

fn inside(column: Span) -> Span {
    Span { x: column.x + AIR, w: column.w - 2.0 * AIR }
}

/// Cells side by side, line by line, so that a row longer than a page can run over.
fn ruled(cells: Vec<Vec<Row>>, columns: &[Span]) -> Vec<Row> {
    let mut rows: Vec<Row> = vec![gap(AIR)];
    for cell in cells {
        for (number, line) in (1..).zip(cell) {
            match rows.get_mut::<usize>(number) {
                Some(row) => {
                    row.height = row.height.max(line.height);
                    row.marks.extend(line.marks);
                }
                None => rows.push(line),
            }
        }
    }
    rows.push(gap(AIR));
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return rows };
    let whole = Span { x: first.x, w: last.x + last.w - first.x };
    let edges: Vec<f32> =
        columns.iter().map(|column| column.x).chain([whole.x + whole.w]).collect();
    for row in &mut rows {
        let height = row.height;
        row.marks.extend(edges.iter().map(|x| Mark::Line {
            points: [*x, 0.0, *x, height],
            width: 0.35,
            dashed: false,
        }));
    }
    if let Some(first) = rows.first_mut() {
        first.marks.push(rule(whole, 0.0, 0.35));
    }
    if let Some(last) = rows.last_mut() {
        last.marks.push(rule(whole, last.height, 0.35));
    }
    rows
}
