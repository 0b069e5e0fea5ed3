# SPDX-License-Identifier: Apache-2.0
"""What got slower between two records of ./dev bench, by machines' own measure.

Machines differ and their load too, so no two times are compared. What phiwire
takes is divided by what the limits of the same run took: by hs_scan of its own
patterns and the tokeniser on the same bytes, and by work of libraries that no
change of phiwire's can touch (bench_record.MACHINE). Slower is what got slower
by more than a tenth beside both: when phiwire's tokeniser gets faster, its share
of the rest shrinks, and that is no loss. The limits that are phiwire's own are
held against the libraries alone.
"""

import math

import bench_record as br

MOST = 1.10
COMPARED = ("analyze", "deid", "read_and_write")
OWN_LIMITS = ("hs_scan", "tokenise")
# Compared as they are: counts, ratios of one run, bytes. Name ends, key, sign.
PLAIN = (("", "bytes_per_document", 1), ("", "peak_rss", 1), ("", "ratio", -1))
LEAST_BYTES = 64  # a document: less than that is no allocation worth a word
NOISY = 0.25  # of two cores, what the load of a machine makes


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
        if "time" not in measure or name.startswith(("growth/", "Anonymize")):
            continue
        scenario, _, what = name.rpartition("/")
        took = measure["time"]
        if scenario in ("latency", "cores", "stages", "allocations", "memory"):
            if "p50_us" not in measure:
                continue
            took = measure["p50_us"] * 1e3
        elif what not in (*COMPARED, *OWN_LIMITS) and scenario not in (
            "create",
            "start",
        ):
            continue
        bounds = [machine]
        if what in COMPARED:
            bounds.append(br.limit(record, scenario))
        if all(bounds):
            found[name] = [took / bound for bound in bounds]
    return found


def slower(old, new):
    """[(name, times as slow)], the worst first."""
    before, after, found = ratios(old), ratios(new), []
    for name in before.keys() & after.keys():
        if len(before[name]) == len(after[name]):
            times = min(b / a for a, b in zip(before[name], after[name]))
            if times > MOST:
                found.append((name, times))
    found += more(old, new)
    return sorted(found, key=lambda item: (-item[1], item[0]))


def more(old, new):
    """The same of what is compared as it is."""
    found = []
    for name, measure in new["measures"].items():
        was = old["measures"].get(name, {})
        for _, key, sign in PLAIN:
            if key not in measure or not was.get(key) or not measure[key]:
                if key == "bytes_per_document" and measure.get(key, 0) > LEAST_BYTES:
                    if was.get(key) == 0:
                        found.append((f"{name} {key}", math.inf))
                continue
            times = (measure[key] / was[key]) ** sign
            most = 1 + NOISY if key == "ratio" else MOST
            small = key == "bytes_per_document" and measure[key] < LEAST_BYTES
            if times > most and not small:
                found.append((f"{name} {key}", times))
    return found


def gone(old, new):
    """Names of the old record that the new one lacks or failed."""
    return sorted(
        name
        for name, measure in old["measures"].items()
        if "error" not in measure
        and "error" in new["measures"].get(name, {"error": "missing"})
    )


def report(old, new, whole=True):
    """(lines to print, whether something is worse); whole: new has everything."""
    slow, lost = slower(old, new), gone(old, new) if whole else []
    lines = [f"{name}: {times:.2f} times as slow" for name, times in slow]
    lines += [f"{name}: not measured any more" for name in lost]
    if not lines:
        count = len(ratios(old).keys() & ratios(new).keys())
        lines = [f"nothing of {count} got slower by more than a tenth"]
    return lines, bool(slow or lost)
