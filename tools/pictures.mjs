// Pictures of the production site for docs/pictures: node tools/pictures.mjs [FOLDER [NAME…]]
// Everything on them is made in the simulation. Needs dist/ (make build), Chromium and playwright-core (make setup-bench).
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { serve } from "./bench/server.mjs";

const root = new URL("..", import.meta.url).pathname;
const cache = process.env.TLS_CONSOLE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "tls-console");
const { chromium } = createRequire(join(cache, "npm/node_modules/"))("playwright-core");
const dist = join(root, "dist");
const target = process.argv[2] ?? join(root, "docs/pictures");
mkdirSync(target, { recursive: true });

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(dist.length));
const served = new Map(files.map((name) => [name, { bytes: readFileSync(join(dist, name)), headers: {} }]));
served.set("/", served.get("/index.html"));
const site = await serve(served);

const SSL = "#/huawei-taurusdb/SwitchGaussMySqlInstanceSsl";
const LIST = "#/aliyun-elasticsearch/ListInstance";
const HTTPS = "#/aliyun-elasticsearch/OpenHttps";
const FLEET = "#/fleet";
const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

// The conditions are read first; one that does not hold is overridden.
const confirm = async (page) => {
  await read(page);
  const override = page.locator("[data-action=override]");
  if (await override.count()) await override.check();
  await page.locator("[data-action=confirm][aria-disabled=false]").click();
};
const read = (page) => page.waitForFunction(() => document.querySelector("#confirm dl")
  && !document.querySelector("#confirm").textContent.includes("Checking the conditions"));
const send = async (page, asks = true) => {
  await page.locator("[data-action=send]").click();
  if (asks) await confirm(page);
  await page.locator("#response .explanation").waitFor();
};
const example = async (page) => {
  await page.getByRole("button", { name: "Fill in an example" }).click();
  await page.getByText("Filled in.").waitFor();
};
const open = (page, hash) => page.evaluate((hash) => { location.hash = hash; }, hash);
// A second call for the same instance is refused: the first is still under way.
const refused = async (page) => {
  await example(page);
  await send(page);
  await page.locator("input[name=ssl_option][value=false]").check();
  await send(page);
  await page.getByText("DBS.200019").first().waitFor();
};

// The simulated time goes 60 times as fast, and the change is followed to its end.
const completed = async (page) => {
  await page.getByRole("button", { name: "Time 60×" }).click();
  await example(page);
  await send(page);
  await page.locator("[data-follow=completed]").waitFor();
};

// A fleet of 20 rows of both simulated clouds, as docs/fleet.md goes it.
const fleetBegun = async (page) => {
  await page.getByRole("button", { name: "Time 60×" }).click();
  await example(page);
  await open(page, HTTPS);
  await page.getByRole("heading", { name: "Enable HTTPS", level: 1 }).waitFor();
  await example(page);
  await open(page, FLEET);
  const rows = page.locator("#fleet-sandbox-rows");
  await rows.waitFor({ state: "attached" });
  await rows.evaluate((input) => { for (let part = input.closest("details"); part; part = part.parentElement.closest("details")) part.open = true; });
  const offered = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download rows" }).click();
  const file = await (await offered).path();
  await page.getByRole("tab", { name: "Paste or drop" }).click();
  await page.getByLabel("Rows to paste").fill(readFileSync(file, "utf8"));
  await page.getByRole("button", { name: "Add 20 rows" }).waitFor();
  await page.locator("#fleet-lines").scrollIntoViewIfNeeded();
};
const fleetPlanned = async (page) => {
  await fleetBegun(page);
  await page.getByRole("button", { name: "Add 20 rows" }).click();
  await page.getByRole("button", { name: "Plan 20 rows" }).click();
  await page.locator("[data-stage=planned]").waitFor();
  await page.locator("[data-action=fleet-start]").waitFor();
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
};
const fleetRuns = async (page) => {
  await fleetPlanned(page);
  const rows = await page.locator("[data-group=will-change]").getAttribute("data-count");
  await page.locator("[data-action=fleet-start]").click();
  await page.getByLabel(/^Number of rows/).fill(rows);
  await page.locator("[data-action=fleet-start-confirm]").click();
  await page.locator("[data-count][data-state=done]:not([data-count='0'])").waitFor({ timeout: 60_000 });
};
// A failure takes new rows away from its lane until the user goes on.
const fleetOver = async (page) => {
  await fleetRuns(page);
  const resume = page.locator("[data-action=fleet-resume]");
  const over = page.locator("[data-stage=over]");
  while (await over.or(resume).first().waitFor({ timeout: 120_000 }), !(await over.count())) {
    await resume.click();
    await resume.waitFor({ state: "detached" });
  }
};
const fleetReported = async (page) => {
  await fleetOver(page);
  await page.locator("[data-action=fleet-step-report]").click();
  await page.locator("[data-step=report]").waitFor();
};

const pictures = [
  { name: "home", at: "#/" },
  { name: "operation", at: SSL },
  { name: "question", at: SSL, act: async (page) => { await example(page); await page.locator("[data-action=send]").click(); await read(page); } },
  { name: "result", at: SSL, act: completed },
  { name: "error", at: SSL, act: refused },
  { name: "list", at: LIST, act: async (page) => { await example(page); await send(page, false); } },
  { name: "credentials", at: SSL, act: async (page) => { await example(page); await open(page, "#/credentials"); await page.getByLabel(/passphrase/i).first().waitFor(); } },
  { name: "phone", at: SSL, view: phone, act: example },
  { name: "dark", at: SSL, dark: true, act: completed },
  { name: "fleet-choose", at: SSL, act: fleetBegun },
  { name: "fleet-plan", at: SSL, act: fleetPlanned },
  { name: "fleet-run", at: SSL, act: fleetRuns },
  { name: "fleet-report", at: SSL, act: fleetReported },
  { name: "fleet-phone", at: SSL, view: phone, act: fleetRuns },
];

const browser = await chromium.launch({
  executablePath: execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim(),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
});
try {
  const wanted = process.argv.slice(3);
  for (const { name, at, view = desk, dark = false, act } of pictures.filter(({ name }) => !wanted.length || wanted.includes(name))) {
    const colorScheme = dark ? "dark" : "light";
    const context = await browser.newContext({ viewport: view, colorScheme, reducedMotion: "reduce", serviceWorkers: "block" });
    const page = await context.newPage();
    await page.goto(`${site.origin}/${at}`);
    await page.locator("h1").waitFor();
    await act?.(page);
    const bytes = await page.screenshot({ path: join(target, `${name}.png`) });
    console.log(`${name}.png`.padEnd(20), String(bytes.length).padStart(8), "bytes");
    await context.close();
  }
} finally {
  await browser.close();
  site.close();
}
