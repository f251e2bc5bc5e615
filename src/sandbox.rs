//! The simulated clouds.
