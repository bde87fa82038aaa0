// The last row of a table that shows the first ones only; `before` cells stand empty in it.
export function MoreRow({ more, before }: { more: number; before: number }) {
    if (more <= 0) return null;
    return (
        <tr>
            {Array.from({ length: before }, () => (
                <td></td>
            ))}
            <td>... and {more} more</td>
        </tr>
    );
}
