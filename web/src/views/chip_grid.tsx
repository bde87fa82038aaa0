import { anyLive, meshesOf, regionsOf, useOf, type Measure } from "../machine.ts";
import type { Device, Region, Report } from "../report.ts";
import { itemsOfShares } from "../tree.ts";
import { linkTo, route, setOptions } from "../state.ts";
import { counted, figureText, perCoreText, regionTitle, shareOf, shareText } from "../words.ts";
import { Icicle } from "./icicle.tsx";

const title = (region: Region) => (region === "l1" ? "L1, fullest core" : regionTitle(region));

// The small regions have no share of their own worth a colour where nothing of them is known.
function heat(share: number | null): string {
    if (share === null) return "unknown";
    return share === 0 ? "empty" : `h${Math.min(5, 1 + Math.floor(share * 5))}`;
}

function ChipTile({
    device,
    region,
    measure,
}: {
    device: Device;
    region: Region;
    measure: Measure;
}) {
    const use = useOf(device, region, measure);
    const known = use.coverage !== "unknown";
    const share = known ? shareOf(use.value, use.capacity) : null;
    const text = region === "l1" ? perCoreText : figureText;
    return (
        <li>
            <a class={`chip ${heat(share)}`} href={linkTo("chip", device.device, { region })}>
                <strong>{device.device}</strong>
                <span class="share">{shareText(known ? use.value : null, use.capacity)}</span>
                <span>{text(use.value, use.coverage)}</span>
                <span class="faint">of {text(use.capacity)}</span>
            </a>
        </li>
    );
}

export function ChipGrid({ report }: { report: Report }) {
    const regions = regionsOf(report.devices);
    const options = route.value.options;
    const region = regions.find((one) => one === options.region) ?? mostUsed(report, regions);
    const measure: Measure =
        options.measure === "live" || (options.measure !== "peak" && anyLive(report))
            ? "live"
            : "peak";
    const live = anyLive(report) ? "live" : "left";
    return (
        <section aria-labelledby="chips">
            <h2 id="chips">{counted(report.devices.length, "device")}</h2>
            <p class="choices">
                <Choice
                    name="region"
                    label="Memory"
                    now={region}
                    of={regions.map((one) => [one, title(one)])}
                />
                <Choice
                    name="measure"
                    label="Figure"
                    now={measure}
                    of={[
                        ["live", live],
                        ["peak", "at its peak"],
                    ]}
                />
            </p>
            {meshesOf(report.devices).map(({ mesh, chips }) => (
                <section>
                    <h3>{mesh === null ? "Opened one by one" : `Mesh ${mesh}`}</h3>
                    <ul class="chips">
                        {chips.map((device) => (
                            <ChipTile device={device} region={region} measure={measure} />
                        ))}
                    </ul>
                </section>
            ))}
            <Fullest devices={report.devices} region={region} />
        </section>
    );
}

// What the highest peak of them was made of: why a chip was full.
function Fullest({ devices, region }: { devices: Device[]; region: Region }) {
    const peakOf = (device: Device) => useOf(device, region, "peak").value ?? 0;
    const device = devices.reduce(
        (best, one) => (peakOf(one) > peakOf(best) ? one : best),
        devices[0]!,
    );
    const shares = region === "l1" ? device.l1_per_core.at_peak : (device.at_peak[region] ?? []);
    if (shares.length === 0) return null;
    const text = region === "l1" ? perCoreText : figureText;
    const use = useOf(device, region, "peak");
    return (
        <section>
            <h3>
                At the peak of {region === "l1" ? "L1/core" : regionTitle(region)} of{" "}
                <a href={linkTo("chip", device.device, { region })}>device {device.device}</a>,{" "}
                {text(use.value, use.coverage)}
            </h3>
            <Icicle items={itemsOfShares(shares)} label="What the highest peak was made of" />
        </section>
    );
}

// The one that was nearest to full.
function mostUsed(report: Report, regions: Region[]): Region {
    const fullest = (region: Region) =>
        Math.max(
            ...report.devices.map((device) => {
                const use = useOf(device, region, "peak");
                return shareOf(use.value, use.capacity) ?? 0;
            }),
        );
    return regions.reduce((best, one) => (fullest(one) > fullest(best) ? one : best), regions[0]!);
}

function Choice({
    name,
    label,
    now,
    of,
}: {
    name: string;
    label: string;
    now: string;
    of: string[][];
}) {
    return (
        <fieldset class="choice">
            <legend>{label}</legend>
            {of.map(([value, text]) => (
                <button
                    type="button"
                    aria-pressed={now === value}
                    onClick={() => setOptions({ [name]: value! })}
                >
                    {text}
                </button>
            ))}
        </fieldset>
    );
}
