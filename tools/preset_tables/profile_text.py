"""JSON as the project lays it out: what fits on a line stays on a line (hwmodels/json_text.cpp does the same)."""
import json

LINE = 110


def on_one_line(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {on_one_line(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(on_one_line(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def filled(items, margin):
    """As many items to a line as fit: the runs of a model's layers."""
    lines = []
    for text in map(on_one_line, items):
        if lines and len((lines[-1] + ", " + text).encode()) < LINE:
            lines[-1] += ", " + text
        else:
            lines.append(margin + text)
    return "[\n" + ",\n".join(lines) + "\n" + margin[2:] + "]"


def layout(value, indent=0, before=0):
    line = on_one_line(value)
    fits = indent > 0 and indent + before + len(line.encode()) <= LINE
    if not isinstance(value, (dict, list)) or not value or fits:
        return line
    margin = " " * (indent + 2)
    if isinstance(value, dict):
        items = []
        for key, item in value.items():
            label = json.dumps(key) + ": "
            items.append(margin + label + layout(item, indent + 2, len(label)))
        return "{\n" + ",\n".join(items) + "\n" + " " * indent + "}"
    return filled(value, margin)


def write_profile(folder, profile):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{profile['id']}.json").write_text(layout(profile) + "\n", encoding="utf-8")


def number(text):
    """The shortest text of a CSV number: 80, not 80.0."""
    value = float(text)
    return str(int(value)) if value == int(value) else repr(value)


LARGER = {"GB/s": "TB/s", "TFLOP/s": "PFLOP/s"}


def quantity(text, unit):
    """The shortest of "3350 GB/s" and "3.35 TB/s", the larger unit where they are as long."""
    small = f"{number(text)} {unit}"
    if unit not in LARGER or float(text) < 1000:
        return small
    large = f"{number(round(float(text) / 1000, 9))} {LARGER[unit]}"
    return large if len(large) <= len(small) else small


def whole(value):
    """3 for 3.0: JSON integers stay integers."""
    return int(value) if float(value) == int(value) else float(value)
