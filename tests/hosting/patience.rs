//! A provider that takes a call and never answers.

use crate::front::{AS_SHIPPED, Front, Setup};
use crate::raw;

const IMPATIENT: Setup = Setup { patience: "1s", ..AS_SHIPPED };

on_each_server!(IMPATIENT: a_call_without_an_answer_ends_as_unreachable);

async fn a_call_without_an_answer_ends_as_unreachable(front: &Front) {
    let target = "/proxy/gaussdb.slow.myhuaweicloud.com/v3/none";
    let answer = raw::call(front.addr, "PUT", target, &[], b"{}").await.unwrap();
    assert_eq!((answer.status, answer.header("x-tls-console-proxy")), (502, Some("unreachable")), "{answer:?}");
    assert_eq!(front.clouds.received().len(), 1, "it was sent, and once");
}
