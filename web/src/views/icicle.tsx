import { useMemo } from "preact/hooks";
import { cellsOf, LEVELS, type Cell, type Item } from "../tree.ts";
import { bytesText, counted } from "../words.ts";

type Choose = (path: string[]) => void;

const LEGIBLE = 0.025; // of the width: a name has room
const LEAST = 0.002; // of the width: what is narrower cannot be seen

function Part({ cell, choose }: { cell: Cell; choose?: Choose }) {
    const width = cell.end - cell.begin;
    const isNarrow = width < LEGIBLE;
    const text =
        `${cell.path.join(" › ")}: ${bytesText(cell.bytes)}, ` + counted(cell.count, "allocation");
    const common = {
        class: `cell owner-${cell.path[0]!.split(" ")[0]} ${isNarrow ? "narrow" : ""}`,
        style: { left: `${cell.begin * 100}%`, width: `${width * 100}%` },
        title: text,
    };
    const inside = !isNarrow && (
        <>
            {cell.name} <small>{bytesText(cell.bytes)}</small>
        </>
    );
    if (!choose) return <span {...common}>{inside}</span>;
    return (
        <button
            type="button"
            {...common}
            aria-label={text}
            tabIndex={isNarrow ? -1 : 0}
            onClick={() => choose(cell.path)}
        >
            {inside}
        </button>
    );
}

// Whose the bytes are, level under level. `choose` is called with the path of what was clicked.
export function Icicle({
    items,
    label,
    choose,
}: {
    items: Item[];
    label: string;
    choose?: Choose;
}) {
    const cells = useMemo(() => cellsOf(items, LEAST), [items]);
    if (cells.length === 0) return null;
    const rows = LEVELS.map((level, depth) => ({
        level,
        cells: cells.filter((cell) => cell.depth === depth),
    }));
    return (
        <div class="icicle" role="group" aria-label={label}>
            {rows.map(({ level, cells }) => (
                <div class="level">
                    <span class="faint">{level}</span>
                    <div class="cells">
                        {cells.map((cell) => (
                            <Part cell={cell} choose={choose} />
                        ))}
                    </div>
                </div>
            ))}
        </div>
    );
}
