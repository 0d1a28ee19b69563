# GPU kernels for roofcast_kernels, where there is an OpenCL loader to link. Their texts become part of the program.
if(NOT OpenCL_FOUND)
  return()
endif()
set(folder ${CMAKE_CURRENT_LIST_DIR})
set(texts "")
foreach(name decode_attention ceilings)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/${name}.cl)
  file(READ ${folder}/${name}.cl text)
  string(APPEND texts "std::string_view ${name}_cl() {\n  return R\"CL(${text})CL\";\n}\n\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/opencl_sources.cpp @ONLY CONTENT
"#include \"hwmodels/kernels/opencl/opencl_sources.hpp\"

namespace roofcast::kernels {

@texts@}  // namespace roofcast::kernels
")
file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
roofcast_library(roofcast_opencl SOURCES ${sources} ${CMAKE_CURRENT_BINARY_DIR}/opencl_sources.cpp
  PUBLIC roofcast::roofcast_hwmodels PRIVATE OpenCL::OpenCL)
# The two name each other: the kernels choose among drivers, a driver's part copies the kernels' caches.
target_link_libraries(roofcast_opencl PRIVATE roofcast_kernels)
target_link_libraries(roofcast_kernels PRIVATE roofcast_opencl)
target_compile_definitions(roofcast_kernels PRIVATE ROOFCAST_HAS_OPENCL)
