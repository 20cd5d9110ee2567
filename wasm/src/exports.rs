//! The exports: numbers in, numbers out. Everything they mean is in [`crate::responder`] and [`crate::buffers`].
//!
//! Never a reference made of a number: a pointer is a key of [`Buffers`].

use std::cell::RefCell;

use crate::buffers::Buffers;
use crate::error::CallError;
use crate::responder::{Call, Responder};

thread_local! {
    static BUFFERS: RefCell<Buffers> = const { RefCell::new(Buffers::new()) };
    static RESPONDER: Responder = const { Responder::new() };
}

/// Room for a request of `length` bytes; 0 when there is no memory for it.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(length: usize) -> usize {
    BUFFERS.with_borrow_mut(|buffers| buffers.alloc(length)).unwrap_or(0)
}

/// Gives a buffer back; a pointer that is none does nothing.
#[unsafe(no_mangle)]
pub extern "C" fn free(pointer: usize) {
    BUFFERS.with_borrow_mut(|buffers| buffers.take(pointer));
}

/// [`Call::PackLoad`].
#[unsafe(no_mangle)]
pub extern "C" fn pack_load(pointer: usize, length: usize) -> u64 {
    answer(Call::PackLoad, pointer, length)
}

/// [`Call::Determine`].
#[unsafe(no_mangle)]
pub extern "C" fn determine(pointer: usize, length: usize) -> u64 {
    answer(Call::Determine, pointer, length)
}

/// [`Call::Questions`].
#[unsafe(no_mangle)]
pub extern "C" fn questions(pointer: usize, length: usize) -> u64 {
    answer(Call::Questions, pointer, length)
}

/// [`Call::Question`].
#[unsafe(no_mangle)]
pub extern "C" fn question(pointer: usize, length: usize) -> u64 {
    answer(Call::Question, pointer, length)
}

/// [`Call::PrefillEncode`].
#[unsafe(no_mangle)]
pub extern "C" fn prefill_encode(pointer: usize, length: usize) -> u64 {
    answer(Call::PrefillEncode, pointer, length)
}

fn answer(call: Call, pointer: usize, length: usize) -> u64 {
    let buffer = BUFFERS.with_borrow_mut(|buffers| buffers.take(pointer));
    let answer = match buffer.as_deref().and_then(|buffer| buffer.get(..length)) {
        Some(request) => RESPONDER.with(|responder| responder.answer(call, request)),
        None => CallError::BufferUnknown.answer().to_string().into_bytes(),
    };
    let length = answer.len();
    let pointer = BUFFERS.with_borrow_mut(|buffers| buffers.keep(answer));
    // usize is 32 bits wide here.
    u64::try_from(pointer).unwrap_or(0) << 32 | u64::try_from(length).unwrap_or(0)
}
