// What this tab shows the server it came from. It comes with the address, behind the "#", which no
// browser sends; it is kept for this tab and this server alone, and the address is left without it.

const NAME = "plimsoll-token";

// The token in "#token=...", if that is what stands there.
export const tokenIn = (hash: string): string | null =>
    /^#token=([A-Za-z0-9._~+/=-]{1,512})$/.exec(hash)?.[1] ?? null;

export function takeToken(): string {
    const given = tokenIn(location.hash);
    try {
        if (given === null) return sessionStorage.getItem(NAME) ?? "";
        sessionStorage.setItem(NAME, given);
    } catch {
        // Where a browser keeps nothing, a reload asks for the token again.
    }
    if (given !== null) history.replaceState(null, "", "#/");
    return given ?? "";
}
