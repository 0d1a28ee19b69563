"""One row of models.csv to layer kinds. The codes of layer_pattern and ffn_pattern are those of
reference/param_count.py; state types are those of the families' configs (mamba_ssm_dtype: float32,
KDA and lightning states are fp32 in the engines)."""
import json

MIXER_NAMES = {"F": "full", "S": "sliding", "K": "chunked", "A": "mla", "D": "sparse", "d": "sparse_shared_index",
               "B": "block_sparse", "c": "csa", "h": "hca", "w": "window", "G": "delta", "X": "kda",
               "L": "lightning", "M": "mamba2", "m": "mamba1", "P": "hybrid", "C": "conv", "-": "none"}
COMPRESSION = {"c": 4, "h": 128, "w": 0}


def integer(row, key, fallback=0):
    text = row.get(key, "")
    return int(float(text)) if text not in ("", None) else fallback


def extras(row):
    return json.loads(row["extra"] or "{}")


def without_defaults(required, **optional):
    """Optional members that equal their default (0 or false) are left out, as the writer does."""
    return required | {k: v for k, v in optional.items() if v}


def softmax(row, x, windowed, shared, kv_heads=None):
    heads, head_dim = integer(row, "n_heads"), integer(row, "head_dim")
    v_dim = integer(row, "v_head_dim", head_dim)
    kv = kv_heads or integer(row, "n_kv_heads")
    if windowed:
        heads, kv = x.get("swa_heads", heads), x.get("swa_kv", kv)
        v_dim = x.get("swa_v_head_dim", x.get("swa_head_dim", v_dim))
        head_dim = x.get("swa_head_dim", head_dim)
    return without_defaults(
        {"kind": "gqa", "q_heads": heads, "kv_heads": kv, "head_dim": head_dim},
        v_head_dim=v_dim if v_dim != head_dim else 0,
        window=integer(row, "sliding_window") if windowed else 0,
        chunked=windowed and "chunk" in row["window_pattern"],
        shared_cache=shared,
        v_equals_k=bool(x.get("k_eq_v")) and not windowed,
        output_gate=bool(x.get("attn_out_gate")),
        qkv_bias=row["attn_bias"] in ("qkv", "all"),
        output_bias=row["attn_bias"] == "all",
        head_norm=row["qk_norm"] == "head",
        full_norm=row["qk_norm"] == "full",
        sinks=x.get("sinks") == "all" or (x.get("sinks") == "swa" and windowed))


def latent(row, x, code):
    index = x.get("idx", {}) if code in "Dd" else {}
    owns = code == "D"
    return without_defaults(
        {"kind": "mla", "q_heads": integer(row, "n_heads")}, q_rank=integer(row, "q_lora")) | without_defaults(
        {"kv_rank": integer(row, "kv_lora"), "rope_dim": integer(row, "rope_dim"),
         "nope_dim": integer(row, "nope_dim"), "v_dim": integer(row, "v_dim")},
        output_gate=bool(x.get("mla_out_gate")),
        index_heads=index.get("heads", 0) if owns else 0,
        index_dim=index.get("hd", 0) if owns else 0,
        index_top_k=index.get("topk", 0))


def compressed(row, x, code):
    index = x["idx"] if code == "c" else {}
    return without_defaults(
        {"kind": "compressed_shared", "q_heads": integer(row, "n_heads"), "head_dim": integer(row, "head_dim"),
         "q_rank": integer(row, "q_lora"), "window": integer(row, "sliding_window")},
        ratio=COMPRESSION[code], index_heads=index.get("heads", 0), index_dim=index.get("hd", 0),
        index_top_k=index.get("topk", 0)) | without_defaults(
        {"output_groups": x["o_groups"], "output_rank": x["o_lora"]}, hyper_connections=x["hc"])


