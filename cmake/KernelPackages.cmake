# What kernels are built with, each if it is there. Included by the root file: imported targets belong to its directory.
find_package(hwy 1.0.3 QUIET)  # without it everything else is built
# Matrix products to measure. Not its CMake package: Debian's demands OpenCL headers that nothing here uses.
find_library(ROOFCAST_DNNL_LIBRARY dnnl)
find_path(ROOFCAST_DNNL_INCLUDE oneapi/dnnl/dnnl.hpp)
find_package(OpenMP QUIET COMPONENTS CXX)  # how oneDNN is told its number of threads
find_package(Threads REQUIRED)
if(ROOFCAST_BUILD_OPENCL)
  find_package(OpenCL 1.2 QUIET)  # without it GPUs are left alone
endif()
if(ROOFCAST_BUILD_CUDA)
  find_program(ROOFCAST_NVCC nvcc PATHS /usr/local/cuda/bin)
  find_library(ROOFCAST_CUDART cudart_static PATHS /usr/local/cuda/lib64)
  find_path(ROOFCAST_CUDA_INCLUDE cuda_runtime_api.h PATHS /usr/local/cuda/include)
endif()
