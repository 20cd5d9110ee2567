//! The memory that the caller may touch: buffers that were handed out and not yet given back.
//!
//! A call looks its pointer up here instead of trusting it. So nothing outside a live buffer is ever read or
//! freed, whatever the caller passes, and the exports need no unsafe block.

use std::collections::BTreeMap;

/// The longest buffer that is handed out, in bytes; a compiled pack has a hundredth of it.
const LENGTH_MAX: usize = 16 << 20;

/// Buffers by their address.
#[derive(Default)]
pub struct Buffers {
    live: BTreeMap<usize, Vec<u8>>,
}

impl Buffers {
    /// No buffers.
    pub const fn new() -> Buffers {
        Buffers { live: BTreeMap::new() }
    }

    /// A new buffer of zeros; `None` when it would be too long or there is no memory for it.
    pub fn alloc(&mut self, length: usize) -> Option<usize> {
        if length > LENGTH_MAX {
            return None;
        }
        let mut buffer = Vec::new();
        buffer.try_reserve_exact(length).ok()?;
        buffer.resize(length, 0);
        Some(self.keep(buffer))
    }

    /// Hands out a buffer that holds something, and gives its address.
    pub fn keep(&mut self, mut buffer: Vec<u8>) -> usize {
        // Without a byte of its own a buffer would have no address of its own.
        if buffer.capacity() == 0 {
            buffer.reserve_exact(1);
        }
        let address = buffer.as_mut_ptr().expose_provenance();
        self.live.insert(address, buffer);
        address
    }

    /// Takes a buffer back; `None` when there is none at this address.
    pub fn take(&mut self, address: usize) -> Option<Vec<u8>> {
        self.live.remove(&address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_is_taken_back_once_and_only_by_its_address() {
        let mut buffers = Buffers::new();
        let (empty, other) = (buffers.alloc(0).unwrap(), buffers.alloc(16).unwrap());
        let kept = buffers.keep(Vec::new());
        assert!(empty != other && other != kept && kept != empty);
        assert_eq!(buffers.take(other + 1), None);
        assert_eq!(buffers.take(other), Some(vec![0; 16]));
        assert_eq!(buffers.take(other), None);
        assert_eq!(buffers.take(kept), Some(Vec::new()));
        assert_eq!(buffers.alloc(LENGTH_MAX + 1), None);
        assert_eq!(buffers.alloc(usize::MAX), None);
    }
}
