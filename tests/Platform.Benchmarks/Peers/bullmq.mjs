// The peer: BullMQ with a worker that sends the same call to the same sink.
//   worker <queue> <sink> <concurrency> <lockMs|0>   says "ready"; "cpu" on stdin is answered with milliseconds of node and of Redis; ends with stdin
//   add <queue> <file>                               adds delayed jobs, one a line: key dueMs
//   idle <queue>                                     ends when nothing waits, is delayed or active
//   flood <queue> <noisy> <quiet> <ms> <slots>       one tenant's flood before the others' jobs; says their p99 and longest wait and the seconds for all
//   remove <queue>                                   takes the queue out of Redis
import fs from 'node:fs';
import http from 'node:http';
import readline from 'node:readline';
import Redis from 'ioredis';
import { Queue, Worker } from 'bullmq';

const [mode, name, ...rest] = process.argv.slice(2);
const address = process.env.REDIS_URL.includes('://') ? process.env.REDIS_URL : `redis://${process.env.REDIS_URL}`;
const connection = new Redis(address, { maxRetriesPerRequest: null });
const text = process.env.BENCHMARK_TEXT ?? '';

function send(url, agent, key) {
  const body = JSON.stringify({ text });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': key };
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent, headers }, response => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', chunk => (answer += chunk));
      response.on('end', () => (response.statusCode === 201 ? resolve(JSON.parse(answer).id) : reject(new Error(`status ${response.statusCode}`))));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function redisMs() {
  const info = await connection.info('cpu');
  const of = field => Number(new RegExp(`${field}:([\\d.]+)`).exec(info)[1]);
  return (of('used_cpu_user') + of('used_cpu_sys')) * 1000;
}

async function worker([sink, concurrency, lockMs]) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  const tuned = Number(lockMs) > 0 ? { lockDuration: Number(lockMs), stalledInterval: Number(lockMs) } : {};
  const it = new Worker(name, job => send(`${sink}/sandbox/api/posts`, agent, job.data.key), { connection, concurrency: Number(concurrency), ...tuned });
  it.on('error', error => console.error(error));
  await it.waitUntilReady();
  console.log('ready');
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line !== 'cpu') continue;
    const { user, system } = process.cpuUsage();
    console.log(`cpu ${(user + system) / 1000} ${await redisMs()}`);
  }
  process.exit(0);
}

async function add([file]) {
  const queue = new Queue(name, { connection });
  const lines = fs.readFileSync(file, 'utf8').trim().split('\n').map(line => line.split(' '));
  for (let from = 0; from < lines.length; from += 1000) {
    const now = Date.now();
    await queue.addBulk(lines.slice(from, from + 1000).map(([key, due]) => ({ name: 'post', data: { key, text }, opts: { delay: Math.max(0, Number(due) - now), removeOnComplete: true } })));
  }
  console.log('added');
  process.exit(0);
}

async function idle() {
  const queue = new Queue(name, { connection });
  for (;;) {
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
    if (Object.values(counts).every(count => count === 0)) break;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  console.log('idle');
  process.exit(0);
}

async function remove() {
  await new Queue(name, { connection }).obliterate({ force: true });
  console.log('removed');
  process.exit(0);
}

async function flood([noisy, quiet, delay, slots]) {
  const queue = new Queue(name, { connection });
  const all = Number(noisy) + Number(quiet);
  for (let from = 0; from < Number(noisy); from += 1000) {
    await queue.addBulk(Array.from({ length: Math.min(1000, Number(noisy) - from) }, () => ({ name: 'noisy', data: {}, opts: { removeOnComplete: true } })));
  }
  await queue.addBulk(Array.from({ length: Number(quiet) }, () => ({ name: 'quiet', data: {}, opts: { removeOnComplete: true } })));
  const waits = [];
  let done = 0;
  const start = performance.now();
  await new Promise(resolve => {
    const it = new Worker(name, async job => {
      if (job.name === 'quiet') waits.push(performance.now() - start);
      await new Promise(wait => setTimeout(wait, Number(delay)));
      if (++done === all) resolve();
    }, { connection, concurrency: Number(slots) });
    it.on('error', error => console.error(error));
  });
  waits.sort((a, b) => a - b);
  console.log(`jobs ${waits[Math.min(waits.length - 1, Math.floor(waits.length * 0.99))]} ${waits.at(-1)} ${(performance.now() - start) / 1000}`);
  process.exit(0);
}

await { worker, add, idle, remove, flood }[mode](rest);
