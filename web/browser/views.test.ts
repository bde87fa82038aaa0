// Every view in a real browser, of real runs: it shows what it should and complains of nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { barriers, launch, open, show } from "./browser.ts";
import { CURRENT, example, FORGETFUL, golden, pageOf, program } from "./pages.ts";

let browser: Browser;
before(async () => {
    browser = await launch();
});
after(() => browser.close());

const text = (page: Page, selector: string) => page.locator(selector).first().innerText();

test("the mesh of the README: the verdict, eight chips, and eleven buffers that were forgotten", async () => {
    const { page, complaints } = await open(
        browser,
        example("mesh_circular_buffers", FORGETFUL, "t3k"),
    );
    assert.equal(
        await text(page, "h1"),
        "nothing is left on 8 devices; the runtime forgot to report 11 circular buffers as freed",
    );
    assert.equal(await page.locator("a.chip").count(), 8);
    assert.match(await text(page, "table tbody tr:has-text('circular buffer')"), /11\s+11\s+0\s+0/);
    assert.deepEqual(await barriers(page), []);

    await page.locator("ul.findings a").first().click();
    await page.waitForSelector("article");
    const article = await text(page, "article");
    for (const words of [
        "What you see elsewhere",
        "Is memory lost?",
        "Mended in",
        "softmax",
        "103552",
    ]) {
        assert.ok(article.includes(words), words);
    }
    assert.ok((await page.locator(".map .span").count()) >= 3);
    assert.deepEqual(await barriers(page), []);

    await show(page, "#/allocations");
    assert.match(await text(page, "[role=status]"), /^11 of 11 listed allocations, 0 of them held/);
    assert.equal(await page.locator("tr.row").count(), 11);
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("layers of a decoder: chips, peaks, and what there was at the highest moment", async () => {
    const { page, complaints } = await open(browser, program("decoder", CURRENT, "n150"));
    await show(page, "#/chip/0?region=dram");
    assert.match(await text(page, "main"), /At the peak of DRAM/);
    assert.ok((await page.locator(".icicle .cell").count()) > 4);
    assert.deepEqual(await barriers(page), []);
    await show(page, "#/chip/0?region=l1");
    assert.match(await text(page, "main"), /L1\/core/);
    await show(page, "#/timeline");
    assert.match(await text(page, "main"), /All allocations are in these curves/);
    const [, highest] = /^DRAM: up to (\S+ \S+) of /.exec(await text(page, ".plot figcaption"))!;
    await page.locator(".dot").first().click();
    assert.match(await text(page, ".moment [role=status]"), /^As of .*decoder\.py:\d+ in /);
    assert.equal(await text(page, ".level-then"), highest);
    assert.deepEqual(await barriers(page), []);
    await page.click("a:has-text('address map of device 0 then')");
    await page.waitForSelector("figure.map");
    assert.match(await text(page, "figure.map"), /decoder\.py/);
    assert.match(await text(page, "main"), new RegExp(`At the peak of DRAM, ${highest}`));
    assert.deepEqual(await barriers(page), []);
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("windows have their peaks, in the order they began", async () => {
    const { page, complaints } = await open(
        browser,
        program("windows", CURRENT, "n150"),
        "#/timeline",
    );
    const peaks = page.locator("section:has(h3:has-text('Windows, in the order'))");
    const rows = await peaks.locator("tbody tr").allInnerTexts();
    assert.deepEqual(
        rows.map((row) => row.split(/\s+/).slice(0, 2)),
        [
            ["prefill", "1"],
            ["decode", "4"],
        ],
    );
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("a chip in pieces: the holes are drawn and counted", async () => {
    const page_of = program("pictured", CURRENT, "n150", "fragmented");
    const { page, complaints } = await open(browser, page_of, "#/chip/0?region=l1");
    assert.match(await text(page, "figure.map"), /in \d+ pieces, the largest/);
    assert.ok((await page.locator(".map .span").count()) >= 10, "every second one is there");
    assert.deepEqual(await barriers(page), []);
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("a clash: the overlap is a number between the program's buffers and the tensors", async () => {
    const { page, complaints } = await open(
        browser,
        program("pictured", CURRENT, "n150", "clash"),
        "#/chip/0?region=l1",
    );
    const map = await text(page, "figure.map");
    assert.match(map, /Overlap: \d+ B; the program would end at/);
    assert.match(map, /softmax/);
    assert.equal(await page.locator(".mark.bad").count(), 1);
    assert.match(await text(page, "h1"), /1 allocation was refused/);
    assert.deepEqual(await barriers(page), []);
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("a full core: programs' buffers below, tensors above, and the gap between them", async () => {
    const file = program("full_core", CURRENT, "n150");
    const { page, complaints } = await open(browser, file, "#/chip/0?region=l1&picture=held");
    const map = await text(page, "figure.map");
    const [, gap, end, lowest] =
        /Gap: (\d+) B between the program's end, (\d+), and the lowest buffer, (\d+)/.exec(map)!;
    assert.equal(Number(gap), Number(lowest) - Number(end));
    assert.match(await text(page, ".lane:has(.mark.free) .width"), /KiB$/);
    const lanes = await page.locator(".map .bars .lane .name").allInnerTexts();
    assert.deepEqual(lanes.slice(1), ["softmax", "buffers", "gap", "address"]);
    await page.locator("select").nth(1).selectOption("3-3");
    assert.match(page.url(), /core=3-3/);
    assert.match(await text(page, "figure.map"), /6 buffers/);
    assert.deepEqual(await barriers(page), []);
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("a link to anything shows just that, and the keys go everywhere", async () => {
    const { page, complaints } = await open(browser, golden("clash"), "#/finding/2");
    assert.match(await text(page, "article"), /^Finding 2 of/);
    await page.keyboard.press("c");
    await page.waitForSelector("h2:has-text('Device 0')");
    await page.keyboard.press("f");
    await page.waitForSelector("article");
    await page.keyboard.press("/");
    await page.waitForSelector("main:has-text('lists no allocation')");
    await page.keyboard.press("?");
    assert.equal(await page.locator("aside.help").count(), 1);
    await page.keyboard.press("Escape");
    await page.waitForSelector("aside.help", { state: "detached" });
    await page.keyboard.press("o");
    await page.waitForSelector("ul.chips");
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("names that would break out of a page are text in it", async () => {
    for (const hash of ["", "#/allocations", "#/finding/1", "#/chip/0", "#/timeline"]) {
        const { page, complaints } = await open(browser, golden("hostile-names"), hash);
        assert.equal(await page.evaluate(() => document.scripts.length), 3);
        assert.equal(await page.locator("main img, main iframe, main object").count(), 0);
        const shown = await page.locator("#page").innerText();
        assert.doesNotMatch(shown, /[\x1b\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
        assert.deepEqual(complaints, [], hash);
        await page.context().close();
    }
});

test("a command line of HTML is shown as it was typed", async () => {
    const words = ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;"];
    const file = pageOf("hostile", ["true", ...words, "<!--\u2028"], null);
    const { page, complaints } = await open(browser, file);
    const shown = await text(page, "header");
    for (const word of [...words, "<!--?"]) {
        assert.ok(shown.includes(word), `${word} in ${shown}`);
    }
    assert.equal(await page.evaluate(() => document.scripts.length), 3);
    assert.match(await page.title(), /^Plimsoll: nothing attached/);
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("nothing attached is no chip without memory", async () => {
    const { page, complaints } = await open(browser, golden("not-attached"));
    assert.match(await text(page, "h1"), /^nothing attached/);
    assert.match(await text(page, "footer"), /Active allocations: – \(nothing attached\)/);
    for (const hash of ["#/allocations", "#/timeline", "#/chip/0"]) await show(page, hash);
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("dark and wide, light and narrow, nothing bars a reader", async () => {
    for (const look of [
        { dark: true, width: 3840, height: 2160 },
        { dark: true },
        { width: 3840, height: 2160 },
    ]) {
        for (const hash of [
            "",
            "#/chip/0?region=l1",
            "#/allocations",
            "#/timeline",
            "#/finding/1",
        ]) {
            const { page, complaints } = await open(browser, golden("running"), hash, look);
            assert.deepEqual(await barriers(page), [], hash);
            const wide = await page.evaluate(
                () => document.documentElement.scrollWidth - innerWidth,
            );
            assert.ok(wide <= 0, `${hash} is wider than the screen`);
            assert.deepEqual(complaints, []);
            await page.context().close();
        }
    }
});
