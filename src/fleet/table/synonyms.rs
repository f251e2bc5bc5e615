//! What people call columns in tables of all clouds. The names and labels of the descriptions come before them.

use super::Column;

/// Names of columns, in small letters and without anything between them.
const COLUMNS: [(Column, &[&str]); 5] = [
    (
        Column::Provider,
        &["provider", "cloud", "vendor", "cloudprovider", "csp", "platform", "service", "api", "product"],
    ),
    (Column::Region, &["region", "regionid", "regionname", "location", "datacenter"]),
    (
        Column::Subject,
        &[
            "instance",
            "instanceid",
            "cluster",
            "clusterid",
            "resource",
            "resourceid",
            "target",
            "subject",
            "id",
            "database",
        ],
    ),
    (
        Column::Act,
        &["act", "action", "operation", "operationid", "switch", "change", "desired", "desiredstate", "wanted", "todo"],
    ),
    (Column::Profile, &["profile", "profilename", "account", "accountname", "credential", "credentials"]),
];

/// What a name of a column means in most tables.
pub(super) fn column_called(name: &str) -> Option<Column> {
    COLUMNS.iter().find(|(_, names)| names.contains(&name)).map(|(column, _)| column.clone())
}
