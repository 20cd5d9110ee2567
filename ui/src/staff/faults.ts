/** What is wrong with a field, before Rust is asked. */
export interface Fault {
  field: string;
  text: string;
}

/** What is wrong with this field, if anything. */
export const faultOf = (faults: Fault[], field: string) =>
  faults.find((fault) => fault.field === field)?.text;
