// A hundred thousand allocations: it opens and answers at once. Writes what it measured.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launch, open } from "./browser.ts";
import { holding } from "./pages.ts";

const COUNT = 100_000;
const MOST_BYTES = 2_000_000;
const MOST_OPEN_MS = 1000;
const MOST_FILTER_MS = 50;
const SEARCHES = [
    "block_1",
    "block_17",
    "op_3",
    "forward_2 op_1",
    "400000",
    "block",
    "op_2",
    "buffer",
    "7",
];

let browser: Browser;
before(async () => {
    browser = await launch();
});
after(() => browser.close());

// Types into the search and waits for the frame that shows what was found.
function search(page: Page, text: string): Promise<void> {
    return page.evaluate(async (text) => {
        const field = document.getElementById("search") as HTMLInputElement;
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }, text);
}

// What each search takes of a processor, script, layout and paint; the median of several. Other work
// on the machine does not count, as it would by the clock.
async function searchMs(page: Page, texts: string[]): Promise<number> {
    const debugger_ = await page.context().newCDPSession(page);
    await debugger_.send("Performance.enable", { timeDomain: "threadTicks" });
    const taken = async () => {
        const { metrics } = await debugger_.send("Performance.getMetrics");
        return 1000 * metrics.find((one) => one.name === "TaskDuration")!.value;
    };
    const all: number[] = [];
    for (const text of texts) {
        const before = await taken();
        await search(page, text);
        all.push((await taken()) - before);
    }
    return all.sort((a, b) => a - b)[all.length >> 1]!;
}

test("a hundred thousand rows open and filter at once", async (context) => {
    const file = holding(COUNT);
    assert.ok(statSync(file).size < MOST_BYTES);
    const { page, complaints } = await open(browser, file, "#/allocations");
    const opened = await page.evaluate(() => {
        const [navigation] = performance.getEntriesByType(
            "navigation",
        ) as PerformanceNavigationTiming[];
        return navigation!.domComplete;
    });
    assert.match((await page.locator("[role=status]").innerText()) ?? "", /^100000 of 100000/);
    const filtered = await searchMs(page, SEARCHES);
    context.diagnostic(
        `${COUNT} rows, ${statSync(file).size} B: open ${opened.toFixed(0)} ms, filter ${filtered.toFixed(1)} ms`,
    );
    assert.ok(opened < MOST_OPEN_MS, `${opened} ms`);
    assert.ok(filtered < MOST_FILTER_MS, `${filtered} ms`);
    assert.deepEqual(complaints, []);
});

test("the last of them can be reached with the keyboard", async () => {
    const { page } = await open(browser, holding(COUNT), "#/allocations?sort=id");
    await page.locator(".rows").focus();
    await page.keyboard.press("End");
    await page.waitForSelector(`tr.row:has-text("${COUNT}")`);
    assert.match(await page.locator("aside.details h3").innerText(), /buffer 100000 in DRAM/);
    await page.goto(page.url().replace(/#.*/, "#/chip/0?region=dram"));
    await page.waitForSelector("figure.map .span");
    assert.match(await page.locator("figure.map > p").last().innerText(), /in 1001 pieces/);
});
