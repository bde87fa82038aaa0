import { render } from "preact";
import { served } from "./served.ts";
import { embedded, isWhole } from "./source.ts";
import { failure, follow, link, tell } from "./state.ts";
import { takeToken } from "./token.ts";
import { App } from "./views/app.tsx";

const source = isWhole() ? embedded : served(takeToken());
follow();
source.start({
    tell(told) {
        tell(told);
        document.title = `Plimsoll: ${told.more.verdict}`;
    },
    fail(why) {
        failure.value = why;
    },
    link(now) {
        link.value = now;
    },
});
render(<App />, document.getElementById("page")!);
