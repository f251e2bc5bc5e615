//! Rows of a table for a fleet of the sandbox, to begin with.

use super::Guide;
use crate::sandbox::fleet::Fleet;
use crate::sandbox::{FleetSetup, Provider, aliyun, guide, huawei};

/// What the rows of one cloud have in common. A description says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetExample {
    pub provider: Provider,
    /// The cloud as people call it.
    pub name: String,
    /// As the API knows it.
    pub region: String,
    /// The act in two or three words.
    pub act: String,
}

/// A table of so many instances of the fleet: the clouds in turn, as long as they have some. It does not look at them, so it
/// has those that are on already and those that cannot be switched as well.
pub fn fleet_csv(setup: FleetSetup, rows: usize, examples: &[FleetExample]) -> String {
    let setup = setup.within_limits();
    let clouds: Vec<(Vec<String>, Fleet)> = examples.iter().map(|example| cloud(setup, example)).collect();
    let mut table = String::from("provider,region,project,instance,act\n");
    let longest = clouds.iter().map(|(_, fleet)| fleet.size).max().unwrap_or_default();
    let in_turn = (0..longest).flat_map(|index| examples.iter().zip(&clouds).map(move |pair| (index, pair)));
    let there = in_turn.filter(|(index, (_, (_, fleet)))| index < &fleet.size);
    for (index, (example, (before, fleet))) in there.take(rows) {
        let instance = match example.provider {
            Provider::Huawei => huawei::fleet_id(*fleet, index),
            Provider::Aliyun => aliyun::fleet_id(*fleet, index),
        };
        table.push_str(&before.join(","));
        table.push_str(&format!(",{},{}\n", cell(&instance), cell(&example.act)));
    }
    table
}

/// The cells before the instance, and the fleet.
fn cloud(setup: FleetSetup, example: &FleetExample) -> (Vec<String>, Fleet) {
    let FleetSetup { seed, huawei, aliyun, .. } = setup;
    let (project, size) = match example.provider {
        Provider::Huawei => (input(&guide(Provider::Huawei), "project_id"), huawei),
        Provider::Aliyun => ("", aliyun),
    };
    ([example.name.as_str(), &example.region, project].map(cell).to_vec(), Fleet { seed, size })
}

fn input(guide: &Guide, name: &str) -> &'static str {
    guide.example.iter().find(|(input, _)| *input == name).map_or("", |(_, value)| value)
}

/// A cell as RFC 4180 writes it.
fn cell(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::World;

    fn examples() -> [FleetExample; 2] {
        let example = |provider, name: &str, region: &str, act: &str| FleetExample {
            provider,
            name: name.to_owned(),
            region: region.to_owned(),
            act: act.to_owned(),
        };
        [
            example(Provider::Huawei, "Huawei Cloud", "cn-north-4", "SSL on"),
            example(Provider::Aliyun, "Alibaba Cloud, or \"Aliyun\"", "cn-hangzhou", "HTTPS on"),
        ]
    }

    #[test]
    fn the_rows_are_instances_of_the_fleet_and_the_clouds_take_turns() {
        let setup = FleetSetup { seed: 7, huawei: 2, aliyun: 4, ..FleetSetup::default() };
        let table = fleet_csv(setup, 5, &examples());
        let lines: Vec<&str> = table.lines().collect();
        let mut world = World::new(1);
        world.set_fleet(setup);
        let [huawei, aliyun] = [Provider::Huawei, Provider::Aliyun].map(|provider| world.fleet_instances(provider));
        let of = |index: usize| {
            let name = "\"Alibaba Cloud, or \"\"Aliyun\"\"\"";
            [
                huawei
                    .get(index)
                    .map(|one| format!("Huawei Cloud,cn-north-4,056538411200d4cd2f79c003c7606412,{},SSL on", one.id)),
                aliyun.get(index).map(|one| format!("{name},cn-hangzhou,,{},HTTPS on", one.id)),
            ]
        };
        let expected: Vec<String> = (0..4).flat_map(of).flatten().take(5).collect();
        assert_eq!(lines[0], "provider,region,project,instance,act");
        assert_eq!(lines[1..], expected);
    }

    #[test]
    fn there_are_no_more_rows_than_instances() {
        let setup = FleetSetup { seed: 1, huawei: 20_000, aliyun: 3, ..FleetSetup::default() };
        assert_eq!(fleet_csv(setup, usize::MAX, &examples()).lines().count(), 1 + 10_000 + 3);
        assert_eq!(fleet_csv(FleetSetup::default(), 10, &[]).lines().count(), 1);
    }
}
