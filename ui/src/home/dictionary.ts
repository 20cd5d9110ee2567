/** The postal dictionary: how an address begins, by postal code. Its form is in docs/formats/home-page.md. */

/** By the first three digits, by prefecture and city: `0000town,0001town,town`; a code without digits is the next. */
export type Dictionary = Record<string, Record<string, string>>;

/** The towns of a postal code of seven digits, each as an address begins. */
export function lookUp(dictionary: Dictionary, code: string): string[] {
  const wanted = Number(code.slice(3));
  const found: string[] = [];
  for (const [city, towns] of Object.entries(dictionary[code.slice(0, 3)] ?? {})) {
    let number = -1;
    for (const entry of towns.split(",")) {
      const digits = /^\d{4}/.exec(entry)?.[0] ?? "";
      number = digits === "" ? number + 1 : Number(digits);
      if (number === wanted) found.push(city + entry.slice(digits.length));
    }
  }
  return found;
}
