// What a page takes, and what it may take.
import type { Page } from "playwright-core";

export const MOST_OPEN_MS = 1000;
export const MOST_FILTER_MS = 50;
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

// Types into the search and waits for the frame that shows what was found.
function search(page: Page, text: string): Promise<void> {
    return page.evaluate(async (text) => {
        const field = document.getElementById("search") as HTMLInputElement;
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }, text);
}

// What an action takes of a processor, script, layout and paint. Other work on the machine does not
// count, as it would by the clock.
export async function processorMs(page: Page, action: () => Promise<unknown>): Promise<number> {
    const debugger_ = await page.context().newCDPSession(page);
    await debugger_.send("Performance.enable", { timeDomain: "threadTicks" });
    const taken = async () => {
        const { metrics } = await debugger_.send("Performance.getMetrics");
        return 1000 * metrics.find((one) => one.name === "TaskDuration")!.value;
    };
    const before = await taken();
    await action();
    const ms = (await taken()) - before;
    await debugger_.detach();
    return ms;
}

// The median of several searches.
export async function searchMs(page: Page): Promise<number> {
    const all: number[] = [];
    for (const text of SEARCHES) all.push(await processorMs(page, () => search(page, text)));
    return all.sort((a, b) => a - b)[all.length >> 1]!;
}

// Of its script, after what is no longer used has been given back.
export async function heapBytes(page: Page): Promise<number> {
    const debugger_ = await page.context().newCDPSession(page);
    await debugger_.send("HeapProfiler.collectGarbage");
    const { usedSize } = await debugger_.send("Runtime.getHeapUsage");
    await debugger_.detach();
    return usedSize;
}
