mod assess;
mod plan;
