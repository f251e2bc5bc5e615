//! The clouds that the sandbox plays, and their hosts.

/// The clouds that the sandbox plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provider {
    /// Huawei Cloud: all hosts under `myhuaweicloud.com` and `myhuaweicloud.eu`.
    Huawei,
    /// Alibaba Cloud: all hosts under `aliyuncs.com`.
    Aliyun,
}

impl Provider {
    /// The provider that a host belongs to; a port does not matter.
    pub fn of_host(host: &str) -> Option<Self> {
        let name = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if name.ends_with(".myhuaweicloud.com") || name.ends_with(".myhuaweicloud.eu") {
            Some(Self::Huawei)
        } else if name.ends_with(".aliyuncs.com") {
            Some(Self::Aliyun)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_names_the_provider() {
        assert_eq!(Provider::of_host("gaussdb.cn-north-4.myhuaweicloud.com:443"), Some(Provider::Huawei));
        assert_eq!(Provider::of_host("Elasticsearch.cn-hangzhou.ALIYUNCS.com"), Some(Provider::Aliyun));
        assert_eq!(Provider::of_host("aliyuncs.com.example.org"), None);
        assert_eq!(Provider::of_host(""), None);
    }
}
