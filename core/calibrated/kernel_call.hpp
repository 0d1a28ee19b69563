#pragma once

#include <string>

namespace roofcast {

/// Which code was timed: the first half of what finds a calibration.
struct KernelName {
  std::string hardware{};   ///< device id: "h100-sxm"
  std::string framework{};  ///< "vllm", "sglang", "trtllm"
  std::string version{};    ///< of the framework; may be empty
  std::string kernel{};     ///< as the framework calls it; empty where it has one only

  friend bool operator==(const KernelName&, const KernelName&) = default;
  friend auto operator<=>(const KernelName&, const KernelName&) = default;
};

/// Decode attention of one layer on one device: one new token per sequence. Head counts are per device.
struct DecodeAttentionCall {
  double batch = 1;     ///< sequences
  double context = 1;   ///< cached tokens of each, the new one included
  double heads = 1;     ///< query heads
  double kv_heads = 1;  ///< = heads: MHA; 1: MQA
  double head_dim = 128;
  double window = 0;    ///< tokens; 0: all of them
  double kv_bytes = 2;  ///< per element of the cache
  double q_bytes = 2;   ///< per element of the query

  friend bool operator==(const DecodeAttentionCall&, const DecodeAttentionCall&) = default;
};

/// Causal attention of one layer over whole prompts.
struct PrefillAttentionCall {
  double batch = 1;   ///< prompts
  double tokens = 1;  ///< of each
  double heads = 1;
  double kv_heads = 1;
  double head_dim = 128;
  double window = 0;
  double kv_bytes = 2;
  double q_bytes = 2;

  friend bool operator==(const PrefillAttentionCall&, const PrefillAttentionCall&) = default;
};

/// Decode attention on a latent cache: every query head reads the same row of latent + rope elements.
struct MlaDecodeCall {
  double batch = 1;
  double context = 1;
  double heads = 1;
  double latent = 512;
  double rope = 64;
  double kv_bytes = 2;

  friend bool operator==(const MlaDecodeCall&, const MlaDecodeCall&) = default;
};

/// [m x k] times [k x n]: m tokens, n outputs.
struct GemmCall {
  double m = 1;
  double n = 1;
  double k = 1;

  friend bool operator==(const GemmCall&, const GemmCall&) = default;
};

/// The fused experts of one layer on one of tp x ep devices.
struct MoeCall {
  double tokens = 1;  ///< of all devices
  double hidden = 1;
  double intermediate = 1;  ///< of one expert, before tp
  double top_k = 1;
  double experts = 1;
  double tp = 1;
  double ep = 1;
  double skew = 0;  ///< exponent of the power law of the experts' load; 0: balanced

  friend bool operator==(const MoeCall&, const MoeCall&) = default;
};

/// One sum over all devices of a group.
struct AllReduceCall {
  double devices = 1;
  double bytes = 1;  ///< of the vector that each device holds

  friend bool operator==(const AllReduceCall&, const AllReduceCall&) = default;
};

}  // namespace roofcast
