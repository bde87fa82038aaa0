import type { ComponentChildren } from "preact";
import { data, linkTo } from "../state.ts";
import { AddressMap } from "./address_map.tsx";

function Section({ title, children }: { title: string; children: ComponentChildren }) {
    return (
        <section>
            <h3>{title}</h3>
            {children}
        </section>
    );
}

function Text({ title, text }: { title: string; text: string | null }) {
    return text ? (
        <Section title={title}>
            <p>{text}</p>
        </Section>
    ) : null;
}

// Tables in letters already.
function Lines({ title, lines, count }: { title: string; lines: string[]; count?: number }) {
    const more = (count ?? 0) - lines.length;
    if (lines.length === 0) return null;
    return (
        <Section title={title}>
            <pre>
                {lines.join("\n")}
                {more > 0 ? `\n... and ${more} more lines` : ""}
            </pre>
        </Section>
    );
}

function Maps({ at }: { at: number }) {
    const maps = data.value!.more.findings[at]?.maps;
    if (!maps) {
        return (
            <p>
                The picture is left out, to keep this file small: plimsoll explain draws it from the
                JSON report.
            </p>
        );
    }
    if (maps.length === 0) return <p>No picture: the report has no address of it.</p>;
    return (
        <>
            {maps.map((map) => (
                <AddressMap map={map} />
            ))}
        </>
    );
}

// A finding at length, as `plimsoll explain` tells it.
export function FindingView({ at }: { at: number }) {
    const findings = data.value!.report.findings;
    const finding = findings[at]!;
    const extra = data.value!.more.findings[at];
    return (
        <article>
            <p class="faint">
                Finding {at + 1} of {findings.length}
                {at > 0 && (
                    <>
                        {" "}
                        · <a href={linkTo("finding", at)}>the one before</a>
                    </>
                )}
                {at + 1 < findings.length && (
                    <>
                        {" "}
                        · <a href={linkTo("finding", at + 2)}>the next one</a>
                    </>
                )}
            </p>
            <h2>
                <span class={`severity ${finding.severity}`}>{finding.severity}</span>{" "}
                <code>{finding.code}</code>
            </h2>
            <p class="title">{finding.title}</p>
            <div class="columns">
                <div>
                    <Text title="What you see elsewhere" text={finding.symptom} />
                    <Text title="What happened" text={finding.cause} />
                    {finding.sections.map((one) => (
                        <Lines title={one.label} lines={one.lines} />
                    ))}
                    <Text title="Is memory lost?" text={finding.consequence} />
                    {finding.fix.length > 0 && (
                        <Section title="What to do">
                            {finding.fix.map((line) => (
                                <p>{line}</p>
                            ))}
                        </Section>
                    )}
                    <Text title="Mended in" text={finding.mended_in} />
                </div>
                <div>
                    <h3>Where it lies</h3>
                    <Maps at={at} />
                </div>
            </div>
            <Lines title="Evidence" lines={finding.evidence} count={finding.evidence_count} />
            <Text title={`${finding.code} in general`} text={extra?.meaning ?? null} />
            <Text title="How to make sure" text={extra?.confirm ?? null} />
        </article>
    );
}
