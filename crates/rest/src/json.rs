//! JSON bodies, read twice at most: quickly into typed structs, and only if that fails as a tree in which every problem
//! is found with its path.

mod decimal;
mod fields;
mod object;
mod pairs;
mod reader;
mod scalar;
mod tree;
mod whole_number;

pub(crate) use decimal::decimal;
pub(crate) use fields::{Either, Fields};
pub(crate) use object::Object;
pub(crate) use pairs::Pairs;
pub(crate) use reader::{Path, ShapeIssues, list, map, received, texts};
pub(crate) use scalar::{Named, boolean, date, name_of, named, or_null, text, time};
pub(crate) use tree::{Json, parse};
pub(crate) use whole_number::{whole_from_digits, whole_from_number, whole_number};
