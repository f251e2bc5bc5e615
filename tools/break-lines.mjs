// Breaks every line of the files in deploy/, one at a time, and shows the breaks that no test notices.
//
//   node tools/break-lines.mjs [nginx|caddy] [FROM-TO] [quick] [after=LOG]     make break-lines
//
// A break is a line left out, with the block that it opens. Each runs the hosting tests of its server, quick ones first,
// until one is red. After an earlier run, of which LOG is the output, the test that noticed the line then comes first. It
// takes a good part of an hour a server, so it is no part of `make test`.
import { spawn, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const [only, range, mode] = process.argv.slice(2).filter((argument) => !argument.startsWith('after='));
const earlier = process.argv.find((argument) => argument.startsWith('after='))?.slice('after='.length);
// The line, and the test that it turned red.
const noticed = new Map((earlier === undefined ? '' : readFileSync(earlier, 'utf8')).split('\n')
    .map((line) => line.split('\t')).filter(([result]) => result === 'red').map(([, , line, red]) => [line, red]));
const servers = { nginx: ['nginx.conf', 'nginx-answers.js'], caddy: ['Caddyfile'] };
const quick = ['answers::http', 'exact', 'refusals', 'files', 'trust', 'strangers', 'pages::only', 'once::another', 'below',
    'patience', 'secrets', 'https::headers', 'https::caddy_has', 'https::nobody', 'frames', 'whole', 'marks', 'together'];
const slow = ['once', 'pages', 'flows', 'https', 'answers', 'below'];

const built = execFileSync('cargo', ['test', '--locked', '--no-default-features', '--test', 'hosting', '--no-run', '--message-format=json'],
    { cwd: root, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] }).toString();
const compiled = built.split('\n').filter((line) => line.includes('"executable":"')).map((line) => JSON.parse(line).executable).at(-1);
// A copy, so that work can go on meanwhile.
const program = join(mkdtempSync(join(tmpdir(), 'tls-console-hosting-')), 'hosting');
cpSync(compiled, program);
const listed = execFileSync(program, ['--list'], { cwd: root }).toString().split('\n')
    .filter((line) => line.endsWith(': test')).map((line) => line.slice(0, -6));

// The lines that a break takes away: one, or the whole block that it opens.
function breaks(text) {
    const lines = text.split('\n');
    const found = [];
    for (const [at, line] of lines.entries()) {
        if (/^\s*(#|\/\/|$)/.test(line) || /^[\s})\]`;,]*$/.test(line)) {
            continue;
        }
        let end = at;
        if (/[{[]$/.test(line.replace(/\s+#.*$/, ''))) {
            const indent = /^\s*/.exec(line)[0];
            while (end + 1 < lines.length && !new RegExp(`^${indent}[}\\]]`).test(lines[end])) {
                end += 1;
            }
        }
        found.push({ at, end, line: line.trim(), text: [...lines.slice(0, at), ...lines.slice(end + 1)].join('\n') });
    }
    return found;
}

// The first test that fails. Nothing: all pass.
function firstRed(folder, names) {
    return new Promise((over) => {
        const env = { ...process.env, TLS_CONSOLE_DEPLOY: folder, RUST_BACKTRACE: '0' };
        const run = spawn(program, ['--exact', '--test-threads=3', ...names], { cwd: root, env });
        let said = '', red = null;
        run.stdout.on('data', (data) => {
            said += data;
            const found = /^test (\S+) \.\.\. FAILED$/m.exec(said);
            if (found && red === null) {
                red = found[1];
                run.kill('SIGTERM');
            }
        });
        run.on('exit', (code) => over(red ?? (code === 0 ? null : 'the run ends')));
    });
}

let unnoticed = 0;
for (const [server, files] of Object.entries(servers)) {
    if (only !== undefined && only !== server) {
        continue;
    }
    const of = (groups) => listed.filter((name) => (name.includes(`${server}::`) || name.includes(`::${server}_`) || name.includes(`_${server}s_`)) && groups.some((group) => {
        const [module, test] = group.split('::');
        return name.startsWith(`${module}::`) && (test === undefined || name.includes(`::${test}`));
    }));
    const first = of(quick).filter((name) => !/stalls|drips|too_long_for|takes_its_time|switched_on|chromium|nothing_is_loaded|arrives?_once|is_told_no_more/.test(name));
    const second = [...new Set([...of(slow), ...of(quick)])].filter((name) => !first.includes(name));
    for (const file of files) {
        const text = readFileSync(join(root, 'deploy', file), 'utf8');
        const [from, to] = (range ?? '1-99999').split('-').map(Number);
        for (const broken of breaks(text).filter(({ at }) => at + 1 >= from && at + 1 <= to)) {
            const folder = mkdtempSync(join(tmpdir(), 'tls-console-break-'));
            cpSync(join(root, 'deploy'), folder, { recursive: true });
            writeFileSync(join(folder, file), broken.text);
            const likely = listed.filter((name) => name === noticed.get(broken.line));
            const red = (likely.length > 0 ? await firstRed(folder, likely) : null) ?? await firstRed(folder, first) ?? (mode === 'quick' ? null : await firstRed(folder, second));
            rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
            console.log(`${red === null ? 'UNNOTICED' : 'red'}\t${file}:${broken.at + 1}\t${broken.line}\t${red ?? ''}`);
            unnoticed += red === null ? 1 : 0;
        }
    }
}
console.log(`${unnoticed} breaks that no test notices.`);
process.exit(unnoticed === 0 ? 0 : 1);
