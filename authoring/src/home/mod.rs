//! The page at home (自宅のページ): what of a pack a resident's browser gets, and the folder a web server hands out.
//!
//! Only what residents may see at home leaves the town hall: no discreet procedure or fact, no words for staff, no
//! forms, no tests. Nothing here decides anything: the page asks the same rules with the same rows as the counter.

mod files;
mod pack;
mod page;
mod policy;
mod single;
mod sizes;
#[cfg(test)]
mod tests;
mod worker;

pub use files::{Assets, PageFile, read_assets, write_folder};
pub use pack::{HomePack, home_pack};
pub use page::{Page, PageError, Town, make_page, sort_languages};
pub use single::single_file;
pub use sizes::{Sizes, sizes};
