//! The account that the sandbox plays: its projects and users.

use time::Duration;

/// The account's name, which IAM calls a domain.
pub(crate) const ACCOUNT: &str = "DummyAccount";
pub(crate) const ACCOUNT_ID: &str = "d78cbac186b744899480f25bd022f468";
/// The built-in project of cn-north-4.
pub(crate) const PROJECT: &str = "056538411200d4cd2f79c003c7606412";
/// The built-in project of ap-southeast-3.
pub(crate) const SINGAPORE: &str = "0a3f8d3c5e00f4b12f9dc0035d1e7b26";

/// A user without anything special.
pub(crate) const USER: &str = "DummyUser";
/// A user who needs the [`PASSCODE`] besides the password.
pub(crate) const MFA_USER: &str = "DummyMfaUser";
/// The password of all users.
pub(crate) const PASSWORD: &str = "DummyPassword!0";
/// What the device of [`MFA_USER`] shows, always.
pub(crate) const PASSCODE: &str = "123456";

/// A project of the account.
#[derive(Debug)]
pub(super) struct Project {
    pub(super) id: &'static str,
    /// Of a built-in project: the region's id.
    pub(super) name: &'static str,
    /// The project above it, or the account.
    pub(super) parent: &'static str,
    pub(super) description: &'static str,
}

impl Project {
    /// The region: a project below a built-in one begins with its name.
    pub(super) fn region(&self) -> &'static str {
        self.name.split('_').next().unwrap_or_default()
    }
}

const fn built_in(id: &'static str, name: &'static str) -> Project {
    Project { id, name, parent: ACCOUNT_ID, description: "" }
}

/// All projects. `MOS` belongs to the object storage and is no region.
pub(super) const PROJECTS: [Project; 5] = [
    built_in(PROJECT, "cn-north-4"),
    built_in("0c8d1f6a2b00e5932f1bc0034a7d9e50", "cn-east-3"),
    built_in(SINGAPORE, "ap-southeast-3"),
    Project {
        id: "0b91c47e6f00d2a82f60c003e8f3a1d4",
        name: "cn-north-4_team",
        parent: PROJECT,
        description: "A project inside a region",
    },
    built_in("babf0605d15b4f9fbcacbf81ee5a6d3f", "MOS"),
];

/// The project of an id.
pub(super) fn project(id: &str) -> Option<&'static Project> {
    PROJECTS.iter().find(|project| project.id == id)
}

/// An IAM user of the account.
#[derive(Debug)]
pub(super) struct User {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) needs_passcode: bool,
    /// How long a token of this user lives.
    pub(super) token_lives: Duration,
}

/// All users. Two get tokens that end early, so that warning and end can be seen.
pub(super) const USERS: [User; 4] = [
    User { id: "09f4a0d7700025c11f3ec01a5e8dummy", name: USER, needs_passcode: false, token_lives: Duration::DAY },
    User { id: "09f4a0d7700025c21f3ec01a5e8dummy", name: MFA_USER, needs_passcode: true, token_lives: Duration::DAY },
    User {
        id: "09f4a0d7700025c31f3ec01a5e8dummy",
        name: "DummyShortUser",
        needs_passcode: false,
        token_lives: Duration::minutes(10),
    },
    User {
        id: "09f4a0d7700025c41f3ec01a5e8dummy",
        name: "DummyBriefUser",
        needs_passcode: false,
        token_lives: Duration::minutes(1),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_length_that_the_documents_name() {
        let ids = PROJECTS.iter().map(|project| project.id).chain(USERS.iter().map(|user| user.id));
        for id in ids.chain([ACCOUNT_ID]) {
            assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{id}");
        }
    }

    #[test]
    fn a_project_inside_a_region_belongs_to_it() {
        assert!(PROJECTS.iter().filter(|project| project.region() == "cn-north-4").count() == 2);
    }
}
