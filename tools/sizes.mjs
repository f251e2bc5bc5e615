// Prints what the production site weighs and fails above the budget.
//   node tools/sizes.mjs [dist]
// Counted is the first load: every file needed to show an operation, as brotli 11. The error catalogues are fetched on
// the first error only, the sandbox when its connection is chosen, the panels when somebody begins to work, the service
// worker when all is there; apis/README.md and config.schema.json by nobody.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const budget = 170_000; // bytes; the smallest rival of its kind, openapi-explorer 2.4.820, has 169 430 for its script alone
const dist = process.argv[2] ?? "dist";
const later = (name) => /\.(errors\.json|md)$|config\.schema\.json$|(^|[/])(sw|(sandbox|panels|renew)-[0-9a-f]{10,16}(_bg)?)\.[a-z]+$/.test(name);

const brotli = (bytes) => brotliCompressSync(bytes, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
}).length;

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/[.](br|gz)$/.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .sort();
let total = 0;
const row = (name, raw, packed, note = "") => console.log(name.padEnd(58), String(raw).padStart(9), String(packed).padStart(9), note);
row("file", "bytes", "brotli 11");
for (const file of files) {
  const bytes = readFileSync(file);
  const packed = brotli(bytes);
  if (!later(file)) total += packed;
  row(file, bytes.length, packed, later(file) ? "not in the first load" : "");
}
console.log(`first load: ${total} bytes of ${budget} as brotli 11`);
if (total > budget) {
  console.error(`first load: ${total - budget} bytes above the budget`);
  process.exit(1);
}
