// Where one is in the page, as its address has it: "#/chip/3?region=l1&picture=2".

export type View = "overview" | "chip" | "allocations" | "timeline" | "finding";

export interface Route {
    view: View;
    number: number | null; // of the chip or of the finding
    options: Record<string, string>;
}

const NUMBERED = new Set<string>(["chip", "finding"]);
const PLAIN = new Set<string>(["overview", "allocations", "timeline"]);

// Anything that is none of ours is the overview.
export function parsed(hash: string): Route {
    const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
    const [view = "", number = ""] = path.split("/");
    const options = Object.fromEntries(new URLSearchParams(query));
    if (NUMBERED.has(view) && /^\d{1,9}$/.test(number)) {
        return { view: view as View, number: Number(number), options };
    }
    return { view: PLAIN.has(view) ? (view as View) : "overview", number: null, options };
}

// Options that are empty are left out.
export function hashOf(
    view: View,
    number: number | null = null,
    options: Record<string, string> = {},
): string {
    const query = new URLSearchParams(Object.entries(options).filter(([, value]) => value !== ""));
    const path = view === "overview" ? "" : number === null ? view : `${view}/${number}`;
    return `#/${path}${query.size > 0 ? `?${query}` : ""}`;
}

// A link from here: what one looks at stays of the moment that the address names, until the link itself
// names another one, or none ("").
export const hashFrom = (
    here: Route,
    view: View,
    number: number | null = null,
    options: Record<string, string> = {},
): string => hashOf(view, number, { ...options, at: options.at ?? here.options.at ?? "" });
