// Loads the built site and three pages of its kind side by side, and prints what each costs as a Markdown table.
//   node tools/bench.mjs [--only PAGE] [--runs N] [--dist FOLDER]
//   node tools/bench.mjs --only answers [--runs N] [--dist FOLDER]   how long answers of 5 and 20 MB take (bench/answers.mjs)
//   node tools/bench.mjs --only fleet [--dist FOLDER]   fleets of 1 000 and 10 000 rows on the simulated clouds (bench/fleet.mjs)
//   node tools/bench.mjs --trace [--only PAGE] [--dist FOLDER]    where the time of one visit goes, and a file for DevTools
// PAGE: console, rapidoc, openapi-explorer or swagger-ui.
// One Chromium, its CPU slowed down four times, an empty cache and no service worker at every visit, brotli 11, the pages
// in turn. A measurement, not a test: whatever else the machine does is in it. `make bench` installs what it needs.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, homedir, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isAnswer, measureAnswers, reportAnswers, workerWatch } from "./bench/answers.mjs";
import { measureFleets, reportFleets } from "./bench/fleet.mjs";
import { files, operations, pages, site, version } from "./bench/pages.mjs";
import { serve } from "./bench/server.mjs";
import { visit } from "./bench/visit.mjs";
import { trace } from "./bench/trace.mjs";

const { values: asked } = parseArgs({
  options: {
    dist: { type: "string", default: "dist" },
    only: { type: "string" },
    runs: { type: "string", default: "5" },
    trace: { type: "boolean" },
  },
});
const chosen = pages.filter(({ key }) => !asked.only || key === asked.only);
const parts = ["answers", "fleet"];
const isPart = parts.includes(asked.only);
const has = (part) => !asked.only || asked.only === part;
if (chosen.length === 0 && !isPart) fail(`there is no page ${asked.only}: ${[...pages.map(({ key }) => key), ...parts].join(", ")}`);
if (!existsSync(join(asked.dist, "index.html"))) fail(`there is no site in ${asked.dist}: run make build first`);

const cache = process.env.TLS_CONSOLE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "tls-console");
const modules = join(cache, "npm/node_modules");
const { chromium } = createRequire(join(modules, "package.json"))("playwright-core");

const [load] = loadavg();
if (load > availableParallelism() / 2) console.error(`bench: other programs keep the machine busy (load ${load.toFixed(1)}): the times will be too long`);
const served = isPart ? site(asked.dist) : files(asked.dist, modules);
for (const [address, file] of served) {
  if (/worker_loader[^/]*\.js$/.test(address)) served.set(address, { ...file, bytes: Buffer.concat([Buffer.from(workerWatch), file.bytes]) });
}
const server = await serve(served, isAnswer);
// Playwright ends the browser on Ctrl-C as well.
const browser = await chromium.launch({
  executablePath: execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim(),
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  if (asked.trace) await trace(browser, server, chosen[0], operations[0]);
  else {
    if (!isPart) report(await measure(Number(asked.runs)));
    if (has("answers")) reportAnswers(browser, await measureAnswers(browser, server, Number(asked.runs)));
    if (has("fleet")) reportFleets(browser, await measureFleets(browser, server));
  }
} finally {
  await browser.close();
  server.close();
}

async function measure(runs) {
  const rows = operations.flatMap((operation) => chosen.map((page) => ({ operation, page, visits: [] })));
  // The first visit of a browser is slower than all others.
  for (const page of chosen) await visit(browser, server, page, operations[0]);
  for (let run = 1; run <= runs; run++) {
    for (const { page, operation, visits } of rows) visits.push(await visit(browser, server, page, operation));
    process.stderr.write(`bench: run ${run} of ${runs}\n`);
  }
  return rows;
}

function report(rows) {
  const sorted = (visits, key) => visits.map((each) => each[key]).sort((a, b) => a - b);
  const median = (visits, key) => sorted(visits, key)[visits.length >> 1];
  const cell = (visits, key, unit, digits = 0) => {
    const [middle, least, most] = [median(visits, key), sorted(visits, key)[0], sorted(visits, key).at(-1)].map((value) => (value / unit).toFixed(digits));
    if (middle === "NaN") return "–";
    return least === most ? middle : `${middle} (${least}–${most})`;
  };
  console.log(`Chromium ${browser.version()}, 4× CPU throttle, ${rows[0].visits.length} runs in turn: median (least–most).\n`);
  console.log("| operation | page | bytes, kB | ready, ms | of the best rival | longest task, ms | memory, MB |\n|---|---|--:|--:|--:|--:|--:|");
  for (const { operation, page, visits } of rows) {
    const rivals = rows.filter((row) => row.operation === operation && row.page.key !== "console").map((row) => median(row.visits, "ready"));
    const ratio = rivals.length ? `${(median(visits, "ready") / Math.min(...rivals)).toFixed(2)} ×` : "";
    console.log(`| ${[operation.name, `${page.name} ${version(modules, page)}`.trim(), cell(visits, "bytes", 1000), cell(visits, "ready", 1), ratio, cell(visits, "task", 1), cell(visits, "memory", 1e6, 1)].join(" | ")} |`);
  }
}

function fail(sentence) {
  console.error(`bench: ${sentence}`);
  process.exit(1);
}
