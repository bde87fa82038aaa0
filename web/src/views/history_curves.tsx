import { useMemo } from "preact/hooks";
import type { History } from "../report.ts";
import { counted } from "../words.ts";
import { Curves } from "./curves.tsx";
import { MomentParts } from "./moment_parts.tsx";

const MARGIN = 1.01; // so that what came last, as a refusal may, is not at the very edge

function Known({ kept }: { kept: History }) {
    const { missing, freed, is_exact } = kept;
    return (
        <p>
            Time begins with the first that is known of.{" "}
            {missing === 0
                ? "All allocations are in these curves, also those that were freed. "
                : `${counted(missing, "allocation")} of ${freed} that were freed are not listed; ` +
                  "curves may have been higher. "}
            {!is_exact && "Events were lost: curves are at least what was there."}
        </p>
    );
}

// Of a run whose every change was kept.
export function HistoryCurves({ kept, lastMs }: { kept: History; lastMs: number }) {
    const axis = useMemo(() => ({ lastMs: Math.max(1, lastMs * MARGIN) }), [lastMs]);
    return (
        <>
            <Known kept={kept} />
            <Curves axis={axis} />
            <MomentParts />
        </>
    );
}
