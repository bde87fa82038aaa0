import { useMemo } from "preact/hooks";
import { axisAlong } from "../axis.ts";
import { instantsOf } from "../instants.ts";
import type { History } from "../report.ts";
import { everything, route } from "../state.ts";
import { counted } from "../words.ts";
import { Curves } from "./curves.tsx";
import { MomentParts } from "./moment_parts.tsx";

function Known({ kept }: { kept: History }) {
    const { missing, freed, is_exact } = kept;
    return (
        <p>
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
    const all = instantsOf(everything.value!);
    const along = route.value.options.along === "time" ? "time" : "changes";
    const axis = useMemo(() => axisAlong(along, all, lastMs), [along, all, lastMs]);
    return (
        <>
            <Known kept={kept} />
            <Curves axis={axis} />
            <MomentParts />
        </>
    );
}
