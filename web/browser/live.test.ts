// The page of a server that watches 32 chips and a hundred thousand allocations, some of which come
// and go: it opens at once, stays where one is, and takes no more with time. Writes what it measured.
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { barriers, launch, openServed, show } from "./browser.ts";
import { ended, LiveServer } from "./live_server.ts";
import { heapBytes, MOST_FILTER_MS, MOST_OPEN_MS, searchMs } from "./measure.ts";

const CHIPS = 32;
const EACH = 3125; // on each chip
const UPDATES = Number(process.env.PLIMSOLL_PAGE_UPDATES ?? 12);
const MOST_GROWTH = 1 << 20; // bytes, of which moments of the past take a quarter at most

const server = new LiveServer();
let browser: Browser;
let holders: ChildProcess;
let worker: ChildProcess;
before(async () => {
    await server.start();
    holders = await server.holders(CHIPS, EACH);
    worker = server.worker(1, CHIPS);
    worker.stdin!.write("work 500\n");
    browser = await launch();
});
after(async () => {
    await browser.close();
    await ended(holders, "SIGKILL");
    await ended(worker, "SIGKILL");
    await server.end();
});

const text = (page: Page, selector: string) => page.locator(selector).first().innerText();
const asOf = (page: Page) => text(page, ".link .faint");

async function work(page: Page): Promise<void> {
    const before = await asOf(page);
    worker.stdin!.write("work 200\n");
    await page.waitForFunction(
        (before) => document.querySelector(".link .faint")?.textContent !== before,
        before,
    );
}

test("every view of 32 chips, while they change", async (context) => {
    const { page, complaints } = await openServed(browser, server.url());
    await page.waitForSelector("a.chip");
    const openMs = await page.evaluate(() => performance.now());
    await page.waitForSelector(".link.live");
    assert.equal(page.url(), `${server.origin}/#/`, "the token does not stay in the address");
    assert.equal(await page.locator("a.chip").count(), CHIPS);
    assert.match(await text(page, "h1"), /\b1\d{5} allocations are live on 32 devices/);
    const processes = await page.locator("section[aria-labelledby=processes] tbody tr").count();
    assert.ok(processes > CHIPS, "there may be others on this machine");
    assert.deepEqual(await barriers(page), []);
    await show(page, "#/allocations");
    const filterMs = await searchMs(page);
    context.diagnostic(`open ${openMs.toFixed(0)} ms, filter ${filterMs.toFixed(1)} ms`);
    assert.ok(openMs < MOST_OPEN_MS, `${openMs} ms`);
    assert.ok(filterMs < MOST_FILTER_MS, `${filterMs} ms`);
    for (const hash of ["#/allocations", "#/chip/31?region=dram", "#/chip/0?region=l1"]) {
        await show(page, hash);
        assert.deepEqual(await barriers(page), [], hash);
    }
    await show(page, "#/timeline");
    await work(page);
    await page.waitForSelector("h3:has-text('Live while this page was open')");
    await page.click("button:has-text('Compare from now on')");
    await page.waitForSelector("text=The same lines hold as much as then");
    await work(page);
    await page.waitForSelector("h3:has-text('Since ') ~ table");
    assert.match(await text(page, "h3:has-text('Since ') ~ p"), /^[+−]\S+ \S+, [+−]\d+ allocation/);
    assert.deepEqual(await barriers(page), []);
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("where one is stays, whatever comes and goes", async () => {
    const { page, complaints } = await openServed(browser, server.url());
    await page.waitForSelector(".link.live");
    await show(page, "#/allocations?sort=id&region=dram");
    await page.locator(".rows").evaluate((rows) => rows.scrollTo(0, 5000));
    await page.locator("tr.row").nth(10).click();
    const chosen = await text(page, "aside.details h3");
    const top = await page.locator(".rows").evaluate((rows) => rows.scrollTop);
    const url = page.url();
    await work(page);
    await work(page);
    assert.equal(await text(page, "aside.details h3"), chosen);
    assert.equal(await page.locator("tr.row[aria-selected=true]").count(), 1);
    assert.equal(await page.locator(".rows").evaluate((rows) => rows.scrollTop), top);
    assert.equal(page.url(), url);
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("a process that has ended is shown with what it held", async () => {
    const short = server.worker(2, 2);
    short.stdin!.write("work 50\n");
    const { page } = await openServed(browser, server.url());
    const rows = page.locator("section[aria-labelledby=processes] tbody tr");
    await rows.filter({ hasText: `${short.pid}` }).waitFor();
    await ended(short, "SIGKILL");
    const row = rows.filter({ hasText: `${short.pid}` }).filter({ hasText: /killed|ended/ });
    await row.waitFor();
    assert.match(await row.innerText(), /synthetic/);
    await page.waitForSelector("ul.findings a:has-text('process-died-holding')");
    await page.context().close();
});

test("the server goes and comes again", async () => {
    const { page, complaints } = await openServed(browser, server.url());
    await page.waitForSelector(".link.live");
    await show(page, "#/chip/3");
    await server.end();
    await page.waitForSelector(".link.lost");
    assert.match(await text(page, ".link"), /connection lost, trying again/);
    assert.match(await text(page, "main"), /Device 3/);
    assert.deepEqual(await barriers(page), []);
    await server.start();
    await page.waitForSelector(".link.live");
    assert.match(page.url(), /#\/chip\/3$/);
    await work(page);
    const others = complaints.filter((one) => !/^Failed to load resource: net::ERR_/.test(one));
    assert.deepEqual(others, []);
    await page.reload();
    await page.waitForSelector(".link.live"); // this tab still has the token
    await page.context().close();
});

test("without its token the page says what is missing, and is told nothing", async () => {
    for (const url of [`${server.origin}/`, server.url("0123456789abcdef")]) {
        const { page, complaints } = await openServed(browser, url);
        await page.waitForSelector("[role=alert]");
        assert.match(await text(page, "[role=alert]"), /without its token/);
        assert.match(complaints.join(), /401/);
        await page.context().close();
    }
});

test("time takes no memory", async (context) => {
    const { page, complaints } = await openServed(browser, server.url());
    await page.waitForSelector(".link.live");
    await show(page, "#/allocations");
    for (let i = 0; i < 3; ++i) await work(page);
    const before = await heapBytes(page);
    for (let i = 0; i < UPDATES; ++i) await work(page);
    const after = await heapBytes(page);
    const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
    context.diagnostic(`${UPDATES} updates: heap ${mib(before)} MiB, then ${mib(after)} MiB`);
    assert.ok(after - before < MOST_GROWTH, `${before} B, then ${after} B`);
    assert.deepEqual(complaints, []);
    await page.context().close();
});
