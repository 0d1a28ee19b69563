#include <algorithm>

#include <fmt/format.h>

#include "hwmodels/kernels/opencl/cl_objects-inl.h"

namespace roofcast::kernels {
namespace {

constexpr std::size_t kLongestLog = 200;  // characters: an error is one line

std::string build_log(cl_program program, cl_device_id device) {
  std::size_t size = 0;
  clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, 0, nullptr, &size);
  std::string log(size, '\0');
  clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, size, log.data(), nullptr);
  log.resize(std::min({log.find('\0'), log.size(), kLongestLog}));
  return log;
}

}  // namespace

std::unexpected<Errors> cl_failure(std::string_view call, cl_int code) {
  const bool memory = code == CL_MEM_OBJECT_ALLOCATION_FAILURE || code == CL_OUT_OF_RESOURCES ||
                      code == CL_OUT_OF_HOST_MEMORY || code == CL_INVALID_BUFFER_SIZE;
  return fail("OpenCL", fmt::format("{} failed with {}", call, code),
              memory ? "the device has not that much memory: choose a smaller batch or context" : "");
}

Result<ClSession> ClSession::create(const GpuDevice& device) {
  const auto devices = cl_devices();
  if (device.number < 0 || static_cast<std::size_t>(device.number) >= devices.size())
    return fail("--device", fmt::format("'{}' is not there any more", device.id()));
  ClSession session;
  session.device_ = devices[static_cast<std::size_t>(device.number)];
  cl_int code = CL_SUCCESS;
  session.context_.reset(clCreateContext(nullptr, 1, &session.device_, nullptr, nullptr, &code));
  if (code != CL_SUCCESS) return cl_failure("clCreateContext", code);
  session.queue_.reset(clCreateCommandQueue(session.context_.get(), session.device_, CL_QUEUE_PROFILING_ENABLE, &code));
  if (code != CL_SUCCESS) return cl_failure("clCreateCommandQueue", code);
  return session;
}

Result<ClOwner<cl_program>> ClSession::program(std::string_view source, const std::string& options) const {
  const char* text = source.data();
  const std::size_t length = source.size();
  cl_int code = CL_SUCCESS;
  ClOwner<cl_program> program(clCreateProgramWithSource(context_.get(), 1, &text, &length, &code));
  if (code != CL_SUCCESS) return cl_failure("clCreateProgramWithSource", code);
  code = clBuildProgram(program.get(), 1, &device_, options.c_str(), nullptr, nullptr);
  if (code != CL_SUCCESS)
    return fail("OpenCL", fmt::format("the driver refuses the kernel: {}", build_log(program.get(), device_)));
  return program;
}

Result<ClOwner<cl_mem>> ClSession::buffer(std::size_t bytes) const {
  cl_int code = CL_SUCCESS;
  ClOwner<cl_mem> memory(
      clCreateBuffer(context_.get(), CL_MEM_READ_WRITE, std::max<std::size_t>(bytes, 64), nullptr, &code));
  if (code != CL_SUCCESS) return cl_failure("clCreateBuffer", code);
  return memory;
}

Result<void> ClSession::read(cl_mem memory, std::span<float> out) const {
  const auto code =
      clEnqueueReadBuffer(queue_.get(), memory, CL_TRUE, 0, out.size_bytes(), out.data(), 0, nullptr, nullptr);
  if (code != CL_SUCCESS) return cl_failure("clEnqueueReadBuffer", code);
  return {};
}

Result<ClOwner<cl_event>> ClSession::enqueue(cl_kernel kernel, std::size_t columns, std::size_t rows,
                                             std::size_t local) const {
  const std::size_t global[] = {columns, rows}, group[] = {local, 1};
  cl_event event = nullptr;
  const auto code =
      clEnqueueNDRangeKernel(queue_.get(), kernel, 2, nullptr, global, local > 0 ? group : nullptr, 0, nullptr, &event);
  if (code != CL_SUCCESS) return cl_failure("clEnqueueNDRangeKernel", code);
  return ClOwner<cl_event>(event);
}

Result<Seconds> ClSession::elapsed(cl_event first, cl_event last) const {
  if (const auto code = clFinish(queue_.get()); code != CL_SUCCESS) return cl_failure("clFinish", code);
  cl_ulong start = 0, end = 0;
  cl_int code = clGetEventProfilingInfo(first, CL_PROFILING_COMMAND_START, sizeof start, &start, nullptr);
  if (code == CL_SUCCESS) code = clGetEventProfilingInfo(last, CL_PROFILING_COMMAND_END, sizeof end, &end, nullptr);
  if (code != CL_SUCCESS) return cl_failure("clGetEventProfilingInfo", code);
  if (end <= start) return fail("OpenCL", "the device's clock did not move during a run");
  return static_cast<double>(end - start) * units::ns;
}

Result<ClOwner<cl_kernel>> cl_kernel_of(const ClOwner<cl_program>& program, const char* name) {
  cl_int code = CL_SUCCESS;
  ClOwner<cl_kernel> kernel(clCreateKernel(program.get(), name, &code));
  if (code != CL_SUCCESS) return cl_failure("clCreateKernel", code);
  return kernel;
}

}  // namespace roofcast::kernels
