//! What a client can do that has no .proto file.

mod descriptors;
mod documented_lines;
