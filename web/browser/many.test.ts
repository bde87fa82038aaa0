// A hundred thousand allocations: it opens and answers at once. Writes what it measured.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launch, open } from "./browser.ts";
import { MOST_FILTER_MS, MOST_OPEN_MS, searchMs } from "./measure.ts";
import { holding } from "./pages.ts";

const COUNT = 100_000;
const MOST_BYTES = 2_000_000;
let browser: Browser;
before(async () => {
    browser = await launch();
});
after(() => browser.close());

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
    const filtered = await searchMs(page);
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
