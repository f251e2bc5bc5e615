// A static server on a free loopback port. Everything is compressed with brotli 11 before it starts, so that no run
// waits for it, and counted when it is sent.
import { createServer } from "node:http";
import { extname } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const types = {
  ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json",
  ".png": "image/png", ".wasm": "application/wasm",
};

const brotli = (bytes) => promisify(brotliCompress)(bytes, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
});

// `files`: address to { bytes, headers }. `isAnswer`: what is answered with the JSON that `answer` of the server holds, as a proxy
// would.
export async function serve(files, isAnswer = () => false) {
  const packed = new Map(await Promise.all([...files].map(async ([address, { bytes, headers }]) => {
    const type = types[extname(address) || ".html"] ?? "text/plain";
    return [address, { body: await brotli(bytes), headers: { ...headers, "content-type": type, "content-encoding": "br", "cache-control": "no-cache" } }];
  })));
  const sent = { bytes: 0, at: 0, missing: [] };
  const server = createServer((request, response) => {
    const address = decodeURIComponent(request.url.split("?")[0]);
    const file = packed.get(address);
    sent.at = performance.now();
    if (isAnswer(address)) {
      const { answer } = serving;
      response.writeHead(200, { "content-type": "application/json", "content-length": answer.length, "cache-control": "no-store" }).end(answer);
      return;
    }
    if (!file) {
      sent.missing.push(address);
      response.writeHead(404).end();
      return;
    }
    sent.bytes += file.body.length;
    response.writeHead(200, { ...file.headers, "content-length": file.body.length }).end(file.body);
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const serving = {
    answer: Buffer.from("{}"),
    origin: `http://127.0.0.1:${server.address().port}`,
    sent,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return serving;
}
