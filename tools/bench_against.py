# SPDX-License-Identifier: Apache-2.0
"""What got slower between two records of ./dev bench, by machines' own measure.

Machines differ and their load too, so no two times are compared. What phiwire
takes is divided by what the limits of the same run took: by hs_scan of its own
patterns and the tokeniser on the same bytes, and by work of libraries that no
change of phiwire's can touch (bench_record.MACHINE). Slower is what got slower
by more than a tenth beside both: when phiwire's tokeniser gets faster, its share
of the rest shrinks, and that is no loss. The limits that are phiwire's own,
anonymizers, latency and starts are held against the libraries alone. Growth is a
ratio already: to a tenth of the text, and to prose of that size; two cores are one
to one core, held against what the machine's second one adds.
"""

import math

import bench_record as br

MOST = 1.10
COMPARED = ("analyze", "deid", "read_and_write")
OWN_LIMITS = ("hs_scan", "tokenise")
# Compared as they are: bytes, ratios of one run; -1 where more is better.
PLAIN = {"bytes_per_document": 1, "peak_rss": 1, "ratio": -1}
CORES = "cores/machine"
LONG = f"/{br.GROWTH_SIZES[-1]}"
LEAST_BYTES = 64  # a document: less than that is no allocation worth a word
NOISY = 1.25  # of two cores, and of growth, whose texts are timed but a few times
LEAST_TIME = 0.5e6  # ns; a text done sooner is no ground for a ratio


def machine_speed(record):
    """Nanoseconds, in the mean, that the libraries took."""
    times = [br.time_of(record, name) for name in br.MACHINE]
    if None in times:
        return None
    return math.exp(sum(map(math.log, times)) / len(times))


def ratios(record):
    """{name: [ratio to a limit, ...]} of all that is compared."""
    machine, found = machine_speed(record), {}
    for name, measure in record["measures"].items():
        scenario, _, what = name.rpartition("/")
        if "time" not in measure:
            continue
        took = measure["time"]
        if scenario == "latency":
            took = measure.get("p50_us", 0) * 1e3
        elif not (
            what in (*COMPARED, *OWN_LIMITS)
            or scenario in ("create", "start")
            or name.startswith("Anonymize")
        ):
            continue
        bounds = [machine]
        if what in COMPARED:
            bounds.append(br.limit(record, scenario))
        if took and all(bounds):
            found[name] = [took / bound for bound in bounds]
    return found


def growths(record, sizes):
    """{name: ratio} of the texts of growth, at these sizes."""
    found = {}
    for text, times, per_ten, of_prose in br.growth(record, sizes):
        if max(times.values()) < LEAST_TIME:
            continue
        found[f"growth/{text} per ten times the length"] = per_ten
        found[f"growth/{text} beside prose"] = of_prose
    return found


def growths_of_both(old, new):
    """Of two records, at the sizes that both have: 20 MB is seldom measured."""
    sizes = [s for s in br.growth_sizes(old) if s in br.growth_sizes(new)]
    return growths(old, sizes), growths(new, sizes)


def slower(old, new):
    """[(name, times as slow)], the worst first."""
    before, after, found = ratios(old), ratios(new), []
    for name in before.keys() & after.keys():
        if len(before[name]) == len(after[name]):
            times = min(b / a for a, b in zip(before[name], after[name]))
            if times > MOST:
                found.append((name, times))
    before, after = growths_of_both(old, new)
    found += [
        (name, after[name] / before[name])
        for name in before.keys() & after.keys()
        if after[name] > NOISY * before[name]
    ]
    found += more(old, new)
    return sorted(found, key=lambda item: (-item[1], item[0]))


def second_core(record):
    """What the machine's second core adds to work that shares nothing."""
    return record["measures"].get(CORES, {}).get("ratio")


def more(old, new):
    """The same of what is compared as it is; ratios of two cores by the machine's."""
    found = []
    machines = second_core(old), second_core(new)
    for name, measure in new["measures"].items():
        if name == CORES:
            continue
        was = old["measures"].get(name, {})
        for key, sign in PLAIN.items():
            before, after = was.get(key), measure.get(key)
            if before is None or not after:
                continue
            if key == "ratio" and all(machines):
                before, after = before / machines[0], after / machines[1]
            if key == "bytes_per_document" and after < LEAST_BYTES:
                continue
            times = (after / before) ** sign if before else math.inf
            if times > (NOISY if key == "ratio" else MOST):
                found.append((f"{name} {key}", times))
    return found


def gone(old, new):
    """Names of the old record that the new one lacks or failed; texts of 20 MB,
    which are measured with --long only, may lack all together."""
    measures = new["measures"]
    long = any(name.endswith(LONG) for name in measures)
    return sorted(
        name
        for name, measure in old["measures"].items()
        if "error" not in measure
        and "error" in measures.get(name, {"error": "missing"})
        and (long or not name.endswith(LONG))
    )


def report(old, new, whole=True):
    """(lines to print, whether something is worse); whole: new has everything."""
    slow, lost = slower(old, new), gone(old, new) if whole else []
    lines = [f"{name}: {times:.2f} times as slow" for name, times in slow]
    lines += [f"{name}: not measured any more" for name in lost]
    if not lines:
        count = len(ratios(old).keys() & ratios(new).keys())
        before, after = growths_of_both(old, new)
        count += len(before.keys() & after.keys())
        lines = [f"nothing of {count} got slower by more than a tenth"]
    return lines, bool(slow or lost)
