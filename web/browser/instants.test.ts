// Any moment of a run whose changes were kept, in every view: by clicks, by keys, by an address.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { barriers, launch, open, show } from "./browser.ts";
import { decoder, written } from "./made_up.ts";
import { MOST_FILTER_MS, processorMs } from "./measure.ts";

let browser: Browser;
let file: string;
before(async () => {
    browser = await launch();
    file = written("decoder", decoder(2, 4, 3));
});
after(() => browser.close());

const text = (page: Page, selector: string) => page.locator(selector).first().innerText();
const moment = (page: Page) => text(page, ".moment [role=status]");
const AS_OF = /^As of \d+\.\d{3} s, just after .* \(change \d+ of [\d,]+\): \d+ allocations?$/;

test("curves of each region, the highest of each a link to that moment", async () => {
    const { page, complaints } = await open(browser, file, "#/timeline");
    assert.match(await moment(page), /^At the end of the run: \d+ allocations/);
    const captions = await page.locator(".plot figcaption").allInnerTexts();
    assert.deepEqual(
        captions.map((one) => one.split(":")[0]),
        ["DRAM", "L1, buffers", "L1, programs' buffers"],
    );
    assert.match(captions[0]!, /: up to \S+ [MG]iB at \d+\.\d{3} s, just after ttnn\.\w+ at /);
    assert.match(await text(page, "main"), /shares its space/);
    await page.locator(".dot").nth(1).click();
    assert.match(await moment(page), AS_OF);
    const [, most] = /up to (\S+ \S+) at/.exec(captions[1]!)!;
    assert.equal(await page.locator(".level-then").nth(1).innerText(), most);
    await page.getByLabel("chip").selectOption("1");
    assert.match(page.url(), /at=4711-\d+&chip=1$/);
    assert.match(
        await text(page, ".plot figcaption"),
        /^DRAM of device 1: up to \S+ [MG]iB of 12\.0 GiB at /,
    );
    assert.deepEqual(await barriers(page), []);
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("a click on a curve, and what was there then in every view", async () => {
    const { page, complaints } = await open(browser, file, "#/timeline");
    const box = (await page.locator(".field").first().boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    assert.match(await moment(page), AS_OF);
    const [, at] = /at=(\d+-\d+)/.exec(page.url())!;
    const [, count] = /: (\d+) allocations?$/.exec(await moment(page))!;
    assert.equal(await page.locator(".field .picked").count(), 3, "a line in each curve");
    await page.click("a:has-text('allocations then')");
    await page.waitForSelector("tr.row");
    assert.match(page.url(), new RegExp(`#/allocations\\?at=${at}$`));
    assert.match(await text(page, "main > p[role=status]"), new RegExp(`^${count} of ${count} `));
    await page.keyboard.press("c");
    await page.waitForSelector("figure.map");
    assert.equal(
        await page.locator("select option").first().innerText(),
        "What was held at that moment",
    );
    assert.match(await text(page, "figure.map > p >> nth=-1"), /Free: /);
    for (const key of ["o", "t", "a"]) {
        await page.keyboard.press(key);
        await page.waitForURL(new RegExp(`at=${at}$`));
    }
    await page.click("button:has-text('back to the end')");
    assert.doesNotMatch(page.url(), /at=/);
    assert.equal(await page.locator(".moment").count(), 0);
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("along changes what one tick of the clock hides, along time when it was", async () => {
    const { page, complaints } = await open(browser, file, "#/timeline");
    const dot = async () => (await page.locator(".dot").first().boundingBox())!.x;
    assert.match(await text(page, ".ruler-below"), /^change 0/);
    const alongChanges = await dot();
    await page.getByLabel("along").selectOption("time");
    assert.match(await text(page, ".ruler-below"), /^0 ms/);
    assert.notEqual(await dot(), alongChanges);
    assert.match(page.url(), /along=time/);
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("keys and the slider go from change to change", async () => {
    const { page } = await open(browser, file, "#/timeline");
    const [, last] = /(\d+)/.exec((await page.locator(".moment input").getAttribute("max"))!)!;
    const number = async () =>
        Number(/change ([\d,]+) of/.exec(await moment(page))![1]!.replace(",", ""));
    await page.keyboard.press("[");
    assert.equal(await number(), Number(last));
    await page.locator(".moment input").focus();
    await page.keyboard.press("Home");
    assert.equal(await number(), 1);
    await page.keyboard.press("ArrowRight");
    assert.equal(await number(), 2);
    await page.keyboard.press("]");
    assert.equal(await number(), 3);
    await page.click("button:has-text('previous change')");
    await page.click("button:has-text('previous change')");
    assert.equal(await number(), 1);
    assert.ok(await page.locator("button:has-text('previous change')").isDisabled());
    await page.locator(".moment input").focus();
    await page.keyboard.press("End");
    assert.match(await moment(page), /^At the end/);
    await page.context().close();
});

test("marks, windows and refusals are ways to their moments", async () => {
    const { page } = await open(browser, file, "#/timeline");
    assert.equal(await page.locator(".field").first().locator(".mark-line").count(), 3);
    assert.equal(await page.locator(".band").count(), 4);
    await page.locator("ol.marks li:has-text('decode begins') a").click();
    assert.match(await moment(page), /at the mark "decode begins" \(after change \d+ of /);
    await page.locator("tr:has-text('prefill') a").nth(1).click();
    assert.match(await moment(page), /as the window "prefill" ended/);
    await page.click("a:has-text('what was there then')");
    assert.match(await moment(page), /as a buffer of 512.0 MiB in DRAM was refused \(after change/);
    await page.context().close();
});

test("an allocation leads to when it was made, and to just before it was freed", async () => {
    const { page, complaints } = await open(browser, file, "#/timeline");
    await page.locator(".dot").nth(1).click();
    await page.click("a:has-text('allocations then')");
    await page.locator("tr.row:has-text('L1')").first().click();
    const name = await text(page, "aside.details h3");
    await page.click("a:has-text('just before it was freed')");
    assert.equal(await text(page, "aside.details h3"), name, "it is still there");
    const before = await moment(page);
    await page.keyboard.press("]");
    assert.equal(await page.locator("aside.details").count(), 0, "now it is not");
    await page.keyboard.press("[");
    assert.equal(await moment(page), before);
    await page.click("a:has-text('when it was made')");
    assert.match(await moment(page), /allocated \S+ MiB in L1/);
    assert.deepEqual(complaints, []);
    await page.context().close();
});

test("what is not known is said", async () => {
    const run = decoder(1, 2, 1);
    run.more.history!.missing = 3;
    run.more.history!.is_exact = false;
    const { page } = await open(browser, written("holes", run), "#/timeline?at=4711-9");
    const main = await text(page, "main");
    assert.match(main, /3 allocations of \d+ that were freed are not listed; curves may have been/);
    assert.match(main, /Events were lost/);
    assert.match(main, /DRAM: up to at least /);
    assert.match(await moment(page), /: at least \d+ allocations$/);
    await show(page, "#/chip/0?region=l1&at=4711-9");
    assert.match(await text(page, "figure.map > p >> nth=-1"), /or was not seen/);
    await show(page, "#/?at=4711-999999");
    await show(page, "#/?at=1-1");
    assert.match(await moment(page), /^This run has no such moment/);
    await page.context().close();
});

test("dark and wide, light and narrow, nothing bars a reader", async () => {
    for (const look of [{}, { dark: true }, { width: 3840, height: 2160, dark: true }]) {
        for (const view of ["", "chip/0?region=l1&", "allocations?", "timeline?"]) {
            const hash = `#/${view === "" ? "?" : view}at=4711-60`;
            const { page, complaints } = await open(browser, file, hash, look);
            assert.match(await moment(page), AS_OF);
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

test("a hundred thousand allocations: a step is drawn at once", async (context) => {
    const long = written("long", decoder(8, 32, 172));
    const { page } = await open(browser, long, "#/timeline");
    const steps: number[] = [];
    await page.keyboard.press("[");
    const step = async () => {
        await page.keyboard.press("[");
        await page.evaluate(
            () => new Promise((done) => requestAnimationFrame(() => setTimeout(done))),
        );
    };
    for (let i = 0; i < 9; ++i) steps.push(await processorMs(page, step));
    const median = steps.sort((a, b) => a - b)[4]!;
    context.diagnostic(`one step ${median.toFixed(1)} ms`);
    assert.ok(median < MOST_FILTER_MS, `${median} ms`);
    await page.context().close();
});