def mixer(row, x, code, layer):
    shared = layer >= integer(row, "n_layers") - x.get("kv_shared_layers", 0)
    if code in "FSK":
        return softmax(row, x, code != "F", shared)
    if code in "ADd":
        return latent(row, x, code)
    if code in "chw":
        return compressed(row, x, code)
    if code == "B":
        i = x["idx"]
        return without_defaults(
            {"kind": "block_sparse", "q_heads": integer(row, "n_heads"), "kv_heads": integer(row, "n_kv_heads"),
             "head_dim": integer(row, "head_dim"), "index_heads": i["heads"], "index_dim": i["hd"],
             "top_blocks": i["topk_blocks"], "block_tokens": i["block"]}, head_norm=row["qk_norm"] == "head")
    if code == "G":
        g = x["gdn"]
        return {"kind": "gated_delta", "k_heads": g["kh"], "k_dim": g["kd"], "v_heads": g["vh"], "v_dim": g["vd"],
                "conv": g["conv"], "fp32_state": True}
    if code == "X":
        k = x["kda"]
        return without_defaults({"kind": "kimi_delta", "heads": k["heads"], "head_dim": k["hd"], "conv": k["conv"]},
                                full_gate=bool(k.get("full_gate")))
    if code == "L":
        return {"kind": "lightning", "heads": x["lightning"]["heads"], "head_dim": x["lightning"]["hd"],
                "fp32_state": True}
    if code == "m":
        m = x["m1"]
        return without_defaults({"kind": "mamba1", "inner": m["inner"], "state": m["state"], "conv": m["conv"],
                                 "dt_rank": m["dt_rank"]}, inner_norms=bool(m.get("inner_norms"))) | {
                                     "fp32_state": True}
    if code == "M":
        m = x["m2"]
        switched_off = {k: False for k, key in (("conv_bias", "conv_bias"), ("gated_norm", "norm")) if not m.get(key, 1)}
        return {"kind": "mamba2", "heads": m["heads"], "head_dim": m["hd"], "groups": m["groups"],
                "state": m["state"], "conv": m["conv"]} | switched_off | {"fp32_state": True}
    if code == "P":
        m = x["m2"]
        return without_defaults(
            {"kind": "parallel_gqa_mamba2", "q_heads": integer(row, "n_heads"), "kv_heads": integer(row, "n_kv_heads"),
             "head_dim": integer(row, "head_dim"), "ssm_heads": m["heads"], "ssm_head_dim": m["hd"],
             "groups": m["groups"], "state": m["state"], "conv": m["conv"]},
            gated_norm=bool(m.get("norm", 1)), fp32_state=True)
    if code == "C":
        return {"kind": "short_conv", "conv": x["conv_k"]}
    if code == "-":
        return {"kind": "none"}
    raise KeyError(f"{row['name']}: layer code '{code}'")


def dense(row, intermediate):
    out = {"kind": "dense", "intermediate": intermediate}
    if row["gated_mlp"] != "y":
        out["gated"] = False
    return without_defaults(out, bias=row["mlp_bias"] == "y")


def feed_forward(row, x, code):
    if code == "n":
        return {"kind": "none"}
    if code == "d":
        return dense(row, integer(row, "inter"))
    out = {"kind": "moe", "experts": integer(row, "n_experts"), "top_k": integer(row, "top_k"),
           "intermediate": integer(row, "moe_inter")}
    out = without_defaults(
        out, shared_intermediate=integer(row, "shared_inter") * integer(row, "n_shared"),
        dense_intermediate=integer(row, "inter") if x.get("dense_plus_moe") else 0,
        latent=x.get("moe_latent", 0), extra_params=x.get("router_extra", 0))
    if row["gated_mlp"] != "y":
        out["gated"] = False
    return without_defaults(
        out, expert_bias=bool(x.get("expert_bias")), router_bias=bool(x.get("router_bias")),
        shared_gate=bool(x.get("shared_gate")), latent_norm=bool(x.get("latent_norm")))


def norm_width(row):
    hidden = integer(row, "hidden")
    return {"rms": hidden, "lnw": hidden, "ln": 2 * hidden, "none": 0}[row["norm"]]


def norms(row, x, mixer_code, ffn_code):
    alone = ffn_code == "n" or mixer_code == "-"
    return x.get("norms_single", 1) if alone else integer(row, "norms_per_layer", 2)


def pruned_layers(row, x):
    """Nemotron-NAS: every layer has its own attention (or none) and MLP width."""
    for kv_heads, width in x["nas"]:
        attention = softmax(row, x, False, False, kv_heads) if kv_heads else {"kind": "none"}
        name = ("full" if kv_heads else "none") + (f"_{width}" if width else "")
        yield name, {"attention": attention, "ffn": dense(row, width) if width else {"kind": "none"}}, (
            (1 if kv_heads else 0) + (1 if width else 0)) * norm_width(row)


def plain_layers(row, x):
    codes = list(zip(row["layer_pattern"], row["ffn_pattern"]))
    ffns_of = {}
    for mixer_code, ffn_code in codes:
        ffns_of.setdefault(mixer_code, set()).add(ffn_code)
    for layer, (mixer_code, ffn_code) in enumerate(codes):
        attention = mixer(row, x, mixer_code, layer)
        suffix = {"d": "dense", "e": "moe", "n": ""}[ffn_code]
        name = MIXER_NAMES[mixer_code]
        if name == "none":
            name = suffix
        elif len(ffns_of[mixer_code]) > 1 and suffix:
            name += "_" + suffix
        if attention.get("shared_cache"):
            name += "_shared_cache"
        yield name, {"attention": attention, "ffn": feed_forward(row, x, ffn_code)}, (
            norms(row, x, mixer_code, ffn_code) * norm_width(row) + x.get("layer_extra", 0))


def layers(row):
    """Kinds by name in order of appearance, and the order of the layers as runs."""
    x = extras(row)
    kinds, runs = {}, []
    for name, kind, small in pruned_layers(row, x) if "nas" in x else plain_layers(row, x):
        kind = kind | ({"small_params": small} if small else {})
        if kinds.setdefault(name, kind) != kind:
            raise ValueError(f"{row['name']}: two different kinds are called {name}")
        if runs and runs[-1][0] == name:
            runs[-1][1] += 1
        else:
            runs.append([name, 1])
    return kinds, runs
