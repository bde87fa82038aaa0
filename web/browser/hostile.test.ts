// A hostile page in another tab, at another port of this machine and at a name that leads here:
// whatever it tries, it learns nothing.
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launch, openServed } from "./browser.ts";
import { LiveServer } from "./live_server.ts";

const NAME = "evil.example";
const server = new LiveServer();
let browser: Browser;
let hostile: Server;
before(async () => {
    await server.start();
    browser = await launch(`--host-resolver-rules=MAP ${NAME} 127.0.0.1`);
    hostile = createServer((_, answer) => answer.end("<!doctype html><title>x</title>"));
    await new Promise<void>((done) => hostile.listen(0, "127.0.0.1", done));
});
after(async () => {
    hostile.close();
    await browser.close();
    await server.end();
});

// What came of each attempt; "" is nothing.
const attempts = (target: string) => ({
    fetch: async () => (await fetch(`${target}/api/report`)).text(),
    "fetch as the page does": async () =>
        (await fetch(`${target}/api/report`, { headers: { Authorization: "Bearer x" } })).text(),
    "fetch without looking": async () =>
        (await fetch(`${target}/api/report`, { mode: "no-cors", credentials: "include" })).text(),
    "what everybody may ask": async () =>
        (await fetch(`${target}/healthz`, { mode: "no-cors" })).text(),
    events: () =>
        new Promise<string>((done) => {
            const events = new EventSource(`${target}/api/events`, { withCredentials: true });
            events.onmessage = (event) => done(String(event.data));
            events.onerror = () => done("");
        }),
    script: () =>
        new Promise<string>((done) => {
            const script = document.createElement("script");
            script.src = `${target}/api/report`;
            script.onload = () => done("it ran");
            script.onerror = () => done("");
            document.body.append(script);
        }),
    frame: () =>
        new Promise<string>((done) => {
            const frame = document.createElement("iframe");
            frame.src = `${target}/`;
            frame.onload = () => done(frame.contentDocument?.body.innerText ?? "");
            document.body.append(frame);
        }),
    window: async () => {
        const other = window.open(`${target}/`);
        await new Promise((done) => setTimeout(done, 500));
        return other?.document?.body?.innerText ?? "";
    },
    storage: async () => sessionStorage.getItem("plimsoll-token") ?? document.cookie,
});

test("a page of another place learns nothing", async () => {
    const victim = await openServed(browser, server.url());
    await victim.page.waitForSelector(".link.live");
    const port = (hostile.address() as AddressInfo).port;
    for (const host of ["127.0.0.1", "localhost", NAME]) {
        const page = await victim.page.context().newPage();
        await page.goto(`http://${host}:${port}/`);
        const learned = await page.evaluate(
            async ([source, target]) => {
                const all = (0, eval)(`(${source})`)(target) as ReturnType<typeof attempts>;
                const told: Record<string, string> = {};
                for (const [name, attempt] of Object.entries(all)) {
                    told[name] = await attempt().catch(() => "");
                }
                return told;
            },
            [attempts.toString(), server.origin] as const,
        );
        assert.deepEqual(new Set(Object.values(learned)), new Set([""]), JSON.stringify(learned));
        await page.close();
    }
    await victim.page.context().close();
});

test("a name that DNS has given to this server is refused", async () => {
    const page = await browser.newPage();
    const { port } = new URL(server.origin);
    for (const path of ["/", "/healthz", "/api/report"]) {
        const answer = await page.goto(`http://${NAME}:${port}${path}`);
        assert.equal(answer!.status(), 403, path);
        assert.match(await answer!.text(), /^the Host header names another machine/);
    }
    await page.close();
});
