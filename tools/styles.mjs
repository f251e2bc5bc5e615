// Joins the style sheets into one, in the order of their layers, without comments and indentation. Trunk runs it before
// every build (Trunk.toml); the page then asks for one file instead of five.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const sheets = ["tokens", "base", "layout", "widgets", "pages"];
const text = sheets.map((name) => readFileSync(`style/${name}.css`, "utf8")).join("\n");
const lines = text.replace(/\/\*[^]*?\*\//g, "").split("\n").map((line) => line.trim()).filter(Boolean);
mkdirSync("target/style", { recursive: true });
writeFileSync("target/style/console.css", lines.join("\n") + "\n");
