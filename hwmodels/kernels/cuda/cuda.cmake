# Kernels for NVIDIA GPUs, where there is nvcc and its static runtime. nvcc is called here instead of through CMake's
# CUDA language: that wants a GPU or an architecture at configure time, and passes g++'s warnings to generated code.
if(NOT ROOFCAST_NVCC OR NOT ROOFCAST_CUDART OR NOT ROOFCAST_CUDA_INCLUDE)
  return()
endif()
execute_process(COMMAND ${ROOFCAST_NVCC} --list-gpu-code OUTPUT_VARIABLE known ERROR_QUIET)
set(targets "")
foreach(architecture 80 90 100)
  if(known MATCHES "sm_${architecture}\n")
    list(APPEND targets -gencode arch=compute_${architecture},code=sm_${architecture})
  endif()
endforeach()
if(known MATCHES "sm_80\n")
  list(APPEND targets -gencode arch=compute_80,code=compute_80)  # the driver compiles it for GPUs of other architectures
endif()
set(folder ${CMAKE_CURRENT_LIST_DIR})
set(objects "")
foreach(name decode_attention ceilings)
  set(object ${CMAKE_CURRENT_BINARY_DIR}/cuda_${name}.o)
  add_custom_command(OUTPUT ${object} DEPENDS ${folder}/${name}.cu ${folder}/cuda_launch.hpp
    COMMAND ${ROOFCAST_NVCC} -std=c++17 -O3 ${targets} -I${PROJECT_SOURCE_DIR} -c ${folder}/${name}.cu -o ${object}
    COMMENT "Building CUDA object ${name}" VERBATIM)
  list(APPEND objects ${object})
endforeach()
file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
roofcast_library(roofcast_cuda SOURCES ${sources} ${objects} PUBLIC roofcast::roofcast_hwmodels
  PRIVATE ${ROOFCAST_CUDART} Threads::Threads ${CMAKE_DL_LIBS} rt)
set_source_files_properties(${objects} PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
target_include_directories(roofcast_cuda SYSTEM PRIVATE ${ROOFCAST_CUDA_INCLUDE})
# The two name each other, as with OpenCL.
target_link_libraries(roofcast_cuda PRIVATE roofcast_kernels)
target_link_libraries(roofcast_kernels PRIVATE roofcast_cuda)
target_compile_definitions(roofcast_kernels PRIVATE ROOFCAST_HAS_CUDA)
