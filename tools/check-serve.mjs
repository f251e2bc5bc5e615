// Starts `make serve` as a newcomer does and looks whether it keeps its word: the page answers, its proxy reaches the
// simulated clouds, and one Ctrl-C ends both servers. Part of `make test`; the ports 8080 and 8081 must be free.
import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";

const page = "http://127.0.0.1:8080/";
const sandbox = "http://127.0.0.1:8081/";
const answers = (address) => fetch(address).then(() => true, () => false);
const until = async (what, holds, seconds) => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(200)) if (await holds()) return;
  throw new Error(`${what}: not within ${seconds} s`);
};
const check = (what, holds) => {
  if (!holds) throw new Error(what);
  console.log(`serve: ${what}`);
};

for (const address of [page, sandbox]) check(`nothing else is at ${address}`, !(await answers(address)));
// A group of its own, as a terminal gives it: Ctrl-C goes to all of it.
const serve = spawn("make", ["serve"], { detached: true, stdio: ["ignore", "ignore", "inherit"] });
const ended = new Promise((resolve) => serve.once("exit", resolve));
try {
  await until("make serve answers", () => answers(page), 900);
  const html = await (await fetch(page)).text();
  check("the page comes from Trunk with the program in it", html.includes("data-wasm="));
  const call = "v3/056538411200d4cd2f79c003c7606412/instances/096c0fc43e804757b59946b80dc27f8bin07/ssl-option";
  const reply = await fetch(`${page}proxy/gaussdb.cn-north-4.myhuaweicloud.com/${call}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-Auth-Token": "any-token-will-do" },
    body: '{"ssl_option":true}',
  });
  check("a call through its proxy reaches the simulated cloud", reply.status === 200 && "job_id" in (await reply.json()));
} finally {
  process.kill(-serve.pid, "SIGINT");
}
await ended;
await until("one Ctrl-C ends both servers", async () => !(await answers(page)) && !(await answers(sandbox)), 20);
check("one Ctrl-C ends both servers", true);
