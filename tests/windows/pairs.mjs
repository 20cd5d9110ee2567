// Few rows that hold every pair: of any two factors each value meets each value of the other at least once.

const key = (a, x, b, y) => (a < b ? `${a}=${x} ${b}=${y}` : `${b}=${y} ${a}=${x}`);

/** Every pair of places of values, as keys. */
function allPairs(factors) {
  const pairs = new Set();
  factors.forEach((values, a) =>
    factors
      .slice(a + 1)
      .forEach((others, b) =>
        values.forEach((_, x) => others.forEach((_, y) => pairs.add(key(a, x, a + 1 + b, y)))),
      ),
  );
  return pairs;
}

const pairsOf = (row) => row.flatMap((x, a) => row.slice(a + 1).map((y, b) => key(a, x, a + 1 + b, y)));

/** The pairs that no row holds. */
export function missing(factors, rows) {
  const open = allPairs(factors);
  for (const row of rows)
    for (const pair of pairsOf(row.map((value, a) => factors[a].indexOf(value)))) open.delete(pair);
  return [...open];
}

/**
 * Rows of values, one for each factor. The longest factors are crossed in full; the others take the value that brings
 * the most pairs not met yet.
 * @param {unknown[][]} factors the longest two first
 */
export function pairwise(factors) {
  const [first, second, ...rest] = factors;
  const open = allPairs(factors);
  const rows = [];
  const meets = (row, a, x) => row.filter((y, b) => open.has(key(b, y, a, x))).length;
  const add = (start) => {
    const row = [...start];
    for (let a = row.length; a < factors.length; a += 1) {
      const gains = factors[a].map((_, x) => meets(row, a, x));
      // Where none brings more than another, they take turns.
      const turn = rows.length % gains.length;
      const order = gains.map((_, x) => (x + turn) % gains.length);
      row.push(order.reduce((best, x) => (gains[x] > gains[best] ? x : best), order[0]));
    }
    for (const pair of pairsOf(row)) open.delete(pair);
    rows.push(row);
  };
  first.forEach((_, x) => second.forEach((_, y) => add([x, y])));
  // What the full crossing has left out between the short factors.
  while (rest.length > 1 && open.size > 0) {
    const [pair] = open;
    const wanted = new Map(pair.split(" ").map((part) => part.split("=").map(Number)));
    const row = factors.map((values, a) => wanted.get(a) ?? rows.length % values.length);
    for (const each of pairsOf(row)) open.delete(each);
    rows.push(row);
  }
  return rows.map((row) => row.map((x, a) => factors[a][x]));
}
