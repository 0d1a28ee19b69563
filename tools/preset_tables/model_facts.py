"""What models.csv does not hold: aliases, checkpoint formats, element types, towers, and their sources."""

AIC = "ai-dynamo/aiconfigurator@095f58a5 model_configs/"

# Same dimensions under other names. The rules for "Meta-", "-Instruct" and "-hf" need no entry here.
ALIASES = {
    "gpt-2-124m": ["gpt2"],
    "gpt-2-xl": ["gpt2-xl"],
    "llama-2-7b": ["meta-llama/Llama-2-7b-chat-hf"],
    "llama-2-13b": ["meta-llama/Llama-2-13b-chat-hf"],
    "llama-2-70b": ["meta-llama/Llama-2-70b-chat-hf"],
    "llama-3.1-8b": ["deepseek-ai/DeepSeek-R1-Distill-Llama-8B"],
    "llama-3.3-70b": ["deepseek-ai/DeepSeek-R1-Distill-Llama-70B"],
    "mistral-7b-v0.1": ["mistralai/Mistral-7B-Instruct-v0.1"],
    "mistral-7b-v0.3": ["mistralai/Mistral-7B-Instruct-v0.3"],
    "mistral-large-2407": ["mistral-large"],
    "mixtral-8x7b": ["mistralai/Mixtral-8x7B-Instruct-v0.1"],
    "mixtral-8x22b": ["mistralai/Mixtral-8x22B-Instruct-v0.1"],
    "qwen2.5-14b": ["deepseek-ai/DeepSeek-R1-Distill-Qwen-14B"],
    "qwen2.5-32b": ["deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "Qwen/QwQ-32B"],
    "gemma-2b": ["google/gemma-2b-it"],
    "gemma-7b": ["google/gemma-7b-it"],
    "gemma-2-2b": ["google/gemma-2-2b-it"],
    "gemma-2-9b": ["google/gemma-2-9b-it"],
    "gemma-2-27b": ["google/gemma-2-27b-it"],
    "gemma-3-1b": ["google/gemma-3-1b-pt"],
    "gemma-3-4b": ["google/gemma-3-4b-pt"],
    "gemma-3-12b": ["google/gemma-3-12b-pt"],
    "gemma-3-27b": ["google/gemma-3-27b-pt"],
    "command-r-plus": ["command-r+"],
    "deepseek-v2-lite": ["deepseek-ai/DeepSeek-V2-Lite-Chat"],
    "deepseek-v2": ["deepseek-ai/DeepSeek-V2-Chat"],
    "deepseek-v3": ["deepseek-ai/DeepSeek-V3-0324", "deepseek-ai/DeepSeek-V3.1"],
    "deepseek-r1": ["deepseek-ai/DeepSeek-R1-0528"],
    "kimi-k2": ["moonshotai/Kimi-K2-Base"],
}

# Module formats of the checkpoint, where they are not the element type: (attention, mlp, experts), source.
BLOCK_FP8 = ("fp8_block", "fp8_block", "fp8_block")
FORMATS = {
    "deepseek-v3": (BLOCK_FP8, AIC + "deepseek-ai--DeepSeek-V3_config.json: fp8, weight_block_size 128x128"),
    "deepseek-r1": (BLOCK_FP8, AIC + "deepseek-ai--DeepSeek-R1_config.json: fp8, weight_block_size 128x128"),
    "deepseek-v3.2": (BLOCK_FP8, AIC + "deepseek-ai--DeepSeek-V3.2_config.json: fp8, weight_block_size 128x128"),
    "deepseek-v4-flash": (("fp8_block", "fp8_block", "mxfp4"),
                          AIC + "deepseek-ai--DeepSeek-V4-Flash_config.json: fp8 128x128, expert_dtype fp4"),
    "deepseek-v4-pro": (("fp8_block", "fp8_block", "mxfp4"),
                        AIC + "deepseek-ai--DeepSeek-V4-Pro_config.json: fp8 128x128, expert_dtype fp4"),
    "kimi-k2": (BLOCK_FP8, AIC + "moonshotai--Kimi-K2-Instruct_config.json: fp8, weight_block_size 128x128"),
    "kimi-k2.5": ((None, None, "int4_g32"),
                  AIC + "moonshotai--Kimi-K2.5_config.json: int4 group 32, attention and shared experts ignored"),
    "kimi-k3": ((None, None, "mxfp4"),
                AIC + "moonshotai--Kimi-K3_config.json: mxfp4-pack-quantized, attention and shared experts ignored; "
                "latent projections unquantised: sglang 0.5.23 srt/models/kimi_k3.py routed_expert_down_proj"),
    "minimax-m2.5": (BLOCK_FP8, AIC + "MiniMaxAI--MiniMax-M2.5_config.json: fp8 128x128, gate and lm_head kept"),
    "mimo-v2-flash": (BLOCK_FP8, AIC + "XiaomiMiMo--MiMo-V2-Flash_config.json: fp8, weight_block_size 128x128"),
    "gpt-oss-20b": ((None, None, "mxfp4"), AIC + "openai--gpt-oss-20b_config.json: mxfp4, all but the experts kept"),
    "gpt-oss-120b": ((None, None, "mxfp4"), AIC + "openai--gpt-oss-120b_config.json: mxfp4, all but the experts kept"),
}

# Checkpoints whose 16-bit type is fp16; everything else is bf16. Bytes and rates are the same.
FP16 = ("gpt-2-124m gpt-2-xl gpt-j-6b gpt-neox-20b pythia-1.4b pythia-12b opt-125m opt-1.3b opt-6.7b opt-13b opt-66b "
        "bloom-7b1 llama-1-7b llama-1-13b llama-1-33b llama-1-65b llama-2-7b llama-2-13b llama-2-70b phi-2 "
        "chatglm2-6b chatglm3-6b command-r-v01 command-r-08-2024 command-r-plus aya-23-8b").split()
FP16_SOURCE = "general knowledge: torch_dtype float16 of the checkpoint (fp32 files of GPT-2 are served in fp16)"

# Parameters beside the language model: (count, source).
VISION = {
    "llama-4-scout-17b-16e": (0.87e9, "vision tower +0.87 B, recalled"),
    "llama-4-maverick-17b-128e": (0.87e9, "vision tower +0.87 B, recalled"),
    "gemma-3-4b": (419816304, "4,300,079,472 of the model card less the language model's 3,880,263,168"),
    "gemma-3-12b": (0.42e9, "vision tower +0.42 B, recalled"),
    "gemma-3-27b": (0.42e9, "vision tower +0.42 B, recalled"),
}
MTP = {
    "deepseek-v3": (11.5e9, "next-token layer: 11.5 B beyond the 671 B (685 B on disk repeats both embeddings)"),
    "deepseek-r1": (11.5e9, "next-token layer as DeepSeek-V3's, same dimensions"),
    "deepseek-v3.2": (11.5e9, "next-token layer as DeepSeek-V3's, same dimensions"),
    "qwen3-next-80b-a3b": (1.63e9, "81.3 B on disk (recalled) less 79.67 B"),
}
# Quantised checkpoints that keep the layer as it is; the others store it as their last layer.
MTP_FORMATS = {"deepseek-v3.1-nvfp4": "bf16"}
# Counts above that are rounded or recalled: weight bytes with them are estimates.
ROUNDED = ("llama-4-scout-17b-16e llama-4-maverick-17b-128e gemma-3-12b gemma-3-27b deepseek-v3 deepseek-r1 "
           "deepseek-v3.2 qwen3-next-80b-a3b").split()
UNCOUNTED_VISION = ("gemma-4-31b gemma-4-26b-a4b gemma-4-e4b ministral-3-3b kimi-k2.5 kimi-k3 minimax-m3 qwen3.5-4b "
                    "qwen3.5-27b qwen3.5-35b-a3b qwen3.5-122b-a10b qwen3.5-397b-a17b").split()
UNCOUNTED_MTP = ("minimax-m2.5 minimax-m3 mimo-7b mimo-v2-flash glm-4.5 glm-4.5-air glm-5 glm-5.1 glm-5.2 "
                 "deepseek-v4-flash deepseek-v4-pro qwen3.5-27b qwen3.5-35b-a3b qwen3.5-122b-a10b qwen3.5-397b-a17b "
                 "nemotron-3-super-120b-a12b nemotron-3-ultra-550b-a55b").split()

# Where extra_params belong: learned positions and embedding norms by default.
AT_THE_END = {"deepseek-v4-flash", "deepseek-v4-pro", "kimi-k3"}

# Quantised checkpoints with a stored quantisation config: id, name, base, Hugging Face id,
# (attention, mlp, experts[, formats of single matrices]), source.
NVIDIA = AIC + "nvidia--"
VARIANTS = [
    ("qwen3-32b-fp8", "Qwen3-32B-FP8", "qwen3-32b", "Qwen/Qwen3-32B-FP8", BLOCK_FP8,
     AIC + "Qwen--Qwen3-32B-FP8_config.json: fp8 128x128, lm_head kept"),
    ("qwen3-30b-a3b-fp8", "Qwen3-30B-A3B-FP8", "qwen3-30b-a3b", "Qwen/Qwen3-30B-A3B-FP8", BLOCK_FP8,
     AIC + "Qwen--Qwen3-30B-A3B-FP8_config.json: fp8 128x128, gates and lm_head kept"),
    ("qwen3-235b-a22b-fp8", "Qwen3-235B-A22B-FP8", "qwen3-235b-a22b", "Qwen/Qwen3-235B-A22B-FP8", BLOCK_FP8,
     AIC + "Qwen--Qwen3-235B-A22B-FP8_config.json: fp8 128x128, gates and lm_head kept"),
    ("glm-5-fp8", "GLM-5-FP8", "glm-5", "zai-org/GLM-5-FP8", BLOCK_FP8, AIC + "zai-org--GLM-5-FP8_config.json: fp8 128x128"),
    ("glm-5.1-fp8", "GLM-5.1-FP8", "glm-5.1", "zai-org/GLM-5.1-FP8", BLOCK_FP8,
     AIC + "zai-org--GLM-5.1-FP8_config.json: fp8 128x128"),
    ("glm-5.2-fp8", "GLM-5.2-FP8", "glm-5.2", "zai-org/GLM-5.2-FP8", BLOCK_FP8,
     AIC + "zai-org--GLM-5.2-FP8_config.json: fp8 128x128"),
    ("llama-3.1-8b-instruct-fp8", "Llama-3.1-8B-Instruct-FP8", "llama-3.1-8b", "nvidia/Llama-3.1-8B-Instruct-FP8",
     ("fp8", "fp8", None), "same producer and form as " + NVIDIA + "Llama-3.1-70B-Instruct-FP8: FP8, lm_head kept"),
    ("llama-3.1-70b-instruct-fp8", "Llama-3.1-70B-Instruct-FP8", "llama-3.1-70b", "nvidia/Llama-3.1-70B-Instruct-FP8",
     ("fp8", "fp8", None), NVIDIA + "Llama-3.1-70B-Instruct-FP8_hf_quant_config.json: FP8, lm_head kept"),
    ("qwen3-32b-nvfp4", "Qwen3-32B-NVFP4", "qwen3-32b", "nvidia/Qwen3-32B-NVFP4", ("nvfp4", "nvfp4", None),
     "same producer and form as " + NVIDIA + "Qwen3-235B-A22B-NVFP4: NVFP4, lm_head kept"),
    ("qwen3-235b-a22b-nvfp4", "Qwen3-235B-A22B-NVFP4", "qwen3-235b-a22b", "nvidia/Qwen3-235B-A22B-NVFP4",
     ("nvfp4", "nvfp4", "nvfp4"), NVIDIA + "Qwen3-235B-A22B-NVFP4_hf_quant_config.json: NVFP4, gates and lm_head kept"),
    ("deepseek-v3.1-nvfp4", "DeepSeek-V3.1-NVFP4", "deepseek-v3", "nvidia/DeepSeek-V3.1-NVFP4",
     (None, "nvfp4", "nvfp4", {"o_proj": "nvfp4"}),
     NVIDIA + "DeepSeek-V3.1-NVFP4_hf_quant_config.json: NVFP4; q and kv projections, lm_head and the MTP layer kept"),
    ("kimi-k2.5-nvfp4", "Kimi-K2.5-NVFP4", "kimi-k2.5", "nvidia/Kimi-K2.5-NVFP4", (None, "nvfp4", "nvfp4"),
     NVIDIA + "Kimi-K2.5-NVFP4_config.json: NVFP4; attention, vision and lm_head kept"),
    ("glm-5-nvfp4", "GLM-5-NVFP4", "glm-5", "nvidia/GLM-5-NVFP4", (None, "nvfp4", "nvfp4"),
     NVIDIA + "GLM-5-NVFP4_hf_quant_config.json: NVFP4; attention, indexer and lm_head kept"),
    ("minimax-m2.5-nvfp4", "MiniMax-M2.5-NVFP4", "minimax-m2.5", "nvidia/MiniMax-M2.5-NVFP4", (None, None, "nvfp4"),
     NVIDIA + "MiniMax-M2.5-NVFP4_hf_quant_config.json: NVFP4; attention, gates and lm_head kept"),
    ("qwen3.5-397b-a17b-nvfp4", "Qwen3.5-397B-A17B-NVFP4", "qwen3.5-397b-a17b", "nvidia/Qwen3.5-397B-A17B-NVFP4",
     (None, None, "nvfp4"),
     NVIDIA + "Qwen3.5-397B-A17B-NVFP4_hf_quant_config.json: NVFP4; attention, shared experts and lm_head kept"),
    ("qwen3.5-122b-a10b-nvfp4", "Qwen3.5-122B-A10B-NVFP4", "qwen3.5-122b-a10b", "nvidia/Qwen3.5-122B-A10B-NVFP4",
     (None, None, "nvfp4"),
     NVIDIA + "Qwen3.5-122B-A10B-NVFP4_hf_quant_config.json: NVFP4; attention, shared experts and lm_head kept"),
    ("gemma-4-31b-nvfp4", "Gemma-4-31B-IT-NVFP4", "gemma-4-31b", "nvidia/Gemma-4-31B-IT-NVFP4", (None, "nvfp4", None),
     NVIDIA + "Gemma-4-31B-IT-NVFP4_hf_quant_config.json: NVFP4; attention, vision and lm_head kept"),
    ("gemma-4-26b-a4b-nvfp4", "Gemma-4-26B-A4B-NVFP4", "gemma-4-26b-a4b", "nvidia/Gemma-4-26B-A4B-NVFP4",
     (None, None, "nvfp4"),
     NVIDIA + "Gemma-4-26B-A4B-NVFP4_hf_quant_config.json: NVFP4; attention, dense MLP, vision and lm_head kept"),
]
