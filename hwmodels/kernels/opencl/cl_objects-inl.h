#pragma once

/// OpenCL's C interface with owners and errors. For .cpp files only: what uses the kernels needs no OpenCL header.

#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/result.hpp"
#include "core/units.hpp"
#include "hwmodels/kernels/gpu_device.hpp"

namespace roofcast::kernels {

struct ClRelease {
  void operator()(cl_context x) const { clReleaseContext(x); }
  void operator()(cl_command_queue x) const { clReleaseCommandQueue(x); }
  void operator()(cl_program x) const { clReleaseProgram(x); }
  void operator()(cl_kernel x) const { clReleaseKernel(x); }
  void operator()(cl_mem x) const { clReleaseMemObject(x); }
  void operator()(cl_event x) const { clReleaseEvent(x); }
};

template <class Pointer>
using ClOwner = std::unique_ptr<std::remove_pointer_t<Pointer>, ClRelease>;

/// Devices of all platforms, in their order.
[[nodiscard]] std::vector<cl_device_id> cl_devices();

[[nodiscard]] std::unexpected<Errors> cl_failure(std::string_view call, cl_int code);

/// One device with a queue that runs kernels in order and knows when each ran.
class ClSession {
 public:
  [[nodiscard]] static Result<ClSession> create(const GpuDevice& device);

  /// The compiler's own first words where it refuses.
  [[nodiscard]] Result<ClOwner<cl_program>> program(std::string_view source, const std::string& options) const;
  /// Memory of at least so many bytes; a size of 0 has one all the same, so that it can be an argument.
  [[nodiscard]] Result<ClOwner<cl_mem>> buffer(std::size_t bytes) const;
  template <class T>
  [[nodiscard]] Result<ClOwner<cl_mem>> filled(std::span<const T> values) const {
    auto memory = buffer(values.size_bytes());
    if (!memory || values.empty()) return memory;
    const auto code = clEnqueueWriteBuffer(queue_.get(), memory->get(), CL_TRUE, 0, values.size_bytes(), values.data(),
                                           0, nullptr, nullptr);
    if (code != CL_SUCCESS) return cl_failure("clEnqueueWriteBuffer", code);
    return memory;
  }
  [[nodiscard]] Result<void> read(cl_mem memory, std::span<float> out) const;
  /// `local` is the size of work groups; 0: the driver's choice.
  [[nodiscard]] Result<ClOwner<cl_event>> enqueue(cl_kernel kernel, std::size_t columns, std::size_t rows,
                                                  std::size_t local) const;
  /// Waits, then: from the first one's start to the last one's end.
  [[nodiscard]] Result<Seconds> elapsed(cl_event first, cl_event last) const;

 private:
  cl_device_id device_ = nullptr;
  ClOwner<cl_context> context_{};
  ClOwner<cl_command_queue> queue_{};
};

[[nodiscard]] Result<ClOwner<cl_kernel>> cl_kernel_of(const ClOwner<cl_program>& program, const char* name);

/// Arguments in the order of the kernel's parameters.
template <class... Args>
[[nodiscard]] Result<void> set_arguments(cl_kernel kernel, const Args&... args) {
  cl_uint position = 0;
  cl_int code = CL_SUCCESS;
  const auto set = [&](const auto& argument) {
    const cl_int done = clSetKernelArg(kernel, position++, sizeof argument, &argument);
    if (code == CL_SUCCESS) code = done;
  };
  (set(args), ...);
  if (code != CL_SUCCESS) return cl_failure("clSetKernelArg", code);
  return {};
}

}  // namespace roofcast::kernels
