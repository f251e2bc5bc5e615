// One visit of one page with an empty cache, and what it cost.
import { setTimeout as pause } from "node:timers/promises";
import { watchMemories, watchReady, watchTasks } from "./watch.mjs";

const slowdown = 4; // as a cheap laptop or phone beside the machine of a developer
const quiet = 800; // ms without a request and without a long task: the page has come to rest
const limit = 60_000; // ms

// Answers { bytes, ready, task, memory }; `traced` is called with the page before it is opened, and its answer after it.
export async function visit(browser, { origin, sent }, page, operation, traced = async () => async () => {}) {
  const context = await browser.newContext({ serviceWorkers: "block", viewport: { width: 1280, height: 900 } });
  const complaints = [];
  try {
    const tab = await context.newPage();
    tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    tab.on("pageerror", (error) => complaints.push(error.message));
    const devtools = await context.newCDPSession(tab);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    let tell;
    const told = new Promise((resolve) => { tell = resolve; });
    await tab.exposeFunction("benchReady", tell);
    await tab.addInitScript(watchMemories);
    await tab.addInitScript(watchTasks);
    await tab.addInitScript(watchReady, { text: operation.ready, control: page.control });
    const before = sent.bytes;
    const finish = await traced(tab);
    await tab.goto(origin + page.address(operation), { waitUntil: "commit" });
    const ready = await Promise.race([told, pause(limit, null, { ref: false })]);
    if (!ready) throw new Error(`not ready within ${limit / 1000} s`);
    const tasks = await rest(tab, sent);
    await finish();
    return {
      bytes: sent.bytes - before,
      ready,
      task: Math.max(0, ...tasks.map(({ duration }) => duration)),
      memory: await memory(tab, devtools),
    };
  } catch (error) {
    throw new Error([`${page.name}, ${operation.name}: ${error.message}`, ...complaints, ...sent.missing.map((name) => `missing: ${name}`)].join("\n"));
  } finally {
    await context.close();
  }
}

async function rest(tab, sent) {
  for (const end = performance.now() + limit; performance.now() < end; await pause(100)) {
    const { tasks, idle } = await tab.evaluate(() => ({
      tasks: benchTasks,
      idle: performance.now() - Math.max(0, ...benchTasks.map(({ startTime, duration }) => startTime + duration)),
    }));
    if (idle > quiet && performance.now() - sent.at > quiet) return tasks;
  }
  throw new Error(`never at rest within ${limit / 1000} s`);
}

// JavaScript's heap after a collection, and the memory of every WebAssembly program.
async function memory(tab, devtools) {
  const wasm = await tab.evaluate(() => [...benchMemories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0));
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return usedSize + wasm;
}
