mod assess;
mod diagnosis;
mod plan;
