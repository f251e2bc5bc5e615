// What is compared: the console and three pages of its kind, each with the same operation of the same description, as
// its own documentation says that a page links to one operation. Nothing of them comes from another host.
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";

// `ready`: the text that has to be visible, from the description of the operation. No page shows it in a list.
export const operations = [
  {
    name: "TaurusDB: SSL on or off",
    document: "huawei-taurusdb.json",
    method: "put",
    path: "/v3/{project_id}/instances/{instance_id}/ssl-option",
    id: "SwitchGaussMySqlInstanceSsl",
    ready: "Switches SSL on or off for one TaurusDB instance.",
  },
  {
    name: "Elasticsearch: HTTPS on",
    document: "aliyun-elasticsearch.json",
    method: "post",
    path: "/openapi/instances/{InstanceId}/actions/open-https",
    id: "OpenHttps",
    ready: "Switches the addresses of one Elasticsearch cluster from HTTP to HTTPS.",
  },
];

// As RapiDoc and openapi-explorer make the name of an element out of an operation.
const element = ({ method, path }) => `${method}-${path}`.replace(/[\s#:?&={}]/g, "-");

// `address`: where an operation is, from the root of the server. `control`: what has to be visible beside the text; only
// the console has to show that much. `package` and `files`: what npm has of a page, and `html` is the page around it.
export const pages = [
  {
    key: "console",
    name: "TLS Console",
    address: ({ document, id }) => `/console/#/${document.replace(".json", "")}/${id}`,
    control: "main form :is(input, select, textarea)",
  },
  {
    key: "rapidoc",
    package: "rapidoc",
    files: ["dist/rapidoc-min.js"],
    name: "RapiDoc",
    address: (operation) => `/rapidoc/${operation.document}.html#${element(operation)}`,
    html: ({ document }) => `<script type="module" src="rapidoc-min.js"></script></head>
<body><rapi-doc spec-url="../apis/${document}" render-style="focused" load-fonts="false"></rapi-doc>`,
  },
  {
    key: "openapi-explorer",
    package: "openapi-explorer",
    files: ["dist/browser/openapi-explorer.min.js"],
    name: "openapi-explorer",
    address: (operation) => `/openapi-explorer/${operation.document}.html#?route=${element(operation)}`,
    html: ({ document }) => `<script type="module" src="openapi-explorer.min.js"></script></head>
<body><openapi-explorer spec-url="../apis/${document}"></openapi-explorer>`,
  },
  {
    key: "swagger-ui",
    package: "swagger-ui-dist",
    files: ["swagger-ui-bundle.js", "swagger-ui.css"],
    name: "Swagger UI",
    address: ({ document, id }) => `/swagger-ui/${document}.html#/default/${id}`,
    html: ({ document }) => `<link rel="stylesheet" href="swagger-ui.css"></head>
<body><div id="swagger-ui"></div><script src="swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: "../apis/${document}", dom_id: "#swagger-ui", deepLinking: true });</script>`,
  },
];

export const version = (modules, page) => (page.package ? JSON.parse(readFileSync(join(modules, page.package, "package.json"), "utf8")).version : "");

// The files of the console, by their address: bytes and the headers of its deployment.
export function site(dist) {
  const served = new Map();
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const name = join(entry.parentPath ?? entry.path, entry.name).slice(join(dist, "/").length);
    if (entry.isFile() && !/\.(br|gz)$/.test(name)) served.set(`/console/${name}`, { bytes: readFileSync(join(dist, name)), headers: production });
  }
  served.set("/console/", served.get("/console/index.html"));
  return served;
}

// The files of all pages; the others do without the headers of a deployment.
export function files(dist, modules) {
  const served = site(dist);
  const add = (address, bytes, headers = {}) => served.set(address, { bytes, headers });
  for (const { document } of operations) add(`/apis/${document}`, readFileSync(join("apis", document)));
  for (const { key, name, html, package: folder, files: needed } of pages.filter((page) => page.html)) {
    for (const file of needed) add(`/${key}/${basename(file)}`, readFileSync(join(modules, folder, file)));
    for (const operation of operations) {
      const head = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">`;
      const text = `${head}<meta name="viewport" content="width=device-width, initial-scale=1">${html(operation)}</body></html>\n`;
      add(`/${key}/${operation.document}.html`, Buffer.from(text));
    }
  }
  return served;
}

// The policy stands in the configuration that deployments start from.
const [, policy] = /Content-Security-Policy "(default-src [^"]*script-src [^"]*)"/.exec(readFileSync("deploy/Caddyfile", "utf8"));
const production = {
  "content-security-policy": policy.replace(" {$TLS_CONSOLE_CONNECT}", ""),
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
