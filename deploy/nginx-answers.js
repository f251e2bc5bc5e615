// What comes back of a provider's answer. nginx itself can remove only the headers that it is told.
const LISTED = [
    'content-encoding', 'content-length', 'content-type', 'date', 'location', 'retry-after', 'x-acs-request-id',
    'x-acs-retry-after', 'x-acs-trace-id', 'x-iam-trace-id', 'x-request-id', 'x-subject-token',
];
// Seconds that an answer may take as a whole. It is cut off then, and the browser sees that.
const LIMIT = 80;

function headers(r) {
    for (const name in r.headersOut) {
        if (!LISTED.includes(name.toLowerCase())) {
            delete r.headersOut[name];
        }
    }
}

function body(r, data, flags) {
    if (r.variables.request_time > LIMIT) {
        throw new Error('the answer takes too long');
    }
    r.sendBuffer(data, flags);
}

export default { body, headers };
