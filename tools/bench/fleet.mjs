// Fleets of 1 000 and of 10 000 rows on the simulated clouds: a table is imported, planned and run, as a user does it, with the
// simulated time 60 times as fast. What is measured is held against its limit; time and memory of the two are compared.
import { join } from "node:path";
import { watchMemories, watchTasks } from "./watch.mjs";

const sizes = [1_000, 10_000];
const limits = { task: 50, nodes: 3_000 };
const patience = 900_000; // ms
const SSL = "#/huawei-taurusdb/SwitchGaussMySqlInstanceSsl";
const HTTPS = "#/aliyun-elasticsearch/OpenHttps";

// Runs in the page before its own scripts.
function watch() {
  // The simulated clouds are a worker: a message to it is a call.
  globalThis.benchCalls = 0;
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (...values) {
    benchCalls += 1;
    return post.apply(this, values);
  };
  globalThis.benchNodes = 0;
  const count = () => { benchNodes = Math.max(benchNodes, document.querySelectorAll("*").length); };
  setInterval(count, 500);
}

export async function measureFleets(browser, server) {
  const fleets = [];
  // The first visit of a browser is slower than all others.
  await visit(browser, server, 20);
  for (const rows of sizes) fleets.push(await visit(browser, server, rows));
  return fleets;
}

