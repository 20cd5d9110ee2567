//! The repository checks itself: who may use whom, what the screens may do, what a file must look like.

mod arrows;
mod locks;
mod screens;
mod sources;
