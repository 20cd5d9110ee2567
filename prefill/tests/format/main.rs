//! Prefill format 1, from outside: households of the sample pack, changed sheets, hostile bytes, test vectors.

mod chance;
mod family;
mod hostile;
mod household;
mod sample;
mod size;
mod table;
mod vectors;
