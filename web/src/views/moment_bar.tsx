import { nameOfInstant } from "../at.ts";
import { instantText } from "../event_words.ts";
import { instantsOf, type Instants } from "../instants.ts";
import { isHeld, placeOf, type Rows } from "../rows.ts";
import { atInstant, everything, history, route, rows, setOptions, step } from "../state.ts";
import { counted, momentText } from "../words.ts";

const heldCount = (all: Rows) => all.place.filter((_, row) => isHeld(placeOf(all, row))).length;

// Over all changes, the last place is the end of the run.
function Slider({ all }: { all: Instants }) {
    const at = atInstant.value;
    const now = at === null ? all.length : Math.max(0, at.instant);
    const to = (instant: number) =>
        setOptions({ at: instant >= all.length ? "" : nameOfInstant(all, instant) });
    return (
        <input
            type="range"
            aria-label="moment"
            min={0}
            max={all.length}
            value={now}
            aria-valuetext={
                now === all.length
                    ? "the end"
                    : `change ${now + 1} of ${all.length}, at ${momentText(all.ms[now]!)}`
            }
            onInput={(event) => to(event.currentTarget.valueAsNumber)}
        />
    );
}

function Steps({ all }: { all: Instants }) {
    const at = atInstant.value;
    const isFirst = at !== null && at.instant <= 0 && !at.named;
    const isAway = Boolean(route.value.options.at);
    return (
        <p class="choices">
            <button type="button" disabled={isFirst} onClick={() => step(-1)}>
                ‹ previous change
            </button>
            <button type="button" disabled={!isAway} onClick={() => step(1)}>
                next change ›
            </button>
            {route.value.view === "timeline" && <Slider all={all} />}
            <button type="button" disabled={!isAway} onClick={() => setOptions({ at: "" })}>
                back to the end
            </button>
        </p>
    );
}

function sentence(all: Instants): string {
    const at = atInstant.value;
    const there = rows.value!;
    if (at) {
        const { is_exact, missing } = history.value!;
        const atLeast = is_exact && missing === 0 ? "" : "at least ";
        const count = atLeast + counted(there.length, "allocation");
        return `${instantText(everything.value!, all, at.instant, at.named)}: ${count}`;
    }
    if (route.value.options.at) return "This run has no such moment; this is its end";
    return `At the end of the run: ${counted(heldCount(there), "allocation")}`;
}

// Above every view that shows another moment than the end, and above the timeline, where one is chosen.
export function MomentBar() {
    const isAway = Boolean(route.value.options.at);
    if (!history.value || !(isAway || route.value.view === "timeline")) return null;
    const all = instantsOf(everything.value!);
    if (all.length === 0) return null;
    return (
        <aside class={`moment ${isAway ? "away" : ""}`} aria-label="Moment">
            <p role="status">{sentence(all)}</p>
            <Steps all={all} />
            <p class="faint">
                {isAway
                    ? "Lists and address maps are of this moment, figures in tables of the whole run."
                    : "A click on a curve shows what was there at that moment, in all views."}
            </p>
        </aside>
    );
}
