// Where the time of one visit goes: a trace of Chromium, told in tables. The file opens in DevTools (Performance) and in
// Perfetto. Recording costs time itself: compare the parts with each other, not with a measurement. Sampling functions
// costs most, so it has a visit of its own. What a thread spent is told in its own time, which other programs on the
// machine do not change; the points in time are those of the clock.
import { mkdirSync, writeFileSync } from "node:fs";
import { visit } from "./visit.mjs";

const categories = [
  "blink.user_timing", "devtools.timeline", "loading", "v8", "v8.wasm", "disabled-by-default-devtools.timeline",
  "disabled-by-default-v8.compile", "disabled-by-default-v8.wasm.detailed", "toplevel",
];

export async function trace(browser, server, page, operation) {
  await visit(browser, server, page, operation);
  console.log(`${page.name}, ${operation.name}`);
  tellTasks(await record("tasks", categories));
  tellFunctions(await record("functions", [...categories, "disabled-by-default-v8.cpu_profiler"]));

  async function record(name, categories) {
    let recorded;
    const { ready } = await visit(browser, server, page, operation, async (tab) => {
      await browser.startTracing(tab, { categories });
      return async () => { recorded = await browser.stopTracing(); };
    });
    const file = `target/bench/${page.key}.${name}.json`;
    mkdirSync("target/bench", { recursive: true });
    writeFileSync(file, recorded);
    console.log(`\n${file}: ready after ${ready.toFixed(0)} ms`);
    return scene(JSON.parse(recorded).traceEvents);
  }
}

// The process of the page, its main thread since the navigation, and the moment when it was ready.
function scene(all) {
  const ready = all.find(({ name }) => name === "bench-ready");
  const events = all.filter(({ pid }) => pid === ready.pid);
  const start = ready.ts - ready.args.data.startTime * 1000;
  const main = events.filter(({ tid, ph, ts }) => tid === ready.tid && ph === "X" && ts >= start).sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  return { events, main, start, ready };
}

function tellTasks({ events, main, start, ready }) {
  const at = (ts) => (ts ? Math.round((ts - start) / 1000) : "");
  const before = main.filter(({ ts }) => ts < ready.ts);
  const wasm = events.filter(({ cat, ph, dur }) => cat?.includes("wasm") && ph === "X" && dur).map((event) => [event, spent(event)]);
  const paints = events.filter(({ name, ts }) => /^first(Contentful)?Paint$/.test(name) && ts >= start);

  table("Requests and paints", ["", "sent, ms", "answered", "complete"], [
    ...requests(events).map(({ url, sent, answered, complete }) => [url.replace(/^https?:\/\/[^/]+/, ""), at(sent), at(answered), at(complete)]),
    ...[...paints, ready].map(({ name, ts }) => [name, at(ts), "", ""]),
  ]);
  const all = tasks(main);
  const busy = all.filter(({ ts }) => ts < ready.ts).reduce((sum, task) => sum + task.spent, 0);
  console.log(`main thread until ready: ${Math.round(busy / 1000)} ms of its own time`);
  const long = all.toSorted((a, b) => b.spent - a.spent).slice(0, 15).toSorted((a, b) => a.ts - b.ts);
  table("The longest tasks of the main thread", ["from, ms", "on the clock", "its own time", "of it, without what is inside"], long
    .map((task) => [at(task.ts), Math.round(task.dur / 1000), Math.round(task.spent / 1000), task.parts]));
  table("Main thread until ready: own time by kind", ["kind", "ms", "times"], sums(ownTimes(before), label).slice(0, 25));
  const thread = ({ name, tid }) => (tid === ready.tid ? `${name} (main thread)` : name);
  table("WebAssembly until rest, with what is inside", ["kind", "ms", "times"], sums(wasm, thread).slice(0, 15));
}

function tellFunctions({ events, start, ready }) {
  table("Main thread until ready: own time by function, sampled", ["function", "ms", "samples"], functions(events, start, ready).slice(0, 30));
}

const spent = ({ tdur, dur }) => tdur ?? dur;

// Each event with the time that none of the events inside it takes.
function ownTimes(sorted) {
  const open = [];
  const own = new Map();
  for (const event of sorted) {
    while (open.length && open.at(-1).ts + open.at(-1).dur <= event.ts) open.pop();
    const parent = open.at(-1);
    if (parent) own.set(parent, own.get(parent) - spent(event));
    own.set(event, spent(event));
    open.push(event);
  }
  return [...own];
}

// The outermost events, with what fills them.
function tasks(sorted) {
  const outermost = [];
  for (const event of sorted) {
    const last = outermost.at(-1);
    if (last && event.ts < last.ts + last.dur) last.inside.push(event);
    else outermost.push({ ts: event.ts, dur: event.dur, spent: spent(event), inside: [event] });
  }
  return outermost.map(({ inside, ...task }) => ({
    ...task,
    parts: sums(ownTimes(inside), label).filter(([, ms]) => ms >= 1).slice(0, 5).map(([name, ms]) => `${name} ${ms}`).join("; "),
  }));
}

function label({ name, args = {} }) {
  const { functionName = "", url = args.fileName ?? "", type = "" } = args.data ?? {};
  const what = [type, functionName, String(url).split("/").at(-1)].filter(Boolean).join(" ");
  return what ? `${name} [${what}]` : name;
}

// [name, ms, times] by name, the largest first.
function sums(pairs, nameOf) {
  const rows = new Map();
  for (const [event, microseconds] of pairs) {
    const row = rows.get(nameOf(event)) ?? [0, 0];
    rows.set(nameOf(event), [row[0] + microseconds, row[1] + 1]);
  }
  return [...rows].map(([name, [sum, times]]) => [name, Math.round(sum / 100) / 10, times]).sort((a, b) => b[1] - a[1]);
}

// The samples of the profiler on the main thread, each with the time since the one before.
function functions(events, start, ready) {
  const profile = events.find(({ name, tid }) => name === "Profile" && tid === ready.tid);
  if (!profile) return [];
  const nodes = new Map();
  const pairs = [];
  let now = profile.args.data.startTime;
  for (const { args: { data } } of events.filter(({ name, id, pid }) => name === "ProfileChunk" && id === profile.id && pid === profile.pid)) {
    for (const node of data.cpuProfile?.nodes ?? []) nodes.set(node.id, node.callFrame);
    (data.cpuProfile?.samples ?? []).forEach((id, index) => {
      const passed = data.timeDeltas[index];
      now += passed;
      if (now >= start && now <= ready.ts) pairs.push([nodes.get(id), passed]);
    });
  }
  return sums(pairs, ({ functionName, url }) => [functionName || "(anonymous)", url?.split("/").at(-1)].filter(Boolean).join(" "));
}

function requests(events) {
  const rows = new Map();
  const stages = { ResourceSendRequest: "sent", ResourceReceiveResponse: "answered", ResourceFinish: "complete" };
  for (const { name, ts, args } of events) {
    const { requestId, url } = args?.data ?? {};
    if (name === "ResourceSendRequest") rows.set(requestId, { url });
    if (stages[name] && rows.has(requestId)) rows.get(requestId)[stages[name]] ??= ts;
  }
  return [...rows.values()].sort((a, b) => a.sent - b.sent);
}

function table(title, head, rows) {
  console.log(`\n${title}\n`);
  for (const row of [head, head.map(() => "---"), ...rows]) console.log(`| ${row.join(" | ")} |`);
}
