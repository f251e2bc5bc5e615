// Node's http knows no HTTP_PROXY: every request goes to SANDBOX, and says the host that it is for.
const http = require("http");
const [host, port] = process.env.SANDBOX.split(":");
const { request } = http;
http.request = (options, ...rest) => request({ ...options, host, hostname: host, port, agent: undefined }, ...rest);
