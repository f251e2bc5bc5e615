// Runs the browser flows of a test target (`e2e`, `hosting`). A browser on a busy machine can be slow beyond any deadline, so
// at most two flows that fail get a second try, alone. A flow that passes then is named at the end: it needs mending, and
// `make test` goes on. What fails twice fails.
import { spawn } from "node:child_process";

const MOST = 2;
const target = process.argv[2];

/** Runs the target with these arguments of its own; gives its status and the names of the flows that failed. */
const run = (filters) =>
  new Promise((resolve) => {
    const args = ["test", "--locked", "--no-default-features", "--test", target, "--", ...filters];
    const tests = spawn("cargo", args, { stdio: ["ignore", "pipe", "inherit"] });
    const failed = new Set();
    let rest = "";
    tests.stdout.setEncoding("utf8").on("data", (text) => {
      process.stdout.write(text);
      const lines = (rest + text).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        const name = /^test (\S+) \.\.\. FAILED$/.exec(line)?.[1];
        if (name) failed.add(name);
      }
    });
    tests.on("close", (status) => resolve({ passed: status === 0, failed: [...failed] }));
  });

const first = await run([]);
if (!first.passed) {
  const { failed } = first;
  if (failed.length === 0 || failed.length > MOST) process.exit(1);
  console.log(`Once more, alone: ${failed.join(", ")}`);
  if (!(await run(["--exact", ...failed])).passed) process.exit(1);
  console.log(`UNSTABLE, failed once and then passed: ${failed.join(", ")}. The failure is above.`);
}
