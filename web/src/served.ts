// The server that the page came from: it says which revision there is, and the page fetches it as
// fast as it can draw and no faster. While nobody looks at the tab, nothing is asked.
import { EventReader } from "./events.ts";
import type { PageData } from "./report.ts";
import { checked, parsed, type Listener, type Source } from "./source.ts";

interface Told extends PageData {
    revision: string | null; // null: it will never be another one
}

const LEAST_MS = 1000; // between two reports
const SHARE = 5; // drawing takes one part of so many at most
const SILENT_MS = 40_000; // the server says something every fifteen seconds
const RETRIES_MS = [1000, 2000, 4000, 8000];

const NO_TOKEN =
    "This page is told nothing without its token. Open the address that the server printed, with " +
    "#token=... at its end; plimsolld keeps the token in the file that it names.";

class Refused extends Error {}

export const served = (token: string): Source => ({
    start(to) {
        const following = new Following(token, to);
        void following.run();
        return () => following.end();
    },
});

class Following {
    readonly #token: string;
    readonly #to: Listener;
    #newest: string | null = ""; // that the server has told of
    #shown: string | null = "";
    #isOver = false;
    #stream = new AbortController();
    #isFetching = false;

    constructor(token: string, to: Listener) {
        this.#token = token;
        this.#to = to;
        document.addEventListener("visibilitychange", this.#look);
    }

    end(): void {
        this.#isOver = true;
        document.removeEventListener("visibilitychange", this.#look);
        this.#stream.abort();
    }

    async run(): Promise<void> {
        for (let failures = 0; !this.#isOver;) {
            try {
                await this.#visible();
                if (this.#shown === "") await this.#fetch();
                if (this.#shown === null) return this.#to.link("stored");
                await this.#listen(() => {
                    failures = 0;
                });
            } catch (error) {
                if (error instanceof Refused) return this.#to.fail(error.message);
                if (document.hidden || this.#isOver) continue;
                this.#to.link("lost");
                await wait(RETRIES_MS[Math.min(failures++, RETRIES_MS.length - 1)]!);
            }
        }
    }

    #look = (): void => {
        if (document.hidden) this.#stream.abort();
    };

    async #visible(): Promise<void> {
        if (!document.hidden) return;
        this.#to.link("paused");
        await new Promise<void>((done) => {
            const look = () => {
                if (document.hidden && !this.#isOver) return;
                document.removeEventListener("visibilitychange", look);
                done();
            };
            document.addEventListener("visibilitychange", look);
        });
    }

    async #ask(path: string, signal?: AbortSignal): Promise<Response> {
        const headers: Record<string, string> = {};
        if (this.#token !== "") headers.Authorization = `Bearer ${this.#token}`;
        const answer = await fetch(path, { headers, cache: "no-store", signal: signal ?? null });
        if (answer.status === 401) throw new Refused(NO_TOKEN);
        if (!answer.ok) throw new Error(await answer.text());
        return answer;
    }

    // Returns by an error, when the stream ends or nothing has come for long.
    async #listen(isThere: () => void): Promise<never> {
        this.#stream = new AbortController();
        const { signal } = this.#stream;
        let watchdog = setTimeout(() => this.#stream.abort(), SILENT_MS);
        try {
            const answer = await this.#ask("/api/events", signal);
            const parts = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
            const events = new EventReader();
            for (;;) {
                const { value, done } = await parts.read();
                if (done) throw new Error("the server has ended the stream");
                clearTimeout(watchdog);
                watchdog = setTimeout(() => this.#stream.abort(), SILENT_MS);
                isThere();
                this.#to.link("live");
                for (const revision of events.push(value)) this.#newest = revision;
                void this.#keepUp();
            }
        } finally {
            clearTimeout(watchdog);
        }
    }

    // One fetch after the other, until what is shown is the newest.
    async #keepUp(): Promise<void> {
        if (this.#isFetching) return;
        this.#isFetching = true;
        try {
            while (this.#newest !== this.#shown && !document.hidden && !this.#isOver) {
                const tookMs = await this.#fetch();
                await wait(Math.max(LEAST_MS, SHARE * tookMs));
            }
        } catch {
            this.#stream.abort(); // run() tries again, and says so
        } finally {
            this.#isFetching = false;
        }
    }

    // Its revision.
    #read(text: string): string | null {
        try {
            const told = parsed<Told>(text);
            this.#to.tell(checked({ report: told.report, more: told.more }));
            return told.revision;
        } catch (error) {
            throw new Refused(`This page cannot be shown: ${(error as Error).message}`);
        }
    }

    // How long it took to read and to draw.
    async #fetch(): Promise<number> {
        const text = await (await this.#ask("/api/report")).text();
        const begin = performance.now();
        this.#shown = this.#read(text);
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
        return performance.now() - begin;
    }
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
