// One browser without a network, and a page in it that may not complain.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";

// Of the distribution: Debian's chromium, or another one where that is a snap.
function installed(): string {
    const names = ["chromium", "google-chrome", "chromium-browser"];
    const folders = (process.env.PATH ?? "").split(delimiter);
    const all = names.flatMap((name) => folders.map((folder) => join(folder, name)));
    const found = process.env.PLIMSOLL_BROWSER ?? all.find(existsSync);
    if (found) return found;
    throw new Error(
        `no browser\n  expected: one of ${names.join(", ")} on PATH\n` +
            "  to do: apt-get install chromium (Debian), or PLIMSOLL_BROWSER=/path/to/chrome",
    );
}

export const launch = (...more: string[]): Promise<Browser> =>
    chromium.launch({
        executablePath: installed(),
        args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            ...more,
        ],
    });

export interface Opened {
    page: Page;
    complaints: string[]; // errors of the page and on its console, and requests for anything else
}

export interface Look {
    width?: number;
    height?: number;
    dark?: boolean;
}

// A page in a file: without a network.
export const open = (browser: Browser, file: string, hash = "", look: Look = {}) =>
    visit(browser, pathToFileURL(file).href + hash, "file:", look);

// A page of a server, which may ask that server alone.
export const openServed = (browser: Browser, url: string, look: Look = {}) =>
    visit(browser, url, `${new URL(url).origin}/`, look);

async function visit(browser: Browser, url: string, own: string, look: Look): Promise<Opened> {
    const context = await browser.newContext({
        viewport: { width: look.width ?? 1280, height: look.height ?? 800 },
        colorScheme: look.dark ? "dark" : "light",
        offline: own === "file:",
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning")
            complaints.push(message.text());
    });
    page.on("dialog", (dialog) => {
        complaints.push(`says ${dialog.message()}`);
        void dialog.dismiss();
    });
    page.on("request", (request) => {
        if (!request.url().startsWith(own)) complaints.push(`asks for ${request.url()}`);
    });
    await page.goto(url);
    await page.waitForSelector("main > *");
    return { page, complaints };
}

export async function show(page: Page, hash: string): Promise<void> {
    await page.evaluate((to) => {
        location.hash = to;
    }, hash);
    await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// What axe-core calls serious or worse: rule and the first place of each.
export async function barriers(page: Page): Promise<string[]> {
    await page.evaluate(axe); // as the debugger: the page's policy forbids scripts of others
    return page.evaluate(async () => {
        const found = await (window as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run();
        return found.violations
            .filter((one) => one.impact === "serious" || one.impact === "critical")
            .map((one) => `${one.id}: ${one.nodes[0]?.html} ${one.nodes[0]?.failureSummary ?? ""}`);
    });
}

interface AxeResult {
    violations: {
        id: string;
        impact: string;
        nodes: { html: string; failureSummary?: string }[];
    }[];
}
