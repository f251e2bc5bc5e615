// Long answers: lists of instances of 5 and of 20 MB, through the proxy of a deployment, on the page of an operation. What
// is measured is held against its limit, and against `JSON.parse` of the same text in the same page.
import { setTimeout as pause } from "node:timers/promises";
import { watchMemories, watchTasks } from "./watch.mjs";

const MB = 1_000_000;
const cases = [
  { size: 5 * MB, shown: 300 },
  { size: 20 * MB, shown: 1_000 },
];
const limits = { nodes: 2_000, task: 50, search: 300, memory: 6 };
const patience = 60_000; // ms

const route = "/console/#/aliyun-elasticsearch/ListInstance";
export const isAnswer = (address) => address.startsWith("/console/proxy/");

// The answer of a list, about so many bytes, the same in every run.
export function list(size) {
  const items = [];
  for (let length = 0, at = 0; length < size; at++) {
    const item = JSON.stringify({
      instanceId: `es-cn-${String(at).padStart(12, "0")}`,
      description: `cluster ${at} of the department ${at % 17}`,
      status: ["active", "activating", "inactive"][at % 3],
      nodeAmount: 2 + (at % 9),
      esVersion: "7.10_with_X-Pack",
      protocol: at % 2 ? "HTTPS" : "HTTP",
      createdAt: "2026-11-27T00:00:00.000Z",
      nodeSpec: { spec: "elasticsearch.sn2ne.large", disk: 20 + (at % 100), diskType: "cloud_essd" },
      tags: [{ tagKey: "team", tagValue: `t${at % 31}` }],
    });
    length += item.length + 1;
    items.push(item);
  }
  return { text: `{"RequestId":"5FFD9ED4-C2EC-4E89-B22B-1ACB6FE1D5FD","Headers":{"X-Total-Count":${items.length}},"Result":[${items.join(",")}]}`, items: items.length };
}

// Put before the worker's own loader.
export const workerWatch = `(${watchMemories})();\n`;

// Runs in the page before its own scripts.
function watch() {
  performance.setResourceTimingBufferSize(10_000);
  // The moment after the frame in which this is true.
  globalThis.benchDrawn = (holds) => new Promise((resolve) => {
    const look = () => {
      if (!holds()) return requestAnimationFrame(look);
      const drawn = new MessageChannel();
      drawn.port1.onmessage = () => resolve(performance.now());
      drawn.port2.postMessage(null);
    };
    requestAnimationFrame(look);
  });
}

export async function measureAnswers(browser, server, runs) {
  const rows = [];
  for (const { size, shown } of cases) {
    const answer = list(size);
    const visits = [];
    // The first visit of a browser is slower than all others.
    for (let run = 0; run <= runs; run++) {
      const measured = await visit(browser, server, answer);
      if (run > 0) visits.push(measured);
      process.stderr.write(`bench: ${size / MB} MB, run ${run} of ${runs}\n`);
    }
    rows.push({ size: answer.text.length, shown, visits });
  }
  return rows;
}

