//! Samples with the vendors' tools: at least their syntax is right.
