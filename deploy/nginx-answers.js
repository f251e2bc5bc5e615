// What nginx has no directives for. What comes back of a provider's answer: nginx can remove only the headers that it is told.
const LISTED = [
    'content-encoding', 'content-length', 'content-type', 'date', 'location', 'retry-after', 'x-acs-request-id',
    'x-acs-retry-after', 'x-acs-trace-id', 'x-iam-trace-id', 'x-request-id', 'x-subject-token',
];
// Seconds that a call may take as a whole: nginx limits pauses only.
const LIMIT = 80;

// A header of a request with a control character.
function control(r) {
    return r.rawHeadersIn.some((pair) => /[\x00-\x08\x0a-\x1f\x7f]/.test(pair[1])) ? 'control' : '';
}

function headers(r) {
    // Browsers repeat a call by themselves for these: it ends above in 502.
    if ([408, 421, 425].includes(r.status)) {
        throw new Error('no answer');
    }
    for (const name in r.headersOut) {
        if (!LISTED.includes(name.toLowerCase())) {
            delete r.headersOut[name];
        }
    }
    // Whether nginx knows where the answer ends, and by one length: it takes the last of several.
    const length = r.headersOut['Content-Length'], coding = r.variables.upstream_http_transfer_encoding;
    const ends = coding ? coding.toLowerCase() === 'chunked' : length && length === r.variables.upstream_http_content_length;
    if (ends || [204, 304].includes(r.status)) {
        r.headersOut['X-TLS-Console-Proxy'] = 'passed';
    }
}

// An answer that takes longer is cut off, and the browser sees that.
function body(r, data, flags) {
    if (r.variables.request_time > LIMIT) {
        throw new Error('the answer takes too long');
    }
    r.sendBuffer(data, flags);
}

// Runs beside a call until its answer begins. A call that waits longer for that, or is still being sent, ends in 502.
function clock(r) {
    if (r.variables.request_time > LIMIT) {
        r.return(444);
    } else if (r.variables.bytes_sent == 0) {
        setTimeout(clock, 100, r);
    }
}

export default { body, clock, control, headers };
