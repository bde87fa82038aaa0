// plimsolld with a page, and processes that report allocations of their own making.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const repository = join(import.meta.dirname, "..", "..");
const built = join(repository, "build", "release");
const folder = mkdtempSync(join(tmpdir(), "plimsoll-live-"));
const running = new Set<ChildProcess>();
process.on("exit", () => {
    for (const one of running) one.kill("SIGKILL");
    rmSync(folder, { recursive: true });
});

function compiled(source: string, name: string): string {
    const binary = join(folder, name);
    const options = ["-I", join(repository, "include"), "-L", join(built, "lib"), "-lplimsoll"];
    execFileSync("cc", [
        "-O1",
        join(repository, source),
        "-o",
        binary,
        ...options,
        `-Wl,-rpath,${join(built, "lib")}`,
    ]);
    return binary;
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM") {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
    running.delete(child);
}

// The address that `plimsoll serve` prints for a report, and what serves it.
export async function serving(report: string): Promise<{ url: string; child: ChildProcess }> {
    const program = process.env.PLIMSOLL_BIN ?? join(built, "bin", "plimsoll");
    const child = spawn(program, ["serve", report], { stdio: ["ignore", "pipe", "inherit"] });
    running.add(child);
    for await (const line of createInterface(child.stdout!)) {
        const found = /the report is at (\S+)/.exec(line);
        if (found) return { url: found[1]!, child };
    }
    throw new Error(`plimsoll serve ${report} has ended`);
}

export class LiveServer {
    readonly socket = join(folder, "plimsolld.sock");
    #child!: ChildProcess;
    #port = 0;

    // The second time: at the same port, with the same token.
    async start(): Promise<void> {
        const program = `${process.env.PLIMSOLL_BIN ?? join(built, "bin", "plimsoll")}d`;
        const address = `127.0.0.1:${this.#port}`;
        this.#child = spawn(program, ["--socket", this.socket, "--http", address], {
            stdio: ["ignore", "pipe", "inherit"],
        });
        running.add(this.#child);
        for await (const line of createInterface(this.#child.stdout!)) {
            const found = /HTTP at http:\/\/127\.0\.0\.1:(\d+)\//.exec(line);
            if (!found) continue;
            this.#port = Number(found[1]);
            break;
        }
        this.#child.stdout!.resume();
    }
    end = () => ended(this.#child);

    get origin(): string {
        return `http://127.0.0.1:${this.#port}`;
    }
    get token(): string {
        return readFileSync(`${this.socket}.token`, "utf8").trim();
    }
    url = (token = this.token) => `${this.origin}/#token=${token}`;

    #spawned(binary: string, words: string[]): ChildProcess {
        const child = spawn(binary, words, {
            stdio: ["pipe", "pipe", "inherit"],
            env: { ...process.env, PLIMSOLL_SOCKET: this.socket },
        });
        running.add(child);
        return child;
    }

    // So many processes that hold so many buffers each, on chip 0, 1, 2, ...
    async holders(processes: number, buffers: number): Promise<ChildProcess> {
        const child = this.#spawned(compiled("bench/holders.c", "holders"), [
            String(processes),
            String(buffers),
        ]);
        for (let dots = 0; dots < processes;) {
            const [part] = (await once(child.stdout!, "data")) as [Buffer];
            dots += part.length;
        }
        return child;
    }

    // One that does what it is told: "work 100".
    worker(seed: number, chips: number): ChildProcess {
        const source = "tests/e2e/native/synthetic.c";
        return this.#spawned(compiled(source, "synthetic"), [String(seed), String(chips)]);
    }
}