async function visit(browser, server, answer) {
  const context = await browser.newContext({ serviceWorkers: "block", viewport: { width: 1280, height: 900 } });
  const complaints = [];
  try {
    server.answer = Buffer.from(answer.text);
    const tab = await context.newPage();
    tab.setDefaultTimeout(patience);
    tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    tab.on("pageerror", (error) => complaints.push(error.message));
    const devtools = await context.newCDPSession(tab);
    await tab.addInitScript(watchMemories);
    await tab.addInitScript(watchTasks);
    await tab.addInitScript(watch);
    await tab.goto(server.origin + route);
    await tab.getByLabel(/^AccessKey ID/).fill("LTAI5tBenchBenchBenchBen");
    await tab.getByLabel(/^AccessKey secret/).fill("benchBenchBenchBenchBenchBench");
    await tab.getByLabel("Connection", { exact: true }).first().selectOption("Proxy");
    const before = await memory(tab, devtools);
    await tab.evaluate(() => {
      globalThis.benchShown = benchDrawn(() => document.querySelector("#response-body .line .words")?.textContent === "{");
    });
    await tab.locator('[data-action="send"]').click();
    const shown = await tab.evaluate(() => benchShown);
    await pause(500);
    // Tasks from the last byte on: before it, the code that reads answers comes with its first use.
    const { lastByte, nodes } = await tab.evaluate(() => ({
      lastByte: performance.getEntriesByType("resource").filter(({ name }) => name.includes("/proxy/")).at(-1).responseEnd,
      nodes: document.querySelectorAll("*").length,
    }));
    const after = await memory(tab, devtools);
    // Scrolling, and a search from the key to the count on the screen.
    const search = await tab.evaluate(async ({ words, count }) => {
      const input = document.querySelector('#response .viewer-search input[type="search"]');
      const status = () => input.closest(".viewer-search").querySelector("[role=status]").textContent;
      input.value = words;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      const started = performance.now();
      input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
      const ended = await benchDrawn(() => status() === `1 of ${count}`);
      return ended - started;
    }, { words: "instanceId", count: answer.items });
    const scrolled = await tab.evaluate(async () => {
      const lines = document.getElementById("response-body");
      lines.scrollTop = lines.scrollHeight;
      const started = performance.now();
      await benchDrawn(() => [...lines.querySelectorAll(".line")].at(-1)?.textContent === "}");
      return { took: performance.now() - started, nodes: document.querySelectorAll("*").length };
    });
    const task = await tab.evaluate((from) => Math.max(0, ...benchTasks.filter(({ startTime }) => startTime >= from).map(({ duration }) => duration)), lastByte);
    const parse = await tab.evaluate(async () => {
      const text = await (await fetch("proxy/again")).text();
      const times = [];
      for (let run = 0; run < 3; run++) {
        const started = performance.now();
        globalThis.benchParsed = JSON.parse(text);
        times.push(performance.now() - started);
      }
      globalThis.benchParsed = null;
      return times.sort((a, b) => a - b)[1];
    });
    return {
      shown: shown - lastByte,
      parse,
      task,
      nodes: Math.max(nodes, scrolled.nodes),
      search,
      scroll: scrolled.took,
      memory: (after - before) / answer.text.length,
    };
  } catch (error) {
    throw new Error([`answers: ${error.message}`, ...complaints].join("\n"));
  } finally {
    await context.close();
  }
}

// JavaScript's heap after a collection, and the memory of the WebAssembly programs of the page and of its workers. None of
// these memories ever shrinks: it is the most that was needed.
async function memory(tab, devtools) {
  const sum = () => [...(globalThis.benchMemories ?? [])].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  const all = [await tab.evaluate(sum)];
  for (const worker of tab.workers()) all.push(await worker.evaluate(sum));
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await devtools.send("Runtime.getHeapUsage");
  // The store behind buffers has the page's own WebAssembly memory in it.
  const outside = Math.max(0, backingStorageSize - all[0]);
  return usedSize + embedderHeapUsedSize + outside + all.reduce((sum, each) => sum + each, 0);
}

export function reportAnswers(browser, rows) {
  const sorted = (visits, key) => visits.map((each) => each[key]).sort((a, b) => a - b);
  const cell = (visits, key, digits = 0) => {
    const values = sorted(visits, key);
    const [middle, least, most] = [values[values.length >> 1], values[0], values.at(-1)].map((value) => value.toFixed(digits));
    return least === most ? middle : `${middle} (${least}–${most})`;
  };
  const median = (visits, key) => sorted(visits, key)[visits.length >> 1];
  console.log(`\nLong answers. Chromium ${browser.version()}, no throttle, ${rows[0].visits.length} runs: median (least–most).\n`);
  console.log("| answer | last byte → lines on screen, ms | limit | JSON.parse, ms | ratio | longest task, ms (≤ 50) | DOM nodes (≤ 2 000) | search, ms (≤ 300) | to the end, ms | memory ÷ text (≤ 6) |");
  console.log("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
  for (const { size, shown, visits } of rows) {
    const ratio = `${(median(visits, "shown") / median(visits, "parse")).toFixed(1)} ×`;
    console.log(`| ${[`${(size / MB).toFixed(1)} MB`, cell(visits, "shown"), shown, cell(visits, "parse"), ratio, cell(visits, "task"), cell(visits, "nodes"), cell(visits, "search"), cell(visits, "scroll"), cell(visits, "memory", 1)].join(" | ")} |`);
    for (const [key, limit] of Object.entries({ ...limits, shown })) {
      if (median(visits, key) > limit) console.error(`bench: ${(size / MB).toFixed(0)} MB: ${key} is ${median(visits, key).toFixed(1)}, and the limit is ${limit}`);
    }
  }
}
