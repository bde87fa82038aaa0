// Builds dist/page.html: one file, with a policy that lets nothing run but what stands in it.
//
//   node build.ts            writes it
//   node build.ts --check    fails when the file that is there is another one
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const folder = import.meta.dirname;
const target = `${folder}/dist/page.html`;

async function bundled(entry: string): Promise<string> {
    const made = await build({
        absWorkingDir: folder,
        entryPoints: [entry],
        bundle: true,
        minify: true,
        write: false,
        format: "iife",
        target: "es2022",
        charset: "ascii",
        legalComments: "none",
        jsx: "automatic",
        jsxImportSource: "preact",
    });
    return made.outputFiles[0]!.text.trim().replaceAll("</script", "<\\/script");
}

const sha256 = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const script = await bundled("src/main.tsx");
const style = await bundled("src/style.css");
const page = readFileSync(`${folder}/src/page.html`, "utf8")
    .replace("{{script-hash}}", sha256(script))
    .replace("{{style-hash}}", sha256(style))
    .replace("{{style}}", () => style)
    .replace("{{script}}", () => script);

if (!process.argv.includes("--check")) {
    writeFileSync(target, page);
} else if (readFileSync(target, "utf8") !== page) {
    console.error(
        "web/dist/page.html is not what web/src makes\n" +
            "  expected: the file that `npm run build` writes, committed beside its source\n" +
            '  to do: PATH="$(tools/node):$PATH" npm --prefix web run build',
    );
    process.exit(1);
}
