"""models.csv to presets/model."""
import copy
import csv
import re

from . import model_facts as facts
from .model_layers import extras, integer, layers, norm_width
from .profile_text import whole

# The rows' sources, in words that mean something outside the table.
REWORDED = [
    (r'github test fixture \(find_string id \d+, HF dicts "verbatim from the published config.json", 2026-08\)',
     "public test fixture that quotes the published config.json (2026-08)"),
    (r"huggingface.co config.json via docs corpus", "huggingface.co config.json"),
    (r" \(via pages corpus\)", ""),
    (r"seen on pages corpus", "seen on public pages"),
]


def reworded(text):
    for pattern, words in REWORDED:
        text = re.sub(pattern, words, text)
    return text


def display_name(row):
    return row["name"].replace(" (text)", "")


def model_id(row):
    return re.sub(r"[^a-z0-9.]+", "-", display_name(row).lower().replace("+", "-plus")).strip("-")


def aliases(row, ident):
    names = []
    if "/" in row["hf_id"]:
        names.append(row["hf_id"])
        if "/Meta-" in row["hf_id"]:
            names.append(row["hf_id"].replace("/Meta-", "/"))
    return names + facts.ALIASES.get(ident, [])


def format_entry(kinds, formats):
    for kind in kinds.values():
        present = {"attention": kind["attention"]["kind"] != "none",
                   "mlp": kind["ffn"]["kind"] == "dense" or bool(kind["ffn"].get("shared_intermediate"))
                   or bool(kind["ffn"].get("dense_intermediate")),
                   "experts": kind["ffn"]["kind"] == "moe"}
        stated = {module: f for module, f in zip(("attention", "mlp", "experts"), formats) if f and present[module]}
        if len(formats) > 3:
            stated["matrices"] = formats[3]
        small = kind.pop("small_params", None)
        if stated:
            kind["formats"] = stated
        if small:
            kind["small_params"] = small


def size_published(row):
    total, active = float(row["pub_total"] or 0), float(row["pub_active"] or 0)
    if not total and not active:
        return {}
    out = {"total_params": whole(total)} if total else {}
    if active:
        out["active_params"] = whole(active)
    return out | {"basis": row["pub_kind"]}


def parameters(row, ident):
    x = extras(row)
    table = x.get("ple_table", 0)
    beside = x.get("extra_params", 0) - table
    at_end = ident in facts.AT_THE_END
    final = norm_width(row) + (integer(row, "vocab") if row["lm_head_bias"] == "y" else 0) + (beside if at_end else 0)
    out = {"embedding": 0 if at_end else beside, "final": final, "lookup": table,
           "vision": facts.VISION.get(ident, (0, ""))[0], "mtp": facts.MTP.get(ident, (0, ""))[0]}
    return {k: whole(v) for k, v in out.items() if v}


def sources(row, ident):
    out = {"architecture": reworded(row["source"])}
    if row["pub_total"] or row["pub_active"]:
        out["published"] = reworded(row["pub_source"] or row["pub_kind"])
    if ident in facts.VISION:
        out["vision"] = facts.VISION[ident][1]
    if ident in facts.MTP:
        out["mtp"] = facts.MTP[ident][1]
    if ident in facts.FORMATS:
        out["formats"] = facts.FORMATS[ident][1]
    if ident in facts.FP16:
        out["dtype"] = facts.FP16_SOURCE
    return out


def notes(ident):
    out = []
    if ident in facts.UNCOUNTED_VISION:
        out.append("the vision or audio tower's weights are not counted: no published figure")
    if ident in facts.UNCOUNTED_MTP:
        out.append("the next-token-prediction layers' weights are not counted: no published figure")
    return out


def incomplete(ident):
    return ident in facts.UNCOUNTED_VISION + facts.UNCOUNTED_MTP or ident in facts.ROUNDED


def model_profile(row):
    ident = model_id(row)
    kinds, runs = layers(row)
    format_entry(kinds, facts.FORMATS.get(ident, ((None, None, None), ""))[0])
    profile = {"schema": "roofcast/model/1", "id": ident, "name": display_name(row), "aliases": aliases(row, ident),
               "architecture": row["arch"], "sources": sources(row, ident),
               "hidden": integer(row, "hidden"), "vocab": integer(row, "vocab"),
               "max_context": integer(row, "max_pos"), "tied_embeddings": row["tied"] == "y",
               "dtype": "fp16" if ident in facts.FP16 else "bf16", "kinds": kinds, "layers": runs,
               "params": parameters(row, ident), "params_incomplete": incomplete(ident),
               "published": size_published(row), "notes": notes(ident)}
    return {k: v for k, v in profile.items() if v or k == "tied_embeddings"}


def variant_profile(base, variant):
    ident, name, _, hugging_face, formats, source = variant
    profile = copy.deepcopy(base)
    profile |= {"id": ident, "name": name, "aliases": [hugging_face]}
    for kind in profile["kinds"].values():
        kind.pop("formats", None)
        format_entry({"": kind}, formats)
    if ident in facts.MTP_FORMATS:
        profile["formats"] = {"mtp": facts.MTP_FORMATS[ident]}
    profile["sources"]["formats"] = source
    return profile


def model_profiles(path):
    with open(path, encoding="utf-8", newline="") as file:
        profiles = {p["id"]: p for p in map(model_profile, csv.DictReader(file))}
    for variant in facts.VARIANTS:
        if variant[0] in profiles:
            raise ValueError(f"two models are called {variant[0]}")
        profiles[variant[0]] = variant_profile(profiles[variant[2]], variant)
    return list(profiles.values())
