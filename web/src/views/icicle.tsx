import { useMemo } from "preact/hooks";
import { cellsOf, LEVELS, type Item } from "../tree.ts";
import { bytesText, counted } from "../words.ts";

const LEAST = 0.002; // of the width: what is narrower cannot be seen

// Whose the bytes are, level under level. `choose` is called with the path of what was clicked.
export function Icicle({
    items,
    label,
    choose,
}: {
    items: Item[];
    label: string;
    choose?: (path: string[]) => void;
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
                        {cells.map((cell) => {
                            const size = `${bytesText(cell.bytes)}, ${counted(cell.count, "allocation")}`;
                            const text = `${cell.path.join(" › ")}: ${size}`;
                            const at = {
                                left: `${cell.begin * 100}%`,
                                width: `${(cell.end - cell.begin) * 100}%`,
                            };
                            const color = `cell owner-${(cell.path[0] ?? "").split(" ")[0]}`;
                            return choose ? (
                                <button
                                    type="button"
                                    class={color}
                                    style={at}
                                    title={text}
                                    aria-label={text}
                                    onClick={() => choose(cell.path)}
                                >
                                    {cell.name} <small>{bytesText(cell.bytes)}</small>
                                </button>
                            ) : (
                                <span class={color} style={at} title={text}>
                                    {cell.name} <small>{bytesText(cell.bytes)}</small>
                                </span>
                            );
                        })}
                    </div>
                </div>
            ))}
        </div>
    );
}
