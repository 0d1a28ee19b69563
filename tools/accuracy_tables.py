#!/usr/bin/env python3
"""Prints the table "Kernels" of docs/accuracy.md from the errors stored in presets/calibrations.

Per operator: kernels, then for each hold-out the median over kernels of their median errors, and the mean of their
p90 weighted by rows.
"""
import json
import pathlib
import statistics

CALIBRATIONS = pathlib.Path(__file__).parent.parent / "presets" / "calibrations"
OPS = {
    "decode_attention": ("unseen head shapes", "unseen batch", "longest contexts"),
    "prefill_attention": ("unseen head shapes", "unseen batch", "longest prompts"),
    "mla_decode": ("unseen heads", "unseen batch", "longest contexts"),
    "gemm": ("unseen matrices", "unseen tokens", "most tokens"),
    "moe": ("unseen models", "unseen tokens"),
    "all_reduce": ("unseen sizes", "largest"),
}


def kernels(op):
    for file in sorted(CALIBRATIONS.glob(f"*.{op}.json")):
        document = json.loads(file.read_text())
        for kernel in document["kernels"]:
            yield document["hardware"], kernel


def over_kernels(errors):
    """Median of medians and row-weighted p90, in percent."""
    if not errors:
        return ""
    rows = sum(e["rows"] for e in errors)
    p90 = sum(e["p90_percent"] * e["rows"] for e in errors) / rows
    return f"{statistics.median(e['median_percent'] for e in errors):.1f} / {p90:.1f}"


def by_operator():
    for op, hold_outs in OPS.items():
        all_errors = [kernel["errors"] for _, kernel in kernels(op)]
        cells = [over_kernels([e[name] for e in all_errors if name in e]) for name in hold_outs]
        print(f"| {op} | {len(all_errors)} | " + " | ".join(cells) + " |")


by_operator()