async function visit(browser, server, rows) {
  const context = await browser.newContext({ serviceWorkers: "block", viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  const complaints = [];
  try {
    const tab = await context.newPage();
    tab.setDefaultTimeout(60_000);
    tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    tab.on("pageerror", (error) => complaints.push(error.message));
    const devtools = await context.newCDPSession(tab);
    await devtools.send("Performance.enable");
    await tab.addInitScript(watchMemories);
    await tab.addInitScript(watchTasks);
    await tab.addInitScript(watch);
    await tab.goto(`${server.origin}/console/${SSL}`);
    await tab.getByRole("button", { name: "Time 60×" }).click();
    await example(tab);
    await go(tab, HTTPS);
    await tab.getByRole("heading", { name: "Enable HTTPS", level: 1 }).waitFor();
    await example(tab);
    await go(tab, "#/fleet");
    const table = await setUp(tab, rows);

    const phases = {};
    const phase = async (name, act) => {
      const look = () => tab.evaluate(() => [performance.now(), benchCalls]);
      const [before, [from, first]] = [await script(devtools), await look()];
      await act();
      const [to, last] = await look();
      const spent = (await script(devtools)) - before;
      const tasks = await tab.evaluate(() => benchTasks);
      const own = tasks.filter(({ startTime, duration }) => startTime + duration > from && startTime < to);
      phases[name] = { took: to - from, script: spent, calls: last - first, task: Math.max(0, ...own.map(({ duration }) => duration)) };
      process.stderr.write(`bench: ${rows} rows: ${name} took ${((to - from) / 1000).toFixed(1)} s\n`);
    };
    const action = (name) => tab.locator(`[data-action="${name}"]`);
    const stage = (name) => tab.locator(`[data-stage="${name}"]`).waitFor({ timeout: patience });

    await tab.getByRole("tab", { name: "Paste or drop" }).click();
    await phase("import", async () => {
      // By its path: bytes would be handed over by a script in the page, in a long task of its own.
      await tab.locator("#fleet-file").setInputFiles(table);
      await tab.getByText(new RegExp(`\\b${rows} lines fit`)).first().waitFor({ timeout: patience });
      await tab.getByRole("button", { name: `Add ${rows} rows` }).click();
      await tab.getByRole("heading", { name: `Rows of the fleet (${rows})` }).waitFor({ timeout: patience });
    });
    await phase("plan", async () => {
      await action("fleet-plan").first().click();
      await stage("planned");
    });
    await fast(tab);
    const group = tab.locator("[data-group=will-change]");
    const changes = Number(await group.getAttribute("data-count"));
    await phase("run", async () => {
      await action("fleet-start").click();
      await tab.getByLabel(/^Number of rows/).fill(String(changes));
      await action("fleet-start-confirm").click();
      await stage("over");
    });
    const counts = await tab.evaluate(() => Object.fromEntries(
      [...document.querySelectorAll("[data-state][data-count]")].map(({ dataset }) => [dataset.state, Number(dataset.count)])));
    if (!(counts.done > 0) || counts["under-way"] || counts.waiting) throw new Error(`the run ended with ${JSON.stringify(counts)}`);
    return { rows, changes, phases, nodes: await tab.evaluate(() => benchNodes), memory: await memory(tab, devtools) };
  } catch (error) {
    throw new Error([`fleet of ${rows} rows: ${error.message}`, ...complaints].join("\n"));
  } finally {
    await context.close();
  }
}

const go = (tab, hash) => tab.evaluate((hash) => { location.hash = hash; }, hash);

async function example(tab) {
  await tab.getByRole("button", { name: "Fill in an example" }).click();
  await tab.getByText("Filled in.").waitFor();
}

// Gives the simulated clouds so many instances, and takes the table of rows that the page offers for them.
async function setUp(tab, rows) {
  const size = tab.locator("#fleet-sandbox-size");
  await size.waitFor({ state: "attached" });
  await size.evaluate((input) => { for (let part = input.closest("details"); part; part = part.parentElement.closest("details")) part.open = true; });
  await size.fill(String(rows / 2));
  await tab.locator("#fleet-sandbox-seed").fill("7");
  await tab.getByRole("button", { name: "Set up the sandbox" }).click();
  await tab.getByText(`Each cloud has ${rows / 2} instances of seed 7.`).waitFor();
  await tab.locator("#fleet-sandbox-rows").fill(String(rows));
  const offered = tab.waitForEvent("download");
  await tab.getByRole("button", { name: "Download rows" }).click();
  const table = join("target/bench", `fleet-${rows}.csv`);
  await (await offered).saveAs(table);
  return table;
}

// Limits that the work of the page reaches before anything else does. Of the refused rows some fail, as they should.
async function fast(tab) {
  await tab.getByRole("button", { name: /^Change limits/ }).first().click();
  for (const [label, text] of [["Rows at once", "500"], ["Calls a second", "50"], ["Failures allowed", ""]]) {
    await tab.getByLabel(label, { exact: true }).fill(text);
  }
  await tab.getByLabel("Begin slowly").uncheck();
  await tab.getByRole("button", { name: "Save for all regions" }).click();
}

// What scripts have cost the main thread so far, in milliseconds: what they did, not how long anything waited.
async function script(devtools) {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "ScriptDuration").value * 1000;
}

// JavaScript's heap after a collection, and the memory of the page's WebAssembly program. That of the simulated clouds is left out.
async function memory(tab, devtools) {
  const wasm = await tab.evaluate(() => [...benchMemories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0));
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return usedSize + wasm;
}

export function reportFleets(browser, fleets) {
  const [few, many] = fleets;
  const times = many.rows / few.rows;
  const ms = (value) => (value < 50 ? "< 50" : value.toFixed(0));
  console.log(`\nFleets on the simulated clouds. Chromium ${browser.version()}, no throttle, simulated time 60×.`);
  console.log("The script of a row is all that the page does for it: its bookkeeping (≤ 1 ms), its calls, and the screen.\n");
  console.log("| rows | part | time, s | calls a row | script, ms a row | script, ms a call | longest task, ms (≤ 50) |\n|--:|---|--:|--:|--:|--:|--:|");
  for (const { rows, phases } of fleets) {
    for (const [name, { took, script, calls, task }] of Object.entries(phases)) {
      const each = calls ? (script / calls).toFixed(2) : "–";
      console.log(`| ${[rows, name, (took / 1000).toFixed(1), (calls / rows).toFixed(1), (script / rows).toFixed(2), each, ms(task)].join(" | ")} |`);
    }
  }
  const total = ({ phases }) => Object.values(phases).reduce((sum, { took }) => sum + took, 0);
  console.log(`\n| | ${few.rows} rows | ${many.rows} rows | ratio (linear: ${times} ×) |\n|---|--:|--:|--:|`);
  const line = (name, of, unit, digits = 1) => {
    const [a, b] = [of(few), of(many)];
    console.log(`| ${[name, (a / unit).toFixed(digits), (b / unit).toFixed(digits), `${(b / a).toFixed(1)} ×`].join(" | ")} |`);
  };
  line("import, plan and run, s", total, 1000);
  line("script of the run, s", ({ phases }) => phases.run.script, 1000);
  line("memory at the end, MB", ({ memory }) => memory, 1e6);
  line("DOM nodes at most (≤ 3 000)", ({ nodes }) => nodes, 1, 0);
  for (const { rows, phases, nodes } of fleets) {
    for (const [name, { task }] of Object.entries(phases)) {
      if (task > limits.task) console.error(`bench: ${rows} rows: the longest task of ${name} took ${task.toFixed(0)} ms, and the limit is ${limits.task}`);
    }
    if (nodes > limits.nodes) console.error(`bench: ${rows} rows: ${nodes} nodes, and the limit is ${limits.nodes}`);
  }
  if (total(many) > total(few) * times * 1.2) console.error(`bench: ${times} × the rows take ${(total(many) / total(few)).toFixed(1)} × the time`);
  if (many.memory > few.memory * times) console.error(`bench: ${times} × the rows take ${(many.memory / few.memory).toFixed(1)} × the memory`);
}
