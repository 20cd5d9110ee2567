//! The file as it came: opened with limits, its page found without trusting its page tree.

use std::collections::BTreeSet;

use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, ObjectId};

use super::error::Refused;
use super::{INFLATED_MAX, OBJECTS_MAX, PAGES_MAX, TREE_DEPTH_MAX};

/// References that lead to references; more is a circle.
const HOPS_MAX: usize = 16;

/// An opened file.
pub struct Source {
    document: Document,
}

/// One page with what it inherits.
pub struct Leaf<'a> {
    /// The page itself first, then what lies above it.
    chain: Vec<&'a Dictionary>,
}

impl Source {
    /// Opens a file.
    pub fn open(bytes: &[u8]) -> Result<Source, Refused> {
        let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
        if !head.windows(5).any(|five| five == b"%PDF-") {
            return Err(Refused::NotPdf);
        }
        let options =
            LoadOptions { max_decompressed_size: Some(INFLATED_MAX), ..LoadOptions::default() };
        let document =
            Document::load_mem_with_options(bytes, options).map_err(|error| why(&error))?;
        if document.is_encrypted() {
            return Err(Refused::Encrypted);
        }
        // A table that had to be guessed may have lost half of the page.
        if document.xref_recovery == Some(lopdf::xref::XrefRecovery::Reconstructed) {
            return Err(Refused::Damaged);
        }
        if document.objects.len() > OBJECTS_MAX {
            return Err(Refused::TooLarge);
        }
        Ok(Source { document })
    }

    /// Whether it was locked with an owner's password.
    pub fn was_locked(&self) -> bool {
        self.document.was_encrypted()
    }

    /// What an object stands for; references that lead nowhere are null.
    pub fn follow<'a>(&'a self, mut object: &'a Object) -> &'a Object {
        for _ in 0..HOPS_MAX {
            let Object::Reference(id) = object else { return object };
            let Some(next) = self.document.objects.get(id) else { return &Object::Null };
            object = next;
        }
        &Object::Null
    }

    /// The object of an id.
    pub fn object(&self, id: ObjectId) -> Option<&Object> {
        self.document.objects.get(&id)
    }

    /// The value of a key, followed.
    pub fn get<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        let found = self.follow(dictionary.get(key).ok()?);
        (!matches!(found, Object::Null)).then_some(found)
    }

    /// A dictionary below a key.
    pub fn dictionary<'a>(
        &'a self,
        dictionary: &'a Dictionary,
        key: &[u8],
    ) -> Option<&'a Dictionary> {
        self.get(dictionary, key)?.as_dict().ok()
    }

    /// An array below a key.
    pub fn array<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
        self.get(dictionary, key)?.as_array().ok().map(Vec::as_slice)
    }

    /// The catalog.
    pub fn catalog(&self) -> Result<&Dictionary, Refused> {
        let root = self.document.trailer.get(b"Root").map_err(|_| Refused::Damaged)?;
        self.follow(root).as_dict().map_err(|_| Refused::Damaged)
    }

    /// The page of a number from 1.
    pub fn page(&self, number: usize) -> Result<Leaf<'_>, Refused> {
        let root = self.dictionary(self.catalog()?, b"Pages").ok_or(Refused::Damaged)?;
        let mut seen = BTreeSet::new();
        let mut ways = vec![vec![root]];
        let (mut pages, mut wanted) = (0, None);
        while let Some(way) = ways.pop() {
            let Some(node) = way.first() else { continue };
            if way.len() > TREE_DEPTH_MAX || seen.len() > OBJECTS_MAX || ways.len() > OBJECTS_MAX {
                return Err(Refused::TooLarge);
            }
            let Some(kids) = self.array(node, b"Kids") else {
                pages += 1;
                if pages > PAGES_MAX {
                    return Err(Refused::TooLarge);
                }
                if pages == number {
                    wanted = Some(Leaf { chain: way });
                }
                continue;
            };
            // Every branch is taken once: a tree that loops has an end, too.
            for kid in kids.iter().rev() {
                let fresh = kid.as_reference().is_ok_and(|id| seen.insert(id));
                if let (true, Ok(next)) = (fresh, self.follow(kid).as_dict()) {
                    let mut below = vec![next];
                    below.extend(&way);
                    ways.push(below);
                }
            }
        }
        wanted.ok_or(Refused::NoPage)
    }
}

impl<'a> Leaf<'a> {
    /// The page's own dictionary.
    pub fn own(&self) -> Option<&'a Dictionary> {
        self.chain.first().copied()
    }

    /// The nearest value of a key that pages inherit.
    pub fn inherited(&self, source: &'a Source, key: &[u8]) -> Option<&'a Object> {
        self.chain.iter().find_map(|node| source.get(node, key))
    }
}

/// What an error of the reader means for whoever brought the file.
pub fn why(error: &Error) -> Refused {
    match error {
        Error::InvalidPassword | Error::Decryption(_) => Refused::Encrypted,
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Refused::TooLarge,
        _ => Refused::Damaged,
    }
}
