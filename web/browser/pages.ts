// Pages of real runs on mock machines, each made once.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const repository = join(import.meta.dirname, "..", "..");
const built = join(repository, "build", "release");
const plimsoll = process.env.PLIMSOLL_BIN ?? join(built, "bin", "plimsoll");
const programs = join(repository, "tests", "e2e", "programs");
const folder = mkdtempSync(join(tmpdir(), "plimsoll-pages-"));
process.on("exit", () => rmSync(folder, { recursive: true }));

export const FORGETFUL = "0.66.0";
export const CURRENT = "0.81.1";

function python(release: string): string {
    const venv = execFileSync(join(repository, "tools", "ttnn-venv"), [release], {
        encoding: "utf8",
    });
    return join(venv.trim(), "bin", "python");
}

const silent = { TT_LOGGER_LEVEL: "fatal", LOGURU_LEVEL: "ERROR", PYTHONDONTWRITEBYTECODE: "1" };

// The file that `plimsoll WORDS... -- COMMAND` writes.
function written(file: string, words: string[], command: string[], machine: string | null): string {
    if (!existsSync(plimsoll))
        throw new Error(`${plimsoll} is not there: build it, or set PLIMSOLL_BIN`);
    const on = machine === null ? [] : ["--machine", machine];
    const run = spawnSync(plimsoll, [...words, ...on, "--", ...command], {
        cwd: folder,
        env: { ...process.env, ...silent },
        encoding: "utf8",
        timeout: 120_000,
    });
    if (!existsSync(file)) throw new Error(`no ${file}: ${run.stderr}`);
    return file;
}

// The page of a command, as `plimsoll run --report-format html` writes it.
export function pageOf(name: string, command: string[], machine: string | null): string {
    const page = join(folder, `${name}.html`);
    return written(page, ["run", "--report", page, "--report-format", "html"], command, machine);
}

// What `plimsoll record` keeps of a program of the tests.
export function recording(name: string, release: string, machine: string): string {
    const file = join(folder, `${name}.plimsoll`);
    const command = [python(release), join(programs, `${name}.py`)];
    return written(file, ["record", "--output", file], command, machine);
}

export const example = (name: string, release: string, machine: string) =>
    pageOf(name, [python(release), join(repository, "examples", `${name}.py`)], machine);

export const program = (name: string, release: string, machine: string, ...words: string[]) =>
    pageOf(
        [name, ...words].join("-"),
        [python(release), join(programs, `${name}.py`), ...words],
        machine,
    );

// So many allocations that their process is killed with.
export function holding(count: number): string {
    const binary = join(folder, "holds_many");
    const source = join(repository, "tests", "e2e", "native", "holds_many.c");
    const library = join(built, "lib");
    execFileSync("cc", [
        "-O1",
        source,
        "-o",
        binary,
        "-I",
        join(repository, "include"),
        "-L",
        library,
        "-lplimsoll",
        `-Wl,-rpath,${library}`,
    ]);
    return pageOf(`holds-${count}`, [binary, String(count)], null);
}

// The page of a report that a golden file has, with whatever names stand in it.
export function golden(scene: string): string {
    const read = (file: string) =>
        readFileSync(join(repository, "tests", "golden", file), "utf8").replaceAll("<", "\\u003c");
    const page = readFileSync(join(repository, "web", "dist", "page.html"), "utf8")
        .replace("{{report}}", () => read(`${scene}.json`))
        .replace("{{more}}", () => read(`page-${scene}.json`));
    const path = join(folder, `golden-${scene}.html`);
    writeFileSync(path, page);
    return path;
}
