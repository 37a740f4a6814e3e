//! JSON bodies, read twice at most: quickly into typed structs, and only if that fails as a tree in which every problem
//! is found with its path.

mod fields;
mod object;
mod pairs;
mod reader;
mod scalar;
mod tree;

pub(crate) use fields::{Either, Fields};
pub(crate) use object::Object;
pub(crate) use pairs::Pairs;
pub(crate) use reader::{Path, ShapeIssues, list, map, received, texts};
pub(crate) use scalar::{Named, boolean, date_or_null, named, text, time};
pub(crate) use tree::{Json, parse};
