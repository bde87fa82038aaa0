// A report as JSON or a recording, which `plimsoll serve` shows: the same page, and nothing that would
// change.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { barriers, launch, openServed, show } from "./browser.ts";
import { ended, serving } from "./live_server.ts";
import { CURRENT, recording } from "./pages.ts";

const leaks = join(mkdtempSync(join(tmpdir(), "plimsoll-stored-")), "leaks.json");
writeFileSync(leaks, `{"schema": 1, "findings": []}`);
const golden = join(import.meta.dirname, "..", "..", "tests", "golden");

let browser: Browser;
before(async () => {
    browser = await launch();
});
after(() => browser.close());

for (const scene of ["clash", "hostile-names", "not-attached", "running", "seed-0.66.0"]) {
    test(`${scene}: every view, with the verdict of the report itself`, async () => {
        const { url, child } = await serving(join(golden, `${scene}.json`));
        const { page, complaints } = await openServed(browser, url);
        await page.waitForSelector("h1");
        const { verdict } = JSON.parse(
            readFileSync(join(golden, `page-${scene}.json`), "utf8"),
        ) as { verdict: string };
        const shown = (await page.locator("h1").innerText()).replaceAll("?", "");
        const printable = verdict.replace(/[^ -~]/g, "");
        if (scene !== "hostile-names") assert.equal(shown, printable);
        assert.equal(await page.locator(".link").count(), 0, "it is not live");
        for (const hash of ["#/allocations", "#/chip/0", "#/timeline", "#/finding/1", "#/"]) {
            await show(page, hash);
            assert.deepEqual(await barriers(page), [], hash);
        }
        assert.equal(await page.evaluate(() => document.scripts.length), 3);
        assert.deepEqual(complaints, []);
        await page.context().close();
        await ended(child, "SIGINT");
        assert.equal(child.exitCode, 0);
    });
}

test("a recording: what was there at each moment", async () => {
    const { url, child } = await serving(recording("windows", CURRENT, "n150"));
    const { page, complaints } = await openServed(browser, url);
    await page.waitForSelector("h1");
    await show(page, "#/timeline");
    const status = () => page.locator(".moment [role=status]").innerText();
    await page.locator("ol.marks a").first().click();
    assert.match(await status(), /at the mark "token" \(after change \d+ of \d+\): 1 allocation$/);
    await page.locator(".dot").first().click();
    assert.match(await status(), /: 21 allocations$/);
    await page.keyboard.press("a");
    await page.waitForSelector("tr.row");
    assert.deepEqual(await barriers(page), []);
    assert.deepEqual(complaints, []);
    await page.context().close();
    await ended(child, "SIGINT");
});

test("what is no whole report is said to be none", async () => {
    const { url, child } = await serving(leaks);
    const { page } = await openServed(browser, url);
    await page.waitForSelector("[role=alert]");
    assert.match(await page.locator("[role=alert]").innerText(), /its report has no processes/);
    await page.context().close();
    await ended(child);
});
